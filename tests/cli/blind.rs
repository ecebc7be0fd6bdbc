//! What a coder makes for a blind round is named nowhere to others: every subcommand and every view is walked with a
//! marker coding, comment, code, wording and memo of the other coder; none is found before the reveal, all after.

use super::desk::{Desk, whole};
use super::trial::{act, apply, lay, source_of, trial};
use emic::project::edit::Edit;
use emic::project::memo::{Link, MemoKind};
use emic::project::view::Whose;
use std::collections::BTreeSet;
use std::io::Read;

/// What DC made: a comment, a code, a memo on the coding, one on the text, one on the case, one on the code, a wording.
const MARKS: [&str; 7] =
    ["markcomment", "markcode", "markmemo", "marktextmemo", "markcasememo", "markcodememo", "markwording"];

/// Who looks, and what they type. `@` stands for the id of DC's coding.
fn runs() -> Vec<(&'static str, Vec<Vec<&'static str>>)> {
    let formats = ["table", "json", "csv", "md"];
    let every = |args: &[&'static str]| -> Vec<Vec<&'static str>> {
        let all = |format| args.iter().copied().chain(["--format", format]).collect();
        formats.into_iter().map(all).collect()
    };
    let as_all = |args: &[&'static str]| -> Vec<Vec<&'static str>> {
        let with = |coder| args.iter().copied().chain(["--coder", coder]).collect::<Vec<_>>();
        ["PB", "EW", "all"].into_iter().flat_map(|coder| every(&with(coder))).collect()
    };
    let extracts = [
        as_all(&["extracts", "study", "--code", "Warm handoff"]),
        as_all(&["extracts", "study", "--code", "BH integration", "--with-below"]),
        as_all(&["extracts", "study", "--query", "*"]),
        as_all(&["extracts", "study", "--query", "* AND warm handoff", "--working"]),
        as_all(&["extracts", "study", "--query", "*", "--comment", "mark", "--count"]),
    ];
    let codes = [
        as_all(&["codes", "study"]),
        as_all(&["codes", "study", "--saturation"]),
        as_all(&["codes", "study", "--where-in-text"]),
    ];
    let words = [
        as_all(&["words", "study", "--top", "0"]),
        as_all(&["words", "study", "--kwic", "nurse"]),
        as_all(&["words", "study", "--code", "Warm handoff"]),
    ];
    let counts = [
        as_all(&["count", "study", "--expr", "BH integration/**", "--expr", "Warm handoff", "--who"]),
        as_all(&["count", "study", "--expr", "BH integration/**", "--count", "passages"]),
        as_all(&["count", "study", "--list"]),
        vec![vec!["count", "study"], vec!["count", "study", "--definitions"]],
        vec![vec!["count", "study", "--expr", "Mark code"]],
    ];
    let matrices = [
        as_all(&["matrix", "study"]),
        as_all(&["matrix", "study", "--kind", "code-code", "--count", "passages"]),
        as_all(&["matrix", "study", "--kind", "relation", "--by", "turn"])[..4].to_vec(),
        as_all(&["matrix", "study", "--kind", "role-code"])[..4].to_vec(),
    ];
    let codebook = [
        as_all(&["codebook", "study"]),
        as_all(&["codebook", "study", "--as", "document"]),
        as_all(&["codebook", "study", "--themes"]),
        as_all(&["codebook", "study", "--cycles"]),
        as_all(&["codebook", "study", "--diff", "Before"]),
        every(&["codebook", "study"]),
    ]
    .concat();
    vec![
        (
            "attributes",
            [as_all(&["attributes", "study"]), every(&["attributes", "study", "--of", "participants"])].concat(),
        ),
        ("codebook", codebook),
        ("codes", codes.concat()),
        ("extracts", extracts.concat()),
        ("words", words.concat()),
        ("framework", as_all(&["framework", "study"])),
        ("count", counts.concat()),
        ("memos", as_all(&["memos", "study"])),
        ("log", [as_all(&["log", "study"])[..8].to_vec(), every(&["log", "study"])].concat()),
        ("check", every(&["check", "study"])),
        ("round list", every(&["round", "list", "study"])),
        ("round show", as_all(&["round", "show", "study", "Round 1"])),
        ("agreement", [every(&["agreement", "study"]), vec![vec!["agreement", "study", "--export-input"]]].concat()),
        ("reconcile list", every(&["reconcile", "list", "study"])),
        ("reconcile export", every(&["reconcile", "export", "study"])),
        ("matrix", matrices.concat()),
        ("report", vec![vec!["report", "study", "--output", "report", "--force"]]),
        ("screen", screens()),
    ]
}

/// Subcommands that show nothing of a project, or that act and whose answers the tests of their own look at.
const SHOW_NOTHING: [&str; 13] = [
    "demo",
    "new",
    "import",
    "import-codings",
    "merge",
    "completions",
    "man",
    "round new",
    "round finish",
    "round reopen",
    "round propose",
    "round allocate",
    "round reveal",
];

/// Every view and list, as PB and as EW: the marked text with its codings, the tree with the code and its passages, all
/// memos, pickers of codes, commands and sources, what a search finds, rounds, agreement, reconciling.
fn screens() -> Vec<Vec<&'static str>> {
    let keys = [
        "gg",
        "]]]",
        "<Tab>jS",
        "<Tab>jj<Enter>",
        "<Tab>jjD",
        "<Tab>d",
        "gm",
        "gmj",
        "gs",
        "gcmark",
        "gcwarm",
        "scmark",
        "g/mark<C-l>",
        "go",
        ":",
        "gR",
        "gR<Enter>",
        "gRj",
        "gA",
        "gA<Enter>",
        "gAj<Enter>",
        "gD",
        "gD<Enter>",
        "gX",
        "gX<End>G<Enter>",
        "gX<Tab><Tab><End>G<Enter>",
        "gXcmark",
        "gDn",
        "gTaAll<Enter>aBH<Enter><Enter>",
        "gTaAll<Enter>aWarm<Enter>llp",
        "gP",
        "gPl<Enter>",
        "gP<Tab>s",
        "gB",
        "gBjjj<Enter>",
        "gB<Tab>",
        "gB<Tab><Tab>",
        "gY",
        "gY<Enter>",
        "gW",
        "gW<Enter>",
        "gL",
        "gL<Tab>",
        "gL<Tab><Enter>",
        "gE",
        "<Tab>jE",
        "<Tab>jjEs",
        "gEe<C-u>*<Enter>ww",
        "gEw/mark<Enter>",
        "gEf",
        "<S-Tab>jmx",
        "zmgg",
    ];
    let run = |coder, keys| {
        vec!["screen", "study", "--coder", coder, "--size", "200x60", "--at", "2026-11-22T10:04:10Z", "--keys", keys]
    };
    ["PB", "EW"].into_iter().flat_map(|coder| keys.map(|keys| run(coder, keys))).collect()
}

/// All subcommands, from what the program itself lists.
fn subcommands(desk: &Desk) -> BTreeSet<String> {
    let listed = |args: &[&str]| -> Vec<String> {
        let help = desk.run(args.iter().copied().chain(["--help"]));
        let commands = help.split("Commands:\n").nth(1).map(|rest| rest.split("\n\n").next().unwrap_or_default());
        let rows =
            commands.into_iter().flat_map(str::lines).filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        let names = rows.filter_map(|line| line.split_whitespace().next());
        names.filter(|name| *name != "help").map(str::to_owned).collect()
    };
    let mut all = BTreeSet::new();
    for name in listed(&[]) {
        let below = listed(&[&name]);
        match below.is_empty() {
            true => drop(all.insert(name)),
            false => all.extend(below.iter().map(|sub| format!("{name} {sub}"))),
        }
    }
    all
}

/// The round, what DC makes for it, and the id of DC's coding.
fn begin(desk: &Desk) -> String {
    let folder = trial(desk);
    let new = ["round", "new", "study", "Round 1", "--cases", "P01,P02", "--codes", "BH integration"];
    desk.run(new.into_iter().chain(["--coders", "PB,DC", "--coder", "PB"]));
    let said = desk.run([
        "round",
        "propose",
        "study",
        "--new",
        "Markcode",
        "--under",
        "BH integration",
        "--definition",
        "as it says",
        "--coder",
        "DC",
    ]);
    assert!(said.contains("Markcode"), "{said}");
    let warm = ["round", "propose", "study", "Warm handoff", "--definition", "markwording", "--coder", "DC"];
    desk.run(warm);
    lay(&folder, "DC", ("P01", "Nurse"), (80, 110), "Markcode");
    lay(&folder, "DC", ("P01", "Nurse"), (85, 112), "Warm handoff");
    let id = act(&folder, "DC", |study| {
        let view = study.view().showing(Whose::Mine);
        let source = source_of(&view, "P01", "Nurse");
        let case = view.source(source).and_then(|source| source.case).expect("a case");
        let warm = view.codebook().named("Warm handoff")[0];
        let coding = view.codings().find(|seen| seen.code == warm).expect("a coding").coding.id;
        apply(study, &Edit::Comment(coding, "markcomment".into()));
        let passage = study.view().passage(source, emic::text::Span::new(0, 10));
        let links = [
            (Link::Coding(coding), "Markmemo"),
            (Link::Passage(passage), "Marktextmemo"),
            (Link::Case(case), "Markcasememo"),
        ];
        for (on, text) in links.into_iter().chain([(Link::Code(warm), "Markcodememo")]) {
            let (id, kind) = (study.fresh_id().into(), MemoKind::Analytic);
            apply(study, &Edit::WriteMemo { id, on, kind, shared: true, text: text.into() });
        }
        coding.0.guid()
    });
    desk.run(["round", "finish", "study", "Round 1", "P01", "--coder", "DC"]);
    desk.run(["codebook", "study", "--freeze", "Before", "--coder", "PB"]);
    id
}

/// What is in the parts of a document of a word processor.
fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a document");
    let mut out = Vec::new();
    for n in 0..zip.len() {
        zip.by_index(n).expect("a part").read_to_end(&mut out).expect("read");
    }
    out
}

