//! Widths of text in terminal cells: a Chinese character takes two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The width of a text in terminal cells.
pub fn cells(text: &str) -> usize {
    // most texts are Chinese words, most cells of a long table are names of files and figures
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) { text.len() } else { text.width() }
}

/// The text, cut with `…` so that it takes at most `limit` cells.
///
/// ```
/// use zeren::render::shorten;
///
/// assert_eq!(shorten("深化公立医院改革", 16), "深化公立医院改革");
/// assert_eq!(shorten("深化公立医院改革", 10), "深化公立…");
/// ```
pub fn shorten(text: &str, limit: usize) -> String {
    if cells(text) <= limit {
        return text.to_owned();
    }
    let mut left = limit.saturating_sub(1);
    let kept = text.chars().take_while(|char| {
        let width = char.width().unwrap_or(0);
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    });
    let mut short: String = kept.collect();
    short.push('…');
    short
}

/// The text in lines of at most `limit` cells, at most `lines` of them, the last cut with `…`.
///
/// Breaks between any two characters, but not inside a word or number of half-width characters that
/// fits on a line, and never before a mark that may not begin a line (避头点).
///
/// ```
/// use zeren::render::wrap;
///
/// assert_eq!(wrap("市人力资源和社会保障局", 16, 3), ["市人力资源和社会", "保障局"]);
/// ```
pub fn wrap(text: &str, limit: usize, lines: usize) -> Vec<String> {
    fold(text, limit, lines, 2)
}

/// The text in lines as [`wrap`] has them, but none longer than `limit` cells: a mark that may not
/// begin a line takes the character before it along.
///
/// ```
/// use zeren::render::wrap_within;
///
/// assert_eq!(wrap_within("推进改革，加快建设", 8, 9), ["推进改", "革，加快", "建设"]);
/// ```
pub fn wrap_within(text: &str, limit: usize, lines: usize) -> Vec<String> {
    fold(text, limit, lines, 0)
}

/// Wraps, with marks that may not begin a line hanging out by at most `hang` cells.
fn fold(text: &str, limit: usize, lines: usize, hang: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    let mut line = String::new();
    let pieces = pieces(text, limit);
    for piece in &pieces {
        let hangs = piece.chars().next().is_some_and(closes);
        if !line.is_empty() && piece != " " && cells(&line) + cells(piece) > limit + if hangs { hang } else { 0 } {
            // a line of one character has none to give
            let gives = hangs && line.chars().count() > 1;
            let carried = if gives { line.pop() } else { None };
            wrapped.push(std::mem::take(&mut line));
            line = carried.map(String::from).unwrap_or_default();
        }
        if !(line.is_empty() && piece == " ") {
            line.push_str(piece);
        }
    }
    if !line.is_empty() {
        wrapped.push(line);
    }
    if wrapped.len() > lines {
        let rest: String = wrapped.split_off(lines.saturating_sub(1)).concat();
        wrapped.push(shorten(&rest, limit));
    }
    wrapped.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The text wrapped to as few lines as [`wrap`] needs, and these of about the same length.
///
/// ```
/// use zeren::render::balance;
///
/// assert_eq!(balance("市委机构编制委员会办公室", 22, 3), ["市委机构编制", "委员会办公室"]);
/// ```
pub fn balance(text: &str, limit: usize, lines: usize) -> Vec<String> {
    let widest = wrap(text, limit, lines);
    // a text that is cut uses the whole width
    if wrap(text, limit, usize::MAX).len() > lines {
        return widest;
    }
    let narrower = (1..limit).rev().map(|limit| wrap(text, limit, lines));
    narrower
        .take_while(|wrapped| wrapped.len() == widest.len() && wrapped.concat() == widest.concat())
        .last()
        .unwrap_or(widest)
}

/// Unbreakable pieces: single wide characters, runs of half-width ones up to `limit`.
fn pieces(text: &str, limit: usize) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut in_run = false;
    for char in text.chars() {
        let char = if char.is_whitespace() { ' ' } else { char };
        let runs = char.is_ascii_graphic();
        match pieces.last_mut() {
            Some(piece) if runs && in_run && cells(piece) < limit => piece.push(char),
            _ => pieces.push(char.to_string()),
        }
        in_run = runs;
    }
    pieces
}

/// Whether a mark may not begin a line.
fn closes(char: char) -> bool {
    ",;:)%，。、；：！？）》”’】〕」』…".contains(char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_cells_and_not_by_characters() {
        assert_eq!(shorten("a市b", 4), "a市b");
        assert_eq!(shorten("a市b局", 5), "a市b…");
        assert_eq!(shorten("市局", 2), "…");
        assert_eq!(shorten("市局", 0), "…");
    }

    #[test]
    fn wraps_without_leading_marks_and_without_broken_numbers() {
        assert_eq!(wrap("推进改革，加快建设", 8, 9), ["推进改革，", "加快建设"]);
        assert_eq!(wrap("推进改革,加快", 8, 9), ["推进改革,", "加快"]);
        assert_eq!(wrap("新增床位12000张", 12, 9), ["新增床位", "12000张"]);
        assert_eq!(wrap("一二三四五六七八九十", 8, 2), ["一二三四", "五六七…"]);
        assert_eq!(wrap("role and rank of all", 8, 2), ["role and", "rank of…"]);
        assert_eq!(wrap("", 8, 2), Vec::<String>::new());
        assert_eq!(wrap("abcdefghij", 4, 9), ["abcd", "efgh", "ij"]);
    }
}
