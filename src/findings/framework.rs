//! The framework matrix: cases down, themes or codes across; in each cell what was made of the case under the heading,
//! beside the extracts it was made from, and what has changed of these since.
//!
//! The extracts of a cell are those of the working set whose code stands under the heading, and what a theme itself holds.
//! A summary remembers the codings it was written from as tables counted them then, with the ends and the code that were
//! decided where coders reconciled; it is compared with them as they are counted now.

mod since;

use super::working::Working;
use crate::project::id::{CaseId, CodeId, CodingId, SourceId};
use crate::project::summary::{Basis, Heading, Summary};
use crate::project::theme::{Holds, Stance};
use crate::project::view::{View, Whose};
use crate::table::{Cell as Said, Table, Value};
use crate::text::Span;
use since::changes;
pub use since::{Change, changes_in_words, place_of};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A framework matrix.
#[derive(Clone, Debug, Default)]
pub struct Framework {
    /// The cases, top to bottom.
    pub cases: Vec<CaseId>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The cells, row by row.
    cells: Vec<Cell>,
}

/// A column.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// What it is.
    pub of: Heading,
    /// What that is called.
    pub name: String,
    /// The codes that belong to it, those below counted in.
    pub codes: Vec<CodeId>,
}

/// What there is of a case under a heading.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What was made of it: the viewer's own first, then others' by time.
    pub written: Vec<Written>,
    /// The extracts that belong here now, by source in the order of the study, then by place.
    pub extracts: Vec<Extract>,
}

/// A summary, held against what belongs to its cell now.
#[derive(Clone, Debug)]
pub struct Written {
    /// The summary.
    pub summary: Arc<Summary>,
    /// The initials of who wrote it.
    pub initials: String,
    /// Whether the viewer wrote it.
    pub own: bool,
    /// What has changed since: by coding as it was written from, then what came in.
    pub changes: Vec<Change>,
}

/// An extract.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Extract {
    /// The source.
    pub source: SourceId,
    /// Its words, in the present version of the text.
    pub at: Span,
    /// Its code.
    pub code: CodeId,
    /// The codings that it rests on.
    pub codings: Vec<CodingId>,
    /// What it does to the theme, where the theme itself holds it.
    pub stance: Option<Stance>,
}

impl Cell {
    /// The viewer's own summary.
    #[must_use]
    pub fn own(&self) -> Option<&Written> {
        self.written.iter().find(|written| written.own)
    }

    /// The summary that is shown first: one's own, else the newest of others.
    #[must_use]
    pub fn first(&self) -> Option<&Written> {
        self.own().or(self.written.last())
    }

    /// Whether anything has changed since any of its summaries.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.written.iter().any(|written| !written.changes.is_empty())
    }

    /// The codings that a summary written now is written from, each once.
    #[must_use]
    pub fn codings(&self) -> Vec<CodingId> {
        let mut met = HashSet::new();
        self.extracts.iter().flat_map(|extract| extract.codings.iter().copied()).filter(|id| met.insert(*id)).collect()
    }

    /// What a summary written now is written from: its codings with the words and the code that are counted, each once.
    #[must_use]
    pub fn basis(&self, view: &View<'_>) -> Vec<Basis> {
        let mut met = HashSet::new();
        let of = |extract: &Extract| {
            let (code, at) = (extract.code, view.passage(extract.source, extract.at));
            extract.codings.iter().map(move |coding| Basis { coding: *coding, code, at }).collect::<Vec<_>>()
        };
        self.extracts.iter().flat_map(of).filter(|basis| met.insert(basis.coding)).collect()
    }
}

impl Framework {
    /// The cell of a row and a column, both by number.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        if column >= self.columns.len() {
            return None;
        }
        self.cells.get(row * self.columns.len() + column)
    }
}

/// The headings that a study offers before anybody has chosen: its themes that hold anything, else its codes at the top.
#[must_use]
pub fn offered(view: &View<'_>) -> Vec<Heading> {
    let holding = |id| !view.theme_items(id).is_empty();
    let themes: Vec<Heading> =
        view.themes().into_iter().filter(|theme| holding(theme.id)).map(|theme| Heading::Theme(theme.id)).collect();
    if themes.is_empty() { view.codebook().top().iter().map(|code| Heading::Code(*code)).collect() } else { themes }
}

