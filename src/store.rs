//! The folder on disk: journals that are the truth, record files derived from them, and who keeps them.
//!
//! [`open`](open()) gives a [`Project`](crate::project::Project), what its coder did before, and a [`FolderKeeper`],
//! which writes what is done from then on; [`create`](create()) makes a new folder. A line is *safe* (acknowledged,
//! "saved") when it and the texts it names would survive a power cut. [`merge`](merge()) joins two copies,
//! [`check`](check()) says what is not as it should be, [`log`](log()) lists what was done.
//!
//! Nothing in here decides what an edit does, and nothing prints. Journals are only ever appended to: neither a torn
//! line nor a damaged one is taken out of the file it stands in.

pub mod check;
pub mod checkpoint;
mod create;
pub mod disk;
pub mod identity;
pub mod journal;
pub mod keep;
pub mod keeper;
mod load;
mod lock;
pub mod log;
pub mod merge;
pub mod open;
mod parallel;
mod pen;
mod quick;
pub mod records;
pub mod texts;

pub use check::{Finding, check};
pub use create::{NewProject, create, lay_out};
pub use disk::{Disk, FaultyDisk, RealDisk};
pub use keep::{Heard, KeepError, Keeper, MemoryKeeper, NewFile};
pub use keeper::FolderKeeper;
pub use log::{Entry, Log, log};
pub use merge::{Merged, merge};
pub use open::{Access, OpenError, Opened, Who, open};
pub(crate) use parallel::in_parallel;
