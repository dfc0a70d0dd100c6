//! Shapes from Turtle. What is not understood is refused: a check that is left out in silence would look as if passed.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Graph, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::ShapesError;
use super::model::{Constraint, Group, Shape, Target, Test};
use crate::diagnostic::{Message, Severity};

const SH: &str = "http://www.w3.org/ns/shacl#";
const ACROSS: &str = "https://w3id.org/zeren/shapes#acrossDocuments";
const COMMENT: &str = "http://www.w3.org/2000/01/rdf-schema#comment";

/// What a shape may say that demands nothing.
const SILENT: [&str; 16] = [
    "targetClass",
    "targetSubjectsOf",
    "targetObjectsOf",
    "targetNode",
    "path",
    "property",
    "severity",
    "message",
    "name",
    "description",
    "order",
    "group",
    "defaultValue",
    "deactivated",
    "flags",
    "prefixes",
];

/// Reads shapes; those of one document in the order of their names.
pub(super) fn parse(turtle: &str) -> Result<Vec<Shape>, ShapesError> {
    let mut graph = Graph::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle) {
        let quad = quad.map_err(|error| ShapesError::Syntax(error.to_string()))?;
        graph.insert(quad.as_ref());
    }
    let reader = Reader { graph: &graph };
    let targets = ["targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode"].map(sh);
    let mut nodes: Vec<NamedOrBlankNode> = targets
        .iter()
        .flat_map(|target| graph.triples_for_predicate(target).map(|triple| triple.subject.into_owned()))
        .collect();
    nodes.sort_by_key(ToString::to_string);
    nodes.dedup();
    let mut shapes = Vec::new();
    for node in nodes {
        let targets = reader.targets(&node)?;
        let across = reader.value(&node, NamedNodeRef::new_unchecked(ACROSS)).is_some_and(|value| is_true(&value));
        reader.shape(&node, "shape", &targets, across, &mut shapes)?;
    }
    shapes.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(shapes)
}

struct Reader<'a> {
    graph: &'a Graph,
}

