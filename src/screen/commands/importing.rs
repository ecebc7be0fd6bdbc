//! Importing: the path that is asked for, the review of what is there, taking it in.

use crate::exchange::import::{Choices, Person, Prepared, State, TextFiles, case_patterns, one_line};
use crate::project::id::SourceId;
use crate::project::source::SourceKind;
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::import::{Focus, LabelRow, Review, What, listen, reading, review, settle};
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::paths;
use crate::screen::views::code::cases::CaseRow;
use crate::screen::views::code::panes::Pane;
use crate::session::keeper::{turns_file, words_file};
use crate::session::{NewFile, Saving};
use crate::text::turns::{Hints, Role};
use reading::Reader;
use regex::Regex;

rows! { IMPORT: Source;
    "source-turns" "Recognise the turns of the source again, correct its speakers" "" Cases ["t"] "speakers, transcript format" => turns_again;
    "path-complete" "Complete the path" "" Prompt ["<Tab>"] "" => complete;
    "import-go" "Import all that is ready" "import" Import ["<Enter>"] "accept, finish" => go;
    "import-leave" "Leave it; nothing is changed" "leave it" Import ["<Esc>" "<C-c>"] "cancel" => leave;
    "import-down" "Next row" "" Import ["j" "<Down>"] "" => |app| with_review(app, |review| review.step(1));
    "import-up" "Previous row" "" Import ["k" "<Up>"] "" => |app| with_review(app, |review| review.step(-1));
    "import-pane" "From the files to the speakers, and back" "files, speakers" Import ["<Tab>" "<S-Tab>"] "" => |app| with_review(app, turn);
    "import-interviewer" "The speaker asks: an interviewer" "interviewer" Import ["i"] "" => |app| role(app, Role::Interviewer);
    "import-participant" "The speaker answers: a participant" "participant" Import ["p"] "respondent" => |app| role(app, Role::Participant);
    "import-other" "The speaker is somebody else" "other" Import ["o"] "interpreter" => |app| role(app, Role::Other);
    "import-mark" "The speaker's next role; of files: import it or not" "" Import ["<Space>"] "toggle" => mark;
    "import-leave-out" "Leave the label or file out, or take it in again" "leave out" Import ["x" "<Del>"] "not a speaker, exclude" => leave_out;
    "import-person" "Who the participant is: a name used here, and a role" "who" Import ["e"] "pseudonym, name the participant" => ask_person;
    "import-merge" "Make this label one with the one it is like" "" Import ["M"] "same speaker" => merge;
    "import-rename" "Name the source" "name" Import ["r"] "" => ask_name;
    "import-case" "Choose the case of the file, or a new one" "case" Import ["c"] "group" => ask_case;
    "import-case-pattern" "Find the cases of all files by a pattern in their names" "" Import ["C"] "regular expression" => ask_pattern;
    "import-case-all" "The case of this file for all files" "" Import ["A"] "" => case_for_all;
    "import-kind" "The next kind of text" "" Import ["K"] "focus group, field note" => kind;
    "import-date" "Take the day that the file says, or not" "" Import ["d"] "date" => date;
    "import-layout" "The next layout that finds speakers" "layout" Import ["L"] "format" => layout;
    "import-one-voice" "No speakers, or speakers again" "" Import ["s"] "one voice, plain text" => one_voice;
    "import-two" "Two speakers by turns, or as it was" "" Import ["2" "b"] "alternating" => two;
    "import-encoding" "Read the file in another encoding" "" Import ["E"] "character set, unicode" => ask_encoding;
    "import-undo" "Take the last correction back" "" Import ["u"] "undo" => take_back;
    "import-page-down" "Further in the preview" "" Import ["<PageDown>" "<C-d>" "<C-f>"] "" => |app| with_review(app, |review| further(review, 3));
    "import-page-up" "Back in the preview" "" Import ["<PageUp>" "<C-u>" "<C-b>"] "" => |app| with_review(app, |review| further(review, -3));
}

/// The kinds of encodings that are most often meant, for the question.
const ENCODINGS: &str = "such as utf-8, windows-1252 (western Europe), windows-1250 (central), windows-1251 (Cyrillic),\n\
    macintosh, utf-16le, shift_jis, gb18030, big5, euc-kr";

