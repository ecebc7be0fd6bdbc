//! Laws of matrices, over codings that are drawn at random: each cell is what a naive count finds, sums are what their
//! cells hold together, transposing changes nothing, a case counts once, filters commute, nothing not yet coded is a nought.

use super::{Asked, By, Cell, Count, Filter, Kind, Matrix, Part, Sort, matrix};
use crate::findings::ground::Transcript;
use crate::findings::working::{Counted, working};
use crate::project::case::{AttributeKind, Bearer};
use crate::project::edit::{AttributeEdit, Edit, JudgeEdit, NewAttribute};
use crate::project::id::{AttributeId, CaseId, CodeId, SourceId};
use crate::project::relation::Related;
use crate::project::row::{Expr, Test};
use crate::project::testing::Desk;
use crate::text::turns::{Turn, Turns};
use crate::text::{Span, Text};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Cases that are coded to the end; one more is not.
const DONE: usize = 3;
/// Chars of a turn, of ten in a source.
const TURN: u32 = 10;

/// Case, from, length, code.
type Drawing = Vec<(usize, u32, u32, usize)>;

fn drawing() -> impl Strategy<Value = Drawing> {
    proptest::collection::vec((0..=DONE, 0..85_u32, 1..15_u32, 0..6_usize), 0..30)
}

struct Trial {
    desk: Desk,
    cases: Vec<(CaseId, SourceId)>,
    /// Two branches of two, and one code beside them.
    codes: Vec<CodeId>,
    colour: AttributeId,
    size: AttributeId,
}

impl Trial {
    fn new(drawing: &Drawing) -> Self {
        let mut desk = Desk::new();
        let (a, b) = (desk.code("A"), desk.code("B"));
        let mut codes = vec![a, b];
        codes.extend([(a, "A1"), (a, "A2"), (b, "B1")].map(|(above, name)| desk.code_under(above, name)));
        codes.push(desk.code("C"));
        let cases: Vec<_> = (0..=DONE).map(|n| desk.case(&format!("P{n}"))).collect();
        let mut attribute = |name: &str| {
            let id: AttributeId = desk.id().into();
            let new = NewAttribute {
                name: name.into(),
                of: Bearer::Case,
                kind: AttributeKind::Text,
                choices: Vec::new(),
                by_wave: false,
                follows: None,
            };
            desk.apply(&Edit::Attributes(AttributeEdit::Set(id, new)));
            id
        };
        let (colour, size) = (attribute("Colour"), attribute("Size"));
        for (n, (case, _)) in cases.iter().enumerate() {
            for (name, value) in [("Colour", ["red", "blue"][n % 2]), ("Size", ["small", "large", "large"][n % 3])] {
                desk.apply(&Edit::Describe { case: *case, attribute: name.into(), value: value.into() });
            }
        }
        for &(case, from, long, code) in drawing {
            desk.lay_apart(cases[case].1, from, from + long, codes[code]);
        }
        for (_, source) in &cases[..DONE] {
            desk.apply(&Edit::Read { source: *source, to: crate::text::Pos(100), finished: true });
        }
        Self { desk, cases, codes, colour, size }
    }

    fn matrix(&self, asked: &Asked) -> Matrix {
        let turn = |n: u32| {
            let span = Span::new(n * TURN, (n + 1) * TURN);
            Turn { span, label: None, body: span, speaker: None, time: None }
        };
        let turns = Arc::new(Turns::new(Vec::new(), (0..10).map(turn).collect(), Vec::new()));
        let text = Text::new(&"x".repeat(100));
        let texts = |_| Some(Transcript { text: text.clone(), turns: turns.clone() });
        matrix(&self.desk.view(), asked, &texts).expect("a matrix")
    }

    fn counted(&self) -> Vec<Counted> {
        working(&self.desk.view()).counted
    }

    /// The codes of a branch.
    fn branch(&self, code: CodeId) -> BTreeSet<CodeId> {
        self.desk.view().codebook().branch(code).into_iter().collect()
    }

    fn is_done(&self, case: CaseId) -> bool {
        self.cases[..DONE].iter().any(|(done, _)| *done == case)
    }
}

fn pairs(kind: Kind, by: By, count: Count) -> Asked {
    Asked { kind, by, count, ..Asked::default() }
}

/// All cells, sums behind them.
fn all_cells(matrix: &Matrix) -> Vec<Vec<&Cell>> {
    let row = |row: usize| (0..=matrix.columns.len()).map(|column| matrix.cell(row, column).expect("a cell")).collect();
    (0..=matrix.rows.len()).map(row).collect()
}

/// What a cell says: how many, of how many, disputed, and its passages.
type Said = (usize, usize, Option<usize>, Vec<usize>);

fn numbers(matrix: &Matrix) -> Vec<Vec<Said>> {
    let number = |cell: &&Cell| (cell.n, cell.high, cell.of, cell.items.clone());
    all_cells(matrix).iter().map(|row| row.iter().map(number).collect()).collect()
}

