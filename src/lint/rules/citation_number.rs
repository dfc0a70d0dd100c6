//! Document numbers that cannot be right.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Finding};
use crate::knowledge::{Knowledge, Level, PLACE_KINDS};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::parse::{Citation, citation};
use crate::span::{Span, fold_str};

rule! {
    /// # 文号与发文机关不符
    /// # a document number that its issuer cannot have
    ///
    /// ## 查什么
    /// 《国务院关于……》用了“国办发”，《某省人民政府办公厅关于……》用了“政发”或别省的代字，部门的文件用了别的部门的代字，
    /// 以及反过来的情形。
    /// ## What it finds
    /// A number whose sign belongs to another issuer than the one that the title names: 国办发 behind a title of the
    /// State Council itself, the sign of another province, or that of another department.
    /// ## 为什么
    /// 文号错了，查不到原文；政府和政府办公厅的文件效力也不同。
    /// ## Why it matters
    /// The document is not found under such a number, and a government's document is not its office's.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 根据《国务院关于实施健康中国行动的意见》（国办发〔2019〕13号），制定本任务。
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 根据《国务院关于实施健康中国行动的意见》（国发〔2019〕13号），制定本任务。
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    WRONG_ISSUER: WrongIssuer, Some(check_issuer)
}

rule! {
    /// # 文号的年份晚于成文日期
    /// # a document number of a year after the document
    ///
    /// ## 查什么
    /// 引用的文件，文号年份比本文成文的年份还晚。
    /// ## What it finds
    /// A cited document whose number is of a later year than the document that cites it.
    /// ## 为什么
    /// 不可能依据还没有印发的文件，年份一定有一处写错。
    /// ## Why it matters
    /// Nobody can cite what is not yet issued: one of the two years is wrong.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 根据《云川省人民政府办公厅关于印发重点工作任务的通知》（云政办发〔2032〕12号），制定本任务。
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// 林河县人民政府办公室
    /// 2023年3月6日
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 根据《云川省人民政府办公厅关于印发重点工作任务的通知》（云政办发〔2023〕12号），制定本任务。
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// 林河县人民政府办公室
    /// 2023年3月6日
    /// ```
    FUTURE_NUMBER: FutureNumber, Some(check_year)
}

rule! {
    /// # 文号写法不对
    /// # a document number that is not written as one
    ///
    /// ## 查什么
    /// 文号的年份不是四位数，序号前有“第”或补了零（〔2023〕第5号、〔2023〕005号）。
    /// 方括号、圆括号代替六角括号的，网上转载时常见，不查。
    /// ## What it finds
    /// A number whose year has not four digits, or whose serial has 第 before it or leading zeros
    /// (GB/T 9704—2012, 7.2.5). Brackets of another shape are left alone.
    /// ## 为什么
    /// 党政机关公文格式规定年份写全、序号不加“第”、不编虚位；写错的文号检索不到。
    /// ## Why it matters
    /// The standard for official documents rules it so, and a number that is written otherwise is not found.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 根据《云川省人民政府办公厅关于印发重点工作任务的通知》（云政办发〔23〕12号），制定本任务。
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 根据《云川省人民政府办公厅关于印发重点工作任务的通知》（云政办发〔2023〕12号），制定本任务。
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    MALFORMED_NUMBER: MalformedNumber, Some(check_form)
}

/// All documents cited, in the head and in the tasks, each place once.
fn citations(notice: &Notice<'_>) -> Vec<Citation> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<Citation> = Vec::new();
    for passage in &notice.passages {
        found.extend(citation::find(notice.text, *passage));
    }
    found.retain(|cited| seen.insert(cited.span));
    found
}

