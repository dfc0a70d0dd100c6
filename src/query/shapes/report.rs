//! Violations: what is at fault, in words, and where the document says it.

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::compile::BETWEEN;
use super::model::{Constraint, Shape, Test};
use super::names::Names;
use crate::diagnostic::{Message, Severity};
use crate::iri;
use crate::query::table;

/// The most values that are named one by one.
const NAMED: usize = 3;

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Offset of the first character.
    pub start: usize,
    /// Offset behind the last character.
    pub end: usize,
    /// Line, from 1; none where the graph does not tell how the text is divided.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// The characters, where the graph repeats them.
    pub words: Option<String>,
}

/// Something that does not meet a shape.
#[derive(Clone, Debug)]
pub struct Violation {
    /// Name of the shape.
    pub code: String,
    /// Name of the kind of demand, as SHACL has it.
    pub component: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What ought to be.
    pub message: Message,
    /// What is the case instead.
    pub detail: Option<Message>,
    /// What to do about it.
    pub hint: Option<Message>,
    /// The graph in which it is so; where the union was checked, the first that speaks of the thing.
    pub graph: Option<NamedNode>,
    /// File that the document was read from.
    pub source: Option<String>,
    /// Title or number of the document.
    pub document: Option<String>,
    /// What is at fault.
    pub focus: Term,
    /// What is at fault, in words.
    pub name: Message,
    /// The property in question.
    pub property: Option<NamedNode>,
    /// The value at fault.
    pub value: Option<Term>,
    /// Where the document speaks of it.
    pub place: Option<Place>,
}

/// A row of the query of a shape.
pub(super) struct Found {
    pub(super) graph: Option<Term>,
    pub(super) focus: Term,
    pub(super) value: Option<Term>,
    pub(super) values: Option<Term>,
}

impl Violation {
    pub(super) fn new(shape: &Shape, constraint: &Constraint, found: Found, names: &Names<'_>) -> Self {
        let graph = match found.graph {
            Some(Term::NamedNode(graph)) => Some(graph),
            _ => names.graphs_of(&found.focus).into_iter().next(),
        };
        let (source, document) = graph.as_ref().map(|graph| names.document(graph)).unwrap_or_default();
        let place = graph.as_ref().and_then(|graph| {
            let of_value = || found.value.as_ref().and_then(|value| names.place(graph, value));
            names.place(graph, &found.focus).or_else(of_value)
        });
        let name = match &graph {
            Some(graph) => names.describe(graph, &found.focus),
            None => Message::new(table::cell(&found.focus), table::cell(&found.focus)),
        };
        let message = match constraint {
            Constraint::Sparql { message: Some(message), .. } => message.clone(),
            _ => shape.message.clone(),
        };
        let is_value = shape.path.is_some() || matches!(constraint, Constraint::Sparql { .. });
        let value = found.value.filter(|value| is_value || *value != found.focus);
        let detail = detail(constraint, shape, value.as_ref(), found.values.as_ref(), graph.as_ref(), names);
        Self {
            code: shape.code.clone(),
            component: constraint.component(),
            severity: shape.severity,
            message,
            detail,
            hint: shape.hint.clone(),
            graph,
            source,
            document,
            focus: found.focus,
            name,
            property: shape.property.clone(),
            value,
            place,
        }
    }
}

