//! The methods paragraph of a round, filled from its records. What the project does not know stays a visible gap ⟨…⟩.

use super::basis::{Asked, NoFigures, Texts, revealed};
use super::check_again::check_again;
use super::figures::{Figures, case_word, figures};
use super::queue::{Queue, queue_at_reveal, queue_of};
use super::verdict::{interval, listed, names, number, number_or_dash, percent, unit_word};
use crate::agreement::LINES;
use crate::project::decision::Outcome;
use crate::project::id::{CaseId, CoderId, RoundId};
use crate::project::round::{Drawn, Round, Unit};
use crate::project::view::View;
use crate::table::thousands;
use std::collections::HashSet;

/// The paragraph about `round`, on what it fixed in advance. `version` is this program's.
///
/// # Errors
/// A round that is not revealed.
pub fn methods(view: &View<'_>, round: RoundId, texts: &Texts<'_>, version: &str) -> Result<String, NoFigures> {
    let figures = figures(view, round, &Asked::default(), texts)?;
    let queues = (queue_at_reveal(view, round)?, queue_of(view, round)?);
    let (round, _) = revealed(view, round)?;
    let words = Words::new(view, &figures);
    let parts = [
        who_and_what(view, round, &figures, &words),
        how(round, &figures),
        alphas(view, &figures, &words),
        cases(round, &figures, &words),
        settled(view, round, &queues, &figures),
        revised(view, round, &figures),
        rest(view, round, &words),
        "⟨Participant checking: state.⟩".to_owned(),
        format!("Emic {version} was used."),
    ];
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    Ok(parts.join(" "))
}

/// What cases and codes are called.
struct Words {
    cases: Vec<CaseId>,
    one_case: String,
    more_cases: String,
    /// `code` or `subcode`.
    code: &'static str,
}

impl Words {
    fn new(view: &View<'_>, figures: &Figures) -> Self {
        let cases = figures.basis.cases.clone();
        let code = if figures.scope.is_part() { "subcode" } else { "code" };
        Self { one_case: case_word(view, &cases, 1), more_cases: case_word(view, &cases, 2), cases, code }
    }

    fn cases(&self, n: usize) -> &str {
        if n == 1 { &self.one_case } else { &self.more_cases }
    }

    fn codes(&self, n: usize) -> String {
        if n == 1 { self.code.to_owned() } else { format!("{}s", self.code) }
    }
}

fn who(view: &View<'_>, coder: CoderId) -> String {
    let name = view.coder_of(coder).map_or("", |coder| coder.name.trim());
    if name.is_empty() { view.initials(coder).to_owned() } else { name.to_owned() }
}

fn who_and_what(view: &View<'_>, round: &Round, figures: &Figures, words: &Words) -> String {
    let coders: Vec<String> = figures.coders.iter().map(|coder| who(view, *coder)).collect();
    let same = round.desks.windows(2).all(|two| {
        let set = |n: usize| two[n].coders.iter().collect::<HashSet<_>>();
        set(0) == set(1)
    });
    let (n, of) = (words.cases.len(), figures.scope.all_cases);
    let desk = |least: bool| {
        let sizes = round.desks.iter().map(|desk| desk.coders.len());
        if least { sizes.min() } else { sizes.max() }.unwrap_or(2)
    };
    let by = match (same, desk(true), desk(false)) {
        (true, ..) => String::new(),
        (false, least, most) if least == most => format!(" (each {} by {least} of them)", words.one_case),
        (false, least, most) => format!(" (each {} by {least} to {most} of them)", words.one_case),
    };
    let verb = if figures.scope.is_part() { "subcoded" } else { "coded" };
    let drift = if round.drift { ", as a check for drift," } else { "" };
    let attribute = |id| {
        let found = view.attributes().into_iter().find(|attribute| attribute.id == id);
        found.map_or("⟨attribute⟩", |attribute| attribute.name.as_str())
    };
    let drawn = match round.drawn {
        Drawn::ByHand => "chosen by hand".to_owned(),
        Drawn::AtRandom { seed } => format!("drawn at random, seed {seed}"),
        Drawn::Stratified { seed, by } => format!("drawn at random, seed {seed}, stratified by {}", attribute(by)),
    };
    let facts = &figures.scope;
    let unit = figures.basis.unit;
    let speaker = if unit == Unit::Turn && !facts.everyone { "participant " } else { "" };
    let sources = if facts.sources == 1 { "source" } else { "sources" };
    let codes = facts.codes;
    let other = if figures.coders.len() == 2 { "other's" } else { "others'" };
    format!(
        "{}{by} independently {verb} {n} of {of} {}{drift} ({}; {drawn}; {} {sources}, {} {speaker}{}, {} words {}) \
         using codebook version ⟨version⟩ ({codes} {}, worded as of {}), each blind to the {other} codes, comments and memos.",
        listed(&coders),
        words.cases(of),
        percent(n as f64 / of.max(1) as f64),
        thousands(facts.sources as u64),
        thousands(facts.units),
        unit_word(unit, facts.units),
        thousands(facts.words),
        scope(view, figures),
        words.codes(codes),
        facts.pinned.strftime("%-d %B %Y"),
    )
}

