//! Themes with what they hold, as a document and as a table.

use super::{Sheaf, Words, counted, line, paragraphs};
use crate::findings::themes::{Held, Standing, What, themes};
use crate::project::source::Passage;
use crate::project::theme::Stance;
use crate::project::view::View;
use crate::table::{Cell, Table};

/// A row a thing that a theme holds; a theme that holds nothing has a row of its own.
#[must_use]
pub fn table(sheaf: &Sheaf<'_>) -> Table {
    let columns = [
        ("theme", "Theme"),
        ("holds", "Holds"),
        ("what", "What"),
        ("passages", "Passages"),
        ("cases", "Cases"),
        ("case", "Case"),
        ("source", "Source"),
        ("note", "Note"),
    ];
    let files = ["under", "description", "theme_id", "what_id"];
    let mut out = Table::new("Themes with what they hold", columns).in_files(files);
    let view = &sheaf.view;
    for one in themes(view, &sheaf.book, &sheaf.working) {
        let theme = &one.theme;
        let under = view.parent_of(theme).and_then(|above| view.theme(above)).map(|above| above.name.as_str());
        let mut push = |kind: &str, what: String, counts: [Cell; 2], place: [Cell; 2], note: &str, id: String| {
            let ([passages, cases], [case, source]) = (counts, place);
            out.push(vec![
                theme.name.as_str().into(),
                kind.into(),
                what.into(),
                passages,
                cases,
                case,
                source,
                note.into(),
                under.into(),
                theme.description.as_str().into(),
                theme.id.0.guid().into(),
                id.into(),
            ]);
        };
        let nothing = || [Cell::default(), Cell::default()];
        if one.items.is_empty() {
            push("nothing yet", String::new(), nothing(), nothing(), "", String::new());
        }
        for held in &one.items {
            match &held.what {
                What::Code { code, uses } => {
                    let counts = [(uses.passages as u64).into(), (uses.cases as u64).into()];
                    push("code", view.codebook().path(*code), counts, nothing(), &held.note, code.0.guid());
                }
                What::Row { row, name } => push("row", name.clone(), nothing(), nothing(), &held.note, row.0.guid()),
                What::Extract { coding, at, stance, .. } => {
                    let words = (sheaf.words)(*at).unwrap_or_default();
                    let place = place(view, *at).map(Cell::from);
                    push(stance.name(), words, nothing(), place, &held.note, coding.0.guid());
                }
            }
        }
    }
    out
}

/// Case and source of a passage.
fn place(view: &View<'_>, at: Passage) -> [String; 2] {
    let source = view.source(at.source);
    let case = source.and_then(|source| view.case(source.case?)).map_or_else(String::new, |case| case.name.clone());
    [case, source.map_or_else(String::new, |source| source.name.clone())]
}

/// Themes as a Markdown document.
#[must_use]
pub fn document(sheaf: &Sheaf<'_>) -> String {
    let all = themes(&sheaf.view, &sheaf.book, &sheaf.working);
    let mut out = format!("# Themes: {}\n", sheaf.title());
    if all.is_empty() {
        out.push_str("\nThere is no theme yet.\n");
    }
    for one in &all {
        out.push_str(&theme(sheaf, one));
    }
    out
}

fn theme(sheaf: &Sheaf<'_>, one: &Standing) -> String {
    let marks = "#".repeat((usize::from(one.depth) + 2).min(6));
    let mut out = format!("\n{marks} {}\n", line(&one.theme.name));
    if !one.theme.description.is_empty() {
        out.push_str(&format!("\n{}\n", paragraphs(&one.theme.description)));
    }
    let is_row = |held: &&Held| matches!(held.what, What::Code { .. } | What::Row { .. });
    let rows: Vec<&Held> = one.items.iter().filter(is_row).collect();
    if !rows.is_empty() {
        let all = counted(one.uses.passages, "passage");
        out.push_str(&format!("\nIts codes have {all} in {}.\n\n", counted(one.uses.cases, "case")));
    }
    for held in rows {
        let note = if held.note.is_empty() { String::new() } else { format!(": {}", line(&held.note)) };
        match &held.what {
            What::Code { code, uses } => {
                let path = line(&sheaf.view.codebook().path(*code));
                let (passages, cases) = (counted(uses.passages, "passage"), counted(uses.cases, "case"));
                out.push_str(&format!("- {path} ({passages} in {cases}){note}\n"));
            }
            What::Row { name, .. } => out.push_str(&format!("- row {}{note}\n", line(name))),
            What::Extract { .. } => {}
        }
    }
    for stance in Stance::ALL {
        let of = |held: &&Held| matches!(held.what, What::Extract { stance: is, .. } if is == stance);
        let held: Vec<&Held> = one.items.iter().filter(of).collect();
        if held.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{} it ({}):\n", capital(stance.name()), held.len()));
        for held in held {
            out.push_str(&extract(&sheaf.view, held, sheaf.words));
        }
    }
    out
}

fn extract(view: &View<'_>, held: &Held, words: &Words<'_>) -> String {
    let What::Extract { at, code, .. } = &held.what else { return String::new() };
    let said = words(*at).map_or_else(|| "the text cannot be read".to_owned(), |words| format!("“{}”", line(&words)));
    let place = place(view, *at).into_iter().filter(|part| !part.is_empty()).map(|part| line(&part));
    let place = place.collect::<Vec<_>>().join(", ");
    let note = if held.note.is_empty() { String::new() } else { format!("\n>\n> {}", line(&held.note)) };
    format!("\n> {said} — {place} · {}{note}\n", line(view.code_name(*code)))
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
