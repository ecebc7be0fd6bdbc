//! The unitizing family of alphas (Krippendorff, Mathet, Bouvry & Widlöcher 2016): codings as segments of a continuum,
//! of which the boundaries count and not only the codes.
//!
//! Documents are added up, each with the coders who cover it. Where a coder's codes overlap, each stretch between that
//! coder's borders has its set of codes as its value.

use super::coefficients::{Basis, Coefficient, Undefined};
use super::numbers::sum;
use super::ranges::Span;
use super::sets::{Sets, likeness};
use super::study::{Doc, Name, Study};
use crate::agreement::maps::{Lookup, Map};
use serde::Serialize;

/// The family, for all codes.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Unitizing {
    /// Per code alone: whether its segments are where the others' are.
    pub codes: Map<Name, Coefficient>,
    /// Per domain.
    pub domains: Map<Name, DomainAlphas>,
    /// With the set of domains as the value; where there are several domains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub across_domains: Option<Alphas>,
}

/// The family in one domain.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DomainAlphas {
    /// Whether a coder gave two of its codes to the same words: then `cu_jaccard` is the one to read.
    pub overlapping_codes: bool,
    /// The coefficients.
    #[serde(flatten)]
    pub alphas: Alphas,
}

/// The family.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Alphas {
    /// Chars times coders, of documents that two coders cover.
    pub length_pairable: f64,
    /// Borders and codes.
    pub u_alpha: Coefficient,
    /// Relevant or not.
    pub bar_u_alpha: Coefficient,
    /// The part of the length that was coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<f64>,
    /// Codes, where both coded.
    pub cu_alpha: Coefficient,
    /// The same, by Jaccard's distance of the sets.
    pub cu_jaccard: Coefficient,
    /// Per value, its names joined by `+`.
    pub k: Map<String, ValueAlpha>,
}

/// One value against all others.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct ValueAlpha {
    /// The value; none where nothing could vary.
    pub value: Option<f64>,
    /// Why there is none.
    pub reason: Option<Undefined>,
    /// The part of its length that the others coded too; none where it has no length.
    pub coverage: Option<f64>,
}

impl Study {
    /// The unitizing family.
    #[must_use]
    pub fn unitizing(&self) -> Unitizing {
        let alone =
            |(code, name): (usize, &Name)| (name.clone(), self.continuum(&self.chosen(&[code]), None).alphas().u_alpha);
        let domain = |(name, codes): (&Name, &Vec<usize>)| {
            let continuum = self.continuum(&self.chosen(codes), None);
            let figures =
                DomainAlphas { overlapping_codes: continuum.overlapping, alphas: continuum.named(&self.codes) };
            (name.clone(), figures)
        };
        Unitizing {
            codes: self.codes.iter().enumerate().map(alone).collect(),
            domains: self.domains.iter().map(domain).collect(),
            across_domains: (self.domains.len() > 1).then(|| self.across()),
        }
    }

    fn chosen(&self, codes: &[usize]) -> Vec<bool> {
        let mut chosen = vec![false; self.codes.len()];
        codes.iter().for_each(|&code| chosen[code] = true);
        chosen
    }

    fn across(&self) -> Alphas {
        let mut domains_of: Vec<Vec<usize>> = vec![Vec::new(); self.codes.len()];
        for (domain, codes) in self.domains.values().enumerate() {
            codes.iter().for_each(|&code| domains_of[code].push(domain));
        }
        let chosen: Vec<bool> = domains_of.iter().map(|domains| !domains.is_empty()).collect();
        let names: Vec<Name> = self.domains.keys().cloned().collect();
        self.continuum(&chosen, Some(&domains_of)).named(&names)
    }

    /// The segments of the chosen codes; each code stands for itself, or for what `means` says.
    fn continuum(&self, chosen: &[bool], means: Option<&[Vec<usize>]>) -> Continuum {
        let mut continuum = Continuum::default();
        for doc in self.docs.iter().filter(|doc| doc.length > 0) {
            let segments: Vec<Vec<Segment>> =
                doc.covered.iter().map(|coder| continuum.flatten(doc, coder, chosen, means)).collect();
            continuum.add(&segments);
        }
        continuum
    }
}

