//! The real program on a screen of cells, its project in memory.

use emic::project::Project;
use emic::project::edit::{Edit, NewSource, SpeakerIs, Spot, Words};
use emic::project::id::{CodeId, CoderId, FixedMint, Mint, SourceId, Writer};
use emic::project::source::SourceKind;
use emic::project::view::Seen;
use emic::screen::app::{App, Setup};
use emic::screen::glyphs::Glyphs;
use emic::screen::keymap::Keymap;
use emic::screen::play::Player;
use emic::screen::theme::{Depth, Library};
use emic::session::history::History;
use emic::session::keeper::{turns_file, words_file};
use emic::session::{MemoryKeeper, NewFile, Study};
use emic::text::turns::{Hints, recognise};
use emic::text::{Span, Text};

/// The settings of every scripted run.
pub fn setup() -> Setup {
    let library = Library::built_in();
    let styles = library.get("emic-dark").expect("a theme").at(Depth::True);
    Setup {
        library,
        theme: "emic-dark".into(),
        styles,
        glyphs: Glyphs::UNICODE,
        keymap: Keymap::built_in(),
        zone: jiff::tz::TimeZone::UTC,
    }
}

/// A mint that always says the same.
pub fn mint(seed: u64) -> FixedMint {
    FixedMint::new(seed, "2026-11-22T10:04:10Z".parse().expect("a time"))
}

/// The program on the sample study.
pub fn sample(width: u16, height: u16) -> Player {
    let sample = super::sample::make();
    let mut keeper = MemoryKeeper::new(Writer::new("PB-test").expect("a writer"));
    sample.files.into_iter().for_each(|file| keeper.add_file(file));
    let study = Study::new(sample.project, sample.coder, Box::new(keeper), Box::new(mint(7)), History::default());
    Player::new(App::new(study, setup()), width, height)
}

/// A study of one coder with codes of these names and sources of these texts, all made by edits.
pub fn study(codes: &[&str], texts: &[(&str, &str)]) -> Study {
    let keeper = MemoryKeeper::new(Writer::new("PB-test").expect("a writer"));
    let coder: CoderId = mint(99).id().into();
    let mut study = Study::new(Project::default(), coder, Box::new(keeper), Box::new(mint(7)), History::default());
    study.apply(&Edit::Found { title: "A study".into() }).expect("founded");
    study.apply(&Edit::AddCoder { id: coder, initials: "PB".into(), name: String::new() }).expect("a coder");
    let mut after = None;
    for name in codes {
        let id: CodeId = study.fresh_id().into();
        let spot = Spot { parent: None, after };
        let origin = emic::project::codebook::Origin::APriori;
        study.apply(&Edit::AddCode { id, name: (*name).into(), spot, origin, colour: None }).expect("a code");
        after = Some(id);
    }
    for (name, words) in texts {
        add_source(&mut study, name, words);
    }
    study
}

/// Takes a text into a study, its turns as recognised: the first label the interviewer's.
pub fn add_source(study: &mut Study, name: &str, words: &str) -> SourceId {
    let id: SourceId = study.fresh_id().into();
    let folder = format!("{}-{}", name.to_lowercase().replace(' ', "-"), id.0.tail());
    let text = Text::new(words);
    let turns = recognise(&text, &Hints::default()).turns;
    let speakers = turns
        .labels
        .iter()
        .enumerate()
        .map(|(n, label)| (label.clone(), if n == 0 { SpeakerIs::Interviewer } else { SpeakerIs::Participant }))
        .collect();
    let mut files = vec![NewFile { path: words_file(&folder, 1), bytes: words.as_bytes().to_vec() }];
    if !turns.turns.is_empty() {
        files.push(NewFile { path: turns_file(&folder, 1, 1), bytes: turns.to_ron().into_bytes() });
    }
    let new = NewSource {
        id,
        name: name.into(),
        kind: SourceKind::Interview,
        case: None,
        wave: None,
        collected: None,
        folder,
        file: String::new(),
        text: Words { chars: text.chars(), ..Words::default() },
        turns: !turns.turns.is_empty(),
        speakers,
    };
    study.apply_with(&Edit::Import(Box::new(new)), files).expect("imported");
    id
}

/// The program on a study.
pub fn open(study: Study, width: u16, height: u16) -> Player {
    Player::new(App::new(study, setup()), width, height)
}

/// The codings in sight of the open source, as code name and words, in order.
pub fn codings(player: &mut Player) -> Vec<(String, String)> {
    let study = &mut player.app.study;
    let sources: Vec<SourceId> = study.view().sources().iter().map(|source| source.id).collect();
    let mut out = Vec::new();
    for source in sources {
        let text = study.read(source).expect("a text").text.clone();
        let view = study.view();
        out.extend(
            view.codings_of(source)
                .map(|seen: Seen<'_>| (view.code_name(seen.code).to_owned(), text.slice(seen.span).to_owned())),
        );
    }
    out
}

/// Where these words stand in the open source.
pub fn span_of(player: &Player, words: &str) -> Span {
    let transcript = player.app.code.transcript.as_ref().expect("an open source");
    let text = &transcript.reading().text;
    let at = text.as_str().find(words).unwrap_or_else(|| panic!("“{words}” is not in the text"));
    text.span(at..at + words.len())
}
