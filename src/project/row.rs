//! Rows: saved, named expressions over codes, attributes and other rows, counted once a case.
//!
//! An expression is stored with ids, so it says what it says whatever codes are called. Whether it holds of a case is
//! decided in `findings`; here is only what it is made of.

use super::id::{AttributeId, CodeId, RowId};
use super::record::{Rank, record};
use serde::{Deserialize, Serialize};

record! {
    /// A row: what can be counted, under a name.
    Row(RowId) {
        /// What it is called.
        name: String,
        /// What has to hold.
        holds: Expr,
        /// Its place among the rows.
        rank: Rank,
    }
}

/// What has to hold of a case (or a participant, or a source) for it to be counted.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Expr {
    /// It carries a code.
    Code {
        /// The code.
        code: CodeId,
        /// One below it will do as well.
        below: bool,
    },
    /// An attribute says so.
    Attribute(AttributeId, Test),
    /// Another row holds.
    Row(RowId),
    /// One of these holds at least.
    Any(Vec<Expr>),
    /// All of these hold.
    All(Vec<Expr>),
    /// None of these holds.
    None(Vec<Expr>),
    /// So many of these hold at least.
    AtLeast(u32, Vec<Expr>),
}

/// What the value of an attribute has to be.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Test {
    /// There is one.
    Known,
    /// This one; of several, this one among them. Letters may be large or small.
    Is(String),
    /// A number (or a day, as 2013-05-01) of at least this.
    AtLeast(String),
    /// A number (or a day) of at most this.
    AtMost(String),
}

impl Expr {
    /// The expressions that it is made of directly.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::Any(parts) | Self::All(parts) | Self::None(parts) | Self::AtLeast(_, parts) => parts,
            Self::Code { .. } | Self::Attribute(..) | Self::Row(_) => &[],
        }
    }

    /// Calls `see` with it and all it is made of, the rows that it names not followed.
    pub fn each(&self, see: &mut impl FnMut(&Self)) {
        see(self);
        self.parts().iter().for_each(|part| part.each(see));
    }

    /// The rows that it names.
    #[must_use]
    pub fn rows(&self) -> Vec<RowId> {
        let mut out = Vec::new();
        self.each(&mut |part| {
            if let Self::Row(row) = part {
                out.push(*row);
            }
        });
        out
    }

    /// The attributes that it names.
    #[must_use]
    pub fn attributes(&self) -> Vec<AttributeId> {
        let mut out = Vec::new();
        self.each(&mut |part| {
            if let Self::Attribute(attribute, _) = part {
                out.push(*attribute);
            }
        });
        out
    }

    /// The codes that it names, each with whether those below it count too.
    #[must_use]
    pub fn codes(&self) -> Vec<(CodeId, bool)> {
        let mut out = Vec::new();
        self.each(&mut |part| {
            if let Self::Code { code, below } = part {
                out.push((*code, *below));
            }
        });
        out
    }
}
