//! Emic: reads the command line, runs it, says what went wrong.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    emic::cli::main(std::env::args_os())
}
