//! A memo on a theme to begin with: what it says, its codes with their counts, and the extracts that support, qualify or
//! contradict it, quoted.

use super::count::Counting;
use super::presence::Presence;
use super::working::Counted;
use crate::project::id::{CodeId, CodingId, QuotationId, ThemeId};
use crate::project::memo_links::Linked;
use crate::project::row::Expr;
use crate::project::saved::Counts;
use crate::project::theme::{Holds, Stance};
use crate::project::view::{View, Whose};
use std::collections::HashSet;

/// How many extracts of a code are quoted where the theme names none of it.
const EACH: usize = 2;

/// A memo to begin with.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Begun {
    /// Its text, quotations named.
    pub text: String,
    /// What is to be quoted in it.
    pub quotes: Vec<(QuotationId, CodingId)>,
}

/// The memo on a theme, counted from what is where; each quotation gets its id from `fresh`.
#[must_use]
pub fn theme_memo(
    view: &View<'_>,
    presence: &Presence,
    theme: ThemeId,
    fresh: &mut dyn FnMut() -> QuotationId,
) -> Begun {
    let mut out = Begun::default();
    let Some(record) = view.theme(theme) else { return out };
    out.text = format!("{}\n", record.name);
    if !record.description.trim().is_empty() {
        out.text.push_str(&format!("\n{}\n", record.description.trim()));
    }
    let items = view.theme_items(theme);
    let all = view.showing(Whose::Everybody);
    let extracts: Vec<(CodingId, Stance, &str)> = items
        .iter()
        .filter_map(|item| match item.what {
            Holds::Extract(coding, stance) => Some((coding, stance, item.note.as_str())),
            _ => None,
        })
        .collect();
    let shown: HashSet<CodeId> =
        extracts.iter().filter_map(|(coding, ..)| all.coding(*coding)).map(|seen| seen.code).collect();
    let codes: Vec<CodeId> = items
        .iter()
        .filter_map(|item| match item.what {
            Holds::Code(code) => view.codebook().resolve(code),
            _ => None,
        })
        .collect();
    if items.iter().any(|item| matches!(item.what, Holds::Code(_) | Holds::Row(_))) {
        out.text.push_str("\n## What it rests on\n\n");
    }
    let counting = Counting::new(*view, presence);
    for code in &codes {
        let count = counts(view, &counting, &Expr::Code { code: *code, below: true });
        let passages = passages(view, presence, *code).count();
        let more = if passages == 1 { "passage" } else { "passages" };
        out.text.push_str(&format!("- {}: {count}, {passages} {more}\n", link(view, *code)));
    }
    for item in &items {
        let Holds::Row(row) = item.what else { continue };
        let Some(record) = view.row(row) else { continue };
        out.text.push_str(&format!("- {}: {}\n", record.name, counts(view, &counting, &Expr::Row(row))));
    }
    for stance in Stance::ALL {
        let of_it = || extracts.iter().filter(move |(_, other, _)| *other == stance);
        // For what its codes say there are examples, should the theme name none.
        let examples: Vec<CodingId> = match stance {
            Stance::Supports => codes
                .iter()
                .filter(|code| !shown.contains(code))
                .flat_map(|code| examples(view, presence, *code))
                .collect(),
            _ => Vec::new(),
        };
        if of_it().next().is_none() && examples.is_empty() {
            continue;
        }
        let heading = match stance {
            Stance::Supports => "What supports it",
            Stance::Qualifies => "What qualifies it",
            Stance::Contradicts => "What contradicts it",
        };
        out.text.push_str(&format!("\n## {heading}\n"));
        for (coding, _, note) in of_it() {
            quote(&mut out, fresh(), *coding, note);
        }
        for coding in examples {
            quote(&mut out, fresh(), coding, "");
        }
    }
    out
}

fn quote(out: &mut Begun, id: QuotationId, coding: CodingId, note: &str) {
    if !note.trim().is_empty() {
        out.text.push_str(&format!("\n{}\n", note.trim()));
    }
    out.text.push_str(&format!("\n{}\n", Linked::Quote(id).written("")));
    out.quotes.push((id, coding));
}

