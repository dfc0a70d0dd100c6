//! What a document says of itself: title, number, issuers, date, and the documents it rests on.

mod bodies;
mod metadata;
mod signature;
mod title;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::date::Date;
use crate::diagnostic::{Code, Finding};
use crate::knowledge::{Knowledge, Level, PLACE_KINDS, WordTable};
use crate::span::{Span, Text, fold_str, is_blank};

use super::citation;
use super::date;
use super::model::{CitationRelation, Head, LedgerRule};
use super::outline::Node;
use metadata::Metadata;
pub(super) use metadata::begins_row as begins_metadata;
pub(super) use signature::begins as begins_signature;
use title::kind_of;

pub(super) struct HeadRead {
    pub(super) head: Head,
    pub(super) rules: Vec<LedgerRule>,
    pub(super) findings: Vec<Finding>,
}

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
    let own = lines.iter().position(|line| super::label::read(text.folded(*line)).is_some()).unwrap_or(lines.len());
    let top = lines.get(..(own + 12).min(lines.len())).unwrap_or_default();
    let title = metadata.title.clone().or_else(|| title::find(text, top));
    let number = metadata.number.clone().or_else(|| top.iter().find_map(|line| number(text.slice(*line))));
    let number = number
        .or_else(|| top.iter().find_map(|line| bare_number(text.slice(*line))))
        .or_else(|| top.iter().find_map(|line| trailing_number(text.slice(*line))).map(|(_, number)| number));
    let signed = signature::read(text, &lines);
    let letterhead = top.iter().find_map(|line| bodies::of_letterhead(text.slice(*line))).unwrap_or_default();
    let issuers = issuers(title.as_deref(), &signed.names, letterhead, &metadata);
    let signed_by_name = signed.date.filter(|_| !signed.names.is_empty());
    let of_number = || number.as_deref().and_then(citation::year_of).and_then(Date::year);
    let dated = signed_by_name.or(metadata.issued).or(signed.date).or(signed.printed);
    // a page may be put up years after what its number says
    let published = metadata.published.filter(|date| of_number().is_none_or(|of_number| of_number.year == date.year));
    let issued = dated.or(published).or_else(|| signature::read(text, top).month).or_else(of_number);
    let titled = title.as_deref().and_then(year_in);
    // a page may be put up years after its title, and minutes begin with the day of the meeting
    let year = dated
        .map(|date| date.year)
        .or(titled)
        .or(issued.map(|date| date.year))
        .or_else(|| top.iter().find_map(|line| planned(text.slice(*line))))
        .or_else(|| top.iter().find_map(|line| date::leading(text.slice(*line))).map(|date| date.year));
    let mut based_on = preamble(text, nodes);
    based_on.extend(metadata.parents.iter().flat_map(|span| {
        let mut cited = citation::find(text, *span);
        for citation in &mut cited {
            citation.relation = CitationRelation::BasedOn;
        }
        cited
    }));
    // a page's 文号 stands behind a title that may hold 落实
    let own_number = number.as_deref().map(fold_str);
    based_on.retain(|cited| own_number.is_none() || cited.number.as_deref().map(fold_str) != own_number);
    if title.is_none() {
        findings.push(Finding::new(Code::NoTitle, None, "没有找到标题", "no title was found"));
    }
    if issued.is_none() {
        findings.push(Finding::new(Code::NoDate, None, "没有找到成文日期", "no date of issue was found"));
    }
    let kind = metadata.kind.clone().or_else(|| title.as_deref().and_then(kind_of).map(str::to_owned));
    HeadRead {
        head: Head {
            title,
            number,
            kind,
            issuers,
            signed: signed.names,
            issued,
            year,
            jurisdiction: metadata.jurisdiction,
            based_on,
            publishers: metadata.publishers,
            mentioned: mentioned(text),
            own_level: own_level(text),
        },
        rules: metadata.rules,
        findings,
    }
}

