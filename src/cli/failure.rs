//! Why a command failed: one sentence, and the exit code.

use crate::findings::basis::NoFigures;
use crate::project::edit::Refusal;
use crate::session::{EditError, KeepError};
use crate::store::OpenError;

/// Why a command failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// It could not be done: what, where, what to do.
    Failed(String),
    /// It was asked for in a way that makes no sense.
    Usage(String),
    /// Nobody reads what it prints any more: `emic codes … | head`. No reason to say anything.
    Unread,
}

impl Failure {
    /// What is to be said.
    #[must_use]
    pub fn sentence(&self) -> Option<&str> {
        match self {
            Self::Failed(sentence) | Self::Usage(sentence) => Some(sentence),
            Self::Unread => None,
        }
    }

    /// What the process exits with.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
            Self::Unread => 0,
        }
    }
}

/// A failure that says `sentence`.
pub(super) fn failed<T>(sentence: impl Into<String>) -> Result<T, Failure> {
    Err(Failure::Failed(sentence.into()))
}

macro_rules! says_itself {
    ($($error:ty),*) => {$(
        impl From<$error> for Failure {
            fn from(why: $error) -> Self {
                Self::Failed(why.to_string())
            }
        }
    )*};
}

says_itself!(OpenError, EditError, KeepError, Refusal, NoFigures);
