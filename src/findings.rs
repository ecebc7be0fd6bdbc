//! Findings: what the records of a project say when they are put side by side: rounds of independent coding and their
//! figures, the reconcile queue, the consensus, who codes what next. Pure functions of a [`View`](crate::project::view)
//! and, where words have to be counted, of texts; nothing here reads a disk, draws or changes a record.

pub mod against;
pub mod allocate;
pub mod attribution;
pub mod basis;
pub mod book;
pub mod chance;
pub mod check_again;
pub mod consensus;
pub mod count;
pub mod cycles;
pub mod definition;
pub mod draw;
pub mod expression;
pub mod extracts;
pub mod figures;
pub mod framework;
pub mod grid;
pub mod ground;
pub mod input;
pub mod kept;
pub mod landscape;
pub mod linked;
pub mod matrix;
pub mod memo_list;
pub mod methods;
pub mod naming;
pub mod now;
pub mod presence;
pub mod queue;
pub mod quotes;
pub mod remaining;
pub mod sampling;
pub mod saturation;
pub mod standing;
pub mod theme_memo;
pub mod themes;
pub mod truth;
pub mod verdict;
pub mod words;
pub mod working;

#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod testing;
