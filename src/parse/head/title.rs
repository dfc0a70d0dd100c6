//! The title: that of a notice (…关于…的通知) goes before any other line that ends with a kind of document.

use super::bodies::{self, is_issuer};
use crate::knowledge::{self, Knowledge};
use crate::parse::{chrome, citation, label};
use crate::span::{Span, Text, fold, fold_str, is_blank};

/// How many lines a title may be broken into.
const TITLE_LINES: usize = 5;
/// The longest title in characters.
const LONGEST_TITLE: usize = 160;

/// Finds the title among the first lines.
pub(super) fn find(text: &Text, lines: &[Span]) -> Option<String> {
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| text.slice(*line))
        .map(|line| {
            let folded: Vec<char> = line.trim_start_matches(['-', '·', ' ']).chars().map(fold).collect();
            if chrome::is_chrome(&folded) { "" } else { title_words(line) }
        })
        .collect();
    notice_title(&lines).or_else(|| plain_title(&lines)).or_else(|| first_sentence(&lines))
}

/// A title with 关于: from the issuers before that word to the kind of document, over several lines.
fn notice_title(lines: &[&str]) -> Option<String> {
    for (first, whole) in lines.iter().enumerate() {
        let Some(line) = from_issuers(whole) else { continue };
        let mut title = String::new();
        // the issuers may stand on lines of their own above
        let above = lines.get(..first)?.iter().rev().take_while(|above| {
            let surely = line.starts_with("关于") || bodies::are_known(above);
            surely && is_issuer(above) && !line.starts_with(**above)
        });
        let mut above: Vec<&str> = above.copied().collect();
        if !above.is_empty() {
            above.reverse();
            title = above.join(" ") + " ";
        }
        for line in std::iter::once(&line).chain(lines.iter().skip(first + 1)).take(TITLE_LINES) {
            if line.contains(['。', '；', '\t', '|']) || title.chars().count() > LONGEST_TITLE || line.is_empty() {
                break;
            }
            // 通　知, alone on its line
            match spaced_kind(line) {
                Some(kind) => title.push_str(kind),
                None => title.push_str(without_noise(line)),
            }
            let whole = title.matches('《').count() == title.matches('》').count();
            let words = &Knowledge::shipped().vocabulary.head;
            let begins = !words.not_titles.iter().any(|word| title.starts_with(word.as_str()));
            if whole && begins && kind_of(&title).is_some() {
                return Some(title.trim().to_owned());
            }
        }
    }
    None
}

/// The kind of document that a line is, with blanks between its characters: 通　知.
fn spaced_kind(line: &str) -> Option<&'static str> {
    let dense: String = line.chars().filter(|char| !is_blank(*char)).collect();
    let kinds = &Knowledge::shipped().vocabulary.head.kinds;
    kinds.iter().map(String::as_str).find(|kind| *kind == dense && dense != line)
}

/// The part of a line that begins with the issuers before 关于, or with 关于 itself; what a page prints before them
/// is left out, and a link such as 关于我们 is no title.
fn from_issuers(line: &str) -> Option<&str> {
    let about = line.find("关于")?;
    let links = &Knowledge::shipped().vocabulary.head.links;
    if links.iter().any(|link| line.get(about..).is_some_and(|rest| rest.starts_with(link.as_str()))) {
        return None;
    }
    let before = line.get(..about)?;
    let mut begin = about;
    while let Some(name) = line.get(..begin)?.split_whitespace().next_back() {
        if !is_issuer(name) && !name.ends_with("转发") && !name.ends_with("印发") {
            break;
        }
        begin = line.get(..begin)?.trim_end().len() - name.len();
    }
    let counted = before.trim().ends_with("部门");
    (begin < about || before.trim().is_empty() || counted)
        .then(|| line.get(if counted { 0 } else { begin }..))
        .flatten()
}

/// A title without 关于: one line that ends with a kind of document, with the line above it where the place stands there
/// or the title begins, and with a line below that begins with a bracket and ends as a title does.
fn plain_title(lines: &[&str]) -> Option<String> {
    let index = lines.iter().enumerate().position(|(index, line)| {
        let above = index.checked_sub(1).and_then(|above| lines.get(above));
        let length = line.chars().count();
        (6..=LONGEST_TITLE).contains(&length) && may_be_title(line) || above.is_some_and(|above| is_rest(above, line))
    })?;
    let line = without_noise(lines.get(index)?);
    let above = index.checked_sub(1).and_then(|above| lines.get(above)).filter(|above| {
        let begins = Knowledge::shipped().places.strip_prefix(above, None).is_some();
        begins && line.starts_with(|char: char| char.is_ascii_digit()) && above.chars().count() <= 40
            || is_rest(above, line)
    });
    let below = lines.get(index + 1).filter(|below| {
        below.starts_with(['(', '（'])
            && !below.ends_with([')', '）'])
            && !below.contains(STOPS)
            && kind_of(below).is_some()
    });
    Some([above, Some(&line), below].into_iter().flatten().copied().collect())
}

