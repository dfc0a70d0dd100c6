//! What a document says of itself: title, number, issuers, date, and the documents it rests on.

use crate::date::Date;
use crate::diagnostic::{Code, Finding};
use crate::knowledge::{self, Knowledge};
use crate::span::{Span, Text, fold, fold_str, is_blank};

use super::citation;
use super::date;
use super::model::{CitationRelation, Head, LedgerRule};
use super::outline::Node;

pub(super) struct HeadRead {
    pub(super) head: Head,
    pub(super) rules: Vec<LedgerRule>,
    pub(super) findings: Vec<Finding>,
}

/// How many lines a title may be broken into.
const TITLE_LINES: usize = 5;
/// The longest title in characters.
const LONGEST_TITLE: usize = 160;

/// Reads the head from the first lines, from pairs of a name and its value, and from the words before the first item.
pub(super) fn read(text: &Text, lines: &[Span], pairs: &[(Span, Vec<Span>)], nodes: &[Node]) -> HeadRead {
    let lines: Vec<Span> = lines.iter().map(|line| text.trim(*line)).filter(|line| !line.is_empty()).collect();
    let mut metadata = Metadata::default();
    let mut findings = Vec::new();
    for (key, values) in pairs {
        // 填报单位：某局 says its value itself
        let own_value = fold_str(text.slice(*key)).split_once(':').is_some_and(|(_, value)| !value.trim().is_empty());
        if !metadata.take(text, text.slice(*key), values) && !own_value {
            findings.push(
                Finding::new(
                    Code::UnknownHeadLine,
                    *key,
                    format!("不认识的表头项 `{}`", text.slice(*key)),
                    format!("`{}` is no known line of a ledger's head", text.slice(*key)),
                )
                .with_hint(
                    "可用：标题、发文字号、发文机关、成文日期、行政区划、上级文件、规则",
                    "known are 标题, 发文字号, 发文机关, 成文日期, 行政区划, 上级文件, 规则",
                ),
            );
        }
    }
    metadata.take_lines(text, &lines);
    let own = lines.iter().position(|line| super::label::read(text.slice(*line)).is_some()).unwrap_or(lines.len());
    let top = lines.get(..(own + 12).min(lines.len())).unwrap_or_default();
    let title = metadata.title.clone().or_else(|| title(text, top));
    let number = metadata.number.clone().or_else(|| top.iter().find_map(|line| number(text.slice(*line))));
    let (signers, signed) = signature(text, &lines);
    let signed_by_name = signed.filter(|_| !signers.is_empty());
    let issuers = title.as_deref().map(issuers_in_title).filter(|issuers| !issuers.is_empty());
    let issuers = issuers
        .or_else(|| Some(signers).filter(|signers| !signers.is_empty()))
        .unwrap_or_else(|| metadata.issuers.clone());
    let issued = signed_by_name.or(metadata.issued).or(signed).or(metadata.published);
    let year = issued
        .map(|date| date.year)
        .or_else(|| number.as_deref().and_then(citation::year_of))
        .or_else(|| title.as_deref().and_then(year_in));
    let mut based_on = preamble(text, nodes);
    based_on.extend(metadata.parents.iter().flat_map(|span| {
        let mut cited = citation::find(text, *span);
        for citation in &mut cited {
            citation.relation = CitationRelation::BasedOn;
        }
        cited
    }));
    if title.is_none() {
        findings.push(Finding::new(Code::NoTitle, None, "没有找到标题", "no title was found"));
    }
    if issued.is_none() {
        findings.push(Finding::new(Code::NoDate, None, "没有找到成文日期", "no date of issue was found"));
    }
    let kind = metadata.kind.clone().or_else(|| title.as_deref().and_then(kind_of).map(str::to_owned));
    HeadRead {
        head: Head { title, number, kind, issuers, issued, year, jurisdiction: metadata.jurisdiction, based_on },
        rules: metadata.rules,
        findings,
    }
}

/// What a metadata block or a ledger's head gives.
#[derive(Debug, Default)]
struct Metadata {
    title: Option<String>,
    number: Option<String>,
    issuers: Vec<String>,
    issued: Option<Date>,
    published: Option<Date>,
    jurisdiction: Option<String>,
    kind: Option<String>,
    parents: Vec<Span>,
    rules: Vec<LedgerRule>,
}

