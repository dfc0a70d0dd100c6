//! What a line of the shell says.

use std::collections::BTreeMap;

use zeren::query::catalogue;

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Nothing,
    Quit,
    Help,
    Queries,
    Prefixes,
    Format(String),
    Limit(String),
    /// A shipped query with its parameters.
    Named(String, BTreeMap<String, String>),
    /// A part of a query, and whether it ends there.
    Sparql {
        text: String,
        ends: bool,
    },
    Unknown(String),
}

impl Line {
    /// Reads a line; `open` says that it goes on with a query that was begun.
    pub(super) fn read(words: &str, open: bool) -> Self {
        let trimmed = words.trim();
        if open {
            return sparql(words);
        }
        let (first, rest) = trimmed.split_once(char::is_whitespace).unwrap_or((trimmed, ""));
        match first {
            "" => Self::Nothing,
            ".quit" | ".exit" => Self::Quit,
            ".help" => Self::Help,
            ".queries" => Self::Queries,
            ".prefixes" => Self::Prefixes,
            ".format" => Self::Format(rest.trim().to_owned()),
            ".limit" => Self::Limit(rest.trim().to_owned()),
            first if first.starts_with('.') => Self::Unknown(first.to_owned()),
            first => match catalogue::find(first.trim_end_matches(';')) {
                Ok(named) => Self::Named(named.name.to_owned(), parameters(rest.trim_end_matches(';'))),
                // a word alone is no SPARQL
                Err(_) if rest.is_empty() && !first.contains(['{', '?', ':', ';']) && !is_form(first) => {
                    Self::Unknown(first.to_owned())
                }
                Err(_) => sparql(words),
            },
        }
    }
}

fn is_form(word: &str) -> bool {
    ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE"].iter().any(|form| word.eq_ignore_ascii_case(form))
}

fn sparql(words: &str) -> Line {
    match words.trim_end().strip_suffix(';') {
        Some(text) => Line::Sparql { text: text.to_owned(), ends: true },
        // a line without anything ends what was begun
        None => Line::Sparql { text: words.to_owned(), ends: words.trim().is_empty() },
    }
}

/// `document=绍兴 text="医保 支付"`: a value in quotation marks may hold blanks.
fn parameters(text: &str) -> BTreeMap<String, String> {
    let mut parameters = BTreeMap::new();
    let mut rest = text.trim_start();
    while let Some((name, value)) = rest.split_once('=') {
        let (value, after) = match value.strip_prefix('"').and_then(|inner| inner.split_once('"')) {
            Some((value, after)) => (value, after),
            None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        parameters.insert(name.trim().to_owned(), value.to_owned());
        rest = after.trim_start();
    }
    if !rest.is_empty() {
        parameters.insert(rest.trim().to_owned(), String::new());
    }
    parameters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_shipped_queries_commands_or_sparql() {
        let named = |name: &str, pairs: &[(&str, &str)]| {
            let pairs = pairs.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
            Line::Named(name.to_owned(), pairs)
        };
        assert_eq!(Line::read("workload", false), named("workload", &[]));
        assert_eq!(
            Line::read("search text=\"医保 支付\" document=绍兴;", false),
            named("search", &[("text", "医保 支付"), ("document", "绍兴")])
        );
        assert_eq!(Line::read(".limit 5", false), Line::Limit("5".to_owned()));
        assert_eq!(Line::read("wrokload", false), Line::Unknown("wrokload".to_owned()));
        assert_eq!(Line::read("  ", false), Line::Nothing);
        assert_eq!(Line::read("SELECT ?a {", false), Line::Sparql { text: "SELECT ?a {".to_owned(), ends: false });
        assert_eq!(Line::read("workload } ;", true), Line::Sparql { text: "workload } ".to_owned(), ends: true });
        assert_eq!(Line::read("", true), Line::Sparql { text: String::new(), ends: true });
    }
}
