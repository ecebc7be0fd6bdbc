//! Puts: the only thing that changes a project; and the kinds of records there are.
//!
//! A put is a record as it was and as it is to be. Steps carry puts, journals keep them, the fold joins them, and undo
//! swaps their two sides. Adding a kind of record is one line of the `kinds!` table.

use super::allocation::Allocation;
use super::case::{Attribute, Case, Participant, Value, Wave};
use super::codebook::{Code, Wording};
use super::coding::{Coding, Pins, Progress};
use super::cycle::Cycle;
use super::decision::{Check, Decision};
use super::id::{CoderId, Id, Stamp};
use super::judgement::Judgement;
use super::memo::Memo;
use super::quotation::Quotation;
use super::record::{Change, Record, Slot};
use super::relation::PairCheck;
use super::reshaping::Reshaping;
use super::reveal::Reveal;
use super::round::{Round, Stand};
use super::row::Row;
use super::saved::{SavedTable, TableLine};
use super::source::{Source, Speaker, Version};
use super::study::{Coder, Study};
use super::summary::Summary;
use super::theme::{Theme, ThemeItem};
use serde::{Deserialize, Serialize};

/// The records of one kind by id. Sharing a copy costs nothing; changing it costs the logarithm of its size.
pub type Table<T> = imbl::OrdMap<<T as Record>::Key, Slot<T>>;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident in $table:ident),* $(,)?) => {
        /// A kind of record.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
            /// A coding.
            Coding,
        }

        /// One record changed.
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        pub enum Put {
            $($(#[$doc])* $kind(Change<$kind>),)*
            /// A coding.
            Coding(Change<Coding>),
        }

        /// The records of all kinds but codings, which are held by source.
        #[derive(Clone, Default, PartialEq, Debug)]
        pub struct Tables {
            $($(#[$doc])* pub $table: Table<$kind>,)*
        }

        impl Tables {
            /// The line that last changed a record that is no coding.
            #[must_use]
            pub fn rev(&self, kind: Kind, id: Id) -> Option<Stamp> {
                match kind {
                    $(Kind::$kind => self.$table.get(&<$kind as Record>::Key::from(id)).map(|slot| slot.rev),)*
                    Kind::Coding => None,
                }
            }

            /// The standing records as if no line named them.
            #[must_use]
            pub(super) fn without_lines(&self) -> Self {
                Self {
                    $($table: self.$table.iter().filter(|(_, slot)| !slot.gone)
                        .map(|(id, slot)| (*id, Slot::standing(slot.record.clone()))).collect(),)*
                }
            }

            /// The greatest line number that any record carries.
            #[must_use]
            pub fn greatest(&self) -> u64 {
                let mut n = 0;
                $(n = self.$table.values().map(|slot| slot.rev.0).fold(n, u64::max);)*
                n
            }
        }

        impl Put {
            /// Which record it is about. `None` only for a put of nothing to nothing, which no program writes.
            #[must_use]
            pub fn target(&self) -> Option<(Kind, Id)> {
                match self {
                    $(Self::$kind(change) => Some((Kind::$kind, change.key()?.into())),)*
                    Self::Coding(change) => Some((Kind::Coding, change.key()?.into())),
                }
            }

            /// The put with its two sides swapped.
            #[must_use]
            pub fn swapped(&self) -> Self {
                match self {
                    $(Self::$kind(c) => Self::$kind(Change { before: c.after.clone(), after: c.before.clone() }),)*
                    Self::Coding(c) => Self::Coding(Change { before: c.after.clone(), after: c.before.clone() }),
                }
            }

            /// Whether it leaves everything as it was.
            #[must_use]
            pub fn is_idle(&self) -> bool {
                match self {
                    $(Self::$kind(change) => change.is_idle(),)*
                    Self::Coding(change) => change.is_idle(),
                }
            }
        }

        $(
            impl From<Change<$kind>> for Put {
                fn from(change: Change<$kind>) -> Self {
                    Self::$kind(change)
                }
            }

            impl Tabled for $kind {
                const KIND: Kind = Kind::$kind;
                fn table(tables: &Tables) -> &Table<Self> {
                    &tables.$table
                }
                fn table_mut(tables: &mut Tables) -> &mut Table<Self> {
                    &mut tables.$table
                }
                fn change(put: &Put) -> Option<&Change<Self>> {
                    if let Put::$kind(change) = put { Some(change) } else { None }
                }
            }
        )*

        /// Calls the same generic function for the change in a put of any kind but a coding.
        macro_rules! for_tabled_put {
            ($put:expr, $change:ident => $do:expr, coding $coding:ident => $do_coding:expr) => {
                match $put {
                    $($crate::project::put::Put::$kind($change) => $do,)*
                    $crate::project::put::Put::Coding($coding) => $do_coding,
                }
            };
        }
        pub(crate) use for_tabled_put;
    };
}

/// A kind of record that is held in a [`Table`].
pub trait Tabled: Record {
    /// The kind.
    const KIND: Kind;
    /// Its records.
    fn table(tables: &Tables) -> &Table<Self>;
    /// Its records, to be changed.
    fn table_mut(tables: &mut Tables) -> &mut Table<Self>;
    /// The change in a put of this kind; `None` for one of another.
    fn change(put: &Put) -> Option<&Change<Self>>;
}

kinds! {
    /// The study.
    Study in studies,
    /// A coder.
    Coder in coders,
    /// A wave.
    Wave in waves,
    /// A case.
    Case in cases,
    /// A participant.
    Participant in participants,
    /// An attribute.
    Attribute in attributes,
    /// A value of an attribute.
    Value in values,
    /// A source.
    Source in sources,
    /// A version of a text.
    Version in versions,
    /// A speaker of a source.
    Speaker in speakers,
    /// A code.
    Code in codes,
    /// A wording of a code.
    Wording in wordings,
    /// A memo.
    Memo in memos,
    /// A coder's pinned codes.
    Pins in pins,
    /// A coder's progress in a source.
    Progress in progress,
    /// A round.
    Round in rounds,
    /// What was revealed of a round.
    Reveal in reveals,
    /// How cases were divided.
    Allocation in allocations,
    /// Where a coder stands with a case of a round.
    Stand in stands,
    /// A decision about a disagreement.
    Decision in decisions,
    /// A check of a coding against a new wording.
    Check in checks,
    /// A row.
    Row in rows,
    /// A saved table.
    SavedTable in saved_tables,
    /// A line of a saved table.
    TableLine in table_lines,
    /// A judgement.
    Judgement in judgements,
    /// A theme.
    Theme in themes,
    /// Something that a theme holds.
    ThemeItem in theme_items,
    /// A cycle.
    Cycle in cycles,
    /// A check of a pair of codings.
    PairCheck in pair_checks,
    /// A summary.
    Summary in summaries,
    /// A quotation.
    Quotation in quotations,
    /// What was done to a code.
    Reshaping in reshapings,
}

impl From<Change<Coding>> for Put {
    fn from(change: Change<Coding>) -> Self {
        Self::Coding(change)
    }
}

impl Put {
    /// Whose it is, for what stands only in its coder's journals; `None` for what all share.
    #[must_use]
    pub fn owner(&self) -> Option<CoderId> {
        fn of<T: Record>(change: &Change<T>, coder: impl Fn(&T) -> CoderId) -> Option<CoderId> {
            change.after.as_ref().or(change.before.as_ref()).map(|record| coder(record))
        }
        match self {
            Self::Coding(change) => of(change, |coding| coding.coder),
            Self::Memo(change) => of(change, |memo| memo.coder),
            Self::Pins(change) => of(change, |pins| pins.coder),
            Self::Progress(change) => of(change, |progress| progress.coder),
            Self::Stand(change) => of(change, |stand| stand.coder),
            Self::Decision(change) => of(change, |decision| decision.coder),
            Self::Check(change) => of(change, |check| check.coder),
            Self::Judgement(change) => of(change, |judgement| judgement.coder),
            Self::PairCheck(change) => of(change, |check| check.coder),
            Self::Summary(change) => of(change, |summary| summary.coder),
            Self::Quotation(change) => of(change, |quotation| quotation.coder),
            _ => None,
        }
    }
}
