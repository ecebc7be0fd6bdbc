//! `emic round finish`, `reopen` and `reveal`: where a coder stands with a case, and the end of blindness.

use super::{carry_out, looked_at};
use crate::cli::args::{RoundCase, RoundReveal};
use crate::cli::failure::Failure;
use crate::cli::{names, out};
use crate::findings::standing::{Stage, standing};
use crate::project::edit::Edit;
use crate::project::round::Round;
use crate::project::view::View;

pub(super) fn finish(args: &RoundCase, finished: bool) -> Result<(), Failure> {
    let desk = looked_at(&args.project, &args.who)?;
    let view = desk.view();
    let round = names::round(&view, &args.round)?;
    let case = names::case(&view, &args.case)?;
    let edit = Edit::Finish { round: round.id, case, finished };
    let study = carry_out(&args.project, &args.who, &desk, &edit)?;
    let after = study.view();
    let name = view.case(case).map_or("the case", |case| case.name.as_str());
    let who = view.initials(view.coder());
    let what = if finished { "finished" } else { "open again" };
    out::say(&format!("{name} is {what} for {who} in {}. {}", round.name, left(&after, round)))
}

/// What the round waits for, or that it is revealed.
fn left(view: &View<'_>, round: &Round) -> String {
    if view.reveal(round.id).is_some() {
        return format!("All have finished: {} is revealed.", round.name);
    }
    let standing = standing(view, round);
    let mut waits: Vec<String> = Vec::new();
    for coder in &standing.coders {
        let open = |row: &&crate::findings::standing::CaseStanding| {
            row.cells.iter().any(|(at, stage)| at == coder && *stage != Stage::Finished)
        };
        let cases: Vec<&str> = standing
            .cases
            .iter()
            .filter(open)
            .map(|row| view.case(row.case).map_or("a case", |case| case.name.as_str()))
            .collect();
        if !cases.is_empty() {
            waits.push(format!("{} ({})", view.initials(*coder), cases.join(", ")));
        }
    }
    format!("It waits for {}.", waits.join("; "))
}

pub(super) fn reveal(args: &RoundReveal) -> Result<(), Failure> {
    let desk = looked_at(&args.project, &args.who)?;
    let view = desk.view();
    let round = names::round(&view, &args.round)?;
    carry_out(&args.project, &args.who, &desk, &Edit::Reveal(round.id))?;
    out::say(&format!("{} is revealed.", round.name))
}
