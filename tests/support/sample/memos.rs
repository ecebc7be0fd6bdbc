//! The memos, each at the time its header says, with their links and quotations.
//!
//! As they are written by hand, `[[warm_handoff]]` links to a code, `[[P07]]` to a case, `[[P07-clinic-manager.txt]]` to a
//! source, `[[memo 03-whose-job-was-it]]` to another memo, `[[theme …]]` to a theme; a line `> quote FILE NUMBER`, with the
//! code where the mark has several, quotes the words of a mark.

use super::findings::theme_called;
use super::maker::{Maker, Timeline};
use super::working::root;
use emic::findings::attribution::{Attribution, attribution, speakers};
use emic::project::edit::{Edit, QuotationEdit};
use emic::project::id::{CodingId, Mint, QuotationId};
use emic::project::memo::{Link, MemoKind};
use emic::project::memo_links::Linked;
use emic::project::view::Whose;
use std::collections::{HashMap, HashSet};

pub fn plan(timeline: &mut Timeline) {
    let mut paths: Vec<_> = std::fs::read_dir(root().join("memos"))
        .expect("memos")
        .map(|entry| entry.expect("a memo").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "md"))
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let whole = std::fs::read_to_string(&path).expect("a memo");
        let (head, body) = whole.split_once("\n\n").unwrap_or_else(|| panic!("{name}: no empty line after the header"));
        let fields: HashMap<String, String> = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
            .collect();
        let text = body.trim().trim_start_matches("# ").to_owned();
        let at = fields["at"].parse().unwrap_or_else(|err| panic!("{name}: {err}"));
        timeline.at(at, &fields["by"].clone(), move |maker| write(maker, &name, &fields, &text));
    }
}

fn write(maker: &mut Maker, name: &str, fields: &HashMap<String, String>, text: &str) {
    let kind = match fields["kind"].as_str() {
        "analytic" => MemoKind::Analytic,
        "methodological" => MemoKind::Methodological,
        "theoretical" => MemoKind::Theoretical,
        "reflexive" => MemoKind::Reflexive,
        "definition" => MemoKind::Definition,
        "discuss" => MemoKind::Discuss,
        other => panic!("{name}: kind {other}"),
    };
    let words: Vec<&str> = fields["on"].split_whitespace().collect();
    let on = match words.as_slice() {
        ["project"] => Link::Study,
        ["case", key] => Link::Case(maker.cases[*key]),
        ["source", file] => Link::Source(maker.sources[*file].0),
        ["code", key] => Link::Code(maker.code(key)),
        ["theme", theme @ ..] => Link::Theme(theme_called(maker, &theme.join(" "))),
        ["mark", file, number] => {
            let number: u32 = number.parse().unwrap_or_else(|_| panic!("{name}: mark {number}"));
            Link::Passage(maker.passage(file, maker.working.mark(file, number).span))
        }
        other => panic!("{name}: on {other:?}"),
    };
    let id = maker.mint.id().into();
    maker.memos.insert(name.to_owned(), id);
    let (text, quotes) = with_quotations(maker, name, text);
    let text = with_links(maker, name, &text);
    let mut edits = vec![Edit::WriteMemo { id, on, kind, shared: kind != MemoKind::Reflexive, text }];
    for quote in &quotes {
        let (id_of, coding, words, by) =
            (quote.id, quote.coding, quote.said.clone(), quote.signed.offered().text.clone());
        edits.push(Edit::Quotations(QuotationEdit::Quote { id: id_of, memo: id, coding, words, by }));
    }
    maker.edit(&Edit::All(edits));
    for quote in quotes {
        if !quote.shortened.is_empty() {
            maker.edit(&Edit::Quotations(QuotationEdit::Shorten(quote.id, quote.shortened)));
        }
        match quote.by.as_str() {
            "" => {}
            "in full" => {
                let by = quote.signed.full.text.clone();
                maker.edit(&Edit::Quotations(QuotationEdit::Sign(quote.id, by)));
            }
            by => maker.edit(&Edit::Quotations(QuotationEdit::Sign(quote.id, by.to_owned()))),
        }
    }
}

