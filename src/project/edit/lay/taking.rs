//! Taking in codings that were made elsewhere: each one of its own, as it was, with its comment.

use super::{applicable, fresh};
use crate::project::edit::Refusal;
use crate::project::edit::rounds::refuse_finished;
use crate::project::id::{CodeId, Mint, SourceId};
use crate::project::put::Put;
use crate::project::record::Change;
use crate::project::source::Passage;
use crate::project::step::Step;
use crate::project::view::View;
use std::collections::HashSet;

/// A coding made elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewCoding {
    /// The words.
    pub at: Passage,
    /// The code.
    pub code: CodeId,
    /// What was noted about it; may be empty.
    pub comment: String,
}

/// Lays codings as they come. Unlike one that is laid by hand none extends what stands: who made them elsewhere said what
/// is one coding and what are two.
pub(in crate::project::edit) fn take(
    view: &View<'_>,
    codings: &[NewCoding],
    mint: &mut dyn Mint,
) -> Result<Step, Refusal> {
    let mut puts: Vec<Put> = Vec::with_capacity(codings.len());
    let mut open: HashSet<(SourceId, CodeId)> = HashSet::new();
    for new in codings {
        if view.source(new.at.source).is_none() {
            return Err(Refusal::Gone("source"));
        }
        if view.place(new.at).is_empty() {
            return Err(Refusal::NoWords);
        }
        let node = applicable(view, new.code)?;
        if open.insert((new.at.source, node.code.id)) {
            refuse_finished(view, view.round_for(new.at.source, node.code.id), new.at.source)?;
        }
        let mut coding = fresh(view, node, new.at, mint.id().into());
        coding.comment = new.comment.trim().to_owned();
        puts.push(Change::create(coding).into());
    }
    let did = match codings.len() {
        0 => return Err(Refusal::Idle("there are no codings to take in".into())),
        1 => "take in 1 coding".to_owned(),
        n => format!("take in {n} codings"),
    };
    Ok(Step::new(did, puts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    #[test]
    fn codings_are_taken_in_as_they_are_with_comments_and_one_undo_takes_them_out() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        desk.lay(text, 0, 10, code);
        let new = |desk: &Desk, from, to, comment: &str| NewCoding {
            at: desk.passage(text, from, to),
            code,
            comment: comment.into(),
        };
        let all = vec![new(&desk, 5, 20, " so there "), new(&desk, 5, 20, ""), new(&desk, 40, 50, "")];
        assert_eq!(desk.apply(&Edit::TakeCodings(all)).did, "take in 3 codings");
        let row = |from, to, comment: &str| (from, to, "Access".to_owned(), comment.to_owned());
        assert_eq!(desk.laid(text), [row(0, 10, ""), row(5, 20, ""), row(5, 20, "so there"), row(40, 50, "")]);
        desk.undo();
        assert_eq!(desk.spans(text), [(0, 10)]);
    }

    #[test]
    fn they_belong_to_the_round_they_are_made_for_and_a_finished_case_takes_none() {
        let mut desk = Desk::new();
        let code = desk.code("Access");
        let (case, source) = desk.case("P02");
        let round = desk.round("Round 1", &[(case, source)], &[code]);
        let new = vec![NewCoding { at: desk.passage(source, 0, 10), code, comment: String::new() }];
        desk.apply(&Edit::TakeCodings(new.clone()));
        let id = desk.coding_over(source, 0, 10, code);
        assert_eq!(desk.coding(id).round, Some(round));
        desk.finish(round);
        assert!(desk.refusal(&Edit::TakeCodings(new)).starts_with("you have finished P02 in Round 1"));
    }
}
