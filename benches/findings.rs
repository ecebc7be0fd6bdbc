//! Findings of a large study: 100 cases with 500 codings each (50,000), 200 codes, a table of 100 lines, 60,000 words of
//! text a case in ten of them.
//!
//! `cargo bench --bench findings`. Every view is opened and walked by keys, before and after an edit; the longest a key held
//! the screen is printed beside the target (100 ms), with how long it took until everything stood. Nothing fails, because
//! machines differ: quote the ratios.

use emic::findings::matrix::{Asked, matrix};
use emic::findings::working::working;
use emic::project::Project;
use emic::project::codebook::Origin;
use emic::project::coding::Coding;
use emic::project::edit::{
    Edit, NewLine, NewSource, NewTable, NewTheme, RowEdit, SpeakerIs, Spot, TableEdit, ThemeEdit, Words, plan,
};
use emic::project::id::{
    CaseId, CodeId, CoderId, FixedMint, Id, LineId, Mint, RowId, SourceId, Stamp, TableId, ThemeId, Writer,
};
use emic::project::record::Slot;
use emic::project::row::Expr;
use emic::project::source::{Passage, SourceKind};
use emic::project::theme::Holds;
use emic::project::view::View;
use emic::screen::app::{App, Setup};
use emic::screen::glyphs::Glyphs;
use emic::screen::key::parse_keys;
use emic::screen::keymap::Keymap;
use emic::screen::theme::{Depth, Library};
use emic::session::history::History;
use emic::session::keeper::{turns_file, words_file};
use emic::session::{MemoryKeeper, Study};
use emic::text::turns::{Hints, recognise};
use emic::text::{Pos, Span, Text};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::Arc;
use std::time::{Duration, Instant};

const CASES: usize = 100;
const CODINGS: u32 = 500;
const CODES: usize = 200;
const LINES: usize = 100;
/// Turns of a text; 40 words each.
const TURNS: usize = 150;

struct Ground {
    project: Project,
    coder: CoderId,
    mint: FixedMint,
}

impl Ground {
    fn id<T: From<Id>>(&mut self) -> T {
        self.mint.id().into()
    }

    fn edit(&mut self, edit: &Edit) {
        let step = plan(&View::new(&self.project, self.coder), edit, &mut self.mint).expect("planned");
        self.project.apply(Stamp(self.project.n() + 1, Writer::NOBODY), &step.puts);
    }

    fn codes(&mut self) -> Vec<CodeId> {
        let mut codes: Vec<CodeId> = Vec::new();
        for n in 0..CODES {
            let id = self.id();
            let parent = (n % 10 != 0).then(|| codes[n / 10 * 10]);
            let spot = Spot { parent, after: None };
            let (name, origin) = (format!("Code number {n}"), Origin::ALL[n % 3]);
            self.edit(&Edit::AddCode { id, name, spot, origin, colour: None });
            codes.push(id);
        }
        codes
    }

    fn table(&mut self, codes: &[CodeId]) {
        let table: TableId = self.id();
        self.edit(&Edit::Tables(TableEdit::Set(
            table,
            Box::new(NewTable { name: "All".into(), ..NewTable::default() }),
        )));
        for n in 0..LINES {
            let (row, line): (RowId, LineId) = (self.id(), self.id());
            let code = |at: usize| Expr::Code { code: codes[at % codes.len()], below: at.is_multiple_of(2) };
            let holds = match n % 3 {
                0 => code(n),
                1 => Expr::Any(vec![code(n), code(n + 7), code(n + 31)]),
                _ => Expr::AtLeast(2, vec![code(n), code(n + 11), Expr::None(vec![code(n + 50)]), code(n + 90)]),
            };
            self.edit(&Edit::Rows(RowEdit::Set { id: row, name: format!("Row {n}"), holds }));
            let (group, of, label) = (format!("Group {}", n / 10), None, String::new());
            let new = NewLine { table, row, group, of, label, important: false, indent: 0 };
            self.edit(&Edit::Tables(TableEdit::Line(line, new)));
        }
    }

    fn themes(&mut self, codes: &[CodeId]) {
        for n in 0..5 {
            let theme: ThemeId = self.id();
            let new = NewTheme { name: format!("Theme {n}"), description: String::new(), parent: None };
            self.edit(&Edit::Themes(ThemeEdit::Set(theme, new)));
            for at in 0..8 {
                let (what, note) = (Holds::Code(codes[n * 40 + at * 3]), String::new());
                self.edit(&Edit::Themes(ThemeEdit::Hold { theme, what, note }));
            }
        }
    }
}

fn words(case: usize) -> String {
    const SAID: [&str; 12] =
        ["we", "screen", "every", "patient", "upstairs", "before", "nobody", "asked", "Tuesday", "the", "form", "her"];
    let mut rng = fastrand::Rng::with_seed(case as u64);
    let mut out = String::new();
    for turn in 0..TURNS {
        out.push_str(if turn % 2 == 0 { "Interviewer: " } else { "Nurse: " });
        for _ in 0..40 {
            out.push_str(SAID[rng.usize(..SAID.len())]);
            out.push(' ');
        }
        out.push_str("\n\n");
    }
    out
}