/// What a heading is called; `None` where it is gone.
#[must_use]
pub fn name_of<'a>(view: &View<'a>, of: Heading) -> Option<&'a str> {
    match of {
        Heading::Theme(theme) => view.theme(theme).map(|theme| theme.name.as_str()),
        Heading::Code(code) => view.code(code).map(|node| node.code.name.as_str()),
    }
}

/// The codes that belong to a heading, those below counted in, each once.
#[must_use]
pub fn codes_of(view: &View<'_>, of: Heading) -> Vec<CodeId> {
    let book = view.codebook();
    let mut out = Vec::new();
    let mut add = |code: CodeId, below: bool| {
        let codes = if below { book.branch(code) } else { book.resolve(code).into_iter().collect() };
        for code in codes {
            if !out.contains(&code) {
                out.push(code);
            }
        }
    };
    match of {
        Heading::Code(code) => add(code, true),
        Heading::Theme(theme) => {
            for item in view.theme_items(theme) {
                match item.what {
                    Holds::Code(code) => add(code, true),
                    Holds::Row(row) => {
                        let mut met = HashSet::from([row]);
                        let mut next = vec![row];
                        while let Some(row) = next.pop().and_then(|row| view.row(row)) {
                            row.holds.codes().into_iter().for_each(|(code, below)| add(code, below));
                            next.extend(row.holds.rows().into_iter().filter(|row| met.insert(*row)));
                        }
                    }
                    Holds::Extract(..) => {}
                }
            }
        }
    }
    out
}

/// The framework matrix of these cases and headings; those that are gone are left out.
#[must_use]
pub fn framework(view: &View<'_>, working: &Working, cases: &[CaseId], headings: &[Heading]) -> Framework {
    let all = view.showing(Whose::Everybody);
    let cases: Vec<CaseId> = cases.iter().copied().filter(|case| view.case(*case).is_some()).collect();
    let row_of: HashMap<CaseId, usize> = cases.iter().enumerate().map(|(n, case)| (*case, n)).collect();
    let columns: Vec<Column> = headings
        .iter()
        .filter_map(|&of| {
            let name = name_of(view, of)?.to_owned();
            Some(Column { of, name, codes: codes_of(view, of) })
        })
        .collect();
    let mut cells: Vec<Cell> = Vec::new();
    cells.resize_with(cases.len() * columns.len(), Cell::default);
    let place: HashMap<SourceId, usize> = view.sources().iter().enumerate().map(|(n, source)| (source.id, n)).collect();
    for (n, column) in columns.iter().enumerate() {
        let codes: HashSet<CodeId> = column.codes.iter().copied().collect();
        for one in working.counted.iter().filter(|one| codes.contains(&one.code)) {
            let Some(row) = one.case.and_then(|case| row_of.get(&case)) else { continue };
            let (source, at, code, codings) = (one.source, one.at, one.code, one.codings.clone());
            cells[row * columns.len() + n].extracts.push(Extract { source, at, code, codings, stance: None });
        }
        let Heading::Theme(theme) = column.of else { continue };
        for item in view.theme_items(theme) {
            let Holds::Extract(id, stance) = item.what else { continue };
            let Some(seen) = all.coding(id) else { continue };
            let source = seen.coding.at.source;
            let case = view.source(source).and_then(|source| source.case);
            let Some(row) = case.and_then(|case| row_of.get(&case)) else { continue };
            let extracts = &mut cells[row * columns.len() + n].extracts;
            match extracts.iter_mut().find(|extract| extract.codings.contains(&id)) {
                Some(extract) => extract.stance = Some(stance),
                None => {
                    let (at, code, codings) = (seen.span, seen.code, vec![id]);
                    extracts.push(Extract { source, at, code, codings, stance: Some(stance) });
                }
            }
        }
    }
    for cell in &mut cells {
        cell.extracts.sort_by_key(|extract| (place.get(&extract.source).copied(), extract.at, extract.code));
    }
    let resolved = |of: Heading| match of {
        Heading::Code(code) => Heading::Code(view.codebook().resolve(code).unwrap_or(code)),
        theme => theme,
    };
    for summary in view.summaries() {
        let of = resolved(summary.of);
        let here = columns.iter().position(|column| resolved(column.of) == of);
        let (Some(row), Some(column)) = (row_of.get(&summary.case), here) else { continue };
        let cell = &mut cells[row * columns.len() + column];
        let changes = changes(&all, summary, cell);
        let own = summary.coder == view.coder();
        let written =
            Written { summary: Arc::clone(summary), initials: view.initials(summary.coder).to_owned(), own, changes };
        if own { cell.written.insert(0, written) } else { cell.written.push(written) }
    }
    Framework { cases, columns, cells }
}

