//! The one table of commands: name, title, group, default keys, where it applies, what it does.
//!
//! Palette, key hints, which-key, help, the keymap file and the README's key table all come from it. A key that is not
//! in it does not exist, except that text is typed where text is asked for. Each group of commands has a file in
//! `commands/`, with its rows and what they do.

use super::app::App;

/// Where a command applies: what has the keys.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Place {
    /// Whatever has the keys, unless text is being typed.
    Anywhere,
    /// The Code view, whichever of its panes has the keys.
    Code,
    /// The transcript.
    Text,
    /// The code tree.
    Tree,
    /// The list of cases and sources.
    Cases,
    /// The Rounds view.
    Rounds,
    /// The Agreement view.
    Agreement,
    /// The Reconcile view.
    Reconcile,
    /// The Matrices view.
    Matrices,
    /// The grid of people and cases.
    People,
    /// The Extracts view.
    Extracts,
    /// The Reconcile view while codings are checked again.
    Check,
    /// The Codebook view, whichever of its parts has the keys.
    Codebook,
    /// The codes in it.
    BookCodes,
    /// The themes in it.
    Themes,
    /// The cycles in it.
    Cycles,
    /// The Reconcile view while the ends of a passage are moved.
    Extent,
    /// The Findings view.
    Findings,
    /// The Memos view.
    Memos,
    /// The Framework view.
    Framework,
    /// The extracts of a cell of the framework matrix.
    Basis,
    /// The editor of a summary in the framework matrix.
    Summary,
    /// The Words view.
    Words,
    /// Where codes lie, and new codes by case.
    Landscape,
    /// A question with a few answers.
    Question,
    /// The line in which a reason is given.
    Reason,
    /// A line of text, wherever one is typed.
    Line,
    /// A line that asks for words (name, search, path).
    Prompt,
    /// A list that is filtered by typing: codes, commands, places.
    Picker,
    /// The memo editor and other places for longer text.
    Editor,
    /// The memo editor while a link is completed.
    Complete,
    /// A list in a window: hits, memos, steps, codings.
    List,
    /// The fields of a form: the wording of a code.
    Form,
    /// The review of an import.
    Import,
    /// A page to read: help.
    Page,
    /// A round, or a division, being planned.
    Plan,
}

impl Place {
    /// What it is called in help.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Anywhere => "Everywhere",
            Self::Code => "Coding",
            Self::Text => "Transcript",
            Self::Tree => "Codes",
            Self::Cases => "Cases and sources",
            Self::Rounds => "Rounds",
            Self::Agreement => "Agreement",
            Self::Reconcile => "Reconciling",
            Self::Matrices => "Matrices",
            Self::People => "People and cases",
            Self::Extracts => "Extracts",
            Self::Check => "Checking again",
            Self::Codebook => "Codebook",
            Self::BookCodes => "Codes of the codebook",
            Self::Themes => "Themes",
            Self::Cycles => "Cycles",
            Self::Extent => "Moving ends while reconciling",
            Self::Findings => "Findings",
            Self::Memos => "Memos",
            Self::Framework => "Framework",
            Self::Basis => "Extracts of a cell",
            Self::Summary => "Writing a summary",
            Self::Words => "Words",
            Self::Landscape => "Where codes lie",
            Self::Question => "Answering",
            Self::Reason => "Giving a reason",
            Self::Line => "Typing a line",
            Self::Prompt => "Asking for words",
            Self::Picker => "Choosing",
            Self::Editor => "Writing",
            Self::Complete => "Linking",
            Self::List => "Lists",
            Self::Form => "Filling in",
            Self::Import => "Importing",
            Self::Page => "Reading a page",
            Self::Plan => "Planning",
        }
    }

    /// Whether characters are typed here, so that only named keys and chords are commands.
    #[must_use]
    pub const fn types_text(self) -> bool {
        matches!(
            self,
            Self::Line
                | Self::Prompt
                | Self::Picker
                | Self::Editor
                | Self::Complete
                | Self::Form
                | Self::Reason
                | Self::Summary
        )
    }

    /// Where a key is looked for, first to last.
    #[must_use]
    pub const fn chain(self) -> &'static [Self] {
        match self {
            Self::Anywhere => &[Self::Anywhere],
            Self::Code => &[Self::Code, Self::Anywhere],
            Self::Text => &[Self::Text, Self::Code, Self::Anywhere],
            Self::Tree => &[Self::Tree, Self::Code, Self::Anywhere],
            Self::Cases => &[Self::Cases, Self::Code, Self::Anywhere],
            Self::Rounds => &[Self::Rounds, Self::Anywhere],
            Self::Agreement => &[Self::Agreement, Self::Anywhere],
            Self::Reconcile => &[Self::Reconcile, Self::Anywhere],
            Self::Matrices => &[Self::Matrices, Self::Anywhere],
            Self::People => &[Self::People, Self::Anywhere],
            Self::Extracts => &[Self::Extracts, Self::Anywhere],
            Self::Check => &[Self::Check, Self::Anywhere],
            Self::Codebook => &[Self::Codebook, Self::Anywhere],
            Self::BookCodes => &[Self::BookCodes, Self::Codebook, Self::Anywhere],
            Self::Themes => &[Self::Themes, Self::Codebook, Self::Anywhere],
            Self::Cycles => &[Self::Cycles, Self::Codebook, Self::Anywhere],
            Self::Extent => &[Self::Extent],
            Self::Findings => &[Self::Findings, Self::Anywhere],
            Self::Memos => &[Self::Memos, Self::Anywhere],
            Self::Framework => &[Self::Framework, Self::Anywhere],
            Self::Basis => &[Self::Basis, Self::Anywhere],
            Self::Summary => &[Self::Summary],
            Self::Words => &[Self::Words, Self::Anywhere],
            Self::Landscape => &[Self::Landscape, Self::Anywhere],
            Self::Question => &[Self::Question],
            Self::Reason => &[Self::Reason, Self::Line],
            Self::List => &[Self::List, Self::Anywhere],
            Self::Import => &[Self::Import, Self::Anywhere],
            Self::Page => &[Self::Page, Self::Anywhere],
            Self::Plan => &[Self::Plan, Self::Anywhere],
            Self::Line => &[Self::Line],
            Self::Prompt => &[Self::Prompt, Self::Line],
            Self::Picker => &[Self::Picker, Self::Line],
            Self::Editor => &[Self::Editor],
            Self::Complete => &[Self::Complete, Self::Editor],
            Self::Form => &[Self::Form],
        }
    }
}

