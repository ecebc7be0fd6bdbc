//! Which rounds stand open: what belongs together, and what is nobody's but its maker's until the reveal.

use super::Tables;
use super::id::{CoderId, RoundId};
use super::reveal::Reveal;
use super::round::{Proposed, Round};
use std::collections::HashMap;
use std::sync::Arc;

/// The rounds of a project, as far as it matters who may see what. Made anew when a round or reveal changes; a project
/// has a handful of them.
#[derive(Clone, Debug, Default)]
pub struct Rounds {
    open: Vec<Arc<Round>>,
    /// The round that goes on from each stopped one; of several, the oldest.
    next: HashMap<RoundId, RoundId>,
    /// The rounds whose makings are hidden.
    blind: Vec<RoundId>,
}

impl Rounds {
    pub(super) fn new(tables: &Tables) -> Self {
        let rounds: Vec<&Arc<Round>> =
            tables.rounds.values().filter(|slot| !slot.gone).map(|slot| &slot.record).collect();
        let mut next = HashMap::new();
        for round in &rounds {
            if let Some(before) = round.after.filter(|before| *before != round.id) {
                next.entry(before).or_insert(round.id);
            }
        }
        let mut out = Self { open: Vec::new(), next, blind: Vec::new() };
        // A reveal stays one, whoever wanted it gone: nobody can unsee it.
        let revealed = |round: RoundId| tables.reveals.contains_key(&Reveal::id_for(round));
        for round in rounds {
            let blind = !revealed(round.id) && !out.later(round.id).any(revealed);
            if blind {
                out.blind.push(round.id);
                if !out.next.contains_key(&round.id) {
                    out.open.push(round.clone());
                }
            }
        }
        out
    }

    /// The rounds that are neither stopped nor revealed, oldest first.
    #[must_use]
    pub fn open(&self) -> &[Arc<Round>] {
        &self.open
    }

    /// The rounds that go on from `round`, in order.
    pub fn later(&self, round: RoundId) -> impl Iterator<Item = RoundId> + '_ {
        // No chain is longer than there are links; so a ring (two people's copies joined) comes to an end.
        std::iter::successors(self.next.get(&round).copied(), |at| self.next.get(at).copied()).take(self.next.len())
    }

    /// The last of the rounds that go on from `round`: the one that its codings belong to.
    #[must_use]
    pub fn last_of(&self, round: RoundId) -> RoundId {
        self.later(round).last().unwrap_or(round)
    }

    /// Whether what was made for `round` is its maker's alone.
    #[must_use]
    pub fn is_blind(&self, round: RoundId) -> bool {
        self.blind.contains(&round)
    }

    /// Whether any round is blind.
    #[must_use]
    pub fn any_blind(&self) -> bool {
        !self.blind.is_empty()
    }

    /// Whether what `maker` made for `round` is hidden from `viewer`.
    #[must_use]
    pub fn hides(&self, round: Option<RoundId>, maker: CoderId, viewer: CoderId) -> bool {
        maker != viewer && round.is_some_and(|round| self.is_blind(round))
    }

    /// Whether a proposal is hidden from `viewer`.
    #[must_use]
    pub fn hides_proposal(&self, proposed: Option<Proposed>, viewer: CoderId) -> bool {
        proposed.is_some_and(|proposed| self.hides(Some(proposed.round), proposed.by, viewer))
    }
}
