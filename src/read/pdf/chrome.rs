//! What a page carries besides the document: running headers and footers, numbers of pages.

use super::Item;
use super::line::Line;
use crate::span::{fold, is_blank};

/// How many lines at either edge of a page may be headers or footers.
const DEEPEST: usize = 4;

/// Removes headers, footers and page numbers.
pub(super) fn strip(pages: &mut [Vec<Item>]) {
    let least = (pages.len() / 4).max(2);
    for bottom in [false, true] {
        let edges: Vec<Vec<(String, f32)>> = pages.iter().map(|page| edge(page, bottom)).collect();
        let repeated = |line: &Line| {
            let words = pattern(&line.text);
            let same = |(other, base): &(String, f32)| *other == words && (base - line.base).abs() < 4.0;
            edges.iter().filter(|edge| edge.iter().any(same)).count() >= least
        };
        for page in pages.iter_mut() {
            drop_outside_number(page, bottom);
            for _ in 0..DEEPEST {
                let outermost = if bottom { page.last() } else { page.first() };
                let Some(Item::Line(line)) = outermost else { break };
                if !repeated(line) && !is_page_number(&line.text) {
                    break;
                }
                page.remove(if bottom { page.len() - 1 } else { 0 });
            }
        }
    }
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
    let as_line = |item: &Item| match item {
        Item::Line(line) => Some((pattern(&line.text), line.base)),
        Item::Table(_) => None,
    };
    if bottom {
        page.iter().rev().map_while(as_line).take(DEEPEST).collect()
    } else {
        page.iter().map_while(as_line).take(DEEPEST).collect()
    }
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
