//! Who is said to have said something: `a BH specialist, urban FQHC`.
//!
//! Made from what the study allows in publications. Whoever reads it may know the field: where what is said fits fewer
//! participants than the study asks for, it is marked, and what says less is offered.

use super::count::{Counting, Known};
use super::presence::{By, Presence, Unit, no_speakers};
use crate::project::case::{AttributeKind, Bearer};
use crate::project::id::{AttributeId, CaseId, Id, ParticipantId, SourceId, WaveId};
use crate::project::source::Who;
use crate::project::study::{FEWEST, Sign};
use crate::project::view::View;
use crate::text::Span;
use crate::text::turns::Turns;
use std::cell::RefCell;
use std::collections::HashMap;

/// What is said of a speaker of whom nothing may be said.
const SOMEBODY: &str = "a participant";

/// How a speaker can be signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    /// As printed.
    pub text: String,
    /// What it says of them.
    pub signs: Vec<Sign>,
    /// How many participants it fits; `None` where it says nothing of a participant.
    pub fits: Option<usize>,
}

/// How the speaker of a passage is signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attribution {
    /// All that the study allows.
    pub full: Signature,
    /// What says less and fits enough participants, most telling first; the last says nothing.
    pub coarser: Vec<Signature>,
    /// How many participants it has to fit.
    pub fewest: usize,
    /// Everything that can be said, to know again what was.
    all: Vec<Signature>,
}

impl Attribution {
    /// Whether all that the study allows says too much here.
    #[must_use]
    pub fn says_too_much(&self) -> bool {
        self.full.fits.is_some_and(|fits| fits < self.fewest)
    }

    /// What is offered first: all that the study allows if that fits enough participants, else what says the most and does.
    #[must_use]
    pub fn offered(&self) -> &Signature {
        let coarser = self.coarser.first().filter(|_| self.says_too_much());
        coarser.unwrap_or(&self.full)
    }

    /// How many participants words that stand under a quotation fit, if they are fewer than are asked for. Words that
    /// somebody wrote otherwise are not known to fit anybody.
    #[must_use]
    pub fn too_few(&self, by: &str) -> Option<usize> {
        let known = self.all.iter().find(|signature| signature.text == by)?;
        known.fits.filter(|fits| *fits < self.fewest)
    }
}

/// A speaker, as far as they are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Person {
    id: Option<ParticipantId>,
    case: Option<CaseId>,
    wave: Option<WaveId>,
}

/// Who speaks in a passage, each once.
#[must_use]
pub fn speakers(view: &View<'_>, source: SourceId, turns: &Turns, span: Span) -> Vec<Who> {
    let mut out = Vec::new();
    for turn in turns.turns_in(span) {
        let who = turns.label_of(turn).map_or(Who::Unknown, |label| view.who(source, label));
        if !out.contains(&who) {
            out.push(who);
        }
    }
    out
}

/// How those who speak in a passage of a source are signed.
#[must_use]
pub fn attribution(view: &View<'_>, source: SourceId, speakers: &[Who]) -> Attribution {
    Signer::new(*view).attribution(source, speakers)
}

/// What an attribute that follows from codings says, by case; nothing of cases of which that cannot be said.
type Follows = HashMap<CaseId, bool>;

/// Signs speakers. What follows from codings is worked out once, when it is first asked, so that many are signed by one.
pub struct Signer<'a> {
    view: View<'a>,
    follows: RefCell<HashMap<(AttributeId, Option<WaveId>), Follows>>,
}

impl<'a> Signer<'a> {
    /// Signs as the view's coder may see the study.
    #[must_use]
    pub fn new(view: View<'a>) -> Self {
        Self { view, follows: RefCell::default() }
    }

