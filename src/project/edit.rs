//! Edits: what a person wants done. Planned against what they see, an edit gives a step; it is stored nowhere.
//!
//! One file a family. Planning decides everything (what a merge does to wordings, which coding is extended) and changes
//! nothing, so that it can be tested without a disk or a screen, and shown before it is done.

mod ahead;
mod attributes;
mod codes;
mod cycles;
mod decide;
mod judge;
mod lay;
mod memos;
mod own;
mod proposals;
mod quotations;
mod refusal;
mod rounds;
mod rows;
mod several;
mod sources;
mod tables;
mod themes;
mod trace;
mod wordings;

pub use ahead::Ahead;
pub use attributes::{AttributeEdit, NewAttribute, typed};
pub use cycles::CycleEdit;
pub use decide::{NewAllocation, NewDecision, SAY_WHY};
pub use judge::JudgeEdit;
pub use lay::NewCoding;
pub use quotations::QuotationEdit;
pub use refusal::Refusal;
pub use rounds::NewRound;
pub use rows::RowEdit;
pub use sources::{NewSource, SpeakerIs, Words};
pub use tables::{NewLine, NewTable, TableEdit};
pub use themes::{NewTheme, ThemeEdit};
pub use wordings::NewWording;

use super::Project;
use super::codebook::Origin;
use super::coding::Coding;
use super::decision::Verdict;
use super::id::{
    CaseId, CheckId, CodeId, CoderId, CodingId, DecisionId, MemoId, Mint, ReshapingId, RoundId, SourceId, Stamp,
    WordingId,
};
use super::memo::{Link, MemoKind};
use super::put::Put;
use super::record::{Change, Record};
use super::source::{Passage, SourceKind, Splice, Who};
use super::step::Step;
use super::study::{Coder, Study, are_initials};
use super::view::View;
use crate::text::Pos;
use std::sync::Arc;

/// Where a code goes among others: under `parent`, right after `after` (first if `None`, last if that is gone).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot {
    /// The code above it.
    pub parent: Option<CodeId>,
    /// The sibling before it.
    pub after: Option<CodeId>,
}

