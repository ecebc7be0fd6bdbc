//! How it is counted: overlap, depth of the tree, bootstrap, thresholds of the segment mode.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How it is counted. What an input leaves out has the default.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// The part of a unit that has to be covered before it counts as coded; 0 is any overlap.
    pub min_fraction: f64,
    /// The depth that codes are rolled up to, roots being at 1; none: codes as applied.
    #[serde(deserialize_with = "depth", skip_serializing_if = "Option::is_none")]
    pub rollup_depth: Option<u64>,
    /// How many replicates the bootstrap draws.
    pub bootstrap: usize,
    /// What its generator is seeded with, for every statistic afresh.
    #[serde(deserialize_with = "seed")]
    pub seed: u64,
    /// How much two segments have to share to match, in segment mode.
    pub segment_thresholds: Vec<Threshold>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            min_fraction: 0.0,
            rollup_depth: None,
            bootstrap: 200,
            seed: 42,
            segment_thresholds: vec![Threshold::Any, Threshold::fraction(0.5), Threshold::fraction(0.9)],
        }
    }
}

/// Roots are at depth 1; true, 2.0 and “2” are no depths.
fn depth<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
    match serde_json::Value::deserialize(from)? {
        serde_json::Value::Null => Ok(None),
        value => match value.as_u64() {
            Some(depth) => Ok(Some(depth)),
            None => Err(D::Error::custom(format!("`rollup_depth` is {value}, which is no whole number from 1 on"))),
        },
    }
}

/// Any whole number: one below nothing stands for its 64 bits.
fn seed<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    let number = serde_json::Number::deserialize(from)?;
    match (number.as_u64(), number.as_i64()) {
        (Some(seed), _) => Ok(seed),
        (None, Some(seed)) => Ok(seed as u64),
        (None, None) => Err(D::Error::custom(format!("the seed is {number}, which is no whole number of 64 bits"))),
    }
}

/// How much two segments have to share to match.
#[derive(Clone, PartialEq, Debug)]
pub enum Threshold {
    /// One char.
    Any,
    /// This part of the chars that either of them has (intersection over union).
    Fraction(serde_json::Number),
}

impl Threshold {
    /// The part `of` of the union; numbers that are no numbers are any overlap.
    #[must_use]
    pub fn fraction(of: f64) -> Self {
        serde_json::Number::from_f64(of).map_or(Self::Any, Self::Fraction)
    }

    /// The part that has to be shared; none for any.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Any => None,
            Self::Fraction(number) => number.as_f64(),
        }
    }

    /// Its name in the output: as it was written in the input.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Any => "any".to_owned(),
            Self::Fraction(number) => number.to_string(),
        }
    }
}

impl Serialize for Threshold {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Any => to.serialize_str("any"),
            Self::Fraction(number) => number.serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Threshold {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match serde_json::Value::deserialize(from)? {
            serde_json::Value::String(name) if name == "any" => Ok(Self::Any),
            serde_json::Value::Number(number) => Ok(Self::Fraction(number)),
            other => Err(D::Error::custom(format!("{other} is no threshold; write a number or \"any\""))),
        }
    }
}
