//! The terms that the graph is written with.

use oxigraph::model::NamedNodeRef;

/// Declares the terms of a namespace, and the list of their names for the test that holds them
/// against the ontology.
macro_rules! terms {
    ($(#[$doc:meta])* $module:ident, $namespace:literal, { $($name:ident = $local:literal,)* }) => {
        $(#[$doc])*
        pub(crate) mod $module {
            use super::NamedNodeRef;

            $(pub(crate) const $name: NamedNodeRef<'static> =
                NamedNodeRef::new_unchecked(concat!($namespace, $local));)*

            #[cfg(test)]
            pub(crate) const ALL: &[NamedNodeRef<'static>] = &[$($name),*];
        }
    };
}

terms!(
    /// Classes of the project's vocabulary.
    class, "https://w3id.org/zeren/ontology#", {
        DOCUMENT = "Document",
        CITED_DOCUMENT = "CitedDocument",
        SECTION = "Section",
        TASK = "Task",
        RESPONSIBILITY = "Responsibility",
        INDICATOR = "Indicator",
        DEADLINE = "Deadline",
        CITATION = "Citation",
        CONVENTION = "Convention",
        ORGANISATION = "Organisation",
        PLACE = "Place",
        FUNCTION = "Function",
        FINDING = "Finding",
        READING = "Reading",
        CORRECTION = "Correction",
        FORMER_CLAIM = "FormerClaim",
        REFORM = "Reform",
        LEDGER = "Ledger",
        LEDGER_ENTRY = "LedgerEntry",
        LEDGER_EDIT = "LedgerEdit",
        LEDGER_PARTY = "LedgerParty",
    }
);

terms!(
    /// Properties of the project's vocabulary.
    z, "https://w3id.org/zeren/ontology#", {
        NUMBER = "number",
        NUMBER_PREFIX = "numberPrefix",
        SERIAL = "serial",
        NUMBER_ISSUER = "numberIssuer",
        DOCUMENT_KIND = "documentKind",
        ISSUED = "issued",
        YEAR = "year",
        SOURCE = "source",
        ISSUER = "issuer",
        ISSUER_NAME = "issuerName",
        JURISDICTION = "jurisdiction",
        HAS_SECTION = "hasSection",
        HAS_TASK = "hasTask",
        HAS_CONVENTION = "hasConvention",
        IN_DOCUMENT = "inDocument",
        IN_SECTION = "inSection",
        DEPTH = "depth",
        SEQUENCE = "sequence",
        PRINTED_LABEL = "printedLabel",
        TEXT = "text",
        CLAUSE = "clause",
        CLAUSE_AT = "clauseAt",
        MODE = "mode",
        OPEN = "open",
        INHERITED = "inherited",
        AT = "at",
        HAS_RESPONSIBILITY = "hasResponsibility",
        HAS_INDICATOR = "hasIndicator",
        HAS_GOAL = "hasGoal",
        EVIDENCE = "evidence",
        BINDING = "binding",
        APPLIES_TO = "appliesTo",
        CELL = "cell",
        HAS_FINDING = "hasFinding",
        FINDING_CODE = "findingCode",
        SEVERITY = "severity",
        MESSAGE = "message",
        LINE_STARTS = "lineStarts",
        READ_TEXT = "readText",
        TEXT_DIGEST = "textDigest",
        HAS_DEADLINE = "hasDeadline",
        HAS_CITATION = "hasCitation",
        ORGANISATION = "organisation",
        ROLE = "role",
        RANK = "rank",
        BASIS = "basis",
        PRINTED_NAME = "printedName",
        CONFIDENCE = "confidence",
        MATCH_CONFIDENCE = "matchConfidence",
        LEADS = "leads",
        CO_LEADS = "coLeads",
        IS_RESPONSIBLE_FOR = "isResponsibleFor",
        SUPPORTS = "supports",
        COMPARATOR = "comparator",
        VALUE = "value",
        VALUE_MAX = "valueMax",
        UNIT = "unit",
        BASELINE = "baseline",
        BY = "by",
        SOFT = "soft",
        DEADLINE_RELATION = "deadlineRelation",
        DATE = "date",
        START_DATE = "startDate",
        RECURRENCE = "recurrence",
        DEADLINE_BASIS = "deadlineBasis",
        DURATION = "duration",
        AFTER = "after",
        WORDS = "words",
        INFERRED_YEAR = "inferredYear",
        CITATION_RELATION = "citationRelation",
        CITED = "cited",
        BASED_ON = "basedOn",
        IMPLEMENTS = "implements",
        FORWARDS = "forwards",
        CITES = "cites",
        AMENDS = "amends",
        REPLACES = "replaces",
        RULE = "rule",
        SCOPE = "scope",
        GOVERNS = "governs",
        FROM_LABEL = "fromLabel",
        TO_LABEL = "toLabel",
        ADDS_NAME = "addsName",
        KIND = "kind",
        FUNCTION = "function",
        REGISTERED = "registered",
        LEVEL = "level",
        CODE = "code",
        WITHIN = "within",
        HAS_CORRECTION = "hasCorrection",
        ACT = "act",
        CLAIM_KIND = "claimKind",
        SUBJECT = "subject",
        BECOMES = "becomes",
        REASON = "reason",
        CORRECTED_ON = "correctedOn",
        CORRECTED_BY = "correctedBy",
        DOUBT = "doubt",
        REFORM_KIND = "reformKind",
        REFORM_ROUND = "reformRound",
        REFORMED_ON = "reformedOn",
        DECIDED_ON = "decidedOn",
        COMPLETED_BY = "completedBy",
        CERTAINTY = "certainty",
        FACT_SOURCE = "factSource",
        TRANSFERRED_FUNCTION = "transferredFunction",
        SUCCEEDED_BY = "succeededBy",
        BRANCH_OF = "branchOf",
        IN_LEDGER = "inLedger",
        ENTRY_DOCUMENT = "entryDocument",
        ENTRY_TASK = "entryTask",
        STATUS = "status",
        PROGRESS = "progress",
        RECORDED_ON = "recordedOn",
        NEW_DUE_DATE = "newDueDate",
        ROW = "row",
        HAS_EDIT = "hasEdit",
        COLUMN = "column",
        FORMER_WORDS = "formerWords",
        PRESENT_WORDS = "presentWords",
        HAS_PARTY = "hasParty",
        PARTY = "party",
        PARTY_NAME = "partyName",
        PARTY_ROLE = "partyRole",
        PARTY_RANK = "partyRank",
    }
);

pub(crate) const TITLE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://purl.org/dc/terms/title");
pub(crate) const LABEL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#label");
pub(crate) const ALT_LABEL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#altLabel");
pub(crate) const PREF_LABEL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#prefLabel");
pub(crate) const BROADER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#broader");
pub(crate) const CONCEPT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#Concept");
pub(crate) const NOTATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#notation");
pub(crate) const IN_SCHEME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#inScheme");
pub(crate) const ORGANISATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#Organization");
pub(crate) const FORMAL_ORGANISATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#FormalOrganization");

/// The namespace of the units of QUDT.
pub(crate) const QUDT_UNIT: &str = "http://qudt.org/vocab/unit/";

/// What documents and the relations between them are called outside the project.
pub(crate) mod outside {
    use super::NamedNodeRef;

    pub(crate) const LEGAL_RESOURCE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://data.europa.eu/eli/ontology#LegalResource");
    pub(crate) const ISSUED: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://purl.org/dc/terms/issued");
    pub(crate) const PUBLISHER: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://purl.org/dc/terms/publisher");
    pub(crate) const BASED_ON: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://data.europa.eu/eli/ontology#based_on");
    pub(crate) const ENSURES_IMPLEMENTATION_OF: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://data.europa.eu/eli/ontology#ensures_implementation_of");
    pub(crate) const RELATION: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://purl.org/dc/terms/relation");
    pub(crate) const CITES: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://data.europa.eu/eli/ontology#cites");
    pub(crate) const AMENDS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://data.europa.eu/eli/ontology#amends");
    pub(crate) const REPEALS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://data.europa.eu/eli/ontology#repeals");
}

terms!(
    /// Who made what of what, by PROV-O.
    prov, "http://www.w3.org/ns/prov#", {
        ACTIVITY = "Activity",
        PERSON = "Person",
        SOFTWARE_AGENT = "SoftwareAgent",
        USED = "used",
        WAS_ASSOCIATED_WITH = "wasAssociatedWith",
        WAS_ATTRIBUTED_TO = "wasAttributedTo",
        WAS_DERIVED_FROM = "wasDerivedFrom",
        WAS_GENERATED_BY = "wasGeneratedBy",
        WAS_INVALIDATED_BY = "wasInvalidatedBy",
        WAS_REVISION_OF = "wasRevisionOf",
    }
);

terms!(
    /// Bodies and their changes, by W3C ORG.
    org, "http://www.w3.org/ns/org#", {
        CHANGE_EVENT = "ChangeEvent",
        CLASSIFICATION = "classification",
        ORIGINAL_ORGANIZATION = "originalOrganization",
        RESULTING_ORGANIZATION = "resultingOrganization",
    }
);

terms!(
    /// Places in a text, by the Web Annotation vocabulary.
    oa, "http://www.w3.org/ns/oa#", {
        SPECIFIC_RESOURCE = "SpecificResource",
        HAS_SOURCE = "hasSource",
        HAS_SELECTOR = "hasSelector",
        TEXT_POSITION_SELECTOR = "TextPositionSelector",
        START = "start",
        END = "end",
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector",
        EXACT = "exact",
    }
);

terms!(
    /// What a dataset holds, by VoID.
    void, "http://rdfs.org/ns/void#", {
        DATASET = "Dataset",
        URI_SPACE = "uriSpace",
        VOCABULARY = "vocabulary",
        DOCUMENTS = "documents",
        TRIPLES = "triples",
        CLASSES = "classes",
        PROPERTIES = "properties",
        CLASS_PARTITION = "classPartition",
        CLASS = "class",
        ENTITIES = "entities",
        PROPERTY_PARTITION = "propertyPartition",
        PROPERTY = "property",
    }
);

terms!(
    /// Datasets, by DCAT.
    dcat, "http://www.w3.org/ns/dcat#", {
        DATASET = "Dataset",
        START_DATE = "startDate",
        END_DATE = "endDate",
    }
);

terms!(
    /// What is said of datasets, by DCMI.
    dcterms, "http://purl.org/dc/terms/", {
        DESCRIPTION = "description",
        LANGUAGE = "language",
        CONFORMS_TO = "conformsTo",
        SPATIAL = "spatial",
        TEMPORAL = "temporal",
        PERIOD_OF_TIME = "PeriodOfTime",
    }
);

terms!(
    /// Units, by QUDT.
    qudt, "http://qudt.org/schema/qudt/", {
        UNIT = "Unit",
        HAS_UNIT = "hasUnit",
        CONVERSION_MULTIPLIER = "conversionMultiplier",
        SCALING_OF = "scalingOf",
    }
);

/// The prefixes that queries may use undeclared and that written graphs declare.
pub const PREFIXES: &[(&str, &str)] = &[
    ("z", crate::iri::ONTOLOGY),
    ("zd", "https://w3id.org/zeren/document/"),
    ("zo", "https://w3id.org/zeren/organisation/"),
    ("zp", "https://w3id.org/zeren/place/"),
    ("zf", "https://w3id.org/zeren/function/"),
    ("zk", "https://w3id.org/zeren/body-kind/"),
    ("zr", "https://w3id.org/zeren/reform/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("time", "http://www.w3.org/2006/time#"),
    ("qudt", "http://qudt.org/schema/qudt/"),
    ("unit", "http://qudt.org/vocab/unit/"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("void", "http://rdfs.org/ns/void#"),
    ("sh", "http://www.w3.org/ns/shacl#"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("schema", "http://schema.org/"),
];

/// The vocabulary itself, in Turtle.
pub const ONTOLOGY_TURTLE: &str = include_str!("../../ontology/zeren.ttl");

/// What must hold of a graph, as SHACL shapes in Turtle.
pub const SHAPES_TURTLE: &str = include_str!("../../ontology/shapes.ttl");
