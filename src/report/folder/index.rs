//! The index: when it was written, from what, what the figures rest on, and what each file is.

use super::File;
use crate::findings::count::{Counting, rests};
use crate::findings::figures::case_word;
use crate::findings::presence::{By, Presence, Unit, no_speakers};
use crate::project::id::CaseId;
use crate::report::documents::{Sheaf, line};

/// The parts of the report: the folder that each lies in, and its heading.
const PARTS: [(&str, &str); 6] = [
    ("", "Documents"),
    ("tables", "Tables"),
    ("matrices", "Matrices"),
    ("figures", "Figures"),
    ("cases", "Cases"),
    ("rounds", "Rounds"),
];

pub(super) fn file(sheaf: &Sheaf<'_>, files: &[File]) -> File {
    let at = sheaf.at.to_zoned(sheaf.zone.clone());
    let zone = sheaf.zone.iana_name().unwrap_or("UTC");
    let mut out = format!(
        "# Report: {0}\n\nWritten on {1} at {2} ({zone}) from the study “{0}” with Emic {3}.\n\n{4}\n\n{5}\n",
        sheaf.title(),
        sheaf.day(sheaf.at),
        at.strftime("%H:%M"),
        sheaf.version,
        line(&basis(sheaf)),
        "Own memos, and all that belongs to a round that is not revealed, are left out."
    );
    let folder = |file: &File| file.name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    for (part, heading) in PARTS {
        let here: Vec<&File> = files.iter().filter(|file| folder(file) == part).collect();
        if !here.is_empty() {
            out.push_str(&format!("\n## {heading}\n\n"));
        }
        for file in here {
            out.push_str(&format!("- [{0}]({0}): {1}\n", file.name, line(&file.about)));
        }
    }
    let blind: Vec<&str> = sheaf
        .view
        .rounds()
        .into_iter()
        .filter(|round| sheaf.view.reveal(round.id).is_none())
        .map(|round| round.name.as_str())
        .collect();
    if !blind.is_empty() {
        out.push_str(&format!("\nNot revealed, and so not in this report: {}.\n", line(&blind.join(", "))));
    }
    File::new("index.md", "this list", out)
}

/// What the figures rest on.
fn basis(sheaf: &Sheaf<'_>) -> String {
    let view = &sheaf.view;
    let presence = Presence::new(view, None, By::Working, &no_speakers);
    let counting = Counting::new(*view, &presence);
    let cases: Vec<CaseId> = view.cases().into_iter().map(|case| case.id).collect();
    let units: Vec<Unit> = cases.iter().copied().map(Unit::Case).collect();
    let mut out =
        "Tables and figures count the working set: of each case the consensus where its round is reconciled, \
                   else the codings of whoever it was allotted to, else of whoever coded it."
            .to_owned();
    if !cases.is_empty() {
        let all = format!("{} {}", cases.len(), case_word(view, &cases, cases.len()));
        out.push_str(&format!(" Of {all}: {}.", rests(view, &presence, &counting, &units)));
    }
    let not_yet: Vec<String> = units
        .iter()
        .filter(|unit| presence.coders(view, **unit, None).is_empty())
        .map(|unit| unit.name(view))
        .collect();
    if !not_yet.is_empty() {
        out.push_str(&format!(" Not yet coded, and in no denominator of codes: {}.", not_yet.join(", ")));
    }
    out
}