fn with_review(app: &mut App, f: impl FnOnce(&mut Review)) {
    if let Some(review) = review(app) {
        f(review);
    }
}

/// Asks for a file or folder, if anything can be imported here.
pub fn ask_path(app: &mut App) {
    if let Saving::ReadOnly(why) = app.study.saving() {
        app.tell(Tone::Refused, format!("this project is open read-only: {why}"));
        return;
    }
    app.layers.push(Layer::Prompt(Prompt::new("Import a file or folder", PATH_HINT, "", AskFor::Import)));
}

const PATH_HINT: &str = "Plain texts (.txt, .md) or a folder of them. Tab completes, ~ is your home.\n\
    Nothing is taken in before you have looked at it.";

fn complete(app: &mut App) {
    let Some(Layer::Prompt(prompt)) = app.layers.last_mut() else { return };
    if prompt.ask != AskFor::Import {
        return;
    }
    let completed = paths::complete(prompt.input.text(), paths::list);
    let none = completed.path == prompt.input.text() && completed.offered.is_empty();
    prompt.input.set(&completed.path);
    prompt.hint = if none { "Nothing here begins so.".to_owned() } else { offered(&completed.offered) };
}

/// What can follow, in at most three lines.
fn offered(names: &[String]) -> String {
    if names.is_empty() {
        return PATH_HINT.to_owned();
    }
    let mut lines = vec![String::new()];
    for (n, name) in names.iter().enumerate() {
        let wide = lines.last().map_or(0, |line| line.chars().count()) + name.chars().count() + 2 > 72;
        if wide && lines.len() == 3 {
            lines.push(format!("… and {} more", names.len() - n));
            break;
        }
        if wide {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(name);
            line.push_str("  ");
        }
    }
    lines.join("\n")
}

/// Reads what is at a path as it was typed, to be reviewed; says whether there is anything.
pub fn import_path(app: &mut App, words: &str) -> bool {
    if words.is_empty() {
        app.tell(Tone::Refused, "type the path of a file or folder; Tab completes it");
        return false;
    }
    let found = paths::typed(words);
    if let Some(missing) = found.iter().find(|path| !path.exists()) {
        app.tell(Tone::Refused, format!("there is no file or folder {}", missing.display()));
        return false;
    }
    let view = app.study.view();
    let case = app.code.cases.case(&view).and_then(|case| view.case(case));
    let home = case.map(|case| case.name.clone());
    app.close();
    let beside = reading::is_long(&found);
    let reader = Reader::start(beside, move |desk| reading::read_all(&found, desk));
    app.layers.push(Layer::Import(Box::new(Review::new(What::Files, reader, home))));
    listen_out(app);
    true
}

/// Takes in what is there already: work that was done at once is shown at once.
fn listen_out(app: &mut App) {
    while listen(app) {}
}

fn turns_again(app: &mut App) {
    let Some(CaseRow::Source(source)) = app.code.cases.selected else {
        app.tell(Tone::Refused, "choose a source first");
        return;
    };
    if let Saving::ReadOnly(why) = app.study.saving() {
        app.tell(Tone::Refused, format!("this project is open read-only: {why}"));
        return;
    }
    let reading = match app.study.read(source) {
        Ok(reading) => reading,
        Err(why) => {
            app.tell(Tone::Refused, why.to_string());
            return;
        }
    };
    let name = app.study.view().source(source).map_or_else(String::new, |source| source.name.clone());
    let beside = reading.text.as_str().len() as u64 > reading::AT_ONCE;
    let text = reading.text.clone();
    let reader = Reader::start(beside, move |desk| {
        reading::look(&name, || Prepared::of_text(&name, &text, &Hints::default()), desk);
    });
    app.layers.push(Layer::Import(Box::new(Review::new(What::Turns(source), reader, None))));
    listen_out(app);
}

fn turn(review: &mut Review) {
    review.focus = match review.focus {
        Focus::Labels if review.batch.entries.len() > 1 => Focus::Files,
        _ => Focus::Labels,
    };
}

