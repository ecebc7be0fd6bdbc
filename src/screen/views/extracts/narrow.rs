//! Narrowing the extracts: one list of everything that can be asked of them, what is asked already first.

use crate::findings::extracts::{Filter, Of, Speaking, Stage};
use crate::project::case::{AttributeKind, Bearer};
use crate::project::row::Test;
use crate::project::source::SourceKind;
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Choose, Item, Picker, Target};
use std::collections::BTreeSet;

/// A row of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Narrow {
    /// Asks for it, or no longer.
    Toggle(Filter),
    /// Asks whose codings.
    Whose(Of),
    /// Asks for words that are to be typed.
    Type(With),
    /// No filter at all.
    Clear,
}

/// What words are looked for in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum With {
    /// The passage.
    Words,
    /// The passage, as a regular expression.
    Pattern,
    /// The comment on the coding.
    Comment,
}

/// Opens the list.
pub fn pick(app: &mut App) {
    let view = app.study.view();
    let query = app.extracts.query();
    let ways = ways(&view, &query.filters);
    let item = |(n, way): (usize, &Narrow)| {
        let (label, note) = match way {
            Narrow::Toggle(filter) if query.filters.contains(filter) => {
                (filter.words(&view), "on; Enter takes it back")
            }
            Narrow::Toggle(filter) => (filter.words(&view), field(filter)),
            Narrow::Whose(of) if *of == query.of => (of.words(&view), "on"),
            Narrow::Whose(of) => (of.words(&view), "whose"),
            Narrow::Type(With::Words) => ("with words …".to_owned(), "typed"),
            Narrow::Type(With::Pattern) => ("with a regular expression …".to_owned(), "typed"),
            Narrow::Type(With::Comment) => ("commented on with words …".to_owned(), "typed"),
            Narrow::Clear => ("no filter".to_owned(), "takes all back"),
        };
        Item { label, note: note.to_owned(), also: String::new(), target: Target::Nth(n) }
    };
    let items: Vec<Item> = ways.iter().enumerate().map(item).collect();
    app.layers.push(Layer::Picker(Picker::new("Narrow the extracts", items, Choose::NarrowExtracts(ways))));
}

const fn field(filter: &Filter) -> &'static str {
    match filter {
        Filter::Attribute(..) => "attribute",
        Filter::Kind(_) => "kind of case",
        Filter::Case(_) => "case",
        Filter::SourceKind(_) => "kind of source",
        Filter::Source(_) => "source",
        Filter::Wave(_) => "wave",
        Filter::Speaker(_) => "who speaks",
        Filter::Round(_) => "round",
        Filter::Cycle(_) => "cycle",
        Filter::Words(_) | Filter::Pattern(_) => "words",
        Filter::Comment(_) => "comment",
    }
}

/// Everything that can be asked, what is asked already first.
fn ways(view: &View<'_>, asked: &[Filter]) -> Vec<Narrow> {
    let mut out: Vec<Narrow> = asked.iter().cloned().map(Narrow::Toggle).collect();
    if asked.len() > 1 {
        out.push(Narrow::Clear);
    }
    out.extend([With::Words, With::Pattern, With::Comment].map(Narrow::Type));
    let coders = view.coders().map(|coder| Of::Coders(vec![coder.id]));
    out.extend([Of::InSight, Of::Working, Of::Consensus, Of::Everybody].into_iter().chain(coders).map(Narrow::Whose));
    let mut all: Vec<Filter> = vec![Filter::Speaker(Speaking::Participants), Filter::Speaker(Speaking::Interviewers)];
    let once = |words: &mut dyn Iterator<Item = &str>| -> BTreeSet<String> {
        words.filter(|word| !word.trim().is_empty()).map(|word| word.trim().to_owned()).collect()
    };
    for attribute in view.attributes().into_iter().filter(|attribute| attribute.of == Bearer::Case) {
        let values = view.all_values(attribute.id);
        let known = once(&mut values.iter().flat_map(|value| value.value.split('\n')));
        let values: Vec<String> = match attribute.kind {
            _ if attribute.follows.is_some() => vec!["yes".into(), "no".into()],
            AttributeKind::Text if known.len() > 20 => Vec::new(),
            _ => known.into_iter().collect(),
        };
        all.extend(values.into_iter().map(|value| Filter::Attribute(attribute.id, Test::Is(value))));
    }
    let cases = view.cases();
    let kinds = once(&mut cases.iter().map(|case| case.kind.as_str()));
    if kinds.len() > 1 {
        all.extend(kinds.into_iter().map(Filter::Kind));
    }
    let sources = view.sources();
    let used = |kind: &SourceKind| sources.iter().any(|source| source.kind == *kind);
    all.extend(SourceKind::ALL.into_iter().filter(used).map(Filter::SourceKind));
    all.extend(view.waves().into_iter().map(|wave| Filter::Wave(wave.id)));
    let roles = once(&mut view.participants().map(|person| person.role.as_str()));
    all.extend(roles.into_iter().map(|role| Filter::Speaker(Speaking::Role(role))));
    all.extend(view.rounds().into_iter().map(|round| Filter::Round(round.id)));
    let cycles = view.cycles();
    all.extend(cycles.iter().map(|cycle| Filter::Cycle(Stage::Within(cycle.id))));
    if !cycles.is_empty() {
        all.push(Filter::Cycle(Stage::Open));
    }
    // Up to the first one is the same as in it.
    all.extend(cycles.iter().skip(1).map(|cycle| Filter::Cycle(Stage::UpTo(cycle.id))));
    all.extend(cases.into_iter().map(|case| Filter::Case(case.id)));
    all.extend(view.participants().map(|person| Filter::Speaker(Speaking::Person(person.id))));
    out.extend(all.into_iter().filter(|filter| !asked.contains(filter)).map(Narrow::Toggle));
    out
}
