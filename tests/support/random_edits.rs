//! Random plausible edits: what people could want of the project as it stands before them.
//!
//! A [`Wish`] is a handful of numbers, known before any project is: so proptest can make and shrink it, a test can keep
//! a list of wishes from a failure, and several writers can each have their own. What it means is decided against the
//! project that its coder sees ([`Wish::edit`]): the numbers pick a kind of edit, then codes, codings, words of a text.
//! Most of what comes out can be done; some of it is refused (a twin's name, a heading), and some names what is gone
//! (deleted codes, merged codes), as people do whose screen is a moment old. Texts are short and codes few, so that edits
//! meet each other often.
//!
//! Wishes depend on nothing but the public project and edit types: any test that plans edits can use them, with or
//! without an open study.
#![allow(dead_code, reason = "each test binary uses its part")]

mod findings;

use emic::project::Project;
use emic::project::case::Attribute;
use emic::project::codebook::Origin;
use emic::project::edit::{Edit, NewSource, NewWording, SpeakerIs, Spot, Words, plan};
use emic::project::id::{CaseId, CodeId, CoderId, CodingId, MemoId, Mint, SourceId, Stamp, Writer};
use emic::project::memo::{Link, MemoKind};
use emic::project::source::{Passage, SourceKind, Splice, Who};
use emic::project::view::{View, Whose};
use emic::text::{Pos, Span};
use proptest::prelude::*;

/// The chars of a new text. Short, so that codings meet.
const CHARS: u32 = 240;

/// What somebody wants done, as numbers. The same wish means something else in another project.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wish {
    /// Picks the kind of edit, then what it concerns.
    pub numbers: [u16; 5],
    /// What is wanted in the same step.
    pub and: Vec<Wish>,
}

/// Any wish; a few want several things in one step.
pub fn any_wish() -> impl Strategy<Value = Wish> {
    let single = any::<[u16; 5]>().prop_map(|numbers| Wish { numbers, and: Vec::new() });
    let more = prop_oneof![8 => Just(Vec::new()), 1 => proptest::collection::vec(single, 1..4)];
    (any::<[u16; 5]>(), more).prop_map(|(numbers, and)| Wish { numbers, and })
}

