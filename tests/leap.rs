//! The tables of a published study, computed from the sample study by the functions that the screen uses.
//!
//! `tests/leap/leap_numbers.csv` lists every number of Blasi et al. 2018 (J Am Board Fam Med 31:691-701): id, statement, n,
//! denominator, percent, where it stands, kind, note. Rows marked as derived, and rows without a number in the paper, are
//! left out; all others of kind attribute, code-presence, theme and role × service are compared.

mod support;

use emic::findings::count::{Counted, Counting, table};
use emic::findings::presence::{By, Presence, no_speakers};
use emic::findings::truth::Truth;
use emic::project::judgement::Held;
use emic::project::saved::Counts;
use emic::project::view::View;
use std::collections::BTreeMap;
use std::path::Path;
use support::sample::{Sample, make};

const TABLE_1: &str = "Table 1. Practices, staff and services";
const TABLE_2: &str = "Table 2. Common and pioneering strategies";
const TEXT: &str = "Results in the text";
const WAVES: &str = "Staffing in 2013 and 2016";

/// Which line of which saved table says the number with an id.
const LINES: &[(&str, &str, &str)] = &[
    ("T1.01", TABLE_1, "Federally qualified health center"),
    ("T1.02", TABLE_1, "Private practice, multispecialty group"),
    ("T1.03", TABLE_1, "Private practice, primary care only"),
    ("T1.04", TABLE_1, "One"),
    ("T1.05", TABLE_1, "2 to 5"),
    ("T1.06", TABLE_1, "6 to 10"),
    ("T1.07", TABLE_1, "11 to 20"),
    ("T1.08", TABLE_1, "Urban"),
    ("T1.09", TABLE_1, "Suburban"),
    ("T1.10", TABLE_1, "Rural"),
    ("T1.11", TABLE_1, "Multiple"),
    ("T1.12", TABLE_1, "Any BH specialist"),
    ("T1.13", TABLE_1, "Masters-level therapists"),
    ("T1.14", TABLE_1, "BH prescribers"),
    ("T1.15", TABLE_1, "Psychologists"),
    ("T1.16", TABLE_1, "Substance use counselors"),
    ("T1.17", TABLE_1, "Complementary or alternative BH providers"),
    ("T1.18", TABLE_1, "Employed by the practice"),
    ("T1.19", TABLE_1, "Employed by an external organization"),
    ("T1.20", TABLE_1, "Mixed"),
    ("T1.21", TABLE_1, "Unknown"),
    ("T1.22", TABLE_1, "Any BH-related screening"),
    ("T1.23", TABLE_1, "Depression (PHQ or others)"),
    ("T1.24", TABLE_1, "Substance use"),
    ("T1.25", TABLE_1, "Anxiety"),
    ("T1.26", TABLE_1, "Any BH-related services"),
    ("T1.27", TABLE_1, "Short-term therapeutic approaches"),
    ("T1.28", TABLE_1, "CBT, DBT or ACT"),
    ("T1.29", TABLE_1, "Complementary or alternative BH therapies"),
    ("T1.30", TABLE_1, "Any access to BH prescribers"),
    ("T1.31", TABLE_1, "In-person appointments and consultations"),
    ("T1.32", TABLE_1, "Telemedicine or phone"),
    ("T1.33", TABLE_1, "Substance use counseling or programs"),
    ("X.01", TABLE_1, "Any BH specialist"),
    ("X.05", TEXT, "BH specialists trained for primary care"),
    ("X.06", TEXT, "Billed insurers and other payers"),
    ("X.07", TEXT, "Grant-funded programs"),
    ("X.08", TEXT, "Contracts with external organizations"),
    ("X.09", TEXT, "Depression screening"),
    ("X.10", TEXT, "Substance use screening"),
    ("X.11", TEXT, "Anxiety screening"),
    ("X.12", TEXT, "Universal screening"),
    ("X.13", TEXT, "Warm handoffs"),
    ("X.14", TEXT, "Booked and open time combined"),
    ("X.15", TEXT, "Open access or on call"),
    ("X.16", TEXT, "Stepped care"),
    ("X.17", TEXT, "Onsite access to BH prescribers"),
    ("X.18", TEXT, "Prescriber onsite 1 to 3 days a week"),
    ("X.19", TEXT, "Named models"),
    ("X.20", TEXT, "Care management"),
    ("X.21", TEXT, "Repeated assessments"),
    ("X.22", TEXT, "Registries or other tools"),
    ("X.23", TEXT, "BH specialists in the primary care team"),
    ("X.24", TEXT, "MAs or RNs conduct BH screening"),
    ("X.25", TEXT, "Culture of trust"),
    ("X.26", TEXT, "Colocation"),
    ("X.27", TEXT, "Chronic pain"),
    ("X.28", TEXT, "Chronic illnesses"),
    ("X.29", TEXT, "Suboxone programs"),
    ("X.30", TEXT, "Other substance use programs"),
    ("X.31", TEXT, "Complementary or alternative services"),
    ("X.32", TEXT, "Interdisciplinary care plans"),
    ("X.33", TEXT, "Training primary care staff"),
    ("X.34", TEXT, "Teambuilding"),
    ("X.35", TEXT, "Huddles led by BH specialists"),
    ("X.36", TEXT, "Staffing, any"),
    ("X.37", TEXT, "Difficulty hiring"),
    ("X.38", TEXT, "High turnover"),
    ("X.39", TEXT, "Nobody for short-term work"),
    ("X.40", TEXT, "Health IT, any"),
    ("X.41", TEXT, "Exchanging EHR notes"),
    ("X.42", TEXT, "No data to follow up"),
    ("X.43", TEXT, "No money to expand"),
    ("X.44", TEXT, "Reimbursement rules"),
    ("X.45", TEXT, "No funding for specific services"),
    ("X.46", TEXT, "No specialty services nearby"),
    ("X.47", WAVES, "Practices with BH specialists"),
    ("X.48", WAVES, "Dedicated substance use counselors"),
    ("X.49", WAVES, "Dedicated substance use counselors"),
    ("ST.01", TABLE_2, "Screening all patients or all new patients"),
    ("ST.02", TABLE_2, "Short-term therapy in the practice, then referral (stepped care)"),
    ("ST.03", TABLE_2, "Open-access scheduling or on-call rotations"),
    ("ST.04", TABLE_2, "Registries and other health IT tools"),
    ("ST.05", TABLE_2, "Onsite access to BH specialists"),
    ("ST.06", TABLE_2, "Delegating BH-related screening to MAs or RNs"),
    ("ST.07", TABLE_2, "Coordinators, specialists or front desk connect patients to outside BH resources"),
    ("ST.08", TABLE_2, "Colocating BH and primary care working areas"),
    ("ST.09", TABLE_2, "Delegating assessments and follow-up to RNs, coordinators, coaches or assistants"),
    ("ST.10", TABLE_2, "Wide array of services: therapy, medication and chronic pain in the practice"),
    ("ST.11", TABLE_2, "BH services to support managing chronic conditions"),
    ("ST.12", TABLE_2, "In-house substance use counseling or programs"),
    ("ST.13", TABLE_2, "Interdisciplinary care plan for each patient"),
    ("ST.14", TABLE_2, "Training primary care staff on BH-related competencies"),
    ("ST.15", TABLE_2, "BH specialists in teambuilding, problem-solving and relationships"),
    ("ST.16", TABLE_2, "BH specialists facilitate regular huddles or meetings"),
];

