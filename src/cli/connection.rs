//! Arguments that say how to speak to another server.

use std::time::Duration;

use clap::Args;
use zeren::diagnostic::Message;
use zeren::remote::{Auth, Client, Settings};

use super::failure::Failure;

/// The variable with the password or token, which a command line would show to others.
const SECRET: &str = "ZEREN_SECRET";

/// How to speak to another server.
#[derive(Debug, Args)]
pub(super) struct ConnectionArguments {
    /// Who to be at the server: basic:NAME, digest:NAME or bearer; password or token from ZEREN_SECRET, or behind a colon
    #[arg(long, value_name = "AUTH")]
    auth: Option<String>,
    /// Further header to send (repeatable)
    #[arg(long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,
    /// Seconds to wait for an answer of the server
    #[arg(long, value_name = "SECONDS")]
    wait: Option<u64>,
}

impl ConnectionArguments {
    /// Whether it goes by a name.
    pub(super) fn has_name(&self) -> bool {
        self.auth.is_some()
    }

    /// A client that speaks so.
    pub(super) fn client(&self) -> Result<Client, Failure> {
        let headers = self.headers.iter().map(|header| {
            let (name, value) = header.split_once(':').ok_or_else(|| {
                usage(
                    "--header",
                    Message::new(
                        format!("`{header}` 不是“名称: 值”的形式"),
                        format!("`{header}` is not of the form `name: value`"),
                    ),
                    None,
                )
            })?;
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        });
        Ok(Client::new(Settings {
            auth: self.auth.as_deref().map_or(Ok(Auth::None), auth)?,
            headers: headers.collect::<Result<_, Failure>>()?,
            timeout: self.wait.map(Duration::from_secs),
        }))
    }
}

fn usage(place: &str, what: Message, hint: Option<Message>) -> Failure {
    Failure::Usage { place: place.to_owned(), what, hint }
}

/// Reads `basic:NAME`, `digest:NAME` or `bearer`, each with the secret behind a further colon if
/// that is to be seen.
fn auth(text: &str) -> Result<Auth, Failure> {
    let (kind, rest) = text.split_once(':').map_or((text, None), |(kind, rest)| (kind, Some(rest)));
    let secret = |given: Option<&str>| match given.map(str::to_owned).or_else(|| std::env::var(SECRET).ok()) {
        Some(secret) => Ok(secret),
        None => Err(usage(
            "--auth",
            Message::new("没有密码或令牌", "there is no password or token"),
            Some(Message::new(
                format!("放入环境变量 `{SECRET}`"),
                format!("put it into the environment variable `{SECRET}`"),
            )),
        )),
    };
    let named = || rest.map_or(("", None), |rest| rest.split_once(':').map_or((rest, None), |(a, b)| (a, Some(b))));
    match (kind, named()) {
        ("basic", (user, given)) if !user.is_empty() => {
            Ok(Auth::Basic { user: user.to_owned(), password: secret(given)? })
        }
        ("digest", (user, given)) if !user.is_empty() => {
            Ok(Auth::Digest { user: user.to_owned(), password: secret(given)? })
        }
        ("bearer", _) => Ok(Auth::Bearer(secret(rest)?)),
        _ => Err(usage(
            "--auth",
            Message::new("无法解读", "it cannot be read"),
            Some(Message::new("写作 basic:用户名、digest:用户名 或 bearer", "write basic:NAME, digest:NAME or bearer")),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_secrets_are_told_apart() {
        let basic = Auth::Basic { user: "李".into(), password: "a:b".into() };
        assert_eq!(auth("basic:李:a:b").unwrap(), basic);
        assert_eq!(auth("bearer:a:b").unwrap(), Auth::Bearer("a:b".into()));
        for text in ["", "basic", "digest:", "ntlm:a:b"] {
            assert!(auth(text).is_err(), "{text}");
        }
        assert_eq!(format!("{basic:?}"), "Basic", "no secret in a message");
    }
}
