//! What has to be looked at again because its code came to mean something else.
//!
//! A coding was made under a wording, or confirmed under one. Where a later wording changed the meaning of the code, the
//! coding is on the list until somebody held it against that wording or a later one; with it stand decisions that gave
//! words the code though nobody had it there.

use crate::project::codebook::Wording;
use crate::project::decision::Check;
use crate::project::id::{CodeId, CoderId, CodingId, DecisionId, SourceId, WordingId};
use crate::project::source::Passage;
use crate::project::view::{Seen, View, Whose};
use crate::text::Span;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What has to be looked at again for one code.
#[derive(Clone, PartialEq, Debug)]
pub struct CheckList {
    /// The code.
    pub code: CodeId,
    /// The newest wording that changed what it means.
    pub wording: Arc<Wording>,
    /// What is there still, checked or not, by source and place.
    pub entries: Vec<Entry>,
    /// How many have been checked, those with them that were removed or recoded thereupon.
    pub checked: usize,
    /// How many there were to check.
    pub of: usize,
}

/// One thing to look at again.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// What it is.
    pub what: What,
    /// Who coded, or decided.
    pub coder: CoderId,
    /// The source.
    pub source: SourceId,
    /// The words, in the present version of the text.
    pub at: Span,
    /// The wording it was made under or last confirmed.
    pub wording: Option<WordingId>,
    /// The newest check that settles it.
    pub check: Option<Arc<Check>>,
}

/// What is looked at again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum What {
    /// A coding.
    Coding(CodingId),
    /// A decision for a code that nobody had there; it is checked by deciding again.
    Decision(DecisionId),
}

impl Entry {
    /// Whether it has been looked at.
    #[must_use]
    pub const fn is_checked(&self) -> bool {
        self.check.is_some()
    }
}

/// All that has to be looked at again, by code in tree order. Codes that never changed their meaning, or of which nothing
/// is older than the change, are left out.
#[must_use]
pub fn check_again(view: &View<'_>) -> Vec<CheckList> {
    let all = view.showing(Whose::Everybody);
    let meaning: Vec<(CodeId, Vec<&Arc<Wording>>)> = view
        .codebook()
        .in_order()
        .into_iter()
        .map(|code| (code, view.wordings(code)))
        .filter(|(_, wordings)| wordings.iter().any(|wording| wording.meaning))
        .collect();
    if meaning.is_empty() {
        return Vec::new();
    }
    let wanted: HashSet<CodeId> = meaning.iter().map(|(code, _)| *code).collect();
    let mut codings: HashMap<CodeId, Vec<Seen<'_>>> = HashMap::new();
    for seen in all.codings().filter(|seen| wanted.contains(&seen.code)) {
        codings.entry(seen.code).or_default().push(seen);
    }
    let checks = view.checks();
    let lists = meaning.into_iter().map(|(code, wordings)| {
        let seen = codings.remove(&code).unwrap_or_default();
        list(view, code, &wordings, &seen, &checks)
    });
    lists.flatten().filter(|list| list.of > 0).collect()
}

