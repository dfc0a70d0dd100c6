//! One page as the library gives it: characters and ruling lines, turned so that its text runs from left to right.

use pdf_oxide::PdfDocument;
use pdf_oxide::elements::{PathContent, PathOperation};
use pdf_oxide::layout::{Color, TextSpan};

use super::super::docx::unsymbol;

/// Lines and bars up to this thickness, in points, are rulings.
const THICKEST: f32 = 3.0;
/// Shorter strokes, in points, are marks and no rulings.
const SHORTEST: f32 = 4.0;

/// From this share of light on a colour is pale.
const PALE: f32 = 0.65;
/// Characters so many times as high as most are large.
const LARGE: f32 = 1.6;

/// A character with its place in points; `base` grows downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) char: char,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    pub(super) size: f32,
}

impl Glyph {
    /// The middle of the character.
    pub(super) fn middle(&self) -> (f32, f32) {
        (f32::midpoint(self.left, self.right), self.base - 0.35 * self.size)
    }
}

/// A ruling line: its place across its direction, and where it begins and ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// The characters and rulings of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) glyphs: Vec<Glyph>,
    /// Rulings from left to right; `at` grows downwards.
    pub(super) across: Vec<Rule>,
    /// Rulings from top to bottom.
    pub(super) down: Vec<Rule>,
    /// Characters that no font of the file explains.
    pub(super) garbled: usize,
    /// Whether the page shows a picture.
    pub(super) pictures: bool,
}

impl Page {
    /// Reads a page of a document.
    pub(super) fn load(document: &PdfDocument, index: usize) -> pdf_oxide::Result<Self> {
        let chars = document.extract_chars(index)?;
        let turn = quarter_turns(chars.iter().filter(|char| !char.char.is_whitespace()).map(|c| c.rotation_degrees));
        let mut page = Self::default();
        let mut sizes: Vec<f32> = chars.iter().map(|found| found.font_size).collect();
        sizes.sort_by(f32::total_cmp);
        let usual = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
        for found in &chars {
            let apart = (found.rotation_degrees - f32::from(turn) * 90.0).rem_euclid(360.0);
            let level = !(5.0..=355.0).contains(&apart);
            if found.char.is_whitespace() || found.char.is_control() || !level {
                continue; // what stands aslant is a stamp or a watermark
            }
            if is_watermark(found.color, found.font_size, usual) {
                continue; // so is what is printed large and pale
            }
            let char = unsymbol(found.char).filter(|char| !is_garbled(*char)).unwrap_or('\u{fffd}');
            page.garbled += usize::from(char == '\u{fffd}');
            let (left, base) = turned(turn, found.origin_x, found.origin_y);
            let size = if found.font_size > 1.0 { found.font_size } else { found.bbox.height.abs().max(1.0) };
            // the library gives no widths along turned text
            let width = if turn % 2 == 0 {
                found.advance_width.abs()
            } else if char.is_ascii() {
                size / 2.0
            } else {
                size
            };
            let right = left + width;
            page.glyphs.push(Glyph { char, left, right, base, size });
        }
        if turn == 0 && page.glyphs.iter().any(|glyph| is_accented(glyph.char)) {
            let spans = document.extract_spans(index)?;
            let level = spans.iter().filter(|span| span.rotation_degrees.abs() < 5.0);
            let words = level.filter(|span| !is_watermark(span.color, span.font_size, usual));
            let replaced: Vec<Glyph> = words.flat_map(glyphs).collect();
            let accented = |glyphs: &[Glyph]| glyphs.iter().filter(|glyph| is_accented(glyph.char)).count();
            if accented(&replaced) < accented(&page.glyphs) {
                page.glyphs = replaced;
            }
        }
        for path in document.extract_paths(index)? {
            page.rulings(&path, turn);
        }
        page.pictures = page.glyphs.is_empty() && !document.page_image_handles(index)?.is_empty();
        Ok(page)
    }