/// A stretch of one coder's continuum; the set without codes is a gap.
#[derive(Clone, Copy, Debug)]
struct Segment {
    span: Span,
    value: usize,
}

const GAP: usize = Sets::EMPTY;

/// What the documents add up to.
#[derive(Default)]
struct Continuum {
    sets: Sets,
    overlapping: bool,
    /// Chars on which one coder has a value and another has a value, by their values; each over the other coders.
    shared: Lookup<(usize, usize), f64>,
    /// Per value: the squares of its segments' lengths; of gaps, their lengths.
    squares: Vec<f64>,
    /// Per value: the squares of the parts of its segments that another coder gave a value.
    covered_squares: Vec<f64>,
}

impl Continuum {
    /// One coder's segments from the start to the end of a document. Values keep every border, gaps none.
    fn flatten(&mut self, doc: &Doc, coder: usize, chosen: &[bool], means: Option<&[Vec<usize>]>) -> Vec<Segment> {
        let mut borders: Vec<(i64, bool, usize)> = Vec::new();
        for group in doc.groups.iter().filter(|group| group.coder == coder && chosen[group.code]) {
            for &Span { start, end } in doc.pieces(group) {
                borders.push((start, true, group.code));
                borders.push((end, false, group.code));
            }
        }
        borders.sort_unstable();
        let mut segments = Vec::with_capacity(borders.len() + 1);
        let mut held: Vec<usize> = Vec::new();
        let mut from = 0;
        for here in borders.chunk_by(|a, b| a.0 == b.0) {
            let at = here[0].0;
            if at > from {
                self.overlapping |= held.len() > 1;
                segments.push(Segment { span: Span::new(from, at), value: self.value(&held, means) });
                from = at;
            }
            for &(_, starts, code) in here {
                match held.binary_search(&code) {
                    Err(place) if starts => held.insert(place, code),
                    Ok(place) if !starts => {
                        held.remove(place);
                    }
                    _ => {}
                }
            }
        }
        if doc.length > from {
            segments.push(Segment { span: Span::new(from, doc.length), value: GAP });
        }
        segments
    }

    fn value(&mut self, held: &[usize], means: Option<&[Vec<usize>]>) -> usize {
        match means {
            None => self.sets.number(held),
            Some(means) => {
                let mut meant: Vec<usize> = held.iter().flat_map(|&code| &means[code]).copied().collect();
                meant.sort_unstable();
                meant.dedup();
                self.sets.number(&meant)
            }
        }
    }

    /// Adds the segments of all coders of one document.
    fn add(&mut self, coders: &[Vec<Segment>]) {
        // Sets that only a single coder's document has are numbered too, and have no length.
        self.squares.resize(self.sets.count(), 0.0);
        self.covered_squares.resize(self.sets.count(), 0.0);
        if coders.len() < 2 {
            return;
        }
        let others = coders.len() as f64 - 1.0;
        for (i, own) in coders.iter().enumerate() {
            for segment in own {
                let length = segment.span.length() as f64;
                self.squares[segment.value] += if segment.value == GAP { length } else { length * length };
            }
            for other in coders.iter().enumerate().filter(|&(j, _)| j != i).map(|(_, other)| other) {
                let mut first = 0;
                for segment in own {
                    while other[first].span.end <= segment.span.start {
                        first += 1;
                    }
                    let mut valued = 0;
                    for met in other[first..].iter().take_while(|met| met.span.start < segment.span.end) {
                        let shared = met.span.common(segment.span).map_or(0, Span::length);
                        *self.shared.entry((segment.value, met.value)).or_default() += shared as f64 / others;
                        valued += if met.value == GAP { 0 } else { shared };
                    }
                    if segment.value != GAP {
                        self.covered_squares[segment.value] += (valued as f64).powi(2) / others;
                    }
                }
            }
        }
    }

    fn alphas(&self) -> Alphas {
        self.named(&[])
    }

