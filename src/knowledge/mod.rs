//! What is known beforehand: the words of the trade, places, kinds of bodies.
//!
//! The tables lie in `data/vocabulary` and `data/registry` and are compiled in. A row that cannot
//! be read is left out and named in [`Knowledge::problems`]; a test holds the shipped tables to none.

mod alignment;
mod bodies;
mod columns;
mod dates;
mod drafting;
mod functions;
mod places;
mod prefixes;
mod quantities;
mod reforms;
mod statuses;
mod table;
mod units;
mod vocabulary;
mod words;

use std::fs;
use std::path::PathBuf;
use std::sync::{LazyLock, OnceLock};

pub use alignment::Alignment;
pub use bodies::{Bodies, Body};
pub use columns::{ColumnParts, Columns, is_column_name};
pub use dates::{Dates, YearWord};
pub use drafting::{
    Bounds, DraftCitations, DraftDates, DraftFigures, DraftSections, DraftWriting, Drafting, GovernmentOffice,
    Miswritten, Office, Plan,
};
pub use functions::{Function, Functions};
pub use places::{Level, PLACE_KINDS, PlaceEntry, Places};
pub use prefixes::{NumberPrefix, PrefixMatch, Prefixes};
pub use quantities::Quantities;
pub use reforms::{Reform, ReformKind, Reforms};
pub use statuses::Statuses;
pub use table::Problem;
use table::Tables;
pub use units::{UnitMeaning, UnitMeanings};
pub use vocabulary::{
    Citations, Clause, Confidence, ConventionRule, Conventions, DoubtWords, Head, Parties, Shortened, Vocabulary,
};
pub use words::{CharSet, Found, WordFinder, WordList, WordTable, shortened};

use crate::parallel::both;

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
    /// The words for how far a task has come.
    pub statuses: Statuses,
    /// What could not be read, by table and line.
    pub problems: Vec<Problem>,
}

impl Knowledge {
    /// The tables in use: those that are compiled in, with the rows of [`Knowledge::extend`].
    pub fn shipped() -> &'static Self {
        static TABLES: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::load(LOCAL.get().cloned()));
        &TABLES
    }

    /// Adds the rows of a user: a folder with tables of the names and columns of `data/registry`. A row takes the place of
    /// one with the same key.
    ///
    /// To be called once, before the tables are used; gives false where that is too late. What is wrong with the rows is
    /// found in [`Knowledge::problems`].
    pub fn extend(folder: impl Into<PathBuf>) -> bool {
        LOCAL.set(folder.into()).is_ok()
    }

    /// The tables of [`Knowledge::extend`], as they are now: name and content, in the order of their names.
    pub fn of_user() -> Vec<(&'static str, Vec<u8>)> {
        let Some(folder) = LOCAL.get() else { return Vec::new() };
        let table = |name: &&'static str| Some((*name, fs::read(folder.join(name)).ok()?));
        table::NAMES.iter().filter_map(table).collect()
    }

    fn load(local: Option<PathBuf>) -> Self {
        let mut tables = Tables { local, ..Tables::default() };
        tables.check_names();
        // each of the two takes about as long
        let mut of_words = Tables::default();
        let (vocabulary, (places, mut bodies)) = both(
            || Vocabulary::load(&mut of_words),
            || {
                let places = Places::load(include_str!("../../data/registry/places.csv"), &mut tables);
                let bodies = Bodies::load(
                    include_str!("../../data/registry/bodies.csv"),
                    include_str!("../../data/registry/prefixes.csv"),
                    &mut tables,
                );
                (places, bodies)
            },
        );
        tables.problems.append(&mut of_words.problems);
        bodies.note_fields(&vocabulary.parties.kinds);
        let functions = Functions::load(include_str!("../../data/registry/functions.csv"), &mut tables);
        for body in bodies.all().iter().filter(|body| functions.by_key(&body.function).is_none()) {
            let (key, function) = (&body.key, &body.function);
            let zh = format!("`{key}` 的职能不存在：`{function}`");
            tables.problem("bodies.csv", zh, format!("`{key}` has an unknown function: `{function}`"));
        }
        let reforms = Reforms::load(include_str!("../../data/registry/reforms.csv"), &bodies, &functions, &mut tables);
        let counted = &vocabulary.quantities.units.count;
        let units = UnitMeanings::load(include_str!("../../data/vocabulary/units.toml"), counted, &mut tables);
        let statuses = Statuses::load(include_str!("../../data/vocabulary/ledger.toml"), &mut tables);
        Self { vocabulary, places, bodies, functions, reforms, units, statuses, problems: tables.problems }
    }
}

/// The folder of a user's rows.
static LOCAL: OnceLock<PathBuf> = OnceLock::new();

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_are_sound() {
        assert_eq!(Knowledge::shipped().problems, Vec::<Problem>::new());
    }
}
