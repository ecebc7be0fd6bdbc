//! What is said in a passage: its words as they are quoted, without what only says who speaks and when.

use super::Turns;
use crate::text::{Span, Text};

/// What stands between the words of one turn and those of the next.
const NEXT: &str = " / ";

impl Turns {
    /// The words of `span` (chars) without labels and time stamps; the turns of a passage of several are parted by
    /// ` / `. Where nobody speaks (a field note, a header) they are the words as they stand, but for white space at the
    /// ends.
    #[must_use]
    pub fn said(&self, text: &Text, span: Span) -> String {
        let first = self.last_from(span.start).unwrap_or(0);
        let here = self.turns[first..].iter().take_while(|turn| turn.span.start < span.end);
        let spoken: Vec<Span> = here.filter_map(|turn| turn.body.intersection(span)).collect();
        if spoken.is_empty() {
            return text.slice(span).trim().to_owned();
        }
        let parts: Vec<String> = spoken.into_iter().map(|body| self.without_stamps(text, body)).collect();
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(NEXT)
    }

    fn without_stamps(&self, text: &Text, body: Span) -> String {
        let mut out = String::new();
        let mut at = body.start;
        let first = self.stamps.partition_point(|stamp| stamp.span.end <= body.start);
        let here = self.stamps[first..].iter().take_while(|stamp| stamp.span.start < body.end);
        for stamp in here.filter_map(|stamp| stamp.span.intersection(body)) {
            out.push_str(text.slice(Span { start: at, end: stamp.start }).trim_end());
            at = stamp.end;
        }
        out.push_str(text.slice(Span { start: at, end: body.end }));
        out.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::text::turns::{Hints, recognise};
    use crate::text::{Span, Text};

    #[test]
    fn a_quotation_has_what_is_said_without_labels_and_times() {
        let words = "[00:01:02] Interviewer: And when she is away?\n\n[00:01:09] Manager: Then we have her card. [00:01:12] \
                     It hangs there.\n\n[00:01:20] Interviewer: Yes?\n\n[00:01:25] Manager: Always.\n";
        let text = Text::new(words);
        let turns = recognise(&text, &Hints::default()).turns;
        let span = |from: &str, to: &str| {
            let chars = |words: &str| words.chars().count() as u32;
            let start = words.find(from).map(|at| chars(&words[..at])).expect("words");
            let end = words.find(to).map(|at| chars(&words[..at]) + chars(to)).expect("words");
            Span::new(start, end)
        };
        let said = |from, to| turns.said(&text, span(from, to));
        assert_eq!(said("Then we", "card."), "Then we have her card.");
        assert_eq!(said("Then we", "hangs there."), "Then we have her card. It hangs there.");
        assert_eq!(said("hangs", "Always."), "hangs there. / Yes? / Always.");
        let note = Text::new("She walked by. Nobody looked up.\n");
        let none = recognise(&note, &Hints::default()).turns;
        assert_eq!(none.said(&note, Span::new(0, 15)), "She walked by.");
    }
}
