//! Tests of words: who is counted, what a word is, how long a million takes.

use super::*;
use crate::findings::working::working;
use crate::project::edit::{Edit, NewSource, SpeakerIs, Words};
use crate::project::source::SourceKind;
use crate::project::testing::Desk;
use crate::text::Text;
use crate::text::turns::{Hints, recognise};
use std::sync::Arc;

struct Room {
    desk: Desk,
    texts: HashMap<SourceId, Transcript>,
}

const TALK: &str = "\
Interviewer: How do the patients wait?

Nurse: Patients wait in the hall. We’re slow, we wait too.

Interviewer: Why do patients wait?

Nurse: No nurse, no warm handoff. Warm handoffs need a nurse.
";

impl Room {
    fn new() -> Self {
        Self { desk: Desk::new(), texts: HashMap::new() }
    }

    fn source(&mut self, case: Option<CaseId>, name: &str, words: &str) -> SourceId {
        let text = Text::new(words);
        let turns = recognise(&text, &Hints::default()).turns;
        let who = |label: &String| {
            let who = if label == "Interviewer" { SpeakerIs::Interviewer } else { SpeakerIs::Participant };
            (label.clone(), who)
        };
        let speakers = turns.labels.iter().map(who).collect();
        let id: SourceId = self.desk.id().into();
        let new = NewSource {
            id,
            name: name.into(),
            kind: SourceKind::Interview,
            case,
            wave: None,
            collected: None,
            folder: name.into(),
            file: String::new(),
            text: Words { chars: text.chars(), ..Words::default() },
            turns: !turns.turns.is_empty(),
            speakers,
        };
        self.desk.apply(&Edit::Import(Box::new(new)));
        self.texts.insert(id, Transcript { text, turns: Arc::new(turns) });
        id
    }

    fn case(&mut self, name: &str) -> CaseId {
        let id = self.desk.id().into();
        self.desk.apply(&Edit::AddCase { id, name: name.into(), kind: "practice".into() });
        id
    }

    fn frequencies(&self, asked: &Asked) -> Frequencies {
        frequencies(&self.desk.view(), asked, &|source| self.texts.get(&source).cloned(), &|| false)
    }

    fn lines(&self, asked: &Asked, phrase: &str) -> Concordance {
        let phrase = Phrase::parse(phrase).expect("words");
        let texts = |source| self.texts.get(&source).cloned();
        concordance(&self.desk.view(), asked, &phrase, &texts, (40, 100), &|| false)
    }
}

fn of(found: &Frequencies, word: &str) -> (u32, u32, u32) {
    found.words.iter().find(|one| one.word == word).map_or((0, 0, 0), |one| (one.n, one.sources, one.cases))
}

#[test]
fn only_participants_words_count_unless_everybodys_are_asked_for() {
    let mut room = Room::new();
    let case = room.case("P01");
    room.source(Some(case), "talk", TALK);
    let found = room.frequencies(&Asked::default());
    assert_eq!(of(&found, "patients"), (1, 1, 1));
    assert_eq!(of(&found, "wait"), (2, 1, 1));
    assert_eq!((of(&found, "interviewer"), of(&found, "nurse")), ((0, 0, 0), (2, 1, 1)), "labels are not said");
    let all = room.frequencies(&Asked { everyone: true, ..Asked::default() });
    assert_eq!((of(&all, "patients"), of(&all, "wait")), ((3, 1, 1), (4, 1, 1)));
    assert_eq!((found.said, found.sources, found.cases), (20, 1, 1));
}

#[test]
fn stop_words_and_short_words_are_left_out_of_the_list_but_told() {
    let mut room = Room::new();
    room.source(None, "talk", TALK);
    let found = room.frequencies(&Asked::default());
    assert_eq!((of(&found, "the"), of(&found, "we're")), ((0, 0, 0), (0, 0, 0)));
    let kept = room.frequencies(&Asked { stop: StopWords::none(), least: 1, ..Asked::default() });
    assert_eq!((of(&kept, "the"), of(&kept, "we're"), of(&kept, "a")), ((1, 1, 0), (1, 1, 0), (1, 1, 0)));
    assert_eq!((kept.counted, kept.said), (20, 20));
    assert_eq!(kept.counted, kept.words.iter().map(|word| u64::from(word.n)).sum::<u64>());
    let long = room.frequencies(&Asked { least: 8, ..Asked::default() });
    assert_eq!(long.words.iter().map(|word| word.word.as_str()).collect::<Vec<_>>(), ["handoffs", "patients"]);
}

