//! What sentences of our own making say.

use super::super::model::{Binding, Evidence};
use super::*;

fn all(words: &str) -> Vec<Indicator> {
    let text = Text::new(words);
    find(&text, text.span(), &[])
}

fn shown(found: &Indicator) -> String {
    let upper = found.value_max.map(|upper| format!("-{upper}")).unwrap_or_default();
    format!("{}{}{upper}{}", found.comparator.as_str(), found.value, found.unit)
}

fn read(words: &str) -> Vec<String> {
    all(words).iter().filter(|found| !found.soft).map(shown).collect()
}

#[test]
fn quantities_are_read_with_what_is_said_of_them() {
    for (words, expected) in [
        ("药占比总体降到30%左右", vec!["≈30%"]),
        ("提高县域就诊率至90%以上", vec![">=90%"]),
        ("降低平均住院日至8天", vec!["=8天"]),
        ("降低药占比至28%以下", vec!["<=28%"]),
        ("给予一次性补助", vec![]),
        ("检测能力达到10万管以上", vec![">=10万管"]),
        ("推进20万人口以上的县建设次中心2个", vec!["=2个"]),
        ("卫生材料降到20元以下", vec!["<=20元"]),
        ("覆盖率分别达到60%和80%以上", vec![">=60%", ">=80%"]),
        ("病种数不少于100个", vec![">=100个"]),
        ("补助提高到每人每年450元", vec!["=450元"]),
        ("由240元提高到270元", vec!["=270元"]),
        ("较2015年提升5个百分点", vec!["+5个百分点"]),
        ("在1-2家公立医院开展试点", vec!["range1-2家"]),
        ("三分之一左右的卫生院", vec!["≈33.3%"]),
        ("培养27名转岗全科医生", vec!["=27名"]),
        ("每年免费培训不少于两次", vec![">=2次"]),
        ("平均增幅控制在7.08%以下", vec!["<=7.08%"]),
        ("共培训765人次", vec!["=765人次"]),
        ("床位数达到1.5万张", vec!["=1.5万张"]),
        ("按不高于货款的30%补贴", vec!["<=30%"]),
        ("每人至少接受1次筛查", vec![">=1次"]),
        ("招聘医师300余名", vec!["≈300名"]),
        ("从每人240元提高至270元", vec!["=270元"]),
        ("死亡率低于5%，覆盖超过90%", vec!["<5%", ">90%"]),
    ] {
        assert_eq!(read(words), expected, "{words}");
    }
}

#[test]
fn numbers_are_read_as_printed() {
    for (words, expected) in [
        ("新增装机50万—60万千瓦", vec!["range50-60万千瓦"]),
        ("给予每人1000元—3000元奖补", vec!["range1000-3000元"]),
        ("增长5%至8%", vec!["+5-8%"]),
        ("奖励5000元—1万元", vec!["range0.5-1万元"]),
        ("改造老旧小区1 500户", vec!["=1500户"]),
        ("培训农民１，２００人次", vec!["=1200人次"]),
        ("覆盖率达到百分之九十以上", vec![">=90%"]),
        ("建成二十个农业服务中心", vec!["=20个"]),
        ("提高两到三个百分点", vec!["+2-3个百分点"]),
        ("每个县建设两三个示范村", vec!["range2-3个"]),
        ("力争实现七成以上的村达标", vec![">=70%"]),
        ("出生缺陷发生率控制在千分之五以内", vec!["<=5‰"]),
        ("投入3万余元", vec!["≈3万元"]),
        ("产值比2015年翻一番", vec!["=2倍"]),
        ("企业数量实现翻番", vec!["=2倍"]),
        ("解决3.8万农村人口饮水安全问题", vec!["=3.8万人"]),
        ("人均财政补助标准提高到380元/人·年", vec!["=380元/人·年"]),
        ("对符合条件的毕业生按1500元/人的标准发放补贴", vec!["=1500元/人"]),
        ("为1.2万60岁以上的居民和重点人群免费接种疫苗", vec!["=1.2万人"]),
        ("孕产妇死亡率下降到18/10万", vec!["=18/10万"]),
    ] {
        assert_eq!(read(words), expected, "{words}");
    }
}