/// A list of wishes.
pub fn any_wishes(count: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<Wish>> {
    proptest::collection::vec(any_wish(), count)
}

impl Wish {
    /// A wish without proptest.
    pub fn random(rng: &mut fastrand::Rng) -> Self {
        let mut single = || Self { numbers: std::array::from_fn(|_| rng.u16(..)), and: Vec::new() };
        let mut wish = single();
        if wish.numbers[0].is_multiple_of(9) {
            wish.and = vec![single(), single()];
        }
        wish
    }

    /// The edit that the wish means to `coder` in `project`; `None` if there is nothing that it could mean (to remove a
    /// coding where there is none).
    pub fn edit(&self, project: &Project, coder: CoderId, mint: &mut dyn Mint) -> Option<Edit> {
        let view = View::new(project, coder);
        let picker = Picker { project, view, numbers: self.numbers };
        let mut left = u32::from(self.numbers[0]) % Picker::KINDS.iter().map(|(weight, _)| weight).sum::<u32>();
        let kind = Picker::KINDS.iter().find(|(weight, _)| {
            let found = left < *weight;
            left = left.saturating_sub(*weight);
            found
        });
        let first = kind.and_then(|(_, edit)| edit(&picker, mint));
        if self.and.is_empty() {
            return first;
        }
        let more: Vec<Edit> = self.and.iter().filter_map(|wish| wish.edit(project, coder, mint)).collect();
        let all: Vec<Edit> = first.into_iter().chain(more).collect();
        (!all.is_empty()).then_some(Edit::All(all))
    }
}

/// A small study to begin with, as the lines that made it: the coders PB and SC (in this order), two cases, three
/// sources, a codebook in two levels, some codings of both.
pub fn beginning(mint: &mut dyn Mint) -> (Project, Vec<CoderId>) {
    let mut project = Project::default();
    let mut apply = |edit: &Edit, coder: CoderId, mint: &mut dyn Mint| {
        let step = plan(&View::new(&project, coder), edit, mint).unwrap_or_else(|why| panic!("{why}: {edit:?}"));
        project.apply(Stamp(project.n() + 1, Writer::new("PB-0000").expect("a writer")), &step.puts);
    };
    let coders: Vec<CoderId> = ["PB", "SC"].map(|_| mint.id().into()).to_vec();
    apply(&Edit::Found { title: "Trial".into() }, coders[0], mint);
    for (id, initials) in coders.iter().zip(["PB", "SC"]) {
        apply(&Edit::AddCoder { id: *id, initials: initials.into(), name: String::new() }, *id, mint);
    }
    let cases: Vec<CaseId> = ["North", "South"].map(|_| mint.id().into()).to_vec();
    for (id, name) in cases.iter().zip(["North", "South"]) {
        apply(&Edit::AddCase { id: *id, name: name.into(), kind: "practice".into() }, coders[0], mint);
    }
    let mut sources = Vec::new();
    for (name, case) in [("Interview", Some(cases[0])), ("Visit", Some(cases[0])), ("Call", Some(cases[1]))] {
        sources.push(SourceId(mint.id()));
        apply(&Edit::Import(Box::new(new_source(sources[sources.len() - 1], name, case))), coders[0], mint);
    }
    let mut codes: Vec<CodeId> = Vec::new();
    for (name, parent) in
        [("Access", None), ("Cost", None), ("Wait", Some(0)), ("Distance", Some(0)), ("Fees", Some(1))]
    {
        let spot = Spot { parent: parent.map(|at: usize| codes[at]), after: None };
        codes.push(mint.id().into());
        let (id, origin) = (codes[codes.len() - 1], Origin::Emergent);
        apply(&Edit::AddCode { id, name: name.into(), spot, origin, colour: None }, coders[0], mint);
    }
    for at in 0..8u32 {
        let span = Span::new(at * 13 % 200, at * 13 % 200 + 20);
        let passages = vec![Passage { source: sources[at as usize % 3], version: 1, span }];
        let codes = vec![codes[at as usize % 5]];
        apply(&Edit::Lay { passages, codes, apart: false, borders: vec![] }, coders[at as usize % 2], mint);
    }
    (project, coders)
}

/// A source of [`CHARS`] chars whose words no test reads.
pub fn new_source(id: SourceId, name: &str, case: Option<CaseId>) -> NewSource {
    NewSource {
        id,
        name: name.into(),
        kind: SourceKind::Interview,
        case,
        wave: None,
        collected: None,
        folder: format!("{}-{}", name.to_lowercase(), id.0.tail()),
        file: String::new(),
        text: Words { chars: CHARS, ..Words::default() },
        turns: false,
        speakers: Vec::new(),
    }
}

/// Picks what an edit concerns by the numbers of a wish.
struct Picker<'a> {
    project: &'a Project,
    view: View<'a>,
    numbers: [u16; 5],
}

/// A kind of edit, with how often it is wished for.
type Kind<P> = (u32, fn(&P, &mut dyn Mint) -> Option<Edit>);

