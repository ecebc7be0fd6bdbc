//! What became of the words that memos quote: as quoted, or their coding changed since.
//!
//! A quotation keeps its words; what follows from here is a mark, and what taking it anew would give. What was looked at
//! and kept is marked again only when something changes again.

use super::working::Working;
use crate::project::id::{CodeId, CodingId, MemoId, QuotationId};
use crate::project::memo::Memo;
use crate::project::memo_links::{Linked, links};
use crate::project::quotation::{Kept, Quotation};
use crate::project::source::Passage;
use crate::project::view::{View, Whose};
use crate::text::Span;
use std::collections::HashSet;
use std::sync::Arc;

/// What happened to the coding of a quotation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// It lies on fewer of the words.
    Trimmed,
    /// It lies on more words.
    Extended,
    /// It lies on other words.
    Moved,
    /// It carries another code.
    Recoded(CodeId),
    /// It is gone.
    Removed,
    /// The words were corrected.
    Corrected,
    /// Tables count it no more: it was turned down when the coders reconciled, or when it was checked again.
    Dropped,
}

impl Change {
    /// What happened, as a clause.
    #[must_use]
    pub fn words(self, view: &View<'_>) -> String {
        match self {
            Self::Trimmed => "its coding was trimmed".into(),
            Self::Extended => "its coding was extended".into(),
            Self::Moved => "its coding lies on other words now".into(),
            Self::Recoded(code) => format!("it is coded “{}” now", view.code_name(code)),
            Self::Removed => "its coding was removed".into(),
            Self::Corrected => "its words were corrected in the text".into(),
            Self::Dropped => "tables do not count it".into(),
        }
    }
}

/// How the coding of a quotation stands now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Now {
    /// The code it carries.
    pub code: CodeId,
    /// The words it lies on.
    pub at: Passage,
}

/// A quotation and what became of its coding.
#[derive(Clone, PartialEq, Debug)]
pub struct Quoted {
    /// The quotation.
    pub quotation: Arc<Quotation>,
    /// What happened since it was quoted.
    pub changes: Vec<Change>,
    /// Whether that was looked at and the quotation kept as it is.
    pub kept: bool,
    /// How its coding stands; `None` if it is gone.
    pub now: Option<Now>,
}

impl Quoted {
    /// Whether it wants a look.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        !self.changes.is_empty() && !self.kept
    }

    /// What happened, as one sentence without its stop; empty if nothing did.
    #[must_use]
    pub fn words(&self, view: &View<'_>) -> String {
        let all: Vec<String> = self.changes.iter().map(|change| change.words(view)).collect();
        all.join(", and ")
    }

    /// Whether tables have ceased to count it.
    #[must_use]
    pub fn is_dropped(&self) -> bool {
        self.changes.contains(&Change::Dropped)
    }
}

/// The codings that tables rest on.
#[must_use]
pub fn counted_codings(working: &Working) -> HashSet<CodingId> {
    working.counted.iter().flat_map(|counted| counted.codings.iter().copied()).collect()
}

/// What became of a quotation; `counted` are the codings that tables rest on.
#[must_use]
pub fn quoted(view: &View<'_>, counted: &HashSet<CodingId>, quotation: &Arc<Quotation>) -> Quoted {
    let seen = view.showing(Whose::Everybody).coding(quotation.coding);
    let now = seen.map(|seen| Now { code: seen.code, at: view.passage(seen.coding.at.source, seen.span) });
    let dropped = now.is_some() && !counted.contains(&quotation.coding);
    let begun = Kept { code: Some(quotation.code), at: quotation.at, dropped: false };
    let changes = since(view, begun, now, dropped);
    let kept = quotation.kept.is_some_and(|kept| since(view, kept, now, dropped).is_empty());
    Quoted { quotation: quotation.clone(), changes, kept, now }
}

/// What changed since a coding stood as `then`.
fn since(view: &View<'_>, then: Kept, now: Option<Now>, dropped: bool) -> Vec<Change> {
    let Some(now) = now else { return if then.code.is_some() { vec![Change::Removed] } else { Vec::new() } };
    let mut out = Vec::new();
    let code = then.code.and_then(|code| view.codebook().resolve(code));
    if code != Some(now.code) {
        out.push(Change::Recoded(now.code));
    }
    let (was, is) = (view.place(then.at), now.at.span);
    let within = |inner: Span, outer: Span| outer.start <= inner.start && inner.end <= outer.end;
    if then.at.source != now.at.source {
        out.push(Change::Moved);
    } else if was != is {
        out.push(match (within(is, was), within(was, is)) {
            (true, _) => Change::Trimmed,
            (_, true) => Change::Extended,
            _ => Change::Moved,
        });
    }
    if view.is_corrected(then.at) {
        out.push(Change::Corrected);
    }
    if dropped && !then.dropped {
        out.push(Change::Dropped);
    }
    out
}

/// The quotations of a memo in the order of its text, each once.
#[must_use]
pub fn quotes_of(view: &View<'_>, memo: &Memo) -> Vec<Arc<Quotation>> {
    let mut seen: HashSet<QuotationId> = HashSet::new();
    let ids = links(&memo.text).into_iter().filter_map(|found| match found.what {
        Linked::Quote(id) if seen.insert(id) => Some(id),
        _ => None,
    });
    ids.filter_map(|id| view.quotation(id).filter(|quotation| quotation.memo == memo.id).cloned()).collect()
}

