//! The rows of the command table and what they do, a file a group.

pub mod agreement;
pub mod book;
pub mod codebook;
pub mod coding;
pub mod extracts;
pub mod find;
pub mod findings;
pub mod framework;
pub mod importing;
pub mod landscape;
pub mod lists;
pub mod look;
pub mod matrices;
pub mod memos;
pub mod moving;
pub mod people;
pub mod program;
pub mod reconcile;
pub mod rounds;
pub mod selecting;
pub mod sources;
pub mod typing;
pub mod views;
pub mod words;

use super::command::Command;

/// All tables, in the order of help.
pub const TABLES: &[&[Command]] = &[
    moving::MOVE,
    selecting::SELECT,
    coding::CODE,
    codebook::CODEBOOK,
    memos::MEMO,
    find::FIND,
    sources::SOURCE,
    importing::IMPORT,
    lists::LISTS,
    views::VIEWS,
    reconcile::RECONCILE,
    rounds::ROUNDS,
    agreement::AGREEMENT,
    framework::FRAMEWORK,
    words::WORDS,
    landscape::LANDSCAPE,
    extracts::EXTRACTS,
    findings::FINDINGS,
    book::BOOK,
    matrices::MATRICES,
    people::PEOPLE,
    look::LOOK,
    program::PROGRAM,
    typing::TYPING,
];
