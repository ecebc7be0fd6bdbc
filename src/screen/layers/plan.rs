//! Planning a round, or how the remaining cases are divided: fields that are gone through from top to bottom, what comes
//! of them beside, and the last line that does it.
//!
//! What comes of the fields (which words are in scope, who gets how many) needs the texts and is worked out beside the
//! screen, anew after each change; Enter on the last line waits for it, Esc ends the waiting.

pub mod division;
mod draw;
pub mod intake;
pub mod round;
pub mod sketch;

pub use draw::draw;

use super::Layer;
use super::picker::{Choose, Chosen, Item, Picker, Target};
use super::prompt::{AskFor, Prompt};
use crate::project::id::{CodeId, CoderId, SourceId};
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::beside::{Beside, Heard};
use crate::session::{Library, Study};
use division::{Allocated, Division};
use intake::Intake;
use round::{Draft, Grounds};
use sketch::Sketch;

/// A line of the plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// What the round is called.
    Name,
    /// The codes: branches.
    Codes,
    /// How the cases are chosen, and which.
    Cases,
    /// How many are drawn.
    Number,
    /// What chance follows from.
    Seed,
    /// Who codes.
    Coders,
    /// What of the text.
    Scope,
    /// Whose passages.
    Whose,
    /// Who speaks in it.
    Speakers,
    /// What agreement is counted on.
    Unit,
    /// The least share of a unit.
    Least,
    /// The level of the tree.
    Level,
    /// The attribute that coders are spread over.
    Spread,
    /// How many cases are kept back.
    KeepBack,
    /// What the values of an attribute are.
    Kind,
    /// The words that can be chosen from.
    Choices,
    /// Whether an attribute has a value for each wave.
    ByWave,
    /// What an attribute follows from.
    Follows,
    /// The column of a table that has the names.
    Column,
    /// Whose the rows of a table are.
    Bearer,
    /// The wave that values hold in.
    Wave,
    /// The columns of a table that are open answers.
    Answers,
    /// What becomes of rows whose case is not in the project.
    Add,
    /// The column of a table that names participants, where it has several rows a case.
    People,
    /// All that comes of a table.
    Details,
    /// Does it.
    Go,
}

/// What is planned.
pub enum What {
    /// A round.
    Round(Box<Draft>),
    /// How the remaining cases are divided.
    Division(Box<Division>),
    /// An attribute.
    Attribute(Box<Sketch>),
    /// A table of attributes, taken in.
    Table(Box<Intake>),
}

/// What came of the fields.
pub enum Outcome {
    /// The grounds of a round.
    Grounds(Grounds),
    /// Who codes what.
    Division(Box<Allocated>),
    /// An attribute can be made so.
    Attribute,
    /// What a table means here.
    Table(Box<crate::exchange::attributes_file::Plan>),
}

/// A plan.
pub struct Plan {
    /// What is planned.
    pub what: What,
    /// The line in hand.
    pub selected: Field,
    work: Option<Beside<Result<Outcome, String>>>,
    /// How many texts the work reads.
    texts: usize,
    outcome: Option<Result<Outcome, String>>,
    /// Enter was pressed on the last line: done as soon as it is worked out.
    waits: bool,
}

impl Plan {
    fn new(what: What, selected: Field) -> Self {
        Self { what, selected, work: None, texts: 0, outcome: None, waits: false }
    }

    /// Its lines, top to bottom.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        match &self.what {
            What::Round(draft) => draft.fields(),
            What::Division(_) => division::FIELDS.to_vec(),
            What::Attribute(sketch) => sketch.fields(),
            What::Table(intake) => intake.fields(),
        }
    }

    /// Moves by so many lines.
    pub fn step(&mut self, by: i32) {
        let fields = self.fields();
        let at = fields.iter().position(|field| *field == self.selected).unwrap_or(0) as i64;
        let to = (at + i64::from(by)).clamp(0, fields.len().saturating_sub(1) as i64);
        self.selected = fields[usize::try_from(to).unwrap_or(0)];
    }

    /// Whether something is being worked out.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// What came of the fields, as far as it is known.
    #[must_use]
    pub const fn outcome(&self) -> Option<&Result<Outcome, String>> {
        self.outcome.as_ref()
    }

    /// How many texts of how many have been read by the work that goes on.
    #[must_use]
    pub fn progress(&self) -> Option<(usize, usize)> {
        self.work.as_ref().map(|work| (work.done(), self.texts))
    }

    /// Whether it is done as soon as it is worked out.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.waits
    }

    fn work_out(&mut self, study: &Study, waker: &crate::session::Waker) {
        self.work = None;
        self.outcome = None;
        let view = study.view();
        let asked = match &self.what {
            What::Round(draft) => draft.work(&view),
            What::Division(division) => division.work(&view),
            What::Attribute(sketch) => {
                self.outcome = Some(sketch.check(&view).map(|()| Outcome::Attribute));
                return;
            }
            What::Table(intake) => intake.work(),
        };
        match asked {
            Err(why) => self.outcome = Some(Err(why)),
            Ok((sources, work)) => {
                self.texts = sources.len();
                let (library, project, coder) = (study.library(&sources), study.snapshot(), study.coder());
                self.work = Some(Beside::start(waker, move |desk| {
                    let library = Books { library, desk, left: &|| desk.is_left() };
                    work(&View::new(&project, coder), &library)
                }));
            }
        }
    }
}

