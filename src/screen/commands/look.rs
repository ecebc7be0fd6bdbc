//! What is shown and how: panes, themes.

use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::views::code::panes::Pane;
use crate::screen::views::{self};

rows! { LOOK: Look;
    "pane-next" "Next pane" "panes" Anywhere ["<Tab>"] "" => |app| turn(app, false);
    "pane-previous" "Previous pane" "" Anywhere ["<S-Tab>"] "" => |app| turn(app, true);
    "pane-wider" "Wider" "" Code ["zl" ">"] "resize" => |app| app.code.panes.widen(2);
    "pane-narrower" "Narrower" "" Code ["zh" "<lt>"] "resize" => |app| app.code.panes.widen(-2);
    "pane-cases" "Hide or show cases and sources" "" Code ["zc"] "hide documents" => |app| toggle(app, Pane::Cases);
    "pane-codes" "Hide or show the codes" "" Code ["zt"] "hide tree" => |app| toggle(app, Pane::Tree);
    "pane-text" "Only the transcript, or everything" "" Code ["zz"] "focus, zen, full screen" => only_text;
    "theme-next" "Next theme" "" Anywhere ["zn"] "colours, dark, light, contrast" => next_theme;
    "mouse" "Mouse on or off; shift-drag selects as the terminal does" "" Anywhere ["zM"] "pointer, native selection, copy" => mouse;
}

fn turn(app: &mut App, back: bool) {
    if !views::turn(app, back) {
        app.code.panes.turn(back);
    }
}

fn toggle(app: &mut App, pane: Pane) {
    let panes = &mut app.code.panes;
    let shown = match pane {
        Pane::Cases => &mut panes.cases_shown,
        _ => &mut panes.tree_shown,
    };
    *shown = !*shown;
    if !*shown && panes.focus == pane {
        panes.focus = Pane::Text;
    }
}

fn only_text(app: &mut App) {
    let panes = &mut app.code.panes;
    let both = panes.cases_shown || panes.tree_shown;
    (panes.cases_shown, panes.tree_shown) = (!both, !both);
    panes.focus = Pane::Text;
}

fn mouse(app: &mut App) {
    app.mouse_on = !app.mouse_on;
    let words = if app.mouse_on {
        "the mouse works here; with shift held it selects as the terminal does"
    } else {
        "the mouse is the terminal's again"
    };
    app.tell(Tone::Done, words);
}

fn next_theme(app: &mut App) {
    let ids: Vec<String> = app.library.all().map(|theme| theme.id().to_owned()).collect();
    let at = ids.iter().position(|id| *id == app.theme).map_or(0, |at| at + 1);
    let Some(id) = ids.get(at % ids.len().max(1)) else { return };
    let Some(theme) = app.library.get(id) else { return };
    let name = theme.name().to_owned();
    app.styles = theme.at(app.styles.depth());
    app.theme.clone_from(id);
    app.tell(Tone::Done, name);
}
