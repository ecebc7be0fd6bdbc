//! Findings: what the records of a project say when they are put side by side: rounds of independent coding and their
//! figures, the reconcile queue, the consensus, who codes what next. Pure functions of a [`View`](crate::project::view)
//! and, where words have to be counted, of texts; nothing here reads a disk, draws or changes a record.

pub mod allocate;
pub mod chance;
pub mod draw;
pub mod ground;
pub mod remaining;
pub mod standing;
