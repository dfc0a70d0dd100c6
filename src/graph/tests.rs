use std::collections::BTreeSet;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, Quad, Term};

use super::vocabulary::{class, dcat, dcterms, oa, org, prov, qudt, void, z};
use super::*;
use crate::diagnostic::Severity;
use crate::extract::{Act, Basis, ClaimKind, Comparator, DeadlineBasis, DeadlineRelation, Mode, Role, Rule};
use crate::iri;
use crate::knowledge::{Level, ReformKind};
use crate::ledger::{Column, Edit, Entry, Returned, Rewrite};
use crate::parse::CitationRelation;
use crate::resolve::BodyKind;

fn ontology() -> Vec<Quad> {
    RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(ONTOLOGY_TURTLE)
        .collect::<Result<_, _>>()
        .expect("the ontology is Turtle")
}

fn ours(node: &NamedNode) -> bool {
    node.as_str().starts_with(iri::ONTOLOGY)
}

/// The terms that the ontology types with a class whose name ends so and that are in use.
fn defined(suffix: &str) -> BTreeSet<String> {
    let quads = ontology();
    let is_reserved = |quad: &&Quad| quad.predicate.as_str().ends_with("#term_status");
    let reserved: BTreeSet<String> = quads.iter().filter(is_reserved).map(|quad| quad.subject.to_string()).collect();
    quads
        .iter()
        .filter(|quad| !reserved.contains(&quad.subject.to_string()))
        .filter(|quad| quad.predicate.as_str().ends_with("#type"))
        .filter(|quad| matches!(&quad.object, Term::NamedNode(class) if class.as_str().ends_with(suffix)))
        .map(|quad| quad.subject.to_string())
        .collect()
}

#[test]
fn the_ontology_defines_the_terms_of_the_mapping_and_no_others() {
    let used: BTreeSet<String> = z::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(used, defined("Property"));
    let concepts =
        ["Role", "Basis", "Mode", "Rule", "Level", "BodyKind", "Comparator", "DeadlineRelation", "Act", "ClaimKind"];
    let mut used: BTreeSet<String> = class::ALL.iter().map(ToString::to_string).collect();
    used.extend(
        concepts
            .iter()
            .chain(&["CitationRelation", "DeadlineBasis", "Severity", "Claim", "ReformKind", "Certainty", "Status"])
            .map(|name| format!("<{}>", iri::term(name))),
    );
    assert_eq!(used, defined("owl#Class"));
}

#[test]
fn every_value_of_the_types_is_a_concept_and_every_concept_a_value() {
    let rules = Rule::ALL;
    let bases = [Basis::Stated, Basis::SoleResponsible, Basis::Listed, Basis::Column, Basis::Correction];
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let families: [(&str, &str, Vec<&str>); 16] = [
        ("role", "#Role", Role::ALL.iter().map(|role| role.as_str()).collect()),
        ("mode", "#Mode", Mode::ALL.iter().map(|mode| mode.as_str()).collect()),
        ("rule", "#Rule", rules.iter().map(|rule| rule.as_str()).collect()),
        ("basis", "#Basis", bases.into_iter().chain(rules.map(Basis::Convention)).map(Basis::as_str).collect()),
        ("level", "#Level", Level::ALL.iter().map(|level| level.as_str()).collect()),
        (
            "kind",
            "#BodyKind",
            [BodyKind::Department, BodyKind::Collective, BodyKind::Generic].map(BodyKind::as_str).to_vec(),
        ),
        ("comparator", "#Comparator", Comparator::ALL.iter().map(|value| value.slug()).collect()),
        ("deadline", "#DeadlineRelation", DeadlineRelation::ALL.iter().map(|value| value.as_str()).collect()),
        ("act", "#Act", Act::ALL.iter().map(|act| act.as_str()).collect()),
        ("claim", "#ClaimKind", ClaimKind::ALL.iter().map(|kind| kind.as_str()).collect()),
        ("deadline-basis", "#DeadlineBasis", DeadlineBasis::ALL.iter().map(|value| value.as_str()).collect()),
        ("reform", "#ReformKind", ReformKind::ALL.iter().map(|kind| kind.as_str()).collect()),
        ("status", "#Status", crate::ledger::Status::ALL.iter().map(|status| status.as_str()).collect()),
        ("certainty", "#Certainty", vec!["certain", "usual", "inferred"]),
        ("severity", "#Severity", severities.map(Severity::as_str).to_vec()),
        ("citation", "#CitationRelation", CitationRelation::ALL.iter().map(|value| value.as_str()).collect()),
    ];
    for (family, class, names) in families {
        let expected: BTreeSet<String> = names.iter().map(|name| format!("<{}>", iri::concept(family, name))).collect();
        assert_eq!(expected, defined(class), "{family}");
    }
}

