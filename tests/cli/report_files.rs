//! The files of a report: tables, figures, matrices, rounds and memos are there, say what the program counts, can be read
//! by other programs, and are the same whenever they are made.

use super::desk::{Desk, whole};
use super::trial::{act, apply, lay, trial};
use emic::project::edit::{Edit, JudgeEdit};
use emic::project::memo::{Link, MemoKind};
use emic::project::summary::Heading;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// The files of a report as text, by name; those that are no text are empty.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let name = |path: &Path| path.strip_prefix(folder).expect("inside").to_string_lossy().replace('\\', "/");
    let all = whole(folder)
        .into_iter()
        .filter_map(|(path, bytes)| Some((name(&folder.join(path)), String::from_utf8(bytes?).unwrap_or_default())));
    all.collect()
}

/// The words of an SVG, after checking that it is XML; where xmllint is on the machine, by that as well.
fn words(svg: &str, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut out, mut text, mut deep) = (Vec::new(), String::new(), 0_i32);
    loop {
        match reader.read_event().unwrap_or_else(|why| panic!("{name}: {why}")) {
            Event::Start(start) => {
                let all = start.attributes().map(|one| one.unwrap_or_else(|why| panic!("{name}: {why}")));
                let mut keys: Vec<_> = all.map(|one| one.key.as_ref().to_owned()).collect();
                keys.sort();
                assert!(keys.windows(2).all(|two| two[0] != two[1]), "{name}: {start:?}");
                (deep, text) = (deep + 1, String::new());
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(sign) => {
                let sign = match &*sign {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    other => panic!("{name}: {other}"),
                };
                text.push(sign);
            }
            Event::End(_) => {
                out.push(std::mem::take(&mut text));
                deep -= 1;
            }
            Event::Empty(_) => {}
            Event::Eof => break,
            other => panic!("{name}: {other:?}"),
        }
    }
    assert_eq!(deep, 0, "{name} ends before its time");
    out
}

/// All figures of a report are XML.
fn figures_are_xml(folder: &Path) {
    let all = files(folder);
    let figures: Vec<_> = all.iter().filter(|(name, _)| name.ends_with(".svg")).collect();
    assert!(!figures.is_empty());
    for (name, svg) in &figures {
        assert!(
            svg.starts_with("<svg xmlns=") && svg.contains("fill=\"white\"") && svg.contains("sans-serif"),
            "{name}"
        );
        assert!(!words(svg, name).is_empty());
    }
    let paths = figures.iter().map(|(name, _)| folder.join(name));
    match Command::new("xmllint").arg("--noout").args(paths).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => {
            // Past the test's own capture, so that it is seen.
            let _said = writeln!(std::io::stderr(), "skipped: xmllint is not on this machine");
        }
    }
}

