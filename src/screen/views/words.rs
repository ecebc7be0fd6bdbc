//! The Words view: how often participants say which words; Enter lists each place with what stands around it.
//!
//! Counted beside the screen, once after each change of the project or of what is asked for, and only while the view is
//! shown.

mod draw;

use super::only::Only;
use super::{Showing, passages};
use crate::findings::ground::Transcript;
use crate::findings::words::{
    Asked, Concordance, Frequencies, Line, Phrase, StopWords, concordance, frequencies, passages_of,
};
use crate::findings::working::working;
use crate::project::id::{CodeId, SourceId};
use crate::project::memo::Link;
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::beside::{Beside, Heard};
use crate::screen::layers::Layer;
use crate::screen::layers::list::{Leads, List, ListRow, Lists};
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::session::{Library, Study, Waker};
use crate::table::{Table, thousands};
use crate::text::wrap::cells;
pub use draw::{draw, press};
use std::cell::Cell;
use unicode_segmentation::UnicodeSegmentation;

/// How many places are listed at most.
const MOST: usize = 2000;
/// How many chars of its turn are known around a place.
const CONTEXT: u32 = 300;
/// How long a word has to be, as the key goes round.
const LENGTHS: [usize; 5] = [1, 2, 3, 4, 6];

/// In which order the words stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Sort {
    /// The most frequent first.
    #[default]
    Times,
    /// Those of the most cases first.
    Cases,
    /// By letters.
    Letters,
}

/// Whose words are counted, and which.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Wish {
    everyone: bool,
    least: usize,
    stop: bool,
    only: Only,
    code: Option<CodeId>,
}

/// The state of the Words view.
pub struct WordsView {
    /// Which cases.
    pub only: Only,
    /// Only inside passages of this code.
    pub code: Option<CodeId>,
    everyone: bool,
    least: usize,
    stop: bool,
    sort: Sort,
    counted: Option<Frequencies>,
    trouble: Option<String>,
    question: Option<(u64, Wish)>,
    work: Option<Beside<Frequencies>>,
    /// What is being looked for in its context.
    looking: Option<(String, Beside<Concordance>)>,
    ready: Option<(String, Concordance)>,
    row: usize,
    top: Cell<usize>,
}

impl Default for WordsView {
    fn default() -> Self {
        Self {
            only: Only::All,
            code: None,
            everyone: false,
            least: 2,
            stop: true,
            sort: Sort::default(),
            counted: None,
            trouble: None,
            question: None,
            work: None,
            looking: None,
            ready: None,
            row: 0,
            top: Cell::new(0),
        }
    }
}

/// A text, for findings.
fn transcript(library: &Library, source: SourceId) -> Option<Transcript> {
    let reading = library.read(source).ok()?;
    Some(Transcript { text: reading.text.clone(), turns: reading.turns.clone() })
}

fn asked(view: &View<'_>, wish: &Wish) -> Asked {
    Asked {
        everyone: wish.everyone,
        least: wish.least,
        stop: if wish.stop { StopWords::english() } else { StopWords::none() },
        cases: wish.only.cases(view),
        within: wish.code.map(|code| passages_of(view, &working(view), code)),
    }
}