/// What a command is about; the headings of help.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Group {
    /// Going about in a text or list.
    Move,
    /// Selecting words.
    Select,
    /// Laying and changing codings.
    Code,
    /// The codebook.
    Codebook,
    /// Memos.
    Memo,
    /// Cases and sources.
    Source,
    /// Finding.
    Find,
    /// Rounds of independent coding, agreement, reconciling.
    Round,
    /// From codes to findings: summaries, words, where codes lie.
    Findings,
    /// What is shown and how.
    Look,
    /// The program itself.
    Program,
}

impl Group {
    /// Its heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Select => "Select",
            Self::Code => "Code",
            Self::Codebook => "Codebook",
            Self::Memo => "Memos",
            Self::Source => "Cases and sources",
            Self::Find => "Find",
            Self::Round => "Rounds",
            Self::Findings => "Findings",
            Self::Look => "Look",
            Self::Program => "Program",
        }
    }
}

/// A row of the table.
pub struct Command {
    /// What it is called in keymap files: `code-again`.
    pub name: &'static str,
    /// What it does, in a few words, as shown in palette and help.
    pub title: &'static str,
    /// One or two words for the bottom line; empty if it never stands there.
    pub hint: &'static str,
    /// What it is about.
    pub group: Group,
    /// Where it applies.
    pub place: Place,
    /// Its default keys, as written in scripts; a sequence such as `gg` is one key after the other.
    pub keys: &'static [&'static str],
    /// Words of other programs by which the palette finds it too.
    pub also: &'static str,
    /// What it does.
    pub run: fn(&mut App),
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// All commands, group by group.
pub fn commands() -> impl Iterator<Item = &'static Command> {
    super::commands::TABLES.iter().flat_map(|table| table.iter())
}

/// The command of this name.
#[must_use]
pub fn command(name: &str) -> Option<&'static Command> {
    commands().find(|command| command.name == name)
}

/// Writes rows of the table: `name, title, [hint], place, keys, [also], what it does`.
macro_rules! rows {
    ($table:ident: $group:ident; $($name:literal $title:literal $hint:literal $place:ident [$($key:literal)*] $also:literal => $run:expr;)*) => {
        /// The rows of this group.
        pub const $table: &[$crate::screen::command::Command] = &[$($crate::screen::command::Command {
            name: $name,
            title: $title,
            hint: $hint,
            group: $crate::screen::command::Group::$group,
            place: $crate::screen::command::Place::$place,
            keys: &[$($key),*],
            also: $also,
            run: $run,
        },)*];
    };
}
pub(crate) use rows;
