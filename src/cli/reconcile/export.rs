//! The log of decisions as a table: an appendix for a paper.

use crate::cli::failure::Failure;
use crate::cli::opening::Desk;
use crate::findings::queue::{Key, queue_of};
use crate::project::decision::{Decision, Outcome, Piece, Settled};
use crate::project::id::{CoderId, RoundId, SourceId};
use crate::project::source::Passage;
use crate::project::view::View;
use crate::session::Reading;
use crate::table::Table;
use std::collections::HashMap;
use std::sync::Arc;

pub(super) fn table(desk: &Desk, round: RoundId, no_words: bool) -> Result<Table, Failure> {
    let view = desk.view();
    let queue = queue_of(&view, round)?;
    let standing: HashMap<Key, &Arc<Decision>> =
        queue.items.iter().filter_map(|item| Some((item.key(), item.state.decision()?))).collect();
    let decisions = view.decisions(round);
    let columns = [
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
    let mut out = Table::new("", columns).in_files(["type", "start", "end", "version", "source_id", "id"]);
    let mut read: HashMap<SourceId, Option<Reading>> = HashMap::new();
    for decision in &decisions {
        let Some(first) = decision.seen.first() else { continue };
        let source = view.source(first.at.source);
        let case = queue.round.ground(first.at.source).and_then(|ground| view.case(ground.case));
        let hull = decision.seen.iter().map(|piece| view.place(piece.at)).reduce(crate::text::Span::union);
        let reading = read.entry(first.at.source).or_insert_with(|| desk.read(first.at.source).ok());
        let words = |at: Passage| {
            let reading = reading.as_ref().filter(|_| !no_words)?;
            Some(format!(" “{}”", reading.text.slice(view.place(at))))
        };
        let piece = |piece: &Piece| {
            format!(
                "{}: {}{}",
                view.initials(piece.coder),
                view.code_name(piece.code),
                words(piece.at).unwrap_or_default()
            )
        };
        let settled =
            |settled: &Settled| format!("{}{}", view.code_name(settled.code), words(settled.at).unwrap_or_default());
        let seen: Vec<String> = decision.seen.iter().map(piece).collect();
        let result: Vec<String> = decision.result.iter().map(settled).collect();
        let text = reading.as_ref().filter(|_| !no_words).zip(hull).map(|(reading, hull)| reading.text.slice(hull));
        let initials = |coder: &CoderId| view.initials(*coder);
        let holds = standing.get(&Key::now(&view, &decision.seen)).is_some_and(|now| now.id == decision.id);
        out.push(vec![
            decision.at.strftime("%Y-%m-%d %H:%M").to_string().into(),
            view.initials(decision.coder).into(),
            decision.with.iter().map(initials).collect::<Vec<_>>().join(", ").into(),
            case.map(|case| case.name.as_str()).into(),
            source.map(|source| source.name.as_str()).into(),
            seen.join("\n").into(),
            text.into(),
            outcome(&view, decision.outcome).into(),
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
pub(super) fn outcome(view: &View<'_>, outcome: Outcome) -> String {
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
