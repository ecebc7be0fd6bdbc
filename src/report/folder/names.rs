//! Names of files made from titles: safe on every system, and never the same twice.

use crate::exchange::import::slug;
use std::collections::HashSet;

/// How long a name is at the most, without its ending and what tells it from its like.
const LONGEST: usize = 60;

/// Names that some system keeps to itself, with any ending.
const KEPT: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The names that were given away.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: HashSet<String>,
}

impl Names {
    /// A name for what is called `title`, of small letters, digits and hyphens; of a title without any, `otherwise`. Of
    /// several alike the later get a number.
    pub(super) fn give(&mut self, title: &str, otherwise: &str) -> String {
        let slug = slug(title, LONGEST);
        let port = |name: &str| {
            let digit = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
            digit.is_some_and(|digit| digit.len() == 1 && digit.bytes().all(|b| b.is_ascii_digit()))
        };
        let stem = match slug.as_str() {
            "" => otherwise.to_owned(),
            kept if KEPT.contains(&kept) || port(kept) => format!("{kept}-{otherwise}"),
            _ => slug,
        };
        let mut name = stem.clone();
        let mut n = 2;
        while !self.given.insert(name.clone()) {
            name = format!("{stem}-{n}");
            n += 1;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn titles_that_differ_by_case_or_odd_signs_get_names_of_their_own() {
        let mut names = Names::default();
        let mut give = |title: &str| names.give(title, "table");
        assert_eq!(give("Table 1. Practices, staff & services"), "table-1-practices-staff-services");
        assert_eq!(
            (give("Who"), give("WHO"), give("who?"), give("Who 2")),
            ("who".into(), "who-2".into(), "who-3".into(), "who-2-2".into())
        );
        assert_eq!((give("表"), give("…"), give("../..")), ("table".into(), "table-2".into(), "table-3".into()));
        assert_eq!(
            (give("CON"), give("lpt1"), give("com"), give("Élan")),
            ("con-table".into(), "lpt1-table".into(), "com".into(), "elan".into())
        );
    }

    proptest! {
        #[test]
        fn every_name_can_be_a_files_name_and_none_is_given_twice(titles in prop::collection::vec("(?s).{0,80}", 0..12)) {
            let mut names = Names::default();
            let given: Vec<String> = titles.iter().map(|title| names.give(title, "table")).collect();
            for name in &given {
                prop_assert!(!name.is_empty() && name.len() <= LONGEST + 8, "{name}");
                let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
                prop_assert!(name.bytes().all(fits) && !name.starts_with('-') && !KEPT.contains(&name.as_str()), "{name}");
            }
            let each: HashSet<&String> = given.iter().collect();
            prop_assert_eq!(each.len(), given.len());
        }
    }
}
