//! What several tests need.
#![allow(dead_code, reason = "each test uses a part of it")]

pub mod app;
pub mod desk;
pub mod rounds;
pub mod sample;
