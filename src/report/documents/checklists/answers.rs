//! What the records of a project say to the items of checklists, each answer with where it comes from.

use super::super::{Sheaf, counted};
use crate::findings::basis::Asked;
use crate::findings::check_again::check_again;
use crate::findings::figures::figures;
use crate::findings::queue::queue_of;
use crate::findings::quotes::quotes_of;
use crate::findings::themes::{Standing, What, themes};
use crate::findings::verdict::{listed, number_or_dash};
use crate::project::case::{AttributeKind, Bearer};
use crate::project::codebook::Origin;
use crate::project::id::{CaseId, CoderId};
use crate::project::memo::MemoKind;
use crate::project::source::SourceKind;
use crate::project::study::Sign;
use crate::project::view::Whose;
use crate::table::thousands;
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Something a project may know.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub(super) enum Known {
    Title,
    Size,
    Attributes,
    Dates,
    Repeats,
    Notes,
    Length,
    Corrections,
    Coders,
    Coding,
    Rounds,
    Decisions,
    Checks,
    Trail,
    Tree,
    Origins,
    Cycles,
    Software,
    Reflexive,
    Quotations,
    Stances,
    MajorThemes,
    MinorThemes,
}

/// An answer.
pub(super) struct Answer {
    /// What is known.
    pub(super) words: String,
    /// Where it comes from.
    pub(super) from: String,
}

/// What the project says, counted when it is asked.
pub(super) struct Answers<'a> {
    sheaf: &'a Sheaf<'a>,
    themes: OnceCell<Vec<Standing>>,
    rounds: OnceCell<Option<String>>,
}

impl<'a> Answers<'a> {
    pub(super) const fn new(sheaf: &'a Sheaf<'a>) -> Self {
        Self { sheaf, themes: OnceCell::new(), rounds: OnceCell::new() }
    }

    /// What the project says to something; `None` if nothing.
    pub(super) fn to(&self, known: Known) -> Option<Answer> {
        let (words, from) = match known {
            Known::Title => (self.sheaf.view.study()?.title.clone(), "the project's title"),
            Known::Size => (self.size()?, "cases, participants and sources"),
            Known::Attributes => (self.attributes()?, "attributes"),
            Known::Dates => (self.dates()?, "the days of sources"),
            Known::Repeats => (self.repeats()?, "sources and waves"),
            Known::Notes => (self.notes()?, "kinds of sources"),
            Known::Length => (self.length()?, "texts of sources"),
            Known::Corrections => (self.corrections()?, "versions of texts"),
            Known::Coders => (self.coders()?, "codings"),
            Known::Coding => (self.coding()?, "the working set"),
            Known::Rounds => {
                (self.rounds.get_or_init(|| self.count_rounds()).clone()?, "rounds and reveals; methods.md")
            }
            Known::Decisions => (self.decisions()?, "decisions; decisions.csv"),
            Known::Checks => (self.checks()?, "wordings and checks"),
            Known::Trail => (self.trail()?, "audit.md"),
            Known::Tree => (self.tree()?, "the codebook; codebook.md"),
            Known::Origins => (self.origins()?, "origins of codes"),
            Known::Cycles => (self.cycles()?, "cycles; cycles.md"),
            Known::Software => (format!("Emic {}.", self.sheaf.version), "this program"),
            Known::Reflexive => (self.reflexive()?, "shared memos"),
            Known::Quotations => (self.quotations()?, "quotations in shared memos; fields allowed for publication"),
            Known::Stances => (self.stances()?, "themes; themes.md"),
            Known::MajorThemes => (self.named_themes(true)?, "themes; themes.md"),
            Known::MinorThemes => (self.named_themes(false)?, "themes; themes.md"),
        };
        Some(Answer { words, from: from.to_owned() })
    }

