//! Characters to lines of text.

use super::page::Glyph;

/// A line of text with its place in points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    pub(super) size: f32,
    /// Its characters from left to right.
    pub(super) glyphs: Vec<Glyph>,
}

/// How many times a character is repeated where it draws an ornamental rule.
const ORNAMENT: usize = 12;

/// The lines of characters, from top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|one, other| one.base.total_cmp(&other.base).then(one.left.total_cmp(&other.left)));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        // superscripts stand less than half a character higher
        let same = |row: &Vec<Glyph>| {
            row.first().is_some_and(|first| glyph.base - first.base <= 0.45 * first.size.max(glyph.size))
        };
        match rows.last_mut().filter(|row| same(row)) {
            Some(row) => row.push(glyph),
            None => rows.push(vec![glyph]),
        }
    }
    rows.into_iter().filter_map(line).collect()
}

fn line(mut glyphs: Vec<Glyph>) -> Option<Line> {
    glyphs.sort_by(|one, other| one.left.total_cmp(&other.left));
    // bold letters may be drawn twice
    glyphs.dedup_by(|next, kept| next.char == kept.char && next.left - kept.left < 0.25 * kept.size);
    let first = glyphs.first().copied()?;
    if glyphs.len() >= ORNAMENT && glyphs.iter().all(|glyph| glyph.char == first.char) {
        return None;
    }
    let mut text = String::new();
    let mut right = first.left;
    let mut last = first.char;
    for glyph in &glyphs {
        let gap = (glyph.left - right) / glyph.size;
        let words = last.is_ascii_graphic() && glyph.char.is_ascii_graphic();
        if !text.is_empty() && gap > if words { 0.2 } else { 0.6 } {
            text.push_str(if gap > 1.6 { "  " } else { " " });
        }
        text.push(glyph.char);
        right = right.max(glyph.right);
        last = glyph.char;
    }
    let size = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    let base = glyphs.iter().map(|glyph| glyph.base).fold(f32::NEG_INFINITY, f32::max);
    Some(Line { text, left: first.left, right, base, size, glyphs })
}

/// The words of a cell of a width: lines that were broken because they were full are joined, others stay apart.
pub(super) fn joined(lines: &[Line], width: f32) -> String {
    let mut text = String::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        if let Some(last) = before {
            // office programs keep a tenth of an inch or so free on either side
            let free = width - 8.0 - (last.right - last.left);
            let ended = last.text.ends_with(['。', '；', ';', '！', '？', '：']);
            let open = last.text.ends_with(['、', '，', '（', '“', '《', '-', '—']);
            // 县医保局 and 县财政局 in a narrow cell: a line that has room for a character and no more
            let alike = free > -0.2 * last.size && begins_alike(last, line) && begins_alike(&lines[0], line);
            if !open && (free > first_word(line) + 0.8 * last.size || alike) || ended && begins_item(&line.text) {
                text.push('\n');
            } else if text.ends_with(|char: char| char.is_ascii_alphabetic())
                && line.text.starts_with(|char: char| char.is_ascii_alphabetic())
            {
                text.push(' ');
            }
        }
        text.push_str(&line.text);
        before = Some(line);
    }
    text
}

/// Whether two lines begin with one character, and the first ends as a name of a body of so few characters does.
fn begins_alike(one: &Line, other: &Line) -> bool {
    let begins = one.text.chars().next().is_some_and(|char| {
        matches!(char, '省' | '市' | '县' | '区' | '州' | '镇') && other.text.starts_with([char, '各'])
    });
    begins
        && one.text.chars().count() <= 12
        && one.text.ends_with(['局', '委', '厅', '办', '院', '会', '部', '府', '心'])
}

/// About how wide what cannot be broken at the start of a line is, in points.
fn first_word(line: &Line) -> f32 {
    let mut wide = 0.0;
    let mut chars = line.text.chars().peekable();
    while let Some(char) = chars.next() {
        let narrow = char.is_ascii();
        wide += if narrow { 0.5 } else { 1.0 } * line.size;
        let next = chars.peek().copied();
        let sticks = matches!(char, '“' | '‘' | '（' | '《' | '〈' | '〔')
            || narrow && char != ' ' && next.is_some_and(|next| next.is_ascii_graphic())
            || next.is_some_and(|next| "，。、；：！？”’）》〉〕%％".contains(next));
        if !sticks {
            break;
        }
    }
    wide
}

/// Whether a line begins with the number of an item.
fn begins_item(line: &str) -> bool {
    let rest = line.trim_start_matches(['（', '(']);
    let after = rest.trim_start_matches(|char: char| char.is_ascii_digit() || "一二三四五六七八九十".contains(char));
    after.len() < rest.len() && after.starts_with(['.', '．', '、', '）', ')'])
        || line.starts_with(['①', '②', '③', '④'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of full-width characters of ten points.
    fn glyphs(text: &str, left: f32, base: f32) -> Vec<Glyph> {
        let lefts = std::iter::successors(Some(left), |left| Some(left + 10.0));
        text.chars()
            .zip(lefts)
            .filter(|(char, _)| *char != ' ')
            .map(|(char, left)| Glyph { char, left, right: left + 10.0, base, size: 10.0 })
            .collect()
    }

    #[test]
    fn characters_become_lines_in_reading_order() {
        let mut all = glyphs("第二行", 0.0, 20.0);
        all.extend(glyphs("第一 行", 0.0, 5.0));
        all.extend(glyphs("²", 40.0, 2.0));
        let texts: Vec<String> = lines(all).into_iter().map(|line| line.text).collect();
        assert_eq!(texts, ["第一 行²", "第二行"]);
    }

    #[test]
    fn letters_drawn_twice_and_ornaments_are_dropped() {
        let mut all = glyphs("标题", 0.0, 5.0);
        all.extend(glyphs("标题", 0.3, 5.0));
        all.extend(glyphs(&"欗".repeat(20), 0.0, 30.0));
        let texts: Vec<String> = lines(all).into_iter().map(|line| line.text).collect();
        assert_eq!(texts, ["标题"]);
    }

    #[test]
    fn full_lines_of_a_cell_are_joined_and_short_ones_kept() {
        let mut all = glyphs("市发展改革委、市经", 5.0, 10.0);
        all.extend(glyphs("信局", 5.0, 25.0));
        assert_eq!(joined(&lines(all), 100.0), "市发展改革委、市经信局");
        let mut all = glyphs("市财政局", 5.0, 10.0);
        all.extend(glyphs("市民政局", 5.0, 25.0));
        assert_eq!(joined(&lines(all), 100.0), "市财政局\n市民政局");
    }
}
