//! Edits of rounds: opening one, finishing a case, the reveal, proposals, and starting anew with a revised wording.

use super::wordings::{self, NewWording};
use super::{Refusal, name_of};
use crate::project::codebook::{Code, Wording};
use crate::project::coding::Coding;
use crate::project::id::{CaseId, CodeId, CoderId, Mint, RevealId, RoundId, SourceId, WordingId};
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

/// Proposes another wording of a code that is pinned; only its maker sees and uses it until the reveal.
pub(super) fn propose(view: &View<'_>, code: CodeId, new: &NewWording, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let node = super::codes::node(view, code)?;
    let Some(round) = view.pinned_in(node.code.id) else {
        return Err(Refusal::Round(format!("“{}” is in no open round; word it anew instead", node.code.name)));
    };
    let mut wording = wordings::wording_of(view, node, new, mint)?;
    wording.proposed = Some(Proposed { round: round.id, by: view.coder() });
    Ok(Step::new(format!("propose a wording of “{}”", node.code.name), vec![Change::create(wording).into()]))
}

/// Takes a proposed code into the codebook for everybody.
pub(super) fn accept_code(view: &View<'_>, code: CodeId) -> Result<Step, Refusal> {
    let node = super::codes::node(view, code)?;
    revealed(view, node.code.proposed)?;
    let did = format!("accept “{}”", node.code.name);
    Ok(Step::new(did, vec![Change::change(&node.code, |code| code.proposed = None).into()]))
}

/// Makes a proposed wording what its code means from now on.
pub(super) fn accept_wording(view: &View<'_>, id: WordingId, meaning: bool) -> Result<Step, Refusal> {
    let wording = view.project().get::<Wording>(id).ok_or(Refusal::Gone("wording"))?;
    revealed(view, wording.proposed)?;
    let node = super::codes::node(view, wording.code)?;
    refuse_pinned(view, node.code.id)?;
    let accept = Change::change(wording, |wording| {
        wording.proposed = None;
        wording.before = node.code.wording;
        wording.meaning = meaning;
    });
    let point = Change::change(&node.code, |code| code.wording = Some(id));
    Ok(Step::new(format!("accept a wording of “{}”", node.code.name), vec![accept.into(), point.into()]))
}

/// Turns a proposed wording down.
pub(super) fn reject_wording(view: &View<'_>, id: WordingId) -> Result<Step, Refusal> {
    let wording = view.project().get::<Wording>(id).ok_or(Refusal::Gone("wording"))?;
    match wording.proposed {
        Some(proposed) if proposed.by == view.coder() => {}
        proposed => revealed(view, proposed)?,
    }
    let did = format!("turn down a wording of “{}”", view.code_name(wording.code));
    Ok(Step::new(did, vec![Change::delete(wording).into()]))
}

