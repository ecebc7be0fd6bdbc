//! What must hold for any study: against a count char by char, and whatever the order in which it was written down.

use super::compare::{Keys, differences};
use super::studies::{CODES, any_study, has, units};
use emic::agreement::{Document, Input, Item, Level, Name, Span, Study};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn prepared(input: &Input) -> Study {
    Study::prepare(input.clone()).expect("a study")
}

fn report(input: &Input) -> Value {
    let mut report = super::studies::report_of(&prepared(input));
    without_noise(&mut report);
    report
}

/// Krippendorff's alpha, from a table of coincidences: every two ratings of a unit, one by one.
fn alpha(ratings: &[Vec<bool>]) -> Option<f64> {
    let mut table = [[0.0_f64; 2]; 2];
    for unit in ratings.iter().filter(|unit| unit.len() >= 2) {
        for (i, a) in unit.iter().enumerate() {
            for (_, b) in unit.iter().enumerate().filter(|(j, _)| *j != i) {
                table[usize::from(*a)][usize::from(*b)] += 1.0 / (unit.len() as f64 - 1.0);
            }
        }
    }
    let margins = [table[0][0] + table[0][1], table[1][0] + table[1][1]];
    let total = margins[0] + margins[1];
    (margins[0] > 1e-9 && margins[1] > 1e-9)
        .then(|| 1.0 - (total - 1.0) * (table[0][1] + table[1][0]) / (2.0 * margins[0] * margins[1]))
}

/// The merged pieces of a study without scope: document, coder, code, range.
fn pieces(input: &Input) -> Vec<(String, String, String, Span)> {
    let mut by: BTreeMap<(String, String, String), Vec<Span>> = BTreeMap::new();
    for coding in input.codings.iter().filter(|coding| coding.span.length() > 0) {
        if super::studies::covers(input, &coding.coder, &coding.document) {
            let key = (coding.document.to_string(), coding.coder.to_string(), coding.code.to_string());
            by.entry(key).or_default().push(coding.span);
        }
    }
    let mut pieces = Vec::new();
    for ((document, coder, code), mut spans) in by {
        spans.sort();
        let mut merged: Vec<Span> = Vec::new();
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        pieces.extend(merged.into_iter().map(|span| (document.clone(), coder.clone(), code.clone(), span)));
    }
    pieces
}

fn pieces_of(item: &Item) -> Vec<(String, String, String, Span)> {
    let name = |name: &Name| name.to_string();
    item.pieces.iter().map(|piece| (name(&item.doc), name(&piece.coder), name(&piece.code), piece.span)).collect()
}

/// The report with everything in an order of its own: pairs with the lesser name first, lists sorted.
fn in_order(value: &mut Value, swapped: bool) {
    match value {
        Value::Object(map) => {
            let pair = map.get("a").and_then(Value::as_str).zip(map.get("b").and_then(Value::as_str));
            let swapped = pair.map_or(swapped, |(a, b)| a > b);
            if swapped {
                for (one, other) in [
                    ("a", "b"),
                    ("only_a", "only_b"),
                    ("segments_a", "segments_b"),
                    ("matched_a", "matched_b"),
                    ("a_not_b", "b_not_a"),
                ] {
                    if let (Some(a), Some(b)) = (map.get(one).cloned(), map.get(other).cloned()) {
                        map.insert(one.to_owned(), b);
                        map.insert(other.to_owned(), a);
                    }
                }
                if let Some(bias) = map.get_mut("bias_index") {
                    *bias = json!(-bias.as_f64().expect("a number"));
                }
            }
            for (key, value) in map.iter_mut() {
                in_order(value, swapped);
                let Value::Array(list) = value else { continue };
                match key.as_str() {
                    "pairs" | "nvivo" | "segments" => {
                        list.sort_by_key(|pair| format!("{} {}", pair["a"], pair["b"]));
                    }
                    "rows" => list.sort_by_key(|row| row["doc"].to_string()),
                    "items" | "list" | "pieces" | "coders" | "yes" | "no" | "disputed" => {
                        list.sort_by_key(ToString::to_string)
                    }
                    _ => {}
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| in_order(value, swapped)),
        _ => {}
    }
}

/// The published formula of the standard error of Cohen's kappa gives some 1e-8 where it is 0, and which depends on the
/// order of the sums: such an error and its interval are taken out.
fn without_noise(value: &mut Value) {
    match value {
        Value::Object(map) => {
            let noise = |kappa: &Value| kappa["se_iid"].as_f64().is_some_and(|se| se < 1e-6);
            if let Some(kappa) = map.get_mut("cohen_kappa").filter(|kappa| noise(kappa)).and_then(Value::as_object_mut)
            {
                kappa.retain(|key, _| !key.ends_with("_iid"));
            }
            map.values_mut().for_each(without_noise);
        }
        Value::Array(list) => list.iter_mut().for_each(without_noise),
        _ => {}
    }
}

/// Removes what is drawn at random: it depends on the order of the clusters.
fn without_bootstrap(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| !key.starts_with("bootstrap"));
            map.values_mut().for_each(without_bootstrap);
        }
        Value::Array(list) => list.iter_mut().for_each(without_bootstrap),
        _ => {}
    }
}

