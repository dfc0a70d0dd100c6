//! Shapes as SPARQL: one query for each thing that a shape demands, with a row for each violation.
//!
//! Columns: `g` is the graph, unless the union is checked; `this` what is at fault; `value` the value at fault, or
//! `values` where there are too many.

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, Term};

use super::ShapesError;
use super::model::{Constraint, Group, Shape, Target, Test};

/// Between the values of a row that holds several.
pub(super) const BETWEEN: char = '\u{1f}';

const DATE_PARTS: [(&str, &str); 3] = [
    ("gYear", "^-?[0-9]{4,}(Z|[+-][0-9]{2}:[0-9]{2})?$"),
    ("gYearMonth", "^-?[0-9]{4,}-(0[1-9]|1[0-2])(Z|[+-][0-9]{2}:[0-9]{2})?$"),
    (
        "date",
        "^-?[0-9]{4,}-(((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01]))|((0[469]|11)-(0[1-9]|[12][0-9]|30))|(02-(0[1-9]|[12][0-9])))\
         (Z|[+-][0-9]{2}:[0-9]{2})?$",
    ),
];

/// The query that finds what violates a constraint of a shape.
pub(super) fn query(shape: &Shape, constraint: &Constraint) -> Result<String, ShapesError> {
    let targets = targets(&shape.targets);
    let wrap = |body: &str| if shape.across { format!("{{ {body} }}") } else { format!("{{ GRAPH ?g {{ {body} }} }}") };
    let graph = if shape.across { "" } else { "?g " };
    let reach = |value: &str| match &shape.path {
        Some(path) => format!("?this {path} {value} ."),
        None => format!("BIND(?this AS {value})"),
    };
    let rows = |body: String| format!("SELECT DISTINCT {graph}?this ?value WHERE {}", wrap(&body));
    let counted = |body: String, having: String| {
        format!(
            "SELECT {graph}?this (GROUP_CONCAT(DISTINCT STR(?v); SEPARATOR=\"{BETWEEN}\") AS ?values) WHERE {} \
             GROUP BY {graph}?this HAVING(COUNT(DISTINCT ?v) {having})",
            wrap(&body)
        )
    };
    let (one, another) = (reach("?value"), reach("?v"));
    Ok(match constraint {
        Constraint::MinCount(0) => rows(format!("{targets} FILTER(false)")),
        Constraint::MinCount(1) => rows(format!("{targets} FILTER NOT EXISTS {{ {another} }}")),
        Constraint::MinCount(least) => counted(format!("{targets} OPTIONAL {{ {another} }}"), format!("< {least}")),
        Constraint::MaxCount(most) => counted(format!("{targets} {another}"), format!("> {most}")),
        Constraint::HasValue(wanted) => {
            rows(format!("{targets} FILTER NOT EXISTS {{ {} }}", reach(&wanted.to_string())))
        }
        Constraint::UniqueLang => rows(format!(
            "{targets} {one} {another} FILTER(LANG(?value) != \"\" && LANG(?value) = LANG(?v) && STR(?value) < STR(?v))"
        )),
        Constraint::Less(other, or_equal) => {
            let operator = if *or_equal { "<=" } else { "<" };
            rows(format!("{targets} {one} ?this {other} ?v . FILTER(!COALESCE(?value {operator} ?v, false))"))
        }
        Constraint::Same(other, true) => rows(format!(
            "{targets} {{ {one} FILTER NOT EXISTS {{ ?this {other} ?value }} }} UNION \
             {{ ?this {other} ?value FILTER NOT EXISTS {{ {one} }} }}"
        )),
        Constraint::Same(other, false) => rows(format!("{targets} {one} ?this {other} ?value .")),
        Constraint::Each(test) => rows(format!("{targets} {one} FILTER(!({}))", condition(test))),
        Constraint::Sparql { select, .. } => within(select, &targets, shape)?,
    })
}

fn targets(targets: &[Target]) -> String {
    let parts: Vec<String> = targets
        .iter()
        .map(|target| match target {
            Target::Class(class) => format!("{{ ?this a {class} }}"),
            Target::SubjectsOf(property) => format!("{{ ?this {property} ?any }}"),
            Target::ObjectsOf(property) => format!("{{ ?any {property} ?this }}"),
            Target::Node(node) => format!("{{ VALUES ?this {{ {node} }} ?this ?any ?other }}"),
        })
        .collect();
    parts.join(" UNION ")
}