fn further(review: &mut Review, by: i64) {
    let Some(prepared) = review.prepared() else { return };
    let count = prepared.turns().map_or(prepared.text.paragraphs(), |turns| turns.turns.len());
    let to = (review.preview as i64 + by).clamp(0, count.saturating_sub(1) as i64);
    review.preview = usize::try_from(to).unwrap_or(0);
}

/// Whether corrections can be made now; says so if not.
fn is_free(app: &mut App) -> bool {
    let busy = review(app).is_none_or(|review| review.is_busy());
    if busy {
        app.tell(Tone::Plain, "still looking at the text; Esc stops that");
    }
    !busy
}

/// Corrects the chosen text and brings the guesses up to date.
fn correct(app: &mut App, with: impl FnOnce(&mut Prepared) + Send + 'static) {
    if !is_free(app) {
        return;
    }
    with_review(app, |review| review.correct(with));
    settle(app);
}

/// Whether files are reviewed, of which more is asked than who speaks; says so if not.
fn is_of_files(app: &mut App) -> bool {
    let files = review(app).is_some_and(|review| review.what == What::Files && review.prepared().is_some());
    let stored = review(app).is_some_and(|review| review.what != What::Files);
    if stored {
        app.tell(Tone::Plain, "here only the turns are looked at; the list of cases changes the rest");
    }
    files
}

/// The chosen label, if it is a speaker's; says so if not.
fn voice(app: &mut App) -> Option<usize> {
    match review(app)?.label() {
        Some(LabelRow::Voice(n)) => Some(n),
        Some(_) => {
            app.tell(Tone::Plain, "this label is left out; x takes it in as a speaker");
            None
        }
        None => {
            app.tell(Tone::Plain, "there is no speaker here");
            None
        }
    }
}

fn role(app: &mut App, role: Role) {
    if let Some(n) = voice(app) {
        with_review(app, |review| review.focus = Focus::Labels);
        correct(app, move |prepared| prepared.set_role(n, role));
    }
}

fn mark(app: &mut App) {
    if review(app).is_some_and(|review| review.focus == Focus::Files || review.prepared().is_none()) {
        leave_out_file(app);
        return;
    }
    let Some(n) = voice(app) else { return };
    let present = review(app).and_then(|review| Some(review.prepared()?.voices.get(n)?.role));
    let next = match present {
        Some(Role::Interviewer) => Role::Participant,
        Some(Role::Participant) => Role::Other,
        Some(Role::Other) => Role::Unknown,
        _ => Role::Interviewer,
    };
    role(app, next);
}

fn leave_out(app: &mut App) {
    let Some(review) = review(app) else { return };
    if review.focus == Focus::Files || review.prepared().is_none() {
        leave_out_file(app);
        return;
    }
    let (Some(label), Some(prepared)) = (review.label(), review.prepared()) else { return };
    match label {
        LabelRow::Voice(n) => {
            let label = prepared.voices[n].label.clone();
            correct(app, move |prepared| prepared.reject(&label));
        }
        LabelRow::LeftOut(n) => {
            let label = prepared.found.left_out[n].label.clone();
            correct(app, move |prepared| prepared.accept(&label));
        }
        LabelRow::Rejected(n) => {
            let label = prepared.rejected()[n].clone();
            correct(app, move |prepared| prepared.accept(&label));
        }
    }
}

/// Leaves the chosen file out, takes it in again, or reads one that is so large that it is asked about.
fn leave_out_file(app: &mut App) {
    if !is_free(app) {
        return;
    }
    let Some(review) = review(app).filter(|review| review.what == What::Files) else { return };
    let at = review.file;
    let Some(entry) = review.batch.entries.get_mut(at) else { return };
    match &entry.state {
        State::Ready(_) => {
            let wanted = !entry.is_wanted();
            review.remember(false);
            review.batch.entries[at].wanted = Some(wanted);
            settle(app);
        }
        State::Asks(_) => read_again(app, Choices::default()),
        State::Cannot(_) => app.tell(Tone::Plain, "this file cannot be imported as it is"),
    }
}

fn read_again(app: &mut App, choices: Choices) {
    let Some(review) = review(app) else { return };
    let at = review.file;
    let (Some(entry), Some(path)) = (review.batch.entries.get(at), review.paths.get(at)) else { return };
    let (shown, path) = (entry.file.clone(), path.clone());
    let beside = reading::is_long(std::slice::from_ref(&path));
    review.remember(false);
    review.begin(Reader::start(beside, move |desk| reading::read_again(at, &shown, &path, &choices, desk)));
    listen_out(app);
}

