//! Long results on a terminal, page by page.

use std::io::{self, IsTerminal, Write};
use std::pin::pin;
use std::process::{Command, Stdio};
use std::task::{Context, Waker};

/// The pager that is started where the user names none.
const USUAL: &str = if cfg!(windows) { "more" } else { "less" };

/// The words of the pager: by `ZEREN_PAGER`, else by `PAGER`; none where the user wants none, or nobody sits there.
pub(super) fn chosen() -> Option<Vec<String>> {
    let both = io::stdout().is_terminal() && io::stdin().is_terminal();
    let named = ["ZEREN_PAGER", "PAGER"].into_iter().find_map(|name| std::env::var(name).ok());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if both && !dumb { words(named.as_deref()) } else { None }
}

/// The words of a pager by its name; none of an empty one and of `cat`, which pages nothing.
fn words(named: Option<&str>) -> Option<Vec<String>> {
    let words: Vec<String> = named.unwrap_or(USUAL).split_whitespace().map(str::to_owned).collect();
    words.first().is_some_and(|first| first != "cat").then_some(words)
}

/// Whether a text is higher than the terminal, whose last line is left to the prompt. Lines that are wider than the
/// terminal count as often as it breaks them.
pub(super) fn is_long(text: &[u8], (columns, rows): (usize, usize)) -> bool {
    let text = String::from_utf8_lossy(text);
    let lines = text.lines().map(|line| zeren::render::cells(line).div_ceil(columns.max(1)).max(1));
    lines.sum::<usize>() >= rows
}

/// Shows a text by a pager; false if it cannot be started, and nothing was shown.
///
/// # Errors
///
/// What the pager's input refuses, but for a pager that was left before its end.
pub(super) fn show(words: &[String], text: &[u8]) -> io::Result<bool> {
    let Some((program, arguments)) = words.split_first() else { return Ok(false) };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped());
    // colours as they are, and no page for what fits
    for (name, value) in [("LESS", "FRX"), ("LESSCHARSET", "utf-8"), ("LV", "-c")] {
        if std::env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    let Ok(mut pager) = command.spawn() else { return Ok(false) };
    leave_interrupts_to_the_pager();
    let written = pager.stdin.take().map_or(Ok(()), |mut input| input.write_all(text));
    pager.wait()?;
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(true),
    }
}

/// From now on Ctrl-C does not end the program: it reaches all that runs in the terminal, and pagers stop what they are doing
/// and go on. The program ends with the pager.
fn leave_interrupts_to_the_pager() {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
    let _inside = runtime.enter();
    // what takes the signal stays in place once it was asked for; nobody waits for it
    let _ = pin!(tokio::signal::ctrl_c()).poll(&mut Context::from_waker(Waker::noop()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn an_interrupt_leaves_the_pager_its_text() {
        let folder = tempfile::tempdir().unwrap();
        let shown = folder.path().join("shown");
        let script = format!("sleep 1; kill -INT $PPID; sleep 1; cat > {}", shown.display());
        assert!(show(&["sh".to_owned(), "-c".to_owned(), script], b"x").unwrap());
        assert_eq!(std::fs::read(shown).unwrap(), b"x");
    }

    #[test]
    fn a_pager_is_words_or_none() {
        assert_eq!(words(Some("less -S")), Some(vec!["less".to_owned(), "-S".to_owned()]));
        assert_eq!(words(None), Some(vec![USUAL.to_owned()]));
        for none in ["", " ", "cat"] {
            assert_eq!(words(Some(none)), None, "{none}");
        }
    }

    #[test]
    fn lines_are_counted_as_the_terminal_breaks_them() {
        let text = "市财政局牵头\n\nb\n".as_bytes();
        assert!(!is_long(text, (12, 4)));
        assert!(is_long(text, (12, 3)));
        assert!(is_long(text, (11, 4)), "six characters of two cells are broken");
    }

    #[test]
    fn a_pager_that_is_not_there_shows_nothing() {
        assert!(!show(&["zeren-no-such-pager".to_owned()], b"x").unwrap());
    }
}