#[test]
fn the_samples_report_has_every_table_figure_round_and_memo_and_an_index_of_them() {
    let desk = Desk::new();
    desk.sample("study");
    let said = desk.run(["report", "study", "--output", "report"]);
    let all = files(&desk.path("report"));
    assert_eq!(said.trim(), format!("{} files are in report; index.md says what each of them is", all.len()));
    let table = &all["tables/table-2-common-and-pioneering-strategies.md"];
    for words in ["| 20 | 30 | 66.7 % | common |", "(N = 30 practices)", "5 coded twice and reconciled, 25 coded once"]
    {
        assert!(table.contains(words), "{words}: {table}");
    }
    let csv = &all["tables/table-2-common-and-pioneering-strategies.csv"];
    assert!(csv.starts_with("table,group,line,n,of,percent") && csv.contains("rests_on"), "{csv}");
    let svg = words(&all["figures/table-2-common-and-pioneering-strategies.svg"], "bars");
    assert!(svg.iter().any(|words| words == "20 of 30 (66.7 %) common"), "{svg:?}");
    // What is counted is what the other commands count.
    let asked = ["matrix", "study", "--kind", "relation", "--rows", "Roles", "--columns", "Tasks"];
    let matrix = desk.run(asked.into_iter().chain(["--format", "csv"]));
    assert_eq!(all["matrices/relations-roles-by-tasks.csv"], matrix, "the groups that are laid together are found");
    assert_eq!(all.keys().filter(|name| name.contains("relations")).count(), 3, "and no others");
    let heat = words(&all["figures/relations-roles-by-tasks.svg"], "heat");
    assert!(heat.iter().any(|words| words == "16") && heat.iter().any(|words| words == "Medical assistant"));
    let codes = &all["matrices/cases-by-codes.csv"];
    assert!(codes.starts_with("case,Depression screening") && codes.lines().count() == 30 + 2, "{codes}");
    let saturation = desk.run(["codes", "study", "--saturation", "--coder", "all", "--format", "csv"]);
    assert_eq!(all["tables/saturation.csv"], saturation);
    assert!(words(&all["figures/saturation.svg"], "curve").iter().any(|words| words == "emergent: 15"));
    assert_eq!(all["cases/attributes.csv"], desk.run(["attributes", "study", "--format", "csv"]));
    let across = ["attributes", "study", "--across", "Organization", "--by", "Setting", "--format", "csv"];
    assert_eq!(all["cases/sampling.csv"], desk.run(across));
    assert_eq!(all["rounds/round-1-agreement.csv"], desk.run(["agreement", "study", "--format", "csv"]));
    assert_eq!(all["rounds/round-1-decisions.csv"], desk.run(["reconcile", "export", "study", "--format", "csv"]));
    assert!(all["rounds/round-1-methods.md"].contains(desk.run(["agreement", "study", "--methods"]).trim()));
    assert!(all["memos.md"].contains("# ") && all["memos.html"].contains("<html") && all.contains_key("memos.docx"));
    figures_are_xml(&desk.path("report"));

    let index = &all["index.md"];
    for words in ["from the study “Behavioral health integration in primary care”", "Of 30 practices: 5 coded twice"]
    {
        assert!(index.contains(words), "{words}: {index}");
    }
    let listed: BTreeSet<&str> = index.lines().filter_map(|line| line.strip_prefix("- [")?.split(']').next()).collect();
    let there: BTreeSet<&str> = all.keys().map(String::as_str).filter(|name| *name != "index.md").collect();
    assert_eq!(listed, there);

    // Made again it is the same, but for where the time is told.
    desk.run(["report", "study", "--output", "again"]);
    let timeless = |folder: &str| {
        let mut all = whole(&desk.path(folder));
        for (path, bytes) in &mut all {
            if let (true, Some(bytes)) = (path.ends_with("index.md") || path.ends_with("codebook.md"), bytes) {
                let text = String::from_utf8(std::mem::take(bytes)).expect("text");
                let kept = text.lines().filter(|line| !line.starts_with("Written on") && !line.contains(", as of "));
                *bytes = kept.collect::<Vec<_>>().join("\n").into_bytes();
            }
        }
        all.into_iter()
            .map(|(path, bytes)| (path.strip_prefix(desk.path(folder)).unwrap_or(&path).to_owned(), bytes))
            .collect::<BTreeMap<_, _>>()
    };
    let (first, second) = (timeless("report"), timeless("again"));
    let differ: Vec<_> =
        first.iter().filter(|(path, bytes)| second.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
    assert!(differ.is_empty() && first.len() == second.len(), "{differ:?}");
}

/// Tables whose names are alike on some system, or are no names of files.
const ODD: &str = r#"(
    rows: [(name: "<b>Any</b> & \"all\" of them, in as many words as it takes to say who was brought where by whom and when", holds: "any(Warm handoff, Shared space)")],
    tables: [
        (name: "Who does what?", kind: "", lines: [(group: "A & B <c>", label: "Handing over", expr: "Warm handoff")]),
        (name: "Who: does what", kind: "", lines: [(label: "語語 語語", expr: "Shared space")]),
        (name: "CON", kind: "", lines: [(row: "<b>Any</b> & \"all\" of them, in as many words as it takes to say who was brought where by whom and when")]),
        (name: "表一", kind: "", lines: []),
        (name: "../../etc/passwd", kind: "", lines: [(label: "=SUM(A1)", expr: "Access")]),
    ],
)"#;