    /// What it signs from.
    #[must_use]
    pub const fn view(&self) -> &View<'a> {
        &self.view
    }

    /// How those who speak in a passage of a source are signed.
    #[must_use]
    pub fn attribution(&self, source: SourceId, speakers: &[Who]) -> Attribution {
        let view = &self.view;
        let study = view.study();
        let fewest = study.map_or(0, |study| study.fewest);
        let fewest = if fewest == 0 { FEWEST } else { fewest } as usize;
        let allowed = study.map(|study| study.signature.clone()).filter(|signs| !signs.is_empty());
        let allowed = allowed.unwrap_or_else(|| vec![Sign::Role]);
        let record = view.source(source);
        let (case, wave) = (record.and_then(|source| source.case), record.and_then(|source| source.wave));
        let answering: Vec<Person> = speakers
            .iter()
            .filter_map(|who| match who {
                Who::Participant(id) => {
                    let own = id.and_then(|id| view.participant(id)).and_then(|person| person.case);
                    Some(Person { id: *id, case: own.or(case), wave })
                }
                Who::Unknown => Some(Person { id: None, case, wave }),
                Who::Interviewer | Who::Other => None,
            })
            .collect();
        if answering.is_empty() && !speakers.is_empty() {
            let asked = speakers.contains(&Who::Interviewer);
            let text = if asked { "the interviewer" } else { "somebody else" };
            let full = Signature { text: text.into(), signs: Vec::new(), fits: None };
            return Attribution { full: full.clone(), coarser: Vec::new(), fewest, all: vec![full] };
        }
        let people = if answering.is_empty() { vec![Person { id: None, case, wave }] } else { answering };
        let all: Vec<Signature> = subsets(&allowed).into_iter().map(|signs| self.signed(&people, signs)).collect();
        let mut coarser: Vec<Signature> = Vec::new();
        for signature in all.iter().skip(1).filter(|one| one.fits.is_none_or(|fits| fits >= fewest)) {
            // What says less than one that is offered already says nothing better.
            let less = |other: &Signature| signature.signs.iter().all(|sign| other.signs.contains(sign));
            let twice = coarser.iter().any(|other| other.text == signature.text);
            if !twice && (signature.signs.is_empty() || !coarser.iter().any(less)) && signature.text != all[0].text {
                coarser.push(signature.clone());
            }
        }
        Attribution { full: all[0].clone(), coarser, fewest, all }
    }

    fn signed(&self, people: &[Person], signs: Vec<Sign>) -> Signature {
        let view = &self.view;
        let mut texts: Vec<String> = Vec::new();
        let mut fits: Option<usize> = None;
        for person in people {
            let said: Vec<(Sign, String)> =
                signs.iter().filter_map(|sign| Some((*sign, self.said(*person, *sign)?))).collect();
            let text = composed(&said);
            if !texts.contains(&text) {
                texts.push(text);
            }
            if !said.is_empty() {
                let has =
                    |other: Person| said.iter().all(|(sign, words)| self.said(other, *sign).as_ref() == Some(words));
                let others =
                    view.participants().map(|other| Person { id: Some(other.id), case: other.case, wave: person.wave });
                let n = others.filter(|other| has(*other)).count();
                fits = Some(fits.map_or(n, |fits| fits.min(n)));
            }
        }
        Signature { text: texts.join(" and "), signs, fits }
    }

    /// What one sign says of a person; `None` where that is not known.
    fn said(&self, person: Person, sign: Sign) -> Option<String> {
        let view = &self.view;
        let participant = person.id.and_then(|id| view.participant(id));
        let words = match sign {
            Sign::Pseudonym => participant?.pseudonym.clone(),
            Sign::Role => participant?.role.clone(),
            Sign::Case => view.case(person.case?)?.name.clone(),
            Sign::CaseKind => view.case(person.case?)?.kind.clone(),
            Sign::Attribute(id) => {
                let attribute = view.attribute(id)?;
                let whose: Id = match attribute.of {
                    Bearer::Case => person.case?.0,
                    Bearer::Participant => person.id?.0,
                };
                let follows = attribute.follows.is_some().then(|| self.follows(id, person));
                let value = match follows {
                    Some(follows) => follows.map(|yes| if yes { "yes" } else { "no" })?,
                    None => view.value_in(id, whose, person.wave)?,
                };
                match (attribute.kind, value) {
                    (AttributeKind::YesNo, "yes") => attribute.name.clone(),
                    (AttributeKind::YesNo, _) => format!("no {}", attribute.name),
                    (AttributeKind::Number | AttributeKind::Date, value) => format!("{} {value}", attribute.name),
                    (_, value) => value.replace('\n', ", "),
                }
            }
        };
        (!words.is_empty()).then_some(words)
    }

    /// Whether what an attribute follows from holds of a person's case; `None` where that cannot be said.
    fn follows(&self, attribute: AttributeId, person: Person) -> Option<bool> {
        let (case, key) = (person.case?, (attribute, person.wave));
        if let Some(known) = self.follows.borrow().get(&key) {
            return known.get(&case).copied();
        }
        let presence = Presence::new(&self.view, person.wave, By::Working, &no_speakers);
        let counting = Counting::new(self.view, &presence);
        let said = |case: CaseId| match counting.value(attribute, Unit::Case(case)) {
            Known::Is(value) => Some((case, value == "yes")),
            Known::Not(_) => None,
        };
        let known: Follows = self.view.cases().into_iter().filter_map(|case| said(case.id)).collect();
        let here = known.get(&case).copied();
        self.follows.borrow_mut().insert(key, known);
        here
    }
}

