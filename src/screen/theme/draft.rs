//! A theme file as written, before it is joined with what it inherits.
//!
//! Nothing in a theme file can keep the program from starting, so reading is forgiving: what is understood is kept, and
//! each thing that is not is a [`Fault`] with its line and column. Only where the file is no RON at all is it dropped as
//! a whole. Values are taken as borrowed pieces of the source, which is where their places come from.

use super::ink::{EXPECTED, Ink};
use super::role::Role;
use ratatui::style::Modifier;
use ron::value::RawValue;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// What is wrong in a theme file, and where. Never more than a warning.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}, column {column}: {what}")]
pub struct Fault {
    /// The name of the file as it was handed in.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in chars, from 1.
    pub column: usize,
    /// One sentence: what is wrong, what was expected, what is done instead.
    pub what: String,
}

/// The ground that a theme is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
pub enum Mode {
    /// Light text on dark.
    #[default]
    Dark,
    /// Dark text on light.
    Light,
}

/// A value and where in its file it stands.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// What a role says of itself; what it leaves open comes from what the theme inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct RoleDraft {
    pub(super) fg: Option<Placed<String>>,
    pub(super) bg: Option<Placed<String>>,
    pub(super) on: Modifier,
    pub(super) off: Modifier,
}

/// A colour for codes; without a tint it is mixed.
#[derive(Clone, Debug)]
pub(super) struct CodeDraft {
    pub(super) name: String,
    pub(super) fg: Placed<String>,
    pub(super) tint: Option<Placed<String>>,
}

/// The whole file.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) file: String,
    pub(super) name: Option<String>,
    pub(super) inherits: Option<Placed<String>>,
    pub(super) sibling: Option<Placed<String>>,
    pub(super) mode: Option<Mode>,
    pub(super) contrast: Option<f64>,
    pub(super) palette: BTreeMap<String, Ink>,
    pub(super) roles: BTreeMap<Role, RoleDraft>,
    pub(super) codes: Vec<CodeDraft>,
}

const FIELDS: [&str; 8] = ["name", "inherits", "sibling", "mode", "contrast", "palette", "roles", "codes"];
const CODE_FIELDS: [&str; 3] = ["name", "fg", "tint"];
const ROLE_FIELDS: [&str; 8] = ["fg", "bg", "bold", "dim", "italic", "underline", "reverse", "strike"];

/// Reads `source`, which is the text of `file`; what it cannot use is added to `faults`.
pub(super) fn read(file: &str, source: &str, faults: &mut Vec<Fault>) -> Draft {
    let mut reader = Reader { file, source, faults };
    let mut draft = Draft { file: file.to_owned(), ..Draft::default() };
    match ron::from_str::<Entries>(source) {
        Ok(Entries(entries)) => {
            for (key, value) in entries {
                reader.field(&mut draft, &key, value);
            }
        }
        Err(error) => {
            let place = Placed { value: (), line: error.span.end.line, column: error.span.end.col };
            reader.fault(&place, format!("{}; the whole file is left aside.", error.code));
        }
    }
    draft
}