    /// The coefficients; names are those of what the sets hold, none where no value has to be named.
    fn named(&self, names: &[Name]) -> Alphas {
        let count = self.sets.count();
        let same = |value: usize| self.shared.get(&(value, value)).copied().unwrap_or(0.0);
        // Per value its length, and its length where the other coder has a value too.
        let (mut lengths, mut valued) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        let mut pairs: Vec<(&(usize, usize), &f64)> = self.shared.iter().collect();
        pairs.sort_unstable_by_key(|(values, _)| **values);
        for (&(a, b), &shared) in pairs {
            lengths[a].push(shared);
            if a != GAP && b != GAP {
                valued[a].push(shared);
            }
        }
        let lengths: Vec<f64> = lengths.into_iter().map(sum).collect();
        let valued: Vec<f64> = valued.into_iter().map(sum).collect();
        let total = sum(lengths.iter().copied());
        let mut alphas = Alphas {
            length_pairable: total,
            u_alpha: Coefficient::unpaired(),
            bar_u_alpha: Coefficient::unpaired(),
            coverage: None,
            cu_alpha: Coefficient::unpaired(),
            cu_jaccard: Coefficient::unpaired(),
            k: Map::default(),
        };
        if total == 0.0 {
            return alphas;
        }
        let room = total * total - sum(self.squares.iter().copied());
        if room > 0.0 {
            let expected = |value: usize| total * (lengths[value] * lengths[value] - self.squares[value]) / room;
            alphas.u_alpha = ratio(total - sum((0..count).map(same)), total - sum((0..count).map(expected)), total);
            let gaps = total * (lengths[GAP] * total - self.squares[GAP]) / room;
            alphas.bar_u_alpha = ratio(lengths[GAP] - same(GAP), gaps - expected(GAP), total);
        } else {
            let undefined = Coefficient::undefined(Undefined::NoVariation, Basis::Plain);
            (alphas.u_alpha, alphas.bar_u_alpha) = (undefined, undefined);
        }
        self.where_both_coded(&mut alphas, &lengths, &valued, names);
        alphas
    }

    /// What leaves the gaps out.
    fn where_both_coded(&self, alphas: &mut Alphas, lengths: &[f64], valued: &[f64], names: &[Name]) {
        let total = sum(valued.iter().copied());
        alphas.coverage = Some(total / alphas.length_pairable);
        if total == 0.0 {
            return;
        }
        let room = total * total - sum(self.covered_squares.iter().copied());
        if room <= 1e-9 {
            let undefined = Coefficient::undefined(Undefined::NoVariation, Basis::Plain);
            (alphas.cu_alpha, alphas.cu_jaccard) = (undefined, undefined);
            return;
        }
        let values: Vec<usize> = (0..lengths.len()).filter(|&value| value != GAP && lengths[value] > 0.0).collect();
        let same = |value: usize| self.shared.get(&(value, value)).copied().unwrap_or(0.0);
        let expected = |value: usize| total * (valued[value] * valued[value] - self.covered_squares[value]) / room;
        let margin = |value: usize| total * (valued[value] * total - self.covered_squares[value]) / room;
        alphas.cu_alpha = ratio(
            total - sum(values.iter().map(|&value| same(value))),
            total - sum(values.iter().map(|&value| expected(value))),
            total,
        );
        let apart = |(&(a, b), &shared): (&(usize, usize), &f64)| {
            let both = a != GAP && b != GAP && a != b;
            if both { shared * self.sets.jaccard_distance(a, b) } else { 0.0 }
        };
        let unlike = total * total - sum(values.iter().map(|&value| valued[value] * valued[value]));
        let alike = likeness(values.iter().map(|&value| (self.sets.codes(value), valued[value])));
        alphas.cu_jaccard = ratio(sum(self.shared.iter().map(apart)), total * (unlike - 2.0 * alike[0]) / room, total);
        if names.is_empty() {
            return;
        }
        for value in values {
            let mut name: Vec<&str> = self.sets.codes(value).iter().map(|&code| &*names[code]).collect();
            name.sort_unstable();
            let coverage = (lengths[value] > 0.0).then(|| valued[value] / lengths[value]);
            let (margin, expected) = (margin(value), expected(value));
            let defined = valued[value] != 0.0 && (margin - expected).abs() >= 1e-12 * total.max(1.0);
            let alpha =
                defined.then(|| 1.0 - (margin / valued[value]) * (valued[value] - same(value)) / (margin - expected));
            let reason = (!defined).then_some(Undefined::NoVariation);
            alphas.k.insert(name.join("+"), ValueAlpha { value: alpha, reason, coverage });
        }
        alphas.k.sort_unstable_keys();
    }
}

