//! `emic round show`: one round: who stands where, its codes as they are pinned, its sources. Nothing that was coded.

use super::list;
use crate::cli::args::{LookArgs, RoundPart, RoundShow};
use crate::cli::failure::Failure;
use crate::cli::opening::Desk;
use crate::cli::{names, out};
use crate::findings::ground::units_in_scope;
use crate::findings::standing::{Stage, standing};
use crate::project::codebook::Wording;
use crate::project::id::{CodeId, SourceId};
use crate::project::round::{Ground, Round};
use crate::project::view::View;
use crate::report::tables::{Format, Look, write};
use crate::table::{Cell, Table};
use std::sync::Arc;

pub(super) fn run(args: &RoundShow, look: &LookArgs) -> Result<(), Failure> {
    let desk = Desk::open(&args.project, Some(args.whose.coder.as_deref().unwrap_or("all")))?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    let round = names::round(&view, &args.round)?;
    let format = args.format.format;
    let part = |part| match part {
        RoundPart::Standing => standing_table(&view, round, format),
        RoundPart::Codes => codes_table(&view, round),
        RoundPart::Sources => sources_table(&view, round),
    };
    let all = [RoundPart::Standing, RoundPart::Codes, RoundPart::Sources];
    match (args.part, format) {
        (Some(one), _) => out::print_table(&part(one), format, look),
        (None, Format::Csv) => out::print_table(&part(RoundPart::Standing), format, look),
        (None, Format::Json) => out::print(&json(&view, round, all.map(part))),
        (None, _) => {
            out::say(&head(&view, round))?;
            for table in all.map(part) {
                out::print("\n")?;
                out::print_table(&table, format, look)?;
            }
            Ok(())
        }
    }
}

/// Everything as one object.
fn json(view: &View<'_>, round: &Round, parts: [Table; 3]) -> String {
    let mut own = list::table(String::new());
    own.push(list::row(view, round));
    let text = |table: &Table| write(table, Format::Json, Look::default()).trim().to_owned();
    let own = text(&own);
    // The one object of the list.
    let own = own.trim_start_matches('[').trim_end_matches(']').trim();
    let [standing, codes, sources] = parts.map(|table| text(&table));
    format!("{{\n\"round\": {own},\n\"standing\": {standing},\n\"codes\": {codes},\n\"sources\": {sources}\n}}\n")
}

/// The round in a few lines.
fn head(view: &View<'_>, round: &Round) -> String {
    let own = list::table(String::new());
    let row = list::row(view, round);
    let say = |key: &str| {
        let at = own.columns.iter().position(|column| column.key == key);
        at.and_then(|at| row.get(at)).map(Cell::words).unwrap_or_default()
    };
    let mut lines = vec![
        format!("{}: {}, {} finished", say("round"), say("state"), say("finished")),
        format!(
            "{} cases, {} sources, {} {}s and {} words in scope, {} codes; opened {} by {}",
            say("cases"),
            say("sources"),
            say("units"),
            say("unit"),
            say("words"),
            say("codes"),
            say("opened"),
            say("opened_by")
        ),
    ];
    let mut scope = Vec::new();
    match (say("within"), say("consensus_of")) {
        (within, consensus) if !consensus.is_empty() => {
            let of = if within.is_empty() { String::new() } else { format!(" on “{within}”") };
            scope.push(format!("within the consensus of {consensus}{of}"));
        }
        (within, _) if !within.is_empty() => {
            let of = Some(say("of")).filter(|of| !of.is_empty()).unwrap_or_else(|| "everybody".to_owned());
            scope.push(format!("within the passages of “{within}” of {of}"));
        }
        _ => scope.push("all text".to_owned()),
    }
    scope.push(if round.scope.everyone { "everybody's turns" } else { "participants' turns" }.to_owned());
    lines.push(format!("Scope: {}", scope.join(", ")));
    let seed = say("seed");
    if !seed.is_empty() {
        let by = say("stratified_by");
        let by = if by.is_empty() { String::new() } else { format!(", stratified by {by}") };
        lines.push(format!("Drawn at random with seed {seed}{by}"));
    }
    if round.least > 0 {
        lines.push(format!("A code counts for a unit of which it covers {} % or more", round.least));
    }
    if let Some(depth) = round.depth {
        lines.push(format!("Codes count at depth {depth} of the tree"));
    }
    lines.join("\n")
}

