//! Which memos are listed: by kind, coder, readers, what they are about or link to, marks, words.

use super::linked::Backlinks;
use super::quotes::quotes_of;
use crate::project::id::{CoderId, MemoId};
use crate::project::memo::{Link, Memo, MemoKind};
use crate::project::memo_links::{Linked, replaced};
use crate::project::view::View;
use std::collections::HashSet;
use std::sync::Arc;

/// What memos are wanted; of what is not said, any.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Wanted {
    /// Of this kind.
    pub kind: Option<MemoKind>,
    /// Of this coder.
    pub coder: Option<CoderId>,
    /// Shared ones, or those that are the reader's own.
    pub shared: Option<bool>,
    /// About this, or linking to it.
    pub about: Option<Link>,
    /// With quotations that want a look.
    pub marked: bool,
    /// With all of these words, in the memo or in what it quotes.
    pub words: String,
}

impl Wanted {
    /// Whether any memo will do.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

/// The memos that may be read and are wanted, oldest first.
#[must_use]
pub fn listed(view: &View<'_>, wanted: &Wanted, back: &Backlinks, marked: &HashSet<MemoId>) -> Vec<Arc<Memo>> {
    let about: Option<HashSet<MemoId>> = wanted.about.map(|on| {
        let on_it = view.memos_on(on).into_iter().map(|memo| memo.id);
        on_it.chain(back.to(view, on)).collect()
    });
    let words: Vec<String> = wanted.words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let fits = |memo: &&Arc<Memo>| {
        wanted.kind.is_none_or(|kind| memo.kind == kind)
            && wanted.coder.is_none_or(|coder| memo.coder == coder)
            && wanted.shared.is_none_or(|shared| memo.shared == shared)
            && about.as_ref().is_none_or(|about| about.contains(&memo.id))
            && (!wanted.marked || marked.contains(&memo.id))
            && (words.is_empty() || has(view, memo, &words))
    };
    let mut found: Vec<_> = view.memos().filter(fits).cloned().collect();
    found.sort_by(|a, b| a.made.cmp(&b.made).then(a.id.cmp(&b.id)));
    found
}

/// Whether a memo, or what it quotes, has all of these words.
fn has(view: &View<'_>, memo: &Memo, words: &[String]) -> bool {
    let mut text = replaced(&memo.text, |found| match found.what {
        Linked::Quote(_) => Some(String::new()),
        _ => Some(found.label.clone()),
    });
    for quotation in quotes_of(view, memo) {
        text.push_str(&format!("\n{}\n{}", quotation.words, quotation.by));
    }
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    #[test]
    fn memos_are_found_by_what_they_are_what_they_link_to_and_their_words() {
        let mut desk = Desk::new();
        let (code, other) = (desk.code("Access"), desk.code("Funding"));
        let linking = format!("Waiting\nsee {}", Linked::Code(code).written("Access"));
        let ids = [
            desk.memo(Link::Code(code), "Minutes\nThey count minutes.", true),
            desk.memo(Link::Study, &linking, false),
            desk.memo(Link::Code(other), "Grant", true),
        ];
        let theirs = desk.as_other(|desk| {
            let id = desk.memo(Link::Code(code), "Theirs", true);
            let (on, kind, shared) = (Link::Code(code), MemoKind::Discuss, true);
            desk.apply(&Edit::WriteMemo { id, on, kind, shared, text: "Theirs".into() });
            id
        });
        let view = desk.view();
        let back = Backlinks::new(&view);
        let of = |wanted: Wanted| -> Vec<MemoId> {
            listed(&view, &wanted, &back, &HashSet::from([ids[2]])).iter().map(|memo| memo.id).collect()
        };
        let any = Wanted::default;
        assert_eq!(of(any()), [ids[0], ids[1], ids[2], theirs]);
        assert_eq!(
            of(Wanted { about: Some(Link::Code(code)), ..any() }),
            [ids[0], ids[1], theirs],
            "and what links to it"
        );
        assert_eq!(of(Wanted { shared: Some(false), ..any() }), [ids[1]]);
        assert_eq!(of(Wanted { kind: Some(MemoKind::Discuss), ..any() }), [theirs]);
        assert_eq!(of(Wanted { coder: Some(desk.coder), marked: true, ..any() }), [ids[2]]);
        assert_eq!(of(Wanted { words: "COUNT minutes".into(), ..any() }), [ids[0]]);
        assert_eq!(of(Wanted { words: "access".into(), ..any() }), [ids[1]], "names of links are words, ids are not");
        assert_eq!(of(Wanted { words: "code".into(), ..any() }), []);
    }
}