/// How many things may be said at most: of more, only those at the front are combined.
const MOST: usize = 8;

/// All ways to leave some out, fewest left out first; of as many, those left out that stand last.
fn subsets(signs: &[Sign]) -> Vec<Vec<Sign>> {
    let signs = &signs[..signs.len().min(MOST)];
    let mut masks: Vec<u32> = (0..1 << signs.len()).collect();
    // The first sign is the highest bit, so that of two of a size the greater number keeps what stands first.
    masks.sort_by_key(|mask: &u32| (std::cmp::Reverse(mask.count_ones()), std::cmp::Reverse(*mask)));
    let has = |mask: u32, n: usize| mask & (1 << (signs.len() - 1 - n)) != 0;
    let of = |mask| (0..signs.len()).filter(|n| has(mask, *n)).map(|n| signs[n]).collect();
    masks.into_iter().map(of).collect()
}

/// What may be said of a speaker, as it is typed: `role, Place, kind of case; at least 3`.
#[must_use]
pub fn signature_words(view: &View<'_>) -> String {
    let Some(study) = view.study() else { return String::new() };
    let name = |sign: &Sign| match sign {
        Sign::Pseudonym => "pseudonym".to_owned(),
        Sign::Role => "role".to_owned(),
        Sign::Case => "case".to_owned(),
        Sign::CaseKind => "kind of case".to_owned(),
        Sign::Attribute(id) => view.attribute(*id).map_or_else(String::new, |attribute| attribute.name.clone()),
    };
    let signs = if study.signature.is_empty() { &[Sign::Role][..] } else { &study.signature };
    let names: Vec<String> = signs.iter().map(name).filter(|name| !name.is_empty()).collect();
    let fewest = if study.fewest == 0 { FEWEST } else { study.fewest };
    format!("{}; at least {fewest}", names.join(", "))
}

/// What was typed of what may be said of a speaker.
///
/// # Errors
/// One sentence about what is not understood, with what there is.
pub fn read_signature(view: &View<'_>, typed: &str) -> Result<(Vec<Sign>, u32), String> {
    let (signs, fewest) = typed.split_once(';').map_or((typed, None), |(signs, fewest)| (signs, Some(fewest)));
    let fewest = match fewest.map(|words| words.trim().trim_start_matches("at least").trim()) {
        None | Some("") => view.study().map_or(0, |study| study.fewest),
        Some(number) => match number.parse() {
            Ok(n) if n > 0 => n,
            _ => return Err(format!("“{number}” is no number of participants: write `; at least 3`")),
        },
    };
    let mut out = Vec::new();
    for name in signs.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let plain = name.to_lowercase();
        let sign = match plain.as_str() {
            "pseudonym" => Sign::Pseudonym,
            "role" => Sign::Role,
            "case" => Sign::Case,
            "kind" | "kind of case" => Sign::CaseKind,
            _ => match view.attributes().into_iter().find(|attribute| attribute.name.to_lowercase() == plain) {
                Some(attribute) => Sign::Attribute(attribute.id),
                None => {
                    let there: Vec<&str> = view.attributes().iter().map(|attribute| attribute.name.as_str()).collect();
                    let there = if there.is_empty() { String::new() } else { format!(", {}", there.join(", ")) };
                    return Err(format!(
                        "there is no “{name}” here; there is pseudonym, role, case, kind of case{there}"
                    ));
                }
            },
        };
        if !out.contains(&sign) {
            out.push(sign);
        }
    }
    Ok((out, fewest))
}

