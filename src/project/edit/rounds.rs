//! Edits of rounds: opening one, finishing a case, the reveal, proposals, and starting anew with a revised wording.

use super::wordings::{self, NewWording};
use super::{Refusal, name_of};
use crate::project::codebook::{Code, Wording};
use crate::project::coding::Coding;
use crate::project::id::{CaseId, CodeId, CoderId, Mint, RevealId, RoundId, SourceId};
use crate::project::memo::Link;
use crate::project::put::Put;
use crate::project::record::Change;
use crate::project::reveal::{CodeThen, Frozen, Reveal};
use crate::project::round::{Desk, Drawn, Ground, Pinned, Proposed, Round, Scope, Stand, Unit};
use crate::project::source::{Passage, Version};
use crate::project::step::Step;
use crate::project::view::View;
use crate::text::Span;
use std::collections::HashSet;
use std::sync::Arc;

/// A round to be opened.
#[derive(Clone, PartialEq, Debug)]
pub struct NewRound {
    /// What names it from now on.
    pub id: RoundId,
    /// What it is called.
    pub name: String,
    /// Which cases are coded by whom.
    pub desks: Vec<Desk>,
    /// The sources of these cases, with scope and units.
    pub grounds: Vec<Ground>,
    /// The codes; each is pinned under its present wording.
    pub codes: Vec<CodeId>,
    /// What of the texts can be coded.
    pub scope: Scope,
    /// What agreement is counted on first.
    pub unit: Unit,
    /// The least share of a unit in percent.
    pub least: u8,
    /// The depth of the tree that codes are rolled up to.
    pub depth: Option<u32>,
    /// How the cases were chosen.
    pub drawn: Drawn,
    /// Its cases were kept back from an allocation.
    pub drift: bool,
}

pub(super) fn open(view: &View<'_>, new: &NewRound, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let round = round_of(view, new, mint)?;
    Ok(Step::new(format!("open “{}”", round.name), vec![Change::create(round).into()]))
}

/// The round that `new` asks for.
pub(super) fn round_of(view: &View<'_>, new: &NewRound, mint: &mut dyn Mint) -> Result<Round, Refusal> {
    let name = name_of(&new.name, "round")?;
    if view.rounds().iter().any(|round| round.name.to_lowercase() == name.to_lowercase()) {
        return Err(Refusal::Taken { what: "round", name });
    }
    let odd = |what: String| Err(Refusal::Round(what));
    if new.desks.is_empty() {
        return odd("a round needs at least one case".into());
    }
    for desk in &new.desks {
        let Some(case) = view.case(desk.case) else { return Err(Refusal::Gone("case")) };
        let coders: HashSet<_> = desk.coders.iter().collect();
        if coders.len() < 2 {
            return odd(format!("{} needs two coders or more to be compared", case.name));
        }
        if desk.coders.iter().any(|coder| view.coder_of(*coder).is_none()) {
            return odd(format!("a coder of {} is not in the study", case.name));
        }
        if !new.grounds.iter().any(|ground| ground.case == desk.case) {
            return odd(format!("{} has no sources yet; import them first", case.name));
        }
    }
    if new.grounds.iter().all(|ground| ground.scope.iter().all(|span| span.is_empty())) {
        return odd("nothing is in scope: no passage of these cases could be coded".into());
    }
    let mut codes: Vec<Pinned> = Vec::new();
    for &code in &new.codes {
        let node = super::codes::node(view, code)?;
        if node.code.proposed.is_some() {
            return odd(format!("“{}” is only proposed; accept it before a round is held on it", node.code.name));
        }
        if !node.code.heading && !codes.iter().any(|pinned| pinned.code == node.code.id) {
            codes.push(Pinned { code: node.code.id, wording: node.code.wording });
        }
    }
    if codes.is_empty() {
        return odd("a round needs codes that can be applied to text".into());
    }
    for other in view.open_rounds() {
        let both = |desk: &&Desk| new.desks.iter().any(|mine| mine.case == desk.case);
        let shared = codes.iter().any(|pinned| other.pinned(pinned.code).is_some());
        if let Some(desk) = other.desks.iter().find(both).filter(|_| shared) {
            let case = view.case(desk.case).map_or("a case", |case| case.name.as_str());
            return odd(format!("{case} is in {} with some of these codes already", other.name));
        }
    }
    Ok(Round {
        id: new.id,
        name,
        by: view.coder(),
        made: mint.now(),
        desks: new.desks.clone(),
        grounds: new.grounds.clone(),
        codes,
        scope: new.scope.clone(),
        unit: new.unit,
        least: new.least.min(100),
        depth: new.depth,
        drawn: new.drawn,
        after: None,
        drift: new.drift,
    })
}

