//! Agreement on a large study: 2 coders × 1,000,000 chars × 30 codes, 4,800 codings; every level and view.
//!
//! `cargo bench --bench agreement`. The whole process (start, reading, counting, writing) is to take 60 ms at most; what
//! its parts take in this process is printed below it. Nothing fails, because machines differ: quote the ratios.

#[path = "../tests/agreement/large.rs"]
mod large;

use emic::agreement::{Case, Coding, Document, Input, Level, Options, Span, SplitMix64, Study};
use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 25;

/// The times of so many runs, sorted.
fn times(mut run: impl FnMut()) -> Vec<Duration> {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

fn print(what: &str, times: &[Duration], target: &str) {
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let (least, median, most) = (times[0], times[times.len() / 2], times[times.len() - 1]);
    println!("{what:<52} median {:8.2} ms ({:.2}-{:.2}) {target}", ms(median), ms(least), ms(most));
}

/// A round as it is compared on a screen: 2 coders, 5 cases, 24 codes, 14 sources of 80 turns.
fn round() -> Input {
    let mut random = SplitMix64::new(7);
    let length = 40_000;
    let turns: Vec<Span> = (0..80).map(|n| Span::new(n * 500, n * 500 + 499)).collect();
    let documents: Vec<Document> = (0..14)
        .map(|n| Document { id: format!("d{n}"), length, turns: Some(turns.clone()), ..Document::default() })
        .collect();
    let cases = (0..5).map(|n| Case {
        id: format!("c{n}"),
        documents: (0..14).filter(|d| d % 5 == n).map(|d| format!("d{d}")).collect(),
    });
    let codings = (0..1200).map(|_| {
        let start = random.below(39_000).cast_signed();
        Coding {
            document: format!("d{}", random.below(14)).into(),
            coder: format!("coder{}", random.below(2)).into(),
            code: format!("code{}", random.below(24)).into(),
            span: Span::new(start, start + 20 + random.below(400).cast_signed()),
        }
    });
    Input {
        cases: cases.collect(),
        coders: vec!["coder0".to_owned(), "coder1".to_owned()],
        codes: (0..24).map(|n| format!("code{n}")).collect(),
        options: Options { bootstrap: 0, ..Options::default() },
        codings: codings.collect(),
        documents,
        ..Input::default()
    }
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    for (units, what) in
        [(false, "emic agreement --input large.json"), (true, "the same with words, paragraphs, turns")]
    {
        let file = folder.path().join("large.json");
        std::fs::write(&file, large::input(units).to_json()).expect("a file");
        let whole = times(|| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_emic"));
            let status = command.args(["agreement", "--input"]).arg(&file).stdout(Stdio::null()).status();
            assert!(status.expect("a run").success());
        });
        print(what, &whole, "(target 60)");
    }
    let json = large::input(true).to_json();
    print("  reading", &times(|| drop(black_box(Input::from_json(&json)))), "");
    let input = Input::from_json(&json).expect("an input");
    print("  preparing", &times(|| drop(black_box(Study::prepare(input.clone())))), "(with a copy of the input)");
    let study = Study::prepare(input).expect("a study");
    for level in Level::ALL {
        let what = format!("  {level:?}, with bootstrap and domains");
        print(&what, &times(|| drop(black_box(study.level_in_full(level)))), "");
    }
    print("  segments", &times(|| drop(black_box(study.segments()))), "");
    print("  NVivo", &times(|| drop(black_box(study.nvivo()))), "");
    print("  unitizing", &times(|| drop(black_box(study.unitizing()))), "");
    print("  items", &times(|| drop(black_box(study.items()))), "");
    print("  disagreements", &times(|| drop(black_box(study.disagreements()))), "");
    print("  all of the report, written", &times(|| study.write_report(std::io::sink()).expect("written")), "");

    let input = round();
    let three = times(|| {
        let study = Study::prepare(input.clone()).expect("a study");
        for level in [Level::Turn, Level::Case, Level::Char] {
            black_box(study.level(level));
        }
    });
    print("a round on the screen: turn, case, char", &three, "(target 10)");
    let queue = times(|| drop(black_box(Study::prepare(input.clone()).expect("a study").items())));
    print("its queue of disagreements", &queue, "(target 10)");
}
