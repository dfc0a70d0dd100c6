//! JSON, in the shapes and the order of keys that other programs build on.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::diagnostic::{Finding, Lang};
use crate::extract::{Binding, Citation, Convention, Correction, Deadline, Goal, Indicator};
use crate::resolve::{Facts, Place, TaskFacts};
use crate::span::Span;

/// Writes a value on one line.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)
}

/// A number, written without a decimal point where it is whole, and else with at most six decimals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(rounded(self.0, 1e6), serializer)
    }
}

/// A measure that others compute too, with at most twelve decimals, so that it can be compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precise(pub f64);

impl Serialize for Precise {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(precise(self.0), serializer)
    }
}

/// A measure with at most twelve decimals.
pub(super) fn precise(value: f64) -> f64 {
    rounded(value, 1e12)
}

fn rounded(value: f64, scale: f64) -> f64 {
    let rounded = (value * scale).round() / scale;
    if rounded.is_finite() { rounded } else { value }
}

fn write<S: Serializer>(shown: f64, serializer: S) -> Result<S::Ok, S::Error> {
    match format!("{shown}").parse::<i64>() {
        Ok(whole) => serializer.serialize_i64(whole),
        Err(_) => serializer.serialize_f64(shown),
    }
}

/// Writes the facts of one document as one line of JSON; messages in the language asked for.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn facts(out: &mut dyn Write, facts: &Facts, lang: Lang) -> io::Result<()> {
    let shape = FactsShape {
        document: DocumentShape::of(facts),
        tasks: facts.tasks.iter().map(|task| TaskShape::of(facts, task, lang)).collect(),
        findings: findings(&facts.findings, lang),
        goals: facts.goals.iter().map(|goal| GoalShape::of(facts, goal)).collect(),
    };
    line(out, &shape)
}

#[derive(Serialize)]
struct FactsShape<'a> {
    document: DocumentShape<'a>,
    tasks: Vec<TaskShape<'a>>,
    findings: Vec<FindingShape<'a>>,
    goals: Vec<GoalShape<'a>>,
}

#[derive(Serialize)]
struct DocumentShape<'a> {
    id: &'a str,
    source: &'a str,
    title: Option<&'a str>,
    number: Option<&'a str>,
    kind: Option<&'a str>,
    issuers: Vec<&'a str>,
    issued: Option<String>,
    year: Option<i16>,
    jurisdiction: Option<PlaceShape<'a>>,
    based_on: Vec<CitationShape<'a>>,
    conventions: Vec<ConventionShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number_parts: Option<NumberShape<'a>>,
    corrections: Vec<CorrectionShape<'a>>,
}

impl<'a> DocumentShape<'a> {
    fn of(facts: &'a Facts) -> Self {
        let head = &facts.head;
        let full = |index: usize| {
            facts.issuers.get(index).and_then(|&body| facts.organisations.get(body)).map(|body| body.name.as_str())
        };
        // as printed, unless the place is left out
        let printed = head.issuers.iter().enumerate();
        let named = |name: &'a str, index: usize| {
            let elided = crate::extract::split_prefix(name).0.is_some();
            full(index).filter(|full| elided && full.len() > name.len()).unwrap_or(name)
        };
        let issuers: Vec<&str> = printed.map(|(index, name)| named(name, index)).collect();
        Self {
            id: &facts.id,
            source: &facts.source,
            title: head.title.as_deref(),
            number: head.number.as_deref(),
            kind: head.kind.as_deref(),
            issuers: if issuers.is_empty() { (0..facts.issuers.len()).filter_map(full).collect() } else { issuers },
            issued: head.issued.map(|date| date.to_string()),
            year: head.year,
            jurisdiction: facts.place.as_ref().map(PlaceShape::of),
            based_on: head.based_on.iter().map(|citation| CitationShape::of(facts, citation)).collect(),
            conventions: facts.conventions.iter().map(ConventionShape::of).collect(),
            number_parts: NumberShape::of(facts, head.number.as_deref()),
            corrections: facts.corrections.iter().map(CorrectionShape::of).collect(),
        }
    }
}

/// A place with those around it.
#[derive(Serialize)]
pub(super) struct PlaceShape<'a> {
    name: &'a str,
    level: &'static str,
    code: Option<&'a str>,
    within: Vec<&'a str>,
}