/// An intention.
#[derive(Clone, PartialEq, Debug)]
pub enum Edit {
    /// Several as one step, each seeing what those before it did. Those that would change nothing are passed over.
    All(Vec<Edit>),
    /// Begins a study.
    Found {
        /// Its title.
        title: String,
    },
    /// Adds a coder.
    AddCoder {
        /// What names them from now on.
        id: CoderId,
        /// 1 to 8 letters and digits.
        initials: String,
        /// Their name, or nothing.
        name: String,
    },
    /// Adds a code.
    AddCode {
        /// What names it from now on.
        id: CodeId,
        /// What it is called.
        name: String,
        /// Where it goes.
        spot: Spot,
        /// Where it came from.
        origin: Origin,
        /// Its hue; `None` takes its parent's, or the next free one.
        colour: Option<u8>,
    },
    /// Calls a code something else.
    RenameCode(CodeId, String),
    /// Moves a code with all below it.
    MoveCode(CodeId, Spot),
    /// Makes codes one with another: wordings joined, codings kept, a trail left.
    MergeCodes {
        /// The codes that go.
        from: Vec<CodeId>,
        /// The code that stays.
        into: CodeId,
    },
    /// Deletes codes with all below them. Codings stay on disk and come back with an undo.
    DeleteCodes(Vec<CodeId>),
    /// Makes a code a mere heading, or applicable again.
    SetHeading(CodeId, bool),
    /// Gives a code another hue.
    SetColour(CodeId, u8),
    /// Says where a code came from.
    SetOrigin(CodeId, Origin),
    /// Words a code anew; the earlier wording is kept.
    Reword(CodeId, NewWording),
    /// Lays codes on passages.
    Lay {
        /// The words.
        passages: Vec<Passage>,
        /// The codes.
        codes: Vec<CodeId>,
        /// Each a coding of its own, even over words that carry the code already.
        apart: bool,
        /// Where speakers change around the passages, in chars of the present version, in order. A coding is not
        /// extended across one. Passages of several sources, which have borders of their own, are several edits.
        borders: Vec<Pos>,
    },
    /// Takes in codings made elsewhere, each one of its own, with its comment.
    TakeCodings(Vec<NewCoding>),
    /// Takes codings away.
    Remove(Vec<CodingId>),
    /// Gives a coding other words.
    Resize(CodingId, Passage),
    /// Gives codings another code.
    Recode(Vec<CodingId>, CodeId),
    /// Notes something about a coding.
    Comment(CodingId, String),
    /// Puts a code on a digit (1 to 9), or frees the digit.
    Pin(u8, Option<CodeId>),
    /// Writes a memo, new or again.
    WriteMemo {
        /// What names it.
        id: MemoId,
        /// What it is about.
        on: Link,
        /// What kind of thought it is.
        kind: MemoKind,
        /// Whether others may read it.
        shared: bool,
        /// Title line and Markdown.
        text: String,
    },
    /// Deletes a memo.
    DeleteMemo(MemoId),
    /// Adds a case.
    AddCase {
        /// What names it from now on.
        id: CaseId,
        /// What it is called.
        name: String,
        /// What kind of case it is.
        kind: String,
    },
    /// Calls a case something else.
    RenameCase(CaseId, String),
    /// Says something of a case; empty words take it back. Adds the attribute if the project has none of this name.
    Describe {
        /// The case.
        case: CaseId,
        /// The attribute's name.
        attribute: String,
        /// Its value.
        value: String,
    },
    /// Takes in a source with its text.
    Import(Box<NewSource>),
    /// Calls a source something else.
    RenameSource(SourceId, String),
    /// Says what kind of text a source is.
    SetKind(SourceId, SourceKind),
    /// Puts a source under a case.
    MoveSource(SourceId, Option<CaseId>),
    /// Takes a source out of the study. Its text and codings stay on disk and come back with an undo.
    DeleteSource(SourceId),
    /// Says who speaks under a label.
    SetSpeaker(SourceId, String, Who),
    /// Accepts a recognition of speaker turns: its number, and who speaks.
    AcceptTurns(SourceId, u32, Vec<(String, SpeakerIs)>),
    /// Corrects a text: a new version of it, whose words are on disk already.
    Correct {
        /// Whose text.
        source: SourceId,
        /// What was replaced, in chars of the present version, in order.
        splices: Vec<Splice>,
        /// Digest and size of the new words.
        text: Words,
        /// Why.
        reason: String,
    },
    /// Notes how far this coder has read. Passed over by undo.
    Read {
        /// What.
        source: SourceId,
        /// Up to where.
        to: Pos,
        /// Whether they are done with it.
        finished: bool,
    },
    /// Opens a round of independent coding.
    OpenRound(Box<NewRound>),
    /// Says that this coder has finished a case of a round, or takes it up again. When all have finished all, the round
    /// is revealed by the same step.
    Finish {
        /// The round.
        round: RoundId,
        /// The case.
        case: CaseId,
        /// Done with it.
        finished: bool,
    },
    /// Reveals a round that all have finished (in copies of the project that have come together since).
    Reveal(RoundId),
    /// Ends an open round because a code has to mean something else, and begins the next with the new wording.
    Revise {
        /// The round.
        round: RoundId,
        /// What names the next from now on.
        next: RoundId,
        /// The code.
        code: CodeId,
        /// What it is to mean.
        wording: Box<NewWording>,
    },
    /// Proposes another wording of a pinned code.
    Propose(CodeId, NewWording),
    /// Takes a code proposed in a round that has been revealed into the codebook. To turn one down is to delete it, to
    /// match it with another is to merge the two.
    AcceptCode(CodeId),
    /// Makes a proposed wording what its code means; whether that is something else than before.
    AcceptWording(WordingId, bool),
    /// Turns a proposed wording down.
    RejectWording(WordingId),
    /// Decides about a disagreement, anew or again.
    Decide(Box<NewDecision>),
    /// Says why one decided so.
    GiveReason(DecisionId, String),
    /// Holds a coding against what its code means now, and says why one finds so.
    CheckAgain(CodingId, Verdict, String),
    /// Says why one found so.
    GiveCheckReason(CheckId, String),
    /// Divides the remaining cases.
    Allocate(Box<NewAllocation>),
    /// Changes attributes, their values, waves or participants.
    Attributes(AttributeEdit),
    /// Changes rows.
    Rows(RowEdit),
    /// Changes saved tables.
    Tables(TableEdit),
    /// Changes themes and what they hold.
    Themes(ThemeEdit),
    /// Freezes the codebook as a cycle, or names one anew.
    Cycles(CycleEdit),
    /// Judges a code in a case or a pair of codings, or sums up a case.
    Judge(JudgeEdit),
    /// Quotes words in a memo.
    Quotations(QuotationEdit),
    /// Says why something was done to a code.
    ReasonOf(ReshapingId, String),
}

