//! Embeds the interactive parts of the pages, where `.ci/front` has made them; elsewhere the program goes without. Marks the
//! program by its sources, so that what an earlier one made of a document is not taken for what this one would.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hasher as _};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What decides what the program makes of a document.
const SOURCES: [&str; 5] = ["src", "data/registry", "data/vocabulary", "Cargo.toml", "Cargo.lock"];

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let folder = Path::new(&root).join("target/front");
    let mut told = "cargo::rerun-if-changed=build.rs\n".to_owned();
    told.push_str(&mark(Path::new(&root))?);
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

/// Tells cargo the mark of the sources and features, as `ZEREN_SOURCES`.
fn mark(root: &Path) -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    hasher.write(env::var("CARGO_CFG_FEATURE").unwrap_or_default().as_bytes());
    let mut told = String::new();
    for source in SOURCES {
        let path = root.join(source);
        // a package need not hold the lock file
        if path.exists() {
            let _ = writeln!(told, "cargo::rerun-if-changed={source}");
            let mut files = Vec::new();
            list(path, &mut files)?;
            files.sort();
            for file in files {
                let content = fs::read(&file)?;
                for part in file.strip_prefix(root).map_err(io::Error::other)?.components() {
                    hasher.write(part.as_os_str().as_encoded_bytes());
                    hasher.write_u8(0);
                }
                hasher.write_usize(content.len());
                hasher.write(&content);
            }
        }
    }
    let _ = writeln!(told, "cargo::rustc-env=ZEREN_SOURCES={:016x}", hasher.finish());
    Ok(told)
}

/// The files in a folder and the folders below it; a file is one itself.
fn list(path: PathBuf, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path);
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        list(entry?.path(), files)?;
    }
    Ok(())
}
