//! What can be done in a list in a window.

use crate::project::edit::Edit;
use crate::screen::app::{App, Tone};
use crate::screen::command::rows;
use crate::screen::layers::Layer;
use crate::screen::layers::help::Help;
use crate::screen::layers::list::{self, Leads, Lists};
use crate::screen::layers::page::Page;
use crate::screen::layers::picker::{Choose, Picker};

rows! { LISTS: Find;
    "list-down" "Next row" "" List ["j" "<Down>"] "" => |app| step(app, 1);
    "list-up" "Previous row" "" List ["k" "<Up>"] "" => |app| step(app, -1);
    "list-page-down" "A page down" "" List ["<PageDown>" "<C-d>"] "" => |app| step(app, 15);
    "list-page-up" "A page up" "" List ["<PageUp>" "<C-u>"] "" => |app| step(app, -15);
    "list-first" "First row" "" List ["gg" "<Home>"] "" => |app| step(app, i32::MIN / 2);
    "list-last" "Last row" "" List ["G" "<End>"] "" => |app| step(app, i32::MAX / 2);
    "list-go" "Go there" "go there" List ["<Enter>" "<Right>"] "" => go;
    "list-mark" "Mark, or take the mark away" "mark" List ["<Space>"] "toggle" => mark;
    "list-mark-all" "Mark all, or none" "all" List ["A"] "" => mark_all;
    "list-code" "Code what is marked; of a code's passages: give them another code" "code" List ["c"] "autocode, code all hits, split" => code;
    "list-remove" "Remove the marked codings; of pairs: strike them" "un-code" List ["x" "<Del>"] "" => remove;
    "page-down-line" "Down" "" Page ["j" "<Down>"] "" => |app| scroll(app, 1);
    "page-up-line" "Up" "" Page ["k" "<Up>"] "" => |app| scroll(app, -1);
    "page-down-page" "A page down" "" Page ["<PageDown>" "<Space>"] "" => |app| scroll(app, 20);
    "page-up-page" "A page up" "" Page ["<PageUp>"] "" => |app| scroll(app, -20);
    "page-first" "Start" "" Page ["gg" "<Home>"] "" => |app| scroll(app, i32::MIN / 2);
    "page-last" "End" "" Page ["G" "<End>"] "" => |app| scroll(app, i32::MAX / 2);
}

fn step(app: &mut App, by: i32) {
    if let Some(list) = list::top(app) {
        list.step(by);
    }
}

fn go(app: &mut App) {
    let Some(list) = list::top(app) else { return };
    let Some(leads) = list.current().map(|row| row.leads) else { return };
    let behind = list.what == Lists::Behind;
    match leads {
        Leads::Coding(_, source, at) if behind => crate::screen::views::agreement::stand(app, source, at),
        Leads::Place(source, at) | Leads::Coding(_, source, at) => {
            app.layers.clear();
            app.code.jump(&mut app.study, source, at);
        }
        Leads::Passage(source, at) | Leads::Pair(_, _, source, at) => {
            crate::screen::views::agreement::stand(app, source, at)
        }
        Leads::Hit(n) => {
            app.layers.clear();
            super::find::show_hit(app, n);
        }
        Leads::Memo(id) => super::memos::open_memo(app, id),
        Leads::Nowhere => {}
    }
}

fn mark(app: &mut App) {
    let Some(list) = list::top(app) else { return };
    let n = list.selected;
    if !list.marked.remove(&n) {
        list.marked.insert(n);
    }
    let hit = list.current().map(|row| row.leads);
    list.step(1);
    if let (Some(Leads::Hit(n)), Some(hits)) = (hit, &mut app.code.hits) {
        hits.toggle(n);
    }
}

fn mark_all(app: &mut App) {
    let Some(list) = list::top(app) else { return };
    let all = list.marked.len() == list.rows.len();
    let changed: Vec<usize> = (0..list.rows.len()).filter(|n| list.marked.contains(n) == all).collect();
    let leads: Vec<Leads> = changed.iter().map(|n| list.rows[*n].leads).collect();
    list.marked = if all { std::collections::BTreeSet::new() } else { (0..list.rows.len()).collect() };
    if let Some(hits) = &mut app.code.hits {
        for lead in leads {
            if let Leads::Hit(n) = lead {
                hits.toggle(n);
            }
        }
    }
}

fn code(app: &mut App) {
    let Some(list) = list::top(app) else { return };
    match list.what {
        Lists::Hits => super::find::code_hits(app),
        Lists::Passages(_) => {
            let codings = list.codings();
            if codings.is_empty() {
                return;
            }
            let title = match codings.len() {
                1 => "Give this passage another code".to_owned(),
                n => format!("Give these {n} passages another code"),
            };
            let items = super::coding::code_items(app);
            app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::Split(codings))));
        }
        _ => app.tell(Tone::Plain, "there is nothing to code in this list"),
    }
}

fn remove(app: &mut App) {
    let Some(list) = list::top(app) else { return };
    if list.what == Lists::Behind {
        app.tell(Tone::Plain, "what is counted is not changed here; Enter goes to the passage");
        return;
    }
    if list.what == Lists::Pairs {
        crate::screen::views::matrices::pairs::find_so(app, crate::project::relation::Related::Struck);
        return;
    }
    let codings = list.codings();
    if codings.is_empty() {
        return;
    }
    if app.edit(&Edit::Remove(codings.clone())).is_some()
        && let Some(list) = list::top(app)
    {
        list.rows.retain(|row| !matches!(row.leads, Leads::Coding(id, ..) if codings.contains(&id)));
        list.marked.clear();
        list.step(0);
    }
}

fn scroll(app: &mut App, by: i32) {
    let height = match app.layers.last() {
        Some(Layer::Help(help)) => crate::screen::layers::help::height(app, help),
        Some(Layer::Page(page)) => crate::screen::layers::page::height(app, page),
        _ => 0,
    };
    if let Some(Layer::Help(Help { top, .. }) | Layer::Page(Page { top, .. })) = app.layers.last_mut() {
        let to = *top as i64 + i64::from(by);
        *top = usize::try_from(to.max(0)).unwrap_or(0).min(height.saturating_sub(5));
    }
}
