//! Facts of two invented documents of invented places: a city's notice and the province's that it
//! carries out. The city's holds a case of everything that the graph can say.

use zeren::date::Date;
use zeren::diagnostic::{Code, Finding};
use zeren::extract::{
    Act, Basis, Binding, Citation, CitationRelation, ClaimKind, Comparator, Convention, Correction, Deadline,
    DeadlineBasis, DeadlineRelation, Doubt, Evidence, Goal, Indicator, Mode, Responsibility, Role, Rule, Task,
};
use zeren::iri;
use zeren::knowledge::{Knowledge, Level};
use zeren::parse::Head;
use zeren::resolve::{BodyKind, DocumentNumber, Facts, MatchBasis, Organisation, Place, TaskFacts, established};
use zeren::span::Span;

pub(crate) const CITY_NUMBER: &str = "云政办发〔2031〕7号";
pub(crate) const PROVINCE_NUMBER: &str = "霁政发〔2030〕88号";

fn province() -> Place {
    Place {
        id: iri::place("990000"),
        name: "霁省".into(),
        level: Level::Province,
        code: Some("990000".into()),
        within: vec![],
    }
}

fn city() -> Place {
    Place {
        id: iri::place("990100"),
        name: "云川市".into(),
        level: Level::City,
        code: Some("990100".into()),
        within: vec![province()],
    }
}

fn body(place: &Place, short: &str, printed: &[&str], function: Option<&str>, kind: BodyKind) -> Organisation {
    let name = format!("{}{short}", place.name);
    Organisation {
        id: iri::organisation(&name),
        name,
        kind,
        function: function.map(str::to_owned),
        place: Some(place.clone()),
        printed: printed.iter().map(|&name| name.to_owned()).collect(),
        key: Knowledge::shipped().bodies.choose(short, place.level, None).map(|body| body.key.clone()),
        basis: MatchBasis::Prefix,
        confidence: 0.97,
    }
}

fn state_commission() -> Option<Organisation> {
    let kind = Knowledge::shipped().bodies.by_key("health.gjwsjkwyh.s")?;
    Some(established(kind, &Place::of_code("000000")?, MatchBasis::State))
}

/// A branch of a body of the state.
fn tax_office(city: &Place) -> Option<Organisation> {
    let kind = Knowledge::shipped().bodies.by_key("tax.gjswzjswj.pcx")?;
    Some(established(kind, city, MatchBasis::Prefix))
}

fn party(name: &str, role: Role, rank: usize, basis: Basis, confidence: f64, start: usize) -> Responsibility {
    let span = Span::new(start, start + name.chars().count());
    Responsibility {
        name: name.into(),
        role,
        rank,
        basis,
        confidence,
        doubts: vec![],
        span,
        cell: None,
        body: None,
        corrections: vec![],
    }
}

fn task(seq: usize, label: &str, path: &[&str], text: &str, start: usize) -> Task {
    Task {
        seq,
        label: label.into(),
        path: path.iter().map(|&heading| heading.to_owned()).collect(),
        title: None,
        text: text.into(),
        span: Span::new(start, start + 80),
        clause: None,
        clause_span: None,
        mode: Mode::Explicit,
        open: false,
        inherited: false,
        responsibilities: vec![],
        indicators: vec![],
        deadlines: vec![],
        citations: vec![],
        findings: vec![],
        corrections: vec![],
    }
}

fn with_ids(document: &str, tasks: Vec<(Task, Vec<usize>)>) -> Vec<TaskFacts> {
    tasks.into_iter().map(|(task, parties)| TaskFacts { id: iri::task(document, &task.label), task, parties }).collect()
}

fn citation(number: Option<&str>, title: Option<&str>, relation: CitationRelation, start: usize) -> Citation {
    Citation {
        number: number.map(str::to_owned),
        title: title.map(str::to_owned),
        relation,
        stands_for: None,
        span: Span::new(start, start + 12),
    }
}

fn number(number: &str, prefix: &str, year: i16, serial: u32) -> DocumentNumber {
    DocumentNumber {
        number: number.into(),
        prefix: Some(prefix.into()),
        year: Some(year),
        serial: Some(serial),
        issuer: Some("云川市人民政府".into()),
        place: None,
        confidence: 0.9,
    }
}

fn deadline(relation: DeadlineRelation, date: Option<&str>, text: &str, start: usize) -> Deadline {
    Deadline {
        relation,
        date: date.and_then(Date::parse_iso),
        start: None,
        duration: None,
        after: None,
        recurrence: None,
        text: text.into(),
        inferred_year: false,
        basis: DeadlineBasis::Before,
        confidence: 0.95,
        span: Span::new(start, start + text.chars().count()),
        corrections: vec![],
    }
}

