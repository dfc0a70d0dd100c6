//! The phrases of the synthetic nation: the tables of `data/synth`, compiled in.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::SynthError;

/// All phrases.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) bodies: Vec<Body>,
    pub(super) places: Places,
    pub(super) works: Vec<Work>,
    pub(super) documents: Documents,
    pub(super) clauses: Clauses,
    pub(super) tables: Tables,
    pub(super) sentences: Sentences,
    /// What tasks ask for besides their work, in several wordings each.
    pub(super) details: Vec<Vec<String>>,
}

impl Words {
    /// Reads the tables.
    pub(super) fn load() -> Result<Self, SynthError> {
        let Bodies { body } = table("bodies.toml", include_str!("../../data/synth/bodies.toml"))?;
        let Details { details } = table("details.toml", include_str!("../../data/synth/details.toml"))?;
        let Works { work } = table("works.toml", include_str!("../../data/synth/works.toml"))?;
        Ok(Self {
            bodies: body,
            works: work,
            details,
            places: table("places.toml", include_str!("../../data/synth/places.toml"))?,
            documents: table("documents.toml", include_str!("../../data/synth/documents.toml"))?,
            clauses: table("clauses.toml", include_str!("../../data/synth/clauses.toml"))?,
            tables: table("tables.toml", include_str!("../../data/synth/tables.toml"))?,
            sentences: table("sentences.toml", include_str!("../../data/synth/sentences.toml"))?,
        })
    }
}

fn table<T: DeserializeOwned>(name: &'static str, text: &str) -> Result<T, SynthError> {
    toml::from_str(text).map_err(|source| SynthError::Words { name, source: Box::new(source) })
}

/// Phrases by the name of their kind.
pub(super) type Kinds = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
struct Bodies {
    body: Vec<Body>,
}

#[derive(Deserialize)]
struct Details {
    details: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct Works {
    work: Vec<Work>,
}

/// A body and its names.
#[derive(Debug, Deserialize)]
pub(super) struct Body {
    pub(super) key: String,
    /// Whether a reform of the nation's own renames it.
    #[serde(default)]
    pub(super) reform: bool,
    pub(super) form: Vec<BodyForm>,
}

/// What a body is called until a year.
#[derive(Debug, Deserialize)]
pub(super) struct BodyForm {
    #[serde(default)]
    pub(super) until: Option<i16>,
    pub(super) province: Vec<String>,
    pub(super) city: Vec<String>,
    pub(super) county: Vec<String>,
}

/// Names of places.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Places {
    pub(super) first: Vec<String>,
    pub(super) second: Vec<String>,
    pub(super) between: Vec<String>,
    pub(super) county_kinds: Vec<[String; 2]>,
    pub(super) below: Kinds,
}

/// What tasks are about.
#[derive(Debug, Deserialize)]
pub(super) struct Work {
    pub(super) field: String,
    pub(super) lead: Vec<String>,
    pub(super) with: Vec<String>,
    pub(super) things: Vec<String>,
    pub(super) heads: Vec<String>,
    pub(super) says: Vec<Vec<String>>,
    pub(super) figures: Vec<Measure>,
}

/// What is measured of a work.
#[derive(Debug, Deserialize)]
pub(super) struct Measure {
    pub(super) name: String,
    pub(super) kind: MeasureKind,
    #[serde(default)]
    pub(super) verb: String,
    #[serde(default)]
    pub(super) unit: String,
    pub(super) low: i64,
    pub(super) high: i64,
}

/// What a figure is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum MeasureKind {
    /// A percentage that is to be high.
    Share,
    /// A percentage that is to be low.
    Cap,
    /// An increase in per cent.
    Growth,
    /// Things counted.
    Count,
    /// Money.
    Money,
}

/// Titles and what stands around the tasks.
#[derive(Debug, Deserialize)]
pub(super) struct Documents {
    pub(super) plans: Vec<String>,
    pub(super) topic: Vec<Topic>,
    pub(super) head: Head,
    pub(super) headings: Kinds,
    pub(super) rules: Rules,
    pub(super) safeguards: Safeguards,
    pub(super) chrome: Chrome,
    pub(super) cited: Cited,
}

/// What a notice is about.
#[derive(Debug, Deserialize)]
pub(super) struct Topic {
    pub(super) name: String,
    pub(super) fields: Vec<String>,
}