/// The matrix: for people a column a coder, for files a row a case and coder.
fn standing_table(view: &View<'_>, round: &Round, format: Format) -> Table {
    let standing = standing(view, round);
    let title = format!("{}: who has finished what", round.name);
    let name = |case| view.case(case).map_or("a deleted case", |case| case.name.as_str());
    if matches!(format, Format::Table | Format::Md) {
        let coders: Vec<&str> = standing.coders.iter().map(|coder| view.initials(*coder)).collect();
        let first = [("case", "Case")].into_iter().chain(coders.iter().map(|coder| ("coder", *coder)));
        let last = [("words", "Words in scope"), ("later", "Sources since")];
        let mut table = Table::new(title, first.chain(last));
        for row in &standing.cases {
            let stage = |coder| standing.stage(coder, row.case).map(|stage| stage.words(round.unit));
            let stages = standing.coders.iter().map(|coder| Cell::from(stage(*coder)));
            let later = if row.later.is_empty() { Cell::default() } else { list::number(row.later.len()) };
            table.push(
                [Cell::from(name(row.case))].into_iter().chain(stages).chain([row.words.into(), later]).collect(),
            );
        }
        return table;
    }
    let columns =
        [("case", "Case"), ("coder", "Coder"), ("standing", "Standing"), ("read", "Read"), ("units", "Units")];
    let files = ["sources", "words", "later_sources", "since", "case_id", "coder_id"];
    let mut table = Table::new(title, columns).in_files(files);
    for row in &standing.cases {
        for (coder, stage) in &row.cells {
            let read = match stage {
                Stage::Reading { to, .. } => Some(*to as u64),
                _ => None,
            };
            let since = view.stand(round.id, *coder, row.case).map(|stand| stand.at.to_string());
            table.push(vec![
                name(row.case).into(),
                view.initials(*coder).into(),
                stage.name().into(),
                read.into(),
                list::number(row.units),
                list::number(row.sources),
                row.words.into(),
                list::number(row.later.len()),
                since.into(),
                row.case.0.guid().into(),
                coder.0.guid().into(),
            ]);
        }
    }
    table
}

/// The codes under the wordings that hold in the round, then what was proposed, as far as it may be seen.
fn codes_table(view: &View<'_>, round: &Round) -> Table {
    let columns = [("code", "Code"), ("standing", "Standing"), ("definition", "Definition")];
    let files = ["path", "when_to_use", "when_not", "example", "worded", "worded_by", "code_id", "wording_id"];
    let mut table = Table::new(format!("{}: its codes", round.name), columns).in_files(files);
    let mut push = |code: CodeId, standing: String, wording: Option<&Arc<Wording>>| {
        let words = |part: fn(&Wording) -> &String| Cell::from(wording.map(|wording| part(wording).as_str()));
        table.push(vec![
            view.code_name(code).into(),
            standing.into(),
            wording.map_or_else(|| "to be defined".into(), |_| words(|wording| &wording.definition)),
            view.codebook().path(code).into(),
            words(|wording| &wording.use_when),
            words(|wording| &wording.not_when),
            words(|wording| &wording.example),
            Cell::from(wording.map(|wording| wording.at.to_string())),
            Cell::from(wording.map(|wording| view.initials(wording.by))),
            code.0.guid().into(),
            Cell::from(wording.map(|wording| wording.id.0.guid())),
        ]);
    };
    for pinned in &round.codes {
        let wordings = view.wordings(pinned.code);
        let wording = pinned.wording.and_then(|id| wordings.into_iter().find(|wording| wording.id == id));
        push(pinned.code, "pinned".to_owned(), wording);
    }
    for (code, proposed) in view.proposed_codes(round.id) {
        let wording = view.code(code).and_then(|node| node.wording.as_ref());
        push(code, format!("new, proposed by {}", view.initials(proposed.by)), wording);
    }
    for wording in view.proposed_wordings(round.id) {
        let by = wording.proposed.map_or(wording.by, |proposed| proposed.by);
        push(wording.code, format!("wording proposed by {}", view.initials(by)), Some(wording));
    }
    table
}

/// The sources of the round, and those that its cases have had since.
fn sources_table(view: &View<'_>, round: &Round) -> Table {
    let unit = format!("{}s in scope", round.unit.name());
    let columns =
        [("case", "Case"), ("source", "Source"), ("units", unit.as_str()), ("words", "Words in scope"), ("since", "")];
    let files = ["in_round", "chars", "version", "case_id", "source_id"];
    let mut table = Table::new(format!("{}: its sources", round.name), columns).in_files(files);
    let source = |id: SourceId| view.source(id).map_or("a deleted source", |source| source.name.as_str());
    for row in standing(view, round).cases {
        let case = view.case(row.case).map_or("a deleted case", |case| case.name.as_str());
        for ground in round.grounds.iter().filter(|ground| ground.case == row.case) {
            let Ground { words, chars, version, .. } = *ground;
            table.push(vec![
                case.into(),
                source(ground.source).into(),
                list::number(units_in_scope(ground).count()),
                words.into(),
                Cell::default(),
                true.into(),
                chars.into(),
                version.into(),
                row.case.0.guid().into(),
                ground.source.0.guid().into(),
            ]);
        }
        for later in row.later {
            table.push(vec![
                case.into(),
                source(later).into(),
                Cell::default(),
                Cell::default(),
                format!("since {}, not part of it", round.name).into(),
                false.into(),
                view.version(later).map(|version| version.chars).into(),
                view.version(later).map(|version| version.number).into(),
                row.case.0.guid().into(),
                later.0.guid().into(),
            ]);
        }
    }
    table
}
