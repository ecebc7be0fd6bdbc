//! A round being planned.

use super::{Field, Outcome, Work, coder_items, coders_of, codes_of, line, named, picker};
use crate::findings::chance::short_seed;
use crate::findings::consensus::consensus_of;
use crate::findings::draw::{at_random, stratified, untouched};
use crate::findings::ground::{Asked, default_unit, grounds, is_within};
use crate::findings::queue::queue_of;
use crate::project::edit::{Edit, NewRound};
use crate::project::id::{AttributeId, CaseId, CodeId, CoderId, RoundId, SourceId};
use crate::project::round::{Desk, Drawn, Ground, Scope, Unit};
use crate::project::source::Passage;
use crate::project::view::View;
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Item, Target};
use crate::screen::views::rounds::words;
use crate::session::Study;

/// What of the texts could be coded, worked out.
pub type Grounds = Vec<Ground>;

/// The units a round can be held on.
const UNITS: [Unit; 4] = [Unit::Turn, Unit::Given, Unit::Paragraph, Unit::Sentence];

/// How the cases are chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Way {
    /// These.
    ByHand(Vec<CaseId>),
    /// At random.
    AtRandom,
    /// At random within the values of an attribute.
    Stratified(AttributeId),
}

/// A round being planned.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it is called.
    pub name: String,
    /// How the cases are chosen.
    pub way: Way,
    /// How many are drawn.
    pub number: usize,
    /// What chance follows from.
    pub seed: u64,
    /// The branches of the codebook.
    pub branches: Vec<CodeId>,
    /// Who codes.
    pub coders: Vec<CoderId>,
    /// What of the text.
    pub scope: Scope,
    /// What agreement is counted on; as the scope suggests if `None`.
    pub unit: Option<Unit>,
    /// The least share of a unit, in percent.
    pub least: u8,
    /// The level of the tree.
    pub depth: Option<u32>,
}

impl Draft {
    /// What is offered to begin with: the next number, five cases drawn at random, the first branch of the codebook, all
    /// coders.
    #[must_use]
    pub fn new(study: &mut Study, branch: Option<CodeId>) -> Self {
        let seed = short_seed(study.random());
        let view = study.view();
        let taken = |name: &str| view.rounds().iter().any(|round| round.name == name);
        let name = (1..).map(|n| format!("Round {n}")).find(|name| !taken(name)).unwrap_or_default();
        let first = branch.or_else(|| view.codebook().top().first().copied());
        let mut draft = Self {
            name,
            way: Way::AtRandom,
            number: 5,
            seed,
            branches: first.into_iter().collect(),
            coders: view.coders().map(|coder| coder.id).collect(),
            scope: Scope::default(),
            unit: None,
            least: 0,
            depth: None,
        };
        draft.number = draft.pool(&view).len().min(5);
        draft
    }

