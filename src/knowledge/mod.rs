//! What is known beforehand: the words of the trade, places, kinds of bodies.
//!
//! The tables lie in `data/vocabulary` and `data/registry` and are compiled in. A row that cannot
//! be read is left out and named in [`Knowledge::problems`]; a test holds the shipped tables to none.

mod bodies;
mod columns;
mod dates;
mod drafting;
mod functions;
mod places;
mod prefixes;
mod quantities;
mod reforms;
mod units;
mod vocabulary;
mod words;

use std::sync::LazyLock;

pub use bodies::{Bodies, Body};
pub use columns::{ColumnParts, Columns, is_column_name};
pub use dates::{Dates, YearWord};
pub use drafting::{
    Bounds, DraftCitations, DraftDates, DraftFigures, DraftSections, DraftWriting, Drafting, GovernmentOffice,
    Miswritten, Office, Plan,
};
pub use functions::{Function, Functions};
pub use places::{Level, PlaceEntry, Places};
pub use prefixes::{NumberPrefix, PrefixMatch, Prefixes};
pub use quantities::Quantities;
pub use reforms::{Reform, ReformKind, Reforms};
pub use units::{UnitMeaning, UnitMeanings};
pub use vocabulary::{
    Citations, Clause, Confidence, ConventionRule, Conventions, DoubtWords, Head, Parties, Vocabulary,
};
pub use words::{CharSet, Found, WordFinder, WordList, WordTable, shortened};

/// All tables.
#[derive(Debug)]
pub struct Knowledge {
    /// The words of notices.
    pub vocabulary: Vocabulary,
    /// Jurisdictions.
    pub places: Places,
    /// Kinds of bodies and the prefixes of document numbers.
    pub bodies: Bodies,
    /// What bodies do.
    pub functions: Functions,
    /// What became of bodies.
    pub reforms: Reforms,
    /// What printed units mean.
    pub units: UnitMeanings,
    /// What could not be read, by table and line.
    pub problems: Vec<String>,
}

impl Knowledge {
    /// The tables that are compiled in.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Knowledge> = LazyLock::new(Knowledge::load);
        &SHIPPED
    }

    fn load() -> Self {
        let mut problems = Vec::new();
        let vocabulary = Vocabulary::load(&mut problems);
        let places = Places::load(include_str!("../../data/registry/places.csv"), &mut problems);
        let bodies = Bodies::load(
            include_str!("../../data/registry/bodies.csv"),
            include_str!("../../data/registry/prefixes.csv"),
            &mut problems,
        );
        let functions = Functions::load(include_str!("../../data/registry/functions.csv"), &mut problems);
        let unknown = bodies.all().iter().filter(|body| functions.by_key(&body.function).is_none());
        problems.extend(unknown.map(|body| format!("bodies.csv: `{}` has an unknown function", body.key)));
        let reforms =
            Reforms::load(include_str!("../../data/registry/reforms.csv"), &bodies, &functions, &mut problems);
        let counted = &vocabulary.quantities.units.count;
        let units = UnitMeanings::load(include_str!("../../data/vocabulary/units.toml"), counted, &mut problems);
        Self { vocabulary, places, bodies, functions, reforms, units, problems }
    }
}

/// Reads a table into rows, noting those that do not fit.
fn rows<Row: serde::de::DeserializeOwned>(table: &str, name: &str, problems: &mut Vec<String>) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut rows = Vec::new();
    for row in reader.deserialize() {
        match row {
            Ok(row) => rows.push(row),
            Err(error) => problems.push(format!("{name}: {error}")),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_are_sound() {
        assert_eq!(Knowledge::shipped().problems, Vec::<String>::new());
    }
}
