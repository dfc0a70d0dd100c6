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

/// A page with tables: rows of cells between bars, a table between lines that are none; a row of one cell and two empty
/// ones goes over the whole table.
fn page(lines: &[&str]) -> String {
    let mut html = vec!["<html><body>".to_owned()];
    let mut open = false;
    for line in lines {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let is_row = cells.len() > 1;
        if is_row != open {
            html.push(if is_row { "<table>" } else { "</table>" }.to_owned());
            open = is_row;
        }
        html.push(match cells.as_slice() {
            [only, "", ""] => format!("<tr><td colspan=4>{only}</td></tr>"),
            [_, _, ..] => format!("<tr><td>{}</td></tr>", cells.join("</td><td>")),
            _ => format!("<p>{line}</p>"),
        });
    }
    html.push(if open { "</table></body></html>" } else { "</body></html>" }.to_owned());
    html.concat()
}

/// What is said of a page: number, words, parties, dates.
fn said_of_page(lines: &[&str]) -> Vec<String> {
    let (facts, _) = facts("a.html", &page(lines));
    let task = |entry: &zeren::resolve::TaskFacts| {
        let task = &entry.task;
        let party = |party: &zeren::extract::Responsibility| format!("{} {}", party.role.as_str(), party.name);
        let parties: Vec<String> = task.responsibilities.iter().map(party).collect();
        let dates: Vec<String> =
            task.deadlines.iter().filter_map(|due| due.date).map(|date| date.to_string()).collect();
        format!("{} {} | {} | {}", task.label, task.text, parties.join(", "), dates.join(" "))
    };
    facts.tasks.iter().map(task).collect()
}

#[test]
fn a_table_without_a_column_of_bodies_says_elsewhere_whose_tasks_they_are() {
    let header = "序号 | 工作任务 | 完成时限 | 进展情况";
    let rows = ["1 | 新建发热门诊6个 | 2024年6月 | 已开工", "2 | 培训医师200名 | 2024年9月 | "];
    let title = "云岭市2024年重点任务台账";
    let of = |body: &str| {
        vec![format!("1 新建发热门诊6个 | lead {body} | 2024-06"), format!("2 培训医师200名 | lead {body} | 2024-09")]
    };
    let above = ["责任单位：市卫健委", header, rows[0], rows[1]];
    assert_eq!(said_of_page(&[&[title], above.as_slice()].concat()), of("市卫健委"));
    // in rows of their own, with a label or a number
    for row in ["牵头单位：市医保局 | | ", "一、市医保局（2项） | | "] {
        assert_eq!(said_of_page(&[title, header, row, rows[0], rows[1]]), of("市医保局"), "{row}");
    }
    let said = said_of_page(&[
        title,
        "序号 | 重点任务 | 工作内容及责任分工 | 完成时限",
        "1 | 加强儿科服务 | 1.新增床位50张。（市卫健委牵头，市财政局配合）<br>2.落实薪酬政策。（市人社局） | 2024年12月底",
        "2 | 加强托育服务 | 新增托位1000个。（市卫健委） | 2024年10月底",
    ]);
    let expected = [
        "1#1 新增床位50张。 | lead 市卫健委, supporting 市财政局 | 2024-12-31",
        "1#2 落实薪酬政策。 | lead 市人社局 | 2024-12-31",
        "2 加强托育服务：新增托位1000个。 | lead 市卫健委 | 2024-10-31",
    ];
    assert_eq!(said, expected);
    // nothing says whose they are, or a line says it of an item alone
    assert!(said_of_page(&[title, header, rows[0], rows[1]]).is_empty());
    let item = ["1.推进集采。", "责任单位：市医保局", header, rows[0]];
    assert_eq!(said_of_page(&[&[title], item.as_slice()].concat()), ["1 推进集采。 | lead 市医保局 | "]);
}

