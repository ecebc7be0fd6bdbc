//! The review of an import: the files, and of the chosen one what was guessed about it, to be corrected and taken in.
//!
//! Also used for a source that is in the project already, to have its turns recognised again. What the keys do is in
//! `commands/importing.rs`; nothing here changes the project.

mod draw;
mod fields;
pub mod reading;

pub use draw::draw;

use crate::exchange::import::{Batch, Entry, Prepared, State, case_patterns};
use crate::project::id::SourceId;
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use reading::{AT_ONCE, News, Reader};
use regex::Regex;
use std::path::PathBuf;
use std::time::Duration;

/// How often work beside the screen is asked what it has.
const ASK_EVERY: Duration = Duration::from_millis(50);
/// How many corrections can be taken back.
const KEPT: usize = 50;

/// What the review is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// Files to be imported.
    Files,
    /// The turns of a source that is in the project.
    Turns(SourceId),
}

/// What has the keys within the review.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Focus {
    /// The files.
    Files,
    /// The labels of the chosen file.
    Labels,
}

/// A row among the labels of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LabelRow {
    /// A speaker, by number.
    Voice(usize),
    /// A label that was left out, by number.
    LeftOut(usize),
    /// A label that the analyst took for no speaker, by number.
    Rejected(usize),
}

/// How things stood before a correction.
struct Past {
    entries: Vec<(usize, Entry)>,
    pattern: Option<Regex>,
}

/// The review.
pub struct Review {
    /// What it is of.
    pub what: What,
    /// The files.
    pub batch: Batch,
    /// Where they are; empty for a source of the project.
    pub paths: Vec<PathBuf>,
    /// The chosen file.
    pub file: usize,
    /// The chosen row among its labels.
    pub row: usize,
    /// What has the keys.
    pub focus: Focus,
    /// The first turn (without turns: paragraph) of the preview.
    pub preview: usize,
    reader: Option<Reader>,
    asked_at: Duration,
    past: Vec<Past>,
    /// Whether a pattern for cases was looked for.
    guessed: bool,
    top: std::cell::Cell<usize>,
    label_top: std::cell::Cell<usize>,
}

impl Review {
    /// A review of what `reader` reads.
    #[must_use]
    pub fn new(what: What, reader: Reader, home: Option<String>) -> Self {
        Self {
            what,
            batch: Batch { home, ..Batch::default() },
            paths: Vec::new(),
            file: 0,
            row: 0,
            focus: Focus::Labels,
            preview: 0,
            reader: Some(reader),
            asked_at: Duration::ZERO,
            past: Vec::new(),
            guessed: false,
            top: std::cell::Cell::new(0),
            label_top: std::cell::Cell::new(0),
        }
    }