    fn size(&self) -> Option<String> {
        let view = &self.sheaf.view;
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for case in view.cases() {
            *kinds.entry(case.kind.trim().to_owned()).or_default() += 1;
        }
        let noun = |kind: &str| if kind.is_empty() { "case".to_owned() } else { kind.to_owned() };
        let mut parts: Vec<String> = kinds.iter().map(|(kind, n)| counted(*n, &noun(kind))).collect();
        let people = view.participants().count();
        if people > 0 {
            parts.push(counted(people, "participant"));
        }
        let mut texts: Vec<String> = Vec::new();
        for kind in SourceKind::ALL {
            let n = view.sources().iter().filter(|source| source.kind == kind).count();
            let noun = if kind == SourceKind::Other { "other text" } else { kind.name() };
            if n > 0 {
                texts.push(counted(n, noun));
            }
        }
        parts.append(&mut texts);
        (!parts.is_empty()).then(|| format!("{}.", listed(&parts)))
    }

    fn attributes(&self) -> Option<String> {
        let view = &self.sheaf.view;
        let cases = view.cases();
        let mut parts: Vec<String> = Vec::new();
        for attribute in view.attributes() {
            let few = matches!(
                attribute.kind,
                AttributeKind::Choice | AttributeKind::Choices | AttributeKind::YesNo | AttributeKind::Text
            );
            if !few || attribute.of != Bearer::Case || attribute.by_wave || attribute.follows.is_some() {
                continue;
            }
            let mut values: BTreeMap<&str, usize> = BTreeMap::new();
            let known = cases.iter().filter_map(|case| view.value_of(case.id, attribute.id));
            for value in known.flat_map(str::lines).map(str::trim).filter(|value| !value.is_empty()) {
                *values.entry(value).or_default() += 1;
            }
            // Free words, each said once, describe single cases, not the sample.
            if values.is_empty() || values.len() > 8 {
                continue;
            }
            let said: Vec<String> = values.iter().map(|(value, n)| format!("{value} ({n})")).collect();
            parts.push(format!("{}: {}", attribute.name, said.join(", ")));
        }
        (!parts.is_empty()).then(|| format!("Of {}: {}.", counted(cases.len(), "case"), parts.join("; ")))
    }

    fn dates(&self) -> Option<String> {
        let days: Vec<_> = self.sheaf.view.sources().iter().filter_map(|source| source.collected).collect();
        let (first, last) = (days.iter().min()?, days.iter().max()?);
        let day = |day: &jiff::civil::Date| day.strftime("%-d %B %Y").to_string();
        let of = self.sheaf.view.sources().len();
        let unknown = match of - days.len() {
            0 => String::new(),
            n => format!(" ({n} of {of} sources without a day)"),
        };
        Some(format!("Collected from {} to {}{unknown}.", day(first), day(last)))
    }

    fn repeats(&self) -> Option<String> {
        let view = &self.sheaf.view;
        let several = |case: CaseId| {
            view.sources_of(Some(case)).iter().filter(|source| source.kind == SourceKind::Interview).count() > 1
        };
        let (cases, waves) = (view.cases(), view.waves());
        if cases.is_empty() {
            return None;
        }
        let n = cases.iter().filter(|case| several(case.id)).count();
        let waves = match waves.len() {
            0 => "no waves of collection are recorded".to_owned(),
            _ => format!("waves: {}", waves.iter().map(|wave| wave.name.as_str()).collect::<Vec<_>>().join(", ")),
        };
        let have = if n == 1 { "has" } else { "have" };
        Some(format!("{n} of {} {have} more than one interview; {waves}.", counted(cases.len(), "case")))
    }

    fn notes(&self) -> Option<String> {
        let sources = self.sheaf.view.sources();
        let of = |kind| sources.iter().filter(|source| source.kind == kind).count();
        let notes = [SourceKind::FieldNote, SourceKind::SiteVisitorNote].map(|kind| (of(kind), kind.name()));
        let parts: Vec<String> = notes.iter().filter(|(n, _)| *n > 0).map(|(n, name)| counted(*n, name)).collect();
        (!parts.is_empty()).then(|| format!("{} among the sources.", listed(&parts)))
    }

    fn length(&self) -> Option<String> {
        let view = &self.sheaf.view;
        let sources = view.sources();
        let interviews = sources.iter().filter(|source| source.kind == SourceKind::Interview);
        let mut words: Vec<u32> = interviews.filter_map(|source| Some(view.version(source.id)?.words)).collect();
        words.sort_unstable();
        let (least, most) = (words.first()?, words.last()?);
        let middle = words[words.len() / 2];
        let [least, middle, most] = [*least, middle, *most].map(|n| thousands(n.into()));
        Some(format!("{} of {least} to {most} words (median {middle}).", counted(words.len(), "interview")))
    }

