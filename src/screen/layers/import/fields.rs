//! What is said of a file: fields with the keys that change them, and remarks.

use super::{Review, What};
use crate::exchange::import::{Entry, Prepared, State, one_line};
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::table::thousands;
use crate::text::turns::Layout;

/// A field of a file.
pub(super) struct Field {
    /// The command that changes it; empty if none does.
    pub(super) command: &'static str,
    pub(super) name: &'static str,
    pub(super) value: String,
    /// What stands dim after it.
    pub(super) note: String,
}

fn field(command: &'static str, name: &'static str, value: impl Into<String>, note: impl Into<String>) -> Field {
    Field { command, name, value: value.into(), note: note.into() }
}

/// The fields of a text, top to bottom.
pub(super) fn fields(app: &App, review: &Review, prepared: &Prepared) -> Vec<Field> {
    let view = app.study.view();
    let mut out = Vec::new();
    if review.what == What::Files {
        out.push(field("import-rename", "Name", prepared.name.clone(), ""));
        let is_new = |name: &str| !view.cases().iter().any(|case| case.name.to_lowercase() == name.to_lowercase());
        let case = prepared.case.as_deref();
        let note = if case.is_some_and(is_new) { "a new case" } else { "" };
        out.push(field("import-case", "Case", case.unwrap_or("none"), note));
        out.push(field("import-kind", "Kind", prepared.kind.name(), ""));
        let date = prepared.collected.map_or_else(|| "not said".to_owned(), |day| day.to_string());
        match (prepared.collected, prepared.date_offered) {
            (None, Some(offered)) => {
                out.push(field("import-date", "Date", date, format!("the file says {offered}: take it?")));
            }
            (Some(_), _) => out.push(field("import-date", "Date", date, "")),
            (None, None) => {}
        }
    }
    let size = format!("{} words", thousands(u64::from(prepared.words)));
    let encoding_key = if review.what == What::Files { "import-encoding" } else { "" };
    out.push(field(encoding_key, "Text", size, prepared.encoding.clone()));
    out.push(field("import-layout", "Layout", prepared.found.layout.name(), layout_note(prepared)));
    out
}

fn layout_note(prepared: &Prepared) -> String {
    let others = prepared.layouts().iter().filter(|layout| **layout != prepared.found.layout).count();
    let others = match others {
        0 => String::new(),
        1 => "1 other possible".to_owned(),
        n => format!("{n} others possible"),
    };
    let example = match prepared.found.layout {
        Layout::OneVoice | Layout::Alternating | Layout::Pattern => "",
        layout => layout.example(),
    };
    [example, others.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("   ")
}

/// What is to be known of a file, the more pressing first.
pub(super) fn remarks(entry: &Entry) -> Vec<(Role, String)> {
    let mut out = Vec::new();
    let sentence = |clause: &str| {
        let mut chars = clause.chars();
        let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}", chars.as_str())
    };
    if let Some(same) = &entry.same {
        let wanted = if entry.is_wanted() { "imported once more" } else { "left out" };
        out.push((Role::Warning, format!("{}: {wanted}.", sentence(same))));
    }
    if let Some(trouble) = entry.trouble.as_ref().filter(|_| entry.is_wanted()) {
        out.push((Role::Error, format!("{}; give it another name.", sentence(trouble))));
    }
    match &entry.state {
        State::Cannot(why) => out.push((Role::Error, format!("{}.", sentence(why.trim_end_matches('.'))))),
        State::Asks(len) => {
            let size = len >> 20;
            out.push((
                Role::Warning,
                format!("{size} MB is very large for a transcript. Space reads it all the same."),
            ));
        }
        State::Ready(prepared) => {
            out.extend(prepared.warnings().map(|said| (Role::Warning, said.to_owned())));
            for repeated in &prepared.found.repeated_lines {
                let line = one_line(&repeated.text, 40);
                let count = repeated.spans.len();
                out.push((Role::Dim, format!("“{line}” comes {count} times, alike but for its numbers; it stays.")));
            }
            let facts: Vec<String> = prepared
                .found
                .header
                .iter()
                .map(|(key, value)| format!("{}: {}", one_line(key, 24), one_line(value, 40)))
                .collect();
            if !facts.is_empty() {
                out.push((Role::Dim, format!("The header stays in the text: {}.", facts.join("; "))));
            }
        }
    }
    out
}

/// How much of the text is in turns, in words.
pub(super) fn share(prepared: &Prepared) -> String {
    match (prepared.turns(), prepared.unassigned()) {
        (None, _) => String::new(),
        (Some(_), 0) => "all of the text is in turns".to_owned(),
        (Some(_), share) => format!("{share}% of the text is in no turn"),
    }
}
