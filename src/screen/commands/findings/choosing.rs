//! What is chosen from a list in the Findings view: what a line counts, of what, only which, in which wave; or typed as an
//! expression.

use super::{line, set, table};
use crate::findings::count::Counting;
use crate::findings::definition::{found, free_name};
use crate::findings::expression;
use crate::project::case::{Attribute, Bearer};
use crate::project::edit::{Edit, NewLine, NewTable, RowEdit, TableEdit};
use crate::project::id::{AttributeId, CaseId, CodeId, LineId, RowId, TableId, WaveId};
use crate::project::judgement::Held;
use crate::project::row::{Expr, Test};
use crate::project::saved::Counts;
use crate::project::view::View;
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Chosen, Item, Picker, Target};
use crate::screen::layers::question::{Answer, Asks, Question};
use crate::screen::views::findings;
use std::sync::Arc;

/// What the Findings view lets choose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Choice {
    /// Something that can be counted, for this.
    Count(For, Vec<Pick>),
    /// The wave that is counted, and the one beside.
    Waves(TableId, Vec<(Option<WaveId>, Option<WaveId>)>),
    /// The attribute that those who are counted stand apart by.
    Split(TableId, Vec<Option<AttributeId>>),
    /// The code that is judged in a case.
    Judge(CaseId),
}

impl Choice {
    /// Whether an expression can be typed instead.
    #[must_use]
    pub const fn takes_text(&self) -> bool {
        matches!(self, Self::Count(..))
    }
}

/// What something that can be counted is chosen for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum For {
    /// A new line of a table.
    Line(TableId),
    /// What the percentages of a table are of.
    Of(TableId),
    /// What the percentage of a line is of.
    LineOf(LineId),
    /// What has to hold of all that a table counts.
    Only(TableId),
}

/// Something that can be counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pick {
    /// Nothing in particular: all.
    All,
    /// A code.
    Code(CodeId),
    /// A code or one below it.
    Below(CodeId),
    /// A saved row.
    Row(RowId),
    /// An attribute that is this.
    Is(AttributeId, String),
    /// An attribute that is known.
    Known(AttributeId),
}

impl Pick {
    /// As an expression; `None` for all.
    #[must_use]
    pub fn expr(&self) -> Option<Expr> {
        Some(match self {
            Self::All => return None,
            Self::Code(code) => Expr::Code { code: *code, below: false },
            Self::Below(code) => Expr::Code { code: *code, below: true },
            Self::Row(row) => Expr::Row(*row),
            Self::Is(attribute, value) => Expr::Attribute(*attribute, Test::Is(value.clone())),
            Self::Known(attribute) => Expr::Attribute(*attribute, Test::Known),
        })
    }
}

/// All that can be counted, with what it is called in the list; first `all`, if there is a word for that.
#[must_use]
pub fn countable(view: &View<'_>, all: Option<&str>) -> (Vec<Item>, Vec<Pick>) {
    let (mut items, mut picks) = (Vec::new(), Vec::new());
    let mut offer = |label: String, note: String, pick: Pick| {
        let target = Target::Nth(picks.len());
        items.push(Item { label, note, also: String::new(), target });
        picks.push(pick);
    };
    if let Some(all) = all {
        offer(all.to_owned(), String::new(), Pick::All);
    }
    let book = view.codebook();
    for code in book.in_order() {
        let Some(node) = book.get(code) else { continue };
        let above = node.parent.map(|parent| book.path(parent)).unwrap_or_default();
        if !node.code.heading {
            offer(node.code.name.clone(), above.clone(), Pick::Code(code));
        }
        if !node.children.is_empty() {
            let n = book.branch(code).len() - 1;
            offer(format!("{}: any of the {n} below", node.code.name), above, Pick::Below(code));
        }
    }
    for row in view.rows() {
        offer(row.name.clone(), "row".into(), Pick::Row(row.id));
    }
    for attribute in view.attributes() {
        let values: Vec<String> = match attribute.kind {
            crate::project::case::AttributeKind::YesNo => vec!["yes".into(), "no".into()],
            _ => attribute.choices.clone(),
        };
        for value in values {
            offer(format!("{}: {value}", attribute.name), "attribute".into(), Pick::Is(attribute.id, value));
        }
        offer(format!("{}: known", attribute.name), "attribute".into(), Pick::Known(attribute.id));
    }
    (items, picks)
}

fn pick(app: &mut App, title: &str, all: Option<&str>, what: For) {
    let (items, picks) = countable(&app.study.view(), all);
    app.layers.push(Layer::Picker(Picker::new(title, items, Choose::Findings(Choice::Count(what, picks)))));
}

