//! Edits of quotations in memos.

use super::{Refusal, put_of};
use crate::project::id::{CodingId, MemoId, Mint, QuotationId};
use crate::project::memo::Memo;
use crate::project::quotation::{Kept, Quotation};
use crate::project::record::Change;
use crate::project::step::Step;
use crate::project::view::{View, Whose};

/// A change of quotations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum QuotationEdit {
    /// Quotes the words of a coding in a memo of one's own, or takes them anew as the coding stands now.
    Quote {
        /// What names it.
        id: QuotationId,
        /// The memo.
        memo: MemoId,
        /// The coding.
        coding: CodingId,
        /// What is quoted.
        words: String,
        /// Who is said to have said it.
        by: String,
    },
    /// Keeps a quotation as it is though its coding has changed; says whether tables have ceased to count the coding.
    Keep(QuotationId, bool),
    /// Says who said it.
    Sign(QuotationId, String),
    /// Shortens what is quoted: the words that are left, with […] where some are left out.
    Shorten(QuotationId, String),
    /// Takes a quotation away.
    Delete(QuotationId),
}

pub(super) fn plan(view: &View<'_>, edit: &QuotationEdit, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let known = |id: QuotationId| view.quotation(id).ok_or(Refusal::Gone("quotation"));
    let mine = |memo: MemoId| {
        let memo = view.project().get::<Memo>(memo).ok_or(Refusal::NoMemo)?;
        let owner = || view.initials(memo.coder).to_owned();
        if memo.coder == view.coder() { Ok(memo) } else { Err(Refusal::NotYours { what: "memo", owner: owner() }) }
    };
    match edit {
        QuotationEdit::Quote { id, memo, coding, words, by } => {
            let memo = mine(*memo)?;
            let seen = view.showing(Whose::Everybody).coding(*coding).ok_or(Refusal::NoCoding)?;
            let new = Quotation {
                id: *id,
                coder: view.coder(),
                memo: memo.id,
                coding: *coding,
                code: seen.code,
                at: view.passage(seen.coding.at.source, seen.span),
                words: words.trim().to_owned(),
                by: by.trim().to_owned(),
                kept: None,
                made: mint.now(),
            };
            let did = format!("quote a passage of “{}”", view.code_name(seen.code));
            Ok(Step::new(did, vec![put_of(view.project().get::<Quotation>(*id), new)]))
        }
        QuotationEdit::Keep(id, dropped) => {
            let old = known(*id)?;
            mine(old.memo)?;
            let seen = view.showing(Whose::Everybody).coding(old.coding);
            let kept = Kept {
                code: seen.map(|seen| seen.code),
                at: seen.map_or(old.at, |seen| view.passage(seen.coding.at.source, seen.span)),
                dropped: *dropped,
            };
            if old.kept == Some(kept) {
                return Err(Refusal::Idle("this quotation is kept as it is already".into()));
            }
            Ok(Step::new("keep a quotation as it is", vec![Change::change(old, |old| old.kept = Some(kept)).into()]))
        }
        QuotationEdit::Sign(id, by) => {
            let old = known(*id)?;
            mine(old.memo)?;
            let by = by.split_whitespace().collect::<Vec<_>>().join(" ");
            if old.by == by {
                return Err(Refusal::Idle("this quotation is signed like that already".into()));
            }
            Ok(Step::new("sign a quotation otherwise", vec![Change::change(old, |old| old.by = by).into()]))
        }
        QuotationEdit::Shorten(id, words) => {
            let old = known(*id)?;
            mine(old.memo)?;
            let words = words.trim().to_owned();
            if old.words == words {
                return Err(Refusal::Idle("this quotation has these words already".into()));
            }
            if !crate::project::memo_links::is_shortened(&words, &old.words) {
                return Err(Refusal::Quotation);
            }
            Ok(Step::new("shorten a quotation", vec![Change::change(old, |old| old.words = words).into()]))
        }
        QuotationEdit::Delete(id) => {
            let old = known(*id)?;
            mine(old.memo)?;
            Ok(Step::new("take a quotation away", vec![Change::delete(old).into()]))
        }
    }
}
