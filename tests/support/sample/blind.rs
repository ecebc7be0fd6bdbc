//! Round 1 while it is blind: what each coder laid in the practices that are theirs, and when.

use super::codebook::bare;
use super::maker::{Maker, Timeline, after};
use super::working::{Difference, How, Working};
use emic::findings::draw::{stratified, untouched};
use emic::findings::ground::{Asked, grounds};
use emic::project::codebook::Origin;
use emic::project::edit::{Edit, NewRound, NewWording, Spot};
use emic::project::id::{CaseId, CodeId, Mint, RoundId};
use emic::project::round::{Desk, Drawn, Scope, Unit};
use emic::text::{Pos, Span};
use std::rc::Rc;

/// How long a coding takes, in minutes.
const EACH: i64 = 4;

pub fn plan(timeline: &mut Timeline, working: &Rc<Working>) {
    let file = &working.round;
    timeline.at(file.round.at, &file.round.by, open);
    for session in &file.sessions {
        let mut time = session.at;
        for source in working.files_of(&session.case) {
            for laid in laid_by(working, &session.coder, source) {
                time = after(time, EACH);
                let end = laid.span.end;
                let name = source.to_owned();
                timeline.at(time, &session.coder, move |maker| {
                    maker.lay(&name, laid.span, &laid.key, &laid.comment);
                    read_to(maker, &name, end);
                });
            }
            let name = source.to_owned();
            time = after(time, EACH);
            timeline.at(time, &session.coder, move |maker| maker.read(&name));
        }
        let case = session.case.clone();
        timeline.at(after(time, 1), &session.coder, move |maker| {
            maker.edit(&Edit::Finish { round: maker.round, case: maker.cases[&case], finished: true });
        });
    }
    let code = file.proposals.code.clone();
    timeline.at(code.at, &code.by.clone(), move |maker| {
        let id: CodeId = maker.mint.id().into();
        let parent = Some(maker.code(&code.parent));
        let after = maker.view().codebook().children(parent).last().copied();
        let (spot, origin) = (Spot { parent, after }, Origin::Emergent);
        maker.edit(&Edit::AddCode { id, name: code.name.clone(), spot, origin, colour: None });
        let wording = NewWording {
            definition: code.definition.clone(),
            use_when: code.use_when.clone(),
            not_when: code.not_when.clone(),
            ..NewWording::default()
        };
        maker.edit(&Edit::Reword(id, wording));
        maker.codes.insert(code.key.clone(), id);
    });
    let wording = file.proposals.wording.clone();
    timeline.at(wording.at, &wording.by.clone(), move |maker| {
        let new = NewWording {
            definition: wording.definition.clone(),
            use_when: wording.use_when.clone(),
            not_when: wording.not_when.clone(),
            example: bare(&wording.example),
            reason: wording.reason.clone(),
            ..NewWording::default()
        };
        maker.edit(&Edit::Propose(maker.code(&wording.code), new));
    });
}

fn read_to(maker: &mut Maker, file: &str, to: Pos) {
    let source = maker.sources[file].0;
    let before = maker.view().progress(source).map_or(Pos(0), |progress| progress.read_to);
    maker.edit(&Edit::Read { source, to: to.max(before), finished: false });
}

