//! Which code is present in which practice is what `sample_data/working/assignment.csv` says, by the program's own working
//! set; and no practice talks like another.

use super::support::sample::working::{CodeEntry, Working, root};
use super::support::sample::{Sample, make, paper};
use emic::findings::working::{Counted, working};
use emic::project::id::CodeId;
use emic::project::view::View;
use emic::text::Text;
use emic::text::turns::{Hints, recognise};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Columns that are not codes: attributes, staff, and rows that are unions of others.
const NOT_CODES: [&str; 18] = [
    "practice",
    "org",
    "sites",
    "setting",
    "n_bh_specialists",
    "affiliation",
    "staff_masters",
    "staff_prescriber",
    "staff_psychologist",
    "staff_su_counselor",
    "staff_complementary",
    "access_prescriber_any",
    "any_bh_service",
    "ch_staffing_any",
    "ch_it_any",
    "wide_array",
    "bh_2016",
    "su_counselor_2016",
];

/// Columns that are values of one attribute, in the order of its choices.
const STAFF: [(&str, &str); 5] = [
    ("staff_masters", "Masters-level therapist"),
    ("staff_prescriber", "BH prescriber"),
    ("staff_psychologist", "Psychologist"),
    ("staff_su_counselor", "Substance use counselor"),
    ("staff_complementary", "Complementary provider"),
];

/// The rows of the assignment: practice, then column and value.
fn assignment() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(root().join("assignment.csv")).expect("the assignment");
    let columns: Vec<String> = reader.headers().expect("columns").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        let values: BTreeMap<String, String> = columns.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
        (values["practice"].clone(), values)
    });
    rows.collect()
}

/// The code of an entry as it stands in the codebook.
fn code_of(view: &View<'_>, entry: &CodeEntry) -> CodeId {
    let book = view.codebook();
    let named = book.in_order().into_iter().filter(|code| view.code_name(*code) == entry.name).collect::<Vec<_>>();
    assert_eq!(named.len(), 1, "{}", entry.name);
    named[0]
}

fn names(sample: &Sample) -> HashMap<CodeId, String> {
    let view = View::new(&sample.project, sample.coder);
    Working::read().codes.iter().map(|entry| (code_of(&view, entry), entry.key.clone())).collect()
}

#[test]
fn every_code_is_present_where_the_assignment_says_so_and_nowhere_else() {
    let sample = make();
    let view = View::new(&sample.project, sample.coder);
    let keys = names(&sample);
    let mut present: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for counted in working(&view).counted {
        let case = counted.case.and_then(|case| view.case(case)).expect("a case");
        let practice = case.name.replace("Practice ", "P");
        present.entry(practice).or_default().insert(&keys[&counted.code]);
    }
    let rows = assignment();
    assert_eq!(rows.len(), 30);
    let columns: Vec<&String> = rows["P01"].keys().filter(|column| !NOT_CODES.contains(&column.as_str())).collect();
    assert_eq!(columns.len(), 43);
    for (practice, row) in &rows {
        for column in &columns {
            let is = present[practice].contains(column.as_str());
            assert_eq!(is, row[*column] == "1", "{column} in {practice}");
        }
    }
}

#[test]
fn the_practices_have_the_attributes_of_the_assignment() {
    let sample = make();
    let view = View::new(&sample.project, sample.coder);
    let rows = assignment();
    for case in view.cases() {
        let row = &rows[&case.name.replace("Practice ", "P")];
        let columns = [
            ("Organization", "org"),
            ("Setting", "setting"),
            ("Sites", "sites"),
            ("BH specialists", "n_bh_specialists"),
            ("Affiliation", "affiliation"),
        ];
        let wanted: Vec<(&str, &str)> = columns
            .into_iter()
            .map(|(attribute, column)| (attribute, row[column].as_str()))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let mut found = view.values_of(case.id);
        let of_staff = found.iter().position(|(attribute, _)| *attribute == "BH staff").map(|at| found.remove(at).1);
        assert_eq!(found, wanted, "{}", case.name);
        let staff = STAFF.iter().filter(|(column, _)| row[*column] == "1").map(|(_, value)| *value);
        assert_eq!(of_staff.unwrap_or_default(), staff.collect::<Vec<_>>().join("\n"), "{}", case.name);
    }
}

