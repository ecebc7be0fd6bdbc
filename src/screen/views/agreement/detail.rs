//! What is said of the chosen row under the table: the verdict in a sentence, the counts at each level, what could be
//! coded, and how the round stands among the others.

use super::fig::{Counting, Fig, Group};
use super::{AgreementView, Counted, letter};
use crate::findings::figures::{Figures, Row, case_word};
use crate::findings::verdict::{
    character_sentence, number, number_or_dash, pooled_sentence, prevalence, reach, unit_sentence, unit_word,
};
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::put;
use crate::screen::views::code::tree::in_sight;
use crate::screen::views::rounds::words::{counted as number_of, day};
use crate::screen::views::sheet::width_of;
use crate::table::thousands;
use crate::text::wrap::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Cells for the labels at the left.
const LABEL: u16 = 12;

/// A piece of a line that is not taken apart.
struct Piece {
    words: String,
    role: Role,
    strong: bool,
    picked: bool,
}

fn piece(words: impl Into<String>, role: Role) -> Piece {
    Piece { words: words.into(), role, strong: false, picked: false }
}

/// A labelled line, taken apart between its pieces where it is too long.
struct Said {
    label: String,
    pieces: Vec<Piece>,
}

/// Draws it under a line across; gives the rows used.
pub(super) fn draw(app: &App, state: &AgreementView, counted: &Counted, area: Rect, buf: &mut Buffer) -> u16 {
    if area.height < 2 {
        return area.height;
    }
    let line = app.glyphs.horizontal.repeat(usize::from(area.width));
    put(buf, area.x, area.y, &line, area.width, app.styles.style(Role::PaneBorder));
    let area = Rect::new(area.x + 1, area.y + 1, area.width.saturating_sub(2), area.height - 1);
    let view = app.study.view();
    let mut lines: Vec<Vec<(u16, Piece)>> = Vec::new();
    let row = state.row();
    for sentence in sentences(&view, &counted.figures, row) {
        let width = area.width.max(1);
        for part in wrap(&sentence, width) {
            lines.push(vec![(0, piece(sentence[part.bytes].trim_end(), Role::Text))]);
        }
    }
    lines.push(Vec::new());
    let spaced = area.height >= 13;
    for group in [levels(&view, state, counted), facts(app, &view, counted), history(&view, counted)] {
        for said in group {
            lines.extend(laid_out(said, area.width));
        }
        if spaced {
            lines.push(Vec::new());
        }
    }
    while lines.last().is_some_and(Vec::is_empty) {
        lines.pop();
    }
    // Where not all fits, the last row says how much more there is.
    let over = lines.len() > usize::from(area.height);
    let height = usize::from(area.height) - usize::from(over && area.height > 1);
    let picked = lines.iter().position(|line| line.iter().any(|(_, piece)| piece.picked)).unwrap_or(0);
    let top = if lines.len() > height { in_sight(state.detail_top.get(), picked, lines.len(), height) } else { 0 };
    let top = if picked < height { 0 } else { top };
    state.detail_top.set(top);
    for (n, line) in lines.iter().skip(top).take(height).enumerate() {
        for (x, piece) in line {
            let mut style = app.styles.style(if piece.picked { Role::CellCursor } else { piece.role });
            if piece.strong {
                style = style.add_modifier(Modifier::BOLD);
            }
            put(buf, area.x + x, area.y + n as u16, &piece.words, area.width.saturating_sub(*x), style);
        }
    }
    if lines.len() > top + height {
        let words = format!("{} more lines; d shows them all", lines.len() - top - height);
        put(buf, area.x, area.bottom() - 1, &words, area.width, app.styles.style(Role::Faint));
        return area.height + 1;
    }
    u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height) + 1
}

/// All that is said of the chosen row, to be read as a page.
pub(super) fn words(app: &App, state: &AgreementView, counted: &Counted) -> String {
    let view = app.study.view();
    let mut out: Vec<String> = sentences(&view, &counted.figures, state.row());
    for group in [levels(&view, state, counted), facts(app, &view, counted), history(&view, counted)] {
        out.push(String::new());
        for Said { label, pieces } in group {
            let said: Vec<String> = pieces.into_iter().map(|piece| piece.words).collect();
            out.push(format!("{label}: {}", said.join("   ")));
        }
    }
    out.join("\n")
}

