//! Filling matrices whose cells are of passages: cases by codes, codes by the values of an attribute, roles by codes.

use super::lines::{self, Line, What};
use super::{Cell, Count, Ground, Matrix, NoMatrix};
use crate::findings::ground::Transcript;
use crate::findings::truth::Truth;
use crate::findings::working::Counted;
use crate::project::case::Bearer;
use crate::project::id::{CaseId, CodeId, SourceId};
use crate::project::source::Who;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Which lines a code counts in.
pub(super) fn lines_of(lines: &[Line], counted: &[Counted]) -> HashMap<CodeId, Vec<usize>> {
    let codes: HashSet<CodeId> = counted.iter().map(|one| one.code).collect();
    let of = |code: CodeId| (0..lines.len()).filter(|line| lines[*line].holds(code)).collect::<Vec<_>>();
    codes.into_iter().map(|code| (code, of(code))).filter(|(_, lines)| !lines.is_empty()).collect()
}

impl Ground<'_> {
    fn counted(&self) -> &[Counted] {
        &self.counting.presence().working.counted
    }

    /// Whether it is settled that the code of a passage is there.
    pub(super) fn is_sure(&self, counted: &Counted) -> bool {
        !self.counting.presence().working.disputed.contains(&(counted.source, counted.code))
    }

    /// For each line the cases in which its code is not yet coded.
    pub(super) fn not_yet(&self, lines: &[Line]) -> Vec<HashSet<CaseId>> {
        let of = |line: &Line| {
            self.cases.iter().copied().filter(|case| self.truth(line, *case) == Truth::NotYet).collect::<HashSet<_>>()
        };
        lines.iter().map(of).collect()
    }

    /// Counts a cell by what it rests on: of each item its case, and whether it is settled.
    pub(super) fn settle(&self, cell: &mut Cell, not_yet: Vec<CaseId>, item: impl Fn(usize) -> (Option<CaseId>, bool)) {
        let left: HashSet<CaseId> = not_yet.iter().copied().collect();
        let mut found: BTreeMap<CaseId, bool> = BTreeMap::new();
        for (case, sure) in cell.items.iter().map(|at| item(*at)) {
            if let Some(case) = case.filter(|case| !left.contains(case)) {
                *found.entry(case).or_default() |= sure;
            }
        }
        for (case, sure) in found {
            cell.add(case, if sure { Truth::Yes } else { Truth::Disputed });
        }
        cell.not_yet = not_yet;
        match self.asked.count {
            Count::Cases => {
                cell.items.retain(|at| item(*at).0.is_some_and(|case| !left.contains(&case)));
                cell.count_cases(self.cases.len());
            }
            Count::Passages => cell.count_items(),
        }
    }
}

/// Cases by codes. A cell of cases counts one or none; the sum of a row is how many of the codes are there.
pub(super) fn case_code(ground: &Ground<'_>, cases: &[CaseId]) -> Matrix {
    let rows = lines::cases(&ground.view, cases);
    let columns = lines::codes(&ground.view, &ground.asked.columns);
    let mut out = Matrix::new(ground.asked, rows, columns);
    let place: HashMap<CaseId, usize> = cases.iter().enumerate().map(|(n, case)| (*case, n)).collect();
    let across = out.columns.len();
    let lines = lines_of(&out.columns, ground.counted());
    for (at, counted) in ground.counted().iter().enumerate() {
        let Some(row) = counted.case.and_then(|case| place.get(&case)) else { continue };
        for column in lines.get(&counted.code).into_iter().flatten() {
            out.cells[row * across + column].items.push(at);
        }
    }
    for (row, case) in cases.iter().enumerate() {
        for column in 0..across {
            let truth = ground.truth(&out.columns[column], *case);
            let cell = &mut out.cells[row * across + column];
            cell.add(*case, truth);
            cell.all = 1;
            match ground.asked.count {
                Count::Cases => cell.count_cases(1),
                Count::Passages => cell.count_items(),
            }
        }
    }
    let all = cases.len();
    out.sum(|_| None, |_| Some(all), all);
    out
}

