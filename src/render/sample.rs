//! Facts made by hand, for the tests of the formats.

use crate::date::Date;
use crate::diagnostic::{Code, Finding};
use crate::extract::{
    Basis, Binding, Citation, CitationRelation, Comparator, Convention, Deadline, DeadlineBasis, DeadlineRelation,
    Evidence, Indicator, Mode, Responsibility, Role, Rule, Task,
};
use crate::knowledge::Level;
use crate::parse::Head;
use crate::resolve::{BodyKind, Facts, MatchBasis, Organisation, Place, TaskFacts};
use crate::span::Span;

/// One document with one task that has a bit of everything.
pub(super) fn facts() -> Facts {
    let id = crate::iri::document("哈政办规〔2017〕56号");
    let cited = Citation {
        number: Some("黑政办发〔2017〕36号".into()),
        title: None,
        relation: CitationRelation::BasedOn,
        stands_for: None,
        span: Span::new(30, 42),
    };
    Facts {
        source: "harbin-2017.txt".into(),
        head: Head {
            title: Some("关于深化改革的通知".into()),
            number: Some("哈政办规〔2017〕56号".into()),
            kind: Some("通知".into()),
            issuers: vec!["哈尔滨市人民政府办公厅".into()],
            signed: vec![],
            issued: Date::day(2017, 10, 18),
            year: Some(2017),
            jurisdiction: None,
            publishers: vec![],
            mentioned: vec![],
            own_level: None,
            based_on: vec![cited],
        },
        place: Some(Place {
            id: crate::iri::place("230100"),
            name: "哈尔滨市".into(),
            level: Level::City,
            code: Some("230100".into()),
            within: vec![Place {
                id: crate::iri::place("230000"),
                name: "黑龙江省".into(),
                level: Level::Province,
                code: Some("230000".into()),
                within: vec![],
            }],
        }),
        numbers: vec![],
        issuers: vec![],
        conventions: vec![Convention {
            rule: Rule::FirstListedLeads,
            span: Span::new(1203, 1215),
            scope: Span::new(0, 2000),
            from: Some("(十三)".into()),
            to: None,
            bodies: vec![],
            tasks: vec![13],
        }],
        tasks: vec![TaskFacts { id: crate::iri::task(&id, "(十三)"), task: task(), parties: vec![0] }],
        organisations: vec![Organisation {
            id: crate::iri::organisation("哈尔滨市卫生和计划生育委员会"),
            name: "哈尔滨市卫生和计划生育委员会".into(),
            kind: BodyKind::Department,
            function: None,
            place: None,
            printed: vec!["市卫生计生委".into()],
            key: Some("health.wshjhsywyh.pcx".into()),
            basis: MatchBasis::Prefix,
            confidence: 1.0,
        }],
        goals: vec![],
        corrections: vec![],
        findings: vec![Finding::new(Code::NoDate, None, "没有日期", "no date").with_hint("补上", "add it")],
        id,
    }
}

fn task() -> Task {
    let party = |name: &str, role, rank, confidence| Responsibility {
        name: name.into(),
        role,
        rank,
        basis: Basis::Convention(Rule::FirstListedLeads),
        confidence,
        doubts: vec![],
        span: Span::new(1190, 1196),
        cell: None,
        body: None,
        corrections: vec![],
    };
    Task {
        seq: 13,
        label: "(十三)".into(),
        path: vec!["二、重点工作".into(), "=改革".into()],
        title: None,
        text: "建成1个\"医联体\"，\n3个月内见效。".into(),
        span: Span::new(1100, 1219),
        clause: Some("市卫生计生委、市财政局负责".into()),
        clause_span: None,
        mode: Mode::FirstListed,
        open: false,
        inherited: false,
        responsibilities: vec![party("市卫生计生委", Role::Lead, 1, 0.98), party("市财政局", Role::Supporting, 2, 1.0)],
        indicators: vec![Indicator {
            name: "医联体".into(),
            comparator: Comparator::AtLeast,
            value: 1.0,
            value_max: None,
            unit: "个".into(),
            baseline: Some(0.5),
            by: Date::year(2017),
            soft: false,
            binding: Some(Binding::Expected),
            scope: Some("全市".into()),
            basis: Evidence::Delivery,
            confidence: 0.9,
            span: Span::new(1102, 1104),
            corrections: vec![],
        }],
        deadlines: vec![Deadline {
            relation: DeadlineRelation::Relative,
            date: None,
            start: None,
            duration: Some("3个月".into()),
            after: Some("印发".into()),
            recurrence: None,
            text: "3个月内".into(),
            inferred_year: false,
            basis: DeadlineBasis::Event,
            confidence: 0.9,
            span: Span::new(1110, 1114),
            corrections: vec![],
        }],
        citations: vec![],
        findings: vec![Finding::new(Code::UnreadClause, Span::new(1190, 1200), "读不出来", "cannot be read")],
        corrections: vec![],
    }
}
