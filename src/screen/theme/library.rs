//! All themes: the built-in ones, the user's own, and which inherits from which.
//!
//! A theme inherits name by name: its palette, its roles and the parts of each role go before those of its base, so
//! `(inherits: "emic-dark", palette: { "paper": "#000000" })` is a theme. One that names no base, or none that exists, or
//! goes round in a circle, stands on the default theme of its mode; so every role is always there. A user's theme may
//! have the name of a built-in one, which it then covers, and may inherit from what it covers. Built-in themes inherit
//! only from built-in ones, so that nothing a user writes can make them illegible.

use super::draft::{CodeDraft, Draft, Fault, Mode, Placed, RoleDraft, closest, read};
use super::ink::{EXPECTED, Ink};
use super::role::Role;
use super::styles::MOST_HUES;
use super::{CodePaint, Depth, Paint, Theme};
use ratatui::style::Modifier;
use std::collections::BTreeMap;

/// The themes that come with the program, in the order in which a menu shows them.
const BUILT_IN: [(&str, &str); 8] = [
    ("emic-dark", include_str!("../../../themes/emic-dark.ron")),
    ("emic-light", include_str!("../../../themes/emic-light.ron")),
    ("high-contrast", include_str!("../../../themes/high-contrast.ron")),
    ("high-contrast-light", include_str!("../../../themes/high-contrast-light.ron")),
    ("colour-blind-safe", include_str!("../../../themes/colour-blind-safe.ron")),
    ("colour-blind-safe-light", include_str!("../../../themes/colour-blind-safe-light.ron")),
    ("terminal", include_str!("../../../themes/terminal.ron")),
    ("mono", include_str!("../../../themes/mono.ron")),
];

/// The fewest colours that codes can have; a theme with fewer takes those of its base.
const FEWEST_HUES: usize = 8;

/// The name that stands for the default theme of the terminal's ground and depth.
pub const AUTO: &str = "auto";

/// Every theme there is.
#[derive(Clone, Debug)]
pub struct Library {
    /// The built-in ones in their order, then the user's in the order of their names.
    themes: Vec<Theme>,
}

impl Library {
    /// The built-in themes alone.
    #[must_use]
    pub fn built_in() -> Self {
        Self::load([]).0
    }

    /// The built-in themes and the user's: pairs of file name (`mine.ron`, or `mine`) and source text. The faults name
    /// what could not be used; whatever they are, every theme handed in can be drawn with.
    #[must_use]
    pub fn load(user: impl IntoIterator<Item = (String, String)>) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut shelves = Shelves::default();
        for (id, source) in BUILT_IN {
            shelves.built_in.insert(id.to_owned(), read(&format!("{id}.ron"), source, &mut faults));
        }
        for (file, source) in user {
            let id = file.strip_suffix(".ron").unwrap_or(&file).to_owned();
            shelves.user.insert(id, read(&file, &source, &mut faults));
        }
        let mut join = Join { shelves: &shelves, faults };
        let own = shelves.user.keys().filter(|id| !shelves.built_in.contains_key(*id));
        let ids = BUILT_IN.iter().map(|(id, _)| *id).chain(own.map(String::as_str));
        let mut themes: Vec<Theme> = ids.map(|id| join.theme(id)).collect();
        let bare = themes.iter().find(|theme| theme.id == "mono").map(|mono| mono.modifiers()).unwrap_or_default();
        for theme in &mut themes {
            theme.bare.clone_from(&bare);
        }
        (Self { themes }, join.faults)
    }

    /// Every theme, the built-in ones first.
    pub fn all(&self) -> impl Iterator<Item = &Theme> {
        self.themes.iter()
    }

    /// The theme of that id; `color` is as good as `colour`.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Theme> {
        let id = id.strip_suffix(".ron").unwrap_or(id);
        self.themes.iter().find(|theme| theme.id == id || theme.id == id.replace("color", "colour"))
    }

    /// The theme that the user wants, and a warning if there is none of that name. `auto` is the default for the ground
    /// and the depth of the terminal: with sixteen colours the terminal's own, with none `mono`.
    #[must_use]
    pub fn choose(&self, wanted: &str, ground: Mode, depth: Depth) -> (&Theme, Option<String>) {
        if let Some(theme) = self.get(wanted) {
            return (theme, None);
        }
        let auto = match (depth, ground) {
            (Depth::None, _) => "mono",
            (Depth::Ansi16, _) => "terminal",
            (_, ground) => default_of(ground),
        };
        // Built-in ids are always there: `load` puts them first.
        let theme = self.get(auto).unwrap_or(&self.themes[0]);
        let known = self.themes.iter().map(|theme| theme.id.as_str()).chain([AUTO]);
        let warning = format!("There is no theme “{wanted}”{} {} is used.", closest(wanted, known), theme.name);
        (theme, (wanted != AUTO).then_some(warning))
    }
}

