//! The Codebook view, played by keys: codes with their counts, themes made and filled, cycles frozen and compared.

mod support;

use emic::findings::cycles::Change;
use emic::project::theme::{Holds, Stance};
use emic::screen::play::Player;
use emic::screen::views::Showing;
use emic::screen::views::book::{Part, Target};
use support::desk;

const TEXT: &str = "Interviewer: How do you find out?

Nurse: Every new patient gets a PHQ before the doctor comes in. If it is high she walks over and gets Denise. Some of them leave before that.

Interviewer: And then?

Nurse: Denise comes into the room. That minute is the whole thing.
";

/// Two codes, three passages: one of Screening, two of Handoff.
fn played() -> Player {
    let study = desk::study(&["Screening", "Handoff", "Funding"], &[("Nurse", TEXT)]);
    let mut player = desk::open(study, 120, 40);
    player.keys("<Tab>1j2<Esc>gg").expect("keys");
    for (words, pin) in [("Every new patient", "s1"), ("If it is high", "s2"), ("Denise comes", "s2")] {
        at(&mut player, words);
        player.keys(pin).expect("keys");
    }
    player
}

fn at(player: &mut Player, words: &str) {
    let span = desk::span_of(player, words);
    let app = &mut player.app;
    let source = app.code.source().expect("a source");
    app.code.jump(&mut app.study, source, span.start);
}

fn told(player: &Player) -> &str {
    player.app.message().map_or("", |message| message.text.as_str())
}

fn keys(player: &mut Player, script: &str) {
    player.keys(script).expect("keys");
}

