//! A question that is answered with a line of words: a name, a search, a comment, a path.

use super::plan::Field;
use super::{Layer, boxed, draw_input};
use crate::project::edit::{Edit, Spot};
use crate::project::id::{CaseId, CodeId, CodingId, RoundId, SourceId};
use crate::screen::app::{App, Tone};
use crate::screen::commands::people::PeopleAsk;
use crate::screen::draw::Areas;
use crate::screen::theme::Role;
use crate::screen::views::Showing;
use crate::screen::views::code::paint::put;
use crate::screen::widgets::input::Input;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// What the words are for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AskFor {
    /// The name of a new code.
    NewCode(Spot),
    /// Another name for a code.
    RenameCode(CodeId),
    /// What to search for.
    Find {
        /// In all sources.
        everywhere: bool,
        /// As a regular expression.
        regex: bool,
    },
    /// What to filter the code tree by.
    FilterTree,
    /// What to filter the list of cases by.
    FilterCases,
    /// What to show of the keys.
    FilterHelp,
    /// What to show of a list.
    FilterList,
    /// What to show of the disagreements.
    FilterQueue,
    /// A comment on a coding.
    Comment(CodingId),
    /// The name of a new case.
    NewCase,
    /// Another name for a case.
    RenameCase(CaseId),
    /// Another name for a source.
    RenameSource(SourceId),
    /// An attribute of a case, as `name = value`.
    Describe(CaseId),
    /// The number of a turn.
    Turn,
    /// Whether to delete codes: the words are `y`.
    DeleteCodes(Vec<CodeId>),
    /// Whether to take a source out of the study: the words are `y`.
    DeleteSource(SourceId),
    /// A file or folder to import.
    Import,
    /// The name of a source that is imported.
    ImportName,
    /// Who a speaker of a text that is imported is: name and role.
    ImportPerson(usize),
    /// What finds cases in the names of files.
    ImportPattern,
    /// The encoding that a file is to be read in.
    ImportEncoding,
    /// A field of a plan.
    Plan(Field),
    /// A row of the Rounds view.
    FindRound,
    /// A code in the Agreement view.
    FindAgreement,
    /// Whether to finish the case that reveals a round: Enter does.
    Reveal(RoundId, CaseId),
    /// Where the figures of a round are to be written.
    WriteAgreement,
    /// Something of the Findings view.
    Findings(crate::screen::commands::findings::Asked),
    /// What to show of the memos.
    FilterMemos,
    /// Where memos are to be written.
    WriteMemos,
    /// What may be said of speakers in publications.
    Signature,
    /// Something to find in a view.
    FindIn(Showing),
    /// Where what a view shows is to be written.
    WriteFrom(Showing),
    /// Which extracts are listed, as an expression over codes.
    ExtractsQuery,
    /// What extracts are to have in them.
    ExtractsWith(crate::screen::views::extracts::With),
    /// Something of the Codebook view.
    Book(crate::screen::views::book::acts::Ask),
    /// A row or a column of a matrix.
    FindMatrix,
    /// From how many on cells of a matrix are marked.
    MatrixLeast,
    /// Where a matrix is to be written.
    WriteMatrix,
    /// Something in the grid of people and cases.
    People(PeopleAsk),
}

/// A question.
pub struct Prompt {
    /// The question.
    pub title: String,
    /// What is said under the line.
    pub hint: String,
    /// What has been typed.
    pub input: Input,
    /// What it is for.
    pub ask: AskFor,
}

impl Prompt {
    /// A question with words to begin with.
    #[must_use]
    pub fn new(title: impl Into<String>, hint: impl Into<String>, words: &str, ask: AskFor) -> Self {
        Self { title: title.into(), hint: hint.into(), input: Input::new(words), ask }
    }
}

