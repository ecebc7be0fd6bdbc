//! How many colours the terminal has, decided once from the environment and the command line.
//!
//! A pure function: who calls it hands in a way to look variables up, so every case can be tested.

/// How many colours there are to draw with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Depth {
    /// None: bold, underlined, reversed and dim do the work. The terminal must then be told that colours are "forced"
    /// (`crossterm::style::force_color_output(true)`): with `NO_COLOR` set, crossterm 0.29 writes a bare reset in
    /// place of each colour and so wipes out the underline and reverse set just before it.
    None,
    /// The sixteen that the terminal's owner chose.
    Ansi16,
    /// The cube of 216 and the 24 greys.
    Ansi256,
    /// Any.
    True,
}

/// What `--color` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// As the environment has it.
    #[default]
    Auto,
    /// Colours, whatever the environment says.
    Always,
    /// No colours.
    Never,
}

impl Depth {
    /// The depth for these circumstances. `var` looks an environment variable up; empty counts as not set.
    ///
    /// The order: `--color`; then `NO_COLOR`, `CLICOLOR_FORCE` and `CLICOLOR=0` in this order, as
    /// <https://no-color.org> and <https://bixense.com/clicolors> want it; then what the terminal says of itself.
    #[must_use]
    pub fn detect(when: When, var: impl Fn(&str) -> Option<String>) -> Self {
        let var = |name: &str| var(name).filter(|value| !value.is_empty());
        let forced = var("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        match when {
            When::Never => Self::None,
            When::Always => able(&var).max(Self::Ansi16),
            When::Auto if var("NO_COLOR").is_some() => Self::None,
            When::Auto if forced => able(&var).max(Self::Ansi16),
            When::Auto if var("CLICOLOR").is_some_and(|value| value == "0") => Self::None,
            When::Auto => able(&var),
        }
    }
}

/// What the terminal can do, by `COLORTERM`, `TERM` and the names that some terminals leave.
fn able(var: &impl Fn(&str) -> Option<String>) -> Depth {
    let term = var("TERM").unwrap_or_default().to_ascii_lowercase();
    let is = |name: &str, values: &[&str]| var(name).is_some_and(|found| values.iter().any(|v| found.contains(v)));
    if term == "dumb" {
        return Depth::None;
    }
    // GNU screen hands COLORTERM on from the terminal around it, but cuts colours down to 256.
    if term.starts_with("screen") && var("STY").is_some() {
        return if term.contains("256") { Depth::Ansi256 } else { Depth::Ansi16 };
    }
    if is("COLORTERM", &["truecolor", "24bit"]) || term.ends_with("-direct") || term.contains("truecolor") {
        return Depth::True;
    }
    if ["kitty", "alacritty", "ghostty", "foot", "wezterm", "contour"].iter().any(|name| term.contains(name))
        || is("TERM_PROGRAM", &["iTerm.app", "WezTerm", "vscode", "ghostty", "mintty"])
        || var("WT_SESSION").is_some()
    {
        return Depth::True;
    }
    if term.contains("256") {
        return Depth::Ansi256;
    }
    if term.is_empty() {
        // Windows sets no TERM, and its console has had all colours since 2017.
        return if is("OS", &["Windows_NT"]) { Depth::True } else { Depth::None };
    }
    // The glass terminals of the VT line had none, unless their name says otherwise.
    if term.starts_with("vt") && !term.contains("color") { Depth::None } else { Depth::Ansi16 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(when: When, vars: &[(&str, &str)]) -> Depth {
        Depth::detect(when, |name| vars.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_terminal_says_what_it_can() {
        for (vars, wanted) in [
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")][..], Depth::True),
            (&[("TERM", "xterm"), ("COLORTERM", "24bit")], Depth::True),
            (&[("TERM", "xterm-kitty")], Depth::True),
            (&[("TERM", "xterm-direct")], Depth::True),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")], Depth::True),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], Depth::Ansi256),
            (&[("TERM", "xterm-256color")], Depth::Ansi256),
            (&[("TERM", "tmux-256color")], Depth::Ansi256),
            (&[("TERM", "screen.xterm-256color"), ("STY", "1.s"), ("COLORTERM", "truecolor")], Depth::Ansi256),
            (&[("TERM", "screen"), ("STY", "1.s"), ("COLORTERM", "truecolor")], Depth::Ansi16),
            (&[("TERM", "xterm")], Depth::Ansi16),
            (&[("TERM", "linux")], Depth::Ansi16),
            (&[("TERM", "vt100")], Depth::None),
            (&[("TERM", "dumb"), ("COLORTERM", "truecolor")], Depth::None),
            (&[("WT_SESSION", "x"), ("OS", "Windows_NT")], Depth::True),
            (&[("OS", "Windows_NT")], Depth::True),
            (&[], Depth::None),
        ] {
            assert_eq!(depth(When::Auto, vars), wanted, "{vars:?}");
        }
    }

    #[test]
    fn no_color_wins_over_the_environment_and_the_command_line_over_both() {
        let full = ("COLORTERM", "truecolor");
        let term = ("TERM", "xterm");
        assert_eq!(depth(When::Auto, &[full, term, ("NO_COLOR", "1")]), Depth::None);
        assert_eq!(depth(When::Auto, &[full, term, ("NO_COLOR", "")]), Depth::True);
        assert_eq!(depth(When::Auto, &[full, term, ("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]), Depth::None);
        assert_eq!(depth(When::Always, &[full, term, ("NO_COLOR", "1")]), Depth::True);
        assert_eq!(depth(When::Never, &[full, term, ("CLICOLOR_FORCE", "1")]), Depth::None);
    }

    #[test]
    fn forcing_gives_colours_even_to_a_terminal_that_says_it_has_none() {
        assert_eq!(depth(When::Auto, &[("TERM", "dumb"), ("CLICOLOR_FORCE", "1")]), Depth::Ansi16);
        assert_eq!(depth(When::Auto, &[("TERM", "dumb"), ("CLICOLOR_FORCE", "0")]), Depth::None);
        assert_eq!(depth(When::Auto, &[("TERM", "xterm"), ("CLICOLOR", "0")]), Depth::None);
        assert_eq!(depth(When::Always, &[]), Depth::Ansi16);
    }
}
