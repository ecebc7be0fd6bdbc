//! What is compared: the sources of a round with what could be coded in them, who coded them, and what they laid there.
//!
//! Two things are made from it: the input of the agreement functions, and the way back from a figure to its passages.
//! Of a reveal it holds what was kept then, and nothing that came later moves it; of the project as it stands it holds
//! what the reconcile queue is read from.

use super::kept::{Kept, chars, common};
use crate::agreement::{InputError, Study};
use crate::project::id::{CaseId, CodeId, CoderId, CodingId, RoundId, SourceId, WordingId};
use crate::project::reveal::Reveal;
use crate::project::round::{Ground, Round, Unit};
use crate::project::source::Passage;
use crate::project::view::View;
use crate::text::{Span, Text};
use std::collections::HashMap;
use std::sync::Arc;

/// How texts are come by: the version of a source's text, if it is at hand. Only words, sentences and paragraphs of
/// sources that have turns have to be looked for in texts.
pub type Texts<'a> = dyn Fn(SourceId, u32) -> Option<Text> + 'a;

/// No texts at hand.
#[must_use]
pub fn no_texts(_source: SourceId, _version: u32) -> Option<Text> {
    None
}

/// What is asked for otherwise than the round fixed it; nothing by default.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// What agreement is counted on first; the round's unit if `None`.
    pub unit: Option<Unit>,
    /// The level of the tree.
    pub depth: Depth,
    /// Only these codes; all if empty.
    pub codes: Vec<CodeId>,
    /// Only these cases; all if empty.
    pub cases: Vec<CaseId>,
    /// Only these coders; all if empty.
    pub coders: Vec<CoderId>,
}

/// At which level of the tree codes are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Depth {
    /// As the round fixed it.
    #[default]
    Fixed,
    /// As they were applied.
    AsApplied,
    /// Rolled up to this depth, 1 for the top.
    At(u32),
}

/// Why there are no figures.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum NoFigures {
    /// No such round.
    #[error("that round is not in this project; `emic round list` lists those that are")]
    Gone,
    /// It is blind still.
    #[error("{round} has not been revealed: {waiting}; nothing is compared before all have finished")]
    NotRevealed {
        /// The round.
        round: String,
        /// Who has not finished what.
        waiting: String,
    },
    /// It was stopped.
    #[error("{round} was stopped before it was revealed; {next} goes on from it")]
    Stopped {
        /// The round.
        round: String,
        /// The one that goes on.
        next: String,
    },
    /// The unit is in no source.
    #[error("{round} has no {unit}s to count on: {why}")]
    NoUnits {
        /// The round.
        round: String,
        /// The unit.
        unit: &'static str,
        /// Why.
        why: &'static str,
    },
    /// What was asked for leaves nothing.
    #[error("nothing is left to compare: {0}")]
    Nothing(String),
    /// The input cannot be: records that do not fit together.
    #[error("{0}")]
    Input(#[from] InputError),
}

/// A source of a round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// The source.
    pub source: SourceId,
    /// The case it was coded for.
    pub case: CaseId,
    /// The version of its text that all positions are of.
    pub version: u32,
    /// How long that is, in chars.
    pub chars: u32,
    /// How many words of it are in scope.
    pub words: u32,
    /// What could be coded.
    pub kept: Kept,
    /// Who coded it, of those who are compared.
    pub coders: Vec<CoderId>,
    /// Its units, whether in scope or not.
    pub lists: Vec<(Unit, Vec<Span>)>,
}

impl Sheet {
    /// Its units of a kind; none where they are not known.
    #[must_use]
    pub fn units(&self, unit: Unit) -> Option<&[Span]> {
        self.lists.iter().find(|(kind, _)| *kind == unit).map(|(_, units)| &units[..])
    }

    /// Whether `laid` (in order, without overlaps) gives `unit` the code: it covers a char in scope of it, and at least
    /// so many percent of those.
    #[must_use]
    pub fn gives(&self, laid: &[Span], unit: Span, least: u8) -> bool {
        let inside = self.kept.within(unit);
        let covered = chars(&common(laid, &inside));
        // As the agreement functions have it, so that no rounding comes between.
        covered > 0 && f64::from(covered) >= f64::from(least) / 100.0 * f64::from(chars(&inside))
    }
}

/// What a coder laid somewhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Mark {
    /// In which source.
    pub source: SourceId,
    /// Where, in the sheet's version of the text.
    pub span: Span,
    /// Which code, merges followed.
    pub code: CodeId,
    /// Whose.
    pub coder: CoderId,
    /// The coding.
    pub id: CodingId,
    /// The wording it was made under or last confirmed.
    pub wording: Option<WordingId>,
}

