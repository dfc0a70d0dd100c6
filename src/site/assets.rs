//! The parts of pages that are the same everywhere, embedded.

/// Name, media type and content of every part.
pub const ASSETS: [(&str, &str, &str); 2] = [
    ("style.css", "text/css; charset=utf-8", include_str!("assets/style.css")),
    ("search.js", "text/javascript; charset=utf-8", include_str!("assets/search.js")),
];
