//! Findings: lines of saved tables, what they count and of what, their order and names, judgements, writing to files.

mod answers;
mod choosing;
mod rules;

pub use answers::{Asked, answered, judged};
pub use choosing::{Choice, Pick, chosen, countable};

use crate::project::edit::{Edit, NewLine, NewTable, TableEdit};
use crate::project::id::{LineId, TableId};
use crate::project::saved::{Counts, SavedTable, Sort, TableLine, Under};
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::page::Page;
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::views::findings;
use std::sync::Arc;

rows! { FINDINGS: Findings;
    "findings-down" "Next line" "" Findings ["j" "<Down>"] "" => |app| app.findings.step(&app.study, &app.waker, 1);
    "findings-up" "Previous line" "" Findings ["k" "<Up>"] "" => |app| app.findings.step(&app.study, &app.waker, -1);
    "findings-page-down" "A page of lines down" "" Findings ["<PageDown>" "<C-d>"] "" => |app| app.findings.step(&app.study, &app.waker, 12);
    "findings-page-up" "A page of lines up" "" Findings ["<PageUp>" "<C-u>"] "" => |app| app.findings.step(&app.study, &app.waker, -12);
    "findings-first" "First line" "" Findings ["gg" "<Home>"] "" => |app| app.findings.step(&app.study, &app.waker, i32::MIN / 2);
    "findings-last" "Last line" "" Findings ["G" "<End>"] "" => |app| app.findings.step(&app.study, &app.waker, i32::MAX / 2);
    "findings-right" "Next case of the line" "cases" Findings ["l" "<Right>"] "cell, column" => |app| app.findings.across(false);
    "findings-left" "Previous case; the whole line; the list of tables" "" Findings ["h" "<Left>"] "cell, column" => |app| app.findings.across(true);
    "findings-open" "The passages behind the figure, or the cases that have the value" "passages" Findings ["<Enter>"] "retrieve, quotations, segments" => findings::open;
    "findings-details" "All that is said of the line, as a page" "details" Findings ["d"] "who" => details;
    "findings-add" "Add a line: a code, a parent with those below, a value, an expression" "add" Findings ["a"] "row, variable" => add;
    "findings-table" "Begin a new table" "new table" Findings ["A"] "" => new_table;
    "findings-change" "Change what the line counts: its expression" "change" Findings ["c"] "edit, query" => change;
    "findings-rename" "Call the line, or the table, something else" "rename" Findings ["r"] "label" => rename;
    "findings-heading" "The heading that the line stands under" "heading" Findings ["H"] "group" => heading;
    "findings-in" "Set the line in" "" Findings [">" "L"] "indent" => |app| set_in(app, true);
    "findings-out" "Set the line out" "" Findings ["<lt>" "T"] "indent" => |app| set_in(app, false);
    "findings-remove" "Take the line out of the table; in the list, delete the table" "remove" Findings ["x" "<Del>"] "delete" => remove;
    "findings-move-down" "Move the line, or the table, down" "" Findings ["J" "<A-Down>"] "order" => |app| shift(app, true);
    "findings-move-up" "Move the line, or the table, up" "" Findings ["K" "<A-Up>"] "order" => |app| shift(app, false);
    "findings-important" "Mark the line as important, or not" "important" Findings ["*" "I"] "star, pioneering" => important;
    "findings-rules" "Names for lines by how often they hold: common >= 10" "names" Findings ["R"] "threshold, class" => name_rules;
    "findings-of" "What percentages of the table are of" "of what" Findings ["O"] "denominator, base" => |app| choosing::denominator(app, false);
    "findings-line-of" "What the percentage of this line is of" "" Findings ["o"] "denominator, base" => |app| choosing::denominator(app, true);
    "findings-filter" "Count only those of which something holds" "only" Findings ["f"] "filter, where" => choosing::only;
    "findings-waves" "The wave that is counted, or two beside each other" "waves" Findings ["W"] "time, follow-up" => choosing::waves;
    "findings-counts" "Count cases, participants or sources" "" Findings ["C"] "unit" => next_counts;
    "findings-kind" "The kind of case that is counted" "" Findings ["V"] "practice, expert" => next_kind;
    "findings-by" "By the working set, any coder, all coders, the majority" "" Findings ["B"] "consensus" => by;
    "findings-sort" "Sort: as put, by count, by name" "sort" Findings ["S"] "order" => next_sort;
    "findings-theme" "Group the lines by theme, or under their own headings" "by theme" Findings ["t"] "category" => by_theme;
    "findings-split" "Group the cases by the values of an attribute" "group cases" Findings ["s"] "cross-tabulation, columns" => choosing::split;
    "findings-judge" "What you hold of the code in the case: present, explicitly not, …" "judge" Findings ["p"] "absent, not asked, unclear" => choosing::judge;
    "findings-write" "Write the table to a file: .csv, .md, .json, .txt" "write" Findings ["w"] "export, save" => write;
}