/// Plans `edit` against what `view` shows: the step that does it, or why it cannot be done. Nothing is changed.
///
/// # Errors
/// A [`Refusal`]: one sentence for the person who wanted it.
pub fn plan(view: &View<'_>, edit: &Edit, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let mut step = match edit {
        Edit::All(edits) => several::all(view, edits, mint)?,
        edit => one(view, edit, mint)?,
    };
    trace::leave(view, &mut step, mint);
    step.quiet = !step.puts.is_empty() && step.puts.iter().all(|put| matches!(put, Put::Progress(_)));
    Ok(step)
}

fn one(view: &View<'_>, edit: &Edit, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    match edit {
        Edit::All(edits) => several::all(view, edits, mint),
        Edit::Found { title } => {
            let (id, title, made) = (mint.id().into(), name_of(title, "study")?, mint.now());
            let study = Study { id, title, made, signature: Vec::new(), fewest: 0 };
            Ok(Step::new(format!("begin “{}”", study.title), vec![Change::create(study).into()]))
        }
        Edit::AddCoder { id, initials, name } => add_coder(view, *id, initials, name),
        Edit::AddCode { id, name, spot, origin, colour } => codes::add(view, *id, name, *spot, *origin, *colour),
        Edit::RenameCode(id, name) => codes::rename(view, *id, name),
        Edit::MoveCode(id, spot) => codes::shift(view, *id, *spot),
        Edit::MergeCodes { from, into } => wordings::merge(view, from, *into, mint),
        Edit::DeleteCodes(ids) => codes::delete(view, ids),
        Edit::SetHeading(id, on) => codes::set_heading(view, *id, *on),
        Edit::SetColour(id, hue) => codes::set_colour(view, *id, *hue),
        Edit::SetOrigin(id, origin) => codes::set_origin(view, *id, *origin),
        Edit::Reword(id, wording) => wordings::reword(view, *id, wording, mint),
        Edit::Lay { passages, codes, apart, borders } => lay::lay(view, passages, codes, *apart, borders, mint),
        Edit::TakeCodings(codings) => lay::take(view, codings, mint),
        Edit::Remove(ids) => lay::remove(view, ids),
        Edit::Resize(id, to) => lay::resize(view, *id, *to),
        Edit::Recode(ids, to) => lay::recode(view, ids, *to),
        Edit::Comment(id, text) => lay::comment(view, *id, text),
        Edit::Pin(digit, code) => own::pin(view, *digit, *code),
        Edit::WriteMemo { id, on, kind, shared, text } => memos::write(view, *id, *on, *kind, *shared, text, mint),
        Edit::DeleteMemo(id) => memos::delete(view, *id),
        Edit::AddCase { id, name, kind } => sources::add_case(view, *id, name, kind),
        Edit::RenameCase(id, name) => sources::rename_case(view, *id, name),
        Edit::Describe { case, attribute, value } => sources::describe(view, *case, attribute, value, mint),
        Edit::Import(new) => sources::import(view, new),
        Edit::RenameSource(id, name) => sources::rename(view, *id, name),
        Edit::SetKind(id, kind) => sources::set_kind(view, *id, *kind),
        Edit::MoveSource(id, case) => sources::shift(view, *id, *case),
        Edit::DeleteSource(id) => sources::delete(view, *id),
        Edit::SetSpeaker(id, label, who) => sources::set_speaker(view, *id, label, *who),
        Edit::AcceptTurns(id, turns, speakers) => sources::accept_turns(view, *id, *turns, speakers),
        Edit::Correct { source, splices, text, reason } => sources::correct(view, *source, splices, text, reason, mint),
        Edit::Read { source, to, finished } => own::read(view, *source, *to, *finished),
        Edit::OpenRound(new) => rounds::open(view, new, mint),
        Edit::Finish { round, case, finished } => finish(view, *round, *case, *finished, mint),
        Edit::Reveal(round) => rounds::reveal(view, *round, mint),
        Edit::Revise { round, next, code, wording } => rounds::revise(view, (*round, *next), *code, wording, mint),
        Edit::Propose(code, wording) => proposals::propose(view, *code, wording, mint),
        Edit::AcceptCode(code) => proposals::accept_code(view, *code),
        Edit::AcceptWording(wording, meaning) => proposals::accept_wording(view, *wording, *meaning),
        Edit::RejectWording(wording) => proposals::reject_wording(view, *wording),
        Edit::Decide(new) => decide::decide(view, new, mint),
        Edit::GiveReason(decision, reason) => decide::give_reason(view, *decision, reason),
        Edit::CheckAgain(coding, verdict, reason) => decide::check_again(view, *coding, *verdict, reason, mint),
        Edit::GiveCheckReason(check, reason) => decide::give_check_reason(view, *check, reason),
        Edit::Allocate(new) => decide::allocate(view, new, mint),
        Edit::Attributes(edit) => attributes::plan(view, edit),
        Edit::Rows(edit) => rows::plan(view, edit),
        Edit::Tables(edit) => tables::plan(view, edit),
        Edit::Themes(edit) => themes::plan(view, edit),
        Edit::Cycles(edit) => cycles::plan(view, edit, mint),
        Edit::Judge(edit) => judge::plan(view, edit, mint),
        Edit::Quotations(edit) => quotations::plan(view, edit, mint),
        Edit::ReasonOf(id, why) => trace::reason(view, *id, why),
    }
}

