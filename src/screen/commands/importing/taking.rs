//! How a review ends: everything that is ready taken in as one step, or nothing at all.

use super::{is_free, with_review};
use crate::exchange::import::TextFiles;
use crate::project::id::SourceId;
use crate::screen::app::{App, Tone};
use crate::screen::layers::import::{Review, What, review, settle};
use crate::screen::views::code::panes::Pane;
use crate::session::NewFile;
use crate::session::keeper::{turns_file, words_file};

pub(super) fn leave(app: &mut App) {
    let stopped = review(app).is_some_and(Review::stop);
    let has_files = review(app).is_some_and(|review| !review.batch.entries.is_empty());
    if stopped && has_files {
        with_review(app, Review::stopped);
        settle(app);
        app.tell(Tone::Plain, "stopped; what was read so far is here, Esc again leaves it");
        return;
    }
    app.close();
    app.tell(Tone::Plain, "nothing was imported or changed");
}

pub(super) fn go(app: &mut App) {
    if !is_free(app) {
        return;
    }
    settle(app);
    match review(app).map(|review| review.what) {
        Some(What::Files) => take_in(app),
        Some(What::Turns(source)) => accept_turns(app, source),
        None => {}
    }
}

fn take_in(app: &mut App) {
    let Some(review) = review(app) else { return };
    let batch = review.batch.clone();
    let left = batch.entries.len() - batch.taken();
    if let Some((n, entry)) =
        batch.entries.iter().enumerate().find(|(_, entry)| entry.trouble.is_some() && entry.is_wanted())
    {
        review.file = n;
        let why = entry.trouble.clone().unwrap_or_default();
        app.tell(Tone::Refused, format!("{why}; r gives it another name, x leaves it out"));
        return;
    }
    let mut ids: Vec<_> = (0..batch.ids_needed()).map(|_| app.study.fresh_id()).collect();
    let Some(taken) = batch.edit(&app.study.view(), &mut || ids.pop().unwrap_or_default()) else {
        let all_here = batch.entries.iter().any(|entry| entry.same.is_some());
        let why =
            if all_here { "all of it is here already; Space takes a file in once more" } else { "no file is ready" };
        app.tell(Tone::Refused, format!("there is nothing to import: {why}"));
        return;
    };
    let files = taken.texts.into_iter().flat_map(new_files).collect();
    if app.edit_with(&taken.edit, files).is_none() {
        return;
    }
    app.close();
    if let Some(&first) = taken.sources.first() {
        app.code.mark_jump();
        app.code.open(&mut app.study, first);
        app.code.panes.focus = Pane::Text;
    }
    let count = |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
    let mut words = format!("{} imported", count(taken.sources.len(), "source", "sources"));
    if taken.cases > 0 {
        words.push_str(&format!(", {}", count(taken.cases, "new case", "new cases")));
    }
    if left > 0 {
        words.push_str(&format!(", {} left out", count(left, "file", "files")));
    }
    app.tell(Tone::Done, format!("{words}; u takes all of it back"));
}

/// The files of a text that is imported.
#[must_use]
pub fn new_files(text: TextFiles) -> Vec<NewFile> {
    let words = NewFile { path: words_file(&text.folder, 1), bytes: text.words.into_bytes() };
    let turns =
        text.turns.map(|turns| NewFile { path: turns_file(&text.folder, 1, 1), bytes: turns.to_ron().into_bytes() });
    std::iter::once(words).chain(turns).collect()
}

fn accept_turns(app: &mut App, source: SourceId) {
    let Some(prepared) = review(app).and_then(|review| review.prepared()).cloned() else { return };
    let view = app.study.view();
    let (Some(record), Some(version)) = (view.source(source).cloned(), view.version(source).cloned()) else {
        app.close();
        app.tell(Tone::Refused, "that source is no longer in the study");
        return;
    };
    // A number that nobody has given out: files of turns are never rewritten, also not those that an undo left behind
    // or that somebody else makes meanwhile.
    let number = loop {
        let number = 2 + u32::try_from(app.study.random() % 999_998).unwrap_or(0);
        if number != version.turns {
            break number;
        }
    };
    let mut ids: Vec<_> = prepared.voices.iter().map(|_| app.study.fresh_id()).collect();
    let turned = prepared.accept_turns(source, number, &mut || ids.pop().unwrap_or_default());
    let file = |turns: crate::text::turns::Turns| NewFile {
        path: turns_file(&record.folder, version.number, number),
        bytes: turns.to_ron().into_bytes(),
    };
    let files = turned.turns.map(file).into_iter().collect();
    app.study.forget_reading(source);
    if app.edit_with(&turned.edit, files).is_some() {
        app.close();
        app.tell(Tone::Done, format!("the turns of “{}” are accepted; u takes that back", record.name));
    }
}