/// Draws the cases and opens the round.
fn open(maker: &mut Maker) {
    let working = Rc::clone(&maker.working);
    let entry = &working.round.round;
    let of_round = working.codes.iter().filter(|code| !code.heading && working.is_of_round(&code.key));
    let codes: Vec<CodeId> = of_round.map(|code| maker.code(&code.key)).collect();
    let view = maker.view();
    let attribute = view.attributes().into_iter().find(|attribute| attribute.name == entry.by_attribute);
    let by = attribute.expect("the attribute").id;
    let frame: Vec<(CaseId, Option<&str>)> =
        untouched(&view, &codes).into_iter().map(|case| (case, view.value_of(case, by))).collect();
    assert_eq!(frame.len(), working.study.cases.len(), "all cases can be drawn");
    let cases = stratified(&frame, entry.cases, entry.seed).expect("enough cases");
    let drawn: Vec<&str> = working
        .study
        .cases
        .iter()
        .filter(|case| cases.contains(&maker.cases[&case.key]))
        .map(|case| case.key.as_str())
        .collect();
    let sat: std::collections::BTreeSet<&str> =
        working.round.sessions.iter().map(|session| session.case.as_str()).collect();
    assert_eq!(drawn, Vec::from_iter(sat), "the sessions of round.ron are on the cases that seed {} draws", entry.seed);
    let scope = Scope { within: vec![maker.code(&entry.within)], ..Scope::default() };
    let asked = Asked { cases: &cases, scope: &scope, unit: Unit::Turn, given: None };
    let grounds = grounds(&view, &maker.texts(), &asked).expect("grounds");
    let desk = |case: CaseId| {
        let named = working.study.cases.iter().find(|named| maker.cases[&named.key] == case).expect("a case");
        let coders = entry.coders_of(&named.key).into_iter().map(|coder| maker.coders[coder]).collect();
        Desk { case, coders }
    };
    let id: RoundId = maker.mint.id().into();
    let new = NewRound {
        id,
        name: entry.name.clone(),
        desks: cases.iter().map(|case| desk(*case)).collect(),
        grounds,
        codes,
        scope,
        unit: Unit::Turn,
        least: 0,
        depth: None,
        drawn: Drawn::Stratified { seed: entry.seed, by },
        drift: false,
    };
    maker.edit(&Edit::OpenRound(Box::new(new)));
    maker.round = id;
}

/// A coding as it is laid.
#[derive(Clone, PartialEq, Debug)]
pub struct Laid {
    pub span: Span,
    pub key: String,
    pub comment: String,
}

/// What the marks of a text say for the codes that are `wanted`, by place.
pub fn truth(working: &Working, file: &str, wanted: impl Fn(&str) -> bool) -> Vec<Laid> {
    let mut out = Vec::new();
    for mark in &working.text(file).marks {
        for key in mark.keys.iter().filter(|key| wanted(key)) {
            out.push(Laid { span: mark.span, key: key.clone(), comment: mark.comment.clone() });
        }
    }
    out.sort_by_key(|laid| laid.span);
    out
}

/// What a coder lays in a source in the round: the truth but for their differences from it.
pub fn laid_by(working: &Working, coder: &str, file: &str) -> Vec<Laid> {
    let mine = || working.round.differences.iter().filter(|difference| difference.coder == coder);
    let mut out = Vec::new();
    for mark in &working.text(file).marks {
        for key in mark.keys.iter().filter(|key| working.is_of_round(key)) {
            let here = |at: &super::working::At| (at.0.as_str(), at.1, &at.2) == (file, mark.number, key);
            let difference = mine().find(|difference| difference.at.as_ref().is_some_and(here));
            let note = working.round.comments.iter().find(|note| note.coder == coder && here(&note.at));
            let comment = match (difference, note) {
                (Some(difference), _) => difference.comment.clone(),
                (None, Some(note)) => note.comment.clone(),
                (None, None) => String::new(),
            };
            let (spans, key) = match difference {
                Some(difference) => differing(working, file, mark.span, key, difference),
                None => (vec![mark.span], key.clone()),
            };
            out.extend(spans.into_iter().map(|span| Laid { span, key: key.clone(), comment: comment.clone() }));
        }
    }
    for difference in mine().filter(|difference| difference.file == file) {
        if let How::Adds(key) = &difference.how {
            let span = working.find(file, &difference.words);
            out.push(Laid { span, key: key.clone(), comment: difference.comment.clone() });
        }
    }
    out.sort_by_key(|laid| laid.span);
    out
}

/// The words and the code that a coder lays where the truth has `key` on `span`.
fn differing(working: &Working, file: &str, span: Span, key: &str, difference: &Difference) -> (Vec<Span>, String) {
    match &difference.how {
        How::Omits => (Vec::new(), key.to_owned()),
        How::Shifts(words) => (vec![working.find(file, words)], key.to_owned()),
        How::Splits(pieces) => (pieces.iter().map(|words| working.find(file, words)).collect(), key.to_owned()),
        How::Gives(other) if difference.words.is_empty() => (vec![span], other.clone()),
        How::Gives(other) => (vec![working.find(file, &difference.words)], other.clone()),
        How::Adds(_) => panic!("{file}: what is added stands at nothing"),
    }
}
