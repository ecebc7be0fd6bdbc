//! From lines and speakers to turns and stamps: where each turn starts and ends, what is label and what is said.

use super::accept::{Verdict, label_of};
use super::labels::NO_LABEL;
use super::layouts::Family;
use super::lines::Lines;
use super::shapes::{DASHED, Kind, NUMBERED, OPENS, Shape, TABBED, TIME_AFTER, TIME_FIRST};
use super::stamps::Token;
use super::{Stamp, Turn};
use crate::text::Text;
use crate::text::position::{Pos, Span};

/// A turn in bytes. `time` is an index among the lines' times.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) label: Option<(u32, u32)>,
    pub(super) body: (u32, u32),
    pub(super) speaker: u32,
    pub(super) time: u32,
    /// The chars of the name, if it has one, and whether it is the speaker's own and not a variant of it.
    pub(super) name: (u32, u32),
    pub(super) is_own_name: bool,
}

/// What the lines of the turns have in common; decides how the layout is called.
#[derive(Default, Debug)]
pub(super) struct Traits {
    pub(super) turns: usize,
    pub(super) numbered: usize,
    pub(super) time_first: usize,
    pub(super) tabbed: usize,
    pub(super) time_after: usize,
    pub(super) bare: usize,
    pub(super) name_after_time: usize,
    /// Lines with only a time, those of them right above a turn, and those with days.
    pub(super) times: usize,
    pub(super) times_above: usize,
    pub(super) days: usize,
}

/// Turns in bytes, in order.
#[derive(Default)]
pub(super) struct Built {
    pub(super) stretches: Vec<Stretch>,
    pub(super) traits: Traits,
}

/// How turns start.
pub(super) enum Plan<'a> {
    /// At lines with the label of a speaker.
    Labels(&'a Verdict),
    /// At lines with a dash.
    Dashes,
    /// At every paragraph; after blank lines only, if true.
    Paragraphs(bool),
}

impl Plan<'_> {
    /// Who starts to speak on a line: a label, or nobody known (`Some(NO_LABEL)`), or none.
    fn starts(&self, shape: &Shape, after_blank: bool) -> Option<u32> {
        match self {
            Self::Labels(verdict) => {
                let label = label_of(verdict.family, shape);
                let who = if label == NO_LABEL { NO_LABEL } else { verdict.speaker[label as usize] };
                (who != NO_LABEL).then_some(who)
            }
            Self::Dashes => shape.has(DASHED).then_some(NO_LABEL),
            Self::Paragraphs(spaced) => (shape.has(OPENS) && (after_blank || !spaced)).then_some(NO_LABEL),
        }
    }

    fn family(&self) -> Option<Family> {
        match self {
            Self::Labels(verdict) => Some(verdict.family),
            _ => None,
        }
    }
}

/// Builds the turns of the lines from `from` on.
pub(super) fn build(lines: &Lines<'_>, from: usize, plan: &Plan<'_>) -> Built {
    let mut traits = times_above(lines, from, plan);
    // Where nearly every time stands above a turn, a time with none below it ends the turn before it; elsewhere a time
    // on a line of its own stays in the turn that it is in.
    let structural = traits.times >= 3 && traits.times_above * 10 >= traits.times * 8;
    let mut walk =
        Walk { lines, plan, structural, stretches: Vec::new(), open: None, last_end: 0, above: None, asks: None };
    let mut after_blank = true;
    for (index, shape) in lines.shapes.iter().enumerate().skip(from) {
        if shape.kind == Kind::Blank {
            after_blank = true;
            continue;
        }
        walk.line(index, shape, after_blank, &mut traits);
        after_blank &= matches!(shape.kind, Kind::Time | Kind::Meta);
    }
    walk.close();
    traits.turns = walk.stretches.len();
    Built { stretches: walk.stretches, traits }
}

/// Counts the lines with only a time, and those right above a turn.
fn times_above(lines: &Lines<'_>, from: usize, plan: &Plan<'_>) -> Traits {
    let mut traits = Traits::default();
    let mut waiting = false;
    for shape in lines.shapes.iter().skip(from) {
        match shape.kind {
            Kind::Time => {
                traits.times += 1;
                traits.days += usize::from(lines.times[shape.time as usize].parts == 4);
                waiting = true;
            }
            Kind::Blank | Kind::Meta | Kind::By | Kind::Number => {}
            _ => {
                traits.times_above += usize::from(waiting && plan.starts(shape, false).is_some());
                waiting = false;
            }
        }
    }
    traits
}