/// A framework matrix as a table: a row a summary, and one for each cell with extracts that nobody has written on.
#[must_use]
pub fn as_table(view: &View<'_>, matrix: &Framework) -> Table {
    let columns = [
        ("case", "Case"),
        ("heading", "Under"),
        ("extracts", "Extracts"),
        ("by", "By"),
        ("written", "Written"),
        ("summary", "Summary"),
        ("changed", "Changed since"),
    ];
    let mut table = Table::new("Framework", columns).in_files(["kind", "written_from", "case_id", "heading_id"]);
    for (row, case) in matrix.cases.iter().enumerate() {
        for (n, column) in matrix.columns.iter().enumerate() {
            let Some(place) = matrix.cell(row, n) else { continue };
            if place.written.is_empty() && !place.extracts.is_empty() {
                table.push(line(view, *case, column, place, None));
            }
            for written in &place.written {
                table.push(line(view, *case, column, place, Some(written)));
            }
        }
    }
    table
}

fn line(view: &View<'_>, case: CaseId, column: &Column, place: &Cell, written: Option<&Written>) -> Vec<Said> {
    let from = place.codings().into_iter().map(|coding| coding.0.guid()).collect();
    let (kind, id) = match column.of {
        Heading::Theme(theme) => ("theme", theme.0.guid()),
        Heading::Code(code) => ("code", code.0.guid()),
    };
    vec![
        view.case(case).map(|case| case.name.as_str()).into(),
        column.name.as_str().into(),
        Said { value: Value::Count(place.extracts.len() as u64), from },
        written.map(|written| written.initials.as_str()).into(),
        written.map(|written| written.summary.at.strftime("%Y-%m-%d").to_string()).into(),
        written.map(|written| written.summary.text.as_str()).into(),
        written.map(|written| changes_in_words(&written.changes)).into(),
        kind.into(),
        written.map(|written| written.summary.from.len() as u64).into(),
        case.0.guid().into(),
        id.into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::ItemType;
    use crate::findings::queue::Item;
    use crate::findings::testing::Trial;
    use crate::findings::working::working;
    use crate::project::decision::Outcome;
    use crate::project::edit::{Edit, JudgeEdit};
    use crate::project::testing::Desk;

    struct Room {
        desk: Desk,
        case: CaseId,
        source: SourceId,
        above: CodeId,
        below: CodeId,
    }

    fn room() -> Room {
        let mut desk = Desk::new();
        let (case, source) = desk.case("P01");
        let above = desk.code("Above");
        let below = desk.code_under(above, "Below");
        Room { desk, case, source, above, below }
    }

    impl Room {
        fn now(&self, of: Heading) -> Framework {
            framework(&self.desk.view(), &working(&self.desk.view()), &[self.case], &[of])
        }

        fn cell(&self, of: Heading) -> Cell {
            self.now(of).cell(0, 0).expect("a cell").clone()
        }

        fn sum_up(&mut self, of: Heading, text: &str) {
            let (case, from) = (self.case, self.cell(of).basis(&self.desk.view()));
            self.desk.apply(&Edit::Judge(JudgeEdit::Summary { case, of, text: text.into(), from }));
        }

        fn changes(&self, of: Heading) -> Vec<&'static str> {
            self.cell(of).written.iter().flat_map(|w| w.changes.iter().map(Change::word)).collect()
        }
    }

    #[test]
    fn a_cell_has_the_passages_of_its_code_and_of_those_below_it() {
        let mut room = room();
        room.desk.lay(room.source, 20, 30, room.below);
        room.desk.lay(room.source, 0, 10, room.above);
        let other = room.desk.code("Other");
        room.desk.lay(room.source, 40, 50, other);
        let at = |of| room.cell(of).extracts.iter().map(|e| e.at.start.0).collect::<Vec<_>>();
        assert_eq!(at(Heading::Code(room.above)), [0, 20]);
        assert_eq!(at(Heading::Code(room.below)), [20]);
    }

    #[test]
    fn a_summary_tells_what_has_changed_of_what_it_was_written_from() {
        let mut room = room();
        let of = Heading::Code(room.above);
        room.desk.lay(room.source, 0, 10, room.above);
        room.desk.lay(room.source, 20, 30, room.below);
        let third = room.desk.lay(room.source, 40, 50, room.above);
        room.sum_up(of, "They wait.");
        assert_eq!(room.changes(of), [""; 0]);
        // Another passage, one taken away, one moved to a code of elsewhere, one given other ends.
        room.desk.lay(room.source, 60, 70, room.below);
        assert_eq!(room.changes(of), ["added"]);
        room.desk.apply(&Edit::Remove(vec![third]));
        assert_eq!(room.changes(of), ["gone", "added"]);
        let (first, other) = (room.desk.coding_over(room.source, 0, 10, room.above), room.desk.code("Other"));
        room.desk.apply(&Edit::Recode(vec![first], other));
        assert_eq!(room.changes(of), ["recoded", "gone", "added"]);
        let second = room.desk.coding_over(room.source, 20, 30, room.below);
        let to = room.desk.passage(room.source, 20, 35);
        room.desk.apply(&Edit::Resize(second, to));
        assert_eq!(room.changes(of), ["recoded", "resized", "gone", "added"]);
        let cell = room.cell(of);
        assert_eq!(changes_in_words(&cell.written[0].changes), "1 added, 1 gone, 1 resized, 1 recoded");
        room.sum_up(of, "They still wait.");
        assert_eq!(room.changes(of), [""; 0], "written again from what is there");
    }

    #[test]
    fn what_is_decided_when_coders_reconcile_marks_the_summaries_written_from_it() {
        let mut trial = Trial::open(1, 1, 2);
        // Both saw the one passage, with other ends; the other only one of them saw.
        trial.lay(0, 0, 10, 20, 0);
        trial.lay(1, 0, 10, 26, 0);
        trial.lay(0, 0, 40, 50, 0);
        trial.reveal();
        let (case, code) = (trial.cases[0], trial.codes[0]);
        let of = Heading::Code(code);
        let ends = |item: &Item| matches!(item.kind, ItemType::Extent | ItemType::Split);
        trial.decide(Outcome::Tighter, ends);
        trial.decide(Outcome::As(trial.coders[0]), |item| item.kind == ItemType::Only);
        let cell = |trial: &Trial| {
            let view = trial.view();
            framework(&view, &working(&view), &[case], &[of]).cell(0, 0).expect("a cell").clone()
        };
        let now = cell(&trial);
        assert_eq!(now.extracts.iter().map(|extract| extract.at.end.0).collect::<Vec<_>>(), [20, 50]);
        let from = now.basis(&trial.view());
        trial.desk.apply(&Edit::Judge(JudgeEdit::Summary { case, of, text: "They wait.".into(), from }));
        let told = |trial: &Trial| changes_in_words(&cell(trial).written[0].changes);
        assert_eq!(told(&trial), "");
        trial.decide(Outcome::Wider, ends);
        assert!(told(&trial).contains("resized"), "other ends were decided: {}", told(&trial));
        trial.decide(Outcome::Tighter, ends);
        assert_eq!(told(&trial), "", "as they were");
        trial.decide(Outcome::Neither, |item| item.kind == ItemType::Only);
        assert_eq!(told(&trial), "1 gone", "it was turned down");
    }

    #[test]
    fn a_corrected_text_or_a_renamed_or_merged_code_is_no_change_of_an_extract() {
        let mut room = room();
        let of = Heading::Code(room.above);
        room.desk.lay(room.source, 20, 30, room.below);
        room.sum_up(of, "They wait.");
        room.desk.correct(room.source, 5, 8, 9);
        let into = room.desk.code_under(room.above, "Into");
        room.desk.apply(&Edit::MergeCodes { from: vec![room.below], into });
        assert_eq!(room.changes(of), [""; 0]);
        assert_eq!(room.cell(of).extracts[0].at.start.0, 26);
    }

    #[test]
    fn ones_own_summary_comes_first_and_others_are_signed() {
        let mut room = room();
        let of = Heading::Code(room.above);
        room.desk.lay(room.source, 20, 30, room.below);
        let (case, from) = (room.case, room.cell(of).basis(&room.desk.view()));
        let theirs = JudgeEdit::Summary { case, of, text: "Theirs".into(), from };
        room.desk.as_other(|desk| desk.apply(&Edit::Judge(theirs)));
        assert_eq!(room.cell(of).first().map(|w| (w.initials.as_str(), w.own)), Some(("SC", false)));
        room.sum_up(of, "Mine");
        let cell = room.cell(of);
        assert_eq!(cell.written.iter().map(|w| w.initials.as_str()).collect::<Vec<_>>(), ["PB", "SC"]);
        assert_eq!(cell.own().map(|w| w.summary.text.as_str()), Some("Mine"));
    }
}
