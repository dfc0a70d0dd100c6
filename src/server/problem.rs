//! Why a request is not answered, as status and words.

use std::fmt::Write as _;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::page;
use super::reader::Reader;
use super::routes::bytes;
use crate::diagnostic::{Lang, Message};
use crate::load::LoadError;
use crate::query::QueryError;
use crate::site::Told;
use crate::store::StoreError;

/// Why a request is not answered.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    what: Message,
    hint: Option<Box<Message>>,
    /// The methods that are allowed, for status 405.
    allow: Option<&'static str>,
    /// Line and column in a query, from 1, columns in characters.
    place: Option<(usize, usize)>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { status, what: Message::new(zh, en), hint: None, allow: None, place: None }
    }

    pub(super) fn bad_request(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, zh, en)
    }

    pub(super) fn with_hint(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.hint = Some(Box::new(Message::new(zh, en)));
        self
    }

    pub(super) fn late() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "超出时间限制", "the time allowed is used up").with_hint(
            "缩小查询范围，或用 `zeren serve --timeout` 放宽",
            "ask for less, or raise `zeren serve --timeout`",
        )
    }

    pub(super) fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "正在试读别人的文件，没有轮到这一份",
            "other documents are being tried, and this one did not have its turn",
        )
        .with_hint("请稍后再试", "try again in a while")
    }

    pub(super) fn too_much() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "超出内存限制", "the memory allowed is used up").with_hint(
            "缩小查询范围，或用 `zeren serve --memory` 放宽",
            "ask for less, or raise `zeren serve --memory`",
        )
    }

    pub(super) fn internal(reason: &str) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, format!("内部错误：{reason}"), format!("internal error: {reason}"))
    }

    pub(super) fn method(allow: &'static str) -> Self {
        let problem =
            Self::new(StatusCode::METHOD_NOT_ALLOWED, "此处不接受这种方法", "this method is not allowed here");
        Self { allow: Some(allow), ..problem }
    }

    pub(super) fn read_only() -> Self {
        Self::new(StatusCode::FORBIDDEN, "此服务只读", "this server only reads")
            .with_hint("用 `zeren serve --writable` 允许更新", "updates are allowed by `zeren serve --writable`")
    }

    pub(super) fn media_type(given: &str) -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("不支持内容类型 `{given}`"),
            format!("the content type `{given}` is not supported"),
        )
    }

    pub(super) fn not_acceptable(offered: &[&str]) -> Self {
        let list = offered.join(", ");
        Self::new(StatusCode::NOT_ACCEPTABLE, "没有所要的格式", "none of the formats asked for can be given")
            .with_hint(format!("可给 {list}"), format!("what can be given: {list}"))
    }

    pub(super) fn missing() -> Self {
        Self::new(StatusCode::NOT_FOUND, "此处没有内容", "there is nothing here")
            .with_hint("检索词语，或从总览进入", "search for words, or begin with the overview")
    }

    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    /// The same, to be told on a page.
    pub(super) fn told(&self) -> Told {
        Told { done: false, what: self.what.clone(), hint: self.hint.as_deref().cloned() }
    }

    /// Where in a query it lies: line and column, from 1, columns in characters.
    pub(super) fn place(&self) -> Option<(usize, usize)> {
        self.place
    }

    /// The answer that says so: a page for those who look at pages, else a line of text.
    pub(super) fn respond(self, reader: &Reader) -> Response {
        let lang = reader.lang;
        let (content_type, text) = if reader.wants_page {
            ("text/html; charset=utf-8", page::problem(self.status, &self.what, self.hint.as_deref(), reader))
        } else {
            let mut text = format!("{}\n", self.what.in_lang(lang));
            if let Some(hint) = &self.hint {
                let _ = writeln!(text, "{}{}", lang.pick("提示：", "hint: "), hint.in_lang(lang));
            }
            ("text/plain; charset=utf-8", text)
        };
        let mut response = bytes(content_type, text.into_bytes());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.pick("zh", "en")));
        if let Some(allow) = self.allow {
            headers.insert(header::ALLOW, HeaderValue::from_static(allow));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        let status = match &error {
            QueryError::Limit | QueryError::Service | QueryError::Load => StatusCode::FORBIDDEN,
            QueryError::Evaluation { .. } | QueryError::Io(_) | QueryError::Header { .. } => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            QueryError::Store(error) => of_store(error),
            QueryError::Format { .. } => StatusCode::NOT_ACCEPTABLE,
            _ => StatusCode::BAD_REQUEST,
        };
        let hint = error.hint(Lang::Zh).zip(error.hint(Lang::En));
        let hint = match &error {
            QueryError::Limit => Some((
                "用 `LIMIT` 缩小结果，或用 `zeren serve --limit` 放宽".to_owned(),
                "ask for less with `LIMIT`, or raise `zeren serve --limit`".to_owned(),
            )),
            _ => hint,
        };
        let place = match &error {
            QueryError::Syntax { line, column, .. } if *line > 0 => Some((*line, *column)),
            _ => None,
        };
        Self {
            place,
            status,
            what: Message::new(error.message(Lang::Zh), error.message(Lang::En)),
            hint: hint.map(|(zh, en)| Box::new(Message::new(zh, en))),
            allow: None,
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::new(of_store(&error), error.message(Lang::Zh), error.message(Lang::En))
    }
}

fn of_store(error: &StoreError) -> StatusCode {
    match error {
        StoreError::ReadOnly { .. } => StatusCode::FORBIDDEN,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<LoadError> for Problem {
    fn from(error: LoadError) -> Self {
        Self::bad_request(error.message(Lang::Zh), error.message(Lang::En))
    }
}