fn list(
    view: &View<'_>,
    code: CodeId,
    wordings: &[&Arc<Wording>],
    codings: &[Seen<'_>],
    checks: &[&Arc<Check>],
) -> Option<CheckList> {
    let newest = wordings.iter().rposition(|wording| wording.meaning)?;
    let places: HashMap<WordingId, usize> = wordings.iter().enumerate().map(|(n, wording)| (wording.id, n)).collect();
    // Made before the code was defined, or under a wording that was turned down: older than all.
    let is_older = |wording: Option<WordingId>| wording.and_then(|id| places.get(&id)).is_none_or(|at| *at < newest);
    // They come by time: the newest stays.
    let counts = checks.iter().filter(|check| places.get(&check.wording).is_some_and(|at| *at >= newest));
    let found: HashMap<CodingId, &Arc<Check>> = counts.map(|check| (check.coding, *check)).collect();
    let mut entries = Vec::new();
    let mut standing: HashSet<CodingId> = HashSet::new();
    for seen in codings {
        let coding = seen.coding;
        let check = found.get(&coding.id).map(|check| Arc::clone(check));
        if check.is_some() || is_older(coding.wording) {
            standing.insert(coding.id);
            let (what, coder, source) = (What::Coding(coding.id), coding.coder, coding.at.source);
            entries.push(Entry { what, coder, source, at: seen.span, wording: coding.wording, check });
        }
    }
    let gone = found.keys().filter(|coding| !standing.contains(*coding)).count();
    entries.extend(decided(view, code, is_older));
    let checked = gone + entries.iter().filter(|entry| entry.is_checked()).count();
    Some(CheckList { code, wording: Arc::clone(wordings[newest]), of: gone + entries.len(), checked, entries })
}

/// Decisions that gave words the code though nobody had it there, under an older wording.
fn decided(view: &View<'_>, code: CodeId, is_older: impl Fn(Option<WordingId>) -> bool) -> Vec<Entry> {
    let book = view.codebook();
    let is = |id: CodeId| book.resolve(id) == Some(code);
    let mut out = Vec::new();
    for round in view.rounds() {
        if view.reveal(round.id).is_none() {
            continue;
        }
        let Ok(queue) = super::queue::queue_of(view, round.id) else { continue };
        for decision in queue.items.iter().filter(|item| item.state.is_decided()).filter_map(|i| i.state.decision()) {
            let had = |at: Passage| {
                let at = view.place(at);
                decision.seen.iter().any(|piece| is(piece.code) && view.place(piece.at).overlaps(at))
            };
            for settled in decision.result.iter().filter(|settled| is(settled.code) && !had(settled.at)) {
                if is_older(settled.wording) {
                    let (what, coder, source) = (What::Decision(decision.id), decision.coder, settled.at.source);
                    let (at, wording) = (view.place(settled.at), settled.wording);
                    out.push(Entry { what, coder, source, at, wording, check: None });
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing::Trial;
    use crate::project::decision::Verdict;
    use crate::project::edit::{Edit, NewWording};

    fn reword(trial: &mut Trial, code: CodeId, meaning: bool) {
        let present = NewWording::from_present(trial.view().code(code).and_then(|node| node.wording.as_ref()));
        let n = trial.view().wordings(code).len();
        let new = NewWording { definition: format!("Wording {n}"), meaning, reason: "it was vague".into(), ..present };
        trial.desk.apply(&Edit::Reword(code, new));
    }

    #[test]
    fn what_is_older_than_a_change_of_meaning_is_checked_one_by_one() {
        let mut trial = Trial::open(1, 2, 2);
        let code = trial.codes[0];
        let first = trial.lay(0, 0, 0, 10, 0);
        let second = trial.lay(0, 0, 20, 30, 0);
        let theirs = trial.lay(1, 0, 0, 10, 0);
        trial.lay(1, 0, 50, 60, 1);
        trial.reveal();
        reword(&mut trial, code, false);
        assert_eq!(check_again(&trial.view()), [], "other words for the same");
        reword(&mut trial, code, true);
        let list = |trial: &Trial| check_again(&trial.view()).pop().expect("a list");
        let counts = |list: &CheckList| (list.checked, list.of);
        assert_eq!(counts(&list(&trial)), (0, 3));
        let late = trial.lay(0, 0, 100, 110, 0);
        assert!(
            list(&trial).entries.iter().all(|entry| entry.what != What::Coding(late)),
            "made under the new wording"
        );
        trial.desk.apply(&Edit::CheckAgain(first, Verdict::Keep, String::new()));
        assert_eq!(counts(&list(&trial)), (1, 3));
        trial.desk.apply(&Edit::CheckAgain(second, Verdict::Remove, "no".into()));
        assert_eq!(counts(&list(&trial)), (2, 3), "what was removed was checked");
        trial.desk.apply(&Edit::CheckAgain(theirs, Verdict::Remove, "no".into()));
        let now = list(&trial);
        assert_eq!((counts(&now), now.entries.len()), ((3, 3), 2), "theirs stands, with what was found");
        // Another change of meaning asks anew about what is left.
        reword(&mut trial, code, true);
        assert_eq!(counts(&list(&trial)), (0, 3));
    }

    #[test]
    fn what_was_decided_for_nobodys_coding_is_checked_by_deciding_again() {
        use crate::findings::queue::decide_otherwise;
        let mut trial = Trial::open(1, 2, 2);
        trial.lay(0, 0, 0, 10, 0);
        trial.reveal();
        let decide = |trial: &mut Trial| {
            let queue = trial.queue();
            let result = vec![(trial.codes[1], trial.desk.passage(trial.sources[0], 0, 12))];
            trial.desk.apply(&decide_otherwise(&queue, &queue.items[0], result, &[], ""));
        };
        decide(&mut trial);
        let code = trial.codes[1];
        reword(&mut trial, code, false);
        reword(&mut trial, code, true);
        let lists = check_again(&trial.view());
        assert_eq!(lists.len(), 1);
        assert!(matches!(lists[0].entries[..], [Entry { what: What::Decision(_), check: None, .. }]));
        decide(&mut trial);
        assert_eq!(check_again(&trial.view()), []);
    }
}
