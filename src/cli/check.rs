//! `emic check`: whether everything in a project is as it should be.

use super::args::{Check, LookArgs};
use super::failure::{Failure, failed};
use super::{names, out};
use crate::report::tables::Format;
use crate::store::check::Weight;
use crate::store::{RealDisk, check};
use crate::table::Table;

pub(super) fn run(args: &Check, look: &LookArgs) -> Result<(), Failure> {
    let found = check(&RealDisk, &args.project)?;
    let damaged = found.iter().filter(|finding| finding.weight == Weight::Damage).count();
    let folder = names::shown(&args.project);
    let title = match found.len() {
        0 => format!("{folder}: everything is as it should be"),
        n => format!("{folder}: {}", out::counted(n, "finding", "findings")),
    };
    let mut table = Table::new(title, [("weight", "What it is"), ("place", "Where"), ("what", "What")]);
    for finding in found {
        let weight = match finding.weight {
            Weight::Damage => "damage",
            Weight::Question => "question",
            Weight::Remark => "remark",
        };
        table.push(vec![weight.into(), finding.place.into(), finding.what.into()]);
    }
    if table.rows.is_empty() && args.format.format == Format::Table {
        return out::say(&table.title);
    }
    out::print_table(&table, args.format.format, look)?;
    match damaged {
        0 => Ok(()),
        n => failed(format!("{} in {folder}; see what is printed above", out::counted(n, "damage", "damages"))),
    }
}
