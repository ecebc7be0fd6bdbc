//! `emic import`: taking texts into a project. Everything is read, recognised and looked at before anything is written;
//! all files are taken in as one step, or none.

use super::args::Import;
use super::failure::{Failure, failed};
use super::opening::{Desk, Work, by_hand, work};
use super::{names, out};
use crate::exchange::import::{Batch, Choices, Entry, Prepared, State, one_line};
use crate::exchange::plain::{SizeVerdict, size_check};
use crate::project::view::View;
use crate::screen::commands::importing::new_files;
use crate::screen::paths::{self, Found};
use crate::text::turns::{Hints, Layout, Role};
use std::collections::HashSet;
use std::sync::atomic::AtomicBool;

/// How many chars of an example are shown.
const EXAMPLE: usize = 60;

pub(super) fn run(args: &Import) -> Result<(), Failure> {
    let desk = Desk::before_working(&args.project, &by_hand(&args.who, false))?;
    let mut problems = Vec::new();
    let mut batch = read(args, &mut problems);
    settle(args, &mut batch, &desk.view(), &mut problems);
    if !problems.is_empty() {
        return refuse(&problems);
    }
    out::say(&describe(&batch))?;
    let (taken, left) = (batch.taken(), batch.entries.len() - batch.taken());
    let left_out = if left > 0 { format!(", {} left out", out::counted(left, "file", "files")) } else { String::new() };
    if taken == 0 {
        return out::say("Nothing was imported: all of it is in the project already; --again takes it in once more.");
    }
    if args.dry_run {
        let sources = out::counted(taken, "source", "sources");
        return out::say(&format!("{sources} would be imported{left_out}. Nothing was changed."));
    }

    let Work { mut study, notes, read_only } = work(&args.project, by_hand(&args.who, false))?;
    if let Some(why) = read_only {
        return failed(format!("nothing was imported: {why}"));
    }
    notes.iter().for_each(|note| out::note(note));
    // It may have changed since it was looked at.
    batch.settle(&study.view());
    let ids: Vec<_> = (0..batch.ids_needed()).map(|_| study.fresh_id()).collect();
    let mut ids = ids.into_iter();
    let Some(taken) = batch.edit(&study.view(), &mut || ids.next().unwrap_or_default()) else {
        return failed("nothing was imported: somebody else has just taken these texts in");
    };
    study.apply_with(&taken.edit, taken.texts.into_iter().flat_map(new_files).collect())?;
    study.finish()?;
    let sources = out::counted(taken.sources.len(), "source", "sources");
    let cases = match taken.cases {
        0 => String::new(),
        n => format!(", {}", out::counted(n, "new case", "new cases")),
    };
    out::say(&format!("{sources} imported{cases}{left_out}."))
}

/// One sentence on standard error; where there are several problems, each has its own before.
fn refuse(problems: &[String]) -> Result<(), Failure> {
    match problems {
        [one] => failed(format!("{one}; nothing was imported")),
        several => {
            several.iter().for_each(|problem| out::note(problem));
            failed(format!("{} above; nothing was imported", out::counted(several.len(), "problem", "problems")))
        }
    }
}

/// The files as they are read and recognised.
fn read(args: &Import, problems: &mut Vec<String>) -> Batch {
    let hints = match (args.no_speakers, args.layout) {
        (true, _) => Hints::no_speakers(),
        (_, Some(Layout::Alternating)) => Hints::alternating("Speaker 1", "Speaker 2"),
        (_, Some(layout)) => Hints::layout(layout),
        (_, None) => Hints::default(),
    };
    let choices = Choices { encoding: args.encoding.clone(), hints, kind: args.kind };
    let mut batch = Batch { pattern: args.case_from.clone(), ..Batch::default() };
    let mut seen = HashSet::new();
    for path in &args.files {
        let whole = path.is_dir();
        let found = paths::gather(path, &AtomicBool::new(false));
        if whole && !found.iter().any(|found| found.file.is_ok()) {
            problems.push(format!("{}: there is no plain text (.txt, .md) in this folder", names::shown(path)));
        }
        for found in found.into_iter().filter(|found| seen.insert(found.path.clone())) {
            let state = match &found.file {
                // Of a folder, what is no text is left where it is.
                Err(why) if whole => State::Cannot(why.clone()),
                Err(why) => {
                    problems.push(format!("{}: {why}", names::shown(&found.path)));
                    continue;
                }
                Ok(len) => match one(&found, *len, &choices, args.yes) {
                    Ok(prepared) => State::Ready(Box::new(prepared)),
                    Err(why) => {
                        problems.push(format!("{}: {why}", names::shown(&found.path)));
                        continue;
                    }
                },
            };
            let mut entry = Entry::new(found.shown, state);
            if args.again {
                entry.wanted = Some(true);
            }
            batch.entries.push(entry);
        }
    }
    batch
}

