//! Corrections by people: applied, kept through edits of the document, reported where they no longer match.

use zeren::correct::{CorrectionsError, read};
use zeren::diagnostic::{Code, Lang};
use zeren::extract::{Basis, ClaimKind, Role, Task};
use zeren::read::read_bytes;
use zeren::resolve::Facts;

const NOTICE: &str = "云川省人民政府关于印发改革任务的通知\n云政发〔2023〕5号\n\
    一、改革\n\
    (一)健全分级诊疗制度，2023年底前建成100张床位。(省卫生健康委、省财政局按职责分工负责)\n\
    (二)完善医保支付方式。(省医保局牵头，省财政厅、省人力社保厅配合)\n\
    (三)加强药品供应保障。(省药监局负责)\n\
    云川省人民政府\n2023年3月1日\n";

const SIGNED: &str = "by = \"李明\"\non = 2023-04-01\n";

/// The facts of a notice with corrections.
fn corrected(notice: &str, corrections: &str) -> Facts {
    let source = read_bytes("notice.txt", notice.as_bytes()).unwrap();
    let corrections = read("notice.zeren.toml", &format!("{SIGNED}{corrections}")).unwrap();
    zeren::pipeline::corrected(source, &corrections).0
}

fn task<'f>(facts: &'f Facts, words: &str) -> &'f Task {
    let mut tasks = facts.tasks.iter().map(|entry| &entry.task);
    tasks.find(|task| task.text.starts_with(words)).expect("the task")
}

fn parties(task: &Task) -> Vec<String> {
    task.responsibilities.iter().map(|party| format!("{} {}", party.role.as_str(), party.name)).collect()
}

/// What was not applied, in both languages.
fn stale(facts: &Facts) -> Vec<String> {
    let of_corrections = facts.findings.iter().filter(|finding| finding.code == Code::StaleCorrection);
    of_corrections
        .map(|finding| {
            assert!(!finding.message.zh.is_empty());
            let hint = finding.hint.as_ref().map(|hint| hint.en.as_str()).unwrap_or_default();
            format!("{} ({hint})", finding.message.en)
        })
        .collect()
}

const LEAD: &str = "[[correction]]\ntask = \"(一)\"\nanchor = \"健全分级诊疗制度\"\nparty = \"省卫生健康委\"\n\
    was = \"responsible\"\nchange = { role = \"lead\" }\nwhy = \"会议纪要\"\n";

#[test]
fn a_role_is_changed_and_says_by_whom() {
    let facts = corrected(NOTICE, LEAD);
    let task = task(&facts, "健全分级");
    assert_eq!(parties(task), ["lead 省卫生健康委", "responsible 省财政局"]);
    let party = &task.responsibilities[0];
    assert_eq!((party.basis, party.confidence), (Basis::Correction, 1.0));
    let correction = &facts.corrections[party.corrections[0]];
    assert_eq!((correction.by.as_str(), correction.why.as_str()), ("李明", "会议纪要"));
    assert_eq!(correction.on.to_string(), "2023-04-01");
    assert_eq!(correction.was.as_deref(), Some("省卫生健康委 responsible"));
    assert_eq!(correction.becomes.as_deref(), Some("省卫生健康委 lead"));
    assert_eq!(task.responsibilities[1].basis, Basis::Listed, "the others stay as they were read");
    assert_eq!(stale(&facts), Vec::<String>::new());
}

#[test]
fn corrections_survive_edits_of_the_document() {
    let shifted = NOTICE
        .replace("(三)", "(四)")
        .replace("(二)", "(三)")
        .replace("(一)", "(二)")
        .replace("一、改革\n", "一、改革\n(一)成立领导小组。(省政府办公厅负责)\n");
    let reworded = NOTICE.replace("健全分级诊疗制度", "健全完善分级诊疗制度");
    let longer = NOTICE.replace("健全分级诊疗制度", "按照国家要求，健全分级诊疗制度");
    for edited in [shifted, reworded, longer] {
        let facts = corrected(&edited, LEAD);
        let own = facts.tasks.iter().map(|entry| &entry.task).find(|task| task.text.contains("分级诊疗")).unwrap();
        assert_eq!(own.responsibilities[0].role, Role::Lead, "{}", own.text);
        assert_eq!(stale(&facts), Vec::<String>::new());
        assert_eq!(facts.corrections.len(), 1);
    }
}

