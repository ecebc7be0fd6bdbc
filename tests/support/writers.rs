//! Several programs at one project, each with a copy of its own, whose lines reach the others in any order.
//!
//! The trial of the fold on real records: each edits what it sees, undoes its own last deed, takes in others' lines a
//! few at a time and some of them twice. A line that comes late sends the records that it names to be folded anew from
//! all lines seen.
#![allow(dead_code, reason = "each test binary uses its part")]

use super::random_edits::{Wish, any_wish};
use super::round_wishes::Want;
use super::study::mint;
use emic::project::Project;
use emic::project::edit::{Edit, plan};
use emic::project::id::{CoderId, Mint, Stamp, Writer};
use emic::project::put::Put;
use emic::project::undo::{allowed, take_back};
use emic::project::view::View;
use proptest::prelude::*;

/// How many programs there are: two of PB's, one of SC's.
pub const WRITERS: usize = 3;

/// What happens next.
#[derive(Clone, Debug)]
pub enum Event {
    /// A writer does something.
    Do(usize, Wish),
    /// A writer does something about a round.
    Round(usize, Want),
    /// A writer takes back what they did last.
    TakeBack(usize),
    /// A writer gets so many lines of another.
    Arrive(usize, usize, usize),
    /// A writer gets the last lines of another once more.
    ArriveAgain(usize, usize),
}

/// Any event.
pub fn any_event() -> impl Strategy<Value = Event> {
    let writer = 0..WRITERS;
    prop_oneof![
        6 => (writer.clone(), any_wish()).prop_map(|(writer, wish)| Event::Do(writer, wish)),
        1 => writer.clone().prop_map(Event::TakeBack),
        4 => (writer.clone(), writer.clone(), 1usize..6).prop_map(|(to, from, n)| Event::Arrive(to, from, n)),
        1 => (writer.clone(), writer).prop_map(|(to, from)| Event::ArriveAgain(to, from)),
    ]
}

/// A line as it travels.
pub type Travelling = (Stamp, Vec<Put>);

/// One program's copy.
pub struct Replica {
    /// The project as it holds it.
    pub project: Project,
    /// What it wrote, in order.
    pub journal: Vec<Travelling>,
    writer: Writer,
    coder: CoderId,
    mint: Box<dyn Mint>,
    seen: Vec<Travelling>,
    received: [usize; WRITERS],
    taken_back: usize,
    /// Whether late lines are folded in their order. Off only to see that it matters.
    refolding: bool,
    /// How many records were folded anew.
    pub refolded: usize,
}

impl Replica {
    /// Three copies of `project`, whose coders are PB and SC.
    pub fn three(project: &Project, coders: &[CoderId], refolding: bool) -> [Self; WRITERS] {
        let names = [("PB-aaaa", coders[0]), ("PB-bbbb", coders[0]), ("SC-cccc", coders[1])];
        let mut seed = 10;
        names.map(|(name, coder)| {
            seed += 1;
            Self {
                project: project.clone(),
                journal: Vec::new(),
                writer: Writer::new(name).expect("a writer"),
                coder,
                mint: Box::new(mint(seed)),
                seen: Vec::new(),
                received: [0; WRITERS],
                taken_back: 0,
                refolding,
                refolded: 0,
            }
        })
    }

    /// Does what `wish` means, if it can be done.
    pub fn want(&mut self, wish: &Wish) {
        let edit = wish.edit(&self.project, self.coder, &mut *self.mint);
        self.try_to(edit);
    }

    /// Does what `want` means, if it can be done.
    pub fn want_in_round(&mut self, want: &Want) {
        let edit = want.edit(&self.project, self.coder, &mut *self.mint);
        self.try_to(edit);
    }

    fn try_to(&mut self, edit: Option<Edit>) {
        let Some(edit) = edit else { return };
        let Ok(step) = plan(&View::new(&self.project, self.coder), &edit, &mut *self.mint) else { return };
        self.write(step.puts);
        self.taken_back = 0;
    }

