//! From a key to the finished frame, in a transcript of 1 MB and one of 10 MB, with 50,000 overlapping codings; and opening
//! a project of 100,000 codings.
//!
//! `cargo bench --bench frames`. The targets (median 2 ms, p99 8 ms; 10 MB within a quarter of 1 MB; 300 ms to the first
//! frame) are printed beside what was measured; nothing fails, because machines differ: quote the ratios.

use emic::project::Project;
use emic::project::codebook::Origin;
use emic::project::coding::Coding;
use emic::project::edit::{Edit, NewSource, SpeakerIs, Spot, Words, plan};
use emic::project::id::{CodeId, CoderId, FixedMint, Mint, SourceId, Stamp, Writer};
use emic::project::record::Slot;
use emic::project::source::{Passage, SourceKind};
use emic::project::view::View;
use emic::screen::app::{App, Setup};
use emic::screen::glyphs::Glyphs;
use emic::screen::key::parse_keys;
use emic::screen::keymap::Keymap;
use emic::screen::theme::{Depth, Library};
use emic::session::history::History;
use emic::session::keeper::{turns_file, words_file};
use emic::session::{MemoryKeeper, NewFile, Study};
use emic::store::{Access, RealDisk, Who, open};
use emic::text::turns::{Hints, recognise};
use emic::text::{Span, Text};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::Arc;
use std::time::{Duration, Instant};

const WORDS: [&str; 24] = [
    "patient",
    "doctor",
    "we",
    "never",
    "the",
    "clinic",
    "upstairs",
    "um",
    "you know",
    "walks over",
    "every",
    "morning",
    "her",
    "table",
    "form",
    "again",
    "because",
    "insurance",
    "and then",
    "nobody",
    "asked",
    "what",
    "Tuesday",
    "café",
];

fn transcript(bytes: usize) -> String {
    let mut rng = fastrand::Rng::with_seed(10);
    let mut out = String::with_capacity(bytes + 4096);
    let mut turn = 0;
    while out.len() < bytes {
        out.push_str(if turn % 2 == 0 { "Interviewer: " } else { "Clinic manager: " });
        for _ in 0..rng.usize(1..8) {
            let mut first = true;
            for _ in 0..rng.usize(4..22) {
                let word = WORDS[rng.usize(..WORDS.len())];
                if first {
                    out.push_str(&word[..1].to_uppercase());
                    out.push_str(&word[1..]);
                } else {
                    out.push(' ');
                    out.push_str(word);
                }
                first = false;
            }
            out.push_str(". ");
        }
        out.push_str("\n\n");
        turn += 1;
    }
    out
}

fn mint() -> FixedMint {
    FixedMint::new(3, "2026-11-22T10:00:00Z".parse().expect("a time"))
}

struct Ground {
    project: Project,
    coder: CoderId,
    mint: FixedMint,
    codes: Vec<CodeId>,
}

impl Ground {
    fn new() -> Self {
        let mut mint = mint();
        let coder: CoderId = mint.id().into();
        let mut out = Self { project: Project::default(), coder, mint, codes: Vec::new() };
        out.edit(&Edit::Found { title: "A large study".into() });
        out.edit(&Edit::AddCoder { id: coder, initials: "PB".into(), name: String::new() });
        let mut after = None;
        for n in 0..60 {
            let id: CodeId = out.mint.id().into();
            let parent = (n % 10 != 0).then(|| out.codes[n / 10 * 10]);
            let spot = Spot { parent, after: if parent.is_none() { after } else { None } };
            out.edit(&Edit::AddCode {
                id,
                name: format!("Code number {n}"),
                spot,
                origin: Origin::Emergent,
                colour: None,
            });
            if parent.is_none() {
                after = Some(id);
            }
            out.codes.push(id);
        }
        for digit in 1..=9 {
            out.edit(&Edit::Pin(digit, Some(out.codes[usize::from(digit)])));
        }
        out
    }

    fn edit(&mut self, edit: &Edit) {
        let step = plan(&View::new(&self.project, self.coder), edit, &mut self.mint).expect("planned");
        self.project.apply(Stamp(self.project.n() + 1, Writer::NOBODY), &step.puts);
    }

    fn source(&mut self, name: &str, words: &str) -> (SourceId, Vec<NewFile>) {
        let id: SourceId = self.mint.id().into();
        let text = Text::new(words);
        let turns = recognise(&text, &Hints::default()).turns;
        let folder = format!("{}-{}", name.to_lowercase(), id.0.tail());
        let files = vec![
            NewFile { path: words_file(&folder, 1), bytes: words.as_bytes().to_vec() },
            NewFile { path: turns_file(&folder, 1, 1), bytes: turns.to_ron().into_bytes() },
        ];
        self.edit(&Edit::Import(Box::new(NewSource {
            id,
            name: name.into(),
            kind: SourceKind::Interview,
            case: None,
            wave: None,
            collected: None,
            folder,
            file: String::new(),
            text: Words { chars: text.chars(), words: 1, ..Words::default() },
            turns: true,
            speakers: vec![
                ("Interviewer".into(), SpeakerIs::Interviewer),
                ("Clinic manager".into(), SpeakerIs::Participant),
            ],
        })));
        (id, files)
    }