impl<'a> PlaceShape<'a> {
    pub(super) fn of(place: &'a Place) -> Self {
        Self {
            name: &place.name,
            level: place.level.as_str(),
            code: place.code.as_deref(),
            within: place.within.iter().map(|around| around.name.as_str()).collect(),
        }
    }
}

#[derive(Serialize)]
struct CitationShape<'a> {
    number: Option<&'a str>,
    title: Option<&'a str>,
    relation: &'static str,
    span: Span,
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_for: Option<NamedShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number_parts: Option<NumberShape<'a>>,
}

impl<'a> CitationShape<'a> {
    fn of(facts: &'a Facts, citation: &'a Citation) -> Self {
        Self {
            number: citation.number.as_deref(),
            title: citation.title.as_deref(),
            relation: citation.relation.as_str(),
            span: citation.span,
            stands_for: citation
                .stands_for
                .as_ref()
                .map(|named| NamedShape { number: named.number.as_deref(), title: named.title.as_deref() }),
            number_parts: NumberShape::of(facts, citation.number.as_deref()),
        }
    }
}

#[derive(Serialize)]
struct NamedShape<'a> {
    number: Option<&'a str>,
    title: Option<&'a str>,
}

/// What a document number is made of.
#[derive(Serialize)]
struct NumberShape<'a> {
    prefix: &'a str,
    year: Option<i16>,
    serial: u32,
    issuer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<Number>,
}

impl<'a> NumberShape<'a> {
    fn of(facts: &'a Facts, number: Option<&str>) -> Option<Self> {
        let found = facts.numbers.iter().find(|known| Some(known.number.as_str()) == number)?;
        Some(Self {
            prefix: found.prefix.as_deref()?,
            year: found.year,
            serial: found.serial?,
            issuer: found.issuer.as_deref(),
            confidence: found.issuer.as_ref().map(|_| Number(found.confidence)),
        })
    }
}

#[derive(Serialize)]
struct ConventionShape<'a> {
    rule: &'static str,
    from: Option<&'a str>,
    span: Span,
    to: Option<&'a str>,
    bodies: Vec<&'a str>,
}

impl<'a> ConventionShape<'a> {
    fn of(convention: &'a Convention) -> Self {
        Self {
            rule: convention.rule.as_str(),
            from: convention.from.as_deref(),
            span: convention.span,
            to: convention.to.as_deref(),
            bodies: convention.bodies.iter().map(|(name, _)| name.as_str()).collect(),
        }
    }
}

/// A correction by a person.
#[derive(Serialize)]
struct CorrectionShape<'a> {
    act: &'static str,
    claim: &'static str,
    task: Option<&'a str>,
    subject: &'a str,
    was: Option<&'a str>,
    becomes: Option<&'a str>,
    why: &'a str,
    by: &'a str,
    on: String,
    span: Option<Span>,
}

impl<'a> CorrectionShape<'a> {
    fn of(correction: &'a Correction) -> Self {
        Self {
            act: correction.act.as_str(),
            claim: correction.claim.as_str(),
            task: correction.task.as_deref(),
            subject: &correction.subject,
            was: correction.was.as_deref(),
            becomes: correction.becomes.as_deref(),
            why: &correction.why,
            by: &correction.by,
            on: correction.on.to_string(),
            span: correction.span,
        }
    }
}

/// The corrections that a claim names.
fn corrections<'a>(facts: &'a Facts, indices: &[usize]) -> Vec<CorrectionShape<'a>> {
    indices.iter().filter_map(|&index| facts.corrections.get(index)).map(CorrectionShape::of).collect()
}

#[derive(Serialize)]
struct TaskShape<'a> {
    id: &'a str,
    seq: usize,
    label: &'a str,
    path: &'a [String],
    title: Option<&'a str>,
    text: &'a str,
    span: Option<Span>,
    clause: Option<&'a str>,
    mode: &'static str,
    open: bool,
    inherited: bool,
    responsibilities: Vec<PartyShape<'a>>,
    indicators: Vec<IndicatorShape<'a>>,
    deadlines: Vec<DeadlineShape<'a>>,
    citations: Vec<CitationShape<'a>>,
    findings: Vec<FindingShape<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<CorrectionShape<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recurring: Vec<DeadlineShape<'a>>,
}

