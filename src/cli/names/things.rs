//! Finding the case, source, coder, attribute or round that a name on the command line means.

use super::folded;
use crate::cli::failure::{Failure, failed};
use crate::project::case::Bearer;
use crate::project::id::{
    AttributeId, CaseId, CoderId, CycleId, Id, ParticipantId, RoundId, SourceId, ThemeId, WaveId,
};
use crate::project::memo::Link;
use crate::project::round::Round;
use crate::project::view::View;
use std::sync::Arc;

/// How many names are listed where one is not found.
const LISTED: usize = 8;

/// A thing with a name, and its path where it has one besides: `P04 › Nurse`.
struct Thing<K> {
    key: K,
    id: Id,
    name: String,
    path: Option<String>,
}

impl<K: Copy + Into<Id>> Thing<K> {
    fn new(key: K, name: &str) -> Self {
        Self { key, id: key.into(), name: name.to_owned(), path: None }
    }
}

impl<K> Thing<K> {
    fn shown(&self) -> &str {
        self.path.as_deref().unwrap_or(&self.name)
    }
}

/// The one thing that `name` means: by its id, its name, or its path. `kind` and `kinds` are what such things are called.
fn one<K: Copy>(kind: &str, kinds: &str, name: &str, all: &[Thing<K>]) -> Result<K, Failure> {
    if let Some(thing) = super::an_id(name).and_then(|id| all.iter().find(|thing| thing.id == id)) {
        return Ok(thing.key);
    }
    let plain = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = plain(name);
    let mut found: Vec<&Thing<K>> = all.iter().filter(|thing| plain(&thing.name) == wanted).collect();
    if found.is_empty() {
        let parts = super::parts(name);
        let path = |thing: &&Thing<K>| {
            let path = thing.path.as_deref().map(|path| path.split(" › ").map(folded).collect::<Vec<_>>());
            path.is_some_and(|path| path == parts)
        };
        found = all.iter().filter(path).collect();
    }
    match found.as_slice() {
        [one] => Ok(one.key),
        [] if all.is_empty() => failed(format!("there is no {kind} “{name}”; the project has no {kinds} yet")),
        [] => {
            let mut names: Vec<String> = all.iter().take(LISTED).map(|thing| format!("“{}”", thing.shown())).collect();
            if all.len() > LISTED {
                names.push(format!("{} more", all.len() - LISTED));
            }
            failed(format!("there is no {kind} “{name}” in this project; it has {}", names.join(", ")))
        }
        several => {
            let alike = several.iter().any(|a| several.iter().any(|b| a.id != b.id && a.shown() == b.shown()));
            let said = several.iter().map(|thing| {
                if alike {
                    format!("“{}” ({})", thing.shown(), thing.id)
                } else {
                    format!("“{}”", thing.shown())
                }
            });
            let said: Vec<String> = said.collect();
            let what = if alike { "an id" } else { "a path" };
            failed(format!("“{name}” is the name of {} {kinds}; say which by {what}: {}", said.len(), said.join(", ")))
        }
    }
}

/// The case that `name` means.
pub(in crate::cli) fn case(view: &View<'_>, name: &str) -> Result<CaseId, Failure> {
    let all: Vec<_> = view.cases().into_iter().map(|case| Thing::new(case.id, &case.name)).collect();
    one("case", "cases", name, &all)
}

/// The source that `name` means: its name, or its path with its case: `P04 › Nurse`, `P04/Nurse`.
pub(in crate::cli) fn source(view: &View<'_>, name: &str) -> Result<SourceId, Failure> {
    let thing = |source: &Arc<crate::project::source::Source>| {
        let case = source.case.and_then(|case| view.case(case));
        let path = case.map(|case| format!("{} › {}", case.name, source.name));
        Thing { path, ..Thing::new(source.id, &source.name) }
    };
    let all: Vec<_> = view.sources().into_iter().map(thing).collect();
    one("source", "sources", name, &all)
}

/// The source of a case that `name` means.
pub(in crate::cli) fn source_of(view: &View<'_>, case: &str, name: &str) -> Result<SourceId, Failure> {
    let case = self::case(view, case)?;
    let all: Vec<_> =
        view.sources_of(Some(case)).into_iter().map(|source| Thing::new(source.id, &source.name)).collect();
    one("source", "sources", name, &all)
}

/// The coder of these initials.
pub(in crate::cli) fn coder(view: &View<'_>, initials: &str) -> Result<CoderId, Failure> {
    let all: Vec<_> = view.coders().map(|coder| Thing::new(coder.id, &coder.initials)).collect();
    one("coder", "coders", initials, &all)
}

/// The attribute of cases that `name` means.
pub(in crate::cli) fn attribute(view: &View<'_>, name: &str) -> Result<AttributeId, Failure> {
    attribute_of(view, Bearer::Case, name)
}

/// The attribute of cases or participants that `name` means.
pub(in crate::cli) fn attribute_of(view: &View<'_>, of: Bearer, name: &str) -> Result<AttributeId, Failure> {
    let theirs = view.attributes().into_iter().filter(|attribute| attribute.of == of);
    let all: Vec<_> = theirs.map(|attribute| Thing::new(attribute.id, &attribute.name)).collect();
    one("attribute", "attributes", name, &all)
}