/// Asks what a new line counts.
pub(super) fn add(app: &mut App) {
    let Some(table) = table(app) else { return };
    pick(app, "Add a line that counts", None, For::Line(table.id));
}

/// Asks what percentages are of.
pub(super) fn denominator(app: &mut App, of_line: bool) {
    if of_line {
        let Some(line) = line(app) else { return };
        pick(app, "The percentage of this line is of", Some("what the table's are of"), For::LineOf(line.id));
        return;
    }
    let Some(table) = table(app) else { return };
    pick(app, "Percentages are of", Some("all that are counted"), For::Of(table.id));
}

/// Asks what has to hold.
pub(super) fn only(app: &mut App) {
    let Some(table) = table(app) else { return };
    pick(app, "Count only where this holds", Some("no condition: all"), For::Only(table.id));
}

/// Asks which wave is counted.
pub(super) fn waves(app: &mut App) {
    let Some(table) = table(app) else { return };
    let view = app.study.view();
    let waves = view.waves();
    if waves.is_empty() {
        app.tell(Tone::Plain, "this study has one wave only");
        return;
    }
    let mut ways = vec![(None, None)];
    let mut items = vec!["all waves together".to_owned()];
    for wave in &waves {
        ways.push((Some(wave.id), None));
        items.push(wave.name.clone());
    }
    for (n, later) in waves.iter().enumerate() {
        for earlier in &waves[..n] {
            ways.push((Some(later.id), Some(earlier.id)));
            items.push(format!("{} beside {}", later.name, earlier.name));
        }
    }
    let item =
        |(n, label): (usize, String)| Item { label, note: String::new(), also: String::new(), target: Target::Nth(n) };
    let items = items.into_iter().enumerate().map(item).collect();
    let choose = Choose::Findings(Choice::Waves(table.id, ways));
    app.layers.push(Layer::Picker(Picker::new("Which wave is counted", items, choose)));
}

/// Asks which attribute those that are counted stand apart by.
pub(super) fn split(app: &mut App) {
    let Some(table) = table(app) else { return };
    let view = app.study.view();
    let people = table.counts == Counts::Participants;
    let fits = |attribute: &&&Arc<Attribute>| attribute.of == Bearer::Case || people;
    let mut ids = vec![None];
    let mut labels = vec![("all side by side".to_owned(), "no attribute".to_owned())];
    for attribute in view.attributes().iter().filter(fits) {
        ids.push(Some(attribute.id));
        labels.push((attribute.name.clone(), attribute.kind.name().to_owned()));
    }
    if ids.len() == 1 {
        app.tell(Tone::Plain, "no attribute of cases is known yet; gP is where they are");
        return;
    }
    let item = |(n, (label, note)): (usize, (String, String))| Item {
        label,
        note,
        also: String::new(),
        target: Target::Nth(n),
    };
    let items = labels.into_iter().enumerate().map(item).collect();
    let choose = Choose::Findings(Choice::Split(table.id, ids));
    app.layers.push(Layer::Picker(Picker::new("Group the cases by", items, choose)));
}

/// Asks what is held of the line's code in the case in hand; first which code, where it counts several.
pub(super) fn judge(app: &mut App) {
    let Some(case) = findings::case_in_hand(app) else {
        app.tell(Tone::Plain, "a judgement is about a case: l goes to one");
        return;
    };
    let view = app.study.view();
    let (Some(ready), Some(line)) = (app.findings.ready(), app.findings.line()) else { return };
    let all = Counting::new(view, &ready.counted.presence).codes(&line.holds);
    let book = view.codebook();
    let codes: Vec<CodeId> = book.in_order().into_iter().filter(|code| all.contains(code)).collect();
    match codes.as_slice() {
        [] => app.tell(Tone::Plain, "this line counts no code; what an attribute says is typed where it stands"),
        [code] => ask_judgement(app, case, *code),
        several => {
            let item = |code: &CodeId| Item {
                label: view.code_name(*code).to_owned(),
                note: book.get(*code).and_then(|node| node.parent).map(|above| book.path(above)).unwrap_or_default(),
                also: String::new(),
                target: Target::Code(*code),
            };
            let items = several.iter().map(item).collect();
            let choose = Choose::Findings(Choice::Judge(case));
            app.layers.push(Layer::Picker(Picker::new("Judge which code", items, choose)));
        }
    }
}

fn ask_judgement(app: &mut App, case: CaseId, code: CodeId) {
    let view = app.study.view();
    let name = view.case(case).map(|case| case.name.clone()).unwrap_or_default();
    let notes = ["it is so", "it was said not to be so", "nobody asked", "what was said leaves it open"];
    let mut answers: Vec<Answer> = Held::ALL
        .into_iter()
        .zip(notes)
        .zip('1'..)
        .map(|((held, note), key)| Answer::new(key, held.name(), note))
        .collect();
    answers.push(Answer::new('5', "no judgement", "takes yours back"));
    let title = format!("“{}” in {name}", view.code_name(code));
    let hint = "A judgement stands beside the passages, or without any; it is printed apart and changes no count.";
    app.layers.push(Layer::Question(Question::new(title, hint, answers, Asks::Judge(case, code))));
}