/// The place of words; none of what a person added and the document does not print.
fn printed(span: Span) -> Option<Span> {
    (!span.is_empty()).then_some(span)
}

impl<'a> TaskShape<'a> {
    fn of(facts: &'a Facts, entry: &'a TaskFacts, lang: Lang) -> Self {
        let task = &entry.task;
        let parties = task.responsibilities.iter().enumerate().map(|(index, party)| PartyShape {
            name: &party.name,
            organisation: entry
                .parties
                .get(index)
                .and_then(|&body| facts.organisations.get(body))
                .map(|body| body.id.as_str()),
            role: party.role.as_str(),
            rank: party.rank,
            basis: party.basis.as_str(),
            confidence: Number(party.confidence),
            span: printed(party.span),
            cell: party.cell.as_deref(),
            doubts: party.doubts.iter().map(|doubt| doubt.as_str()).collect(),
            corrections: corrections(facts, &party.corrections),
        });
        Self {
            id: &entry.id,
            seq: task.seq,
            label: &task.label,
            path: &task.path,
            title: task.title.as_deref(),
            text: &task.text,
            span: printed(task.span),
            clause: task.clause.as_deref(),
            mode: task.mode.as_str(),
            open: task.open,
            inherited: task.inherited,
            responsibilities: parties.collect(),
            indicators: task.indicators.iter().map(|indicator| IndicatorShape::of(facts, indicator)).collect(),
            deadlines: task
                .deadlines
                .iter()
                .filter(|due| !due.only_recurs())
                .map(|due| DeadlineShape::of(facts, due))
                .collect(),
            citations: task.citations.iter().map(|citation| CitationShape::of(facts, citation)).collect(),
            findings: findings(&task.findings, lang),
            corrections: corrections(facts, &task.corrections),
            recurring: task
                .deadlines
                .iter()
                .filter(|due| due.only_recurs())
                .map(|due| DeadlineShape::of(facts, due))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct PartyShape<'a> {
    name: &'a str,
    organisation: Option<&'a str>,
    role: &'static str,
    rank: usize,
    basis: &'static str,
    confidence: Number,
    span: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    doubts: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<CorrectionShape<'a>>,
}

#[derive(Serialize)]
struct IndicatorShape<'a> {
    name: &'a str,
    comparator: &'static str,
    value: Number,
    value_max: Option<Number>,
    unit: &'a str,
    baseline: Option<Number>,
    by: Option<String>,
    soft: bool,
    span: Option<Span>,
    confidence: Number,
    basis: &'static str,
    binding: Option<&'static str>,
    scope: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<CorrectionShape<'a>>,
}

impl<'a> IndicatorShape<'a> {
    fn of(facts: &'a Facts, indicator: &'a Indicator) -> Self {
        Self {
            name: &indicator.name,
            comparator: indicator.comparator.as_str(),
            value: Number(indicator.value),
            value_max: indicator.value_max.map(Number),
            unit: &indicator.unit,
            baseline: indicator.baseline.map(Number),
            by: indicator.by.map(|date| date.to_string()),
            soft: indicator.soft,
            span: printed(indicator.span),
            confidence: Number(indicator.confidence),
            basis: indicator.basis.as_str(),
            binding: indicator.binding.map(Binding::as_str),
            scope: indicator.scope.as_deref(),
            corrections: corrections(facts, &indicator.corrections),
        }
    }
}

/// A quantity that the document wants to reach as a whole, and the headings that it stands under.
#[derive(Serialize)]
struct GoalShape<'a> {
    path: &'a [String],
    #[serde(flatten)]
    indicator: IndicatorShape<'a>,
}

impl<'a> GoalShape<'a> {
    fn of(facts: &'a Facts, goal: &'a Goal) -> Self {
        Self { path: &goal.path, indicator: IndicatorShape::of(facts, &goal.indicator) }
    }
}

#[derive(Serialize)]
struct DeadlineShape<'a> {
    relation: &'static str,
    date: Option<String>,
    after: Option<&'a str>,
    text: &'a str,
    span: Option<Span>,
    duration: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recurrence: Option<&'a str>,
    inferred_year: bool,
    basis: &'static str,
    confidence: Number,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<CorrectionShape<'a>>,
}

