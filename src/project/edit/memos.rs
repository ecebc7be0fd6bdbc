//! Edits of memos.

use super::{Refusal, brief, put_of};
use crate::project::id::{CodingId, MemoId, Mint};
use crate::project::memo::{Link, Memo, MemoKind};
use crate::project::put::Put;
use crate::project::record::Change;
use crate::project::step::Step;
use crate::project::view::View;
use std::sync::Arc;

pub(super) fn write(
    view: &View<'_>,
    id: MemoId,
    on: Link,
    kind: MemoKind,
    shared: bool,
    text: &str,
    mint: &mut dyn Mint,
) -> Result<Step, Refusal> {
    let old = view.project().get::<Memo>(id);
    if let Some(old) = old {
        own(view, old)?;
    }
    let made = old.map_or_else(|| mint.now(), |old| old.made);
    let memo = Memo { id, coder: view.coder(), on, kind, shared, made, text: text.trim_end().to_owned() };
    let did = format!("memo “{}”", brief(memo.title()));
    Ok(Step::new(did, vec![put_of(old, memo)]))
}

pub(super) fn delete(view: &View<'_>, id: MemoId) -> Result<Step, Refusal> {
    let memo = view.project().get::<Memo>(id).ok_or(Refusal::NoMemo)?;
    own(view, memo)?;
    Ok(Step::new(format!("delete memo “{}”", brief(memo.title())), vec![Change::delete(memo).into()]))
}

/// The puts that link the viewing coder's memos on coding `from` to coding `to`, which it has become part of.
pub(super) fn on_other_coding<'a>(
    view: &View<'a>,
    from: CodingId,
    to: CodingId,
) -> impl Iterator<Item = Put> + use<'a> {
    let coder = view.coder();
    let own = view.memos_on(Link::Coding(from)).into_iter().filter(move |memo| memo.coder == coder);
    own.map(move |memo| Change::change(memo, |memo| memo.on = Link::Coding(to)).into())
}

fn own(view: &View<'_>, memo: &Arc<Memo>) -> Result<(), Refusal> {
    if memo.coder == view.coder() {
        return Ok(());
    }
    Err(Refusal::NotYours { what: "memo", owner: view.initials(memo.coder).to_owned() })
}
