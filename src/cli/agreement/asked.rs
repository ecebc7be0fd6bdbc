//! What is asked for on the command line: which round, and what of it.

use super::Agreement;
use crate::cli::failure::{Failure, failed};
use crate::cli::names;
use crate::cli::opening::Desk;
use crate::findings::basis::{Asked, Depth};
use crate::project::id::{CodeId, RoundId, SourceId};
use crate::project::view::View;
use crate::text::Text;

/// The texts of a project in their present versions.
pub(in crate::cli) fn texts(desk: &Desk) -> impl Fn(SourceId, u32) -> Option<Text> {
    |source, version| desk.read(source).ok().filter(|reading| reading.version == version).map(|reading| reading.text)
}

/// The round that `name` means; without one the round revealed last, else the one opened last.
pub(in crate::cli) fn a_round(view: &View<'_>, name: Option<&str>) -> Result<RoundId, Failure> {
    if let Some(name) = name {
        return Ok(names::round(view, name)?.id);
    }
    let rounds = view.rounds();
    let revealed = rounds.iter().filter_map(|round| Some((view.reveal(round.id)?.at, round.id))).max();
    let newest = revealed.map(|(_, id)| id).or(rounds.last().map(|round| round.id));
    newest.map_or_else(|| failed("this project has no round yet; `emic round new` opens one"), Ok)
}

/// What is asked for otherwise than the round fixed it.
pub(super) fn asked(view: &View<'_>, args: &Agreement) -> Result<Asked, Failure> {
    let mut codes: Vec<CodeId> = Vec::new();
    for code in names::each(&args.codes, |name| names::code(view, name))? {
        codes.extend(view.codebook().branch(code));
    }
    Ok(Asked {
        unit: args.unit,
        depth: match args.level {
            None => Depth::Fixed,
            Some(0) => Depth::AsApplied,
            Some(level) => Depth::At(level),
        },
        codes,
        cases: names::each(&args.cases, |name| names::case(view, name))?,
        coders: names::each(&args.coders, |name| names::coder(view, name))?,
    })
}
