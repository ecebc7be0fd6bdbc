//! What follows from the questions of the Findings view.

use super::rules;
use crate::findings::expression;
use crate::findings::presence::Unit;
use crate::project::edit::{Edit, JudgeEdit, NewLine, NewTable, RowEdit, TableEdit};
use crate::project::id::{CaseId, CodeId, CodingId, LineId, RowId, TableId};
use crate::project::judgement::{Held, Judgement};
use crate::project::saved::TableLine;
use crate::report::counts::{Shown, table};
use crate::report::tables::Format;
use crate::screen::app::{App, Tone};
use crate::screen::written;

/// What the Findings view asks words for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    /// A line, case or table to go to.
    Find,
    /// Where the table is to be written.
    Write,
    /// The name of a new table.
    NewTable,
    /// Another name for a table.
    RenameTable(TableId),
    /// What a line is called in its table.
    Label(LineId),
    /// The heading it stands under.
    Heading(LineId),
    /// What a row holds of.
    Holds(RowId),
    /// Names for lines by how often they hold.
    Rules(TableId),
    /// Why this is held of a code in a case.
    Judge(CaseId, CodeId, Held),
}

/// Enter: does what the words are for; the question stays if that could not be done.
pub fn answered(app: &mut App, asked: Asked, words: &str) {
    let Some(question) = app.layers.pop() else { return };
    let done = match asked {
        Asked::Find => {
            let found = app.findings.find(&app.study, &app.waker, words);
            if !found {
                app.tell(Tone::Plain, format!("nothing in this view has “{words}”"));
            }
            found
        }
        Asked::Write => write(app, words),
        Asked::NewTable => new_table(app, words),
        Asked::RenameTable(id) => {
            let Some(new) = app.study.view().table(id).map(|table| NewTable::of(table)) else { return };
            super::set(app, id, NewTable { name: words.to_owned(), ..new })
        }
        Asked::Label(id) => with_line(app, id, |line, name| {
            let label = if words == name { String::new() } else { words.to_owned() };
            NewLine { label, ..NewLine::of(line) }
        }),
        Asked::Heading(id) => with_line(app, id, |line, _| NewLine { group: words.to_owned(), ..NewLine::of(line) }),
        Asked::Holds(id) => holds(app, id, words),
        Asked::Rules(id) => match rules::parse(words) {
            Ok(rules) => {
                let Some(new) = app.study.view().table(id).map(|table| NewTable::of(table)) else { return };
                super::set(app, id, NewTable { rules, ..new })
            }
            Err(why) => {
                app.tell(Tone::Refused, why);
                false
            }
        },
        Asked::Judge(case, code, held) => judge(app, case, code, Some(held), words),
    };
    if !done {
        app.layers.push(question);
    }
}

/// A line made something else; what was there already is no trouble.
fn with_line(app: &mut App, id: LineId, new: impl Fn(&TableLine, &str) -> NewLine) -> bool {
    let Some(line) = app.findings.line().map(|line| line.line.clone()).filter(|line| line.id == id) else {
        return true;
    };
    let view = app.study.view();
    let name = view.row(line.row).map(|row| row.name.clone()).unwrap_or_default();
    let new = new(&line, &name);
    if new == NewLine::of(&line) {
        return true;
    }
    super::set_line(app, id, new)
}

fn new_table(app: &mut App, words: &str) -> bool {
    let id: TableId = app.study.fresh_id().into();
    // Where all cases are of one kind, that is what is counted.
    let mut kinds: Vec<String> = app.study.view().cases().iter().map(|case| case.kind.clone()).collect();
    kinds.dedup();
    let kind = if kinds.len() == 1 { kinds.swap_remove(0) } else { String::new() };
    let new = NewTable { name: words.to_owned(), kind, ..NewTable::default() };
    let done = app.edit(&Edit::Tables(TableEdit::Set(id, Box::new(new)))).is_some();
    if done {
        app.findings.choose(id);
        app.findings.give(false);
        app.findings.refresh(&app.study, &app.waker);
    }
    done
}

fn holds(app: &mut App, id: RowId, words: &str) -> bool {
    let view = app.study.view();
    let Some(row) = view.row(id).cloned() else { return true };
    match expression::parse(&view, words) {
        Ok(holds) if holds == row.holds => true,
        Ok(holds) => app.edit(&Edit::Rows(RowEdit::Set { id, name: row.name.clone(), holds })).is_some(),
        Err(why) => {
            app.tell(Tone::Refused, why.to_string());
            false
        }
    }
}

fn write(app: &mut App, words: &str) -> bool {
    let Some(ready) = app.findings.ready() else { return true };
    let said = written::table(words, None, |format| {
        let for_files = matches!(format, Format::Csv | Format::Json);
        table(&app.study.view(), &ready.counted, Shown { for_files, ..Shown::default() })
    });
    written::told(app, said)
}

/// The answer to what is held of a code in a case: asks why, or takes one's judgement back.
pub fn judged(app: &mut App, case: CaseId, code: CodeId, answer: usize) {
    let Some(held) = Held::ALL.get(answer).copied() else {
        judge(app, case, code, None, "");
        return;
    };
    let view = app.study.view();
    let wave = app.findings.ready().and_then(|ready| ready.counted.table.wave);
    let id = Judgement::id_for(view.coder(), case, code, wave);
    let before = view.judgements().into_iter().find(|judgement| judgement.id == id);
    let reason = before.map(|judgement| judgement.reason.clone()).unwrap_or_default();
    let name = view.case(case).map(|case| case.name.clone()).unwrap_or_default();
    let title = format!("“{}” in {name}: {}", view.code_name(code), held.name());
    super::ask(app, &title, "why; may be empty", &reason, Asked::Judge(case, code, held));
}

fn judge(app: &mut App, case: CaseId, code: CodeId, held: Option<Held>, reason: &str) -> bool {
    let wave = app.findings.ready().and_then(|ready| ready.counted.table.wave);
    let codings: Vec<CodingId> = app.findings.ready().map_or_else(Vec::new, |ready| {
        let presence = &ready.counted.presence;
        let found = presence.passages(Unit::Case(case), code).into_iter().filter_map(|at| presence.counted(at));
        found.flat_map(|one| one.codings.iter().copied()).collect()
    });
    let reason = reason.to_owned();
    let edit = JudgeEdit::Case { case, code, wave, held, reason, codings, passages: Vec::new() };
    app.edit(&Edit::Judge(edit)).is_some()
}