#[test]
fn what_is_said_of_a_list_is_said_of_each() {
    for (words, expected) in [
        ("一二三等奖分别奖励最高100万元/项、50万元/项、10万元/项", vec!["<=100万元", "<=50万元", "<=10万元"]),
        ("培育龙头企业10家、合作社20个", vec!["=10家", "=20个"]),
        ("单个大棚按不超过造价30%补贴，最高500万元", vec!["<=30%", "<=500万元"]),
        ("可按照不超过同期5年期以上贷款利率（LPR）的50%给予贴息", vec!["<=50%"]),
        ("每年开展一次专项督导", vec!["=1次"]),
        ("每5万人配置1辆救护车", vec!["=1辆"]),
        ("审批时限压缩至3个工作日以内", vec!["<=3个工作日"]),
        ("检查结果在10个工作日内公示", vec![]),
        ("办结时长由3.2天压缩到2天以内", vec!["<=2天"]),
        ("改造提升20条城市道路", vec!["=20条"]),
        ("完成清河学校一期2座教学楼建设", vec!["=2座"]),
        ("个人贷款最高额度10万元", vec!["<=10万元"]),
        ("按每人每年10元的标准支付", vec!["=10元"]),
        ("年内投资1800万元建成检测系统4套", vec!["=1800万元", "=4套"]),
        ("关停沿湖1公里范围内化工企业9家", vec!["=9家"]),
        ("减少审批环节5个", vec!["=5个"]),
        ("净增高新技术企业2000家", vec!["+2000家"]),
        ("地区生产总值增长7%左右", vec!["+7%"]),
        ("居民消费价格涨幅3%左右", vec!["≈3%"]),
        ("7个老旧小区进行基础性改造", vec!["=7个"]),
        ("注册登记率和持证率分别达到八成和九成", vec!["=80%", "=90%"]),
        ("出口带宽不低于100M，存储容量5PB", vec![">=100M", "=5PB"]),
        ("“特岗计划”招聘“名师”90名", vec!["=90名"]),
        ("开展两次集中整治", vec!["=2次"]),
        ("满意度得分达到90分以上", vec![">=90分"]),
        ("营商环境指数达到85以上", vec![">=85"]),
    ] {
        assert_eq!(read(words), expected, "{words}");
    }
}

#[test]
fn names_and_numbers_of_documents_are_no_quantities() {
    for words in [
        "全面执行两票制",
        "“十三五”规划",
        "“323”攻坚行动",
        "《办法》(黑医改领发〔2017〕2号)",
        "三级医院",
        "十大楚药",
        "2017年",
        "实施5年行动",
        "8类大病",
        "打造15分钟生活圈",
        "建设5G基站",
        "构建“1+3+N”体系",
        "完善三医联动机制",
        "推进一网通办",
        "建设220千伏变电站",
        "等10个部门",
        "前10名",
        "推进3个一批工程",
        "对违法行为处理依照第12条",
        "会议第35次审议",
        "统筹20个部门力量",
        "师生比优化至1:14",
        "每3年一轮",
    ] {
        assert_eq!(read(words), Vec::<String>::new(), "{words}");
    }
}

#[test]
fn conditions_are_no_aims() {
    for (words, expected) in [
        ("床位数达到4张的，不再扩大规模", vec![]),
        ("对研发投入增速3%以上的企业给予支持", vec![]),
        ("对投入占比3%以上且增长20%以上的企业给予支持", vec![]),
        ("年薪100万元以上且具有5年以上经验的，可直接认定", vec![]),
        ("承担课题经费超过300万元且通过验收的，可直接认定", vec![]),
        ("市区5000平方米以上工地全部安装在线监控", vec![]),
        ("对65岁以上老人免费体检", vec![]),
        ("50人以上聚餐须提前报备", vec![]),
        ("引进总投资5亿元以上项目20个", vec!["=20个"]),
        ("产值超过100亿元的企业达到3家", vec!["=3家"]),
        ("力争全市60%以上三级医院开展日间手术", vec![">=60%"]),
        ("80%以上的县（市、区）开展社区服务", vec![">=80%"]),
        ("打造100亿元以上产业基金群", vec![">=100亿元"]),
        ("每年引进10名以上顶尖人才", vec![">=10名"]),
        ("给予不超过30%的补助", vec!["<=30%"]),
        ("下调缴费费率50%的政策", vec!["-50%"]),
        ("已建成标准化学校30所", vec![]),
        ("对已公布的47种添加物质逐一排查", vec![]),
        ("年营业收入首次突破100亿元的奖励500万元", vec!["=500万元"]),
        ("超载30%以上的车辆一律卸载", vec![]),
        ("百户以上居住小区网点覆盖率达到60%", vec!["=60%"]),
        ("市发展改革委等10个部门开展联合检查", vec![]),
        ("人均预期寿命提高到79岁", vec!["=79岁"]),
        ("培育年产值超百亿元企业3家、超50亿元企业5家", vec!["=3家", "=5家"]),
        ("持证率由目前的60%提高到85%", vec!["=85%"]),
    ] {
        assert_eq!(read(words), expected, "{words}");
    }
}

