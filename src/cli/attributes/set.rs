//! One value, typed on the command line.

use super::{Attributes, Of, whose, writable};
use crate::cli::failure::Failure;
use crate::cli::opening::{Desk, Work, by_hand, work};
use crate::cli::{names, out};
use crate::project::edit::{self, AttributeEdit, Edit};
use crate::project::view::View;
use crate::session::SystemMint;

pub(super) fn run(args: &Attributes, name: &str, attribute: &str, value: &str) -> Result<(), Failure> {
    let desk = Desk::before_working(&args.project, &by_hand(&args.who, false))?;
    let edit = edit(args, &desk.view(), name, attribute, value)?;
    // What stands against it is said before anything is touched.
    edit::plan(&desk.view(), &edit, &mut SystemMint::default())?;
    let Work { mut study, notes, read_only } = work(&args.project, by_hand(&args.who, false))?;
    writable(read_only)?;
    notes.iter().for_each(|note| out::note(note));
    let done = study.apply(&edit)?;
    study.finish()?;
    out::say(&format!("{}: {}.", done.did, if value.trim().is_empty() { "taken back" } else { "said" }))
}

fn edit(args: &Attributes, view: &View<'_>, name: &str, attribute: &str, value: &str) -> Result<Edit, Failure> {
    let id = whose(view, args.of, name)?;
    let wave = args.wave.as_deref().map(|wave| names::wave(view, wave)).transpose()?;
    let found = names::attribute_of(view, args.of.bearer(), attribute);
    let value = value.to_owned();
    Ok(Edit::Attributes(match (found, args.of, attribute.trim().to_lowercase().as_str()) {
        (Ok(attribute), ..) => AttributeEdit::Value { attribute, whose: id, wave, value },
        (Err(_), Of::Cases, "kind") => AttributeEdit::CaseKind(id.into(), value),
        (Err(why), Of::Participants, "role") => {
            let Some(person) = view.participant(id.into()) else { return Err(why) };
            let (pseudonym, case) = (person.pseudonym.clone(), person.case);
            AttributeEdit::Person { id: id.into(), pseudonym, role: value, case }
        }
        (Err(why), ..) => return Err(why),
    }))
}
