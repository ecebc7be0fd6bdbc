//! The log of decisions as a table: an appendix for a paper.

use super::Words;
use crate::findings::basis::NoFigures;
use crate::findings::queue::{Key, queue_of};
use crate::project::decision::{Decision, Outcome, Piece, Settled};
use crate::project::id::{CoderId, RoundId};
use crate::project::source::Passage;
use crate::project::view::View;
use crate::table::Table;
use std::collections::HashMap;
use std::sync::Arc;

/// The columns for people.
const COLUMNS: [(&str, &str); 11] = [
    ("when", "When"),
    ("who", "Who"),
    ("with", "With"),
    ("case", "Case"),
    ("source", "Source"),
    ("seen", "Seen"),
    ("words", "Words"),
    ("outcome", "Outcome"),
    ("result", "Result"),
    ("reason", "Reason"),
    ("holds", "Holds"),
];

/// The columns for files.
const FILES: [&str; 6] = ["type", "start", "end", "version", "source_id", "id"];

/// The decisions of all rounds that were revealed, with the round in front.
#[must_use]
pub fn all(view: &View<'_>, words: &Words<'_>) -> Table {
    let columns = std::iter::once(("round", "Round")).chain(COLUMNS);
    let mut out = Table::new("Decisions", columns).in_files(FILES);
    for round in view.rounds() {
        let Ok(found) = table(view, round.id, words) else { continue };
        for row in found.rows {
            out.push(std::iter::once(round.name.as_str().into()).chain(row).collect());
        }
    }
    out
}

/// The decisions of a round; a `words` that gives none leaves the participants' words out.
///
/// # Errors
/// A round that is not revealed.
pub fn table(view: &View<'_>, round: RoundId, words: &Words<'_>) -> Result<Table, NoFigures> {
    let queue = queue_of(view, round)?;
    let standing: HashMap<Key, &Arc<Decision>> =
        queue.items.iter().filter_map(|item| Some((item.key(), item.state.decision()?))).collect();
    let decisions = view.decisions(round);
    let mut out = Table::new("", COLUMNS).in_files(FILES);
    for decision in &decisions {
        let Some(first) = decision.seen.first() else { continue };
        let source = view.source(first.at.source);
        let case = queue.round.ground(first.at.source).and_then(|ground| view.case(ground.case));
        let hull = decision.seen.iter().map(|piece| view.place(piece.at)).reduce(crate::text::Span::union);
        let quoted = |at: Passage| words(at).map_or_else(String::new, |words| format!(" “{words}”"));
        let piece = |piece: &Piece| {
            format!("{}: {}{}", view.initials(piece.coder), view.code_name(piece.code), quoted(piece.at))
        };
        let settled = |settled: &Settled| format!("{}{}", view.code_name(settled.code), quoted(settled.at));
        let seen: Vec<String> = decision.seen.iter().map(piece).collect();
        let result: Vec<String> = decision.result.iter().map(settled).collect();
        let text = source.and(hull).and_then(|hull| words(view.passage(first.at.source, hull)));
        let initials = |coder: &CoderId| view.initials(*coder);
        let holds = standing.get(&Key::now(view, &decision.seen)).is_some_and(|now| now.id == decision.id);
        out.push(vec![
            decision.at.strftime("%Y-%m-%d %H:%M").to_string().into(),
            view.initials(decision.coder).into(),
            decision.with.iter().map(initials).collect::<Vec<_>>().join(", ").into(),
            case.map(|case| case.name.as_str()).into(),
            source.map(|source| source.name.as_str()).into(),
            seen.join("\n").into(),
            text.into(),
            outcome(view, decision.outcome).into(),
            result.join("\n").into(),
            decision.reason.as_str().into(),
            holds.into(),
            decision.kind.as_str().into(),
            hull.map(|hull| hull.start.0).into(),
            hull.map(|hull| hull.end.0).into(),
            source.map(|source| source.version).into(),
            first.at.source.0.guid().into(),
            decision.id.0.guid().into(),
        ]);
    }
    let progress = queue.progress();
    out.title =
        format!("Decisions about {}: {} of {} disagreements decided", queue.round.name, progress.decided, progress.of);
    Ok(out)
}

/// An outcome in words.
#[must_use]
pub fn outcome(view: &View<'_>, outcome: Outcome) -> String {
    match outcome {
        Outcome::As(coder) => format!("as {}", view.initials(coder)),
        Outcome::Wider => "wider extent".to_owned(),
        Outcome::Tighter => "tighter extent".to_owned(),
        Outcome::Both => "both codes".to_owned(),
        Outcome::Neither => "none of it".to_owned(),
        Outcome::Other => "otherwise".to_owned(),
        Outcome::Discuss => "left for discussion".to_owned(),
        Outcome::Passed(Some(coder)) => format!("put to {}", view.initials(coder)),
        Outcome::Passed(None) => "put to a third person".to_owned(),
    }
}