#[test]
fn codes_are_listed_with_counts_and_open_into_their_passages_and_back() {
    let mut player = played();
    keys(&mut player, "gB");
    assert_eq!(player.app.showing, Showing::Codebook);
    let text = player.text();
    assert!(text.contains("CODES 3   THEMES 0   CYCLES 0"), "{text}");
    let row = text.lines().find(|line| line.contains("Handoff")).expect("a row").to_owned();
    assert!(row.contains("2"), "{row}");
    keys(&mut player, "j<Enter>");
    let text = player.text();
    assert!(text.contains("Handoff · 2 passages") && text.contains("Denise comes into the room."), "{text}");
    keys(&mut player, "j<Enter>");
    assert_eq!(player.app.showing, Showing::Code);
    keys(&mut player, "<Esc>");
    assert_eq!(player.app.showing, Showing::Codebook, "the way back");
    keys(&mut player, "<Esc>");
    assert!(player.app.layers.is_empty());
    keys(&mut player, "/fund<Enter>");
    let view = player.app.study.view();
    let name = |target| match target {
        Some(Target::Code(code)) => view.code_name(code).to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(name(player.app.book.target()), "Funding");
}

#[test]
fn wordings_stand_with_their_reasons() {
    let mut player = played();
    keys(&mut player, "gBdAll are asked<Esc>d at once<Esc>it was too vague<Esc><Enter>");
    let text = player.text();
    assert!(text.contains("Screening"), "{text}");
    let view = player.app.study.view();
    let code = view.codebook().named("Screening")[0];
    assert!(!view.wordings(code).is_empty());
    assert!(text.contains("WORDINGS") && text.contains("wording only: it was too vague"), "{text}");
}

#[test]
fn themes_are_made_filled_moved_and_emptied_by_keys_and_undone() {
    let mut player = played();
    keys(&mut player, "gB<Tab>");
    assert!(player.text().contains("No theme yet"), "{}", player.text());
    keys(&mut player, "aGetting in<Enter>");
    keys(&mut player, "AOn the day<Enter>");
    keys(&mut player, "dHow one is seen at once<Enter>");
    keys(&mut player, "CHand<Enter>");
    assert_eq!(told(&player), "“Handoff” in “On the day”");
    let text = player.text();
    assert!(text.contains("THEMES 2") && text.contains("How one is seen at once"), "{text}");
    let names = |player: &Player| {
        let view = player.app.study.view();
        view.themes().iter().map(|theme| theme.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&player), ["Getting in", "On the day"]);
    keys(&mut player, "aAlone<Enter>");
    assert_eq!(names(&player), ["Getting in", "On the day", "Alone"]);
    keys(&mut player, "K");
    assert_eq!(names(&player), ["Getting in", "Alone", "On the day"]);
    keys(&mut player, "p<Enter>");
    assert_eq!(names(&player), ["Getting in", "On the day", "Alone"], "under the top");
    keys(&mut player, "x");
    assert_eq!(names(&player), ["Getting in", "On the day"]);
    keys(&mut player, "u");
    assert_eq!(names(&player).len(), 3);

    // A passage from the text, a new theme typed, what it does to it asked.
    keys(&mut player, "gC");
    at(&mut player, "Denise comes");
    keys(&mut player, "gion the<Enter>");
    assert!(player.text().contains("What does it do to “On the day”?"), "{}", player.text());
    keys(&mut player, "2");
    // And one from a list of passages into the same theme.
    keys(&mut player, "gB<S-Tab>gg<Enter>Ton the<Enter>1<Esc>");
    let view = player.app.study.view();
    let theme = view.themes().iter().find(|theme| theme.name == "On the day").expect("a theme").id;
    let held: Vec<Option<Stance>> = view
        .theme_items(theme)
        .iter()
        .map(|item| match item.what {
            Holds::Extract(_, stance) => Some(stance),
            _ => None,
        })
        .collect();
    assert_eq!(held, [None, Some(Stance::Qualifies), Some(Stance::Supports)]);
    keys(&mut player, "gB<Tab>/denise<Enter>");
    let text = player.text();
    assert!(text.contains("qualifies “Denise comes into the room.”"), "{text}");
    keys(&mut player, "s");
    assert!(player.text().contains("contradicts “Denise comes"), "{}", player.text());
    keys(&mut player, "cthe only one<Enter>J");
    let text = player.text();
    assert!(text.contains("the only one"), "{text}");
    keys(&mut player, "<Enter>");
    assert_eq!(player.app.showing, Showing::Code, "Enter stands in the transcript");
    let here = desk::span_of(&player, "Denise comes").start;
    assert_eq!(player.app.code.transcript.as_ref().map(|text| text.cursor()), Some(here));
    keys(&mut player, "<Esc>x");
    let view = player.app.study.view();
    assert_eq!(view.theme_items(theme).len(), 2);
}

#[test]
fn a_cycle_is_frozen_and_what_became_of_the_codebook_since_is_told() {
    let mut player = played();
    keys(&mut player, "gB<S-Tab>");
    assert!(player.text().contains("No cycle yet"), "{}", player.text());
    keys(&mut player, "FBroad coding<Enter>first pass<Enter>");
    assert_eq!(told(&player), "freeze the codebook as “Broad coding”");
    keys(&mut player, "Fbroad CODING<Enter>");
    assert!(told(&player).contains("there is a cycle called “broad CODING” here already"), "{}", told(&player));
    keys(&mut player, "<Esc>");
    // In the tree: a subcode, a name, a merge.
    keys(&mut player, "gC<Tab>ggAEarly<Enter>gcfund<Enter>r<C-u>Money<Enter>");
    keys(&mut player, "gB");
    assert_eq!(player.app.book.part, Part::Cycles, "where one was");
    let difference = player.app.book.difference().expect("a difference");
    let told: Vec<(&str, &Change)> =
        difference.changed.iter().map(|changed| (changed.name.as_str(), &changed.changes[0])).collect();
    assert!(matches!(told[0], ("Early", Change::Added)), "{told:?}");
    assert!(matches!(told[1], ("Money", Change::Renamed { .. })), "{told:?}");
    let text = player.text();
    assert!(text.contains("Broad coding → now") && text.contains("renamed: Funding → Money"), "{text}");
    // Who did it and when stands below; Enter on it says why.
    let steps = player.app.study.view().reshapings().len();
    assert_eq!(steps, 5, "three codes at the beginning, one added, one renamed");
    keys(&mut player, "lG<Enter>what they call it<Enter>");
    let text = player.text();
    assert!(text.contains(" PB: what they call it"), "{text}");
    keys(&mut player, "uh");
    assert!(!player.text().contains("what they call it"));
    keys(&mut player, "FSubcoding<Enter><Enter>");
    keys(&mut player, "gg<Space>j<Space>");
    let between = player.app.book.difference().map(|difference| difference.between.clone());
    assert_eq!(between, Some(["Broad coding".into(), "Subcoding".into()]));
    keys(&mut player, "<Esc>ctwice<Enter>");
    let view = player.app.study.view();
    let names: Vec<&str> = view.cycles().iter().map(|cycle| cycle.name.as_str()).collect();
    assert_eq!(names, ["Broad coding", "Subcodingtwice"], "typed on at the end of its name");
    keys(&mut player, "xuu");
    let view = player.app.study.view();
    assert_eq!(view.cycles().len(), 2);
    // A line of what is told leads to its code.
    keys(&mut player, "ggl/<Esc>G<Enter>");
    assert!(matches!(player.app.book.part, Part::Codes | Part::Cycles));
}

#[test]
fn the_view_stands_at_any_size_and_on_an_empty_study() {
    let study = desk::study(&[], &[("Nurse", TEXT)]);
    let mut player = desk::open(study, 80, 24);
    keys(&mut player, "gB");
    assert!(player.text().contains("No code yet"), "{}", player.text());
    keys(&mut player, "jkGgg<Enter>lhdoT<Tab>xcdCRsJKp<Enter><Tab><Space>cdtx<Enter>l<Esc><Esc>");
    let mut player = desk::sample(80, 24);
    for (width, height) in [(80, 24), (60, 18), (156, 38), (20, 5), (1, 1), (300, 100)] {
        player.resize(width, height);
        keys(&mut player, "gBjlGjh<Tab>jjlj<Tab>jlj<Tab>");
    }
}
