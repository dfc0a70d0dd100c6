//! Counts what graphs say, by the rows of the index alone.

use rustc_hash::FxHashMap;

use super::scan::Scan;
use super::{Index, named};
use crate::store::StoreError;

/// How much some graphs say, each statement once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Statements.
    pub(crate) statements: usize,
    /// For each property, how many statements have it, by IRI.
    pub(crate) properties: Vec<(String, usize)>,
    /// For each value of one property, how many statements have it, by IRI.
    pub(crate) values: Vec<(String, usize)>,
}

impl Index {
    /// Counts the statements of all graphs but one, and those of one property by their value.
    pub(crate) fn tally(&self, but: &str, property: &str) -> Result<Tally, StoreError> {
        let left_out = self.0.number(&named(but))?;
        let property = self.0.number(&named(property))?;
        let (mut properties, mut values) = (FxHashMap::<u32, usize>::default(), FxHashMap::<u32, usize>::default());
        let mut statements = 0;
        let mut last = None;
        // a statement has a row for each graph that makes it, one behind the other
        for row in Scan::new(&self.0, [None; 4], false)? {
            let [subject, predicate, object, graph] = row?;
            let statement = Some([subject, predicate, object]);
            if Some(graph) == left_out || statement == last {
                continue;
            }
            last = statement;
            statements += 1;
            *properties.entry(predicate).or_default() += 1;
            if Some(predicate) == property {
                *values.entry(object).or_default() += 1;
            }
        }
        Ok(Tally { statements, properties: self.by_name(properties)?, values: self.by_name(values)? })
    }

    fn by_name(&self, counts: FxHashMap<u32, usize>) -> Result<Vec<(String, usize)>, StoreError> {
        let inner = |token: &str| token.trim_start_matches('<').trim_end_matches('>').to_owned();
        counts.into_iter().map(|(term, count)| Ok((self.0.token(term, inner)?, count))).collect()
    }
}
