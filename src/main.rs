//! The program `zeren` (责任): who must do what in task notices of Chinese governments.
mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