/// The bodies that issue a document: those of its title, else those that sign it, of its letterhead, of its page.
fn issuers(title: Option<&str>, signers: &[String], letterhead: Vec<String>, metadata: &Metadata) -> Vec<String> {
    let titled = title.map(in_title).unwrap_or_default();
    let titled = bodies::in_full(titled, &[signers, &letterhead, &metadata.issuers, &metadata.publishers]);
    // 甲部等七部门: those who sign are all of them
    let all_sign = signers.len() > titled.len() && titled.iter().all(|name| signers.contains(name));
    if !titled.is_empty() && !all_sign {
        return titled;
    }
    let signers = bodies::in_full(signers.to_vec(), &[&letterhead, &metadata.issuers, &metadata.publishers]);
    [signers, letterhead, metadata.issuers.clone()].into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

/// The bodies before 关于 or 印发 in a title.
fn in_title(title: &str) -> Vec<String> {
    let words = &Knowledge::shipped().vocabulary.head;
    let ends = words.issues.iter().chain(&words.abouts);
    let before = ends.filter_map(|word| title.find(word.as_str())).min().and_then(|end| title.get(..end));
    // 某区贯彻落实《关于… issues nothing, and no more does 某县 itself in 某县关于…的通报
    let names = before.filter(|before| !before.contains('《')).map(bodies::split).unwrap_or_default();
    let is_place = |name: &String| name.ends_with(PLACE_KINDS) || name.ends_with(['乡', '镇']);
    if names.iter().all(is_place) { Vec::new() } else { names }
}

/// A number without a prefix that stands alone: 〔2019〕41号, as minutes of meetings have it.
fn bare_number(line: &str) -> Option<String> {
    let dense: String = line.chars().filter(|char| !is_blank(*char)).collect();
    let folded = fold_str(&dense);
    let (year, serial) = folded.strip_prefix('(')?.strip_suffix('号')?.split_once(')')?;
    let digits = |part: &str| !part.is_empty() && part.chars().all(|char| char.is_ascii_digit());
    (year.len() == 4 && digits(year) && digits(serial)).then_some(dense)
}

/// How many characters are searched for names of places.
const SEARCHED: usize = 20_000;
/// What stands before the level that a document calls its own.
const OWN: char = '我';

/// The places that a document names, the most often named first.
fn mentioned(text: &Text) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in Knowledge::shipped().places.named(text.folded(Span::new(0, SEARCHED))) {
        *counts.entry(name).or_default() += 1;
    }
    let mut counted: Vec<(&str, usize)> = counts.into_iter().collect();
    counted.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    counted.into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// The level of which a document first says that it is its own: 我市, 我省.
fn own_level(text: &Text) -> Option<Level> {
    let mut pairs = text.folded(Span::new(0, SEARCHED)).windows(2);
    pairs.find_map(|pair| if let [OWN, level] = pair { Level::of_prefix(*level) } else { None })
}

/// A document number that stands alone or at the beginning of a line.
fn number(line: &str) -> Option<String> {
    let line = line.trim_matches(['(', ')', '（', '）']);
    let (number, length) = citation::leading_number(line)?;
    let rest: String = line.chars().skip(length).take(4).collect();
    (rest.is_empty() || rest.starts_with(is_blank) || rest.starts_with("关于")).then_some(number)
}

/// The number that ends a line behind a title or a letterhead, and what stands before it: 关于…的通知 云政办发〔2021〕6号.
fn trailing_number(line: &str) -> Option<(&str, String)> {
    let (before, number) = line.trim_end().rsplit_once(is_blank)?;
    let number = citation::as_number(number.trim_matches(['(', ')', '（', '）']))?;
    let before = before.trim_end();
    (kind_of(before).is_some() || bodies::of_letterhead(before).is_some()).then_some((before, number))
}

/// The first year of this century that a title names.
pub(super) fn year_in(title: &str) -> Option<i16> {
    let folded = fold_str(title);
    folded
        .split(|char: char| !char.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .find_map(|digits| digits.parse().ok().filter(|year| (1990..2100).contains(year)))
}

/// The year that a line says a plan is for: 2012年十大实事.
fn planned(line: &str) -> Option<i16> {
    let folded = fold_str(line);
    let words = &Knowledge::shipped().vocabulary.head.planned;
    folded.match_indices('年').find_map(|(at, _)| {
        let rest: String = folded.get(at..)?.chars().skip(1).take(PLANNED).collect();
        let year = folded.get(at.checked_sub(4)?..at)?;
        words.iter().any(|word| rest.contains(word.as_str())).then(|| year_in(year))?
    })
}

/// How far behind a year the words stand that say what is planned for it, in characters.
const PLANNED: usize = 12;

/// The documents before the first item that words such as 根据 or 贯彻落实 relate to this one.
fn preamble(text: &Text, nodes: &[Node]) -> Vec<super::model::Citation> {
    static ENACTS: LazyLock<WordTable<()>> =
        LazyLock::new(|| WordTable::of(&Knowledge::shipped().vocabulary.head.citations.enacts));
    let mut cited: Vec<super::model::Citation> = Vec::new();
    let first = nodes.iter().position(|node| node.label.is_some()).unwrap_or(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        for paragraph in &node.paragraphs {
            // the plan that a notice encloses has a preamble of its own
            let own = index < first;
            if !own && !ENACTS.is_match(text.folded(*paragraph)) {
                continue;
            }
            for citation in citation::find(text, *paragraph) {
                let issued = match citation.relation {
                    CitationRelation::Cites => false,
                    CitationRelation::BasedOn | CitationRelation::Implements => true,
                    _ => own,
                };
                let known = cited.iter().any(|known| {
                    known.number == citation.number && (known.number.is_some() || known.title == citation.title)
                });
                if issued && !known {
                    cited.push(citation);
                }
            }
        }
    }
    cited
}