fn check_issuer(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    findings.extend(own_number(notice));
    for cited in citations(notice) {
        let (Some(title), Some(number)) = (&cited.title, &cited.number) else { continue };
        let Some((issuer, _)) = title.split_once("关于") else { continue };
        if let Some((zh, en)) = mismatch(issuer.trim(), &fold_str(number)) {
            findings.push(
                Finding::new(
                    Code::WrongIssuer,
                    number_place(notice, &cited),
                    format!("`{number}` {zh}，标题写的是 `{}`", issuer.trim()),
                    format!("`{number}` {en}, and the title names `{}`", issuer.trim()),
                )
                .with_hint("请核对文号和标题", "look at number and title"),
            );
        }
    }
}

/// The number of the document itself, where its issuer is a government or its office.
fn own_number(notice: &Notice<'_>) -> Option<Finding> {
    let head = &notice.facts.head;
    let number = head.number.as_deref()?;
    let [issuer] = head.issuers.as_slice() else { return None };
    let place = notice.number_span()?;
    let (zh, en) = mismatch(issuer, &fold_str(number))?;
    let finding = Finding::new(
        Code::WrongIssuer,
        place,
        format!("`{number}` {zh}，发文机关是 `{issuer}`"),
        format!("`{number}` {en}, and the document is issued by `{issuer}`"),
    );
    Some(finding.with_hint("请核对文号和发文机关", "look at number and issuer"))
}

/// The place of the number of a cited document.
fn number_place(notice: &Notice<'_>, cited: &Citation) -> Span {
    let Some(number) = &cited.number else { return cited.span };
    let words: Vec<char> = fold_str(number).chars().collect();
    let behind_title = cited.title.as_ref().map_or(0, |title| title.chars().count());
    let found = notice.find(&words, cited.span.start + behind_title);
    found.filter(|place| cited.span.contains(*place)).unwrap_or(cited.span)
}

/// Whose number it is instead, if it cannot be the issuer's.
fn mismatch(issuer: &str, number: &str) -> Option<(String, String)> {
    let words = &Notice::words().citations;
    let sign = number.split('(').next()?;
    let owner = |name: &str| (format!("是{name}的文号"), format!("is a number of {name}"));
    // several issuers share one number
    if issuer.contains([' ', '、', '\u{3000}']) {
        return None;
    }
    let of_state =
        words.offices.iter().filter(|office| office.signs.iter().any(|mine| sign.starts_with(mine.as_str())));
    let of_state: Vec<&str> = of_state.map(|office| office.issuer.as_str()).collect();
    let names_state = words.offices.iter().any(|office| office.issuer == issuer);
    if names_state {
        return match of_state.first() {
            Some(other) if !of_state.contains(&issuer) => Some(owner(other)),
            _ => None,
        };
    }
    // a body of the state that issues under its own name; what the State Council passes on says so
    let of_state_body = Knowledge::shipped().bodies.choose(issuer, Level::State, None).is_some();
    if of_state_body && !issuer.contains("国务院") && !issuer.starts_with("中共") {
        return of_state
            .first()
            .map(|other| owner(other))
            .or_else(|| of_another(issuer, sign).map(|other| owner(&other)));
    }
    let is_office = words.government_office.issuer.iter().any(|office| issuer.ends_with(office.as_str()));
    let is_government = issuer.ends_with(words.government.issuer.as_str());
    if !is_office && !is_government {
        return of_another(issuer, sign).map(|other| owner(&other));
    }
    if let Some(other) = of_state.first() {
        return Some(owner(other));
    }
    if let Some(other) = other_province(issuer, sign) {
        return Some(owner(&other));
    }
    let holds = |signs: &[String]| signs.iter().any(|mine| sign.contains(mine.as_str()));
    match (is_office, holds(&words.government_office.signs)) {
        (true, false) if holds(&words.government.signs) => Some(owner("政府")),
        (false, true) => Some(owner("政府办公厅（室）")),
        _ => of_another(issuer, sign).map(|other| owner(&other)),
    }
}