fn ask_person(app: &mut App) {
    let Some(n) = voice(app) else { return };
    let Some(prepared) = review(app).and_then(|review| review.prepared()) else { return };
    let voice = &prepared.voices[n];
    let words = voice.person.as_ref().map_or_else(String::new, Person::words);
    let title = format!("Who is “{}”?", one_line(&voice.label, 30));
    let hint = "A name used in this study (not the real one) and a role: Marisol, clinic manager.\n\
        Either may be left away: Marisol   or   , clinic manager";
    app.layers.push(Layer::Prompt(Prompt::new(title, hint, &words, AskFor::ImportPerson(n))));
}

fn merge(app: &mut App) {
    let Some(review) = review(app) else { return };
    let (Some(label), Some(prepared)) = (review.label(), review.prepared()) else { return };
    let words = match label {
        LabelRow::Voice(n) => prepared.voices[n].label.as_str(),
        LabelRow::LeftOut(n) => prepared.found.left_out[n].label.as_str(),
        LabelRow::Rejected(n) => prepared.rejected()[n].as_str(),
    };
    let pair = prepared.merge_offered(words).map(|(this, that)| (this.to_owned(), that.to_owned()));
    match pair {
        Some((this, that)) => {
            correct(app, {
                let (this, that) = (this.clone(), that.clone());
                move |prepared| prepared.merge(&this, &that)
            });
            app.tell(Tone::Done, format!("“{this}” is “{that}” now; u takes it back"));
        }
        None => {
            let words = one_line(words, 30);
            app.tell(Tone::Plain, format!("no other label looks like “{words}”; x leaves it out"));
        }
    }
}

fn ask_name(app: &mut App) {
    if is_of_files(app) {
        let name = review(app).and_then(|review| review.prepared()).map_or_else(String::new, |one| one.name.clone());
        let hint = "what it is called within its case; nothing takes the file's name again";
        app.layers.push(Layer::Prompt(Prompt::new("Name of the source", hint, &name, AskFor::ImportName)));
    }
}

fn ask_case(app: &mut App) {
    if !is_of_files(app) {
        return;
    }
    // Cases that files of this import begin are offered to the others too.
    let begun: Vec<String> = review(app).map_or_else(Vec::new, |review| {
        review.batch.entries.iter().filter_map(|entry| entry.prepared()?.case.clone()).collect()
    });
    let view = app.study.view();
    let item = |label: &str, note: &str, target| Item {
        label: label.to_owned(),
        note: note.to_owned(),
        also: String::new(),
        target,
    };
    let mut items: Vec<Item> = view
        .cases()
        .iter()
        .map(|case| {
            let note = format!("{} sources", view.sources_of(Some(case.id)).len());
            item(&case.name, &note, Target::Case(Some(case.id)))
        })
        .collect();
    let mut seen: Vec<String> = items.iter().map(|item| item.label.to_lowercase()).collect();
    for name in begun {
        if !seen.contains(&name.to_lowercase()) {
            seen.push(name.to_lowercase());
            items.push(item(&name, "new", Target::Named));
        }
    }
    items.push(item("(no case)", "", Target::Case(None)));
    app.layers.push(Layer::Picker(Picker::new("It belongs to the case", items, Choose::ImportCase)));
}

/// What was chosen as the case of the chosen file.
pub fn set_case(app: &mut App, case: Option<String>) {
    correct(app, move |prepared| prepared.set_case(case));
}

fn ask_pattern(app: &mut App) {
    if !is_of_files(app) {
        return;
    }
    let Some(review) = review(app) else { return };
    let names: Vec<&str> = review.batch.entries.iter().filter_map(|one| Some(one.prepared()?.file.as_str())).collect();
    let guess = case_patterns(&names).first().copied().unwrap_or(r"^(?<case>[^-_ ]+)");
    let words = review.batch.pattern.as_ref().map_or(guess, Regex::as_str).to_owned();
    let hint = "A regular expression; its group `case`, or its first group, is the case: ^(P\\d+)\n\
        It is looked for in every file's name. Nothing: cases are not taken from names.";
    app.layers.push(Layer::Prompt(Prompt::new("Case in the file names", hint, &words, AskFor::ImportPattern)));
}

