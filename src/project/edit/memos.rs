//! Edits of memos.

use super::{Refusal, brief, put_of};
use crate::project::id::{CodingId, MemoId, Mint, QuotationId};
use crate::project::memo::{Link, Memo, MemoKind};
use crate::project::memo_links::quoted_line;
use crate::project::put::Put;
use crate::project::quotation::Quotation;
use crate::project::record::Change;
use crate::project::step::Step;
use crate::project::view::View;
use std::collections::BTreeSet;
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
    let quotations = quotations(view, id, old.map_or("", |old| old.text.as_str()), &memo.text);
    Ok(Step::new(did, std::iter::once(put_of(old, memo)).chain(quotations).collect()))
}

pub(super) fn delete(view: &View<'_>, id: MemoId) -> Result<Step, Refusal> {
    let memo = view.project().get::<Memo>(id).ok_or(Refusal::NoMemo)?;
    own(view, memo)?;
    let quotations = quotations(view, id, &memo.text, "");
    let puts = std::iter::once(Change::delete(memo).into()).chain(quotations).collect();
    Ok(Step::new(format!("delete memo “{}”", brief(memo.title())), puts))
}

/// What follows for its quotations where the text of a memo changes: those whose line is gone go with it; those whose line
/// is there again, cut and put back, come back as they were.
fn quotations(view: &View<'_>, memo: MemoId, before: &str, after: &str) -> Vec<Put> {
    let quoted = |text: &str| -> BTreeSet<QuotationId> { text.lines().filter_map(quoted_line).collect() };
    let (was, is) = (quoted(before), quoted(after));
    let of_this = |id: &QuotationId| view.project().slot::<Quotation>(*id).filter(|slot| slot.record.memo == memo);
    let gone = was.difference(&is).filter_map(of_this).filter(|slot| !slot.gone);
    let back = is.difference(&was).filter_map(of_this).filter(|slot| slot.gone);
    let gone = gone.map(|slot| Change::delete(&slot.record).into());
    let back = back.map(|slot| Put::from(Change { before: None, after: Some(Arc::clone(&slot.record)) }));
    gone.chain(back).collect()
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
    use crate::project::edit::{Edit, QuotationEdit};
    use crate::project::memo_links::Linked;
    use crate::project::testing::Desk;
    use jiff::Timestamp;

    #[test]
    fn a_quotation_goes_with_its_line_and_comes_back_with_it() {
        let mut desk = Desk::new();
        let (source, code) = (desk.source("A", 100), desk.code("Access"));
        let coding = desk.lay(source, 10, 30, code);
        let ids: [QuotationId; 2] = [desk.id().into(), desk.id().into()];
        let lines = ids.map(|id| Linked::Quote(id).written(""));
        let memo = desk.memo(Link::Study, "Waiting", true);
        for id in ids {
            let (words, by) = ("They wait.".to_owned(), "a nurse".to_owned());
            desk.apply(&Edit::Quotations(QuotationEdit::Quote { id, memo, coding, words, by }));
        }
        let write = |desk: &mut Desk, lines: &[String]| {
            let text = format!("Waiting\n\n{}", lines.join("\n"));
            desk.apply(&Edit::WriteMemo { id: memo, on: Link::Study, kind: MemoKind::Analytic, shared: true, text });
        };
        let there = |desk: &Desk| ids.map(|id| desk.view().quotation(id).is_some());
        write(&mut desk, &lines);
        assert_eq!(there(&desk), [true, true], "quoted before its line was saved");
        write(&mut desk, &lines[..1]);
        assert_eq!(there(&desk), [true, false]);
        assert_eq!(desk.view().quotations().len(), 1, "in no list");
        desk.undo();
        assert_eq!(there(&desk), [true, true], "with the words of the memo");
        desk.redo();
        // Cut, saved, and put back elsewhere.
        write(&mut desk, &[lines[1].clone(), lines[0].clone()]);
        assert_eq!(there(&desk), [true, true]);
        let back = desk.view().quotation(ids[1]).expect("as it was").clone();
        assert_eq!((back.words.as_str(), back.by.as_str(), back.coding), ("They wait.", "a nurse", coding));
        desk.apply(&Edit::DeleteMemo(memo));
        assert_eq!(there(&desk), [false, false]);
        assert_eq!(desk.view().project().all::<Quotation>().count(), 0, "nothing is left of them");
        desk.undo();
        assert_eq!(there(&desk), [true, true]);
        // What another memo quotes is none of it.
        let other = desk.memo(Link::Study, &format!("Other\n{}", lines[0]), true);
        desk.apply(&Edit::DeleteMemo(other));
        assert_eq!(there(&desk), [true, true]);
    }

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
