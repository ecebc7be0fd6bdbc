//! What was made of the codings in the end: memos that quote, extracts for and against themes, framework cells, pairs.

use super::support::sample::{Sample, make};
use emic::findings::attribution::{attribution, speakers};
use emic::findings::count::{Counting, table};
use emic::findings::framework::{framework, offered};
use emic::findings::ground::Transcript;
use emic::findings::presence::{By, Presence, no_speakers};
use emic::findings::quotes::{Change, Quoted, counted_codings, quoted, quotes_of};
use emic::findings::working::working;
use emic::project::id::SourceId;
use emic::project::memo::{Link, Memo, MemoKind};
use emic::project::memo_links::{Linked, is_shortened, links};
use emic::project::relation::Related;
use emic::project::row::Expr;
use emic::project::saved::Counts;
use emic::project::theme::{Holds, Stance};
use emic::project::view::{View, Whose};
use emic::text::Text;
use emic::text::turns::{Hints, recognise};
use regex::Regex;
use std::sync::Arc;

fn view(sample: &Sample) -> View<'_> {
    View::new(&sample.project, sample.coder)
}

/// A text of the study, as its file has it.
fn transcript(sample: &Sample, source: SourceId) -> Transcript {
    let view = view(sample);
    let folder = &view.source(source).expect("a source").folder;
    let wanted = emic::session::keeper::words_file(folder, 1);
    let file = sample.files.iter().find(|file| file.path == wanted).expect("its text");
    let text = Text::new(std::str::from_utf8(&file.bytes).expect("UTF-8"));
    let turns = recognise(&text, &Hints::default()).turns;
    Transcript { text, turns: Arc::new(turns) }
}

/// All quotations of the memos that all may read, each with its memo.
fn all_quoted(sample: &Sample) -> Vec<(Arc<Memo>, Quoted)> {
    let view = view(sample);
    let counted = counted_codings(&working(&view));
    let mut out = Vec::new();
    for memo in view.memos() {
        for quotation in quotes_of(&view, memo) {
            out.push((memo.clone(), quoted(&view, &counted, &quotation)));
        }
    }
    out
}

#[test]
fn each_goal_has_extracts_for_it_and_against_it_and_a_memo_that_quotes_five() {
    let sample = make();
    let view = view(&sample);
    let goals: Vec<_> = view.themes().into_iter().filter(|theme| theme.parent.is_some()).collect();
    assert_eq!(goals.len(), 4);
    for goal in goals {
        let stances: Vec<Stance> = view
            .theme_items(goal.id)
            .iter()
            .filter_map(|item| match item.what {
                Holds::Extract(_, stance) => Some((stance, !item.note.is_empty())),
                _ => None,
            })
            .map(|(stance, noted)| {
                assert!(noted, "{}: why is it there?", goal.name);
                stance
            })
            .collect();
        assert!((3..=5).contains(&stances.len()), "{}: {stances:?}", goal.name);
        assert!(stances.contains(&Stance::Contradicts) && stances.contains(&Stance::Supports), "{}", goal.name);
        let memos = view.memos_on(Link::Theme(goal.id));
        let [memo] = memos.as_slice() else { panic!("{}: {} memos", goal.name, memos.len()) };
        let quotes = quotes_of(&view, memo).len();
        assert!((5..=6).contains(&quotes), "{}: {quotes} quotations", memo.title());
        assert!(memo.shared && memo.kind == MemoKind::Analytic);
    }
}

#[test]
fn quotations_are_words_of_the_texts_signed_as_the_study_allows() {
    let sample = make();
    let view = view(&sample);
    let all = all_quoted(&sample);
    assert!(all.len() >= 25, "{}", all.len());
    let (mut too_few, mut otherwise) = (0, 0);
    for (memo, one) in &all {
        let quotation = &one.quotation;
        let said = transcript(&sample, quotation.at.source);
        let words = said.text.slice(quotation.at.span);
        assert!(is_shortened(&quotation.words, words), "{}: “{}”", memo.title(), quotation.words);
        let who = speakers(&view, quotation.at.source, &said.turns, quotation.at.span);
        let signed = attribution(&view, quotation.at.source, &who);
        if quotation.by != signed.offered().text && signed.too_few(&quotation.by).is_none() {
            otherwise += 1;
        }
        if let Some(fits) = signed.too_few(&quotation.by) {
            too_few += 1;
            assert!(fits < 3 && !signed.coarser.is_empty(), "a coarser one is offered");
        }
    }
    // Otherwise: one in words of one's own, and one of the days before it was agreed what may be said.
    assert_eq!((too_few, otherwise), (1, 2), "one says too much");
    let links: usize = view.memos().map(|memo| links(&memo.text).len()).sum();
    assert!(links > 60, "{links} links");
}