/// A number of the paper.
struct Published {
    id: String,
    statement: String,
    n: String,
    of: String,
    percent: String,
    kind: String,
    note: String,
}

fn published() -> Vec<Published> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/leap/leap_numbers.csv");
    let mut reader = csv::Reader::from_path(path).expect("the numbers");
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        let field = |at: usize| row[at].trim().to_owned();
        let (id, statement, n, of, percent) = (field(0), field(1), field(2), field(3), field(4));
        Published { id, statement, n, of, percent, kind: field(6), note: field(7) }
    });
    rows.collect()
}

fn tables(sample: &Sample) -> BTreeMap<String, Counted> {
    let view = View::new(&sample.project, sample.coder);
    let counted = |saved: &std::sync::Arc<_>| table(&view, saved, By::Working, &no_speakers);
    view.tables().into_iter().map(|saved| (saved.name.clone(), counted(saved))).collect()
}

#[test]
fn every_number_of_the_paper_is_what_the_tables_count() {
    let (sample, published) = (make(), published());
    let tables = tables(&sample);
    let kinds = ["attribute", "code-presence", "theme"];
    let mut compared = 0;
    for number in published.iter().filter(|number| kinds.contains(&number.kind.as_str())) {
        // Derived, without a number in the paper, or of another study.
        if number.note.starts_with("DERIVED") || number.n.is_empty() || number.id.starts_with("R.") {
            continue;
        }
        if ["X.02", "X.03", "X.04"].contains(&number.id.as_str()) {
            continue;
        }
        let (_, table, label) = *LINES.iter().find(|(id, ..)| *id == number.id).expect(&number.statement);
        let lines = &tables[table].lines;
        let line = lines.iter().find(|line| line.name == label).expect(label);
        let figure = if number.id == "X.48" { &line.waves.as_ref().expect("two waves").figure } else { &line.figure };
        let found = (figure.low().to_string(), figure.of().to_string(), figure.percent().unwrap_or_default());
        let wanted = (number.n.clone(), number.of.clone(), number.percent.clone());
        assert_eq!(found, wanted, "{}: {}", number.id, number.statement);
        assert_eq!((figure.low(), figure.not_yet.len()), (figure.high(), 0), "{}", number.id);
        compared += 1;
    }
    assert_eq!(compared, 92);
}