/// A graph that says everything that a graph can say.
fn whole() -> DocumentGraph {
    let facts = crate::sample::facts();
    let text = Text::new("一、重点任务的文字\n".repeat(80));
    let findings = facts.findings.clone();
    let graph = DocumentGraph::of(&Checked { facts, text, cells: Vec::new(), findings });
    let ledger = DocumentGraph::of_ledger("台账.xlsx", &returned(), &[&graph]);
    DocumentGraph::from_quads(graph.document.clone(), graph.quads.into_iter().chain(ledger.quads))
}

/// A ledger of the sample's document in which a person wrote everything that can be written.
fn returned() -> Returned {
    let facts = crate::sample::facts();
    let rewrite = |column: Column, role| Rewrite {
        column,
        name: "市财政局".to_owned(),
        role,
        rank: 1,
        organisation: facts.organisations.first().cloned(),
    };
    let edit = Edit { column: Column::Leads, was: "市卫生健康委".to_owned(), becomes: "市财政局".to_owned() };
    let entry = Entry {
        document: facts.id.clone(),
        task: Some(facts.tasks[0].id.clone()),
        status: Some(crate::ledger::Status::InProgress),
        progress: "方案已印发".to_owned(),
        on: crate::date::Date::parse_iso("2031-06-30"),
        by: "李明".to_owned(),
        cell: "表!A4".to_owned(),
        due: crate::date::Date::parse_iso("2032-06-30"),
        edits: vec![edit],
        parties: vec![rewrite(Column::Leads, Role::Lead)],
        ..Entry::default()
    };
    Returned { entries: vec![entry], ..Returned::default() }
}

#[test]
fn what_people_wrote_leads_back_to_them_to_the_ledger_and_to_what_was_printed() {
    let facts = crate::sample::facts();
    let document = DocumentGraph::new(&facts);
    let graph = DocumentGraph::of_ledger("台账.xlsx", &returned(), &[&document]);
    let prov = |name: &str| format!("http://www.w3.org/ns/prov#{name}");
    let entry = iri::part(&graph.document, "entry", 1);
    let party = iri::part(&entry, "party", 1);
    let ledger = format!("<{}>", graph.document);
    for part in [&entry, &party] {
        assert_eq!(objects(&graph, part, &prov("wasDerivedFrom")), std::slice::from_ref(&ledger));
        assert_eq!(objects(&graph, part, &prov("wasAttributedTo")), [format!("<{}>", iri::person("李明"))]);
    }
    let lead = iri::part(&facts.tasks[0].id, "responsibility", 1);
    assert_eq!(objects(&graph, &party, &prov("wasRevisionOf")), [format!("<{lead}>")]);
    assert_eq!(objects(&document, &lead, &iri::term("role")), [format!("<{}>", iri::concept("role", "lead"))]);
    let status = objects(&graph, &entry, &iri::term("status"));
    assert_eq!(status, [format!("<{}>", iri::concept("status", "in-progress"))]);
    let empty = DocumentGraph::of_ledger("台账.xlsx", &Returned::default(), &[]);
    assert!(empty.quads.is_empty(), "a ledger in which nobody wrote says nothing");
}

