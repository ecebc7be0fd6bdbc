//! The study as it stood at each moment.

use super::support::desk::open;
use super::support::sample::{Sample, Stage, make_at, study_at};
use super::{ABSENT, Files, files, root};
use emic::findings::queue::queue_of;
use emic::findings::standing::{Stage as Standing, standing};
use emic::project::id::CoderId;
use emic::project::view::{View, Whose};
use std::path::Path;

fn view(sample: &Sample, coder: CoderId) -> View<'_> {
    View::new(&sample.project, coder)
}

/// How many pairs of case and coder of the round stand so.
fn pairs(view: &View<'_>, coder: CoderId, is: fn(Standing) -> bool) -> usize {
    let standing = standing(view, view.rounds()[0]);
    standing.cases.iter().filter_map(|row| standing.stage(coder, row.case)).filter(|stage| is(*stage)).count()
}

#[test]
fn while_it_is_blind_no_coder_sees_anything_of_the_others() {
    let sample = make_at(Stage::Blind);
    let [pb, dc, ew] = ["PB", "DC", "EW"].map(|initials| sample.coder_called(initials));
    for (me, others, finished, reading) in [(pb, [dc, ew], 3, 1), (dc, [pb, ew], 2, 1), (ew, [pb, dc], 1, 0)] {
        let view = view(&sample, me);
        let round = view.open_rounds()[0].clone();
        assert!(view.reveal(round.id).is_none());
        assert_eq!(pairs(&view, me, |stage| stage == Standing::Finished), finished);
        assert_eq!(pairs(&view, me, |stage| matches!(stage, Standing::Reading { .. })), reading);
        for other in others {
            let theirs = self::view(&sample, other).codings().filter(|seen| seen.coding.round.is_some()).count();
            assert!(theirs > 10, "{theirs} there are");
            for whose in [Whose::Mine, Whose::Everybody, Whose::Of(other)] {
                let seen = view.showing(whose);
                assert!(seen.codings().all(|seen| seen.coding.round.is_none() || seen.coding.coder == me), "{whose:?}");
            }
            let broad = view.showing(Whose::Of(other)).codings().count();
            assert!(other == ew || broad > 300, "what was laid before the round is in sight: {broad}");
        }
        let of_round = |memo: &&std::sync::Arc<emic::project::memo::Memo>| memo.round.is_some();
        assert!(view.memos().filter(of_round).all(|memo| memo.coder == me));
        assert_eq!(view.memos().filter(of_round).count(), usize::from(me != ew), "PB and DC have written one each");
    }
    let proposed = |coder| view(&sample, coder).proposed_codes(view(&sample, coder).rounds()[0].id).len();
    assert_eq!((proposed(pb), proposed(dc), proposed(ew)), (0, 1, 0));
    assert!(
        view(&sample, pb)
            .codebook()
            .in_order()
            .iter()
            .all(|code| view(&sample, pb).code_name(*code) != "Correcting upward")
    );
}

#[test]
fn when_revealed_proposals_are_open_nothing_is_decided_and_the_others_are_not_subcoded() {
    let sample = make_at(Stage::Revealed);
    let view = view(&sample, sample.coder);
    let round = view.rounds()[0].clone();
    let queue = queue_of(&view, round.id).expect("revealed");
    assert!(view.decisions(round.id).is_empty() && queue.progress().decided == 0);
    assert_eq!((view.proposed_codes(round.id).len(), view.proposed_wordings(round.id).len()), (1, 1));
    let broad = round.scope.within[0];
    let is_of_round = |source| round.ground(source).is_some();
    let mut others = view.showing(Whose::Everybody).codings().filter(|seen| !is_of_round(seen.coding.at.source));
    assert!(others.all(|seen| seen.code == broad));
}

#[test]
fn when_reconciling_about_half_is_decided_and_some_things_are_put_off() {
    let sample = make_at(Stage::Reconciling);
    let view = view(&sample, sample.coder);
    let round = view.rounds()[0].id;
    let queue = queue_of(&view, round).expect("revealed");
    let progress = queue.progress();
    assert!((15..=25).contains(&progress.decided) && progress.of == 41, "{progress:?}");
    assert!(view.proposed_codes(round).is_empty() && view.proposed_wordings(round).is_empty());
    let open = |is: fn(&emic::project::decision::Outcome) -> bool| {
        queue.items.iter().filter_map(|item| item.state.decision()).filter(|decision| is(&decision.outcome)).count()
    };
    use emic::project::decision::Outcome::{Discuss, Passed};
    assert_eq!((open(|o| *o == Discuss), open(|o| matches!(o, Passed(_)))), (1, 1));
}

#[test]
fn what_the_round_made_lies_in_its_scope() {
    let sample = make_at(Stage::Revealed);
    let view = view(&sample, sample.coder);
    let round = view.rounds()[0].clone();
    for seen in view.showing(Whose::Everybody).codings().filter(|seen| seen.coding.round.is_some()) {
        let ground = round.ground(seen.coding.at.source).expect("a source of the round");
        assert!(ground.scope.iter().any(|part| part.overlaps(seen.span)), "{:?}", seen.coding);
    }
    let sum: u32 = round.grounds.iter().map(|ground| ground.words).sum();
    let coded: u32 = round.grounds.iter().map(|ground| ground.scope.len() as u32).sum();
    assert!(sum > 4000 && coded > 0);
}

/// What the program makes of the files on disk for a stage, as it does it.
fn laid_out(stage: Stage) -> Files {
    let mut all = Files::new();
    super::found(&root(), &mut all);
    let below = |folder: &str| -> Files {
        all.iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix(folder).ok()?.to_owned(), bytes.clone())))
            .collect()
    };
    let mut out = below("study");
    for earlier in [Stage::Reconciling, Stage::Revealed, Stage::Blind].into_iter().take_while(|one| *one >= stage) {
        let mut own = below(&format!("stages/{}", earlier.name()));
        if let Some(absent) = own.remove(Path::new(ABSENT)) {
            String::from_utf8(absent).expect("UTF-8").lines().for_each(|path| drop(out.remove(Path::new(path))));
        }
        out.append(&mut own);
    }
    out
}

#[test]
fn every_stage_is_the_next_one_with_its_own_files_in_place_of_later_ones() {
    if std::env::var_os("EMIC_REBUILD_SAMPLE").is_some() {
        return;
    }
    for stage in Stage::ALL {
        assert!(laid_out(stage) == files(&make_at(stage)), "{}", stage.name());
    }
}

#[test]
fn every_stage_opens_on_the_screen_for_each_of_its_coders() {
    for stage in Stage::ALL {
        for initials in ["PB", "DC", "EW"] {
            let player = open(study_at(stage, initials), 120, 40);
            let text = player.text();
            assert!(
                text.contains("Practice 01") && text.contains("BH integration"),
                "{} {initials}:\n{text}",
                stage.name()
            );
        }
    }
}