impl WordsView {
    /// Whether words are being counted or looked for.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.work.is_some() || self.looking.is_some()
    }

    fn wish(&self) -> Wish {
        let (only, code) = (self.only.clone(), self.code);
        Wish { everyone: self.everyone, least: self.least, stop: self.stop, only, code }
    }

    /// Brings everything up to date with the project: has it counted anew, beside the screen.
    pub fn refresh(&mut self, study: &Study, waker: &Waker) {
        let view = study.view();
        self.code = self.code.and_then(|code| view.codebook().resolve(code));
        let question = (study.generation(), self.wish());
        if self.question.as_ref() == Some(&question) {
            return;
        }
        let wish = question.1.clone();
        self.question = Some(question);
        let (project, coder, library) = (study.snapshot(), study.coder(), all_texts(study));
        self.work = Some(Beside::start(waker, move |desk| {
            let view = View::new(&project, coder);
            frequencies(&view, &asked(&view, &wish), &|source| transcript(&library, source), &|| desk.is_left())
        }));
    }

    /// Takes in what was counted or found; says whether anything has changed.
    pub fn listen(&mut self) -> bool {
        let mut changed = false;
        if let Some(work) = &self.work {
            let heard = work.hear();
            if !matches!(heard, Heard::Nothing) {
                self.work = None;
                changed = true;
            }
            match heard {
                Heard::Nothing => {}
                Heard::Answer(counted) => {
                    let word = self.word().map(str::to_owned);
                    self.counted = Some(counted);
                    self.put_in_order();
                    self.row = word.and_then(|word| self.rank(&word)).unwrap_or(0);
                    self.trouble = None;
                }
                Heard::Gone => {
                    self.trouble = Some("the words could not be counted; another key tries again".to_owned());
                    self.question = None;
                }
            }
        }
        if let Some((typed, work)) = &self.looking {
            match work.hear() {
                Heard::Nothing => return changed,
                Heard::Answer(found) => self.ready = Some((typed.clone(), found)),
                Heard::Gone => self.trouble = Some("the places could not be found".to_owned()),
            }
            self.looking = None;
            changed = true;
        }
        changed
    }

    fn put_in_order(&mut self) {
        let Some(counted) = &mut self.counted else { return };
        counted.words.sort_unstable_by(|a, b| {
            let letters = || a.word.cmp(&b.word);
            match self.sort {
                Sort::Times => b.n.cmp(&a.n).then_with(letters),
                Sort::Cases => (b.cases, b.sources, b.n).cmp(&(a.cases, a.sources, a.n)).then_with(letters),
                Sort::Letters => letters(),
            }
        });
    }

    fn rank(&self, word: &str) -> Option<usize> {
        self.counted.as_ref()?.words.iter().position(|other| other.word == word)
    }

    /// The word in hand.
    fn word(&self) -> Option<&str> {
        self.counted.as_ref()?.words.get(self.row).map(|word| word.word.as_str())
    }

    /// Moves by so many rows.
    pub fn step(&mut self, by: i32) {
        let last = self.counted.as_ref().map_or(0, |counted| counted.words.len().saturating_sub(1));
        let to = (self.row as i64).saturating_add(i64::from(by)).max(0);
        self.row = usize::try_from(to).unwrap_or(0).min(last);
    }

    /// What the status line says.
    #[must_use]
    pub fn status(&self, app: &App) -> (String, String) {
        let view = app.study.view();
        let mut said = vec![if self.everyone { "everybody’s words" } else { "participants’ words" }.to_owned()];
        said.extend(self.code.map(|code| format!("in passages of “{}”", view.code_name(code))));
        let only = self.only.words(&view);
        said.extend((!only.is_empty()).then_some(only));
        said.push(if self.stop { "small words left out" } else { "small words too" }.to_owned());
        if self.least > 1 {
            said.push(format!("{} letters at least", self.least));
        }
        let left = said.join(&format!(" {} ", app.glyphs.dot));
        let right = match (&self.trouble, &self.counted) {
            (Some(why), _) => why.clone(),
            _ if self.is_busy() => "counting".to_owned(),
            (None, Some(counted)) => {
                let unread = counted.unread.len();
                let unread = if unread > 0 { format!("; {unread} cannot be read") } else { String::new() };
                let sources = passages::count(counted.sources, "source", "sources");
                format!("{} said in {sources}{unread}", thousands(counted.said))
            }
            (None, None) => String::new(),
        };
        (left, right)
    }
}

fn all_texts(study: &Study) -> Library {
    let sources: Vec<SourceId> = study.view().sources().iter().map(|source| source.id).collect();
    study.library(&sources)
}

/// Changes what is counted, and says what is counted now.
fn count_anew(app: &mut App, change: impl FnOnce(&mut WordsView) -> String) {
    let said = change(&mut app.words);
    super::refresh(app);
    app.tell(Tone::Done, said);
}

