//! What this coder did and can take back, in this session and all before.
//!
//! The history is read off the coder's own lines alone: a line that undoes another moves it from the one stack to the
//! other, any other line is new and leaves nothing to redo. So it is the same after a restart, and needs no file.

use crate::project::id::Stamp;
use std::collections::HashSet;

/// One line of this coder, as far as undo is concerned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deed {
    /// The line.
    pub stamp: Stamp,
    /// What it did; for a line that undoes another, what that did.
    pub did: String,
    /// The line it took back.
    pub undoes: Option<Stamp>,
}

/// All deeds, and which of them can be taken back or done again: the same whatever the order in which lines came in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct History {
    /// In the order of their stamps.
    deeds: Vec<Deed>,
    /// Where in `deeds` those are that stand, and those that were taken back; newest last.
    done: Vec<usize>,
    undone: Vec<usize>,
    /// Deeds of which nothing is left to take back or do again. Not known any more after a restart: it is then found out
    /// anew.
    given_up: HashSet<Stamp>,
}

impl History {
    /// The history that these lines (quiet ones left out) make.
    #[must_use]
    pub fn new(deeds: impl Iterator<Item = Deed>) -> Self {
        let mut out = Self { deeds: deeds.collect(), ..Self::default() };
        out.replay();
        out
    }

    /// Takes in a line; one that is known already changes nothing. A line that comes late (the same coder works in two
    /// places) is put in its order.
    pub fn push(&mut self, deed: Deed) {
        let last = self.deeds.last().map(|last| last.stamp);
        if last.is_none_or(|last| last < deed.stamp) {
            self.deeds.push(deed);
            self.take_in(self.deeds.len() - 1);
        } else if self.deeds.binary_search_by_key(&deed.stamp, |deed| deed.stamp).is_err() {
            self.deeds.push(deed);
            self.replay();
        }
    }

    /// Gives lines other stamps: they were written under another writer's name.
    pub fn restamp(&mut self, new: impl Fn(Stamp) -> Stamp) {
        for deed in &mut self.deeds {
            deed.stamp = new(deed.stamp);
            deed.undoes = deed.undoes.map(&new);
        }
        self.given_up = self.given_up.iter().map(|stamp| new(*stamp)).collect();
        self.replay();
    }

    fn replay(&mut self) {
        self.deeds.sort_by_key(|deed| deed.stamp);
        self.deeds.dedup_by_key(|deed| deed.stamp);
        self.done.clear();
        self.undone.clear();
        (0..self.deeds.len()).for_each(|at| self.take_in(at));
    }

    /// Moves deeds between the stacks as the line at `at` says, which is the newest so far.
    fn take_in(&mut self, at: usize) {
        let deed = &self.deeds[at];
        let took_back =
            |stack: &[usize]| deed.undoes.and_then(|stamp| stack.iter().rposition(|&d| self.deeds[d].stamp == stamp));
        let kept = !self.given_up.contains(&deed.stamp);
        if let Some(what) = took_back(&self.done) {
            // What it did is what will be done again.
            self.deeds[at].did = self.deeds[self.done.remove(what)].did.clone();
            self.undone.extend(kept.then_some(at));
        } else if let Some(what) = took_back(&self.undone) {
            self.deeds[at].did = self.deeds[self.undone.remove(what)].did.clone();
            self.done.extend(kept.then_some(at));
        } else {
            self.undone.clear();
            self.done.extend(kept.then_some(at));
        }
    }

    /// What an undo would take back.
    #[must_use]
    pub fn to_undo(&self) -> Option<&Deed> {
        self.done.last().map(|&at| &self.deeds[at])
    }

    /// What a redo would do again: the undo that it takes back.
    #[must_use]
    pub fn to_redo(&self) -> Option<&Deed> {
        self.undone.last().map(|&at| &self.deeds[at])
    }

    /// Gives up on the newest deed: nothing of it is left to take back.
    pub fn drop_undo(&mut self) {
        let gone = self.done.pop();
        self.given_up.extend(gone.map(|at| self.deeds[at].stamp));
    }

    /// Gives up on the newest undo: nothing of it is left to do again.
    pub fn drop_redo(&mut self) {
        let gone = self.undone.pop();
        self.given_up.extend(gone.map(|at| self.deeds[at].stamp));
    }

    /// How many deeds can be taken back.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.done.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::id::Writer;

    fn deed(n: u64, undoes: Option<u64>) -> Deed {
        let stamp = |n| Stamp(n, Writer::default());
        Deed { stamp: stamp(n), did: format!("deed {n}"), undoes: undoes.map(stamp) }
    }

    #[test]
    fn undo_redo_and_a_new_deed_read_back_from_the_lines() {
        // 1 and 2 done, 2 undone by 3, redone by 4, undone by 5, then 1 undone by 6.
        let lines =
            [deed(1, None), deed(2, None), deed(3, Some(2)), deed(4, Some(3)), deed(5, Some(4)), deed(6, Some(1))];
        let mut history = History::new(lines.into_iter());
        assert_eq!(history.to_undo(), None);
        assert_eq!(history.to_redo().map(|d| (d.stamp.0, d.did.as_str())), Some((6, "deed 1")));
        history.push(deed(7, None));
        assert_eq!((history.depth(), history.to_redo()), (1, None), "a new deed leaves nothing to redo");
    }

    #[test]
    fn lines_that_come_late_or_twice_make_the_same_history() {
        let mut lines =
            vec![deed(1, None), deed(2, None), deed(3, Some(2)), deed(5, None), deed(6, Some(5)), deed(7, Some(6))];
        let whole = History::new(lines.clone().into_iter());
        assert_eq!(whole.to_undo().map(|deed| deed.stamp.0), Some(7));
        for turn in 0..lines.len() {
            lines.rotate_left(turn);
            let mut history = History::default();
            lines.iter().chain(&lines).for_each(|deed| history.push(deed.clone()));
            assert_eq!(history, whole);
        }
    }

    #[test]
    fn a_deed_of_which_nothing_is_left_is_not_offered_again_when_a_late_line_comes_in() {
        let mut history = History::new([deed(1, None), deed(3, None), deed(5, None)].into_iter());
        history.drop_undo();
        history.push(deed(4, None));
        history.push(deed(2, None));
        assert_eq!((history.to_undo().map(|deed| deed.stamp.0), history.depth()), (Some(4), 4));
    }

    #[test]
    fn lines_that_were_written_under_another_name_are_found_under_it() {
        let writer = Writer::new("PB-new1").expect("a writer");
        let mut history = History::new([deed(1, None), deed(2, None), deed(3, Some(2))].into_iter());
        history.restamp(|stamp| if stamp.0 > 1 { Stamp(stamp.0, writer) } else { stamp });
        assert_eq!(history.to_undo().map(|deed| deed.stamp), Some(Stamp(1, Writer::default())));
        assert_eq!(
            history.to_redo().map(|deed| (deed.stamp, deed.undoes)),
            Some((Stamp(3, writer), Some(Stamp(2, writer))))
        );
    }
}
