//! What is told of the chosen row: a code with all it means and meant, a theme with what it holds, what became of the
//! codebook from one cycle to another.

use super::draw::detail_area;
use super::lists::stance_role;
use super::{BookView, Go, Target, Told};
use crate::findings::book::Uses;
use crate::findings::cycles::{Change, Changed, in_words, of_meaning};
use crate::findings::themes::{Held, Standing, What};
use crate::project::codebook::Wording;
use crate::project::id::{CodeId, CycleId, MemoId};
use crate::project::reshaping::Reshaping;
use crate::project::theme::Stance;
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::rounds::words::{counted, day};
use crate::screen::views::sheet::{self, Line, labelled, wrapped};
use std::sync::Arc;

const LABEL: u16 = 14;

pub(super) fn lines(app: &App) -> Vec<Told> {
    let width = detail_area(app).width.saturating_sub(2).min(100);
    let mut page = Page { app, state: &app.book, view: app.study.view(), width, out: Vec::new() };
    match app.book.target() {
        Some(Target::Code(code)) => page.code(code),
        Some(Target::Theme(id)) => {
            if let Some(one) = app.book.themes.iter().find(|one| one.theme.id == id) {
                page.theme(one);
            }
        }
        Some(Target::Item(id, item)) => {
            let one = app.book.themes.iter().find(|one| one.theme.id == id);
            if let Some((one, held)) = one.and_then(|one| Some((one, one.items.iter().find(|held| held.item == item)?)))
            {
                page.item(one, held);
            }
        }
        Some(Target::Cycle(_) | Target::Now) => page.cycles(),
        None => {}
    }
    let numbered = page.out.into_iter().enumerate();
    numbered.map(|(n, (line, go))| (line.leading_to(n), go)).collect()
}

struct Page<'a> {
    app: &'a App,
    state: &'a BookView,
    view: View<'a>,
    width: u16,
    out: Vec<Told>,
}