fn link(view: &View<'_>, code: CodeId) -> String {
    Linked::Code(code).written(view.code_name(code))
}

/// `22 of 30 cases (73.3%), 2 not yet coded`.
fn counts(view: &View<'_>, counting: &Counting<'_>, expr: &Expr) -> String {
    let units = counting.presence().units(view, Counts::Cases, "");
    let figure = counting.figure(expr, &units, None);
    let percent = figure.percent().map_or_else(String::new, |percent| format!(" ({percent}%)"));
    let not_yet = match figure.not_yet.len() {
        0 => String::new(),
        n => format!(", {n} not yet coded"),
    };
    format!("{} cases{percent}{not_yet}", figure.words())
}

/// The counted passages of a code and those below it.
fn passages<'a>(view: &View<'_>, presence: &'a Presence, code: CodeId) -> impl Iterator<Item = &'a Counted> + use<'a> {
    let branch: HashSet<CodeId> = view.codebook().branch(code).into_iter().collect();
    presence.working.counted.iter().filter(move |counted| branch.contains(&counted.code))
}

/// Passages of a code of different cases, the first of each.
fn examples(view: &View<'_>, presence: &Presence, code: CodeId) -> Vec<CodingId> {
    let mut cases = HashSet::new();
    let firsts = passages(view, presence, code)
        .filter(|counted| cases.insert((counted.case, counted.case.is_none().then_some(counted.source))));
    firsts.filter_map(|counted| counted.codings.first().copied()).take(EACH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::presence::{By, no_speakers};
    use crate::project::edit::{Edit, NewTheme, ThemeEdit};
    use crate::project::id::Mint;
    use crate::project::testing::Desk;

    #[test]
    fn a_theme_memo_counts_its_codes_and_quotes_what_speaks_for_it_and_against_it() {
        let mut desk = Desk::new();
        let (wait, call) = (desk.code("Waiting"), desk.code("Calling back"));
        let texts: Vec<_> = ["P01", "P02", "P03"].map(|name| desk.case(name).1).to_vec();
        for text in &texts {
            desk.apply(&Edit::Read { source: *text, to: crate::text::Pos(100), finished: true });
        }
        let against = desk.lay(texts[0], 0, 10, call);
        let first = desk.lay(texts[0], 20, 30, wait);
        desk.lay(texts[0], 40, 50, wait);
        let second = desk.lay(texts[1], 20, 30, wait);
        let theme: ThemeId = desk.id().into();
        let (name, description) = ("Access".to_owned(), "Nobody waits.".to_owned());
        desk.apply(&Edit::Themes(ThemeEdit::Set(theme, NewTheme { name, description, parent: None })));
        for what in [Holds::Code(wait), Holds::Extract(against, Stance::Contradicts)] {
            let note = if matches!(what, Holds::Code(_)) { "" } else { "But here:" }.to_owned();
            desk.apply(&Edit::Themes(ThemeEdit::Hold { theme, what, note }));
        }
        let presence = Presence::new(&desk.view(), None, By::Working, &no_speakers);
        let mut mint = crate::project::id::FixedMint::new(11, jiff::Timestamp::UNIX_EPOCH);
        let begun = theme_memo(&desk.view(), &presence, theme, &mut || mint.id().into());
        let codings: Vec<_> = begun.quotes.iter().map(|(_, coding)| *coding).collect();
        assert_eq!(codings, [first, second, against], "an extract a case, then what contradicts");
        let quote = |n: usize| Linked::Quote(begun.quotes[n].0).written("");
        let wanted = format!(
            "Access\n\nNobody waits.\n\n## What it rests on\n\n- {}: 2 of 3 cases (66.7%), 3 passages\n\n\
             ## What supports it\n\n{}\n\n{}\n\n## What contradicts it\n\nBut here:\n\n{}\n",
            Linked::Code(wait).written("Waiting"),
            quote(0),
            quote(1),
            quote(2),
        );
        assert_eq!(begun.text, wanted);
    }
}
