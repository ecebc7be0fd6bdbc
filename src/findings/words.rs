//! Word frequencies, and the words in their context, of what participants say: no interviewer's words, nothing of headers
//! and labels. Of a text in which nobody is said to speak all words count.
//!
//! A word is what [`units::words`](crate::text::units::words) says, in small letters; curved apostrophes are straight.

mod concordance;
mod stop;

pub use concordance::{Concordance, Line, Phrase, concordance};
pub use stop::{ENGLISH, StopWords};

use super::count::{Counting, Known};
use super::ground::{Texts, Transcript, joined, shared, speech};
use super::presence::{By, Presence, Unit, no_speakers};
use super::working::Working;
use crate::project::id::{AttributeId, CaseId, CodeId, ParticipantId, SourceId};
use crate::project::source::Who;
use crate::project::view::View;
use crate::table::{Table, Value};
use crate::text::Span;
use crate::text::units::words_in_bytes;
use rustc_hash::FxHashMap;
use std::collections::{HashMap, HashSet};

/// Whose words are counted, and which.
#[derive(Clone, PartialEq, Debug)]
pub struct Asked {
    /// The interviewer's too, and everybody else's.
    pub everyone: bool,
    /// Words of fewer characters are left out.
    pub least: usize,
    /// These are left out.
    pub stop: StopWords,
    /// Only sources of these cases.
    pub cases: Option<HashSet<CaseId>>,
    /// Only words inside these passages.
    pub within: Option<HashMap<SourceId, Vec<Span>>>,
}

impl Default for Asked {
    /// What participants say in all sources, stop words and single letters left out.
    fn default() -> Self {
        Self { everyone: false, least: 2, stop: StopWords::english(), cases: None, within: None }
    }
}

/// A word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// In small letters.
    pub word: String,
    /// How often it is said.
    pub n: u32,
    /// In how many sources.
    pub sources: u32,
    /// In how many cases.
    pub cases: u32,
}

/// How often words are said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Frequencies {
    /// The words, most frequent first, then by letters.
    pub words: Vec<Word>,
    /// All words that were said, those left out counted in.
    pub said: u64,
    /// Those that are counted.
    pub counted: u64,
    /// How many sources were looked into.
    pub sources: usize,
    /// How many cases these belong to.
    pub cases: usize,
    /// Sources whose text cannot be read.
    pub unread: Vec<SourceId>,
}

impl Frequencies {
    /// The first `most` words as a table.
    #[must_use]
    pub fn as_table(&self, most: usize) -> Table {
        let columns = [
            ("word", "Word"),
            ("times", "Times"),
            ("per_thousand", "Per 1,000"),
            ("sources", "Sources"),
            ("cases", "Cases"),
        ];
        let mut table = Table::new("Words", columns);
        for word in self.words.iter().take(most) {
            table.push(vec![
                word.word.as_str().into(),
                word.n.into(),
                Value::Decimal(self.per_thousand(word), 2).into(),
                word.sources.into(),
                word.cases.into(),
            ]);
        }
        table
    }

    /// How often a word is said among a thousand.
    #[must_use]
    pub fn per_thousand(&self, word: &Word) -> f64 {
        f64::from(word.n) * 1000.0 / self.said.max(1) as f64
    }
}

/// The passages of a code and of those below it, by source, joined where they touch.
#[must_use]
pub fn passages_of(view: &View<'_>, working: &Working, code: CodeId) -> HashMap<SourceId, Vec<Span>> {
    let codes: HashSet<CodeId> = view.codebook().branch(code).into_iter().collect();
    let mut out: HashMap<SourceId, Vec<Span>> = HashMap::new();
    for one in working.counted.iter().filter(|one| codes.contains(&one.code)) {
        out.entry(one.source).or_default().push(one.at);
    }
    out.values_mut().for_each(|spans| *spans = joined(std::mem::take(spans)));
    out
}

/// The cases that have a value under an attribute, one of several or the only one, in any wave; letters may be large or
/// small. Of an attribute that follows from codings the values are yes and no.
#[must_use]
pub fn cases_with(view: &View<'_>, attribute: AttributeId, value: &str) -> HashSet<CaseId> {
    let plain = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = plain(value);
    if view.attribute(attribute).is_some_and(|attribute| attribute.follows.is_some()) {
        let presence = Presence::new(view, None, By::Working, &no_speakers);
        let counting = Counting::new(*view, &presence);
        let is = |case: &CaseId| counting.value(attribute, Unit::Case(*case)) == Known::Is(wanted.clone());
        return view.cases().into_iter().map(|case| case.id).filter(is).collect();
    }
    let waves: Vec<_> = [None].into_iter().chain(view.waves().into_iter().map(|wave| Some(wave.id))).collect();
    let has = |case: CaseId| {
        let values = waves.iter().filter_map(|wave| view.value_in(attribute, case.0, *wave));
        values.flat_map(str::lines).any(|value| plain(value) == wanted)
    };
    view.cases().into_iter().map(|case| case.id).filter(|case| has(*case)).collect()
}

