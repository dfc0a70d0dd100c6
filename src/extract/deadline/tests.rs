//! What dates mean, by the words around them.

use super::{Context, Setting, find};
use crate::date::Date;
use crate::span::Text;

fn context(setting: Setting) -> Context {
    Context { year: Some(2017), guessed: false, issued: Date::parse_iso("2017-03-20"), setting }
}

/// Each deadline as its relation with its date, duration or recurrence.
fn read(words: &str, setting: Setting) -> Vec<String> {
    let text = Text::new(words);
    find(&text, text.span(), context(setting))
        .iter()
        .map(|found| {
            let start = found.start.map(|start| format!("{start}/")).unwrap_or_default();
            let date = found.date.map(|date| date.to_string()).or(found.duration.clone()).unwrap_or_default();
            let each = found.recurrence.as_deref().map(|each| format!(" {each}")).unwrap_or_default();
            format!("{} {start}{date}{each}", found.relation.as_str())
        })
        .collect()
}

fn agree(setting: Setting, cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(words, expected)| read(words, setting) != *expected)
        .map(|(words, expected)| format!("{words}: {:?}, not {expected:?}", read(words, setting)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn dates_in_prose() {
    agree(
        Setting::Prose,
        &[
            ("8月1日前全面推开", &["before 2017-08-01"]),
            ("到2022年和2030年，占比分别达到1%和3%", &["by 2022", "by 2030"]),
            ("10月底前,各区要制定方案", &["before 2017-10-31"]),
            ("9月1日起执行", &["from 2017-09-01"]),
            ("到2017年,率先完成;到2020年,建立制度", &["by 2017", "by 2020"]),
            ("2017年年底前覆盖", &["before 2017-12-31"]),
            ("到2023年底,累计达到450种", &["by 2023-12-31"]),
            ("2017年,平均增幅控制在7%以下", &["during 2017"]),
            ("力争年内占比达到75%", &["during 2017"]),
            ("各项任务于省相关文件印发后3个月内完成", &["relative 3个月"]),
            ("二〇二〇年底前完成", &["before 2020-12-31"]),
            ("2018年新建改建30公里", &["during 2018"]),
            ("在2018年6月底前建成", &["before 2018-06-30"]),
            ("不迟于2018年5月投用", &["by 2018-05"]),
            ("力争2019年实现全覆盖", &["during 2019"]),
            ("2018年6月底前制定方案，12月底前全面推开", &["before 2018-06-30", "before 2018-12-31"]),
            ("2018年启动，次年6月底前完成", &["during 2018", "before 2019-06-30"]),
            ("明年6月底前完成", &["before 2018-06-30"]),
            ("9月中旬前完成摸底", &["before 2017-09-20"]),
            ("9月下旬前完成摸底", &["before 2017-09-30"]),
            ("国庆节前投入使用", &["before 2017-10-01"]),
            ("2018年春节前兑付到位", &["before 2018-02-16"]),
            ("春节前兑付到位", &["before 2018-02-16"]),
            ("到“十三五”末，覆盖率达到95%", &["by 2020"]),
            ("6月、12月集中检查", &["during 2017-06", "during 2017-12"]),
            (
                "2018年3、6、9、12月底前报送进展",
                &["before 2018-03-31", "before 2018-06-30", "before 2018-09-30", "before 2018-12-31"],
            ),
            ("2016年12月31日前已开工项目2018年6月底前完工", &["before 2018-06-30"]),
            ("用3年时间完成改造", &["relative 3年"]),
            ("一般事项5个工作日办结，复杂事项不超过15个工作日办结", &["relative 5个工作日"]),
            ("用2年左右的时间建成", &["relative 2年"]),
            (
                "2018、2019、2020年底前分别达到60%、70%、80%",
                &["before 2018-12-31", "before 2019-12-31", "before 2020-12-31"],
            ),
        ],
    );
}

#[test]
fn starts_ranges_and_what_recurs() {
    agree(
        Setting::Prose,
        &[
            ("自2018年1月1日起施行", &["from 2018-01-01"]),
            ("从2018年秋季学期起，免除学费", &["from 2018"]),
            ("自4月起每月调度一次", &["from 2017-04 每月"]),
            ("自4月份起，每月报送进展", &["from 2017-04 每月"]),
            ("2017年8月—12月，遴选2家试点", &["by 2017-08/2017-12"]),
            ("2017年8-12月，遴选2家试点", &["by 2017-08/2017-12"]),
            ("2018—2020年，每年培训100人", &["by 2018/2020"]),
            ("2018年至2020年期间新增床位", &["by 2018/2020"]),
            ("每月5日前报送", &["ongoing  每月5日前"]),
            ("每年12月底前完成评估", &["before 2017-12-31 每年12月底前"]),
            ("每季度结束后10日内报送", &["ongoing  每季度结束后10日内"]),
            ("每季度开展一次督查", &[]),
            ("自印发之日起30日内完成", &["relative 30日"]),
            ("5年内引进100名专家", &["relative 5年"]),
            ("一年内未整改的", &[]),
            ("两年内未就业的毕业生", &[]),
            ("发现问题1个月内整改到位", &["relative 1个月"]),
            ("疫情2小时内报告", &["relative 2小时"]),
            ("接报后5分钟内的发车率", &[]),
            ("审批时限压缩至60个工作日以内", &[]),
            ("近6个月内已体检的", &[]),
            ("三年内培训1000人", &["relative 3年"]),
            ("30个工作日内完成存量数据接入", &["relative 30个工作日"]),
            ("处置率2018年达到80%、2020年达到90%以上", &["during 2018", "during 2020"]),
            ("9月至11月集中整治", &["by 2017-09/2017-11"]),
            ("从2018年一季度起按季发布", &["from 2018-01"]),
            ("力争“十三五”末覆盖率达到90%", &["by 2020"]),
            ("收到材料后5个工作日内答复", &["relative 5个工作日"]),
            ("禁止燃放。长期坚持。", &["ongoing "]),
            ("持续推进改革", &[]),
        ],
    );
}

#[test]
fn dates_that_limit_nothing() {
    agree(
        Setting::Prose,
        &[
            ("落实《目录(2018年版)》", &[]),
            ("开展2019年度评价", &[]),
            ("5年院校教育+3年规范化培训", &[]),
            ("2015年以来，累计完成", &[]),
            ("较2015年底增长5个百分点", &[]),
            ("去年底，全市共有120家", &[]),
            ("截至2016年底，全市共有120家", &[]),
            ("从2015年的10%下降到5%", &[]),
            ("2000年底前建成的老旧小区", &[]),
            ("落实2030年议程", &[]),
            ("编制2018年预算", &[]),
            ("2016年，全市完成改造10个", &[]),
            ("恢复到2019年水平", &[]),
            ("实施行动计划（2018—2020年）", &[]),
            ("2018年起草条例", &["during 2018"]),
            ("2017年内蒙古", &[]),
            ("近期启动", &[]),
            ("2016年印发的方案", &[]),
        ],
    );
}

#[test]
fn limits_need_no_more_than_the_date() {
    agree(
        Setting::Column,
        &[
            ("2024年6月", &["by 2024-06"]),
            ("2024年12月底", &["by 2024-12-31"]),
            ("持续推进", &["ongoing "]),
            ("2021年三季度前", &["before 2021-09-30"]),
            ("第二季度末", &["by 2017-06-30"]),
            ("2021年上半年", &["by 2021-06-30"]),
            ("2021年9月底前完成", &["before 2021-09-30"]),
            ("2023-10-31", &["by 2023-10-31"]),
            ("2023/10/31", &["by 2023-10-31"]),
            ("2023.10", &["by 2023-10"]),
            ("2023.10.31", &["by 2023-10-31"]),
            ("2023-10-31 00:00:00", &["by 2023-10-31"]),
            ("2025", &["by 2025"]),
            ("2023年度", &["by 2023"]),
            ("2021-2025年", &["by 2021/2025"]),
            ("2018年3月至2019年6月", &["by 2018-03/2019-06"]),
            ("5月—9月", &["by 2017-05/2017-09"]),
            ("每季度末", &["ongoing  每季度末"]),
            ("每月5日前", &["ongoing  每月5日前"]),
            ("印发后1个月内", &["relative 1个月"]),
            ("5个工作日内", &["relative 5个工作日"]),
            ("“十四五”期间", &["during 2025"]),
            ("2024年6月底前出台方案，长期坚持", &["before 2024-06-30", "ongoing "]),
        ],
    );
    agree(
        Setting::Clause,
        &[("市财政局负责，2018年9月底前完成", &["before 2018-09-30"]), ("市常态化扫黑办负责，长期坚持", &["ongoing "])],
    );
}

#[test]
fn a_label_makes_a_limit_of_what_follows() {
    agree(
        Setting::Prose,
        &[("建设平台。完成时限：2018年6月", &["by 2018-06"]), ("建设平台。完成时限：持续推进", &["ongoing "])],
    );
}

#[test]
fn doubt_shows_in_the_confidence() {
    let sure = |words: &str| {
        let text = Text::new(words);
        find(&text, text.span(), context(Setting::Prose)).first().map(|found| found.confidence).unwrap()
    };
    assert!(sure("2018年底前完成") >= 0.9);
    assert!(sure("10月底前完成") >= 0.9);
    // gone by when the document was issued
    assert!(sure("2016年底前完成") < 0.9);
    // may mean the next year
    assert!(sure("2月底前完成") < 0.9);
    assert!(sure("每月5日前报送") < 0.9);
}