/// Puts the targets before the pattern of a query, within each graph.
fn within(select: &str, targets: &str, shape: &Shape) -> Result<String, ShapesError> {
    let broken = || ShapesError::Unsupported { shape: shape.code.clone(), term: "sh:select".to_owned() };
    let select = match &shape.path {
        Some(path) => select.replace("$PATH", path),
        None => select.to_owned(),
    };
    let (head, rest) = select.split_once('{').ok_or_else(broken)?;
    let (body, tail) = rest.rsplit_once('}').ok_or_else(broken)?;
    if shape.across {
        return Ok(format!("{head}{{ {targets} {body} }}{tail}"));
    }
    let (before, columns) = head.split_once("SELECT").ok_or_else(broken)?;
    let columns = columns.trim_start().strip_prefix("DISTINCT").unwrap_or(columns);
    Ok(format!("{before}SELECT DISTINCT ?g {columns}{{ GRAPH ?g {{ {targets} {body} }} }}{tail}"))
}

/// Whether `?value` meets a test, as an expression.
fn condition(test: &Test) -> String {
    match test {
        Test::Datatype(datatype) => {
            format!("isLiteral(?value) && DATATYPE(?value) = {datatype}{}", well_formed(datatype))
        }
        Test::Class(class) => format!("EXISTS {{ ?value a {class} }}"),
        Test::NodeKind(kind) => {
            let kinds = [("IRI", "isIRI(?value)"), ("Literal", "isLiteral(?value)"), ("BlankNode", "isBlank(?value)")];
            let met: Vec<&str> =
                kinds.iter().filter(|(name, _)| kind.contains(name)).map(|(_, expression)| *expression).collect();
            met.join(" || ")
        }
        Test::In(terms) => {
            let same = |term: &Term| match term {
                // one and the same, and better understood
                Term::NamedNode(_) => format!("?value = {term}"),
                _ => format!("sameTerm(?value, {term})"),
            };
            let terms: Vec<String> = terms.iter().map(same).collect();
            if terms.is_empty() { "false".to_owned() } else { terms.join(" || ") }
        }
        Test::Compare(operator, bound) => format!("COALESCE(?value {operator} {bound}, false)"),
        Test::Pattern(pattern, flags) => {
            format!("!isBlank(?value) && REGEX(STR(?value), {}, {})", quoted(pattern), quoted(flags))
        }
        Test::MinLength(least) => format!("!isBlank(?value) && STRLEN(STR(?value)) >= {least}"),
        Test::MaxLength(most) => format!("!isBlank(?value) && STRLEN(STR(?value)) <= {most}"),
        Test::LanguageIn(languages) => {
            let met: Vec<String> =
                languages.iter().map(|lang| format!("LANGMATCHES(LANG(?value), {})", quoted(lang))).collect();
            format!("isLiteral(?value) && ({})", met.join(" || "))
        }
        Test::Group(group, shapes) => {
            let shapes: Vec<String> = shapes.iter().map(|tests| all(tests)).collect();
            match group {
                Group::Or => shapes.join(" || "),
                Group::And => shapes.join(" && "),
                Group::Xone => {
                    let met: Vec<String> = shapes.iter().map(|shape| format!("IF({shape}, 1, 0)")).collect();
                    format!("({}) = 1", met.join(" + "))
                }
            }
        }
        Test::Not(tests) => format!("!{}", all(tests)),
    }
}

fn all(tests: &[Test]) -> String {
    let tests: Vec<String> = tests.iter().map(|test| format!("({})", condition(test))).collect();
    if tests.is_empty() { "true".to_owned() } else { format!("({})", tests.join(" && ")) }
}

/// The further condition under which a literal of a type has a form of that type.
fn well_formed(datatype: &NamedNode) -> String {
    let local = datatype.as_str().strip_prefix("http://www.w3.org/2001/XMLSchema#").unwrap_or_default();
    if let Some((_, form)) = DATE_PARTS.iter().find(|(name, _)| *name == local) {
        return format!(" && REGEX(STR(?value), {})", quoted(form));
    }
    let cast = [xsd::INTEGER, xsd::DECIMAL, xsd::BOOLEAN, xsd::DOUBLE, xsd::DATE_TIME].contains(&datatype.as_ref());
    if cast {
        return format!(" && COALESCE(isLiteral({datatype}(STR(?value))), false)");
    }
    if datatype.as_ref() == rdf::LANG_STRING { " && LANG(?value) != \"\"".to_owned() } else { String::new() }
}

fn quoted(text: &str) -> String {
    Term::from(Literal::from(text)).to_string()
}