/// Work on texts beside the screen.
pub type Work = Box<dyn FnOnce(&View<'_>, &Books<'_>) -> Result<Outcome, String> + Send>;

/// The texts, each read when it is wanted, counted as it is.
pub struct Books<'a> {
    library: Library,
    desk: &'a crate::screen::beside::Desk,
    left: &'a dyn Fn() -> bool,
}

impl Books<'_> {
    /// A text with its turns; `None` if it cannot be read, or nobody waits any more.
    #[must_use]
    pub fn transcript(&self, source: SourceId) -> Option<crate::findings::ground::Transcript> {
        if (self.left)() {
            return None;
        }
        let reading = self.library.read(source).ok()?;
        self.desk.tick();
        Some(crate::findings::ground::Transcript { text: reading.text.clone(), turns: reading.turns.clone() })
    }
}

/// The topmost plan, under whatever asks for one of its fields.
pub fn top(app: &mut App) -> Option<&mut Plan> {
    app.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Plan(plan) => Some(&mut **plan),
        _ => None,
    })
}

fn with<T>(app: &mut App, f: impl FnOnce(&mut Plan, &Study, &crate::session::Waker) -> T) -> Option<T> {
    let App { layers, study, waker, .. } = app;
    let plan = layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Plan(plan) => Some(plan),
        _ => None,
    })?;
    Some(f(plan, study, waker))
}

/// Opens a plan.
pub fn open(app: &mut App, what: What) {
    let first = match &what {
        What::Round(draft) => draft.fields()[0],
        What::Division(_) => division::FIELDS[0],
        What::Attribute(_) => Field::Name,
        What::Table(_) => Field::Go,
    };
    app.layers.push(Layer::Plan(Box::new(Plan::new(what, first))));
    with(app, Plan::work_out);
}

/// A field was changed: the next is in hand, and what comes of them is worked out anew.
fn changed(app: &mut App, field: Field) {
    with(app, |plan, study, waker| {
        plan.selected = field;
        plan.step(1);
        plan.work_out(study, waker);
    });
}

/// Takes in what was worked out; says whether anything has changed.
pub fn listen(app: &mut App) -> bool {
    let Some(plan) = top(app) else { return false };
    let Some(work) = &plan.work else { return false };
    match work.hear() {
        Heard::Nothing => return true,
        Heard::Answer(answer) => plan.outcome = Some(answer),
        Heard::Gone => plan.outcome = Some(Err("it could not be worked out; change a field to try again".into())),
    }
    plan.work = None;
    if plan.waits {
        plan.waits = false;
        go(app);
    }
    true
}

/// Esc: ends the waiting, else closes the plan.
pub fn leave(app: &mut App) {
    if let Some(plan) = top(app)
        && plan.waits
    {
        plan.waits = false;
        app.tell(Tone::Plain, "nothing was done; the plan stands");
        return;
    }
    app.close();
}

/// Enter: asks for the field in hand, or does what was planned.
pub fn enter(app: &mut App) {
    let Some(plan) = top(app) else { return };
    let field = plan.selected;
    if field == Field::Go {
        go(app);
        return;
    }
    let (view, width) = (app.study.view(), app.size.width.saturating_sub(4).min(92));
    let Some(Layer::Plan(plan)) = app.layers.last_mut() else { return };
    let layer = match &mut plan.what {
        What::Round(draft) => draft.ask(&view, field),
        What::Division(division) => division.ask(&view, field),
        What::Attribute(sketch) => sketch.ask(&view, field),
        What::Table(intake) => {
            let found = match &plan.outcome {
                Some(Ok(Outcome::Table(found))) => Some(&**found),
                _ => None,
            };
            intake.ask(field, found, width)
        }
    };
    match layer {
        Some(layer) => app.layers.push(layer),
        None => turn(app, false),
    }
}

/// The next of few values of the field in hand, or the one before.
pub fn turn(app: &mut App, back: bool) {
    let turned = with(app, |plan, study, waker| {
        let turned = match &mut plan.what {
            What::Round(draft) => draft.turn(&study.view(), plan.selected, back),
            What::Division(_) => false,
            What::Attribute(sketch) => sketch.turn(plan.selected, back),
            What::Table(intake) => intake.turn(&study.view(), plan.selected, back),
        };
        if turned {
            plan.work_out(study, waker);
        }
        turned
    });
    if turned == Some(false) {
        app.tell(Tone::Plain, "Enter changes this");
    }
}

