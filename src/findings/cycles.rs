//! What became of the codebook from one moment to another: between two cycles, or a cycle and now.
//!
//! A moment is the codebook as it was frozen. Two of them say which codes came, went, were merged, moved, renamed or given
//! another origin; who did it, when and why, say the reshapings and wordings that lie between. The order
//! among siblings and the colour are how a codebook looks, not what it says, and make no difference.

mod moment;
mod told;

pub use moment::Moment;
pub use told::{in_words, of_meaning, step_in_words, table};

use crate::project::codebook::{Origin, Wording};
use crate::project::id::{CodeId, WordingId};
use crate::project::reshaping::{Reshaped, Reshaping};
use crate::project::view::View;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What became of a code.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// It came.
    Added,
    /// It went.
    Deleted,
    /// It was merged into this one.
    Merged(CodeId),
    /// It had been merged, and stands for itself again.
    Parted(CodeId),
    /// It was called otherwise.
    Renamed {
        /// What it was called.
        from: String,
        /// What it came to be called.
        to: String,
    },
    /// It stood elsewhere.
    Moved {
        /// Under what, with all above; empty for the top.
        from: String,
        /// To where.
        to: String,
    },
    /// It came to mean something, or something else.
    Reworded(Rewording),
    /// It came to be from elsewhere.
    Origin {
        /// Where it was from.
        from: Origin,
        /// Where it came to be from.
        to: Origin,
    },
    /// It became a heading, or ceased to be one.
    Heading(bool),
}

/// How a code came to mean something else.
#[derive(Clone, PartialEq, Debug)]
pub struct Rewording {
    /// What it meant; `None` if it was to be defined.
    pub from: Option<Arc<Wording>>,
    /// The wordings since, oldest first; the last is what it came to mean. Empty where it went back to an earlier one.
    pub steps: Vec<Arc<Wording>>,
}

impl Rewording {
    /// Whether it means something else, not the same in other words.
    #[must_use]
    pub fn is_of_meaning(&self) -> bool {
        self.steps.iter().any(|step| step.meaning)
    }
}

/// A code that changed.
#[derive(Clone, PartialEq, Debug)]
pub struct Changed {
    /// The code.
    pub code: CodeId,
    /// What it is called: at the later moment if it stood then.
    pub name: String,
    /// The same with all it stands under.
    pub path: String,
    /// What became of it.
    pub changes: Vec<Change>,
    /// What was done to it between the two moments, oldest first.
    pub steps: Vec<Arc<Reshaping>>,
    /// How many passages carried it then and later.
    pub passages: [Option<u32>; 2],
}

impl Changed {
    /// What brought a change about, oldest first: the steps of its kind. Nothing is known of what was done in a project
    /// before it kept such steps, or of what came back by undo.
    pub fn steps_of<'a>(&'a self, change: &Change) -> impl Iterator<Item = &'a Arc<Reshaping>> {
        let change = std::mem::discriminant(change);
        self.steps.iter().filter(move |step| std::mem::discriminant(&kind_of(&step.what)) == change)
    }
}

/// The kind of change that a step makes; what it holds is of no account.
fn kind_of(what: &Reshaped) -> Change {
    match what {
        Reshaped::Added => Change::Added,
        Reshaped::Deleted => Change::Deleted,
        Reshaped::Merged(into) => Change::Merged(*into),
        Reshaped::Parted(from) => Change::Parted(*from),
        Reshaped::Renamed { .. } => Change::Renamed { from: String::new(), to: String::new() },
        Reshaped::Moved { .. } => Change::Moved { from: String::new(), to: String::new() },
        Reshaped::Origin(to) => Change::Origin { from: *to, to: *to },
        Reshaped::Heading(on) => Change::Heading(*on),
    }
}

/// What became of the codebook from one moment to another.
#[derive(Clone, PartialEq, Debug)]
pub struct Difference {
    /// The names of the two moments.
    pub between: [String; 2],
    /// How many codes stood at each.
    pub codes: [usize; 2],
    /// The codes that changed: in the order of the later moment, then those that went.
    pub changed: Vec<Changed>,
    /// Codes that are as they were but carried by more passages, or fewer; their changes are empty.
    pub recounted: Vec<Changed>,
}

