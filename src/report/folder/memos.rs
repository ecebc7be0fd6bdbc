//! The shared memos as one document, in each of its forms.

use super::File;
use crate::findings::linked::Backlinks;
use crate::findings::memo_list::{Wanted, listed};
use crate::findings::quotes::counted_codings;
use crate::report::documents::Sheaf;
use crate::report::memos::{Kind, Signing, document};
use crate::table::counted;
use std::collections::HashSet;

pub(super) fn files(sheaf: &Sheaf<'_>) -> Result<Vec<File>, String> {
    let view = &sheaf.view;
    let wanted = Wanted { shared: Some(true), ..Wanted::default() };
    let memos = listed(view, &wanted, &Backlinks::default(), &HashSet::new());
    let title = format!("Memos of “{}”", view.study().map_or("untitled", |study| study.title.as_str()));
    let mut turns = |source| (sheaf.transcripts)(source).map(|transcript| transcript.turns);
    let made =
        document(view, title, &memos, &counted_codings(&sheaf.working), &sheaf.zone, Signing::Quoted, &mut turns);
    if made.pages.is_empty() {
        return Ok(Vec::new());
    }
    let n = counted(made.pages.len(), "memo", "memos");
    let forms = [
        ("memos.md", Kind::Markdown, format!("the shared memos with their quotations: {n}")),
        ("memos.html", Kind::Html, "the same for browsers".to_owned()),
        ("memos.docx", Kind::Docx, "the same for word processors".to_owned()),
    ];
    let file = |(name, kind, about): (&str, Kind, String)| Ok(File::new(name, about, kind.write(&made)?));
    forms.into_iter().map(file).collect()
}