    fn corrections(&self) -> Option<String> {
        let view = &self.sheaf.view;
        let n = view.sources().iter().filter(|source| source.version > 1).count();
        (n > 0).then(|| format!("{} corrected after import; every version is kept.", counted(n, "text")))
    }

    fn coders(&self) -> Option<String> {
        let view = self.sheaf.view.showing(Whose::Everybody);
        let coded: BTreeSet<CoderId> = view.codings().map(|seen| seen.coding.coder).collect();
        let who: Vec<String> = coded
            .iter()
            .map(|id| match view.coder_of(*id).map(|coder| coder.name.trim()).filter(|name| !name.is_empty()) {
                Some(name) => format!("{name} ({})", view.initials(*id)),
                None => view.initials(*id).to_owned(),
            })
            .collect();
        (!who.is_empty()).then(|| format!("{}: {}.", counted(who.len(), "coder"), listed(&who)))
    }

    fn coding(&self) -> Option<String> {
        let counted_ones = &self.sheaf.working.counted;
        let sources: HashSet<_> = counted_ones.iter().map(|one| one.source).collect();
        let passages = counted(counted_ones.len(), "passage");
        (!counted_ones.is_empty()).then(|| {
            let of = self.sheaf.view.sources().len();
            format!("{passages} coded in {} of {}.", sources.len(), counted(of, "source"))
        })
    }

