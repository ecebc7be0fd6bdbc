//! Presence: whether a code is there, in a case, a source, or what a participant says.
//!
//! Read from the working set. A code is present, disputed (a round's disagreement about it is open), absent, or not yet
//! coded: nobody who should has coded the sources to the end. Only the last leaves a denominator. What is hidden from the
//! viewing coder by a blind round is not yet coded to them.

use super::attribution;
use super::basis::Mark;
use super::now::{Checks, marks_of};
use super::truth::Truth;
use super::working::{Counted, Holder, Rests, Working, join, working};
use crate::project::id::{CaseId, CodeId, CoderId, Id, ParticipantId, SourceId, WaveId};
use crate::project::saved::Counts;
use crate::project::source::{Speaker, Who};
use crate::project::view::View;
use crate::text::Span;
use crate::text::turns::Turns;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What is counted once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Unit {
    /// A case.
    Case(CaseId),
    /// A participant.
    Participant(ParticipantId),
    /// A source.
    Source(SourceId),
}

impl Unit {
    /// The id of what it is.
    #[must_use]
    pub fn id(self) -> Id {
        match self {
            Self::Case(id) => id.0,
            Self::Participant(id) => id.0,
            Self::Source(id) => id.0,
        }
    }

    /// Its name as the study has it.
    #[must_use]
    pub fn name(self, view: &View<'_>) -> String {
        match self {
            Self::Case(id) => view.case(id).map_or_else(|| "a deleted case".into(), |case| case.name.clone()),
            Self::Participant(id) => {
                view.participant(id).map_or_else(|| "a deleted participant".into(), |person| person.pseudonym.clone())
            }
            Self::Source(id) => match view.source(id) {
                Some(source) => match source.case.and_then(|case| view.case(case)) {
                    Some(case) => format!("{}, {}", case.name, source.name),
                    None => source.name.clone(),
                },
                None => "a deleted source".into(),
            },
        }
    }
}

/// Whose codings make a code present.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum By {
    /// The working set.
    #[default]
    Working,
    /// Any coder's; only what several have coded.
    Any,
    /// All coders' alike; only what several have coded.
    All,
    /// More than half of the coders'; only what several have coded.
    Majority,
}

impl By {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Working, Self::Any, Self::All, Self::Majority];

    /// Its name as typed and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Working => "working set",
            Self::Any => "any coder",
            Self::All => "all coders",
            Self::Majority => "majority",
        }
    }
}

/// Who speaks in a stretch of a source: the participants, each once. Asked only where participants are counted.
pub type Speakers<'a> = dyn Fn(SourceId, Span) -> Vec<ParticipantId> + 'a;

/// Nobody is known to speak.
#[must_use]
pub fn no_speakers(_source: SourceId, _span: Span) -> Vec<ParticipantId> {
    Vec::new()
}

/// The participants who speak in a stretch of a source, each once.
#[must_use]
pub fn participants_in(view: &View<'_>, source: SourceId, turns: &Turns, span: Span) -> Vec<ParticipantId> {
    let person = |who: Who| if let Who::Participant(person) = who { person } else { None };
    attribution::speakers(view, source, turns, span).into_iter().filter_map(person).collect()
}

/// The working set, made ready to be asked what is where.
#[derive(Clone, Debug)]
pub struct Presence {
    /// The working set; figures name its passages by number. Where coders are asked one by one its passages are theirs, each
    /// coder's own.
    pub working: Working,
    by: By,
    wave: Option<WaveId>,
    marks: HashMap<(SourceId, CodeId), Vec<usize>>,
    /// Of each passage, the participants who speak in it; empty unless participants are counted.
    spoken: Vec<Vec<ParticipantId>>,
    /// Who gave a source a code, whatever became of it.
    given: HashMap<(SourceId, CodeId), BTreeSet<CoderId>>,
    /// Who has coded a source to the end.
    done: HashMap<SourceId, BTreeSet<CoderId>>,
    /// The codes of open rounds in a source: of these only what the viewing coder has done counts.
    blind: HashMap<SourceId, HashSet<CodeId>>,
    rests: HashMap<CaseId, Rests>,
    of_case: HashMap<CaseId, Vec<SourceId>>,
    of_participant: HashMap<ParticipantId, Vec<SourceId>>,
    me: CoderId,
}

