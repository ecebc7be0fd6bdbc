//! Keyword in context: each place where a word or phrase is said, with what stands before and after it.

use super::{Asked, fold_into, folded, parts, speaker};
use crate::findings::ground::Texts;
use crate::project::id::{CaseId, SourceId};
use crate::project::view::View;
use crate::text::units::words_in_bytes;
use crate::text::{Pos, Span, Text};
use std::collections::HashSet;

/// A word, or several in a row; one that ended with `*` stands for all that begin so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phrase(Vec<(String, bool)>);

impl Phrase {
    /// What was typed, as a phrase; `None` where there is no word in it.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let mut out = Vec::new();
        for token in typed.split_whitespace() {
            let (begins, token) = match token.strip_suffix('*') {
                Some(stem) => (true, stem),
                None => (false, token),
            };
            let text = Text::new(token);
            let words: Vec<String> =
                words_in_bytes(&text, text.whole()).map(|word| folded(&text.as_str()[word])).collect();
            let last = words.len().saturating_sub(1);
            out.extend(words.into_iter().enumerate().map(|(n, word)| (word, begins && n == last)));
        }
        (!out.is_empty()).then_some(Self(out))
    }

    fn fits(&self, n: usize, word: &str) -> bool {
        let (wanted, begins) = &self.0[n];
        if *begins { word.starts_with(wanted.as_str()) } else { word == wanted }
    }
}

/// A place where the phrase is said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The source.
    pub source: SourceId,
    /// Its case.
    pub case: Option<CaseId>,
    /// The words.
    pub at: Span,
    /// The number of the turn, from 1.
    pub turn: Option<u32>,
    /// Who says it; empty where that is not known.
    pub speaker: String,
    /// What stands before, of the same turn or paragraph, on one line.
    pub before: String,
    /// The words themselves.
    pub hit: String,
    /// What stands after.
    pub after: String,
}

/// All places.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Concordance {
    /// The places in the order of the study; not more than were asked for.
    pub lines: Vec<Line>,
    /// How many there are.
    pub n: usize,
    /// In how many sources.
    pub sources: usize,
    /// In how many cases.
    pub cases: usize,
    /// Sources whose text cannot be read.
    pub unread: Vec<SourceId>,
}

/// Where `phrase` is said within what is `asked` for, with at most `context` chars at either side; the first `most` of them.
/// `left` says that nobody waits any more.
#[must_use]
pub fn concordance(
    view: &View<'_>,
    asked: &Asked,
    phrase: &Phrase,
    texts: Texts<'_>,
    (context, most): (u32, usize),
    left: &dyn Fn() -> bool,
) -> Concordance {
    let mut out = Concordance::default();
    let mut cases: HashSet<CaseId> = HashSet::new();
    let mut word = String::new();
    for part in parts(view, asked) {
        if left() {
            return out;
        }
        let Some(transcript) = texts(part.source) else {
            out.unread.push(part.source);
            continue;
        };
        let (text, before) = (&transcript.text, out.n);
        for span in part.said(view, asked, &transcript) {
            let words: Vec<std::ops::Range<usize>> = words_in_bytes(text, span).collect();
            let mut from = 0;
            while from + phrase.0.len() <= words.len() {
                let fits = (0..phrase.0.len()).all(|n| {
                    fold_into(&mut word, &text.as_str()[words[from + n].clone()]);
                    phrase.fits(n, &word)
                });
                if !fits {
                    from += 1;
                    continue;
                }
                let last = from + phrase.0.len();
                let at = text.span(words[from].start..words[last - 1].end);
                from = last;
                out.n += 1;
                if out.lines.len() < most {
                    let turn = transcript.turns.turn_at(at.start);
                    let around = turn.map_or_else(
                        || text.paragraph_span(text.paragraph_of(at.start)),
                        |turn| transcript.turns.turns[turn].body,
                    );
                    let (before, hit, after) = in_context(text, around, at, context);
                    let label = turn.and_then(|turn| transcript.turns.label_of(turn));
                    let speaker = label.map_or_else(String::new, |label| speaker(view, part.source, label));
                    let turn = turn.and_then(|turn| u32::try_from(turn + 1).ok());
                    out.lines.push(Line {
                        source: part.source,
                        case: part.case,
                        at,
                        turn,
                        speaker,
                        before,
                        hit,
                        after,
                    });
                }
            }
        }
        if out.n > before {
            out.sources += 1;
            cases.extend(part.case);
        }
    }
    out.cases = cases.len();
    out
}

/// What stands before `at` within `around`, the words, and what stands after; each on one line.
fn in_context(text: &Text, around: Span, at: Span, context: u32) -> (String, String, String) {
    let start = at.start.shifted(-i64::from(context)).max(around.start).min(at.start);
    let end = Pos(at.end.0.saturating_add(context)).min(around.end).max(at.end);
    let line = |span: Span| text.slice(span).replace(['\n', '\r', '\t'], " ");
    let whole = |span: Span| crate::text::units::whole_graphemes(text, span);
    let (before, after) = (whole(Span { start, end: at.start }), whole(Span { start: at.end, end }));
    let (cut_before, cut_after) = (before.start > around.start, after.end < around.end);
    let (before, after) = (line(before), line(after));
    // What is cut is cut between words, unless there is but one.
    let from = if cut_before { before.find(' ').filter(|n| n + 1 < before.len()).unwrap_or(0) } else { 0 };
    let to = if cut_after { after.rfind(' ').filter(|n| *n > 0).unwrap_or(after.len()) } else { after.len() };
    (before[from..].trim_start().to_owned(), line(at), after[..to].trim_end().to_owned())
}