impl Metadata {
    /// Takes a value by its name; whether the name is known.
    fn take(&mut self, text: &Text, key: &str, values: &[Span]) -> bool {
        let Some(&value) = values.first() else { return true };
        let labels = &Knowledge::shipped().vocabulary.head.metadata;
        let key: String = key
            .chars()
            .filter(|char| !is_blank(*char))
            .map(fold)
            .filter(|char| !matches!(char, ':' | '(' | ')'))
            .collect();
        let is = |words: &[String]| words.contains(&key);
        let words = text.slice(value).trim();
        let set = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| words.to_owned());
        };
        if is(&labels.title) {
            set(&mut self.title);
        } else if is(&labels.number) {
            self.number = self.number.take().or_else(|| citation::as_number(words));
        } else if is(&labels.issuer) {
            if self.issuers.is_empty() {
                self.issuers = split_bodies(words);
            }
        } else if is(&labels.issued) {
            self.issued = self.issued.or_else(|| date::whole_line(words).or_else(|| Date::parse_iso(words)));
        } else if is(&labels.published) {
            self.published = self.published.or_else(|| date::whole_line(words).or_else(|| Date::parse_iso(words)));
        } else if is(&labels.jurisdiction) {
            set(&mut self.jurisdiction);
        } else if is(&labels.kind) {
            set(&mut self.kind);
        } else if is(&labels.parent) {
            self.parents.push(value);
        } else if is(&labels.rule) {
            let label = |index: usize| values.get(index).map(|span| text.slice(*span).trim().to_owned());
            self.rules.push(LedgerRule { span: value, from: label(1), to: label(2) });
        } else {
            return is(&labels.other);
        }
        true
    }

    /// Finds names with their values: on one line behind a colon or a bracket, or on two lines.
    fn take_lines(&mut self, text: &Text, lines: &[Span]) {
        for (index, &line) in lines.iter().enumerate() {
            let words = text.slice(line);
            if words.chars().count() > 200 {
                continue;
            }
            let split = words
                .chars()
                .map(fold)
                .position(|char| matches!(char, ':'))
                .or_else(|| words.starts_with('【').then(|| words.chars().position(|char| char == '】')).flatten());
            if let Some(split) = split.filter(|split| *split <= 8) {
                let value = text.trim(Span::new(line.start + split + 1, line.end));
                // 地区 and 来源 begin ordinary sentences too: a value must be there
                if !value.is_empty() && self.take(text, text.slice(Span::new(line.start, line.start + split)), &[value])
                {
                    continue;
                }
            }
            if words.chars().count() <= 6
                && let Some(&value) = lines.get(index + 1)
            {
                self.take(text, words, &[value]);
            }
        }
    }
}

/// The title: that of a notice (…关于…的通知) goes before any other line that ends with a kind of document.
fn title(text: &Text, lines: &[Span]) -> Option<String> {
    let lines: Vec<&str> = lines.iter().map(|line| title_words(text.slice(*line))).collect();
    notice_title(&lines).or_else(|| plain_title(&lines))
}

/// A title with 关于: from the issuers before that word to the kind of document, over several lines.
fn notice_title(lines: &[&str]) -> Option<String> {
    for (first, whole) in lines.iter().enumerate() {
        let Some(line) = from_issuers(whole) else { continue };
        let mut title = String::new();
        if line.starts_with("关于") {
            // the issuers may stand on lines of their own above
            let above = lines.get(..first)?.iter().rev().take_while(|line| is_issuer(line));
            let mut above: Vec<&str> = above.copied().collect();
            above.reverse();
            title = above.join(" ");
        }
        for line in std::iter::once(&line).chain(lines.iter().skip(first + 1)).take(TITLE_LINES) {
            if line.contains(['。', '；', '\t']) || title.chars().count() > LONGEST_TITLE {
                break;
            }
            title.push_str(line);
            let whole = title.matches('《').count() == title.matches('》').count();
            let begins = !title.starts_with(['附', '(', '（', '现', '《', '根', '按', '落', '贯']);
            if whole && begins && kind_of(&title).is_some() {
                return Some(title);
            }
        }
    }
    None
}

