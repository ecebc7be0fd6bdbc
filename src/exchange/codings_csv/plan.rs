//! Rows of codings held against a project: edits by coder, or what is wrong with which row.
//!
//! Blindness holds here too. Whoever codes in an open round cannot take in what another coder made for it, for they would
//! have read it; and of codings that are hidden from whoever takes them in it is not said which stood already.

use super::rows::Row;
use crate::project::edit::{Edit, NewCoding};
use crate::project::id::{CodeId, CoderId, SourceId};
use crate::project::round::Round;
use crate::project::view::{View, Whose};
use crate::text::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// What names in a file mean, as whoever takes it in may know it. Each gives a sentence where it means nothing, or several.
pub trait Lookup {
    /// A source; the case may be empty.
    fn source(&self, case: &str, name: &str) -> Result<SourceId, String>;
    /// A coder.
    fn coder(&self, name: &str) -> Result<CoderId, String>;
    /// A code.
    fn code(&self, name: &str) -> Result<CodeId, String>;
}

/// What is wrong with a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadRow {
    /// Its number; the headings are row 1.
    pub number: usize,
    /// A sentence.
    pub why: String,
}

/// What is taken in for one coder.
#[derive(Clone, PartialEq, Debug)]
pub struct Taken {
    /// The coder, in whose journal it is laid.
    pub coder: CoderId,
    /// The edit; `None` where everything stood already.
    pub edit: Option<Edit>,
    /// How many rows are new.
    pub new: usize,
    /// How many rows were there already, or came twice in the file.
    pub there: usize,
    /// How many of these have another comment than the coding that stands; it is left as it is.
    pub other_comment: usize,
    /// Whether some of it is hidden from whoever takes it in: then nothing may be said of what was there already.
    pub hidden: bool,
}

/// Holds rows against the project. `by` is who takes them in; `view` gives the project as a coder may see it.
///
/// # Errors
/// All rows that cannot be taken in, in order, with what is wrong with each. Nothing is to be done then.
pub fn plan<'a>(
    rows: &[Row],
    by: CoderId,
    lookup: &dyn Lookup,
    view: &dyn Fn(CoderId) -> View<'a>,
) -> Result<Vec<Taken>, Vec<BadRow>> {
    let mut work = Work {
        by,
        lookup,
        view,
        sources: HashMap::new(),
        coders: HashMap::new(),
        codes: HashMap::new(),
        may: HashMap::new(),
        standing: HashMap::new(),
    };
    let mut bad = Vec::new();
    let mut taken: Vec<(Taken, Vec<NewCoding>)> = Vec::new();
    for row in rows {
        match work.row(row) {
            Ok(found) => {
                let at = taken.iter().position(|(taken, _)| taken.coder == found.coder).unwrap_or_else(|| {
                    taken.push((Taken::none(found.coder), Vec::new()));
                    taken.len() - 1
                });
                let (taken, new) = &mut taken[at];
                taken.hidden |= found.hidden;
                match found.stands {
                    None => {
                        taken.new += 1;
                        new.push(found.new);
                    }
                    Some(same_comment) => {
                        taken.there += 1;
                        taken.other_comment += usize::from(!same_comment);
                    }
                }
            }
            Err(why) => bad.push(BadRow { number: row.number, why }),
        }
    }
    if !bad.is_empty() {
        return Err(bad);
    }
    let with_edit = |(taken, new): (Taken, Vec<NewCoding>)| {
        let edit = (!new.is_empty()).then_some(Edit::TakeCodings(new));
        Taken { edit, ..taken }
    };
    Ok(taken.into_iter().map(with_edit).collect())
}

impl Taken {
    const fn none(coder: CoderId) -> Self {
        Self { coder, edit: None, new: 0, there: 0, other_comment: 0, hidden: false }
    }
}

/// A row that can be taken in.
struct Found {
    coder: CoderId,
    new: NewCoding,
    hidden: bool,
    /// Whether the coding stands already; if so, whether its comment is the row's.
    stands: Option<bool>,
}

/// The codings of one coder in one source that stand, or come earlier in the file, with their comments.
type Standing = HashMap<(CodeId, Span), Vec<String>>;

/// What was found out on the way: a file names a few things many times.
struct Work<'a, 'w> {
    by: CoderId,
    lookup: &'w dyn Lookup,
    view: &'w dyn Fn(CoderId) -> View<'a>,
    sources: HashMap<(String, String), Result<SourceId, String>>,
    coders: HashMap<String, Result<CoderId, String>>,
    codes: HashMap<String, Result<CodeId, String>>,
    /// Whether a coder's codings of a code in a source may be taken in; if so, whether they are hidden from whoever does.
    may: HashMap<(CoderId, SourceId, CodeId), Result<bool, String>>,
    standing: HashMap<(CoderId, SourceId), Standing>,
}