#[test]
fn carried_graphs_are_those_of_documents_alone() {
    let graph = DocumentGraph::new(&crate::sample::facts());
    assert_eq!(DocumentGraph::of_carried(&graph.document, &graph.to_nquads()), Some(graph.clone()));
    assert_eq!(DocumentGraph::of_carried("https://example.org/other", &graph.to_nquads()), None);
    assert_eq!(DocumentGraph::of_carried(&graph.document, "no quads"), None);
    assert_eq!(DocumentGraph::of_carried(&iri::dataset(), &graph.to_nquads()), None, "what describes the store");
}

#[test]
fn every_term_has_label_definition_and_example_in_both_languages() {
    let quads = ontology();
    let terms: BTreeSet<String> = quads.iter().map(|quad| quad.subject.to_string()).collect();
    for term in terms.iter().filter(|term| term.contains('#')) {
        let is_concept = quads
            .iter()
            .any(|quad| quad.subject.to_string() == *term && quad.predicate.as_str().ends_with("core#inScheme"));
        let is_scheme =
            term.ends_with("s>") && !defined("owl#Class").contains(term) && !defined("Property").contains(term);
        // classes and properties have an example too
        let wanted: &[&str] = if is_concept || is_scheme {
            &["rdf-schema#label", "core#definition"]
        } else {
            &["rdf-schema#label", "core#definition", "core#example"]
        };
        for predicate in wanted {
            let languages: BTreeSet<&str> = quads
                .iter()
                .filter(|quad| quad.subject.to_string() == *term && quad.predicate.as_str().ends_with(predicate))
                .filter_map(|quad| match &quad.object {
                    Term::Literal(literal) => literal.language(),
                    _ => None,
                })
                .collect();
            assert_eq!(languages, BTreeSet::from(["en", "zh"]), "{term} {predicate}");
        }
    }
}

#[test]
fn a_sample_uses_every_term_and_only_defined_ones() {
    let graph = whole();
    let known = [defined("Property"), defined("owl#Class")].concat_sets();
    let mut used = BTreeSet::new();
    for quad in &graph.quads {
        assert!(!quad.subject.is_blank_node() && !quad.object.is_blank_node());
        assert_eq!(quad.graph_name.to_string(), format!("<{}>", graph.document));
        if ours(&quad.predicate) {
            used.insert(quad.predicate.to_string());
        }
        if let Term::NamedNode(object) = &quad.object {
            NamedNode::new(object.as_str()).expect("a valid IRI");
            if ours(object) && quad.predicate.as_str().ends_with("#type") {
                used.insert(object.to_string());
            }
        }
    }
    let unknown: Vec<_> = used.difference(&known).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let unused: Vec<_> =
        z::ALL.iter().chain(class::ALL).map(ToString::to_string).filter(|term| !used.contains(term)).collect();
    assert!(unused.is_empty(), "the sample lacks {unused:?}");
    let named: BTreeSet<String> =
        graph.quads.iter().flat_map(|quad| [quad.predicate.to_string(), quad.object.to_string()]).collect();
    for term in [prov::ALL, oa::ALL, org::ALL, qudt::ALL].concat() {
        assert!(named.contains(&term.to_string()), "the sample lacks {term}");
    }
}

#[test]
fn what_a_store_holds_is_told_by_void_and_dcat() {
    let holdings = Holdings {
        documents: 2,
        triples: 30,
        classes: [(iri::term("Task"), 3)].into(),
        properties: [(iri::term("issued"), 2), ("http://purl.org/dc/terms/issued".to_owned(), 2)].into(),
        places: [iri::place("990100")].into(),
        years: Some((2030, 2031)),
    };
    let graph = DocumentGraph::of_holdings(&holdings);
    assert_eq!(graph, DocumentGraph::of_holdings(&holdings));
    assert_eq!(objects(&graph, &iri::dataset(), "http://rdfs.org/ns/void#propertyPartition").len(), 2);
    let tasks = format!("{}/class/z.Task", iri::dataset());
    let integer = "^^<http://www.w3.org/2001/XMLSchema#integer>";
    assert_eq!(objects(&graph, &tasks, "http://rdfs.org/ns/void#entities"), [format!("\"3\"{integer}")]);
    let named: BTreeSet<String> =
        graph.quads.iter().flat_map(|quad| [quad.predicate.to_string(), quad.object.to_string()]).collect();
    for term in [void::ALL, dcat::ALL, dcterms::ALL].concat() {
        assert!(named.contains(&term.to_string()), "{term}");
    }
}

