//! What the analyst says about a transcript: corrections that recognition follows.

use super::layouts::Layout;
use regex::Regex;

/// Corrections. The default says nothing; recognising again with others gives another overlay of the same text.
///
/// Labels are compared without regard to case and white space.
#[derive(Clone, Default, Debug)]
pub struct Hints {
    /// Take this layout. [`Layout::OneVoice`] means that there are no speakers. Layouts whose labels are found alike
    /// ([`Layout::Colon`], [`Layout::Numbered`], …) come to the same; what is recognised says which of them it is.
    pub layout: Option<Layout>,
    /// Labels that are speakers, however rare.
    pub accept: Vec<String>,
    /// Labels that are no speakers, however frequent.
    pub reject: Vec<String>,
    /// Whether the labels of `accept` are all there are.
    pub only_accepted: bool,
    /// Pairs of labels (this, that): turns of this are turns of that.
    pub merge: Vec<(String, String)>,
    /// Two speakers who take turns without being named, the first to speak first.
    pub alternating: Option<(String, String)>,
    /// What a label looks like, searched at the start of each line (after white space). The group `speaker`, else the
    /// first group, else all of the match is the speaker; the group `time`, if there is one, the time.
    pub pattern: Option<Regex>,
}

impl Hints {
    /// That there are no speakers.
    #[must_use]
    pub fn no_speakers() -> Self {
        Self { layout: Some(Layout::OneVoice), ..Self::default() }
    }

    /// That the transcript has this layout.
    #[must_use]
    pub fn layout(layout: Layout) -> Self {
        Self { layout: Some(layout), ..Self::default() }
    }

    /// That two speakers take turns: at each dash if the text has dashes, else at each paragraph.
    #[must_use]
    pub fn alternating(first: &str, second: &str) -> Self {
        Self { alternating: Some((first.to_owned(), second.to_owned())), ..Self::default() }
    }
}
