//! What items, outcomes and coders are called in the Reconcile view. Coders are letters here; who they are is said
//! below the words, unless names are hidden.

use crate::agreement::ItemType;
use crate::findings::queue::{Gist, Item, Order, Queue, State, Stood};
use crate::project::decision::Outcome;
use crate::project::id::CoderId;
use crate::project::put::Put;
use crate::project::view::View;
use crate::screen::app::App;

/// The letter of the coder at this place: A, B, … Z, then numbers.
#[must_use]
pub fn letter_at(place: usize) -> String {
    match u8::try_from(place) {
        Ok(n @ 0..26) => char::from(b'A' + n).to_string(),
        _ => (place + 1).to_string(),
    }
}

/// The place of a coder in a round.
#[must_use]
pub fn place_of(queue: &Queue, coder: CoderId) -> Option<usize> {
    queue.coders.iter().position(|other| *other == coder)
}

/// The letter of a coder; `?` for somebody who is not of the round.
#[must_use]
pub fn letter(queue: &Queue, coder: CoderId) -> String {
    place_of(queue, coder).map_or_else(|| "?".to_owned(), letter_at)
}

/// The names of an item's codes: `Stepped care / Referral`.
#[must_use]
pub fn codes(view: &View<'_>, item: &Item) -> String {
    let names: Vec<&str> = item.codes.iter().map(|code| view.code_name(*code)).collect();
    names.join(" / ")
}

/// A name as short as a column needs it: `Practice 11` is `P11`; what has no number stays as it is.
#[must_use]
pub fn short(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((words, number)) if !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) => {
            let initials: String = words.split_whitespace().filter_map(|word| word.chars().next()).collect();
            format!("{initials}{number}")
        }
        _ => name.to_owned(),
    }
}

/// The name of a case; `?` if it is gone.
#[must_use]
pub fn case_of(view: &View<'_>, item: &Item) -> String {
    view.case(item.case).map_or_else(|| "?".to_owned(), |case| case.name.clone())
}

fn number(n: usize) -> String {
    match n {
        1 => "one".to_owned(),
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        4 => "four".to_owned(),
        5 => "five".to_owned(),
        n => n.to_string(),
    }
}

/// What an item comes down to: `only A`, `siblings`, `A wider by 41`.
#[must_use]
pub fn gist(queue: &Queue, item: &Item) -> String {
    let letters = |coders: &[CoderId]| coders.iter().map(|coder| letter(queue, *coder)).collect::<Vec<_>>().join(", ");
    match item.gist() {
        Gist::Only(coder) => format!("only {}", letter(queue, coder)),
        Gist::Partly { have, lack } => format!("{}, not {}", letters(&have), letters(&lack)),
        Gist::Siblings => "siblings".to_owned(),
        Gist::ParentChild => "parent, child".to_owned(),
        Gist::OtherCode => "other code".to_owned(),
        Gist::Wider(coder, chars) => format!("{} wider by {chars}", letter(queue, coder)),
        Gist::Overlap(percent) => format!("overlap {percent}%"),
        Gist::Pieces(of) => {
            let counts: Vec<String> = of.iter().map(|(_, n)| number(*n)).collect();
            let last = of.last().map_or(2, |(_, n)| *n);
            format!("{} piece{}", counts.join(", "), if last == 1 { "" } else { "s" })
        }
    }
}

/// What a kind of disagreement is called.
#[must_use]
pub const fn kind(kind: ItemType) -> &'static str {
    match kind {
        ItemType::Only => "only one coder",
        ItemType::Partial => "some of the coders",
        ItemType::OtherCode => "another code",
        ItemType::Sibling => "sibling codes",
        ItemType::ParentChild => "parent and child",
        ItemType::Extent => "other ends",
        ItemType::Split => "other pieces",
    }
}

/// All kinds, from what is about meaning to what is about borders.
pub const KINDS: [ItemType; 7] = [
    ItemType::Only,
    ItemType::Partial,
    ItemType::OtherCode,
    ItemType::Sibling,
    ItemType::ParentChild,
    ItemType::Extent,
    ItemType::Split,
];

