//! Two coders from a blind round to the division of the rest, by key in the real program on a real folder: what a pair
//! does in the study that Emic is modelled on.

use super::desk::Desk;
use super::trial::{act, apply, trial_of};
use emic::findings::queue::queue_of;
use emic::project::edit::Edit;
use emic::project::id::RoundId;
use emic::project::source::Passage;
use emic::project::view::{View, Whose};
use emic::store::{Access, RealDisk, Who, open};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// Plays keys into the project itself as a coder; the last screen.
fn play(desk: &Desk, coder: &str, keys: &str) -> String {
    desk.run(["screen", "study", "--write", "--coder", coder, "--size", "120x40", "--keys", keys])
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

/// Looks at the project as a coder.
fn look<T>(folder: &Path, coder: &str, see: impl FnOnce(&View<'_>) -> T) -> T {
    let who = Who::scripted(Some(coder), &mut emic::session::SystemMint::default());
    let opened = open(Arc::new(RealDisk), folder, who, Access::ReadOnly).expect("it opens");
    see(&View::new(&opened.project, opened.coder))
}

fn round(view: &View<'_>) -> RoundId {
    view.rounds().first().expect("a round").id
}

fn open_items(folder: &Path) -> usize {
    look(folder, "PB", |view| {
        let queue = queue_of(view, round(view)).expect("a queue");
        queue.items.iter().filter(|item| !item.state.is_decided()).count()
    })
}

/// The figures without anything that is said about what came later.
fn figures(desk: &Desk) -> Value {
    json(&desk.run(["agreement", "study", "--round", "Round 1", "--format", "json"]))
}

/// Broad coding: PB lays “BH integration” on everything that the nurse says.
fn broad(folder: &Path) {
    act(folder, "PB", |study| {
        let top = study.view().codebook().named("BH integration")[0];
        let sources: Vec<_> = study.view().sources().iter().map(|source| source.id).collect();
        for source in sources {
            let reading = study.read(source).expect("a text");
            let turns = reading.turns.turns.iter().skip(1).step_by(2).map(|turn| turn.body);
            let passages: Vec<_> = turns.map(|span| Passage { source, version: 1, span }).collect();
            if !passages.is_empty() {
                apply(study, &Edit::Lay { passages, codes: vec![top], apart: true, borders: Vec::new() });
            }
        }
    });
}

/// The practices that were drawn.
fn drawn(desk: &Desk) -> Vec<String> {
    let shown = json(&desk.run(["round", "show", "study", "Round 1", "--format", "json", "--part", "standing"]));
    let rows = shown.as_array().expect("rows").clone();
    let mut cases: Vec<String> = rows.iter().filter_map(|row| row["case"].as_str()).map(str::to_owned).collect();
    cases.dedup();
    cases
}

#[test]
fn two_coders_code_five_of_thirty_practices_blind_reconcile_by_key_check_again_and_divide_the_rest() {
    let desk = Desk::new();
    let folder = trial_of(&desk, 30);
    broad(&folder);
    let new = ["round", "new", "study", "Round 1", "--draw", "5", "--seed", "4711", "--stratify", "Organization"];
    let scope = ["--codes", "Warm handoff,Shared space", "--within", "BH integration", "--of", "PB", "--unit", "turn"];
    let said = desk.run(new.into_iter().chain(scope).chain(["--coders", "PB,DC", "--coder", "PB"]));
    assert!(said.starts_with("Round 1 is open: 5 cases"), "{said}");
    let cases = drawn(&desk);
    assert_eq!(cases.len(), 5, "{cases:?}");

    // In each practice: to the nurse's first answer, a sentence or two, a code by name.
    let code = |case: &str, select: &str, name: &str| format!("go{case} Nurse<Enter>ggJ{select}c{name}<Enter>");
    let [a, b, c, d, e] = [0, 1, 2, 3, 4].map(|n| cases[n].as_str());
    let of_pb = [
        code(a, "s", "warm"),
        code(b, "s", "warm"),
        code(c, "s", "warm"),
        code(d, "s", "warm"),
        code(e, "s", "shared"),
    ];
    let of_dc = [code(a, "s", "warm"), code(c, "ss", "warm"), code(d, "s", "shared"), code(e, "s", "shared")];
    let screen = play(&desk, "PB", &of_pb.concat());
    assert!(screen.contains("Round 1"), "the Code view says that this is a round:\n{screen}");
    // DC proposes a code, by naming it where one is chosen.
    play(&desk, "DC", &format!("{}go{b} Nurse<Enter>ggJscDoor always open<Enter>", of_dc.concat()));
    look(&folder, "PB", |view| {
        let all = view.showing(Whose::Everybody);
        let names = ["Warm handoff", "Shared space"].map(|name| view.codebook().named(name)[0]);
        assert_eq!(names.map(|code| all.count(code)), [4, 1], "PB's own alone");
        assert!(view.codebook().named("Door always open").is_empty());
    });

    // Each finishes by key; the last finish reveals.
    let finish = |case: &str| format!("go{case} Nurse<Enter>gF");
    play(&desk, "PB", &cases.iter().map(|case| finish(case)).collect::<String>());
    let before_last = play(&desk, "DC", &cases[..4].iter().map(|case| finish(case)).collect::<String>());
    assert!(!before_last.contains("revealed"), "{before_last}");
    assert!(desk.fail(["agreement", "study"], 1).contains("has not been revealed"));
    let asked = play(&desk, "DC", &format!("{}<Enter>", finish(e)));
    assert!(desk.run(["round", "list", "study"]).contains("revealed"), "{asked}");
    look(&folder, "PB", |view| assert_eq!(view.proposed_codes(round(view)).len(), 1, "DC's proposal is seen now"));

    // They look.
    let first = figures(&desk);
    let screen = play(&desk, "PB", "gA");
    assert!(screen.contains("Warm handoff") && screen.contains("pooled"), "{screen}");
    assert!(play(&desk, "PB", "gAj<Enter>").contains("Warm handoff"));

    // The proposal is turned down; everything else is decided by key: A is PB.
    look(&folder, "PB", |view| {
        let queue = queue_of(view, round(view)).expect("a queue");
        let kinds: Vec<&str> = queue.items.iter().map(emic::findings::queue::Item::kind_name).collect();
        assert_eq!(queue.items.len(), 3, "{kinds:?}");
    });
    play(&desk, "PB", "gD1it is said in so many words<Enter>");
    assert_eq!(open_items(&folder), 2);
    play(&desk, "PB", "gDu");
    assert_eq!(open_items(&folder), 3, "and taken back");
    let walk = "gD1in person<Enter>A<Esc>A<Enter>";
    let screen = play(&desk, "PB", walk);
    assert_eq!(open_items(&folder), 0, "{screen}");
    assert!(play(&desk, "PB", "gD").contains("3 of 3"), "progress");
    let log = json(&desk.run(["reconcile", "export", "study", "--format", "json"]));
    let reasons: Vec<&str> = log.as_array().expect("rows").iter().filter_map(|row| row["reason"].as_str()).collect();
    assert!(reasons.contains(&"in person") && log.as_array().map(Vec::len) == Some(3), "{log}");
    assert_eq!(figures(&desk), first, "what was decided changes no figure");

    // A definition is revised: its meaning is another; all its codings are checked again by key.
    act(&folder, "PB", |study| {
        let code = study.view().codebook().named("Warm handoff")[0];
        let present = study.view().code(code).and_then(|node| node.wording.clone());
        let new = emic::project::edit::NewWording {
            definition: "An introduction in person, in the same visit.".into(),
            reason: "by telephone is not warm".into(),
            meaning: true,
            ..emic::project::edit::NewWording::from_present(present.as_ref())
        };
        apply(study, &Edit::Reword(code, new));
    });
    let listed = |folder: &Path| -> (usize, usize) {
        look(folder, "PB", |view| {
            let lists = emic::findings::check_again::check_again(view);
            lists.iter().fold((0, 0), |(done, of), list| (done + list.checked, of + list.of))
        })
    };
    let (checked, of) = listed(&folder);
    assert!((checked, of > 4) == (0, true), "{checked} of {of}");
    let keep = "K<Esc>".repeat(of);
    let screen = play(&desk, "PB", &format!("gK{keep}"));
    assert_eq!(listed(&folder), (of, of), "{screen}");
    assert_eq!(open_items(&folder), 0, "what holds stays as it was decided");

    // The other twenty-five are divided.
    let said = desk.run([
        "round",
        "allocate",
        "study",
        "Round 1",
        "--coders",
        "PB,DC",
        "--spread",
        "Organization",
        "--seed",
        "7",
        "--coder",
        "PB",
    ]);
    let shares = look(&folder, "PB", |view| view.allocations()[0].shares.clone());
    assert_eq!(shares.len(), 25, "{said}");
    let of_one = shares.iter().filter(|share| share.coders == shares[0].coders).count();
    assert!((12..=13).contains(&of_one), "{of_one} of 25");

    // Late edits: asked again, and the figures stay.
    play(&desk, "DC", &format!("{}go{a} Nurse<Enter>ggJx", code(b, "s", "shared")));
    assert_eq!(figures(&desk), first);
    assert!(open_items(&folder) > 0, "what changed is asked about");

    // Everything stands in the log.
    let log = desk.run(["log", "study", "--coder", "PB"]);
    for words in [
        "open “Round 1”",
        "code “Warm handoff”",
        "new code “Door always open”",
        "finish ",
        "reveal Round 1",
        "decide as PB",
        "reword “Warm handoff”",
        "check again: keep “Warm handoff”",
        "divide 25 cases",
    ] {
        assert!(log.contains(words), "the log does not say “{words}”:\n{log}");
    }
    assert!(desk.run(["check", "study"]).contains("everything is as it should be"));
}