impl Presence {
    /// What is where as the view's coder may see it, in one wave or all together. Takes time with the codings of the
    /// study; made once for all figures that are asked of it.
    #[must_use]
    pub fn new(view: &View<'_>, wave: Option<WaveId>, by: By, speakers: &Speakers<'_>) -> Self {
        let mut working = working(view);
        let in_wave = |source: SourceId| wave.is_none() || view.source(source).is_some_and(|s| s.wave == wave);
        if by != By::Working {
            working.counted = everybodys(view);
        }
        working.counted.retain(|counted| in_wave(counted.source));
        let mut marks: HashMap<(SourceId, CodeId), Vec<usize>> = HashMap::new();
        for (at, counted) in working.counted.iter().enumerate() {
            marks.entry((counted.source, counted.code)).or_default().push(at);
        }
        let spoken = working.counted.iter().map(|counted| speakers(counted.source, counted.at)).collect();
        let mut out = Self {
            rests: working.cases.iter().cloned().collect(),
            working,
            by,
            wave,
            marks,
            spoken,
            given: HashMap::new(),
            done: HashMap::new(),
            blind: HashMap::new(),
            of_case: HashMap::new(),
            of_participant: HashMap::new(),
            me: view.coder(),
        };
        if by != By::Working {
            for counted in &out.working.counted {
                if let Holder::Coders(coders) = &counted.from {
                    out.given.entry((counted.source, counted.code)).or_default().extend(coders);
                }
            }
        }
        for source in view.sources().into_iter().filter(|source| in_wave(source.id)) {
            out.done.insert(source.id, done_with(view, source.id));
            if let Some(case) = source.case {
                out.of_case.entry(case).or_default().push(source.id);
            }
        }
        for (person, source) in speaking(view).into_iter().filter(|(_, source)| in_wave(*source)) {
            out.of_participant.entry(person).or_default().push(source);
        }
        for round in view.open_rounds() {
            let book = view.codebook();
            let mut codes: HashSet<CodeId> =
                round.codes.iter().filter_map(|pinned| book.resolve(pinned.code)).collect();
            codes.extend(view.proposed_codes(round.id).into_iter().map(|(code, _)| code));
            for ground in &round.grounds {
                out.blind.entry(ground.source).or_default().extend(&codes);
            }
        }
        out
    }

    /// The wave that is counted; all together if `None`.
    #[must_use]
    pub const fn wave(&self) -> Option<WaveId> {
        self.wave
    }

    /// Whose codings make a code present.
    #[must_use]
    pub const fn by(&self) -> By {
        self.by
    }

    /// What a case rests on; `None` for one without sources.
    #[must_use]
    pub fn rests(&self, case: CaseId) -> Option<&Rests> {
        self.rests.get(&case)
    }

    /// The sources of a unit in the wave that is counted.
    #[must_use]
    pub fn sources(&self, unit: Unit) -> &[SourceId] {
        match unit {
            Unit::Case(case) => self.of_case.get(&case).map_or(&[], Vec::as_slice),
            Unit::Participant(person) => self.of_participant.get(&person).map_or(&[], Vec::as_slice),
            Unit::Source(ref source) => self.done.get_key_value(source).map_or(&[], |(id, _)| std::slice::from_ref(id)),
        }
    }

    /// Who has coded all sources of a unit to the end, as far as the viewing coder may know what they coded: of the codes
    /// of a blind round only themselves. Where work was divided, only who it was given to. `None` asks of no code in
    /// particular.
    #[must_use]
    pub fn coders(&self, view: &View<'_>, unit: Unit, code: Option<CodeId>) -> BTreeSet<CoderId> {
        let mut all: Option<BTreeSet<CoderId>> = None;
        for source in self.sources(unit) {
            let mut here = self.done.get(source).cloned().unwrap_or_default();
            if code.is_some_and(|code| self.blind.get(source).is_some_and(|codes| codes.contains(&code))) {
                here.retain(|coder| *coder == self.me);
            }
            let case = view.source(*source).and_then(|source| source.case);
            if let Some(Rests::Allotted(coders)) = case.and_then(|case| self.rests.get(&case)) {
                here.retain(|coder| coders.contains(coder));
            }
            all = Some(match all {
                Some(all) => all.intersection(&here).copied().collect(),
                None => here,
            });
        }
        all.unwrap_or_default()
    }