fn case_for_all(app: &mut App) {
    if !is_of_files(app) || !is_free(app) {
        return;
    }
    let Some(review) = review(app) else { return };
    let Some(case) = review.prepared().map(|prepared| prepared.case.clone()) else { return };
    review.remember(true);
    for prepared in review.batch.entries.iter_mut().filter_map(|entry| entry.prepared_mut()) {
        prepared.set_case(case.clone());
    }
    settle(app);
    let words = case.map_or_else(|| "no file has a case".to_owned(), |case| format!("all files belong to {case}"));
    app.tell(Tone::Done, format!("{words}; u takes it back"));
}

/// Takes in the answer to one of the review's questions; says whether it was one.
pub fn answer(app: &mut App, ask: &AskFor, words: &str) -> bool {
    match ask {
        AskFor::ImportName => {
            let name = words.to_owned();
            correct(app, move |prepared| prepared.set_name(&name));
        }
        AskFor::ImportPerson(n) => {
            let (n, person) = (*n, Person::typed(words));
            correct(app, move |prepared| prepared.set_person(n, person));
        }
        AskFor::ImportEncoding => {
            if is_free(app) {
                read_again(app, Choices { encoding: Some(words.to_owned()), ..Choices::default() });
            }
        }
        AskFor::ImportPattern => {
            let pattern = match words {
                "" => None,
                words => match Regex::new(words) {
                    Ok(pattern) => Some(pattern),
                    Err(why) => {
                        let why = why.to_string();
                        let last = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
                        app.tell(Tone::Refused, format!("that is no regular expression: {last}"));
                        return false;
                    }
                },
            };
            with_review(app, |review| {
                review.remember(true);
                review.batch.pattern = pattern;
            });
            settle(app);
        }
        _ => return false,
    }
    true
}

fn kind(app: &mut App) {
    if is_of_files(app) {
        correct(app, |prepared| {
            let at = SourceKind::ALL.iter().position(|kind| *kind == prepared.kind).unwrap_or(0);
            prepared.kind = SourceKind::ALL[(at + 1) % SourceKind::ALL.len()];
        });
    }
}

fn date(app: &mut App) {
    if is_of_files(app) {
        let offered = review(app).and_then(|review| review.prepared()?.date_offered);
        match offered {
            Some(_) => correct(app, |prepared| {
                prepared.toggle_date();
            }),
            None => app.tell(Tone::Plain, "neither the name nor the header of this file says a day"),
        }
    }
}

fn layout(app: &mut App) {
    let Some(prepared) = review(app).and_then(|review| review.prepared()) else { return };
    if prepared.layouts().len() < 2 && prepared.layouts().first() == Some(&prepared.found.layout) {
        app.tell(Tone::Plain, "no other layout finds speakers; s takes none, 2 takes two by turns");
        return;
    }
    correct(app, |prepared| {
        prepared.next_layout();
    });
}

fn one_voice(app: &mut App) {
    if review(app).is_some_and(|review| review.prepared().is_some()) {
        correct(app, Prepared::toggle_speakers);
    }
}

fn two(app: &mut App) {
    if review(app).is_some_and(|review| review.prepared().is_some()) {
        correct(app, |prepared| {
            prepared.toggle_alternating();
        });
    }
}

fn ask_encoding(app: &mut App) {
    if is_of_files(app) {
        let hint = format!("{ENCODINGS}\nWhat was corrected in this file starts anew.");
        app.layers.push(Layer::Prompt(Prompt::new("Read the file as", hint, "", AskFor::ImportEncoding)));
    }
}

fn take_back(app: &mut App) {
    if is_free(app) {
        let back = review(app).is_some_and(Review::take_back);
        with_review(app, Review::keep_row);
        settle(app);
        app.tell(Tone::Plain, if back { "taken back" } else { "nothing is corrected yet, and nothing imported" });
    }
}

fn leave(app: &mut App) {
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

fn go(app: &mut App) {
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