    /// Adds the rulings that a path draws: strokes along an axis, edges of boxes, and filled bars.
    fn rulings(&mut self, path: &PathContent, turn: u8) {
        let visible = |color: &Color| color.r < 0.95 || color.g < 0.95 || color.b < 0.95;
        let stroked = path.has_stroke() && path.stroke_color.as_ref().is_some_and(visible);
        let filled = path.fill_color.as_ref().is_some_and(visible);
        if !stroked && !filled {
            return;
        }
        let mut outline: Vec<(f32, f32)> = Vec::new();
        let flush = |page: &mut Self, outline: &mut Vec<(f32, f32)>| {
            if stroked {
                outline.windows(2).for_each(|ends| {
                    if let [from, to] = ends {
                        page.stroke(*from, *to);
                    }
                });
            } else if outline.len() >= 4 {
                page.bar(outline);
            }
            outline.clear();
        };
        for operation in &path.operations {
            match *operation {
                PathOperation::MoveTo(x, y) => {
                    flush(self, &mut outline);
                    outline.push(turned(turn, x, y));
                }
                PathOperation::LineTo(x, y) => outline.push(turned(turn, x, y)),
                PathOperation::ClosePath => outline.extend(outline.first().copied()),
                PathOperation::CurveTo(..) => outline.clear(),
                PathOperation::Rectangle(x, y, width, height) => {
                    flush(self, &mut outline);
                    outline.extend(
                        [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
                            .map(|(x, y)| turned(turn, x, y)),
                    );
                    if stroked && (width.abs() <= THICKEST || height.abs() <= THICKEST) {
                        self.bar(&outline);
                        outline.clear();
                    }
                    flush(self, &mut outline);
                }
            }
        }
        flush(self, &mut outline);
    }

    fn stroke(&mut self, from: (f32, f32), to: (f32, f32)) {
        let (wide, high) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
        if high <= 1.0 && wide >= SHORTEST {
            let at = f32::midpoint(from.1, to.1);
            self.across.push(Rule { at, from: from.0.min(to.0), to: from.0.max(to.0) });
        } else if wide <= 1.0 && high >= SHORTEST {
            let at = f32::midpoint(from.0, to.0);
            self.down.push(Rule { at, from: from.1.min(to.1), to: from.1.max(to.1) });
        }
    }

    /// A thin filled shape is a ruling along its longer side.
    fn bar(&mut self, outline: &[(f32, f32)]) {
        let least = |part: fn(&(f32, f32)) -> f32| outline.iter().map(part).fold(f32::INFINITY, f32::min);
        let most = |part: fn(&(f32, f32)) -> f32| outline.iter().map(part).fold(f32::NEG_INFINITY, f32::max);
        let (left, right) = (least(|point| point.0), most(|point| point.0));
        let (top, bottom) = (least(|point| point.1), most(|point| point.1));
        if bottom - top <= THICKEST {
            self.stroke((left, f32::midpoint(top, bottom)), (right, f32::midpoint(top, bottom)));
        } else if right - left <= THICKEST {
            self.stroke((f32::midpoint(left, right), top), (f32::midpoint(left, right), bottom));
        }
    }
}

/// The characters of a run of text. Their places are summed up: the offsets that the library gives beside the widths
/// are those of single characters, which are wrong where this is needed.
fn glyphs(span: &TextSpan) -> Vec<Glyph> {
    let count = span.text.chars().count();
    let mut left = span.bbox.x;
    let mut glyphs = Vec::with_capacity(count);
    for (at, char) in span.text.chars().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a run has few characters")]
        let even = span.bbox.width / count as f32;
        let known = span.char_widths.len() == count;
        let width = span.char_widths.get(at).copied().filter(|_| known).unwrap_or(even);
        if let Some(char) = unsymbol(char).filter(|char| !char.is_whitespace() && !char.is_control()) {
            let base = -span.bbox.y;
            glyphs.push(Glyph { char, left, right: left + width, base, size: span.font_size.max(1.0) });
        }
        left += width;
    }
    glyphs
}

/// Whether a character hardly occurs in Chinese text, but in replacement text (`ActualText`) that the library takes
/// byte by byte where it gives single characters; where it gives runs, that text is whole.
fn is_accented(char: char) -> bool {
    ('\u{c0}'..='\u{24f}').contains(&char) && !matches!(char, '×' | '÷')
}

/// Whether words are printed pale, and larger than words usually are on their page.
fn is_watermark(color: Color, size: f32, usual: f32) -> bool {
    [color.r, color.g, color.b].iter().all(|part| *part >= PALE) && size > LARGE * usual
}

/// In how many quarters of a circle, anticlockwise, most of the text is turned.
fn quarter_turns(degrees: impl Iterator<Item = f32>) -> u8 {
    let mut counts = [0_usize; 4];
    for degree in degrees {
        let turned = degree.rem_euclid(360.0);
        for (turn, count) in (0_u8..).zip(&mut counts) {
            let apart = (turned - f32::from(turn) * 90.0).rem_euclid(360.0);
            *count += usize::from(!(5.0..=355.0).contains(&apart));
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    (0_u8..).zip(counts).find(|(_, count)| *count == most).map_or(0, |(turn, _)| turn)
}

/// A point of a page, turned back, with the second part growing downwards.
fn turned(turn: u8, x: f32, y: f32) -> (f32, f32) {
    match turn {
        1 => (y, x),
        2 => (-x, y),
        3 => (-y, -x),
        _ => (x, -y),
    }
}

/// Whether a character says nothing: the place-holder for what has no name, or a private one.
fn is_garbled(char: char) -> bool {
    matches!(char, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_pages_read_from_left_to_right_and_downwards() {
        // text turned by a quarter anticlockwise runs upwards, its next line stands to the right
        assert_eq!(turned(1, 10.0, 20.0), (20.0, 10.0));
        assert_eq!(turned(0, 10.0, 20.0), (10.0, -20.0));
        assert_eq!(quarter_turns([90.0, 90.1, 0.0].into_iter()), 1);
        assert_eq!(quarter_turns(std::iter::empty()), 0);
    }
}
