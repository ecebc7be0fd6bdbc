//! A small study with a round of independent coding, at each of its stages, made by edits of its own coders.
//!
//! Three coders: PB, DC and EW. Eight practices, five of them in Round 1; PB and DC code all of them, EW one as the
//! third. Every kind of disagreement is in it: only, other code, sibling, parent and child, extent, split, partial and
//! an edge.

mod texts;

use emic::project::Project;
use emic::project::codebook::Origin;
use emic::project::decision::{Outcome, Piece};
use emic::project::edit::{Edit, NewDecision, NewRound, NewSource, NewWording, SpeakerIs, Spot, Words, plan};
use emic::project::id::{CaseId, CodeId, CoderId, FixedMint, Mint, RoundId, SourceId, Stamp, Writer};
use emic::project::round::{Desk, Drawn, Ground, Scope, Unit};
use emic::project::source::{Passage, SourceKind};
use emic::project::view::{View, Whose};
use emic::screen::app::App;
use emic::screen::play::Player;
use emic::session::history::History;
use emic::session::keeper::{turns_file, words_file};
use emic::session::{MemoryKeeper, NewFile, Study};
use emic::text::turns::{Hints, recognise};
use emic::text::units::{Body, paragraphs, words};
use emic::text::{Span, Text};
use texts::{BROAD, CASES, CODES, DC, EW, Mark, PB, SOURCES};

/// The study at some stage.
#[derive(Clone)]
pub struct Rounds {
    /// The project.
    pub project: Project,
    /// Its texts.
    pub files: Vec<NewFile>,
    /// The coders.
    pub pb: CoderId,
    pub dc: CoderId,
    pub ew: CoderId,
    /// The round; the default until it is opened.
    pub round: RoundId,
    /// The sources with their texts.
    pub texts: Vec<(SourceId, CaseId, Text)>,
    mint: FixedMint,
}

/// The codes of the round: the subcodes of the broad code.
pub const PINNED: [&str; 8] = [
    "Warm handoff",
    "Stepped care",
    "Referral",
    "Universal screening",
    "Funding",
    "Reimbursement",
    "EHR notes",
    "Registry",
];

impl Rounds {
    /// Texts, codes and the broad coding of PB; no round yet.
    pub fn plain() -> Self {
        let mut mint = FixedMint::new(31, "2026-03-01T09:00:00Z".parse().expect("a time"));
        let [pb, dc, ew] = [(); 3].map(|()| CoderId::from(mint.id()));
        let mut out = Self {
            project: Project::default(),
            files: Vec::new(),
            pb,
            dc,
            ew,
            round: RoundId::default(),
            texts: Vec::new(),
            mint,
        };
        out.edit(pb, &Edit::Found { title: "Behavioral health".into() });
        for (id, initials) in [(pb, "PB"), (dc, "DC"), (ew, "EW")] {
            out.edit(pb, &Edit::AddCoder { id, initials: initials.into(), name: String::new() });
        }
        for (name, region) in CASES {
            let case = out.mint.id().into();
            out.edit(pb, &Edit::AddCase { id: case, name: name.into(), kind: "practice".into() });
            out.edit(pb, &Edit::Describe { case, attribute: "Region".into(), value: region.into() });
        }
        for (case, name, words) in SOURCES {
            out.import(case, name, words);
        }
        for (name, parent, heading, definition) in CODES {
            let id: CodeId = out.mint.id().into();
            let parent = if parent.is_empty() { None } else { Some(out.code(parent)) };
            let after = out.view(pb).codebook().children(parent).last().copied();
            let spot = Spot { parent, after };
            out.edit(pb, &Edit::AddCode { id, name: name.into(), spot, origin: Origin::APriori, colour: None });
            if heading {
                out.edit(pb, &Edit::SetHeading(id, true));
            } else {
                let wording = NewWording {
                    definition: definition.into(),
                    use_when: format!("somebody tells of it: {}", name.to_lowercase()),
                    not_when: "it is only wished for".into(),
                    ..NewWording::default()
                };
                out.edit(pb, &Edit::Reword(id, wording));
            }
        }
        for words in BROAD {
            out.lay(pb, words, "BH integration");
        }
        out
    }

