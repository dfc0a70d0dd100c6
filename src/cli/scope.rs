//! Arguments that several commands share: the store and the part of it in question.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use zeren::diagnostic::{Lang, Message};
use zeren::network::{Department, Network};

use super::failure::Failure;
use super::output;
use zeren::query::{self, Filter};
use zeren::store::{Access, Store};

/// Formats of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}

/// Where the store is.
#[derive(Debug, Args)]
pub(super) struct StoreArguments {
    /// Folder of the store
    #[arg(long, value_name = "DIR", default_value = "zeren.db")]
    pub(super) store: PathBuf,
}

impl StoreArguments {
    pub(super) fn open(&self, access: Access) -> Result<Store, Failure> {
        Ok(Store::open(&self.store, access)?)
    }
}

/// Which documents are in question.
#[derive(Debug, Args)]
pub(super) struct FilterArguments {
    /// Only this document (repeatable): number, a part of the title, file name or IRI
    #[arg(long, value_name = "DOCUMENT")]
    document: Vec<String>,
    /// Only documents of this place and of those inside it
    #[arg(long, value_name = "PLACE")]
    jurisdiction: Vec<String>,
    /// Only documents of this year
    #[arg(long, value_name = "YEAR")]
    year: Vec<i16>,
}

impl FilterArguments {
    pub(super) fn filter(&self) -> Filter {
        Filter { documents: self.document.clone(), jurisdictions: self.jurisdiction.clone(), years: self.year.clone() }
    }

    /// The network in question; an empty one is warned of.
    pub(super) fn network(&self, store: &Store, lang: Lang) -> Result<Network, Failure> {
        let network = query::project(store, &self.filter())?;
        if network.tasks().next().is_none() {
            warn_of_nothing(lang);
        }
        Ok(network)
    }
}

/// Warns that nothing is left to show.
pub(super) fn warn_of_nothing(lang: Lang) {
    let what = lang.pick("范围内没有任务", "no task is in scope");
    let hint = lang.pick(
        "放宽 `--document`、`--jurisdiction`、`--year`、`--heading`，或用 `zeren query documents` 查看库中文件",
        "widen `--document`, `--jurisdiction`, `--year`, `--heading`, or see what is stored with `zeren query documents`",
    );
    output::warn("", what, Some(hint), lang);
}

/// The IRIs of the departments that a name means; where there is none, the failure suggests some.
pub(super) fn bodies(network: &Network, name: &str) -> Result<Vec<String>, Failure> {
    let found: Vec<&Department> = zeren::analysis::find_departments(network, name);
    if !found.is_empty() {
        return Ok(found.into_iter().map(|department| department.id.clone()).collect());
    }
    let labels = network.departments().map(|(_, department)| department.label.as_str());
    Err(Failure::Usage {
        place: "--body".to_owned(),
        what: Message::new(format!("没有名为 `{name}` 的部门"), format!("no department is called `{name}`")),
        hint: suggest(name, labels),
    })
}

/// A hint that names the candidates most like what was asked for.
pub(super) fn suggest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Message> {
    let like: Vec<String> =
        zeren::analysis::closest(name, candidates).into_iter().map(|candidate| format!("`{candidate}`")).collect();
    let zh = format!("是不是 {}？", like.join("、"));
    let en = format!("did you mean {}?", like.join(", "));
    (!like.is_empty()).then(|| Message::new(zh, en))
}
