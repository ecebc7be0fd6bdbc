//! Which record lies in which file, and all kinds of records at once.
//!
//! Adding a kind of record is one line of the `filed!` table; the compiler asks for it.

use crate::project::allocation::Allocation;
use crate::project::case::{Attribute, Case, Participant, Value, Wave};
use crate::project::codebook::{Code, Wording};
use crate::project::coding::{Coding, Pins, Progress};
use crate::project::cycle::Cycle;
use crate::project::decision::{Check, Decision};
use crate::project::id::{CoderId, Id};
use crate::project::judgement::Judgement;
use crate::project::memo::Memo;
use crate::project::put::{Kind, Tabled, Tables};
use crate::project::quotation::Quotation;
use crate::project::record::{Dispute, Record, Slot};
use crate::project::relation::PairCheck;
use crate::project::reshaping::Reshaping;
use crate::project::reveal::Reveal;
use crate::project::round::{Round, Stand};
use crate::project::row::Row;
use crate::project::saved::{SavedTable, TableLine};
use crate::project::source::{Source, Speaker, Version};
use crate::project::study::{Coder, Study};
use crate::project::summary::Summary;
use crate::project::theme::{Theme, ThemeItem};
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::Arc;

/// A sort of record file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum File {
    /// `project.ron`.
    Project,
    /// `codebook.ron`.
    Codebook,
    /// `rounds.ron`: rounds, what was revealed of them, and how the remaining cases were divided.
    Rounds,
    /// `themes.ron`.
    Themes,
    /// `tables.ron`: rows, and the tables made of them.
    Tables,
    /// `coders/PB/memos.ron`: memos with what they quote, summaries of cases.
    Memos,
    /// `coders/PB/reading.ron`: pinned codes, and how far they have read.
    Reading,
    /// `coders/PB/decisions.ron`: what they finished, judged, decided and checked again.
    Decisions,
    /// `coders/PB/codings/<source>.ron`.
    Codings,
}

impl File {
    /// All sorts.
    pub const ALL: [Self; 9] = [
        Self::Project,
        Self::Codebook,
        Self::Rounds,
        Self::Themes,
        Self::Tables,
        Self::Memos,
        Self::Reading,
        Self::Decisions,
        Self::Codings,
    ];

    /// Its name, if it lies at the top of the project.
    #[must_use]
    pub const fn at_top(self) -> Option<&'static str> {
        match self {
            Self::Project => Some("project.ron"),
            Self::Codebook => Some("codebook.ron"),
            Self::Rounds => Some("rounds.ron"),
            Self::Themes => Some("themes.ron"),
            Self::Tables => Some("tables.ron"),
            _ => None,
        }
    }

    /// Its name, if it lies in each coder's folder.
    #[must_use]
    pub const fn of_coder(self) -> Option<&'static str> {
        match self {
            Self::Memos => Some("memos.ron"),
            Self::Reading => Some("reading.ron"),
            Self::Decisions => Some("decisions.ron"),
            _ => None,
        }
    }
}

/// A record in a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(bound = "T: Record")]
pub(super) struct Filed<T> {
    pub(super) record: Arc<T>,
    #[serde(default)]
    pub(super) rev: crate::project::id::Stamp,
    #[serde(default)]
    pub(super) gone: bool,
    #[serde(default)]
    pub(super) disputes: Vec<Dispute>,
}

impl<T> From<Filed<T>> for Slot<T> {
    fn from(row: Filed<T>) -> Self {
        Self { record: row.record, gone: row.gone, rev: row.rev, disputes: row.disputes }
    }
}

/// Records of all kinds, in no project yet.
#[derive(Clone, Default, Debug)]
pub struct Records {
    /// All but codings.
    pub tables: Tables,
    /// The codings, in any order.
    pub codings: Vec<Slot<Coding>>,
}

/// Does something with the records of one kind.
pub(super) trait EachKind {
    /// `name` is the kind's, `section` that of its list, `owner` tells whose a record is.
    fn kind<T: Tabled>(&mut self, file: File, name: &str, section: &str, owner: fn(&T) -> Option<CoderId>);
}

