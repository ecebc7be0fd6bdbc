//! What the user has set: `config.ron`, read as text, and what it and the command line come to together.
//!
//! Nothing in a file can keep the program from starting: each thing that is not understood is told with its line and
//! column, and the rest holds. Reading the folder is done in [`folder`].

pub mod folder;

use super::app::{App, Setup, Tone};
use super::glyphs::Glyphs;
use super::keymap::Keymap;
use super::theme::{AUTO, Depth, Entries, Fault, Library, Mode, Reader, When};
use folder::Files;

/// The settings as they are without a file, with what each is for: a file to begin with.
pub const SAMPLE: &str = r#"// Settings of Emic. What is left out is as it stands here.
(
    theme: "auto",           // a theme's name, or "auto": by the ground of the terminal
    dark: "emic-dark",       // what "auto" takes on a dark ground
    light: "emic-light",     // and on a light one
    colours: "auto",         // "auto", "always" or "never"
    underline_colours: true, // false where the terminal draws coloured underlines wrongly
    ascii: false,            // true: no signs beyond those of every terminal
    mouse: true,             // false: the mouse stays the terminal's own
    probe: true,             // false: ask the terminal nothing at start
)
"#;

const FIELDS: [&str; 8] = ["theme", "dark", "light", "colours", "underline_colours", "ascii", "mouse", "probe"];

/// What the user has set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Config {
    /// The name of a theme, or `auto`.
    pub theme: String,
    /// What `auto` takes on a dark ground, if that is set.
    pub dark: Option<String>,
    /// What `auto` takes on a light ground, if that is set.
    pub light: Option<String>,
    /// Whether there are colours.
    pub colours: When,
    /// Whether underlines may have colours.
    pub underline_colours: bool,
    /// Whether only signs of every terminal are used.
    pub ascii: bool,
    /// Whether the mouse is the program's.
    pub mouse: bool,
    /// Whether the terminal may be asked anything.
    pub probe: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            theme: AUTO.into(),
            dark: None,
            light: None,
            colours: When::Auto,
            underline_colours: true,
            ascii: false,
            mouse: true,
            probe: true,
        }
    }
}

impl Config {
    /// The settings of a file, with what was not understood in it.
    #[must_use]
    pub fn parse(source: &str) -> (Self, Vec<Fault>) {
        const FILE: &str = "config.ron";
        let mut config = Self::default();
        let mut faults = Vec::new();
        match ron::from_str::<Entries>(source) {
            Ok(Entries(entries)) => {
                let mut reader = Reader { file: FILE, source, faults: &mut faults };
                for (key, value) in entries {
                    const NAME: &str = "the name of a theme in quotes";
                    const SWITCH: &str = "true or false";
                    match key.as_str() {
                        "theme" => set(&mut config.theme, reader.plain(value, NAME)),
                        "dark" => config.dark = reader.plain(value, NAME),
                        "light" => config.light = reader.plain(value, NAME),
                        "colours" | "colors" => {
                            const WHEN: &str = "\"auto\", \"always\" or \"never\"";
                            let when: Option<String> = reader.plain(value, WHEN);
                            match when.as_deref() {
                                Some("auto") => config.colours = When::Auto,
                                Some("always") => config.colours = When::Always,
                                Some("never") => config.colours = When::Never,
                                Some(_) => reader.refuse(value, WHEN),
                                None => {}
                            }
                        }
                        "underline_colours" | "underline_colors" => {
                            set(&mut config.underline_colours, reader.plain(value, SWITCH));
                        }
                        "ascii" => set(&mut config.ascii, reader.plain(value, SWITCH)),
                        "mouse" => set(&mut config.mouse, reader.plain(value, SWITCH)),
                        "probe" => set(&mut config.probe, reader.plain(value, SWITCH)),
                        _ => reader.unknown("setting", &key, value, &FIELDS),
                    }
                }
            }
            Err(why) => faults.push(Fault {
                file: FILE.into(),
                line: why.span.end.line,
                column: why.span.end.col,
                what: format!("{}; the whole file is left aside.", why.code),
            }),
        }
        (config, faults)
    }

