//! The table that NVivo's coding comparison gives: kappa and agreement per code, document and pair of coders, in chars.
//! For checking against it only: its kappa is 1 where nobody coded anything.

use super::numbers::sum;
use super::ranges::{common, length};
use super::study::{Name, Study};
use crate::agreement::maps::Map;
use serde::Serialize;

/// Two coders.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct NvivoPair {
    /// The first.
    pub a: Name,
    /// The second.
    pub b: Name,
    /// Per code that there is a document to compare for.
    pub codes: Map<Name, NvivoCode>,
    /// Over all rows of all codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall: Option<NvivoMeans>,
}

/// One code.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct NvivoCode {
    /// Per document that both cover and that is not empty.
    pub rows: Vec<NvivoRow>,
    /// Over the documents.
    #[serde(flatten)]
    pub means: NvivoMeans,
}

/// One code in one document; shares are of its chars.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct NvivoRow {
    /// The document.
    pub doc: Name,
    /// Its chars.
    pub size: i64,
    /// Cohen's kappa, and 1 where agreement is complete.
    pub kappa: f64,
    /// Both or neither.
    pub agreement: f64,
    /// Both.
    pub both: f64,
    /// Neither.
    pub neither: f64,
    /// One but not the other.
    pub disagreement: f64,
    /// The first only.
    pub a_not_b: f64,
    /// The second only.
    pub b_not_a: f64,
}

/// Means over documents: each counting alike, and each by its size.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct NvivoMeans {
    /// Kappa.
    pub kappa_unweighted: f64,
    /// Kappa by size.
    pub kappa_size_weighted: f64,
    /// Agreement.
    pub agreement_unweighted: f64,
    /// Agreement by size.
    pub agreement_size_weighted: f64,
}

impl NvivoMeans {
    /// None of nothing.
    fn of<'a>(rows: impl Iterator<Item = &'a NvivoRow> + Clone) -> Option<Self> {
        let count = rows.clone().count();
        if count == 0 {
            return None;
        }
        let size = rows.clone().map(|row| row.size).sum::<i64>() as f64;
        let plain = |of: fn(&NvivoRow) -> f64| sum(rows.clone().map(of)) / count as f64;
        let weighted = |of: fn(&NvivoRow) -> f64| sum(rows.clone().map(|row| of(row) * row.size as f64)) / size;
        Some(Self {
            kappa_unweighted: plain(|row| row.kappa),
            kappa_size_weighted: weighted(|row| row.kappa),
            agreement_unweighted: plain(|row| row.agreement),
            agreement_size_weighted: weighted(|row| row.agreement),
        })
    }
}

impl Study {
    /// The table for every two coders.
    #[must_use]
    pub fn nvivo(&self) -> Vec<NvivoPair> {
        self.two_coders().map(|(a, b)| self.nvivo_pair(a, b)).collect()
    }

    fn nvivo_pair(&self, a: usize, b: usize) -> NvivoPair {
        let mut codes = Map::default();
        for (code, name) in self.codes.iter().enumerate() {
            let rows: Vec<NvivoRow> = self.nvivo_rows(a, b, code);
            if let Some(means) = NvivoMeans::of(rows.iter()) {
                codes.insert(name.clone(), NvivoCode { rows, means });
            }
        }
        let overall = NvivoMeans::of(codes.values().flat_map(|code| &code.rows));
        NvivoPair { a: self.coders[a].clone(), b: self.coders[b].clone(), codes, overall }
    }

    fn nvivo_rows(&self, a: usize, b: usize, code: usize) -> Vec<NvivoRow> {
        let docs = self.docs.iter().filter(|doc| doc.covered.has(a) && doc.covered.has(b) && doc.length > 0);
        docs.map(|doc| {
            let (of_a, of_b) = (doc.pieces_of(code, a), doc.pieces_of(code, b));
            let both = length(&common(of_a, of_b));
            let (only_a, only_b) = (length(of_a) - both, length(of_b) - both);
            let size = doc.length;
            let agreed = size - only_a - only_b;
            let wide = |x: i64, y: i64| (i128::from(x) * i128::from(y)) as f64;
            let (a, b) = (both + only_a, both + only_b);
            let chance = (wide(a, b) + wide(size - a, size - b)) / size as f64;
            let share = |part: i64| part as f64 / size as f64;
            let agreement = share(agreed);
            NvivoRow {
                doc: doc.name.clone(),
                size,
                kappa: if agreed == size { 1.0 } else { (agreed as f64 - chance) / (size as f64 - chance) },
                agreement,
                both: share(both),
                neither: share(agreed - both),
                disagreement: 1.0 - agreement,
                a_not_b: share(only_a),
                b_not_a: share(only_b),
            }
        })
        .collect()
    }
}