/// What a run prints, whether it succeeds or not; of a report, what is in its files.
fn said(desk: &Desk, args: &[&str]) -> String {
    let output = desk.emic(args.iter().copied()).output().expect("it runs");
    let mut text = [output.stdout, output.stderr].concat();
    if args[0] == "report" {
        for (path, bytes) in whole(&desk.path("report")) {
            let bytes = bytes.unwrap_or_default();
            match path.extension().is_some_and(|ending| ending == "docx") {
                true => text.extend(unpacked(bytes)),
                false => text.extend(bytes),
            }
        }
    }
    String::from_utf8_lossy(&text).to_lowercase()
}

#[test]
fn every_subcommand_and_view_hides_what_was_made_for_a_blind_round_and_shows_it_after_the_reveal() {
    let desk = Desk::new();
    let id = begin(&desk);
    let runs = runs();
    let known: BTreeSet<String> =
        runs.iter().map(|(name, _)| (*name).to_owned()).chain(SHOW_NOTHING.map(str::to_owned)).collect();
    assert_eq!(subcommands(&desk), known, "a new subcommand is to be walked here too");

    let before = whole(&desk.path("study"));
    for (name, runs) in &runs {
        for args in runs {
            let text = said(&desk, args);
            for mark in MARKS.iter().copied().chain([id.as_str()]) {
                // What somebody types themselves stands in the line they type.
                let typed = args.last().is_some_and(|keys| keys.contains("mark")) && mark == "mark";
                assert!(typed || !text.contains(mark), "{name} {args:?} tells “{mark}”:\n{text}");
            }
        }
    }
    assert!(before == whole(&desk.path("study")), "looking changed something");
    let refused = desk.fail(["extracts", "study", "--code", "Markcode", "--coder", "PB"], 1);
    assert!(refused.contains("there is no code"), "{refused}");
    // DC sees their own.
    for (args, mark) in [
        (vec!["extracts", "study", "--code", "Warm handoff", "--coder", "DC", "--format", "json"], id.as_str()),
        (vec!["memos", "study", "--coder", "DC"], "markmemo"),
        (vec!["log", "study", "--coder", "DC"], "markcode"),
    ] {
        let text = said(&desk, &args);
        assert!(text.contains(mark), "{args:?}: {text}");
    }

    for (case, coder) in [("P02", "DC"), ("P01", "PB"), ("P02", "PB")] {
        desk.run(["round", "finish", "study", "Round 1", case, "--coder", coder]);
    }
    // Each is found again where it belongs.
    let places: [(&str, &[&str]); 9] = [
        ("codebook", &["markcode"]),
        ("report", &["markcode", "markmemo", "marktextmemo", "markcasememo", "markcodememo"]),
        ("codes", &["markcode"]),
        ("extracts", &["markcomment", &id]),
        ("memos", &["markmemo", "marktextmemo", "markcasememo", "markcodememo"]),
        ("log", &["markcode", "markmemo"]),
        ("reconcile list", &["warm handoff"]),
        ("matrix", &["markcode", &id]),
        (
            "screen",
            &["markcode", "markmemo", "marktextmemo", "markcasememo", "markcodememo", "markcomment", "markwording"],
        ),
    ];
    for (place, marks) in places {
        let (_, runs) = runs.iter().find(|(name, _)| *name == place).expect("a place");
        let all: String = runs.iter().map(|args| said(&desk, args)).collect();
        for mark in marks {
            assert!(all.contains(mark), "after the reveal {place} does not tell “{mark}”");
        }
    }
}
