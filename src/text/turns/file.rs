//! How turns are written: RON, one turn a line, so that a person can read them and a diff shows what changed.

use super::Turns;
use crate::text::position::Span;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt::Write as _;

/// The version of the layout of `1.turns.ron` that this program writes, and the only one it reads.
const VERSION: u32 = 1;

/// Why turns cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TurnsError {
    /// The file is no RON, or not of this form; says line and column.
    #[error("the turns cannot be read: {0}")]
    Unreadable(#[from] ron::error::SpannedError),
    /// The file is well formed, but its spans do not fit the text or each other.
    #[error("the turns do not fit their text: {what} {number} {problem}")]
    Misfit {
        /// "turn" or "stamp".
        what: &'static str,
        /// Which one, from 1.
        number: usize,
        /// What is wrong with it.
        problem: &'static str,
    },
}

impl Turns {
    /// The turns as a file: first the labels, then one turn a line, then one stamp a line.
    #[must_use]
    pub fn to_ron(&self) -> String {
        let mut out = format!("(version:{VERSION},labels:{},turns:[\n", plain(&self.labels));
        for turn in &self.turns {
            let _ = writeln!(out, "{},", plain(turn));
        }
        out.push_str("],stamps:[\n");
        for stamp in &self.stamps {
            let _ = writeln!(out, "{},", plain(stamp));
        }
        out.push_str("])\n");
        out
    }

    /// Reads what [`to_ron`](Self::to_ron) wrote, or a person edited, for a text of `chars` chars.
    ///
    /// # Errors
    /// If it is no such file, of another version, or its spans do not fit the text.
    pub fn from_ron(ron: &str, chars: u32) -> Result<Self, TurnsError> {
        let turns: Self = ron::from_str(ron)?;
        turns.check(chars)?;
        Ok(turns)
    }

    /// Whether the spans fit a text of `chars` chars and each other: in order, disjoint, within the text, label before
    /// body within the turn, speakers that exist.
    ///
    /// # Errors
    /// Names the first turn or stamp that does not fit.
    pub fn check(&self, chars: u32) -> Result<(), TurnsError> {
        let misfit = |what, index, problem| Err(TurnsError::Misfit { what, number: index + 1, problem });
        let mut free = 0;
        for (index, turn) in self.turns.iter().enumerate() {
            let inside = turn.label.is_none_or(|label| turn.span.covers(label)) && turn.span.covers(turn.body);
            let problem = if turn.span.start.0 < free {
                "starts before the one above it ends"
            } else if turn.span.end.0 > chars {
                "reaches beyond the end of the text"
            } else if !inside {
                "has a label or a body outside itself"
            } else if turn.label.is_some_and(|label| label.end > turn.body.start) {
                "has a body that starts within its label"
            } else if turn.speaker.is_some_and(|speaker| speaker as usize >= self.labels.len()) {
                "names a speaker that is not among the labels"
            } else {
                free = turn.span.end.0;
                continue;
            };
            return misfit("turn", index, problem);
        }
        let mut free = 0;
        for (index, Span { start, end }) in self.stamps.iter().map(|stamp| stamp.span).enumerate() {
            if start.0 < free || end.0 > chars {
                return misfit("stamp", index, "overlaps the one above it or reaches beyond the text");
            }
            free = end.0;
        }
        Ok(())
    }
}

/// A value in RON on one line.
fn plain(value: &impl Serialize) -> String {
    ron::to_string(value).expect("spans, numbers and strings always have a form in RON")
}

/// The number that stands first in the file. It has one value; any other is refused when read.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Version;

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u32(VERSION)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match u32::deserialize(from)? {
            VERSION => Ok(Self),
            other => Err(D::Error::custom(format!(
                "these turns are of version {other}, this program reads version {VERSION}; a newer Emic wrote them"
            ))),
        }
    }
}

/// A field that is left out when there is nothing in it, and otherwise written without `Some( )`.
pub(super) mod bare {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::text::turns) fn serialize<T: Serialize, S: Serializer>(
        value: &Option<T>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => value.serialize(to),
            None => to.serialize_none(),
        }
    }

    pub(in crate::text::turns) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<T>, D::Error> {
        T::deserialize(from).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Stamp, Turn};
    use super::*;

    fn two() -> Turns {
        let first = Turn {
            span: Span::new(0, 34),
            label: Some(Span::new(0, 12)),
            body: Span::new(13, 34),
            speaker: Some(0),
            time: Some(83_400),
        };
        let second = Turn { span: Span::new(35, 40), label: None, body: Span::new(35, 40), speaker: None, time: None };
        let stamps = vec![Stamp { span: Span::new(2, 9), ms: -10_000 }];
        Turns::new(vec!["Interviewer".into()], vec![first, second], stamps)
    }

    #[test]
    fn a_turn_is_one_readable_line() {
        let expected = "(version:1,labels:[\"Interviewer\"],turns:[\n\
            (span:(0,34),label:(0,12),body:(13,34),speaker:0,time:83400),\n\
            (span:(35,40),body:(35,40)),\n\
            ],stamps:[\n\
            (span:(2,9),ms:-10000),\n\
            ])\n";
        assert_eq!(two().to_ron(), expected);
        assert_eq!(Turns::from_ron(expected, 40).expect("what was written is read"), two());
    }

    #[test]
    fn other_versions_and_turns_that_do_not_fit_are_refused_in_plain_words() {
        let newer = two().to_ron().replace("version:1", "version:9");
        assert!(Turns::from_ron(&newer, 40).expect_err("newer").to_string().contains("version 9"));
        let short = Turns::from_ron(&two().to_ron(), 36).expect_err("the text is shorter").to_string();
        assert_eq!(short, "the turns do not fit their text: turn 2 reaches beyond the end of the text");
        let mut crossed = two();
        crossed.turns[1].span = Span::new(30, 40);
        assert!(crossed.check(40).is_err());
        let mut unknown = two();
        unknown.turns[0].speaker = Some(1);
        assert!(unknown.check(40).is_err());
    }
}
