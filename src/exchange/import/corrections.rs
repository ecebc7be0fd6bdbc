//! What the analyst corrects in a text before it is imported: layout, labels, who speaks, name and case.

use super::{Person, Prepared};
use crate::project::view::View;
use crate::text::turns::{Hints, Layout, Role, recognise};

impl Prepared {
    /// Recognises again with other hints. What the analyst said of labels that are still there stays.
    pub fn recognise(&mut self, hints: Hints) {
        self.found = recognise(&self.text, &hints);
        self.hints = hints;
        self.hear();
    }

    /// The hints that are followed now.
    #[must_use]
    pub const fn hints(&self) -> &Hints {
        &self.hints
    }

    /// The layouts that find turns, the one recognised first first.
    #[must_use]
    pub fn layouts(&self) -> &[Layout] {
        &self.layouts
    }

    /// Takes the next of the layouts that find turns; says whether there is another.
    pub fn next_layout(&mut self) -> bool {
        let at = self.layouts.iter().position(|layout| *layout == self.found.layout);
        let next = at.map_or(0, |at| (at + 1) % self.layouts.len());
        if self.layouts.get(next).is_none_or(|layout| *layout == self.found.layout) {
            return false;
        }
        // The first was found without being told; told, it might count lines that were no labels.
        let layout = (next > 0).then(|| self.layouts[next]);
        self.recognise(Hints { layout, alternating: None, ..self.hints.clone() });
        true
    }

    /// Whether the analyst said that there are no speakers.
    #[must_use]
    pub fn is_one_voice(&self) -> bool {
        self.hints.layout == Some(Layout::OneVoice) && self.hints.alternating.is_none()
    }

    /// Takes no speakers, or takes them again.
    pub fn toggle_speakers(&mut self) {
        let layout = (!self.is_one_voice()).then_some(Layout::OneVoice);
        self.recognise(Hints { layout, alternating: None, ..self.hints.clone() });
    }

    /// Takes two speakers who take turns, or what was recognised again; says whether two are taken now.
    pub fn toggle_alternating(&mut self) -> bool {
        let on = self.hints.alternating.is_none();
        let alternating = on.then(|| ("Speaker 1".to_owned(), "Speaker 2".to_owned()));
        self.recognise(Hints { layout: None, alternating, ..self.hints.clone() });
        on
    }

    /// Takes a label for no speaker: its lines belong to the turn before.
    pub fn reject(&mut self, label: &str) {
        let mut hints = self.hints.clone();
        hints.accept.retain(|other| other != label);
        hints.merge.retain(|(this, that)| this != label && that != label);
        hints.reject.push(label.to_owned());
        self.recognise(hints);
    }

    /// Takes a label for a speaker, however rare it is.
    pub fn accept(&mut self, label: &str) {
        let mut hints = self.hints.clone();
        hints.reject.retain(|other| other != label);
        if !hints.accept.iter().any(|other| other == label) {
            hints.accept.push(label.to_owned());
        }
        self.recognise(hints);
    }

    /// The label that `label` is offered to be one with.
    #[must_use]
    pub fn merge_offered(&self, label: &str) -> Option<(&str, &str)> {
        let concerns = |pair: &&(String, String)| pair.0 == label || pair.1 == label;
        self.found.merges_offered.iter().find(concerns).map(|(this, that)| (this.as_str(), that.as_str()))
    }

    /// Makes turns of `this` turns of `that`.
    pub fn merge(&mut self, this: &str, that: &str) {
        let mut hints = self.hints.clone();
        // One that was left out as too rare is a speaker now.
        if self.found.left_out.iter().any(|left| left.label == this) {
            hints.accept.push(this.to_owned());
        }
        hints.merge.push((this.to_owned(), that.to_owned()));
        self.recognise(hints);
    }

    /// The labels the analyst took for no speakers.
    #[must_use]
    pub fn rejected(&self) -> &[String] {
        &self.hints.reject
    }

    /// Says what a speaker is.
    pub fn set_role(&mut self, voice: usize, role: Role) {
        if let Some(voice) = self.voices.get_mut(voice) {
            voice.role = role;
            voice.said = true;
        }
    }

    /// Says which participant a speaker is; none takes it back.
    pub fn set_person(&mut self, voice: usize, person: Option<Person>) {
        if let Some(voice) = self.voices.get_mut(voice) {
            if person.is_some() {
                voice.role = Role::Participant;
            }
            voice.person = person;
            voice.said = true;
        }
    }

    /// Says what it is called. Nothing gives the naming back to the file's name.
    pub fn set_name(&mut self, name: &str) {
        self.name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.said.name = !self.name.is_empty();
    }

    /// Says which case it belongs to; one the project does not have is added with it.
    pub fn set_case(&mut self, case: Option<String>) {
        self.case = case.filter(|case| !case.trim().is_empty());
        self.said.case = true;
    }

    /// Takes the day that is offered, or lets go of it; says whether there was one.
    pub fn toggle_date(&mut self) -> bool {
        self.collected = if self.collected.is_none() { self.date_offered } else { None };
        self.date_offered.is_some()
    }

    /// Says who the speakers are as a source that is in the project has it.
    pub fn hear_from(&mut self, view: &View<'_>, source: crate::project::id::SourceId) {
        use crate::project::source::Who;
        for voice in &mut self.voices {
            let (role, person) = match view.who(source, &voice.label) {
                Who::Interviewer => (Role::Interviewer, None),
                Who::Participant(person) => (Role::Participant, person.and_then(|id| view.participant(id))),
                Who::Other => (Role::Other, None),
                Who::Unknown => continue,
            };
            voice.role = role;
            voice.person =
                person.map(|person| Person { pseudonym: person.pseudonym.clone(), role: person.role.clone() });
            voice.said = true;
        }
    }
}