#[test]
fn a_strategy_is_common_or_pioneering_as_the_paper_says() {
    let (sample, published) = (make(), published());
    let tables = tables(&sample);
    let mut named = 0;
    for number in published.iter().filter(|number| number.id.starts_with("ST.")) {
        let (_, table, label) = *LINES.iter().find(|(id, ..)| *id == number.id).expect(&number.statement);
        let line = tables[table].lines.iter().find(|line| line.name == label).expect(label);
        let rule = line.rule.as_deref().expect("a name");
        assert!(number.statement.starts_with(&format!("Strategy ({rule})")), "{rule}: {}", number.statement);
        named += 1;
    }
    assert_eq!(named, 16);
}

#[test]
fn the_goals_are_themes_that_hold_their_strategies() {
    let (sample, published) = (make(), published());
    let view = View::new(&sample.project, sample.coder);
    let goals: Vec<String> = published
        .iter()
        .filter(|number| number.id.starts_with("TH."))
        .map(|number| number.statement.trim_start_matches("Goal: ").to_owned())
        .collect();
    assert_eq!(goals.len(), 4);
    for goal in goals {
        let theme = view.themes().into_iter().find(|theme| theme.name == goal).expect(&goal);
        assert!(view.theme_items(theme.id).len() >= 3, "{goal}");
    }
}

#[test]
fn how_many_specialists_a_practice_has_spreads_as_the_paper_says() {
    let (sample, published) = (make(), published());
    let view = View::new(&sample.project, sample.coder);
    let presence = Presence::new(&view, None, By::Working, &no_speakers);
    let counting = Counting::new(view, &presence);
    let attribute = view.attributes().into_iter().find(|attribute| attribute.name == "BH specialists").expect("it").id;
    let spread = counting.spread(attribute, &presence.units(&view, Counts::Cases, "practice"));
    let of = |id: &str| published.iter().find(|number| number.id == id).expect(id).n.clone();
    assert_eq!(spread.mean().map(|mean| format!("{mean:.1}")), Some(of("X.02")));
    assert_eq!(spread.least().map(|least| least.to_string()), Some(of("X.03")));
    assert_eq!(spread.most().map(|most| most.to_string()), Some(of("X.04")));
    assert_eq!(spread.words(), "mean 1.8, 0 to 9, of 30");
}

#[test]
fn what_was_judged_not_to_be_so_is_absent_and_printed_apart() {
    let sample = make();
    let view = View::new(&sample.project, sample.coder);
    let presence = Presence::new(&view, None, By::Working, &no_speakers);
    let counting = Counting::new(view, &presence);
    let judged = view.judgements();
    assert!(judged.len() >= 35, "{}", judged.len());
    for judgement in judged.iter().filter(|judgement| judgement.held == Held::Not) {
        let case = emic::findings::presence::Unit::Case(judgement.case);
        let (name, code) = (case.name(&view), view.code_name(judgement.code));
        assert_eq!(counting.code(judgement.code, false, case), Truth::No, "{code} in {name}");
        assert!(!judgement.passages.is_empty(), "{code} in {name} rests on words");
    }
    let suboxone = view.codebook().in_order().into_iter().find(|code| view.code_name(*code) == "Suboxone").expect("it");
    let units = presence.units(&view, Counts::Cases, "practice");
    let apart = counting.judged(&emic::project::row::Expr::Code { code: suboxone, below: false }, &units);
    assert_eq!(apart.iter().map(|(held, all)| (*held, all.len())).collect::<Vec<_>>(), [(Held::Not, 8)]);
}