/// The city's notice: five tasks, one of them without a lead and one without any party.
pub(crate) fn facts() -> Facts {
    let city = city();
    let id = iri::document(CITY_NUMBER);
    let mut organisations = vec![
        body(&city, "人民政府办公室", &["云川市人民政府办公室"], Some("government-office"), BodyKind::Department),
        body(&city, "卫生健康委员会", &["市卫健委", "卫健委"], Some("health"), BodyKind::Department),
        body(&city, "财政局", &["市财政局"], Some("finance"), BodyKind::Department),
        body(&city, "教育局", &["市教育局"], Some("education"), BodyKind::Department),
        body(&city, "各县(区)人民政府", &["各县(区)人民政府"], None, BodyKind::Collective),
    ];
    organisations.extend(state_commission());
    organisations.extend(tax_office(&city));
    let head = Head {
        title: Some("云川市人民政府办公室关于印发健康云川重点工作分工的通知".into()),
        number: Some(CITY_NUMBER.into()),
        kind: Some("通知".into()),
        issuers: vec!["云川市人民政府办公室".into()],
        signed: vec![],
        issued: Date::day(2031, 3, 5),
        year: Some(2031),
        jurisdiction: None,
        publishers: vec![],
        mentioned: vec![],
        own_level: None,
        based_on: vec![
            citation(Some(PROVINCE_NUMBER), Some("健康霁省行动方案"), CitationRelation::Implements, 40),
            citation(None, Some("健康云川规划"), CitationRelation::BasedOn, 60),
            citation(Some("云政发〔2029〕3号"), None, CitationRelation::Replaces, 75),
            citation(Some("云政发〔2028〕2号"), None, CitationRelation::Amends, 90),
            citation(Some("霁卫发〔2030〕5号"), None, CitationRelation::Forwards, 105),
            citation(Some("霁财发〔2030〕6号"), None, CitationRelation::Cites, 120),
        ],
    };
    Facts {
        tasks: with_ids(&id, city_tasks()),
        id,
        source: "yunchuan-2031.txt".into(),
        head,
        place: Some(city),
        numbers: vec![number(CITY_NUMBER, "云政发", 2031, 7), number(PROVINCE_NUMBER, "霁政发", 2030, 88)],
        issuers: vec![0],
        conventions: vec![
            Convention {
                rule: Rule::FirstListedLeads,
                span: Span::new(140, 152),
                scope: Span::new(200, 400),
                from: Some("(一)".into()),
                to: Some("(二)".into()),
                bodies: vec![],
                tasks: vec![1, 2],
            },
            Convention {
                rule: Rule::AlsoFallsTo,
                span: Span::new(155, 180),
                scope: Span::new(200, 700),
                from: None,
                to: None,
                bodies: vec![("各县(区)人民政府".into(), Span::new(156, 165))],
                // the last task is without any party, and the rule adds to those of others
                tasks: vec![1, 2, 3, 4],
            },
        ],
        organisations,
        goals: vec![Goal { path: vec!["一、主要目标".into()], indicator: goal() }],
        corrections: corrections(),
        findings: vec![Finding::new(
            Code::OpenList,
            Span::new(350, 371),
            "名单以“等”结尾",
            "the list of parties is left open",
        )],
    }
}

/// What the notice wants to reach as a whole.
fn goal() -> Indicator {
    Indicator {
        name: "县域内就诊率".into(),
        comparator: Comparator::AtLeast,
        value: 90.0,
        value_max: None,
        unit: "%".into(),
        baseline: None,
        by: Date::year(2031),
        soft: false,
        binding: None,
        scope: None,
        basis: Evidence::Comparator,
        confidence: 0.95,
        span: Span::new(182, 187),
        corrections: vec![],
    }
}

/// A date that was changed, and a party that was removed.
fn corrections() -> Vec<Correction> {
    let changed = Correction {
        act: Act::Changed,
        claim: ClaimKind::Deadline,
        task: Some("(一)".into()),
        subject: "2031年底前".into(),
        was: Some("before 2030-12-31".into()),
        becomes: Some("by 2031-12-31".into()),
        why: "正文写明2031年".into(),
        by: "李明".into(),
        on: Date { year: 2031, month: Some(4), day: Some(1) },
        span: Some(Span::new(228, 235)),
    };
    let removed = Correction {
        act: Act::Removed,
        claim: ClaimKind::Responsibility,
        task: Some("(三)".into()),
        subject: "各方面".into(),
        was: Some("各方面 responsible".into()),
        becomes: None,
        why: "不是单位".into(),
        span: None,
        ..changed.clone()
    };
    vec![changed, removed]
}

