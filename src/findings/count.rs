//! Counting: what holds of how many, of how many, and the passages behind it.
//!
//! An expression holds of a unit (a case, a participant, a source) by the codes that are present there and the values of
//! its attributes. A figure names every unit under one of five answers, so that nothing that is missing, disputed or not
//! yet coded hides behind a no. Saved tables are figures, a line each.

mod groups;
mod spread;
mod table;

pub use groups::Group;
pub use spread::Spread;
pub use table::{Became, Counted, Line, Waves, rests, table};

use super::presence::{Presence, Unit};
use super::truth::Truth;
use crate::project::case::{Attribute, AttributeKind, Bearer};
use crate::project::id::{AttributeId, CaseId, CodeId, RowId};
use crate::project::judgement::{Held, Judgement};
use crate::project::row::{Expr, Test};
use crate::project::view::View;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Answers what holds of whom.
pub struct Counting<'a> {
    view: View<'a>,
    presence: &'a Presence,
    /// What was found of a code (with those below it, or itself) in a unit.
    known: RefCell<HashMap<(Unit, CodeId, bool), Truth>>,
    /// What was found of a row.
    rows: RefCell<HashMap<(Unit, RowId), Truth>>,
}

/// The value of an attribute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Known {
    /// It is this; several are parted by line feeds.
    Is(String),
    /// There is none; or, of one that follows from codings, why it cannot be said.
    Not(Truth),
}

/// How many, and who.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Figure {
    /// Those of whom it holds.
    pub yes: Vec<Unit>,
    /// Those of whom it does not hold.
    pub no: Vec<Unit>,
    /// Those whose value is missing: they stand in the denominator and are named.
    pub missing: Vec<Unit>,
    /// Those about whom coders differ: they stand in the denominator, and the count is a span.
    pub disputed: Vec<Unit>,
    /// Those not yet coded: they stand in no denominator and are named.
    pub not_yet: Vec<Unit>,
}

impl Figure {
    /// How many it holds of, at least.
    #[must_use]
    pub fn low(&self) -> usize {
        self.yes.len()
    }

    /// How many it may hold of once all disputes are settled.
    #[must_use]
    pub fn high(&self) -> usize {
        self.yes.len() + self.disputed.len()
    }

    /// Of how many.
    #[must_use]
    pub fn of(&self) -> usize {
        self.yes.len() + self.no.len() + self.missing.len() + self.disputed.len()
    }

    /// As people read it: `22 of 30`, `12–15 of 30`.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.low(), self.high()) {
            (low, high) if low == high => format!("{low} of {}", self.of()),
            (low, high) => format!("{low}–{high} of {}", self.of()),
        }
    }

    /// Its percentage as journals print it, `73.3`, or a span of two; `None` of none.
    #[must_use]
    pub fn percent(&self) -> Option<String> {
        let share = |n: usize| crate::table::percent(n as u64, self.of() as u64);
        let low = share(self.low())?;
        if self.low() == self.high() { Some(low) } else { Some(format!("{low}–{}", share(self.high())?)) }
    }

    fn add(&mut self, unit: Unit, truth: Truth) {
        match truth {
            Truth::Yes => &mut self.yes,
            Truth::No => &mut self.no,
            Truth::Missing => &mut self.missing,
            Truth::Disputed => &mut self.disputed,
            Truth::NotYet => &mut self.not_yet,
        }
        .push(unit);
    }
}

impl<'a> Counting<'a> {
    /// Answers from what is where.
    #[must_use]
    pub fn new(view: View<'a>, presence: &'a Presence) -> Self {
        Self { view, presence, known: RefCell::default(), rows: RefCell::default() }
    }