/// Does what was planned, or waits until it is worked out.
fn go(app: &mut App) {
    let Some(plan) = top(app) else { return };
    match &plan.outcome {
        None => {
            plan.waits = true;
            app.tell(Tone::Plain, "the texts are being read; it is done as soon as they are. Esc stops the waiting");
        }
        Some(Err(why)) => {
            let why = why.clone();
            app.tell(Tone::Refused, why);
        }
        Some(Ok(_)) => {
            let Some(at) = app.layers.iter().rposition(|layer| matches!(layer, Layer::Plan(_))) else { return };
            let Layer::Plan(plan) = app.layers.remove(at) else { return };
            if let Some(plan) = carry_out(app, plan) {
                app.layers.insert(at, Layer::Plan(plan));
            }
        }
    }
}

/// Does it; gives the plan back if that was refused.
fn carry_out(app: &mut App, mut plan: Box<Plan>) -> Option<Box<Plan>> {
    let done = match (&mut plan.what, &plan.outcome) {
        (What::Round(draft), Some(Ok(Outcome::Grounds(grounds)))) => {
            let id = app.study.fresh_id().into();
            let edit = draft.edit(&app.study.view(), id, grounds.clone());
            let done = app.edit(&edit).is_some();
            if done {
                app.rounds.choose(id);
                let name = draft.name.clone();
                app.tell(Tone::Done, format!("{name} is open: each codes blind until all have finished"));
            }
            done
        }
        (What::Division(_), Some(Ok(Outcome::Division(allocated)))) => {
            app.edit(&crate::project::edit::Edit::Allocate(Box::new(allocated.new.clone()))).is_some()
        }
        (What::Attribute(sketch), Some(Ok(Outcome::Attribute))) => {
            let id = sketch.id.unwrap_or_else(|| app.study.fresh_id().into());
            let done = app.edit(&sketch.edit(id)).is_some();
            if done {
                app.people.choose_attribute(id);
            }
            done
        }
        (What::Table(_), Some(Ok(Outcome::Table(found)))) => intake::take(app, found),
        _ => false,
    };
    if done {
        crate::screen::views::refresh(app);
        return None;
    }
    Some(plan)
}

/// Takes in a line that a field was asked for; says whether it could be.
pub fn answer(app: &mut App, field: Field, words: &str) -> bool {
    let taken = with(app, |plan, _, _| match &mut plan.what {
        What::Round(draft) => draft.answer(field, words),
        What::Division(division) => division.answer(field, words),
        What::Attribute(sketch) => sketch.answer(field, words),
        What::Table(_) => Ok(()),
    });
    match taken {
        Some(Ok(())) => {
            changed(app, field);
            true
        }
        Some(Err(why)) => {
            app.tell(Tone::Refused, why);
            false
        }
        None => true,
    }
}

/// Takes in what was chosen for a field; may ask for more.
pub fn chosen(app: &mut App, field: Field, chosen: &Chosen) -> bool {
    let typed = with(app, |plan, study, _| match &mut plan.what {
        What::Attribute(sketch) => sketch.chosen(&study.view(), field, chosen),
        _ => Ok(()),
    });
    if let Some(Err(why)) = typed {
        app.tell(Tone::Refused, why);
        return false;
    }
    let (Chosen::Items(items) | Chosen::New(_, items)) = chosen;
    let more = with(app, |plan, study, _| match &mut plan.what {
        What::Round(draft) => draft.chosen(&study.view(), field, items),
        What::Division(division) => {
            division.chosen(field, items);
            None
        }
        What::Attribute(_) => None,
        What::Table(intake) => {
            intake.chosen(field, items);
            None
        }
    });
    match more.flatten() {
        Some(layer) => app.layers.push(layer),
        None => changed(app, field),
    }
    true
}

/// The coders to choose from.
fn coder_items(view: &View<'_>) -> Vec<Item> {
    let item = |coder: &std::sync::Arc<crate::project::study::Coder>| Item {
        label: coder.initials.clone(),
        note: coder.name.clone(),
        also: String::new(),
        target: Target::Coder(coder.id),
    };
    view.coders().map(item).collect()
}

fn coders_of(items: &[Target]) -> Vec<CoderId> {
    let coder = |target: &Target| match target {
        Target::Coder(coder) => Some(*coder),
        _ => None,
    };
    items.iter().filter_map(coder).collect()
}

fn codes_of(items: &[Target]) -> Vec<CodeId> {
    let code = |target: &Target| match target {
        Target::Code(code) => Some(*code),
        _ => None,
    };
    items.iter().filter_map(code).collect()
}

/// A row without anything behind it but its name.
fn named(label: impl Into<String>, note: impl Into<String>, target: Target) -> Item {
    Item { label: label.into(), note: note.into(), also: String::new(), target }
}

fn picker(title: &str, items: Vec<Item>, field: Field, several: bool, marked: impl Fn(Target) -> bool) -> Layer {
    Layer::Picker(Picker::new(title, items, Choose::Plan { field, several }).marking(marked))
}

fn line(title: &str, hint: &str, words: &str, field: Field) -> Layer {
    Layer::Prompt(Prompt::new(title, hint, words, AskFor::Plan(field)))
}