/// The head of a notice.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    pub(super) offices: [String; 2],
    pub(super) titles: Vec<String>,
    pub(super) own: Vec<String>,
    pub(super) numbers: Vec<String>,
    pub(super) addressed: [Vec<String>; 3],
    pub(super) letters: Vec<String>,
    pub(super) grounds: Vec<String>,
    pub(super) groundless: Vec<String>,
}

/// Rules that hold for a whole notice.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Rules {
    pub(super) first_listed: Vec<String>,
    pub(super) first_listed_inside: Vec<String>,
    pub(super) only_leads: Vec<String>,
    pub(super) only_leads_after: Vec<String>,
    pub(super) marked: Vec<String>,
    pub(super) marks: Vec<String>,
    pub(super) also: Vec<String>,
}

/// A section without tasks.
#[derive(Debug, Deserialize)]
pub(super) struct Safeguards {
    pub(super) heading: Vec<String>,
    pub(super) items: Vec<[String; 2]>,
}

/// What a page has around the notice.
#[derive(Debug, Deserialize)]
pub(super) struct Chrome {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

/// Documents that tasks cite.
#[derive(Debug, Deserialize)]
pub(super) struct Cited {
    pub(super) titles: Vec<String>,
    pub(super) numbers: Vec<String>,
    pub(super) words: Vec<String>,
    pub(super) numbered: Vec<String>,
}

/// How responsibility is written.
#[derive(Debug, Deserialize)]
pub(super) struct Clauses {
    pub(super) form: Vec<Form>,
    pub(super) habit: Vec<Habit>,
    pub(super) due: DueClauses,
}

/// One way of saying who does what.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Form {
    pub(super) name: String,
    pub(super) mode: String,
    #[serde(default)]
    pub(super) open: bool,
    #[serde(default)]
    pub(super) leads: [usize; 2],
    #[serde(default)]
    pub(super) responsible: [usize; 2],
    #[serde(default)]
    pub(super) supporting: [usize; 2],
    #[serde(default)]
    pub(super) bracket: Vec<String>,
    #[serde(default)]
    pub(super) line: Vec<String>,
}

/// The forms that a government keeps to.
#[derive(Debug, Deserialize)]
pub(super) struct Habit {
    pub(super) forms: Vec<String>,
}

/// Dates within and below clauses.
#[derive(Debug, Deserialize)]
pub(super) struct DueClauses {
    pub(super) bracket: Vec<String>,
    pub(super) labelled: Vec<String>,
    pub(super) ongoing: Vec<String>,
    pub(super) line: Vec<String>,
}

/// Tables.
#[derive(Debug, Deserialize)]
pub(super) struct Tables {
    pub(super) table: Vec<Columns>,
    pub(super) duties: Vec<Duties>,
    pub(super) due: Kinds,
}

/// The columns of a table of tasks.
#[derive(Debug, Deserialize)]
pub(super) struct Columns {
    pub(super) heads: Vec<String>,
    pub(super) kinds: Vec<Column>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Column {
    /// Numbers of rows.
    Sequence,
    /// What several rows are about.
    Theme,
    /// The tasks.
    Measure,
    /// Who leads.
    Lead,
    /// Who is responsible.
    Responsible,
    /// Who supports.
    Supporting,
    /// When it is due.
    Due,
    /// The document that asks for it.
    Source,
}

/// The columns of a table of duties: number, body, what it does.
#[derive(Debug, Deserialize)]
pub(super) struct Duties {
    pub(super) heads: Vec<String>,
}

/// Figures and dates in sentences.
#[derive(Debug, Deserialize)]
pub(super) struct Sentences {
    pub(super) share: Kinds,
    pub(super) cap: Kinds,
    pub(super) growth: Kinds,
    pub(super) count: Kinds,
    pub(super) money: Kinds,
    pub(super) dates: Kinds,
    pub(super) acts: Kinds,
}

impl Sentences {
    /// The wordings of a kind of figure, by how it is bounded.
    pub(super) fn of(&self, kind: MeasureKind) -> &Kinds {
        match kind {
            MeasureKind::Share => &self.share,
            MeasureKind::Cap => &self.cap,
            MeasureKind::Growth => &self.growth,
            MeasureKind::Count => &self.count,
            MeasureKind::Money => &self.money,
        }
    }
}

/// Puts values in place of the names in braces.
pub(super) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = behind.split_once('}') else {
            out.push('{');
            rest = behind;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            out.push_str(value);
        } else {
            out.push('{');
            out.push_str(name);
            out.push('}');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