    /// Whether something is read or looked at beside the screen.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.reader.is_some()
    }

    /// What is done beside the screen.
    #[must_use]
    pub const fn reader(&self) -> Option<&Reader> {
        self.reader.as_ref()
    }

    /// When it wants to be told the time.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        self.reader.is_some().then(|| self.asked_at + ASK_EVERY)
    }

    /// Stops what is done beside the screen; says whether there was something.
    pub fn stop(&mut self) -> bool {
        self.reader.take().is_some()
    }

    /// Begins something beside the screen.
    pub fn begin(&mut self, reader: Reader) {
        self.reader = Some(reader);
    }

    /// Takes in what was done beside the screen; says whether anything has changed.
    pub fn hear(&mut self) -> bool {
        let Some(reader) = &mut self.reader else { return false };
        let Some(news) = reader.hear() else {
            self.reader = None;
            self.stopped();
            return true;
        };
        let changed = !news.is_empty();
        for news in news {
            if let News::Entry(at, path, entry) = news {
                match at.and_then(|at| self.batch.entries.get_mut(at)) {
                    Some(there) => *there = Entry { wanted: there.wanted, ..*entry },
                    None => {
                        self.batch.entries.push(*entry);
                        self.paths.push(path);
                    }
                }
            }
        }
        changed
    }

    /// What follows when all files are read that will be: the first time, a pattern for their cases is looked for.
    pub fn stopped(&mut self) {
        if std::mem::replace(&mut self.guessed, true) {
            return;
        }
        self.focus = if self.batch.entries.len() > 1 { Focus::Files } else { Focus::Labels };
        // What can be looked at comes first under the eye.
        let ready = self.batch.entries.iter().position(|entry| entry.prepared().is_some());
        self.file = ready.unwrap_or(0);
        if self.what == What::Files && self.batch.pattern.is_none() {
            let names: Vec<&str> =
                self.batch.entries.iter().filter_map(Entry::prepared).map(|one| one.file.as_str()).collect();
            self.batch.pattern = case_patterns(&names).first().and_then(|pattern| Regex::new(pattern).ok());
        }
    }

    /// The chosen file.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.batch.entries.get(self.file)
    }

    /// The text of the chosen file, if it could be read.
    #[must_use]
    pub fn prepared(&self) -> Option<&Prepared> {
        self.entry().and_then(Entry::prepared)
    }

    /// The rows of labels of a text: speakers, then what was left out.
    #[must_use]
    pub fn labels(prepared: &Prepared) -> Vec<LabelRow> {
        let voices = (0..prepared.voices.len()).map(LabelRow::Voice);
        let left = (0..prepared.found.left_out.len()).map(LabelRow::LeftOut);
        let listed = |label: &String| {
            prepared.found.left_out.iter().any(|left| left.label == *label)
                || prepared.voices.iter().any(|voice| voice.label == *label)
        };
        let rejected = (0..prepared.rejected().len()).filter(|n| !listed(&prepared.rejected()[*n]));
        voices.chain(left).chain(rejected.map(LabelRow::Rejected)).collect()
    }

    /// The chosen row of labels.
    #[must_use]
    pub fn label(&self) -> Option<LabelRow> {
        Self::labels(self.prepared()?).get(self.row).copied()
    }

    /// Moves the choice in what has the keys.
    pub fn step(&mut self, by: i32) {
        let to = |at: usize, count: usize| {
            let to = (at as i64 + i64::from(by)).clamp(0, count.saturating_sub(1) as i64);
            usize::try_from(to).unwrap_or(0)
        };
        match self.focus {
            Focus::Files => {
                self.file = to(self.file, self.batch.entries.len());
                (self.row, self.preview) = (0, 0);
            }
            Focus::Labels => {
                let count = self.prepared().map_or(0, |prepared| Self::labels(prepared).len());
                self.row = to(self.row, count);
            }
        }
    }

    /// Remembers how the chosen file stands, or all of them, before it is corrected.
    pub fn remember(&mut self, all: bool) {
        let entries = self.batch.entries.iter().enumerate().filter(|(n, _)| all || *n == self.file);
        let entries = entries.map(|(n, entry)| (n, entry.clone())).collect();
        self.past.push(Past { entries, pattern: self.batch.pattern.clone() });
        if self.past.len() > KEPT {
            self.past.remove(0);
        }
    }

    /// Takes the last correction back; says whether there was one.
    pub fn take_back(&mut self) -> bool {
        let Some(past) = self.past.pop() else { return false };
        for (n, entry) in past.entries {
            if let Some(there) = self.batch.entries.get_mut(n) {
                *there = entry;
            }
            self.file = n.min(self.batch.entries.len().saturating_sub(1));
        }
        self.batch.pattern = past.pattern;
        true
    }

    /// Corrects the chosen text: at once, or beside the screen if it is long. Settling is left to the caller.
    pub fn correct(&mut self, with: impl FnOnce(&mut Prepared) + Send + 'static) {
        let at = self.file;
        let Some(prepared) = self.prepared() else { return };
        let is_long = prepared.text.as_str().len() as u64 > AT_ONCE;
        self.remember(false);
        let Some(entry) = self.batch.entries.get_mut(at) else { return };
        if is_long {
            let (entry, path) = (entry.clone(), self.paths.get(at).cloned().unwrap_or_default());
            self.reader = Some(Reader::start(true, move |desk| reading::change(at, &path, entry, with, desk)));
        } else if let State::Ready(prepared) = &mut entry.state {
            with(prepared);
        }
        self.keep_row();
    }

    /// Keeps the choice within what there is.
    pub fn keep_row(&mut self) {
        let count = self.prepared().map_or(0, |prepared| Self::labels(prepared).len());
        self.row = self.row.min(count.saturating_sub(1));
        self.preview = 0;
    }
}

/// The review, wherever it lies among the layers: questions and pickers may lie over it.
pub fn review(app: &mut App) -> Option<&mut Review> {
    app.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Import(review) => Some(&mut **review),
        _ => None,
    })
}

/// Brings the review's guesses up to date with the project.
pub fn settle(app: &mut App) {
    let view = app.study.view();
    let review = app.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Import(review) => Some(review),
        _ => None,
    });
    let Some(review) = review else { return };
    match review.what {
        What::Files => review.batch.settle(&view),
        What::Turns(source) => {
            if let Some(prepared) = review.batch.entries.first_mut().and_then(Entry::prepared_mut) {
                let unsaid = !prepared.voices.iter().any(|voice| voice.said);
                if unsaid {
                    prepared.hear_from(&view, source);
                }
            }
        }
    }
}

fn is_busy(app: &mut App) -> bool {
    review(app).is_some_and(|review| review.is_busy())
}

/// Takes in what was done beside the screen; says whether anything has changed.
pub fn listen(app: &mut App) -> bool {
    let now = app.now();
    let Some(review) = review(app).filter(|review| review.is_busy()) else { return false };
    review.asked_at = now;
    let was_looked_at = review.guessed;
    let changed = review.hear();
    let over = !review.is_busy() && review.batch.entries.is_empty();
    if over {
        app.layers.retain(|layer| !matches!(layer, Layer::Import(_)));
        app.tell(Tone::Plain, "there is nothing in that folder to import");
    } else if changed {
        settle(app);
        if !was_looked_at && app.message().is_none() && !is_busy(app) {
            app.tell(Tone::Plain, "nothing is taken in yet: look it over, then Enter");
        }
    }
    changed
}