impl Reader<'_> {
    fn values(&self, node: &NamedOrBlankNode, predicate: NamedNodeRef<'_>) -> Vec<Term> {
        let mut values: Vec<Term> = self
            .graph
            .objects_for_subject_predicate(node, predicate)
            .map(oxigraph::model::TermRef::into_owned)
            .collect();
        values.sort_by_key(ToString::to_string);
        values
    }

    fn value(&self, node: &NamedOrBlankNode, predicate: NamedNodeRef<'_>) -> Option<Term> {
        self.values(node, predicate).into_iter().next()
    }

    fn targets(&self, node: &NamedOrBlankNode) -> Result<Vec<Target>, ShapesError> {
        let mut targets = Vec::new();
        for term in self.values(node, sh("targetClass").as_ref()) {
            targets.push(Target::Class(iri(term, "sh:targetClass")?));
        }
        for term in self.values(node, sh("targetSubjectsOf").as_ref()) {
            targets.push(Target::SubjectsOf(iri(term, "sh:targetSubjectsOf")?));
        }
        for term in self.values(node, sh("targetObjectsOf").as_ref()) {
            targets.push(Target::ObjectsOf(iri(term, "sh:targetObjectsOf")?));
        }
        targets.extend(self.values(node, sh("targetNode").as_ref()).into_iter().map(Target::Node));
        Ok(targets)
    }

    /// Reads a shape and those of its properties.
    fn shape(
        &self,
        node: &NamedOrBlankNode,
        around: &str,
        targets: &[Target],
        across: bool,
        shapes: &mut Vec<Shape>,
    ) -> Result<(), ShapesError> {
        let code = code(node).unwrap_or_else(|| around.to_owned());
        if self.value(node, sh("deactivated").as_ref()).is_some_and(|value| is_true(&value)) {
            return Ok(());
        }
        let path = self.value(node, sh("path").as_ref());
        let constraints = self.constraints(node, &code)?;
        if path.is_none() {
            for property in self.values(node, sh("property").as_ref()) {
                self.shape(&as_node(property, "sh:property")?, &code, targets, across, shapes)?;
            }
        } else if self.value(node, sh("property").as_ref()).is_some() {
            return Err(ShapesError::Unsupported { shape: code, term: "sh:property".to_owned() });
        }
        if !constraints.is_empty() {
            let severity = match self.value(node, sh("severity").as_ref()) {
                Some(Term::NamedNode(severity)) if severity == sh("Warning") => Severity::Warning,
                Some(Term::NamedNode(severity)) if severity == sh("Info") => Severity::Note,
                _ => Severity::Error,
            };
            let otherwise = Message::new(format!("不符合 {code}"), format!("does not meet {code}"));
            shapes.push(Shape {
                message: self.words(node, sh("message").as_ref()).unwrap_or(otherwise),
                hint: self.words(node, NamedNodeRef::new_unchecked(COMMENT)),
                property: path.as_ref().and_then(|path| self.last(path)),
                path: path.as_ref().map(|path| self.path(path, &code)).transpose()?,
                targets: targets.to_vec(),
                code,
                across,
                severity,
                constraints,
            });
        }
        Ok(())
    }

    fn constraints(&self, node: &NamedOrBlankNode, code: &str) -> Result<Vec<Constraint>, ShapesError> {
        let mut constraints = Vec::new();
        let mut tests = Vec::new();
        for (name, value) in self.parameters(node) {
            match name.as_str() {
                "minCount" => constraints.push(Constraint::MinCount(number(&value, &name)?)),
                "maxCount" => constraints.push(Constraint::MaxCount(number(&value, &name)?)),
                "hasValue" => constraints.push(Constraint::HasValue(value)),
                "uniqueLang" if is_true(&value) => constraints.push(Constraint::UniqueLang),
                "uniqueLang" => {}
                "lessThan" => constraints.push(Constraint::Less(iri(value, &name)?, false)),
                "lessThanOrEquals" => constraints.push(Constraint::Less(iri(value, &name)?, true)),
                "equals" => constraints.push(Constraint::Same(iri(value, &name)?, true)),
                "disjoint" => constraints.push(Constraint::Same(iri(value, &name)?, false)),
                "sparql" => constraints.push(self.sparql(&as_node(value, "sh:sparql")?, code)?),
                _ => self.test(node, &name, value, code, &mut tests)?,
            }
        }
        constraints.extend(tests.into_iter().map(Constraint::Each));
        Ok(constraints)
    }

    /// The parameters of SHACL that demand something, by name.
    fn parameters(&self, node: &NamedOrBlankNode) -> Vec<(String, Term)> {
        let mut found: Vec<(String, Term)> = self
            .graph
            .triples_for_subject(node)
            .filter_map(|triple| {
                let name = triple.predicate.as_str().strip_prefix(SH)?;
                (!SILENT.contains(&name)).then(|| (name.to_owned(), triple.object.into_owned()))
            })
            .collect();
        found.sort_by_key(|(name, value)| (name.clone(), value.to_string()));
        found
    }

    fn test(
        &self,
        node: &NamedOrBlankNode,
        name: &str,
        value: Term,
        code: &str,
        tests: &mut Vec<Test>,
    ) -> Result<(), ShapesError> {
        tests.push(match name {
            "datatype" => Test::Datatype(iri(value, name)?),
            "class" => Test::Class(iri(value, name)?),
            "nodeKind" => {
                let kind = iri(value, name)?;
                Test::NodeKind(kind.as_str().strip_prefix(SH).unwrap_or_default().to_owned())
            }
            "in" => Test::In(self.list(value)),
            "minInclusive" => Test::Compare(">=", value),
            "minExclusive" => Test::Compare(">", value),
            "maxInclusive" => Test::Compare("<=", value),
            "maxExclusive" => Test::Compare("<", value),
            "minLength" => Test::MinLength(number(&value, name)?),
            "maxLength" => Test::MaxLength(number(&value, name)?),
            "pattern" => {
                let flags = self.value(node, sh("flags").as_ref()).map(|flags| plain(&flags)).unwrap_or_default();
                Test::Pattern(plain(&value), flags)
            }
            "languageIn" => Test::LanguageIn(self.list(value).iter().map(plain).collect()),
            "or" => Test::Group(Group::Or, self.alternatives(value, code)?),
            "and" => Test::Group(Group::And, self.alternatives(value, code)?),
            "xone" => Test::Group(Group::Xone, self.alternatives(value, code)?),
            "not" => Test::Not(self.tests(&value, code)?),
            "node" => Test::Group(Group::And, vec![self.tests(&value, code)?]),
            _ => return Err(ShapesError::Unsupported { shape: code.to_owned(), term: format!("sh:{name}") }),
        });
        Ok(())
    }

    fn alternatives(&self, list: Term, code: &str) -> Result<Vec<Vec<Test>>, ShapesError> {
        self.list(list).iter().map(|shape| self.tests(shape, code)).collect()
    }

    /// The tests of a shape within another, which may say nothing else.
    fn tests(&self, shape: &Term, code: &str) -> Result<Vec<Test>, ShapesError> {
        let node = as_node(shape.clone(), "sh:or")?;
        if self.value(&node, sh("path").as_ref()).is_some() || self.value(&node, sh("property").as_ref()).is_some() {
            return Err(ShapesError::Unsupported { shape: code.to_owned(), term: "sh:path".to_owned() });
        }
        let mut tests = Vec::new();
        for (name, value) in self.parameters(&node) {
            self.test(&node, &name, value, code, &mut tests)?;
        }
        Ok(tests)
    }

    fn sparql(&self, node: &NamedOrBlankNode, code: &str) -> Result<Constraint, ShapesError> {
        let select = self.value(node, sh("select").as_ref()).map(|select| plain(&select));
        let select =
            select.ok_or_else(|| ShapesError::Unsupported { shape: code.to_owned(), term: "sh:sparql".to_owned() })?;
        let mut select = select;
        for declared in self.values(node, sh("prefixes").as_ref()) {
            let declared = as_node(declared, "sh:prefixes")?;
            for entry in self.values(&declared, sh("declare").as_ref()) {
                let entry = as_node(entry, "sh:declare")?;
                let text = |name: &str| self.value(&entry, sh(name).as_ref()).as_ref().map(plain);
                if let (Some(prefix), Some(namespace)) = (text("prefix"), text("namespace")) {
                    select = format!("PREFIX {prefix}: <{namespace}>\n{select}");
                }
            }
        }
        Ok(Constraint::Sparql { select, message: self.words(node, sh("message").as_ref()) })
    }

    /// A text in both languages; one that is there in one language stands for the other.
    fn words(&self, node: &NamedOrBlankNode, predicate: NamedNodeRef<'_>) -> Option<Message> {
        let texts = self.values(node, predicate);
        let literals = || {
            texts.iter().filter_map(|text| match text {
                Term::Literal(literal) => Some(literal),
                _ => None,
            })
        };
        let in_lang = |wanted: &str| {
            literals().find(|text| text.language().is_some_and(|lang| lang.starts_with(wanted))).map(Literal::value)
        };
        let any = literals().next()?.value();
        Some(Message::new(in_lang("zh").unwrap_or(any), in_lang("en").unwrap_or(any)))
    }

    fn list(&self, head: Term) -> Vec<Term> {
        let mut items = Vec::new();
        let mut rest = head;
        while let Ok(node) = as_node(rest, "list") {
            let Some(item) = self.value(&node, rdf::FIRST) else { break };
            items.push(item);
            let Some(next) = self.value(&node, rdf::REST) else { break };
            rest = next;
        }
        items
    }

    /// A path as SPARQL writes it.
    fn path(&self, path: &Term, code: &str) -> Result<String, ShapesError> {
        let unsupported = || ShapesError::Unsupported { shape: code.to_owned(), term: "sh:path".to_owned() };
        let Term::BlankNode(_) = path else { return Ok(iri(path.clone(), "sh:path")?.to_string()) };
        let node = as_node(path.clone(), "sh:path")?;
        if self.value(&node, rdf::FIRST).is_some() {
            let steps: Result<Vec<_>, _> = self.list(path.clone()).iter().map(|step| self.path(step, code)).collect();
            return Ok(format!("({})", steps?.join("/")));
        }
        for (name, before, after) in [
            ("inversePath", "^", ""),
            ("zeroOrMorePath", "", "*"),
            ("oneOrMorePath", "", "+"),
            ("zeroOrOnePath", "", "?"),
        ] {
            if let Some(inner) = self.value(&node, sh(name).as_ref()) {
                return Ok(format!("({before}{}{after})", self.path(&inner, code)?));
            }
        }
        let choice = self.value(&node, sh("alternativePath").as_ref()).ok_or_else(unsupported)?;
        let choices: Result<Vec<_>, _> = self.list(choice).iter().map(|choice| self.path(choice, code)).collect();
        Ok(format!("({})", choices?.join("|")))
    }

    /// The property that a path ends with.
    fn last(&self, path: &Term) -> Option<NamedNode> {
        if let Term::NamedNode(property) = path {
            return Some(property.clone());
        }
        if let Term::BlankNode(node) = path { self.last(self.list(node.clone().into()).last()?) } else { None }
    }
}

fn sh(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{name}"))
}

/// The last part of an IRI; none of a node without one.
fn code(node: &NamedOrBlankNode) -> Option<String> {
    let NamedOrBlankNode::NamedNode(node) = node else { return None };
    node.as_str().rsplit(['#', '/']).next().map(str::to_owned)
}

fn as_node(term: Term, place: &str) -> Result<NamedOrBlankNode, ShapesError> {
    if let Term::NamedNode(node) = term {
        return Ok(node.into());
    }
    if let Term::BlankNode(node) = term {
        Ok(node.into())
    } else {
        Err(ShapesError::Syntax(format!("{place}: {term}")))
    }
}

fn iri(term: Term, place: &str) -> Result<NamedNode, ShapesError> {
    match term {
        Term::NamedNode(node) => Ok(node),
        _ => Err(ShapesError::Syntax(format!("{place}: {term}"))),
    }
}

fn number(term: &Term, place: &str) -> Result<u64, ShapesError> {
    plain(term).parse().map_err(|_| ShapesError::Syntax(format!("{place}: {term}")))
}

fn plain(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}

fn is_true(term: &Term) -> bool {
    matches!(term, Term::Literal(literal) if matches!(literal.value(), "true" | "1"))
}
