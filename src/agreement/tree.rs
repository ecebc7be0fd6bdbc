//! The code tree, as far as agreement needs it: who stands above whom. It has no rings; the input was checked.

use crate::agreement::maps::{Lookup, Map};
/// The code above each code that has one.
#[derive(Debug)]
pub(super) struct Tree {
    above: Lookup<String, String>,
}

impl Tree {
    pub(super) fn new(tree: Map<String, Option<String>>) -> Self {
        Self { above: tree.into_iter().filter_map(|(code, above)| Some((code, above?))).collect() }
    }

    /// The code right above `code`.
    pub(super) fn parent(&self, code: &str) -> Option<&str> {
        self.above.get(code).map(String::as_str)
    }

    /// The codes above `code`, the nearest first.
    pub(super) fn ancestors(&self, code: &str) -> impl Iterator<Item = &str> {
        std::iter::successors(self.parent(code), |code| self.parent(code))
    }

    /// Whether `above` stands above `code`, at any distance.
    pub(super) fn is_ancestor(&self, above: &str, code: &str) -> bool {
        self.ancestors(code).any(|ancestor| ancestor == above)
    }

    /// What `code` becomes when it is rolled up to `depth`, roots being at 1: its ancestor there, or itself where it is
    /// no deeper.
    pub(super) fn at_depth<'a>(&'a self, code: &'a str, depth: u64) -> &'a str {
        let way: Vec<&str> = std::iter::once(code).chain(self.ancestors(code)).collect();
        usize::try_from(depth).ok().and_then(|depth| way.len().checked_sub(depth)).map_or(code, |up| way[up])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_roll_up_to_their_ancestor_at_the_depth_and_stay_where_they_are_no_deeper() {
        let pair = |code: &str, above: Option<&str>| (code.to_owned(), above.map(str::to_owned));
        let given = Map::from_iter([pair("c", Some("b")), pair("b", Some("a")), pair("a", None)]);
        let tree = Tree::new(given);
        let up = |code| (1..=4).map(|depth| tree.at_depth(code, depth)).collect::<Vec<_>>();
        assert_eq!(up("c"), ["a", "b", "c", "c"]);
        assert_eq!(up("b"), ["a", "b", "b", "b"]);
        assert_eq!(up("elsewhere"), ["elsewhere"; 4]);
        assert!(tree.is_ancestor("a", "c") && !tree.is_ancestor("c", "a") && !tree.is_ancestor("a", "a"));
    }
}
