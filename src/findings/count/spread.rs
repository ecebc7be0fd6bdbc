//! How the values of an attribute that is a number spread: how many there are, the least, the greatest, the mean.

use super::{Counting, Known};
use crate::findings::presence::Unit;
use crate::project::id::AttributeId;

/// How numbers spread.
#[derive(Clone, PartialEq, Debug)]
pub struct Spread {
    /// Those whose value is known, with it, in order.
    pub known: Vec<(Unit, f64)>,
    /// Those whose value is missing.
    pub missing: Vec<Unit>,
}

impl Spread {
    /// The least.
    #[must_use]
    pub fn least(&self) -> Option<f64> {
        self.known.iter().map(|(_, value)| *value).min_by(f64::total_cmp)
    }

    /// The greatest.
    #[must_use]
    pub fn most(&self) -> Option<f64> {
        self.known.iter().map(|(_, value)| *value).max_by(f64::total_cmp)
    }

    /// The arithmetic mean over those that are known.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let sum: f64 = self.known.iter().map(|(_, value)| value).sum();
        (!self.known.is_empty()).then(|| sum / self.known.len() as f64)
    }

    /// As people read it: `mean 1.8, 0 to 9, of 30`; with how many are missing.
    #[must_use]
    pub fn words(&self) -> String {
        let (Some(mean), Some(least), Some(most)) = (self.mean(), self.least(), self.most()) else {
            return "no value".into();
        };
        let missing = match self.missing.len() {
            0 => String::new(),
            n => format!(", {n} missing"),
        };
        format!("mean {mean:.1}, {least} to {most}, of {}{missing}", self.known.len())
    }
}

impl Counting<'_> {
    /// How the values of an attribute spread over `units`; values that are no numbers count as missing.
    #[must_use]
    pub fn spread(&self, attribute: AttributeId, units: &[Unit]) -> Spread {
        let mut out = Spread { known: Vec::new(), missing: Vec::new() };
        for unit in units {
            let number = match self.value(attribute, *unit) {
                Known::Is(value) => value.trim().parse::<f64>().ok().filter(|value| value.is_finite()),
                Known::Not(_) => None,
            };
            match number {
                Some(value) => out.known.push((*unit, value)),
                None => out.missing.push(*unit),
            }
        }
        out
    }
}