impl Page<'_> {
    fn gap(&mut self) {
        if self.out.last().is_some_and(|(line, _)| !line.parts.is_empty()) {
            self.out.push((Line::gap(), None));
        }
    }

    fn say(&mut self, x: u16, words: &str, role: Role, go: Option<Go>) {
        let lines = wrapped(&self.app.styles, x, self.width.saturating_sub(x), words, role);
        self.out.extend(lines.into_iter().map(|line| (line, go)));
    }

    fn label(&mut self, label: &str, words: &str) {
        let lines = labelled(&self.app.styles, (1, LABEL, self.width), label, words);
        self.out.extend(lines.into_iter().map(|line| (line, None)));
    }

    fn head(&mut self, words: &str) {
        self.gap();
        self.out.push((Line::of(&self.app.styles, 1, self.width, words, Role::Heading), None));
    }

    /// A name, with a few words beside it.
    fn title(&mut self, name: &str, beside: &str) {
        let styles = &self.app.styles;
        let wide = sheet::width_of(name).min(self.width.saturating_sub(sheet::width_of(beside) + 3));
        let line = Line::of(styles, 1, wide, name, Role::Strong);
        self.out.push((line.with(styles, wide + 3, self.width.saturating_sub(wide + 3), beside, Role::Dim), None));
    }

    fn uses(&self, uses: &Uses) -> String {
        if uses.passages == 0 {
            return "no passage".to_owned();
        }
        format!(
            "{} in {} of {}",
            counted(uses.passages as u64, "passage"),
            counted(uses.sources as u64, "source"),
            counted(uses.cases as u64, "case")
        )
    }

    fn code(&mut self, code: CodeId) {
        let Some(node) = self.view.code(code) else { return };
        let entry = self.state.book.get(code);
        let heading = if node.code.heading { format!(" {} heading only", self.app.glyphs.dot) } else { String::new() };
        self.title(&node.code.name, &format!("{}{heading}", node.code.origin.name()));
        if let Some(entry) = entry {
            if !node.code.heading {
                self.label("Own", &self.uses(&entry.own));
            }
            if entry.has_below {
                self.label("With below", &self.uses(&entry.all));
            }
        }
        self.gap();
        match &node.wording {
            Some(wording) => self.wording(wording),
            None => self.say(1, "To be defined; d words it.", Role::Dim, None),
        }
        let wordings = self.view.wordings(code);
        if !wordings.is_empty() {
            self.head("WORDINGS");
        }
        for wording in wordings.iter().rev() {
            let now = node.wording.as_ref().is_some_and(|now| now.id == wording.id);
            self.worded(wording, if now { Role::Text } else { Role::Dim });
            if !now && !wording.definition.is_empty() {
                self.say(5, &wording.definition, Role::Dim, None);
            }
        }
        let memos = entry.map(|entry| entry.memos.clone()).unwrap_or_default();
        self.memos(&memos);
        let holding: Vec<&Standing> = self.state.themes.iter().filter(|one| holds(one, code)).collect();
        if !holding.is_empty() {
            self.head("THEMES");
        }
        for one in holding {
            self.say(1, &one.theme.name, Role::Link, Some(Go::Theme(one.theme.id)));
        }
    }

    fn wording(&mut self, wording: &Wording) {
        self.say(1, &wording.definition, Role::Text, None);
        for (label, words, role) in [("use", &wording.use_when, Role::Use), ("not", &wording.not_when, Role::Not)] {
            if words.is_empty() {
                continue;
            }
            let styles = &self.app.styles;
            let mut lines: Vec<Line<usize>> = wrapped(styles, 6, self.width.saturating_sub(6), words, Role::Text);
            if let Some(first) = lines.first_mut() {
                first.parts.insert(0, sheet::Part { x: 1, width: 4, words: label.into(), style: styles.style(role) });
            }
            self.out.extend(lines.into_iter().map(|line| (line, None)));
        }
        if !wording.example.is_empty() {
            let words = self.quoted(&wording.example);
            self.say(1, &words, Role::Quote, None);
        }
    }

    /// When, by whom and why a code was worded so.
    fn worded(&mut self, wording: &Wording, role: Role) {
        let reason = if wording.reason.is_empty() { String::new() } else { format!(": {}", wording.reason) };
        let dot = self.app.glyphs.dot;
        let (day, by) = (day(self.app, wording.at), self.view.initials(wording.by));
        self.say(3, &format!("{day} {by} {dot} {}{reason}", of_meaning(wording)), role, None);
    }

    fn quoted(&self, words: &str) -> String {
        format!("{}{words}{}", self.app.glyphs.quote_open, self.app.glyphs.quote_close)
    }

    fn memos(&mut self, memos: &[MemoId]) {
        if !memos.is_empty() {
            self.head("MEMOS");
        }
        let view = self.view;
        for memo in memos.iter().filter_map(|id| view.memo(*id)) {
            let line = format!("{} {}", self.app.glyphs.memo, memo.title());
            let beside = format!("  {} {}", memo.kind.name(), self.view.initials(memo.coder));
            self.say(1, &format!("{line}{beside}"), Role::Link, Some(Go::Memo(memo.id)));
        }
    }

    fn theme(&mut self, one: &Standing) {
        self.title(&one.theme.name, "theme");
        if one.theme.description.is_empty() {
            self.say(1, "Nothing is said of it yet; d does.", Role::Dim, None);
        } else {
            let words = one.theme.description.clone();
            self.say(1, &words, Role::Text, None);
        }
        self.gap();
        if one.items.is_empty() {
            self.say(
                1,
                "It holds nothing yet: C puts codes in, R rows; gi in the text and T in a list of passages put \
                         extracts in.",
                Role::Dim,
                None,
            );
        }
        if one.items.iter().any(|held| matches!(held.what, What::Code { .. })) {
            self.label("Its codes", &self.uses(&one.uses));
        }
        let stances: Vec<String> = Stance::ALL
            .iter()
            .zip(one.stances())
            .filter(|(_, n)| *n > 0)
            .map(|(stance, n)| format!("{} {n}", stance.name()))
            .collect();
        if !stances.is_empty() {
            self.label("Extracts", &stances.join(", "));
        }
        let cycles: Vec<String> = {
            let top = self.view.cycles().into_iter().filter(|cycle| cycle.top == Some(one.theme.id));
            top.map(|cycle| format!("“{}”", cycle.name)).collect()
        };
        if !cycles.is_empty() {
            self.label("Top theme of", &cycles.join(", "));
        }
        self.memos(&one.memos);
    }

    fn item(&mut self, one: &Standing, held: &Held) {
        let kind = match &held.what {
            What::Code { code, uses } => {
                let (path, uses) = (self.view.codebook().path(*code), self.uses(uses));
                self.title(&path, "code");
                self.label("With below", &uses);
                if let Some(wording) = self.view.code(*code).and_then(|node| node.wording.clone()) {
                    self.gap();
                    self.wording(&wording);
                }
                "code"
            }
            What::Row { name, .. } => {
                self.title(name, "row");
                "row"
            }
            What::Extract { coding, code, at, now, stance } => {
                let source = self.view.source(at.source);
                let case = source.and_then(|source| self.view.case(source.case?)).map(|case| case.name.clone());
                let name = source.map_or_else(|| "a source that is gone".to_owned(), |source| source.name.clone());
                let place = case.into_iter().chain([name]).collect::<Vec<_>>().join(", ");
                self.say(1, stance.name(), stance_role(*stance), None);
                let words = self.state.words.get(coding).map_or("its text is being read", String::as_str);
                let words = self.quoted(words);
                self.say(1, &words, Role::Quote, Some(Go::Passage(at.source, now.start)));
                self.gap();
                self.label("From", &place);
                self.label("Code", self.view.code_name(*code));
                "extract"
            }
        };
        self.gap();
        match held.note.is_empty() {
            true => self.say(1, &format!("No note on why the {kind} is held; c writes one."), Role::Dim, None),
            false => self.label("Note", &held.note.clone()),
        }
        self.label("Theme", &one.theme.name.clone());
    }

    fn cycles(&mut self) {
        if let Some(Target::Cycle(id)) = self.state.target()
            && self.state.marked.len() < 2
        {
            self.cycle(id);
        }
        let Some(difference) = self.state.difference() else {
            self.say(1, "F freezes the codebook as it stands; what became of it since is told here.", Role::Dim, None);
            return;
        };
        let [a, b] = &difference.between;
        self.title(&format!("{a} {} {b}", self.app.glyphs.leads_to), &self.sizes(difference.codes));
        self.gap();
        if difference.changed.is_empty() {
            self.say(1, "No code changed.", Role::Dim, None);
        }
        for changed in &difference.changed {
            self.changed(changed);
        }
        if !difference.recounted.is_empty() {
            self.head("AS THEY WERE, WITH OTHER COUNTS");
        }
        for changed in &difference.recounted {
            let words = format!("{}  {}", changed.name, self.counts(changed));
            self.say(1, &words, Role::Text, Some(Go::Code(changed.code)));
        }
    }

    fn sizes(&self, [then, later]: [usize; 2]) -> String {
        format!("{} then, {later} later", counted(then as u64, "code"))
    }

    fn cycle(&mut self, id: CycleId) {
        let Some(cycle) = self.view.cycle(id) else { return };
        let (day, by) = (day(self.app, cycle.at), self.view.initials(cycle.by));
        self.label("Frozen", &format!("{day} by {by}"));
        if let Some(top) = cycle.top.and_then(|top| self.view.theme(top)) {
            self.label("Top theme", &top.name);
        }
        if !cycle.note.is_empty() {
            self.label("Note", &cycle.note);
        }
        self.gap();
    }

    fn changed(&mut self, changed: &Changed) {
        let go = self.view.code(changed.code).map(|node| Go::Code(node.code.id));
        let counts = self.counts(changed);
        let counts = if counts.is_empty() { counts } else { format!("  {counts}") };
        self.say(1, &format!("{}{counts}", changed.path), Role::Strong, go);
        for change in &changed.changes {
            let [what, from, to] = in_words(&self.view, change);
            let arrow = self.app.glyphs.leads_to;
            match change {
                Change::Reworded(rewording) if !rewording.steps.is_empty() => {
                    self.say(3, &what, Role::Text, go);
                    for step in &rewording.steps {
                        self.worded(step, Role::Text);
                    }
                    if !from.is_empty() {
                        self.say(5, &from, Role::Removed, go);
                    }
                    if !to.is_empty() {
                        self.say(5, &to, Role::Added, go);
                    }
                }
                _ => {
                    let what = match (from.is_empty(), to.is_empty()) {
                        (true, true) => what,
                        (true, false) => format!("{what} into {to}"),
                        (false, true) => format!("{what} (from {from})"),
                        (false, false) => format!("{what}: {from} {arrow} {to}"),
                    };
                    self.done(&what, changed.steps_of(change), go);
                }
            }
        }
    }

    /// What was done, and who did it, when and why: beside it if it was one step, else a line a step. Such a line leads to
    /// the reason.
    fn done<'s>(&mut self, what: &str, steps: impl Iterator<Item = &'s Arc<Reshaping>>, go: Option<Go>) {
        let mut told: Vec<(String, Option<Go>)> = Vec::new();
        for step in steps {
            let (day, by) = (day(self.app, step.at), self.view.initials(step.by));
            let reason = if step.reason.is_empty() { String::new() } else { format!(": {}", step.reason) };
            told.push((format!("{day} {by}{reason}"), Some(Go::Reason(step.id))));
        }
        if let [(by, reason)] = &told[..] {
            return self.say(3, &format!("{what} {} {by}", self.app.glyphs.dot), Role::Text, *reason);
        }
        self.say(3, what, Role::Text, go);
        for (by, reason) in told {
            self.say(5, &by, Role::Dim, reason);
        }
    }

    fn counts(&self, changed: &Changed) -> String {
        let arrow = self.app.glyphs.leads_to;
        match changed.passages {
            [Some(then), Some(later)] if then != later => format!("{then} {arrow} {later} passages"),
            [Some(then), None] => format!("had {}", counted(then.into(), "passage")),
            [None, Some(later)] => counted(later.into(), "passage"),
            _ => String::new(),
        }
    }
}

/// Whether a theme holds a code itself.
fn holds(one: &Standing, code: CodeId) -> bool {
    one.items.iter().any(|held| matches!(held.what, What::Code { code: of, .. } if of == code))
}
