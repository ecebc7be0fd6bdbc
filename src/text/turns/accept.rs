//! Which labels are speakers: the second of the two passes, over lines that have all been read.
//!
//! A label is taken if it occurs three times, or twice and is a word for a speaker, or is in the header's list of
//! speakers; and all taken labels together must start half of the paragraphs (or four fifths of those after the first
//! of them). Otherwise the text has no speakers: better none than half of them.

use super::header::Header;
use super::labels::{self, NO_LABEL};
use super::layouts::Family;
use super::lines::Lines;
use super::roles::Role;
use super::shapes::{INSIDE, Kind, OPENS, Shape, TIME_AFTER, TIME_FIRST, UNDER_TIME};
use super::words::Known;
use std::collections::{HashMap, HashSet};

/// The analyst's corrections with labels as numbers.
#[derive(Default)]
pub(super) struct Told {
    pub(super) accept: HashSet<u32>,
    pub(super) reject: HashSet<u32>,
    pub(super) only_accepted: bool,
    pub(super) merge: HashMap<u32, u32>,
}

/// What one family of lines makes of a text.
#[derive(Clone)]
pub(super) struct Verdict {
    pub(super) family: Family,
    /// Per label: the label whose turns its turns are, or [`NO_LABEL`].
    pub(super) speaker: Vec<u32>,
    /// Per label: the label it is counted as, speaker or not.
    pub(super) counted_as: Vec<u32>,
    /// How many speakers there are.
    pub(super) speakers: usize,
    /// How many lines start a turn.
    pub(super) labelled: u32,
    /// How many paragraphs there are from the first turn on.
    pub(super) paragraphs: u32,
    /// Whether the rules accept it.
    pub(super) taken: bool,
    /// The commonest speakers, with their counts.
    pub(super) common: Vec<(u32, u32)>,
    /// Labels that were left out although they may be speakers, with their counts.
    pub(super) rare: Vec<(u32, u32)>,
}

/// The label that a line carries in a family.
pub(super) fn label_of(family: Family, shape: &Shape) -> u32 {
    let carries = match family {
        Family::Colon => shape.kind == Kind::Colon,
        Family::Deposition => matches!(shape.kind, Kind::Colon | Kind::Qa),
        Family::TimeLine => matches!(shape.kind, Kind::NameTime | Kind::TimeName),
        Family::Bracket => shape.kind == Kind::Bracket,
        Family::Below => shape.kind == Kind::Below,
        Family::Cells => shape.kind == Kind::Row,
        Family::LastCell => return if shape.kind == Kind::Row { shape.last } else { NO_LABEL },
        Family::Tab => shape.kind == Kind::Tab,
        Family::Stop => shape.kind == Kind::Stop,
        Family::Star => shape.kind == Kind::Star,
        Family::Alone => shape.kind == Kind::Alone,
        Family::NameDash => shape.kind == Kind::NameDash,
        Family::Pattern => shape.kind == Kind::Own,
        Family::Dash => false,
    };
    if carries && !shape.has(INSIDE) { shape.label } else { NO_LABEL }
}

impl Lines<'_> {
    /// The chars of the label that a line carries in a family.
    pub(super) fn name_range(&self, family: Family, shape: &Shape) -> (u32, u32) {
        if family == Family::LastCell { self.trimmed(shape.tail, shape.end) } else { shape.name }
    }

    /// That label as it stands.
    pub(super) fn name_in(&self, family: Family, shape: &Shape) -> &str {
        self.slice(self.name_range(family, shape))
    }
}

/// Judges `family`. With `forced`, labels are taken even if they come less often than the rules ask.
pub(super) fn judge(lines: &Lines<'_>, family: Family, header: &Header, told: &Told, forced: bool) -> Option<Verdict> {
    if family == Family::Deposition && !is_deposition(lines) {
        return None;
    }
    let tally = Tally::new(lines, family, header, told)?;
    let mut taken = tally.by_rule(lines);
    tally.add_timed(&mut taken);
    let mut verdict = tally.verdict(lines, header, &taken);
    // A short transcript: nobody speaks three times, but every paragraph starts with one of a few labels.
    if f64::from(verdict.labelled) < 0.8 * f64::from(verdict.paragraphs) || verdict.labelled == 0 {
        let pool = tally.often(2);
        let wider = tally.verdict(lines, header, &pool);
        let all = f64::from(wider.labelled) >= 0.8 * f64::from(wider.paragraphs);
        if wider.speakers >= 2 && wider.labelled >= 4 && all && wider.labelled > verdict.labelled {
            (taken, verdict) = (pool, wider);
        }
    }
    for least in [2, 1] {
        if forced && verdict.labelled == 0 {
            taken = tally.often(least);
            verdict = tally.verdict(lines, header, &taken);
        }
    }
    verdict.rare = tally.rare(lines, &taken);
    verdict.common = tally.top(taken.iter().copied().collect());
    Some(verdict)
}

