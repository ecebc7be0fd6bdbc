//! `emic matrix`: cases, codes, values or roles put against codes.

use super::args::{LookArgs, Matrix as Args};
use super::failure::{Failure, failed};
use super::opening::Desk;
use super::{names, out};
use crate::findings::expression::condition;
use crate::findings::ground::Transcript;
use crate::findings::matrix::{Asked, Filter, Kind, Part, Sort, matrix};
use crate::project::view::View;
use crate::report::matrices::{as_list, as_table};
use crate::report::tables::Format;

pub(super) fn run(args: &Args, look: &LookArgs) -> Result<(), Failure> {
    let desk = Desk::open(&args.project, Some(args.coder.as_deref().unwrap_or("all")))?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    let asked = asked(&view, args)?;
    let texts = |source| {
        let reading = desk.read(source).ok()?;
        Some(Transcript { text: reading.text.clone(), turns: reading.turns.clone() })
    };
    let mut made = matrix(&view, &asked, &texts).map_err(|why| Failure::Usage(why.to_string()))?;
    if !made.unread.is_empty() {
        let count = out::counted(made.unread.len(), "source", "sources");
        out::note(&format!("{count} left out: the texts could not be read; `emic check` says more"));
    }
    if args.transpose {
        made.transpose();
    }
    let sort = match args.sort.to_lowercase().as_str() {
        "given" => Sort::Given,
        "sum" => Sort::Sum,
        "name" => Sort::Name,
        column => match made.columns.iter().position(|line| line.name.to_lowercase() == column) {
            Some(column) => Sort::Column(column),
            None => {
                let why = format!("there is no column “{}”; sort by given, sum, name, or a column", args.sort);
                return failed(why);
            }
        },
    };
    made.sort(sort);
    if args.without_empty {
        made.leave_empty();
    }
    let table = if args.format.format == Format::Json { as_list(&view, &made) } else { as_table(&view, &made) };
    out::print_table(&table, args.format.format, look)
}

fn asked(view: &View<'_>, args: &Args) -> Result<Asked, Failure> {
    let usage = |why: String| Err(Failure::Usage(why));
    if !args.kind.has_code_rows() && !args.rows.is_empty() {
        let what =
            if args.kind == Kind::CaseCode { "cases; --where chooses among them" } else { "the roles of who speaks" };
        return usage(format!("the rows of {} are {what}: --rows is for kinds with codes there", args.kind.name()));
    }
    let rows = parts(view, &args.rows)?;
    let (mut columns, mut attribute) = (Vec::new(), None);
    if args.kind.has_code_columns() {
        columns = parts(view, &args.columns)?;
    } else {
        match args.columns.as_slice() {
            [name] => attribute = Some(names::attribute(view, name)?),
            _ => return usage("code-attribute needs one attribute: --columns ATTRIBUTE".into()),
        }
    }
    let least = args.at_least.and_then(|least| usize::try_from(least).ok());
    let only = Filter {
        kind: match &args.case_kind {
            Some(kind) => kind_of(view, kind)?,
            None => String::new(),
        },
        wave: args.wave.as_deref().map(|name| names::wave(view, name)).transpose()?,
        holds: args
            .only
            .iter()
            .map(|words| condition(view, words).map_err(|why| Failure::Failed(why.to_string())))
            .collect::<Result<_, _>>()?,
    };
    Ok(Asked { kind: args.kind, rows, columns, attribute, by: args.by, count: args.count, least, only })
}

/// The codes that are named. A branch alone stands for what is right under it.
fn parts(view: &View<'_>, lists: &[String]) -> Result<Vec<Part>, Failure> {
    let all = names::each(lists, |name| match name.trim().strip_suffix("/*") {
        Some(branch) => names::code(view, branch).map(Part::Under),
        None => names::code(view, name).map(Part::One),
    })?;
    Ok(match all[..] {
        [Part::One(code)] => vec![Part::Under(code)],
        _ => all,
    })
}

/// The kind of case of this name.
fn kind_of(view: &View<'_>, name: &str) -> Result<String, Failure> {
    let mut kinds: Vec<&str> = view.cases().into_iter().map(|case| case.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    match kinds.iter().find(|kind| kind.eq_ignore_ascii_case(name.trim())) {
        Some(kind) => Ok((*kind).to_owned()),
        None => failed(format!("there is no kind of case “{name}” in this project; it has {}", kinds.join(", "))),
    }
}
