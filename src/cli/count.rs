//! `emic count`: saved tables and expressions counted, listed, defined from a file.

use super::args::{Count, CountOf, LookArgs};
use super::failure::{Failure, failed};
use super::opening::{Desk, Work, by_hand, work};
use super::{names, out};
use crate::exchange::plain::{SizeVerdict, size_check};
use crate::findings::count;
use crate::findings::definition::{Asked, BadDefinition, ask, define, over, written};
use crate::findings::expression::offered;
use crate::findings::presence::{no_speakers, participants_in};
use crate::project::edit::{Ahead, Edit};
use crate::project::id::SourceId;
use crate::project::saved::{Counts, SavedTable};
use crate::project::view::View;
use crate::report::counts::{Shown, foot, rule, table};
use crate::report::tables::Format;
use crate::session::{EditError, Reading, SystemMint};
use crate::table::{Cell, Table};
use crate::text::Span;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

pub(super) fn run(args: &Count, look: &LookArgs) -> Result<(), Failure> {
    if let Some(file) = &args.define {
        return define_from(args, file);
    }
    if args.save.is_some() {
        return save(args);
    }
    let desk = Desk::open(&args.project, Some(args.who_works.coder.as_deref().unwrap_or("all")))?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    if args.definitions {
        return out::say(written(&view).trim_end());
    }
    if args.list {
        return out::print_table(&list(&view), args.format.format, look);
    }
    let mut mint = SystemMint::default();
    let mut ahead = Ahead::new(&view, &mut mint);
    let tables = wanted(&mut ahead, args)?;
    let view = ahead.view();
    if tables.is_empty() {
        let none = Table::new("No table is saved in this project; --expr counts in passing", [("table", "Table")]);
        return out::print_table(&none, args.format.format, look);
    }
    let readings = readings(&desk, &tables)?;
    let speakers = |source: SourceId, span: Span| {
        let turns = readings.get(&source).map(|reading| &reading.turns);
        turns.map_or_else(Vec::new, |turns| participants_in(&view, source, turns, span))
    };
    let counted: Vec<count::Counted> = tables
        .iter()
        .map(|saved| match saved.counts {
            Counts::Participants => count::table(&view, saved, args.by, &speakers),
            _ => count::table(&view, saved, args.by, &no_speakers),
        })
        .collect();
    let for_files = matches!(args.format.format, Format::Json | Format::Csv);
    let shown = Shown { how_often: args.count == Some(CountOf::Passages), who: args.who, for_files };
    let made = counted.iter().map(|counted| table(&view, counted, shown));
    if for_files {
        return out::print_table(&one(made), args.format.format, look);
    }
    for (at, (counted, made)) in counted.iter().zip(made).enumerate() {
        if at > 0 {
            out::print("\n")?;
        }
        out::print_table(&made, args.format.format, look)?;
        out::say(&format!("\n{}", foot(&view, counted).join("\n")))?;
    }
    Ok(())
}

/// What is asked for beside what is counted.
fn asked(args: &Count) -> Asked {
    let counts = args.count.map(|counted| match counted {
        CountOf::Cases | CountOf::Passages => Counts::Cases,
        CountOf::Participants => Counts::Participants,
        CountOf::Sources => Counts::Sources,
    });
    // How often something was said is told of saved tables without counting anything else than they do.
    let counts = counts.filter(|_| args.count != Some(CountOf::Passages));
    Asked {
        of: args.of.clone(),
        only: args.only.clone(),
        kind: args.kind.clone(),
        counts,
        wave: args.wave.clone(),
        beside: args.beside.clone(),
    }
}

/// The tables that are counted, as they are asked for.
fn wanted(ahead: &mut Ahead<'_>, args: &Count) -> Result<Vec<Arc<SavedTable>>, Failure> {
    let asked = asked(args);
    if !args.expr.is_empty() {
        // It has no name that anybody reads.
        let name = format!("asked {}", ahead.mint().id());
        let id = ask(ahead, &name, &args.expr, &asked)?;
        let table = ahead.view().table(id).map(|table| SavedTable::clone(table));
        return Ok(table.into_iter().map(|table| Arc::new(SavedTable { name: String::new(), ..table })).collect());
    }
    let mut tables: Vec<Arc<SavedTable>> = Vec::new();
    if args.table.is_empty() {
        tables = ahead.view().tables().into_iter().cloned().collect();
    }
    for name in &args.table {
        tables.push(saved(&ahead.view(), name)?.clone());
    }
    tables.iter().map(|saved| Ok(over(ahead, saved, &asked)?)).collect()
}