/// One less observed over expected, where the expected is not nothing; it may be below nothing.
fn ratio(observed: f64, expected: f64, total: f64) -> Coefficient {
    let basis = Basis::Disorder { observed, expected };
    if expected.abs() < 1e-12 * total.max(1.0) {
        return Coefficient::undefined(Undefined::NoVariation, basis);
    }
    Coefficient::new(1.0 - observed / expected, basis)
}

#[cfg(test)]
mod tests {
    use super::super::input::{Coding, Document, Input};
    use super::*;

    fn study(length: i64, codings: &[(&str, &str, i64, i64)]) -> Study {
        let mut coders: Vec<String> = codings.iter().map(|coding| coding.0.to_owned()).collect();
        coders.dedup();
        let coding = |&(coder, code, start, end): &(&str, &str, i64, i64)| Coding {
            document: "d".into(),
            coder: coder.into(),
            code: code.into(),
            span: Span::new(start, end),
        };
        let input = Input {
            documents: vec![Document { id: "d".to_owned(), length, ..Document::default() }],
            coders,
            codings: codings.iter().map(coding).collect(),
            ..Input::default()
        };
        Study::prepare(input).expect("a study")
    }

    /// The example in the README of the Python package krippendorff_unitized_alpha: three coders, one code. Its segments
    /// leave out a char between one and the next.
    #[test]
    fn u_alpha_is_that_of_another_implementation() {
        let mut continuum = Continuum::default();
        let code = continuum.sets.number(&[0]);
        let segments = |all: &[(i64, i64, usize)]| -> Vec<Segment> {
            all.iter().map(|&(start, end, value)| Segment { span: Span::new(start, end), value }).collect()
        };
        continuum.add(&[
            segments(&[(0, 2, GAP), (3, 14, code), (15, 21, GAP), (22, 52, code), (53, 55, GAP)]),
            segments(&[(0, 2, GAP), (3, 9, code), (10, 21, GAP), (22, 52, code), (53, 55, GAP)]),
            segments(&[(0, 21, GAP), (22, 45, code), (46, 55, GAP)]),
        ]);
        let alpha = continuum.alphas().u_alpha.value.expect("a value");
        assert!((alpha - 0.567_199_250_899_413_5).abs() < 1e-12, "{alpha}");
        assert_eq!(continuum.alphas().bar_u_alpha.value, Some(alpha));
    }

    /// Two coders who mark the same passages with two codes differ in the codes alone.
    #[test]
    fn borders_and_codes_are_told_apart() {
        let study = study(100, &[("1", "x", 10, 20), ("1", "y", 40, 60), ("2", "y", 10, 20), ("2", "x", 40, 60)]);
        let found = &study.unitizing().domains["all"];
        assert!(!found.overlapping_codes);
        assert_eq!(found.alphas.bar_u_alpha.value, Some(1.0));
        assert_eq!(found.alphas.coverage, Some(0.3));
        assert!(found.alphas.cu_alpha.value.expect("a value") < 0.0);
    }

    #[test]
    fn touching_pieces_stay_two_segments_and_gaps_are_one() {
        let mut continuum = Continuum::default();
        let study = study(50, &[("1", "x", 0, 10), ("1", "x", 10, 20), ("1", "y", 15, 30)]);
        let flat = continuum.flatten(&study.docs[0], 0, &[true, true], None);
        let ends: Vec<i64> = flat.iter().map(|segment| segment.span.end).collect();
        assert_eq!(ends, [10, 15, 20, 30, 50]);
        assert_eq!(flat.last().map(|segment| segment.value), Some(GAP));
        assert!(continuum.overlapping);
    }
}
