use super::*;

fn cited(words: &str) -> Vec<(Option<String>, Option<String>, CitationRelation)> {
    let text = Text::new(words);
    find(&text, text.span()).into_iter().map(|citation| (citation.number, citation.title, citation.relation)).collect()
}

fn names(words: &str) -> Vec<String> {
    cited(words).into_iter().map(|(number, title, _)| number.or(title).unwrap_or_default()).collect()
}

#[test]
fn titles_and_numbers_go_together() {
    assert_eq!(
        cited("落实《关于加强衔接的通知》(云民发〔2017〕 12号)要求，按照临政办发[2018]3号执行"),
        [
            (Some("云民发〔2017〕12号".into()), Some("关于加强衔接的通知".into()), CitationRelation::Implements),
            (Some("临政办发[2018]3号".into()), None, CitationRelation::BasedOn),
        ]
    );
    assert_eq!(
        cited("根据《甲方案》《乙方案》（云政发〔2020〕1号、云政发〔2020〕2号）"),
        [
            (Some("云政发〔2020〕1号".into()), Some("甲方案".into()), CitationRelation::BasedOn),
            (Some("云政发〔2020〕2号".into()), Some("乙方案".into()), CitationRelation::BasedOn),
        ]
    );
}

#[test]
fn what_is_issued_itself_is_no_parent() {
    let parents = |words: &str| {
        let cited = cited(words).into_iter().filter(|(.., relation)| *relation != CitationRelation::Cites);
        cited.map(|(number, title, _)| number.or(title).unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(parents("根据市政府常务会议决定，现将《重点工作分工》印发给你们，请抓好落实。"), [""; 0]);
    assert_eq!(parents("为抓好《政府工作报告》的贯彻落实，现将《任务分工》印发给你们。"), ["政府工作报告"]);
}

#[test]
fn a_second_document_may_have_another_issuer() {
    assert_eq!(
        cited("落实国务院办公厅《甲意见》（国办发〔2022〕42号）和省政府办公厅《乙意见》（云政办发〔2022〕18号）要求"),
        [
            (Some("国办发〔2022〕42号".into()), Some("甲意见".into()), CitationRelation::Implements),
            (Some("云政办发〔2022〕18号".into()), Some("乙意见".into()), CitationRelation::Implements),
        ]
    );
    for issued in ["省委、省政府印发的", "市人民政府", "省政府关于印发"] {
        let words =
            format!("为落实《甲方案》（云政发〔2019〕13号）和{issued}《乙纲要》（东发〔2018〕36号），现印发如下");
        let relations: Vec<_> = cited(&words).into_iter().map(|(.., relation)| relation).collect();
        assert_eq!(relations, [CitationRelation::Implements; 2], "{issued}");
    }
}

#[test]
fn a_title_within_a_title_is_part_of_it() {
    assert_eq!(
        cited("修订《转发〈甲〉和《乙》的通知》（试行）"),
        [(None, Some("转发〈甲〉和《乙》的通知".into()), CitationRelation::Amends)]
    );
}

#[test]
fn words_behind_a_title_relate_it_too() {
    assert_eq!(cited("《甲办法》（云政发〔2010〕3号）同时废止").first().unwrap().2, CitationRelation::Replaces);
    assert_eq!(cited("推进《甲条例》修订工作").first().unwrap().2, CitationRelation::Amends);
}

#[test]
fn numbers_are_read_through_slips_and_lists() {
    for (words, expected) in [
        ("落实云政发2019〕13号精神", vec!["云政发2019〕13号"]),
        ("落实云府办发〔201930号精神", vec!["云府办发〔201930号"]),
        ("落实云政办字2020167号要求", vec!["云政办字2020167号"]),
        ("落实云办发2021 5号要求", vec!["云办发20215号"]),
        (
            "按照国办发〔2021〕5号、6号和〔2022〕7号",
            vec!["国办发〔2021〕5号", "国办发〔2021〕6号", "国办发〔2022〕7号"],
        ),
        ("按照《甲条例》（国务院令第722号）", vec!["国务院令第722号"]),
        ("按照国务院令第722号", vec!["国务院令第722号"]),
        ("参照国办发〔2018〕27号执行", vec!["国办发〔2018〕27号"]),
        (
            "按照《甲意见》(云政发2019〕13号)和《乙方案》(云府办发〔201930号)",
            vec!["云政发2019〕13号", "云府办发〔201930号"],
        ),
        ("按照【2021】5号", vec![]),
        ("参加2021年第5号台风防御", vec![]),
        ("办理健康证和《食品经营许可证》", vec![]),
        ("按照云川省人民政府办公厅云政办发〔2021〕5号", vec!["云政办发〔2021〕5号"]),
    ] {
        assert_eq!(names(words), expected, "{words}");
    }
}

#[test]
fn numbers_stand_alone_or_not_at_all() {
    assert_eq!(as_number("哈政办规〔2017〕56 号"), Some("哈政办规〔2017〕56号".into()));
    assert_eq!(as_number("见哈政办规〔2017〕56号文"), None);
    assert_eq!(leading_number("长府办发〔2012〕33 号 长春市"), Some(("长府办发〔2012〕33号".into(), 14)));
    assert_eq!(year_of("绍政发[2016]36号"), Some(2016));
    let order = parts("国务院令第722号").unwrap();
    assert_eq!((order.prefix.as_str(), order.year, order.serial), ("国务院令", None, 722));
    assert!(same("国发2019〕13号", "国发〔2019〕13号"));
}

#[test]
fn short_names_are_settled() {
    let words = "根据《云川省改革方案》（云政发〔2020〕1号，以下简称《方案》），特制定本计划（以下简称《计划》）。";
    let text = Text::new(format!("{words}落实《方案》和《计划》，执行《方案》"));
    let paragraph = Span::new(0, words.chars().count());
    let names = Names::of(&text, Some("清河市关于印发清河市改革计划的通知"), std::iter::once(paragraph));
    let settled = names.settle(find(&text, Span::new(paragraph.end, text.len())));
    let [only] = settled.as_slice() else { panic!("{settled:?}") };
    assert_eq!(only.title.as_deref(), Some("方案"));
    assert_eq!(only.stands_for.as_ref().and_then(|named| named.number.as_deref()), Some("云政发〔2020〕1号"));
    // the preamble names one document, and gives two names
    assert_eq!(find(&text, paragraph).len(), 1);
    let own = names.settle(find(&Text::new("落实《清河市改革计划（试行）》"), Span::new(0, 20)));
    assert!(own.is_empty(), "{own:?}");
}