pub(in crate::screen) struct Reader<'a> {
    pub(in crate::screen) file: &'a str,
    pub(in crate::screen) source: &'a str,
    pub(in crate::screen) faults: &'a mut Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn field(&mut self, draft: &mut Draft, key: &str, value: &'a RawValue) {
        match key {
            "name" => draft.name = self.text(value, "a name in quotes").map(|placed| placed.value),
            "inherits" => draft.inherits = self.maybe(value),
            "sibling" => draft.sibling = self.maybe(value),
            "mode" => draft.mode = self.plain(value, "Dark or Light"),
            "contrast" => draft.contrast = self.plain(value, "a number from 1 to 21, such as 4.5"),
            "palette" => {
                for (name, value) in self.entries(value, "{ \"name\": \"#rrggbb\", … }") {
                    let Some(placed) = self.text(value, EXPECTED) else { continue };
                    match placed.value.parse() {
                        Ok(ink) => drop(draft.palette.insert(name, ink)),
                        Err(()) => {
                            self.fault(&placed, format!("“{}” is no colour; expected {EXPECTED}.", placed.value));
                        }
                    }
                }
            }
            "roles" => {
                for (name, value) in self.entries(value, "{ \"text\": (fg: …, bg: …), … }") {
                    match Role::named(&name) {
                        Some(role) => drop(draft.roles.insert(role, self.role(value))),
                        None => {
                            self.unknown("role", &name, value, &Role::ALL.iter().map(|r| r.name()).collect::<Vec<_>>());
                        }
                    }
                }
            }
            "codes" => {
                let list: Vec<&RawValue> = self.plain(value, "[(name: …, fg: …, tint: …), …]").unwrap_or_default();
                draft.codes = list.into_iter().filter_map(|value| self.code(value)).collect();
            }
            _ => self.unknown("field", key, value, &FIELDS),
        }
    }

    fn role(&mut self, value: &'a RawValue) -> RoleDraft {
        let mut role = RoleDraft::default();
        for (key, value) in self.entries(value, "(fg: …, bg: …, bold: true, …)") {
            let modifier = match key.as_str() {
                "fg" => {
                    role.fg = self.text(value, "the name of a colour in quotes");
                    continue;
                }
                "bg" => {
                    role.bg = self.text(value, "the name of a colour in quotes");
                    continue;
                }
                "bold" => Modifier::BOLD,
                "dim" => Modifier::DIM,
                "italic" => Modifier::ITALIC,
                "underline" => Modifier::UNDERLINED,
                "reverse" => Modifier::REVERSED,
                "strike" => Modifier::CROSSED_OUT,
                _ => {
                    self.unknown("field", &key, value, &ROLE_FIELDS);
                    continue;
                }
            };
            match self.plain::<bool>(value, "true or false") {
                Some(true) => role.on |= modifier,
                Some(false) => role.off |= modifier,
                None => {}
            }
        }
        role
    }

    fn code(&mut self, value: &'a RawValue) -> Option<CodeDraft> {
        let (mut name, mut fg, mut tint) = (None, None, None);
        for (key, value) in self.entries(value, "(name: …, fg: …, tint: …)") {
            match key.as_str() {
                "name" => name = self.text(value, "a name in quotes"),
                "fg" => fg = self.text(value, "the name of a colour in quotes"),
                "tint" => tint = self.text(value, "the name of a colour in quotes"),
                _ => self.unknown("field", &key, value, &CODE_FIELDS),
            }
        }
        let Some(fg) = fg else {
            let place = self.place(value);
            self.fault(&place, "this colour of a code has no “fg”; it is left out.".to_owned());
            return None;
        };
        Some(CodeDraft { name: name.map_or_else(|| fg.value.clone(), |name| name.value), fg, tint })
    }

    /// The keys and values of a map or of a structure, whichever is written.
    fn entries(&mut self, value: &'a RawValue, expected: &str) -> Vec<(String, &'a RawValue)> {
        self.plain(value, expected).map_or_else(Vec::new, |Entries(entries)| entries)
    }

    fn text(&mut self, value: &'a RawValue, expected: &str) -> Option<Placed<String>> {
        let Placed { line, column, .. } = self.place(value);
        self.plain(value, expected).map(|value| Placed { value, line, column })
    }

    /// `None`, `Some("x")` or plainly `"x"`.
    fn maybe(&mut self, value: &'a RawValue) -> Option<Placed<String>> {
        let Placed { line, column, .. } = self.place(value);
        match ron::from_str::<Option<String>>(value.get_ron()) {
            Ok(value) => value.map(|value| Placed { value, line, column }),
            Err(_) => self.text(value, "the name of a theme in quotes, or None"),
        }
    }

    pub(in crate::screen) fn plain<T: Deserialize<'a>>(&mut self, value: &'a RawValue, expected: &str) -> Option<T> {
        let read = ron::from_str(value.get_ron());
        if read.is_err() {
            self.refuse(value, expected);
        }
        read.ok()
    }

    pub(in crate::screen) fn refuse(&mut self, value: &'a RawValue, expected: &str) {
        let place = self.place(value);
        self.fault(&place, format!("expected {expected}; this is left aside."));
    }

    pub(in crate::screen) fn unknown(&mut self, kind: &str, name: &str, value: &'a RawValue, known: &[&str]) {
        let before = &self.source[..self.offset(value)];
        let place = self.place_at(before.rfind(name).unwrap_or(before.len()));
        self.fault(&place, format!("there is no {kind} “{name}”{}", closest(name, known.iter().copied())));
    }

    /// Byte offset of a value in the source, behind the comments before it.
    fn offset(&self, value: &RawValue) -> usize {
        let start = value.trim().get_ron().as_ptr() as usize;
        start.saturating_sub(self.source.as_ptr() as usize).min(self.source.len())
    }

    fn place(&self, value: &RawValue) -> Placed<()> {
        self.place_at(self.offset(value))
    }

    fn place_at(&self, offset: usize) -> Placed<()> {
        let before = self.source.get(..offset).unwrap_or(self.source);
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Placed { value: (), line: before.matches('\n').count() + 1, column }
    }

    fn fault<T>(&mut self, place: &Placed<T>, what: String) {
        self.faults.push(Fault { file: self.file.to_owned(), line: place.line, column: place.column, what });
    }
}

