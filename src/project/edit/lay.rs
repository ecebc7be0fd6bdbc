//! Edits of codings: lay, extend, remove, resize, recode, comment.

use super::{Refusal, mine};
use crate::project::coding::Coding;
use crate::project::id::{CodeId, CodingId, Mint};
use crate::project::put::Put;
use crate::project::record::Change;
use crate::project::source::Passage;
use crate::project::step::Step;
use crate::project::view::{Seen, View, Whose};
use crate::text::{Pos, Span};
use std::sync::Arc;

/// Lays `codes` on `passages`. Words that already carry a code from the same coder extend that coding: the oldest id
/// stays, comments are kept. `apart` lays a coding of its own instead; so does an extension that would run from one
/// speaker's words into another's.
pub(super) fn lay(
    view: &View<'_>,
    passages: &[Passage],
    codes: &[CodeId],
    apart: bool,
    borders: &[Pos],
    mint: &mut dyn Mint,
) -> Result<Step, Refusal> {
    if passages.is_empty() || codes.is_empty() || passages.iter().any(|passage| passage.span.is_empty()) {
        return Err(Refusal::NoWords);
    }
    let mut puts = Vec::new();
    let mut names = Vec::new();
    let mut idle = 0;
    for &code in codes {
        let node = view.code(code).ok_or(Refusal::NoCode)?;
        if node.code.heading {
            return Err(Refusal::Heading(node.code.name.clone()));
        }
        names.push(format!("“{}”", node.code.name));
        let mut batch = Batch::default();
        for &passage in passages {
            if view.source(passage.source).is_none() {
                return Err(Refusal::Gone("source"));
            }
            let fresh = || Coding {
                id: CodingId::default(),
                coder: view.coder(),
                code: node.code.id,
                at: passage,
                wording: node.code.wording,
                comment: String::new(),
            };
            if apart {
                batch.add(Coding { id: mint.id().into(), ..fresh() });
            } else {
                idle += usize::from(!batch.extend(view, node.code.id, fresh(), borders, mint));
            }
        }
        puts.extend(batch.puts());
    }
    if puts.is_empty() && idle > 0 {
        return Err(Refusal::Idle(format!("these words carry {} already", names.join(", "))));
    }
    Ok(Step::new(format!("code {}", names.join(", ")), puts))
}

/// The changes of the codings of one code that one edit makes; passages may touch each other's codings.
#[derive(Default)]
struct Batch {
    /// Each coding as it was, and as it is to be.
    changed: Vec<(Option<Arc<Coding>>, Option<Coding>)>,
}

impl Batch {
    fn add(&mut self, coding: Coding) {
        self.changed.push((None, Some(coding)));
    }

