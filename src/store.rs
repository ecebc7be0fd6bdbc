//! The folder on disk: journals that are the truth, record files derived from them, and who keeps them.
//!
//! Opening a folder gives a [`Project`](crate::project::Project) and a [`FolderKeeper`], which writes what is done from
//! then on. Nothing in here decides what an edit does, and nothing prints.

pub mod check;
pub mod checkpoint;
mod create;
pub mod disk;
pub mod identity;
pub mod journal;
pub mod keeper;
mod load;
mod lock;
pub mod log;
pub mod merge;
pub mod open;
mod parallel;
mod pen;
pub mod records;
pub mod texts;

pub use check::{Finding, check};
pub use create::{NewProject, create, lay_out};
pub use disk::{Disk, FaultyDisk, RealDisk};
pub use keeper::FolderKeeper;
pub use log::{Entry, Log, log};
pub use merge::{Merged, merge};
pub use open::{Access, OpenError, Opened, Who, open};
pub(crate) use parallel::in_parallel;