/// What became of the codebook from `a` to `b`.
#[must_use]
pub fn difference(view: &View<'_>, a: &Moment, b: &Moment) -> Difference {
    let mut out = Difference {
        between: [a.name.clone(), b.name.clone()],
        codes: [a.codes().len(), b.codes().len()],
        changed: Vec::new(),
        recounted: Vec::new(),
    };
    let gone = a.codes().iter().filter(|code| b.get(code.code).is_none());
    // Ids are minted in the order of time, finer than the clock.
    let moment = |moment: &Moment| Some((moment.frozen?.1, moment.cycle?.0));
    let (since, until) = (moment(a), moment(b));
    let between = |step: &&&Arc<Reshaping>| {
        let at = (step.at, step.id.0);
        since.is_none_or(|since| at > since) && until.is_none_or(|until| at <= until)
    };
    let mut steps: HashMap<CodeId, Vec<Arc<Reshaping>>> = HashMap::new();
    for step in view.reshapings().into_iter().filter(|step| between(&step)) {
        steps.entry(step.code).or_default().push(Arc::clone(step));
    }
    for code in b.codes().iter().chain(gone).map(|code| code.code) {
        let changes = changes_of(view, code, a, b);
        let there = if b.get(code).is_some() { b } else { a };
        let passages = [a.passages(code), b.passages(code)];
        let counted = passages[0].is_some() && passages[1].is_some() && passages[0] != passages[1];
        let name = there.get(code).map(|code| code.name.clone()).unwrap_or_default();
        if changes.is_empty() && !counted {
            continue;
        }
        let into = if changes.is_empty() { &mut out.recounted } else { &mut out.changed };
        let steps = steps.remove(&code).unwrap_or_default();
        into.push(Changed { code, name, path: there.path(code), changes, steps, passages });
    }
    out
}

fn changes_of(view: &View<'_>, code: CodeId, a: &Moment, b: &Moment) -> Vec<Change> {
    let (then, later) = match (a.get(code), b.get(code)) {
        (Some(then), Some(later)) => (then, later),
        (Some(_), None) => {
            let into = b.resolve(code);
            return vec![if into == code { Change::Deleted } else { Change::Merged(into) }];
        }
        (None, Some(_)) => {
            let from = a.resolve(code);
            return vec![if from == code { Change::Added } else { Change::Parted(from) }];
        }
        (None, None) => return Vec::new(),
    };
    let mut out = Vec::new();
    if then.name != later.name {
        out.push(Change::Renamed { from: then.name.clone(), to: later.name.clone() });
    }
    // Where what it stood under was merged it went along; that is told of what was merged.
    let along = then.parent.map(|parent| b.resolve(parent)) == later.parent
        || later.parent.map(|parent| a.resolve(parent)) == then.parent;
    if !along {
        let under = |moment: &Moment, parent: Option<CodeId>| parent.map_or_else(String::new, |id| moment.path(id));
        out.push(Change::Moved { from: under(a, then.parent), to: under(b, later.parent) });
    }
    if then.wording != later.wording {
        out.push(Change::Reworded(rewording(view, then.wording, later.wording)));
    }
    if then.origin != later.origin {
        out.push(Change::Origin { from: then.origin, to: later.origin });
    }
    if then.heading != later.heading {
        out.push(Change::Heading(later.heading));
    }
    out
}

/// The wordings from one to another.
fn rewording(view: &View<'_>, from: Option<WordingId>, to: Option<WordingId>) -> Rewording {
    let mut steps: Vec<Arc<Wording>> = Vec::new();
    let mut met: HashSet<WordingId> = HashSet::new();
    let mut at = to;
    while at != from
        && let Some(wording) = at.and_then(|id| view.wording(id)).filter(|wording| met.insert(wording.id))
    {
        steps.push(Arc::clone(wording));
        at = wording.before;
    }
    // One that never leads to the earlier one is older than it, or of another line: of it only the last is told.
    let leads = at == from;
    let back = !leads && from.is_some_and(|from| leads_to(view, from, to));
    if back {
        steps.clear();
    } else if !leads {
        steps.truncate(1);
    }
    steps.reverse();
    Rewording { from: from.and_then(|id| view.wording(id)).cloned(), steps }
}

