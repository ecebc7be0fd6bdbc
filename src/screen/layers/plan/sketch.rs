//! An attribute being made, or made something else.

use super::{Field, line, named, picker};
use crate::findings::expression::{parse, print};
use crate::project::case::{Attribute, AttributeKind, Bearer};
use crate::project::edit::{AttributeEdit, Edit, NewAttribute, Refusal, plan};
use crate::project::id::{AttributeId, FixedMint};
use crate::project::view::View;
use crate::screen::commands::findings::{Pick, countable};
use crate::screen::layers::Layer;
use crate::screen::layers::picker::{Chosen, Target};

/// An attribute being made.
#[derive(Clone, Debug)]
pub struct Sketch {
    /// The attribute that is made something else; a new one if `None`.
    pub id: Option<AttributeId>,
    /// What it is to be.
    pub new: NewAttribute,
    /// What was offered last to follow from.
    offered: Vec<Pick>,
}

impl Sketch {
    /// A new attribute.
    #[must_use]
    pub fn new(of: Bearer) -> Self {
        let (name, kind, choices) = (String::new(), AttributeKind::Text, Vec::new());
        let new = NewAttribute { name, of, kind, choices, by_wave: false, follows: None };
        Self { id: None, new, offered: Vec::new() }
    }

    /// One that there is.
    #[must_use]
    pub fn of(attribute: &Attribute) -> Self {
        let Attribute { id, name, of, kind, choices, by_wave, follows, .. } = attribute.clone();
        Self { id: Some(id), new: NewAttribute { name, of, kind, choices, by_wave, follows }, offered: Vec::new() }
    }

    /// Its lines.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let mut out = vec![Field::Name];
        if self.new.follows.is_none() {
            out.push(Field::Kind);
            if matches!(self.new.kind, AttributeKind::Choice | AttributeKind::Choices) {
                out.push(Field::Choices);
            }
            out.push(Field::ByWave);
        }
        if self.new.of == Bearer::Case {
            out.push(Field::Follows);
        }
        out.push(Field::Go);
        out
    }

    /// The edit that makes it so as `id`.
    #[must_use]
    pub fn edit(&self, id: AttributeId) -> Edit {
        Edit::Attributes(AttributeEdit::Set(id, self.new.clone()))
    }

    /// Whether it can be made.
    pub(super) fn check(&self, view: &View<'_>) -> Result<(), String> {
        let edit = self.edit(self.id.unwrap_or_default());
        match plan(view, &edit, &mut FixedMint::new(0, jiff::Timestamp::UNIX_EPOCH)) {
            Ok(_) | Err(Refusal::Idle(_)) => Ok(()),
            Err(why) => Err(why.to_string()),
        }
    }

    /// What a line says: its name, its value, and what is to be known of it.
    #[must_use]
    pub fn said(&self, view: &View<'_>, field: Field) -> (&'static str, String, String) {
        let none = String::new;
        match field {
            Field::Name => ("Name", self.new.name.clone(), none()),
            Field::Kind => ("Kind", self.new.kind.name().to_owned(), "Space goes through them".into()),
            Field::Choices => {
                let said = if self.new.choices.is_empty() { "any".into() } else { self.new.choices.join("; ") };
                ("Choices", said, none())
            }
            Field::ByWave => {
                let said = if self.new.by_wave { "a value for each" } else { "one value for all" };
                ("Waves", said.into(), none())
            }
            Field::Follows => {
                let said = match &self.new.follows {
                    None => "nothing; it is typed".to_owned(),
                    Some(expr) => print(view, expr),
                };
                ("Follows from", said, "yes where it holds of a case, no where it does not".into())
            }
            _ => ("", if self.id.is_some() { "Change it" } else { "Add the attribute" }.into(), none()),
        }
    }

    pub(super) fn ask(&mut self, view: &View<'_>, field: Field) -> Option<Layer> {
        Some(match field {
            Field::Name => line("What is the attribute called?", "such as Setting", &self.new.name, field),
            Field::Choices => {
                let hint = "parted by semicolons, in their order; none: any words";
                line("Which words can be chosen?", hint, &self.new.choices.join("; "), field)
            }
            Field::Follows => {
                let (offered, picks) = countable(view, None);
                self.offered = picks;
                let mut items = vec![named("Nothing", "it is typed", Target::Top)];
                items.extend(offered);
                picker("It follows from", items, field, false, |_| false)
            }
            _ => return None,
        })
    }

    pub(super) fn answer(&mut self, field: Field, words: &str) -> Result<(), String> {
        match field {
            Field::Name if words.trim().is_empty() => return Err("an attribute needs a name".to_owned()),
            Field::Name => words.clone_into(&mut self.new.name),
            Field::Choices => {
                let words = words.split(';').map(str::trim).filter(|word| !word.is_empty());
                self.new.choices = words.map(str::to_owned).collect();
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes in what was chosen, or the expression that was typed instead.
    ///
    /// # Errors
    /// What is wrong with the expression.
    pub(super) fn chosen(&mut self, view: &View<'_>, field: Field, chosen: &Chosen) -> Result<(), String> {
        if field == Field::Follows {
            self.new.follows = match chosen {
                Chosen::New(words, _) => Some(parse(view, words).map_err(|why| why.to_string())?),
                Chosen::Items(items) => match items.first() {
                    Some(Target::Nth(n)) => self.offered.get(*n).and_then(Pick::expr),
                    _ => None,
                },
            };
        }
        Ok(())
    }

    /// Goes through few values; says whether there are such.
    pub(super) fn turn(&mut self, field: Field, back: bool) -> bool {
        match field {
            Field::Kind => {
                let all = AttributeKind::ALL;
                let at = all.iter().position(|kind| *kind == self.new.kind).unwrap_or(0);
                self.new.kind = all[(at + if back { all.len() - 1 } else { 1 }) % all.len()];
            }
            Field::ByWave => self.new.by_wave = !self.new.by_wave,
            _ => return false,
        }
        true
    }
}