/// Codes by the values of an attribute: of the cases that have the value, those with the code.
pub(super) fn code_attribute(ground: &Ground<'_>, cases: &[CaseId]) -> Result<Matrix, NoMatrix> {
    let attribute = ground.asked.attribute.ok_or(NoMatrix::NoAttribute)?;
    let attribute =
        ground.view.attribute(attribute).filter(|a| a.of == Bearer::Case).ok_or(NoMatrix::NoSuchAttribute)?;
    let (columns, having): (Vec<Line>, Vec<Vec<CaseId>>) = lines::values(ground, attribute, cases).into_iter().unzip();
    let rows = lines::codes(&ground.view, &ground.asked.rows);
    let mut out = Matrix::new(ground.asked, rows, columns);
    let across = out.columns.len();
    let mut columns_of: HashMap<CaseId, Vec<usize>> = HashMap::new();
    for (column, cases) in having.iter().enumerate() {
        cases.iter().for_each(|case| columns_of.entry(*case).or_default().push(column));
    }
    let lines = lines_of(&out.rows, ground.counted());
    for (at, counted) in ground.counted().iter().enumerate() {
        let Some(columns) = counted.case.and_then(|case| columns_of.get(&case)) else { continue };
        for row in lines.get(&counted.code).into_iter().flatten() {
            columns.iter().for_each(|column| out.cells[row * across + column].items.push(at));
        }
    }
    for row in 0..out.rows.len() {
        for (column, cases) in having.iter().enumerate() {
            let cell = &mut out.cells[row * across + column];
            cases.iter().for_each(|case| cell.add(*case, ground.truth(&out.rows[row], *case)));
            cell.all = cases.len();
            match ground.asked.count {
                Count::Cases => {
                    let left: HashSet<CaseId> = cell.not_yet.iter().copied().collect();
                    let counted = ground.counted();
                    cell.items.retain(|at| counted[*at].case.is_some_and(|case| !left.contains(&case)));
                    cell.count_cases(cases.len());
                }
                Count::Passages => cell.count_items(),
            }
        }
    }
    let all = cases.len();
    out.sum(|_| Some(all), |column| having.get(column).map(Vec::len), all);
    Ok(out)
}

/// The roles of those who speak in passages, by codes. A passage in which several roles speak counts under each.
pub(super) fn role_code(ground: &Ground<'_>, cases: &[CaseId]) -> Matrix {
    let columns = lines::codes(&ground.view, &ground.asked.columns);
    let lines = lines_of(&columns, ground.counted());
    let mut voices = Voices { ground, texts: HashMap::new(), unread: Vec::new() };
    let mut spoken: Vec<(usize, Vec<What>)> = Vec::new();
    for (at, counted) in ground.counted().iter().enumerate() {
        if ground.wants(counted) && lines.contains_key(&counted.code) {
            spoken.extend(voices.of(counted).map(|whats| (at, whats)));
        }
    }
    let unread = voices.unread;
    // The roles of all who take part, heard or not; of the rest only who is heard.
    let here = |case: Option<CaseId>| case.map_or(ground.asked.only.is_open(), |case| cases.contains(&case));
    let mut rows: Vec<Line> = Vec::new();
    let mut add = |what: &What| {
        if !rows.iter().any(|row| row.what == *what) {
            let name = match what {
                What::Role(role) => role.clone(),
                What::Interviewer => "interviewer alone".into(),
                What::Other => "others".into(),
                What::Nobody => "outside of turns".into(),
                _ => "role not known".into(),
            };
            rows.push(Line::new(name, what.clone()));
        }
    };
    for person in ground.view.participants().filter(|person| here(person.case) && !person.role.trim().is_empty()) {
        add(&What::Role(person.role.trim().to_owned()));
    }
    for what in [What::NoRole, What::Other, What::Interviewer, What::Nobody] {
        if spoken.iter().any(|(_, whats)| whats.contains(&what)) {
            add(&what);
        }
    }
    spoken.iter().flat_map(|(_, whats)| whats).for_each(&mut add);
    let mut out = Matrix::new(ground.asked, lines::numbered(rows), columns);
    out.unread = unread;
    let across = out.columns.len();
    let place: HashMap<What, usize> = out.rows.iter().enumerate().map(|(n, row)| (row.what.clone(), n)).collect();
    for (at, whats) in &spoken {
        let columns = lines.get(&ground.counted()[*at].code).into_iter().flatten();
        for (what, column) in columns.flat_map(|column| whats.iter().map(move |what| (what, column))) {
            if let Some(row) = place.get(what) {
                out.cells[row * across + column].items.push(*at);
            }
        }
    }
    let not_yet = ground.not_yet(&out.columns);
    for row in 0..out.rows.len() {
        for (column, left) in not_yet.iter().enumerate() {
            let mut left: Vec<CaseId> = left.iter().copied().collect();
            left.sort_unstable();
            let cell = &mut out.cells[row * across + column];
            cell.all = cases.len();
            ground.settle(cell, left, |at| {
                let counted = &ground.counted()[at];
                (counted.case, ground.is_sure(counted))
            });
        }
    }
    let all = cases.len();
    out.sum(|_| Some(all), |_| Some(all), all);
    out
}