#[test]
fn the_same_facts_give_the_same_sorted_bytes() {
    let text = whole().to_nquads();
    assert_eq!(text, whole().to_nquads());
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.is_sorted_by(|a, b| a < b));
    let parsed = RdfParser::from_format(RdfFormat::NQuads).for_slice(&text).count();
    assert_eq!(parsed, lines.len());
}

trait ConcatSets {
    fn concat_sets(self) -> BTreeSet<String>;
}

impl ConcatSets for [BTreeSet<String>; 2] {
    fn concat_sets(self) -> BTreeSet<String> {
        self.into_iter().flatten().collect()
    }
}

#[test]
fn a_cited_document_has_the_name_that_it_has_when_read() {
    let cited = crate::sample::parent().id;
    let graph = DocumentGraph::new(&crate::sample::facts());
    let implements = |quad: &&Quad| quad.predicate == z::IMPLEMENTS;
    let objects: Vec<String> = graph.quads.iter().filter(implements).map(|quad| quad.object.to_string()).collect();
    assert_eq!(objects, [format!("<{cited}>")]);
}

/// The objects of a property, sorted.
fn objects(graph: &DocumentGraph, subject: &str, predicate: &str) -> Vec<String> {
    let about =
        |quad: &&Quad| quad.subject.to_string() == format!("<{subject}>") && quad.predicate.as_str() == predicate;
    graph.quads.iter().filter(about).map(|quad| quad.object.to_string()).collect()
}

#[test]
fn a_convention_governs_the_tasks_that_it_names_and_no_others() {
    let mut facts = crate::sample::facts();
    facts.conventions[0].tasks = vec![2, 5];
    let graph = DocumentGraph::new(&facts);
    let governed = objects(&graph, &iri::part(&facts.id, "convention", 1), &iri::term("governs"));
    let expected: Vec<String> = [1, 4].map(|index: usize| format!("<{}>", facts.tasks[index].id)).to_vec();
    assert_eq!(BTreeSet::from_iter(governed), BTreeSet::from_iter(expected));
}

#[test]
fn every_relation_of_the_preamble_is_stated_directly_by_our_property_and_the_wider_one() {
    let facts = crate::sample::facts();
    let graph = DocumentGraph::new(&facts);
    let ontology = ontology();
    let expected = [
        (CitationRelation::BasedOn, z::BASED_ON, "http://data.europa.eu/eli/ontology#based_on"),
        (CitationRelation::Implements, z::IMPLEMENTS, "http://data.europa.eu/eli/ontology#ensures_implementation_of"),
        (CitationRelation::Forwards, z::FORWARDS, "http://purl.org/dc/terms/relation"),
        (CitationRelation::Cites, z::CITES, "http://data.europa.eu/eli/ontology#cites"),
        (CitationRelation::Amends, z::AMENDS, "http://data.europa.eu/eli/ontology#amends"),
        (CitationRelation::Replaces, z::REPLACES, "http://data.europa.eu/eli/ontology#repeals"),
    ];
    assert_eq!(expected.map(|(relation, ..)| relation), CitationRelation::ALL);
    for (relation, property, wider) in expected {
        let [citation] =
            facts.head.based_on.iter().filter(|citation| citation.relation == relation).collect::<Vec<_>>()[..]
        else {
            panic!("the sample has not one {}", relation.as_str())
        };
        let cited = iri::document(citation.number.as_deref().or(citation.title.as_deref()).unwrap_or_default());
        for name in [property.as_str(), wider] {
            assert_eq!(objects(&graph, &facts.id, name), [format!("<{cited}>")], "{name}");
        }
        let is_wider = |quad: &Quad| {
            quad.subject.to_string() == property.to_string()
                && quad.predicate.as_str().ends_with("#subPropertyOf")
                && quad.object.to_string() == format!("<{wider}>")
        };
        assert!(ontology.iter().any(is_wider), "the ontology does not say that {wider} is wider");
    }
}

