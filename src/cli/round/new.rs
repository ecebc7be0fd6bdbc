//! `emic round new`: what is fixed in advance, from names and numbers on the command line.

use super::{Shelf, carry_out, grouped, looked_at, seed};
use crate::cli::args::RoundNew;
use crate::cli::failure::{Failure, failed};
use crate::cli::{names, out};
use crate::findings::draw::{stratified, untouched};
use crate::findings::ground::{Asked, default_unit, grounds};
use crate::findings::standing::standing;
use crate::project::edit::{Edit, NewRound};
use crate::project::id::{CaseId, CodeId, CoderId, Mint};
use crate::project::round::{Desk, Drawn, Round, Scope, Unit};
use crate::project::view::View;
use crate::session::SystemMint;

pub(super) fn run(args: &RoundNew) -> Result<(), Failure> {
    let desk = looked_at(&args.project, &args.who)?;
    let view = desk.view();
    let codes = codes(&view, args)?;
    let (cases, drawn) = cases(&view, args, &codes)?;
    let desks = desks(&view, args, &cases)?;
    let scope = scope(&view, args)?;
    let unit = args.unit.map_or_else(|| default_unit(&scope), Unit::from);
    let given = match scope.consensus {
        Some(round) => Some(super::consensus::passages(&view, round, &scope.within)?),
        None => None,
    };
    let shelf = Shelf::new(&desk);
    let asked = Asked { cases: &cases, scope: &scope, unit, given: given.as_deref() };
    let grounds = grounds(&view, &|source| shelf.read(source), &asked).map_err(|why| shelf.failure(why))?;
    let id = SystemMint::default().id().into();
    let (name, least, depth) = (args.name.clone(), args.least, args.depth);
    let new = NewRound { id, name, desks, grounds, codes, scope, unit, least, depth, drawn, drift: false };
    let study = carry_out(&args.project, &args.who, &desk, &Edit::OpenRound(Box::new(new)))?;
    let view = study.view();
    match view.round(id) {
        Some(round) => out::say(&opened(&view, round)),
        None => failed("the round was taken back by somebody else just now"),
    }
}

/// The codes, with what is below them unless they are named alone.
fn codes(view: &View<'_>, args: &RoundNew) -> Result<Vec<CodeId>, Failure> {
    let named = names::each(&args.codes, |name| names::code(view, name))?;
    if args.only {
        return Ok(named);
    }
    let book = view.codebook();
    let mut out: Vec<CodeId> = Vec::new();
    for code in named.into_iter().flat_map(|code| book.branch(code)) {
        // What is only proposed is in no round before it is accepted.
        let stands = book.get(code).is_some_and(|node| node.code.proposed.is_none());
        if stands && !out.contains(&code) {
            out.push(code);
        }
    }
    Ok(out)
}

/// The cases, and how they were chosen.
fn cases(view: &View<'_>, args: &RoundNew, codes: &[CodeId]) -> Result<(Vec<CaseId>, Drawn), Failure> {
    let Some(n) = args.draw else {
        return Ok((names::each(&args.cases, |name| names::case(view, name))?, Drawn::ByHand));
    };
    let mut from = untouched(view, codes);
    if let Some(kind) = &args.kind {
        let is = |case: &CaseId| view.case(*case).is_some_and(|case| case.kind.eq_ignore_ascii_case(kind.trim()));
        from.retain(is);
    }
    let by = args.stratify.as_ref().map(|name| names::attribute(view, name)).transpose()?;
    let value =
        |case: CaseId| by.and_then(|by| view.value_of(case, by)).map(str::trim).filter(|value| !value.is_empty());
    let from: Vec<(CaseId, Option<&str>)> = from.into_iter().map(|case| (case, value(case))).collect();
    let seed = seed(args.seed);
    match stratified(&from, n, seed) {
        Ok(cases) => Ok((cases, by.map_or(Drawn::AtRandom { seed }, |by| Drawn::Stratified { seed, by }))),
        Err(why) => failed(format!(
            "{why}; cases without sources and those that were in a round with one of these codes are left out"
        )),
    }
}

