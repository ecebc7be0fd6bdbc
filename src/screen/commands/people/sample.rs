//! The sampling table, as a page.

use super::{PeopleChoice, numbers};
use crate::findings::sampling::sampling;
use crate::project::case::Bearer;
use crate::project::id::AttributeId;
use crate::report::tables::{Format, Look, write};
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::page::Page;
use crate::screen::layers::picker::{Choose, Chosen, Item, Picker, Target};

/// How wide a page is at most, without its border.
pub(super) const PAGE: u16 = 92;

/// Asks over which attributes cases are to be spread; the column in hand is the first that is offered.
pub(super) fn ask(app: &mut App) {
    let of_cases = app.study.view().attributes().iter().filter(|one| one.of == Bearer::Case).count();
    if of_cases < 2 {
        app.tell(Tone::Plain, "cases are spread over two attributes of theirs; a adds one");
        return;
    }
    offer(app, None);
}

fn offer(app: &mut App, first: Option<AttributeId>) {
    let view = app.study.view();
    let all = view.attributes();
    let mut offered: Vec<_> = all.iter().filter(|one| one.of == Bearer::Case && Some(one.id) != first).collect();
    if first.is_none() {
        let hand = app.people.attribute();
        offered.sort_by_key(|one| Some(one.id) != hand);
    }
    let item = |(n, one): (usize, &&&std::sync::Arc<crate::project::case::Attribute>)| Item {
        label: one.name.clone(),
        note: one.kind.name().to_owned(),
        also: String::new(),
        target: Target::Nth(n),
    };
    let items = offered.iter().enumerate().map(item).collect();
    let ids = offered.iter().map(|one| one.id).collect();
    let title = match first.and_then(|id| view.attribute(id)) {
        Some(first) => format!("Cases by {} and by", first.name),
        None => "Cases by".to_owned(),
    };
    app.layers.push(Layer::Picker(Picker::new(&title, items, Choose::People(PeopleChoice::Sample(first, ids)))));
}

/// Asks for the second, or shows the table.
pub(super) fn chosen(app: &mut App, first: Option<AttributeId>, offered: &[AttributeId], chosen: &Chosen) -> bool {
    let Some(id) = numbers(chosen).first().and_then(|n| offered.get(*n)).copied() else { return false };
    let Some(first) = first else {
        offer(app, Some(id));
        return true;
    };
    let view = app.study.view();
    match sampling(&view, first, id, app.people.wave()) {
        Ok(found) => {
            let [a, b] = &found.names;
            let title = format!("Cases by {a} and {b}");
            let look = Look { width: Some(PAGE.min(app.size.width.saturating_sub(4))), ascii: app.glyphs.dot == "." };
            let mut words = write(&found.table(&view, ""), Format::Table, look);
            if found.several {
                words.push_str("\nA case with several values stands in several cells; sums count it once.\n");
            }
            app.layers.push(Layer::Page(Page { title, words, top: 0 }));
        }
        Err(why) => app.tell(Tone::Refused, format!("{why}; w shows one")),
    }
    true
}
