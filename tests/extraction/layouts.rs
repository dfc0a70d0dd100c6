//! The corpus of layouts: `layouts.md` and `tables.md` hold parts of notices, each with the tasks that it gives.

use zeren::diagnostic::Code;

use super::facts;

/// One case of the corpus.
#[derive(Debug, Default)]
struct Case {
    heading: String,
    notice: String,
    expected: Vec<String>,
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in [include_str!("layouts.md"), include_str!("tables.md")].iter().flat_map(|corpus| corpus.lines()) {
        if let Some(heading) = line.strip_prefix("## ") {
            cases.push(Case { heading: heading.to_owned(), ..Case::default() });
        } else if let Some(case) = cases.last_mut() {
            if let Some(words) = line.strip_prefix("> ") {
                case.notice.push_str(words);
                case.notice.push('\n');
            } else if let Some(task) = line.strip_prefix("- ") {
                case.expected.push(task.to_owned());
            }
        }
    }
    cases
}

/// What the program says of a notice: label, words and parties of every task.
fn said(notice: &str) -> Vec<String> {
    let (facts, _) = facts("a.txt", notice);
    let task = |task: &zeren::extract::Task| {
        let mut said = vec![format!("{} {}", task.label, task.text)];
        for role in ["lead", "co-lead", "responsible", "supporting"] {
            let names: Vec<&str> = task
                .responsibilities
                .iter()
                .filter(|party| party.role.as_str() == role)
                .map(|party| party.name.as_str())
                .collect();
            if !names.is_empty() {
                said.push(format!("{role} {}", names.join(" ")));
            }
        }
        said.extend(task.open.then(|| "open".to_owned()));
        said.join(" | ")
    };
    let tasks: Vec<String> = facts.tasks.iter().map(|entry| task(&entry.task)).collect();
    if tasks.is_empty() { vec!["no task".to_owned()] } else { tasks }
}

#[test]
fn every_layout_of_the_corpus_is_read_as_it_says() {
    let cases = cases();
    assert!(cases.len() >= 15, "the corpus was not read: {} layouts", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let said = said(&case.notice);
            (said != case.expected).then(|| {
                format!(
                    "{}\n  expected\n- {}\n  said\n- {}",
                    case.heading,
                    case.expected.join("\n- "),
                    said.join("\n- ")
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn an_item_that_says_what_a_body_does_and_is_not_read_is_named() {
    let notice = "云岭市2023年医改任务分工\n1.健全制度，市医保局负责制定办法。\n2.推进集采。（市医保局负责）\n3.推进考核。（市卫健委负责）\n4.加强宣传。\n";
    let (facts, text) = facts("a.txt", notice);
    assert_eq!(facts.tasks.len(), 2);
    let unread = facts.findings.iter().filter(|finding| finding.code == Code::UnreadClause);
    let unread: Vec<String> = unread.map(|finding| text.slice(finding.span.expect("a place")).to_owned()).collect();
    assert_eq!(unread, ["健全制度，市医保局负责制定办法。"]);
}

#[test]
fn a_time_limit_may_stand_on_a_line_of_its_own() {
    for (label, due) in [("办理时限", "2023-09-30"), ("实施期限", "2023-09-30"), ("完成时限", "2023-09-30")]
    {
        let notice = format!(
            "云岭市2023年医改任务分工\n1.推进信息化。\n责任单位：市卫健委\n{label}：9月底前\n2.推进集采。（市医保局负责）\n"
        );
        let (facts, _) = facts("a.txt", &notice);
        let dates: Vec<String> = facts.tasks[0]
            .task
            .deadlines
            .iter()
            .filter_map(|deadline| deadline.date)
            .map(|date| date.to_string())
            .collect();
        assert_eq!(dates, [due], "{label}");
        assert_eq!(facts.tasks[0].task.text, "推进信息化。");
    }
    let notice = "云岭市2023年医改任务分工\n1.推进信息化。责任单位：市卫健委。时间要求：2023年6月。\n2.推进集采。（市医保局负责）\n";
    let (facts, _) = facts("a.txt", notice);
    assert_eq!((facts.tasks[0].task.text.as_str(), facts.tasks[0].task.deadlines.len()), ("推进信息化。", 1));
}

#[test]
fn a_plan_tells_how_things_stood_before_it() {
    let notice = "云岭市“十四五”卫生健康规划任务分工\n指标\t2020年\t2025年\t牵头单位\n\
                  人均预期寿命（岁）\t77.3\t78.5\t市卫健委\n孕产妇死亡率（/10万）\t11.2\t≤10\t市卫健委\n";
    let (facts, _) = facts("a.txt", notice);
    let figures = facts.tasks.iter().flat_map(|task| &task.task.indicators);
    let figures: Vec<String> = figures
        .map(|found| {
            format!("{}{}{}{} {:?}", found.name, found.comparator.as_str(), found.value, found.unit, found.baseline)
        })
        .collect();
    assert_eq!(figures, ["人均预期寿命=78.5岁 Some(77.3)", "孕产妇死亡率<=10/10万 Some(11.2)"]);
}

#[test]
fn a_place_issues_nothing_itself() {
    let notice = "云岭县关于落实2021年重点任务的通报\n云政发〔2021〕8号\n1.健全机制。（县卫健局负责）\n云岭县人民政府\n2021年3月1日\n";
    let (facts, _) = facts("a.txt", notice);
    assert_eq!(facts.head.issuers, ["云岭县人民政府"]);
}
