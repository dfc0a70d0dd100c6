//! Lines to paragraphs, where a text was broken at a fixed width: as text taken from pages is.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::knowledge::Knowledge;
use crate::numeral;
use crate::span::{fold, fold_str, is_blank};

/// How many lines a text must have before its width is judged.
const FEWEST_LINES: usize = 12;
/// Widths in cells that a page may have.
const WIDTHS: std::ops::RangeInclusive<usize> = 44..=140;
/// How many cells a full line may lack: a character that did not fit, a bracket that may not begin a line.
const SLACK: usize = 4;
/// One of so many full lines at least goes on where lines were broken: else the lines are whole, and but of one length.
const GOES_ON_OF: usize = 2;
/// How many lines are looked at for one with words, where a paragraph may go on: the end of a page may come between.
const APART: usize = 8;
/// One of so many lines is indented where paragraphs are: then a full line goes on even if a sentence ends with it.
const INDENTED_OF: usize = 15;

/// The least width in cells of a page.
#[cfg(feature = "pdf")]
pub(super) const OF_PAGE: usize = *WIDTHS.start();
/// The least width in cells of one of two columns on a page.
#[cfg(feature = "pdf")]
pub(super) const OF_COLUMN: usize = 24;

/// The lines of a text, those of one paragraph joined if the text was broken at a fixed width.
pub(super) fn paragraphs(content: &str) -> String {
    let lines: Vec<&str> = content.split('\n').collect();
    let full = width_of_page(&lines, *WIDTHS.start()).filter(|full| is_broken(&lines, *full));
    full.map_or_else(|| content.to_owned(), |full| joined(content, &lines, full))
}

/// The same for the lines of pages, which are all broken at the width of the page, at least so many cells.
#[cfg(feature = "pdf")]
pub(super) fn paragraphs_of_pages(content: &str, narrowest: usize) -> String {
    let lines: Vec<&str> = content.split('\n').collect();
    let full = width_of_page(&lines, narrowest).or_else(|| widest(&lines, narrowest));
    full.map_or_else(|| content.to_owned(), |full| joined(content, &lines, full))
}

/// Joins the lines of a text that was broken at a width in cells.
fn joined(content: &str, lines: &[&str], full: usize) -> String {
    let indents = lines.iter().filter(|line| is_indented(line)).count() * INDENTED_OF >= lines.len();
    let mut out = String::with_capacity(content.len());
    let mut at = 0;
    while let Some(&line) = lines.get(at) {
        at += 1;
        out.push_str(line.trim_end_matches(is_blank));
        let mut last = line;
        while is_full(last, full) && (goes_on(last) || indents && ends_sentence(last)) {
            let Some((skip, next)) = next_words(lines, at) else { break };
            if begins_anew(next) {
                break;
            }
            let more = next.trim_matches(is_blank);
            let apart = out.ends_with(|char: char| char.is_ascii_alphanumeric())
                && more.starts_with(|char: char| char.is_ascii_alphabetic());
            if apart {
                out.push(' ');
            }
            out.push_str(more);
            at += skip + 1;
            last = next;
        }
        if at < lines.len() {
            out.push('\n');
        }
    }
    out
}

/// Whether lines were broken at a width in cells, so that full ones go on.
fn is_broken(lines: &[&str], full: usize) -> bool {
    let places = (1..).zip(lines).filter(|(_, line)| is_full(line, full));
    let (mut all, mut on) = (0, 0);
    for (behind, line) in places {
        all += 1;
        on += usize::from(goes_on(line) && next_words(lines, behind).is_some_and(|(_, next)| !begins_anew(next)));
    }
    on * GOES_ON_OF >= all
}

fn is_full(line: &str, full: usize) -> bool {
    width(line) + SLACK + 2 >= full
}

/// The next line that holds words and where it stands, from a place on: a paragraph may go on behind the end of a page.
fn next_words<'a>(lines: &[&'a str], from: usize) -> Option<(usize, &'a str)> {
    let is_words = |line: &str| !line.trim_matches(is_blank).is_empty() && !is_page_number(line);
    lines.iter().skip(from).take(APART).copied().enumerate().find(|(_, line)| is_words(line))
}