#[test]
fn what_no_longer_matches_changes_nothing_and_is_reported() {
    let as_read = corrected(NOTICE, "");
    for (edited, message) in [
        (
            NOTICE.replace("(省卫生健康委、省财政局按职责分工负责)", "(省教育厅负责)"),
            "notice.zeren.toml line 3 is not applied: task `(一) 健全分级诊疗制度，2023年` has no `省卫生健康委` \
             (the task has 省教育厅)",
        ),
        (
            NOTICE.replace("健全分级诊疗制度，2023年底前建成100张床位", "推进教育改革"),
            "notice.zeren.toml line 3 is not applied: no task `(一) 健全分级诊疗制度` is found ()",
        ),
        (
            NOTICE.replace("省卫生健康委、省财政局按职责分工负责", "省财政局负责，省卫生健康委配合"),
            "notice.zeren.toml line 3 is not applied: it was read as `responsible` when corrected and is read as \
             `supporting` now (look again, then rewrite or drop the correction)",
        ),
    ] {
        let facts = corrected(&edited, LEAD);
        assert_eq!(stale(&facts), [message]);
        assert!(facts.corrections.is_empty());
        let plain = corrected(&edited, "");
        for (one, other) in facts.tasks.iter().zip(&plain.tasks) {
            assert_eq!(one.task.responsibilities, other.task.responsibilities);
        }
    }
    assert_eq!(stale(&as_read), Vec::<String>::new());
}

