//! What a store holds, by VoID and DCAT: a graph of its own, so that whoever finds the data can tell what it is.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::NamedNodeRef;
use serde::{Deserialize, Serialize};

use super::DocumentGraph;
use super::ontology::short_iri;
use super::vocabulary::{TITLE, dcat, dcterms, void};
use super::writer::Writer;
use crate::iri;
use crate::span::Text;

/// What a store holds, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holdings {
    /// Documents that were read.
    pub documents: usize,
    /// Statements, each once however many documents make it.
    pub triples: usize,
    /// For each class, by IRI, how many things are of it.
    pub classes: BTreeMap<String, usize>,
    /// For each property, by IRI, how many statements have it.
    pub properties: BTreeMap<String, usize>,
    /// The places that documents speak for, by IRI.
    pub places: BTreeSet<String>,
    /// The first and the last year of the documents.
    pub years: Option<(i64, i64)>,
}

const ABOUT: [(&str, &str); 2] = [
    ("政府任务文件的责任分工", "who is responsible for what in task notices of Chinese governments"),
    (
        "谁牵头、谁负责、谁配合，何时完成，达到什么指标，依据在文中何处。",
        "Who leads, who is responsible, who supports, by when, to which figure, and where the text says so.",
    ),
];

/// The vocabularies that statements are made with, by prefix.
const VOCABULARIES: [&str; 9] = ["z", "org", "eli", "prov", "oa", "skos", "dcterms", "qudt", "schema"];

impl DocumentGraph {
    /// Describes what a store holds; the same holdings give the same statements.
    pub fn of_holdings(holdings: &Holdings) -> Self {
        let id = iri::dataset();
        let text = Text::default();
        let mut writer = Writer::new(&id, &text);
        writer.class(&id, void::DATASET);
        writer.class(&id, dcat::DATASET);
        for (property, (zh, en)) in [TITLE, dcterms::DESCRIPTION].into_iter().zip(ABOUT) {
            writer.chinese(&id, property, zh);
            writer.english(&id, property, en);
        }
        writer.string(&id, dcterms::LANGUAGE, "zh");
        writer.string(&id, void::URI_SPACE, iri::BASE);
        writer.link(&id, dcterms::CONFORMS_TO, iri::ONTOLOGY.trim_end_matches('#'));
        writer.link(&id, dcterms::CONFORMS_TO, &format!("{}shapes", iri::BASE));
        for (_, namespace) in super::PREFIXES.iter().filter(|(prefix, _)| VOCABULARIES.contains(prefix)) {
            writer.link(&id, void::VOCABULARY, namespace);
        }
        for (property, count) in [
            (void::DOCUMENTS, holdings.documents),
            (void::TRIPLES, holdings.triples),
            (void::CLASSES, holdings.classes.len()),
            (void::PROPERTIES, holdings.properties.len()),
        ] {
            writer.integer(&id, property, count);
        }
        for place in &holdings.places {
            writer.link(&id, dcterms::SPATIAL, place);
        }
        if let Some((first, last)) = holdings.years {
            let period = format!("{id}/period");
            writer.link(&id, dcterms::TEMPORAL, &period);
            writer.class(&period, dcterms::PERIOD_OF_TIME);
            writer.year(&period, dcat::START_DATE, first);
            writer.year(&period, dcat::END_DATE, last);
        }
        let classes = Partitions { kind: "class", part: void::CLASS_PARTITION, of: void::CLASS, count: void::ENTITIES };
        classes.write(&id, &holdings.classes, &mut writer);
        let properties =
            Partitions { kind: "property", part: void::PROPERTY_PARTITION, of: void::PROPERTY, count: void::TRIPLES };
        properties.write(&id, &holdings.properties, &mut writer);
        Self { document: id, quads: writer.finish() }
    }
}

/// How the parts of a dataset are told.
struct Partitions {
    kind: &'static str,
    part: NamedNodeRef<'static>,
    of: NamedNodeRef<'static>,
    count: NamedNodeRef<'static>,
}

impl Partitions {
    fn write(&self, id: &str, counts: &BTreeMap<String, usize>, writer: &mut Writer<'_>) {
        for (term, count) in counts {
            let name = short_iri(term).replace([':', '/', '#'], ".");
            let part = format!("{id}/{}/{name}", self.kind);
            writer.link(id, self.part, &part);
            writer.link(&part, self.of, term);
            writer.integer(&part, self.count, *count);
        }
    }
}
