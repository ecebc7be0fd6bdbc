//! What is asked for on the command line: which round, and what of it.

use super::Agreement;
use crate::cli::failure::{Failure, failed};
use crate::cli::names;
use crate::cli::opening::Desk;
use crate::findings::basis::{Asked, Depth};
use crate::project::id::{CaseId, CodeId, CoderId, Id, RoundId, SourceId};
use crate::project::view::View;
use crate::text::Text;

/// The texts of a project in their present versions.
pub(in crate::cli) fn texts(desk: &Desk) -> impl Fn(SourceId, u32) -> Option<Text> {
    |source, version| desk.read(source).ok().filter(|reading| reading.version == version).map(|reading| reading.text)
}

/// The round that `name` means; without one the round revealed last, else the one opened last.
pub(in crate::cli) fn a_round(view: &View<'_>, name: Option<&str>) -> Result<RoundId, Failure> {
    let rounds = view.rounds();
    let Some(name) = name else {
        let revealed = rounds.iter().filter_map(|round| Some((view.reveal(round.id)?.at, round.id))).max();
        let newest = revealed.map(|(_, id)| id).or(rounds.last().map(|round| round.id));
        return newest.map_or_else(|| failed("this project has no round yet"), Ok);
    };
    let named = rounds.iter().map(|round| (round.id, round.name.as_str()));
    one("round", name, named)
}

/// What is asked for otherwise than the round fixed it.
pub(super) fn asked(view: &View<'_>, args: &Agreement) -> Result<Asked, Failure> {
    let mut codes: Vec<CodeId> = Vec::new();
    for code in each(&args.codes, |name| names::code(view, name))? {
        codes.extend(view.codebook().branch(code));
    }
    Ok(Asked {
        unit: args.unit,
        depth: match args.level {
            None => Depth::Fixed,
            Some(0) => Depth::AsApplied,
            Some(level) => Depth::At(level),
        },
        codes,
        cases: each(&args.cases, |name| case(view, name))?,
        coders: each(&args.coders, |name| coder(view, name))?,
    })
}

/// The case that `name` means.
pub(in crate::cli) fn case(view: &View<'_>, name: &str) -> Result<CaseId, Failure> {
    let cases = view.cases();
    one("case", name, cases.iter().map(|case| (case.id, case.name.as_str())))
}

/// The coder of these initials.
pub(in crate::cli) fn coder(view: &View<'_>, initials: &str) -> Result<CoderId, Failure> {
    one("coder", initials, view.coders().map(|coder| (coder.id, coder.initials.as_str())))
}

/// The one thing of this name or id.
fn one<'a, K: Copy + Into<Id>>(kind: &str, name: &str, all: impl Iterator<Item = (K, &'a str)>) -> Result<K, Failure> {
    let all: Vec<(K, &str)> = all.collect();
    let is = |known: &str| known.trim().to_lowercase() == name.trim().to_lowercase();
    let by_id = |key: K| name.parse::<Id>().is_ok_and(|id| key.into() == id) || key.into().guid() == name;
    let found: Vec<K> = all.iter().filter(|(key, known)| by_id(*key) || is(known)).map(|(key, _)| *key).collect();
    match found[..] {
        [one] => Ok(one),
        [] if all.is_empty() => failed(format!("there is no {kind} “{name}”; the project has no {kind}s yet")),
        [] => {
            let known: Vec<String> = all.iter().take(8).map(|(_, known)| format!("“{known}”")).collect();
            let more = if all.len() > 8 { format!(", {} more", all.len() - 8) } else { String::new() };
            failed(format!("there is no {kind} “{name}” in this project; it has {}{more}", known.join(", ")))
        }
        _ => {
            let ids: Vec<String> = found.into_iter().map(|key| key.into().to_string()).collect();
            failed(format!("“{name}” is the name of {} {kind}s; say which by an id: {}", ids.len(), ids.join(", ")))
        }
    }
}

/// What lists of names mean, each thing once: parted by commas, unless all of one is a name itself.
fn each<K: PartialEq>(lists: &[String], find: impl Fn(&str) -> Result<K, Failure>) -> Result<Vec<K>, Failure> {
    let mut out = Vec::new();
    for list in lists {
        let found = match find(list) {
            Ok(one) => vec![one],
            Err(why) if !list.contains(',') => return Err(why),
            Err(_) => {
                list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(&find).collect::<Result<_, _>>()?
            }
        };
        for one in found {
            if !out.contains(&one) {
                out.push(one);
            }
        }
    }
    Ok(out)
}
