//! What follows from a choice in a picker.

use super::Layer;
use super::picker::{Choose, Chosen, Target};
use crate::project::codebook::Origin;
use crate::project::decision::{Outcome, Verdict};
use crate::project::edit::{Edit, QuotationEdit, Spot};
use crate::project::id::CodeId;
use crate::screen::app::App;
use crate::screen::command::Place;
use crate::screen::commands::{coding, extracts, find};
use crate::screen::views::code::panes::Pane;
use crate::screen::views::reconcile::{check, deciding, extent};
use crate::screen::views::{Showing, only, refresh, show};

/// Enter in a picker: does what the choice is for, and closes it if that could be done.
pub fn accept(app: &mut App) {
    let Some(Layer::Picker(picker)) = app.layers.last() else { return };
    let Some(chosen) = picker.chosen() else { return };
    let choose = picker.choose.clone();
    if choose == Choose::ImportCase {
        let name = match &chosen {
            Chosen::Items(items) if matches!(items.first(), Some(Target::Case(None))) => None,
            Chosen::Items(_) => picker.current_label().map(str::to_owned),
            Chosen::New(name, _) => Some(name.clone()),
        };
        app.close();
        crate::screen::commands::importing::set_case(app, name);
        return;
    }
    // The picker goes first: what is done may open something of its own.
    let Some(layer) = app.layers.pop() else { return };
    if !carry_out(app, choose, chosen) {
        app.layers.push(layer);
    }
}

fn carry_out(app: &mut App, choose: Choose, chosen: Chosen) -> bool {
    let (codes, before) = codes_of(app, &choose, &chosen);
    let target = match &chosen {
        Chosen::Items(items) => items.first().copied(),
        Chosen::New(..) => None,
    };
    match choose {
        Choose::Lay { apart } => {
            let done = coding::lay(app, &codes, apart, before);
            if done {
                app.code.panes.focus = Pane::Text;
            }
            done
        }
        Choose::LayHits => {
            let done = find::lay_hits(app, &codes, before);
            if done && matches!(app.layers.last(), Some(Layer::List(_))) {
                app.close();
            }
            done
        }
        Choose::LayExtracts => extracts::lay(app, &codes, before),
        Choose::RecodeExtracts => match codes.first() {
            Some(&to) => extracts::recode_to(app, to, before),
            None => false,
        },
        Choose::NarrowExtracts(ways) => {
            let way = match target {
                Some(Target::Nth(n)) => ways.get(n).cloned(),
                _ => None,
            };
            if let Some(way) = way {
                extracts::narrow_to(app, way);
            }
            true
        }
        Choose::Recode(codings) => match codes.first() {
            Some(&to) => app.edit(&with(before, Edit::Recode(codings, to))).is_some(),
            None => false,
        },
        Choose::Split(codings) => match codes.first() {
            Some(&to) => {
                let done = app.edit(&with(before, Edit::Recode(codings.clone(), to))).is_some();
                if done && let Some(list) = super::list::top(app) {
                    let gone = |leads| matches!(leads, super::list::Leads::Coding(id, ..) if codings.contains(&id));
                    list.rows.retain(|row| !gone(row.leads));
                    list.marked.clear();
                    list.step(0);
                }
                done
            }
            None => false,
        },
        Choose::Merge(from) => match codes.first() {
            Some(&into) => {
                app.code.tree.marked.clear();
                app.edit(&Edit::MergeCodes { from, into }).is_some()
            }
            None => false,
        },
        Choose::Parent(code) => {
            let parent = match target {
                Some(Target::Code(parent)) => Some(parent),
                _ => None,
            };
            let after = app.study.view().codebook().children(parent).last().copied().filter(|last| *last != code);
            let done = app.edit(&Edit::MoveCode(code, Spot { parent, after })).is_some();
            if done {
                app.code.tree.reveal(&app.study.view(), code);
            }
            done
        }
        Choose::Pin(digit) => app.edit(&Edit::Pin(digit, codes.first().copied())).is_some(),
        Choose::FindCode => {
            if let Some(&code) = codes.first() {
                app.code.tree.filter = None;
                app.code.tree.reveal(&app.study.view(), code);
                app.code.panes.focus = Pane::Tree;
            }
            true
        }
        Choose::Command => {
            if let Some(Target::Command(command)) = target {
                // A command of another pane is run there.
                if command.place.chain().contains(&Place::Code) {
                    show(app, Showing::Code);
                }
                match command.place {
                    Place::Text => app.code.panes.focus = Pane::Text,
                    Place::Tree => app.code.panes.focus = Pane::Tree,
                    Place::Cases => app.code.panes.focus = Pane::Cases,
                    _ => {}
                }
                app.run(command);
            }
            true
        }
        Choose::Source => {
            if let Some(Target::Source(source)) = target {
                show(app, Showing::Code);
                app.code.mark_jump();
                app.code.open(&mut app.study, source);
                app.code.panes.focus = Pane::Text;
            }
            true
        }
        Choose::ImportCase => true,
        Choose::Otherwise => match app.reconcile.moving.is_some() {
            true => extent::keep_as(app, &codes, before),
            false => deciding::otherwise(app, &codes, None, before),
        },
        Choose::CheckRecode => match codes.first() {
            Some(&to) => check::find_so(app, Verdict::Recode(to), before),
            None => false,
        },
        Choose::PutTo(who) => {
            if let Some(who) = nth(&who, target) {
                deciding::decide(app, Outcome::Passed(who));
            }
            true
        }
        Choose::Present(who) => {
            let chosen = if let Chosen::Items(items) = &chosen { items.clone() } else { Vec::new() };
            app.reconcile.with = chosen.iter().filter_map(|target| nth(&who, Some(*target))).collect();
            true
        }
        Choose::Narrow(ways) => {
            if let Some(way) = nth(&ways, target) {
                deciding::narrow_to(app, way);
            }
            true
        }
        Choose::Only(ways) => {
            if let Some(Target::Nth(n)) = target
                && let Some(way) = ways.get(n)
            {
                only::narrow(app, way.clone());
            }
            true
        }
        Choose::Headings(ways) => {
            let chosen = if let Chosen::Items(items) = &chosen { items.clone() } else { Vec::new() };
            let more: Vec<_> = chosen.iter().filter_map(|target| nth(&ways, Some(*target))).collect();
            app.framework.add(&app.study.view(), &more);
            refresh(app);
            true
        }
        Choose::WordsInside(ways) => {
            if let Some(code) = nth(&ways, target) {
                app.words.code = code;
                refresh(app);
            }
            true
        }
        Choose::Reconcile(rounds) => {
            if let Some(round) = nth(&rounds, target) {
                app.reconcile.open(&mut app.study, round);
            }
            true
        }
        Choose::Findings(choice) => crate::screen::commands::findings::chosen(app, choice, &chosen),
        Choose::Matrix(pick) => crate::screen::views::matrices::ask::chosen(app, &pick, &chosen),
        Choose::Quote(codings) => match nth(&codings, target) {
            Some(coding) => super::memo::quote::insert(app, coding),
            None => {
                super::memo::quote::choose_any(app);
                true
            }
        },
        Choose::Sign(id, texts) => {
            let by = match (&chosen, target) {
                (Chosen::New(name, _), _) => Some(name.clone()),
                (_, Some(Target::Nth(n))) => texts.get(n).cloned(),
                _ => None,
            };
            by.is_some_and(|by| app.edit(&Edit::Quotations(QuotationEdit::Sign(id, by))).is_some())
        }
        Choose::Memos(ways) => {
            if let Some(way) = nth(&ways, target) {
                app.memos.narrow(&mut app.study, way);
            }
            true
        }
        Choose::ThemeMemo(themes) => match nth(&themes, target) {
            Some(theme) => crate::screen::commands::memos::begin_theme(app, theme),
            None => true,
        },
        Choose::Plan { field, .. } => super::plan::chosen(app, field, &chosen),
        Choose::People(choice) => crate::screen::commands::people::chosen(app, choice, &chosen),
        Choose::Wording(wording) => {
            let meaning = matches!(target, Some(Target::Named));
            app.edit(&Edit::AcceptWording(wording, meaning)).is_some()
        }
        Choose::Book(choice) => crate::screen::views::book::acts::chosen(app, choice, &chosen),
        Choose::CaseOf(source) => match target {
            Some(Target::Case(case)) => app.edit(&Edit::MoveSource(source, case)).is_some(),
            _ => false,
        },
    }
}

