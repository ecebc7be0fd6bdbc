//! How a study was left: panes, places, what was folded and open, the theme chosen. Read and written as text; where the
//! text lies is somebody else's affair.
//!
//! Nothing here matters to the study: what cannot be read, or names what is no longer there, is passed over. It holds ids
//! and numbers alone, no words of the project.

use super::app::App;
use super::views::code::page::Memos;
use super::views::code::panes::{Pane, Panes};
use crate::project::id::{CaseId, CodeId, SourceId};
use crate::text::Pos;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a study was left.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// The panes.
    pub panes: Panes,
    /// Whether memos are folded away.
    pub memos_folded: bool,
    /// Whether the mouse is the terminal's.
    pub mouse_off: bool,
    /// The theme in force at start, and the one chosen in its place. Another theme in the settings ends the choice.
    pub theme: Option<(String, String)>,
    /// The source that was open.
    pub source: Option<SourceId>,
    /// Where the cursor stood in each source, in chars.
    pub places: BTreeMap<SourceId, u32>,
    /// The code in hand in the tree.
    pub code: Option<CodeId>,
    /// Codes used lately, newest first.
    pub recent: Vec<CodeId>,
    /// The codes laid last.
    pub again: Vec<CodeId>,
    /// Branches of the tree that are folded.
    pub folded: Vec<CodeId>,
    /// Cases whose sources are listed.
    pub open: Vec<CaseId>,
}

impl Remembered {
    /// How the program stands now; `began` is the theme that was in force at start.
    #[must_use]
    pub fn of(app: &App, began: &str) -> Self {
        let code = &app.code;
        let mut places: BTreeMap<SourceId, u32> = code.places.iter().map(|(id, at)| (*id, at.0)).collect();
        if let Some(transcript) = &code.transcript {
            places.insert(transcript.source(), transcript.cursor().0);
        }
        let mut folded: Vec<CodeId> = code.tree.folded.iter().copied().collect();
        let mut open: Vec<CaseId> = code.cases.open.iter().copied().collect();
        folded.sort_unstable();
        open.sort_unstable();
        Self {
            panes: code.panes.clone(),
            memos_folded: code.memos == Memos::Folded,
            mouse_off: !app.mouse_on,
            theme: (app.theme != began).then(|| (began.to_owned(), app.theme.clone())),
            source: code.source(),
            places,
            code: code.tree.selected,
            recent: code.recent.clone(),
            again: code.again.clone(),
            folded,
            open,
        }
    }

    /// Brings the program to how it was left, as far as what it names is still there.
    pub fn apply(self, app: &mut App) {
        let theme = self.theme.filter(|(began, _)| *began == app.theme).and_then(|(_, id)| app.library.get(&id));
        if let Some(theme) = theme {
            app.styles = theme.at(app.styles.depth());
            app.theme = theme.id().to_owned();
        }
        app.mouse_on &= !self.mouse_off;
        let code = &mut app.code;
        let width = code.panes.text_width;
        code.panes = Panes { text_width: width, ..self.panes };
        for (pane, width) in [(Pane::Cases, code.panes.cases_width), (Pane::Tree, code.panes.tree_width)] {
            code.panes.set_width(pane, width);
        }
        code.memos = if self.memos_folded { Memos::Folded } else { Memos::Open };
        code.places.extend(self.places.into_iter().map(|(id, at)| (id, Pos(at))));
        (code.recent, code.again) = (self.recent, self.again);
        code.tree.folded = self.folded.into_iter().collect();
        if self.code.is_some() {
            code.tree.selected = self.code;
        }
        if !self.open.is_empty() {
            code.cases.open = self.open.into_iter().collect();
        }
        code.refresh(&mut app.study);
        if let Some(source) = self.source.filter(|source| app.study.view().source(*source).is_some()) {
            if app.code.source() != Some(source) {
                // What was opened at start was not read: it is not left as if it had been.
                app.code.transcript = None;
            }
            app.code.open(&mut app.study, source);
            // It may have been open already, at its start.
            let place = app.code.places.get(&source).copied();
            if let (Some(at), Some(transcript)) = (place, &mut app.code.transcript) {
                transcript.go(at);
            }
        }
        // What was opened at start, before anything was remembered, stands at its beginning.
        if let Some(transcript) = &mut app.code.transcript
            && let Some(&at) = app.code.places.get(&transcript.source())
        {
            transcript.go(at);
        }
        app.settle();
    }

    /// What a file says; nothing if it cannot be read.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        ron::from_str(text).ok()
    }

    /// As it is written into a file.
    #[must_use]
    pub fn write(&self) -> String {
        let pretty = ron::ser::PrettyConfig::new().depth_limit(2);
        ron::ser::to_string_pretty(self, pretty).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_is_read_again() {
        let id = |n| crate::project::id::Id::from_uuid(uuid::Uuid::from_u128(n));
        let left = Remembered {
            panes: Panes { focus: Pane::Tree, cases_shown: false, tree_width: 41, ..Panes::default() },
            memos_folded: true,
            theme: Some(("emic-dark".into(), "mono".into())),
            source: Some(id(1).into()),
            places: [(id(1).into(), 12), (id(2).into(), 0)].into(),
            recent: vec![id(3).into()],
            open: vec![id(4).into()],
            ..Remembered::default()
        };
        assert_eq!(Remembered::read(&left.write()), Some(left));
    }

    #[test]
    fn what_a_later_version_adds_and_an_earlier_one_lacks_does_no_harm() {
        let read = Remembered::read("(memos_folded: true, something_new: [1, 2])").expect("read");
        assert_eq!(read, Remembered { memos_folded: true, ..Remembered::default() });
        assert_eq!(Remembered::read("()"), Some(Remembered::default()));
    }

    proptest! {
        #[test]
        fn damage_is_passed_over(text in "\\PC{0,80}|[(){}\\[\\]:,\"a-z#0-9\n ]{0,120}") {
            let _nothing_or_something = Remembered::read(&text);
        }
    }
}
