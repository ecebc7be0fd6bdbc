//! The memos, each at the time its header says.

use super::maker::{Maker, Timeline};
use super::working::root;
use emic::project::edit::Edit;
use emic::project::id::Mint;
use emic::project::memo::{Link, MemoKind};
use std::collections::HashMap;

pub fn plan(timeline: &mut Timeline) {
    let mut paths: Vec<_> = std::fs::read_dir(root().join("memos"))
        .expect("memos")
        .map(|entry| entry.expect("a memo").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "md"))
        .collect();
    paths.sort();
    for path in paths {
        let name = path.display().to_string();
        let whole = std::fs::read_to_string(&path).expect("a memo");
        let (head, body) = whole.split_once("\n\n").unwrap_or_else(|| panic!("{name}: no empty line after the header"));
        let fields: HashMap<String, String> = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
            .collect();
        let text = body.trim().trim_start_matches("# ").to_owned();
        let at = fields["at"].parse().unwrap_or_else(|err| panic!("{name}: {err}"));
        timeline.at(at, &fields["by"].clone(), move |maker| write(maker, &name, &fields, text));
    }
}

fn write(maker: &mut Maker, name: &str, fields: &HashMap<String, String>, text: String) {
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
        ["mark", file, number] => {
            let number: u32 = number.parse().unwrap_or_else(|_| panic!("{name}: mark {number}"));
            Link::Passage(maker.passage(file, maker.working.mark(file, number).span))
        }
        other => panic!("{name}: on {other:?}"),
    };
    let id = maker.mint.id().into();
    maker.edit(&Edit::WriteMemo { id, on, kind, shared: kind != MemoKind::Reflexive, text });
}
