//! Chance that can be had again: numbers that follow from a seed alone, the same on every machine and for ever.
//!
//! A draw that is reported with its seed must come out the same years later, so the generator is not a crate's, whose
//! sequence a version may change, but SplitMix64 (Steele, Lea and Flood 2014) written out.

/// Numbers that follow from a seed.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The numbers of `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`, each as likely as the others; 0 if `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let n = n as u64;
        if n < 2 {
            return 0;
        }
        // The numbers below this many would make the first few remainders likelier than the others.
        let odd = n.wrapping_neg() % n;
        loop {
            let next = self.next();
            if next >= odd {
                return (next % n) as usize;
            }
        }
    }

    /// Puts `items` into an order, each as likely as the others (Fisher and Yates, from the last place to the first).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

/// A seed that is easily written down, from any random number: 1 to 999,999.
#[must_use]
pub const fn short_seed(random: u64) -> u64 {
    1 + random % 999_999
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        // The reference implementation (Vigna, splitmix64.c) from the state 1234567.
        let mut chance = Chance::new(1_234_567);
        let numbers: Vec<u64> = (0..5).map(|_| chance.next()).collect();
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(numbers, published);
    }

    #[test]
    fn an_order_follows_from_the_seed_for_ever() {
        let shuffled = |seed| {
            let mut all: Vec<u8> = (1..=10).collect();
            Chance::new(seed).shuffle(&mut all);
            all
        };
        // Written down when it was first made: a draw that is in a paper must come out again.
        assert_eq!(shuffled(4711), EXPECTED);
        assert_ne!(shuffled(4711), shuffled(4712));
    }

    const EXPECTED: [u8; 10] = [3, 2, 8, 6, 5, 1, 7, 10, 9, 4];

    #[test]
    fn every_order_of_three_is_as_likely_as_the_others() {
        let mut times = std::collections::BTreeMap::new();
        for seed in 0..6000 {
            let mut three = ['a', 'b', 'c'];
            Chance::new(seed).shuffle(&mut three);
            *times.entry(three).or_insert(0) += 1;
        }
        assert_eq!(times.len(), 6);
        assert!(times.values().all(|n| (900..1100).contains(n)), "{times:?}");
    }
}