#[test]
fn parties_are_added_removed_renamed_and_explained() {
    let facts = corrected(
        NOTICE,
        "[[correction]]\ntask = \"(二)\"\nanchor = \"完善医保支付\"\nparty = \"省人力社保厅\"\nremove = true\nwhy = \"误列\"\n\
         [[correction]]\ntask = \"(二)\"\nanchor = \"完善医保支付\"\nparty = \"省卫生健康委\"\nadd = { role = \"配合\" }\nwhy = \"漏列\"\n\
         [[correction]]\nparty = \"省财政局\"\nchange = { name = \"省财政厅\" }\nwhy = \"笔误\"\n\
         [[correction]]\nparty = \"省药监局\"\nchange = { organisation = \"云川省食品药品监督管理局\" }\nwhy = \"沿用旧称\"\n",
    );
    assert_eq!(stale(&facts), Vec::<String>::new());
    let insurance = task(&facts, "完善医保");
    assert_eq!(parties(insurance), ["lead 省医保局", "supporting 省财政厅", "supporting 省卫生健康委"]);
    assert_eq!(insurance.responsibilities.iter().map(|party| party.rank).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(parties(task(&facts, "健全分级"))[1], "responsible 省财政厅");
    let drugs = facts.tasks.iter().find(|entry| entry.task.text.starts_with("加强药品")).unwrap();
    let body = &facts.organisations[drugs.parties[0]];
    assert_eq!((body.name.as_str(), body.confidence), ("云川省食品药品监督管理局", 1.0));
    assert_eq!(drugs.task.responsibilities[0].name, "省药监局", "the printed name stays");
}

#[test]
fn figures_dates_tasks_and_the_head_are_corrected() {
    let facts = corrected(
        NOTICE,
        "[[correction]]\nanchor = \"健全分级诊疗制度\"\nindicator = \"100张\"\nchange = { value = 120, comparator = \"≥\" }\nwhy = \"附表\"\n\
         [[correction]]\nanchor = \"健全分级诊疗制度\"\nindicator = \"床位使用率\"\nadd = { value = 93, unit = \"%\" }\nwhy = \"附表\"\n\
         [[correction]]\nanchor = \"健全分级诊疗制度\"\ndeadline = \"2023年底前\"\nchange = { date = \"2024-06-30\" }\nwhy = \"顺延\"\n\
         [[correction]]\nanchor = \"加强药品供应\"\ndeadline = \"长期\"\nadd = { relation = \"ongoing\" }\nwhy = \"附表\"\n\
         [[correction]]\ntask = \"(二)\"\nremove = true\nwhy = \"只是背景\"\n\
         [[correction]]\nhead = \"number\"\nwas = \"云政发〔2023〕5号\"\nchange = \"云政办发〔2023〕5号\"\nwhy = \"扫描有误\"\n\
         [[correction]]\nhead = \"issued\"\nchange = \"2023-03-02\"\nwhy = \"公报\"\n",
    );
    assert_eq!(stale(&facts), Vec::<String>::new());
    let clinics = task(&facts, "健全分级");
    let figures: Vec<String> = clinics
        .indicators
        .iter()
        .map(|figure| format!("{} {}{}", figure.comparator.as_str(), figure.value, figure.unit))
        .collect();
    assert_eq!(figures, [">= 120张", "= 93%"]);
    assert_eq!(clinics.deadlines[0].date.unwrap().to_string(), "2024-06-30");
    assert_eq!(task(&facts, "加强药品").deadlines[0].relation.as_str(), "ongoing");
    assert_eq!(facts.tasks.len(), 2);
    let removed = facts.corrections.iter().find(|correction| correction.claim == ClaimKind::Task).unwrap();
    assert_eq!((removed.task.as_deref(), removed.becomes.as_deref()), (Some("(二)"), None));
    assert_eq!(facts.head.number.as_deref(), Some("云政办发〔2023〕5号"));
    assert!(facts.id.ends_with("云政办发〔2023〕5号"), "{}", facts.id);
    assert_eq!(facts.head.issued.unwrap().to_string(), "2023-03-02");
}

#[test]
fn a_confirmed_claim_keeps_its_basis_and_is_sure() {
    let facts = corrected(
        NOTICE,
        "[[correction]]\nanchor = \"加强药品供应保障\"\nparty = \"省药监局\"\nconfirm = true\nwhy = \"核对\"\n",
    );
    let party = &task(&facts, "加强药品").responsibilities[0];
    assert_eq!((party.basis, party.confidence, party.corrections.len()), (Basis::SoleResponsible, 1.0, 1));
}

#[test]
fn what_is_undecided_changes_nothing_and_is_counted() {
    let facts = corrected(NOTICE, "[[correction]]\nanchor = \"加强药品供应保障\"\nparty = \"省药监局\"\nwhy = \"\"\n");
    assert!(facts.corrections.is_empty());
    let finding = facts.findings.iter().find(|finding| finding.code == Code::UndecidedCorrection).unwrap();
    assert_eq!(finding.message.en, "notice.zeren.toml: undecided corrections: 1");
}

#[test]
fn an_address_that_several_fit_is_refused() {
    let twice = NOTICE.replace("加强药品供应保障", "健全分级诊疗制度，加强考核");
    let loose = LEAD.replace("task = \"(一)\"\n", "");
    let facts = corrected(&twice, &loose);
    assert!(stale(&facts)[0].contains("more than one task"), "{:?}", stale(&facts));
    assert_eq!(stale(&corrected(&twice, LEAD)), Vec::<String>::new(), "the number tells them apart");
    let elsewhere = corrected(NOTICE, &format!("document = \"霁政发〔2020〕1号\"\n{LEAD}"));
    assert!(stale(&elsewhere)[0].contains("was written for `霁政发〔2020〕1号`"));
}

/// Every kind of fault, with its place and both languages.
#[test]
fn broken_files_are_told_with_line_and_column() {
    let head = "[[correction]]\nanchor = \"甲\"\n";
    for (text, place, en) in [
        ("[[correction]]\ntask = \"(一)\n".to_owned(), (2, 0), "no TOML"),
        ("by = 李明\n".to_owned(), (1, 0), "no TOML"),
        ("corrections = 1\n".to_owned(), (1, 1), "`corrections` is not known here"),
        ("correction = 1\n".to_owned(), (1, 14), "[[correction]]"),
        (format!("{head}patry = \"乙\"\n"), (3, 1), "`patry` is not known here"),
        (format!("{head}party = \"乙\"\nconfirm = true\nwhy = \"丙\"\n"), (1, 1), "lacks `by`"),
        (format!("{head}party = \"乙\"\nconfirm = true\nby = \"丁\"\non = 2023-01-01\n"), (1, 1), "lacks `why`"),
        (format!("{head}party = \"乙\"\nchange = {{ role = \"boss\" }}\n"), (4, 19), "`boss` is not known here"),
        (format!("{head}party = \"乙\"\nchange = {{ value = 1 }}\n"), (4, 12), "`value` is not known here"),
        (format!("{head}party = \"乙\"\nconfirm = true\nremove = true\n"), (1, 1), "one verdict"),
        (format!("{head}party = \"乙\"\nindicator = \"3张\"\n"), (1, 1), "one thing"),
        ("[[correction]]\nindicator = \"3张\"\nremove = true\n".to_owned(), (1, 1), "which task"),
        (format!("{head}nth = 0\n"), (3, 7), "whole number"),
        (format!("{head}on = \"gestern\"\n"), (3, 6), "is a date"),
        ("[[correction]]\nhead = \"nummer\"\n".to_owned(), (2, 8), "`nummer` is not known here"),
    ] {
        let error = read("a.zeren.toml", &text).expect_err(&text);
        let CorrectionsError::Broken { line, column, .. } = &error else { panic!("{error}") };
        assert_eq!(*line, place.0, "{text}: {error}");
        assert!(place.1 == 0 || *column == place.1, "{text}: {error}");
        assert!(error.message(Lang::En).contains(en), "{text}: {error}");
        assert!(error.message(Lang::Zh).starts_with(&format!("第 {line} 行第 {column} 列：")), "{error}");
    }
}

#[test]
fn any_text_is_read_or_refused() {
    let whole = format!("{SIGNED}{LEAD}");
    for end in 0..whole.len() {
        if let Some(cut) = whole.get(..end) {
            let _ = read("a.zeren.toml", cut);
        }
    }
}

const MISSED: &str = "[[add]]\ntask = \"(四)\"\ntext = \"推广长期护理保险，2023年底前新增试点3个\"\n\
    clause = \"省医保局牵头，省民政厅配合\"\nafter = \"(二)\"\nwhy = \"漏读\"\n";

#[test]
fn a_task_that_was_missed_is_added_where_it_belongs() {
    // the document prints it in a form that is not read
    let notice = NOTICE.replace("(三)加强", "另推广长期护理保险，2023年底前新增\n试点3个。\n(三)加强");
    let facts = corrected(&notice, MISSED);
    assert_eq!(stale(&facts), [""; 0]);
    let order: Vec<&str> = facts.tasks.iter().map(|entry| entry.task.label.as_str()).collect();
    assert_eq!(order, ["(一)", "(二)", "(四)", "(三)"]);
    let added = task(&facts, "推广长期护理");
    assert_eq!(parties(added), ["lead 省医保局", "supporting 省民政厅"]);
    assert_eq!(added.path, ["一、改革"]);
    assert_eq!(added.deadlines[0].date.unwrap().to_string(), "2023-12-31");
    let source = read_bytes("notice.txt", notice.as_bytes()).unwrap();
    let printed = |span| source.text.slice(span);
    assert_eq!(printed(added.span), "推广长期护理保险，2023年底前新增\n试点3个");
    assert_eq!(printed(added.indicators[0].span), "3个");
    assert!(added.responsibilities.iter().all(|party| party.span.is_empty() && party.confidence >= 1.0));
    let correction = &facts.corrections[added.corrections[0]];
    assert_eq!((correction.claim, correction.by.as_str()), (ClaimKind::Task, "李明"));
}

#[test]
fn an_added_task_is_only_confirmed_once_it_is_read() {
    let read = "(四)推广长期护理保险，2023年底前新增试点3个。(省医保局牵头，省民政厅配合)\n(三)加强";
    let facts = corrected(&NOTICE.replace("(三)加强", read), MISSED);
    assert_eq!((facts.tasks.len(), stale(&facts).len()), (4, 0));
    assert_eq!(parties(task(&facts, "推广长期护理")), ["lead 省医保局", "supporting 省民政厅"]);
    // with other parties, a person must look
    let facts = corrected(&NOTICE.replace("(三)加强", &read.replace("省民政厅", "省财政厅")), MISSED);
    assert_eq!((facts.tasks.len(), stale(&facts).len()), (4, 1));
    // after a task that is gone it cannot be put
    let facts =
        corrected(&NOTICE.replace("(二)完善医保支付方式。(省医保局牵头，省财政厅、省人力社保厅配合)\n", ""), MISSED);
    assert_eq!((facts.tasks.len(), stale(&facts).len()), (2, 1));
}

#[test]
fn parties_may_be_named_in_place_of_a_clause() {
    let facts = corrected(
        NOTICE,
        "[[add]]\ntext = \"加强督查\"\nparties = [{ name = \"省审计厅\", role = \"牵头\" }]\nwhy = \"会议纪要\"\n",
    );
    let added = task(&facts, "加强督查");
    assert_eq!((parties(added), added.label.as_str()), (vec!["lead 省审计厅".to_owned()], "+1"));
    assert!(added.span.is_empty() && added.clause.is_none());
    for (entry, message) in [
        ("text = \"甲\"\nwhy = \"乙\"", "lacks `clause`"),
        ("clause = \"省财政厅负责\"\nwhy = \"乙\"", "lacks `text`"),
        ("text = \"甲\"\nclause = \"省财政厅负责\"", "lacks `why`"),
        ("text = \"甲\"\nparties = [{ name = \"省财政厅\" }]\nwhy = \"乙\"", "is written as"),
        ("text = \"甲\"\nparties = [{ name = \"乙\", role = \"leda\" }]\nwhy = \"乙\"", "`leda`"),
        ("text = \"甲\"\nclauses = \"乙\"\nwhy = \"乙\"", "`clauses`"),
    ] {
        let error = read("a.zeren.toml", &format!("{SIGNED}[[add]]\n{entry}\n")).unwrap_err();
        assert!(error.message(Lang::En).contains(message), "{entry}: {}", error.message(Lang::En));
    }
}