/// The width at which the lines were broken, in cells: many lines are about that wide, and hardly one is much wider.
fn width_of_page(lines: &[&str], narrowest: usize) -> Option<usize> {
    let widths: Vec<usize> = lines.iter().map(|line| width(line)).filter(|width| *width > 0).collect();
    if widths.len() < FEWEST_LINES {
        return None;
    }
    let about = |full: usize| widths.iter().filter(|width| width.abs_diff(full) <= SLACK).count();
    let full = (narrowest..=*WIDTHS.end()).max_by_key(|full| (about(*full), std::cmp::Reverse(*full)))?;
    let wider = widths.iter().filter(|width| **width > full + 3 * SLACK).count();
    (about(full) * 4 >= widths.len() && wider * 20 <= widths.len()).then_some(full)
}

/// The width in cells of the widest lines of pages on which few are full, if there are two of them.
#[cfg(feature = "pdf")]
fn widest(lines: &[&str], narrowest: usize) -> Option<usize> {
    let widths: Vec<usize> = lines.iter().map(|line| width(line)).collect();
    let full = widths.iter().copied().max().filter(|full| (narrowest..=*WIDTHS.end()).contains(full))?;
    (widths.iter().filter(|width| **width + SLACK >= full).count() >= 2).then_some(full)
}

/// Whether a line is the number of a page: — 2 —, or a bare number.
fn is_page_number(line: &str) -> bool {
    let words = line.trim_matches(|char: char| is_blank(char) || matches!(char, '-' | '—' | '–' | '－'));
    !words.is_empty() && words.chars().count() <= 4 && words.chars().all(|char| fold(char).is_ascii_digit())
}

/// Width in cells; a Chinese character takes two. Blanks at the end do not count.
fn width(line: &str) -> usize {
    line.trim_end_matches(is_blank).chars().map(|char| if char.is_ascii() { 1 } else { 2 }).sum()
}

/// Whether a full line may go on: it ends no sentence, or a bracket in it is still open.
fn goes_on(line: &str) -> bool {
    let line = line.trim_end_matches(is_blank);
    // （责任单位： goes on
    let in_brackets = line.rfind(['（', '(']) > line.rfind(['）', ')']);
    !ends_sentence(line) && (in_brackets || !line.ends_with(['：', ':']))
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(is_blank).ends_with(['。', '！', '？'])
}

fn is_indented(line: &str) -> bool {
    line.starts_with(['\u{3000}', '\t']) || line.starts_with("  ")
}

/// Whether a line is the number of a document alone, as it stands below a title: 云政办发〔2020〕8号.
fn is_document_number(line: &str) -> bool {
    let folded = fold_str(line.trim_matches(is_blank));
    let parts = folded.strip_suffix('号').and_then(|rest| rest.split_once('(')?.1.split_once(')'));
    let digits = |part: &str| !part.is_empty() && part.chars().all(|char| char.is_ascii_digit());
    parts.is_some_and(|(year, serial)| year.len() == 4 && digits(year) && digits(serial))
}

/// Whether a line begins with a label and a colon: 责任单位:市财政局.
fn is_labelled(line: &str) -> bool {
    static LABELS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let vocabulary = &Knowledge::shipped().vocabulary;
        let (labels, due) = (&vocabulary.clause.labels, &vocabulary.dates.labels);
        let parties = labels.lead.iter().chain(&labels.co_lead).chain(&labels.responsible).chain(&labels.supporting);
        parties.chain(due).map(String::as_str).collect()
    });
    let name = line.trim_start_matches(is_blank).split_once(['：', ':']).map(|(name, _)| name.trim_matches(is_blank));
    name.is_some_and(|name| LABELS.contains(name))
}

