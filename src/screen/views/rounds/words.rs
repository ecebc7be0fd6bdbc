//! What is said of rounds, in words.

use super::Target;
use crate::findings::standing::{State, state};
use crate::project::id::{AttributeId, CaseId, CoderId, RoundId};
use crate::project::round::{Drawn, Round, Scope, Unit};
use crate::project::view::View;
use crate::screen::app::App;
use crate::table::thousands;
use jiff::Timestamp;

/// A day as it is shown.
#[must_use]
pub fn day(app: &App, at: Timestamp) -> String {
    at.to_zoned(app.zone.clone()).strftime("%-d %b %Y").to_string()
}

/// The name of a case.
#[must_use]
pub fn case_name<'a>(view: &View<'a>, case: CaseId) -> &'a str {
    view.case(case).map_or("a case that is gone", |case| case.name.as_str())
}

/// The name of a round.
#[must_use]
pub fn round_name(view: &View<'_>, round: RoundId) -> String {
    view.round(round).map_or_else(|| "a round that is gone".to_owned(), |round| round.name.clone())
}

/// Initials, with commas.
#[must_use]
pub fn initials(view: &View<'_>, coders: &[CoderId]) -> String {
    coders.iter().map(|coder| view.initials(*coder)).collect::<Vec<_>>().join(", ")
}

/// `1 turn`, `12 turns`, `1,204 words`.
#[must_use]
pub fn counted(n: u64, one: &str) -> String {
    let number = thousands(n);
    if n == 1 { format!("1 {one}") } else { format!("{number} {}", plural(one)) }
}

/// The plural of a word.
#[must_use]
pub fn plural(one: &str) -> String {
    match one.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if one.ends_with(['s', 'x']) || one.ends_with("ch") => format!("{one}es"),
        _ => format!("{one}s"),
    }
}

/// What cases are called: `practice` where all are practices, else `case`.
#[must_use]
pub fn kind<'a>(view: &View<'a>, cases: impl IntoIterator<Item = CaseId>) -> &'a str {
    let mut kinds = cases.into_iter().filter_map(|case| view.case(case)).map(|case| case.kind.trim());
    let Some(first) = kinds.next().filter(|kind| !kind.is_empty()) else { return "case" };
    if kinds.all(|kind| kind == first) { first } else { "case" }
}

/// The name of an attribute.
#[must_use]
pub fn attribute<'a>(view: &View<'a>, id: AttributeId) -> &'a str {
    let all = view.attributes();
    all.into_iter()
        .find(|attribute| attribute.id == id)
        .map_or("an attribute that is gone", |found| found.name.as_str())
}

/// How cases were chosen: `drawn at random, seed 4711, stratified by Region`.
#[must_use]
pub fn drawn(view: &View<'_>, drawn: Drawn) -> String {
    match drawn {
        Drawn::ByHand => "chosen by hand".to_owned(),
        Drawn::AtRandom { seed } => format!("drawn at random, seed {seed}"),
        Drawn::Stratified { seed, by } => {
            format!("drawn at random, seed {seed}, stratified by {}", attribute(view, by))
        }
    }
}

/// What of the texts can be coded: `within BH integration of PB, participants' turns`.
#[must_use]
pub fn scope(view: &View<'_>, scope: &Scope) -> String {
    let who = if scope.everyone { "everybody's turns" } else { "participants' turns" };
    if let Some(round) = scope.consensus {
        return format!("within the consensus of {}, {who}", round_name(view, round));
    }
    if scope.within.is_empty() {
        return format!("all text, {who}");
    }
    let codes: Vec<&str> = scope.within.iter().map(|code| view.code_name(*code)).collect();
    let of = if scope.of.is_empty() { "everybody".to_owned() } else { initials(view, &scope.of) };
    format!("within {} of {of}, {who}", codes.join(", "))
}

/// What agreement is counted on: `turn, any overlap`.
#[must_use]
pub fn unit(unit: Unit, least: u8) -> String {
    let overlap = if least == 0 { "any overlap".to_owned() } else { format!("at least {least} % of it") };
    format!("{}, {overlap}", unit.name())
}

/// The level of the tree.
#[must_use]
pub fn level(depth: Option<u32>) -> String {
    match depth {
        None => "codes as applied".to_owned(),
        Some(1) => "rolled up to main codes".to_owned(),
        Some(depth) => format!("rolled up to level {depth} of the tree"),
    }
}

/// The state in few words.
#[must_use]
pub fn short_state(app: &App, view: &View<'_>, round: &Round) -> String {
    match state(view, round) {
        State::Open => {
            let all = round.desks.iter().map(|desk| desk.coders.len()).sum::<usize>();
            let cells = round.desks.iter().flat_map(|desk| desk.coders.iter().map(move |coder| (*coder, desk.case)));
            let done = cells.filter(|(coder, case)| view.has_finished(round.id, *coder, *case)).count();
            format!("open {done}/{all}")
        }
        State::Stopped(_) => "stopped".to_owned(),
        State::Revealed(at) => at.to_zoned(app.zone.clone()).strftime("%-d %b").to_string(),
    }
}

/// The cases that this coder has not finished in an open round.
#[must_use]
pub fn own_open(view: &View<'_>, round: &Round) -> Vec<CaseId> {
    let mine = round.desks.iter().filter(|desk| desk.coders.contains(&view.coder())).map(|desk| desk.case);
    mine.filter(|case| !view.has_finished(round.id, view.coder(), *case)).collect()
}

/// What was proposed in a round: codes, then wordings, alike names together.
#[must_use]
pub fn proposals(view: &View<'_>, round: RoundId) -> Vec<Target> {
    let mut codes = view.proposed_codes(round);
    codes.sort_by_key(|(code, proposed)| (view.code_name(*code).to_lowercase(), proposed.by));
    let mut wordings = view.proposed_wordings(round);
    wordings.sort_by_key(|wording| (view.code_name(wording.code).to_lowercase(), wording.by));
    let codes = codes.into_iter().map(|(code, _)| Target::ProposedCode(code));
    codes.chain(wordings.into_iter().map(|wording| Target::ProposedWording(wording.id))).collect()
}