/// The memos with a quotation that wants a look.
#[must_use]
pub fn marked_memos(view: &View<'_>, counted: &HashSet<CodingId>) -> HashSet<MemoId> {
    let marked = |memo: &&Arc<Memo>| quotes_of(view, memo).iter().any(|one| quoted(view, counted, one).is_marked());
    view.memos().filter(marked).map(|memo| memo.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::working::working;
    use crate::project::edit::{Edit, QuotationEdit};
    use crate::project::id::SourceId;
    use crate::project::memo::Link;
    use crate::project::testing::Desk;

    struct Scene {
        desk: Desk,
        source: SourceId,
        coding: CodingId,
        id: QuotationId,
        memo: MemoId,
    }

    fn scene() -> Scene {
        let mut desk = Desk::new();
        let (source, code) = (desk.source("A", 100), desk.code("Access"));
        let coding = desk.lay(source, 10, 30, code);
        let id: QuotationId = desk.id().into();
        let memo = desk.memo(Link::Code(code), &format!("Waiting\n\n{}", Linked::Quote(id).written("")), true);
        let mut scene = Scene { desk, source, coding, id, memo };
        scene.quote();
        scene
    }

    impl Scene {
        fn quote(&mut self) {
            let (id, memo, coding) = (self.id, self.memo, self.coding);
            let (words, by) = ("They wait.".to_owned(), "a manager".to_owned());
            self.desk.apply(&Edit::Quotations(QuotationEdit::Quote { id, memo, coding, words, by }));
        }

        fn now(&self) -> Quoted {
            let view = self.desk.view();
            let memo = view.memo(self.memo).expect("a memo");
            quoted(&view, &counted_codings(&working(&view)), &quotes_of(&view, memo)[0])
        }

        fn keep(&mut self) {
            let dropped = self.now().is_dropped();
            self.desk.apply(&Edit::Quotations(QuotationEdit::Keep(self.id, dropped)));
        }
    }

    #[test]
    fn each_change_of_a_coding_marks_its_quotation_until_it_is_taken_anew_or_kept() {
        let mut scene = scene();
        assert_eq!((scene.now().changes, scene.now().is_marked()), (vec![], false));
        let at = |scene: &Scene, from, to| scene.desk.passage(scene.source, from, to);
        let trimmed = at(&scene, 10, 20);
        scene.desk.apply(&Edit::Resize(scene.coding, trimmed));
        assert_eq!((scene.now().changes, scene.now().is_marked()), (vec![Change::Trimmed], true));
        scene.keep();
        assert_eq!((scene.now().kept, scene.now().is_marked()), (true, false), "kept as it is");
        let longer = at(&scene, 10, 40);
        scene.desk.apply(&Edit::Resize(scene.coding, longer));
        assert_eq!((scene.now().changes, scene.now().is_marked()), (vec![Change::Extended], true), "it changed again");
        scene.quote();
        assert_eq!((scene.now().changes, scene.now().is_marked()), (vec![], false), "taken anew");
        let other = scene.desk.code("Waiting");
        scene.desk.apply(&Edit::Recode(vec![scene.coding], other));
        assert_eq!(scene.now().changes, [Change::Recoded(other)]);
        assert_eq!(scene.now().words(&scene.desk.view()), "it is coded “Waiting” now");
        scene.quote();
        scene.desk.correct(scene.source, 15, 18, 5);
        assert_eq!(scene.now().changes, [Change::Corrected], "it lies on the same words, which are others now");
        scene.keep();
        assert!(!scene.now().is_marked());
        scene.desk.correct(scene.source, 50, 52, 5);
        assert!(!scene.now().is_marked(), "a correction elsewhere is none of it");
        scene.desk.apply(&Edit::Remove(vec![scene.coding]));
        assert_eq!((scene.now().changes, scene.now().now), (vec![Change::Removed], None));
        let view = scene.desk.view();
        assert_eq!(marked_memos(&view, &HashSet::new()), HashSet::from([scene.memo]));
        scene.keep();
        assert!(!scene.now().is_marked());
        scene.desk.undo();
        scene.desk.undo();
        assert!(!scene.now().is_marked(), "as it was kept before it was removed");
    }

    #[test]
    fn a_coding_that_tables_do_not_count_marks_its_quotation() {
        let mut scene = scene();
        let view = scene.desk.view();
        let quotation = view.quotation(scene.id).expect("a quotation").clone();
        let now = quoted(&view, &HashSet::new(), &quotation);
        assert_eq!((now.changes.as_slice(), now.is_dropped()), (&[Change::Dropped][..], true));
        scene.desk.apply(&Edit::Quotations(QuotationEdit::Keep(scene.id, true)));
        let view = scene.desk.view();
        let quotation = view.quotation(scene.id).expect("a quotation").clone();
        assert!(!quoted(&view, &HashSet::new(), &quotation).is_marked());
    }

    #[test]
    fn a_quotation_is_signed_and_shortened_and_keeps_its_words() {
        let mut scene = scene();
        let id = scene.id;
        scene.desk.apply(&Edit::Quotations(QuotationEdit::Sign(id, " a  nurse ".into())));
        scene.desk.apply(&Edit::Quotations(QuotationEdit::Shorten(id, "They […]".into())));
        let why = scene.desk.refusal(&Edit::Quotations(QuotationEdit::Shorten(id, "They run.".into())));
        assert!(why.contains("keeps its words"), "{why}");
        let quotation = scene.now().quotation;
        assert_eq!((quotation.by.as_str(), quotation.words.as_str()), ("a nurse", "They […]"));
        scene.desk.as_other(|desk| {
            let why = desk.refusal(&Edit::Quotations(QuotationEdit::Keep(id, false)));
            assert_eq!(why, "that memo is PB's; only PB can change it");
        });
    }
}