/// The table in hand; says so if there is none.
fn table(app: &mut App) -> Option<Arc<SavedTable>> {
    let found = app.findings.table().and_then(|id| app.study.view().table(id).cloned());
    if found.is_none() {
        app.tell(Tone::Plain, "no table is saved yet; a makes one");
    }
    found
}

/// The line in hand; says so if there is none.
fn line(app: &mut App) -> Option<Arc<TableLine>> {
    let found = app.findings.line().map(|line| line.line.clone());
    if found.is_none() {
        app.tell(Tone::Plain, "there is no line in this table yet; a adds one");
    }
    found
}

fn ask(app: &mut App, title: &str, hint: &str, words: &str, asked: Asked) {
    app.layers.push(Layer::Prompt(Prompt::new(title, hint, words, AskFor::Findings(asked))));
}

/// Makes the table in hand something else.
fn set(app: &mut App, id: TableId, new: NewTable) -> bool {
    app.edit(&Edit::Tables(TableEdit::Set(id, Box::new(new)))).is_some()
}

/// Makes a line something else.
fn set_line(app: &mut App, id: LineId, new: NewLine) -> bool {
    app.edit(&Edit::Tables(TableEdit::Line(id, new))).is_some()
}

fn details(app: &mut App) {
    match findings::details(app) {
        Some((title, words)) => app.layers.push(Layer::Page(Page { title, words, top: 0 })),
        None => app.tell(Tone::Plain, "there is no line to tell of yet"),
    }
}

fn add(app: &mut App) {
    if app.findings.table().is_none() || app.findings.in_list() {
        new_table(app);
        return;
    }
    choosing::add(app);
}

fn new_table(app: &mut App) {
    ask(app, "A new table", "what it is called: Common strategies", "", Asked::NewTable);
}

fn change(app: &mut App) {
    let Some(line) = line(app) else { return };
    let view = app.study.view();
    let Some(row) = view.row(line.row) else { return };
    let words = crate::findings::expression::print(&view, &row.holds);
    let title = format!("“{}” holds where", row.name);
    let hint = "a code, Parent/** with those below it, [Setting = Rural], [Staff >= 2], row \"Name\",\nany(…), all(…), \
                none(…), at least 2 of (…) of these";
    ask(app, &title, hint, &words, Asked::Holds(line.row));
}

fn rename(app: &mut App) {
    if app.findings.in_list() {
        let Some(table) = table(app) else { return };
        ask(app, "Call the table", "", &table.name, Asked::RenameTable(table.id));
        return;
    }
    let Some(line) = line(app) else { return };
    let name = app.findings.line().map(|line| line.name.clone()).unwrap_or_default();
    ask(app, "Call the line", "in this table; empty for the name of what it counts", &name, Asked::Label(line.id));
}

fn heading(app: &mut App) {
    if table(app).is_some_and(|table| table.under == Under::Themes) {
        app.tell(Tone::Refused, "the lines stand under their themes; t gives them their own headings again");
        return;
    }
    let Some(line) = line(app) else { return };
    ask(app, "The heading it stands under", "empty for none", &line.group, Asked::Heading(line.id));
}

fn set_in(app: &mut App, more: bool) {
    let Some(line) = line(app) else { return };
    let indent = if more { line.indent.saturating_add(1).min(4) } else { line.indent.saturating_sub(1) };
    set_line(app, line.id, NewLine { indent, ..NewLine::of(&line) });
}

fn remove(app: &mut App) {
    if app.findings.in_list() {
        let Some(table) = table(app) else { return };
        app.edit(&Edit::Tables(TableEdit::Delete(table.id)));
        return;
    }
    let Some(line) = line(app) else { return };
    app.edit(&Edit::Tables(TableEdit::DeleteLine(line.id)));
}

