//! Arguments that several commands share: the store and the part of it in question.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use zeren::date::Date;
use zeren::diagnostic::{Lang, Message};
use zeren::network::{Department, Network, Succession};
use zeren::notice::Notice;

use super::connection::ConnectionArguments;
use super::failure::Failure;
use super::output;
use zeren::query::{self, Detail, Endpoint, Filter, Source, StoredDocument};
use zeren::store::{Access, Store};

/// From which on the name of a body after a reform is not asked to be checked.
const SURE: f64 = 0.8;

/// The most names that a hint lists.
const MOST_LISTED: usize = 8;

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

/// What is asked: the store, or another server.
#[derive(Debug, Args)]
pub(super) struct SourceArguments {
    #[command(flatten)]
    store: StoreArguments,
    /// Address of a SPARQL server to ask in place of the store
    #[arg(long, value_name = "URL", conflicts_with = "store")]
    endpoint: Option<String>,
    #[command(flatten)]
    connection: ConnectionArguments,
}

impl SourceArguments {
    /// Opens the store to be read, or makes ready to ask the server.
    pub(super) fn open(&self) -> Result<Box<dyn Source>, Failure> {
        Ok(match self.server()? {
            Some(server) => Box::new(server),
            None => Box::new(self.store()?),
        })
    }

    /// Makes ready to ask the server, if one was named.
    pub(super) fn server(&self) -> Result<Option<Endpoint>, Failure> {
        let Some(url) = &self.endpoint else { return Ok(None) };
        Ok(Some(Endpoint::new(url.clone(), self.connection.client()?)))
    }

    /// Opens the store to be read.
    pub(super) fn store(&self) -> Result<Store, Failure> {
        self.store.open(Access::ReadOnly)
    }

    /// Opens the store for what an option does with it, which no other server can do.
    pub(super) fn store_alone(&self, option: &str) -> Result<Store, Failure> {
        if self.endpoint.is_some() {
            return Err(Failure::Usage {
                place: option.to_owned(),
                what: Message::new("此处不能与 `--endpoint` 同时使用", "cannot be used with `--endpoint` here"),
                hint: Some(Message::new("用 `--store`", "use `--store`")),
            });
        }
        self.store()
    }
}

/// Which documents are in question.
#[derive(Debug, Args)]
pub(super) struct DocumentArguments {
    /// Only this document (repeatable): IRI or a part of its number, title or file name
    #[arg(long, value_name = "DOCUMENT")]
    document: Vec<String>,
    /// Only documents of this place, by name or code, and of those inside it
    #[arg(long, value_name = "PLACE")]
    jurisdiction: Vec<String>,
    /// Only documents of this year
    #[arg(long, value_name = "YEAR")]
    year: Vec<i16>,
}

/// Which documents are in question, and which bodies their bodies stand for.
#[derive(Debug, Args)]
pub(super) struct FilterArguments {
    #[command(flatten)]
    pub(super) documents: DocumentArguments,
    /// Counts every line of work under the body that does it on this day, through the reforms between
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// Takes the leads, other parts and due dates that people changed in ledgers as they are today, not as printed
    #[arg(long)]
    current: bool,
}

/// Reads a day, a month or a year.
pub(super) fn day(text: &str) -> Result<Date, String> {
    Date::parse_iso(text).ok_or_else(|| "YYYY-MM-DD, YYYY-MM, YYYY".to_owned())
}

/// The day that is given, else today.
pub(super) fn today(given: Option<Date>) -> Result<Date, Failure> {
    given.or_else(Date::today).ok_or_else(|| Failure::Usage {
        place: "--on".to_owned(),
        what: Message::new("本机时钟没有给出可用的日期", "the clock of this machine gives no day that can be used"),
        hint: Some(Message::new("写明日期，如 `--on 2024-06-30`", "give the day, as in `--on 2024-06-30`")),
    })
}

/// Reads a confidence.
pub(super) fn confidence(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|value| (0.0..=1.0).contains(value)).ok_or_else(|| "0 … 1".to_owned())
}

impl DocumentArguments {
    /// What the documents have to meet.
    pub(super) fn filter(&self) -> Filter {
        Filter { documents: self.document.clone(), jurisdictions: self.jurisdiction.clone(), years: self.year.clone() }
    }

