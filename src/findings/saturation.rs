//! New codes by case: how many codes each further case brought that none before it had, in an order that is chosen.
//!
//! A code is new in the first case, by that order, that has a passage of it. Codes from before the reading and codes that
//! came from it are told apart: the first were there to be found, only the second show whether there was more to find.

use super::working::{Counted, Working};
use crate::project::codebook::Origin;
use crate::project::id::{CaseId, CodeId};
use crate::project::view::View;
use crate::table::{Cell, Table};
use std::collections::{HashMap, HashSet};

/// In which order the cases come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// As in the study.
    #[default]
    Study,
    /// By the day on which the first text of each was collected; those without a day last.
    Collected,
    /// By name.
    Name,
    /// At random, as this number says.
    Random(u64),
}

impl Order {
    /// What it is, in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Study => "cases as in the study".to_owned(),
            Self::Collected => "cases by day of collection".to_owned(),
            Self::Name => "cases by name".to_owned(),
            Self::Random(seed) => format!("cases at random, seed {seed}"),
        }
    }
}

/// What a case brought.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The case.
    pub case: CaseId,
    /// Codes from before the reading that no case before it had, in tree order.
    pub prior: Vec<CodeId>,
    /// Codes from the reading that no case before it had, in tree order.
    pub emergent: Vec<CodeId>,
    /// How many codes it has.
    pub used: usize,
    /// How many codes from before the reading were found up to here.
    pub prior_so_far: usize,
    /// How many codes from the reading were found up to here.
    pub emergent_so_far: usize,
}

/// New codes by case.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Saturation {
    /// The cases in order.
    pub steps: Vec<Step>,
    /// Cases of which nothing is coded, in the order of the study: they say nothing of saturation.
    pub uncoded: Vec<CaseId>,
    /// Codes that can be applied and that no case has, in tree order.
    pub unused: Vec<CodeId>,
    /// How many counted passages belong to no case.
    pub without_case: usize,
}

impl Saturation {
    /// The same as a table, each number of new codes with the codings that show them.
    #[must_use]
    pub fn as_table(&self, view: &View<'_>, working: &Working, order: Order) -> Table {
        let columns = [
            ("n", "#"),
            ("case", "Case"),
            ("codes", "Codes"),
            ("new_a_priori", "New a priori"),
            ("new_emergent", "New emergent"),
            ("a_priori_so_far", "A priori so far"),
            ("emergent_so_far", "Emergent so far"),
            ("new_codes", "New codes"),
        ];
        let mut table = Table::new("", columns).in_files(["case_id"]);
        let count = |n: usize| Cell::from(n as u64);
        for (n, step) in self.steps.iter().enumerate() {
            let new = |codes: &[CodeId]| {
                let found = passages(working, step.case, codes);
                let from = found.iter().flat_map(|one| &one.codings).map(|coding| coding.0.guid()).collect();
                Cell { from, ..count(codes.len()) }
            };
            let names: Vec<&str> = step.prior.iter().chain(&step.emergent).map(|code| view.code_name(*code)).collect();
            table.push(vec![
                count(n + 1),
                view.case(step.case).map(|case| case.name.as_str()).into(),
                count(step.used),
                new(&step.prior),
                new(&step.emergent),
                count(step.prior_so_far),
                count(step.emergent_so_far),
                names.join("; ").into(),
                step.case.0.guid().into(),
            ]);
        }
        let mut title = format!("New codes by case, {}", order.words());
        if self.last_new() > 0 {
            title.push_str(&format!("; the last new emergent code came with case {}", self.last_new()));
        }
        if !self.uncoded.is_empty() {
            let name = |case| view.case(case).map_or("a case that is gone", |case| case.name.as_str());
            let names: Vec<&str> = self.uncoded.iter().map(|case| name(*case)).collect();
            title.push_str(&format!("\nnothing is coded of {}", names.join(", ")));
        }
        if self.without_case > 0 {
            let noun = if self.without_case == 1 { "passage" } else { "passages" };
            title.push_str(&format!("\n{} {noun} in texts without a case left out", self.without_case));
        }
        if !self.unused.is_empty() {
            let names: Vec<&str> = self.unused.iter().map(|code| view.code_name(*code)).collect();
            title.push_str(&format!("\nin no case: {}", names.join(", ")));
        }
        table.title = title;
        table
    }

    /// The number (from 1) of the last case that brought a code from the reading; 0 if none did.
    #[must_use]
    pub fn last_new(&self) -> usize {
        self.steps.iter().rposition(|step| !step.emergent.is_empty()).map_or(0, |at| at + 1)
    }
}

/// New codes by case in this order.
#[must_use]
pub fn saturation(view: &View<'_>, working: &Working, order: Order) -> Saturation {
    let mut codes_of: HashMap<CaseId, HashSet<CodeId>> = HashMap::new();
    let mut without_case = 0;
    for one in &working.counted {
        match one.case.filter(|case| view.case(*case).is_some()) {
            Some(case) => drop(codes_of.entry(case).or_default().insert(one.code)),
            None => without_case += 1,
        }
    }
    let book = view.codebook();
    let codes = book.in_order();
    let mut cases: Vec<CaseId> = view.cases().into_iter().map(|case| case.id).collect();
    let uncoded = cases.iter().copied().filter(|case| !codes_of.contains_key(case)).collect();
    cases.retain(|case| codes_of.contains_key(case));
    put_in_order(view, &mut cases, order);
    let is_prior = |code: CodeId| book.get(code).is_some_and(|node| node.code.origin == Origin::APriori);
    let mut met: HashSet<CodeId> = HashSet::new();
    let (mut prior_so_far, mut emergent_so_far) = (0, 0);
    let step = |case: CaseId| {
        let here = &codes_of[&case];
        let new: Vec<CodeId> = codes.iter().copied().filter(|code| here.contains(code) && met.insert(*code)).collect();
        let (prior, emergent): (Vec<CodeId>, Vec<CodeId>) = new.into_iter().partition(|code| is_prior(*code));
        prior_so_far += prior.len();
        emergent_so_far += emergent.len();
        Step { case, prior, emergent, used: here.len(), prior_so_far, emergent_so_far }
    };
    let steps = cases.into_iter().map(step).collect();
    let applied = |code: &CodeId| book.get(*code).is_some_and(|node| !node.code.heading);
    let unused = codes.iter().copied().filter(|code| applied(code) && !met.contains(code)).collect();
    Saturation { steps, uncoded, unused, without_case }
}

