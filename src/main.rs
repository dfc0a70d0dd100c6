//! The program `zeren` (责任): who must do what in task notices of Chinese governments.
mod cli;

use std::process::ExitCode;

/// A text becomes very many short strings, which the allocator of the system is slow at. The database on disk needs that
/// one: oxigraph gives back what RocksDB took from it as its own.
#[cfg(not(feature = "rocksdb"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