/// What follows from typing: filters and searches go along.
pub fn typed(app: &mut App) {
    let Some(Layer::Prompt(prompt)) = app.layers.last() else { return };
    let input = prompt.input.clone();
    match &prompt.ask {
        AskFor::FilterTree => app.code.tree.filter = Some(input),
        AskFor::FilterCases => app.code.cases.filter = Some(input),
        AskFor::FilterHelp => filter_help(app, input.text()),
        AskFor::FilterList => filter_list(app, input.text()),
        AskFor::FilterQueue => filter_queue(app, input.text()),
        AskFor::FilterMemos => app.memos.look(&mut app.study, input.text()),
        AskFor::Find { everywhere, regex } => {
            let (everywhere, regex) = (*everywhere, *regex);
            crate::screen::commands::find::look(app, input.text(), regex, everywhere);
        }
        _ => {}
    }
}

/// Shows only the keys whose lines have these words.
fn filter_help(app: &mut App, words: &str) {
    for layer in &mut app.layers {
        if let Layer::Help(help) = layer {
            words.clone_into(&mut help.filter);
            help.top = 0;
        }
    }
}

/// Shows only the rows of the list under the question that have these words.
fn filter_list(app: &mut App, words: &str) {
    for layer in &mut app.layers {
        if let Layer::List(list) = layer {
            list.set_filter(words);
        }
    }
}

/// Shows only the disagreements that have these words.
fn filter_queue(app: &mut App, words: &str) {
    words.clone_into(&mut app.reconcile.list.find);
    app.reconcile.narrow(&mut app.study);
}

/// Enter: does what the words are for, and closes the question if that could be done.
pub fn accept(app: &mut App) {
    let Some(Layer::Prompt(prompt)) = app.layers.last() else { return };
    let words = prompt.input.text().trim().to_owned();
    let ask = prompt.ask.clone();
    let done = match ask {
        AskFor::NewCode(spot) => {
            let id = app.study.fresh_id().into();
            let origin = crate::project::codebook::Origin::Emergent;
            let done = app.edit(&Edit::AddCode { id, name: words, spot, origin, colour: None }).is_some();
            if done {
                app.code.tree.filter = None;
                app.code.tree.reveal(&app.study.view(), id);
            }
            done
        }
        AskFor::RenameCode(code) => app.edit(&Edit::RenameCode(code, words)).is_some(),
        AskFor::Find { .. } => {
            app.close();
            crate::screen::commands::find::go(app, false, true);
            return;
        }
        AskFor::FilterTree => {
            if words.is_empty() {
                app.code.tree.filter = None;
            }
            true
        }
        AskFor::FilterCases => {
            if words.is_empty() {
                app.code.cases.filter = None;
            }
            true
        }
        AskFor::FilterHelp | AskFor::FilterList | AskFor::FilterQueue | AskFor::FilterMemos => true,
        AskFor::Comment(coding) => app.edit(&Edit::Comment(coding, words)).is_some(),
        AskFor::NewCase => {
            let id = app.study.fresh_id().into();
            let kind = app.study.view().cases().last().map_or("case".to_owned(), |case| case.kind.clone());
            let done = app.edit(&Edit::AddCase { id, name: words, kind }).is_some();
            if done {
                app.code.cases.selected = Some(crate::screen::views::code::cases::CaseRow::Case(id));
            }
            done
        }
        AskFor::RenameCase(case) => app.edit(&Edit::RenameCase(case, words)).is_some(),
        AskFor::RenameSource(source) => app.edit(&Edit::RenameSource(source, words)).is_some(),
        AskFor::Describe(case) => match words.split_once('=') {
            Some((name, value)) => {
                let (attribute, value) = (name.trim().to_owned(), value.trim().to_owned());
                app.edit(&Edit::Describe { case, attribute, value }).is_some()
            }
            None => {
                app.tell(Tone::Refused, "write it as name = value; an empty value takes it back");
                false
            }
        },
        AskFor::Turn => crate::screen::commands::moving::go_to_turn(app, &words),
        AskFor::DeleteCodes(codes) => {
            if words.eq_ignore_ascii_case("y") || words.eq_ignore_ascii_case("yes") {
                app.code.tree.marked.clear();
                app.edit(&Edit::DeleteCodes(codes)).is_some()
            } else {
                true
            }
        }
        AskFor::DeleteSource(source) => {
            if words.eq_ignore_ascii_case("y") || words.eq_ignore_ascii_case("yes") {
                app.edit(&Edit::DeleteSource(source)).is_some()
            } else {
                true
            }
        }
        AskFor::Plan(field) => {
            // The line goes first: the plan under it has the next word.
            let Some(line) = app.layers.pop() else { return };
            if !super::plan::answer(app, field, &words) {
                app.layers.push(line);
            }
            return;
        }
        AskFor::FindRound => {
            let found = app.rounds.find(&app.study, &words);
            if !found {
                app.tell(Tone::Plain, format!("nothing in this view has “{words}”"));
            }
            found
        }
        AskFor::FindAgreement => crate::screen::commands::agreement::found(app, &words),
        AskFor::Reveal(round, case) => {
            app.close();
            crate::screen::commands::rounds::finish_for_good(app, round, case);
            return;
        }
        AskFor::People(ask) => {
            crate::screen::commands::people::answer(app, ask, &words);
            return;
        }
        AskFor::FindIn(view) => crate::screen::commands::framework::found(app, view, &words),
        AskFor::WriteFrom(view) => crate::screen::commands::framework::write_to(app, view, &words),
        AskFor::WriteAgreement => crate::screen::commands::agreement::write_to(app, &words),
        AskFor::Findings(asked) => {
            crate::screen::commands::findings::answered(app, asked, &words);
            return;
        }
        AskFor::WriteMemos => crate::screen::commands::memos::write_to(app, &words),
        AskFor::Signature => crate::screen::commands::memos::sign_study(app, &words),
        AskFor::ExtractsQuery => crate::screen::commands::extracts::asked(app, &words),
        AskFor::ExtractsWith(with) => crate::screen::commands::extracts::wanted(app, with, &words),
        AskFor::Book(ask) => crate::screen::views::book::acts::answered(app, &ask, &words),
        AskFor::FindMatrix => crate::screen::commands::matrices::go_to(app, &words),
        AskFor::MatrixLeast => crate::screen::views::matrices::ask::take_least(app, &words),
        AskFor::WriteMatrix => crate::screen::commands::matrices::write_to(app, &words),
        AskFor::Import => {
            crate::screen::commands::importing::import_path(app, &words);
            return;
        }
        ref ask @ (AskFor::ImportName | AskFor::ImportPerson(_) | AskFor::ImportPattern | AskFor::ImportEncoding) => {
            crate::screen::commands::importing::answer(app, ask, &words)
        }
    };
    if done && matches!(app.layers.last(), Some(Layer::Prompt(_))) {
        app.close();
    }
}

