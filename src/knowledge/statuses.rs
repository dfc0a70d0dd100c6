//! The words for how far a task has come, from `data/vocabulary/ledger.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::table::Tables;

/// What people write in the status column of a ledger: `ledger.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statuses {
    /// Words by the stable name of the status; the first is what is printed.
    status: BTreeMap<String, Vec<String>>,
}

impl Statuses {
    pub(super) fn load(table: &str, tables: &mut Tables) -> Self {
        tables.vocabulary("ledger.toml", table)
    }

    /// The words for a status; none of one that is not known.
    pub fn words(&self, name: &str) -> &[String] {
        self.status.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}
