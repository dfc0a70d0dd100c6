//! The client: a request, its answer, and another try where that can do no harm.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use ureq::Agent;
use ureq::http;

use super::digest::Challenge;
use super::{Auth, RemoteError};

/// How often a request is sent at most.
const TRIES: u32 = 4;
/// The pause before the second try; it doubles with every further one.
const PAUSE: Duration = Duration::from_millis(300);
/// The longest pause that a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);
/// The most bytes of an answer.
const LARGEST: u64 = 4 << 30;

/// What a request wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// To have something.
    Get,
    /// To put something in the place of what is there.
    Put,
    /// To hand something over.
    Post,
    /// To have something removed.
    Delete,
}

impl Method {
    fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// A request.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// What it wants.
    pub method: Method,
    /// Where it goes.
    pub url: &'a str,
    /// Media types that are understood, for `Accept`.
    pub accept: &'a str,
    /// The entity tag of what is known already, for `If-None-Match`: status 304 says that it is still so.
    pub known: Option<&'a str>,
    /// Media type and bytes of what is sent along.
    pub content: Option<(&'a str, &'a [u8])>,
    /// Whether it may be sent twice: twice does then as much as once.
    pub repeatable: bool,
}

/// An answer, whatever its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The media type, in small letters and without parameters; empty if none is given.
    pub media_type: String,
    /// At which number of rows the server cuts answers off, if it says so of this one.
    pub most_rows: Option<usize>,
    /// The bytes.
    pub body: Vec<u8>,
}

impl Reply {
    /// Whether the status is one of success.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// How a client speaks to its server.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Who it is.
    pub auth: Auth,
    /// Further headers: name and value.
    pub headers: Vec<(String, String)>,
    /// How long an answer may take; none for as long as it takes.
    pub timeout: Option<Duration>,
}

/// Sends requests.
pub struct Client {
    agent: Agent,
    settings: Settings,
    /// What the server wants to be proven, once it has said so.
    challenge: Mutex<Option<Challenge>>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("auth", &self.settings.auth).finish_non_exhaustive()
    }
}

impl Client {
    /// A client of the settings.
    pub fn new(settings: Settings) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // a redirected update may arrive as something else, and a password elsewhere
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(Duration::from_secs(20)))
            .timeout_global(settings.timeout)
            .user_agent(concat!("zeren/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into(), settings, challenge: Mutex::new(None) }
    }

    /// Sends a request, again and again if it may be repeated and the server is not there, is busy
    /// or breaks off.
    ///
    /// # Errors
    ///
    /// [`RemoteError`], if no answer comes; an answer that says no is none.
    pub fn send(&self, request: &Request<'_>) -> Result<Reply, RemoteError> {
        let mut pause = PAUSE;
        for left in (0..TRIES).rev() {
            let (outcome, asked) = match self.once(request) {
                Ok((reply, asked)) if matches!(reply.status, 429 | 502 | 503 | 504) => (Ok(reply), asked),
                Ok((reply, _)) => return Ok(reply),
                Err(error) if error.is_passing() => (Err(error), None),
                Err(error) => return Err(error),
            };
            if left == 0 || !request.repeatable {
                return outcome;
            }
            thread::sleep(asked.map_or(pause, |asked| asked.min(LONGEST_PAUSE)));
            pause *= 2;
        }
        Err(RemoteError::no_answer(request.url, "no answer"))
    }

    /// One try, and the pause that the server asks for; two where the server first says what it
    /// wants to be proven.
    fn once(&self, request: &Request<'_>) -> Result<(Reply, Option<Duration>), RemoteError> {
        let reply = self.exchange(request)?;
        let Auth::Digest { .. } = self.settings.auth else { return read(reply, request.url) };
        let asked = || reply.headers().get_all("www-authenticate").into_iter().filter_map(|value| value.to_str().ok());
        let challenge = (reply.status() == 401).then(|| asked().find_map(Challenge::parse)).flatten();
        let Some(challenge) = challenge else { return read(reply, request.url) };
        // a proof that was refused is not sent again, unless the server's number has just grown old
        if self.challenge().as_ref().is_some_and(|former| !challenge.is_stale() && former.is_same(&challenge)) {
            return read(reply, request.url);
        }
        *self.challenge() = Some(challenge);
        read(self.exchange(request)?, request.url)
    }

    fn exchange(&self, request: &Request<'_>) -> Result<http::Response<ureq::Body>, RemoteError> {
        let refused = |reason: String| RemoteError::BadRequest { url: request.url.to_owned(), reason };
        let mut built = http::Request::builder().method(request.method.as_str()).uri(encode(request.url));
        if !request.accept.is_empty() {
            built = built.header("accept", request.accept);
        }
        if let Some(known) = request.known {
            built = built.header("if-none-match", known);
        }
        if let Some(authorization) = self.authorization(request) {
            built = built.header("authorization", authorization);
        }
        for (name, value) in &self.settings.headers {
            built = built.header(name, value);
        }
        let failed = |error| RemoteError::of(request.url, error);
        match request.content {
            None => {
                let built = built.body(()).map_err(|error| refused(error.to_string()))?;
                self.agent.run(built).map_err(failed)
            }
            Some((media_type, content)) => {
                let built = built.header("content-type", media_type);
                let built = built.body(content).map_err(|error| refused(error.to_string()))?;
                self.agent.run(built).map_err(failed)
            }
        }
    }

    fn authorization(&self, request: &Request<'_>) -> Option<String> {
        match &self.settings.auth {
            Auth::None => None,
            Auth::Basic { user, password } => {
                Some(format!("Basic {}", base64(format!("{user}:{password}").as_bytes())))
            }
            Auth::Bearer(token) => Some(format!("Bearer {token}")),
            Auth::Digest { user, password } => {
                let url = encode(request.url);
                let uri: http::Uri = url.parse().ok()?;
                let path = uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
                self.challenge()
                    .as_mut()
                    .map(|challenge| challenge.answer(user, password, request.method.as_str(), path))
            }
        }
    }

    fn challenge(&self) -> std::sync::MutexGuard<'_, Option<Challenge>> {
        self.challenge.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn read(reply: http::Response<ureq::Body>, url: &str) -> Result<(Reply, Option<Duration>), RemoteError> {
    let header = |name: &str| reply.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = header("content-type").split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let pause = header("retry-after").trim().parse().ok().map(Duration::from_secs);
    // how Virtuoso tells that there may be more
    let most_rows = header("x-sparql-maxrows").trim().parse().ok();
    let status = reply.status().as_u16();
    let body = reply.into_body().into_with_config().limit(LARGEST).read_to_vec();
    let body = body.map_err(|error| RemoteError::of(url, error))?;
    Ok((Reply { status, media_type, most_rows, body }, pause))
}

/// An address as it goes over the wire: what is not ASCII is percent-encoded.
fn encode(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'!'..=b'~' if !b"\"<>\\^`{|}".contains(&byte) => out.push(char::from(byte)),
            _ => {
                use std::fmt::Write as _;
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Base 64 with padding (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0_usize, |word, index| word << 8 | chunk.get(index).copied().map_or(0, usize::from));
        for index in 0..4 {
            let sign = SIGNS.get(word >> (18 - 6 * index) & 63).copied().unwrap_or(b'=');
            out.push(if index <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_passwords_are_encoded() {
        for (plain, encoded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("局:a", "5bGAOmE=")] {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
        assert_eq!(encode("http://a.example/局?q=%41 b"), "http://a.example/%E5%B1%80?q=%41%20b");
    }
}