#[test]
fn no_eight_words_in_a_row_are_said_in_two_practices() {
    const N: usize = 8;
    let read = Working::read();
    let mut said: HashMap<Vec<String>, &str> = HashMap::new();
    for entry in &read.study.sources {
        for said_at_once in bodies(&read.text(&entry.file).text) {
            let words = said_at_once.to_lowercase().replace(['’', '\'', '‘'], "");
            let words: Vec<String> = words
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect();
            for gram in words.windows(N) {
                let first = said.entry(gram.to_vec()).or_insert(&entry.case);
                assert_eq!(*first, entry.case, "“{}” is said in both", gram.join(" "));
            }
        }
    }
    assert!(said.len() > 30_000, "{} runs of words", said.len());
}

/// What is said, turn by turn without labels; of notes the paragraphs, without the first, which says in all that it is
/// simulated.
fn bodies(text: &Text) -> Vec<String> {
    let turns = recognise(text, &Hints::default()).turns.turns;
    if turns.is_empty() {
        return text.as_str().split("\n\n").skip(1).map(str::to_owned).collect();
    }
    turns.iter().map(|turn| text.slice(turn.body).to_owned()).collect()
}

#[test]
fn what_tables_count_are_the_marks_of_the_texts() {
    let sample = make();
    let view = View::new(&sample.project, sample.coder);
    let (keys, read) = (names(&sample), Working::read());
    let mut counted: BTreeMap<&str, BTreeSet<(u32, u32, &str)>> = BTreeMap::new();
    for one in working(&view).counted.iter().filter(|one| keys[&one.code] != read.broad.code) {
        let file = view.source(one.source).expect("a source").file.as_str();
        counted.entry(file).or_default().insert((one.at.start.0, one.at.end.0, &keys[&one.code]));
    }
    for entry in &read.study.sources {
        let marks = read.text(&entry.file).marks.iter();
        let truth =
            marks.flat_map(|mark| mark.keys.iter().map(|key| (mark.span.start.0, mark.span.end.0, key.as_str())));
        assert_eq!(counted[entry.file.as_str()], truth.collect(), "{}", entry.file);
    }
}

#[test]
fn roles_lie_on_tasks_as_the_papers_matrix_has_them() {
    let sample = make();
    let view = View::new(&sample.project, sample.coder);
    let keys = names(&sample);
    let counted = working(&view).counted;
    let of =
        |prefix: &str| -> Vec<&Counted> { counted.iter().filter(|one| keys[&one.code].starts_with(prefix)).collect() };
    let mut cells: BTreeMap<(&str, &str), BTreeSet<_>> = BTreeMap::new();
    let tasks = of("task_");
    for role in of("role_") {
        for task in tasks.iter().filter(|task| task.source == role.source && task.at.overlaps(role.at)) {
            let (role_key, task_key) = (&keys[&role.code]["role_".len()..], &keys[&task.code]["task_".len()..]);
            cells.entry((role_key, task_key)).or_default().insert(role.case);
        }
    }
    let owned = |(role, task): &(&str, &str)| ((*role).to_owned(), (*task).to_owned());
    let found: BTreeMap<_, _> = cells.iter().map(|(cell, cases)| (owned(cell), cases.len() >= 2)).collect();
    assert_eq!(found, paper::roles_by_tasks());
    let screens = cells[&("ma", "screen")].union(&cells[&("rn", "screen")]).count();
    assert_eq!(screens, 18, "the practices where an MA or RN screens");
}