/// A source that is looked into.
struct Part {
    source: SourceId,
    case: Option<CaseId>,
}

impl Part {
    /// What is said of it that was asked for.
    fn said(&self, view: &View<'_>, asked: &Asked, transcript: &Transcript) -> Vec<Span> {
        let said = speech(view, self.source, transcript, asked.everyone);
        match &asked.within {
            Some(within) => shared(&said, within.get(&self.source).map_or(&[], Vec::as_slice)),
            None => said,
        }
    }
}

/// The sources that are looked into, those of a case one after the other.
fn parts(view: &View<'_>, asked: &Asked) -> Vec<Part> {
    let case_of = |case: Option<CaseId>| case.filter(|case| view.case(*case).is_some());
    let all = view.sources().into_iter().map(|source| Part { source: source.id, case: case_of(source.case) });
    let wanted = |part: &Part| {
        let case = asked.cases.as_ref().is_none_or(|cases| part.case.is_some_and(|case| cases.contains(&case)));
        case && asked.within.as_ref().is_none_or(|within| within.contains_key(&part.source))
    };
    all.filter(wanted).collect()
}

/// What is counted of a word while it is counted.
#[derive(Default)]
struct Tally {
    n: u32,
    sources: u32,
    cases: u32,
    last_source: usize,
    last_case: usize,
}

/// How often each word is said within what is `asked` for. `left` says that nobody waits any more.
#[must_use]
pub fn frequencies(view: &View<'_>, asked: &Asked, texts: Texts<'_>, left: &dyn Fn() -> bool) -> Frequencies {
    let mut out = Frequencies::default();
    let mut tallies: FxHashMap<String, Tally> = FxHashMap::default();
    let mut numbers: HashMap<CaseId, usize> = HashMap::new();
    let mut word = String::new();
    for (n, part) in parts(view, asked).into_iter().enumerate() {
        if left() {
            return out;
        }
        let Some(transcript) = texts(part.source) else {
            out.unread.push(part.source);
            continue;
        };
        out.sources += 1;
        // From 1: 0 stands for none yet. Sources of a case come one after the other.
        let next = numbers.len() + 1;
        let case = part.case.map_or(0, |case| *numbers.entry(case).or_insert(next));
        for span in part.said(view, asked, &transcript) {
            for at in words_in_bytes(&transcript.text, span) {
                fold_into(&mut word, &transcript.text.as_str()[at]);
                out.said += 1;
                if asked.stop.has(&word) || is_shorter(&word, asked.least) {
                    continue;
                }
                out.counted += 1;
                let tally = match tallies.get_mut(word.as_str()) {
                    Some(tally) => tally,
                    None => tallies.entry(word.clone()).or_default(),
                };
                tally.n += 1;
                if tally.last_source != n + 1 {
                    (tally.last_source, tally.sources) = (n + 1, tally.sources + 1);
                }
                if case != 0 && tally.last_case != case {
                    (tally.last_case, tally.cases) = (case, tally.cases + 1);
                }
            }
        }
    }
    out.cases = numbers.len();
    let word = |(word, tally): (String, Tally)| Word { word, n: tally.n, sources: tally.sources, cases: tally.cases };
    out.words = tallies.into_iter().map(word).collect();
    out.words.sort_unstable_by(|a, b| b.n.cmp(&a.n).then_with(|| a.word.cmp(&b.word)));
    out
}

fn is_shorter(word: &str, least: usize) -> bool {
    word.len() < least || (!word.is_ascii() && word.chars().count() < least)
}

/// A word as it is counted: in small letters, its apostrophes straight.
#[must_use]
pub fn folded(word: &str) -> String {
    let mut out = String::new();
    fold_into(&mut out, word);
    out
}

/// The same into a string that is at hand.
fn fold_into(out: &mut String, word: &str) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
    out.push_str(&word.to_lowercase());
    if out.contains(['\u{2019}', '\u{2018}']) {
        *out = out.replace(['\u{2019}', '\u{2018}'], "'");
    }
}

/// Who speaks under a label, for a line: `Marisol, clinic manager`.
#[must_use]
pub fn speaker(view: &View<'_>, source: SourceId, label: &str) -> String {
    let person = |id: ParticipantId| {
        let person = view.participant(id)?;
        let parts: Vec<&str> =
            [person.pseudonym.as_str(), person.role.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    };
    match view.who(source, label) {
        Who::Participant(Some(id)) => person(id).unwrap_or_else(|| label.to_owned()),
        Who::Interviewer => "interviewer".to_owned(),
        Who::Participant(None) | Who::Other | Who::Unknown => label.to_owned(),
    }
}

#[cfg(test)]
mod tests;