fn scope(view: &View<'_>, figures: &Figures) -> String {
    let facts = &figures.scope;
    let reconciled = facts.consensus.and_then(|round| view.round(round));
    if facts.within.is_empty() {
        let passages = |round: &Round| format!("within the passages reconciled in {}", round.name);
        return reconciled.map_or_else(|| "in scope".to_owned(), |round| passages(round));
    }
    let codes: Vec<String> = facts.within.iter().map(|code| format!("‘{}’", view.code_name(*code))).collect();
    let of: Vec<String> = facts.of.iter().map(|coder| who(view, *coder)).collect();
    let whose = match reconciled {
        Some(round) => format!(" as reconciled in {}", round.name),
        None if of.is_empty() => String::new(),
        None => format!(" as coded by {}", listed(&of)),
    };
    format!("within {}{whose}", listed(&codes))
}

fn how(round: &Round, figures: &Figures) -> String {
    let unit = figures.basis.unit;
    let units = if unit == Unit::Turn { "speaker turns" } else { unit_word(unit, 2) };
    let one = unit_word(unit, 1);
    let counting = match (unit, round.least) {
        (Unit::Char, _) => String::new(),
        (Unit::Source | Unit::Case, _) | (_, 0) => {
            format!(", a {one} counting as coded when a code covered any part of it")
        }
        (_, least) => format!(", a {one} counting as coded when a code covered at least {least} % of it"),
    };
    format!("Agreement was calculated before any discussion on {units}{counting}.")
}

fn alphas(view: &View<'_>, figures: &Figures, words: &Words) -> String {
    let codes = figures.pooled.codes;
    let level = match figures.basis.depth {
        None => String::new(),
        Some(1) => " at the level of main codes".to_owned(),
        Some(depth) => format!(" at depth {depth} of the code tree"),
    };
    let alpha = figures.pooled.unit.as_ref();
    let value = number_or_dash(alpha.and_then(|alpha| alpha.value));
    let spread = match alpha.and_then(|alpha| alpha.interval) {
        Some(ends) => format!("95 % interval {}, delete-one-{} jackknife", interval(ends), words.one_case),
        None => "no interval".to_owned(),
    };
    let in_pool = figures.rows.iter().filter(|row| !row.left_out && !row.unused);
    let mut single: Vec<f64> = in_pool.filter_map(|row| row.unit.as_ref()?.alpha.value).collect();
    single.sort_by(f64::total_cmp);
    let ranged = match (single.first(), single.last()) {
        (Some(least), Some(most)) if single.len() > 1 => {
            let below = single.iter().filter(|value| **value < LINES[0]).count();
            let unused = match figures.unused.len() {
                0 => String::new(),
                n => format!("; {n} unused"),
            };
            format!(
                "; single {} ranged from {} to {} (median {}; {below} below .667{unused})",
                words.codes(2),
                number(*least),
                number(*most),
                number(median(&single)),
            )
        }
        _ => String::new(),
    };
    let left_out: Vec<&str> = figures.left_out.iter().map(|code| view.code_name(*code)).collect();
    let left_out = match left_out.len() {
        0 => String::new(),
        1 => format!(" {}, which stands above other codes in use, was not pooled.", left_out[0]),
        _ => format!(" {}, which stand above other codes in use, were not pooled.", listed(&left_out)),
    };
    format!(
        "Krippendorff's alpha (nominal, each code present or absent), pooled over the {codes} {} in use{level}, was \
         {value} ({spread}){ranged}.{left_out}",
        words.codes(codes),
    )
}

/// The middle of values in order.
fn median(values: &[f64]) -> f64 {
    let half = values.len() / 2;
    if values.len().is_multiple_of(2) { f64::midpoint(values[half - 1], values[half]) } else { values[half] }
}