/// What is said, as it is printed: `a BH specialist, urban FQHC`.
fn composed(said: &[(Sign, String)]) -> String {
    if said.is_empty() {
        return SOMEBODY.to_owned();
    }
    let mut out = String::new();
    let mut before: Option<Sign> = None;
    let of_case = |sign: Sign| matches!(sign, Sign::Attribute(_) | Sign::CaseKind);
    for (sign, words) in said {
        match before {
            None if *sign == Sign::Role => out.push_str(&with_article(words)),
            None if of_case(*sign) => out.push_str(&format!("{SOMEBODY}, {words}")),
            None if *sign == Sign::Case => out.push_str(&format!("{SOMEBODY}, {words}")),
            None => out.push_str(words),
            Some(before) if of_case(before) && of_case(*sign) => out.push_str(&format!(" {words}")),
            Some(_) => out.push_str(&format!(", {words}")),
        }
        before = Some(*sign);
    }
    out
}

/// With `a` or `an`: `an MA`, `a BH specialist`, `a nurse`.
fn with_article(words: &str) -> String {
    let first = words.split_whitespace().next().unwrap_or_default();
    let letters = first.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let spelt = letters.len() < 5 && letters.chars().all(|c| c.is_ascii_uppercase()) && !letters.is_empty();
    let vowel = match letters.chars().next() {
        // Letters that are read one by one: em-ay, ef-en-pee.
        Some(c) if spelt => "AEFHILMNORSX".contains(c),
        Some(c) => "aeioAEIO".contains(c),
        None => false,
    };
    format!("{} {words}", if vowel { "an" } else { "a" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::{AttributeEdit, Edit, NewAttribute};
    use crate::project::row::Expr;
    use crate::project::testing::Desk;

    struct Scene {
        desk: Desk,
        sources: Vec<SourceId>,
        people: Vec<ParticipantId>,
    }

    /// Four practices, a nurse each; the last is rural, and has a BH specialist too.
    fn scene() -> Scene {
        let mut desk = Desk::new();
        let place: AttributeId = desk.id().into();
        let new = NewAttribute {
            name: "Place".into(),
            of: Bearer::Case,
            kind: AttributeKind::Text,
            choices: Vec::new(),
            by_wave: false,
            follows: None,
        };
        desk.apply(&Edit::Attributes(AttributeEdit::Set(place, new)));
        let (mut sources, mut people) = (Vec::new(), Vec::new());
        for n in 0..4 {
            let (case, source) = desk.case(&format!("P0{n}"));
            let value = if n == 3 { "rural" } else { "urban" }.to_owned();
            desk.apply(&Edit::Attributes(AttributeEdit::Value { attribute: place, whose: case.0, wave: None, value }));
            for role in ["nurse", "BH specialist"].iter().take(if n == 3 { 2 } else { 1 }) {
                let id = desk.id().into();
                let (pseudonym, role) = (format!("Ann {n}"), (*role).to_owned());
                desk.apply(&Edit::Attributes(AttributeEdit::Person { id, pseudonym, role, case: Some(case) }));
                people.push(id);
            }
            sources.push(source);
        }
        let signs = vec![Sign::Role, Sign::Attribute(place), Sign::CaseKind];
        desk.apply(&Edit::Attributes(AttributeEdit::Signature(signs, 0)));
        Scene { desk, sources, people }
    }

    #[test]
    fn a_speaker_is_signed_with_what_the_study_allows_and_marked_where_that_fits_too_few() {
        let scene = scene();
        let view = scene.desk.view();
        let of = |source: usize, person: usize| {
            attribution(&view, scene.sources[source], &[Who::Participant(Some(scene.people[person]))])
        };
        let urban = of(0, 0);
        assert_eq!((urban.full.text.as_str(), urban.full.fits), ("a nurse, urban practice", Some(3)));
        assert!(!urban.says_too_much());
        let rural = of(3, 3);
        assert_eq!((rural.full.text.as_str(), rural.full.fits), ("a nurse, rural practice", Some(1)));
        assert!(rural.says_too_much());
        assert_eq!(rural.too_few("a nurse, rural practice"), Some(1));
        assert_eq!((rural.too_few("a nurse"), rural.too_few("somebody I know")), (None, None));
        let offers: Vec<_> = rural.coarser.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(offers, ["a nurse, practice", "a participant"]);
        assert_eq!(rural.offered().text, "a nurse, practice");
        let only = of(3, 4);
        assert_eq!(only.full.text, "a BH specialist, rural practice");
        assert_eq!(only.offered().text, "a participant, practice");
        assert_eq!(only.coarser.last().map(|one| one.fits), Some(None), "what says nothing fits everybody");
    }

    #[test]
    fn what_follows_from_codings_is_said_of_speakers_and_counts_in_whom_it_fits() {
        let mut scene = scene();
        let code = scene.desk.code("Warm handoff");
        let id: AttributeId = scene.desk.id().into();
        let new = NewAttribute {
            name: "walking patients over".into(),
            of: Bearer::Case,
            kind: AttributeKind::YesNo,
            choices: Vec::new(),
            by_wave: false,
            follows: Some(Expr::Code { code, below: false }),
        };
        scene.desk.apply(&Edit::Attributes(AttributeEdit::Set(id, new)));
        let (signs, _) = read_signature(&scene.desk.view(), "role, Walking patients over").expect("signs");
        assert_eq!(signs, [Sign::Role, Sign::Attribute(id)]);
        scene.desk.apply(&Edit::Attributes(AttributeEdit::Signature(signs, 2)));
        scene.desk.lay(scene.sources[0], 0, 5, code);
        let signed = |scene: &Scene| {
            let view = scene.desk.view();
            let signer = Signer::new(view);
            let of = |n: usize| signer.attribution(scene.sources[n], &[Who::Participant(Some(scene.people[n]))]);
            [of(0), of(1)].map(|of| (of.full.text.clone(), of.full.fits, of.says_too_much()))
        };
        let open = signed(&scene);
        assert_eq!(open[0], ("a nurse".into(), Some(4), false), "nobody has coded it to the end: nothing is said");
        for source in scene.sources.clone() {
            let edit = Edit::Read { source, to: crate::text::Pos(5), finished: true };
            scene.desk.apply(&edit);
        }
        let [first, second] = signed(&scene);
        assert_eq!(first, ("a nurse, walking patients over".into(), Some(1), true));
        assert_eq!(second, ("a nurse, no walking patients over".into(), Some(3), false));
    }

    #[test]
    fn what_may_be_said_is_typed_by_name() {
        let scene = scene();
        let view = scene.desk.view();
        assert_eq!(signature_words(&view), "role, Place, kind of case; at least 3");
        let (signs, fewest) = read_signature(&view, "role, PLACE, role; at least 5").expect("signs");
        assert_eq!((signs.len(), fewest), (2, 5));
        let why = read_signature(&view, "role, size").expect_err("no such thing");
        assert_eq!(why, "there is no “size” here; there is pseudonym, role, case, kind of case, Place");
        assert!(read_signature(&view, "role; at least none").expect_err("no number").contains("“none”"));
    }

    #[test]
    fn interviewers_and_speakers_nobody_knows_are_signed_as_such() {
        let scene = scene();
        let view = scene.desk.view();
        assert_eq!(attribution(&view, scene.sources[0], &[Who::Interviewer]).full.text, "the interviewer");
        let nobody = attribution(&view, scene.sources[0], &[]);
        assert_eq!((nobody.full.text.as_str(), nobody.full.fits), ("a participant, urban practice", Some(3)));
        let both = [Who::Interviewer, Who::Participant(Some(scene.people[0])), Who::Participant(Some(scene.people[1]))];
        assert_eq!(attribution(&view, scene.sources[0], &both).full.text, "a nurse, urban practice", "said once");
        let articles = ["MA", "RN", "BH specialist", "LCSW", "EHR vendor", "office manager", "user", "PCP"];
        let wanted =
            ["an MA", "an RN", "a BH specialist", "an LCSW", "an EHR vendor", "an office manager", "a user", "a PCP"];
        assert_eq!(articles.map(with_article), wanted);
    }
}