fn app() -> App {
    let mut mint = FixedMint::new(3, "2026-11-22T10:00:00Z".parse().expect("a time"));
    let coder: CoderId = mint.id().into();
    let mut ground = Ground { project: Project::default(), coder, mint };
    ground.edit(&Edit::Found { title: "A large study".into() });
    ground.edit(&Edit::AddCoder { id: coder, initials: "PB".into(), name: String::new() });
    let codes = ground.codes();
    ground.table(&codes);
    ground.themes(&codes);
    let mut keeper = MemoryKeeper::new(Writer::new("PB-test").expect("a writer"));
    let mut rng = fastrand::Rng::with_seed(5);
    let mut codings: Vec<Slot<Coding>> = Vec::new();
    for n in 0..CASES {
        let (case, source): (CaseId, SourceId) = (ground.id(), ground.id());
        ground.edit(&Edit::AddCase { id: case, name: format!("Practice {n:03}"), kind: "practice".into() });
        let words = words(n);
        let text = Text::new(&words);
        let turns = recognise(&text, &Hints::default()).turns;
        let folder = format!("p{n:03}-{}", source.0.tail());
        keeper.add_file(emic::session::NewFile { path: words_file(&folder, 1), bytes: words.into_bytes() });
        keeper.add_file(emic::session::NewFile { path: turns_file(&folder, 1, 1), bytes: turns.to_ron().into_bytes() });
        ground.edit(&Edit::Import(Box::new(NewSource {
            id: source,
            name: "Nurse".into(),
            kind: SourceKind::Interview,
            case: Some(case),
            wave: None,
            collected: None,
            folder,
            file: String::new(),
            text: Words { chars: text.chars(), words: 6000, ..Words::default() },
            turns: true,
            speakers: vec![("Interviewer".into(), SpeakerIs::Interviewer), ("Nurse".into(), SpeakerIs::Participant)],
        })));
        ground.edit(&Edit::Read { source, to: Pos(text.chars()), finished: true });
        for _ in 0..CODINGS {
            let (start, length) = (rng.u32(0..text.chars() - 400), rng.u32(30..400));
            let coding = Coding {
                id: ground.id(),
                coder,
                code: codes[rng.usize(1..codes.len())],
                at: Passage { source, version: 1, span: Span::new(start, start + length) },
                wording: None,
                comment: String::new(),
                round: None,
            };
            codings.push(Slot::standing(Arc::new(coding)));
        }
    }
    let project = Project::new(ground.project.tables().clone(), codings.into_iter());
    let study = Study::new(project, coder, Box::new(keeper), Box::new(ground.mint), History::default());
    let library = Library::built_in();
    let styles = library.get("emic-dark").expect("a theme").at(Depth::True);
    let (glyphs, keymap, zone) = (Glyphs::UNICODE, Keymap::built_in(), jiff::tz::TimeZone::UTC);
    App::new(study, Setup { library, theme: "emic-dark".into(), styles, glyphs, keymap, zone })
}

/// What is pressed in each view: coming to it, walking, opening what a figure rests on, coming back.
const VIEWS: [(&str, &str); 9] = [
    ("gT Findings", "gT<Tab>jjjjj<Enter><Esc>llhh<Enter><Esc>SSS"),
    ("gX Matrices", "gXjjjlll<Enter><Esc>TSPP"),
    ("gE Extracts", "gCgEjjj<PageDown><PageDown>Gggo<Esc>"),
    ("gY Framework", "gYjjjlll"),
    ("gW Words", "gWjjj<PageDown>"),
    ("gB Codebook", "gBjjjl h<Tab>jjj<Tab>"),
    ("gL Landscape", "gLjjj<Tab>jjjl"),
    ("gm Memos", "gm"),
    ("gP People", "gPjjjl"),
];

struct Bench {
    app: App,
    terminal: Terminal<TestBackend>,
}

impl Bench {
    /// The key that held the screen longest, and how long it took from the first key until all stood.
    fn press(&mut self, script: &str) -> (Duration, String, Duration) {
        let began = Instant::now();
        let mut worst = (Duration::ZERO, String::new());
        for key in parse_keys(script).expect("keys") {
            let start = Instant::now();
            self.app.key(key);
            self.frame();
            let time = start.elapsed();
            if time > worst.0 {
                worst = (time, key.to_string());
            }
            while !self.app.is_idle() {
                let start = Instant::now();
                self.frame();
                let time = start.elapsed();
                if time > worst.0 {
                    worst = (time, format!("after {key}"));
                }
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        (worst.0, worst.1, began.elapsed())
    }

    fn frame(&mut self) {
        self.app.listen();
        let app = &mut self.app;
        self.terminal.draw(|frame| app.draw(frame)).expect("a frame");
    }
}

fn main() {
    let mut app = app();
    app.resize(160, 50);
    let snapshot = app.study.snapshot();
    let view = View::new(&snapshot, app.study.view().coder());
    let time = |what: &str, run: &mut dyn FnMut() -> usize| {
        let mut times: Vec<Duration> = (0..7)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(run());
                start.elapsed()
            })
            .collect();
        times.sort();
        println!("{what:<34} median {:>8.1?}", times[3]);
    };
    time("the working set", &mut || working(&view).counted.len());
    let asked = Asked::default();
    time("a matrix of cases and codes", &mut || matrix(&view, &asked, &|_| None).map_or(0, |found| found.rows.len()));
    let terminal = Terminal::new(TestBackend::new(160, 50)).expect("a screen of cells");
    let mut bench = Bench { app, terminal };
    println!("the longest that a key held the screen (target 100 ms), and until all of its view stood");
    for round in ["first", "after an edit"] {
        for (name, script) in VIEWS {
            let (worst, key, all) = bench.press(script);
            println!("{name:<14} {round:<14} {worst:>9.1?} ({key})  all keys {all:>9.1?}");
        }
        bench.press("<Esc><Esc>gCs1");
        bench.press("scA new one<Enter><Esc>");
    }
}