fn cases(round: &Round, figures: &Figures, words: &Words) -> String {
    let Some(case) = figures.pooled.case else { return String::new() };
    let character = number_or_dash(figures.pooled.character.and_then(|alpha| alpha.value));
    let reach = match round.drawn {
        Drawn::ByHand => {
            format!(" The figures describe these {} {}.", words.cases.len(), words.cases(words.cases.len()))
        }
        _ => String::new(),
    };
    format!(
        "The coders agreed on presence or absence in {} of {} {}-by-{} pairs; character-level alpha was {character}.{reach}",
        case.agree, case.of, words.code, words.one_case,
    )
}

/// How the disagreements at the reveal were settled, and how many came of later changes: counts only, never agreement.
fn settled(view: &View<'_>, round: &Round, (queue, now): &(Queue, Queue), figures: &Figures) -> String {
    let progress = queue.progress();
    if progress.of == 0 {
        let was = figures.disagreements.total();
        return if was == 0 { "There were no disagreements.".to_owned() } else { String::new() };
    }
    let decisions: Vec<_> =
        queue.items.iter().filter(|item| item.state.is_decided()).filter_map(|item| item.state.decision()).collect();
    let mut how: Vec<String> = Vec::new();
    for coder in &queue.coders {
        let n = decisions.iter().filter(|decision| decision.outcome == Outcome::As(*coder)).count();
        if n > 0 {
            how.push(format!("{n} as {}", who(view, *coder)));
        }
    }
    let dropped = decisions.iter().filter(|decision| decision.outcome == Outcome::Neither).count();
    let as_somebody = decisions.iter().filter(|decision| matches!(decision.outcome, Outcome::As(_))).count();
    let otherwise = decisions.len() - dropped - as_somebody;
    how.extend((otherwise > 0).then(|| format!("{otherwise} otherwise")));
    how.extend((dropped > 0).then(|| format!("{dropped} dropped")));
    let mut others: Vec<CoderId> = decisions.iter().map(|decision| decision.coder).collect();
    others.retain(|coder| !round.coders().contains(coder));
    others.sort_unstable();
    let third: Vec<String> =
        others.chunk_by(|a, b| a == b).map(|same| format!("{} decided {}", who(view, same[0]), same.len())).collect();
    let third = if third.is_empty() { String::new() } else { format!("; {}", listed(&third)) };
    let together = decisions.iter().any(|decision| !decision.with.is_empty());
    let by = if together { "by discussion" } else { "⟨by discussion⟩" };
    let late = match now.items.iter().filter(|item| item.after_reveal).count() {
        0 => String::new(),
        n => format!(" Later changes made {n} more."),
    };
    let how = how.join(", ");
    match (progress.decided, progress.of) {
        (0, of) => format!("The {of} disagreements have not been resolved yet.{late}"),
        (1, 1) => format!("The only disagreement was resolved {by} ({how}{third}).{late}"),
        (n, of) if n == of => format!("The {of} disagreements were resolved {by} ({how}{third}).{late}"),
        (n, of) => {
            format!("{n} of the {of} disagreements were resolved {by} ({how}{third}); {} are open.{late}", of - n)
        }
    }
}

fn revised(view: &View<'_>, round: &Round, figures: &Figures) -> String {
    let codes: HashSet<_> = round.codes.iter().filter_map(|pinned| view.codebook().resolve(pinned.code)).collect();
    let since = |code: &&_| {
        let wordings = view.wordings(**code);
        wordings.iter().any(|wording| wording.at > figures.revealed && wording.before.is_some())
    };
    let n = codes.iter().filter(since).count();
    if n == 0 {
        return String::new();
    }
    let lists = check_again(view);
    let lists = || lists.iter().filter(|list| codes.contains(&list.code) && list.wording.at > figures.revealed);
    let (checked, of) = lists().fold((0, 0), |(checked, of), list| (checked + list.checked, of + list.of));
    let revised = if n == 1 { "1 definition was revised".to_owned() } else { format!("{n} definitions were revised") };
    let it = if n == 1 { "it" } else { "them" };
    match (checked, of) {
        (_, 0) => format!("{revised}, none of them in what earlier codings rest on."),
        (checked, of) if checked == of => format!("{revised}, and {of} earlier codings were checked against {it}."),
        (checked, of) => format!("{revised}, and {checked} of {of} earlier codings have been checked against {it}."),
    }
}