/// Esc: closes the question; a filter goes with it, and what was found is let go.
pub fn cancel(app: &mut App) {
    if let Some(Layer::Prompt(prompt)) = app.layers.last() {
        match prompt.ask {
            AskFor::FilterTree => app.code.tree.filter = None,
            AskFor::FilterCases => app.code.cases.filter = None,
            AskFor::FilterHelp => filter_help(app, ""),
            AskFor::FilterList => filter_list(app, ""),
            AskFor::FilterQueue => filter_queue(app, ""),
            AskFor::FilterMemos => app.memos.look(&mut app.study, ""),
            AskFor::Find { .. } => {
                app.code.hits = None;
                crate::screen::commands::find::back(app);
            }
            _ => {}
        }
    }
    app.close();
}

/// Draws the question at the foot of the view.
pub fn draw(app: &App, prompt: &Prompt, areas: Areas, buf: &mut Buffer) -> Option<Position> {
    let area = areas.main;
    let lines: Vec<&str> = prompt.hint.lines().collect();
    let height = 3 + lines.len() as u16;
    let width = area.width.min(90);
    let rect = Rect::new(area.x + (area.width - width) / 2, area.bottom().saturating_sub(height), width, height);
    let inner = boxed(app, rect, &prompt.title, buf);
    put(buf, inner.x, inner.y, app.glyphs.pointer, 1, app.styles.over(Role::Popup, Role::Key));
    let line = Rect::new(inner.x + 2, inner.y, inner.width.saturating_sub(2), 1);
    let cursor = draw_input(app, &prompt.input, line, "", buf);
    for (n, hint) in lines.iter().enumerate() {
        let y = inner.y + 1 + n as u16;
        put(buf, inner.x, y, hint, inner.width, app.styles.over(Role::Popup, Role::InputHint));
    }
    Some(cursor)
}