/// Who codes which case: as `--pairs` says, else `--coders`.
fn desks(view: &View<'_>, args: &RoundNew, cases: &[CaseId]) -> Result<Vec<Desk>, Failure> {
    let coders_of = |list: &str| -> Result<Vec<CoderId>, Failure> {
        names::each(&[list.to_owned()], |initials| names::coder(view, initials))
    };
    let mut said: Vec<(CaseId, Vec<CoderId>)> = Vec::new();
    for pair in args.pairs.iter().flat_map(|pairs| pairs.split(';')).filter(|pair| !pair.trim().is_empty()) {
        let Some((list, coders)) = pair.rsplit_once(':') else {
            return failed(format!(
                "“{}” is no pair; write cases and coders as in \"P02,P04: PB,DC; P05: PB,EW\"",
                pair.trim()
            ));
        };
        let coders = coders_of(coders)?;
        for case in names::each(&[list.trim().to_owned()], |name| names::case(view, name))? {
            let name = view.case(case).map_or("a case", |case| case.name.as_str());
            if !cases.contains(&case) {
                return failed(format!("{name} stands in --pairs and is not a case of this round"));
            }
            if said.iter().any(|(known, _)| *known == case) {
                return failed(format!("{name} stands in --pairs twice"));
            }
            said.push((case, coders.clone()));
        }
    }
    let others = if args.coders.is_empty() {
        None
    } else {
        Some(names::each(&args.coders, |initials| names::coder(view, initials))?)
    };
    let desk = |&case: &CaseId| {
        let own = said.iter().find(|(known, _)| *known == case).map(|(_, coders)| coders);
        match own.or(others.as_ref()) {
            Some(coders) => Ok(Desk { case, coders: coders.clone() }),
            None => {
                let name = view.case(case).map_or("a case", |case| case.name.as_str());
                failed(format!("nobody is said to code {name}; add it to --pairs, or say --coders for the rest"))
            }
        }
    };
    cases.iter().map(desk).collect()
}

fn scope(view: &View<'_>, args: &RoundNew) -> Result<Scope, Failure> {
    let within = names::each(&args.within, |name| names::code(view, name))?;
    let of = names::each(&args.of, |initials| names::coder(view, initials))?;
    let consensus = args.consensus.as_ref().map(|name| names::round(view, name)).transpose()?.map(|round| round.id);
    Ok(Scope { within, of, consensus, everyone: args.everyone })
}

/// What was opened, and what that means.
fn opened(view: &View<'_>, round: &Round) -> String {
    let standing = standing(view, round);
    let counted =
        |n: usize, one: &str, more: &str| format!("{} {}", grouped(n as u64), if n == 1 { one } else { more });
    let unit = round.unit.name();
    let mut out = format!(
        "{} is open: {}, {}, {} and {} words in scope, {}.\n",
        round.name,
        counted(standing.cases.len(), "case", "cases"),
        counted(standing.sources, "source", "sources"),
        counted(standing.units, unit, &format!("{unit}s")),
        grouped(standing.words),
        counted(round.codes.len(), "code", "codes"),
    );
    for row in &standing.cases {
        let name = view.case(row.case).map_or("", |case| case.name.as_str());
        let coders: Vec<&str> = row.cells.iter().map(|(coder, _)| view.initials(*coder)).collect();
        out.push_str(&format!("  {name}  {}  {} words\n", coders.join(", "), grouped(row.words)));
    }
    let attribute =
        |by| view.attributes().into_iter().find(|at| at.id == by).map_or("an attribute", |at| at.name.as_str());
    match round.drawn {
        Drawn::ByHand => {}
        Drawn::AtRandom { seed } => out.push_str(&format!("Drawn at random with seed {seed}.\n")),
        Drawn::Stratified { seed, by } => {
            out.push_str(&format!("Drawn at random with seed {seed}, stratified by {}.\n", attribute(by)));
        }
    }
    let empty = standing.cases.iter().filter(|row| row.words == 0).count();
    if empty > 0 {
        out.push_str(&format!("Of {} nothing is in scope.\n", counted(empty, "case", "cases")));
    }
    out.push_str(
        "Until all have finished, Emic shows no coder what another makes for it. The files lie readable on disk; \
         whoever opens them reads them.",
    );
    out
}