    /// Round 1 is open and blind. PB has finished two cases and proposes a code, DC one and proposes a wording; EW has
    /// not begun.
    pub fn open() -> Self {
        let mut out = Self::plain();
        out.at("2026-03-02T09:00:00Z");
        out.open_round("Round 1", &CASES.map(|(name, _)| name)[..5]);
        out.at("2026-03-04T09:00:00Z");
        let (pb, dc) = (out.pb, out.dc);
        let first = |out: &Self, marks: &'static [Mark], cases: &[&str]| -> Vec<Mark> {
            let of = |mark: &&Mark| cases.contains(&out.case_name(out.passage(mark.0).source).as_str());
            marks.iter().filter(of).copied().collect()
        };
        for (words, code, comment) in first(&out, PB, &["Practice 01", "Practice 02"]) {
            out.mark(pb, words, code, comment);
        }
        for (words, code, comment) in first(&out, DC, &["Practice 01"]) {
            out.mark(dc, words, code, comment);
        }
        let curbside = out.mint.id().into();
        let after = out.view(pb).codebook().children(Some(out.code("Meeting the patient"))).last().copied();
        let spot = Spot { parent: Some(out.code("Meeting the patient")), after };
        let add = Edit::AddCode {
            id: curbside,
            name: "Card handed over".into(),
            spot,
            origin: Origin::Emergent,
            colour: None,
        };
        out.edit(pb, &add);
        out.mark(pb, "Then we have her card, and the front desk, and if it can wait it waits.", "Card handed over", "");
        let handoff = out.code("Warm handoff");
        let narrower = NewWording {
            definition: "In-person introduction of a patient to an onsite specialist during the same visit.".into(),
            not_when: "a card or a call is all there is".into(),
            reason: "a wave from the door is not yet an introduction".into(),
            ..NewWording::default()
        };
        out.edit(dc, &Edit::Propose(handoff, narrower));
        for case in ["Practice 01", "Practice 02"] {
            out.finish(pb, case);
        }
        out.finish(dc, "Practice 01");
        out
    }

    /// All have finished: Round 1 is revealed, with disagreements of every kind, none of them decided.
    pub fn revealed() -> Self {
        let mut out = Self::open();
        out.at("2026-03-12T09:00:00Z");
        let (pb, dc, ew) = (out.pb, out.dc, out.ew);
        for (coder, marks) in [(pb, PB), (dc, DC), (ew, EW)] {
            for (words, code, comment) in marks {
                out.mark(coder, words, code, comment);
            }
        }
        for case in ["Practice 03", "Practice 04", "Practice 05"] {
            out.finish(pb, case);
        }
        for case in ["Practice 02", "Practice 03", "Practice 04", "Practice 05"] {
            out.finish(dc, case);
        }
        out.at("2026-03-14T16:20:00Z");
        out.finish(ew, "Practice 03");
        out
    }

    /// Some of the disagreements are decided, one by each of PB and DC, one is left to be talked over.
    pub fn reconciling() -> Self {
        let mut out = Self::revealed();
        out.at("2026-03-16T09:00:00Z");
        let (pb, dc) = (out.pb, out.dc);
        let door = "she walks over and gets Denise, and Denise comes into the room";
        out.decide(pb, "only", &[(pb, door, "Warm handoff")], Outcome::As(pb), "a walk into the room is one");
        let county = "The county gives us something every year for the rest.";
        out.decide(
            dc,
            "sibling",
            &[(pb, county, "Funding"), (dc, county, "Reimbursement")],
            Outcome::As(pb),
            "a county is no insurer",
        );
        let hello = "He says hello and stays if they want him to.";
        out.decide(pb, "only", &[(dc, hello, "Warm handoff")], Outcome::Discuss, "");
        out
    }

    /// Does an edit as a coder; it must be possible. Gives back what was done.
    pub fn edit(&mut self, coder: CoderId, edit: &Edit) -> String {
        let step = plan(&View::new(&self.project, coder), edit, &mut self.mint)
            .unwrap_or_else(|why| panic!("{why}: {edit:?}"));
        let writer = Writer::new(&format!("{}-0000", self.view(coder).initials(coder).replace('?', "X")));
        self.project.apply(Stamp(self.project.n() + 1, writer.expect("a writer")), &step.puts);
        step.did
    }

    /// Sets the clock.
    pub fn at(&mut self, time: &str) {
        self.mint.set(time.parse().expect("a time"));
    }

    /// The study as a coder sees it.
    pub fn view(&self, coder: CoderId) -> View<'_> {
        View::new(&self.project, coder)
    }

    /// The study, open, with this coder at work.
    pub fn study(&self, coder: CoderId) -> Study {
        let writer = format!("{}-test", self.view(coder).initials(coder));
        let mut keeper = MemoryKeeper::new(Writer::new(&writer).expect("a writer"));
        self.files.iter().cloned().for_each(|file| keeper.add_file(file));
        let mut mint = FixedMint::new(7, "2026-03-20T10:04:10Z".parse().expect("a time"));
        let _apart = mint.id();
        Study::new(self.project.clone(), coder, Box::new(keeper), Box::new(mint), History::default())
    }

    /// The program on it, with this coder at the keys.
    pub fn player(&self, coder: CoderId, width: u16, height: u16) -> Player {
        Player::new(App::new(self.study(coder), super::desk::setup()), width, height)
    }

    /// The code of this name, proposed ones too.
    pub fn code(&self, name: &str) -> CodeId {
        let found = [self.pb, self.dc, self.ew].into_iter().find_map(|coder| {
            let view = self.view(coder);
            view.codebook().in_order().into_iter().find(|code| view.code_name(*code) == name)
        });
        found.unwrap_or_else(|| panic!("no code “{name}”"))
    }

    /// The case of this name.
    pub fn case(&self, name: &str) -> CaseId {
        let view = self.view(self.pb);
        view.cases().iter().find(|case| case.name == name).unwrap_or_else(|| panic!("no case “{name}”")).id
    }

    fn case_name(&self, source: SourceId) -> String {
        let view = self.view(self.pb);
        let case = view.source(source).and_then(|source| view.case(source.case?));
        case.map_or_else(String::new, |case| case.name.clone())
    }

    /// Where these words stand.
    pub fn passage(&self, words: &str) -> Passage {
        for (source, _, text) in &self.texts {
            if let Some(at) = text.as_str().find(words) {
                let span = text.span(at..at + words.len());
                return self.view(self.pb).passage(*source, span);
            }
        }
        panic!("“{words}” stands nowhere")
    }

    /// Lays a code on words.
    pub fn lay(&mut self, coder: CoderId, words: &str, code: &str) {
        self.mark(coder, words, code, "");
    }

    /// Lays a code on words with a comment; nothing is done where it lies there already.
    pub fn mark(&mut self, coder: CoderId, words: &str, code: &str, comment: &str) {
        let (passage, id) = (self.passage(words), self.code(code));
        let has = |view: &View<'_>| {
            let same = |seen: &emic::project::view::Seen<'_>| seen.code == id && seen.span == passage.span;
            view.showing(Whose::Mine).codings_of(passage.source).find(same).map(|seen| seen.coding.id)
        };
        if has(&self.view(coder)).is_some() {
            return;
        }
        let lay = Edit::Lay { passages: vec![passage], codes: vec![id], apart: true, borders: Vec::new() };
        self.edit(coder, &lay);
        if !comment.is_empty() {
            let coding = has(&self.view(coder)).expect("it was laid");
            self.edit(coder, &Edit::Comment(coding, comment.into()));
        }
    }

    /// A coder finishes a case of the round.
    pub fn finish(&mut self, coder: CoderId, case: &str) -> String {
        let edit = Edit::Finish { round: self.round, case: self.case(case), finished: true };
        self.edit(coder, &edit)
    }

    /// Decides about what these coders had.
    pub fn decide(
        &mut self,
        coder: CoderId,
        kind: &str,
        seen: &[(CoderId, &str, &str)],
        outcome: Outcome,
        reason: &str,
    ) {
        let piece = |(coder, words, code): &(CoderId, &str, &str)| Piece {
            coder: *coder,
            code: self.code(code),
            at: self.passage(words),
        };
        let seen: Vec<Piece> = seen.iter().map(piece).collect();
        let result = match outcome {
            Outcome::As(of) => seen.iter().filter(|p| p.coder == of).map(|p| (p.code, p.at)).collect(),
            Outcome::Both => seen.iter().map(|p| (p.code, p.at)).collect(),
            _ => Vec::new(),
        };
        let new = NewDecision {
            round: self.round,
            with: Vec::new(),
            seen,
            kind: kind.into(),
            result,
            outcome,
            reason: reason.into(),
        };
        self.edit(coder, &Edit::Decide(Box::new(new)));
    }

    /// Opens a round of PB and DC on these cases, EW the third in Practice 03.
    pub fn open_round(&mut self, name: &str, cases: &[&str]) {
        self.round = self.mint.id().into();
        let desks: Vec<Desk> = cases
            .iter()
            .map(|name| {
                let third = if *name == "Practice 03" { vec![self.ew] } else { Vec::new() };
                let coders = [self.pb, self.dc].into_iter().chain(third).collect();
                Desk { case: self.case(name), coders }
            })
            .collect();
        let in_it = |case: CaseId| desks.iter().any(|desk| desk.case == case);
        let grounds =
            self.texts.iter().filter(|(_, case, _)| in_it(*case)).map(|(id, case, text)| ground(*id, *case, text));
        let new = NewRound {
            id: self.round,
            name: name.into(),
            grounds: grounds.collect(),
            desks,
            codes: PINNED.iter().map(|name| self.code(name)).collect(),
            scope: Scope::default(),
            unit: Unit::Turn,
            least: 0,
            depth: None,
            drawn: Drawn::AtRandom { seed: 4711 },
            drift: false,
        };
        self.edit(self.pb, &Edit::OpenRound(Box::new(new)));
    }

    /// Takes in a text, its turns as recognised: the first label the interviewer's.
    pub fn import(&mut self, case: &str, name: &str, words: &str) -> SourceId {
        let id: SourceId = self.mint.id().into();
        let folder = format!("{}-{}", name.to_lowercase().replace(' ', "-"), id.0.tail());
        let text = Text::new(words);
        let turns = recognise(&text, &Hints::default()).turns;
        let speaker = |n: usize| if n == 0 { SpeakerIs::Interviewer } else { SpeakerIs::Participant };
        let speakers = turns.labels.iter().enumerate().map(|(n, label)| (label.clone(), speaker(n))).collect();
        self.files.push(NewFile { path: words_file(&folder, 1), bytes: words.as_bytes().to_vec() });
        if !turns.turns.is_empty() {
            self.files.push(NewFile { path: turns_file(&folder, 1, 1), bytes: turns.to_ron().into_bytes() });
        }
        let case = self.case(case);
        let kind = if turns.turns.is_empty() { SourceKind::FieldNote } else { SourceKind::Interview };
        let new = NewSource {
            id,
            name: name.into(),
            kind,
            case: Some(case),
            wave: None,
            collected: None,
            folder,
            file: String::new(),
            text: Words { chars: text.chars(), ..Words::default() },
            turns: !turns.turns.is_empty(),
            speakers,
        };
        self.edit(self.pb, &Edit::Import(Box::new(new)));
        self.texts.push((id, case, text));
        id
    }
}

/// What of a text a round is held on: participants' turns, or all of it where nobody speaks; turns or paragraphs.
fn ground(source: SourceId, case: CaseId, text: &Text) -> Ground {
    let turns = recognise(text, &Hints::default()).turns;
    let whole = Span::new(0, text.chars());
    let units: Vec<Span> = if turns.turns.is_empty() {
        paragraphs(text, Body::whole(text)).collect()
    } else {
        turns.turns.iter().map(|turn| turn.body).collect()
    };
    let spoken = turns.turns.iter().filter(|turn| turn.speaker != Some(0)).map(|turn| turn.body);
    let scope: Vec<Span> = if turns.turns.is_empty() { vec![whole] } else { spoken.collect() };
    let count = scope.iter().map(|span| words(text, *span).count() as u32).sum();
    Ground { source, case, version: 1, chars: text.chars(), words: count, scope, units }
}
