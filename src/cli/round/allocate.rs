//! `emic round allocate`: dividing the cases that remain after a round.

use super::{Shelf, carry_out, grouped, looked_at, refuse_early, seed};
use crate::cli::args::{LookArgs, RoundAllocate};
use crate::cli::failure::Failure;
use crate::cli::{names, out};
use crate::findings::remaining::{Allocated, Wanted, allocation};
use crate::project::edit::Edit;
use crate::project::id::{CoderId, Mint};
use crate::project::view::View;
use crate::report::tables::Format;
use crate::session::SystemMint;
use crate::table::{Cell, Table};

pub(super) fn run(args: &RoundAllocate, look: &LookArgs) -> Result<(), Failure> {
    let desk = looked_at(&args.project, &args.who)?;
    let view = desk.view();
    let round = names::round(&view, &args.round)?;
    let coders = names::each(&args.coders, |initials| names::coder(&view, initials))?;
    let spread = args.spread.as_ref().map(|name| names::attribute(&view, name)).transpose()?;
    let mut mint = SystemMint::default();
    let (id, drift, seed) = (mint.id().into(), mint.id().into(), seed(args.seed));
    let wanted = Wanted { round, coders: &coders, spread, keep_back: args.keep_back, seed, id, drift };
    let shelf = Shelf::new(&desk);
    let found = allocation(&view, &|source| shelf.read(source), &wanted).map_err(|why| shelf.failure(why))?;
    let edit = Edit::Allocate(Box::new(found.new.clone()));
    if args.dry_run {
        refuse_early(&desk, &edit)?;
    } else {
        carry_out(&args.project, &args.who, &desk, &edit)?;
    }
    let format = args.format.format;
    let table = table(&view, &found, &format!("The cases that remain after {}", round.name));
    out::print_table(&table, format, look)?;
    if matches!(format, Format::Table) { out::say(&summary(&view, &found, &coders, args.dry_run)) } else { Ok(()) }
}

fn table(view: &View<'_>, found: &Allocated, title: &str) -> Table {
    let columns =
        [("case", "Case"), ("coders", "Coders"), ("words", "Words"), ("value", "Value"), ("kept_back", "Kept back")];
    let mut table = Table::new(title, columns).in_files(["seed", "case_id"]);
    for (share, case) in found.new.shares.iter().zip(&found.cases) {
        let coders: Vec<&str> = share.coders.iter().map(|coder| view.initials(*coder)).collect();
        table.push(vec![
            view.case(share.case).map(|case| case.name.as_str()).into(),
            coders.join(", ").into(),
            share.words.into(),
            case.value.as_deref().into(),
            (share.coders.len() > 1).into(),
            found.new.seed.into(),
            Cell::from(share.case.0.guid()),
        ]);
    }
    table
}

/// What each has, and what follows.
fn summary(view: &View<'_>, found: &Allocated, coders: &[CoderId], dry_run: bool) -> String {
    let mut out = String::from("\n");
    for coder in coders {
        let own = found.new.shares.iter().filter(|share| share.coders.contains(coder));
        let (cases, words) = own.fold((0, 0), |(n, words), share| (n + 1, words + u64::from(share.words)));
        let cases = out::counted(cases, "case", "cases");
        out.push_str(&format!("{}: {cases}, {} words\n", view.initials(*coder), grouped(words)));
    }
    out.push_str(&format!("Seed {}.", found.new.seed));
    if found.all_words {
        out.push_str(" Nothing of these cases is in the round's scope yet: all that participants say was counted.");
    }
    if let Some(drift) = &found.new.drift {
        let cases = out::counted(drift.desks.len(), "case is", "cases are");
        out.push_str(&format!(" {cases} coded twice, blind, in “{}”.", drift.name));
    }
    if dry_run {
        out.push_str(" Nothing was changed.");
    }
    out
}
