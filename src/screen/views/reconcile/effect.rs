//! What a decision would do to tables, and how far the coders agreed: shown while deciding only if a switch asks for it,
//! because decisions are to rest on the words and the definition.

use super::below::Lines;
use super::words;
use crate::findings::basis::{Asked, no_texts};
use crate::findings::figures::{Figures, figures};
use crate::findings::queue::{Item, Queue, resolve};
use crate::findings::verdict;
use crate::project::decision::Outcome;
use crate::project::id::CodeId;
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::theme::Role;
use std::collections::BTreeSet;

/// The figures of the round, as they were at the reveal.
pub struct Effect {
    figures: Result<Box<Figures>, String>,
}

impl Effect {
    /// The figures of the round of a queue.
    #[must_use]
    pub fn of(view: &View<'_>, queue: &Queue) -> Self {
        let figures = figures(view, queue.round.id, &Asked::default(), &no_texts);
        Self { figures: figures.map(Box::new).map_err(|why| why.to_string()) }
    }
}

/// The rows that say it.
pub fn lines(app: &App, queue: &Queue, item: &Item, lines: &mut Lines<'_>) {
    let view = app.study.view();
    let (dim, notice) = (app.styles.style(Role::Dim), app.styles.style(Role::Notice));
    for code in &item.codes {
        lines.labelled("tables     ", dim, &table(app, queue, item, *code), notice);
    }
    let Some(effect) = &app.reconcile.effect else { return };
    match &effect.figures {
        Ok(figures) => {
            for code in &item.codes {
                let row = figures.rows.iter().find(|row| row.code == *code);
                let words = match row.and_then(|row| row.unit.as_ref()) {
                    Some(figure) => {
                        let unit = verdict::unit_word(figures.basis.unit, 1);
                        let name = view.code_name(*code);
                        format!("{name}: {} by {unit}, as revealed", verdict::alpha_text(&figure.alpha))
                    }
                    None => format!("{}: no figure", view.code_name(*code)),
                };
                lines.labelled("agreement  ", dim, &words, notice);
            }
        }
        Err(why) => lines.labelled("agreement  ", dim, why, notice),
    }
}

/// In how many cases a code is held so far, and what the ways to decide would do to this one.
fn table(app: &App, queue: &Queue, item: &Item, code: CodeId) -> String {
    let view = app.study.view();
    let name = view.code_name(code);
    let Some(held) = app.reconcile.held() else { return name.to_owned() };
    let cases: BTreeSet<_> = held.held.iter().filter(|held| held.code == code).map(|held| held.case).collect();
    let disputed = held.disputed.iter().filter(|(of, _)| *of == code).count();
    let mut out =
        format!("{name} is held in {} of {} cases, {disputed} in dispute", cases.len(), queue.round.desks.len());
    if !item.changes_case {
        out.push_str("; this changes none");
        return out;
    }
    let case = words::case_of(&view, item);
    let ways = item.desk.iter().filter_map(|coder| {
        let result = resolve(item, Outcome::As(*coder))?;
        let has = result.iter().any(|(of, _)| *of == code);
        Some(format!("as {} {case} {}", words::letter(queue, *coder), if has { "has it" } else { "has not" }))
    });
    let ways: Vec<String> = ways.collect();
    out.push_str(&format!("; {}", ways.join(", ")));
    out
}