/// Refuses what is no proposal, or one of a round that is not revealed yet.
fn revealed(view: &View<'_>, proposed: Option<Proposed>) -> Result<(), Refusal> {
    let Some(proposed) = proposed else { return Err(Refusal::Idle("that is not a proposal".into())) };
    if view.project().rounds().is_blind(proposed.round) {
        return Err(Refusal::Round("proposals are taken up when the round has been revealed".into()));
    }
    Ok(())
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

/// The proposal that a new code under `parent` is: made by a coder of an open round where its codes stand.
pub(super) fn proposed(view: &View<'_>, parent: Option<CodeId>) -> Option<Proposed> {
    let book = view.project().codebook();
    let top_of = |id: CodeId| {
        let mut at = book.get(id)?;
        while let Some(above) = at.parent.and_then(|parent| book.get(parent)) {
            at = above;
        }
        Some(at.code.id)
    };
    let beside = |round: &&Arc<Round>| {
        let coder = view.coder();
        let works =
            round.desks.iter().any(|d| d.coders.contains(&coder) && !view.has_finished(round.id, coder, d.case));
        let near = parent.is_none_or(|parent| {
            let top = top_of(parent);
            round.codes.iter().any(|pinned| top_of(pinned.code) == top)
        });
        works && near
    };
    let round = view.open_rounds().iter().find(beside)?;
    Some(Proposed { round: round.id, by: view.coder() })
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
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;
    use crate::project::undo;
    use crate::project::view::Whose;
    use crate::text::Pos;

    struct Trial {
        desk: Desk,
        case: CaseId,
        text: SourceId,
        broad: CodeId,
        code: CodeId,
        round: RoundId,
        /// A code that has nothing to do with it.
        other: CodeId,
    }

    /// A broad code laid by both, and a round on its one subcode in one case.
    fn trial() -> Trial {
        let mut desk = Desk::new();
        let (case, text) = desk.case("Practice 1");
        let broad = desk.code("Integration");
        let code = desk.code_under(broad, "Warm handoff");
        desk.define(code, "an introduction in person", "");
        desk.lay(text, 0, 50, broad);
        desk.as_other(|desk| desk.lay(text, 0, 60, broad));
        let other = desk.code("Elsewhere");
        let round = desk.round("Round 1", &[(case, text)], &[code]);
        Trial { desk, case, text, broad, code, round, other }
    }

    #[test]
    fn a_blind_round_hides_codings_comments_and_memos_until_all_have_finished_and_then_shows_all() {
        let Trial { mut desk, case, text, broad, code, round, .. } = trial();
        let (theirs, memo, own) = desk.as_other(|desk| {
            let coding = desk.lay(text, 10, 20, code);
            desk.apply(&Edit::Comment(coding, "in by wave".into()));
            let memo = desk.memo(Link::Coding(coding), "How I read it", true);
            desk.memo(Link::Source(text), "On the text", true);
            desk.memo(Link::Case(case), "On the case", true);
            desk.memo(Link::Passage(desk.passage(text, 0, 5)), "On words", true);
            desk.memo(Link::Code(code), "What I take it to mean", true);
            (coding, memo, desk.memo(Link::Study, "On the study", true))
        });
        let mine = desk.lay(text, 30, 40, code);
        {
            let view = desk.view().showing(Whose::Everybody);
            assert_eq!(view.codings_of(text).count(), 3, "both broad ones and my own");
            assert_eq!((view.count(code), view.count(broad), view.count_branch(broad)), (1, 2, 3));
            let other = desk.coding(theirs).coder;
            assert_eq!(desk.view().showing(Whose::Of(other)).count(code), 0);
            assert!(view.coding(theirs).is_none() && view.memo(memo).is_none());
            assert_eq!(view.memos().map(|memo| memo.id).collect::<Vec<_>>(), [own]);
            assert_eq!(view.next_coding(text, Pos(0), false, |seen| seen.coding.id == theirs).map(|_| ()), None);
            let nobody = View::new(&desk.project, CoderId::default()).showing(Whose::Everybody);
            assert_eq!((nobody.count(code), nobody.codings_of(text).count()), (0, 2));
        }
        assert_eq!(desk.refusal(&Edit::Remove(vec![theirs])), "that coding is no longer there");
        desk.finish(round);
        assert!(desk.view().reveal(round).is_none(), "one is still at it");
        let step = desk.as_other(|desk| desk.apply(&Edit::Finish { round, case, finished: true }));
        assert_eq!(step.did, "finish Practice 1 in Round 1, reveal Round 1");
        let view = desk.view().showing(Whose::Everybody);
        assert_eq!((view.count(code), view.memos().count()), (2, 6));
        assert_eq!(view.coding(theirs).map(|seen| seen.coding.comment.as_str()), Some("in by wave"));
        let reveal = view.reveal(round).expect("revealed");
        let mut frozen: Vec<_> = reveal.codings.iter().map(|frozen| frozen.id).collect();
        frozen.sort();
        let mut both = [mine, theirs];
        both.sort();
        assert_eq!(frozen, both, "the broad code is not the round's");
    }

    #[test]
    fn a_code_proposed_in_a_round_is_its_makers_alone_and_so_is_what_is_coded_with_it() {
        let Trial { mut desk, case, text, broad, round, .. } = trial();
        let coder = desk.coder;
        let proposed = desk.code_under(broad, "Cold handoff");
        let elsewhere = desk.as_other(|desk| desk.code_under(broad, "Cold handoff"));
        desk.lay(text, 70, 80, proposed);
        desk.apply(&Edit::Pin(1, Some(proposed)));
        assert_eq!(
            desk.names(Some(broad)),
            ["Warm handoff", "Cold handoff"],
            "mine alone, though another has the name"
        );
        desk.as_other(|desk| {
            assert!(desk.view().code(proposed).is_none() && desk.view().code(elsewhere).is_some());
            assert_eq!(desk.view().showing(Whose::Everybody).codings_of(text).count(), 2);
            let pins = desk.project.all::<crate::project::coding::Pins>().next().expect("pins").clone();
            assert!(desk.view().hides_put(&Change { before: None, after: Some(pins) }.into(), coder));
        });
        assert_eq!(View::new(&desk.project, CoderId::default()).codebook().len(), 3);
        assert_eq!(desk.view().proposed_codes(round).len(), 1);
        let why = desk.refusal(&Edit::AcceptCode(proposed));
        assert_eq!(why, "proposals are taken up when the round has been revealed");
        desk.finish(round);
        desk.as_other(|desk| desk.apply(&Edit::Finish { round, case, finished: true }));
        assert_eq!(desk.view().proposed_codes(round).len(), 2);
        desk.apply(&Edit::AcceptCode(proposed));
        desk.apply(&Edit::MergeCodes { from: vec![elsewhere], into: proposed });
        assert_eq!(desk.view().proposed_codes(round).len(), 0);
        assert_eq!(
            desk.view().reveal(round).map(|reveal| reveal.codes.len()),
            Some(2),
            "what was proposed stays known"
        );
    }

    #[test]
    fn codes_that_a_round_has_pinned_stay_as_they_are_for_everybody_and_wordings_can_be_proposed() {
        let Trial { mut desk, case, broad, code, round, other, .. } = trial();
        let wording = NewWording { definition: "also by wave".into(), ..NewWording::default() };
        let pinned = "“Warm handoff” is pinned for Round 1 until it is revealed; propose a wording, or revise it and \
                      start the round anew";
        let spot = crate::project::edit::Spot { parent: None, after: None };
        for edit in [
            Edit::RenameCode(code, "Handover".into()),
            Edit::MoveCode(code, spot),
            Edit::DeleteCodes(vec![code]),
            Edit::DeleteCodes(vec![broad]),
            Edit::MergeCodes { from: vec![code], into: other },
            Edit::MergeCodes { from: vec![other], into: code },
            Edit::MergeCodes { from: vec![broad], into: other },
            Edit::SetHeading(code, true),
            Edit::Reword(code, wording.clone()),
        ] {
            assert_eq!(desk.refusal(&edit), pinned, "{edit:?}");
        }
        let proposer = desk.coder;
        desk.apply(&Edit::Propose(code, wording.clone()));
        let meant = |desk: &Desk| desk.view().code(code).and_then(|node| node.wording.clone()).expect("a wording");
        assert_eq!((meant(&desk).definition.as_str(), desk.view().wordings(code).len()), ("also by wave", 2));
        desk.as_other(|desk| {
            assert_eq!(meant(desk).definition, "an introduction in person");
            assert_eq!((desk.view().wordings(code).len(), desk.view().proposed_wordings(round).len()), (1, 0));
        });
        desk.finish(round);
        desk.as_other(|desk| desk.apply(&Edit::Finish { round, case, finished: true }));
        assert_eq!(meant(&desk).definition, "an introduction in person", "until it is accepted, nobody's");
        let proposal = desk.view().proposed_wordings(round)[0].clone();
        assert_eq!(proposal.proposed.map(|proposed| proposed.by), Some(proposer));
        desk.apply(&Edit::AcceptWording(proposal.id, true));
        assert_eq!((meant(&desk).definition.as_str(), meant(&desk).meaning), ("also by wave", true));
        assert_eq!(desk.view().wordings(code).len(), 2);
    }

    #[test]
    fn revising_a_definition_stops_the_round_and_the_next_has_all_that_was_coded_and_stays_blind() {
        let Trial { mut desk, case, text, code, round, .. } = trial();
        desk.as_other(|desk| desk.lay(text, 10, 20, code));
        desk.lay(text, 12, 22, code);
        desk.finish(round);
        let next: RoundId = desk.id().into();
        let wording =
            Box::new(NewWording { definition: "also by wave".into(), meaning: true, ..NewWording::default() });
        desk.apply(&Edit::Revise { round, next, code, wording });
        assert_eq!(desk.view().round(next).map(|round| round.name.as_str()), Some("Round 1b"));
        assert!(desk.view().is_stopped(round) && !desk.view().is_stopped(next));
        assert_eq!(desk.view().showing(Whose::Everybody).count(code), 1, "still blind");
        let why = desk.refusal(&Edit::Finish { round, case, finished: false });
        assert_eq!(why, "Round 1 was stopped; another goes on from it");
        desk.lay(text, 40, 50, code);
        desk.finish(next);
        desk.as_other(|desk| desk.finish(next));
        let reveal = desk.view().reveal(next).expect("revealed");
        assert_eq!(reveal.codings.len(), 3);
        assert_eq!(desk.view().showing(Whose::Everybody).count(code), 3);
    }

    #[test]
    fn what_was_revealed_stays_as_it_was_whatever_is_done_later_and_is_not_undone() {
        let Trial { mut desk, case, text, code, round, .. } = trial();
        let mine = desk.lay(text, 10, 20, code);
        desk.finish(round);
        let why = desk.refusal(&Edit::Remove(vec![mine]));
        assert_eq!(why, "you have finished Practice 1 in Round 1; reopen it first");
        let laying = desk.laying(text, &[(70, 80)], &[code]);
        assert_eq!(desk.refusal(&laying), "you have finished Practice 1 in Round 1; reopen it first");
        desk.apply(&Edit::Finish { round, case, finished: false });
        desk.lay(text, 70, 80, code);
        desk.apply(&Edit::Finish { round, case, finished: true });
        desk.correct(text, 0, 0, 5);
        let last = desk.as_other(|desk| desk.apply(&Edit::Finish { round, case, finished: true }));
        let reveal = desk.view().reveal(round).expect("revealed").clone();
        let spans: Vec<Span> = reveal.codings.iter().map(|frozen| frozen.at.span).collect();
        assert_eq!(spans, [Span::new(15, 25), Span::new(75, 85)], "as the corrected text has them");
        assert_eq!((reveal.grounds[0].version, reveal.grounds[0].chars), (2, 105));
        desk.apply(&Edit::Remove(vec![mine]));
        desk.lay(text, 40, 45, code);
        assert_eq!(**desk.view().reveal(round).expect("revealed"), *reveal);
        let why = undo::allowed(&desk.view(), &last.puts).expect_err("refused").to_string();
        assert_eq!(why, "Round 1 has been revealed; that cannot be taken back");
        assert_eq!(desk.refusal(&Edit::Finish { round, case, finished: false }), "Round 1 has been revealed");
        let opened = desk.done.iter().find(|(_, step)| step.did == "open “Round 1”").expect("opened").1.clone();
        let why = undo::allowed(&desk.view(), &opened.puts).expect_err("refused").to_string();
        assert_eq!(why, "Round 1 has been worked in; that cannot be taken back");
    }

    #[test]
    fn a_round_that_cannot_be_is_refused_with_a_reason() {
        let Trial { mut desk, case, text, broad, code, other, .. } = trial();
        let (more, its) = desk.case("Practice 2");
        let bare: CaseId = desk.id().into();
        desk.apply(&Edit::AddCase { id: bare, name: "Practice 3".into(), kind: "practice".into() });
        let mut refusal = |change: &dyn Fn(&mut NewRound)| {
            let mut new = desk.new_round("Round 2", &[(more, its)], &[other]);
            change(&mut new);
            desk.refusal(&Edit::OpenRound(Box::new(new)))
        };
        assert_eq!(refusal(&|new| new.name = "round 1".into()), "there is a round called “round 1” here already");
        assert_eq!(refusal(&|new| new.desks.clear()), "a round needs at least one case");
        assert_eq!(
            refusal(&|new| new.desks[0].coders.truncate(1)),
            "Practice 2 needs two coders or more to be compared"
        );
        assert_eq!(refusal(&|new| new.desks[0].case = bare), "Practice 3 has no sources yet; import them first");
        assert_eq!(refusal(&|new| new.codes.clear()), "a round needs codes that can be applied to text");
        assert_eq!(
            refusal(&|new| new.grounds[0].scope.clear()),
            "nothing is in scope: no passage of these cases could be coded"
        );
        let twice = |new: &mut NewRound| {
            new.desks[0].case = case;
            new.grounds[0].case = case;
            new.grounds[0].source = text;
            new.codes = vec![broad, code];
        };
        assert_eq!(refusal(&twice), "Practice 1 is in Round 1 with some of these codes already");
    }

    #[test]
    fn a_case_that_comes_to_the_round_late_changes_nothing_of_it() {
        let Trial { mut desk, case, code, round, .. } = trial();
        let late = desk.source("Late", 50);
        desk.apply(&Edit::MoveSource(late, Some(case)));
        let coding = desk.lay(late, 0, 10, code);
        assert_eq!(desk.coding(coding).round, None, "it belongs to its case, not to the round");
        desk.finish(round);
        desk.as_other(|desk| desk.finish(round));
        assert_eq!(desk.view().reveal(round).map(|reveal| reveal.codings.len()), Some(0));
    }
}
