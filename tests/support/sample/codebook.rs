//! The codebook as it grew: each code with its wordings, at the times they were made.

use super::maker::{Maker, Timeline};
use super::working::{WordingEntry, Working};
use emic::project::edit::{Edit, NewWording, Spot};
use emic::project::id::Mint;
use std::rc::Rc;

pub fn plan(timeline: &mut Timeline, working: &Rc<Working>) {
    for (n, code) in working.codes.iter().enumerate() {
        for (first, wording) in code.wordings.iter().enumerate().map(|(i, wording)| (i == 0, wording)) {
            let wording = wording.clone();
            timeline.at(wording.at, &wording.by.clone(), move |maker| {
                if first {
                    add(maker, n);
                }
                word(maker, n, &wording);
            });
        }
    }
}

/// Adds a code after the one of its siblings that comes before it in the file and is there already.
fn add(maker: &mut Maker, n: usize) {
    let working = Rc::clone(&maker.working);
    let entry = &working.codes[n];
    let before = working.codes[..n].iter().rev().filter(|code| code.parent == entry.parent);
    let after = before.filter_map(|code| maker.codes.get(&code.key)).next().copied();
    let parent = entry.parent.as_ref().map(|key| maker.code(key));
    let id = maker.mint.id().into();
    let spot = Spot { parent, after };
    let (name, origin, colour) = (entry.name.clone(), entry.origin, Some(entry.colour));
    maker.edit(&Edit::AddCode { id, name, spot, origin, colour });
    if entry.heading {
        maker.edit(&Edit::SetHeading(id, true));
    }
    maker.codes.insert(entry.key.clone(), id);
}

fn word(maker: &mut Maker, n: usize, wording: &WordingEntry) {
    let working = Rc::clone(&maker.working);
    let id = maker.code(&working.codes[n].key);
    maker.edit(&Edit::Reword(
        id,
        NewWording {
            definition: wording.definition.clone(),
            use_when: wording.use_when.clone(),
            not_when: wording.not_when.clone(),
            example: bare(&wording.example),
            reason: wording.reason.clone(),
            ..NewWording::default()
        },
    ));
}

/// The form shows quotation marks of its own.
pub fn bare(example: &str) -> String {
    example.trim_matches(['“', '”']).to_owned()
}