impl<'a> DeadlineShape<'a> {
    fn of(facts: &'a Facts, deadline: &'a Deadline) -> Self {
        Self {
            relation: deadline.relation.as_str(),
            date: deadline.date.map(|date| date.to_string()),
            after: deadline.after.as_deref(),
            text: &deadline.text,
            span: printed(deadline.span),
            duration: deadline.duration.as_deref(),
            start: deadline.start.map(|date| date.to_string()),
            recurrence: deadline.recurrence.as_deref(),
            inferred_year: deadline.inferred_year,
            basis: deadline.basis.as_str(),
            confidence: Number(deadline.confidence),
            corrections: corrections(facts, &deadline.corrections),
        }
    }
}

#[derive(Serialize)]
struct FindingShape<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    span: Option<Span>,
    hint: Option<&'a str>,
}

fn findings(findings: &[Finding], lang: Lang) -> Vec<FindingShape<'_>> {
    findings
        .iter()
        .map(|finding| FindingShape {
            code: finding.code.as_str(),
            severity: finding.severity.as_str(),
            message: finding.message.in_lang(lang),
            span: finding.span,
            hint: finding.hint.as_ref().map(|hint| hint.in_lang(lang)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_is_that_of_the_contract() {
        let mut out = Vec::new();
        facts(&mut out, &crate::render::sample::facts(), Lang::En).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.lines().count(), 1);
        insta::assert_snapshot!(text.replace("},", "},\n").replace("],\"", "],\n\""), @r#"
        {"document":{"id":"https://w3id.org/zeren/document/哈政办规〔2017〕56号","source":"harbin-2017.txt","title":"关于深化改革的通知","number":"哈政办规〔2017〕56号","kind":"通知","issuers":["哈尔滨市人民政府办公厅"],
        "issued":"2017-10-18","year":2017,"jurisdiction":{"name":"哈尔滨市","level":"city","code":"230100","within":["黑龙江省"]},
        "based_on":[{"number":"黑政办发〔2017〕36号","title":null,"relation":"based-on","span":[30,42]}],
        "conventions":[{"rule":"first-listed-leads","from":"(十三)","span":[1203,1215],
        "to":null,"bodies":[]}],
        "corrections":[]},
        "tasks":[{"id":"https://w3id.org/zeren/document/哈政办规〔2017〕56号/task/十三","seq":13,"label":"(十三)","path":["二、重点工作","=改革"],
        "title":null,"text":"建成1个\"医联体\"，\n3个月内见效。","span":[1100,1219],
        "clause":"市卫生计生委、市财政局负责","mode":"first-listed","open":false,"inherited":false,"responsibilities":[{"name":"市卫生计生委","organisation":"https://w3id.org/zeren/organisation/哈尔滨市卫生和计划生育委员会","role":"lead","rank":1,"basis":"first-listed-leads","confidence":0.98,"span":[1190,1196]},
        {"name":"市财政局","organisation":null,"role":"supporting","rank":2,"basis":"first-listed-leads","confidence":1,"span":[1190,1196]}],
        "indicators":[{"name":"医联体","comparator":">=","value":1,"value_max":null,"unit":"个","baseline":0.5,"by":"2017","soft":false,"span":[1102,1104],
        "confidence":0.9,"basis":"delivery","binding":"expected","scope":"全市"}],
        "deadlines":[{"relation":"relative","date":null,"after":"印发","text":"3个月内","span":[1110,1114],
        "duration":"3个月","inferred_year":false,"basis":"after-event","confidence":0.9}],
        "citations":[],
        "findings":[{"code":"unread-clause","severity":"warning","message":"cannot be read","span":[1190,1200],
        "hint":null}]}],
        "findings":[{"code":"no-date","severity":"note","message":"no date","span":null,"hint":"add it"}],
        "goals":[]}
        "#);
    }

    #[test]
    fn numbers_are_short() {
        let shown = |value| serde_json::to_string(&Number(value)).unwrap();
        assert_eq!([1.0, 0.98, 0.1 + 0.2, -3.0, 1e15].map(shown), ["1", "0.98", "0.3", "-3", "1000000000000000"]);
    }
}
