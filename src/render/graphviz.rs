//! Pictures by the program `dot` of Graphviz.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;

use crate::diagnostic::{Lang, io_words};

/// Dots to an inch of pictures in pixels: enough for small type on paper.
const DOTS: u16 = 144;

/// Why no picture was drawn.
#[derive(Debug, thiserror::Error)]
pub enum GraphvizError {
    /// The program is not installed.
    #[error("the program `dot` of Graphviz is not installed")]
    Missing,
    /// The program cannot be started or talked to.
    #[error("the program `dot` cannot be run: {0}")]
    Run(#[from] io::Error),
    /// The program failed; its own words.
    #[error("the program `dot` failed: {0}")]
    Failed(String),
}

impl GraphvizError {
    /// What is the case, in one language.
    pub fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, _) => self.to_string(),
            (Lang::Zh, Self::Missing) => "没有安装 Graphviz 的 `dot` 程序".to_owned(),
            (Lang::Zh, Self::Run(error)) => format!("无法运行 `dot` 程序：{}", io_words(error, lang)),
            (Lang::Zh, Self::Failed(words)) => format!("`dot` 程序出错：{words}"),
        }
    }

    /// What to do about it, in one language.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        match self {
            Self::Missing => Some(
                lang.pick(
                    "安装软件包 graphviz（如 `apt-get install graphviz`），或用 `--format dot` 输出文本",
                    "install the package graphviz (`apt-get install graphviz`), or take the text with `--format dot`",
                )
                .to_owned(),
            ),
            Self::Run(_) | Self::Failed(_) => None,
        }
    }
}

/// Whether the program is there to draw.
pub fn is_installed() -> bool {
    let name = format!("dot{}", std::env::consts::EXE_SUFFIX);
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(&name).is_file()))
}

/// Draws a DOT text in a format that Graphviz knows, such as `svg`, `png` or `pdf`.
///
/// # Errors
///
/// Where `dot` is not on the path, cannot be run, or fails.
pub fn draw(dot: &str, format: &str) -> Result<Vec<u8>, GraphvizError> {
    let drawn = draw_with("dot", dot, format)?;
    Ok(if format == "pdf" { undated(drawn) } else { drawn })
}

/// A PDF without the time at which it was made, so that the same picture gives the same bytes.
fn undated(mut pdf: Vec<u8>) -> Vec<u8> {
    const KEY: &[u8] = b"/CreationDate (";
    if let Some(start) = pdf.windows(KEY.len()).position(|bytes| bytes == KEY) {
        let entry = pdf.iter_mut().skip(start);
        let mut open = true;
        for byte in entry.take_while(|byte| std::mem::replace(&mut open, **byte != b')')) {
            *byte = b' ';
        }
    }
    pdf
}

fn draw_with(program: &str, dot: &str, format: &str) -> Result<Vec<u8>, GraphvizError> {
    let dots = (format == "png").then(|| format!("-Gdpi={DOTS}"));
    let spawned = Command::new(program)
        .arg(format!("-T{format}"))
        .args(dots)
        // newer libraries date a PDF by this
        .env("SOURCE_DATE_EPOCH", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = spawned.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => GraphvizError::Missing,
        _ => GraphvizError::Run(error),
    })?;
    let stdin = child.stdin.take();
    let output = thread::scope(|scope| {
        // a program that ends early says why on stderr: what it did not read does not matter
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(dot.as_bytes())));
        child.wait_with_output()
    })?;
    if output.status.success() && !output.stdout.is_empty() {
        return Ok(output.stdout);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(GraphvizError::Failed(words.lines().next().unwrap_or_default().trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let error = draw_with("dot-that-is-not-there", "digraph {}", "svg").unwrap_err();
        assert!(matches!(error, GraphvizError::Missing));
        assert!(error.hint(Lang::En).unwrap().contains("apt-get install graphviz"));
    }
}