fn shift(app: &mut App, down: bool) {
    let Some(table) = table(app) else { return };
    if app.findings.in_list() {
        let ids: Vec<TableId> = app.study.view().tables().iter().map(|table| table.id).collect();
        let at = ids.iter().position(|id| *id == table.id).unwrap_or(0);
        let after = if down { ids.get(at + 1) } else { at.checked_sub(2).and_then(|at| ids.get(at)) };
        if (down && after.is_some()) || (!down && at > 0) {
            app.edit(&Edit::Tables(TableEdit::Move(table.id, after.copied())));
        }
        return;
    }
    if table.sort != Sort::AsPut {
        app.tell(Tone::Refused, "the lines are sorted; S leaves them as they were put");
        return;
    }
    if table.under == Under::Themes {
        app.tell(Tone::Refused, "the lines stand in the order of the themes; t leaves them as they were put");
        return;
    }
    let Some(line) = line(app) else { return };
    let Some(ready) = app.findings.ready() else { return };
    let lines: Vec<Arc<TableLine>> = ready.counted.lines.iter().map(|line| line.line.clone()).collect();
    let Some(at) = lines.iter().position(|other| other.id == line.id) else { return };
    let Some(next) = (if down { lines.get(at + 1) } else { at.checked_sub(1).and_then(|at| lines.get(at)) }) else {
        return;
    };
    let before = |n: usize| at.checked_sub(n).and_then(|at| lines.get(at)).map(|line| line.id);
    // Across a heading it first goes under that, at the near end.
    let across = next.group != line.group;
    let after = match (down, across) {
        (true, false) => Some(next.id),
        (true, true) => before(1),
        (false, false) => before(2),
        (false, true) => Some(next.id),
    };
    let mut edits = vec![Edit::Tables(TableEdit::MoveLine(line.id, after))];
    if across {
        let group = next.group.clone();
        edits.insert(0, Edit::Tables(TableEdit::Line(line.id, NewLine { group, ..NewLine::of(&line) })));
    }
    app.findings.choose_line(line.id);
    app.edit(&Edit::All(edits));
}

fn important(app: &mut App) {
    let Some(line) = line(app) else { return };
    set_line(app, line.id, NewLine { important: !line.important, ..NewLine::of(&line) });
}

fn name_rules(app: &mut App) {
    let Some(table) = table(app) else { return };
    let hint = "the first that fits names the line: common >= 10, pioneering < 10 important; empty for none";
    ask(app, "Names by how often it holds", hint, &rules::print(&table.rules), Asked::Rules(table.id));
}

fn next_counts(app: &mut App) {
    let Some(table) = table(app) else { return };
    let at = Counts::ALL.iter().position(|counts| *counts == table.counts).unwrap_or(0);
    let counts = Counts::ALL[(at + 1) % Counts::ALL.len()];
    if set(app, table.id, NewTable { counts, ..NewTable::of(&table) }) {
        app.tell(Tone::Done, format!("counts {}", counts.name()));
    }
}

fn next_kind(app: &mut App) {
    let Some(table) = table(app) else { return };
    let mut kinds: Vec<String> = app.study.view().cases().iter().map(|case| case.kind.clone()).collect();
    kinds.sort();
    kinds.dedup();
    kinds.retain(|kind| !kind.is_empty());
    kinds.insert(0, String::new());
    let at = kinds.iter().position(|kind| *kind == table.kind).unwrap_or(0);
    let kind = kinds[(at + 1) % kinds.len()].clone();
    let said = if kind.is_empty() { "counts all kinds of cases".to_owned() } else { format!("counts “{kind}”") };
    if set(app, table.id, NewTable { kind, ..NewTable::of(&table) }) {
        app.tell(Tone::Done, said);
    }
}

fn by(app: &mut App) {
    let by = app.findings.next_by();
    app.findings.refresh(&app.study, &app.waker);
    app.tell(Tone::Done, format!("present by: {by}"));
}

fn next_sort(app: &mut App) {
    let Some(table) = table(app) else { return };
    let (sort, said) = match table.sort {
        Sort::AsPut => (Sort::ByCount, "the greatest count first"),
        Sort::ByCount => (Sort::ByName, "by name"),
        Sort::ByName => (Sort::AsPut, "as they were put"),
    };
    if set(app, table.id, NewTable { sort, ..NewTable::of(&table) }) {
        app.tell(Tone::Done, said);
    }
}

fn by_theme(app: &mut App) {
    let Some(table) = table(app) else { return };
    let (under, said) = match table.under {
        Under::Headings if app.study.view().themes().is_empty() => {
            app.tell(Tone::Refused, "there is no theme yet; gB is where they are made");
            return;
        }
        Under::Headings => (Under::Themes, "under the themes that hold what they count"),
        Under::Themes => (Under::Headings, "under their own headings"),
    };
    if set(app, table.id, NewTable { under, ..NewTable::of(&table) }) {
        app.tell(Tone::Done, said);
    }
}

fn write(app: &mut App) {
    if app.findings.ready().is_none() {
        app.tell(Tone::Plain, "there is nothing to write yet");
        return;
    }
    ask(app, "Write the table to", "a path; .csv, .md, .json or .txt says how", "table.csv", Asked::Write);
}