#[test]
fn a_text_in_which_nobody_is_said_to_speak_counts_whole_and_cases_count_once() {
    let mut room = Room::new();
    let (one, two) = (room.case("P01"), room.case("P02"));
    room.source(Some(one), "note", "The clinic is loud. A loud clinic.");
    room.source(Some(two), "other", "A quiet clinic.");
    room.source(Some(one), "again", "Still loud; Straße, STRASSE, straße.");
    let found = room.frequencies(&Asked::default());
    assert_eq!(of(&found, "loud"), (3, 2, 1));
    assert_eq!(of(&found, "clinic"), (3, 2, 2));
    assert_eq!(of(&found, "straße"), (2, 1, 1));
    assert_eq!((found.sources, found.cases), (3, 2));
    let of_two = room.frequencies(&Asked { cases: Some(HashSet::from([two])), ..Asked::default() });
    assert_eq!((of(&of_two, "clinic"), of(&of_two, "loud"), of_two.sources), ((1, 1, 1), (0, 0, 0), 1));
}

#[test]
fn words_can_be_counted_inside_the_passages_of_a_code() {
    let mut room = Room::new();
    let source = room.source(None, "talk", TALK);
    let (above, other) = (room.desk.code("Waiting"), room.desk.code("Other"));
    let below = room.desk.code_under(above, "In the hall");
    let start = TALK.find("How do").expect("words") as u32;
    let end = TALK.find(" hall.").expect("words") as u32;
    room.desk.lay(source, start, end, below);
    room.desk.lay(source, 0, 200, other);
    let view = room.desk.view();
    let within = Some(passages_of(&view, &working(&view), above));
    let found = room.frequencies(&Asked { within, ..Asked::default() });
    let words: Vec<&str> = found.words.iter().map(|word| word.word.as_str()).collect();
    assert_eq!(words, ["patients", "wait"], "what the interviewer says is left out though it is coded");
}

#[test]
fn a_phrase_is_found_with_what_stands_before_and_after_it_in_its_turn() {
    let mut room = Room::new();
    let case = room.case("P01");
    room.source(Some(case), "talk", TALK);
    let found = room.lines(&Asked::default(), "patients WAIT");
    assert_eq!((found.n, found.sources, found.cases), (1, 1, 1));
    let line = &found.lines[0];
    assert_eq!((line.before.as_str(), line.hit.as_str()), ("", "Patients wait"));
    assert_eq!(
        (line.after.as_str(), line.speaker.as_str(), line.turn),
        (" in the hall. We’re slow, we wait too.", "Nurse", Some(2))
    );
    let all = room.lines(&Asked { everyone: true, ..Asked::default() }, "patients wait");
    assert_eq!((all.n, all.lines[0].speaker.as_str()), (3, "interviewer"));
    let begins = room.lines(&Asked::default(), "warm handoff*");
    assert_eq!(
        begins.lines.iter().map(|line| line.hit.as_str()).collect::<Vec<_>>(),
        ["warm handoff", "Warm handoffs"]
    );
    assert_eq!(room.lines(&Asked::default(), "we're").n, 1, "whichever the apostrophe");
    assert_eq!(Phrase::parse(" … * "), None);
}

#[test]
fn a_count_is_that_of_the_lines_it_opens() {
    let mut room = Room::new();
    let case = room.case("P01");
    room.source(Some(case), "talk", TALK);
    room.source(None, "note", "A nurse waits. The nurse's patients wait.");
    let asked = Asked::default();
    for word in room.frequencies(&asked).words {
        let lines = room.lines(&asked, &word.word);
        assert_eq!(
            (lines.n, lines.sources, lines.cases),
            (word.n as usize, word.sources as usize, word.cases as usize)
        );
    }
}

#[test]
fn a_million_words_take_no_longer_than_they_may() {
    let mut room = Room::new();
    let sentence =
        "We walk the patients down the hall to Ben, because it's thirty feet and they don't come back otherwise. ";
    let words = 19;
    room.source(None, "long", &sentence.repeat(200_000 / words));
    let before = std::time::Instant::now();
    let found = room.frequencies(&Asked::default());
    let took = before.elapsed();
    assert!(found.said >= 199_000, "{}", found.said);
    // A fifth of a million; unoptimised code may take ten times as long.
    let most = if cfg!(debug_assertions) { 4.0 } else { 0.2 };
    assert!(took.as_secs_f64() < most, "{took:?}");
}