/// What follows from a choice; says whether it could be done.
pub fn chosen(app: &mut App, choice: Choice, chosen: &Chosen) -> bool {
    let target = match chosen {
        Chosen::Items(items) => items.first().copied(),
        Chosen::New(..) => None,
    };
    match choice {
        Choice::Count(what, picks) => {
            let expr = match (chosen, target) {
                (Chosen::New(text, _), _) => match expression::parse(&app.study.view(), text) {
                    Ok(expr) => Some(expr),
                    Err(why) => {
                        app.tell(Tone::Refused, why.to_string());
                        return false;
                    }
                },
                (_, Some(Target::Nth(n))) => match picks.get(n) {
                    Some(pick) => pick.expr(),
                    None => return false,
                },
                _ => return false,
            };
            count(app, what, expr)
        }
        Choice::Waves(id, ways) => {
            let Some(Target::Nth(n)) = target else { return false };
            let (Some(&(wave, beside)), Some(table)) = (ways.get(n), app.study.view().table(id).cloned()) else {
                return false;
            };
            set(app, id, NewTable { wave, beside, ..NewTable::of(&table) })
        }
        Choice::Split(id, attributes) => {
            let Some(Target::Nth(n)) = target else { return false };
            let (Some(&split), Some(table)) = (attributes.get(n), app.study.view().table(id).cloned()) else {
                return false;
            };
            table.split == split || set(app, id, NewTable { split, ..NewTable::of(&table) })
        }
        Choice::Judge(case) => {
            if let Some(Target::Code(code)) = target {
                ask_judgement(app, case, code);
            }
            true
        }
    }
}

/// Counts something, or all, where it was chosen for.
fn count(app: &mut App, what: For, expr: Option<Expr>) -> bool {
    let view = app.study.view();
    match what {
        For::Only(id) => {
            let Some(table) = view.table(id).cloned() else { return false };
            set(app, id, NewTable { only: expr, ..NewTable::of(&table) })
        }
        For::Of(id) => {
            let Some(table) = view.table(id).cloned() else { return false };
            let (of, mut edits) = row(app, expr);
            edits.push(Edit::Tables(TableEdit::Set(id, Box::new(NewTable { of, ..NewTable::of(&table) }))));
            app.edit(&Edit::All(edits)).is_some()
        }
        For::LineOf(id) => {
            let Some(line) = app.findings.line().map(|line| line.line.clone()).filter(|line| line.id == id) else {
                return false;
            };
            let (of, mut edits) = row(app, expr);
            edits.push(Edit::Tables(TableEdit::Line(id, NewLine { of, ..NewLine::of(&line) })));
            app.edit(&Edit::All(edits)).is_some()
        }
        For::Line(table) => {
            let before = app.findings.line().map(|line| line.line.clone()).filter(|line| line.table == table);
            let asked = expr.as_ref().map(|expr| expression::short(&view, expr)).unwrap_or_default();
            let (Some(row), mut edits) = row(app, expr) else { return false };
            let id: LineId = app.study.fresh_id().into();
            let (group, indent) = before.as_ref().map(|line| (line.group.clone(), line.indent)).unwrap_or_default();
            // As it was asked, whatever a row is called that holds just so.
            let other = app.study.view().row(row).filter(|row| row.name != asked).map(|_| asked);
            let label = other.unwrap_or_default();
            let new = NewLine { table, row, group, of: None, label, important: false, indent };
            edits.push(Edit::Tables(TableEdit::Line(id, new)));
            if let Some(before) = before {
                edits.push(Edit::Tables(TableEdit::MoveLine(id, Some(before.id))));
            }
            let done = app.edit(&Edit::All(edits)).is_some();
            if done {
                app.findings.choose_line(id);
            }
            done
        }
    }
}

/// The row that holds so, and the edit that makes it where there is none.
fn row(app: &mut App, expr: Option<Expr>) -> (Option<RowId>, Vec<Edit>) {
    let Some(holds) = expr else { return (None, Vec::new()) };
    let id: RowId = app.study.fresh_id().into();
    let view = app.study.view();
    match found(&view, &holds) {
        Some(row) => (Some(row), Vec::new()),
        None => {
            let name = free_name(&view, &holds, &[]);
            (Some(id), vec![Edit::Rows(RowEdit::Set { id, name, holds })])
        }
    }
}
