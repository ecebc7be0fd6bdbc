//! Filters as typed on the command line, found in the project.

use crate::cli::args::FilterArgs;
use crate::cli::failure::{Failure, failed};
use crate::cli::names;
use crate::findings::extracts::{Filter, Speaking, Stage};
use crate::project::row::Test;
use crate::project::view::View;

/// The filters that are asked for.
pub(in crate::cli) fn filters(view: &View<'_>, args: &FilterArgs) -> Result<Vec<Filter>, Failure> {
    let mut out: Vec<Filter> = Vec::new();
    for case in names::each(&args.cases, |name| names::case(view, name))? {
        out.push(Filter::Case(case));
    }
    for kind in &args.case_kind {
        let known = view.cases().into_iter().map(|case| case.kind.as_str());
        out.push(Filter::Kind(one_of("kind of case", kind, known)?));
    }
    for words in &args.wheres {
        out.push(attribute(view, words)?);
    }
    out.extend(args.kind.iter().map(|kind| Filter::SourceKind(*kind)));
    for name in &args.wave {
        let waves = view.waves();
        let known = one_of("wave", name, waves.iter().map(|wave| wave.name.as_str()))?;
        out.extend(waves.iter().filter(|wave| wave.name == known).map(|wave| Filter::Wave(wave.id)));
    }
    for name in &args.speaker {
        out.extend(speaker(view, name)?);
    }
    for role in &args.role {
        let known = view.participants().map(|person| person.role.as_str());
        out.push(Filter::Speaker(Speaking::Role(one_of("role", role, known)?)));
    }
    for round in &args.round {
        out.push(Filter::Round(names::round(view, round)?.id));
    }
    for cycle in &args.cycle {
        out.push(Filter::Cycle(names::cycle(view, cycle)?.map_or(Stage::Open, Stage::Within)));
    }
    if let Some(cycle) = &args.up_to_cycle {
        out.push(Filter::Cycle(names::cycle(view, cycle)?.map_or(Stage::Open, Stage::UpTo)));
    }
    out.extend(args.text.iter().map(|words| Filter::Words(words.clone())));
    out.extend(args.regex.iter().map(|pattern| Filter::Pattern(pattern.as_str().to_owned())));
    out.extend(args.comment.iter().map(|words| Filter::Comment(words.clone())));
    for filter in &out {
        filter.check().map_err(|why| Failure::Failed(why.to_string()))?;
    }
    Ok(out)
}

/// What a value is made into.
type Made = fn(String) -> Test;

/// `Setting=rural`, `Clinicians>=5`, `Clinicians<=9`, `Setting`.
fn attribute(view: &View<'_>, words: &str) -> Result<Filter, Failure> {
    // The name may have signs in it too: the longest name that is one.
    let signs: [(&str, Made); 4] = [(">=", Test::AtLeast), ("<=", Test::AtMost), ("=", Test::Is), (":", Test::Is)];
    for (sign, test) in signs {
        if let Some((name, value)) = words.split_once(sign) {
            let id = names::attribute(view, name.trim())?;
            let value = value.trim();
            if value.is_empty() {
                return failed(format!("“{words}” names no value; {name} alone asks for whatever is known"));
            }
            return Ok(Filter::Attribute(id, test(value.to_owned())));
        }
    }
    Ok(Filter::Attribute(names::attribute(view, words)?, Test::Known))
}

/// Who speaks: a participant, a label, or one of the two sides.
fn speaker(view: &View<'_>, name: &str) -> Result<Vec<Filter>, Failure> {
    let alike = |other: &str| other.trim().to_lowercase() == name.trim().to_lowercase();
    if alike("participants") {
        return Ok(vec![Filter::Speaker(Speaking::Participants)]);
    }
    if ["interviewer", "interviewers"].into_iter().any(alike) {
        return Ok(vec![Filter::Speaker(Speaking::Interviewers)]);
    }
    let people = view.participants().filter(|person| alike(&person.pseudonym));
    let mut found: Vec<Filter> = people.map(|person| Filter::Speaker(Speaking::Person(person.id))).collect();
    if view.speakers().any(|speaker| alike(&speaker.label)) {
        found.push(Filter::Speaker(Speaking::Label(name.trim().to_owned())));
    }
    if found.is_empty() {
        return failed(format!("nobody called “{name}” speaks in this project; `participants` stands for all of them"));
    }
    Ok(found)
}

/// The one of `known` that `name` means, as it is written there.
fn one_of<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Result<String, Failure> {
    let mut all: Vec<&str> = known.filter(|known| !known.is_empty()).collect();
    all.sort_unstable();
    all.dedup();
    let found = all.iter().find(|known| known.trim().to_lowercase() == name.trim().to_lowercase());
    match found {
        Some(found) => Ok((*found).to_owned()),
        None if all.is_empty() => failed(format!("there is no {what} “{name}”; this project has none")),
        None => {
            let listed: Vec<String> = all.iter().take(12).map(|known| format!("“{known}”")).collect();
            failed(format!("there is no {what} “{name}” in this project; it has {}", listed.join(", ")))
        }
    }
}