    /// Whether `code` itself (none below it) is there.
    #[must_use]
    pub fn of(&self, view: &View<'_>, unit: Unit, code: CodeId) -> Truth {
        let coders = self.coders(view, unit, Some(code));
        if coders.is_empty() || self.by != By::Working && coders.len() < 2 {
            return Truth::NotYet;
        }
        if self.by != By::Working {
            let gave = |coder: &&CoderId| {
                self.sources(unit).iter().any(|s| self.given.get(&(*s, code)).is_some_and(|all| all.contains(*coder)))
            };
            let (yes, all) = (coders.iter().filter(gave).count(), coders.len());
            return Truth::of(match self.by {
                By::All => yes == all,
                By::Majority => 2 * yes > all,
                By::Any | By::Working => yes > 0,
            });
        }
        let disputed = |source: &SourceId| self.working.disputed.contains(&(*source, code));
        let sure = |at: &usize| !disputed(&self.working.counted[*at].source);
        match self.passages(unit, code).iter().any(sure) {
            true => Truth::Yes,
            false if self.sources(unit).iter().any(disputed) => Truth::Disputed,
            false => Truth::No,
        }
    }

    /// The passages of the working set that carry `code` itself in a unit, by number, in order.
    #[must_use]
    pub fn passages(&self, unit: Unit, code: CodeId) -> Vec<usize> {
        let mut out = Vec::new();
        for source in self.sources(unit) {
            let here = self.marks.get(&(*source, code)).into_iter().flatten().copied();
            out.extend(here.filter(|at| match unit {
                Unit::Participant(person) => self.spoken[*at].contains(&person),
                Unit::Case(_) | Unit::Source(_) => true,
            }));
        }
        out
    }

    /// A passage of the working set.
    #[must_use]
    pub fn counted(&self, at: usize) -> Option<&Counted> {
        self.working.counted.get(at)
    }

    /// The units there are: cases of a kind (all kinds if it is empty), the participants or the sources of such cases.
    #[must_use]
    pub fn units(&self, view: &View<'_>, counts: Counts, kind: &str) -> Vec<Unit> {
        let of_kind = |case: Option<CaseId>| {
            kind.is_empty() || case.and_then(|id| view.case(id)).is_some_and(|case| case.kind == kind)
        };
        match counts {
            Counts::Cases => {
                view.cases().into_iter().filter(|case| of_kind(Some(case.id))).map(|case| Unit::Case(case.id)).collect()
            }
            Counts::Participants => {
                view.participants().filter(|person| of_kind(person.case)).map(|p| Unit::Participant(p.id)).collect()
            }
            Counts::Sources => {
                let sources = view.sources().into_iter().filter(|source| of_kind(source.case));
                sources.filter(|source| self.done.contains_key(&source.id)).map(|s| Unit::Source(s.id)).collect()
            }
        }
    }
}

/// What every coder laid, as theirs: what is counted where coders are asked one by one.
fn everybodys(view: &View<'_>) -> Vec<Counted> {
    let checks = Checks::new(view);
    let mut out = Vec::new();
    for source in view.sources() {
        let of = |mark: Mark| Counted {
            source: source.id,
            case: source.case,
            code: mark.code,
            at: mark.span,
            from: Holder::Coders(vec![mark.coder]),
            codings: vec![mark.id],
        };
        let mut here: Vec<Counted> = marks_of(view, &checks, source.id).into_iter().map(|(mark, _)| of(mark)).collect();
        here.sort_by_key(|counted| (counted.at, counted.code));
        here.dedup_by(|later, one| join(one, later));
        out.append(&mut here);
    }
    out
}

