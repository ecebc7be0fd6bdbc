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
    let round = old.and_then(|old| old.round).or_else(|| super::rounds::written_for(view, on));
    let memo = Memo { id, coder: view.coder(), on, kind, shared, made, text: text.trim_end().to_owned(), round };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;
    use jiff::Timestamp;

    #[test]
    fn a_memo_is_written_written_again_and_deleted() {
        let mut desk = Desk::new();
        let code = desk.code("Access");
        let id = desk.memo(Link::Code(code), "# First thoughts\n\nThey wait.\n", false);
        let memo = desk.view().memo(id).expect("a memo").clone();
        assert_eq!((memo.title(), memo.body(), memo.coder), ("First thoughts", "They wait.", desk.coder));
        desk.mint.set(Timestamp::MAX);
        let again =
            Edit::WriteMemo { id, on: Link::Study, kind: MemoKind::Discuss, shared: true, text: "Second".into() };
        desk.apply(&again);
        let rewritten = desk.view().memo(id).expect("a memo").clone();
        assert_eq!((rewritten.title(), rewritten.kind, rewritten.shared), ("Second", MemoKind::Discuss, true));
        assert_eq!(rewritten.made, memo.made, "begun when it was begun");
        let on = |desk: &Desk, on| desk.view().memos_on(on).len();
        assert_eq!((on(&desk, Link::Code(code)), on(&desk, Link::Study)), (0, 1));
        assert_eq!(desk.plan(&again).map(|step| step.puts), Ok(vec![]), "the same words change nothing");
        desk.apply(&Edit::DeleteMemo(id));
        assert_eq!((on(&desk, Link::Study), desk.view().memos().count()), (0, 0));
        assert_eq!(desk.refusal(&Edit::DeleteMemo(id)), "that memo is no longer there");
        desk.undo();
        assert_eq!(on(&desk, Link::Study), 1);
        desk.undo();
        assert_eq!((on(&desk, Link::Code(code)), on(&desk, Link::Study)), (1, 0));
        assert_eq!(desk.view().memo(id), Some(&memo));
    }

    #[test]
    fn others_read_shared_memos_only_and_change_none() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        let passage = desk.passage(text, 5, 10);
        let ons = [Link::Study, Link::Source(text), Link::Code(code), Link::Passage(passage)];
        let own = ons.map(|on| desk.memo(on, "mine", false));
        let shared = ons.map(|on| desk.memo(on, "ours", true));
        let count = |desk: &Desk| {
            let view = desk.view();
            let on: Vec<usize> = ons.iter().map(|&on| view.memos_on(on).len()).collect();
            (on, view.memos().count(), view.memos_ending(text, 0, 100).count())
        };
        assert_eq!(count(&desk), (vec![2; 4], 8, 2));
        desk.as_other(|desk| {
            assert_eq!(count(desk), (vec![1; 4], 4, 1));
            assert!(own.iter().all(|&id| desk.view().memo(id).is_none()));
            let why = "that memo is PB's; only PB can change it";
            for id in shared {
                let write =
                    Edit::WriteMemo { id, on: Link::Study, kind: MemoKind::Analytic, shared: true, text: "x".into() };
                assert_eq!((desk.refusal(&write).as_str(), desk.refusal(&Edit::DeleteMemo(id)).as_str()), (why, why));
            }
        });
    }
}
