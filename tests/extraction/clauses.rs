//! The clause corpus: `clauses.md` holds clauses, each with what it says.

use std::collections::BTreeSet;

use super::facts;

/// One case of the corpus.
#[derive(Debug, Default)]
struct Case {
    line: usize,
    heading: String,
    clause: String,
    expected: BTreeSet<String>,
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut heading = String::new();
    for (index, line) in include_str!("clauses.md").lines().enumerate() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut heading);
        } else if let Some(clause) = line.strip_prefix("> ") {
            let clause = clause.replace("\\n", "\n");
            cases.push(Case { line: index + 1, heading: heading.clone(), clause, ..Case::default() });
        } else if let Some(fact) = line.strip_prefix("- ") {
            cases.last_mut().expect("a clause before its facts").expected.insert(fact.to_owned());
        }
    }
    cases
}

/// What the program says of a clause: the mode, whether it is open, every party with its role; `no clause` for none.
fn said(case: &Case) -> BTreeSet<String> {
    let clause = &case.clause;
    let legend = if case.heading.contains("有图例") { "注:标▲、★的为牵头单位。\n" } else { "" };
    let item = if case.heading.contains("一行") {
        format!("(一)做好工作。\n{clause}\n")
    } else {
        format!("(一)做好工作。{clause}\n")
    };
    let (facts, text) = facts(
        "a.txt",
        &format!("云川省人民政府关于印发任务的通知\n一、任务\n{item}(二)另一项。(省信访局负责)\n{legend}"),
    );
    let Some(task) = facts.tasks.iter().find(|task| task.task.label == "(一)") else {
        return BTreeSet::from(["no clause".to_owned()]);
    };
    let task = &task.task;
    let mut said: BTreeSet<String> = task
        .responsibilities
        .iter()
        .map(|party| {
            let printed: String = text.slice(party.span).chars().filter(|char| !char.is_whitespace()).collect();
            let repaired = if printed == party.name { String::new() } else { format!(" ({printed})") };
            format!("{} {}{repaired}", party.role.as_str(), party.name)
        })
        .collect();
    said.insert(format!("mode {}", task.mode.as_str()));
    if task.open {
        said.insert("open".to_owned());
    }
    said.extend(task.findings.iter().map(|finding| format!("finding {}", finding.code.as_str())));
    said.extend(task.deadlines.iter().map(|due| {
        let date = due.date.map(|date| date.to_string()).or(due.duration.clone()).unwrap_or_default();
        format!("due {} {date}", due.relation.as_str()).trim_end().to_owned()
    }));
    said
}

#[test]
fn every_clause_of_the_corpus_is_read_as_it_says() {
    let cases = cases();
    assert!(cases.len() >= 60, "the corpus was not read: {} clauses", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let said = said(case);
            (said != case.expected).then(|| {
                format!(
                    "clauses.md:{}: {}\n  expected {:?}\n  said     {said:?}",
                    case.line, case.clause, case.expected
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} clauses:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn half_and_full_width_forms_are_read_alike() {
    for case in cases() {
        let wide: String = case
            .clause
            .chars()
            .map(|char| match char {
                '(' => '（',
                ')' => '）',
                ',' => '，',
                ':' => '：',
                ';' => '；',
                '0'..='9' => char::from_u32(u32::from(char) + 0xfee0).expect("a full-width digit"),
                _ => char,
            })
            .collect();
        let names = |facts: BTreeSet<String>| -> BTreeSet<String> {
            facts
                .into_iter()
                .map(|fact| zeren::span::fold_str(fact.split(" (").next().unwrap_or_default()).into_owned())
                .collect()
        };
        let wide = Case { clause: wide, heading: case.heading.clone(), ..Case::default() };
        assert_eq!(names(said(&case)), names(said(&wide)), "{}", case.clause);
    }
}
