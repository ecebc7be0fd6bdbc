//! What the screen asks of a text while keys are pressed, and what is done once when a text is opened.
//!
//! `cargo bench --bench text`

use divan::{Bencher, black_box};
use emic::text::search::{Case, Query, QueryKind};
use emic::text::stretch::Stretches;
use emic::text::units::{Body, next_grapheme, next_sentence_start, next_word_start, sentences, words};
use emic::text::wrap::wrap;
use emic::text::{Pos, Text};

fn main() {
    divan::main();
}

const SAID: &str = "Dr. Smith said the warm handoff didn't work at 8 a.m. — nobody knew the social worker then… “Really?” I asked. \
    It got better after the second year, when they hired a nurse who’d been at the hospital before, and so on. ";

/// Ten megabytes in paragraphs of some lines.
fn paragraphs() -> Text {
    let turn = format!("Clinic manager: {}\nI: Why?\n", SAID.repeat(2));
    Text::new(&turn.repeat(10_000_000 / turn.len()))
}

/// Ten megabytes on one line.
fn one_line() -> Text {
    Text::new(&SAID.repeat(10_000_000 / SAID.len()))
}

#[divan::bench]
fn wrap_a_screenful_of_paragraphs(bencher: Bencher<'_, '_>) {
    let text = paragraphs();
    let stretches = Stretches::new(&text, []);
    let middle = stretches.count() / 2;
    bencher.bench_local(|| {
        let mut rows = 0;
        for stretch in middle.. {
            rows += wrap(black_box(stretches.words(stretch)), 80).len();
            if rows >= 60 {
                break;
            }
        }
        rows
    });
}

#[divan::bench]
fn wrap_a_screenful_of_one_line(bencher: Bencher<'_, '_>) {
    let text = one_line();
    let stretches = Stretches::new(&text, []);
    let middle = stretches.count() / 2;
    bencher.bench_local(|| wrap(black_box(stretches.words(middle)), 80).len());
}

#[divan::bench(sample_count = 10)]
fn wrap_all_of_10_mb(bencher: Bencher<'_, '_>) {
    let text = paragraphs();
    let stretches = Stretches::new(&text, []);
    bencher.bench_local(|| (0..stretches.count()).map(|n| wrap(stretches.words(n), 80).len()).sum::<usize>());
}

#[divan::bench(sample_count = 20)]
fn stretches_of_10_mb_in_paragraphs(bencher: Bencher<'_, '_>) {
    let text = paragraphs();
    bencher.bench_local(|| Stretches::new(&text, []).count());
}

#[divan::bench(sample_count = 20)]
fn stretches_of_10_mb_on_one_line(bencher: Bencher<'_, '_>) {
    let text = one_line();
    bencher.bench_local(|| Stretches::new(&text, []).count());
}

#[divan::bench(sample_count = 20, args = ["warm handoff", "nowhere said", "didn't", "e"])]
fn search_over_10_mb(bencher: Bencher<'_, '_>, pattern: &str) {
    let text = paragraphs();
    let query = Query::new(pattern, QueryKind::Literal, Case::Insensitive).expect("a word");
    bencher.bench_local(|| query.find_iter(&text).count());
}

#[divan::bench(sample_count = 20)]
fn search_whole_words_over_10_mb(bencher: Bencher<'_, '_>) {
    let text = paragraphs();
    let query = Query::whole_words("worker", QueryKind::Literal, Case::Smart).expect("a word");
    bencher.bench_local(|| query.find_iter(&text).count());
}

#[divan::bench(sample_count = 20)]
fn search_the_last_hit_before_the_end_of_10_mb(bencher: Bencher<'_, '_>) {
    let text = paragraphs();
    let query = Query::new("nowhere said", QueryKind::Literal, Case::Smart).expect("a word");
    bencher.bench_local(|| query.find_before(&text, text.whole().end));
}

/// One line of ten megabytes of each kind, from likely to absurd.
const LINES: [&str; 8] = [SAID, "and then ", "a", "J. ", " ", "\u{301}", "🇩", "我们"];

#[divan::bench(args = LINES)]
fn a_key_press_by_sentence(bencher: Bencher<'_, '_>, unit: &str) {
    let text = Text::new(&unit.repeat(10_000_000 / unit.len()));
    let body = Body::from(text.whole());
    bencher.bench_local(|| next_sentence_start(&text, black_box(Pos(text.chars() / 2)), body));
}

#[divan::bench(args = LINES)]
fn a_key_press_by_word(bencher: Bencher<'_, '_>, unit: &str) {
    let text = Text::new(&unit.repeat(10_000_000 / unit.len()));
    bencher.bench_local(|| next_word_start(&text, black_box(Pos(text.chars() / 2))));
}

#[divan::bench(args = LINES)]
fn a_key_press_by_grapheme(bencher: Bencher<'_, '_>, unit: &str) {
    let text = Text::new(&unit.repeat(10_000_000 / unit.len()));
    bencher.bench_local(|| next_grapheme(&text, black_box(Pos(text.chars() / 2))));
}

#[divan::bench(sample_count = 5)]
fn all_sentences_of_10_mb(bencher: Bencher<'_, '_>) {
    let text = paragraphs();
    bencher.bench_local(|| sentences(&text, text.whole()).count());
}

#[divan::bench(sample_count = 5)]
fn all_words_of_10_mb(bencher: Bencher<'_, '_>) {
    let text = paragraphs();
    bencher.bench_local(|| words(&text, text.whole()).count());
}
