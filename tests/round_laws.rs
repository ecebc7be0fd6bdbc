//! Laws of rounds that hold whatever coders do in and around them, in whatever order their lines arrive.

mod support {
    pub mod random_edits;
    pub mod round_wishes;
    pub mod standing;
    pub mod study;
    pub mod writers;
}

use emic::project::Project;
use emic::project::codebook::Code;
use emic::project::edit::plan;
use emic::project::id::{CodeId, CoderId, CodingId, RoundId, Stamp, Writer};
use emic::project::memo::Memo;
use emic::project::put::Put;
use emic::project::reveal::Reveal;
use emic::project::undo::{allowed, take_back};
use emic::project::view::{View, Whose};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use support::random_edits::beginning;
use support::round_wishes::{Want, any_want};
use support::standing::{derived, made_anew};
use support::study::mint;
use support::writers::{Event, Replica, WRITERS, all_at_once, any_event, happen};

/// One project in which people work by turns.
struct Trial {
    project: Project,
    coders: Vec<CoderId>,
    mint: Box<dyn emic::project::id::Mint>,
    /// What was made for a round, and by whom: found from what was done, not from what the records say of it.
    secret: HashMap<CodingId, (RoundId, CoderId)>,
    reveals: BTreeMap<RoundId, Reveal>,
    done: Vec<(Stamp, CoderId, Vec<Put>)>,
    /// What was done, for messages.
    log: Vec<String>,
}

impl Trial {
    fn new() -> Self {
        let (project, mut coders) = beginning(&mut mint(3));
        // Somebody who codes in no round, and nobody in particular.
        coders.push(CoderId::default());
        let mint = Box::new(mint(8));
        Self {
            project,
            coders,
            mint,
            secret: HashMap::new(),
            reveals: BTreeMap::new(),
            done: Vec::new(),
            log: Vec::new(),
        }
    }

    fn want(&mut self, coder: CoderId, want: &Want) -> bool {
        let Some(edit) = want.edit(&self.project, coder, &mut *self.mint) else { return false };
        let Ok(step) = plan(&View::new(&self.project, coder), &edit, &mut *self.mint) else { return false };
        self.log.push(format!("{coder}: {edit:?}"));
        self.put(coder, step.puts);
        true
    }

    fn take_back(&mut self, coder: CoderId) {
        let Some(at) = self.done.iter().rposition(|(_, by, _)| *by == coder) else { return };
        let (stamp, _, puts) = self.done[at].clone();
        if allowed(&View::new(&self.project, coder), &puts).is_ok() {
            self.done.remove(at);
            self.log.push(format!("{coder}: takes back"));
            // What a recoding had made the round's is again what it was before.
            for put in &puts {
                if let Put::Coding(change) = put
                    && change.before.is_some()
                {
                    change.key().map(|id| self.secret.remove(&id));
                }
            }
            let (step, _) = take_back(&self.project, stamp, "", &puts);
            let stamp = Stamp(self.project.n() + 1, Writer::new("PB-aaaa").expect("a writer"));
            self.project.apply(stamp, &step.puts);
        }
    }

    fn put(&mut self, coder: CoderId, puts: Vec<Put>) {
        for put in &puts {
            let Put::Coding(change) = put else { continue };
            let Some(coding) = &change.after else { continue };
            let is_new = change.before.as_ref().is_none_or(|before| before.code != coding.code);
            let code = self.project.codebook().resolve(coding.code);
            let open = self.project.rounds().open().iter().find(|round| {
                let desk = round.grounds.iter().find(|ground| ground.source == coding.at.source);
                let codes = desk.is_some_and(|ground| round.coders_of(ground.case).contains(&coder));
                codes && round.codes.iter().any(|pinned| self.project.codebook().resolve(pinned.code) == code)
            });
            if let Some(round) = open.filter(|_| is_new) {
                self.secret.insert(coding.id, (round.id, coder));
            }
        }
        let stamp = Stamp(self.project.n() + 1, Writer::new("PB-aaaa").expect("a writer"));
        self.project.apply(stamp, &puts);
        self.done.push((stamp, coder, puts));
    }