/// How items stand, for filters.
#[must_use]
pub const fn stood(stood: Stood) -> &'static str {
    match stood {
        Stood::Open => "open",
        Stood::Discuss => "to discuss",
        Stood::Passed => "put to a third person",
        Stood::Decided => "decided",
        Stood::AfterReveal => "changed after the reveal",
    }
}

/// The heading that an item stands under.
#[must_use]
pub fn heading(view: &View<'_>, order: Order, item: &Item) -> String {
    match order {
        Order::TableFirst => item.group().title().to_owned(),
        Order::Code => item.codes.first().map_or("", |code| view.code_name(*code)).to_owned(),
        Order::Case => case_of(view, item),
        Order::Kind => kind(item.kind).to_owned(),
        Order::Size => String::new(),
    }
}

/// What an item is found by, in small letters.
#[must_use]
pub fn all_words(view: &View<'_>, queue: &Queue, item: &Item) -> String {
    let source = view.source(item.source).map_or("", |source| source.name.as_str());
    let parts = [
        codes(view, item),
        case_of(view, item),
        short(&case_of(view, item)),
        source.to_owned(),
        gist(queue, item),
        kind(item.kind).to_owned(),
        state(queue, item).unwrap_or_default(),
    ];
    parts.join(" ").to_lowercase()
}

/// Where an item stands, if anything was said about it or it came of a late change: `to discuss`, `after reveal`.
#[must_use]
pub fn state(queue: &Queue, item: &Item) -> Option<String> {
    match &item.state {
        State::Decided(decision) => Some(outcome(queue, decision.outcome)),
        State::Discuss(_) => Some("to discuss".to_owned()),
        State::Passed(_) => Some("put to a third person".to_owned()),
        State::Open => item.after_reveal.then(|| "after reveal".to_owned()),
    }
}

/// An outcome as it is said where it was decided; coders are letters.
#[must_use]
pub fn outcome(queue: &Queue, outcome: Outcome) -> String {
    match outcome {
        Outcome::As(coder) => format!("adopted {}", letter(queue, coder)),
        Outcome::Wider => "took the wider".to_owned(),
        Outcome::Tighter => "took the tighter".to_owned(),
        Outcome::Both => "kept both codes".to_owned(),
        Outcome::Neither => "rejected all".to_owned(),
        Outcome::Other => "decided otherwise".to_owned(),
        Outcome::Discuss => "left for discussion".to_owned(),
        Outcome::Passed(_) => "put to a third person".to_owned(),
    }
}

/// Words as they stand in a text, on one line, cut in the middle where they are many.
#[must_use]
pub fn quoted(words: &str, most: usize) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let half = most.saturating_sub(3) / 2;
    let start: String = line.chars().take(half).collect();
    let end: String = line.chars().skip(line.chars().count() - half).collect();
    format!("{} … {}", start.trim_end(), end.trim_start())
}

/// What was taken back, as it may be said here: the log names coders.
#[must_use]
pub fn undone(app: &App, did: String, puts: &[Put]) -> String {
    let decisions = puts.iter().filter(|put| matches!(put, Put::Decision(_))).count();
    if app.reconcile.shows_names(app.study.coder()) || decisions == 0 {
        return did;
    }
    if decisions == 1 { "a decision".to_owned() } else { format!("{decisions} decisions") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_cases_are_named_by_their_first_letters_and_number() {
        assert_eq!((short("Practice 11"), short("Site visit 3")), ("P11".into(), "Sv3".into()));
        assert_eq!((short("Northside"), short("North side")), ("Northside".into(), "North side".into()));
    }

    #[test]
    fn coders_are_letters_for_as_long_as_there_are_any() {
        assert_eq!((letter_at(0), letter_at(2), letter_at(30)), ("A".into(), "C".into(), "31".into()));
    }

    #[test]
    fn long_words_are_cut_in_the_middle() {
        assert_eq!(quoted("as  it\nis", 20), "as it is");
        assert_eq!(quoted("one two three four five six", 15), "one tw … ve six");
    }
}
