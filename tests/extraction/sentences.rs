//! The corpus of sentences: `sentences.md` holds sentences of tasks, each with its figures, dates and cited documents.

use std::collections::BTreeSet;

use super::facts;
use zeren::review::BELOW;

/// One case of the corpus.
#[derive(Debug, Default)]
struct Case {
    line: usize,
    undated: bool,
    sentence: String,
    expected: BTreeSet<String>,
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut undated = false;
    for (index, line) in include_str!("sentences.md").lines().enumerate() {
        if let Some(title) = line.strip_prefix("## ") {
            undated = title.contains("没有日期");
        } else if let Some(sentence) = line.strip_prefix("> ") {
            cases.push(Case { line: index + 1, undated, sentence: sentence.to_owned(), ..Case::default() });
        } else if let Some(fact) = line.strip_prefix("- ") {
            cases.last_mut().expect("a sentence before its facts").expected.insert(fact.to_owned());
        }
    }
    cases
}

/// What the program says of a sentence.
fn said(case: &Case) -> BTreeSet<String> {
    let head = if case.undated {
        "根据《关于深化改革的意见》(云政发〔2016〕5号)要求，制定如下措施。\n"
    } else {
        "云川省人民政府关于印发任务的通知\n云政发〔2020〕2号\n云川省人民政府\n2020年1月15日\n"
    };
    let (facts, _) =
        facts("a.txt", &format!("{head}一、任务\n(一){}(省财政厅负责)\n(二)另一项。(省信访局负责)\n", case.sentence));
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
    let cases = cases();
    assert!(cases.len() >= 30, "the corpus was not read: {} sentences", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let said = said(case);
            (said != case.expected).then(|| {
                format!(
                    "sentences.md:{}: {}\n  expected {:?}\n  said     {said:?}",
                    case.line, case.sentence, case.expected
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} sentences:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
