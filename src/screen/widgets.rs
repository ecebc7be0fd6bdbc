//! Things that several views draw or type into.

pub mod input;
