//! What is known of cases or participants as a grid: a row each, a column an attribute; and how cases spread over two
//! attributes.
//!
//! A grid says who has a row and what has a column. What stands in a cell is looked up when it is asked, so that a screen
//! looks up what it shows and no more; of attributes that follow from codings it is worked out once, for all.

use super::count::{Counting, Known};
use super::presence::{By, Presence, Unit, no_speakers};
use super::truth::Truth;
use crate::project::case::{AttributeKind, Bearer};
use crate::project::id::{AttributeId, CaseId, Id, ParticipantId, WaveId};
use crate::project::row::Expr;
use crate::project::view::View;
use std::borrow::Cow;
use std::collections::HashMap;

/// What a column is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Head {
    /// What the case or participant is called.
    Name,
    /// What kind of case it is.
    Kind,
    /// What the participant is.
    Role,
    /// Whose the participant is.
    Case,
    /// An attribute, in a wave where it has a value for each.
    Attribute(AttributeId, Option<WaveId>),
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GridColumn {
    /// What it is.
    pub head: Head,
    /// What stands above it.
    pub title: String,
    /// What its values are.
    pub kind: AttributeKind,
    /// Whether it follows from what is coded, and is not typed.
    pub follows: bool,
}

/// What stands in a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said<'a> {
    /// This; several values are parted by line feeds.
    Is(Cow<'a, str>),
    /// Nothing is known, which is not the same as no.
    Missing,
    /// It follows from codings, and that cannot be said yet: somebody has not coded it to the end, or coders differ.
    Open(Truth),
}

impl Said<'_> {
    /// As people read it; several values with semicolons; empty for missing.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Is(value) => value.replace('\n', "; "),
            Self::Missing => String::new(),
            Self::Open(Truth::Disputed) => "disputed".to_owned(),
            Self::Open(_) => "not yet coded".to_owned(),
        }
    }
}

/// Who has a row and what has a column.
#[derive(Clone, PartialEq, Debug)]
pub struct Grid {
    /// Whose attributes it shows.
    pub of: Bearer,
    /// The columns.
    pub columns: Vec<GridColumn>,
    /// Those who have a row: cases in order, or participants by case.
    pub rows: Vec<Id>,
    /// What follows from codings, as far as it was worked out.
    pub follows: Follows,
}

/// What follows from codings, by attribute, wave and case.
pub type Follows = HashMap<(AttributeId, Option<WaveId>, Id), Known>;

/// The grid of cases or participants. Of attributes that have a value for each wave it shows one wave, or all if `wave` is
/// `None`.
#[must_use]
pub fn grid(view: &View<'_>, of: Bearer, wave: Option<WaveId>) -> Grid {
    let mut out = layout(view, of, wave);
    out.follows = out.followed(view);
    out
}

/// The same without what follows from codings, which takes time with the codings of the study.
#[must_use]
pub fn layout(view: &View<'_>, of: Bearer, wave: Option<WaveId>) -> Grid {
    let fixed =
        |head, title: &str| GridColumn { head, title: title.to_owned(), kind: AttributeKind::Text, follows: false };
    let mut columns = match of {
        Bearer::Case => vec![fixed(Head::Name, "Case"), fixed(Head::Kind, "Kind")],
        Bearer::Participant => {
            vec![fixed(Head::Name, "Participant"), fixed(Head::Role, "Role"), fixed(Head::Case, "Case")]
        }
    };
    let waves = view.waves();
    for attribute in view.attributes().into_iter().filter(|attribute| attribute.of == of) {
        let (kind, follows) = (attribute.kind, attribute.follows.is_some());
        let mut add = |wave: Option<WaveId>, title: String| {
            columns.push(GridColumn { head: Head::Attribute(attribute.id, wave), title, kind, follows });
        };
        let shown: Vec<_> = waves.iter().filter(|one| wave.is_none_or(|wave| wave == one.id)).collect();
        if attribute.by_wave && !shown.is_empty() {
            shown.iter().for_each(|wave| add(Some(wave.id), format!("{} ({})", attribute.name, wave.name)));
        } else {
            // What follows from codings does so in the wave that is shown.
            add(wave.filter(|_| follows), attribute.name.clone());
        }
    }
    let rows = match of {
        Bearer::Case => view.cases().into_iter().map(|case| case.id.0).collect(),
        Bearer::Participant => people(view),
    };
    Grid { of, columns, rows, follows: Follows::new() }
}