/// How often each label occurs in the lines of a family.
struct Tally<'a> {
    family: Family,
    keys: Vec<&'a str>,
    told: &'a Told,
    listed: &'a HashSet<u32>,
    /// Per label: the label it is counted as.
    counted_as: Vec<u32>,
    /// Per label that others are counted as: how many lines, and how many of them with a time.
    counts: Vec<(u32, u32)>,
    /// An example of the label as it stands, as a line.
    example: Vec<u32>,
    timed: u32,
    paragraphs: u32,
}

impl<'a> Tally<'a> {
    fn new(lines: &'a Lines<'_>, family: Family, header: &'a Header, told: &'a Told) -> Option<Self> {
        let number = lines.names.len();
        let mut plain = vec![(0_u32, 0_u32); number];
        let mut example = vec![0_u32; number];
        let (mut paragraphs, mut timed, mut candidates, mut bare) = (0_u32, 0_u32, 0_u32, false);
        for (index, shape) in lines.shapes.iter().enumerate().skip(header.lines) {
            let label = label_of(family, shape);
            if label == NO_LABEL {
                // Counted from the first candidate on; the words under a name on its own line belong to it.
                paragraphs += u32::from(shape.has(OPENS) && !bare && candidates > 0);
                bare &= !shape.has(OPENS);
                continue;
            }
            let is_timed = shape.has(TIME_FIRST | TIME_AFTER | UNDER_TIME) || shape.kind == Kind::NameTime;
            timed += u32::from(is_timed);
            let count = &mut plain[label as usize];
            *count = (count.0 + 1, count.1 + u32::from(is_timed));
            candidates += 1;
            paragraphs += 1;
            bare = shape.is_bare();
            example[label as usize] = index as u32;
        }
        if candidates == 0 {
            return None;
        }
        let mut variants: HashMap<u32, (u32, u32)> = HashMap::new();
        for id in 0..number as u32 {
            let base = lines.names.base(id);
            if base != id && plain[id as usize].0 > 0 {
                let seen = variants.entry(base).or_default();
                *seen = (seen.0 + 1, seen.1.max(plain[id as usize].0));
            }
        }
        let counted_as: Vec<u32> = (0..number as u32)
            .map(|id| {
                let base = lines.names.base(id);
                let noted = base != id
                    && !told.accept.contains(&id)
                    && (plain[base as usize].0 > 0 || variants.get(&base).is_some_and(|&(n, most)| n >= 2 && most < 3));
                let mut target = if noted { base } else { id };
                for _ in 0..8 {
                    match told.merge.get(&target) {
                        Some(&into) => target = into,
                        None => break,
                    }
                }
                target
            })
            .collect();
        let mut counts = vec![(0, 0); number];
        for (id, count) in plain.iter().enumerate() {
            let target = counted_as[id] as usize;
            counts[target].0 += count.0;
            counts[target].1 += count.1;
            if count.0 > 0 && plain[target].0 == 0 {
                example[target] = example[id];
            }
        }
        let keys = lines.names.keys();
        let listed = &header.speakers;
        Some(Self { family, keys, told, listed, counted_as, counts, example, timed, paragraphs })
    }

    /// Whether a label may be a speaker at all.
    fn is_open(&self, id: u32) -> bool {
        if self.told.accept.contains(&id) {
            return true;
        }
        let barred = self.told.only_accepted || self.told.reject.contains(&id);
        let by_word = self.family == Family::Bracket
            || !matches!(labels::known(self.keys[id as usize]), Known::HeaderKey | Known::NoSpeaker);
        !barred && by_word
    }