/// What is compared.
#[derive(Clone, PartialEq, Debug)]
pub struct Basis {
    /// The round.
    pub round: Arc<Round>,
    /// What is counted on first.
    pub unit: Unit,
    /// The depth of the tree that codes are rolled up to.
    pub depth: Option<u32>,
    /// Whether it is not what the round fixed in advance.
    pub exploratory: bool,
    /// The coders; the first is A, the second B.
    pub coders: Vec<CoderId>,
    /// The cases.
    pub cases: Vec<CaseId>,
    /// The codes, before they are rolled up.
    pub codes: Vec<CodeId>,
    /// The sources, in the order of the round.
    pub sheets: Vec<Sheet>,
    /// What was laid, by source and place.
    pub marks: Vec<Mark>,
    /// What stands under what, of all codes.
    pub parents: HashMap<CodeId, CodeId>,
}

impl Basis {
    /// What was revealed of `round`, or the part of it that is asked for.
    ///
    /// # Errors
    /// A round that is not there, not revealed, or of which nothing is left.
    pub fn of_reveal(view: &View<'_>, round: RoundId, asked: &Asked, texts: &Texts<'_>) -> Result<Self, NoFigures> {
        let (round, reveal) = revealed(view, round)?;
        let book = view.codebook();
        let among = |code: CodeId| {
            asked.codes.is_empty() || asked.codes.contains(&code) || {
                let now = book.resolve(code);
                now.is_some() && asked.codes.iter().any(|asked| book.resolve(*asked) == now)
            }
        };
        let codes: Vec<CodeId> = round.codes.iter().map(|pinned| pinned.code).filter(|code| among(*code)).collect();
        let marks = reveal.codings.iter().map(|frozen| Mark {
            source: frozen.at.source,
            span: frozen.at.span,
            code: frozen.code,
            coder: frozen.coder,
            id: frozen.id,
            wording: frozen.wording,
        });
        let mut out = Self::new(view, round, &reveal.grounds, codes, marks.collect());
        out.parents = reveal.book.iter().filter_map(|stood| Some((stood.code, stood.parent?))).collect();
        out.narrow(asked)?;
        if let Unit::Word | Unit::Sentence | Unit::Paragraph = out.unit {
            out.find_units(&[out.unit], texts);
        }
        Ok(out)
    }

    /// Everything of the round as it lies on `grounds`.
    pub(super) fn new(
        view: &View<'_>,
        round: &Arc<Round>,
        grounds: &[Ground],
        codes: Vec<CodeId>,
        marks: Vec<Mark>,
    ) -> Self {
        // As grounds are made: turns unless the round is held on something else that has to be found in texts.
        let listed = match round.unit {
            unit @ (Unit::Given | Unit::Paragraph | Unit::Sentence | Unit::Word) => unit,
            _ => Unit::Turn,
        };
        let sheet = |ground: &Ground| Sheet {
            source: ground.source,
            case: ground.case,
            version: ground.version,
            chars: ground.chars,
            words: ground.words,
            kept: Kept::new(ground.scope.iter().copied()),
            coders: round.coders_of(ground.case).to_vec(),
            lists: vec![(listed, ground.units.clone())],
        };
        let mut out = Self {
            round: round.clone(),
            unit: round.unit,
            depth: round.depth,
            exploratory: false,
            coders: round.coders(),
            cases: round.desks.iter().map(|desk| desk.case).collect(),
            sheets: grounds.iter().map(sheet).collect(),
            parents: parents(view, &codes),
            codes,
            marks,
        };
        out.keep_marks();
        out
    }

    /// Only what is asked for.
    fn narrow(&mut self, asked: &Asked) -> Result<(), NoFigures> {
        let fixed =
            (self.unit, self.depth, self.codes.len() == self.round.codes.len(), self.cases.len(), self.coders.len());
        if let Some(unit) = asked.unit {
            self.unit = unit;
        }
        match asked.depth {
            Depth::Fixed => {}
            Depth::AsApplied => self.depth = None,
            Depth::At(depth) => self.depth = Some(depth.max(1)),
        }
        let wanted = |list: &[CaseId], id: CaseId| list.is_empty() || list.contains(&id);
        self.cases.retain(|case| wanted(&asked.cases, *case));
        self.coders.retain(|coder| asked.coders.is_empty() || asked.coders.contains(coder));
        self.sheets.retain(|sheet| wanted(&asked.cases, sheet.case));
        for sheet in &mut self.sheets {
            sheet.coders.retain(|coder| self.coders.contains(coder));
        }
        let now =
            (self.unit, self.depth, self.codes.len() == self.round.codes.len(), self.cases.len(), self.coders.len());
        self.exploratory = fixed != now || !now.2;
        self.keep_marks();
        let nothing = |why: &str| Err(NoFigures::Nothing(why.to_owned()));
        if self.coders.len() < 2 {
            return nothing("it takes two coders of the round");
        }
        if self.cases.is_empty() || self.sheets.iter().all(|sheet| sheet.kept.chars() == 0) {
            return nothing("none of these cases was coded in the round");
        }
        if self.codes.is_empty() {
            return nothing("none of these codes was coded in the round");
        }
        Ok(())
    }