/// An open round.
fn open_round<'a>(view: &View<'a>, id: RoundId) -> Result<&'a Arc<Round>, Refusal> {
    let found = view.open_rounds().iter().find(|round| round.id == id);
    found.ok_or_else(|| match view.round(id) {
        None => Refusal::Gone("round"),
        Some(round) if view.reveal(id).is_some() => Refusal::Round(format!("{} has been revealed", round.name)),
        Some(round) => Refusal::Round(format!("{} was stopped; another goes on from it", round.name)),
    })
}

pub(super) fn finish(
    view: &View<'_>,
    round: RoundId,
    case: CaseId,
    finished: bool,
    mint: &mut dyn Mint,
) -> Result<Step, Refusal> {
    let round = open_round(view, round)?;
    let name = view.case(case).map_or("that case", |case| case.name.as_str());
    if !round.coders_of(case).contains(&view.coder()) {
        return Err(Refusal::Round(format!("you do not code {name} in {}", round.name)));
    }
    let old = view.stand(round.id, view.coder(), case);
    if old.is_some_and(|old| old.finished) == finished {
        let what = if finished { "finished already" } else { "open still" };
        return Err(Refusal::Idle(format!("{name} is {what}")));
    }
    let id = Stand::id_for(round.id, view.coder(), case);
    let stand = Stand { id, coder: view.coder(), round: round.id, case, finished, at: mint.now() };
    let did = format!("{} {name} in {}", if finished { "finish" } else { "reopen" }, round.name);
    Ok(Step::new(did, vec![super::put_of(old, stand)]))
}

pub(super) fn reveal(view: &View<'_>, round: RoundId, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let round = open_round(view, round)?;
    if let Some((coder, case)) = first_unfinished(view, round) {
        let case = view.case(case).map_or("a case", |case| case.name.as_str());
        let who = if coder == view.coder() { "you have" } else { &format!("{} has", view.initials(coder)) };
        return Err(Refusal::Round(format!(
            "{} is revealed when all have finished: {who} not finished {case}",
            round.name
        )));
    }
    let present = |source| view.source(source).map_or(1, |source| source.version);
    let grounds: Vec<Ground> =
        round.grounds.iter().map(|ground| carried(view, ground, present(ground.source))).collect();
    let mut codings: Vec<Frozen> = Vec::new();
    for ground in &grounds {
        let Some(index) = view.project().codings().of(ground.source) else { continue };
        for entry in index.iter() {
            let coding = &entry.slot.record;
            let made_for = coding.round.is_some_and(|made| view.last_of(made) == round.id);
            let Some(code) = view.project().codebook().resolve(coding.code) else { continue };
            if made_for && round.is_coded_by(ground.source, coding.coder) {
                let at = Passage { source: ground.source, version: ground.version, span: entry.span };
                let Coding { id, coder, wording, .. } = **coding;
                codings.push(Frozen { id, coder, code, at, wording, comment: coding.comment.clone() });
            }
        }
    }
    codings.sort_by_key(|frozen| (frozen.coder, frozen.at, frozen.code, frozen.id));
    let of_round = |proposed: &Proposed| view.last_of(proposed.round) == round.id;
    let codes = view.project().all::<Code>();
    let codes = codes.filter_map(|code| Some((code.id, code.proposed.filter(of_round)?))).collect();
    let wordings = view.project().all::<Wording>();
    let wordings = wordings.filter_map(|w| Some((w.id, w.proposed.filter(of_round)?))).collect();
    let whole = view.project().codebook();
    let stood = |code| whole.get(code).map(|node| CodeThen { code, name: node.code.name.clone(), parent: node.parent });
    let book = whole.in_order().into_iter().filter_map(stood).collect();
    let id: RevealId = Reveal::id_for(round.id);
    let (by, at) = (view.coder(), mint.now());
    let reveal = Reveal { id, round: round.id, by, at, grounds, codings, book, codes, wordings };
    Ok(Step::new(format!("reveal {}", round.name), vec![Change::create(reveal).into()]))
}

/// A coder who has not finished a case.
fn first_unfinished(view: &View<'_>, round: &Round) -> Option<(CoderId, CaseId)> {
    let mut all = round.desks.iter().flat_map(|desk| desk.coders.iter().map(move |coder| (*coder, desk.case)));
    all.find(|(coder, case)| !view.has_finished(round.id, *coder, *case))
}

