//! Which speaker labels a participant is.

use super::{PeopleChoice, numbers};
use crate::project::case::Bearer;
use crate::project::edit::Edit;
use crate::project::id::{ParticipantId, SourceId};
use crate::project::source::Who;
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Chosen, Item, Picker, Target};

/// Offers the speaker labels of the study: those that are this participant are marked; those of their case come first, of
/// these the ones that are nobody's yet.
pub(super) fn ask(app: &mut App) {
    let person = match (app.people.of(), app.people.row()) {
        (Bearer::Participant, Some(row)) => ParticipantId::from(row),
        _ => {
            app.tell(Tone::Plain, "speaker labels are participants; Tab goes to them");
            return;
        }
    };
    let view = app.study.view();
    let Some(record) = view.participant(person) else { return };
    let mut labels = view.labels();
    if labels.is_empty() {
        app.tell(Tone::Plain, "no source has speakers yet; they are recognised when a transcript is imported");
        return;
    }
    let order: std::collections::HashMap<SourceId, usize> =
        view.sources().iter().enumerate().map(|(n, source)| (source.id, n)).collect();
    labels.sort_by_key(|(source, _, who)| {
        let case = view.source(*source).and_then(|source| source.case);
        let theirs = record.case.is_some() && case == record.case;
        let free = matches!(who, Who::Participant(None) | Who::Unknown) || *who == Who::Participant(Some(person));
        (!theirs, !free, order.get(source).copied())
    });
    let item = |(n, (source, label, who)): (usize, &(SourceId, &str, Who))| {
        let source = view.source(*source);
        let case = source.and_then(|source| view.case(source.case?));
        let place = case.map_or(String::new(), |case| format!("{} {} ", case.name, app.glyphs.pointer));
        let who = match who {
            Who::Participant(Some(id)) => {
                view.participant(*id).map_or("a participant that is gone".to_owned(), |p| p.pseudonym.clone())
            }
            Who::Participant(None) => "a participant".to_owned(),
            Who::Interviewer => "interviewer".to_owned(),
            Who::Other => "somebody else".to_owned(),
            Who::Unknown => "not said".to_owned(),
        };
        let label = format!("{label}  in {place}{}", source.map_or("a source", |source| source.name.as_str()));
        Item { label, note: who, also: String::new(), target: Target::Nth(n) }
    };
    let items: Vec<Item> = labels.iter().enumerate().map(item).collect();
    let theirs: Vec<usize> = (0..labels.len()).filter(|n| labels[*n].2 == Who::Participant(Some(person))).collect();
    let offered = labels.into_iter().map(|(source, label, _)| (source, label.to_owned())).collect();
    let title = format!("Who is {}? Space marks labels, Enter takes them", record.pseudonym);
    let picker = Picker::new(&title, items, Choose::People(PeopleChoice::Labels(person, offered)));
    let marked = |target| matches!(target, Target::Nth(n) if theirs.contains(&n));
    app.layers.push(Layer::Picker(picker.marking(marked)));
}

/// Those marked are the participant from now on; those that were and are not marked any more are not known.
pub(super) fn chosen(app: &mut App, person: ParticipantId, offered: &[(SourceId, String)], chosen: &Chosen) -> bool {
    let marked = numbers(chosen);
    let view = app.study.view();
    let mut edits = Vec::new();
    for (n, (source, label)) in offered.iter().enumerate() {
        let (now, theirs) = (view.who(*source, label), Who::Participant(Some(person)));
        let next = match (marked.contains(&n), now == theirs) {
            (true, false) => theirs,
            (false, true) => Who::Participant(None),
            _ => continue,
        };
        edits.push(Edit::SetSpeaker(*source, label.clone(), next));
    }
    if edits.is_empty() {
        app.tell(Tone::Plain, "nothing was changed");
        return true;
    }
    app.edit(&Edit::All(edits)).is_some()
}