fn one(found: &Found, len: u64, choices: &Choices, yes: bool) -> Result<Prepared, String> {
    let megabytes = len >> 20;
    match size_check(len) {
        SizeVerdict::Refused => {
            return Err(format!("with {megabytes} MB it is too large for a transcript; cut it into parts below 1 GB"));
        }
        SizeVerdict::Ask if !yes => {
            return Err(format!("with {megabytes} MB it is very large for a transcript; --yes reads it all the same"));
        }
        SizeVerdict::Ask | SizeVerdict::Fine => {}
    }
    let bytes = std::fs::read(&found.path).map_err(|why| paths::plain(&why))?;
    let name = found.path.file_name().unwrap_or(found.path.as_os_str()).to_string_lossy();
    Prepared::new(&name, &bytes, choices).map_err(|why| why.to_string())
}

/// Brings in what the command line says, then what names and the project tell.
fn settle(args: &Import, batch: &mut Batch, view: &View<'_>, problems: &mut Vec<String>) {
    if let Some(case) = &args.case {
        batch.entries.iter_mut().filter_map(Entry::prepared_mut).for_each(|one| one.set_case(Some(case.clone())));
    }
    for label in &args.interviewer {
        let mut is_there = false;
        for prepared in batch.entries.iter_mut().filter_map(Entry::prepared_mut) {
            is_there |= set_interviewer(prepared, label);
        }
        if !is_there && problems.is_empty() {
            let labels = batch.entries.iter().filter_map(Entry::prepared).flat_map(|one| &one.voices);
            let mut known: Vec<String> = labels.map(|voice| format!("“{}”", voice.label)).collect();
            known.sort();
            known.dedup();
            known.truncate(12);
            let known =
                if known.is_empty() { "there are none".to_owned() } else { format!("there are {}", known.join(", ")) };
            problems.push(format!("no turns of “{label}” were recognised; of speakers {known}"));
        }
    }
    batch.settle(view);
    for entry in &batch.entries {
        if let (Some(why), true) = (&entry.trouble, entry.is_wanted()) {
            problems.push(format!("{}: {why}", entry.file));
        }
        let caseless = entry.prepared().is_some_and(|prepared| prepared.case.is_none());
        if let (true, Some(pattern)) = (caseless, &args.case_from) {
            problems.push(format!("{}: --case-from {pattern} finds no case in its name", entry.file));
        }
    }
}

/// Makes the turns of a label an interviewer's; says whether there are any.
fn set_interviewer(prepared: &mut Prepared, label: &str) -> bool {
    let plain = |label: &str| label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = plain(label);
    let place = |prepared: &Prepared| prepared.voices.iter().position(|voice| plain(&voice.label) == wanted);
    if place(prepared).is_none() {
        let left_out = prepared.found.left_out.iter().find(|left| plain(&left.label) == wanted);
        let Some(label) = left_out.map(|left| left.label.clone()) else { return false };
        prepared.accept(&label);
    }
    match place(prepared) {
        Some(voice) => {
            prepared.set_role(voice, Role::Interviewer);
            true
        }
        None => false,
    }
}

/// What was recognised, file by file.
fn describe(batch: &Batch) -> String {
    let mut out = String::new();
    for entry in &batch.entries {
        match &entry.state {
            State::Ready(prepared) => describe_one(entry, prepared, &mut out),
            State::Cannot(why) => out.push_str(&format!("{}\n  left out: {why}\n", entry.file)),
            State::Asks(_) => {}
        }
    }
    out
}

fn describe_one(entry: &Entry, prepared: &Prepared, out: &mut String) {
    let mut line = |words: String| {
        out.push_str(&words);
        out.push('\n');
    };
    line(entry.file.clone());
    if !entry.is_wanted() {
        line(format!("  left out: {}", entry.same.as_deref().unwrap_or("it is not wanted")));
        return;
    }
    if let Some(same) = &entry.same {
        line(format!("  note: {same}; taken in once more"));
    }
    let case = prepared.case.as_deref().map_or("no case".to_owned(), |case| format!("case “{case}”"));
    line(format!("  “{}”, {}, {case}", prepared.name, prepared.kind.name()));
    let words = out_counted(prepared.words, "word", "words");
    match prepared.turns() {
        Some(turns) => {
            let count = out_counted(u32::try_from(turns.turns.len()).unwrap_or(u32::MAX), "turn", "turns");
            let layout = prepared.found.layout;
            line(format!(
                "  {}, {words}, {count} ({layout}), {} % of the text in no turn",
                prepared.encoding,
                prepared.unassigned()
            ));
        }
        None => line(format!("  {}, {words}, no speakers", prepared.encoding)),
    }
    for voice in if prepared.turns().is_some() { prepared.voices.as_slice() } else { &[] } {
        let role = match voice.role {
            Role::Interviewer => "interviewer",
            Role::Participant => "participant",
            Role::Other => "other",
            Role::Unknown => "not known",
        };
        let turns = out_counted(voice.turns, "turn", "turns");
        let example = voice.examples.first().map(|span| one_line(prepared.text.slice(*span), EXAMPLE));
        let example = example.map_or(String::new(), |example| format!(": {example}"));
        line(format!("    {role:<11}  {}, {turns}{example}", voice.label));
    }
    for left in &prepared.found.left_out {
        line(format!("    left out     {}, {}", left.label, out_counted(left.count, "line", "lines")));
    }
    for warning in prepared.warnings() {
        line(format!("  note: {warning}"));
    }
}

fn out_counted(n: u32, one: &str, more: &str) -> String {
    out::counted(n as usize, one, more)
}