/// A round's part of a source as it lies in version `to` of its text, which is the present one.
fn carried(view: &View<'_>, ground: &Ground, to: u32) -> Ground {
    if ground.version == to {
        return ground.clone();
    }
    let place = |span: &Span| view.place(Passage { source: ground.source, version: ground.version, span: *span });
    let move_all = |spans: &[Span]| spans.iter().map(place).filter(|span| !span.is_empty()).collect();
    let chars = view.version(ground.source).map_or(ground.chars, |version: &Arc<Version>| version.chars);
    Ground { version: to, chars, scope: move_all(&ground.scope), units: move_all(&ground.units), ..ground.clone() }
}

/// Ends an open round because `code` has to mean something else, and begins the next with the new wording. What was coded
/// stays and belongs to the next; cases that were finished are open again.
pub(super) fn revise(
    view: &View<'_>,
    (round, next): (RoundId, RoundId),
    code: CodeId,
    wording: &NewWording,
    mint: &mut dyn Mint,
) -> Result<Step, Refusal> {
    let round = open_round(view, round)?;
    let node = super::codes::node(view, code)?;
    let Some(at) = round.codes.iter().position(|pinned| view.codebook().resolve(pinned.code) == Some(node.code.id))
    else {
        return Err(Refusal::Round(format!("“{}” is not a code of {}", node.code.name, round.name)));
    };
    let mut step = wordings::reword_freely(view, code, wording, mint)?;
    let new = step.puts.iter().find_map(|put| match put {
        Put::Wording(change) => change.after.as_ref().map(|wording| wording.id),
        _ => None,
    });
    let mut codes = round.codes.clone();
    codes[at] = Pinned { code: node.code.id, wording: new };
    let name = next_name(view, &round.name);
    step.did = format!("stop {} and open {name} with “{}” reworded", round.name, node.code.name);
    let (by, made) = (view.coder(), mint.now());
    let after = Some(round.id);
    step.puts.push(Change::create(Round { id: next, name, by, made, codes, after, ..Round::clone(round) }).into());
    Ok(step)
}

/// A name like `Round 1b` for the round that goes on from `name`.
fn next_name(view: &View<'_>, name: &str) -> String {
    let stem = name
        .strip_suffix(|c: char| c.is_ascii_lowercase() && name.ends_with(c))
        .filter(|stem| stem.ends_with(|c: char| c.is_ascii_digit()));
    let stem = stem.unwrap_or(name);
    let taken = |name: &str| view.rounds().iter().any(|round| round.name == name);
    ('b'..='z')
        .map(|letter| format!("{stem}{letter}"))
        .find(|name| !taken(name))
        .unwrap_or_else(|| format!("{name} again"))
}

/// Refuses to change what `code` and the codes below it are while one of them is pinned in an open round.
pub(super) fn refuse_pinned(view: &View<'_>, code: CodeId) -> Result<(), Refusal> {
    let book = view.project().codebook();
    for id in book.branch(code) {
        if let Some(round) = view.pinned_in(id) {
            return Err(Refusal::Pinned { code: view.code_name(id).to_owned(), round: round.name.clone() });
        }
    }
    Ok(())
}

/// Refuses to change what a coder made for a round in a case that they have finished.
pub(super) fn refuse_finished(view: &View<'_>, round: Option<RoundId>, source: SourceId) -> Result<(), Refusal> {
    let last = round.map(|round| view.last_of(round));
    let Some(round) = last.and_then(|last| view.open_rounds().iter().find(|round| round.id == last)) else {
        return Ok(());
    };
    let Some(ground) = round.ground(source) else { return Ok(()) };
    if view.has_finished(round.id, view.coder(), ground.case) {
        let case = view.case(ground.case).map_or("this case", |case| case.name.as_str()).to_owned();
        return Err(Refusal::Finished { case, round: round.name.clone() });
    }
    Ok(())
}

/// The open round that a memo of this coder on `on` is written for: one on a coding made for it, on its codes, or on the
/// text of its cases.
pub(super) fn written_for(view: &View<'_>, on: Link) -> Option<RoundId> {
    let coder = view.coder();
    let in_source = |source: SourceId| view.open_rounds().iter().find(|round| round.is_coded_by(source, coder));
    let round = match on {
        Link::Study | Link::Theme(_) | Link::Table(_) => None,
        Link::Case(case) => view.open_rounds().iter().find(|round| round.coders_of(case).contains(&coder)),
        Link::Source(source) => in_source(source),
        Link::Passage(passage) => in_source(passage.source),
        Link::Coding(id) => in_source(view.project().coding(id)?.at.source),
        Link::Code(code) => {
            let own = view.code(code)?.code.proposed.map(|proposed| view.last_of(proposed.round));
            let open = |id| view.open_rounds().iter().find(|round| round.id == id);
            let pinned = view.pinned_in(code).filter(|round| round.coders().contains(&coder));
            own.and_then(open).or(pinned)
        }
    };
    round.map(|round| round.id)
}

#[cfg(test)]
mod tests;
