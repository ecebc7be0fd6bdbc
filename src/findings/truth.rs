//! Whether something holds of a case, when not all is known: yes, no, or why that cannot be said yet.

/// Whether something holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Truth {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The value that it asks for is missing, which is not the same as no.
    Missing,
    /// Coders differ about it, and nothing is decided yet.
    Disputed,
    /// Nobody who should has coded it to the end.
    NotYet,
}

impl Truth {
    /// Yes or no.
    #[must_use]
    pub const fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }

    /// How much it keeps a whole from being known.
    const fn weight(self) -> u8 {
        match self {
            Self::Yes | Self::No => 0,
            Self::Missing => 1,
            Self::Disputed => 2,
            Self::NotYet => 3,
        }
    }

    /// Whether one of these holds: yes as soon as one does; else the least known of them.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::at_least(1, parts)
    }

    /// Whether all of these hold: no as soon as one does not; else the least known of them.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::any(parts.into_iter().map(Self::not)).not()
    }

    /// Whether none of these holds.
    pub fn none(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::any(parts).not()
    }

    /// Whether `k` of these hold at least: yes or no as soon as what is known decides it, else the least known of them.
    pub fn at_least(k: u32, parts: impl IntoIterator<Item = Self>) -> Self {
        let (mut yes, mut open, mut least_known) = (0, 0, Self::No);
        for part in parts {
            match part {
                Self::Yes => yes += 1,
                Self::No => {}
                unknown => {
                    open += 1;
                    if unknown.weight() > least_known.weight() {
                        least_known = unknown;
                    }
                }
            }
        }
        match (yes, yes + open) {
            (sure, _) if sure >= k => Self::Yes,
            (_, possible) if possible < k => Self::No,
            _ => least_known,
        }
    }

    /// The opposite; what is not known stays so.
    #[must_use]
    pub const fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            unknown => unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, Disputed, Missing, No, NotYet, Yes};

    #[test]
    fn what_is_known_decides_and_else_the_least_known() {
        assert_eq!(Truth::any([No, NotYet, Yes]), Yes);
        assert_eq!(Truth::any([No, Disputed, Missing]), Disputed);
        assert_eq!(Truth::any([Disputed, NotYet]), NotYet);
        assert_eq!(Truth::any([]), No);
        assert_eq!(Truth::all([Yes, NotYet, No]), No);
        assert_eq!(Truth::all([Yes, Missing]), Missing);
        assert_eq!(Truth::all([]), Yes);
        assert_eq!(Truth::none([Missing]), Missing, "a missing value is not no");
        assert_eq!(Truth::none([No, No]), Yes);
        assert_eq!(Truth::at_least(2, [Yes, Disputed, No]), Disputed);
        assert_eq!(Truth::at_least(2, [Yes, No, No, Yes]), Yes);
        assert_eq!(Truth::at_least(3, [Yes, No, No, NotYet]), No);
    }
}
