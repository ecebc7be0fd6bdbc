//! Ids, writers and stamps: what names a record, who wrote a line, and where the line stands in the order of all.
//!
//! An id is a UUIDv7: 26 base-32 characters on disk (they sort as the numbers do), a GUID outside. Ids, time and random
//! numbers come from outside through [`Mint`], so that tests and scripts can fix them.

use data_encoding::{Encoding, Specification};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

static BASE32: LazyLock<Encoding> = LazyLock::new(|| {
    let mut spec = Specification::new();
    spec.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
    spec.encoding().expect("32 different symbols are an alphabet")
});

/// The number behind every typed id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(u128);

impl Id {
    /// The id of a UUID.
    #[must_use]
    pub const fn from_uuid(uuid: uuid::Uuid) -> Self {
        Self(uuid.as_u128())
    }

    /// The id that a moment (milliseconds since 1970) and 80 random bits give: a UUIDv7.
    #[must_use]
    pub fn at(millis: u64, random: [u8; 10]) -> Self {
        Self::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// The milliseconds since 1970 at which the id was made, if it is a UUIDv7.
    #[must_use]
    pub fn millis(self) -> Option<u64> {
        let is_v7 = uuid::Uuid::from_u128(self.0).get_version_num() == 7;
        is_v7.then_some((self.0 >> 80) as u64)
    }

    /// The id that follows from another id and a name: the same on every machine (UUIDv5).
    #[must_use]
    pub fn derived(self, name: &str) -> Self {
        Self::from_uuid(uuid::Uuid::new_v5(&uuid::Uuid::from_u128(self.0), name.as_bytes()))
    }

    /// As other programs write it: `01890a5d-ac96-774b-bcce-b302099a8057`.
    #[must_use]
    pub fn guid(self) -> String {
        uuid::Uuid::from_u128(self.0).hyphenated().to_string()
    }

    /// Its last six characters: enough to tell two sources of one name apart in a folder.
    #[must_use]
    pub fn tail(self) -> String {
        self.to_string().split_off(20)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = [0; 26];
        BASE32.encode_mut(&self.0.to_be_bytes(), &mut out);
        f.write_str(std::str::from_utf8(&out).unwrap_or_default())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = BadId;
    fn from_str(s: &str) -> Result<Self, BadId> {
        let mut bytes = [0; 16];
        if s.len() == 26 && BASE32.decode_mut(s.as_bytes(), &mut bytes).is_ok() {
            return Ok(Self(u128::from_be_bytes(bytes)));
        }
        Err(BadId)
    }
}

/// The text is not an id.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id has 26 characters of 0-9 and a-z without i, l, o, u")]
pub struct BadId;

struct IdVisitor;

impl de::Visitor<'_> for IdVisitor {
    type Value = Id;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id of 26 characters (0-9 and a-z without i, l, o, u)")
    }
    fn visit_str<E: de::Error>(self, s: &str) -> Result<Id, E> {
        s.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(s), &self))
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_str(IdVisitor)
    }
}

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Id);

        impl From<Id> for $name {
            fn from(id: Id) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Id {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

typed_ids! {
    /// Names the study itself.
    StudyId,
    /// Names a coder.
    CoderId,
    /// Names a wave of data collection.
    WaveId,
    /// Names a case.
    CaseId,
    /// Names an attribute of cases or participants.
    AttributeId,
    /// Names the value of an attribute.
    ValueId,
    /// Names a participant.
    ParticipantId,
    /// Names a source.
    SourceId,
    /// Names one version of a source's text.
    VersionId,
    /// Names what a speaker label of a source stands for.
    SpeakerId,
    /// Names a code.
    CodeId,
    /// Names a wording of a code.
    WordingId,
    /// Names a coding.
    CodingId,
    /// Names a memo.
    MemoId,
    /// Names a coder's pinned codes.
    PinsId,
    /// Names how far a coder has read a source.
    ProgressId,
    /// Names a round.
    RoundId,
    /// Names where a coder stands with a case of a round.
    StandId,
    /// Names what was revealed of a round.
    RevealId,
    /// Names a decision about a disagreement.
    DecisionId,
    /// Names a check of a coding against a new wording.
    CheckId,
    /// Names how cases were divided.
    AllocationId,
    /// Names a row: a saved expression.
    RowId,
    /// Names a saved table.
    TableId,
    /// Names a line of a saved table.
    LineId,
    /// Names what a coder holds of a code in a case.
    JudgementId,
    /// Names a theme.
    ThemeId,
    /// Names something that a theme holds.
    ThemeItemId,
    /// Names a cycle.
    CycleId,
    /// Names what a coder found of a pair of codings.
    PairCheckId,
    /// Names a summary of a case under a theme.
    SummaryId,
    /// Names a quotation in a memo.
    QuotationId,
    /// Names something that was done to a code.
    ReshapingId,
}

/// Who appends to one journal: a coder's initials, a hyphen and four random characters, `PB-7k3f`. At most 15 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Writer([u8; 15]);

impl Writer {
    /// The writer of what no line names.
    pub const NOBODY: Self = Self([0; 15]);

    /// The writer of this name, if it can be one: 1 to 15 letters, digits and hyphens.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let fits = !name.is_empty() && name.len() <= 15 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        fits.then(|| {
            let mut bytes = [0; 15];
            bytes[..name.len()].copy_from_slice(name.as_bytes());
            Self(bytes)
        })
    }

    /// Its name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|&b| b == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }

    /// The initials of the coder whose journal it writes.
    #[must_use]
    pub fn initials(&self) -> &str {
        self.as_str().rsplit_once('-').map_or(self.as_str(), |(initials, _)| initials)
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Writer {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

struct WriterVisitor;

impl de::Visitor<'_> for WriterVisitor {
    type Value = Writer;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a writer such as PB-7k3f")
    }
    fn visit_str<E: de::Error>(self, s: &str) -> Result<Writer, E> {
        if s.is_empty() {
            return Ok(Writer::default());
        }
        Writer::new(s).ok_or_else(|| E::invalid_value(de::Unexpected::Str(s), &self))
    }
}