const fn default_of(mode: Mode) -> &'static str {
    match mode {
        Mode::Dark => "emic-dark",
        Mode::Light => "emic-light",
    }
}

#[derive(Default)]
struct Shelves {
    built_in: BTreeMap<String, Draft>,
    user: BTreeMap<String, Draft>,
}

impl Shelves {
    /// The draft that a theme named in a user's file means: one of the user's own before a built-in one, unless the
    /// file `covers` the built-in one of that name itself.
    fn find(&self, id: &str, covers: bool) -> Option<&Draft> {
        let own = if covers { None } else { self.user.get(id) };
        own.or_else(|| self.built_in.get(id))
    }
}

struct Join<'a> {
    shelves: &'a Shelves,
    faults: Vec<Fault>,
}

impl<'a> Join<'a> {
    fn theme(&mut self, id: &str) -> Theme {
        let chain = self.chain(id);
        let first = |field: fn(&'a Draft) -> Option<f64>| chain.iter().find_map(|draft| field(draft));
        let contrast = first(|draft| draft.contrast).unwrap_or(4.5).clamp(1.0, 21.0);
        let roles = Role::ALL.iter().map(|role| self.paint(&chain, *role)).collect();
        let codes = self.codes(&chain);
        let sibling = chain.first().and_then(|draft| draft.sibling.as_ref());
        Theme {
            id: id.to_owned(),
            name: chain.first().and_then(|draft| draft.name.clone()).unwrap_or_else(|| id.to_owned()),
            mode: chain.iter().find_map(|draft| draft.mode).unwrap_or_default(),
            sibling: sibling.and_then(|wanted| self.sibling(chain[0], wanted)),
            contrast,
            roles,
            codes,
            bare: Vec::new(),
        }
    }

    /// The draft of that theme and all that it stands on, nearest first; the last is always a built-in root.
    fn chain(&mut self, id: &str) -> Vec<&'a Draft> {
        let mut chain: Vec<&'a Draft> = Vec::new();
        let mut next = self.shelves.find(id, false);
        while let Some(draft) = next {
            chain.push(draft);
            next = self.base(draft, &chain);
        }
        chain
    }

