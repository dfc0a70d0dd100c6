//! The program `zeren` (责任): who must do what in task notices of Chinese governments.
mod cli;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A text becomes very many short strings, which the allocator of the system is slow at.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
