//! Records: what a project is made of, field by field.
//!
//! A record is a plain struct with an id. No record lists others: a parent is a field, order is a [`Rank`], an earlier
//! wording is a record of its own. That is what lets two people's changes be joined field by field, which is what
//! [`Record::merge`] does; the `record!` macro writes it for every kind from the list of fields.

use super::id::{Id, Stamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt;
use std::sync::Arc;

/// A kind of record.
pub trait Record: Clone + PartialEq + fmt::Debug + Serialize + DeserializeOwned + 'static {
    /// The type of its id.
    type Key: Copy + Ord + fmt::Debug + fmt::Display + Into<Id> + From<Id> + 'static;
    /// Its id.
    fn key(&self) -> Self::Key;
    /// Sets the fields in which `before` and `after` differ. Where the value found is neither of the two it is put on
    /// `lost` (field, value as RON) and replaced all the same.
    fn merge(&mut self, before: &Self, after: &Self, lost: &mut Vec<(&'static str, String)>);
    /// What taking back the change `before` → `after` gives: fields that others changed since stay and are named.
    fn without(&self, before: &Self, after: &Self) -> (Self, Vec<&'static str>);
    /// The fields in which it is not as `other`, with what it has there as RON.
    fn differing(&self, other: &Self) -> Vec<(&'static str, String)>;
}

/// Writes a record: the struct (with `id` first) and its [`Record`] implementation.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident($key:ident) { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            /// What names it.
            pub id: $crate::project::id::$key,
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $crate::project::record::Record for $name {
            type Key = $crate::project::id::$key;

            fn key(&self) -> Self::Key {
                self.id
            }

            fn merge(&mut self, before: &Self, after: &Self, lost: &mut Vec<(&'static str, String)>) {
                $(if before.$field != after.$field {
                    if self.$field != before.$field && self.$field != after.$field {
                        lost.push((stringify!($field), $crate::project::record::as_ron(&self.$field)));
                    }
                    self.$field = after.$field.clone();
                })*
            }

            fn without(&self, before: &Self, after: &Self) -> (Self, Vec<&'static str>) {
                let mut reverted = self.clone();
                let mut kept = Vec::new();
                $(if before.$field != after.$field {
                    if self.$field == after.$field {
                        reverted.$field = before.$field.clone();
                    } else {
                        kept.push(stringify!($field));
                    }
                })*
                (reverted, kept)
            }

            fn differing(&self, other: &Self) -> Vec<(&'static str, String)> {
                let mut fields = Vec::new();
                $(if self.$field != other.$field {
                    fields.push((stringify!($field), $crate::project::record::as_ron(&self.$field)));
                })*
                fields
            }
        }
    };
}
pub(crate) use record;

/// A value as one line of RON, for keeping what lost.
pub(crate) fn as_ron<T: Serialize>(value: &T) -> String {
    ron::to_string(value).unwrap_or_default()
}

/// Whether a value is the one it has when it is not written.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What was put aside because two people changed the same thing without knowing of each other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Dispute {
    /// The line that won; for a delete that did not count, the line that wanted it.
    pub by: Stamp,
    /// The field that both set; `record` when a line wanted to delete what somebody else had changed.
    pub field: String,
    /// The value that lost, as RON; empty for a delete that did not count.
    pub lost: String,
}

/// What is known of one record.
#[derive(Clone, PartialEq, Debug)]
pub struct Slot<T> {
    /// The record as it stands; as it last stood if it is gone.
    pub record: Arc<T>,
    /// Deleted. Deleted records stay as tombstones, so that an undo or a late edit finds them.
    pub gone: bool,
    /// The line that last changed it.
    pub rev: Stamp,
    /// What was put aside on the way.
    pub disputes: Vec<Dispute>,
}

impl<T> Slot<T> {
    /// A standing record that no line names.
    #[must_use]
    pub const fn standing(record: Arc<T>) -> Self {
        Self { record, gone: false, rev: Stamp(0, super::id::Writer::NOBODY), disputes: Vec::new() }
    }
}

/// A record before and after one put. `before: None` creates it or brings it back, `after: None` deletes it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(bound = "T: Record")]
pub struct Change<T> {
    /// As the writer saw it.
    pub before: Option<Arc<T>>,
    /// As the writer wants it.
    pub after: Option<Arc<T>>,
}

impl<T: Record> Change<T> {
    /// Creates `record`.
    pub fn create(record: T) -> Self {
        Self { before: None, after: Some(Arc::new(record)) }
    }

    /// Changes `before` as `f` says.
    #[expect(clippy::self_named_constructors, reason = "it stands beside create and delete")]
    pub fn change(before: &Arc<T>, f: impl FnOnce(&mut T)) -> Self {
        let mut after = T::clone(before);
        f(&mut after);
        Self { before: Some(before.clone()), after: Some(Arc::new(after)) }
    }

    /// Deletes `record`.
    pub fn delete(record: &Arc<T>) -> Self {
        Self { before: Some(record.clone()), after: None }
    }

    /// Which record it is about. `None` only for a change of nothing to nothing, which no program writes.
    #[must_use]
    pub fn key(&self) -> Option<T::Key> {
        self.after.as_ref().or(self.before.as_ref()).map(|record| record.key())
    }

    /// Whether it leaves everything as it was.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.before == self.after
    }
}

/// A place between others in an order that several people change at once: a string, compared as one. There is always
/// room between two of them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rank(String);

impl Rank {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

    /// Its digits without zeros at the end. No rank that we give out ends with one (there would be no room before it);
    /// one in a file that somebody edited may.
    fn digits(&self) -> Vec<u8> {
        let mut digits: Vec<u8> = self.0.bytes().map(|b| Self::DIGITS.binary_search(&b).unwrap_or(0) as u8).collect();
        digits.truncate(digits.iter().rposition(|&digit| digit > 0).map_or(0, |last| last + 1));
        digits
    }

    /// A place after `after` and before `before`; at an open end where one is `None`. If `after` is not before
    /// `before` (two people can have given out the same place) it stands right after `after`.
    #[must_use]
    pub fn between(after: Option<&Self>, before: Option<&Self>) -> Self {
        let low = after.map(Self::digits).unwrap_or_default();
        let mut high = before.map(Self::digits).filter(|high| *high > low);
        let appending = high.is_none();
        let mut out = Vec::with_capacity(low.len() + 1);
        for at in 0.. {
            let l = low.get(at).copied().unwrap_or(0);
            let h = high.as_ref().map_or(36, |high| high.get(at).copied().unwrap_or(0));
            if h > l + 1 {
                // Appending steps by one, so that long lists keep short places; inserting halves. The last digit is
                // never 0, so that there is room before it.
                out.push(if appending && at >= 1 { l + 1 } else { l + (h - l) / 2 });
                break;
            }
            out.push(l);
            if h > l {
                high = None;
            }
        }
        Self(out.into_iter().map(|digit| char::from(Self::DIGITS[usize::from(digit)])).collect())
    }

    /// `count` places in order after `after`.
    #[must_use]
    pub fn row(after: Option<&Self>, count: usize) -> Vec<Self> {
        let mut last = after.cloned();
        (0..count)
            .map(|_| {
                let next = Self::between(last.as_ref(), None);
                last = Some(next.clone());
                next
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_is_always_room_between_two_ranks(places in proptest::collection::vec(any::<prop::sample::Index>(), 1..80)) {
            let mut ranks: Vec<Rank> = vec![Rank::between(None, None)];
            for place in places {
                let at = place.index(ranks.len() + 1);
                let new = Rank::between(at.checked_sub(1).map(|i| &ranks[i]), ranks.get(at));
                ranks.insert(at, new);
                prop_assert!(ranks.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", ranks);
            }
        }
    }

    #[test]
    fn a_long_row_keeps_short_ranks() {
        let row = Rank::row(None, 1000);
        assert!(row.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(row.iter().all(|rank| rank.0.len() < 40), "{:?}", row.last());
    }

    #[test]
    fn a_rank_that_somebody_wrote_by_hand_gets_neighbours_as_well() {
        let rank = |text: &str| Rank(text.into());
        for (low, high) in [("a", "a0"), ("a0", "a00"), ("0", "00"), ("", "0"), ("i", "i")] {
            let between = Rank::between(Some(&rank(low)), Some(&rank(high)));
            assert!(between > rank(low), "{between:?} after {low:?}");
        }
    }
}