fn city_tasks() -> Vec<(Task, Vec<usize>)> {
    let first_listed = Basis::Convention(Rule::FirstListedLeads);
    let clinics = Task {
        title: Some("建设社区卫生服务中心".into()),
        clause: Some("市卫健委、市财政局负责".into()),
        clause_span: Some(Span::new(260, 271)),
        mode: Mode::FirstListed,
        responsibilities: vec![
            party("市卫健委", Role::Lead, 1, first_listed, 0.98, 260),
            party("市财政局", Role::Supporting, 2, first_listed, 0.98, 265),
        ],
        indicators: vec![Indicator {
            name: "社区卫生服务中心".into(),
            comparator: Comparator::Range,
            value: 12.0,
            value_max: Some(15.5),
            unit: "万个".into(),
            baseline: Some(8.0),
            by: Date::last_of_year(2031),
            soft: true,
            binding: Some(Binding::Expected),
            scope: Some("全市".into()),
            basis: Evidence::Delivery,
            confidence: 0.9,
            span: Span::new(220, 226),
            corrections: vec![],
        }],
        deadlines: vec![Deadline {
            corrections: vec![0],
            ..deadline(DeadlineRelation::By, Some("2031-12-31"), "2031年底前", 228)
        }],
        ..task(1, "(一)", &["一、完善服务体系"], "新建社区卫生服务中心12至15.5个。", 200)
    };
    let insurance = Task {
        clause: Some("市卫健委、市教育局共同牵头,市财政局等配合".into()),
        clause_span: Some(Span::new(350, 371)),
        open: true,
        responsibilities: vec![
            party("市卫健委", Role::CoLead, 1, Basis::Stated, 0.99, 350),
            party("市教育局", Role::CoLead, 2, Basis::Stated, 0.99, 355),
            Responsibility {
                cell: Some("Sheet1!C5".into()),
                doubts: vec![Doubt::NoVerb, Doubt::NameByEnding],
                ..party("市财政局", Role::Supporting, 3, Basis::Stated, 0.85, 364)
            },
        ],
        deadlines: vec![
            Deadline {
                inferred_year: true,
                start: Date::parse_iso("2031-03"),
                recurrence: Some("每年".into()),
                ..deadline(DeadlineRelation::Before, Some("2031-09"), "9月底前", 330)
            },
            Deadline {
                duration: Some("3个月".into()),
                after: Some("方案印发".into()),
                ..deadline(DeadlineRelation::Relative, None, "方案印发后3个月内", 340)
            },
        ],
        ..task(2, "(二)", &["一、完善服务体系"], "推进校园健康促进。", 300)
    };
    let budget = Task {
        clause: Some("市财政局、各县(区)人民政府按职责分工负责".into()),
        clause_span: Some(Span::new(450, 471)),
        mode: Mode::ByDuty,
        responsibilities: vec![
            party("市财政局", Role::Responsible, 1, Basis::Listed, 0.95, 450),
            party("各县(区)人民政府", Role::Responsible, 2, Basis::Listed, 0.95, 455),
        ],
        citations: vec![citation(Some(PROVINCE_NUMBER), None, CitationRelation::Implements, 410)],
        ..task(3, "(一)#2", &["二、强化保障", "(一)经费"], "落实经费。", 400)
    };
    let follow = Task {
        mode: Mode::Sole,
        inherited: true,
        responsibilities: vec![party("市财政局", Role::Lead, 1, Basis::SoleResponsible, 0.95, 450)],
        ..task(4, "(二)#2", &["二、强化保障", "(一)经费"], "加强绩效评价。", 500)
    };
    let bare = task(5, "(三)", &["二、强化保障"], "营造氛围。", 600);
    vec![(clinics, vec![1, 2]), (insurance, vec![1, 3, 2]), (budget, vec![2, 4]), (follow, vec![2]), (bare, vec![])]
}

/// The province's notice, which the city's carries out: one task.
pub(crate) fn parent() -> Facts {
    let province = province();
    let id = iri::document(PROVINCE_NUMBER);
    let clinics = Task {
        mode: Mode::Sole,
        clause: Some("省卫生健康委负责".into()),
        clause_span: Some(Span::new(90, 98)),
        responsibilities: vec![party("省卫生健康委", Role::Lead, 1, Basis::SoleResponsible, 0.98, 90)],
        ..task(1, "1", &[], "每个县(市、区)建设社区卫生服务中心。", 50)
    };
    Facts {
        tasks: with_ids(&id, vec![(clinics, vec![0])]),
        id,
        source: "ji-2030.html".into(),
        head: Head {
            title: Some("霁省人民政府关于印发健康霁省行动方案的通知".into()),
            number: Some(PROVINCE_NUMBER.into()),
            kind: Some("通知".into()),
            issued: Date::month(2030, 11),
            year: Some(2030),
            ..Head::default()
        },
        organisations: vec![body(&province, "卫生健康委员会", &["省卫生健康委"], Some("health"), BodyKind::Department)],
        place: Some(province),
        numbers: vec![],
        issuers: vec![],
        conventions: vec![],
        goals: vec![],
        corrections: vec![],
        findings: vec![],
    }
}