    fn ids(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.counts.len() as u32).filter(|&id| self.counts[id as usize].0 > 0)
    }

    /// The labels that occur at least so often.
    fn often(&self, least: u32) -> HashSet<u32> {
        self.ids().filter(|&id| self.counts[id as usize].0 >= least && self.is_open(id)).collect()
    }

    /// The labels that the rule takes one by one, and numbered ones beside others of their kind: `P7` by `P1`, `P2`.
    fn by_rule(&self, lines: &Lines<'_>) -> HashSet<u32> {
        let formal = matches!(self.family, Family::Deposition | Family::Stop);
        let mut taken: HashSet<u32> = self
            .ids()
            .filter(|&id| {
                let count = self.counts[id as usize].0;
                let told = self.told.accept.contains(&id) || self.told.merge.values().any(|&into| into == id);
                let frequent = told
                    || self.family == Family::Pattern
                    || count >= 3
                    || self.listed.contains(&id)
                    || (count == 2 && self.is_speaker_word(id))
                    || (formal
                        && labels::is_titled(
                            lines.name_in(self.family, &lines.shapes[self.example[id as usize] as usize]),
                        ));
                frequent && self.is_open(id)
            })
            .collect();
        let mut stems: HashMap<&str, u32> = HashMap::new();
        for &id in &taken {
            let (stem, number) = labels::stem(self.keys[id as usize]);
            if !number.is_empty() && stem != "q" {
                *stems.entry(stem).or_default() += 1;
            }
        }
        stems.retain(|_, count| *count >= 2);
        if !stems.is_empty() {
            let siblings = self.ids().filter(|&id| {
                let (stem, number) = labels::stem(self.keys[id as usize]);
                !number.is_empty() && stems.contains_key(stem) && self.is_open(id)
            });
            taken.extend(siblings);
        }
        taken
    }

    /// Whether a label is open and occurs twice: then its lines are paragraphs, wherever lines seem to go on.
    fn comes_again(&self, label: u32) -> bool {
        let id = self.counted_as[label as usize];
        self.counts[id as usize].0 >= 2 && self.is_open(id)
    }

    fn is_speaker_word(&self, id: u32) -> bool {
        matches!(labels::known(self.keys[id as usize]), Known::Speaker(_))
    }

    /// Where nearly every paragraph has a name with a time, a name with a time is a speaker though it comes once.
    fn add_timed(&self, taken: &mut HashSet<u32>) {
        let names_are_sure = match self.family {
            Family::Colon | Family::LastCell => true,
            Family::TimeLine | Family::Below => !taken.is_empty(),
            _ => false,
        };
        if names_are_sure && self.timed >= 3 && f64::from(self.timed) >= 0.8 * f64::from(self.paragraphs.max(1)) {
            taken.extend(self.ids().filter(|&id| self.counts[id as usize].1 > 0 && self.is_open(id)));
        }
    }

    /// Counts paragraphs and turns if the labels of `taken` are speakers.
    fn verdict(&self, lines: &Lines<'_>, header: &Header, taken: &HashSet<u32>) -> Verdict {
        let target = |&id: &u32| if taken.contains(&id) { id } else { NO_LABEL };
        let speaker: Vec<u32> = self.counted_as.iter().map(target).collect();
        let (mut before, mut paragraphs, mut labelled, mut changes) = (0_u32, 0_u32, 0_u32, 0_u32);
        let (mut bare, mut last) = (false, NO_LABEL);
        for shape in lines.shapes.iter().skip(header.lines) {
            let label = label_of(self.family, shape);
            let who = if label == NO_LABEL { NO_LABEL } else { speaker[label as usize] };
            if who != NO_LABEL {
                labelled += 1;
                paragraphs += 1;
                changes += u32::from(last != who);
                (last, bare) = (who, shape.is_bare());
            } else if shape.has(OPENS) || (label != NO_LABEL && self.comes_again(label)) {
                // The words under a name on its own line are no paragraph without a label.
                let counted = u32::from(!bare);
                if labelled == 0 {
                    before += counted
                } else {
                    paragraphs += counted
                }
                bare = false;
            }
        }
        let speakers = taken.len();
        let share = f64::from(labelled) / f64::from(paragraphs.max(1));
        let share_of_all = f64::from(labelled) / f64::from((before + paragraphs).max(1));
        let enough = share_of_all >= 0.5 || share >= 0.8;
        let one_sided = speakers < 2 && share < 0.9;
        let alternates = f64::from(changes) >= 0.6 * f64::from(labelled);
        let strong = labelled >= 4 && alternates && self.is_strong(lines, taken);
        let told = taken.iter().any(|id| self.told.accept.contains(id)) || self.family == Family::Pattern;
        let taken_at_all = labelled >= 2 && ((enough && !one_sided) || strong) || (told && labelled > 0);
        Verdict {
            family: self.family,
            speaker,
            counted_as: self.counted_as.clone(),
            speakers,
            labelled,
            paragraphs,
            taken: taken_at_all,
            common: Vec::new(),
            rare: Vec::new(),
        }
    }

    /// Whether the labels are so clearly speakers that long answers of many paragraphs are believed.
    fn is_strong(&self, lines: &Lines<'_>, taken: &HashSet<u32>) -> bool {
        let raw = |id: &u32| lines.name_in(self.family, &lines.shapes[self.example[*id as usize] as usize]);
        match self.family {
            Family::Star | Family::Deposition => true,
            Family::Stop => taken.iter().filter(|id| labels::is_titled(raw(id))).count() >= 2,
            Family::TimeLine => taken.len() >= 2 && taken.iter().all(|&id| self.counts[id as usize].1 >= 2),
            _ => {
                let role = |id: &u32| match labels::known(self.keys[*id as usize]) {
                    Known::Speaker(role) => Some(role),
                    _ => None,
                };
                let roles: Vec<Role> = taken.iter().filter_map(role).collect();
                roles.len() >= 2 && roles.contains(&Role::Interviewer) && roles.iter().any(|r| *r != Role::Interviewer)
            }
        }
    }

    /// Labels left out that may be speakers: twice, or once if short and written like a name.
    fn rare(&self, lines: &Lines<'_>, taken: &HashSet<u32>) -> Vec<(u32, u32)> {
        let looks_named = |id: u32| {
            let raw = lines.name_in(self.family, &lines.shapes[self.example[id as usize] as usize]);
            raw.split_whitespace().count() <= 2 && raw.chars().next().is_some_and(|c| !c.is_lowercase())
        };
        self.top(
            self.ids()
                .filter(|&id| {
                    looks_named(id) && !taken.contains(&id) && !self.told.reject.contains(&id) && self.is_open(id)
                })
                .collect(),
        )
    }

    /// The commonest of some labels, with their counts.
    fn top(&self, mut ids: Vec<u32>) -> Vec<(u32, u32)> {
        ids.sort_by_key(|&id| (std::cmp::Reverse(self.counts[id as usize].0), id));
        ids.into_iter().take(12).map(|id| (id, self.counts[id as usize].0)).collect()
    }
}

