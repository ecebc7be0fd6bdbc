//! Laws of counting, for whatever is coded and however it is asked.

use super::*;
use crate::findings::presence::{By, no_speakers};
use crate::findings::queue::{decide, offered};
use crate::findings::testing::{Drawing, Trial, drawing};
use crate::project::case::AttributeKind;
use crate::project::edit::{AttributeEdit, Edit, NewAttribute};
use crate::project::saved::Counts;
use proptest::prelude::*;

const CASES: usize = 3;
const CODES: usize = 3;

/// Two coders who coded this in three cases; attribute values by number, 0 for none.
fn coded(drawing: &Drawing, values: &[usize], finished: bool) -> (Trial, AttributeId) {
    let mut trial = Trial::open(CASES, CODES, 2);
    let setting = AttributeId(trial.desk.id());
    let choices = vec!["Rural".to_owned(), "Urban".to_owned()];
    let kind = AttributeKind::Choice;
    let new = NewAttribute {
        name: "Setting".into(),
        of: Bearer::Case,
        kind,
        choices: choices.clone(),
        by_wave: false,
        follows: None,
    };
    trial.desk.apply(&Edit::Attributes(AttributeEdit::Set(setting, new)));
    for (case, value) in trial.cases.clone().into_iter().zip(values) {
        if let Some(value) = value.checked_sub(1).and_then(|n| choices.get(n)) {
            let value = value.clone();
            let edit = AttributeEdit::Value { attribute: setting, whose: case.0, wave: None, value };
            trial.desk.apply(&Edit::Attributes(edit));
        }
    }
    for &(coder, source, from, long, code) in drawing {
        trial.lay(coder, source, from, from + long, code);
    }
    if finished {
        trial.reveal();
    }
    (trial, setting)
}

fn presence(trial: &Trial, by: By) -> Presence {
    Presence::new(&trial.view(), None, by, &no_speakers)
}

/// An expression over the codes and the attribute, from drawn numbers.
fn expr(trial: &Trial, setting: AttributeId, drawn: &mut std::slice::Iter<'_, (u8, usize)>, depth: u32) -> Expr {
    let (kind, n) = drawn.next().copied().unwrap_or((9, 0));
    let code = trial.codes[n % CODES];
    let mut parts = || (0..=n % 3).map(|_| expr(trial, setting, drawn, depth + 1)).collect::<Vec<_>>();
    match kind {
        0 if depth < 3 => Expr::Any(parts()),
        1 if depth < 3 => Expr::All(parts()),
        2 if depth < 3 => Expr::None(parts()),
        3 if depth < 3 => Expr::AtLeast(1, parts()),
        4 => Expr::Attribute(setting, Test::Is("rural".into())),
        5 => Expr::Attribute(setting, Test::Known),
        6 => {
            let above = trial.view().code(code).and_then(|node| node.parent).expect("a parent");
            Expr::Code { code: above, below: true }
        }
        _ => Expr::Code { code, below: false },
    }
}

fn drawn() -> impl Strategy<Value = Vec<(u8, usize)>> {
    prop::collection::vec((0..10_u8, 0..6_usize), 1..12)
}

