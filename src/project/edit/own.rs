//! Edits of what a coder keeps for themselves: pinned codes, how far they have read.

use super::{Refusal, put_of};
use crate::project::coding::{Pins, Progress};
use crate::project::id::{CodeId, SourceId};
use crate::project::step::Step;
use crate::project::view::View;
use crate::text::Pos;

pub(super) fn pin(view: &View<'_>, digit: u8, code: Option<CodeId>) -> Result<Step, Refusal> {
    if !(1..=9).contains(&digit) {
        return Err(Refusal::Digit);
    }
    let node = code.map(|code| view.code(code).ok_or(Refusal::NoCode)).transpose()?;
    if let Some(node) = node.filter(|node| node.code.heading) {
        return Err(Refusal::Heading(node.code.name.clone()));
    }
    let id = Pins::id_for(view.coder());
    let old = view.project().get::<Pins>(id);
    let mut codes = old.map_or_else(Vec::new, |pins| pins.codes.clone());
    codes.resize(9, None);
    codes[usize::from(digit) - 1] = node.map(|node| node.code.id);
    let pins = Pins { id, coder: view.coder(), codes };
    if code.is_none() && old.is_none() {
        return Err(Refusal::Idle(format!("{digit} is free already")));
    }
    let did = match node {
        Some(node) => format!("pin “{}” on {digit}", node.code.name),
        None => format!("free {digit}"),
    };
    Ok(Step::new(did, vec![put_of(old, pins)]))
}

pub(super) fn read(view: &View<'_>, source: SourceId, to: Pos, finished: bool) -> Result<Step, Refusal> {
    let name = &view.source(source).ok_or(Refusal::Gone("source"))?.name;
    let id = Progress::id_for(view.coder(), source);
    let old = view.project().get::<Progress>(id);
    let new = Progress { id, coder: view.coder(), source, read_to: to, finished };
    Ok(Step::new(format!("read “{name}”"), vec![put_of(old, new)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    #[test]
    fn codes_are_pinned_on_digits_and_taken_off_by_each_coder_for_themselves() {
        let mut desk = Desk::new();
        let (a, b) = (desk.code("A"), desk.code("B"));
        assert_eq!(desk.refusal(&Edit::Pin(4, None)), "4 is free already");
        desk.apply(&Edit::Pin(1, Some(a)));
        desk.apply(&Edit::Pin(9, Some(b)));
        assert_eq!((desk.view().pins()[0], desk.view().pins()[8]), (Some(a), Some(b)));
        assert_eq!(desk.as_other(|desk| desk.view().pins()), [None; 9]);
        desk.apply(&Edit::Pin(1, None));
        assert_eq!((desk.view().pins()[0], desk.view().pins()[8]), (None, Some(b)));
        desk.undo();
        assert_eq!(desk.view().pins()[0], Some(a));
        for digit in [0, 10] {
            assert_eq!(desk.refusal(&Edit::Pin(digit, Some(a))), "codes are pinned on the digits 1 to 9");
        }
        desk.apply(&Edit::SetHeading(a, true));
        assert!(desk.refusal(&Edit::Pin(2, Some(a))).starts_with("“A” is a heading"));
    }

    #[test]
    fn how_far_a_coder_has_read_is_a_quiet_step_unless_it_comes_with_another() {
        let mut desk = Desk::new();
        let text = desk.source("A", 100);
        let to = |at, finished| Edit::Read { source: text, to: Pos(at), finished };
        assert!(desk.apply(&to(40, false)).quiet);
        assert!(desk.apply(&to(100, true)).quiet);
        let read = desk.view().progress(text).expect("progress").clone();
        assert_eq!((read.read_to, read.finished, read.coder), (Pos(100), true, desk.coder));
        assert!(desk.as_other(|desk| desk.view().progress(text).is_none()));
        assert!(desk.apply(&Edit::All(vec![to(50, false)])).quiet);
        let code = desk.id().into();
        let spot = crate::project::edit::Spot { parent: None, after: None };
        let origin = crate::project::codebook::Origin::Emergent;
        let add = Edit::AddCode { id: code, name: "A".into(), spot, origin, colour: None };
        assert!(!desk.apply(&Edit::All(vec![to(60, false), add])).quiet);
        assert_eq!(desk.plan(&to(60, false)).map(|step| (step.puts, step.quiet)), Ok((vec![], false)));
    }
}
