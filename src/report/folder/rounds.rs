//! Rounds that were revealed: their agreement, their methods paragraph, what was decided in them.

use super::{File, Names};
use crate::findings::basis::Asked;
use crate::findings::figures::figures;
use crate::findings::methods::methods;
use crate::report::agreement::table;
use crate::report::documents::{Sheaf, decisions, line};
use crate::report::tables::Format;

pub(super) fn files(sheaf: &Sheaf<'_>) -> Vec<File> {
    let view = &sheaf.view;
    let study = view.study().map_or("untitled", |study| study.title.as_str());
    let mut names = Names::default();
    let mut out = Vec::new();
    for round in view.rounds().into_iter().filter(|round| view.reveal(round.id).is_some()) {
        let name = names.give(&round.name, "round");
        if let Ok(found) = figures(view, round.id, &Asked::default(), sheaf.texts) {
            let about = format!("{}: how far its coders agree, code by code", round.name);
            let shown = table(view, &found, study, Format::Md);
            out.push(File::md(format!("rounds/{name}-agreement.md"), about, &shown, &[]));
            let for_files = table(view, &found, study, Format::Csv);
            out.push(File::csv(format!("rounds/{name}-agreement.csv"), "the same with whole coefficients", &for_files));
        }
        let said = methods(view, round.id, sheaf.texts, sheaf.version).unwrap_or_else(|why| format!("⟨{why}⟩"));
        let about = format!("{}: the methods paragraph, with gaps where the project does not know", round.name);
        let words = format!("# Methods: {}\n\n{}\n", line(&round.name), line(&said));
        out.push(File::new(format!("rounds/{name}-methods.md"), about, words));
        if let Ok(log) = decisions::table(view, round.id, sheaf.words) {
            let about = format!("{}: every decision with what was seen and why", round.name);
            out.push(File::md(format!("rounds/{name}-decisions.md"), about, &log, &[]));
            out.push(File::csv(format!("rounds/{name}-decisions.csv"), "the same for spreadsheets", &log));
        }
    }
    out
}