/// The interviewer's words too, or not.
pub fn everyone(app: &mut App) {
    count_anew(app, |words| {
        words.everyone = !words.everyone;
        if words.everyone { "everybody’s words, the interviewer’s too" } else { "participants’ words alone" }.to_owned()
    });
}

/// Small words too, or not.
pub fn small(app: &mut App) {
    count_anew(app, |words| {
        words.stop = !words.stop;
        let n = StopWords::english().len();
        if words.stop { format!("{n} small words of English are left out") } else { "small words too".to_owned() }
    });
}

/// The next length that a word has to have.
pub fn length(app: &mut App) {
    count_anew(app, |words| {
        let at = LENGTHS.iter().position(|least| *least == words.least).unwrap_or(0);
        words.least = LENGTHS[(at + 1) % LENGTHS.len()];
        if words.least == 1 {
            "words of any length".to_owned()
        } else {
            format!("words of {} letters at least", words.least)
        }
    });
}

/// The next order.
pub fn sort(app: &mut App) {
    let words = &mut app.words;
    let (next, said) = match words.sort {
        Sort::Times => (Sort::Cases, "words of the most cases first"),
        Sort::Cases => (Sort::Letters, "words by letters"),
        Sort::Letters => (Sort::Times, "the most frequent words first"),
    };
    words.sort = next;
    words.put_in_order();
    words.row = 0;
    app.tell(Tone::Done, said);
}

/// Offers codes; only what is said inside passages of the chosen one is counted.
pub fn inside(app: &mut App) {
    let view = app.study.view();
    let book = view.codebook();
    let mut codes: Vec<Option<CodeId>> = vec![None];
    codes.extend(book.in_order().into_iter().map(Some));
    let item = |(n, code): (usize, &Option<CodeId>)| {
        let node = code.and_then(|code| view.code(code));
        let label = node.map_or_else(|| "All that is said".to_owned(), |node| node.code.name.clone());
        let note = node.and_then(|node| node.parent).map(|above| book.path(above)).unwrap_or_default();
        Item { label, note, also: String::new(), target: Target::Nth(n) }
    };
    let items = codes.iter().enumerate().map(item).collect();
    app.layers.push(Layer::Picker(Picker::new("Only inside passages of", items, Choose::WordsInside(codes))));
}

/// Lists the places of the word in hand.
pub fn open(app: &mut App) {
    match app.words.word().map(str::to_owned) {
        Some(word) => look_for(app, &word),
        None => app.tell(Tone::Plain, "there are no words here"),
    }
}

/// Lists the places of a word or phrase, once they are found.
fn look_for(app: &mut App, typed: &str) {
    let Some(phrase) = Phrase::parse(typed) else {
        app.tell(Tone::Refused, format!("there is no word in “{typed}”"));
        return;
    };
    let (project, coder, library) = (app.study.snapshot(), app.study.coder(), all_texts(&app.study));
    let wish = app.words.wish();
    let work = Beside::start(&app.waker, move |desk| {
        let view = View::new(&project, coder);
        let texts = |source| transcript(&library, source);
        concordance(&view, &asked(&view, &wish), &phrase, &texts, (CONTEXT, MOST), &|| desk.is_left())
    });
    app.words.looking = Some((typed.to_owned(), work));
}

/// What was looked for was found: it is listed.
pub fn arrived(app: &mut App) {
    let Some((typed, found)) = app.words.ready.take() else { return };
    if app.showing != Showing::Words {
        return;
    }
    if found.lines.is_empty() {
        app.tell(Tone::Plain, format!("nobody says “{typed}” there"));
        return;
    }
    let view = app.study.view();
    let narrow = app.size.width < 100;
    let heads: Vec<String> = found.lines.iter().map(|line| head(&view, line, narrow)).collect();
    let details = found.lines.iter().map(|line| detail(&view, line, app.glyphs.ellipsis));
    let inner = crate::screen::draw::areas(app.size).main.width.min(120).saturating_sub(4);
    let head = heads.iter().map(|head| width(head)).max().unwrap_or(0).min(usize::from(inner / 3));
    let hit = found.lines.iter().map(|line| width(&line.hit)).max().unwrap_or(0);
    let side = usize::from(inner).saturating_sub(head + hit + 4) / 2;
    let rows = found.lines.iter().zip(heads).zip(details).map(|((line, head), detail)| row(line, head, detail, side));
    let rows = rows.collect();
    let (n, sources) =
        (passages::count(found.n, "place", "places"), passages::count(found.sources, "source", "sources"));
    let cases = passages::count(found.cases, "case", "cases");
    let first = if found.n > found.lines.len() { format!(", the first {}", found.lines.len()) } else { String::new() };
    let title = format!("“{typed}” {} {n}{first} {} {sources} of {cases}", app.glyphs.dot, app.glyphs.dot);
    app.layers.push(Layer::List(List::new(title, Lists::Behind, rows, "Nobody says that there.")));
}

