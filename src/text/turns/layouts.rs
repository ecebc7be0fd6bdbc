//! The layouts by name: how each is called, what it looks like, and which family of lines carries its labels.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How a transcript says who speaks and when.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Layout {
    /// No speakers: one voice, notes, a document.
    OneVoice,
    /// `Interviewer: text`, also initials, capitals, a wide gap.
    Colon,
    /// `Interviewer:`, the words below.
    OwnLine,
    /// `12  Dan: text`.
    Numbered,
    /// `[00:00:02] Jane: text`.
    TimeFirst,
    /// `Speaker 1 (00:02): text`, `Jane: [00:02] text`.
    TimeInLabel,
    /// `I: text #00:01:23-4#`.
    TimeLast,
    /// `00:05:00` on a line, below it `Jane: text`, for one turn or for several.
    TimeAbove,
    /// `[00:00:00:02]` with days, below it facts and `CDR: text`.
    AirGround,
    /// `00:21:14⇥Jane:⇥text`.
    ChatLog,
    /// `[id1] text`, `<Interviewer> text`.
    Bracket,
    /// `Jane Doe  0:03`, the words below.
    NameAndTime,
    /// `[00:00:01] - Speaker 1`, the words below.
    TimeAndName,
    /// `0:0:0.0 --> 0:0:3.5`, below it the name, below it the words.
    NameBelowTime,
    /// `I⇥text`.
    Tab,
    /// `Interviewer – text`.
    NameDash,
    /// `– text`, who speaks is not said.
    Dash,
    /// `Q.  text`, `A.  text`, `MR. SMITH:  text`.
    Deposition,
    /// `Mr. JONES. text`.
    Proceedings,
    /// `*PAR:⇥text` with tiers.
    Chat,
    /// `ALICE` on a line, the words below.
    Script,
    /// `0:00⇥Jane⇥text` or `0:00⇥text⇥Jane`, a row a turn.
    Table,
    /// `0:03 text`: times, no speakers.
    Timed,
    /// Two speakers in turn, because the analyst said so.
    Alternating,
    /// Labels found by the analyst's own pattern.
    Pattern,
}

/// A set of layouts whose labels are found by the same lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Family {
    Colon,
    Deposition,
    TimeLine,
    Bracket,
    Below,
    Cells,
    LastCell,
    Tab,
    Stop,
    Star,
    Alone,
    NameDash,
    Dash,
    Pattern,
}

/// All families with speakers' names, the likelier first.
pub(super) const NAMED: [Family; 12] = [
    Family::Colon,
    Family::Deposition,
    Family::TimeLine,
    Family::Bracket,
    Family::Star,
    Family::Cells,
    Family::LastCell,
    Family::Below,
    Family::Tab,
    Family::Stop,
    Family::Alone,
    Family::NameDash,
];

impl Family {
    /// The plainest layout of the family.
    pub(super) fn layout(self) -> Layout {
        match self {
            Self::Colon => Layout::Colon,
            Self::Deposition => Layout::Deposition,
            Self::TimeLine => Layout::NameAndTime,
            Self::Bracket => Layout::Bracket,
            Self::Below => Layout::NameBelowTime,
            Self::Cells | Self::LastCell => Layout::Table,
            Self::Tab => Layout::Tab,
            Self::Stop => Layout::Proceedings,
            Self::Star => Layout::Chat,
            Self::Alone => Layout::Script,
            Self::NameDash => Layout::NameDash,
            Self::Dash => Layout::Dash,
            Self::Pattern => Layout::Pattern,
        }
    }
}

/// Name and example of every layout, as they are shown.
const TABLE: [(Layout, &str, &str); 25] = [
    (Layout::OneVoice, "no speakers", "text"),
    (Layout::Colon, "name and colon", "Interviewer: text"),
    (Layout::OwnLine, "name on a line of its own", "Interviewer:⏎text"),
    (Layout::Numbered, "numbered, name and colon", "12  Dan: text"),
    (Layout::TimeFirst, "time, name and colon", "[00:00:02] Jane: text"),
    (Layout::TimeInLabel, "name with time", "Speaker 1 (00:02): text"),
    (Layout::TimeLast, "name and colon, time at the end", "I: text #00:01:23-4#"),
    (Layout::TimeAbove, "time on a line above, name and colon", "00:05:00⏎Jane: text"),
    (Layout::AirGround, "air-to-ground, days in the time", "[00:00:00:02]⏎CDR: text"),
    (Layout::ChatLog, "chat log", "00:21:14⇥Jane:⇥text"),
    (Layout::Bracket, "name in brackets", "[id1] text"),
    (Layout::NameAndTime, "name and time, words below", "Jane Doe  0:03⏎text"),
    (Layout::TimeAndName, "time and name, words below", "[00:00:01] - Speaker 1⏎text"),
    (Layout::NameBelowTime, "time, name and words below each other", "0:0:0.0 --> 0:0:3.5⏎Jane Doe⏎text"),
    (Layout::Tab, "name and tab", "I⇥text"),
    (Layout::NameDash, "name and dash", "Interviewer – text"),
    (Layout::Dash, "dashes without names", "– text"),
    (Layout::Deposition, "deposition", "Q.   text"),
    (Layout::Proceedings, "proceedings, name and full stop", "Mr. JONES. text"),
    (Layout::Chat, "CHAT", "*PAR:⇥text"),
    (Layout::Script, "script, name above the words", "ALICE⏎text"),
    (Layout::Table, "table, a row a turn", "0:00⇥Jane⇥text"),
    (Layout::Timed, "times without speakers", "0:03 text"),
    (Layout::Alternating, "two speakers in turn", "text⏎text"),
    (Layout::Pattern, "own pattern", ""),
];

impl Layout {
    /// Every layout, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    /// Its name, in a few words.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What a line of it looks like; `⇥` is a tab, `⏎` a new line.
    #[must_use]
    pub fn example(self) -> &'static str {
        self.row().2
    }

    /// Whether it tells the speakers apart.
    #[must_use]
    pub fn has_speakers(self) -> bool {
        !matches!(self, Self::OneVoice | Self::Timed | Self::Dash)
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        TABLE.iter().find(|row| row.0 == self).unwrap_or(&TABLE[0])
    }

    /// The lines that carry its labels; none for those without.
    pub(super) fn family(self) -> Option<Family> {
        Some(match self {
            Self::OneVoice | Self::Timed | Self::Alternating => return None,
            Self::Colon | Self::OwnLine | Self::Numbered | Self::TimeFirst | Self::TimeInLabel | Self::TimeLast => {
                Family::Colon
            }
            Self::TimeAbove | Self::AirGround | Self::ChatLog => Family::Colon,
            Self::Bracket => Family::Bracket,
            Self::NameAndTime | Self::TimeAndName => Family::TimeLine,
            Self::NameBelowTime => Family::Below,
            Self::Tab => Family::Tab,
            Self::NameDash => Family::NameDash,
            Self::Dash => Family::Dash,
            Self::Deposition => Family::Deposition,
            Self::Proceedings => Family::Stop,
            Self::Chat => Family::Star,
            Self::Script => Family::Alone,
            Self::Table => Family::Cells,
            Self::Pattern => Family::Pattern,
        })
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_has_a_name_of_its_own_and_an_example() {
        let names: std::collections::HashSet<_> = Layout::all().map(Layout::name).collect();
        assert_eq!(names.len(), TABLE.len());
        assert_eq!(Layout::Tab.name(), "name and tab");
        assert!(Layout::all().all(|layout| layout == Layout::Pattern || !layout.example().is_empty()));
    }
}
