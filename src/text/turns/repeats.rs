//! Lines that a page carries and nobody said: `Page 3 of 20`, `Confidential`. Shown to the analyst, never removed.

use super::labels::NO_LABEL;
use super::lines::Lines;
use super::shapes::{Kind, Shape};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The longest line that can be one, in bytes.
const LONGEST: usize = 100;

/// Lines that are the same but for their numbers, as indices.
pub(super) struct Repeat {
    pub(super) lines: Vec<usize>,
}

/// Finds them among the lines for which `is_turn` is false. Linear in the number of lines.
pub(super) fn find(lines: &Lines<'_>, is_turn: impl Fn(&Shape) -> bool) -> Vec<Repeat> {
    let may = |shape: &Shape| {
        let length = (shape.end - shape.visible) as usize;
        let spoken = matches!(shape.kind, Kind::Blank | Kind::Time | Kind::Meta | Kind::By | Kind::Tier | Kind::Number);
        (4..=LONGEST).contains(&length) && !spoken && !is_turn(shape)
    };
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for shape in lines.shapes.iter().filter(|shape| may(shape)) {
        *counts.entry(face(lines.seen(shape))).or_default() += 1;
    }
    counts.retain(|_, count| *count >= 3);
    if counts.is_empty() {
        return Vec::new();
    }
    let mut groups: Vec<Repeat> = Vec::new();
    let mut places: HashMap<u64, usize> = HashMap::new();
    for (index, shape) in lines.shapes.iter().enumerate().filter(|(_, shape)| may(shape)) {
        let face = face(lines.seen(shape));
        if counts.contains_key(&face) {
            let place = *places.entry(face).or_insert_with(|| {
                groups.push(Repeat { lines: Vec::new() });
                groups.len() - 1
            });
            groups[place].lines.push(index);
        }
    }
    groups.retain(|group| is_of_pages(lines, group));
    groups
}

/// A line with its numbers masked, as a hash.
fn face(seen: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut in_number = false;
    for byte in seen.bytes() {
        let digit = byte.is_ascii_digit();
        if !(digit && in_number) {
            (if digit { b'#' } else { byte.to_ascii_lowercase() }).hash(&mut hasher);
        }
        in_number = digit;
    }
    hasher.finish()
}

/// Whether lines that repeat belong to pages: numbered upwards, or of a word that pages carry, or evenly spaced.
fn is_of_pages(lines: &Lines<'_>, group: &Repeat) -> bool {
    let seen = |index: &usize| lines.seen(&lines.shapes[*index]);
    let first = seen(&group.lines[0]).to_lowercase();
    let labelled = lines.shapes[group.lines[0]].label != NO_LABEL;
    let numbers: Vec<Option<u64>> = group.lines.iter().map(|index| first_number(seen(index))).collect();
    let rising = numbers.windows(2).all(|pair| matches!(pair, [Some(a), Some(b)] if a < b));
    let paged = ["page", "seite", "página", "pagina", "pág", "blatt"].iter().any(|word| first.contains(word))
        || (first.starts_with(['-', '–', '[']) && first.chars().filter(|c| c.is_alphabetic()).count() == 0);
    let marked =
        ["confidential", "vertraulich", "confidentiel", "confidencial", "vertrouwelijk", "draft", "do not cite"]
            .iter()
            .any(|word| first.contains(word));
    (rising && paged) || (marked && !first.ends_with(['.', '?', '!'])) || (!labelled && is_even(&group.lines, &first))
}

fn first_number(seen: &str) -> Option<u64> {
    let digits = seen.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?;
    digits.parse().ok()
}

/// Whether a line of some length comes at steps of nearly equal length, as page by page.
fn is_even(places: &[usize], first: &str) -> bool {
    if places.len() < 4 || first.len() < 8 || first.ends_with(['.', '?', '!', '…', ',']) {
        return false;
    }
    let steps: Vec<f64> = places.windows(2).map(|pair| (pair[1] - pair[0]) as f64).collect();
    let mean = steps.iter().sum::<f64>() / steps.len() as f64;
    let spread = (steps.iter().map(|step| (step - mean).powi(2)).sum::<f64>() / steps.len() as f64).sqrt();
    mean >= 15.0 && spread <= 0.3 * mean
}