/// "; did you mean “…”?" for the known name that differs in the fewest letters, or "." if none is near.
pub(super) fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let near = known.into_iter().map(|candidate| (letters_apart(name, candidate), candidate)).min();
    match near {
        Some((apart, candidate)) if apart <= 1 + name.chars().count() / 4 => format!("; did you mean “{candidate}”?"),
        _ => ".".to_owned(),
    }
}

/// How many letters must be put in, taken out or replaced to make one word of the other.
fn letters_apart(one: &str, two: &str) -> usize {
    let two: Vec<char> = two.chars().collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in two.iter().enumerate() {
            let replaced = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = replaced.min(corner + 1).min(row[j] + 1);
        }
    }
    row[two.len()]
}

/// A map or a structure as pairs, the values unread.
pub(in crate::screen) struct Entries<'a>(pub(in crate::screen) Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("names and values")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Entries(Vec::new()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_any(Pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn faults_of(source: &str) -> (Draft, Vec<String>) {
        let mut faults = Vec::new();
        let draft = read("mine.ron", source, &mut faults);
        (draft, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_theme_without_faults_is_read_whole() {
        let (draft, faults) = faults_of(
            "// mine\n(name: \"Mine\", inherits: Some(\"emic-dark\"), sibling: \"other\", mode: Light, contrast: 7,\n \
             palette: { \"ink\": /* near black */ \"#111111\" },\n \
             roles: { \"text\": (fg: \"ink\", bold: true, dim: false), \"dim\": () },\n \
             codes: [(name: \"sky\", fg: \"ink\", tint: \"ink\"), (fg: \"ink\")])",
        );
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(draft.name.as_deref(), Some("Mine"));
        assert_eq!(draft.inherits.map(|base| base.value).as_deref(), Some("emic-dark"));
        assert_eq!(draft.sibling.map(|other| other.value).as_deref(), Some("other"));
        assert_eq!((draft.mode, draft.contrast), (Some(Mode::Light), Some(7.0)));
        let text = &draft.roles[&Role::Text];
        assert_eq!((text.on, text.off), (Modifier::BOLD, Modifier::DIM));
        assert_eq!(text.fg.as_ref().map(|fg| (fg.line, fg.column)), Some((4, 24)));
        assert_eq!(draft.codes.iter().map(|code| code.name.as_str()).collect::<Vec<_>>(), ["sky", "ink"]);
    }

    #[test]
    fn each_fault_names_file_line_column_and_what_was_expected_and_the_rest_stands() {
        let (draft, faults) = faults_of(
            "(\n  nam: \"x\",\n  palette: {\n    \"ink\": \"#1111\",\n    \"ok\": \"#112233\",\n  },\n  roles: {\n    \
             \"txet\": (),\n    \"dim\": (fg: 3, bold: \"yes\", blink: true, bg: \"ok\"),\n  },\n  \
             codes: [(name: \"sky\")],\n  mode: Bright,\n)",
        );
        let expected = [
            "mine.ron, line 2, column 3: there is no field “nam”; did you mean “name”?".to_owned(),
            format!("mine.ron, line 4, column 12: “#1111” is no colour; expected {EXPECTED}."),
            "mine.ron, line 8, column 6: there is no role “txet”; did you mean “text”?".to_owned(),
            "mine.ron, line 9, column 17: expected the name of a colour in quotes; this is left aside.".to_owned(),
            "mine.ron, line 9, column 26: expected true or false; this is left aside.".to_owned(),
            "mine.ron, line 9, column 33: there is no field “blink”.".to_owned(),
            "mine.ron, line 11, column 11: this colour of a code has no “fg”; it is left out.".to_owned(),
            "mine.ron, line 12, column 9: expected Dark or Light; this is left aside.".to_owned(),
        ];
        assert_eq!(faults, expected);
        assert!(draft.palette.contains_key("ok"));
        assert_eq!(draft.roles[&Role::Dim].bg.as_ref().map(|bg| bg.value.as_str()), Some("ok"));
    }

    #[test]
    fn what_is_no_ron_is_left_aside_with_the_place_where_it_ends_to_be() {
        let (draft, faults) = faults_of("(\n  name: \"x\",\n  palette: { \"a\" \"#000000\" },\n)");
        assert_eq!(faults.len(), 1);
        assert!(faults[0].starts_with("mine.ron, line 3, column "), "{}", faults[0]);
        assert!(faults[0].ends_with("; the whole file is left aside."), "{}", faults[0]);
        assert!(draft.name.is_none());
    }

    proptest! {
        #[test]
        fn nothing_that_is_read_brings_the_program_down(source in "\\PC{0,80}|[(){}\\[\\]:,\"a-z#0-9\n /*]{0,120}") {
            faults_of(&source);
            faults_of(&format!("(palette: {source}, roles: {{\"text\": {source}}}, codes: [{source}])"));
        }
    }
}