/// Who has coded a source to the end: said so, or finished its case in a round.
fn done_with(view: &View<'_>, source: SourceId) -> BTreeSet<CoderId> {
    let finished = |coder: &CoderId| view.progress_of(*coder, source).is_some_and(|progress| progress.finished);
    let mut out: BTreeSet<CoderId> = view.coders().map(|coder| coder.id).filter(finished).collect();
    for round in view.rounds() {
        let Some(ground) = round.ground(source) else { continue };
        let coders = round.coders_of(ground.case);
        match view.reveal(round.id) {
            Some(_) => out.extend(coders),
            None => out.extend(coders.iter().filter(|coder| view.has_finished(round.id, **coder, ground.case))),
        }
    }
    out
}

/// Who speaks where: participants and the sources in which a label stands for them, in the order of the view.
fn speaking(view: &View<'_>) -> Vec<(ParticipantId, SourceId)> {
    let order: HashMap<SourceId, usize> = view.sources().iter().enumerate().map(|(n, source)| (source.id, n)).collect();
    let person = |who: Who| if let Who::Participant(person) = who { person } else { None };
    let speaks = |speaker: &std::sync::Arc<Speaker>| {
        order.get(&speaker.source).and_then(|n| Some((*n, person(speaker.who)?, speaker.source)))
    };
    let found: BTreeSet<(usize, ParticipantId, SourceId)> = view.speakers().filter_map(speaks).collect();
    found.into_iter().map(|(_, person, source)| (person, source)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing::Trial;
    use crate::project::decision::Outcome;
    use crate::project::edit::Edit;

    fn presence(trial: &Trial, by: By) -> Presence {
        Presence::new(&trial.view(), None, by, &no_speakers)
    }

    fn truths(trial: &Trial, by: By, code: usize) -> Vec<Truth> {
        let presence = presence(trial, by);
        trial.cases.iter().map(|case| presence.of(&trial.view(), Unit::Case(*case), trial.codes[code])).collect()
    }

    #[test]
    fn a_code_is_present_disputed_absent_or_not_yet_coded() {
        let mut trial = Trial::open(3, 2, 2);
        trial.lay(0, 0, 10, 20, 0);
        trial.lay(1, 0, 10, 22, 0);
        trial.lay(0, 1, 10, 20, 0);
        assert_eq!(truths(&trial, By::Working, 0), [Truth::NotYet; 3], "nobody has finished");
        let (round, case) = (trial.round, trial.cases[0]);
        trial.by(0, |desk| desk.apply(&Edit::Finish { round, case, finished: true }));
        trial.desk.coder = trial.coders[0];
        assert_eq!(truths(&trial, By::Working, 0), [Truth::Yes, Truth::NotYet, Truth::NotYet]);
        trial.desk.coder = trial.coders[1];
        assert_eq!(truths(&trial, By::Working, 0), [Truth::NotYet; 3], "what the other has is hidden");
        trial.by(0, |desk| desk.apply(&Edit::Finish { round, case, finished: false }));
        trial.reveal();
        assert_eq!(
            truths(&trial, By::Working, 0),
            [Truth::Yes, Truth::Disputed, Truth::No],
            "ends are no dispute of presence"
        );
        assert_eq!(truths(&trial, By::Any, 0), [Truth::Yes, Truth::Yes, Truth::No]);
        assert_eq!(truths(&trial, By::All, 0), [Truth::Yes, Truth::No, Truth::No]);
        trial.decide(Outcome::Neither, |item| item.codes.len() == 1 && item.kind == crate::agreement::ItemType::Only);
        assert_eq!(truths(&trial, By::Working, 0), [Truth::Yes, Truth::No, Truth::No]);
        let case = trial.cases[1];
        assert!(presence(&trial, By::Working).passages(Unit::Case(case), trial.codes[0]).is_empty());
        let any = presence(&trial, By::Any);
        let behind = any.passages(Unit::Case(case), trial.codes[0]);
        assert_eq!(behind.len(), 1, "of a coder what they laid, whatever was decided");
        assert_eq!(any.counted(behind[0]).map(|one| one.from.clone()), Some(Holder::Coders(vec![trial.coders[0]])));
    }
}
