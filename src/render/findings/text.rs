//! Findings as a compiler shows them: place, the words marked, message, hint.
//!
//! Drawn by `annotate-snippets`, which counts the cells of wide characters. A paragraph of a notice is one line of
//! hundreds of characters, which it would print whole, so the words around the mark are cut out before.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use unicode_width::UnicodeWidthChar as _;

use super::{Report, counts, word};
use crate::diagnostic::{Finding, Lang, Severity};
use crate::span::{Span, Text};

/// Writes the findings of one document; `width` is that of the terminal in cells.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn text(out: &mut dyn Write, report: &Report, lang: Lang, width: Option<usize>, styled: bool) -> io::Result<()> {
    let width = width.unwrap_or(WIDTH).max(NARROWEST);
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(width * 2);
    for finding in report.findings() {
        writeln!(out, "{}\n", one(report, finding, lang, width, &renderer, styled))?;
    }
    Ok(())
}

/// Writes how much was found in all documents.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn summary(out: &mut dyn Write, reports: &[Report], lang: Lang) -> io::Result<()> {
    let accepted: usize = reports.iter().map(|report| report.accepted).sum();
    let mut line = counts(reports, lang);
    if accepted > 0 {
        let words = match lang {
            Lang::Zh => format!("（另有 {accepted} 处已认可）"),
            Lang::En => format!(" ({accepted} accepted)"),
        };
        line.push_str(&words);
    }
    if reports.iter().any(|report| report.findings().next().is_some()) {
        line += lang.pick("；用 `zeren explain 代码` 看说明", "; `zeren explain CODE` tells more");
    }
    writeln!(out, "{line}")
}

/// The width where the terminal does not tell one.
const WIDTH: usize = 100;
/// The least width that shows anything.
const NARROWEST: usize = 40;
/// The cells that line numbers and bars take up.
const GUTTER: usize = 10;

fn one(report: &Report, finding: &Finding, lang: Lang, width: usize, renderer: &Renderer, styled: bool) -> String {
    let text = &report.checked.text;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let id = format!("{} {}", finding.code.number(), finding.code.as_str());
    let message = clean(finding.message.in_lang(lang));
    let path = clean(&report.path);
    let title = level.with_name(word(finding.severity, lang)).primary_title(message).id(id);
    let mut group = Group::with_title(title);
    let mut arrow = format!(" --> {path}");
    if let Some(span) = finding.span {
        let place = text.position(span.start);
        let lines = Lines::around(text, finding, width.saturating_sub(GUTTER));
        let digits = lines.last.to_string().len();
        let cell = report.checked.cell(span).map(|cell| format!(" ({})", clean(cell))).unwrap_or_default();
        arrow = format!("{}--> {path}:{}:{}{cell}", " ".repeat(digits), place.line, place.column);
        let mut snippet = Snippet::source(lines.source.clone()).line_start(lines.first);
        if let Some(bytes) = lines.bytes(text, span) {
            snippet = snippet.annotation(AnnotationKind::Primary.span(bytes));
        }
        for (other, message) in finding.related.iter().take(RELATED) {
            if let Some(bytes) = lines.bytes(text, *other) {
                snippet = snippet.annotation(AnnotationKind::Context.span(bytes).label(clean(message.in_lang(lang))));
            }
        }
        group = group.element(snippet);
    }
    if let Some(hint) = &finding.hint {
        let hint = clean(hint.in_lang(lang));
        group = group.element(Level::HELP.with_name(lang.pick("建议", "hint")).message(hint));
    }
    if styled {
        arrow = arrow.replacen("-->", "\u{1b}[1m\u{1b}[94m-->\u{1b}[0m", 1);
    }
    // columns count in the whole line, of which the snippet holds a part: the place is written here
    let drawn = renderer.render(&[group]);
    match drawn.split_once('\n') {
        Some((title, rest)) => format!("{title}\n{arrow}\n{rest}"),
        None => format!("{drawn}\n{arrow}"),
    }
}

/// How many other places are shown.
const RELATED: usize = 3;

/// The lines that a finding speaks of, each cut to its marks, and nothing of the lines far from them.
struct Lines {
    source: String,
    /// Number of the first line.
    first: usize,
    /// Number of the last line.
    last: usize,
    /// What of each marked line is shown, and the byte at which it begins.
    cuts: Vec<(usize, Cut, usize)>,
}

/// How many lines beside a marked one are filled.
const BESIDE: usize = 2;

