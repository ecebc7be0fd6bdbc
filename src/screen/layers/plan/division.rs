//! How the remaining cases are divided, being planned.

use super::{Field, Outcome, Work, coder_items, coders_of, line, named, picker};
use crate::findings::chance::short_seed;
use crate::findings::remaining::{Wanted, allocation, remaining};
use crate::project::id::{AllocationId, AttributeId, CaseId, CoderId, RoundId, SourceId};
use crate::project::round::Round;
use crate::project::view::View;
use crate::screen::layers::Layer;
use crate::screen::layers::picker::Target;
use crate::screen::views::rounds::words;
use crate::session::Study;
use std::sync::Arc;

pub use crate::findings::remaining::Allocated;

/// Its lines.
pub const FIELDS: [Field; 5] = [Field::Coders, Field::Spread, Field::KeepBack, Field::Seed, Field::Go];

/// A division being planned.
#[derive(Clone, Debug)]
pub struct Division {
    /// The round whose codes and scope the cases are coded with.
    pub round: Arc<Round>,
    /// Among whom.
    pub coders: Vec<CoderId>,
    /// The attribute that each coder is spread over.
    pub spread: Option<AttributeId>,
    /// How many cases are coded twice, blind, as a check for drift.
    pub keep_back: usize,
    /// What chance follows from.
    pub seed: u64,
    id: AllocationId,
    drift: RoundId,
}

impl Division {
    /// What is offered to begin with: among the coders of the round, none kept back.
    #[must_use]
    pub fn new(study: &mut Study, round: Arc<Round>) -> Self {
        let seed = short_seed(study.random());
        let (id, drift) = (study.fresh_id().into(), study.fresh_id().into());
        let coders = round.coders();
        Self { round, coders, spread: None, keep_back: 0, seed, id, drift }
    }

    /// The cases that remain.
    #[must_use]
    pub fn remaining(&self, view: &View<'_>) -> Vec<CaseId> {
        remaining(view, &self.round)
    }

    pub(super) fn work(&self, view: &View<'_>) -> Result<(Vec<SourceId>, Work), String> {
        let cases = self.remaining(view);
        if cases.is_empty() {
            return Err("no case is left to be divided".into());
        }
        let sources = cases.iter().flat_map(|case| view.sources_of(Some(*case))).map(|source| source.id).collect();
        let asked = self.clone();
        let work = move |view: &View<'_>, books: &super::Books<'_>| {
            let Self { round, coders, spread, keep_back, seed, id, drift } = &asked;
            let (spread, keep_back, seed, id, drift) = (*spread, *keep_back, *seed, *id, *drift);
            let wanted = Wanted { round, coders, spread, keep_back, seed, id, drift };
            let found = allocation(view, &|source| books.transcript(source), &wanted).map_err(|why| why.to_string())?;
            Ok(Outcome::Division(Box::new(found)))
        };
        Ok((sources, Box::new(work)))
    }

    /// What a line says: its name, its value, and what is to be known of it.
    #[must_use]
    pub fn said(&self, view: &View<'_>, field: Field) -> (&'static str, String, String) {
        let left = self.remaining(view).len() as u64;
        match field {
            Field::Coders => ("Coders", words::initials(view, &self.coders), "each case goes to one of them".into()),
            Field::Spread => {
                let by = self.spread.map_or("nothing", |by| words::attribute(view, by));
                ("Spread over", by.into(), "each coder gets some of every value".into())
            }
            Field::KeepBack => {
                ("Keep back", self.keep_back.to_string(), "coded by two, blind, as a check for drift".into())
            }
            Field::Seed => ("Seed", self.seed.to_string(), "the same seed divides the same way".into()),
            _ => ("", format!("Divide the {}", words::counted(left, "remaining case")), String::new()),
        }
    }

    pub(super) fn ask(&self, view: &View<'_>, field: Field) -> Option<Layer> {
        Some(match field {
            Field::Coders => {
                let title = "Among whom? Space marks, Enter takes them";
                picker(
                    title,
                    coder_items(view),
                    field,
                    true,
                    |target| matches!(target, Target::Coder(coder) if self.coders.contains(&coder)),
                )
            }
            Field::Spread => {
                let mut items = vec![named("Nothing", "only words are balanced", Target::Top)];
                let all = view.attributes();
                let attributes = all.iter().map(|by| named(by.name.clone(), "", Target::Attribute(by.id)));
                items.extend(attributes);
                picker("Each coder is spread over the values of", items, field, false, |_| false)
            }
            Field::KeepBack => line("How many cases are kept back?", "0 for none", &self.keep_back.to_string(), field),
            Field::Seed => line("Which seed?", "any number", &self.seed.to_string(), field),
            _ => return None,
        })
    }

    pub(super) fn answer(&mut self, field: Field, words: &str) -> Result<(), String> {
        match field {
            Field::KeepBack => self.keep_back = super::round::number(words)?,
            Field::Seed => self.seed = super::round::number(words)?,
            _ => {}
        }
        Ok(())
    }

    pub(super) fn chosen(&mut self, field: Field, items: &[Target]) {
        match (field, items.first()) {
            (Field::Coders, _) => self.coders = coders_of(items),
            (Field::Spread, Some(Target::Attribute(by))) => self.spread = Some(*by),
            (Field::Spread, _) => self.spread = None,
            _ => {}
        }
    }
}