/// The saved table of a name, or of the only name that begins so.
fn saved<'a>(view: &View<'a>, name: &str) -> Result<&'a Arc<SavedTable>, Failure> {
    let tables = view.tables();
    let wanted = name.trim().to_lowercase();
    let mut begins = tables.iter().filter(|table| table.name.to_lowercase().starts_with(&wanted));
    let only = begins.next().filter(|_| begins.next().is_none());
    let same = tables.iter().find(|table| table.name.to_lowercase() == wanted);
    same.or(only).copied().ok_or_else(|| {
        let near = offered(name, tables.iter().map(|table| table.name.clone()));
        let hint = if near.is_empty() { "; `emic count PROJECT --list` lists them".to_owned() } else { near };
        Failure::Failed(format!("there is no table “{name}” in this project{hint}"))
    })
}

/// The saved tables, a row each.
fn list(view: &View<'_>) -> Table {
    let columns = [
        ("table", "Table"),
        ("counts", "Counts"),
        ("kind", "Kind"),
        ("lines", "Lines"),
        ("of", "Of"),
        ("wave", "Wave"),
        ("beside", "Beside"),
        ("rules", "Rules"),
    ];
    let tables = view.tables();
    let mut out = Table::new(out::counted(tables.len(), "saved table", "saved tables"), columns).in_files(["id"]);
    for saved in tables {
        let wave = |id| Cell::from(view.wave(id).map(|wave| wave.name.as_str()));
        out.push(vec![
            saved.name.as_str().into(),
            saved.counts.name().into(),
            saved.kind.as_str().into(),
            (view.lines(saved.id).len() as u64).into(),
            saved.of.and_then(|of| view.row(of)).map(|row| row.name.as_str()).into(),
            saved.wave.map(wave).unwrap_or_default(),
            saved.beside.map(wave).unwrap_or_default(),
            saved.rules.iter().map(rule).collect::<Vec<_>>().join("; ").into(),
            saved.id.0.guid().into(),
        ]);
    }
    out
}

/// Several tables as one, for files.
fn one(tables: impl Iterator<Item = Table>) -> Table {
    let mut tables = tables;
    let mut first = tables.next().unwrap_or_default();
    for table in tables {
        first.rows.extend(table.rows);
    }
    first
}

/// The texts, where it matters who speaks.
fn readings(desk: &Desk, tables: &[Arc<SavedTable>]) -> Result<HashMap<SourceId, Reading>, Failure> {
    if tables.iter().all(|table| table.counts != Counts::Participants) {
        return Ok(HashMap::new());
    }
    desk.view().sources().into_iter().map(|source| Ok((source.id, desk.read(source.id)?))).collect()
}

/// Saves expressions as a table.
fn save(args: &Count) -> Result<(), Failure> {
    let name = args.save.as_deref().unwrap_or_default();
    let edit_of = |view: &View<'_>| -> Result<Edit, Failure> {
        let mut mint = SystemMint::default();
        let mut ahead = Ahead::new(view, &mut mint);
        ask(&mut ahead, name, &args.expr, &asked(args))?;
        Ok(ahead.into_edit())
    };
    let lines = out::counted(args.expr.len(), "line", "lines");
    change(args, edit_of, &format!("Saved the table “{}” with {lines}.", name.trim()))
}

/// Makes rows and tables what a file says.
fn define_from(args: &Count, file: &Path) -> Result<(), Failure> {
    let shown = names::shown(file);
    let unreadable =
        |why: std::io::Error| Failure::Failed(format!("{shown} cannot be read: {why}; nothing was changed"));
    let about = std::fs::metadata(file).map_err(unreadable)?;
    if about.is_dir() {
        return failed(format!("{shown} is a folder; name the file of rows and tables in it"));
    }
    if size_check(about.len()) == SizeVerdict::Refused {
        return failed(format!("{shown} is too large for a file of rows and tables; nothing was changed"));
    }
    let text = std::fs::read_to_string(file).map_err(unreadable)?;
    let edit_of = |view: &View<'_>| {
        let found = define(view, &text, &mut SystemMint::default());
        found.map_err(|why| Failure::Failed(format!("{shown}: {why}; nothing was changed")))
    };
    change(args, edit_of, &format!("The rows and tables of {shown} are defined."))
}

/// Plans an edit against what is there, and does it as one step. What is wrong is said before anything is touched.
fn change(args: &Count, edit_of: impl Fn(&View<'_>) -> Result<Edit, Failure>, done: &str) -> Result<(), Failure> {
    let desk = Desk::before_working(&args.project, &by_hand(&args.who_works, false))?;
    if edit_of(&desk.view())? == Edit::All(Vec::new()) {
        return out::say("All of it is there already; nothing was changed.");
    }
    let Work { mut study, notes, read_only } = work(&args.project, by_hand(&args.who_works, false))?;
    notes.iter().for_each(|note| out::note(note));
    if let Some(why) = read_only {
        return failed(format!("nothing was changed: {why}"));
    }
    let edit = edit_of(&study.view())?;
    study.apply(&edit).map_err(|why: EditError| Failure::from(why))?;
    study.finish()?;
    out::say(done)
}

impl From<BadDefinition> for Failure {
    fn from(why: BadDefinition) -> Self {
        Self::Failed(why.to_string())
    }
}