fn width(words: &str) -> usize {
    words.graphemes(true).map(|part| usize::from(cells(part, 0))).sum()
}

/// Where it is said; on a narrow screen case and turn alone, so that the words around it have room.
fn head(view: &View<'_>, line: &Line, narrow: bool) -> String {
    let turn = line.turn.and_then(|turn| usize::try_from(turn.saturating_sub(1)).ok());
    match (narrow, line.case, line.turn) {
        (true, Some(case), Some(turn)) => {
            format!("{} {turn}", super::agreement::short_name(super::rounds::words::case_name(view, case)))
        }
        _ => passages::place(view, line.source, turn),
    }
}

/// All that is known of the place.
fn detail(view: &View<'_>, line: &Line, more: &str) -> String {
    let place = head(view, line, false);
    let who = if line.speaker.is_empty() { String::new() } else { format!(": {}", line.speaker) };
    let cut = |words: &str| if words.chars().count() >= CONTEXT as usize { more } else { "" };
    format!("{place}{who}\n{}{}{}{}{}", cut(&line.before), line.before, line.hit, line.after, cut(&line.after))
}

/// A place with its words one under another: what stands before them is cut at its left.
fn row(line: &Line, head: String, detail: String, side: usize) -> ListRow {
    let mut before: Vec<&str> = Vec::new();
    let mut used = 0;
    for part in line.before.graphemes(true).rev() {
        used += usize::from(cells(part, 0));
        if used > side {
            used -= usize::from(cells(part, 0));
            break;
        }
        before.push(part);
    }
    before.reverse();
    ListRow {
        head,
        words: [
            format!("{}{}", " ".repeat(side - used.min(side)), before.concat()),
            line.hit.clone(),
            line.after.clone(),
        ],
        detail,
        leads: Leads::Passage(line.source, line.at.start),
    }
}

/// Goes to the next word, or the one before.
pub fn walk(app: &mut App, back: bool) {
    app.words.step(if back { -1 } else { 1 });
}

/// Asks for a word to find.
pub fn find(app: &mut App) {
    let hint = "a word of the list, the beginning of one, or a phrase: “warm hand*” lists its places";
    let ask = AskFor::FindIn(Showing::Words);
    app.layers.push(Layer::Prompt(Prompt::new("Find", hint, "", ask)));
}

/// Puts the cursor on the word that was typed, or on the first that begins so; of anything else lists the places.
pub fn found(app: &mut App, typed: &str) {
    let wanted = crate::findings::words::folded(typed);
    let words = app.words.counted.as_ref().map_or(&[][..], |counted| &counted.words);
    let exact = words.iter().position(|word| word.word == wanted);
    let found = exact.or_else(|| words.iter().position(|word| word.word.starts_with(&wanted)));
    match found.filter(|_| !wanted.is_empty()) {
        Some(row) => app.words.row = row,
        None => look_for(app, typed),
    }
}

/// What a memo would be about.
#[must_use]
pub fn about(app: &App) -> Link {
    app.words.code.map_or(Link::Study, Link::Code)
}

/// The list as a table.
#[must_use]
pub fn as_table(app: &App) -> Option<Table> {
    app.words.counted.as_ref().map(|counted| counted.as_table(usize::MAX))
}