/// Finishes a case, and reveals the round if that was the last thing it waited for.
fn finish(view: &View<'_>, round: RoundId, case: CaseId, finished: bool, mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let mut step = rounds::finish(view, round, case, finished, mint)?;
    let mut ahead: Project = view.project().clone();
    ahead.apply(Stamp(ahead.n() + 1, super::id::Writer::default()), &step.puts);
    let ahead = View::new(&ahead, view.coder());
    if ahead.round(round).is_some_and(|round| ahead.all_have_finished(round)) {
        let reveal = rounds::reveal(&ahead, round, mint)?;
        step.did = format!("{}, {}", step.did, reveal.did);
        step.puts.extend(reveal.puts);
    }
    Ok(step)
}

/// A name as typed, without white space around it or line breaks in it.
fn name_of(typed: &str, what: &'static str) -> Result<String, Refusal> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { Err(Refusal::NoName(what)) } else { Ok(name) }
}

fn add_coder(view: &View<'_>, id: CoderId, initials: &str, name: &str) -> Result<Step, Refusal> {
    if !are_initials(initials) {
        return Err(Refusal::Initials(initials.to_owned()));
    }
    if view.coders().any(|coder| coder.initials.eq_ignore_ascii_case(initials)) {
        return Err(Refusal::Taken { what: "coder", name: initials.to_owned() });
    }
    let coder = Coder { id, initials: initials.to_owned(), name: name.trim().to_owned() };
    Ok(Step::new(format!("add coder {initials}"), vec![Change::create(coder).into()]))
}

/// The put that makes `new` of what stands.
fn put_of<T: Record>(old: Option<&Arc<T>>, new: T) -> Put
where
    Put: From<Change<T>>,
{
    Change { before: old.cloned(), after: Some(Arc::new(new)) }.into()
}

/// `text` cut to some 40 chars at a word, for what was done. Names only ever come from the codebook or from titles.
fn brief(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{cut}…")
}

fn mine<'a>(view: &View<'a>, id: CodingId) -> Result<&'a Arc<Coding>, Refusal> {
    let coding = view.project().coding(id).ok_or(Refusal::NoCoding)?;
    if view.hides_coding(coding) {
        Err(Refusal::NoCoding)
    } else if coding.coder == view.coder() {
        Ok(coding)
    } else {
        Err(Refusal::NotYours { what: "coding", owner: view.initials(coding.coder).to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::testing::Desk;

    #[test]
    fn a_coder_has_initials_of_their_own() {
        let mut desk = Desk::new();
        let mut add = |initials: &str| {
            let edit = Edit::AddCoder { id: desk.id().into(), initials: initials.into(), name: String::new() };
            desk.refusal(&edit)
        };
        assert_eq!(add("pb"), "there is a coder called “pb” here already");
        assert_eq!(add("P B"), "“P B” cannot be a coder's initials: 1 to 8 letters and digits, please");
        assert_eq!(add("TOOLONGBY1"), "“TOOLONGBY1” cannot be a coder's initials: 1 to 8 letters and digits, please");
    }
}