/// What is the case, in words.
fn detail(
    constraint: &Constraint,
    shape: &Shape,
    value: Option<&Term>,
    values: Option<&Term>,
    graph: Option<&NamedNode>,
    names: &Names<'_>,
) -> Option<Message> {
    let property = shape.property.as_ref().map(|property| names.term(property));
    if matches!(constraint, Constraint::MinCount(_) | Constraint::HasValue(_)) {
        return Some(match property {
            Some(Message { zh, en }) => Message::new(format!("没有“{zh}”"), format!("there is no {en}")),
            None => Message::new("没有写明", "none is stated"),
        });
    }
    if let (Constraint::MaxCount(_), Some(Term::Literal(values))) = (constraint, values) {
        let mut values: Vec<&str> = values.value().split(BETWEEN).collect();
        values.sort_unstable();
        let count = values.len();
        let shown: Vec<String> = values
            .iter()
            .take(NAMED)
            .map(|value| {
                let node = NamedNode::new(*value).map(Term::from);
                format!("`{}`", node.map_or_else(|_| (*value).to_owned(), |node| names.value(graph, &node)))
            })
            .collect();
        let (zh, en) = (shown.join("、"), shown.join(", "));
        return Some(Message::new(format!("有 {count} 个：{zh}"), format!("there are {count}: {en}")));
    }
    let value = value?;
    let shown = names.value(graph, value);
    Some(match constraint {
        Constraint::Each(Test::Class(_)) => {
            Message::new(format!("`{shown}` 在图中没有记载"), format!("`{shown}` is not described"))
        }
        Constraint::Each(Test::In(_)) => {
            Message::new(format!("`{shown}` 不在所列之中"), format!("`{shown}` is none of those"))
        }
        Constraint::Each(test @ (Test::Datatype(_) | Test::Group(..))) => match value {
            Term::Literal(literal) if wants(test, literal) => {
                Message::new(format!("`{shown}` 不是有效的值"), format!("`{shown}` is no such thing"))
            }
            Term::Literal(literal) => {
                let datatype = table::cell(&literal.datatype().into_owned().into());
                Message::new(format!("`{shown}` 的类型是 {datatype}"), format!("`{shown}` is of type {datatype}"))
            }
            _ if matches!(test, Test::Group(..)) => {
                Message::new(format!("`{shown}` 都不是"), format!("`{shown}` is none of these"))
            }
            _ => Message::new(format!("`{shown}` 不是文字或数值"), format!("`{shown}` is neither text nor number")),
        },
        Constraint::Sparql { .. } => Message::new(format!("涉及 `{shown}`"), format!("this concerns `{shown}`")),
        _ if shown.is_empty() => Message::new("是空的", "it is empty"),
        _ => Message::new(format!("现为 `{shown}`"), format!("it is `{shown}`")),
    })
}

/// Whether a literal is of the type that is asked for, and so not of its form.
fn wants(test: &Test, literal: &Literal) -> bool {
    match test {
        Test::Datatype(datatype) => literal.datatype() == datatype.as_ref(),
        Test::Group(_, shapes) => shapes.iter().flatten().any(|test| wants(test, literal)),
        _ => false,
    }
}

/// Puts violations into the order of documents, places and shapes.
pub(super) fn sort(violations: &mut [Violation]) {
    violations.sort_by_cached_key(|violation| {
        (
            violation.source.clone(),
            violation.graph.as_ref().map(ToString::to_string),
            violation.place.as_ref().map(|place| (place.start, place.end)),
            violation.code.clone(),
            violation.component,
            violation.focus.to_string(),
            violation.value.as_ref().map(ToString::to_string),
        )
    });
}

/// The report as SHACL writes it.
pub fn report(violations: &[Violation]) -> Vec<Quad> {
    let sh = |name: &str| NamedNode::new_unchecked(format!("http://www.w3.org/ns/shacl#{name}"));
    let node = NamedNode::new_unchecked(format!("{}validation", iri::BASE));
    let mut quads = Vec::new();
    let mut state = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, GraphName::DefaultGraph));
    };
    state(&node, rdf::TYPE, sh("ValidationReport").into());
    state(
        &node,
        sh("conforms").as_ref(),
        Literal::new_typed_literal(violations.is_empty().to_string(), xsd::BOOLEAN).into(),
    );
    for (index, violation) in violations.iter().enumerate() {
        let result = NamedNode::new_unchecked(format!("{}validation/{}", iri::BASE, index + 1));
        state(&node, sh("result").as_ref(), result.clone().into());
        state(&result, rdf::TYPE, sh("ValidationResult").into());
        state(&result, sh("focusNode").as_ref(), violation.focus.clone());
        if let Some(property) = &violation.property {
            state(&result, sh("resultPath").as_ref(), property.clone().into());
        }
        if let Some(value) = &violation.value {
            state(&result, sh("value").as_ref(), value.clone());
        }
        let severity = match violation.severity {
            Severity::Error => "Violation",
            Severity::Warning => "Warning",
            Severity::Note => "Info",
        };
        state(&result, sh("resultSeverity").as_ref(), sh(severity).into());
        for (text, lang) in [(&violation.message.zh, "zh"), (&violation.message.en, "en")] {
            let words = Literal::new_language_tagged_literal_unchecked(text, lang);
            state(&result, sh("resultMessage").as_ref(), words.into());
        }
        let shape = NamedNode::new_unchecked(format!("{}shapes#{}", iri::BASE, violation.code));
        state(&result, sh("sourceShape").as_ref(), shape.into());
        state(&result, sh("sourceConstraintComponent").as_ref(), sh(violation.component).into());
    }
    quads
}
