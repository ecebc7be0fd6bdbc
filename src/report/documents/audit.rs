//! The audit trail: what was added, merged, moved, frozen, worded, opened, revealed, decided, checked, judged and divided, by date and person.

use super::decisions::outcome;
use super::{Sheaf, counted, line};
use crate::findings::cycles::{of_meaning, step_in_words};
use crate::project::decision::Verdict;
use crate::project::id::{CodeId, CoderId};
use crate::project::source::Passage;
use crate::table::Table;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Something that was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deed {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: CoderId,
    /// What kind of deed it was.
    pub kind: &'static str,
    /// What was done.
    pub what: String,
    /// Why; may be empty.
    pub reason: String,
}

/// All that was done and is told of, oldest first.
#[must_use]
pub fn deeds(sheaf: &Sheaf<'_>) -> Vec<Deed> {
    let view = &sheaf.view;
    let mut out: Vec<Deed> = Vec::new();
    let mut tell = |at: Timestamp, by: CoderId, kind, what: String, reason: &str| {
        out.push(Deed { at, by, kind, what, reason: reason.to_owned() });
    };
    for cycle in view.cycles() {
        let codes = counted(cycle.codes.len(), "code");
        tell(cycle.at, cycle.by, "cycle", format!("the codebook frozen as “{}”: {codes}", cycle.name), &cycle.note);
    }
    for step in view.reshapings() {
        tell(step.at, step.by, "code change", step_in_words(view, step), &step.reason);
    }
    for wording in view.all_wordings() {
        let name = view.own_name(wording.code).unwrap_or("a code not shown here");
        let verb = if wording.before.is_some() { "reworded" } else { "defined" };
        let what = format!("“{name}” {verb}, {}: {}", of_meaning(wording), wording.definition);
        tell(wording.at, wording.by, "wording", what, &wording.reason);
    }
    for round in view.rounds() {
        let after = round.after.and_then(|id| view.round(id)).map(|before| format!(", going on from {}", before.name));
        let cases = counted(round.desks.len(), "case");
        let codes = counted(round.codes.len(), "code");
        let what = format!("{} opened: {cases}, {codes}{}", round.name, after.unwrap_or_default());
        tell(round.made, round.by, "round", what, "");
        if let Some(reveal) = view.reveal(round.id) {
            let codings = counted(reveal.codings.len(), "coding");
            tell(reveal.at, reveal.by, "reveal", format!("{} revealed: {codings} kept", round.name), "");
        }
        for decision in view.decisions(round.id) {
            let codes: Vec<String> = {
                let mut codes: Vec<CodeId> = decision.seen.iter().map(|piece| piece.code).collect();
                codes.dedup();
                codes.into_iter().map(|code| format!("“{}”", view.code_name(code))).collect()
            };
            let place = decision.seen.first().map(|piece| place(sheaf, piece.at)).unwrap_or_default();
            let with: Vec<&str> = decision.with.iter().map(|coder| view.initials(*coder)).collect();
            let with = if with.is_empty() { String::new() } else { format!(", with {}", with.join(", ")) };
            let what =
                format!("{}, {} in {place}: {}{with}", round.name, codes.join(", "), outcome(view, decision.outcome));
            tell(decision.at, decision.coder, "decision", what, &decision.reason);
        }
    }
    for check in view.checks() {
        let all = view.showing(crate::project::view::Whose::Everybody);
        let seen = all.coding(check.coding);
        let code = view.wording(check.wording).and_then(|wording| view.own_name(wording.code)).unwrap_or_default();
        let place = seen.map(|seen| format!(" in {}", place(sheaf, seen.coding.at))).unwrap_or_default();
        let verdict = match check.verdict {
            Verdict::Keep => "keep".to_owned(),
            Verdict::Recode(to) => format!("recode as “{}”", view.code_name(to)),
            Verdict::Remove => "remove".to_owned(),
        };
        tell(check.at, check.coder, "check", format!("a passage of “{code}”{place}: {verdict}"), &check.reason);
    }
    for allocation in view.allocations() {
        let mut shares: BTreeMap<&str, usize> = BTreeMap::new();
        for coder in allocation.shares.iter().flat_map(|share| &share.coders) {
            *shares.entry(view.initials(*coder)).or_default() += 1;
        }
        let shares: Vec<String> = shares.iter().map(|(who, n)| format!("{who} {n}")).collect();
        let cases = counted(allocation.shares.len(), "case");
        let what = format!("{cases} divided ({}), seed {}", shares.join(", "), allocation.seed);
        tell(allocation.made, allocation.by, "allocation", what, "");
    }
    for judgement in view.judgements() {
        let case = view.case(judgement.case).map_or("a case that is gone", |case| case.name.as_str());
        let what = format!("“{}” in {case}: {}", view.code_name(judgement.code), judgement.held.name());
        tell(judgement.at, judgement.coder, "judgement", what, &judgement.reason);
    }
    out.sort_by_key(|deed| deed.at);
    out
}

