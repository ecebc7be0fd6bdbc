//! A whole report as the files of a folder: documents, tables, matrices, figures, rounds, memos, and an index of them.
//!
//! Everything is made from one [`Sheaf`], whose view is that of nobody in particular where the report leaves the house:
//! nothing of one's own and nothing of a blind round is in it. The same project gives the same bytes, but for where the
//! time is told. Nothing here reads a disk or writes to one.

mod cases;
mod index;
mod matrices;
mod memos;
mod names;
mod rounds;
mod saturation;
mod tables;

use super::documents::{Sheaf, audit, checklists, codebook, cycles, decisions, methods, themes};
use super::tables::{Format, Look, write};
use crate::table::Table;
use names::Names;

/// A file of the report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its name in the folder; a `/` parts folders.
    pub name: String,
    /// What it is, in a line.
    pub about: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file.
    #[must_use]
    pub fn new(name: impl Into<String>, about: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), about: about.into(), bytes: bytes.into() }
    }

    /// A table as a file for spreadsheets.
    fn csv(name: impl Into<String>, about: impl Into<String>, table: &Table) -> Self {
        Self::new(name, about, write(table, Format::Csv, Look::default()))
    }

    /// A table as a file to be read, with sentences under it.
    fn md(name: impl Into<String>, about: impl Into<String>, table: &Table, foot: &[String]) -> Self {
        let foot: Vec<String> = foot.iter().map(|sentence| super::documents::line(sentence)).collect();
        let foot = if foot.is_empty() { String::new() } else { format!("\n{}\n", foot.join("\n\n")) };
        Self::new(name, about, write(table, Format::Md, Look::default()) + &foot)
    }
}

/// All files of a report, by name; the index says of each what it is.
///
/// # Errors
/// A sentence, should a document not come about.
pub fn report(sheaf: &Sheaf<'_>) -> Result<Vec<File>, String> {
    let mut names = Names::default();
    let mut files = documents(sheaf);
    let counted = tables::counted(sheaf);
    files.extend(tables::files(sheaf, &counted, &mut names));
    files.extend(matrices::files(sheaf, &counted, &mut names));
    files.extend(saturation::files(sheaf, &mut names));
    files.extend(cases::files(sheaf));
    files.extend(rounds::files(sheaf));
    files.extend(memos::files(sheaf)?);
    files.push(index::file(sheaf, &files));
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn documents(sheaf: &Sheaf<'_>) -> Vec<File> {
    let book = codebook::table(sheaf, false);
    let mut out = vec![
        File::new("codebook.md", "what every code means and meant, an example, counts", codebook::document(sheaf)),
        File::csv("codebook.csv", "the codes, a row each", &book),
        File::csv("wordings.csv", "every wording of every code, with who, when and why", &codebook::wordings(sheaf)),
        File::new("cycles.md", "what became of the codebook from cycle to cycle", cycles::document(sheaf)),
        File::new("themes.md", "themes with what they hold", themes::document(sheaf)),
        File::csv("themes.csv", "the same, a row a thing that a theme holds", &themes::table(sheaf)),
        File::new("audit.md", "the audit trail, by person and by date", audit::document(sheaf)),
        File::csv("audit.csv", "the audit trail, a row a deed", &audit::table(sheaf)),
        File::new("methods.md", "the methods paragraph of every round that was revealed", methods::document(sheaf)),
        File::csv("decisions.csv", "what was decided, in all rounds", &decisions::all(&sheaf.view, sheaf.words)),
    ];
    for list in checklists::all() {
        let about = format!("{}, as far as the project can answer it", list.name);
        out.push(File::new(list.file(), about, checklists::document(sheaf, list)));
    }
    out
}