    /// Its lines, top to bottom.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let mut out = vec![Field::Name, Field::Codes, Field::Cases];
        if !matches!(self.way, Way::ByHand(_)) {
            out.extend([Field::Number, Field::Seed]);
        }
        out.extend([Field::Coders, Field::Scope]);
        if !self.scope.within.is_empty() {
            out.push(Field::Whose);
        }
        out.extend([Field::Speakers, Field::Unit, Field::Least, Field::Level, Field::Go]);
        out
    }

    /// What it is counted on.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit.unwrap_or_else(|| default_unit(&self.scope))
    }

    /// The codes that would be pinned: those of the branches that can be applied, but for the ones it is held within.
    #[must_use]
    pub fn codes(&self, view: &View<'_>) -> Vec<CodeId> {
        let book = view.codebook();
        let mut out: Vec<CodeId> = Vec::new();
        for code in self.branches.iter().flat_map(|branch| book.branch(*branch)) {
            let Some(node) = book.get(code) else { continue };
            let outside = self.scope.within.iter().any(|within| book.resolve(*within) == Some(code));
            if !node.code.heading && node.code.proposed.is_none() && !outside && !out.contains(&code) {
                out.push(code);
            }
        }
        out
    }

    /// The cases that can be drawn: those that no round on these codes has had.
    #[must_use]
    pub fn pool(&self, view: &View<'_>) -> Vec<CaseId> {
        untouched(view, &self.codes(view))
    }

    /// The cases, in order.
    ///
    /// # Errors
    /// A sentence, if they cannot be drawn.
    pub fn cases(&self, view: &View<'_>) -> Result<Vec<CaseId>, String> {
        let drawn = match &self.way {
            Way::ByHand(cases) if cases.is_empty() => return Err("a round needs at least one case".into()),
            Way::ByHand(cases) => return Ok(cases.clone()),
            Way::AtRandom => at_random(&self.pool(view), self.number, self.seed),
            Way::Stratified(by) => {
                let pool = self.pool(view);
                let valued: Vec<_> = pool.iter().map(|case| (*case, view.value_of(*case, *by))).collect();
                stratified(&valued, self.number, self.seed)
            }
        };
        drawn.map_err(|why| why.to_string())
    }

    /// The sources that have to be read, and what is worked out from them.
    pub(super) fn work(&self, view: &View<'_>) -> Result<(Vec<SourceId>, Work), String> {
        let cases = self.cases(view)?;
        if self.coders.len() < 2 {
            return Err("a round needs two coders or more to be compared".into());
        }
        if self.codes(view).is_empty() {
            return Err("a round needs codes that can be applied to text".into());
        }
        let sources = cases.iter().flat_map(|case| view.sources_of(Some(*case))).map(|source| source.id).collect();
        let (scope, unit) = (self.scope.clone(), self.unit());
        let given = scope.consensus.map(|round| given(view, round, &scope));
        let work = move |view: &View<'_>, books: &super::Books<'_>| {
            let asked = Asked { cases: &cases, scope: &scope, unit, given: given.as_deref() };
            let found = grounds(view, &|source| books.transcript(source), &asked).map_err(|why| why.to_string())?;
            Ok(Outcome::Grounds(found))
        };
        Ok((sources, Box::new(work)))
    }

    /// The edit that opens it.
    #[must_use]
    pub fn edit(&self, view: &View<'_>, id: RoundId, grounds: Grounds) -> Edit {
        let seed = self.seed;
        let cases = self.cases(view).unwrap_or_default();
        Edit::OpenRound(Box::new(NewRound {
            id,
            name: self.name.clone(),
            desks: cases.into_iter().map(|case| Desk { case, coders: self.coders.clone() }).collect(),
            grounds,
            codes: self.codes(view),
            scope: self.scope.clone(),
            unit: self.unit(),
            least: self.least,
            depth: self.depth,
            drawn: match self.way {
                Way::ByHand(_) => Drawn::ByHand,
                Way::AtRandom => Drawn::AtRandom { seed },
                Way::Stratified(by) => Drawn::Stratified { seed, by },
            },
            drift: false,
        }))
    }

    /// What a line says: its name, its value, and what is to be known of it.
    #[must_use]
    pub fn said(&self, view: &View<'_>, field: Field) -> (&'static str, String, String) {
        let none = String::new;
        match field {
            Field::Name => ("Name", self.name.clone(), none()),
            Field::Codes => {
                let names: Vec<&str> = self.branches.iter().map(|code| view.code_name(*code)).collect();
                let n = self.codes(view).len() as u64;
                ("Codes", names.join(", "), words::counted(n, "code"))
            }
            Field::Cases => {
                let way = match &self.way {
                    Way::ByHand(cases) => format!("{} chosen by hand", cases.len()),
                    Way::AtRandom => "drawn at random".to_owned(),
                    Way::Stratified(by) => format!("drawn at random within {}", words::attribute(view, *by)),
                };
                let there = self.pool(view).len();
                let all = view.cases().len();
                let pool =
                    if there < all { format!("{there} of {all} were in no round on these codes") } else { none() };
                ("Cases", way, if matches!(self.way, Way::ByHand(_)) { none() } else { pool })
            }
            Field::Number => ("How many", self.number.to_string(), format!("of {}", self.pool(view).len())),
            Field::Seed => ("Seed", self.seed.to_string(), "the same seed draws the same cases".into()),
            Field::Coders => ("Coders", words::initials(view, &self.coders), "each codes every case".into()),
            Field::Scope => {
                let said = match self.scope.consensus {
                    Some(round) => format!("within the consensus of {}", words::round_name(view, round)),
                    None if self.scope.within.is_empty() => "all text".to_owned(),
                    None => {
                        let names: Vec<&str> = self.scope.within.iter().map(|code| view.code_name(*code)).collect();
                        format!("within passages of {}", names.join(", "))
                    }
                };
                ("Scope", said, none())
            }
            Field::Whose => {
                let of = &self.scope.of;
                ("Whose", if of.is_empty() { "everybody's".into() } else { words::initials(view, of) }, none())
            }
            Field::Speakers => {
                let said = if self.scope.everyone { "everybody's turns" } else { "participants' turns" };
                ("Speakers", said.into(), none())
            }
            Field::Unit => ("Counted on", self.unit().name().into(), "fixed in advance; others are exploratory".into()),
            Field::Least => {
                let said = if self.least == 0 { "any overlap".into() } else { format!("at least {} %", self.least) };
                ("Overlap", said, "what a code must cover of a unit".into())
            }
            Field::Level => ("Level", words::level(self.depth), none()),
            _ => ("", "Open the round".into(), none()),
        }
    }

    /// What asks for a field; nothing where few values are gone through.
    pub(super) fn ask(&self, view: &View<'_>, field: Field) -> Option<Layer> {
        Some(match field {
            Field::Name => line("What is the round called?", "a name that no other round has", &self.name, field),
            Field::Number => line("How many cases are drawn?", "", &self.number.to_string(), field),
            Field::Seed => {
                line("Which seed?", "any number; the draw can be made again with it", &self.seed.to_string(), field)
            }
            Field::Least => line(
                "How much of a unit must a code cover, in percent?",
                "0 is any overlap",
                &self.least.to_string(),
                field,
            ),
            Field::Codes => {
                let hint = "Codes of the round: Space marks branches, Enter takes them";
                picker(
                    hint,
                    code_items(view),
                    field,
                    true,
                    |target| matches!(target, Target::Code(code) if self.branches.contains(&code)),
                )
            }
            Field::Coders => {
                let hint = "Who codes? Space marks, Enter takes them";
                picker(
                    hint,
                    coder_items(view),
                    field,
                    true,
                    |target| matches!(target, Target::Coder(coder) if self.coders.contains(&coder)),
                )
            }
            Field::Cases => {
                let mut items = vec![
                    named("By hand", "Space marks cases", Target::Top),
                    named("At random", "with a seed", Target::Named),
                ];
                let by = view.attributes().into_iter().map(|attribute| {
                    named(format!("At random within {}", attribute.name), "stratified", Target::Attribute(attribute.id))
                });
                items.extend(by);
                picker("How are the cases chosen?", items, field, false, |_| false)
            }
            Field::Scope => {
                let mut items = vec![
                    named("All text", "", Target::Top),
                    named("Within passages of codes", "choose which", Target::Named),
                ];
                let revealed = view.rounds().into_iter().filter(|round| view.reveal(round.id).is_some());
                items.extend(revealed.map(|round| {
                    named(format!("Within the consensus of {}", round.name), "", Target::Round(round.id))
                }));
                picker("What of the text can be coded?", items, field, false, |_| false)
            }
            Field::Whose => {
                let mut items = vec![named("Everybody's", "", Target::Top)];
                items.extend(coder_items(view));
                picker(
                    "Whose passages?",
                    items,
                    field,
                    true,
                    |target| matches!(target, Target::Coder(coder) if self.scope.of.contains(&coder)),
                )
            }
            _ => return None,
        })
    }

    /// Goes through few values; says whether there are such.
    pub(super) fn turn(&mut self, view: &View<'_>, field: Field, back: bool) -> bool {
        match field {
            Field::Speakers => self.scope.everyone = !self.scope.everyone,
            Field::Unit => {
                let offered: Vec<Unit> =
                    UNITS.into_iter().filter(|unit| *unit != Unit::Given || is_within(&self.scope)).collect();
                let at = offered.iter().position(|unit| *unit == self.unit()).unwrap_or(0);
                let count = offered.len();
                self.unit = Some(offered[(at + if back { count - 1 } else { 1 }) % count]);
            }
            Field::Level => {
                let deepest = self.codes(view).iter().map(|code| depth_of(view, *code)).max().unwrap_or(1);
                let at = self.depth.unwrap_or(0);
                let to = if back { (at + deepest - 1) % deepest } else { (at + 1) % deepest };
                self.depth = (to > 0).then_some(to);
            }
            _ => return false,
        }
        true
    }

    /// Takes in a line.
    pub(super) fn answer(&mut self, field: Field, words: &str) -> Result<(), String> {
        match field {
            Field::Name if words.is_empty() => return Err("a round needs a name".into()),
            Field::Name => self.name = words.to_owned(),
            Field::Number => self.number = number(words)?,
            Field::Seed => self.seed = number(words)?,
            Field::Least => {
                let least: u8 = number(words.trim_end_matches(['%', ' ']))?;
                if least > 100 {
                    return Err("no code can cover more than 100 % of a unit".into());
                }
                self.least = least;
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes in what was chosen; may ask for more.
    pub(super) fn chosen(&mut self, view: &View<'_>, field: Field, items: &[Target]) -> Option<Layer> {
        let first = items.first().copied();
        match (field, first) {
            (Field::Codes, _) => self.branches = codes_of(items),
            (Field::Coders, _) => self.coders = coders_of(items),
            (Field::Whose, _) => self.scope.of = coders_of(items),
            (Field::Cases, Some(Target::Top)) => {
                let cases = view.cases().into_iter().filter(|case| !view.sources_of(Some(case.id)).is_empty());
                let item = |case: &std::sync::Arc<crate::project::case::Case>| {
                    let values: Vec<String> = view
                        .values_of(case.id)
                        .into_iter()
                        .map(|(name, value)| format!("{name} {}", value.replace('\n', "; ")))
                        .collect();
                    named(case.name.clone(), values.join(", "), Target::Case(Some(case.id)))
                };
                let items: Vec<Item> = cases.map(item).collect();
                let had = self.cases(view).unwrap_or_default();
                let title = "Which cases? Space marks, Enter takes them";
                return Some(picker(
                    title,
                    items,
                    field,
                    true,
                    |target| matches!(target, Target::Case(Some(case)) if had.contains(&case)),
                ));
            }
            (Field::Cases, Some(Target::Case(_))) => {
                let chosen =
                    |case: &CaseId| items.iter().any(|t| matches!(t, Target::Case(Some(other)) if other == case));
                self.way = Way::ByHand(view.cases().iter().map(|case| case.id).filter(chosen).collect());
            }
            (Field::Cases, Some(Target::Attribute(by))) => self.way = Way::Stratified(by),
            (Field::Cases, _) => self.way = Way::AtRandom,
            (Field::Scope, Some(Target::Named)) => {
                let title = "Within passages of which codes? Space marks, Enter takes them";
                let within = self.scope.within.clone();
                return Some(picker(
                    title,
                    code_items(view),
                    field,
                    true,
                    |target| matches!(target, Target::Code(code) if within.contains(&code)),
                ));
            }
            (Field::Scope, Some(Target::Code(_))) => {
                self.scope.within = codes_of(items);
                self.scope.consensus = None;
            }
            (Field::Scope, Some(Target::Round(round))) => {
                self.scope = Scope { consensus: Some(round), everyone: self.scope.everyone, ..Scope::default() };
            }
            (Field::Scope, _) => self.scope = Scope { everyone: self.scope.everyone, ..Scope::default() },
            _ => {}
        }
        if self.unit == Some(Unit::Given) && !is_within(&self.scope) {
            self.unit = None;
        }
        None
    }
}

/// The passages of the consensus of a round, of all its codes or of those that the scope names.
fn given(view: &View<'_>, round: RoundId, scope: &Scope) -> Vec<Passage> {
    let Ok(queue) = queue_of(view, round) else { return Vec::new() };
    let book = view.codebook();
    let wanted =
        |code: CodeId| scope.within.is_empty() || scope.within.iter().any(|above| book.is_within(code, *above));
    let held = consensus_of(view, &queue).held.into_iter().filter(|held| wanted(held.code));
    held.map(|held| view.passage(held.source, held.at)).collect()
}

pub(super) fn number<T: std::str::FromStr>(words: &str) -> Result<T, String> {
    words.trim().replace(',', "").parse().map_err(|_| format!("“{words}” is no number that fits here"))
}

/// How deep a code stands; 1 at the top.
fn depth_of(view: &View<'_>, code: CodeId) -> u32 {
    let mut depth = 1;
    let mut at = view.code(code).and_then(|node| node.parent);
    while let Some(above) = at {
        depth += 1;
        at = view.code(above).and_then(|node| node.parent);
    }
    depth
}

/// The codes to choose from, with how many are under each.
fn code_items(view: &View<'_>) -> Vec<Item> {
    let book = view.codebook();
    let item = |code: CodeId| {
        let below = book.branch(code).len().saturating_sub(1);
        let path = book.path(code);
        let above = path.rsplit_once(" › ").map_or("", |(above, _)| above);
        let note = if below > 0 { format!("{above} with {below} under it") } else { above.to_owned() };
        named(view.code_name(code), note.trim().to_owned(), Target::Code(code))
    };
    book.in_order()
        .into_iter()
        .filter(|code| book.get(*code).is_some_and(|node| node.code.proposed.is_none()))
        .map(item)
        .collect()
}