/// The kind of body that a sign belongs to, if it has another function than the issuer: 财社 behind a title of 民政部.
fn of_another(issuer: &str, sign: &str) -> Option<String> {
    // what a body passes on bears its own number; a list of issuers names the first
    if ["转发", "批转"].iter().any(|word| issuer.contains(word)) {
        return None;
    }
    let first = issuer.split('等').next()?;
    let found = Knowledge::shipped().bodies.number_prefix(sign).filter(|found| {
        // one character behind that of a place says little: 河长办 is no 办
        found.row.certainty != "inferred" && (found.literal > 1 || found.abbreviation.is_empty())
    })?;
    let forms = || found.row.issuer.split('|');
    let theirs: BTreeSet<&str> = forms().flat_map(functions).collect();
    let mine: BTreeSet<&str> = functions(first).collect();
    let apart = !theirs.is_empty() && !mine.is_empty() && theirs.is_disjoint(&mine);
    apart.then(|| forms().next().unwrap_or_default().replace("{place}", "本级"))
}

/// What bodies of a name do: of the longest known name that it ends with, behind a place or nothing.
fn functions(name: &str) -> impl Iterator<Item = &'static str> {
    let bodies = &Knowledge::shipped().bodies;
    let name = name.trim_start_matches("中共").trim_start_matches("{place}");
    let whose = |before: &str| before.is_empty() || before.ends_with(PLACE_KINDS);
    let known = |name: &str| {
        let starts = name.char_indices().map(|(byte, _)| byte);
        let found = starts
            .filter_map(|byte| name.split_at_checked(byte))
            .find(|(before, stem)| whose(before) && bodies.knows(stem));
        found.map(|(_, stem)| stem.to_owned())
    };
    // the office of a body does what the body does
    let office = ["办公厅", "办公室"].iter().find_map(|office| name.strip_suffix(office));
    let stem = known(name).or_else(|| office.and_then(known)).unwrap_or_default();
    bodies.by_stem(&stem).map(|body| body.function.as_str()).collect::<Vec<_>>().into_iter()
}

/// The province that a sign names, if it is another one than the issuer's.
fn other_province(issuer: &str, sign: &str) -> Option<String> {
    let places = &Knowledge::shipped().places;
    let (own, _) = places.strip_prefix(issuer, None)?;
    if own.level != Level::Province || own.abbreviation.is_empty() || sign.starts_with(own.abbreviation.as_str()) {
        return None;
    }
    let first: String = sign.chars().take(1).collect();
    let other = places.abbreviated(&first).find(|other| other.level == Level::Province)?;
    (other.code != own.code).then(|| other.name.clone())
}

fn check_year(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let Some(issued) = notice.issued() else { return };
    let own = notice.number_span();
    for cited in citations(notice) {
        let Some(number) = &cited.number else { continue };
        let Some(year) = citation::year_of(number).filter(|year| *year > issued.year) else { continue };
        if own.is_some_and(|own| own.overlaps(cited.span)) {
            continue;
        }
        findings.push(
            Finding::new(
                Code::FutureNumber,
                number_place(notice, &cited),
                format!("文号是 {year} 年的，本文成文于 {} 年", issued.year),
                format!("the number is of {year}, and this document of {}", issued.year),
            )
            .with_hint("请核对文号年份", "look at the year of the number"),
        );
    }
}

fn check_form(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    for &passage in &notice.passages {
        let chars = notice.folded(passage);
        for (at, _) in chars.iter().enumerate().filter(|(_, char)| **char == '号') {
            let Some((start, problem)) = malformed(chars, at) else { continue };
            let place = Span::new(passage.start + start, passage.start + at + 1);
            let (zh, en) = match problem {
                Problem::Year => ("文号的年份不是四位数", "the year of this number has not four digits"),
                Problem::Ordinal => ("文号的序号前不写“第”", "the serial of a number has no 第"),
                Problem::Zeros => ("文号的序号前不补零", "the serial of a number has no leading zeros"),
            };
            findings.push(
                Finding::new(Code::MalformedNumber, place, zh, en)
                    .with_hint("应如“国办发〔2023〕4号”", "it is written as in 国办发〔2023〕4号"),
            );
        }
    }
}

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Year,
    Ordinal,
    Zeros,
}

