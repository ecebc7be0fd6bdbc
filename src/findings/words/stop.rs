//! Stop words: words of English that say nothing of what is spoken about, left out of frequencies unless they are asked for.

use rustc_hash::FxHashSet;

/// The words that are left out unless others are given: articles, pronouns, prepositions, auxiliaries with their short
/// forms, and what people say while they think. Small, so that it can be read; in small letters.
pub const ENGLISH: &str = "\
a about after again all also am an and any are aren't as at be because been before being both but by can can't cannot could \
couldn't did didn't do does doesn't doing don't done down each else even ever every few for from get gets getting go goes going \
gonna got had hadn't has hasn't have haven't having he he'd he'll he's her here hers him his how i i'd i'll i'm i've if in into is \
isn't it it'd it'll it's its just kind let like lot made make makes many may maybe me mean might more most much must my no nor \
not now of off oh ok okay on one or other our ours out over own really right said same say says see she she'd she'll she's \
should shouldn't so some something sort still such than that that'd that's the their them then there there's these they they'd \
they'll they're they've thing things think this those though through to too um uh up us very was wasn't way we we'd we'll we're \
we've well went were weren't what what's when where which while who who's whom why will with won't would wouldn't yeah yes you \
you'd you'll you're you've your yours";

/// Words that are left out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StopWords(FxHashSet<String>);

impl StopWords {
    /// No words.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The built-in ones.
    #[must_use]
    pub fn english() -> Self {
        Self::of(ENGLISH)
    }

    /// The words of a text, whatever parts them; what follows a `#` in a line is a remark.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
        let words = lines.flat_map(|line| line.split(|c: char| c.is_whitespace() || c == ',' || c == ';'));
        Self(words.filter(|word| !word.is_empty()).map(super::folded).collect())
    }

    /// Whether a word, in small letters, is one of them.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_ones_stand_once_and_a_list_may_be_written_any_way() {
        assert_eq!(StopWords::english().len(), ENGLISH.split_whitespace().count());
        let own = StopWords::of("The, practice;\n# a remark\nYou’re  # another\n\n");
        assert!(["the", "practice", "you're"].iter().all(|word| own.has(word)) && own.len() == 3, "{own:?}");
    }
}
