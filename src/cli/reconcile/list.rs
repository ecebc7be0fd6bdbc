//! The queue as a table.

use super::ReconcileList;
use crate::cli::failure::Failure;
use crate::cli::names;
use crate::cli::opening::Desk;
use crate::findings::queue::{Filter, Gist, Item, State, Stood, queue_of};
use crate::project::decision::Outcome;
use crate::project::id::{CoderId, RoundId};
use crate::project::view::View;
use crate::table::{Cell, Table};

pub(super) fn table(desk: &Desk, round: RoundId, args: &ReconcileList) -> Result<Table, Failure> {
    let view = desk.view();
    let filter = Filter {
        code: args.code.as_deref().map(|name| names::code(&view, name)).transpose()?,
        case: args.case.as_deref().map(|name| names::case(&view, name)).transpose()?,
        kind: args.kind,
        coder: args.coder.as_deref().map(|name| names::coder(&view, name)).transpose()?,
        stood: args.open.then_some(Stood::Open),
        passed_to: None,
    };
    let queue = queue_of(&view, round)?;
    let listed = queue.listed(&view, args.order, &filter);
    let progress = queue.progress();
    let left: Vec<String> = progress.left.iter().map(|(group, n)| format!("{} {n}", group.title())).collect();
    let left = if left.is_empty() { String::new() } else { format!("; open: {}", left.join(" · ")) };
    let shown = if listed.len() == queue.items.len() { String::new() } else { format!("; {} shown", listed.len()) };
    let title =
        format!("Disagreements of {}: {} of {} decided{left}{shown}", queue.round.name, progress.decided, progress.of);
    let columns = [
        ("part", "Part"),
        ("code", "Code"),
        ("case", "Case"),
        ("source", "Source"),
        ("difference", "Difference"),
        ("state", "State"),
        ("reason", "Reason"),
    ];
    let files =
        ["type", "coders", "changes_case", "edge", "after_reveal", "start", "end", "version", "source_id", "codes"];
    let mut out = Table::new(title, columns).in_files(files);
    for item in listed.into_iter().map(|n| &queue.items[n]) {
        let source = view.source(item.source).map(|source| source.name.as_str());
        let paths: Vec<String> = item.codes.iter().map(|code| view.codebook().path(*code)).collect();
        let coders: Vec<&str> = item.coders.iter().map(|coder| view.initials(*coder)).collect();
        out.push(vec![
            item.group().title().into(),
            item.codes.iter().map(|code| view.code_name(*code)).collect::<Vec<_>>().join(" / ").into(),
            view.case(item.case).map(|case| case.name.as_str()).into(),
            source.into(),
            difference(&view, item).into(),
            state(&view, &item.state).into(),
            item.state.decision().map(|decision| decision.reason.as_str()).into(),
            item.kind_name().into(),
            coders.join(" ").into(),
            item.changes_case.into(),
            item.edge.into(),
            item.after_reveal.into(),
            item.span.start.0.into(),
            item.span.end.0.into(),
            Cell::from(item.seen.first().map(|piece| piece.at.version)),
            item.source.0.guid().into(),
            paths.join(" / ").into(),
        ]);
    }
    Ok(out)
}

/// What an item comes down to, in words.
fn difference(view: &View<'_>, item: &Item) -> String {
    let who = |coder: &CoderId| view.initials(*coder);
    let all = |coders: &[CoderId]| coders.iter().map(who).collect::<Vec<_>>().join(", ");
    let mut out = match item.gist() {
        Gist::Only(coder) => format!("only {}", who(&coder)),
        Gist::Partly { have, lack } => format!("{}, not {}", all(&have), all(&lack)),
        Gist::Siblings => "siblings".to_owned(),
        Gist::ParentChild => "parent, child".to_owned(),
        Gist::OtherCode => "other code".to_owned(),
        Gist::Wider(coder, n) => format!("{} wider by {n}", who(&coder)),
        Gist::Overlap(percent) => format!("overlap {percent} %"),
        Gist::Pieces(pieces) => {
            let each: Vec<String> = pieces.iter().map(|(coder, n)| format!("{} {n}", who(coder))).collect();
            format!("in pieces: {}", each.join(", "))
        }
    };
    if item.after_reveal {
        out.push_str(" (after reveal)");
    }
    out
}

fn state(view: &View<'_>, state: &State) -> String {
    match state {
        State::Open => "open".to_owned(),
        State::Discuss(_) => "to discuss".to_owned(),
        State::Passed(decision) => match decision.outcome {
            Outcome::Passed(Some(to)) => format!("put to {}", view.initials(to)),
            _ => "put to a third person".to_owned(),
        },
        State::Decided(decision) => crate::report::documents::decisions::outcome(view, decision.outcome),
    }
}
