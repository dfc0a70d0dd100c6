//! Shapes, as far as they are executed here.

use oxigraph::model::{NamedNode, Term};

use crate::diagnostic::{Message, Severity};

/// A shape with its targets and what it demands.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// The stable name: the last part of the IRI.
    pub(super) code: String,
    /// What is checked; the shapes of properties have the targets of the shape around them.
    pub(super) targets: Vec<Target>,
    /// Whether the shape is for the union of all graphs, not for each of them.
    pub(super) across: bool,
    /// From a thing to its values, as a path of SPARQL; none where the thing itself is checked.
    pub(super) path: Option<String>,
    /// The property at the end of the path.
    pub(super) property: Option<NamedNode>,
    /// How much it matters.
    pub(super) severity: Severity,
    /// What ought to be.
    pub(super) message: Message,
    /// What to do where it is not so.
    pub(super) hint: Option<Message>,
    /// What is demanded.
    pub(super) constraints: Vec<Constraint>,
}

/// What a shape is about.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// `sh:targetClass`
    Class(NamedNode),
    /// `sh:targetSubjectsOf`
    SubjectsOf(NamedNode),
    /// `sh:targetObjectsOf`
    ObjectsOf(NamedNode),
    /// `sh:targetNode`
    Node(Term),
}

/// What a shape demands of all the values together.
#[derive(Clone, Debug)]
pub(super) enum Constraint {
    /// `sh:minCount`
    MinCount(u64),
    /// `sh:maxCount`
    MaxCount(u64),
    /// `sh:hasValue`
    HasValue(Term),
    /// `sh:uniqueLang`
    UniqueLang,
    /// `sh:lessThan`, or `sh:lessThanOrEquals`
    Less(NamedNode, bool),
    /// `sh:equals` where true, else `sh:disjoint`
    Same(NamedNode, bool),
    /// What each single value must meet.
    Each(Test),
    /// `sh:sparql`
    Sparql {
        /// The query.
        select: String,
        /// What ought to be, where the constraint says it itself.
        message: Option<Message>,
    },
}

/// What a shape demands of a single value.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// `sh:datatype`
    Datatype(NamedNode),
    /// `sh:class`
    Class(NamedNode),
    /// `sh:nodeKind`, by its local name
    NodeKind(String),
    /// `sh:in`
    In(Vec<Term>),
    /// `sh:minInclusive` and its like: the operator and the bound
    Compare(&'static str, Term),
    /// `sh:pattern` and `sh:flags`
    Pattern(String, String),
    /// `sh:minLength`
    MinLength(u64),
    /// `sh:maxLength`
    MaxLength(u64),
    /// `sh:languageIn`
    LanguageIn(Vec<String>),
    /// `sh:or`, `sh:and`, `sh:xone`
    Group(Group, Vec<Vec<Test>>),
    /// `sh:not`
    Not(Vec<Test>),
}

/// How many of several shapes a value must meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// One at least.
    Or,
    /// All.
    And,
    /// Exactly one.
    Xone,
}

impl Constraint {
    /// The local name of the component, as SHACL has it.
    pub(super) fn component(&self) -> &'static str {
        match self {
            Self::MinCount(_) => "MinCountConstraintComponent",
            Self::MaxCount(_) => "MaxCountConstraintComponent",
            Self::HasValue(_) => "HasValueConstraintComponent",
            Self::UniqueLang => "UniqueLangConstraintComponent",
            Self::Less(_, false) => "LessThanConstraintComponent",
            Self::Less(_, true) => "LessThanOrEqualsConstraintComponent",
            Self::Same(_, true) => "EqualsConstraintComponent",
            Self::Same(_, false) => "DisjointConstraintComponent",
            Self::Sparql { .. } => "SPARQLConstraintComponent",
            Self::Each(test) => test.component(),
        }
    }
}

impl Test {
    fn component(&self) -> &'static str {
        match self {
            Self::Datatype(_) => "DatatypeConstraintComponent",
            Self::Class(_) => "ClassConstraintComponent",
            Self::NodeKind(_) => "NodeKindConstraintComponent",
            Self::In(_) => "InConstraintComponent",
            Self::Compare(">=", _) => "MinInclusiveConstraintComponent",
            Self::Compare(">", _) => "MinExclusiveConstraintComponent",
            Self::Compare("<=", _) => "MaxInclusiveConstraintComponent",
            Self::Compare(..) => "MaxExclusiveConstraintComponent",
            Self::Pattern(..) => "PatternConstraintComponent",
            Self::MinLength(_) => "MinLengthConstraintComponent",
            Self::MaxLength(_) => "MaxLengthConstraintComponent",
            Self::LanguageIn(_) => "LanguageInConstraintComponent",
            Self::Group(Group::Or, _) => "OrConstraintComponent",
            Self::Group(Group::And, _) => "AndConstraintComponent",
            Self::Group(Group::Xone, _) => "XoneConstraintComponent",
            Self::Not(_) => "NotConstraintComponent",
        }
    }
}