    /// Refuses arguments that can name nothing.
    fn check(&self) -> Result<(), Failure> {
        for (place, values) in [("--document", &self.document), ("--jurisdiction", &self.jurisdiction)] {
            if values.iter().any(|value| value.trim().is_empty()) {
                return Err(Failure::Usage {
                    place: place.to_owned(),
                    what: Message::new("值是空的", "the value is empty"),
                    hint: Some(Message::new(
                        "用 `zeren query documents` 查看库中文件",
                        "see what is stored with `zeren query documents`",
                    )),
                });
            }
        }
        Ok(())
    }

    /// Warns of documents and places that name nothing; whether there are any.
    fn warn_of_unknown(&self, stored: &[StoredDocument], lang: Lang) -> bool {
        let mut unknown = false;
        for wanted in self.document.iter().filter(|wanted| !stored.iter().any(|document| document.is_named(wanted))) {
            let what =
                Message::new(format!("库中没有文件 `{wanted}`"), format!("no stored document is called `{wanted}`"));
            warn_of_unknown(&what, suggest(wanted, names(stored)), lang);
            unknown = true;
        }
        let outside = |wanted: &&String| !stored.iter().any(|document| document.is_within(wanted));
        for wanted in self.jurisdiction.iter().filter(outside) {
            let what =
                Message::new(format!("库中没有 `{wanted}` 的文件"), format!("no stored document is of `{wanted}`"));
            let places = || stored.iter().flat_map(|document| &document.places);
            let names = || places().map(|(name, _)| name.as_str());
            let near = names().chain(places().map(|(_, code)| code.as_str()));
            warn_of_unknown(&what, suggest(wanted, near).or_else(|| list(names())), lang);
            unknown = true;
        }
        unknown
    }

    /// The IRIs of the stored documents that pass; values that name nothing, and a filter that nothing passes, are warned of.
    pub(super) fn passing(&self, stored: &[StoredDocument], lang: Lang) -> Result<BTreeSet<String>, Failure> {
        self.check()?;
        let unknown = self.warn_of_unknown(stored, lang);
        let filter = self.filter();
        let passing = stored.iter().filter(|document| document.passes(&filter)).map(|document| document.id.clone());
        let passing: BTreeSet<String> = passing.collect();
        if passing.is_empty() && !stored.is_empty() && !unknown {
            let what = lang.pick("没有文件符合", "no document passes");
            output::warn("", what, Some(widen(&self.given()).in_lang(lang)), lang);
        }
        Ok(passing)
    }

    /// The stored documents that pass, among which names are looked for.
    pub(super) fn among(&self, mut stored: Vec<StoredDocument>) -> Result<Vec<StoredDocument>, Failure> {
        self.check()?;
        let filter = self.filter();
        stored.retain(|document| document.passes(&filter));
        Ok(stored)
    }

    /// The options that were given.
    pub(super) fn given(&self) -> Vec<&'static str> {
        let given = [
            ("--document", !self.document.is_empty()),
            ("--jurisdiction", !self.jurisdiction.is_empty()),
            ("--year", !self.year.is_empty()),
        ];
        given.into_iter().filter(|(_, given)| *given).map(|(option, _)| option).collect()
    }
}

impl FilterArguments {
    /// The documents and the network in question; values that name nothing and an empty network
    /// are warned of. Without words nothing is asked for that only words need.
    pub(super) fn network(&self, source: &dyn Source, detail: Detail, lang: Lang) -> Result<InScope, Failure> {
        self.documents.check()?;
        let filter = self.documents.filter();
        let needed = detail == Detail::Words || filter != Filter::default() || self.as_of.is_some();
        let stored = if needed { query::documents(source)? } else { Vec::new() };
        let unknown = self.documents.warn_of_unknown(&stored, lang);
        let mut network = query::project_documents(source, &stored, &filter, detail)?;
        if self.current {
            let written = query::written(source)?;
            network = zeren::analysis::with_added(&network, written.added());
            network = zeren::analysis::current(&network, &written.reassignments);
        }
        if let Some(day) = self.as_of {
            network = zeren::analysis::as_of(&network, day);
            network.succession.iter().for_each(|succession| note_succession(succession, lang));
        }
        if network.tasks().next().is_none() && !unknown {
            warn_of_nothing(&self.documents.given(), lang);
        }
        Ok(InScope { documents: stored, network })
    }

    /// Puts the bodies of documents as of the day that was asked for, if one was, and says which stand for others.
    pub(super) fn followed(&self, notices: &mut [Notice], lang: Lang) -> Option<Succession> {
        let succession = zeren::analysis::notices_as_of(notices, self.as_of?);
        note_succession(&succession, lang);
        Some(succession)
    }

