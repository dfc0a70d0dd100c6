//! What a page carries besides the document: running headers and footers, numbers of pages.

use super::Item;
use super::line::Line;
use super::page::Glyph;
use crate::span::{fold, is_blank};

/// How many lines at either edge of a page may be headers or footers.
const DEEPEST: usize = 4;

/// How much further than the next line of the text a header or footer stands from it.
const APART: f32 = 1.5;
/// How much smaller a header or footer may be printed than the text.
const SMALLER: f32 = 0.85;
/// The fewest pages of which three in four carry a line that is a header though it stands as close as the text.
const SURELY: usize = 3;
/// What ends a sentence, and hardly a header as close as the text.
const SENTENCE_ENDS: [char; 4] = ['。', '；', '）', ')'];

/// Removes headers, footers and page numbers.
pub(super) fn strip(pages: &mut [Vec<Item>]) {
    let least = (pages.len() / 4).max(2);
    let most = (pages.len() * 3).div_ceil(4).max(SURELY);
    let pitch = pitch(pages);
    for bottom in [false, true] {
        for page in pages.iter_mut() {
            drop_outside_number(page, bottom);
            let numbers = inwards(page, bottom).take(DEEPEST).take_while(|item| is_number(item)).count();
            remove(page, bottom, numbers);
        }
        let edges: Vec<Vec<(String, f32)>> = pages.iter().map(|page| edge(page, bottom)).collect();
        let repeated = |line: &Line| {
            let words = pattern(&line.text);
            let same = |(other, base): &(String, f32)| *other == words && (base - line.base).abs() < 4.0;
            edges.iter().filter(|edge| edge.iter().any(same)).count()
        };
        for page in pages.iter_mut() {
            let lines: Vec<&Line> = inwards(page, bottom).map_while(as_line).take(DEEPEST).collect();
            let counts = lines.iter().map(|line| if is_annex(&line.text) { 0 } else { repeated(line) });
            let counts: Vec<usize> = counts.take_while(|count| *count >= least).collect();
            let apart = |depth: &usize| {
                let next = inwards(page, bottom).nth(*depth);
                let outer = depth.checked_sub(1).and_then(|last| lines.get(last));
                outer.is_some_and(|outer| stands_apart(outer, next, pitch))
            };
            // the names of the columns of a table without rules, on each of its pages
            let columns = lines.iter().take(counts.len()).any(|line| names_columns(line)).then_some(counts.len());
            let depth = columns.or_else(|| (1..=counts.len()).rev().find(apart));
            let surely = |(line, count): &(&&Line, &usize)| **count >= most && !line.text.ends_with(SENTENCE_ENDS);
            let depth = depth.unwrap_or_else(|| lines.iter().zip(&counts).take_while(surely).count());
            remove(page, bottom, depth);
            // a number may stand further in
            let numbers = inwards(page, bottom).take(DEEPEST).take_while(|item| is_number(item)).count();
            remove(page, bottom, numbers);
        }
    }
}

/// What stands on a page, from an edge inwards.
fn inwards(page: &[Item], bottom: bool) -> Box<dyn Iterator<Item = &Item> + '_> {
    if bottom { Box::new(page.iter().rev()) } else { Box::new(page.iter()) }
}

fn remove(page: &mut Vec<Item>, bottom: bool, count: usize) {
    if bottom {
        page.truncate(page.len().saturating_sub(count));
    } else {
        page.drain(..count.min(page.len()));
    }
}

fn as_line(item: &Item) -> Option<&Line> {
    match item {
        Item::Line(line) => Some(line),
        Item::Table(_) => None,
    }
}

fn is_number(item: &Item) -> bool {
    as_line(item).is_some_and(|line| is_page_number(&line.text))
}

/// Whether a line says that an attachment begins: its number is not that of a page.
fn is_annex(line: &str) -> bool {
    pattern(line).starts_with("附件")
}

/// Whether a line at the edge stands further from the text than its lines from each other, or is printed smaller.
fn stands_apart(outer: &Line, inner: Option<&Item>, pitch: f32) -> bool {
    match inner {
        Some(Item::Line(next)) => (outer.base - next.base).abs() > APART * pitch || outer.size < SMALLER * next.size,
        Some(Item::Table(_)) | None => true,
    }
}

/// Whether a line has wide gaps, as the names of the columns of a table without rules.
fn names_columns(line: &Line) -> bool {
    let is_gap = |pair: &[Glyph]| matches!(pair, [one, next] if next.left - one.right > line.size);
    line.glyphs.windows(2).filter(|pair| is_gap(pair)).count() >= FEWEST_GAPS
}

/// The fewest gaps between names of columns.
const FEWEST_GAPS: usize = 2;

/// The usual distance of lines that follow each other.
fn pitch(pages: &[Vec<Item>]) -> f32 {
    let pairs = pages.iter().flat_map(|page| page.windows(2));
    let mut gaps: Vec<f32> = pairs
        .filter_map(|pair| match pair {
            [Item::Line(one), Item::Line(next)] => Some((next.base - one.base).abs()),
            _ => None,
        })
        .collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or_default()
}