    fn count_rounds(&self) -> Option<String> {
        let view = &self.sheaf.view;
        let mut parts: Vec<String> = Vec::new();
        for round in view.rounds() {
            let Ok(figures) = figures(view, round.id, &Asked::default(), self.sheaf.texts) else { continue };
            let alpha = number_or_dash(figures.pooled.unit.as_ref().and_then(|alpha| alpha.value));
            parts.push(format!(
                "{}: {} of {} coded independently by {}, Krippendorff's alpha {alpha}",
                round.name,
                figures.basis.cases.len(),
                counted(view.cases().len(), "case"),
                listed(&figures.coders.iter().map(|coder| view.initials(*coder).to_owned()).collect::<Vec<_>>()),
            ));
        }
        (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
    }

    fn decisions(&self) -> Option<String> {
        let view = &self.sheaf.view;
        let mut parts: Vec<String> = Vec::new();
        for round in view.rounds() {
            let Ok(queue) = queue_of(view, round.id) else { continue };
            let progress = queue.progress();
            if progress.of > 0 {
                parts.push(format!("{}: {} of {} disagreements decided", round.name, progress.decided, progress.of));
            }
        }
        (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
    }

    fn checks(&self) -> Option<String> {
        let view = &self.sheaf.view;
        let changed = view.all_wordings().iter().filter(|wording| wording.meaning).count();
        if changed == 0 && view.checks().is_empty() {
            return None;
        }
        let left: usize = check_again(view).iter().map(|list| list.of.saturating_sub(list.checked)).sum();
        let left = if left == 0 { "none is left".to_owned() } else { format!("{left} are left") };
        Some(format!(
            "{} changed a code's meaning; {} against the new wording, {left}.",
            counted(changed, "wording"),
            match view.checks().len() {
                1 => "1 earlier coding was checked".to_owned(),
                n => format!("{} earlier codings were checked", thousands(n as u64)),
            }
        ))
    }

    fn trail(&self) -> Option<String> {
        let n = super::super::audit::deeds(self.sheaf).len();
        (n > 0).then(|| format!("An audit trail of {} with date and person.", counted(n, "entry")))
    }

    fn tree(&self) -> Option<String> {
        let view = &self.sheaf.view;
        let entries = &self.sheaf.book.entries;
        let deepest = entries.iter().map(|entry| entry.depth).max()? + 1;
        let nodes = || entries.iter().filter_map(|entry| view.code(entry.code));
        let headings = nodes().filter(|node| node.code.heading).count();
        let undefined = nodes().filter(|node| !node.code.heading && node.wording.is_none()).count();
        let levels = counted(usize::from(deepest), "level");
        let mut out = format!("{} on {levels}", counted(entries.len(), "code"));
        if headings > 0 {
            out.push_str(&format!(", {headings} of them headings only"));
        }
        if undefined > 0 {
            out.push_str(&format!("; {undefined} without a definition"));
        }
        Some(out + ".")
    }

    fn origins(&self) -> Option<String> {
        let view = &self.sheaf.view;
        let nodes: Vec<_> = self.sheaf.book.entries.iter().filter_map(|entry| view.code(entry.code)).collect();
        let of = |origin| nodes.iter().filter(|node| !node.code.heading && node.code.origin == origin).count();
        let parts: Vec<String> = Origin::ALL
            .iter()
            .map(|origin| (of(*origin), origin.name()))
            .filter(|(n, _)| *n > 0)
            .map(|(n, name)| format!("{n} {name}"))
            .collect();
        (!parts.is_empty()).then(|| format!("Codes: {}.", listed(&parts)))
    }

    fn cycles(&self) -> Option<String> {
        let cycles = self.sheaf.view.cycles();
        let said = |cycle: &&std::sync::Arc<crate::project::cycle::Cycle>| {
            format!("{} ({}, {})", cycle.name, self.sheaf.day(cycle.at), counted(cycle.codes.len(), "code"))
        };
        let parts: Vec<String> = cycles.iter().map(said).collect();
        (!parts.is_empty()).then(|| format!("{} of analysis: {}.", counted(parts.len(), "cycle"), parts.join("; ")))
    }

    fn reflexive(&self) -> Option<String> {
        let memos = self.sheaf.view.memos();
        let n = memos.filter(|memo| memo.shared && memo.kind == MemoKind::Reflexive).count();
        (n > 0).then(|| format!("{} on the researchers' part.", counted(n, "shared reflexive memo")))
    }

    fn quotations(&self) -> Option<String> {
        let view = &self.sheaf.view;
        let n: usize = view.memos().filter(|memo| memo.shared).map(|memo| quotes_of(view, memo).len()).sum();
        if n == 0 {
            return None;
        }
        let study = view.study()?;
        let sign = |sign: &Sign| match sign {
            Sign::Pseudonym => "pseudonym".to_owned(),
            Sign::Role => "role".to_owned(),
            Sign::Attribute(id) => view.attribute(*id).map_or_else(String::new, |attribute| attribute.name.clone()),
            Sign::Case => "case".to_owned(),
            Sign::CaseKind => "kind of case".to_owned(),
        };
        let signs: Vec<String> = study.signature.iter().map(sign).filter(|sign| !sign.is_empty()).collect();
        let signed = if signs.is_empty() {
            "; no field is allowed for publication".to_owned()
        } else {
            format!(", signed by {}", listed(&signs))
        };
        Some(format!("{} in shared memos{signed}.", counted(n, "quotation")))
    }

    fn all_themes(&self) -> &[Standing] {
        self.themes.get_or_init(|| themes(&self.sheaf.view, &self.sheaf.book, &self.sheaf.working))
    }

    fn stances(&self) -> Option<String> {
        let with = |one: &&Standing| one.items.iter().any(|held| matches!(held.what, What::Extract { .. }));
        let parts: Vec<String> = self
            .all_themes()
            .iter()
            .filter(with)
            .map(|one| {
                let [supports, qualifies, contradicts] = one.stances();
                format!(
                    "{}: {supports} support it, {qualifies} qualify it, {contradicts} contradict it",
                    one.theme.name
                )
            })
            .collect();
        (!parts.is_empty()).then(|| format!("Extracts held by themes: {}.", parts.join("; ")))
    }

    fn named_themes(&self, top: bool) -> Option<String> {
        let here = |one: &&Standing| (one.depth == 0) == top;
        let names: Vec<&str> = self.all_themes().iter().filter(here).map(|one| one.theme.name.as_str()).collect();
        let which = if top { "at the top" } else { "under others" };
        (!names.is_empty()).then(|| format!("{} {which}: {}.", counted(names.len(), "theme"), names.join("; ")))
    }
}
