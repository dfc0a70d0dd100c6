//! Digest authentication (RFC 7616): a proof that one knows the password.

use crate::hexadecimal;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use md5::Md5;
use sha2::{Digest, Sha256};

/// What a server wants to be proven.
#[derive(Clone, Debug)]
pub(super) struct Challenge {
    fields: BTreeMap<String, String>,
    /// How often the server's number was used.
    uses: u32,
}

impl Challenge {
    /// Reads the value of `WWW-Authenticate`; none of other kinds of authentication.
    pub(super) fn parse(header: &str) -> Option<Self> {
        let start = header.to_ascii_lowercase().find("digest ")?;
        let mut rest = header.get(start + "digest ".len()..)?.trim_start();
        let mut fields = BTreeMap::new();
        while let Some((name, after)) = rest.split_once('=') {
            let (value, after) = match after.trim_start().strip_prefix('"') {
                Some(quoted) => quoted.split_once('"')?,
                None => after.split_at_checked(after.find(',').unwrap_or(after.len()))?,
            };
            fields.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
            rest = after.trim_start().trim_start_matches(',').trim_start();
        }
        fields.contains_key("nonce").then_some(Self { fields, uses: 0 })
    }

    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// Whether the proof was right, but the server's number too old.
    pub(super) fn is_stale(&self) -> bool {
        self.field("stale").eq_ignore_ascii_case("true")
    }

    /// Whether both ask for the same, numbers aside.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.field("realm") == other.field("realm") && self.uses > 1
    }

    /// The value of `Authorization` for a request.
    pub(super) fn answer(&mut self, user: &str, password: &str, method: &str, path: &str) -> String {
        let own = format!("{:016x}", RandomState::new().build_hasher().finish());
        self.uses += 1;
        self.answer_with(&own, user, password, method, path)
    }

    fn answer_with(&self, cnonce: &str, user: &str, password: &str, method: &str, path: &str) -> String {
        let algorithm = self.field("algorithm");
        let upper = algorithm.to_ascii_uppercase();
        let hash: fn(&str) -> String =
            if upper.starts_with("SHA-256") { hexadecimal::<Sha256> } else { hexadecimal::<Md5> };
        let (realm, nonce) = (self.field("realm"), self.field("nonce"));
        let mut secret = hash(&format!("{user}:{realm}:{password}"));
        if upper.ends_with("-SESS") {
            secret = hash(&format!("{secret}:{nonce}:{cnonce}"));
        }
        let what = hash(&format!("{method}:{path}"));
        let count = format!("{:08x}", self.uses);
        let qualified = self.field("qop").split(',').any(|kind| kind.trim() == "auth");
        let proof = if qualified {
            hash(&format!("{secret}:{nonce}:{count}:{cnonce}:auth:{what}"))
        } else {
            hash(&format!("{secret}:{nonce}:{what}"))
        };
        let mut out = format!(
            "Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{path}\", response=\"{proof}\""
        );
        if qualified {
            let _ = write!(out, ", qop=auth, nc={count}, cnonce=\"{cnonce}\"");
        }
        if !algorithm.is_empty() {
            let _ = write!(out, ", algorithm={algorithm}");
        }
        if let Some(opaque) = self.fields.get("opaque") {
            let _ = write!(out, ", opaque=\"{opaque}\"");
        }
        out
    }
}

fn hexadecimal<D: Digest>(text: &str) -> String {
    hexadecimal::digits(&D::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7616, section 3.9.1.
    #[test]
    fn the_example_of_the_specification() {
        let ask = |algorithm: &str| {
            let header = format!(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, \
                 nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
                 opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
            );
            let mut challenge = Challenge::parse(&header).unwrap();
            challenge.uses = 1;
            let own = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
            challenge.answer_with(own, "Mufasa", "Circle of Life", "GET", "/dir/index.html")
        };
        assert!(ask("MD5").contains("response=\"8ca523f5e9506fed4657c9700eebdbec\""));
        let sha = ask("SHA-256");
        assert!(sha.contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\""));
        assert!(sha.contains("nc=00000001") && sha.contains("opaque=\"FQhe"));
        assert!(Challenge::parse("Basic realm=\"a\"").is_none());
    }
}
