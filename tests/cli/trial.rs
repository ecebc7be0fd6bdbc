//! A small study on disk for rounds: six practices with an interview and a note each, a tree of codes, three coders.

use super::desk::{Desk, INTERVIEW};
use emic::project::codebook::Origin;
use emic::project::edit::{Edit, NewWording, Spot};
use emic::project::id::{CodeId, SourceId};
use emic::project::source::Passage;
use emic::project::view::{View, Whose};
use emic::session::{Study, SystemMint};
use emic::store::{Access, RealDisk, Who, open};
use emic::text::Span;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many practices it has.
pub const CASES: usize = 6;

/// The study in the folder `study`: practices P01 to P06, “BH integration” with “Warm handoff” and “Shared space” below it,
/// and “Access”; coders PB, DC and EW.
pub fn trial(desk: &Desk) -> PathBuf {
    trial_of(desk, CASES)
}

/// The same with so many practices.
pub fn trial_of(desk: &Desk, cases: usize) -> PathBuf {
    let folder = desk.project("study");
    for n in 1..=cases {
        let longer = "They know me by now, all of them. ".repeat((n - 1) % 7 + 1);
        let longer = if n > 7 { format!("{longer}Door number {n}.") } else { longer };
        desk.file(&format!("texts/P{n:02}-nurse.txt"), INTERVIEW.replace("Most of them wait.", &longer));
        desk.file(&format!("texts/P{n:02}-field-note.txt"), format!("Practice {n}. The door was open all day.\n"));
    }
    desk.run(["import", "study", "texts", "--case-from", r"^(P\d+)"]);
    act(&folder, "PB", |study| {
        for initials in ["DC", "EW"] {
            let id = study.fresh_id().into();
            apply(study, &Edit::AddCoder { id, initials: initials.into(), name: String::new() });
        }
        let top = code(study, "BH integration", None);
        for name in ["Warm handoff", "Shared space"] {
            let below = code(study, name, Some(top));
            let definition = format!("What {name} is.");
            apply(study, &Edit::Reword(below, NewWording { definition, ..NewWording::default() }));
        }
        code(study, "Access", None);
        for (n, case) in study.view().cases().iter().map(|case| case.id).enumerate().collect::<Vec<_>>() {
            let value = ["FQHC", "hospital"][n % 2].to_owned();
            apply(study, &Edit::Describe { case, attribute: "Organization".into(), value });
        }
    });
    folder
}

/// Works in the folder as a coder.
pub fn act<T>(folder: &Path, coder: &str, work: impl FnOnce(&mut Study) -> T) -> T {
    let who = Who::scripted(Some(coder), &mut SystemMint::default());
    let opened = open(Arc::new(RealDisk), folder, who, Access::Write).expect("it opens");
    let mut study = opened.study(Box::new(SystemMint::default()));
    let done = work(&mut study);
    study.finish().expect("saved");
    done
}

pub fn apply(study: &mut Study, edit: &Edit) {
    study.apply(edit).unwrap_or_else(|why| panic!("{why}: {edit:?}"));
}

fn code(study: &mut Study, name: &str, parent: Option<CodeId>) -> CodeId {
    let id = study.fresh_id().into();
    let after = study.view().codebook().children(parent).last().copied();
    let spot = Spot { parent, after };
    apply(study, &Edit::AddCode { id, name: name.into(), spot, origin: Origin::APriori, colour: None });
    id
}

/// The source that stands first in a case: its interview.
pub fn source_of(view: &View<'_>, case: &str, name: &str) -> SourceId {
    let case = view.cases().into_iter().find(|at| at.name == case).expect("the case").id;
    view.sources_of(Some(case)).into_iter().find(|source| source.name == name).expect("the source").id
}

/// Lays a code on words of a source.
pub fn lay(folder: &Path, coder: &str, at: (&str, &str), span: (u32, u32), name: &str) {
    act(folder, coder, |study| {
        let view = study.view();
        let source = source_of(&view, at.0, at.1);
        let passages = vec![Passage { source, version: 1, span: Span::new(span.0, span.1) }];
        let codes = view.codebook().named(name);
        apply(study, &Edit::Lay { passages, codes, apart: true, borders: Vec::new() });
    });
}

/// A coder's codings on disk: case and source, start, end, code, comment, and whether they are of a round; in order of place.
pub fn laid(folder: &Path, coder: &str) -> Vec<(String, u32, u32, String, String, bool)> {
    let who = Who::scripted(Some(coder), &mut SystemMint::default());
    let opened = open(Arc::new(RealDisk), folder, who, Access::ReadOnly).expect("it opens");
    let view = View::new(&opened.project, opened.coder).showing(Whose::Mine);
    let row = |seen: emic::project::view::Seen<'_>| {
        let source = view.source(seen.coding.at.source).expect("the source");
        let case = source.case.and_then(|case| view.case(case)).map_or("", |case| case.name.as_str());
        let (start, end) = (seen.span.start.0, seen.span.end.0);
        let code = view.code_name(seen.code).to_owned();
        (format!("{case} {}", source.name), start, end, code, seen.coding.comment.clone(), seen.coding.round.is_some())
    };
    view.codings().map(row).collect()
}
