//! What the analysts held of codes in practices that talk of a thing and do not do it.

use super::maker::{Maker, Timeline};
use super::working::{Working, root};
use emic::project::edit::{Edit, JudgeEdit};
use emic::project::judgement::Held;
use jiff::Timestamp;
use serde::Deserialize;
use std::rc::Rc;

#[derive(Deserialize)]
struct Sitting {
    by: String,
    at: Timestamp,
    /// File, code, what is held, the words that show it, why.
    of: Vec<(String, String, Held, String, String)>,
}

pub fn plan(timeline: &mut Timeline, working: &Rc<Working>) {
    let text = std::fs::read_to_string(root().join("judgements.ron")).expect("judgements.ron");
    let sittings: Vec<Sitting> = ron::from_str(&text).unwrap_or_else(|err| panic!("judgements.ron: {err}"));
    for sitting in sittings {
        let mut time = sitting.at;
        for (file, key, held, words, reason) in sitting.of {
            let working = Rc::clone(working);
            timeline.at(time, &sitting.by, move |maker| judge(maker, &working, &file, &key, held, &words, reason));
            time = super::maker::after(time, 3);
        }
    }
}

fn judge(maker: &mut Maker, working: &Working, file: &str, key: &str, held: Held, words: &str, reason: String) {
    let span = working.find(file, words);
    let entry = working.study.sources.iter().find(|entry| entry.file == file).expect("a source");
    let (case, code, passages) = (maker.cases[&entry.case], maker.code(key), vec![maker.passage(file, span)]);
    let wave = None;
    let edit = JudgeEdit::Case { case, code, wave, held: Some(held), reason, codings: Vec::new(), passages };
    maker.edit(&Edit::Judge(edit));
}
