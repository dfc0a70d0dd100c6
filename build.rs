//! Embeds the interactive parts of the pages, where `.ci/front` has made them; elsewhere the program goes without.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("target/front");
    let mut told = "cargo::rerun-if-changed=build.rs\n".to_owned();
    let mut names = Vec::new();
    if folder.is_dir() {
        let _ = writeln!(told, "cargo::rerun-if-changed={}", folder.display());
        for entry in fs::read_dir(&folder)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    let mut list = "&[\n".to_owned();
    for name in names {
        let path = folder.join(&name);
        let _ = writeln!(list, "    ({name:?}, include_bytes!({:?})),", path.display().to_string());
    }
    list.push_str("]\n");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("front.rs"), list)?;
    io::stdout().write_all(told.as_bytes())
}