    /// Lays `count` codings over `chars` chars: most of a sentence or two, some of pages, one over everything.
    fn codings(&mut self, source: SourceId, chars: u32, count: u32) -> Vec<Slot<Coding>> {
        let mut rng = fastrand::Rng::with_seed(5);
        (0..count)
            .map(|n| {
                let length = match n {
                    0 => chars,
                    n if n % 100 == 0 => rng.u32(2_000..20_000),
                    _ => rng.u32(30..400),
                };
                let start = if n == 0 { 0 } else { rng.u32(0..chars.saturating_sub(length).max(1)) };
                let span = Span::new(start, (start + length).min(chars));
                let coding = Coding {
                    id: self.mint.id().into(),
                    coder: self.coder,
                    code: self.codes[rng.usize(1..self.codes.len())],
                    at: Passage { source, version: 1, span },
                    wording: None,
                    comment: String::new(),
                    round: None,
                };
                Slot::standing(Arc::new(coding))
            })
            .collect()
    }
}

fn setup() -> Setup {
    let library = Library::built_in();
    let styles = library.get("emic-dark").expect("a theme").at(Depth::True);
    let zone = jiff::tz::TimeZone::UTC;
    Setup { library, theme: "emic-dark".into(), styles, glyphs: Glyphs::UNICODE, keymap: Keymap::built_in(), zone }
}

fn app(bytes: usize) -> App {
    let mut ground = Ground::new();
    let words = transcript(bytes);
    let (source, files) = ground.source("Long", &words);
    let chars = words.chars().count() as u32;
    let codings = ground.codings(source, chars, 50_000);
    let project = Project::new(ground.project.tables().clone(), codings.into_iter());
    let mut keeper = MemoryKeeper::new(Writer::new("PB-test").expect("a writer"));
    files.into_iter().for_each(|file| keeper.add_file(file));
    let study = Study::new(project, ground.coder, Box::new(keeper), Box::new(ground.mint), History::default());
    App::new(study, setup())
}

/// What an analyst presses, over and over: moving by everything, selecting, coding, taking back, looking elsewhere.
const ROUND: &str = "jjjwwwWWJJsW]]]<PageDown><PageDown>ss1tt2Jvwww3u<C-r>sosw4.u<Space><Space>nn<Tab>jjj<Esc>\
kkk<PageUp>KKBBbbs5 gg<PageDown>JJJ<PageDown>s6JJs7u L L]]][[[ G<PageUp><PageUp>s8KK";

fn keys(name: &str, bytes: usize) -> (Duration, Duration) {
    let mut app = app(bytes);
    let mut terminal = Terminal::new(TestBackend::new(240, 70)).expect("a screen of cells");
    app.resize(240, 70);
    while !app.is_idle() {
        app.listen();
    }
    terminal.draw(|frame| app.draw(frame)).expect("a frame");
    let script = parse_keys(ROUND).expect("keys");
    let mut times = Vec::new();
    let mut by_key: std::collections::BTreeMap<String, Vec<Duration>> = std::collections::BTreeMap::new();
    for key in script.iter().cycle().take(2000) {
        let start = Instant::now();
        app.key(*key);
        app.listen();
        terminal.draw(|frame| app.draw(frame)).expect("a frame");
        let time = start.elapsed();
        by_key.entry(key.to_string()).or_default().push(time);
        times.push(time);
    }
    times.sort();
    let (median, p99) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    println!(
        "{name:<8} 2000 keys at 240x70: median {median:>9.1?}  p99 {p99:>9.1?}  max {:>9.1?}",
        times[times.len() - 1]
    );
    let mut slow: Vec<(Duration, String)> = by_key
        .into_iter()
        .map(|(key, mut times)| {
            times.sort();
            (times[times.len() / 2], key)
        })
        .collect();
    slow.sort_by(|a, b| b.cmp(a));
    let slow: Vec<String> = slow.iter().take(6).map(|(time, key)| format!("{key} {time:.1?}")).collect();
    println!("         slowest keys by median: {}", slow.join(", "));
    (median, p99)
}

/// From the start of the program to the first frame, with 100,000 codings in 60 sources on disk.
fn opening() {
    let mut ground = Ground::new();
    let mut codings = Vec::new();
    let mut texts = Vec::new();
    for n in 0..60 {
        let words = transcript(60_000);
        let (source, files) = ground.source(&format!("Talk-{n}"), &words);
        texts.extend(files);
        codings.extend(ground.codings(source, words.chars().count() as u32, 1_667));
    }
    let count = codings.len();
    let project = Project::new(ground.project.without_lines().tables().clone(), codings.into_iter());
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("study");
    let mut files: Vec<_> = emic::store::records::all_files(&project).into_iter().collect();
    files.extend(texts.into_iter().map(|file| (file.path, file.bytes)));
    emic::store::lay_out(&RealDisk, &folder, &files).expect("laid out");
    let mut times: Vec<Duration> = (0..9)
        .map(|n| {
            let start = Instant::now();
            let who = Who::scripted(Some("PB"), &mut FixedMint::new(n, mint().now()));
            let opened = open(Arc::new(RealDisk), &folder, who, Access::Write).expect("opened");
            let mut app = App::new(opened.study(Box::new(mint())), setup());
            let mut terminal = Terminal::new(TestBackend::new(240, 70)).expect("a screen of cells");
            app.resize(240, 70);
            terminal.draw(|frame| app.draw(frame)).expect("a frame");
            start.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "opening {count} codings in 60 sources, to the first frame: best {:.0?}, median {:.0?} (target: 300 ms)",
        times[0],
        times[times.len() / 2]
    );
}

fn main() {
    opening();
    println!("from a key to the finished frame (targets: median 2 ms, p99 8 ms)");
    let small = keys("1 MB", 1_000_000);
    let large = keys("10 MB", 10_000_000);
    let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
    println!(
        "10 MB against 1 MB: median {:.2}, p99 {:.2} (target: at most 1.25)",
        ratio(large.0, small.0),
        ratio(large.1, small.1)
    );
}
