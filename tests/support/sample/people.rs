//! The study's beginning: coders, cases, and the texts as they came in.

use super::findings::{Findings, attribute};
use super::maker::{Maker, Timeline};
use super::working::{Is, SourceEntry, Working};
use emic::findings::ground::Transcript;
use emic::project::edit::{AttributeEdit, Edit, NewSource, SpeakerIs, Words};
use emic::project::id::{CoderId, Mint, SourceId, WaveId};
use emic::session::NewFile;
use emic::session::keeper::{turns_file, words_file};
use emic::text::turns::{Hints, recognise};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use std::rc::Rc;
use std::sync::Arc;

/// A day at an hour.
pub fn hour(day: Date, hour: i8) -> Timestamp {
    let at = day.at(hour, 0, 0, 0).to_zoned(TimeZone::UTC);
    at.expect("every hour is there in UTC").timestamp()
}

pub fn plan(timeline: &mut Timeline, working: &Rc<Working>, from: Timestamp) {
    timeline.at(from, "", found);
    for entry in &working.study.sources {
        let own = entry.clone();
        let first = working.study.coders[0].initials.as_str();
        timeline.at(hour(entry.collected, 17), first, move |maker| import(maker, &own));
    }
}

fn found(maker: &mut Maker) {
    let working = Rc::clone(&maker.working);
    maker.edit(&Edit::Found { title: working.study.title.clone() });
    for coder in &working.study.coders {
        let id: CoderId = maker.mint.id().into();
        maker.edit(&Edit::AddCoder { id, initials: coder.initials.clone(), name: coder.name.clone() });
        maker.coders.insert(coder.initials.clone(), id);
    }
    maker.coder = maker.coders[&working.study.coders[0].initials];
    for wave in &working.study.waves {
        let id: WaveId = maker.mint.id().into();
        maker.edit(&Edit::Attributes(AttributeEdit::Wave(id, wave.name.clone())));
        maker.waves.insert(wave.name.clone(), id);
    }
    for entry in Findings::read().attributes {
        attribute(maker, &entry.name, entry.kind, &entry.choices, false);
    }
    for case in &working.study.cases {
        let id = maker.mint.id().into();
        maker.edit(&Edit::AddCase { id, name: case.name.clone(), kind: case.kind.clone() });
        for (attribute, value) in &case.attributes {
            maker.edit(&Edit::Describe { case: id, attribute: attribute.clone(), value: value.clone() });
        }
        maker.cases.insert(case.key.clone(), id);
    }
}

fn import(maker: &mut Maker, entry: &SourceEntry) {
    let working = Rc::clone(&maker.working);
    let stripped = working.text(&entry.file);
    let (words, text) = (&stripped.words, &stripped.text);
    let id: SourceId = maker.mint.id().into();
    let slug = entry.file.trim_end_matches(".txt").to_lowercase();
    let folder = format!("{slug}-{}", id.0.tail());
    let turns = recognise(text, &Hints::default()).turns;
    let speakers: Vec<(String, SpeakerIs)> = entry
        .speakers
        .iter()
        .map(|speaker| {
            let is = match &speaker.is {
                Is::Interviewer => SpeakerIs::Interviewer,
                Is::Other => SpeakerIs::Other,
                Is::Participant { name, role } => {
                    SpeakerIs::Person { id: maker.mint.id().into(), role: role.clone(), pseudonym: name.clone() }
                }
            };
            (speaker.label.clone(), is)
        })
        .collect();
    let labels: Vec<&str> = speakers.iter().map(|(label, _)| label.as_str()).collect();
    let known = turns.labels.iter().all(|label| labels.contains(&label.as_str()));
    assert!(known && turns.labels.len() == labels.len(), "{}: {:?} against {labels:?}", entry.file, turns.labels);
    maker.files.push(NewFile { path: words_file(&folder, 1), bytes: words.clone().into_bytes() });
    let has_turns = !turns.turns.is_empty();
    if has_turns {
        maker.files.push(NewFile { path: turns_file(&folder, 1, 1), bytes: turns.to_ron().into_bytes() });
    }
    let new = NewSource {
        id,
        name: entry.name.clone(),
        kind: entry.kind,
        case: Some(maker.cases[&entry.case]),
        wave: maker.waves.get(&entry.wave).copied(),
        collected: Some(entry.collected),
        folder,
        file: entry.file.clone(),
        text: Words {
            sha256: Sha256::digest(words.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
            chars: text.chars(),
            words: words.split_whitespace().count() as u32,
            encoding: "UTF-8".into(),
        },
        turns: has_turns,
        speakers,
    };
    maker.edit(&Edit::Import(Box::new(new)));
    let transcript = Transcript { text: text.clone(), turns: Arc::new(turns) };
    maker.sources.insert(entry.file.clone(), (id, transcript));
}