    /// The day as of which bodies stand, if one was asked for.
    pub(super) fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    /// The options about bodies that were given.
    pub(super) fn about_bodies(&self) -> Vec<&'static str> {
        let given = [("--as-of", self.as_of.is_some()), ("--current", self.current)];
        given.into_iter().filter(|(_, given)| *given).map(|(option, _)| option).collect()
    }

    /// Whether what people changed in ledgers counts.
    pub(super) fn is_current(&self) -> bool {
        self.current
    }
}

/// What is in question.
pub(super) struct InScope {
    /// The stored documents, as far as they were needed.
    pub(super) documents: Vec<StoredDocument>,
    /// The network of those that the filter lets pass.
    pub(super) network: Network,
}

/// All that documents are called.
pub(super) fn names(documents: &[StoredDocument]) -> impl Iterator<Item = &str> {
    documents
        .iter()
        .flat_map(|document| [document.number.as_str(), document.title.as_str(), document.source.as_str()])
        .filter(|name| !name.is_empty())
}

fn warn_of_unknown(what: &Message, hint: Option<Message>, lang: Lang) {
    output::warn("", what.in_lang(lang), Some(hint.unwrap_or_else(|| widen(&[])).in_lang(lang)), lang);
}

/// Says which bodies stand for others.
pub(super) fn note_succession(succession: &Succession, lang: Lang) {
    for followed in succession.followed.iter().take(MOST_LISTED) {
        let doubt =
            if followed.confidence < SURE { lang.pick("（名称待核实）", " (name to be checked)") } else { "" };
        output::remark(&format!("`{}` → `{}`{doubt}", followed.from, followed.to), None, lang);
    }
    let more = succession.followed.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        let what = Message::new(format!("另有 {more} 个机构按沿革归并"), format!("{more} more bodies were followed"));
        output::remark(
            what.in_lang(lang),
            Some(lang.pick("`--format json` 列出全部", "`--format json` lists all")),
            lang,
        );
    }
}

/// Warns that nothing is left to show; `options` are those that narrowed the scope.
pub(super) fn warn_of_nothing(options: &[&str], lang: Lang) {
    let what = lang.pick("范围内没有任务", "no task is in scope");
    output::warn("", what, Some(widen(options).in_lang(lang)), lang);
}

/// A hint on what to do about the options that left nothing.
pub(super) fn widen(options: &[&str]) -> Message {
    let options = quoted(options.iter().copied());
    if options.is_empty() {
        return Message::new(
            "用 `zeren query documents` 查看库中文件",
            "see what is stored with `zeren query documents`",
        );
    }
    Message::new(
        format!("放宽 {}，或用 `zeren query documents` 查看库中文件", options.join("、")),
        format!("widen {}, or see what is stored with `zeren query documents`", options.join(", ")),
    )
}

/// The IRIs of the departments that a name means; where there is none, the failure suggests some.
/// Of an empty network, which was warned of, none.
pub(super) fn bodies(network: &Network, name: &str) -> Result<Vec<String>, Failure> {
    if network.tasks().next().is_none() {
        return Ok(Vec::new());
    }
    let found: Vec<&Department> = zeren::analysis::find_departments(network, name);
    if !found.is_empty() {
        return Ok(found.into_iter().map(|department| department.id.clone()).collect());
    }
    let labels = network.departments().map(|(_, department)| department.label.as_str());
    Err(Failure::Usage {
        place: "--body".to_owned(),
        what: Message::new(format!("没有名为 `{name}` 的部门"), format!("no department is called `{name}`")),
        hint: suggest(name, labels).or_else(|| {
            Some(Message::new("用 `zeren workload` 查看各部门", "see the departments with `zeren workload`"))
        }),
    })
}

/// A hint that names the candidates most like what was asked for.
pub(super) fn suggest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Message> {
    let like = quoted(zeren::analysis::closest(name, candidates));
    let zh = format!("是不是 {}？", like.join("、"));
    let en = format!("did you mean {}?", like.join(", "));
    (!like.is_empty()).then(|| Message::new(zh, en))
}

/// A hint that names what there is, as long as that is little.
pub(super) fn list<'a>(candidates: impl Iterator<Item = &'a str>) -> Option<Message> {
    let all = quoted(candidates.collect::<BTreeSet<_>>());
    let (zh, en) = (format!("有 {}", all.join("、")), format!("there are {}", all.join(", ")));
    (1..=MOST_LISTED).contains(&all.len()).then(|| Message::new(zh, en))
}

fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    names.into_iter().map(|name| format!("`{name}`")).collect()
}
