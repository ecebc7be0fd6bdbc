//! Importing: the path that is asked for, the review of what is there, taking it in.

mod opening;
mod taking;

pub use opening::{ask_path, import_path};
pub use taking::new_files;

use crate::exchange::import::{Choices, Person, Prepared, State, case_patterns, one_line};
use crate::project::source::SourceKind;
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::import::reading::{self, Reader};
use crate::screen::layers::import::{Focus, LabelRow, Review, What, review, settle};
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::text::turns::Role;
use opening::{complete, listen_out, turns_again};
use regex::Regex;
use taking::{go, leave};

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
