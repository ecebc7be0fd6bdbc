//! Values of options that other parts of the program define, as they are typed.

use crate::project::memo::MemoKind;
use crate::project::source::SourceKind;
use crate::report::tables::Format;
use crate::screen::theme::When;
use crate::text::turns::Layout;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use regex::Regex;

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Table, Self::Json, Self::Csv, Self::Md]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Table => PossibleValue::new("table").help("Aligned, to be read in a terminal"),
            Self::Json => PossibleValue::new("json").help("An array of objects, with ids"),
            Self::Csv => PossibleValue::new("csv").help("For spreadsheets"),
            Self::Md => PossibleValue::new("md").help("A Markdown table"),
        })
    }
}

impl ValueEnum for When {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Auto, Self::Always, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }))
    }
}

/// A kind of text, by its name or a short one.
pub(super) fn kind(name: &str) -> Result<SourceKind, String> {
    let names: Vec<&str> = SourceKind::ALL.into_iter().map(SourceKind::name).collect();
    let short = match name.to_lowercase().as_str() {
        "survey" => Some(SourceKind::Survey),
        "note" => Some(SourceKind::FieldNote),
        _ => None,
    };
    SourceKind::named(name).or(short).ok_or_else(|| format!("kinds are {}", names.join(", ")))
}

/// How a text says who speaks.
pub(super) fn layout(name: &str) -> Result<Layout, String> {
    let plain = |words: &str| words.to_lowercase().replace([' ', '-', '_', ','], "");
    // Two are told in other ways: by a pattern, by who takes turns.
    let found = Layout::all().find(|layout| plain(layout.name()) == plain(name));
    found.filter(|layout| *layout != Layout::Pattern).ok_or_else(|| {
        let known = Layout::all().filter(|layout| *layout != Layout::Pattern);
        let names: Vec<String> = known.map(|layout| format!("“{}”", layout.name())).collect();
        format!("layouts are {}", names.join(", "))
    })
}

/// A regular expression.
pub(super) fn regex(pattern: &str) -> Result<Regex, String> {
    Regex::new(pattern).map_err(|why| {
        let why = why.to_string();
        let last = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
        format!("that is no regular expression: {last}")
    })
}

/// A kind of memo.
pub(super) fn memo_kind(name: &str) -> Result<MemoKind, String> {
    MemoKind::named(name)
        .ok_or_else(|| "it is one of analytic, methodological, theoretical, reflexive, definition, discuss".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_layouts_are_found_by_name() {
        assert_eq!(kind("field-note"), Ok(SourceKind::FieldNote));
        assert_eq!(kind("survey"), Ok(SourceKind::Survey));
        assert!(kind("poem").is_err_and(|why| why.contains("focus group")));
        assert_eq!(layout("Name-and-colon"), Ok(Layout::Colon));
        assert!(layout("x").is_err());
    }
}
