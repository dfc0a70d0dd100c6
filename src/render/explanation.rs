//! What a code means, for people.

use std::io::{self, Write};

use super::findings;
use super::table::Table;
use super::wrap;
use crate::diagnostic::Lang;
use crate::lint::{Example, RULES, Rule};

/// Writes one row for each code.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn list(out: &mut dyn Write, lang: Lang, width: Option<usize>) -> io::Result<()> {
    let zh = ["代码", "名称", "程度", "查什么"];
    let en = ["code", "name", "severity", "what it finds"];
    let mut table = Table::new(if lang == Lang::Zh { zh } else { en });
    for rule in RULES {
        table.row([
            rule.code.number().to_owned(),
            rule.code.as_str().to_owned(),
            findings::word(rule.code.severity(), lang).to_owned(),
            rule.explanation().title(lang).to_owned(),
        ]);
    }
    table.write(out, width)
}

/// The width of text where the terminal does not tell one, and the greatest that is easy to read, in cells.
const WIDTH: usize = 88;

/// Writes what one code finds, why that matters, and its examples.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn one(out: &mut dyn Write, rule: &Rule, lang: Lang, width: Option<usize>) -> io::Result<()> {
    let explanation = rule.explanation();
    let width = width.unwrap_or(WIDTH).min(WIDTH);
    let code = rule.code;
    let severity = findings::word(code.severity(), lang);
    let (open, close) = (lang.pick("（", " ("), lang.pick("）", ")"));
    writeln!(
        out,
        "{} {}{open}{severity}{close}{}{}",
        code.number(),
        code.as_str(),
        lang.pick("：", ": "),
        explanation.title(lang)
    )?;
    for (heading, words) in [
        (lang.pick("查什么", "What it finds"), explanation.what(lang)),
        (lang.pick("为什么", "Why it matters"), explanation.why(lang)),
    ] {
        writeln!(out, "\n{heading}")?;
        for line in wrap(&words, width.saturating_sub(2), usize::MAX) {
            writeln!(out, "  {line}")?;
        }
    }
    example(out, lang.pick("错", "Wrong"), &explanation.wrong)?;
    example(out, lang.pick("对", "Right"), &explanation.right)
}

fn example(out: &mut dyn Write, heading: &str, example: &Example<'_>) -> io::Result<()> {
    if example.text.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{heading}")?;
    example.text.lines().try_for_each(|line| writeln!(out, "  {line}"))
}
