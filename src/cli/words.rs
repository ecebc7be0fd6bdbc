//! `emic words`: how often words are said, and each place where one is said.

use super::args::{LookArgs, Words};
use super::failure::{Failure, failed};
use super::opening::Desk;
use super::{names, out};
use crate::findings::ground::Transcript;
use crate::findings::words::{
    Asked, Concordance, Frequencies, Phrase, StopWords, cases_with, concordance, frequencies, passages_of,
};
use crate::findings::working::working;
use crate::project::id::{CaseId, SourceId};
use crate::project::view::View;
use crate::report::tables::Format;
use crate::table::{Cell, Table, thousands};
use crate::text::wrap::cells;
use std::collections::HashSet;
use unicode_segmentation::UnicodeSegmentation;

/// How many rows are printed for people unless more are asked for.
const TOP: usize = 50;
/// How many chars stand at either side of a word: for people, in files.
const CONTEXT: [u32; 2] = [40, 120];

pub(super) fn run(args: &Words, look: &LookArgs) -> Result<(), Failure> {
    let desk = Desk::open(&args.project, args.whose.coder.as_deref())?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    let asked = asked(&view, args)?;
    let texts = |source: SourceId| {
        let reading = desk.read(source).ok()?;
        Some(Transcript { text: reading.text, turns: reading.turns })
    };
    let format = args.format.format;
    let most = match args.top {
        Some(0) => usize::MAX,
        Some(top) => top,
        None if format == Format::Table => TOP,
        None => usize::MAX,
    };
    let (table, unread) = match &args.kwic {
        Some(typed) => {
            let Some(phrase) = Phrase::parse(typed) else {
                return failed(format!("there is no word in “{typed}”"));
            };
            let context = CONTEXT[usize::from(format != Format::Table)];
            let found = concordance(&view, &asked, &phrase, &texts, (context, most), &|| false);
            (places(&view, typed, &found, format, args), found.unread)
        }
        None => {
            let found = frequencies(&view, &asked, &texts, &|| false);
            (counts(&found, most, args), found.unread)
        }
    };
    for source in unread {
        let name = view.source(source).map_or("a source", |source| source.name.as_str());
        out::note(&format!("the text of “{name}” cannot be read and is left out; `emic check` says more"));
    }
    out::print_table(&table, format, look)
}

/// What the options ask for.
fn asked(view: &View<'_>, args: &Words) -> Result<Asked, Failure> {
    let stop = match &args.stop_words {
        None => StopWords::english(),
        Some(path) if path.as_os_str() == "none" => StopWords::none(),
        Some(path) => {
            let bytes = std::fs::read(path)
                .map_err(|why| Failure::Failed(format!("{} cannot be read: {why}", path.display())))?;
            match String::from_utf8(bytes) {
                Ok(text) => StopWords::of(text.trim_start_matches('\u{feff}')),
                Err(_) => return failed(format!("{} is not UTF-8; nothing was counted", path.display())),
            }
        }
    };
    let within = match &args.code {
        Some(name) => Some(passages_of(view, &working(view), names::code(view, name)?)),
        None => None,
    };
    let mut cases: Option<HashSet<CaseId>> = None;
    let mut narrow = |to: HashSet<CaseId>| {
        cases = Some(match cases.take() {
            Some(cases) => cases.intersection(&to).copied().collect(),
            None => to,
        });
    };
    if !args.case.is_empty() {
        narrow(names::each(&args.case, |name| names::case(view, name))?.into_iter().collect());
    }
    for holds in &args.holds {
        let Some((name, value)) = holds.split_once('=') else {
            return Err(Failure::Usage(format!("--where is written Attribute=value, not “{holds}”")));
        };
        let attribute = names::attribute(view, name.trim())?;
        let found = cases_with(view, attribute, value);
        if found.is_empty() {
            return failed(format!("no case has {} = {}", name.trim(), value.trim()));
        }
        narrow(found);
    }
    if cases.as_ref().is_some_and(HashSet::is_empty) {
        return failed("no case is left by what was asked for");
    }
    Ok(Asked { everyone: args.with_interviewer, least: args.min_length, stop, cases, within })
}

/// Whose words they are, for titles.
fn whose(args: &Words) -> String {
    let mut said = if args.with_interviewer { "everybody’s words" } else { "participants’ words" }.to_owned();
    if let Some(code) = &args.code {
        said.push_str(&format!(" in passages of “{code}”"));
    }
    if !args.case.is_empty() {
        said.push_str(&format!(", {}", args.case.join(", ")));
    }
    for holds in &args.holds {
        said.push_str(&format!(", {holds}"));
    }
    said
}

fn counts(found: &Frequencies, most: usize, args: &Words) -> Table {
    let mut table = found.as_table(most);
    let more = found.words.len().saturating_sub(table.rows.len());
    let more = if more > 0 { format!("; {} more with --top 0", thousands(more as u64)) } else { String::new() };
    table.title = format!(
        "{}: {} said in {} of {}; {} counted, {} different{more}",
        whose(args),
        thousands(found.said),
        out::counted(found.sources, "source", "sources"),
        out::counted(found.cases, "case", "cases"),
        thousands(found.counted),
        thousands(found.words.len() as u64),
    );
    table
}

fn places(view: &View<'_>, typed: &str, found: &Concordance, format: Format, args: &Words) -> Table {
    let columns = [
        ("case", "Case"),
        ("source", "Source"),
        ("turn", "Turn"),
        ("speaker", "Speaker"),
        ("before", "Before"),
        ("hit", "Words"),
        ("after", "After"),
    ];
    let mut table = Table::new("", columns).in_files(["start", "end", "version", "source_id"]);
    let wide = |words: &str| words.graphemes(true).map(|part| usize::from(cells(part, 0))).sum::<usize>();
    // For people the words stand one under another.
    let widest = if format == Format::Table { found.lines.iter().map(|line| wide(&line.before)).max() } else { None };
    for line in &found.lines {
        let source = view.source(line.source);
        let case = line.case.and_then(|case| view.case(case)).map(|case| case.name.as_str());
        let pad = widest.unwrap_or(0).saturating_sub(wide(&line.before));
        table.push(vec![
            case.into(),
            source.map(|source| source.name.as_str()).into(),
            line.turn.into(),
            line.speaker.as_str().into(),
            format!("{}{}", " ".repeat(if widest.is_some() { pad } else { 0 }), line.before).into(),
            line.hit.as_str().into(),
            Cell::from(line.after.as_str()),
            line.at.start.0.into(),
            line.at.end.0.into(),
            source.map(|source| source.version).into(),
            line.source.0.guid().into(),
        ]);
    }
    let more = found.n.saturating_sub(table.rows.len());
    let more = if more > 0 { format!("; {} more with --top 0", thousands(more as u64)) } else { String::new() };
    let (n, sources) = (out::counted(found.n, "place", "places"), out::counted(found.sources, "source", "sources"));
    let cases = out::counted(found.cases, "case", "cases");
    table.title = format!("“{typed}” in {}: {n} in {sources} of {cases}{more}", whose(args));
    table
}