/// Looks up who speaks.
struct Voices<'a, 'b> {
    ground: &'a Ground<'b>,
    texts: HashMap<SourceId, Option<Transcript>>,
    unread: Vec<SourceId>,
}

impl Voices<'_, '_> {
    /// Who speaks in a passage, each once; the interviewer only where nobody else does. `None` if the text cannot be read.
    fn of(&mut self, counted: &Counted) -> Option<Vec<What>> {
        let ground = self.ground;
        let known = self.texts.entry(counted.source).or_insert_with(|| (ground.texts)(counted.source));
        let Some(Transcript { turns, .. }) = known else {
            if !self.unread.contains(&counted.source) {
                self.unread.push(counted.source);
            }
            return None;
        };
        let mut out: Vec<What> = Vec::new();
        for turn in turns.turns_in(counted.at) {
            let Some(label) = turns.label_of(turn) else { continue };
            let view = ground.view;
            let what = match view.who(counted.source, label) {
                Who::Interviewer => What::Interviewer,
                Who::Other => What::Other,
                Who::Unknown => What::NoRole,
                Who::Participant(person) => {
                    let role = person.and_then(|person| view.participant(person)).map(|person| person.role.trim());
                    role.filter(|role| !role.is_empty()).map_or(What::NoRole, |role| What::Role(role.to_owned()))
                }
            };
            if !out.contains(&what) {
                out.push(what);
            }
        }
        if out.is_empty() {
            out.push(What::Nobody);
        }
        if out.len() > 1 {
            out.retain(|what| *what != What::Interviewer);
        }
        Some(out)
    }
}

impl Matrix {
    /// Sums rows, columns and all: of `None` the numbers are added up, else the cases of any cell are counted, of so many.
    /// Where passages are counted they are always added up.
    pub(super) fn sum(
        &mut self,
        of_row: impl Fn(usize) -> Option<usize>,
        of_column: impl Fn(usize) -> Option<usize>,
        all: usize,
    ) {
        let cases = self.asked.count == Count::Cases;
        let sum = |cells: Vec<&Cell>, of: Option<usize>| match of.filter(|_| cases) {
            Some(all) => Cell::union(cells.into_iter(), all),
            None => Cell::plain(cells.iter().copied()),
        };
        self.row_sums = (0..self.rows.len()).map(|row| sum(self.row(row).iter().collect(), of_row(row))).collect();
        self.column_sums =
            (0..self.columns.len()).map(|column| sum(self.column(column).collect(), of_column(column))).collect();
        self.whole = sum(self.cells.iter().collect(), Some(all));
        for cell in
            self.cells.iter_mut().chain(&mut self.row_sums).chain(&mut self.column_sums).chain([&mut self.whole])
        {
            cell.looked = cell.struck.len();
            cell.looked +=
                cell.items.iter().filter(|at| self.pairs.get(**at).is_some_and(|pair| pair.found().is_some())).count();
        }
    }
}