fn rest(view: &View<'_>, round: &Round, words: &Words) -> String {
    let kinds: HashSet<&str> =
        words.cases.iter().filter_map(|case| view.case(*case)).map(|case| case.kind.as_str()).collect();
    let in_round = |case: CaseId| round.desks.iter().any(|desk| desk.case == case);
    let left: Vec<CaseId> =
        view.cases().iter().filter(|c| kinds.contains(c.kind.as_str()) && !in_round(c.id)).map(|c| c.id).collect();
    if left.is_empty() {
        return String::new();
    }
    let n = left.len();
    let allocations = view.allocations();
    let ours: Vec<_> =
        allocations.into_iter().filter(|allocation| view.last_of(allocation.round) == round.id).collect();
    let shares: Vec<_> =
        ours.iter().flat_map(|allocation| &allocation.shares).filter(|s| left.contains(&s.case)).collect();
    if shares.is_empty() {
        return format!("⟨How the remaining {n} {} were coded.⟩", words.cases(n));
    }
    let twice: Vec<CaseId> = shares.iter().filter(|share| share.coders.len() > 1).map(|share| share.case).collect();
    let (given, seed) = (shares.len(), ours.iter().map(|allocation| allocation.seed.to_string()).collect::<Vec<_>>());
    let remaining = if given == n {
        format!("The remaining {n} {}", words.cases(n))
    } else {
        format!("{given} of the remaining {n} {}", words.cases(n))
    };
    let once = match twice.len() {
        0 => "and coded once".to_owned(),
        k if k == given => "and all coded by more than one coder".to_owned(),
        k => format!(
            "and coded once, but for {k} ({}) that more than one coder coded as a check for drift",
            listed(&names(view, &twice))
        ),
    };
    format!("{remaining} were divided between the coders (seed {}) {once}.", listed(&seed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::basis::no_texts;
    use crate::findings::testing::Trial;
    use crate::project::edit::Edit;

    #[test]
    fn the_paragraph_is_filled_from_the_records_and_its_gaps_are_seen() {
        let mut trial = Trial::open(2, 3, 2);
        for (coder, source, from, to, code) in
            [(0, 0, 0, 8, 0), (1, 0, 0, 8, 0), (0, 0, 50, 60, 1), (1, 1, 70, 80, 1), (0, 1, 0, 9, 0)]
        {
            trial.lay(coder, source, from, to, code);
        }
        trial.reveal();
        let said = |trial: &Trial| methods(&trial.view(), trial.round, &no_texts, "0.1").expect("a paragraph");
        assert!(said(&trial).contains("The 3 disagreements have not been resolved yet."), "{}", said(&trial));
        trial.decide(Outcome::As(trial.coders[0]), |item| item.span.start.0 == 50);
        trial.decide(Outcome::Neither, |item| item.span.start.0 == 70);
        trial.decide(Outcome::As(trial.coders[1]), |item| item.span.start.0 == 0);
        assert_eq!(
            said(&trial),
            "PB and SC independently coded 2 of 2 practices (100 %; chosen by hand; 2 sources, 40 participant turns, \
             80 words in scope) using codebook version ⟨version⟩ (3 codes, worded as of 15 January 2027), each blind to \
             the other's codes, comments and memos. Agreement was calculated before any discussion on speaker turns, a \
             turn counting as coded when a code covered any part of it. Krippendorff's alpha (nominal, each code present \
             or absent), pooled over the 2 codes in use, was .39 (95 % interval –1.00 to 1.00, delete-one-practice \
             jackknife); single codes ranged from –.01 to .66 (median .32; 2 below .667; 1 unused). The coders agreed on \
             presence or absence in 1 of 4 code-by-practice pairs; character-level alpha was .34. The figures describe \
             these 2 practices. The 3 disagreements were resolved ⟨by discussion⟩ (1 as PB, 1 as SC, 1 dropped). \
             ⟨Participant checking: state.⟩ Emic 0.1 was used."
        );
    }

    #[test]
    fn what_becomes_of_codings_later_changes_nothing_of_how_the_disagreements_of_the_reveal_were_resolved() {
        let mut trial = Trial::open(1, 2, 2);
        let gone = trial.lay(0, 0, 50, 60, 0);
        trial.lay(1, 0, 70, 80, 1);
        trial.reveal();
        trial.decide(Outcome::Neither, |item| item.span.start.0 == 50);
        trial.decide(Outcome::As(trial.coders[1]), |item| item.span.start.0 == 70);
        let said = |trial: &Trial| methods(&trial.view(), trial.round, &no_texts, "0.1").expect("a paragraph");
        let resolved = "The 2 disagreements were resolved ⟨by discussion⟩ (1 as SC, 1 dropped).";
        assert!(said(&trial).contains(resolved), "{}", said(&trial));
        trial.by(0, |desk| desk.apply(&Edit::Remove(vec![gone])));
        trial.lay(0, 0, 90, 95, 1);
        assert_eq!(trial.queue().items.len(), 2, "one has gone, one has come");
        assert!(said(&trial).contains(&format!("{resolved} Later changes made 1 more.")), "{}", said(&trial));
    }
}