/// What is wrong with the number that ends at a 号, and where its sign begins.
fn malformed(chars: &[char], end: usize) -> Option<(usize, Problem)> {
    let digits = |end: usize| {
        let count = chars.get(..end).unwrap_or_default().iter().rev().take_while(|char| char.is_ascii_digit()).count();
        (end - count, count)
    };
    let (serial, length) = digits(end);
    if length == 0 || length > 5 {
        return None;
    }
    let ordinal = serial > 0 && chars.get(serial - 1) == Some(&'第');
    let close = if ordinal { serial - 1 } else { serial }.checked_sub(1)?;
    if chars.get(close) != Some(&')') {
        return None;
    }
    let (year, year_length) = digits(close);
    let open = year.checked_sub(1)?;
    if chars.get(open) != Some(&'(') || year_length == 0 {
        return None;
    }
    let sign = chars.get(..open)?.iter().rev().take_while(|char| ('\u{4e00}'..='\u{9fff}').contains(*char)).count();
    // (12)号楼 has no sign; a sign ends with one of few words
    let before = chars.get(open.checked_sub(1)?)?;
    if sign < 2 || !matches!(before, '发' | '函' | '办' | '字' | '规' | '文' | '令' | '电' | '政' | '府' | '号')
    {
        return None;
    }
    let start = open - sign.min(8);
    if year_length != 4 {
        return Some((year - 1, Problem::Year)).map(|(_, problem)| (start.max(open - sign.min(4)), problem));
    }
    if ordinal {
        // orders and letters of some bodies count so
        return (*before != '令').then_some((start.max(open - sign.min(4)), Problem::Ordinal));
    }
    (length > 1 && chars.get(serial) == Some(&'0')).then_some((start.max(open - sign.min(4)), Problem::Zeros))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers_and_signs_go_together() {
        for (issuer, number) in [
            ("国务院", "国发(2019)13号"),
            ("国务院办公厅", "国办发(2017)36号"),
            ("国务院办公厅", "国办函(2017)36号"),
            ("黑龙江省人民政府办公厅", "黑政办规(2017)5号"),
            ("吉林省人民政府", "吉政发(2017)5号"),
            ("青禾市人民政府办公室", "青府办(2017)5号"),
            ("江西省人民政府办公厅", "赣府厅发(2025)6号"),
            ("中共中央办公厅 国务院办公厅", "厅字(2019)1号"),
            ("民政部", "民发(2017)12号"),
            ("国务院办公厅转发国家发展改革委", "国办发(2017)12号"),
            ("国务院医改办", "国医改办发(2017)12号"),
            ("国家卫生健康委办公厅", "国卫办医函(2019)9号"),
            ("国家医保局", "医保发(2020)9号"),
            ("财政部等四部门", "财社(2023)5号"),
            ("青禾市政府办公室转发市卫生健康委", "青政办发(2024)3号"),
            ("中共青禾市委办公室", "青办发(2024)3号"),
            ("青禾市发展和改革委员会", "青发改价格(2024)3号"),
        ] {
            assert_eq!(mismatch(issuer, number), None, "{issuer} {number}");
        }
        for (issuer, number) in [
            ("国务院", "国办发(2019)13号"),
            ("国务院办公厅", "国发(2017)36号"),
            ("黑龙江省人民政府办公厅", "吉政办发(2017)5号"),
            ("黑龙江省人民政府办公厅", "黑政发(2017)5号"),
            ("吉林省人民政府", "吉政办发(2017)5号"),
            ("吉林省人民政府", "国发(2017)5号"),
            ("国家卫生健康委", "国办发(2023)8号"),
            ("国家医保局", "国卫医发(2019)9号"),
            ("民政部", "财社(2023)5号"),
            ("青禾市卫生健康委", "青政发(2024)3号"),
            ("青禾市卫生健康委员会", "青医保发(2024)3号"),
            ("青禾市人民政府办公室", "青卫发(2024)3号"),
        ] {
            assert!(mismatch(issuer, number).is_some(), "{issuer} {number}");
        }
    }
}