/// Whether a line begins a paragraph: it is indented, a number or a label stands before it, or it is the number of a
/// document.
fn begins_anew(line: &str) -> bool {
    let mut chars = line.trim_start_matches(is_blank).chars().map(fold);
    let digits = |char: char| char.is_ascii_digit() || numeral::is_numeral(char);
    let numbered = match chars.next() {
        Some('(') => chars.next().is_some_and(digits),
        Some('第') => chars.next().is_some_and(digits) && chars.any(|char| matches!(char, '条' | '章' | '节')),
        Some(first) if first.is_ascii_digit() => {
            // 12.健全 begins a paragraph, 12.5亿元 does not
            let mut rest = chars.skip_while(char::is_ascii_digit);
            matches!(rest.next(), Some('.' | '、')) && rest.next().is_some_and(|char| !char.is_ascii_digit())
        }
        Some(first) if numeral::is_numeral(first) => chars.find(|char| !numeral::is_numeral(*char)) == Some('、'),
        _ => false,
    };
    is_indented(line) || numbered || is_labelled(line) || is_document_number(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of paragraphs, broken at a width in characters.
    fn broken(paragraphs: &[String], width: usize) -> String {
        let mut out = String::new();
        for paragraph in paragraphs {
            let chars: Vec<char> = paragraph.chars().collect();
            for line in chars.chunks(width) {
                out.extend(line);
                out.push('\n');
            }
        }
        out
    }

    #[test]
    fn broken_lines_are_joined_and_paragraphs_kept() {
        let paragraphs: Vec<String> = (1..=9)
            .map(|number| {
                format!(
                    "（{}）{}（省财政厅、省民政厅负责）",
                    ["一", "二", "三", "四", "五", "六", "七", "八", "九"][number - 1],
                    "完善制度健全机制".repeat(5 + number)
                )
            })
            .collect();
        let text = broken(&paragraphs, 30);
        assert_eq!(super::paragraphs(&text).trim_end(), paragraphs.join("\n"));
    }

    #[test]
    fn a_text_of_whole_paragraphs_is_left_alone() {
        let text: String = (1..=30).map(|number| "完善制度。".repeat(number) + "\n").collect();
        assert_eq!(paragraphs(&text), text);
        assert_eq!(paragraphs("一行\n"), "一行\n");
    }

    #[test]
    fn lines_of_one_length_are_not_taken_for_broken_ones() {
        let head = "云川市人民政府办公室关于印发云川市2020年医改重点工作任务的通知\n云政办发〔2020〕8号\n";
        for item in [
            "推进这一项改革。（市卫生健康委牵头，市医保局配合）",
            "推进医院这一项改革。责任单位：市卫生健康委、市医保局",
        ] {
            let text =
                head.to_owned() + &(1..=40).map(|number| format!("{number}.{item}\n")).collect::<Vec<_>>().concat();
            assert_eq!(paragraphs(&text), text);
        }
    }

    #[test]
    fn a_label_begins_a_line() {
        let full = "完".repeat(28);
        let text = format!("{full}\n责任单位：市财政局\n").repeat(7);
        assert_eq!(paragraphs(&text), text);
        let text = format!("{full}\n{full}\n").repeat(7);
        assert_eq!(paragraphs(&text).trim_end().matches('\n').count(), 0);
    }

    #[test]
    fn a_number_below_a_title_is_a_line_of_its_own() {
        let title = "云川市人民政府办公室关于印发云川市深化医改重点任务的通知";
        let text = format!("{title}\n云政办发〔2020〕8号\n{}", "完".repeat(28 * 14));
        let lines = broken(&text.split('\n').map(str::to_owned).collect::<Vec<_>>(), title.chars().count());
        assert_eq!(paragraphs(&lines).trim_end().matches('\n').count(), 2, "{lines}");
    }

    #[cfg(feature = "pdf")]
    #[test]
    fn pages_with_few_full_lines_are_broken_at_their_width_too() {
        let text = "一、主要任务\n1.完善制度，健全机制，落实投入责任，加强监督检查，推进信息公开。（省财政厅、省民\n政厅负责）\n\
                    2.健全机制。\n3.推进医共体建设，统一人员、财务和药品管理，完善绩效考核办法和分配。（省卫生健\n康委负责）\n";
        let joined = paragraphs_of_pages(text, *WIDTHS.start());
        assert!(joined.contains("省民政厅") && joined.contains("省卫生健康委"), "{joined}");
        assert_eq!(joined.lines().count(), 4);
    }

    #[test]
    fn a_clause_goes_on_behind_its_colon() {
        let mut lines = vec!["完".repeat(30); 14];
        lines[5] = format!("{}（责任单位：", "完".repeat(24));
        assert_eq!(paragraphs(&lines.join("\n")).matches('\n').count(), 0);
    }

    #[test]
    fn where_paragraphs_are_indented_a_sentence_may_end_with_its_line() {
        let full = format!("{}。", "完".repeat(29));
        let text = format!("\u{3000}\u{3000}{}\n{full}\n", "完".repeat(28)).repeat(7);
        assert_eq!(paragraphs(&text).trim_end().matches('\n').count(), 6);
        let text = format!("{full}\n").repeat(14);
        assert_eq!(paragraphs(&text), text);
    }

    #[test]
    fn a_paragraph_goes_on_behind_the_end_of_a_page() {
        let mut lines = vec!["完".repeat(30); 14];
        lines.insert(7, String::new());
        lines.insert(7, "— 2 —".to_owned());
        assert_eq!(paragraphs(&lines.join("\n")).matches('\n').count(), 0);
    }
}