/// The participants by case, then as they came; those of no case last.
fn people(view: &View<'_>) -> Vec<Id> {
    let order: HashMap<CaseId, usize> = view.cases().into_iter().enumerate().map(|(n, case)| (case.id, n)).collect();
    let place = |case: Option<CaseId>| case.and_then(|case| order.get(&case)).copied().unwrap_or(usize::MAX);
    let mut people: Vec<_> = view.participants().map(|person| (place(person.case), person.id.0)).collect();
    people.sort();
    people.into_iter().map(|(_, id)| id).collect()
}

impl Grid {
    /// Whether a column follows from codings.
    #[must_use]
    pub fn has_following(&self) -> bool {
        self.columns.iter().any(|column| column.follows)
    }

    /// What follows from codings, for all rows. Takes time with the codings of the study.
    #[must_use]
    pub fn followed(&self, view: &View<'_>) -> Follows {
        let mut out = Follows::new();
        let columns = self.columns.iter().filter(|column| column.follows);
        let mut by_wave: HashMap<Option<WaveId>, Vec<AttributeId>> = HashMap::new();
        for column in columns {
            if let Head::Attribute(attribute, wave) = column.head {
                by_wave.entry(wave).or_default().push(attribute);
            }
        }
        for (wave, attributes) in by_wave {
            let presence = Presence::new(view, wave, By::Working, &no_speakers);
            let counting = Counting::new(*view, &presence);
            for attribute in attributes {
                for &row in &self.rows {
                    let known = counting.value(attribute, Unit::Case(row.into()));
                    out.insert((attribute, wave, row), known);
                }
            }
        }
        out
    }

    /// What stands in a column of whoever this is.
    #[must_use]
    pub fn said<'a>(&'a self, view: &View<'a>, whose: Id, column: &GridColumn) -> Said<'a> {
        let some = |words: Option<&'a str>| match words {
            Some(words) if !words.is_empty() => Said::Is(Cow::Borrowed(words)),
            _ => Said::Missing,
        };
        let case = || view.case(whose.into());
        let person = || view.participant(ParticipantId::from(whose));
        match (column.head, self.of) {
            (Head::Name, Bearer::Case) => some(case().map(|case| case.name.as_str())),
            (Head::Name, Bearer::Participant) => some(person().map(|person| person.pseudonym.as_str())),
            (Head::Kind, _) => some(case().map(|case| case.kind.as_str())),
            (Head::Role, _) => some(person().map(|person| person.role.as_str())),
            (Head::Case, _) => some(person().and_then(|person| view.case(person.case?)).map(|case| case.name.as_str())),
            (Head::Attribute(attribute, wave), _) if column.follows => {
                match self.follows.get(&(attribute, wave, whose)) {
                    Some(Known::Is(value)) => Said::Is(Cow::Borrowed(value)),
                    Some(Known::Not(why @ (Truth::Disputed | Truth::NotYet))) => Said::Open(*why),
                    _ => Said::Missing,
                }
            }
            (Head::Attribute(attribute, wave), _) => some(view.value_in(attribute, whose, wave)),
        }
    }
}

/// The passages that the value of a case rests on, where it follows from codings: as places in sources.
#[must_use]
pub fn passages(view: &View<'_>, expr: &Expr, case: CaseId, wave: Option<WaveId>) -> Vec<super::working::Counted> {
    let presence = Presence::new(view, wave, By::Working, &no_speakers);
    let counting = Counting::new(*view, &presence);
    let found = counting.behind(expr, Unit::Case(case));
    found.into_iter().filter_map(|at| presence.counted(at).cloned()).collect()
}

