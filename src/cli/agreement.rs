//! `emic agreement`: how far coders agree, of a round or of an input file.

mod asked;

pub(super) use asked::a_round;
pub(super) use asked::texts;

use super::args::{FormatArg, LookArgs};
use super::failure::Failure;
use super::opening::Desk;
use super::{agreement_input, out};
use crate::findings::figures::figures;
use crate::findings::input::export;
use crate::findings::methods::methods;
use crate::project::round::Unit;
use crate::report::agreement::table;
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// How far coders agree.
///
/// The figures of a round are counted from what its coders had when all had finished, and never change. Asked for otherwise
/// than the round fixed it, they are headed exploratory. With --input, every figure of an input file of the format
/// agreement-input/1 is printed as JSON (agreement-expected/1), for checking against other programs; no project is needed.
#[derive(Args, Debug)]
pub struct Agreement {
    /// The folder of the project.
    #[arg(value_hint = ValueHint::DirPath, required_unless_present = "input")]
    pub project: Option<PathBuf>,
    /// The round: its name; without it, the one revealed last.
    #[arg(long, value_name = "NAME")]
    pub round: Option<String>,
    /// What agreement is counted on first: character, word, sentence, paragraph, turn, given passage, source, case.
    #[arg(long, value_name = "UNIT", value_parser = unit)]
    pub unit: Option<Unit>,
    /// The level of the tree that codes are rolled up to, 1 for main codes; 0 for codes as applied.
    #[arg(long, value_name = "N")]
    pub level: Option<u32>,
    /// Only these codes and those below them, parted by commas (may be repeated).
    #[arg(long, value_name = "NAMES")]
    pub codes: Vec<String>,
    /// Only these cases, parted by commas (may be repeated).
    #[arg(long, value_name = "NAMES")]
    pub cases: Vec<String>,
    /// Only these coders, by their initials, parted by commas (may be repeated).
    #[arg(long, value_name = "INITIALS")]
    pub coders: Vec<String>,
    /// Print the round as JSON of the format agreement-input/1, for others to count again.
    #[arg(long, conflicts_with_all = ["methods", "input"])]
    pub export_input: bool,
    /// Print the methods paragraph, with gaps where the project does not know.
    #[arg(long, conflicts_with_all = ["input", "unit", "level", "codes", "cases", "coders"])]
    pub methods: bool,
    /// An input file to count instead of a project; - reads standard input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(conflicts_with_all = ["project", "round", "unit", "level", "codes", "cases", "coders"])]
    pub input: Option<PathBuf>,
    // How it is written.
    #[command(flatten)]
    pub format: FormatArg,
}

/// A unit as it is typed: by its name, its first word, or in the plural.
fn unit(name: &str) -> Result<Unit, String> {
    let plain = name.trim().to_lowercase().replace(['-', '_'], " ");
    let one = plain.strip_suffix('s').unwrap_or(&plain);
    let is = |unit: &Unit| unit.name() == one || unit.name().split(' ').next() == Some(one) || unit.name() == plain;
    Unit::ALL.into_iter().find(|unit| is(unit) || *unit == Unit::Char && one == "char").ok_or_else(|| {
        let names: Vec<&str> = Unit::ALL.into_iter().map(Unit::name).collect();
        format!("units are {}", names.join(", "))
    })
}

/// Prints what is asked for.
///
/// # Errors
/// A round that is not revealed, a name that means nothing, an input that cannot be counted.
pub(super) fn run(args: &Agreement, look: &LookArgs) -> Result<(), Failure> {
    let project = match (&args.input, &args.project) {
        (Some(input), _) => return agreement_input::run(input),
        (None, Some(project)) => project,
        (None, None) => return Err(Failure::Usage("say which project, or an input file with --input".into())),
    };
    // What is revealed is revealed to everybody; so nobody has to say who asks.
    let desk = Desk::open(project, Some("all"))?;
    desk.notes.iter().for_each(|note| out::note(note));
    let view = desk.view();
    let round = a_round(&view, args.round.as_deref())?;
    let asked = asked::asked(&view, args)?;
    let texts = texts(&desk);
    if args.methods {
        return out::say(&methods(&view, round, &texts, env!("CARGO_PKG_VERSION"))?);
    }
    if args.export_input {
        return out::say(&export(&view, round, &asked, &texts)?.to_json());
    }
    let figures = figures(&view, round, &asked, &texts)?;
    let format = args.format.format;
    out::print_table(&table(&view, &figures, desk.title(), format), format, look)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_known_by_any_of_their_names() {
        for (name, found) in [
            ("turn", Unit::Turn),
            ("Turns", Unit::Turn),
            ("char", Unit::Char),
            ("characters", Unit::Char),
            ("given", Unit::Given),
            ("given-passages", Unit::Given),
            ("case", Unit::Case),
            ("sentences", Unit::Sentence),
        ] {
            assert_eq!(unit(name), Ok(found), "{name}");
        }
        assert!(unit("page").is_err_and(|why| why.starts_with("units are character, word")));
    }
}