#[test]
fn brackets_in_a_cell_say_who_is_responsible_where_the_column_leaves_it_empty() {
    let said = said_of_page(&[
        "云岭市2024年重点任务台账",
        "序号 | 工作任务 | 责任单位 | 完成时限",
        "1 | 建设医共体5个。 | 市卫健委 | 2024年6月底前",
        "2 | 参保率达到96%。（市医保局牵头，市税务局配合） |  | 2024年9月底前",
        "合计 | 2项 |  | ",
    ]);
    let expected = [
        "1 建设医共体5个。 | lead 市卫健委 | 2024-06-30",
        "2 参保率达到96%。 | lead 市医保局, supporting 市税务局 | 2024-09-30",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_table_may_go_on_with_other_columns() {
    let said = said_of_page(&[
        "云岭市2024年重点任务台账",
        "序号 | 工作任务 | 牵头单位 | 完成时限",
        "1 | 建设站点5个 | 市教育局 | 2024年6月",
        "2 | 建设站点6个 | 市民政局 | 2024年9月",
        "序号 | 项目名称 | 牵头单位 | 配合单位 | 完成时限",
        "1 | 市医院迁建 | 市卫健委 | 市住建局 | 2025年12月",
    ]);
    let expected = [
        "1 建设站点5个 | lead 市教育局 | 2024-06",
        "2 建设站点6个 | lead 市民政局 | 2024-09",
        "1~2 市医院迁建 | lead 市卫健委, supporting 市住建局 | 2025-12",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_card_has_names_and_values_side_by_side() {
    let card = |task| {
        [
            format!("任务名称 | {task}建设 | 完成时限 | 2024年6月底前"),
            "牵头单位 | 市卫健委 | 配合单位 | 市财政局".to_owned(),
            format!("主要措施 | 1.制定{task}方案。2.组织实施。 | 责任人 | 张三"),
        ]
    };
    let lines = [card("医共体"), card("次中心")].concat();
    let lines: Vec<&str> = ["云岭市2024年重点任务台账"].into_iter().chain(lines.iter().map(String::as_str)).collect();
    let of = |number: usize, task: &str| {
        format!(
            "#{number} {task}建设：1.制定{task}方案。2.组织实施。 | lead 市卫健委, supporting 市财政局 | 2024-06-30"
        )
    };
    assert_eq!(said_of_page(&lines), [of(1, "医共体"), of(2, "次中心")]);
}

#[test]
fn minutes_ask_without_a_word_for_it() {
    let notice = "云岭县专题会议纪要\n会议议定如下事项：\n1.县卫健局于5月底前完成规划方案。\n2.县财政局统筹安排资金500万元。\n\
                  3.县人社局、县卫健局抓紧招聘医务人员60名。\n4.县发改局在会上作了说明。\n";
    let (facts, _) = facts("a.txt", notice);
    let tasks: Vec<(&str, usize)> =
        facts.tasks.iter().map(|task| (task.task.label.as_str(), task.task.responsibilities.len())).collect();
    assert_eq!(tasks, [("1", 1), ("2", 1), ("3", 2)]);
}

#[test]
fn names_and_dates_that_a_narrow_cell_breaks_are_whole() {
    let said = said_of_page(&[
        "云岭市2024年重点任务台账",
        "序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限",
        "1 | 建设站点5个。 | 市住房城乡<br>建设局 | 财 政 局、各县（市、<br>区）人民政<br>府，高新区<br>管委会 | 2024年<br>12月底前",
        "2 | 建设站点6个。 | 市公安局 | 1.市教育局<br>2.市民政局 | 2024年12<br>月底前",
        "3 | 建设站点7个。 | 市教育局 | 市公安局<br>市民政局 | 2024年6月<br>2024年12月",
    ]);
    let expected = [
        "1 建设站点5个。 | lead 市住房城乡建设局, supporting 财政局, supporting 各县（市、区）人民政府, \
         supporting 高新区管委会 | 2024-12-31",
        "2 建设站点6个。 | lead 市公安局, supporting 市教育局, supporting 市民政局 | 2024-12-31",
        "3 建设站点7个。 | lead 市教育局, supporting 市公安局, supporting 市民政局 | 2024-06 2024-12",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_number_may_stand_behind_a_title_or_a_letterhead() {
    let rest = "各街道办事处：\n1.健全机制。（区卫健局负责）\n云山区人民政府办公室\n2021年2月22日\n";
    for head in [
        "云山区人民政府办公室关于印发健康行动实施方案的通知 云府办发〔2021〕6号\n",
        "云山区人民政府办公室文件 云府办发〔2021〕6号\n关于印发健康行动实施方案的通知\n",
        "云府办发〔2021〕6号\n云山区人民政府办公室关于印发健康行动实施方案的\n通　知\n",
    ] {
        let (facts, _) = facts("a.txt", &format!("{head}{rest}"));
        assert_eq!(facts.head.number.as_deref(), Some("云府办发〔2021〕6号"), "{head}");
        let title = facts.head.title.unwrap_or_default();
        assert!(title.ends_with("关于印发健康行动实施方案的通知"), "{title}");
        assert!(facts.head.based_on.is_empty(), "{head}");
    }
}