    /// What is where.
    #[must_use]
    pub const fn presence(&self) -> &'a Presence {
        self.presence
    }

    /// Whether `expr` holds of a unit. What names something that is gone does not hold.
    #[must_use]
    pub fn holds(&self, expr: &Expr, unit: Unit) -> Truth {
        self.holds_within(expr, unit, 0)
    }

    /// `depth` ends rings, which two people's copies joined can have: no chain is longer than there are rows and attributes.
    fn holds_within(&self, expr: &Expr, unit: Unit, depth: usize) -> Truth {
        const DEEPEST: usize = 64;
        if depth > DEEPEST {
            return Truth::Missing;
        }
        let parts = |parts: &[Expr]| -> Vec<Truth> {
            parts.iter().map(|part| self.holds_within(part, unit, depth + 1)).collect()
        };
        match expr {
            Expr::Code { code, below } => self.code(*code, *below, unit),
            Expr::Attribute(id, test) => match self.view.attribute(*id) {
                Some(attribute) => self.test(attribute, test, unit, depth),
                None => Truth::No,
            },
            Expr::Row(id) => {
                if let Some(known) = self.rows.borrow().get(&(unit, *id)) {
                    return *known;
                }
                let truth = self.view.row(*id).map_or(Truth::No, |row| self.holds_within(&row.holds, unit, depth + 1));
                self.rows.borrow_mut().insert((unit, *id), truth);
                truth
            }
            Expr::Any(of) => Truth::any(parts(of)),
            Expr::All(of) => Truth::all(parts(of)),
            Expr::None(of) => Truth::none(parts(of)),
            Expr::AtLeast(k, of) => Truth::at_least(*k, parts(of)),
        }
    }

    /// Whether a code, or one below it, is there. A unit counts once, however many of them are.
    #[must_use]
    pub fn code(&self, code: CodeId, below: bool, unit: Unit) -> Truth {
        if let Some(known) = self.known.borrow().get(&(unit, code, below)) {
            return *known;
        }
        let book = self.view.codebook();
        let truth = match (book.resolve(code), below) {
            (None, _) => Truth::No,
            (Some(code), false) => self.presence.of(&self.view, unit, code),
            (Some(code), true) => {
                let applied = |id: &CodeId| book.get(*id).is_some_and(|node| !node.code.heading);
                let all: Vec<CodeId> = book.branch(code).into_iter().filter(applied).collect();
                Truth::any(all.into_iter().map(|code| self.presence.of(&self.view, unit, code)))
            }
        };
        self.known.borrow_mut().insert((unit, code, below), truth);
        truth
    }

    fn test(&self, attribute: &Arc<Attribute>, test: &Test, unit: Unit, depth: usize) -> Truth {
        let value = match self.value_within(attribute, unit, depth) {
            Known::Is(value) => value,
            Known::Not(Truth::Missing) if *test == Test::Known => return Truth::No,
            Known::Not(why) => return why,
        };
        let less = |a: &str, b: &str| match attribute.kind {
            // Days are written so that they sort as words.
            AttributeKind::Number => match (a.trim().parse::<f64>(), b.trim().parse::<f64>()) {
                (Ok(a), Ok(b)) => Some(a < b),
                _ => None,
            },
            _ => Some(a < b),
        };
        match test {
            Test::Known => Truth::Yes,
            Test::Is(wanted) => {
                let wanted = wanted.trim().to_lowercase();
                let number =
                    |text: &str| (attribute.kind == AttributeKind::Number).then(|| text.parse::<f64>().ok()).flatten();
                let is = |word: &str| {
                    word.trim().to_lowercase() == wanted
                        || number(word.trim()).is_some_and(|n| Some(n) == number(&wanted))
                };
                Truth::of(value.split('\n').any(is))
            }
            Test::AtLeast(least) => less(&value, least).map_or(Truth::Missing, |less| Truth::of(!less)),
            Test::AtMost(most) => less(most, &value).map_or(Truth::Missing, |less| Truth::of(!less)),
        }
    }

    /// What an attribute says of a unit: its own value, or that of the case that a participant or a source belongs to.
    #[must_use]
    pub fn value(&self, attribute: AttributeId, unit: Unit) -> Known {
        self.view.attribute(attribute).map_or(Known::Not(Truth::Missing), |a| self.value_within(a, unit, 0))
    }

    fn value_within(&self, attribute: &Arc<Attribute>, unit: Unit, depth: usize) -> Known {
        let case = self.case_of(unit);
        if let Some(expr) = &attribute.follows {
            let Some(case) = case else { return Known::Not(Truth::Missing) };
            return match self.holds_within(expr, Unit::Case(case), depth + 1) {
                Truth::Yes => Known::Is("yes".into()),
                Truth::No => Known::Is("no".into()),
                why => Known::Not(why),
            };
        }
        let whose = match (attribute.of, unit) {
            (Bearer::Participant, Unit::Participant(person)) => Some(person.0),
            (Bearer::Participant, _) => None,
            (Bearer::Case, _) => case.map(|case| case.0),
        };
        let wave = self.presence.wave().or_else(|| self.view.waves().first().map(|wave| wave.id));
        let value = whose.and_then(|whose| self.view.value_in(attribute.id, whose, wave));
        value.map_or(Known::Not(Truth::Missing), |value| Known::Is(value.to_owned()))
    }

    /// The case that a unit is or belongs to.
    #[must_use]
    pub fn case_of(&self, unit: Unit) -> Option<CaseId> {
        match unit {
            Unit::Case(case) => Some(case),
            Unit::Participant(person) => self.view.participant(person).and_then(|person| person.case),
            Unit::Source(source) => self.view.source(source).and_then(|source| source.case),
        }
    }

    /// Of how many of `units` an expression holds; where `of` is given, only of those of which that holds.
    #[must_use]
    pub fn figure(&self, expr: &Expr, units: &[Unit], of: Option<&Expr>) -> Figure {
        let mut out = Figure::default();
        for unit in units {
            match of.map_or(Truth::Yes, |of| self.holds(of, *unit)) {
                Truth::Yes => out.add(*unit, self.holds(expr, *unit)),
                Truth::NotYet => out.not_yet.push(*unit),
                // Whether it belongs to the denominator is open; it is named where the denominator itself is looked at.
                Truth::No | Truth::Missing | Truth::Disputed => {}
            }
        }
        out
    }

    /// The passages that an expression rests on in a unit, by number in the working set, each once, in order: those of all
    /// codes that it names, by way of rows and of attributes that follow from codings too.
    #[must_use]
    pub fn behind(&self, expr: &Expr, unit: Unit) -> Vec<usize> {
        let mut codes = BTreeSet::new();
        self.codes_of(expr, &mut codes, 0);
        let mut out: Vec<usize> = codes.into_iter().flat_map(|code| self.presence.passages(unit, code)).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The codes, merges and branches followed, that an expression rests on.
    #[must_use]
    pub fn codes(&self, expr: &Expr) -> BTreeSet<CodeId> {
        let mut codes = BTreeSet::new();
        self.codes_of(expr, &mut codes, 0);
        codes
    }

    fn codes_of(&self, expr: &Expr, into: &mut BTreeSet<CodeId>, depth: usize) {
        if depth > 64 {
            return;
        }
        let book = self.view.codebook();
        for (code, below) in expr.codes() {
            match below {
                true => into.extend(book.branch(code)),
                false => into.extend(book.resolve(code)),
            }
        }
        for row in expr.rows().into_iter().filter_map(|row| self.view.row(row)) {
            self.codes_of(&row.holds, into, depth + 1);
        }
        for attribute in expr.attributes().into_iter().filter_map(|attribute| self.view.attribute(attribute)) {
            if let Some(follows) = &attribute.follows {
                self.codes_of(follows, into, depth + 1);
            }
        }
    }

    /// The attributes that an expression asks, by way of rows too, each once, in order.
    #[must_use]
    pub fn attributes(&self, expr: &Expr) -> Vec<AttributeId> {
        let mut out = Vec::new();
        self.attributes_of(expr, &mut out, 0);
        out
    }

    fn attributes_of(&self, expr: &Expr, into: &mut Vec<AttributeId>, depth: usize) {
        if depth > 64 {
            return;
        }
        for attribute in expr.attributes() {
            if !into.contains(&attribute) {
                into.push(attribute);
            }
        }
        for row in expr.rows().into_iter().filter_map(|row| self.view.row(row)) {
            self.attributes_of(&row.holds, into, depth + 1);
        }
    }

    /// What is held of the codes that an expression names itself, per judgement the cases among `units`: the newest
    /// judgement of a code in a case counts, whoever made it.
    #[must_use]
    pub fn judged(&self, expr: &Expr, units: &[Unit]) -> Vec<(Held, Vec<&'a Arc<Judgement>>)> {
        let book = self.view.codebook();
        let codes: BTreeSet<CodeId> = expr.codes().into_iter().filter_map(|(code, _)| book.resolve(code)).collect();
        let mut newest: HashMap<(CaseId, CodeId), &'a Arc<Judgement>> = HashMap::new();
        for judgement in self.view.judgements() {
            let of_wave =
                self.presence.wave().is_none() || judgement.wave.is_none_or(|w| Some(w) == self.presence.wave());
            let code = book.resolve(judgement.code).filter(|code| codes.contains(code) && of_wave);
            if let Some(code) = code.filter(|_| units.contains(&Unit::Case(judgement.case))) {
                newest.insert((judgement.case, code), judgement);
            }
        }
        let of = |held: Held| {
            let mut all: Vec<_> = newest.values().copied().filter(|judgement| judgement.held == held).collect();
            all.sort_by_key(|judgement| (units.iter().position(|unit| unit.id() == judgement.case.0), judgement.id));
            (held, all)
        };
        Held::ALL.into_iter().map(of).filter(|(_, all)| !all.is_empty()).collect()
    }
}

#[cfg(test)]
mod laws;
