//! What stands in a project: when two projects are the same to the people who work in them.
//!
//! Two projects are the same if the same records stand with the same fields, codings and memos lie at the same places,
//! and the same tree, counts and pins are shown. It does not matter by which line a record was last changed, nor which
//! records were made and taken back: an undo leaves a later stamp, and a tombstone of what was made. How far somebody
//! has read is left out, since undo passes it over. Disputes are records' as well: a single writer makes none.
#![allow(dead_code, reason = "each test binary uses its part")]

use emic::project::Project;
use emic::project::case::{Attribute, Case, Participant, Value, Wave};
use emic::project::codebook::{Code, Wording};
use emic::project::coding::Pins;
use emic::project::id::CoderId;
use emic::project::memo::Memo;
use emic::project::put::Tabled;
use emic::project::source::{Source, Speaker, Version};
use emic::project::study::{Coder, Study};
use emic::project::view::{View, Whose};

/// What stands, as lines that can be compared and read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    records: Vec<String>,
    derived: Vec<String>,
}

impl Standing {
    /// What stands in `project`.
    pub fn of(project: &Project) -> Self {
        let mut records = Vec::new();
        table::<Study>(project, &mut records);
        table::<Coder>(project, &mut records);
        table::<Wave>(project, &mut records);
        table::<Case>(project, &mut records);
        table::<Participant>(project, &mut records);
        table::<Attribute>(project, &mut records);
        table::<Value>(project, &mut records);
        table::<Source>(project, &mut records);
        table::<Version>(project, &mut records);
        table::<Speaker>(project, &mut records);
        table::<Code>(project, &mut records);
        table::<Wording>(project, &mut records);
        table::<Memo>(project, &mut records);
        // Pins that are all free are as good as none.
        let pinned = project.all::<Pins>().filter(|pins| pins.codes.iter().any(Option::is_some));
        records.extend(pinned.map(|pins| format!("{pins:?}")));
        let entries = project.codings().sources().flat_map(|(_, index)| index.iter());
        records
            .extend(entries.map(|entry| format!("{} {:?} {:?}", entry.span, entry.slot.record, entry.slot.disputes)));
        Self { records, derived: derived(project) }
    }

    /// The lines in which two are not the same, for messages.
    pub fn against(&self, other: &Self) -> Vec<String> {
        let differ = |a: &[String], b: &[String], sign: char| -> Vec<String> {
            a.iter().filter(|line| !b.contains(line)).map(|line| format!("{sign} {line}")).collect()
        };
        let mut out = differ(&self.records, &other.records, '-');
        out.extend(differ(&other.records, &self.records, '+'));
        out.extend(differ(&self.derived, &other.derived, '-'));
        out.extend(differ(&other.derived, &self.derived, '+'));
        out
    }
}

fn table<T: Tabled>(project: &Project, out: &mut Vec<String>) {
    out.extend(
        T::table(project.tables())
            .values()
            .filter(|slot| !slot.gone)
            .map(|slot| format!("{:?} {:?} {:?}", T::KIND, slot.record, slot.disputes)),
    );
}

/// What is derived from the records: the tree, the counts, where memos stand. A project that was changed a thousand
/// times has the same as one made anew of its records.
pub fn derived(project: &Project) -> Vec<String> {
    let nobody = View::new(project, CoderId::default());
    let mut out = Vec::new();
    for id in nobody.codebook().in_order() {
        let Some(node) = nobody.code(id) else { continue };
        out.push(format!("code {id} {} under {:?} at {}", node.code.name, node.parent, node.depth));
        out.push(format!("code {id} took in {:?}, means {:?}", node.absorbed, node.wording));
        let of = |whose| nobody.showing(whose).count(id);
        let counts: Vec<u32> = nobody.coders().map(|coder| of(Whose::Of(coder.id))).collect();
        out.push(format!("code {id} counts {counts:?} of {}", of(Whose::Everybody)));
    }
    out.push(format!("rings {:?}", nobody.codebook().rings()));
    out.push(format!("memos {:?}", project.memo_places()));
    out
}

/// The same project made at once from its records.
pub fn made_anew(project: &Project) -> Project {
    let codings = project.codings();
    let standing = codings.sources().flat_map(|(_, index)| index.iter()).map(|entry| (*entry.slot).clone());
    let gone = codings.gone().map(|slot| (**slot).clone());
    Project::new(project.tables().clone(), standing.chain(gone))
}
