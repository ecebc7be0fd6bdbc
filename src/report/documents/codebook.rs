//! The codebook as a document and as tables: what every code means and meant, with why, an example, and what it rests on.

use super::{Sheaf, counted, line, paragraphs};
use crate::findings::book::{Entry, Uses};
use crate::findings::cycles::of_meaning;
use crate::project::codebook::{Node, Wording};
use crate::project::id::CodingId;
use crate::table::{Cell, Table};

/// A row a code. For people the tree is shown by indenting (`indented`); files have the path.
#[must_use]
pub fn table(sheaf: &Sheaf<'_>, indented: bool) -> Table {
    let columns = [
        ("code", "Code"),
        ("passages", "Passages"),
        ("sources", "Sources"),
        ("cases", "Cases"),
        ("cases_with_below", "Cases with below"),
        ("origin", "Origin"),
        ("definition", "Definition"),
    ];
    let files = [
        "path",
        "heading_only",
        "when_to_use",
        "when_not",
        "example",
        "passages_with_below",
        "sources_with_below",
        "wordings",
        "worded_by",
        "worded_at",
        "reason",
        "memos",
        "parent_id",
        "id",
    ];
    let title =
        format!("Codebook of “{}”, as tables count", sheaf.view.study().map_or("untitled", |study| &study.title));
    let mut out = Table::new(title, columns).in_files(files);
    for entry in &sheaf.book.entries {
        let Some(node) = sheaf.view.code(entry.code) else { continue };
        let heading = node.code.heading;
        let wording = node.wording.as_deref();
        let words = |part: fn(&Wording) -> &String| -> Cell { wording.map(|wording| part(wording).as_str()).into() };
        let indent = if indented { usize::from(entry.depth) * 2 } else { 0 };
        let own = |count: usize| if heading { Cell::default() } else { Cell::from(count as u64) };
        let all = |count: usize| if entry.has_below { Cell::from(count as u64) } else { Cell::default() };
        let definition = words(|wording| &wording.definition);
        let undefined = indented && !heading && definition == Cell::default();
        out.push(vec![
            format!("{}{}", " ".repeat(indent), node.code.name).into(),
            if heading { Cell::default() } else { passages(&entry.own) },
            own(entry.own.sources),
            own(entry.own.cases),
            all(entry.all.cases),
            node.code.origin.name().into(),
            if undefined { "to be defined".into() } else { definition },
            sheaf.view.codebook().path(entry.code).into(),
            heading.into(),
            words(|wording| &wording.use_when),
            words(|wording| &wording.not_when),
            words(|wording| &wording.example),
            if entry.has_below { passages(&entry.all) } else { Cell::default() },
            all(entry.all.sources),
            (sheaf.view.wordings(entry.code).len() as u64).into(),
            wording.map(|wording| sheaf.view.initials(wording.by)).into(),
            Cell::from(wording.map(|wording| stamp(sheaf, wording))),
            words(|wording| &wording.reason),
            (entry.memos.len() as u64).into(),
            Cell::from(node.parent.map(|parent| parent.0.guid())),
            entry.code.0.guid().into(),
        ]);
    }
    out
}

/// A number of passages, with the codings they rest on.
fn passages(uses: &Uses) -> Cell {
    let from = uses.codings.iter().map(|coding: &CodingId| coding.0.guid()).collect();
    Cell { from, ..Cell::from(uses.passages as u64) }
}

