//! Ids, time and random numbers as the system gives them.

use crate::project::id::{Id, Mint, fresh_id};
use jiff::{Timestamp, Unit};

/// The system's clock and random numbers.
#[derive(Default)]
pub struct SystemMint {
    rng: fastrand::Rng,
    last: Id,
}

impl Mint for SystemMint {
    fn id(&mut self) -> Id {
        fresh_id(Timestamp::now(), &mut self.rng, &mut self.last)
    }

    fn now(&mut self) -> Timestamp {
        let now = Timestamp::now();
        now.round(Unit::Second).unwrap_or(now)
    }

    fn random(&mut self) -> u64 {
        self.rng.u64(..)
    }
}
