//! The folder on disk: journals that are the truth, record files derived from them, and who keeps them.
//!
//! Opening a folder gives a [`Project`](crate::project::Project) and a [`FolderKeeper`], which writes what is done from
//! then on. Nothing in here decides what an edit does, and nothing prints.

pub mod disk;
pub mod keeper;
pub mod open;

pub use disk::{Disk, FaultyDisk, RealDisk};
pub use keeper::FolderKeeper;
pub use open::{Access, NewProject, OpenError, Opened, Who, create, open};