impl Lines {
    fn around(text: &Text, finding: &Finding, width: usize) -> Self {
        let marks = finding.span.into_iter().chain(finding.related.iter().take(RELATED).map(|(span, _)| *span));
        let mut marked: Vec<(usize, Span)> = Vec::new();
        for mark in marks {
            let line = text.position(mark.start).line;
            // of two marks in one line, the first is sure to be seen
            if marked.iter().all(|(known, _)| *known != line) {
                marked.push((line, mark));
            }
        }
        marked.sort_unstable();
        let first = marked.first().map_or(1, |(line, _)| *line);
        let last = marked.last().map_or(first, |(line, _)| *line);
        let mut lines = Self { source: String::new(), first, last, cuts: Vec::new() };
        for (number, line) in (1..).zip(text.lines()).skip(first - 1).take(last + 1 - first) {
            if number > first {
                lines.source.push('\n');
            }
            let begins = lines.source.len();
            if let Some((_, mark)) = marked.iter().find(|(known, _)| *known == number) {
                let cut = Cut::around(text, *mark, width);
                lines.source.push_str(&cut.words);
                lines.cuts.push((number, cut, begins));
            } else if marked.iter().any(|(known, _)| known.abs_diff(number) <= BESIDE) {
                lines.source.push_str(&Cut::around(text, Span::new(line.start, line.start), width).words);
            }
        }
        lines
    }

    /// The bytes of the source that show a place, if they are shown.
    fn bytes(&self, text: &Text, place: Span) -> Option<std::ops::Range<usize>> {
        let line = text.position(place.start).line;
        let (_, cut, begins) = self.cuts.iter().find(|(known, _, _)| *known == line)?;
        let bytes = cut.bytes(place);
        let shown = !bytes.is_empty() || place.is_empty();
        shown.then_some(bytes.start + begins..bytes.end + begins)
    }
}

/// The part of a line around a mark.
struct Cut {
    words: String,
    /// The characters of the text that it holds.
    place: Span,
    /// Whether something before it is left out.
    elided: bool,
}

impl Cut {
    /// As much of the line around a place as fits into `width` cells; of a place over several lines, the first.
    fn around(text: &Text, mark: Span, width: usize) -> Self {
        let position = text.position(mark.start);
        let start_of_line = mark.start + 1 - position.column;
        // no more of the line is looked at than is shown: there may be as many findings in it as characters
        let cells = |char: char| char.width().unwrap_or(1);
        let from = |start: usize| text.slice(Span::new(start, text.len())).chars().take_while(|char| *char != '\n');
        let (mut start, mut end) = (start_of_line, mark.start);
        let mut whole = from(start_of_line).scan(0, |sum, char| {
            *sum += cells(char);
            Some(*sum)
        });
        let elided_end = if whole.any(|sum| sum > width) {
            let mut before = text.slice(Span::new(start_of_line, mark.start)).chars().rev().map(cells).peekable();
            let mut behind = from(mark.start).map(cells).peekable();
            start = mark.start;
            let (mut led, mut shown) = (0, 0);
            while end < mark.end
                && let Some(next) = behind.next_if(|next| shown + next + 4 <= width)
            {
                shown += next;
                end += 1;
            }
            loop {
                let mut grown = false;
                // words before the mark tell more than words behind it
                if let Some(next) = before.next_if(|next| (led + next) * 2 <= width && shown + next + 4 <= width) {
                    led += next;
                    shown += next;
                    start -= 1;
                    grown = true;
                }
                if let Some(next) = behind.next_if(|next| shown + next + 4 <= width) {
                    shown += next;
                    end += 1;
                    grown = true;
                }
                if !grown {
                    break;
                }
            }
            behind.peek().is_some()
        } else {
            end += from(mark.start).count();
            false
        };
        let elided = start > start_of_line;
        let mut words: String = if elided { "…".to_owned() } else { String::new() };
        words.extend(text.slice(Span::new(start, end)).chars().map(plain));
        if elided_end {
            words.push('…');
        }
        Self { words, place: Span::new(start, end), elided }
    }

    /// The bytes of the words that show a place.
    fn bytes(&self, place: Span) -> std::ops::Range<usize> {
        let lead = usize::from(self.elided);
        let byte = |offset: usize| {
            let at = offset.clamp(self.place.start, self.place.end) - self.place.start + lead;
            self.words.char_indices().nth(at).map_or(self.words.len(), |(byte, _)| byte)
        };
        byte(place.start)..byte(place.end.max(place.start))
    }
}

/// A character that a terminal shows as it is.
fn plain(char: char) -> char {
    if char.is_control() || char.width().is_none_or(|width| width == 0) { ' ' } else { char }
}

fn clean(text: &str) -> String {
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_a_mark_are_cut_out() {
        let text = Text::new(format!("首行\n{}市财证局{}\n", "健全制度，".repeat(20), "完善机制，".repeat(20)));
        let mark = Span::new(103, 107);
        let cut = Cut::around(&text, mark, 60);
        assert!(cut.words.starts_with('…') && cut.words.ends_with('…'), "{}", cut.words);
        assert_eq!(cut.words.get(cut.bytes(mark)), Some("市财证局"));
        let cells: usize = cut.words.chars().filter_map(unicode_width::UnicodeWidthChar::width).sum();
        assert!((50..=60).contains(&cells), "{cells}");
    }

    #[test]
    fn a_long_mark_is_cut_too() {
        let text = Text::new("健全制度，".repeat(40));
        let cut = Cut::around(&text, text.span(), 60);
        assert!(!cut.words.starts_with('…') && cut.words.ends_with('…'));
        let shown = cut.bytes(text.span());
        assert!(shown.end <= cut.words.len() && shown.start == 0);
    }
}