/// Lines between turns that belong to the turn below them, if one follows.
struct Above {
    start: u32,
    visible: u32,
    end: u32,
    time: u32,
    /// Set if they end the turn before them in any case.
    parts: bool,
}

struct Walk<'a> {
    lines: &'a Lines<'a>,
    plan: &'a Plan<'a>,
    structural: bool,
    stretches: Vec<Stretch>,
    open: Option<Stretch>,
    last_end: u32,
    above: Option<Above>,
    /// Who asks in a deposition, since the last `BY MR. SMITH:`; the label and its chars.
    asks: Option<(u32, (u32, u32))>,
}

impl Walk<'_> {
    fn line(&mut self, index: usize, shape: &Shape, after_blank: bool, traits: &mut Traits) {
        let deposition = self.plan.family() == Some(Family::Deposition);
        if deposition && shape.kind == Kind::Number {
            return;
        }
        if self.stands_above(index, shape) {
            let parts = matches!(shape.kind, Kind::By | Kind::Head);
            if shape.kind == Kind::By {
                self.asks = Some((shape.label, shape.name));
            }
            let above = self.above.get_or_insert(Above {
                start: shape.start,
                visible: shape.visible,
                end: shape.end,
                time: u32::MAX,
                parts,
            });
            above.end = shape.end;
            above.parts |= parts;
            if shape.time != u32::MAX {
                above.time = shape.time;
            }
            return;
        }
        if let Some(who) = self.plan.starts(shape, after_blank) {
            self.start(shape, who, traits);
        } else if let Some(above) = self.above.take()
            && (above.parts || (self.structural && above.time != u32::MAX))
        {
            // A time without a name: somebody speaks, and the text does not say who.
            self.close();
            if !above.parts {
                self.open = Some(Stretch {
                    start: above.start,
                    end: shape.end,
                    label: Some((above.visible, above.end)),
                    body: (shape.visible, 0),
                    speaker: NO_LABEL,
                    time: above.time,
                    name: (0, 0),
                    is_own_name: false,
                });
            }
        }
        self.last_end = shape.end;
    }

    /// Whether a line is not said and belongs to the turn below it, if there is one.
    fn stands_above(&self, index: usize, shape: &Shape) -> bool {
        let next_is_time = || self.lines.shapes.get(index + 1).is_some_and(|next| next.kind == Kind::Time);
        match shape.kind {
            Kind::Time | Kind::Meta | Kind::By => true,
            Kind::Head => self.plan.family() == Some(Family::Star),
            Kind::Number => next_is_time(),
            // `# a remark` between a time and its turn.
            _ => {
                self.structural
                    && self.above.as_ref().is_some_and(|above| above.time != u32::MAX)
                    && self.lines.seen(shape).starts_with("# ")
            }
        }
    }

    fn start(&mut self, shape: &Shape, who: u32, traits: &mut Traits) {
        self.close();
        let above = self.above.take();
        let family = self.plan.family();
        let (mut head, mut tail) = (shape.head, 0);
        match (family, self.plan) {
            (Some(Family::LastCell), _) => (head, tail) = (self.after_time(shape), shape.tail),
            (_, Plan::Dashes) if shape.kind != Kind::Dash => head = self.after_dash(shape),
            (_, Plan::Paragraphs(_)) if !shape.has(DASHED) => head = shape.visible,
            (_, Plan::Paragraphs(_)) => head = self.after_dash(shape),
            _ => {}
        }
        let heading = (above.as_ref().map_or(shape.visible, |above| above.visible), head);
        let mut label = Some(self.lines.trimmed(heading.0, heading.1)).filter(|label| label.0 < label.1);
        if let Some(label) = &mut label {
            label.0 = heading.0;
        }
        let asks = self.asks.filter(|_| self.lines.name(shape) == "Q");
        let (speaker, name) = asks.unwrap_or_else(|| {
            let named = family.filter(|_| who != NO_LABEL);
            (who, named.map_or((0, 0), |family| self.lines.name_range(family, shape)))
        });
        let own = shape.time;
        let time = if own == u32::MAX { above.as_ref().map_or(own, |above| above.time) } else { own };
        self.open = Some(Stretch {
            start: above.as_ref().map_or(shape.start, |above| above.start),
            end: shape.end,
            label,
            body: (head, tail),
            speaker,
            time,
            name,
            is_own_name: asks.is_some() || family.is_some_and(|family| label_of(family, shape) == who),
        });
        traits.numbered += usize::from(shape.has(NUMBERED));
        traits.time_first += usize::from(shape.has(TIME_FIRST));
        traits.tabbed += usize::from(shape.has(TABBED));
        traits.time_after += usize::from(shape.has(TIME_AFTER));
        traits.bare += usize::from(shape.is_bare());
        traits.name_after_time += usize::from(shape.kind == Kind::TimeName);
    }

    /// Ends the open turn after the last line that has words.
    fn close(&mut self) {
        if let Some(mut turn) = self.open.take() {
            let (_, said_to) = turn.body;
            let end = self.last_end.max(turn.end);
            turn.body = self.lines.trimmed(turn.body.0, if said_to > 0 { said_to } else { end });
            turn.end = end.max(turn.body.1);
            self.stretches.push(turn);
        }
    }

    fn after_time(&self, shape: &Shape) -> u32 {
        let from = self.lines.times.get(shape.time as usize).map_or(shape.visible, |token| token.end as u32);
        self.lines.trimmed(from, shape.tail.max(from)).0
    }

    /// Past the dash at the start of a line, and what stands before it.
    fn after_dash(&self, shape: &Shape) -> u32 {
        let seen = self.lines.seen(shape);
        let dash = seen.find(['–', '—', '―', '‒', '-']).unwrap_or(0);
        let length = seen[dash..].chars().next().map_or(0, char::len_utf8);
        self.lines.trimmed(shape.visible + (dash + length) as u32, shape.end).0
    }
}