impl Work<'_, '_> {
    fn row(&mut self, row: &Row) -> Result<Found, String> {
        let lookup = self.lookup;
        let named = |what: &str, name: &str| if name.is_empty() { Err(format!("there is no {what}")) } else { Ok(()) };
        named("source", &row.source)?;
        named("coder", &row.coder)?;
        named("code", &row.code)?;
        let key = (row.case.clone(), row.source.clone());
        let source = self.sources.entry(key).or_insert_with(|| lookup.source(&row.case, &row.source)).clone()?;
        let coder = self.coders.entry(row.coder.clone()).or_insert_with(|| lookup.coder(&row.coder)).clone()?;
        let code = self.codes.entry(row.code.clone()).or_insert_with(|| lookup.code(&row.code)).clone()?;
        let view = (self.view)(coder);
        let (start, end) = (number("start", &row.start)?, number("end", &row.end)?);
        let chars = view.version(source).map_or(0, |version| version.chars);
        if start > end {
            return Err(format!("it starts at {start} and ends before that, at {end}"));
        }
        if start == end {
            return Err(format!("it holds no words: it starts and ends at {start}"));
        }
        if end > chars {
            return Err(format!("it ends at {end}, and the text has {chars} characters"));
        }
        let by = self.by;
        let may = self.may.entry((coder, source, code));
        let hidden = may.or_insert_with(|| may_take(&view, by, source, code)).clone()?;

        let span = Span::new(start, end);
        let code = view.codebook().resolve(code).unwrap_or(code);
        let here = self.standing.entry((coder, source)).or_insert_with(|| standing(&view, source));
        let comments = here.entry((code, span)).or_default();
        let comment = row.comment.trim();
        let stands = if comments.is_empty() {
            comments.push(comment.to_owned());
            None
        } else {
            Some(comment.is_empty() || comments.iter().any(|known| known == comment))
        };
        let new = NewCoding { at: view.passage(source, span), code, comment: comment.to_owned() };
        Ok(Found { coder, new, hidden, stands })
    }
}

/// The codings of the viewing coder in a source.
fn standing(view: &View<'_>, source: SourceId) -> Standing {
    let mut out: Standing = HashMap::new();
    for seen in view.showing(Whose::Mine).codings_of(source) {
        out.entry((seen.code, seen.span)).or_default().push(seen.coding.comment.clone());
    }
    out
}

/// Whether `by` may take in the viewing coder's codings of a code in a source; if so, whether they are hidden from `by`.
fn may_take(view: &View<'_>, by: CoderId, source: SourceId, code: CodeId) -> Result<bool, String> {
    let whose = view.initials(view.coder());
    let Some(node) = view.code(code) else {
        // A proposal of whoever takes it in, which nobody else sees yet.
        return Err(format!("{whose} cannot use this code: it is proposed in a round and only its maker sees it"));
    };
    let name = &node.code.name;
    if node.code.heading {
        return Err(format!("“{name}” is a heading and is not applied to text; choose a code under it"));
    }
    let Some(round) = view.round_for(source, code).and_then(|round| view.round(round)) else { return Ok(false) };
    let round: &Arc<Round> = round;
    if by != view.coder() && round.coders().contains(&by) {
        let round = &round.name;
        return Err(format!(
            "what {whose} codes for {round} is hidden from you until it is revealed; let {whose} take it in"
        ));
    }
    let case = round.ground(source).map(|ground| ground.case);
    if let Some(case) = case.filter(|case| view.has_finished(round.id, view.coder(), *case)) {
        let case = view.case(case).map_or("its case", |case| case.name.as_str());
        return Err(format!("{whose} has finished {case} in {}; it has to be reopened first", round.name));
    }
    Ok(by != view.coder())
}

/// A position as it is written.
fn number(what: &str, cell: &str) -> Result<u32, String> {
    if cell.is_empty() {
        return Err(format!("{what} is empty"));
    }
    // `parse` would take a plus sign.
    let digits = cell.bytes().all(|byte| byte.is_ascii_digit());
    cell.parse().ok().filter(|_| digits).ok_or_else(|| {
        let shown: String = cell.chars().take(20).collect();
        let dots = if shown.len() < cell.len() { "…" } else { "" };
        format!("{what} is “{shown}{dots}”, not a number of characters")
    })
}