#[test]
fn what_was_put_right_after_it_was_quoted_is_marked_and_the_cells_written_from_it_too() {
    let sample = make();
    let view = view(&sample);
    let marked: Vec<Change> = all_quoted(&sample)
        .iter()
        .filter(|(_, one)| one.is_marked())
        .flat_map(|(_, one)| one.changes.clone())
        .collect();
    let is = |words: &str| marked.iter().filter(|change| change.words(&view).contains(words)).count();
    assert_eq!((marked.len(), is("trimmed"), is("extended"), is("coded “Follows up” now")), (3, 1, 1, 1), "{marked:?}");
    let cases: Vec<_> = view.cases().iter().map(|case| case.id).collect();
    let matrix = framework(&view, &working(&view), &cases, &offered(&view));
    let places = (0..matrix.cases.len()).flat_map(|row| (0..matrix.columns.len()).map(move |column| (row, column)));
    let cells: Vec<_> = places.filter_map(|(row, column)| matrix.cell(row, column)).collect();
    let written = || cells.iter().flat_map(|cell| &cell.written);
    assert!((8..=12).contains(&written().count()), "{}", written().count());
    assert!(written().all(|written| !written.summary.from.is_empty()), "each was written from extracts");
    let by = |initials: &str| written().filter(|written| written.initials == initials).count();
    assert!(by("PB") >= 4 && by("DC") >= 4);
    assert_eq!(cells.iter().filter(|cell| cell.has_changed()).count(), 3, "of each of the three codings one");
}

#[test]
fn some_pairs_of_role_and_task_are_confirmed_and_one_is_struck_with_a_reason() {
    let sample = make();
    let view = view(&sample);
    let checks = view.pair_checks();
    let struck: Vec<_> = checks.iter().filter(|check| check.found == Related::Struck).collect();
    assert!(struck.len() == 1 && !struck[0].reason.is_empty() && checks.len() > 6);
    let counted = counted_codings(&working(&view));
    for check in &checks {
        for coding in [check.a, check.b] {
            let seen = view.showing(Whose::Everybody).coding(coding).expect("it is there");
            assert!(counted.contains(&coding), "{} is what tables count", view.code_name(seen.code));
        }
    }
}

/// A count in a memo belongs to the code that is linked before it in its line, or to the row of a table whose name stands
/// before it in “ ”.
#[test]
fn figures_in_memos_are_what_the_tables_count() {
    let sample = make();
    let view = view(&sample);
    let presence = Presence::new(&view, None, By::Working, &no_speakers);
    let counting = Counting::new(view, &presence);
    let units = presence.units(&view, Counts::Cases, "practice");
    let rows: Vec<(String, String)> = view
        .tables()
        .iter()
        .flat_map(|saved| table(&view, saved, By::Working, &no_speakers).lines)
        .map(|line| (line.name, line.figure.words()))
        .collect();
    let figure = Regex::new(r"(\d+ of \d+)(?: practices)?(?: \((\d+\.\d)%\))?").expect("a pattern");
    let mut compared = 0;
    for coder in ["PB", "DC"] {
        let mine = View::new(&sample.project, sample.coder_called(coder));
        for memo in mine.memos() {
            for line in memo.text.lines() {
                let (mut start, links) = (0, links(line));
                for found in figure.captures_iter(line) {
                    let at = found.get(1).expect("a count");
                    let code = links.iter().rev().find_map(|link| match link.what {
                        Linked::Code(code) if (start..at.start()).contains(&link.bytes.start) => Some(code),
                        _ => None,
                    });
                    let place = format!("{}: {}", memo.title(), &line[start..at.end()]);
                    let words = match code {
                        Some(code) => {
                            let counted = counting.figure(&Expr::Code { code, below: false }, &units, None);
                            if let Some(percent) = found.get(2) {
                                assert_eq!(counted.percent().as_deref(), Some(percent.as_str()), "{place}");
                            }
                            counted.words()
                        }
                        None => {
                            let named = |name: &str| line[start..at.start()].contains(&format!("“{name}”"));
                            rows.iter().find(|(name, _)| named(name)).expect(&place).1.clone()
                        }
                    };
                    assert_eq!(words, at.as_str(), "{place}");
                    (start, compared) = (at.end(), compared + 1);
                }
            }
        }
    }
    assert!(compared >= 20, "{compared}");
}
