//! Why an edit cannot be done.

/// Why an edit cannot be done: one clear sentence.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// The code is gone.
    #[error("that code is no longer in the codebook")]
    NoCode,
    /// The coding is gone.
    #[error("that coding is no longer there")]
    NoCoding,
    /// The memo is gone.
    #[error("that memo is no longer there")]
    NoMemo,
    /// The source or case is gone.
    #[error("that {0} is no longer in the study")]
    Gone(&'static str),
    /// It is somebody else's.
    #[error("that {what} is {owner}'s; only {owner} can change it")]
    NotYours {
        /// What it is.
        what: &'static str,
        /// Whose it is.
        owner: String,
    },
    /// A name is missing.
    #[error("{a} {0} needs a name", a = article(.0))]
    NoName(&'static str),
    /// A sibling has the name.
    #[error("there is {a} {what} called “{name}” here already", a = article(.what))]
    Taken {
        /// What it is.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// It would stand under itself.
    #[error("“{0}” cannot stand under itself")]
    UnderItself(String),
    /// It would go into a code below it, and its branch with it.
    #[error("“{code}” cannot be merged into “{below}”, which stands under it; move “{below}” out first")]
    IntoBelow {
        /// The code that was to go.
        code: String,
        /// The code that was to take it in.
        below: String,
    },
    /// A heading is not applied.
    #[error("“{0}” is a heading and is not applied to text; choose a code under it")]
    Heading(String),
    /// A heading cannot carry codings.
    #[error("“{name}” has codings ({codings}); recode them before it becomes a heading")]
    HeadingInUse {
        /// The code.
        name: String,
        /// How many codings it has.
        codings: u32,
    },
    /// No words.
    #[error("there is nothing selected to code")]
    NoWords,
    /// The words are another source's.
    #[error("a coding stays in its source; code the other passage anew")]
    OtherSource,
    /// Stretches overlap or lie outside the text.
    #[error("the corrections do not fit the text as it is now; open it again and correct it anew")]
    Misfit,
    /// Nothing would change.
    #[error("{0}")]
    Idle(String),
    /// Initials are not such.
    #[error("“{0}” cannot be a coder's initials: 1 to 8 letters and digits, please")]
    Initials(String),
    /// A code is pinned in an open round.
    #[error(
        "“{code}” is pinned for {round} until it is revealed; propose a wording, or revise it and start the round anew"
    )]
    Pinned {
        /// The code.
        code: String,
        /// The round.
        round: String,
    },
    /// A case of an open round is finished.
    #[error("you have finished {case} in {round}; reopen it first")]
    Finished {
        /// The case.
        case: String,
        /// The round.
        round: String,
    },
    /// A round cannot be opened, finished or decided like that.
    #[error("{0}")]
    Round(String),
    /// What was revealed cannot be taken back.
    #[error("{0} has been revealed; that cannot be taken back")]
    Revealed(String),
    /// An attribute, value, wave or participant cannot be like that.
    #[error("{0}")]
    Attribute(String),
    /// Words that a quotation does not have.
    #[error("a quotation keeps its words: they can be shortened, with […] where some are left out, and not changed")]
    Quotation,
    /// A row cannot hold of that.
    #[error("{0}")]
    Row(String),
    /// A digit is not 1 to 9.
    #[error("codes are pinned on the digits 1 to 9")]
    Digit,
}

fn article(what: &str) -> &'static str {
    if what.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}