#[test]
fn documents_that_resolve_a_body_differently_do_not_contradict_each_other() {
    let sure = crate::sample::facts();
    let mut doubtful = crate::sample::facts();
    doubtful.id = iri::document("另一文件");
    for body in &mut doubtful.organisations {
        body.key = None;
        body.confidence = 0.6;
        body.printed = vec!["另一名称".to_owned()];
    }
    let single =
        ["rdf-schema#label", "#kind", "#registered", "#jurisdiction", "#function", "#level", "#code", "#within"];
    let mut said = std::collections::BTreeMap::new();
    for quad in [sure, doubtful].iter().flat_map(|facts| DocumentGraph::new(facts).quads) {
        let shared =
            ["/organisation/", "/place/", "/function/"].iter().any(|part| quad.subject.to_string().contains(part));
        if shared && single.iter().any(|name| quad.predicate.as_str().ends_with(name)) {
            let known = said.entry((quad.subject.to_string(), quad.predicate)).or_insert_with(|| quad.object.clone());
            assert_eq!(*known, quad.object);
        }
    }
    assert!(said.len() > 20, "{said:?}");
}

#[test]
fn what_is_said_of_a_body_depends_on_the_registry() {
    let mut facts = crate::sample::facts();
    facts.organisations[2].key = None;
    facts.organisations[2].name = "电信公司".to_owned();
    let graph = DocumentGraph::new(&facts);
    let of = |index: usize, predicate: &str| objects(&graph, &facts.organisations[index].id, predicate);
    let kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    let formal = "<http://www.w3.org/ns/org#FormalOrganization>".to_owned();
    let plain = "<http://www.w3.org/ns/org#Organization>".to_owned();
    assert!(of(1, kind).contains(&formal) && !of(1, kind).contains(&plain));
    assert!(of(2, kind).contains(&plain) && !of(2, kind).contains(&formal));
    assert_eq!(of(1, &iri::term("registered")).len(), 1);
    assert!(of(2, &iri::term("registered")).is_empty());
    assert_eq!(of(1, &iri::term("jurisdiction")).len(), 1);
    assert!(of(2, &iri::term("jurisdiction")).is_empty(), "its name holds no place");
    assert_eq!(of(4, &iri::term("jurisdiction")).len(), 1);
    let health = objects(&graph, &iri::function("health"), "http://www.w3.org/2004/02/skos/core#notation");
    assert_eq!(health, ["\"health\""]);
    let part = iri::part(&facts.tasks[0].id, "responsibility", 1);
    assert_eq!(objects(&graph, &part, &iri::term("matchConfidence")).len(), 1);
}

#[test]
fn a_corrected_claim_leads_back_to_the_person_and_to_what_was_read() {
    let facts = crate::sample::facts();
    let graph = DocumentGraph::new(&facts);
    let prov = |name: &str| format!("http://www.w3.org/ns/prov#{name}");
    let correction = iri::part(&facts.id, "correction", 1);
    let former = format!("{correction}/former");
    let claim = iri::part(&facts.tasks[0].id, "deadline", 1);
    assert_eq!(objects(&graph, &claim, &iri::term("correctedBy")), [format!("<{correction}>")]);
    assert_eq!(objects(&graph, &claim, &prov("wasGeneratedBy")), [format!("<{correction}>")]);
    assert_eq!(objects(&graph, &claim, &prov("wasRevisionOf")), [format!("<{former}>")]);
    let person = format!("<{}>", iri::person("李明"));
    assert_eq!(objects(&graph, &claim, &prov("wasAttributedTo")), std::slice::from_ref(&person));
    assert_eq!(objects(&graph, &correction, &prov("wasAssociatedWith")), [person]);
    assert_eq!(objects(&graph, &former, &iri::term("words")), ["\"before 2030-12-31\"@zh"]);
    let removed = iri::part(&facts.id, "correction", 2);
    assert!(objects(&graph, &removed, &iri::term("becomes")).is_empty());
    assert_eq!(objects(&graph, &format!("{removed}/former"), &prov("wasInvalidatedBy")), [format!("<{removed}>")]);
}
