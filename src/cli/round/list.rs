//! `emic round list`: the rounds, and where each stands.

use crate::cli::args::{LookArgs, RoundList};
use crate::cli::failure::Failure;
use crate::cli::opening::Desk;
use crate::cli::out;
use crate::findings::standing::{State, standing, state};
use crate::project::round::{Drawn, Round};
use crate::project::view::View;
use crate::report::tables::Format;
use crate::table::{Cell, Table};

pub(super) fn run(args: &RoundList, look: &LookArgs) -> Result<(), Failure> {
    // Nobody in particular looks: what stands here is for all to see.
    let desk = Desk::open(&args.project, Some("all"))?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    let rounds = view.rounds();
    let title = match rounds.len() {
        0 => format!("“{}” has no rounds yet; `emic round new` opens one", desk.title()),
        n => format!("Rounds of “{}”: {n}", desk.title()),
    };
    if rounds.is_empty() && args.format.format == Format::Table {
        return out::say(&title);
    }
    let mut table = table(title);
    rounds.iter().for_each(|round| table.push(row(&view, round)));
    out::print_table(&table, args.format.format, look)
}

/// A table of rounds without rows.
pub(super) fn table(title: String) -> Table {
    let columns = [
        ("round", "Round"),
        ("state", "State"),
        ("finished", "Finished"),
        ("cases", "Cases"),
        ("coders", "Coders"),
        ("sources", "Sources"),
        ("units", "Units"),
        ("unit", "Unit"),
        ("words", "Words"),
        ("codes", "Codes"),
        ("later_sources", "Sources since"),
        ("opened", "Opened"),
    ];
    let files = [
        "opened_by",
        "revealed",
        "within",
        "of",
        "consensus_of",
        "everyone",
        "drawn",
        "seed",
        "stratified_by",
        "least_percent",
        "depth",
        "after",
        "drift_check",
        "id",
    ];
    Table::new(title, columns).in_files(files)
}

/// What there is to say of a round in a row of [`table`].
pub(super) fn row(view: &View<'_>, round: &Round) -> Vec<Cell> {
    let standing = standing(view, round);
    let coders: Vec<&str> = standing.coders.iter().map(|coder| view.initials(*coder)).collect();
    let name = |id| view.round(id).map(|round| round.name.as_str());
    let (drawn, seed, by) = match round.drawn {
        Drawn::ByHand => ("by hand", None, None),
        Drawn::AtRandom { seed } => ("at random", Some(seed), None),
        Drawn::Stratified { seed, by } => ("at random", Some(seed), Some(by)),
    };
    let by = by.and_then(|by| view.attributes().into_iter().find(|attribute| attribute.id == by));
    let within: Vec<String> = round.scope.within.iter().map(|code| view.codebook().path(*code)).collect();
    let of: Vec<&str> = round.scope.of.iter().map(|coder| view.initials(*coder)).collect();
    let revealed = match state(view, round) {
        State::Revealed(at) => Some(at.to_string()),
        _ => None,
    };
    vec![
        round.name.as_str().into(),
        state_words(view, round).into(),
        format!("{} of {}", standing.finished, standing.pairs).into(),
        number(standing.cases.len()),
        coders.join(", ").into(),
        number(standing.sources),
        number(standing.units),
        round.unit.name().into(),
        standing.words.into(),
        number(round.codes.len()),
        number(standing.later),
        round.made.strftime("%Y-%m-%d").to_string().into(),
        view.initials(round.by).into(),
        revealed.into(),
        within.join("; ").into(),
        of.join(", ").into(),
        round.scope.consensus.and_then(name).into(),
        round.scope.everyone.into(),
        drawn.into(),
        seed.into(),
        by.map(|attribute| attribute.name.as_str()).into(),
        u32::from(round.least).into(),
        round.depth.into(),
        round.after.and_then(name).into(),
        round.drift.into(),
        round.id.0.guid().into(),
    ]
}

pub(super) fn number(n: usize) -> Cell {
    (n as u64).into()
}

/// Whether a round is under way, in words.
pub(super) fn state_words(view: &View<'_>, round: &Round) -> String {
    match state(view, round) {
        State::Open => "open".to_owned(),
        State::Stopped(next) => {
            let next = view.round(next).map_or("another", |round| round.name.as_str());
            format!("stopped, {next} goes on")
        }
        State::Revealed(at) => format!("revealed {}", at.strftime("%Y-%m-%d")),
    }
}
