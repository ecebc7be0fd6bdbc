//! `emic round`: rounds of independent coding, before the reveal.
//!
//! What is wrong is said before anything is touched: every edit is planned against the project as it is looked at, and only
//! then is the project opened to work in it.

mod allocate;
mod consensus;
mod list;
mod new;
mod propose;
mod show;
mod stand;

use super::args::{LookArgs, Round, RoundCommand, WhoArgs};
use super::failure::{Failure, failed};
use super::opening::{Desk, Work, by_hand, work};
use super::out;
use crate::findings::ground::Transcript;
use crate::project::edit::{Edit, plan};
use crate::project::id::{Mint, SourceId};
use crate::session::{KeepError, Study, SystemMint};
use std::cell::RefCell;
use std::path::Path;

pub(super) fn run(args: &Round, look: &LookArgs) -> Result<(), Failure> {
    match &args.command {
        RoundCommand::New(new) => new::run(new),
        RoundCommand::List(list) => list::run(list, look),
        RoundCommand::Show(show) => show::run(show, look),
        RoundCommand::Finish(case) => stand::finish(case, true),
        RoundCommand::Reopen(case) => stand::finish(case, false),
        RoundCommand::Propose(propose) => propose::run(propose),
        RoundCommand::Allocate(allocate) => allocate::run(allocate, look),
        RoundCommand::Reveal(reveal) => stand::reveal(reveal),
    }
}

/// Opens a project as whoever is going to work in it, to look first.
pub(super) fn looked_at(project: &Path, who: &WhoArgs) -> Result<Desk, Failure> {
    Desk::before_working(project, &by_hand(who, false))
}

/// Refuses an edit that `desk` says cannot be done, before anything is touched.
fn refuse_early(desk: &Desk, edit: &Edit) -> Result<(), Failure> {
    plan(&desk.view(), edit, &mut SystemMint::default())?;
    Ok(())
}

/// Does an edit, and waits until it is on disk; gives the study as it is then.
pub(super) fn carry_out(project: &Path, who: &WhoArgs, desk: &Desk, edit: &Edit) -> Result<Study, Failure> {
    refuse_early(desk, edit)?;
    let Work { mut study, notes, read_only } = work(project, by_hand(who, false))?;
    if let Some(why) = read_only {
        return failed(format!("nothing was done: {why}"));
    }
    notes.iter().for_each(|note| out::note(note));
    study.apply(edit)?;
    study.finish()?;
    Ok(study)
}

/// Texts as findings want them. Why one cannot be read is kept for whoever asks.
struct Shelf<'a> {
    desk: &'a Desk,
    trouble: RefCell<Option<KeepError>>,
}

impl<'a> Shelf<'a> {
    const fn new(desk: &'a Desk) -> Self {
        Self { desk, trouble: RefCell::new(None) }
    }

    fn read(&self, source: SourceId) -> Option<Transcript> {
        match self.desk.read(source) {
            Ok(reading) => Some(Transcript { text: reading.text, turns: reading.turns }),
            Err(why) => {
                self.trouble.borrow_mut().get_or_insert(why);
                None
            }
        }
    }

    /// Why something failed: what a text had to say against it, else `why`.
    fn failure(&self, why: impl ToString) -> Failure {
        self.trouble.borrow_mut().take().map_or_else(|| Failure::Failed(why.to_string()), Failure::from)
    }
}

/// The seed that was said, or a new one.
fn seed(said: Option<u64>) -> u64 {
    said.unwrap_or_else(|| crate::findings::chance::short_seed(SystemMint::default().random()))
}

/// A number with thousands parted, as people read it: `41,200`.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_parted() {
        assert_eq!([0, 999, 1000, 41_200, 1_234_567].map(grouped), ["0", "999", "1,000", "41,200", "1,234,567"]);
    }
}
