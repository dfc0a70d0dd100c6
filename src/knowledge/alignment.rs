//! How a task above is recognised in a document below: `data/vocabulary/alignment.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Words of the comparison of documents.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alignment {
    /// 推进, 机制 …: words that say little of what a task is about.
    pub drafting: Vec<String>,
    /// 试点 …: words that make a task smaller than the one above.
    pub narrowing: Vec<String>,
    /// 死亡率 …: quantities of which less is more.
    pub burdens: Vec<String>,
    /// 各市 …: words by which a task is laid on the governments below.
    pub below: Vec<String>,
    /// 政府 …: how names of governments end.
    pub governments: Vec<String>,
    /// A way of writing, and the one that it is read as.
    pub same: BTreeMap<String, String>,
    /// Themes by name, each with words that are said where it is meant.
    pub themes: BTreeMap<String, Vec<String>>,
}