/// Lines of at most `width` cells.
fn laid_out(said: Said, width: u16) -> Vec<Vec<(u16, Piece)>> {
    let label = LABEL.max(width_of(&said.label) + 2);
    let mut out = vec![vec![(0, piece(said.label, Role::Dim))]];
    let mut x = label;
    for piece in said.pieces {
        let wide = width_of(&piece.words);
        if x > label && x + wide > width {
            out.push(Vec::new());
            x = label;
        }
        if wide > width.saturating_sub(label) {
            // Words in one piece that are longer than a line.
            let rows: Vec<String> = wrap(&piece.words, width.saturating_sub(label).max(1))
                .into_iter()
                .map(|row| piece.words[row.bytes].trim_end().to_owned())
                .collect();
            for (n, words) in rows.into_iter().enumerate() {
                if n > 0 {
                    out.push(Vec::new());
                }
                if let Some(line) = out.last_mut() {
                    x = label + width_of(&words) + 3;
                    line.push((label, Piece { words, ..piece }));
                }
            }
            continue;
        }
        if let Some(line) = out.last_mut() {
            line.push((x, piece));
        }
        x += wide + 3;
    }
    out
}

/// What is said in sentences: first the verdict, then what has to be said beside it.
fn sentences(view: &View<'_>, figures: &Figures, row: Option<&Row>) -> Vec<String> {
    let Some(row) = row else {
        let mut out = vec![pooled_sentence(figures)];
        if !figures.left_out.is_empty() {
            let names: Vec<&str> = figures.left_out.iter().map(|code| view.code_name(*code)).collect();
            let stand = if names.len() == 1 { "stands" } else { "stand" };
            out.push(format!("{} {stand} above codes in use and so outside the pool.", names.join(", ")));
        }
        return out;
    };
    let mut out = vec![format!("{}: {}", row.name, unit_sentence(view, figures, row))];
    let odd = |words: &String| words.contains("too few") || words.contains("only ") || words.contains("Undefined");
    out.extend(prevalence(figures, row).map(|words| format!("{}.", capital(&words))));
    out.extend(character_sentence(view, figures, row).filter(odd).map(|words| format!("On characters: {words}")));
    if row.left_out {
        out.push("It stands above codes in use and is not pooled.".into());
    }
    out.push(format!("{}.", capital(&reach(view, figures, row))));
    out
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The counts of the chosen row, level by level; each leads to its passages.
fn levels(view: &View<'_>, state: &AgreementView, counted: &Counted) -> Vec<Said> {
    let figures = &counted.figures;
    let chosen = state.fig(view);
    let all = state.figs(view);
    let row = state.row();
    let mut out = Vec::new();
    let picked = |fig: &Fig| chosen.as_ref().is_some_and(|other| other.is_like(fig));
    for group in [Group::Unit, Group::Character, Group::Cases] {
        let here: Vec<&Fig> = all.iter().filter(|fig| fig.group == group).collect();
        if here.is_empty() || row.is_none() {
            continue;
        }
        let label = match group {
            Group::Unit => figures.basis.unit.name().to_owned(),
            Group::Character => "character".to_owned(),
            _ => case_word(view, &figures.basis.cases, 2),
        };
        let mut pieces = Vec::new();
        for fig in here {
            if fig.what == Counting::Head && group != Group::Cases {
                continue;
            }
            let words = format!("{} {}", fig.label, fig.value);
            let strong = matches!(fig.role, Role::Strong);
            let role = if strong { Role::Text } else { fig.role };
            let disputed = group == Group::Cases && fig.value.contains("yes") && fig.value.contains("no");
            pieces.push(Piece { words: words.trim().to_owned(), role, strong: disputed, picked: picked(fig) });
        }
        let figure = row.and_then(|row| if group == Group::Unit { row.unit.as_ref() } else { row.character.as_ref() });
        if let Some(value) = figure.and_then(|figure| figure.positive_agreement).filter(|_| group != Group::Cases) {
            pieces.push(piece(format!("positive agreement {}", number(value)), Role::Text));
        }
        out.push(Said { label, pieces });
    }
    if row.is_none() {
        let kinds = &figures.disagreements;
        let n = kinds.total();
        out.push(Said {
            label: "Apart".into(),
            pieces: vec![piece(format!("{} at the reveal", number_of(n, "disagreement")), Role::Text)],
        });
    }
    let coders: Vec<Piece> = figures
        .coders
        .iter()
        .enumerate()
        .map(|(n, coder)| {
            let fig = all.iter().find(|fig| fig.what == Counting::Of(*coder));
            let count = fig.map_or("", |fig| fig.value.as_str());
            let words = format!("{} {} {count}", letter(n), view.initials(*coder));
            Piece { words, role: super::table::coder_role(n), strong: false, picked: fig.is_some_and(picked) }
        })
        .collect();
    out.push(Said { label: "passages".into(), pieces: coders });
    out
}

/// What could be coded, and under which wordings.
fn facts(app: &App, view: &View<'_>, counted: &Counted) -> Vec<Said> {
    let figures = &counted.figures;
    let (facts, round) = (&figures.scope, &figures.basis.round);
    let dot = app.glyphs.dot;
    let unit = figures.basis.unit;
    let kind = case_word(view, &figures.basis.cases, 2);
    let cases = format!(
        "{} of {} {kind}, {}",
        facts.cases,
        facts.all_cases,
        crate::screen::views::rounds::words::drawn(view, round.drawn)
    );
    let scope = format!(
        "{cases} {dot} {} {dot} {} {dot} {} {} {dot} {} words",
        crate::screen::views::rounds::words::scope(view, &round.scope),
        number_of(facts.sources as u64, "source"),
        thousands(facts.units),
        unit_word(unit, facts.units),
        thousands(facts.words),
    );
    let mut book = format!("pinned {} {dot} {}", day(app, facts.pinned), number_of(facts.codes as u64, "code"));
    let used = figures.rows.len() - figures.unused.len();
    book.push_str(&format!(", {used} in use"));
    if !figures.unmatched.is_empty() {
        book.push_str(&format!(" {dot} {} not matched", number_of(figures.unmatched.len() as u64, "proposal")));
    }
    if let Some(depth) = figures.basis.depth {
        book.push_str(&format!(" {dot} {}", crate::screen::views::rounds::words::level(Some(depth))));
    }
    vec![
        Said { label: "Scope".into(), pieces: vec![piece(scope, Role::Text)] },
        Said { label: "Codebook".into(), pieces: vec![piece(book, Role::Text)] },
    ]
}

/// The rounds in a row, what is settled, and each coder against the consensus.
fn history(view: &View<'_>, counted: &Counted) -> Vec<Said> {
    let figures = &counted.figures;
    let here = figures.basis.round.id;
    let mut rounds = Vec::new();
    for one in &counted.in_a_row {
        let alpha = number_or_dash(one.pooled.as_ref().and_then(|alpha| alpha.value));
        let mut words = format!("{}  {alpha}", one.name);
        if one.unit != figures.basis.round.unit {
            words.push_str(&format!(" on {}", unit_word(one.unit, 2)));
        }
        let role = if one.round == here { Role::Strong } else { Role::Text };
        rounds.push(Piece { words, role, strong: one.round == here, picked: false });
    }
    if let Some(last) = counted.in_a_row.iter().find(|one| one.round == here).filter(|_| counted.in_a_row.len() > 1) {
        let cases = case_word(view, &figures.basis.cases, 2);
        let words = if last.cases_not_before {
            format!("on {cases} not discussed before")
        } else {
            format!("some of its {cases} were discussed before: it does not show that definitions got better")
        };
        rounds.push(piece(words, Role::Dim));
    }
    let mut out = vec![Said { label: "Rounds".into(), pieces: rounds }];
    let Some((decided, of)) = counted.settled else { return out };
    let mut settled = vec![piece(format!("{decided} of {}", number_of(of as u64, "disagreement")), Role::Text)];
    if decided > 0 {
        settled.push(piece(format!("{} against the consensus:", unit_word(figures.basis.round.unit, 2)), Role::Dim));
        for (n, one) in counted.against.iter().enumerate() {
            let all = one.all;
            let name = letter(n);
            let mut words =
                format!("{name}: both {}, {name} only {}, missed {}", all.both, all.coder_only, all.consensus_only);
            if all.undecided > 0 {
                words.push_str(&format!(", open {}", all.undecided));
            }
            settled.push(piece(words, super::table::coder_role(n)));
        }
    }
    out.push(Said { label: "Settled".into(), pieces: settled });
    out
}
