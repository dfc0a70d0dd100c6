//! The words for what became of a mandate.

use crate::analysis::{Addressed, DateChange, Descent, FigureChange, OwnerChange, Status};
use crate::diagnostic::Lang;
use crate::extract::{Comparator, DeadlineRelation};
use crate::notice::{Holder, Limit, Mandate, Quantity};
use crate::parse::CitationRelation;
use crate::render::shorten;
use crate::span::Span;

/// Cells of the words of a task in a list.
const LONGEST: usize = 44;

pub(crate) fn status(status: Status, lang: Lang) -> &'static str {
    lang.pick(status.zh(), status.as_str())
}

pub(crate) fn addressed(addressed: Addressed, lang: Lang) -> &'static str {
    let zh = match addressed {
        Addressed::Party => "列为责任单位",
        Addressed::Wording => "文字提到",
        Addressed::Document => "面向下级",
        Addressed::Above => "本级事项",
        Addressed::Elsewhere => "他地事项",
    };
    let en = match addressed {
        Addressed::Party => "named as a party",
        Addressed::Wording => "named in the words",
        Addressed::Document => "for all",
        Addressed::Above => "for the level above",
        Addressed::Elsewhere => "for another place",
    };
    lang.pick(zh, en)
}

pub(crate) fn owner(change: OwnerChange, lang: Lang) -> &'static str {
    let zh = match change {
        OwnerChange::Same => "一致",
        OwnerChange::Moved => "改由他部门",
        OwnerChange::Chosen => "从中指定",
        OwnerChange::Open => "未定牵头",
        OwnerChange::Unknown => "无法判断",
    };
    lang.pick(zh, change.as_str())
}

pub(crate) fn figure(change: FigureChange, lang: Lang) -> &'static str {
    let zh = match change {
        FigureChange::Tightened => "加码",
        FigureChange::Loosened => "放宽",
        FigureChange::Same => "一致",
        FigureChange::Dropped => "未提",
    };
    lang.pick(zh, change.as_str())
}

pub(crate) fn date(change: DateChange, lang: Lang) -> &'static str {
    let zh = match change {
        DateChange::Earlier => "提前",
        DateChange::Later => "推迟",
        DateChange::Same => "一致",
        DateChange::Dropped => "未提",
    };
    lang.pick(zh, change.as_str())
}

pub(crate) fn descent(descent: Descent, lang: Lang) -> &'static str {
    let zh = match descent {
        Descent::Cited(CitationRelation::BasedOn) => "依据",
        Descent::Cited(CitationRelation::Implements) => "贯彻落实",
        Descent::Cited(CitationRelation::Forwards) => "转发",
        Descent::Cited(_) => "引用",
        Descent::Place => "同题（未引用）",
    };
    let en = match descent {
        Descent::Place => "like title, not cited",
        Descent::Cited(relation) => relation.as_str(),
    };
    lang.pick(zh, en)
}

/// Number and first words of a task.
pub(crate) fn task(task: &Mandate) -> String {
    let words = if task.title.is_empty() { &task.text } else { &task.title };
    let words = words.split(['。', '\n']).next().unwrap_or_default();
    shorten(format!("{} {words}", task.label).trim(), LONGEST)
}

/// A figure with its name, as it stands or as it was read.
pub(crate) fn quantity(figure: &Quantity) -> String {
    format!("{} {}", figure.name, value(figure)).trim().to_owned()
}

/// A figure without its name.
pub(crate) fn value(figure: &Quantity) -> String {
    if figure.soft {
        return "100%".to_owned();
    }
    let sign = match figure.comparator {
        Comparator::Equal | Comparator::Range => "",
        Comparator::About => "≈",
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        other => other.as_str(),
    };
    let most = figure.value_max.map(|most| format!("–{most}")).unwrap_or_default();
    format!("{sign}{}{most}{}", figure.value, figure.unit)
}

/// A date as it was read, or the time after an event.
pub(crate) fn limit(limit: &Limit) -> String {
    let date = limit.date.map(|date| date.to_string());
    let from = if limit.relation == DeadlineRelation::From { "≥" } else { "" };
    date.map_or_else(|| limit.duration.clone(), |date| format!("{from}{date}"))
}

pub(crate) fn holders<'a>(holders: impl IntoIterator<Item = &'a Holder>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for holder in holders {
        if !names.contains(&holder.printed.as_str()) {
            names.push(&holder.printed);
        }
    }
    names.join("、")
}

/// Where words stand: the file and the characters in its text.
pub(crate) fn place(source: &str, span: Option<Span>) -> String {
    span.map_or_else(|| source.to_owned(), |span| format!("{source}:{}-{}", span.start, span.end))
}
