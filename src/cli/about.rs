//! `emic completions` and `emic man`: the command line told to shells and to people.

use super::failure::{Failure, failed};
use super::out;
use crate::screen::command::{Place, commands};
use crate::screen::keymap::Keymap;
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::io;

pub(super) fn completions(shell: clap_complete::Shell, mut command: Command) -> Result<(), Failure> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut command, "emic", &mut out);
    out::print_bytes(&out)
}

pub(super) fn man(command: Command) -> Result<(), Failure> {
    match page(command) {
        Ok(page) => out::print_bytes(&page),
        Err(why) => failed(format!("the manual page could not be made: {why}")),
    }
}

/// One page: the program, each of its commands with its options, the keys of the screen.
fn page(mut command: Command) -> io::Result<Vec<u8>> {
    command.build();
    let mut out = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let mut roff = Roff::new();
        roff.control("SH", [format!("emic {}", sub.get_name()).to_uppercase().as_str()]);
        roff.to_writer(&mut out)?;
        section(sub, &mut out)?;
    }
    keys(&mut out)?;
    files(&mut out)?;
    man.render_version_section(&mut out)?;
    Ok(out)
}

/// A command's usage, text and own options.
fn section(sub: &Command, out: &mut Vec<u8>) -> io::Result<()> {
    let mut roff = Roff::new();
    let usage = sub.clone().render_usage().to_string();
    let usage: Vec<&str> = usage.trim_start_matches("Usage:").split_whitespace().collect();
    roff.text([bold(usage.join(" "))]);
    roff.control("PP", []);
    if let Some(about) = sub.get_long_about().or_else(|| sub.get_about()) {
        roff.text([roman(about.to_string())]);
    }
    for argument in sub.get_arguments().filter(|argument| !argument.is_global_set() && argument.get_id() != "help") {
        roff.control("TP", []);
        roff.text([bold(argument.to_string())]);
        let help = argument.get_long_help().or_else(|| argument.get_help()).map(ToString::to_string);
        roff.text([roman(help.unwrap_or_default())]);
    }
    roff.to_writer(out)?;
    for below in sub.get_subcommands().filter(|below| below.get_name() != "help") {
        let mut roff = Roff::new();
        roff.control("SS", [below.get_bin_name().unwrap_or(below.get_name())]);
        roff.to_writer(out)?;
        section(below, out)?;
    }
    Ok(())
}

/// The keys, from the table of commands.
fn keys(out: &mut Vec<u8>) -> io::Result<()> {
    let keymap = Keymap::built_in();
    let mut roff = Roff::new();
    roff.control("SH", ["KEYS"]);
    roff.text([roman("In the program, ? lists them for the place you are at. Your own stand in keys.ron.")]);
    let mut places: Vec<Place> = commands().map(|command| command.place).collect();
    places.sort();
    places.dedup();
    for place in places {
        roff.control("SS", [place.title()]);
        for command in commands().filter(|command| command.place == place && !command.keys.is_empty()) {
            roff.control("TP", []);
            roff.text([bold(keymap.labels(command.name).join(", "))]);
            roff.text([roman(command.title)]);
        }
    }
    roff.to_writer(out)
}

fn files(out: &mut Vec<u8>) -> io::Result<()> {
    let mut roff = Roff::new();
    roff.control("SH", ["FILES"]);
    let files = [
        (
            "config.ron, keys.ron, themes/*.ron",
            "Settings, keys and themes, in EMIC_CONFIG_DIR or the system's folder for them.",
        ),
        ("EMIC_STATE_DIR", "Where is remembered how studies were left."),
        ("EMIC_DATA_DIR", "Where the sample study is written."),
    ];
    for (file, what) in files {
        roff.control("TP", []);
        roff.text([bold(file)]);
        roff.text([roman(what)]);
    }
    roff.to_writer(out)
}