/// What the choice is of, by the number of the row.
fn nth<T: Copy>(all: &[T], target: Option<Target>) -> Option<T> {
    match target {
        Some(Target::Nth(n)) => all.get(n).copied(),
        _ => None,
    }
}

/// The codes chosen, and the edit that makes the new one among them.
fn codes_of(app: &mut App, choose: &Choose, chosen: &Chosen) -> (Vec<CodeId>, Vec<Edit>) {
    let codes = |items: &[Target]| {
        let code = |target: &Target| match target {
            Target::Code(code) => Some(*code),
            _ => None,
        };
        items.iter().filter_map(code).collect::<Vec<_>>()
    };
    match chosen {
        Chosen::Items(items) => (codes(items), Vec::new()),
        Chosen::New(name, marked) => {
            let id: CodeId = app.study.fresh_id().into();
            let view = app.study.view();
            // A code split off stands beside the one it comes from; others come last.
            let beside = match choose {
                Choose::Split(codings) | Choose::Recode(codings) => {
                    codings.first().and_then(|coding| view.coding(*coding)).and_then(|seen| view.code(seen.code))
                }
                _ => None,
            };
            // One for the extracts of a broad code stands under it.
            let under =
                matches!(choose, Choose::LayExtracts | Choose::RecodeExtracts).then(|| app.extracts.broad()).flatten();
            let spot = match beside {
                _ if under.is_some() => Spot { parent: under, after: view.codebook().children(under).last().copied() },
                Some(node) => Spot { parent: node.parent, after: Some(node.code.id) },
                None => Spot { parent: None, after: view.codebook().top().last().copied() },
            };
            let make = Edit::AddCode { id, name: name.clone(), spot, origin: Origin::Emergent, colour: None };
            let mut all = codes(marked);
            all.push(id);
            (all, vec![make])
        }
    }
}

fn with(mut before: Vec<Edit>, edit: Edit) -> Edit {
    if before.is_empty() {
        return edit;
    }
    before.push(edit);
    Edit::All(before)
}