fn stamp(sheaf: &Sheaf<'_>, wording: &Wording) -> String {
    wording.at.to_zoned(sheaf.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A row a wording: all that codes mean and meant, code by code, oldest first.
#[must_use]
pub fn wordings(sheaf: &Sheaf<'_>) -> Table {
    let columns = [
        ("code", "Code"),
        ("when", "When"),
        ("who", "Who"),
        ("meaning", "Meaning"),
        ("reason", "Reason"),
        ("definition", "Definition"),
        ("when_to_use", "When to use"),
        ("when_not", "When not"),
        ("example", "Example"),
        ("holds", "Holds"),
    ];
    let mut out = Table::new("Wordings, code by code", columns).in_files(["path", "code_id", "id"]);
    for entry in &sheaf.book.entries {
        let Some(node) = sheaf.view.code(entry.code) else { continue };
        for wording in sheaf.view.wordings(entry.code) {
            out.push(vec![
                node.code.name.as_str().into(),
                stamp(sheaf, wording).into(),
                sheaf.view.initials(wording.by).into(),
                of_meaning(wording).into(),
                wording.reason.as_str().into(),
                wording.definition.as_str().into(),
                wording.use_when.as_str().into(),
                wording.not_when.as_str().into(),
                wording.example.as_str().into(),
                node.wording.as_ref().is_some_and(|now| now.id == wording.id).into(),
                sheaf.view.codebook().path(entry.code).into(),
                entry.code.0.guid().into(),
                wording.id.0.guid().into(),
            ]);
        }
    }
    out
}

/// The codebook as a Markdown document.
#[must_use]
pub fn document(sheaf: &Sheaf<'_>) -> String {
    let entries = &sheaf.book.entries;
    let headings = entries.iter().filter(|entry| sheaf.view.code(entry.code).is_some_and(|node| node.code.heading));
    let headings = match headings.count() {
        0 => String::new(),
        n => format!(", {n} of them headings only"),
    };
    let mut out = format!(
        "# Codebook: {}\n\n{}{headings}, as of {}. Counts are of what tables count: per case the consensus where its round \
         is reconciled, else the codings of whoever it was allotted to, else everybody's who coded it.\n",
        sheaf.title(),
        counted(entries.len(), "code"),
        sheaf.day(sheaf.at),
    );
    for entry in entries {
        if let Some(node) = sheaf.view.code(entry.code) {
            out.push_str(&code(sheaf, entry, node));
        }
    }
    out
}

fn code(sheaf: &Sheaf<'_>, entry: &Entry, node: &Node) -> String {
    // Markdown knows six depths; the first is the title's.
    let marks = "#".repeat((usize::from(entry.depth) + 2).min(6));
    let mut out = format!("\n{marks} {}\n\n*{}", line(&node.code.name), node.code.origin.name());
    if node.code.heading {
        out.push_str(" · heading only");
    } else {
        out.push_str(&format!(" · {}", said(&entry.own)));
    }
    if entry.has_below {
        out.push_str(&format!(" · with the codes below it {}", said(&entry.all)));
    }
    out.push_str("*\n");
    match &node.wording {
        Some(wording) => {
            for (label, words) in
                [("", &wording.definition), ("**Use when** ", &wording.use_when), ("**Not when** ", &wording.not_when)]
            {
                if !words.is_empty() {
                    out.push_str(&format!("\n{label}{}\n", paragraphs(words)));
                }
            }
            if !wording.example.is_empty() {
                out.push_str(&format!("\n> “{}”\n", line(&wording.example)));
            }
        }
        None if node.code.heading => {}
        None => out.push_str("\nTo be defined.\n"),
    }
    let wordings = sheaf.view.wordings(entry.code);
    if wordings.len() > 1 || wordings.iter().any(|wording| !wording.reason.is_empty()) {
        out.push_str("\nWordings:\n\n");
        for wording in wordings.iter().rev() {
            let reason = if wording.reason.is_empty() { String::new() } else { format!(": {}", line(&wording.reason)) };
            let was = match node.wording.as_ref().is_some_and(|now| now.id == wording.id) {
                true => String::new(),
                false if wording.definition.is_empty() => " (without a definition)".to_owned(),
                false => format!(" (“{}”)", line(&wording.definition)),
            };
            let (day, by) = (sheaf.day(wording.at), line(sheaf.view.initials(wording.by)));
            out.push_str(&format!("- {day}, {by}, {}{reason}{was}\n", of_meaning(wording)));
        }
    }
    out
}

/// Counts in words.
fn said(uses: &Uses) -> String {
    match uses.passages {
        0 => "no passage".to_owned(),
        n => format!(
            "{} in {} of {}",
            counted(n, "passage"),
            counted(uses.sources, "source"),
            counted(uses.cases, "case")
        ),
    }
}