impl<'de> Deserialize<'de> for Writer {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_str(WriterVisitor)
    }
}

/// Where a line stands in the order of all lines: its number, then its writer. The default stamp is before every line;
/// records that no line names carry it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize)]
pub struct Stamp(pub u64, pub Writer);

impl Stamp {
    /// Whether it is the stamp of what no line names.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.0, self.1)
    }
}

/// Where new ids, the time and random numbers come from.
pub trait Mint {
    /// An id that nothing has yet, greater than all that this mint gave before.
    fn id(&mut self) -> Id;
    /// The time now, to the second.
    fn now(&mut self) -> Timestamp;
    /// Any number.
    fn random(&mut self) -> u64;
}

/// Ids from a seed and a clock that stands still or is set: for tests and scripted runs.
#[derive(Clone, Debug)]
pub struct FixedMint {
    clock: Timestamp,
    rng: fastrand::Rng,
    last: Id,
}

impl FixedMint {
    /// Ids that follow from `seed`, all at the time `clock`.
    #[must_use]
    pub fn new(seed: u64, clock: Timestamp) -> Self {
        Self { clock, rng: fastrand::Rng::with_seed(seed), last: Id::default() }
    }

    /// Sets the clock.
    pub fn set(&mut self, clock: Timestamp) {
        self.clock = clock;
    }
}

/// An id for the time `now` with bits from `rng`, greater than `last`, which becomes it: what is made later sorts later,
/// within a millisecond and when the clock jumps back.
pub fn fresh_id(now: Timestamp, rng: &mut fastrand::Rng, last: &mut Id) -> Id {
    let mut random = [0; 10];
    rng.fill(&mut random);
    let id = Id::at(u64::try_from(now.as_millisecond()).unwrap_or(0), random);
    *last = if id > *last { id } else { Id(last.0.wrapping_add(1)) };
    *last
}

impl Mint for FixedMint {
    fn id(&mut self) -> Id {
        fresh_id(self.clock, &mut self.rng, &mut self.last)
    }
    fn now(&mut self) -> Timestamp {
        self.clock
    }
    fn random(&mut self) -> u64 {
        self.rng.u64(..)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_26_characters_and_reads_back() {
        let id = Id::at(1_700_000_000_000, [7; 10]);
        let text = id.to_string();
        assert_eq!(text.len(), 26);
        assert_eq!(text.parse(), Ok(id));
        assert_eq!("not an id".parse::<Id>(), Err(BadId));
        assert!(Id::at(1, [255; 10]) < Id::at(2, [0; 10]), "later ids sort later");
        assert!(Id::at(1, [255; 10]).to_string() < Id::at(2, [0; 10]).to_string(), "on disk as well");
    }

    #[test]
    fn ids_grow_though_the_clock_stands_still_or_jumps_back() {
        let mut mint = FixedMint::new(1, Timestamp::UNIX_EPOCH);
        let mut ids: Vec<Id> = (0..50).map(|_| mint.id()).collect();
        mint.set(Timestamp::from_second(1_000_000).expect("a time"));
        ids.push(mint.id());
        mint.set(Timestamp::UNIX_EPOCH);
        ids.push(mint.id());
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
    }

    #[test]
    fn a_writer_is_its_initials_and_four_characters() {
        let writer = Writer::new("PB-7k3f").expect("a writer");
        assert_eq!((writer.as_str(), writer.initials()), ("PB-7k3f", "PB"));
        assert_eq!(Writer::new("a/b"), None);
        assert_eq!(ron::to_string(&Stamp(7, writer)).expect("a stamp"), "(7,\"PB-7k3f\")");
    }
}