/// Whether going back from `later`, one comes to `earlier`.
fn leads_to(view: &View<'_>, later: WordingId, earlier: Option<WordingId>) -> bool {
    let mut met: HashSet<WordingId> = HashSet::new();
    let mut at = Some(later);
    while at != earlier {
        match at.filter(|id| met.insert(*id)).and_then(|id| view.wording(id)) {
            Some(wording) => at = wording.before,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::codebook::Code;
    use crate::project::edit::{CycleEdit, Edit, NewWording, Spot};
    use crate::project::id::CycleId;
    use crate::project::testing::Desk;
    use crate::table::Cell;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    fn freeze(desk: &mut Desk, name: &str) -> Moment {
        let id = CycleId(desk.id());
        desk.apply(&Edit::Cycles(CycleEdit::Freeze { id, name: name.into(), note: String::new(), top: None }));
        Moment::of(desk.view().cycle(id).expect("a cycle"))
    }

    fn spot(parent: Option<CodeId>) -> Spot {
        Spot { parent, after: None }
    }

    fn told(desk: &Desk, difference: &Difference) -> Vec<String> {
        let one = |changed: &Changed| {
            let changes = changed.changes.iter().map(|change| in_words(&desk.view(), change).join("|"));
            format!("{}: {}", changed.name, changes.collect::<Vec<_>>().join("; "))
        };
        difference.changed.iter().map(one).collect()
    }

    #[test]
    fn every_kind_of_change_is_told_with_reason_and_counts() {
        let mut desk = Desk::new();
        let text = desk.source("A", 100);
        let [broad, old, moved, renamed, gone, kept] =
            ["Broad", "Old", "Moved", "Called so", "Gone", "Kept"].map(|name| desk.code(name));
        let below = desk.code_under(old, "Below old");
        desk.define(broad, "all of it", "");
        for at in [0, 20, 40] {
            desk.lay(text, at, at + 5, broad);
        }
        let first = freeze(&mut desk, "Broad coding");
        desk.apply(&Edit::MergeCodes { from: vec![old], into: kept });
        desk.apply(&Edit::MoveCode(moved, spot(Some(broad))));
        desk.apply(&Edit::RenameCode(renamed, "Called otherwise".into()));
        desk.apply(&Edit::DeleteCodes(vec![gone]));
        desk.apply(&Edit::SetHeading(kept, true));
        desk.apply(&Edit::SetOrigin(renamed, Origin::InVivo));
        let narrow = desk.code_under(broad, "Narrow");
        let codings: Vec<_> = desk.view().codings().map(|seen| seen.coding.id).take(2).collect();
        desk.apply(&Edit::Recode(codings, narrow));
        for (definition, reason, meaning) in [("half of it", "too wide", true), ("a half", "shorter", false)] {
            let wording =
                NewWording { definition: definition.into(), reason: reason.into(), meaning, ..NewWording::default() };
            desk.apply(&Edit::Reword(broad, wording));
        }
        let second = freeze(&mut desk, "Subcoding");
        let both = difference(&desk.view(), &first, &second);
        assert_eq!(
            told(&desk, &both),
            [
                "Broad: reworded|all of it|a half",
                "Moved: moved|the top|Broad",
                "Narrow: added||",
                "Called otherwise: renamed|Called so|Called otherwise; origin|emergent|in vivo",
                "Kept: heading|a code|a heading",
                "Old: merged||Kept",
                "Gone: deleted||",
            ]
        );
        assert!(both.changed.iter().all(|changed| changed.code != below), "it went with what it stood under");
        assert_eq!((both.changed[0].passages, both.changed[2].passages), ([Some(3), Some(1)], [None, Some(2)]));
        let Change::Reworded(rewording) = &both.changed[0].changes[0] else { panic!("reworded") };
        let steps: Vec<_> = rewording.steps.iter().map(|step| (step.reason.as_str(), of_meaning(step))).collect();
        assert_eq!(steps, [("too wide", "meaning changed"), ("shorter", "wording only")]);
        assert!(rewording.is_of_meaning());
        let rows = table(&desk.view(), &both, &TimeZone::UTC).rows;
        let row: Vec<String> = rows[1].iter().map(Cell::words).collect();
        assert_eq!(row[..3], ["Broad", "reworded", "half of it"]);
        assert_eq!(row[5..10], ["PB", "shorter", "wording only", "3", "1"]);

        let now = Moment::now(&desk.view());
        assert_eq!(difference(&desk.view(), &second, &now).changed, []);
        desk.lay(text, 70, 80, broad);
        let since = difference(&desk.view(), &second, &Moment::now(&desk.view()));
        assert_eq!((since.changed.len(), since.recounted[0].passages), (0, [Some(1), Some(2)]));
        let back = difference(&desk.view(), &second, &first);
        assert!(told(&desk, &back).contains(&"Broad: back to an earlier wording|a half|".to_owned()), "{back:?}");
        assert!(told(&desk, &back).contains(&"Old: stands for itself again|Kept|".to_owned()), "{back:?}");
    }

    /// What of a code makes a difference, from its record.
    fn told_by(code: Option<&Code>) -> Option<(String, Option<WordingId>, Origin, bool)> {
        let standing = code.filter(|code| code.merged.is_none())?;
        Some((standing.name.clone(), standing.wording, standing.origin, standing.heading))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn after_random_edits_every_changed_code_is_named_and_no_other(
            edits in proptest::collection::vec((0u8..9, 0usize..12, 0usize..12, any::<bool>()), 1..40),
            at in 0usize..20,
        ) {
            let mut desk = Desk::new();
            let mut codes: Vec<CodeId> = ["A", "B", "C", "D"].map(|name| desk.code(name)).to_vec();
            codes.push(desk.code_under(codes[0], "E"));
            codes.push(desk.code_under(codes[1], "F"));
            let mut first = (Moment::now(&desk.view()), desk.project.clone());
            for (n, (what, i, j, flag)) in edits.into_iter().enumerate() {
                if n == at {
                    first = (Moment::now(&desk.view()), desk.project.clone());
                }
                let (code, other) = (codes[i % codes.len()], codes[j % codes.len()]);
                let edit = match what {
                    0 => {
                        let id = CodeId(desk.id());
                        codes.push(id);
                        let spot = spot(flag.then_some(other));
                        Edit::AddCode { id, name: format!("new {n}"), spot, origin: Origin::Emergent, colour: None }
                    }
                    1 => Edit::RenameCode(code, format!("name {n}")),
                    2 => Edit::MoveCode(code, spot(flag.then_some(other))),
                    3 => Edit::MergeCodes { from: vec![code], into: other },
                    4 => Edit::DeleteCodes(vec![code]),
                    5 => Edit::SetHeading(code, flag),
                    6 => Edit::SetOrigin(code, if flag { Origin::APriori } else { Origin::Emergent }),
                    7 => Edit::SetColour(code, 3),
                    _ => Edit::Reword(code, NewWording { definition: format!("word {n}"), ..NewWording::default() }),
                };
                if desk.plan(&edit).is_ok_and(|step| !step.puts.is_empty()) {
                    desk.apply(&edit);
                }
            }
            let (then, before) = first;
            let view = desk.view();
            let now = Moment::now(&view);
            let found = difference(&view, &then, &now);
            let named: HashSet<CodeId> = found.changed.iter().map(|changed| changed.code).collect();
            prop_assert_eq!(named.len(), found.changed.len(), "each once");
            let old = View::new(&before, view.coder());
            for code in codes {
                let records = [before.get::<Code>(code), desk.project.get::<Code>(code)];
                let differs = told_by(records[0].map(AsRef::as_ref)) != told_by(records[1].map(AsRef::as_ref));
                let above = |view: &View<'_>| {
                    view.code(code).filter(|node| node.code.id == code).map(|node| node.parent)
                };
                let moved = match (above(&old), above(&view)) {
                    (Some(a), Some(b)) => a.map(|a| view.codebook().resolve(a).unwrap_or(a)) != b,
                    _ => false,
                };
                prop_assert_eq!(named.contains(&code), differs || moved, "{:?}", code);
            }
            // And the two agree on what stands when all that is told is taken together.
            for changed in &found.changed {
                let stands = [then.get(changed.code).is_some(), now.get(changed.code).is_some()];
                let came = matches!(changed.changes[0], Change::Added | Change::Parted(_));
                let went = matches!(changed.changes[0], Change::Deleted | Change::Merged(_));
                prop_assert_eq!([!came, !went], stands);
            }
        }
    }
}
