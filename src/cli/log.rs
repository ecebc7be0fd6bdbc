//! `emic log`: what was done, by whom and when.

use super::args::{Log, LookArgs};
use super::failure::Failure;
use super::opening::Desk;
use super::out;
use crate::store::{RealDisk, log};
use crate::table::{Cell, Table};

/// What is said of a step that is its maker's own: a private memo, or something made for a blind round.
const HIDDEN: &str = "(its maker's own)";

pub(super) fn run(args: &Log, look: &LookArgs) -> Result<(), Failure> {
    let log = log(&RealDisk, &args.project)?;
    let desk = Desk::open(&args.project, Some(args.coder.as_deref().unwrap_or("all")))?;
    let view = desk.view();
    let all = log.len();
    let skip = args.last.map_or(0, |last| all.saturating_sub(last));
    let title = match all {
        0 => "Nothing was done here yet".to_owned(),
        _ if skip > 0 => format!("The last {} of {all} steps", all - skip),
        _ => format!("All {}, oldest first", out::counted(all, "step", "steps")),
    };
    let mut table = Table::new(title, [("at", "When"), ("by", "Who"), ("did", "What")]);
    table = table.in_files(["n", "writer", "undoes_n", "undoes_writer", "changes", "quiet"]);
    for entry in log.skip(skip) {
        let line = entry.line;
        let did = match line.undoes {
            _ if line.puts.iter().any(|put| view.hides_put(put, entry.coder)) => HIDDEN.to_owned(),
            Some(_) => format!("took back: {}", line.did),
            None => line.did.clone(),
        };
        table.push(vec![
            line.at.strftime("%Y-%m-%d %H:%M:%S").to_string().into(),
            line.by.as_str().into(),
            did.into(),
            entry.stamp.0.into(),
            entry.stamp.1.as_str().into(),
            Cell::from(line.undoes.map(|undoes| undoes.0)),
            Cell::from(line.undoes.map(|undoes| undoes.1.as_str().to_owned())),
            (line.puts.len() as u64).into(),
            line.quiet.into(),
        ]);
    }
    out::print_table(&table, args.format.format, look)
}