impl Picker<'_> {
    const KINDS: [Kind<Self>; 32] = [
        (30, Self::lay),
        (6, Self::lay_apart),
        (6, Self::lay_many),
        (5, Self::remove),
        (4, Self::resize),
        (4, Self::recode),
        (4, Self::comment),
        (8, Self::add_code),
        (4, Self::rename_code),
        (8, Self::move_code),
        (6, Self::merge_codes),
        (3, Self::delete_codes),
        (2, Self::set_heading),
        (2, Self::set_colour),
        (1, Self::set_origin),
        (4, Self::reword),
        (3, Self::pin),
        (6, Self::write_memo),
        (2, Self::rewrite_memo),
        (2, Self::delete_memo),
        (2, Self::add_case),
        (1, Self::rename_case),
        (3, Self::describe),
        (2, Self::import),
        (3, Self::change_source),
        (2, Self::say_who_speaks),
        (5, Self::correct),
        (4, Self::read),
        (6, Self::know),
        (6, Self::tabulate),
        (6, Self::theorise),
        (6, Self::judge),
    ];

    fn n(&self, at: usize) -> usize {
        usize::from(self.numbers[at])
    }

    /// Whether the number at `at` is one of every `count`.
    fn one_in(&self, count: usize, at: usize) -> bool {
        self.n(at).is_multiple_of(count)
    }

    fn pick<T: Copy>(&self, at: usize, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| from[self.n(at) % from.len()])
    }

    /// A code of the tree; one time in sixteen any that ever was.
    fn code(&self, at: usize) -> Option<CodeId> {
        if self.n(at) % 16 == 15 {
            let ever: Vec<CodeId> = self.project.tables().codes.keys().copied().collect();
            return self.pick(at, &ever);
        }
        self.pick(at, &self.view.codebook().in_order())
    }

    fn source(&self, at: usize) -> Option<SourceId> {
        let all: Vec<SourceId> = self.view.sources().iter().map(|source| source.id).collect();
        self.pick(at, &all)
    }

    fn case(&self, at: usize) -> Option<CaseId> {
        let all: Vec<CaseId> = self.view.cases().iter().map(|case| case.id).collect();
        self.pick(at, &all)
    }

    /// Mostly a coding of one's own.
    fn coding(&self, at: usize) -> Option<CodingId> {
        let whose = if self.n(at) % 20 == 19 { Whose::Everybody } else { Whose::Mine };
        let all: Vec<CodingId> = self.view.showing(whose).codings().map(|seen| seen.coding.id).collect();
        self.pick(at, &all)
    }

    fn memo(&self, at: usize) -> Option<MemoId> {
        let all: Vec<MemoId> = self.view.memos().map(|memo| memo.id).collect();
        self.pick(at, &all)
    }

    /// Some words of a source, now and then of an earlier version of it.
    fn passage(&self, source: SourceId, from: usize, length: usize) -> Option<Passage> {
        let now = self.view.version(source)?;
        let start = self.n(from) as u32 % now.chars.max(1);
        let end = (start + 1 + self.n(length) as u32 % 40).min(now.chars).max(start + 1);
        let version = if self.n(length) % 12 == 11 { now.based_on().max(1) } else { now.number };
        Some(Passage { source, version, span: Span::new(start, end) })
    }

    fn name(&self, at: usize) -> String {
        const NAMES: [&str; 12] = [
            "Access",
            "Cost",
            "Wait",
            "Distance",
            "Fees",
            "Trust",
            "Warm handoff",
            "Stigma",
            "Staff",
            "Hours",
            "Phone",
            "Family",
        ];
        let name = NAMES[self.n(at) % NAMES.len()];
        if self.one_in(3, at) { name.to_owned() } else { format!("{name} {}", self.n(at) % 50) }
    }

    fn lay(&self, _: &mut dyn Mint) -> Option<Edit> {
        let source = self.source(1)?;
        let borders = if self.n(1) % 4 == 3 { (1..12).map(|at| Pos(at * 20)).collect() } else { Vec::new() };
        let passages = vec![self.passage(source, 2, 3)?];
        Some(Edit::Lay { passages, codes: vec![self.code(4)?], apart: false, borders })
    }

    fn lay_apart(&self, _: &mut dyn Mint) -> Option<Edit> {
        let passages = vec![self.passage(self.source(1)?, 2, 3)?];
        Some(Edit::Lay { passages, codes: vec![self.code(4)?], apart: true, borders: Vec::new() })
    }

    /// Hits of a search, coded in one step.
    fn lay_many(&self, _: &mut dyn Mint) -> Option<Edit> {
        let sources = [self.source(1)?, self.source(2)?];
        let hit = |at: usize| {
            let chars = self.view.version(sources[at % 2])?.chars.max(20);
            let start = (self.n(3) * (at + 1) * 7 % (chars as usize - 15)) as u32;
            Some(self.view.passage(sources[at % 2], Span::new(start, start + 3 + (at as u32 * 5) % 12)))
        };
        let passages: Vec<Passage> = (0..2 + self.n(2) % 8).filter_map(hit).collect();
        Some(Edit::Lay { passages, codes: vec![self.code(4)?, self.code(3)?], apart: false, borders: Vec::new() })
    }

    fn remove(&self, _: &mut dyn Mint) -> Option<Edit> {
        let more = (self.one_in(3, 2)).then(|| self.coding(2)).flatten();
        Some(Edit::Remove([self.coding(1)?].into_iter().chain(more).collect()))
    }

    fn resize(&self, _: &mut dyn Mint) -> Option<Edit> {
        let id = self.coding(1)?;
        let source = self.project.coding(id)?.at.source;
        Some(Edit::Resize(id, self.passage(source, 2, 3)?))
    }

    fn recode(&self, _: &mut dyn Mint) -> Option<Edit> {
        Some(Edit::Recode(vec![self.coding(1)?, self.coding(2)?], self.code(4)?))
    }

    fn comment(&self, _: &mut dyn Mint) -> Option<Edit> {
        Some(Edit::Comment(self.coding(1)?, ["", "see the visit", "unsure", "strong"][self.n(2) % 4].into()))
    }

    fn spot(&self, parent: usize, after: usize) -> Spot {
        let parent = if self.one_in(3, parent) { None } else { self.code(parent) };
        let after = if self.one_in(3, after) { None } else { self.pick(after, self.view.codebook().children(parent)) };
        Spot { parent, after }
    }

    fn add_code(&self, mint: &mut dyn Mint) -> Option<Edit> {
        let (id, name, spot) = (mint.id().into(), self.name(1), self.spot(2, 3));
        let colour = (self.one_in(2, 4)).then_some(self.n(4) as u8 % 8);
        Some(Edit::AddCode { id, name, spot, origin: Origin::ALL[self.n(4) % 3], colour })
    }

    fn rename_code(&self, _: &mut dyn Mint) -> Option<Edit> {
        Some(Edit::RenameCode(self.code(1)?, self.name(2)))
    }

    fn move_code(&self, _: &mut dyn Mint) -> Option<Edit> {
        Some(Edit::MoveCode(self.code(1)?, self.spot(2, 3)))
    }

    fn merge_codes(&self, _: &mut dyn Mint) -> Option<Edit> {
        let more = (self.one_in(3, 3)).then(|| self.code(3)).flatten();
        Some(Edit::MergeCodes { from: [self.code(1)?].into_iter().chain(more).collect(), into: self.code(2)? })
    }

    fn delete_codes(&self, _: &mut dyn Mint) -> Option<Edit> {
        Some(Edit::DeleteCodes(vec![self.code(1)?]))
    }

    fn set_heading(&self, _: &mut dyn Mint) -> Option<Edit> {
        Some(Edit::SetHeading(self.code(1)?, self.one_in(2, 2)))
    }

    fn set_colour(&self, _: &mut dyn Mint) -> Option<Edit> {
        Some(Edit::SetColour(self.code(1)?, self.n(2) as u8 % 8))
    }

    fn set_origin(&self, _: &mut dyn Mint) -> Option<Edit> {
        Some(Edit::SetOrigin(self.code(1)?, Origin::ALL[self.n(2) % 3]))
    }

    fn reword(&self, _: &mut dyn Mint) -> Option<Edit> {
        let code = self.code(1)?;
        let present = self.view.code(code).and_then(|node| node.wording.as_ref());
        let mut new = NewWording::from_present(present);
        let field = [&mut new.definition, &mut new.use_when, &mut new.not_when, &mut new.example];
        field.into_iter().nth(self.n(2) % 4)?.push_str(&self.name(3));
        new.example_from = self.coding(4);
        new.reason = self.name(4);
        Some(Edit::Reword(code, new))
    }

    fn pin(&self, _: &mut dyn Mint) -> Option<Edit> {
        let code = if self.one_in(4, 2) { None } else { self.code(2) };
        Some(Edit::Pin(1 + self.n(1) as u8 % 9, code))
    }

    fn link(&self, at: usize) -> Option<Link> {
        Some(match self.n(at) % 6 {
            0 => Link::Study,
            1 => Link::Case(self.case(at)?),
            2 => Link::Source(self.source(at)?),
            3 => Link::Code(self.code(at)?),
            4 => Link::Coding(self.coding(at)?),
            _ => Link::Passage(self.passage(self.source(at)?, 2, 3)?),
        })
    }

    fn write_memo(&self, mint: &mut dyn Mint) -> Option<Edit> {
        let (kind, text) = (MemoKind::ALL[self.n(4) % 6], format!("# {}\n\nA thought.", self.name(3)));
        Some(Edit::WriteMemo { id: mint.id().into(), on: self.link(1)?, kind, shared: self.one_in(2, 4), text })
    }

    fn rewrite_memo(&self, _: &mut dyn Mint) -> Option<Edit> {
        let (id, on) = (self.memo(1)?, self.link(2)?);
        let kind = MemoKind::ALL[self.n(4) % 6];
        Some(Edit::WriteMemo { id, on, kind, shared: !self.one_in(3, 4), text: self.name(3) })
    }

    fn delete_memo(&self, _: &mut dyn Mint) -> Option<Edit> {
        Some(Edit::DeleteMemo(self.memo(1)?))
    }

    fn add_case(&self, mint: &mut dyn Mint) -> Option<Edit> {
        Some(Edit::AddCase { id: mint.id().into(), name: self.name(1), kind: "practice".into() })
    }

    fn rename_case(&self, _: &mut dyn Mint) -> Option<Edit> {
        Some(Edit::RenameCase(self.case(1)?, self.name(2)))
    }

    fn describe(&self, _: &mut dyn Mint) -> Option<Edit> {
        let known: Vec<&str> = self.project.all::<Attribute>().map(|attribute| attribute.name.as_str()).collect();
        let new = ["Setting", "Size", "Region"][self.n(2) % 3];
        let attribute = self.pick(2, &known).filter(|_| !self.one_in(3, 2)).unwrap_or(new).to_owned();
        Some(Edit::Describe {
            case: self.case(1)?,
            attribute,
            value: ["", "rural", "urban", "12"][self.n(3) % 4].into(),
        })
    }

    fn import(&self, mint: &mut dyn Mint) -> Option<Edit> {
        let case = if self.one_in(4, 2) { None } else { self.case(2) };
        let mut new = new_source(mint.id().into(), &self.name(1), case);
        new.speakers = self.speakers(mint);
        Some(Edit::Import(Box::new(new)))
    }

    fn speakers(&self, mint: &mut dyn Mint) -> Vec<(String, SpeakerIs)> {
        let person = SpeakerIs::Person { id: mint.id().into(), role: "nurse".into(), pseudonym: self.name(3) };
        let all = [SpeakerIs::Interviewer, SpeakerIs::Participant, person, SpeakerIs::Other, SpeakerIs::Unknown];
        let label = |at: usize| ["I", "P1", "P2"][(at + self.n(4)) % 3].to_owned();
        (0..self.n(4) % 4).map(|at| (label(at), all[(at + self.n(3)) % all.len()].clone())).collect()
    }

    fn change_source(&self, _: &mut dyn Mint) -> Option<Edit> {
        let source = self.source(1)?;
        Some(match self.n(2) % 8 {
            0 | 1 => Edit::RenameSource(source, self.name(3)),
            2 | 3 => Edit::SetKind(source, SourceKind::ALL[self.n(3) % 7]),
            4 | 5 => Edit::MoveSource(source, self.case(3).filter(|_| !self.one_in(3, 4))),
            6 => Edit::DeleteSource(source),
            _ => Edit::SetSpeaker(source, "P1".into(), [Who::Interviewer, Who::Other, Who::Unknown][self.n(3) % 3]),
        })
    }

    fn say_who_speaks(&self, mint: &mut dyn Mint) -> Option<Edit> {
        let source = self.source(1)?;
        let turns = self.view.version(source)?.turns + 1;
        Some(Edit::AcceptTurns(source, turns, self.speakers(mint)))
    }

    /// One or two stretches of a text replaced: by nothing, by as much, by more.
    fn correct(&self, mint: &mut dyn Mint) -> Option<Edit> {
        let source = self.source(1)?;
        let now = self.view.version(source)?;
        let length = now.chars;
        let start = self.n(2) as u32 % (length + 1);
        let first =
            Splice { at: Span::new(start, (start + self.n(3) as u32 % 30).min(length)), chars: self.n(4) as u32 % 25 };
        let from = (first.at.end.0 + 5).min(length);
        let second = Splice { at: Span::new(from, (from + 10).min(length)), chars: 3 };
        let splices = if self.one_in(2, 4) { vec![first] } else { vec![first, second] };
        let chars = splices.iter().fold(length, |chars, splice| chars + splice.chars - splice.at.len());
        let text = Words { sha256: mint.id().to_string(), chars, ..Words::default() };
        Some(Edit::Correct { source, splices, text, reason: self.name(3) })
    }

    fn read(&self, _: &mut dyn Mint) -> Option<Edit> {
        Some(Edit::Read { source: self.source(1)?, to: Pos(self.n(2) as u32 % CHARS), finished: self.one_in(4, 3) })
    }
}
