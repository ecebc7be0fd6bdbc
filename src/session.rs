//! An open project: who codes, applying and undoing edits, what is saved, texts at hand, what others write meanwhile.
//!
//! A [`Study`] holds the one changeable [`Project`](crate::project::Project) and hands out views of it. It decides and
//! applies on the spot and leaves the disk to a [`Keeper`], which answers later: nothing here waits for a disk, except
//! where a text is read that is not at hand.

mod library;
mod loading;
pub mod mint;
pub mod reading;
pub mod study;
pub mod waker;

pub use crate::project::history;
pub use crate::store::keep as keeper;
pub use crate::store::keep::{Heard, KeepError, Keeper, MemoryKeeper, NewFile};
pub use library::Library;
pub use mint::SystemMint;
pub use reading::Reading;
pub use study::{Done, EditError, OnSaved, Saving, Study, Undone};
pub use waker::Waker;