/// Whether a text has the questions and answers of a deposition.
fn is_deposition(lines: &Lines<'_>) -> bool {
    let count = |kind| lines.shapes.iter().filter(|shape| shape.kind == kind).take(2).count();
    count(Kind::Qa) >= 2 || count(Kind::By) >= 1
}

/// How many paragraphs start with a time, and how many there are: for texts with times and no speakers.
pub(super) fn timed_paragraphs(lines: &Lines<'_>, header: &Header) -> (u32, u32) {
    let (mut timed, mut all) = (0, 0);
    for shape in lines.shapes.iter().skip(header.lines).filter(|shape| shape.has(OPENS)) {
        all += 1;
        timed += u32::from(shape.has(TIME_FIRST | UNDER_TIME));
    }
    (timed, all)
}

/// How many paragraphs start with a dash that may open speech, and how many there are.
pub(super) fn dashed_paragraphs(lines: &Lines<'_>, header: &Header) -> (u32, u32) {
    let (mut dashed, mut all, mut hyphens, mut questions) = (0_u32, 0_u32, 0_u32, 0_u32);
    for shape in lines.shapes.iter().skip(header.lines).filter(|shape| shape.has(OPENS)) {
        all += 1;
        if shape.has(super::shapes::DASHED) {
            let seen = lines.seen(shape);
            dashed += 1;
            hyphens += u32::from(seen.starts_with('-'));
            questions += u32::from(seen.contains(['?', '？', '؟']));
        }
    }
    // A list of points has hyphens too, but asks nothing.
    let is_list = hyphens * 2 > dashed && questions * 5 < dashed;
    (if is_list { 0 } else { dashed }, all)
}
