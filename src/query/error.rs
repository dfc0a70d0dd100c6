//! Why a question could not be answered.

use std::io;

use crate::diagnostic::{Lang, Message, io_words};
use crate::store::StoreError;

/// Why a query could not be read, bound, run or written out.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The text is not SPARQL.
    #[error("{}", self.message(Lang::En))]
    Syntax {
        /// Line, from 1; 0 if the place is not known.
        line: usize,
        /// Column in characters, from 1; 0 if the place is not known.
        column: usize,
        /// What is wrong there.
        reason: Message,
    },
    /// The text is an update; queries only read.
    #[error("{}", self.message(Lang::En))]
    Update,
    /// The text is a query, where an update was expected.
    #[error("{}", self.message(Lang::En))]
    NoUpdate,
    /// The update fetches from another server (`LOAD`).
    #[error("{}", self.message(Lang::En))]
    Load,
    /// The update writes to the default graph, which is the union of all documents.
    #[error("{}", self.message(Lang::En))]
    DefaultGraph,
    /// The graphs of an update are chosen in it and outside it.
    #[error("{}", self.message(Lang::En))]
    TwoDatasets,
    /// The query asks another server (`SERVICE`).
    #[error("{}", self.message(Lang::En))]
    Service,
    /// No shipped query has the name.
    #[error("{}", self.message(Lang::En))]
    UnknownQuery {
        /// The name.
        name: String,
        /// The most similar names.
        similar: Vec<String>,
    },
    /// The query has no parameter of the name.
    #[error("{}", self.message(Lang::En))]
    UnknownParameter {
        /// The name.
        name: String,
        /// The most similar names, else all.
        similar: Vec<String>,
    },
    /// A parameter that has no default got no value.
    #[error("{}", self.message(Lang::En))]
    MissingParameter {
        /// The name.
        name: String,
    },
    /// The value does not fit the type of the parameter.
    #[error("{}", self.message(Lang::En))]
    BadValue {
        /// The name of the parameter.
        name: String,
        /// The value.
        value: String,
        /// The name of the type.
        expected: &'static str,
    },
    /// The query itself assigns a variable that is to be bound from outside.
    #[error("{}", self.message(Lang::En))]
    Assigned {
        /// The name of the variable.
        name: String,
    },
    /// The query asks whether the variable is bound, and a part that may have no match binds it too.
    #[error("{}", self.message(Lang::En))]
    Ambiguous {
        /// The name of the variable.
        name: String,
    },
    /// The answer cannot be written in the format.
    #[error("{}", self.message(Lang::En))]
    Format {
        /// The name of the format.
        format: String,
        /// The names of the formats that fit.
        fitting: Vec<&'static str>,
    },
    /// The time or the rows allowed are used up.
    #[error("{}", self.message(Lang::En))]
    Limit,
    /// The header of a shipped query cannot be read.
    #[error("{}", self.message(Lang::En))]
    Header {
        /// The name of the query.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// The evaluation failed.
    #[error("{}", self.message(Lang::En))]
    Evaluation {
        /// The cause.
        reason: String,
    },
    /// The default graph of another server is empty, and the query follows paths through it.
    #[error("{}", self.message(Lang::En))]
    NoUnion {
        /// The address of the server.
        url: String,
    },
    /// A query asks for any property as of a day, where that has to be said in the query.
    #[error("{}", self.message(Lang::En))]
    AnyProperty,
    /// Another server failed.
    #[cfg(feature = "client")]
    #[error(transparent)]
    Remote(#[from] crate::remote::RemoteError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl QueryError {
    /// What went wrong, place first, in one language.
    pub fn message(&self, lang: Lang) -> String {
        let message = match self {
            Self::Syntax { line: 0, reason, .. } => Message::new(format!("语法错误：{}", reason.zh), &reason.en),
            Self::Syntax { line, column, reason } => Message::new(
                format!("{line}:{column}：语法错误：{}", reason.zh),
                format!("{line}:{column}: {}", reason.en),
            ),
            Self::Update => Message::new("这是更新语句，此处只能查询", "this is an update, only queries are run"),
            Self::NoUpdate => Message::new("这是查询，不是更新语句", "this is a query, not an update"),
            Self::Load => {
                Message::new("`LOAD` 会访问其他服务器，不予执行", "`LOAD` fetches from another server and is refused")
            }
            Self::DefaultGraph => Message::new(
                "默认图是所有文件之并，不能直接改写",
                "the default graph is the union of all documents and cannot be written",
            ),
            Self::TwoDatasets => Message::new(
                "更新语句自身已用 `USING` 或 `WITH` 选图，不能再从外部指定",
                "the update itself chooses graphs with `USING` or `WITH`, they cannot be chosen outside too",
            ),
            Self::Service => Message::new(
                "查询中的 `SERVICE` 会访问其他服务器，不予执行",
                "`SERVICE` asks another server and is refused",
            ),
            Self::UnknownQuery { name, .. } => {
                Message::new(format!("没有名为 `{name}` 的查询"), format!("no query `{name}`"))
            }
            Self::UnknownParameter { name, .. } => {
                Message::new(format!("查询没有参数 `{name}`"), format!("the query has no parameter `{name}`"))
            }
            Self::MissingParameter { name } => {
                Message::new(format!("缺少参数 `{name}`"), format!("parameter `{name}` is missing"))
            }
            Self::BadValue { name, value, expected } => Message::new(
                format!("参数 `{name}` 的值 `{value}` 不是{}", chinese(expected)),
                format!("the value `{value}` of parameter `{name}` is not of type {expected}"),
            ),
            Self::Assigned { name } => Message::new(
                format!("查询自身已给变量 `{name}` 赋值，不能作参数"),
                format!("the query itself assigns `{name}`, which cannot be a parameter"),
            ),
            Self::Ambiguous { name } => Message::new(
                format!("`BOUND` 问的是参数 `{name}` 还是 `OPTIONAL`、`UNION` 中的同名变量，无法分辨"),
                format!("`BOUND` may ask of the parameter `{name}` or of the variable in an `OPTIONAL` or `UNION`"),
            ),
            Self::Format { format, .. } => Message::new(
                format!("此结果不能写成 `{format}`"),
                format!("this answer cannot be written as `{format}`"),
            ),
            Self::Limit => Message::new("超出时间或行数限制", "the limit of time or rows is reached"),
            Self::Header { name, reason } => Message::new(
                format!("查询 `{name}` 的说明有误：{reason}"),
                format!("header of query `{name}`: {reason}"),
            ),
            Self::Evaluation { reason } => {
                Message::new(format!("执行失败：{reason}"), format!("evaluation failed: {reason}"))
            }
            Self::NoUnion { url } => Message::new(
                format!("`{url}`：默认图是空的，此查询的路径须跨越各图"),
                format!("`{url}`: the default graph is empty, and a path of the query may lead from graph to graph"),
            ),
            Self::AnyProperty => Message::new(
                "查询问及任意属性或不定长路径，不能在其他服务器上按日期归并机构",
                "the query asks for any property or follows a path of any length, and cannot be asked of another server as of a day",
            ),
            #[cfg(feature = "client")]
            Self::Remote(error) => return error.message(lang),
            Self::Store(error) => return error.message(lang),
            Self::Io(error) => return io_words(error, lang),
        };
        message.in_lang(lang).to_owned()
    }

    /// What to do next, where something can be done.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let names = |names: &[String], comma: &str| {
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(comma)
        };
        let hint = match self {
            Self::UnknownQuery { similar, .. } if similar.is_empty() => {
                Message::new("用 `zeren query --list` 列出全部查询", "`zeren query --list` names them all")
            }
            Self::UnknownParameter { similar, .. } if similar.is_empty() => {
                Message::new("此查询没有参数", "the query has no parameters")
            }
            Self::UnknownQuery { similar, .. } | Self::UnknownParameter { similar, .. } => Message::new(
                format!("是不是 {}？", names(similar, "、")),
                format!("did you mean {}?", names(similar, ", ")),
            ),
            Self::MissingParameter { name } => {
                Message::new(format!("用 `--param {name}=…` 给出"), format!("give it with `--param {name}=…`"))
            }
            Self::Format { fitting, .. } => Message::new(
                format!("可用 {}", fitting.join("、")),
                format!("formats that fit: {}", fitting.join(", ")),
            ),
            Self::Ambiguous { .. } => {
                Message::new("在模式中换用另一变量名", "give the variable of the pattern another name")
            }
            Self::DefaultGraph => {
                Message::new("用 `GRAPH <IRI> { … }` 写明哪个图", "name a graph: `GRAPH <IRI> { … }`")
            }
            Self::Update => {
                Message::new("文件改动后用 `zeren build` 更新", "change the documents and run `zeren build`")
            }
            Self::NoUnion { .. } => Message::new(
                "用 `zeren push` 入库，或让服务器把默认图当作各图之并",
                "fill the server with `zeren push`, or have its default graph be the union of all",
            ),
            Self::AnyProperty => Message::new(
                "写明属性（如 `z:leads`），或用 `zeren dump --endpoint … | zeren load` 存入本地库再问",
                "name the properties (as in `z:leads`), or dump the server into a store and ask that",
            ),
            #[cfg(feature = "client")]
            Self::Remote(error) => return error.hint(lang),
            Self::Store(error) => return error.hint(lang),
            _ => return None,
        };
        Some(hint.in_lang(lang).to_owned())
    }
}

/// The name of a type in Chinese.
fn chinese(kind: &str) -> &str {
    match kind {
        "text" => "文字",
        "integer" => "整数",
        "decimal" => "数",
        "date" => "日期（如 2031、2031-09 或 2031-09-30）",
        "boolean" => " true 或 false",
        "iri" => " IRI",
        "variable" => "变量",
        other => other,
    }
}

/// The names that are similar enough to be meant, the most similar first, at most three.
pub(super) fn similar<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut ranked: Vec<(f64, &str)> = names
        .map(|known| (strsim::jaro_winkler(&name.to_lowercase(), &known.to_lowercase()), known))
        .filter(|(score, _)| *score > 0.7)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    ranked.into_iter().take(3).map(|(_, known)| known.to_owned()).collect()
}
