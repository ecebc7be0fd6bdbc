//! Values of options that other parts of the program define.

use crate::report::tables::Format;
use crate::screen::theme::When;
use clap::ValueEnum;
use clap::builder::PossibleValue;

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