/// Drops an ornament that stands further out than a number of a page between dashes.
fn drop_outside_number(page: &mut Vec<Item>, bottom: bool) {
    let place = |depth: usize| if bottom { page.len().checked_sub(depth + 1) } else { Some(depth) };
    let line = |depth: usize| match place(depth).and_then(|at| page.get(at)) {
        Some(Item::Line(line)) => Some(line.text.as_str()),
        _ => None,
    };
    let dashed = |text: &str| is_page_number(text) && text.starts_with(['-', '—', '–', '－']);
    if line(1).is_some_and(dashed)
        && line(0).is_some_and(|text| text.chars().count() <= 2)
        && let Some(at) = place(0)
    {
        page.remove(at);
    }
}

/// The outermost lines of a page, without their digits, and where they stand.
fn edge(page: &[Item], bottom: bool) -> Vec<(String, f32)> {
    let place = |line: &Line| (pattern(&line.text), line.base);
    inwards(page, bottom).map_while(as_line).take(DEEPEST).map(place).collect()
}

fn pattern(text: &str) -> String {
    text.chars()
        .map(fold)
        .filter(|char| !is_blank(*char))
        .map(|char| if char.is_ascii_digit() { '0' } else { char })
        .collect()
}

/// Whether a line is the number of a page: 2, — 2 —, 第2页, 2/15, 第 2 页 共 15 页.
fn is_page_number(line: &str) -> bool {
    let words: String = pattern(line).chars().filter(|char| !matches!(char, '-' | '—' | '–' | '－' | '·')).collect();
    let rest: String = words.chars().filter(|char| *char != '0').collect();
    let digits = words.chars().count() - rest.chars().count();
    (1..=8).contains(&digits) && matches!(rest.as_str(), "/" | "第页" | "第页共页" | "第页,共页" | "第页/共页")
        || (1..=4).contains(&digits) && rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, base: f32) -> Item {
        Item::Line(Line { text: text.to_owned(), left: 0.0, right: 10.0, base, size: 10.0, glyphs: Vec::new() })
    }

    #[test]
    fn headers_and_page_numbers_go_and_text_stays() {
        let mut pages: Vec<Vec<Item>> = (1..=4_u8)
            .map(|page| {
                vec![
                    line("某市人民政府公报", 10.0),
                    line(&format!("第{}条", "一二三四".chars().nth(usize::from(page) - 1).unwrap_or('五')), 30.0),
                    line("由市财政局负责", 50.0 + f32::from(page) * 20.0),
                    line(&format!("— {page} —"), 190.0),
                ]
            })
            .collect();
        strip(&mut pages);
        assert!(pages.iter().all(|page| page.len() == 2), "{pages:?}");
    }

    #[test]
    fn text_that_meets_at_the_edge_of_two_pages_stays() {
        let text = |first: &str, last: &str| vec![line(first, 10.0), line("完善制度", 30.0), line(last, 50.0)];
        let mut pages = vec![
            text("推进改革", "责任单位：市教育局"),
            text("落实责任", "责任单位：市教育局"),
            text("开展培训", "完成时限：6月"),
        ];
        strip(&mut pages);
        assert!(pages.iter().all(|page| page.len() == 3), "{pages:?}");
        let annex =
            |number: u8| vec![line(&format!("附件{number}"), 10.0), line("任务清单", 60.0), line("推进改革", 80.0)];
        let mut pages = vec![annex(1), annex(2)];
        strip(&mut pages);
        assert!(pages.iter().all(|page| page.len() == 3), "{pages:?}");
        // a header of two lines
        let headed = |words: [&'static str; 3]| {
            let header = [line("某市人民政府公报", 10.0), line("政府文件", 22.0)];
            header.into_iter().chain((0_u8..).zip(words).map(|(at, words)| line(words, 60.0 + f32::from(at) * 14.0)))
        };
        let mut pages: Vec<Vec<Item>> = [["推进改革", "完善制度", "加强监管"], ["落实责任", "开展培训", "组织评估"]]
            .map(|words| headed(words).collect())
            .into();
        strip(&mut pages);
        assert!(pages.iter().all(|page| page.len() == 3), "{pages:?}");
    }

    #[test]
    fn an_ornament_below_a_page_number_goes_with_it() {
        let mut pages = vec![vec![line("由市财政局负责", 10.0), line("—１—", 80.0), line("书", 90.0)]];
        strip(&mut pages);
        assert_eq!(pages[0].len(), 1);
    }

    #[test]
    fn forms_of_page_numbers() {
        for number in ["2", "—１２—", "- 3 -", "第 2 页", "第2页 共15页", "2/15", "· 12 ·"] {
            assert!(is_page_number(number), "{number}");
        }
        for words in ["", "2025年", "第二条", "12亿元", "20252026"] {
            assert!(!is_page_number(words), "{words}");
        }
    }
}
