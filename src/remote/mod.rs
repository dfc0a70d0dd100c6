//! HTTP to other servers: one request after another, with authentication, headers and retries.

mod client;
mod digest;
mod error;

pub use client::{Client, Method, Reply, Request, Settings};
pub use error::RemoteError;

/// How the program says to a server who it is.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Auth {
    /// Not at all.
    #[default]
    None,
    /// Name and password, readable to who listens (RFC 7617).
    Basic {
        /// The name.
        user: String,
        /// The password.
        password: String,
    },
    /// Name and a proof of the password (RFC 7616).
    Digest {
        /// The name.
        user: String,
        /// The password.
        password: String,
    },
    /// A token (RFC 6750).
    Bearer(
        /// The token.
        String,
    ),
}

/// Passwords and tokens are not shown.
impl std::fmt::Debug for Auth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Basic { .. } => "Basic",
            Self::Digest { .. } => "Digest",
            Self::Bearer(_) => "Bearer",
        })
    }
}