/// The most parts between blanks of a title; more are the links of a page.
const MOST_PARTS: usize = 5;

/// What stands in no title.
const STOPS: [char; 8] = ['。', '；', '，', '\t', '|', '?', '？', ';'];

/// Whether a line may be a title by its last words.
fn may_be_title(line: &str) -> bool {
    kind_of(line).is_some()
        && line.split_whitespace().count() <= MOST_PARTS
        && !line.contains(STOPS)
        && !line.starts_with(['附', '(', '（', '>'])
        && !is_metadata_label(line)
        && label::of(line).is_none()
}

/// Whether a line is the second half of a title: 工作计划 alone, or the end of words in 《》 that the line above opens.
fn is_rest(above: &str, line: &str) -> bool {
    let opens = |line: &str| line.matches('《').count().cmp(&line.matches('》').count());
    let named = Knowledge::shipped().places.strip_prefix(above, None).is_some() || super::year_in(above).is_some();
    let alone = named && kind_of(line).is_some_and(|kind| kind == line);
    let broken = opens(above).is_gt() && opens(line).is_lt();
    let whole = !above.contains(STOPS) && above.chars().count() <= 60 && kind_of(above).is_none();
    whole && label::of(above).is_none() && may_be_title(line) && (alone || broken)
}

/// In how many of the first lines a title may run on into the text.
const RUNNING_LINES: usize = 3;

/// A title that the text goes on behind: 关于支持甲的十条意见。为落实….
fn first_sentence(lines: &[&str]) -> Option<String> {
    lines.iter().take(RUNNING_LINES).find_map(|line| {
        let (title, rest) = line.split_once('。')?;
        let length = title.chars().count();
        let fits = (6..=60).contains(&length) && !rest.trim().is_empty() && !title.contains(['，', '；', ',']);
        (fits && title.contains("关于") && kind_of(title).is_some()).then(|| title.to_owned())
    })
}

/// The words of a title line without a number, a mark, the name of a province or a site's heading before them.
fn title_words(line: &str) -> &str {
    // a link of a list on the page
    if line.starts_with(['·', '•', '>', '◆']) {
        return "";
    }
    let line = line.trim_start_matches(['#', ' ', '\u{3000}']).trim_end_matches(['|', ' ']);
    let line = match line.strip_prefix('【').and_then(|rest| rest.split_once('】')) {
        Some((_, rest)) => rest.trim(),
        None => line,
    };
    let line = match line.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）'])) {
        Some((place, rest)) if Knowledge::shipped().places.by_name(place).next().is_some() => rest.trim(),
        _ => line,
    };
    let line = match line.strip_prefix('《').and_then(|rest| rest.strip_suffix('》')) {
        Some(whole) if whole.contains("关于") && !whole.contains(['《', '》']) => whole,
        _ => line,
    };
    let line = super::trailing_number(line).map_or(line, |(before, _)| before);
    match citation::leading_number(line) {
        Some((_, length)) => {
            let byte = line.char_indices().nth(length).map_or(line.len(), |(byte, _)| byte);
            line.get(byte..).unwrap_or_default().trim()
        }
        None => line.trim(),
    }
}

/// A line without the figure that a page counts clicks with right behind a title.
fn without_noise(line: &str) -> &str {
    let bare = line.trim_end_matches(|char: char| char.is_ascii_digit());
    if bare.len() < line.len() && kind_of(bare).is_some() && !bare.ends_with(|char: char| char.is_ascii_digit()) {
        bare
    } else {
        line
    }
}

fn is_metadata_label(words: &str) -> bool {
    let labels = &Knowledge::shipped().vocabulary.head.metadata;
    let folded = fold_str(words);
    let key = folded.split(':').next().unwrap_or_default();
    [&labels.title, &labels.number, &labels.issuer, &labels.issued, &labels.published, &labels.publisher, &labels.other]
        .into_iter()
        .flatten()
        .any(|label| label == key)
}

/// The kind of document that a title ends with; remarks in brackets behind it are passed over.
pub(super) fn kind_of(title: &str) -> Option<&'static str> {
    let folded = fold_str(title);
    let mut words = folded.trim_end().trim_end_matches(['》', '"']);
    while let Some(rest) = words.strip_suffix(')').and_then(|inner| inner.rfind('(').and_then(|open| inner.get(..open)))
    {
        words = rest.trim_end();
    }
    let kinds: &'static knowledge::Head = &Knowledge::shipped().vocabulary.head;
    kinds.kinds.iter().map(String::as_str).filter(|kind| words.ends_with(kind)).max_by_key(|kind| kind.len())
}
