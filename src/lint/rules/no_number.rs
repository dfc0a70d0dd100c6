//! Documents that are cited as a basis without their number.

use crate::diagnostic::{Code, Finding};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::parse::{Citation, citation};
use crate::span::{Span, fold_str};

rule! {
    /// # 引用文件没有文号
    /// # a document is cited as a basis without its number
    ///
    /// ## 查什么
    /// 开头“根据《……的通知》”一类的依据文件没有写发文字号。法律法规、规划纲要按惯例不写文号，党委文件的文号多不公开，不查；
    /// 正文中再次提到的也不查。
    /// ## What it finds
    /// A parent document that the preamble cites by its title alone. Laws, regulations and plans have no number that is
    /// quoted, those of the party have seldom a public one, and are left alone.
    /// ## 为什么
    /// 同名文件每年都有，没有文号就找不准依据。
    /// ## Why it matters
    /// Documents of one title come every year: without the number nobody finds the right one.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 根据《云川省人民政府办公厅关于印发深化医药卫生体制改革重点工作任务的通知》，结合我县实际，制定本任务。
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 根据《云川省人民政府办公厅关于印发深化医药卫生体制改革重点工作任务的通知》（云政办发〔2023〕12号），结合我县实际，制定本任务。
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    NO_NUMBER: NoNumber, Some(check)
}

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let citations = &in_sentence(notice);
    for cited in citations.iter().filter(|cited| cited.number.is_none() && !cited.span.is_empty()) {
        let Some(title) = cited.title.as_deref().filter(|title| has_number(title)) else { continue };
        let own = notice.facts.head.title.as_deref().is_some_and(|own| own.contains(title) || title.contains(own));
        if own || is_numbered_nearby(notice, cited, citations) {
            continue;
        }
        findings.push(
            Finding::new(
                Code::NoNumber,
                cited.span,
                "依据的文件没有写文号",
                "the number of this document is not given",
            )
            .with_hint(
                "请在标题后写上，如“（国办发〔2023〕4号）”",
                "put it behind the title, as in （国办发〔2023〕4号）",
            ),
        );
    }
}

/// The documents that the preamble is based on, with those that its sentence lists behind them.
fn in_sentence(notice: &Notice<'_>) -> Vec<Citation> {
    let mut all = notice.facts.head.based_on.clone();
    let passages: Vec<Span> = notice
        .passages
        .iter()
        .filter(|passage| all.iter().any(|cited| passage.contains(cited.span)))
        .copied()
        .collect();
    for passage in passages {
        let first = all.iter().map(|cited| cited.span).filter(|span| passage.contains(*span)).min();
        let Some(first) = first else { continue };
        for cited in citation::find(notice.text, passage) {
            let between = outside(&notice.folded_words(Span::new(first.start, cited.span.start)));
            let ended = between.contains('。') || ENDS.iter().any(|word| between.contains(word));
            if cited.span.start > first.start && !ended && all.iter().all(|known| known.span != cited.span) {
                all.push(cited);
            }
        }
    }
    all
}

/// The words outside of titles.
fn outside(words: &str) -> String {
    let mut depth = 0_usize;
    let keep = |char: &char| {
        match char {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    words.chars().filter(keep).collect()
}

/// The longest number with its brackets in characters.
const LONGEST: usize = 24;

/// What ends the list of documents that a notice rests on.
const ENDS: [&str; 6] = ["制定", "印发", "结合", "现将", "提出", "研究"];

/// Whether a document of such a title has a number by which it is found.
fn has_number(title: &str) -> bool {
    let words = &Notice::words().citations;
    let bare = fold_str(title);
    let bare = bare.split('(').next().unwrap_or_default();
    let ends = |list: &[String]| list.iter().any(|word| bare.ends_with(word.as_str()));
    // the numbers of party documents are seldom public
    !bare.starts_with("中共") && ends(&words.numbered) && !ends(&words.known) && bare.contains("关于")
}

/// Whether a number stands right behind, or the title is cited with its number elsewhere.
fn is_numbered_nearby(notice: &Notice<'_>, cited: &Citation, citations: &[Citation]) -> bool {
    let behind = Span::new(cited.span.end, cited.span.end + 40);
    // a number that is not written as one is told there
    let words = notice.folded_words(Span::new(behind.start, behind.start + LONGEST));
    if words.starts_with('(') && words.contains("号)") {
        return true;
    }
    let close = citation::find(notice.text, behind).first().is_some_and(|next| next.title.is_none());
    close || citations.iter().any(|other| other.title == cited.title && other.number.is_some())
}
