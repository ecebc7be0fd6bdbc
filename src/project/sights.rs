//! The codebook as each coder sees it: while a round is blind, proposals are their makers' alone.

use super::Tables;
use super::codebook::{Code, Codebook, Wording};
use super::id::{CodeId, CoderId, WordingId};
use super::rounds::Rounds;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The codebook with everything, and as each coder may see it.
#[derive(Clone, Debug, Default)]
pub struct Sights {
    whole: Arc<Codebook>,
    /// As those see it who proposed nothing in a blind round; `None` if nobody did.
    plain: Option<Arc<Codebook>>,
    own: BTreeMap<CoderId, Arc<Codebook>>,
}

impl Sights {
    pub(super) fn new(tables: &Tables, rounds: &Rounds) -> Self {
        let whole = Arc::new(book(tables, |_| true, |_| None));
        if !rounds.any_blind() {
            return Self { whole, ..Self::default() };
        }
        let mut wordings: BTreeMap<CoderId, BTreeMap<CodeId, &Arc<Wording>>> = BTreeMap::new();
        let standing = tables.wordings.values().filter(|slot| !slot.gone).map(|slot| &slot.record);
        for wording in standing {
            let Some(proposed) = wording.proposed.filter(|proposed| rounds.is_blind(proposed.round)) else { continue };
            let newest = wordings.entry(proposed.by).or_default().entry(wording.code).or_insert(wording);
            if (newest.at, newest.id) < (wording.at, wording.id) {
                *newest = wording;
            }
        }
        let mut makers: Vec<CoderId> = wordings.keys().copied().collect();
        let blind = |code: &Code| code.proposed.filter(|proposed| rounds.is_blind(proposed.round));
        makers.extend(tables.codes.values().filter_map(|slot| Some(blind(&slot.record)?.by)));
        makers.sort_unstable();
        makers.dedup();
        if makers.is_empty() {
            return Self { whole, ..Self::default() };
        }
        let plain = Some(Arc::new(book(tables, |code| blind(code).is_none(), |_| None)));
        let own = makers.into_iter().map(|maker| {
            let theirs = wordings.get(&maker);
            let wording = |code: CodeId| theirs.and_then(|of| of.get(&code)).map(|wording| Arc::clone(wording));
            let seen = |code: &Code| blind(code).is_none_or(|proposed| proposed.by == maker);
            (maker, Arc::new(book(tables, seen, wording)))
        });
        Self { whole, plain, own: own.collect() }
    }

    /// With everything, proposals in blind rounds too: for the reveal, and for what concerns nobody's eyes.
    #[must_use]
    pub const fn whole(&self) -> &Arc<Codebook> {
        &self.whole
    }

    /// As `coder` may see it.
    #[must_use]
    pub fn of(&self, coder: CoderId) -> &Arc<Codebook> {
        self.own.get(&coder).or(self.plain.as_ref()).unwrap_or(&self.whole)
    }
}

/// The tree of the codes that are `seen`, under the wordings that `own` has for them, else their present ones.
fn book(tables: &Tables, seen: impl Fn(&Code) -> bool, own: impl Fn(CodeId) -> Option<Arc<Wording>>) -> Codebook {
    let present = |id: WordingId| tables.wordings.get(&id).filter(|slot| !slot.gone).map(|slot| slot.record.clone());
    let codes = tables.codes.values().filter(|slot| seen(&slot.record));
    Codebook::new(codes, |code| own(code.id).or_else(|| code.wording.and_then(present)))
}