    /// Nobody sees what another made for a round that is not revealed, whichever way they look.
    fn is_blind(&self) -> Result<(), TestCaseError> {
        for viewer in &self.coders {
            let view = View::new(&self.project, *viewer).showing(Whose::Everybody);
            let last = |round| self.project.rounds().last_of(round);
            let hidden = |id: &CodingId| {
                let found = self.secret.get(id);
                found.is_some_and(|(round, by)| by != viewer && view.reveal(last(*round)).is_none())
            };
            let seen: BTreeSet<CodingId> = view.codings().map(|seen| seen.coding.id).collect();
            let found = seen.iter().find(|id| hidden(id));
            prop_assert!(found.is_none(), "{found:?} is seen after {:#?}", self.log);
            for source in view.sources() {
                let end = view.version(source.id).map_or(0, |version| version.chars);
                let mut all = BTreeSet::new();
                view.codings_within(source.id, emic::text::Span::new(0, end), |seen| {
                    all.insert(seen.coding.id);
                });
                prop_assert!(all.is_subset(&seen));
            }
            prop_assert!(self.secret.keys().filter(|id| hidden(id)).all(|id| view.coding(*id).is_none()));
            for code in view.codebook().in_order() {
                let counted = view.codings().filter(|seen| seen.code == code).count();
                prop_assert_eq!(view.count(code) as usize, counted);
                for coder in &self.coders {
                    let of = view.showing(Whose::Of(*coder));
                    prop_assert_eq!(of.count(code) as usize, of.codings().filter(|seen| seen.code == code).count());
                }
            }
            let rounds = self.project.rounds();
            let secret_codes: Vec<CodeId> = self
                .project
                .all::<Code>()
                .filter(|code| code.proposed.is_some_and(|p| p.by != *viewer && rounds.is_blind(p.round)))
                .map(|code| code.id)
                .collect();
            prop_assert!(secret_codes.iter().all(|id| view.code(*id).is_none()));
            let secret_memo =
                |memo: &Memo| memo.coder != *viewer && memo.round.is_some_and(|round| rounds.is_blind(round));
            prop_assert!(!view.memos().any(|memo| secret_memo(memo)));
        }
        Ok(())
    }

    /// What was once revealed is as it was.
    fn reveals_stay(&mut self) -> Result<(), TestCaseError> {
        for slot in self.project.tables().reveals.values() {
            let first = self.reveals.entry(slot.record.round).or_insert_with(|| Reveal::clone(&slot.record));
            prop_assert_eq!(&*first, &*slot.record);
        }
        Ok(())
    }
}

#[derive(Clone, Debug)]
enum Deed {
    Want(usize, Want),
    TakeBack(usize),
}

fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![8 => (0usize..2, any_want()).prop_map(|(who, want)| Deed::Want(who, want)), 1 => (0usize..2).prop_map(Deed::TakeBack)]
}

fn any_round_event() -> impl Strategy<Value = Event> {
    let round = (0..WRITERS, any_want()).prop_map(|(writer, want)| Event::Round(writer, want));
    prop_oneof![3 => round, 2 => any_event()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nobody_sees_what_another_made_for_a_blind_round_and_a_reveal_stays_as_it_was(
        deeds in proptest::collection::vec(any_deed(), 1..80),
    ) {
        let mut trial = Trial::new();
        for deed in deeds {
            match deed {
                Deed::Want(who, want) => drop(trial.want(trial.coders[who], &want)),
                Deed::TakeBack(who) => trial.take_back(trial.coders[who]),
            }
            trial.is_blind()?;
            trial.reveals_stay()?;
        }
        let anew = made_anew(&trial.project);
        prop_assert_eq!(derived(&trial.project), derived(&anew));
    }

    #[test]
    fn lines_about_rounds_make_one_project_in_whatever_order_they_arrive(
        events in proptest::collection::vec(any_round_event(), 1..80),
        upwards in any::<[bool; WRITERS]>(),
    ) {
        let (beginning, coders) = beginning(&mut mint(3));
        let mut writers = Replica::three(&beginning, &coders, true);
        happen(&mut writers, &events, upwards);
        let whole = all_at_once(&beginning, &writers);
        for writer in &writers {
            prop_assert!(writer.project == whole);
            prop_assert_eq!(derived(&writer.project), derived(&whole));
            for coder in &coders {
                let (a, b) = (View::new(&writer.project, *coder), View::new(&whole, *coder));
                prop_assert_eq!(a.codebook().in_order(), b.codebook().in_order());
                prop_assert_eq!(a.open_rounds(), b.open_rounds());
            }
        }
        prop_assert_eq!(derived(&whole), derived(&made_anew(&whole)));
    }
}

#[test]
fn the_trial_tries_something() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let deeds = proptest::collection::vec(any_deed(), 60..80);
    let (mut hidden, mut revealed, mut decided, mut proposed, mut revised) = (0, 0, 0, 0, 0);
    for _ in 0..110 {
        let mut trial = Trial::new();
        use proptest::strategy::{Strategy, ValueTree};
        for deed in deeds.new_tree(&mut runner).expect("deeds").current() {
            match deed {
                Deed::Want(who, want) => drop(trial.want(trial.coders[who], &want)),
                Deed::TakeBack(who) => trial.take_back(trial.coders[who]),
            }
        }
        hidden += trial.secret.len();
        revealed += trial.reveals.len().max(trial.project.tables().reveals.len());
        decided += trial.project.tables().decisions.len();
        proposed += trial.project.all::<Code>().filter(|code| code.proposed.is_some()).count();
        revised += trial.project.tables().rounds.values().filter(|slot| slot.record.after.is_some()).count();
    }
    let all = [hidden, revealed, decided, proposed, revised];
    assert!(all.iter().all(|&count| count >= 10), "made for rounds, revealed, decided, proposed, revised: {all:?}");
}