    /// Lays `fresh`, joined with what it may extend; says whether anything changes.
    fn extend(&mut self, view: &View<'_>, code: CodeId, fresh: Coding, borders: &[Pos], mint: &mut dyn Mint) -> bool {
        let passage = fresh.at;
        let mut union = view.place(passage);
        let wanted = union;
        let mut standing: Vec<(Span, Arc<Coding>)> = Vec::new();
        view.showing(Whose::Mine).codings_within(passage.source, union, |seen: Seen<'_>| {
            let touched = self.changed.iter().any(|(old, _)| old.as_ref().is_some_and(|old| old.id == seen.coding.id));
            if seen.code == code && !touched {
                standing.push((seen.span, seen.coding.clone()));
            }
        });
        let mut joined: Vec<usize> = Vec::new();
        for (at, (_, new)) in self.changed.iter().enumerate() {
            let near = new.as_ref().is_some_and(|new| {
                new.at.source == passage.source
                    && view.place(new.at).overlaps(wanted)
                    && may_join(view.place(new.at), wanted, borders)
            });
            if near {
                joined.push(at);
            }
        }
        standing.retain(|(span, _)| may_join(*span, wanted, borders));
        if standing.iter().any(|(span, _)| span.covers(wanted)) && joined.is_empty() {
            return false;
        }
        let mut comments = Vec::new();
        for (span, coding) in &standing {
            union = union.union(*span);
            comments.push(coding.comment.clone());
        }
        for &at in &joined {
            if let Some(new) = &self.changed[at].1 {
                union = union.union(view.place(new.at));
                comments.push(new.comment.clone());
            }
        }
        let mut ids: Vec<CodingId> = standing.iter().map(|(_, coding)| coding.id).collect();
        ids.extend(joined.iter().filter_map(|&at| self.changed[at].1.as_ref().map(|new| new.id)));
        let oldest = ids.into_iter().min();
        let id = oldest.unwrap_or_else(|| mint.id().into());
        comments.retain(|comment| !comment.is_empty());
        comments.dedup();
        let at = Passage { span: union, ..view.passage(passage.source, union) };
        let result = Coding { id, at, comment: comments.join("\n"), ..fresh };
        for (_, coding) in standing {
            let is_result = coding.id == id;
            self.changed.push((Some(coding), is_result.then(|| result.clone())));
        }
        for at in joined {
            if let Some(new) = &mut self.changed[at].1 {
                let is_result = new.id == id;
                self.changed[at].1 = is_result.then(|| result.clone());
            }
        }
        if oldest.is_none() {
            self.changed.push((None, Some(result)));
        }
        true
    }

    fn puts(self) -> impl Iterator<Item = Put> {
        self.changed
            .into_iter()
            .filter(|(old, new)| old.is_some() || new.is_some())
            .map(|(old, new)| Put::Coding(Change { before: old, after: new.map(Arc::new) }))
    }
}

/// Whether two overlapping stretches may become one: one covers the other, or no speaker ends within their union.
fn may_join(a: Span, b: Span, borders: &[Pos]) -> bool {
    let union = a.union(b);
    let crosses = || borders.iter().any(|border| union.start < *border && *border < union.end);
    union == a || union == b || !crosses()
}

pub(super) fn remove(view: &View<'_>, ids: &[CodingId]) -> Result<Step, Refusal> {
    let mut puts = Vec::new();
    let mut names = Vec::new();
    for &id in ids {
        let coding = mine(view, id)?;
        names.push(format!("“{}”", view.code_name(coding.code)));
        puts.push(Change::delete(coding).into());
    }
    let did = match names.as_slice() {
        [] => return Err(Refusal::NoCoding),
        [name] => format!("remove {name}"),
        names => format!("remove {} codings", names.len()),
    };
    Ok(Step::new(did, puts))
}

pub(super) fn resize(view: &View<'_>, id: CodingId, to: Passage) -> Result<Step, Refusal> {
    let coding = mine(view, id)?;
    if to.span.is_empty() {
        return Err(Refusal::NoWords);
    }
    let did = format!("resize “{}”", view.code_name(coding.code));
    Ok(Step::new(did, vec![Change::change(coding, |coding| coding.at = to).into()]))
}

pub(super) fn recode(view: &View<'_>, ids: &[CodingId], to: CodeId) -> Result<Step, Refusal> {
    let node = view.code(to).ok_or(Refusal::NoCode)?;
    if node.code.heading {
        return Err(Refusal::Heading(node.code.name.clone()));
    }
    let mut puts = Vec::new();
    for &id in ids {
        let change = Change::change(mine(view, id)?, |coding| {
            coding.code = node.code.id;
            coding.wording = node.code.wording;
        });
        puts.push(change.into());
    }
    let did = match ids {
        [id] => format!("“{}” becomes “{}”", view.code_name(mine(view, *id)?.code), node.code.name),
        ids => format!("{} codings become “{}”", ids.len(), node.code.name),
    };
    Ok(Step::new(did, puts))
}

pub(super) fn comment(view: &View<'_>, id: CodingId, text: &str) -> Result<Step, Refusal> {
    let coding = mine(view, id)?;
    let did = format!("comment on “{}”", view.code_name(coding.code));
    Ok(Step::new(did, vec![Change::change(coding, |coding| coding.comment = text.trim().to_owned()).into()]))
}
