//! `emic round propose`: another wording of a code of a round, or a new code, that only its maker sees until the reveal.

use super::{carry_out, looked_at};
use crate::cli::args::RoundPropose;
use crate::cli::failure::{Failure, failed};
use crate::cli::{names, out};
use crate::project::codebook::Origin;
use crate::project::edit::{Edit, NewWording, Spot, plan};
use crate::project::id::{CodeId, Mint};
use crate::project::put::Put;
use crate::project::view::View;
use crate::session::SystemMint;

pub(super) fn run(args: &RoundPropose) -> Result<(), Failure> {
    let desk = looked_at(&args.project, &args.who)?;
    let view = desk.view();
    let (edit, done) = match (&args.code, &args.new, &args.under) {
        (Some(code), ..) => wording(&view, args, names::code(&view, code)?)?,
        (None, Some(name), Some(under)) => new_code(&view, args, name, names::code(&view, under)?)?,
        _ => return Err(Failure::Usage("say which code, or --new NAME --under CODE".into())),
    };
    carry_out(&args.project, &args.who, &desk, &edit)?;
    out::say(&done)
}

/// What is said of a wording, over the one that stands.
fn worded(args: &RoundPropose, present: NewWording) -> NewWording {
    let said = |option: &Option<String>, stands: String| option.clone().unwrap_or(stands);
    NewWording {
        definition: said(&args.definition, present.definition),
        use_when: said(&args.when, present.use_when),
        not_when: said(&args.when_not, present.not_when),
        // The words of a coding are its words no more.
        example_from: if args.example.is_none() { present.example_from } else { None },
        example: said(&args.example, present.example),
        reason: args.reason.clone(),
        ..NewWording::default()
    }
}

fn wording(view: &View<'_>, args: &RoundPropose, code: CodeId) -> Result<(Edit, String), Failure> {
    let node = view.code(code).filter(|_| !says_nothing(args));
    let Some(node) = node else {
        return failed("say how the code is to be worded: --definition, --when, --when-not or --example");
    };
    let new = worded(args, NewWording::from_present(node.wording.as_ref()));
    // One's own proposal of a code is worded as any code.
    let own = node.code.proposed.is_some();
    let edit = if own { Edit::Reword(code, new) } else { Edit::Propose(code, new) };
    let round = match node.code.proposed {
        Some(proposed) => view.round(view.last_of(proposed.round)),
        None => view.pinned_in(code),
    };
    let round = round.map_or("the round", |round| round.name.as_str());
    Ok((edit, format!("Proposed: “{}” anew. Only you see and use it until {round} is revealed.", node.code.name)))
}

fn says_nothing(args: &RoundPropose) -> bool {
    [&args.definition, &args.when, &args.when_not, &args.example].iter().all(|said| said.is_none())
}

fn new_code(view: &View<'_>, args: &RoundPropose, name: &str, under: CodeId) -> Result<(Edit, String), Failure> {
    let id: CodeId = SystemMint::default().id().into();
    let after = view.codebook().children(Some(under)).last().copied();
    let spot = Spot { parent: Some(under), after };
    let add = Edit::AddCode { id, name: name.to_owned(), spot, origin: Origin::Emergent, colour: None };
    let step = plan(view, &add, &mut SystemMint::default())?;
    let proposed = step.puts.iter().find_map(|put| match put {
        Put::Code(change) if change.key() == Some(id) => change.after.as_ref().map(|code| code.proposed),
        _ => None,
    });
    let Some(round) = proposed.flatten().and_then(|proposed| view.round(proposed.round)) else {
        let under = view.code_name(under);
        return failed(format!(
            "you code in no open round with codes beside “{under}”; there a new code is no proposal"
        ));
    };
    let edit = if says_nothing(args) {
        add
    } else {
        Edit::All(vec![add, Edit::Reword(id, worded(args, NewWording::default()))])
    };
    Ok((edit, format!("Proposed: “{}”. Only you see and use it until {} is revealed.", name.trim(), round.name)))
}