/// The turns in chars. `speakers` gives each label's place among the speakers.
pub(super) fn turns(text: &Text, built: &Built, times: &[Token], stamps: &[Stamp], speakers: &[u32]) -> Vec<Turn> {
    let mut chars = Chars::new(text);
    let mut before = stamps.iter().peekable();
    let mut nearest: Option<i64> = None;
    let turns = built.stretches.iter().map(|stretch| {
        // Positions rise within a turn and from turn to turn, so that each char is counted once.
        let start = chars.at(stretch.start);
        let label = stretch.label.map(|(from, to)| Span { start: chars.at(from), end: chars.at(to) });
        let body = Span { start: chars.at(stretch.body.0), end: chars.at(stretch.body.1) };
        let span = Span { start, end: chars.at(stretch.end) };
        while let Some(stamp) = before.next_if(|stamp| stamp.span.start < start) {
            nearest = Some(stamp.ms);
        }
        let own = times.get(stretch.time as usize).map(|token| token.ms);
        Turn {
            span,
            label,
            body,
            speaker: speakers.get(stretch.speaker as usize).copied().filter(|&s| s != NO_LABEL),
            time: own.or(nearest).and_then(|ms| u32::try_from(ms).ok()),
        }
    });
    turns.collect()
}

/// The stamps in chars: the sure ones and those of `weak` that stand in labels or above turns.
pub(super) fn stamps(text: &Text, sure: &[Token], weak: &[Token], from: u32) -> Vec<Stamp> {
    let mut all: Vec<Token> = sure.iter().chain(weak).filter(|token| token.start >= from as usize).copied().collect();
    if !weak.is_empty() {
        all.sort_by_key(|token| (token.start, !token.sure));
    }
    let mut chars = Chars::new(text);
    let mut free = 0;
    all.retain(|token| {
        let fits = token.start >= free;
        if fits {
            free = token.end;
        }
        fits
    });
    let stamp = |token: &Token| {
        let start = chars.at(token.start as u32);
        Stamp { span: Span { start, end: chars.at(token.end as u32) }, ms: token.ms }
    };
    all.iter().map(stamp).collect()
}

/// Turns rising byte positions into chars in one walk through the text.
struct Chars<'a> {
    words: &'a [u8],
    ascii: bool,
    byte: usize,
    pos: u32,
}

impl<'a> Chars<'a> {
    fn new(text: &'a Text) -> Self {
        let words = text.as_str().as_bytes();
        Self { words, ascii: text.chars() as usize == words.len(), byte: 0, pos: 0 }
    }

    /// The char that starts at `byte`; asked in rising order, else from the start again.
    fn at(&mut self, byte: u32) -> Pos {
        let byte = byte as usize;
        if self.ascii {
            return Pos(byte as u32);
        }
        if byte < self.byte {
            (self.byte, self.pos) = (0, 0);
        }
        self.pos += self.words[self.byte..byte].iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32;
        self.byte = byte;
        Pos(self.pos)
    }
}
