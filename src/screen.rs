//! The full-screen program: what is drawn, and what the keys do.
//!
//! Knows of everything below it; nothing below it knows of this folder.

pub mod ansi;
pub mod app;
pub mod beside;
pub mod command;
pub mod commands;
pub mod config;
pub mod draw;
pub mod glyphs;
pub mod key;
pub mod keymap;
pub mod layers;
pub mod mouse;
pub mod paths;
pub mod play;
pub mod remember;
pub mod terminal;
pub mod theme;
pub mod views;
pub mod widgets;
pub mod written;