    /// The settings with what the command line says in their place.
    #[must_use]
    pub fn with(mut self, wishes: &Wishes) -> Self {
        set(&mut self.theme, wishes.theme.clone());
        set(&mut self.colours, wishes.colours);
        self.ascii |= wishes.ascii;
        self.probe &= !wishes.no_probe;
        self
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// What the command line says about the screen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wishes {
    /// The theme.
    pub theme: Option<String>,
    /// Whether there are colours.
    pub colours: Option<When>,
    /// Only signs of every terminal.
    pub ascii: bool,
    /// Ask the terminal nothing.
    pub no_probe: bool,
}

/// What the program is set up with. `ground` is the terminal's, dark if it is not known; `var` looks an environment
/// variable up. Gives also one sentence for each thing in the user's files that could not be used.
#[must_use]
pub fn setup(
    files: &Files,
    wishes: &Wishes,
    ground: Option<Mode>,
    var: impl Fn(&str) -> Option<String>,
) -> (Setup, Vec<String>) {
    let (config, faults) = files.config();
    let config = config.with(wishes);
    let mut told: Vec<String> = files.faults.clone();
    told.extend(faults.iter().map(ToString::to_string));
    let (library, faults) = Library::load(files.themes.iter().cloned());
    told.extend(faults.iter().map(ToString::to_string));
    let (keymap, faults) = Keymap::load(files.keys.as_deref());
    told.extend(faults.iter().map(ToString::to_string));
    let depth = Depth::detect(config.colours, &var);
    let ground = ground.unwrap_or_default();
    let own = match ground {
        Mode::Dark => config.dark.as_deref(),
        Mode::Light => config.light.as_deref(),
    };
    // A pair of one's own is for terminals that can show it.
    let wanted = match own {
        Some(own) if config.theme == AUTO && depth > Depth::Ansi16 => own,
        _ => &config.theme,
    };
    let (theme, warning) = library.choose(wanted, ground, depth);
    told.extend(warning);
    let mut styles = theme.at(depth);
    if !config.underline_colours {
        styles = styles.with_plain_underlines();
    }
    let setup = Setup {
        theme: theme.id().to_owned(),
        styles,
        library,
        glyphs: Glyphs::pick(config.ascii, &var),
        keymap,
        zone: jiff::tz::TimeZone::system(),
    };
    (setup, told)
}

/// Tells in the status line what could not be used of the user's files: the first thing, and how many more there are.
pub fn tell_faults(app: &mut App, faults: &[String]) {
    match faults {
        [] => {}
        [one] => app.tell(Tone::Refused, one.clone()),
        [first, rest @ ..] => app.tell(Tone::Refused, format!("{first} (and {} more)", rest.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn faults(source: &str) -> (Config, Vec<String>) {
        let (config, faults) = Config::parse(source);
        (config, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_sample_is_how_it_is_without_a_file() {
        let (config, faults) = faults(SAMPLE);
        assert_eq!(faults, Vec::<String>::new());
        let themes = Config { dark: Some("emic-dark".into()), light: Some("emic-light".into()), ..Config::default() };
        assert_eq!(config, themes);
        assert!(FIELDS.iter().all(|field| SAMPLE.contains(&format!("{field}: "))));
    }

    #[test]
    fn what_is_not_understood_is_told_with_its_place_and_the_rest_holds() {
        let (config, faults) = faults("(\n  them: \"mono\",\n  mouse: 1,\n  colours: \"some\",\n  ascii: true,\n)");
        assert_eq!(
            faults,
            [
                "config.ron, line 2, column 3: there is no setting “them”; did you mean “theme”?",
                "config.ron, line 3, column 10: expected true or false; this is left aside.",
                "config.ron, line 4, column 12: expected \"auto\", \"always\" or \"never\"; this is left aside.",
            ]
        );
        assert_eq!(config, Config { ascii: true, ..Config::default() });
        let (config, faults) = super::tests::faults("(theme \"x\")");
        assert_eq!((config, faults.len()), (Config::default(), 1));
        assert!(faults[0].starts_with("config.ron, line 1, column "), "{}", faults[0]);
    }

    #[test]
    fn the_command_line_goes_before_the_file_and_the_ground_picks_the_pair() {
        let vars = |name: &str| (name == "TERM").then(|| "xterm-kitty".to_owned());
        let files = Files { config: Some("(light: \"high-contrast-light\")".into()), ..Files::default() };
        let theme = |wishes: &Wishes, ground| {
            let (setup, faults) = setup(&files, wishes, ground, vars);
            assert_eq!(faults, Vec::<String>::new());
            setup.theme
        };
        let none = Wishes::default();
        assert_eq!(theme(&none, None), "emic-dark");
        assert_eq!(theme(&none, Some(Mode::Light)), "high-contrast-light");
        let mono = Wishes { theme: Some("mono".into()), ..Wishes::default() };
        assert_eq!(theme(&mono, Some(Mode::Light)), "mono");
        let grey = Wishes { colours: Some(When::Never), ..Wishes::default() };
        assert_eq!(theme(&grey, Some(Mode::Light)), "mono");
    }

    #[test]
    fn faults_of_all_files_are_told() {
        let files = Files {
            config: Some("(theme: \"nowhere\")".into()),
            keys: Some("{ \"no-such\": [\"x\"] }".into()),
            themes: vec![("mine.ron".into(), "(nam: \"x\")".into())],
            faults: vec!["themes/other.ron could not be read: …".into()],
        };
        let (_, faults) = setup(&files, &Wishes::default(), None, |_| None);
        let starts: Vec<&str> = faults.iter().map(|fault| &fault[..8]).collect();
        assert_eq!(starts, ["themes/o", "mine.ron", "keys.ron", "There is"]);
    }

    proptest! {
        #[test]
        fn no_file_brings_the_program_down(source in "\\PC{0,80}|[(){}\\[\\]:,\"a-z#0-9\n /*]{0,120}") {
            let _read = Config::parse(&source);
            let _read = Config::parse(&format!("(theme: {source}, mouse: {source})"));
        }
    }
}