fn place(sheaf: &Sheaf<'_>, at: Passage) -> String {
    let source = sheaf.view.source(at.source);
    let case = source.and_then(|source| sheaf.view.case(source.case?)).map(|case| format!("{}, ", case.name));
    format!("{}{}", case.unwrap_or_default(), source.map_or("a source that is gone", |source| source.name.as_str()))
}

/// A row a deed.
#[must_use]
pub fn table(sheaf: &Sheaf<'_>) -> Table {
    let columns = [("when", "When"), ("who", "Who"), ("kind", "Kind"), ("what", "What"), ("reason", "Reason")];
    let mut out = Table::new("Audit trail", columns);
    for deed in deeds(sheaf) {
        out.push(vec![
            deed.at.to_zoned(sheaf.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string().into(),
            sheaf.view.initials(deed.by).into(),
            deed.kind.into(),
            deed.what.into(),
            deed.reason.into(),
        ]);
    }
    out
}

/// The trail as a Markdown document: who did how much, then day by day.
#[must_use]
pub fn document(sheaf: &Sheaf<'_>) -> String {
    let all = deeds(sheaf);
    let mut out = format!("# Audit trail: {}\n", sheaf.title());
    if let Some(study) = sheaf.view.study() {
        out.push_str(&format!(
            "\nThe project was begun on {}. Times are of the zone {}.\n",
            sheaf.day(study.made),
            zone(sheaf)
        ));
    }
    if all.is_empty() {
        out.push_str("\nNothing was frozen, worded, decided or checked yet.\n");
        return out;
    }
    let mut by: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for deed in &all {
        *by.entry((sheaf.view.initials(deed.by), deed.kind)).or_default() += 1;
    }
    out.push_str("\n## By person\n\n");
    let mut people: Vec<&str> = by.keys().map(|(who, _)| *who).collect();
    people.dedup();
    for who in people {
        let theirs = by.iter().filter(|((of, _), _)| *of == who);
        let counts: Vec<String> = theirs.map(|((_, kind), n)| counted(*n, kind)).collect();
        out.push_str(&format!("- {}: {}\n", line(who), counts.join(", ")));
    }
    out.push_str("\n## By date\n");
    let mut day = String::new();
    for deed in &all {
        let today = sheaf.day(deed.at);
        if today != day {
            out.push_str(&format!("\n### {today}\n\n"));
            day = today;
        }
        let time = deed.at.to_zoned(sheaf.zone.clone()).strftime("%H:%M");
        let reason = if deed.reason.is_empty() { String::new() } else { format!(" — {}", line(&deed.reason)) };
        out.push_str(&format!(
            "- {time} {} · {} · {}{reason}\n",
            line(sheaf.view.initials(deed.by)),
            deed.kind,
            line(&deed.what)
        ));
    }
    out
}

fn zone(sheaf: &Sheaf<'_>) -> String {
    sheaf.zone.iana_name().unwrap_or("UTC").to_owned()
}