/// What the attributes say of a case that its value rests on, where it follows from some: `Setting: Rural`.
#[must_use]
pub fn values(view: &View<'_>, expr: &Expr, case: CaseId, wave: Option<WaveId>) -> Vec<String> {
    let presence = Presence::new(view, wave, By::Working, &no_speakers);
    let counting = Counting::new(*view, &presence);
    let said = |id: AttributeId| {
        let name = view.attribute(id).map_or("a deleted attribute", |attribute| attribute.name.as_str());
        match counting.value(id, Unit::Case(case)) {
            Known::Is(value) => format!("{name}: {}", value.replace('\n', "; ")),
            Known::Not(_) => format!("{name}: not known"),
        }
    };
    counting.attributes(expr).into_iter().map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing::Trial;
    use crate::project::edit::{AttributeEdit, Edit, NewAttribute};

    fn attribute(trial: &mut Trial, new: NewAttribute) -> AttributeId {
        let id = trial.desk.id().into();
        trial.desk.apply(&Edit::Attributes(AttributeEdit::Set(id, new)));
        id
    }

    fn new(name: &str, of: Bearer) -> NewAttribute {
        let (name, kind) = (name.to_owned(), AttributeKind::Text);
        NewAttribute { name, of, kind, choices: Vec::new(), by_wave: false, follows: None }
    }

    #[test]
    fn an_attribute_by_wave_has_a_column_for_each_wave_or_for_the_one_that_is_shown() {
        let mut trial = Trial::open(2, 1, 1);
        let waves: Vec<WaveId> = ["2013", "2015"]
            .into_iter()
            .map(|name| {
                let id = trial.desk.id().into();
                trial.desk.apply(&Edit::Attributes(AttributeEdit::Wave(id, name.into())));
                id
            })
            .collect();
        attribute(&mut trial, new("Setting", Bearer::Case));
        let size = attribute(&mut trial, NewAttribute { by_wave: true, ..new("Size", Bearer::Case) });
        attribute(&mut trial, new("Years", Bearer::Participant));
        let whose = trial.view().cases()[0].id.0;
        let value = "3; 4".to_owned();
        let wave = Some(waves[1]);
        trial.desk.apply(&Edit::Attributes(AttributeEdit::Value { attribute: size, whose, wave, value }));
        let view = trial.view();
        let titles = |grid: &Grid| grid.columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>();
        let all = grid(&view, Bearer::Case, None);
        assert_eq!(titles(&all), ["Case", "Kind", "Setting", "Size (2013)", "Size (2015)"]);
        let said = |n: usize| all.said(&view, whose, &all.columns[n]).words();
        assert_eq!((said(2), said(3), said(4)), (String::new(), String::new(), "3; 4".into()));
        assert_eq!(titles(&grid(&view, Bearer::Case, Some(waves[0]))), ["Case", "Kind", "Setting", "Size (2013)"]);
        assert_eq!(titles(&grid(&view, Bearer::Participant, None)), ["Participant", "Role", "Case", "Years"]);
    }

    #[test]
    fn what_follows_from_codings_is_said_where_it_can_be_and_leads_to_its_passages() {
        let mut trial = Trial::open(2, 1, 1);
        let code = trial.codes[0];
        let holds = Expr::Code { code, below: true };
        let follows = Some(holds.clone());
        attribute(&mut trial, NewAttribute { follows: follows.clone(), ..new("Has one", Bearer::Case) });
        let said = |trial: &Trial| {
            let view = trial.view();
            let grid = grid(&view, Bearer::Case, None);
            let column = &grid.columns[2];
            grid.rows.iter().map(|row| grid.said(&view, *row, column).words()).collect::<Vec<_>>()
        };
        assert!(said(&trial).iter().all(|said| said == "not yet coded"), "nobody has finished: {:?}", said(&trial));
        let view = trial.view();
        let case = view.cases()[0].id;
        let found = passages(&view, &holds, case, None);
        assert!(found.iter().all(|one| one.case == Some(case) && one.code == code));
    }
}
