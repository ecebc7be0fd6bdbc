//! The passages of an earlier round's consensus, as the scope of a new one.

use crate::cli::failure::Failure;
use crate::findings::consensus::consensus_of;
use crate::findings::queue::queue_of;
use crate::project::id::{CodeId, RoundId};
use crate::project::source::Passage;
use crate::project::view::View;
use std::collections::HashSet;

/// The passages that carry a code of `within` or one below it by the consensus of a round; of all its codes, if `within`
/// is empty. What is still in dispute is not among them.
///
/// # Errors
/// If the round has not been revealed.
pub(super) fn passages(view: &View<'_>, round: RoundId, within: &[CodeId]) -> Result<Vec<Passage>, Failure> {
    let queue = queue_of(view, round).map_err(|why| Failure::Failed(why.to_string()))?;
    let book = view.codebook();
    let codes: HashSet<CodeId> = within.iter().flat_map(|code| book.branch(*code)).collect();
    let held =
        consensus_of(view, &queue).held.into_iter().filter(|held| codes.is_empty() || codes.contains(&held.code));
    Ok(held.map(|held| view.passage(held.source, held.at)).collect())
}