fn all(figure: &Figure) -> Vec<Unit> {
    let lists = [&figure.yes, &figure.no, &figure.missing, &figure.disputed, &figure.not_yet];
    let mut out: Vec<Unit> = lists.into_iter().flatten().copied().collect();
    out.sort();
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_count_is_what_counting_by_hand_gives(drawing in drawing(2, CASES, CODES)) {
        let (trial, _) = coded(&drawing, &[], true);
        let gave = |coder: usize, case: usize, code: usize| drawing.iter().any(|d| (d.0, d.1, d.4) == (coder, case, code));
        for by in By::ALL {
            let presence = presence(&trial, by);
            let counting = Counting::new(trial.view(), &presence);
            let units = presence.units(&trial.view(), Counts::Cases, "");
            for code in 0..CODES {
                let holds = Expr::Code { code: trial.codes[code], below: false };
                let figure = counting.figure(&holds, &units, None);
                let naive = |case: usize| [gave(0, case, code), gave(1, case, code)].iter().filter(|gave| **gave).count();
                let count = |least: usize| (0..CASES).filter(|case| naive(*case) >= least).count();
                match by {
                    By::Any => prop_assert_eq!((figure.low(), figure.of()), (count(1), CASES)),
                    By::All | By::Majority => prop_assert_eq!((figure.low(), figure.of()), (count(2), CASES)),
                    By::Working => {
                        // What both have may still lie apart, and is open then; what one has is open, what none has is not there.
                        prop_assert!(figure.low() <= count(2));
                        prop_assert_eq!(figure.high(), count(1));
                    }
                }
            }
        }
    }

    #[test]
    fn a_unit_is_counted_once_under_one_answer_however_many_subcodes_it_has(
        drawing in drawing(2, CASES, CODES),
        values in prop::collection::vec(0..3_usize, CASES),
        drawn in drawn(),
    ) {
        let (trial, setting) = coded(&drawing, &values, true);
        let holds = expr(&trial, setting, &mut drawn.iter(), 0);
        for by in By::ALL {
            let presence = presence(&trial, by);
            let counting = Counting::new(trial.view(), &presence);
            let mut units = presence.units(&trial.view(), Counts::Cases, "");
            let figure = counting.figure(&holds, &units, None);
            units.sort();
            prop_assert_eq!(all(&figure), units);
        }
        let presence = presence(&trial, By::Any);
        let counting = Counting::new(trial.view(), &presence);
        let units = presence.units(&trial.view(), Counts::Cases, "");
        let above = trial.view().code(trial.codes[0]).and_then(|node| node.parent).expect("a parent");
        let branch = counting.figure(&Expr::Code { code: above, below: true }, &units, None);
        let with_any = (0..CASES).filter(|case| drawing.iter().any(|d| d.1 == *case)).count();
        prop_assert_eq!(branch.low(), with_any);
    }

    #[test]
    fn filters_commute(
        drawing in drawing(2, CASES, CODES),
        values in prop::collection::vec(0..3_usize, CASES),
        (one, other, asked) in (drawn(), drawn(), drawn()),
    ) {
        let (trial, setting) = coded(&drawing, &values, true);
        let [one, other, asked] = [one, other, asked].map(|drawn| expr(&trial, setting, &mut drawn.iter(), 0));
        let presence = presence(&trial, By::Working);
        let counting = Counting::new(trial.view(), &presence);
        let units = presence.units(&trial.view(), Counts::Cases, "");
        let keep = |units: &[Unit], filter: &Expr| -> Vec<Unit> {
            units.iter().copied().filter(|unit| counting.holds(filter, *unit) == Truth::Yes).collect()
        };
        let there = keep(&keep(&units, &one), &other);
        prop_assert_eq!(&there, &keep(&keep(&units, &other), &one));
        prop_assert_eq!(&there, &keep(&units, &Expr::All(vec![other.clone(), one.clone()])));
        let figure = counting.figure(&asked, &there, None);
        prop_assert_eq!(&figure.yes, &counting.figure(&asked, &units, Some(&Expr::All(vec![one, other]))).yes);
    }

    #[test]
    fn what_nobody_has_coded_to_the_end_is_never_absent(drawing in drawing(2, CASES, CODES), finished in 0..CASES) {
        let (mut trial, _) = coded(&drawing, &[], false);
        let (round, case) = (trial.round, trial.cases[finished]);
        trial.by(0, |desk| desk.apply(&Edit::Finish { round, case, finished: true }));
        for coder in 0..2 {
            trial.desk.coder = trial.coders[coder];
            let presence = presence(&trial, By::Working);
            let counting = Counting::new(trial.view(), &presence);
            for (at, case) in trial.cases.iter().enumerate() {
                for code in &trial.codes {
                    let truth = counting.holds(&Expr::Code { code: *code, below: false }, Unit::Case(*case));
                    let known = at == finished && coder == 0;
                    prop_assert_eq!(truth == Truth::NotYet, !known, "a blind round shows others nothing");
                    let figure = counting.figure(&Expr::Code { code: *code, below: false }, &[Unit::Case(*case)], None);
                    prop_assert_eq!(figure.of(), usize::from(known));
                }
            }
        }
    }

    #[test]
    fn a_span_holds_the_count_however_its_disputes_are_settled(
        drawing in drawing(2, CASES, CODES),
        choice in prop::collection::vec(0..8_usize, 24),
    ) {
        let (mut trial, _) = coded(&drawing, &[], true);
        let figures = |trial: &Trial| -> Vec<Figure> {
            let presence = presence(trial, By::Working);
            let counting = Counting::new(trial.view(), &presence);
            let units = presence.units(&trial.view(), Counts::Cases, "");
            trial.codes.iter().map(|code| counting.figure(&Expr::Code { code: *code, below: false }, &units, None)).collect()
        };
        let before = figures(&trial);
        let queue = trial.queue();
        for (n, item) in queue.items.iter().enumerate() {
            let ends = matches!(item.kind, crate::agreement::ItemType::Extent | crate::agreement::ItemType::Split);
            // That the words carry the code at all is not in dispute where only the ends are; to decide that they do
            // not is to overrule both.
            let ways: Vec<_> = offered(item)
                .into_iter()
                .filter(|outcome| !ends || *outcome != crate::project::decision::Outcome::Neither)
                .collect();
            let outcome = ways[choice[n % choice.len()] % ways.len()];
            trial.desk.apply(&decide(&queue, item, outcome, &[], "").expect("an edit"));
        }
        for (before, after) in before.iter().zip(figures(&trial)) {
            prop_assert!(after.disputed.is_empty());
            prop_assert!(before.low() <= after.low() && after.low() <= before.high(), "{before:?} {after:?}");
            prop_assert_eq!(before.of(), after.of());
        }
    }

    #[test]
    fn what_is_missing_is_never_a_no(drawing in drawing(2, CASES, CODES), values in prop::collection::vec(0..3_usize, CASES)) {
        let (trial, setting) = coded(&drawing, &values, true);
        let presence = presence(&trial, By::Working);
        let counting = Counting::new(trial.view(), &presence);
        let units = presence.units(&trial.view(), Counts::Cases, "");
        let is = Expr::Attribute(setting, Test::Is("Rural".into()));
        let figure = counting.figure(&is, &units, None);
        let not = counting.figure(&Expr::None(vec![is]), &units, None);
        let count = |wanted: usize| values.iter().filter(|value| **value == wanted).count();
        prop_assert_eq!((figure.low(), figure.no.len(), figure.missing.len()), (count(1), count(2), count(0)));
        prop_assert_eq!((not.low(), not.no.len(), &not.missing), (count(2), count(1), &figure.missing));
        prop_assert_eq!(figure.of(), CASES, "they stand in the denominator");
        let known = counting.figure(&Expr::Attribute(setting, Test::Known), &units, None);
        prop_assert_eq!((known.low(), known.no.len()), (CASES - count(0), count(0)));
    }

    #[test]
    fn a_percentage_is_rounded_half_up(n in 0..5000_u64, more in 0..5000_u64) {
        let of = n + more;
        prop_assume!(of > 0);
        let said = crate::table::percent(n, of).expect("a percentage");
        let (whole, tenth) = said.split_once('.').expect("one digit after the point");
        let tenths: u64 = format!("{whole}{tenth}").parse().expect("digits");
        // |tenths/1000 - n/of| is at most a half of a tenth, and a half goes up.
        prop_assert!(2 * tenths * of <= 2000 * n + of && 2000 * n < 2 * tenths * of + of, "{n} of {of}: {said}");
    }
}
