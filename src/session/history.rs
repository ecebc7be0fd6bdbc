//! What this coder did and can take back, in this session and all before.
//!
//! The history is read off the coder's own lines alone: a line that undoes another moves it from the one stack to the
//! other, any other line is new and leaves nothing to redo. So it is the same after a restart, and needs no file.

use crate::project::id::Stamp;
use std::collections::HashMap;

/// One line of this coder, as far as undo is concerned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deed {
    /// The line.
    pub stamp: Stamp,
    /// What it did.
    pub did: String,
    /// The line it took back.
    pub undoes: Option<Stamp>,
}

/// The two stacks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct History {
    done: Vec<Deed>,
    undone: Vec<Deed>,
}

impl History {
    /// The history that these lines (in the order of their stamps, quiet ones left out) make.
    #[must_use]
    pub fn new(deeds: impl Iterator<Item = Deed>) -> Self {
        let mut out = Self::default();
        deeds.for_each(|deed| out.push(deed));
        out
    }

    /// Takes in the next line.
    pub fn push(&mut self, deed: Deed) {
        let took_back = |stack: &[Deed]| deed.undoes.and_then(|stamp| stack.iter().rposition(|d| d.stamp == stamp));
        if let Some(at) = took_back(&self.done) {
            let what = self.done.remove(at);
            // What it did is what will be done again.
            self.undone.push(Deed { did: what.did, ..deed });
        } else if let Some(at) = took_back(&self.undone) {
            let what = self.undone.remove(at);
            self.done.push(Deed { did: what.did, ..deed });
        } else {
            self.undone.clear();
            self.done.push(deed);
        }
    }

    /// Lines have other stamps now.
    pub fn moved(&mut self, stamps: &HashMap<Stamp, Stamp>) {
        let now = |stamp: Stamp| stamps.get(&stamp).copied().unwrap_or(stamp);
        for deed in self.done.iter_mut().chain(&mut self.undone) {
            deed.stamp = now(deed.stamp);
            deed.undoes = deed.undoes.map(now);
        }
    }

    /// What an undo would take back.
    #[must_use]
    pub fn to_undo(&self) -> Option<&Deed> {
        self.done.last()
    }

    /// What a redo would do again: the undo that it takes back.
    #[must_use]
    pub fn to_redo(&self) -> Option<&Deed> {
        self.undone.last()
    }

    /// Gives up on the newest deed: nothing of it is left to take back.
    pub fn drop_undo(&mut self) {
        self.done.pop();
    }

    /// Gives up on the newest undo: nothing of it is left to do again.
    pub fn drop_redo(&mut self) {
        self.undone.pop();
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
}
