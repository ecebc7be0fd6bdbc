//! After the consensus: definitions revised, earlier codings checked again, the other cases divided and coded.

use super::blind::truth;
use super::codebook::bare;
use super::maker::{Maker, Timeline, after};
use super::second_looks::at_first;
use super::working::{Found, Working};
use emic::findings::check_again::{What, check_again};
use emic::findings::remaining::{Wanted, allocation};
use emic::project::decision::Verdict;
use emic::project::edit::{Edit, NewWording};
use emic::project::id::{AllocationId, CaseId, CoderId, Mint, RoundId};
use jiff::ToSpan;
use jiff::tz::TimeZone;
use std::rc::Rc;

pub fn plan(timeline: &mut Timeline, working: &Rc<Working>) {
    let file = &working.round;
    for revision in &file.revisions {
        let revision = revision.clone();
        timeline.at(revision.at, &revision.by.clone(), move |maker| {
            let because =
                revision.because.as_ref().map(|(file, words)| maker.passage(file, maker.working.find(file, words)));
            let new = NewWording {
                definition: revision.definition.clone(),
                use_when: revision.use_when.clone(),
                not_when: revision.not_when.clone(),
                example: bare(&revision.example),
                reason: revision.reason.clone(),
                meaning: revision.meaning,
                because,
                ..NewWording::default()
            };
            maker.edit(&Edit::Reword(maker.code(&revision.code), new));
        });
    }
    timeline.at(file.checks.at, "", check);
    timeline.at(file.allocation.at, &file.allocation.by, divide);
    timeline.at(file.rest.from, "", code_the_rest);
}

/// Each coder checks their own codings of the codes that came to mean something else.
fn check(maker: &mut Maker) {
    let working = Rc::clone(&maker.working);
    let checks = &working.round.checks;
    let mut done = 0;
    for coder in working.round.round.everybody() {
        let mut time = checks.at;
        maker.act(coder, time);
        let mine = maker.coder;
        let lists = check_again(&maker.view());
        for (list, entry) in lists.iter().flat_map(|list| list.entries.iter().map(move |entry| (list, entry))) {
            let What::Coding(coding) = entry.what else { continue };
            if entry.coder != mine || entry.is_checked() {
                continue;
            }
            let is = |of: &&super::working::CheckEntry| {
                of.coder == coder && maker.code(&of.code) == list.code && maker.sources[&of.file].0 == entry.source
            };
            let (verdict, why) = match checks.otherwise.iter().find(is) {
                Some(found) => {
                    done += 1;
                    let verdict = match &found.verdict {
                        Found::Remove => Verdict::Remove,
                        Found::Recode(key) => Verdict::Recode(maker.code(key)),
                    };
                    (verdict, found.why.clone())
                }
                None => (Verdict::Keep, checks.keep.clone()),
            };
            time = after(time, checks.minutes);
            maker.act(coder, time);
            maker.edit(&Edit::CheckAgain(coding, verdict, why));
        }
    }
    assert_eq!(done, checks.otherwise.len(), "everything that is not kept was there to be checked");
}

fn divide(maker: &mut Maker) {
    let working = Rc::clone(&maker.working);
    let entry = &working.round.allocation;
    let (id, drift): (AllocationId, RoundId) = (maker.mint.id().into(), maker.mint.id().into());
    let view = maker.view();
    let spread =
        view.attributes().into_iter().find(|attribute| attribute.name == entry.spread).expect("it is there").id;
    let coders: Vec<CoderId> = entry.coders.iter().map(|coder| maker.coders[coder]).collect();
    let round = view.round(maker.round).expect("the round").clone();
    let wanted =
        Wanted { round: &round, coders: &coders, spread: Some(spread), keep_back: 0, seed: entry.seed, id, drift };
    let allocated = allocation(&view, &maker.texts(), &wanted).expect("cases remain");
    maker.edit(&Edit::Allocate(Box::new(allocated.new)));
}

/// Everybody codes their cases, one a working day; roles and tasks in the cases of the round are the first coder's.
fn code_the_rest(maker: &mut Maker) {
    let working = Rc::clone(&maker.working);
    let rest = &working.round.rest;
    let first = &working.round.round.coders[0];
    let of_round: Vec<&str> = working.round.sessions.iter().filter(|s| s.coder == *first).map(|s| &*s.case).collect();
    let allocation = maker.view().allocations()[0].clone();
    let allotted =
        |case: CaseId| allocation.shares.iter().find(|share| share.case == case).map(|share| share.coders[0]);
    let mut work: Vec<(String, &str)> = Vec::new();
    for case in &working.study.cases {
        let coder = allotted(maker.cases[&case.key]);
        let named = |(name, id): (&String, &CoderId)| (Some(*id) == coder).then(|| name.clone());
        match maker.coders.iter().find_map(named) {
            Some(coder) => work.push((coder, &case.key)),
            None => work.push((first.clone(), &case.key)),
        }
    }
    let mut day = rest.from;
    let mut next = |time: jiff::Timestamp| loop {
        day = time.max(day);
        let tomorrow = day.to_zoned(TimeZone::UTC).checked_add(1.day()).expect("a day");
        day = tomorrow.timestamp();
        if !matches!(tomorrow.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday) {
            return day;
        }
    };
    let mut start = rest.from;
    for (coder, case) in work {
        let mut time = start;
        for file in working.files_of(case) {
            let again = of_round.contains(&case);
            for laid in truth(&working, file, |key| !(again && working.is_of_round(key))) {
                let laid = at_first(&working, file, laid);
                time = after(time, rest.minutes);
                maker.act(&coder, time);
                maker.lay(file, laid.span, &laid.key, &laid.comment);
            }
            if !again {
                maker.act(&coder, time);
                maker.read(file);
            }
        }
        start = next(start);
    }
}
