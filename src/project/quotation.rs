//! Quotations: words as a memo quotes them, with a link to their coding. They are marked, never changed, when the coding is.

use super::id::{CodeId, CoderId, CodingId, MemoId};
use super::record::{is_default, record};
use super::source::Passage;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

record! {
    /// Words as quoted in a memo.
    Quotation(QuotationId) {
        /// Who quoted them: the memo's writer.
        coder: CoderId,
        /// The memo.
        memo: MemoId,
        /// The coding they were taken from.
        coding: CodingId,
        /// The code it carried then.
        code: CodeId,
        /// The words it lay on then.
        at: Passage,
        /// What is quoted; may be shortened, with […].
        words: String,
        /// Who is said to have said it: `a BH specialist at an urban family medicine residency`.
        by: String,
        /// The changes of the coding that were looked at and left: as the coding stood then.
        #[serde(default, skip_serializing_if = "is_default")]
        kept: Option<Kept>,
        /// When it was quoted, or taken anew.
        made: Timestamp,
    }
}

/// How a coding stood when it was decided to keep a quotation as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The code it carried; `None` if it was gone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub code: Option<CodeId>,
    /// The words it lay on, in the version of their text that was seen.
    pub at: Passage,
    /// Whether tables had ceased to count it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub dropped: bool,
}