/// The part of a line that begins with the issuers before 关于, or with 关于 itself; what a page prints before them
/// is left out, and a link such as 关于我们 is no title.
fn from_issuers(line: &str) -> Option<&str> {
    let about = line.find("关于")?;
    if ["关于我们", "关于本站", "关于网站"]
        .iter()
        .any(|link| line.get(about..).is_some_and(|rest| rest.starts_with(link)))
    {
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
    (begin < about || before.trim().is_empty()).then(|| line.get(begin..)).flatten()
}

/// A title without 关于: one line that ends with a kind of document, with the line above it where the place stands there.
fn plain_title(lines: &[&str]) -> Option<String> {
    let index = lines.iter().position(|line| {
        let length = line.chars().count();
        (6..=LONGEST_TITLE).contains(&length)
            && kind_of(line).is_some()
            && !line.contains(['。', '；', '，', '\t'])
            && !line.starts_with(['附', '(', '（', '>'])
            && !is_metadata_label(line)
    })?;
    let line = lines.get(index)?;
    let above = index.checked_sub(1).and_then(|above| lines.get(above)).filter(|above| {
        let begins = Knowledge::shipped().places.strip_prefix(above, None).is_some();
        begins && line.starts_with(|char: char| char.is_ascii_digit()) && above.chars().count() <= 40
    });
    Some(above.map_or_else(|| (*line).to_owned(), |above| format!("{above}{line}")))
}

/// Whether a line is the name of an issuing body.
fn is_issuer(line: &str) -> bool {
    let endings = &Knowledge::shipped().vocabulary.parties.suffixes;
    let length = line.chars().count();
    (3..=60).contains(&length)
        && !line.contains(['。', '：', ':', '，', '；', '>'])
        && endings.iter().any(|ending| line.ends_with(ending.as_str()))
        && !line.ends_with("文件")
}

/// The words of a title line without a number or a site's heading before them.
fn title_words(line: &str) -> &str {
    let line = match line.strip_prefix('【').and_then(|rest| rest.split_once('】')) {
        Some((_, rest)) => rest.trim(),
        None => line,
    };
    match citation::leading_number(line) {
        Some((_, length)) => {
            let byte = line.char_indices().nth(length).map_or(line.len(), |(byte, _)| byte);
            line.get(byte..).unwrap_or_default().trim()
        }
        None => line.trim(),
    }
}

fn is_metadata_label(words: &str) -> bool {
    let labels = &Knowledge::shipped().vocabulary.head.metadata;
    let folded = fold_str(words);
    let key = folded.split(':').next().unwrap_or_default();
    [&labels.title, &labels.number, &labels.issuer, &labels.issued, &labels.published, &labels.other]
        .into_iter()
        .flatten()
        .any(|label| label == key)
}

/// The kind of document that a title ends with; remarks in brackets behind it are passed over.
fn kind_of(title: &str) -> Option<&'static str> {
    let folded = fold_str(title);
    let mut words = folded.trim_end();
    while let Some(rest) = words.strip_suffix(')').and_then(|inner| inner.rfind('(').and_then(|open| inner.get(..open)))
    {
        words = rest.trim_end();
    }
    let kinds: &'static knowledge::Head = &Knowledge::shipped().vocabulary.head;
    kinds.kinds.iter().map(String::as_str).filter(|kind| words.ends_with(kind)).max_by_key(|kind| kind.len())
}

/// A document number that stands alone or at the beginning of a line.
fn number(line: &str) -> Option<String> {
    let line = line.trim_matches(['(', ')', '（', '）']);
    let (number, length) = citation::leading_number(line)?;
    let rest: String = line.chars().skip(length).take(4).collect();
    (rest.is_empty() || rest.starts_with(is_blank)).then_some(number)
}

/// The bodies before 关于 or 印发 in a title.
fn issuers_in_title(title: &str) -> Vec<String> {
    let Some(end) = ["关于", "印发", "转发"].iter().filter_map(|word| title.find(word)).min() else {
        return Vec::new();
    };
    split_bodies(title.get(..end).unwrap_or_default())
}

fn split_bodies(words: &str) -> Vec<String> {
    words
        .split(|char: char| is_blank(char) || matches!(char, '、' | ',' | '，' | ';' | '；'))
        .filter(|name| name.chars().count() >= 2)
        .map(str::to_owned)
        .collect()
}

/// The bodies and the date that sign a document: short lines right above a line that is a date.
fn signature(text: &Text, lines: &[Span]) -> (Vec<String>, Option<Date>) {
    for (index, line) in lines.iter().enumerate() {
        let words = text.slice(*line);
        let Some(date) = Some(words).filter(|words| words.contains('年')).and_then(date::whole_line) else { continue };
        let mut names: Vec<String> = lines
            .iter()
            .take(index)
            .rev()
            .map(|line| text.slice(*line))
            .take_while(|words| is_issuer(words))
            .flat_map(split_bodies)
            .collect();
        names.reverse();
        return (names, Some(date));
    }
    (Vec::new(), None)
}

/// The first year of this century that a title names.
pub(super) fn year_in(title: &str) -> Option<i16> {
    let folded = fold_str(title);
    folded
        .split(|char: char| !char.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .find_map(|digits| digits.parse().ok().filter(|year| (1990..2100).contains(year)))
}

/// The documents before the first item that words such as 根据 or 贯彻落实 relate to this one.
fn preamble(text: &Text, nodes: &[Node]) -> Vec<super::model::Citation> {
    let mut cited: Vec<super::model::Citation> = Vec::new();
    for node in nodes.iter().take_while(|node| node.label.is_none()) {
        for paragraph in &node.paragraphs {
            for citation in citation::find(text, *paragraph) {
                let issued = !matches!(citation.relation, CitationRelation::Cites);
                let known = cited.iter().any(|known| known.title == citation.title && known.number == citation.number);
                if issued && !known {
                    cited.push(citation);
                }
            }
        }
    }
    cited
}