fn turned<T: Clone>(rows: &[Vec<T>]) -> Vec<Vec<T>> {
    (0..rows.first().map_or(0, Vec::len)).map(|n| rows.iter().map(|row| row[n].clone()).collect()).collect()
}

/// Whether two passages lie together, said plainly.
fn lie_together(by: By, a: &Counted, b: &Counted) -> bool {
    let turns = |one: &Counted| (one.at.start.0 / TURN)..=((one.at.end.0 - 1) / TURN);
    a.source == b.source
        && match by {
            By::Overlap => a.at.overlaps(b.at),
            By::Turn => turns(a).any(|turn| turns(b).contains(&turn)),
            By::Source => true,
        }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn cases_by_codes_are_what_a_naive_count_finds(drawing in drawing()) {
        let trial = Trial::new(&drawing);
        let counted = trial.counted();
        for count in Count::ALL {
            let made = trial.matrix(&Asked { count, ..Asked::default() });
            prop_assert_eq!(made.rows.len(), DONE + 1);
            for (row, line) in made.rows.iter().enumerate() {
                let case = line.case().expect("a case");
                for (column, code) in made.columns.iter().enumerate() {
                    let codes = trial.branch(code.code().expect("a code"));
                    let n = counted.iter().filter(|one| one.case == Some(case) && codes.contains(&one.code)).count();
                    let cell = made.cell(row, column).expect("a cell");
                    match count {
                        Count::Passages => prop_assert_eq!(cell.n, n),
                        Count::Cases => prop_assert_eq!(cell.n, usize::from(n > 0 && trial.is_done(case))),
                    }
                    prop_assert_eq!(cell.items.len(), n);
                    prop_assert_eq!(cell.is_not_yet(), !trial.is_done(case), "not yet coded is never absent");
                }
            }
            for (column, code) in made.columns.iter().enumerate() {
                let codes = trial.branch(code.code().expect("a code"));
                let here = counted.iter().filter(|one| codes.contains(&one.code));
                let cases: BTreeSet<_> = here.clone().filter_map(|one| one.case).filter(|c| trial.is_done(*c)).collect();
                let sum = &made.column_sums[column];
                let wanted = if count == Count::Cases { cases.len() } else { here.count() };
                prop_assert_eq!(sum.n, wanted, "a case counts once, however many of the codes below are there");
                prop_assert!(count == Count::Passages || sum.of == Some(DONE));
            }
        }
    }

    #[test]
    fn codes_by_codes_are_what_a_naive_count_finds(drawing in drawing()) {
        let trial = Trial::new(&drawing);
        let counted = trial.counted();
        for (by, count) in By::ALL.into_iter().flat_map(|by| Count::ALL.map(|count| (by, count))) {
            let made = trial.matrix(&pairs(Kind::Relation, by, count));
            for (row, line) in made.rows.iter().enumerate() {
                let rows = trial.branch(line.code().expect("a code"));
                for (column, line) in made.columns.iter().enumerate() {
                    let columns = trial.branch(line.code().expect("a code"));
                    let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
                    for (a, one) in counted.iter().enumerate().filter(|(_, one)| rows.contains(&one.code)) {
                        let others = counted.iter().enumerate().filter(|(_, other)| columns.contains(&other.code));
                        found.extend(others.filter(|(b, other)| *b != a && lie_together(by, one, other)).map(|(b, _)| (a.min(b), a.max(b))));
                    }
                    let cell = made.cell(row, column).expect("a cell");
                    let cases: BTreeSet<_> =
                        found.iter().filter_map(|(a, _)| counted[*a].case).filter(|case| trial.is_done(*case)).collect();
                    match count {
                        Count::Passages => {
                            let there: BTreeSet<_> = cell.items.iter().map(|n| (made.pairs[*n].a, made.pairs[*n].b)).collect();
                            prop_assert_eq!((cell.n, &there), (found.len(), &found));
                        }
                        Count::Cases => {
                            prop_assert_eq!(cell.n, cases.len());
                            prop_assert_eq!(cell.yes.iter().copied().collect::<BTreeSet<_>>(), cases);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn sums_are_the_cases_of_any_cell_or_the_numbers_added_up(drawing in drawing()) {
        let trial = Trial::new(&drawing);
        let by_colour = Asked { kind: Kind::CodeAttribute, attribute: Some(trial.colour), ..Asked::default() };
        for asked in [pairs(Kind::CodeCode, By::Overlap, Count::Cases), by_colour] {
            for count in Count::ALL {
                let made = trial.matrix(&Asked { count, ..asked.clone() });
                let cells = all_cells(&made);
                let (down, across) = (made.rows.len(), made.columns.len());
                let lines = (0..down).map(|row| (cells[row][..across].to_vec(), cells[row][across]));
                let columns = (0..across).map(|n| (cells[..down].iter().map(|row| row[n]).collect(), cells[down][n]));
                for (parts, sum) in lines.chain(columns) {
                    let parts: Vec<&Cell> = parts;
                    let cases: BTreeSet<CaseId> = parts.iter().flat_map(|cell| cell.yes.clone()).collect();
                    let items: BTreeSet<usize> = parts.iter().flat_map(|cell| cell.items.clone()).collect();
                    let added: usize = parts.iter().map(|cell| cell.n).sum();
                    prop_assert_eq!(sum.n, if count == Count::Cases { cases.len() } else { added });
                    prop_assert_eq!(sum.items.iter().copied().collect::<BTreeSet<_>>(), items);
                }
            }
        }
    }

    #[test]
    fn transposing_and_counting_commute_and_sorting_loses_nothing(drawing in drawing(), column in 0..4_usize) {
        let trial = Trial::new(&drawing);
        let (a, b) = (vec![Part::Under(trial.codes[0]), Part::One(trial.codes[5])], vec![Part::One(trial.codes[1])]);
        for (by, count) in By::ALL.into_iter().flat_map(|by| Count::ALL.map(|count| (by, count))) {
            let asked = Asked { rows: a.clone(), columns: b.clone(), ..pairs(Kind::Relation, by, count) };
            let there = trial.matrix(&asked);
            let back = trial.matrix(&Asked { rows: b.clone(), columns: a.clone(), ..asked });
            prop_assert_eq!(numbers(&there), turned(&numbers(&back)));
            let mut turned_twice = there.clone();
            turned_twice.transpose();
            prop_assert_eq!(numbers(&turned_twice), numbers(&back));
            turned_twice.transpose();
            prop_assert_eq!(numbers(&turned_twice), numbers(&there));
        }
        let made = trial.matrix(&pairs(Kind::CodeCode, By::Turn, Count::Passages));
        let mut sorted = made.clone();
        for by in [Sort::Sum, Sort::Name, Sort::Column(column), Sort::Given] {
            sorted.sort(by);
            let (mut before, mut after) = (numbers(&made), numbers(&sorted));
            before.sort();
            after.sort();
            prop_assert_eq!(before, after);
        }
        prop_assert_eq!(numbers(&made), numbers(&sorted));
    }

    #[test]
    fn filters_commute(drawing in drawing()) {
        let trial = Trial::new(&drawing);
        let is = |attribute, value: &str| Expr::Attribute(attribute, Test::Is(value.into()));
        let (red, large) = (is(trial.colour, "red"), is(trial.size, "large"));
        let with = |holds: Vec<Expr>| {
            let only = Filter { holds, ..Filter::default() };
            numbers(&trial.matrix(&Asked { only, ..pairs(Kind::CodeCode, By::Overlap, Count::Cases) }))
        };
        prop_assert_eq!(with(vec![red.clone(), large.clone()]), with(vec![large.clone(), red.clone()]));
        prop_assert_eq!(with(vec![red.clone(), large.clone()]), with(vec![Expr::All(vec![red, large])]));
    }

    #[test]
    fn what_is_struck_leaves_the_count_and_comes_back(drawing in drawing()) {
        let mut trial = Trial::new(&drawing);
        let asked = pairs(Kind::Relation, By::Overlap, Count::Passages);
        let before = trial.matrix(&asked);
        prop_assume!(!before.pairs.is_empty());
        let (a, b) = (&before.counted[before.pairs[0].a], &before.counted[before.pairs[0].b]);
        let (a, b) = (a.codings[0], b.codings[0]);
        let found = |found| Edit::Judge(JudgeEdit::Pair { a, b, found, reason: String::new() });
        trial.desk.apply(&found(Some(Related::Struck)));
        let struck = trial.matrix(&asked);
        prop_assert_eq!(struck.whole.looked, 1);
        for (was, is) in all_cells(&before).into_iter().flatten().zip(all_cells(&struck).into_iter().flatten()) {
            prop_assert_eq!(was.items.len(), is.items.len() + is.struck.len());
            prop_assert_eq!(is.looked, is.struck.len());
        }
        prop_assert!(struck.whole.items.len() + 1 == before.whole.items.len());
        // Codes that only lie together are not asked about.
        let plain = trial.matrix(&pairs(Kind::CodeCode, By::Overlap, Count::Passages));
        prop_assert_eq!(plain.whole.items.len(), before.whole.items.len());
        trial.desk.apply(&found(Some(Related::Confirmed)));
        let confirmed = trial.matrix(&asked);
        prop_assert_eq!(numbers(&confirmed), numbers(&before));
        prop_assert_eq!(confirmed.whole.looked, 1);
    }
}

#[test]
fn a_matrix_without_its_attribute_is_refused_and_empty_ones_are_made() {
    let trial = Trial::new(&Vec::new());
    let asked = Asked { kind: Kind::CodeAttribute, ..Asked::default() };
    let why = matrix(&trial.desk.view(), &asked, &|_| None).expect_err("no attribute");
    assert!(why.to_string().contains("attribute"), "{why}");
    let empty = Desk::new();
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::CodeAttribute) {
        let made = matrix(&empty.view(), &Asked { kind, ..Asked::default() }, &|_| None).expect("a matrix");
        assert_eq!((made.rows.len(), made.columns.len(), made.whole.n), (0, 0, 0), "{kind:?}");
        assert_eq!(made.find_row("x", 0), None);
    }
}
