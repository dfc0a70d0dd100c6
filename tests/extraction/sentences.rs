//! The corpus of sentences: `sentences.md` holds sentences of tasks, each with its figures, dates and cited documents.

use std::collections::BTreeSet;

use super::corpus::{Case, cases, hold};
use super::facts;
use zeren::review::BELOW;

/// What the program says of a sentence.
fn said(case: &Case) -> BTreeSet<String> {
    let head = if case.heading.contains("没有日期") {
        "根据《关于深化改革的意见》(云政发〔2016〕5号)要求，制定如下措施。\n"
    } else {
        "云川省人民政府关于印发任务的通知\n云政发〔2020〕2号\n云川省人民政府\n2020年1月15日\n"
    };
    let (facts, _) =
        facts("a.txt", &format!("{head}一、任务\n(一){}(省财政厅负责)\n(二)另一项。(省信访局负责)\n", case.words));
    let Some(task) = facts.tasks.iter().find(|task| task.task.label == "(一)") else {
        return BTreeSet::from(["no task".to_owned()]);
    };
    let doubt = |confidence: f64| if confidence < BELOW { " ?" } else { "" };
    let task = &task.task;
    let mut said = BTreeSet::new();
    said.extend(task.indicators.iter().filter(|figure| !figure.soft).map(|figure| {
        let upper = figure.value_max.map(|upper| format!("-{upper}")).unwrap_or_default();
        let (comparator, unit) = (figure.comparator.as_str(), &figure.unit);
        format!("figure {comparator}{}{upper}{unit}{}", figure.value, doubt(figure.confidence))
    }));
    said.extend(task.deadlines.iter().map(|due| {
        let date = due.date.map(|date| date.to_string()).or(due.duration.clone()).unwrap_or_default();
        format!("date {} {date}{}", due.relation.as_str(), doubt(due.confidence))
    }));
    said.extend(task.citations.iter().map(|cited| {
        let name = cited.number.as_ref().or(cited.title.as_ref());
        format!("cites {}", name.map_or("", String::as_str))
    }));
    said
}

#[test]
fn every_sentence_of_the_corpus_is_read_as_it_says() {
    hold("sentences.md", &cases(include_str!("sentences.md")), 30, said);
}
