//! What can be coloured: a closed list of roles.
//!
//! A view asks for `Role::Dim`, never for grey, so a theme can be read, replaced and tested as a whole. The list is an
//! enum: a role that a view needs and no theme has does not compile, and a name in a theme file that is no role is a
//! fault with a line and a column.

/// Declares the roles once: variant, name in theme files, and what it is drawn on.
macro_rules! roles {
    ($($variant:ident $name:literal $what:literal)+) => {
        /// One thing that is drawn, named by what it means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role {
            $(#[doc = $what] $variant,)+
        }

        impl Role {
            /// Every role, in the order of the enum.
            pub const ALL: &'static [Role] = &[$(Role::$variant,)+];

            /// Its name in theme files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Role::$variant => $name,)+ }
            }

            /// What it is for, in one line.
            #[must_use]
            pub const fn what(self) -> &'static str {
                match self { $(Role::$variant => $what,)+ }
            }
        }
    };
}

roles! {
    Screen "screen" "The ground of the screen; fill all of it first, and lay everything else over it."
    Text "text" "Running text."
    Strong "strong" "Names, titles and figures that matter most."
    Dim "dim" "What goes with the text: labels, counts, explanations."
    Faint "faint" "What is there to be found, not read: dots, absent cells."
    TitleBar "title bar" "The top line: project, place, who codes, saved or not."
    BarAccent "bar accent" "The name of the program and the coder in the top line."
    StatusBar "status bar" "The lines at the bottom: what has the keys, and which."
    PaneBorder "pane border" "Lines between panes and between parts of one."
    PaneBorderFocused "pane border focused" "The line of the pane that has the keys."
    Heading "heading" "Title of a pane or of a part of it."
    HeadingFocused "heading focused" "Title of the pane that has the keys."
    Subheading "subheading" "A group within a list."
    SpeakerInterviewer "speaker interviewer" "Label of a turn that an interviewer speaks."
    SpeakerParticipant "speaker participant" "Label of a turn that a participant speaks."
    SpeakerOther "speaker other" "Label of a turn of somebody else, or of a label not yet mapped."
    TimeStamp "time stamp" "When a turn was spoken."
    TurnNumber "turn number" "The number of a turn."
    OutOfScope "out of scope" "Text that cannot be coded in this round."
    CursorLine "cursor line" "The line of text with the cursor."
    CursorCell "cursor cell" "The place of the cursor itself."
    Selection "selection" "Selected text in the pane that has the keys."
    SelectionInactive "selection inactive" "Selected text while another pane has the keys."
    SearchHit "search hit" "Text that was found."
    SearchHitCurrent "search hit current" "The find that the cursor stands on."
    CodedText "coded text" "Text that carries a code; the code adds its own colours."
    CodedCurrent "coded text current" "Text of the highlighted coding; the code adds its own colours."
    MemoMark "memo mark" "A memo and the mark that stands for it."
    Quote "quote" "Words of a participant quoted elsewhere: examples, extracts in memos."
    ListSelected "list selected" "The row that is chosen, in the pane that has the keys."
    ListSelectedInactive "list selected inactive" "The row that is chosen, in any other pane."
    ListMarked "list marked" "Rows marked with Space."
    Match "match" "Letters that match what was typed into a picker."
    Key "key" "A key in a hint."
    KeyText "key text" "What that key does."
    KeyOff "key unavailable" "A key that does nothing just now, and its text."
    Ok "ok" "Done, saved, finished, agreed."
    Warning "warning" "Wants a look, and loses nothing."
    Error "error" "Went wrong: not saved, not read."
    Notice "notice" "A state to be kept in mind: this round is blind."
    Link "link" "A link in a memo, a passage that a figure leads to."
    Input "input" "What is being typed."
    InputHint "input hint" "What stands in an empty field, and advice beside it."
    ScrollTrack "scrollbar track" "The groove of a scrollbar."
    ScrollThumb "scrollbar thumb" "Where in the text the screen stands."
    Popup "popup" "The body of a box over the screen."
    PopupBorder "popup border" "Its border."
    PopupTitle "popup title" "Its title."
    Use "use" "The label of a code's when to use."
    Not "not" "The label of a code's when not."
    Badge "badge" "A short word in a box of its own: to be defined, in vivo."
    CoderA "coder a" "The first coder, side by side with the second."
    CoderB "coder b" "The second coder."
    Added "added" "New words in a compared wording."
    Removed "removed" "Words gone from it."
    CellPresent "cell present" "In a matrix: the code occurs in the case."
    CellAbsent "cell absent" "It does not occur."
    CellNot "cell not" "It is explicitly not so."
    CellUnclear "cell unclear" "Unclear, or not asked."
    CellCursor "cell cursor" "The cell with the cursor."
    MeterFull "meter full" "The done part of a progress line."
    MeterEmpty "meter empty" "The rest of it."
    ChartFirst "chart first" "Bars of the first class in a chart."
    ChartSecond "chart second" "Bars of the second."
    ChartTrack "chart track" "The ground of a bar; guide lines."
    ChartLine "chart line" "Intervals."
    ChartPoint "chart point" "Point estimates."
}

impl Role {
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// The role of that name in theme files.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_found_by_their_names_and_no_two_share_one() {
        for (at, &role) in Role::ALL.iter().enumerate() {
            assert_eq!(role as usize, at);
            assert_eq!(Role::named(role.name()), Some(role));
            assert!(role.what().ends_with('.'), "{}", role.name());
        }
        assert_eq!(Role::named("Text"), None);
    }
}