/// The participant that `name` means: their pseudonym, or their path with their case: `P04 › Ana`.
pub(in crate::cli) fn participant(view: &View<'_>, name: &str) -> Result<ParticipantId, Failure> {
    let thing = |person: &Arc<crate::project::case::Participant>| {
        let case = person.case.and_then(|case| view.case(case));
        let path = case.map(|case| format!("{} › {}", case.name, person.pseudonym));
        Thing { path, ..Thing::new(person.id, &person.pseudonym) }
    };
    let all: Vec<_> = view.participants().map(thing).collect();
    one("participant", "participants", name, &all)
}

/// The theme that `name` means.
pub(in crate::cli) fn theme(view: &View<'_>, name: &str) -> Result<ThemeId, Failure> {
    let all: Vec<_> = view.themes().into_iter().map(|theme| Thing::new(theme.id, &theme.name)).collect();
    one("theme", "themes", name, &all)
}

/// The wave that `name` means.
pub(in crate::cli) fn wave(view: &View<'_>, name: &str) -> Result<WaveId, Failure> {
    let all: Vec<_> = view.waves().into_iter().map(|wave| Thing::new(wave.id, &wave.name)).collect();
    one("wave", "waves", name, &all)
}

/// The cycle that `name` means; `None` for `now`, the codebook as it stands.
pub(in crate::cli) fn cycle(view: &View<'_>, name: &str) -> Result<Option<CycleId>, Failure> {
    let wanted = name.trim().to_lowercase();
    let cycles = view.cycles();
    if let Some(found) = cycles.iter().find(|cycle| cycle.name.to_lowercase() == wanted) {
        return Ok(Some(found.id));
    }
    if wanted == "now" {
        return Ok(None);
    }
    let known: Vec<String> = cycles.iter().map(|cycle| format!("“{}”", cycle.name)).collect();
    let known = match known.is_empty() {
        true => "none was frozen yet; `emic codebook PROJECT --freeze NAME` does it".to_owned(),
        false => format!("there is {}", known.join(", ")),
    };
    failed(format!("there is no cycle “{name}” in this project; {known}"))
}

/// The round that `name` means.
pub(in crate::cli) fn round<'a>(view: &View<'a>, name: &str) -> Result<&'a Arc<Round>, Failure> {
    let all: Vec<_> = view.rounds().into_iter().map(|round| Thing::new(round.id, &round.name)).collect();
    let id: RoundId = one("round", "rounds", name, &all)?;
    view.round(id).ok_or_else(|| Failure::Failed(format!("there is no round “{name}” in this project")))
}

/// What a memo can be about: `study`, or the name of a code, case, source or theme; with what it is before it where
/// several have the name: `code:Access`.
pub(in crate::cli) fn about(view: &View<'_>, name: &str) -> Result<Link, Failure> {
    if name.trim().eq_ignore_ascii_case("study") {
        return Ok(Link::Study);
    }
    let theme = |name: &str| {
        let all: Vec<_> = view.themes().into_iter().map(|theme| Thing::new(theme.id, &theme.name)).collect();
        one("theme", "themes", name, &all)
    };
    let of = |kind: &str, name: &str| -> Option<Result<Link, Failure>> {
        Some(match kind {
            "code" => super::code(view, name).map(Link::Code),
            "case" => case(view, name).map(Link::Case),
            "source" => source(view, name).map(Link::Source),
            "theme" => theme(name).map(Link::Theme),
            _ => return None,
        })
    };
    if let Some((kind, rest)) = name.split_once(':')
        && let Some(found) = of(&kind.trim().to_lowercase(), rest.trim())
    {
        return found;
    }
    let kinds = ["code", "case", "source", "theme"];
    let found: Vec<(&str, Link)> =
        kinds.iter().filter_map(|kind| of(kind, name)?.ok().map(|found| (*kind, found))).collect();
    match found.as_slice() {
        [(_, one)] => Ok(*one),
        [] => failed(format!("there is no code, case, source or theme “{name}” in this project")),
        several => {
            let said: Vec<String> = several.iter().map(|(kind, _)| format!("“{kind}:{name}”")).collect();
            failed(format!("“{name}” is the name of several things; say which: {}", said.join(", ")))
        }
    }
}

/// What lists of names mean, each thing once: parted by commas, unless all of one is a name itself.
pub(in crate::cli) fn each<K: PartialEq>(
    lists: &[String],
    find: impl Fn(&str) -> Result<K, Failure>,
) -> Result<Vec<K>, Failure> {
    let mut out = Vec::new();
    let mut add = |key: K| {
        if !out.contains(&key) {
            out.push(key);
        }
    };
    for list in lists {
        if let (true, Ok(key)) = (list.contains(','), find(list)) {
            add(key);
            continue;
        }
        let mut names = list.split(',').map(str::trim).filter(|name| !name.is_empty()).peekable();
        if names.peek().is_none() {
            return failed("a name is missing: there is nothing in the list");
        }
        for name in names {
            add(find(name)?);
        }
    }
    Ok(out)
}