    fn base(&mut self, draft: &'a Draft, chain: &[&'a Draft]) -> Option<&'a Draft> {
        let id = draft.file.strip_suffix(".ron").unwrap_or(&draft.file);
        let built_in = self.shelves.built_in.get(id).is_some_and(|found| std::ptr::eq(found, draft));
        let Some(wanted) = &draft.inherits else {
            // Only a built-in root stands on nothing.
            let mode = chain.iter().find_map(|draft| draft.mode).unwrap_or_default();
            return if built_in { None } else { self.shelves.built_in.get(default_of(mode)) };
        };
        let base = wanted.value.strip_suffix(".ron").unwrap_or(&wanted.value);
        let covers = base == id && self.shelves.built_in.contains_key(id);
        let found = self.shelves.find(base, built_in || covers);
        let circle = found.is_some_and(|found| chain.iter().any(|seen| std::ptr::eq(*seen, found)));
        if found.is_some() && !circle {
            return found;
        }
        let root = default_of(chain.iter().find_map(|draft| draft.mode).unwrap_or_default());
        let what = if circle {
            let round: Vec<&str> = chain.iter().map(|draft| draft.file.as_str()).collect();
            let inherit =
                if round.len() == 1 { "inherits from itself" } else { "inherit from one another in a circle" };
            format!("{} {inherit}; {root} is the base instead.", round.join(" and "))
        } else {
            let known = self.shelves.built_in.keys().chain(self.shelves.user.keys()).map(String::as_str);
            let hint = closest(&wanted.value, known);
            format!("there is no theme “{}” to inherit from{hint} Instead {root} is the base.", wanted.value)
        };
        self.fault(draft, wanted, what);
        self.shelves.built_in.get(root)
    }

    fn sibling(&mut self, draft: &'a Draft, wanted: &'a Placed<String>) -> Option<String> {
        if self.shelves.find(&wanted.value, false).is_some() {
            return Some(wanted.value.clone());
        }
        let known = self.shelves.built_in.keys().chain(self.shelves.user.keys()).map(String::as_str);
        let hint = closest(&wanted.value, known);
        self.fault(draft, wanted, format!("there is no theme “{}” for the other ground{hint}", wanted.value));
        None
    }

    fn paint(&mut self, chain: &[&'a Draft], role: Role) -> Paint {
        let mut paint = Paint::default();
        let mut stated = Modifier::empty();
        for draft in chain {
            let Some(RoleDraft { fg, bg, on, off }) = draft.roles.get(&role) else { continue };
            for (slot, wanted) in [(&mut paint.fg, fg), (&mut paint.bg, bg)] {
                if let (None, Some(wanted)) = (&slot, wanted) {
                    *slot = self.ink(chain, draft, wanted);
                }
            }
            paint.modifier |= *on - stated;
            stated |= *on | *off;
        }
        paint
    }

    fn codes(&mut self, chain: &[&'a Draft]) -> Vec<CodePaint> {
        for draft in chain {
            let mut codes = Vec::new();
            for CodeDraft { name, fg, tint } in &draft.codes {
                let Some(fg) = self.ink(chain, draft, fg) else { continue };
                let tint = tint.as_ref().and_then(|tint| self.ink(chain, draft, tint));
                codes.push(CodePaint { name: name.clone(), fg, tint });
            }
            match (codes.len(), draft.codes.first()) {
                (FEWEST_HUES..=MOST_HUES, _) => return codes,
                (_, None) => {}
                (n, Some(first)) => self.fault(
                    draft,
                    &first.fg,
                    format!(
                        "{n} colours for codes; expected {FEWEST_HUES} to {MOST_HUES}. Those that it inherits are used."
                    ),
                ),
            }
        }
        Vec::new()
    }

    /// The colour of that name in the joined palette, or the colour that the name itself is.
    fn ink(&mut self, chain: &[&'a Draft], draft: &'a Draft, wanted: &'a Placed<String>) -> Option<Ink> {
        let named = chain.iter().find_map(|draft| draft.palette.get(&wanted.value).copied());
        if let Some(ink) = named.or_else(|| wanted.value.parse().ok()) {
            return Some(ink);
        }
        let known = chain.iter().flat_map(|draft| draft.palette.keys()).map(String::as_str);
        let hint = closest(&wanted.value, known);
        let what = if hint == "." {
            format!("there is no colour “{}” in the palette, and it is not {EXPECTED}.", wanted.value)
        } else {
            format!("there is no colour “{}” in the palette{hint}", wanted.value)
        };
        self.fault(draft, wanted, what);
        None
    }

    /// Notes a fault once, however many themes inherit it.
    fn fault(&mut self, draft: &Draft, place: &Placed<String>, what: String) {
        let fault = Fault { file: draft.file.clone(), line: place.line, column: place.column, what };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}

impl Theme {
    fn modifiers(&self) -> Vec<Modifier> {
        self.roles.iter().map(|paint| paint.modifier).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Color;

    fn load(files: &[(&str, &str)]) -> (Library, Vec<String>) {
        let files = files.iter().map(|(file, source)| ((*file).to_owned(), (*source).to_owned()));
        let (library, faults) = Library::load(files);
        (library, faults.iter().map(ToString::to_string).collect())
    }

    fn named<'a>(library: &'a Library, id: &str) -> &'a Theme {
        library.get(id).expect("a theme of that name")
    }

    fn fg(library: &Library, id: &str, role: Role) -> Option<Color> {
        named(library, id).at(Depth::True).style(role).fg
    }

    #[test]
    fn the_built_in_themes_have_no_faults_and_define_every_role_and_eight_colours() {
        let (library, faults) = load(&[]);
        assert_eq!(faults, Vec::<String>::new());
        let mut shelves = Shelves::default();
        for (id, source) in BUILT_IN {
            shelves.built_in.insert(id.to_owned(), read(id, source, &mut Vec::new()));
        }
        for (theme, (id, _)) in library.all().zip(BUILT_IN) {
            assert_eq!(theme.id(), id);
            let chain = Join { shelves: &shelves, faults: Vec::new() }.chain(id);
            for role in Role::ALL {
                let defined = chain.iter().any(|draft| draft.roles.contains_key(role));
                assert!(defined, "{id} does not define “{}”", role.name());
            }
            assert!((FEWEST_HUES..=MOST_HUES).contains(&theme.codes.len()), "{id}");
            assert_eq!(theme.bare, named(&library, "mono").modifiers());
        }
    }

    #[test]
    fn siblings_lead_to_one_another_and_to_the_other_ground() {
        let library = Library::built_in();
        for theme in library.all().filter(|theme| theme.sibling().is_some()) {
            let sibling = named(&library, theme.sibling().expect("filtered"));
            assert_eq!(sibling.sibling(), Some(theme.id()));
            assert_ne!(sibling.mode(), theme.mode());
        }
        assert_eq!(named(&library, "emic-dark").sibling(), Some("emic-light"));
    }

    #[test]
    fn a_palette_changed_in_a_child_recolours_what_it_inherits() {
        let source = r##"(inherits: "emic-dark", palette: { "ink": "#abcdef" }, roles: { "dim": (bold: true) })"##;
        let (library, faults) = load(&[("mine.ron", source)]);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(fg(&library, "mine", Role::Text), Some(Color::Rgb(0xab, 0xcd, 0xef)));
        assert_eq!(fg(&library, "mine", Role::Dim), fg(&library, "emic-dark", Role::Dim));
        assert!(named(&library, "mine").at(Depth::True).style(Role::Dim).add_modifier.contains(Modifier::BOLD));
        assert_eq!(named(&library, "mine").name(), "mine");
    }

    #[test]
    fn a_theme_inherits_through_others_and_can_take_a_modifier_back() {
        let grand = r##"(inherits: "emic-light", roles: { "text": (fg: "#010203", bold: true, italic: true) })"##;
        let child = r##"(inherits: Some("grand"), roles: { "text": (bold: false) })"##;
        let (library, faults) = load(&[("grand.ron", grand), ("child.ron", child)]);
        assert_eq!(faults, Vec::<String>::new());
        let text = named(&library, "child").at(Depth::True).style(Role::Text);
        assert_eq!((text.fg, text.add_modifier), (Some(Color::Rgb(1, 2, 3)), Modifier::ITALIC));
        assert_eq!(named(&library, "child").mode(), Mode::Light);
    }

    #[test]
    fn a_theme_without_a_base_stands_on_the_default_of_its_mode() {
        let (library, faults) = load(&[("mine.ron", "(mode: Light)"), ("yours.ron", "()")]);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(fg(&library, "mine", Role::Text), fg(&library, "emic-light", Role::Text));
        assert_eq!(fg(&library, "yours", Role::Text), fg(&library, "emic-dark", Role::Text));
    }

    #[test]
    fn a_circle_is_reported_and_broken() {
        let (library, faults) = load(&[("a.ron", "(inherits: \"b\")"), ("b.ron", "(\n  inherits: \"a\",\n)")]);
        assert_eq!(
            faults,
            [
                "b.ron, line 2, column 13: a.ron and b.ron inherit from one another in a circle; emic-dark is the base instead.",
                "a.ron, line 1, column 12: b.ron and a.ron inherit from one another in a circle; emic-dark is the base instead.",
            ]
        );
        assert_eq!(fg(&library, "a", Role::Text), fg(&library, "emic-dark", Role::Text));
        let (_, faults) = load(&[("c.ron", "(inherits: \"c\")")]);
        assert_eq!(faults, ["c.ron, line 1, column 12: c.ron inherits from itself; emic-dark is the base instead."]);
    }

    #[test]
    fn a_user_can_cover_a_built_in_theme_and_inherit_from_what_is_covered_but_other_built_in_themes_stay() {
        let source = r##"(inherits: "emic-dark", palette: { "ink": "#abcdef" })"##;
        let (library, faults) = load(&[("emic-dark.ron", source)]);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(fg(&library, "emic-dark", Role::Text), Some(Color::Rgb(0xab, 0xcd, 0xef)));
        assert_eq!(fg(&library, "emic-dark", Role::Dim), fg(&Library::built_in(), "emic-dark", Role::Dim));
        assert_eq!(
            fg(&library, "colour-blind-safe", Role::Text),
            fg(&Library::built_in(), "colour-blind-safe", Role::Text)
        );
        assert_eq!(library.all().count(), BUILT_IN.len());
    }

    #[test]
    fn a_colour_that_is_not_there_is_a_fault_and_the_base_stays_in_force() {
        let source = "(\n  roles: {\n    \"text\": (fg: \"inc\"),\n    \"dim\": (fg: \"hippopotamus\"),\n  },\n  codes: [(fg: \"ink\")],\n)";
        let (library, faults) = load(&[("mine.ron", source)]);
        assert_eq!(
            faults,
            [
                "mine.ron, line 3, column 18: there is no colour “inc” in the palette; did you mean “ink”?".to_owned(),
                format!(
                    "mine.ron, line 4, column 17: there is no colour “hippopotamus” in the palette, and it is not {EXPECTED}."
                ),
                "mine.ron, line 6, column 16: 1 colours for codes; expected 8 to 16. Those that it inherits are used."
                    .to_owned(),
            ]
        );
        let base = Library::built_in();
        assert_eq!(fg(&library, "mine", Role::Text), fg(&base, "emic-dark", Role::Text));
        assert_eq!(named(&library, "mine").codes, named(&base, "emic-dark").codes);
    }

    #[test]
    fn a_file_that_is_no_ron_leaves_a_theme_like_the_default() {
        let (library, faults) = load(&[("mine.ron", "(roles: {"), ("yours", "(inherits: \"nobody\")")]);
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[1].starts_with("yours, line 1, column 12: there is no theme “nobody” to inherit from."));
        assert_eq!(named(&library, "mine").roles, named(&library, "emic-dark").roles);
    }

    #[test]
    fn a_theme_is_chosen_by_name_or_by_ground_and_depth() {
        let library = Library::built_in();
        let choose = |wanted, ground, depth| {
            let (theme, warning) = library.choose(wanted, ground, depth);
            (theme.id().to_owned(), warning)
        };
        assert_eq!(choose(AUTO, Mode::Light, Depth::True), ("emic-light".to_owned(), None));
        assert_eq!(choose(AUTO, Mode::Dark, Depth::Ansi256), ("emic-dark".to_owned(), None));
        assert_eq!(choose(AUTO, Mode::Light, Depth::Ansi16), ("terminal".to_owned(), None));
        assert_eq!(choose(AUTO, Mode::Dark, Depth::None), ("mono".to_owned(), None));
        assert_eq!(choose("color-blind-safe.ron", Mode::Dark, Depth::True), ("colour-blind-safe".to_owned(), None));
        let (id, warning) = choose("emic-drak", Mode::Dark, Depth::True);
        assert_eq!(id, "emic-dark");
        assert_eq!(
            warning.as_deref(),
            Some("There is no theme “emic-drak”; did you mean “emic-dark”? Emic dark is used.")
        );
    }
}
