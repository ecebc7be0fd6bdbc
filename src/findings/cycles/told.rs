//! Changes of the codebook in words, and as a table.

use super::{Change, Difference};
use crate::project::codebook::Wording;
use crate::project::id::{CodeId, CoderId};
use crate::project::reshaping::{Reshaped, Reshaping};
use crate::project::view::View;
use crate::table::{Cell, Table};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A change in words: what it is, from what, to what. Rewordings are told step by step by who shows them.
#[must_use]
pub fn in_words(view: &View<'_>, change: &Change) -> [String; 3] {
    let place = |path: &str| if path.is_empty() { "the top".to_owned() } else { path.to_owned() };
    let name = |code: CodeId| view.codebook().resolve(code).map_or_else(String::new, |code| view.codebook().path(code));
    let said = |what: &str, from: String, to: String| [what.to_owned(), from, to];
    match change {
        Change::Added => said("added", String::new(), String::new()),
        Change::Deleted => said("deleted", String::new(), String::new()),
        Change::Merged(into) => said("merged", String::new(), name(*into)),
        Change::Parted(from) => said("stands for itself again", name(*from), String::new()),
        Change::Renamed { from, to } => said("renamed", from.clone(), to.clone()),
        Change::Moved { from, to } => said("moved", place(from), place(to)),
        Change::Reworded(rewording) => {
            let was = rewording.from.as_ref().map_or_else(String::new, |wording| wording.definition.clone());
            let is = rewording.steps.last().map_or_else(String::new, |wording| wording.definition.clone());
            let what = match (&rewording.from, rewording.steps.as_slice()) {
                (_, []) => "back to an earlier wording",
                (None, _) => "defined",
                _ => "reworded",
            };
            said(what, was, is)
        }
        Change::Origin { from, to } => said("origin", from.name().to_owned(), to.name().to_owned()),
        Change::Heading(true) => said("heading", "a code".to_owned(), "a heading".to_owned()),
        Change::Heading(false) => said("heading", "a heading".to_owned(), "a code".to_owned()),
    }
}

/// A step in words: `“Early” merged into “Open time”`. A code that is gone is called what it was called last.
#[must_use]
pub fn step_in_words(view: &View<'_>, step: &Reshaping) -> String {
    let name = |code: CodeId| view.own_name(code).unwrap_or("a code not shown here");
    let under = |code: &Option<CodeId>| code.map_or_else(|| "the top".to_owned(), |code| format!("“{}”", name(code)));
    let code = name(step.code);
    match &step.what {
        Reshaped::Added => format!("“{code}” added"),
        Reshaped::Deleted => format!("“{code}” deleted"),
        Reshaped::Merged(into) => format!("“{code}” merged into “{}”", name(*into)),
        Reshaped::Parted(from) => format!("“{code}” stands for itself again, not merged into “{}”", name(*from)),
        Reshaped::Renamed { from, to } => format!("“{from}” renamed to “{to}”"),
        Reshaped::Moved { from, to } => format!("“{code}” moved from {} to {}", under(from), under(to)),
        Reshaped::Origin(origin) => format!("“{code}” is said to be {}", origin.name()),
        Reshaped::Heading(true) => format!("“{code}” made a heading"),
        Reshaped::Heading(false) => format!("“{code}” no longer a heading"),
    }
}

/// Whether a wording changed the meaning.
#[must_use]
pub const fn of_meaning(wording: &Wording) -> &'static str {
    match (wording.meaning, wording.before) {
        (_, None) => "first wording",
        (true, _) => "meaning changed",
        (false, _) => "wording only",
    }
}

/// A difference as a table: a row a change, of a rewording a row a step; then the codes that are as they were but carried
/// by more passages, or fewer.
#[must_use]
pub fn table(view: &View<'_>, difference: &Difference, zone: &TimeZone) -> Table {
    let [a, b] = &difference.between;
    let columns = [
        ("code", "Code"),
        ("change", "Change"),
        ("from", "From"),
        ("to", "To"),
        ("when", "When"),
        ("who", "Who"),
        ("reason", "Reason"),
        ("meaning", "Meaning"),
        ("passages_then", "Passages then"),
        ("passages_later", "Later"),
    ];
    let title = format!(
        "The codebook from {a} to {b}: {} then, {} later, {} changed",
        codes(difference.codes[0]),
        codes(difference.codes[1]),
        difference.changed.len(),
    );
    let mut out = Table::new(title, columns).in_files(["path", "id"]);
    for changed in difference.changed.iter().chain(&difference.recounted) {
        let mut push = |said: [String; 3], step: Option<(Timestamp, CoderId, &str)>, meaning: Option<&'static str>| {
            let [what, from, to] = said;
            let day = step.map(|(at, ..)| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string());
            out.push(vec![
                changed.name.as_str().into(),
                what.into(),
                from.into(),
                to.into(),
                Cell::from(day),
                step.map(|(_, by, _)| view.initials(by)).into(),
                step.map(|(.., reason)| reason).into(),
                meaning.into(),
                changed.passages[0].into(),
                changed.passages[1].into(),
                changed.path.as_str().into(),
                changed.code.0.guid().into(),
            ]);
        };
        if changed.changes.is_empty() {
            push(["passages".to_owned(), String::new(), String::new()], None, None);
        }
        for change in &changed.changes {
            let [what, mut from, to] = in_words(view, change);
            match change {
                Change::Reworded(rewording) if !rewording.steps.is_empty() => {
                    for step in &rewording.steps {
                        let by = (step.at, step.by, step.reason.as_str());
                        push([what.clone(), from, step.definition.clone()], Some(by), Some(of_meaning(step)));
                        from = step.definition.clone();
                    }
                }
                _ => {
                    let step = changed.steps_of(change).last();
                    push([what, from, to], step.map(|step| (step.at, step.by, step.reason.as_str())), None);
                }
            }
        }
    }
    out
}

fn codes(n: usize) -> String {
    if n == 1 { "1 code".to_owned() } else { format!("{n} codes") }
}