    /// Drops marks that nothing is compared with: of codes that are not in the list, coders and sources likewise.
    fn keep_marks(&mut self) {
        let at: HashMap<SourceId, &Sheet> = self.sheets.iter().map(|sheet| (sheet.source, sheet)).collect();
        let codes: std::collections::HashSet<CodeId> = self.codes.iter().copied().collect();
        self.marks.retain(|mark| {
            let here = at.get(&mark.source).is_some_and(|sheet| {
                sheet.coders.contains(&mark.coder) && !mark.span.is_empty() && !sheet.kept.closed(mark.span).is_empty()
            });
            here && codes.contains(&mark.code)
        });
        self.marks.sort_unstable();
    }

    /// Looks for units in the texts that are at hand.
    pub(super) fn find_units(&mut self, units: &[Unit], texts: &Texts<'_>) {
        for sheet in &mut self.sheets {
            let missing: Vec<Unit> = units.iter().copied().filter(|unit| sheet.units(*unit).is_none()).collect();
            if missing.is_empty() {
                continue;
            }
            let Some(text) = texts(sheet.source, sheet.version) else { continue };
            for unit in missing {
                let found = super::input::units_in(&text, unit, sheet);
                sheet.lists.push((unit, found));
            }
        }
    }

    /// What `code` is counted as: itself, or the code above it at the depth that is compared.
    #[must_use]
    pub fn rolled(&self, code: CodeId) -> CodeId {
        let Some(depth) = self.depth else { return code };
        let mut way = vec![code];
        while let Some(above) = way.last().and_then(|last| self.parents.get(last)) {
            way.push(*above);
        }
        let n = way.len().saturating_sub(usize::try_from(depth).unwrap_or(usize::MAX));
        way[n.min(way.len() - 1)]
    }

    /// The study that the agreement functions count.
    ///
    /// # Errors
    /// Records that do not fit together, such as a coding beyond its text.
    pub fn study(&self) -> Result<Study, NoFigures> {
        Ok(Study::prepare(super::input::by_id(self))?)
    }

    /// The sheet of a source.
    #[must_use]
    pub fn sheet(&self, source: SourceId) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.source == source)
    }

    /// Who codes a case, of those who are compared.
    #[must_use]
    pub fn desk(&self, case: CaseId) -> &[CoderId] {
        self.sheets.iter().find(|sheet| sheet.case == case).map_or(&[], |sheet| &sheet.coders)
    }

    /// `span` of a sheet's text as a passage.
    #[must_use]
    pub fn passage(&self, source: SourceId, span: Span) -> Passage {
        let version = self.sheet(source).map_or(1, |sheet| sheet.version);
        Passage { source, version, span }
    }
}

/// A round with its reveal.
///
/// # Errors
/// A round that is not there, stopped, or not revealed.
pub fn revealed<'a>(view: &View<'a>, round: RoundId) -> Result<(&'a Arc<Round>, &'a Arc<Reveal>), NoFigures> {
    let round = view.round(round).ok_or(NoFigures::Gone)?;
    if let Some(reveal) = view.reveal(round.id) {
        return Ok((round, reveal));
    }
    let next = view.last_of(round.id);
    if let Some(next) = view.round(next).filter(|next| next.id != round.id) {
        return Err(NoFigures::Stopped { round: round.name.clone(), next: next.name.clone() });
    }
    let all = || round.desks.iter().flat_map(|desk| desk.coders.iter().map(move |coder| (*coder, desk.case)));
    let mut open = all().filter(|(coder, case)| !view.has_finished(round.id, *coder, *case));
    let waiting = match (open.next(), open.count()) {
        (None, _) => "all have finished; reveal it".to_owned(),
        (Some((coder, case)), more) => {
            let case = view.case(case).map_or("a case", |case| case.name.as_str());
            let more = if more > 0 { format!(", and {more} more are open") } else { String::new() };
            format!("{} has not finished {case}{more}", view.initials(coder))
        }
    };
    Err(NoFigures::NotRevealed { round: round.name.clone(), waiting })
}

/// What stands under what: all codes of the codebook, and those of `codes` that were merged since, which stand where the
/// code stands that they became.
fn parents(view: &View<'_>, codes: &[CodeId]) -> HashMap<CodeId, CodeId> {
    let book = view.codebook();
    let all = book.in_order().into_iter().chain(codes.iter().copied());
    all.filter_map(|code| Some((code, book.get(code)?.parent?))).collect()
}
