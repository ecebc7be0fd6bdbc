//! What is typed for memos.

use crate::report::memos::Signing;
use clap::ValueEnum;
use clap::builder::PossibleValue;

impl ValueEnum for Signing {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Quoted => "As they stand under the quotations",
            Self::Full => "With all that the study allows in publications",
            Self::Enough => "With as much of it as fits enough participants",
            Self::Nobody => "Not at all",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}
