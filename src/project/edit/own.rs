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