    /// Takes back the last line not taken back, whatever came in since.
    pub fn take_back(&mut self) {
        let Some(at) = self.journal.len().checked_sub(1 + 2 * self.taken_back) else { return };
        let (stamp, puts) = self.journal[at].clone();
        if allowed(&View::new(&self.project, self.coder), &puts).is_err() {
            return;
        }
        let (step, _) = take_back(&self.project, stamp, "", &puts);
        if !step.puts.is_empty() {
            self.write(step.puts);
            self.taken_back += 1;
        }
    }

    fn write(&mut self, puts: Vec<Put>) {
        if puts.is_empty() {
            return;
        }
        let stamp = Stamp(self.project.n() + 1, self.writer);
        let applied = self.project.apply(stamp, &puts);
        assert_eq!(applied.late, [], "a line of one's own is never late");
        self.journal.push((stamp, puts.clone()));
        self.seen.push((stamp, puts));
    }

    /// Takes in lines, in their order; ones seen already are seen once.
    pub fn absorb(&mut self, lines: &[Travelling]) {
        for line in lines {
            if !self.seen.iter().any(|(stamp, _)| *stamp == line.0) {
                self.seen.push(line.clone());
            }
        }
        let applied = self.project.apply_all(lines.iter().map(|(stamp, puts)| (*stamp, puts.as_slice())));
        if applied.late.is_empty() || !self.refolding {
            return;
        }
        self.refolded += applied.late.len();
        let all = self.seen.iter().flat_map(|(stamp, puts)| puts.iter().map(move |put| (*stamp, put)));
        let named = all.filter(|(_, put)| put.target().is_some_and(|target| applied.late.contains(&target)));
        self.project.refold(named.map(|(stamp, put)| (stamp, put.clone())).collect());
    }
}

/// Lets `events` happen, then brings everybody's lines to everybody, each from the
/// others up or down the row.
pub fn happen(writers: &mut [Replica; WRITERS], events: &[Event], upwards: [bool; WRITERS]) {
    for event in events {
        match event {
            Event::Do(writer, wish) => writers[*writer].want(wish),
            Event::Round(writer, want) => writers[*writer].want_in_round(want),
            Event::TakeBack(writer) => writers[*writer].take_back(),
            Event::Arrive(to, from, count) => arrive(writers, *to, *from, *count),
            Event::ArriveAgain(to, from) if to != from => {
                let until = writers[*to].received[*from];
                let again = writers[*from].journal[until.saturating_sub(3)..until].to_vec();
                writers[*to].absorb(&again);
            }
            Event::ArriveAgain(..) => {}
        }
    }
    for (to, upwards) in upwards.into_iter().enumerate() {
        for step in 1..WRITERS {
            let from = if upwards { (to + step) % WRITERS } else { (to + WRITERS - step) % WRITERS };
            arrive(writers, to, from, usize::MAX);
        }
    }
}

fn arrive(writers: &mut [Replica; WRITERS], to: usize, from: usize, count: usize) {
    if to == from {
        return;
    }
    let start = writers[to].received[from];
    let end = start.saturating_add(count).min(writers[from].journal.len());
    let lines = writers[from].journal[start..end].to_vec();
    writers[to].received[from] = end;
    writers[to].absorb(&lines);
}

/// The project that all lines make, sorted first, on top of `beginning`.
pub fn all_at_once(beginning: &Project, writers: &[Replica; WRITERS]) -> Project {
    let mut lines: Vec<&Travelling> = writers.iter().flat_map(|writer| &writer.journal).collect();
    lines.sort_by_key(|(stamp, _)| *stamp);
    let mut project = beginning.clone();
    let applied = project.apply_all(lines.iter().map(|(stamp, puts)| (*stamp, puts.as_slice())));
    assert_eq!(applied.late, [], "sorted lines are never late");
    project
}