/// Puts cases, which stand as in the study, into another order.
fn put_in_order(view: &View<'_>, cases: &mut [CaseId], order: Order) {
    match order {
        Order::Study => {}
        Order::Collected => {
            let day = |case: CaseId| view.sources_of(Some(case)).iter().filter_map(|source| source.collected).min();
            // (a stable sort: cases of one day, and those without, stay as in the study)
            cases.sort_by_cached_key(|case| day(*case).map_or((true, None), |day| (false, Some(day))));
        }
        Order::Name => {
            cases.sort_by_cached_key(|case| view.case(*case).map(|case| by_number(&case.name)));
        }
        Order::Random(seed) => fastrand::Rng::with_seed(seed).shuffle(cases),
    }
}

/// A name as people sort it: `P2` before `P10`.
fn by_number(name: &str) -> Vec<(String, u64)> {
    let mut out = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (before, tail) = rest.split_at(words);
        let digits = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        let (number, after) = tail.split_at(digits);
        out.push((before.to_lowercase(), number.parse().unwrap_or(u64::MAX)));
        rest = after;
    }
    out
}

/// The passages of a code in a case, by source, then by place.
#[must_use]
pub fn passages(working: &Working, case: CaseId, codes: &[CodeId]) -> Vec<Counted> {
    let here = working.counted.iter().filter(|one| one.case == Some(case) && codes.contains(&one.code));
    here.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::working::working;
    use crate::project::edit::{Edit, Spot};
    use crate::project::testing::Desk;

    struct Room {
        desk: Desk,
        cases: Vec<(CaseId, crate::project::id::SourceId)>,
        prior: CodeId,
        emergent: Vec<CodeId>,
    }

    /// P2 has the a priori code and E0, P10 E0 and E1, P3 E1; nothing of P4 is coded, E2 is nowhere.
    fn room() -> Room {
        let mut desk = Desk::new();
        let cases: Vec<_> = ["P2", "P10", "P3", "P4"].map(|name| desk.case(name)).into();
        let prior: CodeId = desk.id().into();
        let (spot, origin) = (Spot { parent: None, after: None }, Origin::APriori);
        desk.apply(&Edit::AddCode { id: prior, name: "Prior".into(), spot, origin, colour: None });
        let emergent: Vec<CodeId> = (0..3).map(|n| desk.code(&format!("E{n}"))).collect();
        for (case, code) in [(0, prior), (0, emergent[0]), (1, emergent[0]), (1, emergent[1]), (2, emergent[1])] {
            desk.lay(cases[case].1, 0, 10, code);
        }
        Room { desk, cases, prior, emergent }
    }

    fn so_far(found: &Saturation) -> Vec<(usize, usize)> {
        found.steps.iter().map(|step| (step.prior_so_far, step.emergent_so_far)).collect()
    }

    #[test]
    fn a_code_is_new_in_the_first_case_that_has_it_and_cases_without_codings_are_named() {
        let room = room();
        let view = room.desk.view();
        let found = saturation(&view, &working(&view), Order::Study);
        assert_eq!(
            found.steps.iter().map(|step| step.case).collect::<Vec<_>>(),
            [room.cases[0].0, room.cases[1].0, room.cases[2].0]
        );
        assert_eq!((&found.steps[0].prior, &found.steps[0].emergent), (&vec![room.prior], &vec![room.emergent[0]]));
        assert_eq!(so_far(&found), [(1, 1), (1, 2), (1, 2)]);
        assert_eq!(found.uncoded, [room.cases[3].0]);
        assert_eq!(found.unused, [room.emergent[2]]);
        assert_eq!(found.last_new(), 2);
    }

    #[test]
    fn the_order_is_chosen_and_the_end_is_the_same_whichever() {
        let room = room();
        let view = room.desk.view();
        let working = working(&view);
        let names = |order| {
            let steps = saturation(&view, &working, order).steps;
            steps.iter().map(|step| view.case(step.case).expect("a case").name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names(Order::Name), ["P2", "P3", "P10"]);
        assert_eq!(names(Order::Collected), ["P2", "P10", "P3"], "without days as in the study");
        assert_eq!(names(Order::Random(3)), names(Order::Random(3)));
        for order in [Order::Study, Order::Name, Order::Collected].into_iter().chain((0..20).map(Order::Random)) {
            let found = saturation(&view, &working, order);
            assert_eq!(so_far(&found).last(), Some(&(1, 2)), "{order:?}");
            let new: usize = found.steps.iter().map(|step| step.prior.len() + step.emergent.len()).sum();
            assert_eq!(new, 3, "{order:?}");
            for step in &found.steps {
                for code in step.prior.iter().chain(&step.emergent) {
                    assert!(!passages(&working, step.case, &[*code]).is_empty());
                }
            }
        }
    }
}