#[test]
fn odd_titles_get_safe_names_of_their_own_and_disputes_are_spans() {
    let desk = Desk::new();
    let folder = trial(&desk);
    desk.file("tables.ron", ODD);
    desk.run(["count", "study", "--define", "tables.ron", "--coder", "PB"]);
    // DC gives a code that PB does not, in a round; nobody has said what holds. Of the other practices nothing is coded.
    let new = ["round", "new", "study", "Round 1", "--cases", "P01,P02", "--codes", "BH integration"];
    desk.run(new.into_iter().chain(["--coders", "PB,DC", "--coder", "PB"]));
    lay(&folder, "DC", ("P01", "Nurse"), (80, 110), "Warm handoff");
    for (case, coder) in [("P01", "DC"), ("P02", "DC"), ("P01", "PB"), ("P02", "PB")] {
        desk.run(["round", "finish", "study", "Round 1", case, "--coder", coder]);
    }
    // A second round is blind.
    let new = ["round", "new", "study", "Round 2", "--cases", "P03", "--codes", "Access"];
    desk.run(new.into_iter().chain(["--coders", "PB,DC", "--coder", "PB"]));
    act(&folder, "PB", |study| {
        for (shared, text) in [(false, "Secretmemo"), (true, "Shared <memo> & more")] {
            let (id, kind) = (study.fresh_id().into(), MemoKind::Reflexive);
            apply(study, &Edit::WriteMemo { id, on: Link::Study, kind, shared, text: text.into() });
        }
        let view = study.view();
        let (case, of) = (view.cases()[1].id, Heading::Code(view.codebook().named("Shared space")[0]));
        let text = "They share nothing | yet.".to_owned();
        apply(study, &Edit::Judge(JudgeEdit::Summary { case, of, text, from: Vec::new() }));
    });
    desk.run(["report", "study", "--output", "report"]);
    let all = files(&desk.path("report"));
    let tables: Vec<&str> = all.keys().filter_map(|name| name.strip_prefix("tables/")?.strip_suffix(".md")).collect();
    assert_eq!(tables, ["con-table", "etc-passwd", "saturation", "table", "who-does-what-2", "who-does-what"]);
    for name in all.keys() {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-./".contains(c);
        assert!(name.chars().all(fits) && !name.contains(".."), "{name}");
    }
    figures_are_xml(&desk.path("report"));
    let table = &all["tables/who-does-what.md"];
    for words in
        ["| 0–1 |", "In dispute: P01 (Handing over).", "Not yet coded, and in no denominator of codes: P03, P04"]
    {
        assert!(table.contains(words), "{words}: {table}");
    }
    let svg = &all["figures/who-does-what.svg"];
    assert!(svg.contains(">0–1 of 2 (0.0–50.0 %)<") && svg.contains("A &amp; B &lt;c&gt;"), "{svg}");
    assert!(svg.contains("Lighter: in dispute among coders."), "{svg}");
    assert!(words(&all["figures/con-table.svg"], "con").iter().any(|words| words.starts_with("<b>Any</b> & \"all\"")));
    assert!(all["tables/etc-passwd.csv"].contains("'=SUM(A1)"), "a spreadsheet takes it for words");
    assert!(all["matrices/cases-by-codes.md"].contains("Not yet coded, and in no count of cases: P03, P04, P05, P06."));
    assert!(all["figures/cases-by-codes.svg"].contains("– not yet coded"));
    let framework = &all["matrices/framework.md"];
    assert!(framework.contains("| P02 | Shared space |") && framework.contains("nothing \\| yet."), "{framework}");
    assert!(all["index.md"].contains("Not revealed, and so not in this report: Round 2."), "{}", all["index.md"]);
    assert!(all["memos.html"].contains("Shared &lt;memo&gt; &amp; more"), "{}", all["memos.html"]);
    assert!(all.iter().all(|(_, text)| !text.contains("Secretmemo")));
}

#[test]
fn a_report_of_nothing_is_a_report_and_what_is_in_the_way_is_said() {
    let desk = Desk::new();
    desk.project("study");
    desk.run(["report", "study", "--output", "report"]);
    let all = files(&desk.path("report"));
    assert!(all.contains_key("index.md") && !all.keys().any(|name| name.contains('/') || name.starts_with("memos")));
    // What lies where a file is to be stays as it is.
    desk.sample("sample");
    std::fs::write(desk.path("report/tables"), "mine").expect("written");
    let said = desk.fail(["report", "sample", "--output", "report", "--force"], 1);
    assert!(said.contains("the report could not be written to report"), "{said}");
    assert_eq!(std::fs::read_to_string(desk.path("report/tables")).expect("a file"), "mine");
    // A folder named by what the shell stands in.
    std::fs::create_dir(desk.path("empty")).expect("a folder");
    let mut here = desk.emic(["report", "../study", "--output", "."]);
    here.current_dir(desk.path("empty")).assert().success();
    assert!(desk.path("empty/index.md").is_file());
}