macro_rules! filed {
    ($($kind:ident in $table:ident of $file:ident by $owner:expr;)*) => {
        /// The list of a record file that records of a kind stand in.
        #[must_use]
        pub const fn section_of(kind: Kind) -> &'static str {
            match kind {
                $(Kind::$kind => stringify!($table),)*
                Kind::Coding => "codings",
            }
        }

        /// The sort of file that records of a kind stand in.
        #[must_use]
        pub const fn file_of(kind: Kind) -> File {
            match kind {
                $(Kind::$kind => File::$file,)*
                Kind::Coding => File::Codings,
            }
        }

        /// The kind of the records in a list.
        pub(super) fn kind_in(section: &str) -> Option<Kind> {
            match section {
                $(stringify!($table) => Some(Kind::$kind),)*
                "codings" => Some(Kind::Coding),
                _ => None,
            }
        }

        /// The kind of this name.
        pub(super) fn kind_named(name: &str) -> Option<Kind> {
            match name {
                $(stringify!($kind) => Some(Kind::$kind),)*
                "Coding" => Some(Kind::Coding),
                _ => None,
            }
        }

        /// Shows every kind but codings, in the order in which they stand in files.
        pub(super) fn each_kind(see: &mut impl EachKind) {
            $(see.kind::<$kind>(File::$file, stringify!($kind), stringify!($table), $owner);)*
        }

        /// A record file read as a whole, however its lines are broken.
        #[derive(Default, Deserialize)]
        #[serde(default)]
        pub(super) struct Whole {
            version: u32,
            $($table: Vec<Filed<$kind>>,)*
            codings: Vec<Filed<Coding>>,
        }

        impl Whole {
            pub(super) fn into_records(self) -> Records {
                let mut out = Records::default();
                $(self.$table.into_iter().for_each(|row| out.tabled::<$kind>(row.into()));)*
                out.codings = self.codings.into_iter().map(Slot::from).collect();
                out
            }
        }

        impl Records {
            /// Takes in a row of a kind as it stands on a line.
            ///
            /// # Errors
            /// Where and what RON says.
            pub(super) fn take(&mut self, kind: Kind, row: &str) -> Result<(), ron::error::SpannedError> {
                match kind {
                    $(Kind::$kind => self.tabled::<$kind>(ron::from_str::<Filed<$kind>>(row)?.into()),)*
                    Kind::Coding => self.codings.push(ron::from_str::<Filed<Coding>>(row)?.into()),
                }
                Ok(())
            }

            /// Joins others to these: of two records of one id, the one with the greater rev stays.
            pub fn join(&mut self, other: Self) {
                $(
                    if self.tables.$table.is_empty() {
                        self.tables.$table = other.tables.$table;
                    } else {
                        other.tables.$table.into_iter().for_each(|(_, slot)| self.tabled::<$kind>(slot));
                    }
                )*
                self.codings.extend(other.codings);
            }

            /// Leaves out the records of `named`, and of each coding that is there twice the one with the smaller rev.
            pub fn without(&mut self, named: &HashSet<(Kind, Id)>) {
                $({
                    let table = &mut self.tables.$table;
                    let is_named = |id: &&<$kind as Record>::Key| named.contains(&(Kind::$kind, (**id).into()));
                    let out: Vec<_> = table.keys().filter(is_named).copied().collect();
                    out.iter().for_each(|id| { table.remove(id); });
                })*
                self.codings.retain(|slot| !named.contains(&(Kind::Coding, slot.record.id.0)));
                self.codings.sort_by(|a, b| a.record.id.cmp(&b.record.id).then_with(|| weightier(b, a)));
                self.codings.dedup_by(|later, first| later.record.id == first.record.id);
            }
        }
    };
}

filed! {
    Study in studies of Project by |_| None;
    Coder in coders of Project by |_| None;
    Wave in waves of Project by |_| None;
    Case in cases of Project by |_| None;
    Participant in participants of Project by |_| None;
    Attribute in attributes of Project by |_| None;
    Value in values of Project by |_| None;
    Source in sources of Project by |_| None;
    Version in versions of Project by |_| None;
    Speaker in speakers of Project by |_| None;
    Code in codes of Codebook by |_| None;
    Wording in wordings of Codebook by |_| None;
    Memo in memos of Memos by |memo| Some(memo.coder);
    Pins in pins of Reading by |pins| Some(pins.coder);
    Progress in progress of Reading by |progress| Some(progress.coder);
    Round in rounds of Rounds by |_| None;
    Reveal in reveals of Rounds by |_| None;
    Allocation in allocations of Rounds by |_| None;
    Stand in stands of Decisions by |stand| Some(stand.coder);
    Decision in decisions of Decisions by |decision| Some(decision.coder);
    Check in checks of Decisions by |check| Some(check.coder);
    Row in rows of Tables by |_| None;
    SavedTable in saved_tables of Tables by |_| None;
    TableLine in table_lines of Tables by |_| None;
    Judgement in judgements of Decisions by |judgement| Some(judgement.coder);
    Theme in themes of Themes by |_| None;
    ThemeItem in theme_items of Themes by |_| None;
    Cycle in cycles of Codebook by |_| None;
    PairCheck in pair_checks of Decisions by |check| Some(check.coder);
    Summary in summaries of Memos by |summary| Some(summary.coder);
    Quotation in quotations of Memos by |quotation| Some(quotation.coder);
    Reshaping in reshapings of Codebook by |_| None;
}

impl Records {
    fn tabled<T: Tabled>(&mut self, slot: Slot<T>) {
        let table = T::table_mut(&mut self.tables);
        let key = slot.record.key();
        if table.get(&key).is_none_or(|known| weightier(&slot, known).is_gt()) {
            table.insert(key, slot);
        }
    }
}

/// Which of two states of one record counts: the one of the later line; without lines, an order that is the same for
/// everybody.
fn weightier<T: Record>(a: &Slot<T>, b: &Slot<T>) -> std::cmp::Ordering {
    a.rev.cmp(&b.rev).then_with(|| {
        let text = |slot: &Slot<T>| crate::store::journal::one_line(&slot.record);
        if a == b { std::cmp::Ordering::Equal } else { text(a).cmp(&text(b)) }
    })
}