/// A quotation to be.
struct Quote {
    id: QuotationId,
    coding: CodingId,
    /// All its words.
    said: String,
    /// Those that are left of them; empty for all.
    shortened: String,
    signed: Attribution,
    /// How it is signed: as offered if empty, `in full` with all that may be said, else so.
    by: String,
}

/// The text with the lines of its quotations as the file has them, and what they quote.
fn with_quotations(maker: &mut Maker, name: &str, text: &str) -> (String, Vec<Quote>) {
    let quotes_any = text.lines().any(|line| line.starts_with("> quote "));
    let counted = if quotes_any { maker.counted() } else { HashSet::new() };
    let mut quotes: Vec<Quote> = Vec::new();
    let mut out = String::new();
    for line in text.lines() {
        if let Some(by) = line.strip_prefix("> — ") {
            let quote = quotes.last_mut().unwrap_or_else(|| panic!("{name}: nothing is signed by “{line}”"));
            by.trim().clone_into(&mut quote.by);
            continue;
        }
        match line.strip_prefix("> quote ") {
            Some(what) => {
                let quote = quote(maker, name, what, &counted);
                out.push_str(&Linked::Quote(quote.id).written(""));
                quotes.push(quote);
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    (out, quotes)
}

/// `P07-clinic-manager.txt 9 connect_external_by_staff: she goes down there […] for Sheila`
fn quote(maker: &mut Maker, name: &str, what: &str, counted: &HashSet<CodingId>) -> Quote {
    let (place, shortened) = what.split_once(": ").unwrap_or((what, ""));
    let place: Vec<&str> = place.split_whitespace().collect();
    let (file, number, key) = match place.as_slice() {
        [file, number] => (*file, *number, None),
        [file, number, key] => (*file, *number, Some(*key)),
        _ => panic!("{name}: “{what}” is no file and mark"),
    };
    let number: u32 = number.parse().unwrap_or_else(|_| panic!("{name}: {file}: mark {number}"));
    let working = maker.working.clone();
    let mark = working.mark(file, number);
    let key = key.unwrap_or_else(|| {
        assert_eq!(mark.keys.len(), 1, "{name}: which code of mark {number} of {file}?");
        &mark.keys[0]
    });
    let coding = maker.coding_of(file, number, key, counted);
    let view = maker.view().showing(Whose::Everybody);
    let seen = view.coding(coding).expect("it was just found");
    let (source, transcript) = &maker.sources[file];
    let who = speakers(&view, *source, &transcript.turns, seen.span);
    let signed = attribution(&view, *source, &who);
    let said = transcript.turns.said(&transcript.text, seen.span);
    let (id, shortened) = (maker.mint.id().into(), shortened.trim().to_owned());
    Quote { id, coding, said, shortened, signed, by: String::new() }
}

/// The text with its links as the file has them.
fn with_links(maker: &Maker, name: &str, text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        out.push_str(before);
        let (what, after) = after.split_once("]]").unwrap_or_else(|| panic!("{name}: [[ without ]]"));
        rest = after;
        let (linked, label) = linked(maker, name, what);
        out.push_str(&linked.written(&label));
    }
    out.push_str(rest);
    out
}

fn linked(maker: &Maker, name: &str, what: &str) -> (Linked, String) {
    let view = maker.view();
    if let Some(theme) = what.strip_prefix("theme ") {
        return (Linked::Theme(theme_called(maker, theme)), theme.to_owned());
    }
    if let Some(memo) = what.strip_prefix("memo ") {
        let id = *maker.memos.get(memo).unwrap_or_else(|| panic!("{name}: there is no memo {memo} yet"));
        let title = view.memo(id).map_or(memo, |memo| memo.title()).to_owned();
        return (Linked::Memo(id), title);
    }
    if let Some(case) = maker.cases.get(what) {
        return (Linked::Case(*case), view.case(*case).expect("a case").name.clone());
    }
    if let Some((source, _)) = maker.sources.get(what) {
        return (Linked::Source(*source), view.source(*source).expect("a source").name.clone());
    }
    let code = *maker.codes.get(what).unwrap_or_else(|| panic!("{name}: [[{what}]] is nothing"));
    (Linked::Code(code), view.code_name(code).to_owned())
}
