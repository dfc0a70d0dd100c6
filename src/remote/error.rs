//! Why another server did not do what was asked of it.

use crate::diagnostic::{Lang, Message};

/// The most characters of a server's own words that a message repeats.
const SHOWN: usize = 300;

/// Why another server did not do what was asked of it.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// The address or a header is none.
    #[error("{}", self.message(Lang::En))]
    BadRequest {
        /// The address.
        url: String,
        /// What is wrong.
        reason: String,
    },
    /// No answer came.
    #[error("{}", self.message(Lang::En))]
    NoAnswer {
        /// The address.
        url: String,
        /// The cause.
        reason: String,
        /// Whether the answer took too long.
        late: bool,
    },
    /// The server said no.
    #[error("{}", self.message(Lang::En))]
    Refused {
        /// The address.
        url: String,
        /// The status code.
        status: u16,
        /// The server's own words, shortened.
        words: String,
    },
    /// The server's answer cannot be read.
    #[error("{}", self.message(Lang::En))]
    Unreadable {
        /// The address.
        url: String,
        /// What is wrong.
        reason: String,
    },
    /// The server kept rows back.
    #[error("{}", self.message(Lang::En))]
    Cut {
        /// The address.
        url: String,
        /// How many rows it gave.
        rows: usize,
    },
}

impl RemoteError {
    pub(super) fn of(url: &str, error: ureq::Error) -> Self {
        let url = url.to_owned();
        match error {
            ureq::Error::BadUri(reason) => Self::BadRequest { url, reason },
            ureq::Error::Http(error) => Self::BadRequest { url, reason: error.to_string() },
            ureq::Error::Timeout(_) => Self::NoAnswer { url, reason: error.to_string(), late: true },
            error => Self::NoAnswer { url, reason: error.to_string(), late: false },
        }
    }

    pub(super) fn no_answer(url: &str, reason: &str) -> Self {
        Self::NoAnswer { url: url.to_owned(), reason: reason.to_owned(), late: false }
    }

    /// An answer that says no.
    pub fn refused(url: &str, reply: &super::Reply) -> Self {
        let text = String::from_utf8_lossy(&reply.body);
        // servers answer with whole pages; their first words say what is wrong
        let text = if text.trim_start().starts_with('<') { without_tags(&text) } else { text.into_owned() };
        let words: Vec<&str> = text.split_whitespace().collect();
        let words = words.join(" ").chars().take(SHOWN).collect();
        Self::Refused { url: url.to_owned(), status: reply.status, words }
    }

    /// An answer that cannot be read.
    pub fn unreadable(url: &str, reason: impl Into<String>) -> Self {
        Self::Unreadable { url: url.to_owned(), reason: reason.into() }
    }

    /// An answer that may lack rows.
    pub fn cut(url: &str, rows: usize) -> Self {
        Self::Cut { url: url.to_owned(), rows }
    }

    /// Whether another try may fare better.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self, Self::NoAnswer { late: false, .. })
    }

    /// What went wrong, place first, in one language.
    pub fn message(&self, lang: Lang) -> String {
        let message = match self {
            Self::BadRequest { url, reason } => {
                Message::new(format!("`{url}`：无法发出请求：{reason}"), format!("`{url}`: cannot be asked: {reason}"))
            }
            Self::NoAnswer { url, reason, .. } => {
                Message::new(format!("`{url}`：没有答复：{reason}"), format!("`{url}`: no answer: {reason}"))
            }
            Self::Refused { url, status, words } => Message::new(
                format!("`{url}`：服务器拒绝（{status}）：{words}"),
                format!("`{url}`: the server refused ({status}): {words}"),
            ),
            Self::Unreadable { url, reason } => Message::new(
                format!("`{url}`：答复无法解读：{reason}"),
                format!("`{url}`: the answer cannot be read: {reason}"),
            ),
            Self::Cut { url, rows } => Message::new(
                format!("`{url}`：服务器在第 {rows} 行截断了答复"),
                format!("`{url}`: the server cut its answer off after {rows} rows"),
            ),
        };
        message.in_lang(lang).trim_end_matches(['：', ':', ' ']).to_owned()
    }

    /// What to do next, where something can be done.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let hint = match self {
            Self::BadRequest { .. } => {
                Message::new("地址形如 http://localhost:7878/query", "addresses look like http://localhost:7878/query")
            }
            Self::NoAnswer { late: true, .. } => Message::new(
                "用 `--timeout` 给更多时间，或缩小范围",
                "give more time with `--timeout`, or ask for less",
            ),
            Self::NoAnswer { .. } => {
                Message::new("检查服务器是否在运行、地址是否正确", "see that the server runs and the address is right")
            }
            Self::Refused { status: 401 | 403, .. } => Message::new(
                "用 `--auth` 给出用户名和密码，或令牌",
                "give name and password, or a token, with `--auth`",
            ),
            Self::Refused { status: 404 | 405, .. } => Message::new(
                "检查地址，或用 `--preset` 指明服务器的种类",
                "check the address, or name the kind of server with `--preset`",
            ),
            Self::Refused { status: 300..=399, .. } => {
                Message::new("直接使用它所指的地址", "use the address that it points to")
            }
            Self::Unreadable { .. } => {
                Message::new("检查地址是否为 SPARQL 端点", "check that the address is that of a SPARQL endpoint")
            }
            Self::Cut { .. } => Message::new(
                "提高服务器的行数上限（Virtuoso 为 `ResultSetMaxRows`），或用 `--limit` 少要一些",
                "raise its limit (`ResultSetMaxRows` of Virtuoso), or ask for fewer with `--limit`",
            ),
            Self::Refused { .. } => return None,
        };
        Some(hint.in_lang(lang).to_owned())
    }
}

fn without_tags(page: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for char in page.chars() {
        match char {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            _ if !inside => out.push(char),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_servers_become_words() {
        let reply = super::super::Reply {
            status: 400,
            media_type: "text/html".into(),
            most_rows: None,
            body: "<html><h1>Bad\n request</h1> near line 1</html>".into(),
        };
        let error = RemoteError::refused("http://a.example/q", &reply);
        assert_eq!(error.to_string(), "`http://a.example/q`: the server refused (400): Bad request near line 1");
    }
}
