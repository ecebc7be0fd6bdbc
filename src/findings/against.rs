//! against