fn same(one: &Value, other: &Value) -> Result<(), TestCaseError> {
    let found = differences(one, other, Keys::Same);
    prop_assert!(found.is_empty(), "{}", found[..found.len().min(8)].join("\n"));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn tables_are_those_of_a_count_char_by_char_and_turn_by_turn(input in any_study()) {
        let study = prepared(&input);
        for (level, turns) in [(Level::Char, false), (Level::Turn, true)] {
            // In scope all documents may be gone, and with them the lists of turns.
            let Some(found) = study.level_in_full(level) else { continue };
            let units = units(&input, turns);
            prop_assert_eq!(found.figures.n_units, units.iter().filter(|unit| !unit.is_empty()).count() as u64);
            for code in CODES {
                let figures = &found.figures.codes[code];
                let ratings: Vec<Vec<bool>> =
                    units.iter().map(|unit| unit.iter().flatten().map(|set| set.contains(code)).collect()).collect();
                let pairable = || ratings.iter().filter(|unit| unit.len() >= 2);
                let some = pairable().filter(|unit| unit.contains(&true)).count() as u64;
                let all = pairable().filter(|unit| !unit.contains(&false)).count() as u64;
                prop_assert_eq!((figures.units_any, figures.units_all), (some, all));
                prop_assert_eq!(figures.extent().units(), pairable().count() as u64);
                match (figures.alpha().value, alpha(&ratings)) {
                    (Some(found), Some(counted)) => prop_assert!((found - counted).abs() < 1e-9, "{found} {counted}"),
                    (found, counted) => prop_assert_eq!(found.is_some(), counted.is_some()),
                }
                let coders = input.coders.len();
                let two = (0..coders).flat_map(|a| (a + 1..coders).map(move |b| (a, b)));
                for ((a, b), pair) in two.zip(&figures.pairs) {
                    let mut counts = [0_u64; 4];
                    for unit in &units {
                        if let (Some(a), Some(b)) = (&unit[a], &unit[b]) {
                            let at = match (a.contains(code), b.contains(code)) {
                                (true, true) => 0,
                                (true, false) => 1,
                                (false, true) => 2,
                                (false, false) => 3,
                            };
                            counts[at] += 1;
                        }
                    }
                    let found = pair.counts;
                    prop_assert_eq!([found.both, found.only_a, found.only_b, found.neither], counts);
                }
            }
            let distinct: BTreeSet<_> = units.iter().flatten().flatten().collect();
            if found.domains["all"].coefficients.n_pairable > 0 {
                prop_assert_eq!(found.domains["all"].distinct_sets, distinct.len());
            }
        }
    }

    #[test]
    fn the_order_of_the_coders_does_not_matter(input in any_study(), by in 1..3_usize) {
        let mut turned = input.clone();
        let by = by % turned.coders.len();
        turned.coders.rotate_left(by);
        let (mut one, mut other) = (report(&input), report(&turned));
        in_order(&mut one, false);
        in_order(&mut other, false);
        same(&one, &other)?;
    }

    #[test]
    fn the_order_of_documents_cases_and_codings_does_not_matter(input in any_study()) {
        let mut turned = input.clone();
        turned.documents.reverse();
        turned.cases.reverse();
        turned.cases.iter_mut().for_each(|case| case.documents.reverse());
        turned.codings.reverse();
        let (mut one, mut other) = (report(&input), report(&turned));
        for report in [&mut one, &mut other] {
            in_order(report, false);
            without_bootstrap(report);
        }
        same(&one, &other)?;
    }

    /// Pieces are counted by items, by segments and by the unitizing family; everything else looks at chars.
    #[test]
    fn a_coding_in_two_parts_that_touch_covers_what_it_covered(
        input in any_study(), cuts in prop::collection::vec((0..24_usize, 1..24_i64), 1..6),
    ) {
        let mut cut = input.clone();
        for (at, after) in cuts {
            let Some(coding) = cut.codings.get_mut(at) else { continue };
            if after < coding.span.length() {
                let mut second = coding.clone();
                coding.span.end = coding.span.start + after;
                second.span.start = coding.span.end;
                cut.codings.push(second);
            }
        }
        let (mut one, mut other) = (report(&input), report(&cut));
        for report in [&mut one, &mut other] {
            let report = report.as_object_mut().expect("a report");
            report.retain(|key, _| !["n", "items", "item_counts", "segments", "unitizing"].contains(&key.as_str()));
        }
        same(&one, &other)?;
    }

    #[test]
    fn every_piece_in_a_disagreement_is_in_one_item_and_none_is_in_two(input in any_study()) {
        let input = Input { scope: None, ..input };
        let study = prepared(&input);
        let (items, runs) = (study.items(), study.disagreements().list);
        let mut listed = BTreeMap::new();
        for item in &items {
            let name = |name: &Name| name.to_string();
            let held = |run: &&emic::agreement::Disagreement| {
                let span = Span::new(run.start, run.end);
                run.doc == item.doc
                    && item.pieces.iter().any(|piece| piece.code == run.code && piece.span.common(span).is_some())
            };
            prop_assert!(runs.iter().any(|run| held(&run)), "no disagreement in {item:?}");
            let codes: BTreeSet<String> = item.pieces.iter().map(|piece| name(&piece.code)).collect();
            prop_assert_eq!(item.codes.iter().map(name).collect::<BTreeSet<_>>(), codes);
            for piece in pieces_of(item) {
                *listed.entry(piece).or_insert(0) += 1;
            }
        }
        let pieces = pieces(&input);
        for piece in &pieces {
            let (document, _, code, span) = piece;
            let disputed = runs.iter().any(|run| {
                *run.doc == **document && *run.code == **code && Span::new(run.start, run.end).common(*span).is_some()
            });
            let times = listed.remove(piece).unwrap_or(0);
            prop_assert!(times <= 1, "{piece:?} is in {times} items");
            prop_assert!(!disputed || times == 1, "{piece:?} is in no item");
        }
        prop_assert!(listed.is_empty(), "these are no pieces: {listed:?}");
        prop_assert_eq!(study.item_counts().total(), items.len() as u64);
    }

    #[test]
    fn coders_who_say_the_same_have_nothing_to_talk_about(input in any_study()) {
        let mut input = Input { coverage: Default::default(), ..input };
        let first: Vec<_> = input.codings.iter().filter(|coding| coding.coder == "A").cloned().collect();
        let copy = |coder: &String| {
            let coder = coder.clone();
            first.iter().cloned().map(move |mut coding| {
                coding.coder = coder.as_str().into();
                coding
            })
        };
        input.codings = input.coders.iter().flat_map(copy).collect();
        let study = prepared(&input);
        prop_assert!(study.items().is_empty() && study.disagreements().list.is_empty());
        for level in Level::ALL {
            for figures in study.level(level).iter().flat_map(|level| level.codes.values()) {
                prop_assert!(figures.alpha().value.is_none_or(|alpha| alpha == 1.0));
                prop_assert_eq!(figures.extent().some, 0);
            }
        }
    }

    /// Positions of items and disagreements are those of the document as given, in scope.
    #[test]
    fn disagreements_are_where_some_have_the_code_and_some_do_not(input in any_study()) {
        let found = prepared(&input).disagreements();
        let mut total = 0;
        for document in &input.documents {
            let here: Vec<&String> =
                input.coders.iter().filter(|coder| super::studies::covers(&input, coder, &document.id)).collect();
            for at in super::studies::chars(&input, document) {
                for code in CODES {
                    let yes = here.iter().filter(|coder| has(&input, coder, &document.id, code, at)).count();
                    let apart = yes > 0 && yes < here.len();
                    let listed = found.list.iter().filter(|run| {
                        *run.doc == *document.id && &*run.code == code && run.start <= at && at < run.end
                    });
                    prop_assert_eq!(listed.count(), usize::from(apart));
                    total += i64::from(apart);
                }
            }
        }
        prop_assert_eq!(found.chars, total);
    }
}

/// A counter and no clock: the sweep looks at the borders of codings, however far they are from each other.
#[test]
fn twice_the_text_under_the_same_codings_is_no_more_work() {
    let input = super::large::input(false);
    let longer = Input {
        documents: input
            .documents
            .iter()
            .map(|document| Document { length: 2 * document.length, ..document.clone() })
            .collect(),
        ..input.clone()
    };
    let (one, other) = (prepared(&input), prepared(&longer));
    let work = one.work(Level::Char);
    assert_eq!(work, other.work(Level::Char));
    // Each border is looked at twice: once for its code, once for the sets of codes.
    assert_eq!(work.borders, 4 * one.totals().segments as u64);
    let units = |study: &Study| study.level(Level::Char).expect("chars").n_units;
    assert_eq!(2 * units(&one), units(&other));
}