#[test]
fn things_are_named_in_the_words_of_the_text() {
    for (words, expected) in [
        ("到2025年，全市护理型床位占比达到60%", "护理型床位占比"),
        ("到2022年和2030年取得急救证书的人员分别达到1%", "取得急救证书的人员"),
        ("新建公园3个", "公园"),
        ("力争打造3家百亿级龙头企业", "百亿级龙头企业"),
        ("县域内就诊率较2015年提升5个百分点", "县域内就诊率"),
        ("给予最高800万元补助", "补助"),
        ("确定1个镇作为全市垃圾分类样板镇", "全市垃圾分类样板镇"),
        ("“十四五”期间全市粮食产量稳定在6亿斤以上", "粮食产量"),
    ] {
        assert_eq!(all(words).first().map(|found| found.name.as_str()), Some(expected), "{words}");
    }
    let names = |words| all(words).into_iter().map(|found| found.name).collect::<Vec<_>>();
    assert_eq!(names("山区学校和海岛学校供餐覆盖率分别达到60%和80%以上"), ["山区学校供餐覆盖率", "海岛学校供餐覆盖率"]);
    assert_eq!(names("孕产妇死亡率、婴儿死亡率分别控制在10‰和5‰以内"), ["孕产妇死亡率", "婴儿死亡率"]);
    assert_eq!(
        names("婴儿死亡率、五岁以下儿童死亡率、孕产妇死亡率分别下降到4‰、4.5‰、10/10万"),
        ["婴儿死亡率", "五岁以下儿童死亡率", "孕产妇死亡率"]
    );
    assert_eq!(names("新生儿和五岁以下儿童死亡率分别降至3‰和6‰"), ["新生儿死亡率", "五岁以下儿童死亡率"]);
    assert_eq!(
        names("接待游客500万人次，旅游收入达到45亿元，分别增长15%和20%"),
        ["游客", "旅游收入", "游客", "旅游收入"]
    );
    assert_eq!(names("建设乡村公路380公里、实施示范渠道145公里"), ["乡村公路", "示范渠道"]);
    assert_eq!(names("每季度至少开展1次督查，每半年通报一次"), ["督查", "通报"]);
}

#[test]
fn universal_cover_is_soft() {
    let found = all("签约服务实现全覆盖，所有乡镇卫生院开展远程医疗");
    let soft: Vec<(&str, bool)> = found.iter().map(|found| (found.name.as_str(), found.soft)).collect();
    assert_eq!(soft, [("签约服务", true), ("乡镇卫生院开展远程医疗", true)]);
    assert!(all("完善集体所有制企业制度").is_empty());
}

#[test]
fn figures_say_for_whom_they_are_and_whether_they_bind() {
    let found = all("每个乡镇至少建成1所养老院，全市床位达到5000张（约束性）");
    let said: Vec<_> = found.iter().map(|found| (found.scope.as_deref(), found.binding, found.basis)).collect();
    assert_eq!(
        said,
        [(Some("每个乡镇"), None, Evidence::Comparator), (Some("全市"), Some(Binding::Binding), Evidence::Comparator)]
    );
    assert_eq!(all("由240元提高到270元").first().and_then(|found| found.baseline), Some(240.0));
}

#[test]
fn evidence_has_names_of_its_own() {
    let names: std::collections::BTreeSet<&str> = Evidence::ALL.into_iter().map(Evidence::as_str).collect();
    assert_eq!(names.len(), Evidence::ALL.len());
}

#[test]
fn cells_say_what_their_columns_and_rows_leave_out() {
    let words = "2025年目标\t单位\t2020年现状\t张\t95\t≥120\t新增15家\t25%左右\t持续开展\t约束性";
    let text = Text::new(words);
    let spot = |part: &str| {
        let start = words.split(part).next().unwrap_or_default().chars().count();
        Span::new(start, start + part.chars().count())
    };
    let cell = |place: &str, header: &str| FigureCell {
        place: spot(place),
        header: Some(spot(header)),
        standing: is_standing(header, None, None),
        unit: Some(spot("张")),
        nature: Some(spot("约束性")),
    };
    let cells = ["95", "≥120", "新增15家", "25%左右", "持续开展"].map(|place| match place {
        "95" => cell(place, "2020年现状"),
        _ => cell(place, "2025年目标"),
    });
    let found = find_in_cells(&text, &cells, "养老床位", &[]);
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), [">=120张", "=15家", "≈25%"]);
    assert!(found.iter().all(|found| found.by == Date::year(2025) && found.baseline == Some(95.0)));
    assert!(found.iter().all(|found| found.binding == Some(Binding::Binding)));
    assert_eq!(found.first().map(|found| (found.name.as_str(), found.basis)), Some(("养老床位", Evidence::Table)));
    let gone = |header| is_standing(header, Some(2027), Some(2025));
    assert!(gone("2022年") && !gone("2025年") && !is_standing("2022年", Some(2022), Some(2025)));
    assert!(is_of_year("2025年目标值") && !is_of_year("2025年重点任务") && is_unit("单位", "万人次"));
}
