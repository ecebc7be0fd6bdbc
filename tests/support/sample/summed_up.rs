//! Cells of the framework matrix as the coders summed them up, and what they found of codings that lie together.

use super::findings::{Findings, PairEntry, SummaryEntry, theme_called};
use super::maker::{Maker, Timeline};
use emic::findings::framework::framework;
use emic::findings::working::working;
use emic::project::edit::{Edit, JudgeEdit};
use emic::project::summary::Heading;
use std::rc::Rc;

pub fn plan(timeline: &mut Timeline, findings: &Rc<Findings>) {
    for (n, entry) in findings.summaries.iter().enumerate() {
        let all = Rc::clone(findings);
        timeline.at(entry.at, &entry.by, move |maker| sum_up(maker, &all.summaries[n]));
    }
    for (n, entry) in findings.pairs.iter().enumerate() {
        let all = Rc::clone(findings);
        timeline.at(entry.at, &entry.by, move |maker| check(maker, &all.pairs[n]));
    }
}

/// Writes a cell from the extracts that are in it then, as the Framework view does.
fn sum_up(maker: &mut Maker, entry: &SummaryEntry) {
    let (case, of) = (maker.cases[&entry.case], Heading::Theme(theme_called(maker, &entry.under)));
    let view = maker.view();
    let matrix = framework(&view, &working(&view), &[case], &[of]);
    let from = matrix.cell(0, 0).map(|cell| cell.basis(&view)).unwrap_or_default();
    assert!(!from.is_empty(), "{} has no extracts under {}", entry.case, entry.under);
    let text = entry.text.clone();
    maker.edit(&Edit::Judge(JudgeEdit::Summary { case, of, text, from }));
}

fn check(maker: &mut Maker, entry: &PairEntry) {
    let counted = maker.counted();
    let mut coding = |(number, key): &(u32, String)| maker.coding_of(&entry.file, *number, key, &counted);
    let (a, b) = (coding(&entry.a), coding(&entry.b));
    let (found, reason) = (Some(entry.found), entry.reason.clone());
    maker.edit(&Edit::Judge(JudgeEdit::Pair { a, b, found, reason }));
}
