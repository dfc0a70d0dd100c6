//! Reads a query: prefixes, place of an error, order of columns, values of parameters.

use std::fmt;

use oxigraph::model::{Term, Variable};
use spargebra::algebra::GraphPattern;
use spargebra::{SparqlParser, SparqlSyntaxError};

use super::{QueryError, bind};
use crate::graph::PREFIXES;
use crate::span::{Span, Text};

/// The most characters of the text that an error message repeats.
const SHOWN: usize = 24;

/// A query that was read and may be bound and run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub(super) algebra: spargebra::Query,
}

impl Query {
    /// Reads a query. The project's prefixes are known without declaration.
    ///
    /// # Errors
    ///
    /// [`QueryError::Syntax`] with the place in `text`, [`QueryError::Update`] for an update and
    /// [`QueryError::Service`] for a query that asks another server.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let parser = parser().map_err(|reason| QueryError::Syntax { line: 0, column: 0, reason })?;
        let mut algebra = match parser.clone().parse_query(text) {
            Ok(algebra) => algebra,
            Err(_) if parser.parse_update(text).is_ok() && !is_blank(text) => return Err(QueryError::Update),
            Err(error) => return Err(syntax(&error, text)),
        };
        bind::refuse_service(&mut algebra)?;
        if let spargebra::Query::Select { pattern, .. } = &mut algebra
            && selects_all(text)
            && let Some(columns) = columns_mut(pattern)
        {
            // the parser sorts them by name
            columns.sort_by_cached_key(|column| first_mention(text, column.as_str()));
        }
        Ok(Self { algebra })
    }

    /// Binds a variable to a value, wherever the query has it: patterns match the value alone,
    /// expressions see it everywhere, and a `SELECT` returns it.
    ///
    /// # Errors
    ///
    /// [`QueryError::BadValue`], if the value cannot stand there or the name is none of a
    /// variable; [`QueryError::Assigned`], if the query itself assigns the variable;
    /// [`QueryError::Ambiguous`], if it asks whether the variable is bound and has it in a part
    /// that may have no match.
    pub fn bind(&mut self, name: &str, value: &Term) -> Result<(), QueryError> {
        let variable = Variable::new(name).map_err(|_| QueryError::BadValue {
            name: name.to_owned(),
            value: value.to_string(),
            expected: "variable",
        })?;
        bind::bind(&mut self.algebra, &variable, value)
    }

    /// The columns of a `SELECT`, in order; none of the other kinds.
    pub fn columns(&self) -> Vec<&str> {
        let spargebra::Query::Select { pattern, .. } = &self.algebra else { return vec![] };
        columns(pattern).iter().map(Variable::as_str).collect()
    }

    /// Whether the rows come in an order that the query asks for.
    pub(super) fn is_ordered(&self) -> bool {
        let spargebra::Query::Select { pattern, .. } = &self.algebra else { return false };
        let mut pattern = pattern;
        loop {
            pattern = match pattern {
                GraphPattern::OrderBy { .. } => return true,
                GraphPattern::Slice { inner, .. }
                | GraphPattern::Distinct { inner }
                | GraphPattern::Reduced { inner }
                | GraphPattern::Project { inner, .. } => inner,
                _ => return false,
            };
        }
    }
}

/// Writes the query with its values, prefixes written out, as any SPARQL server reads it.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.algebra.fmt(f)
    }
}

fn parser() -> Result<SparqlParser, String> {
    PREFIXES.iter().try_fold(SparqlParser::new(), |parser, &(prefix, namespace)| {
        parser.with_prefix(prefix, namespace).map_err(|error| error.to_string())
    })
}

fn columns(pattern: &GraphPattern) -> &[Variable] {
    match pattern {
        GraphPattern::Project { variables, .. } => variables,
        GraphPattern::Slice { inner, .. } | GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
            columns(inner)
        }
        _ => &[],
    }
}

fn columns_mut(pattern: &mut GraphPattern) -> Option<&mut Vec<Variable>> {
    match pattern {
        GraphPattern::Project { variables, .. } => Some(variables),
        GraphPattern::Slice { inner, .. } | GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
            columns_mut(inner)
        }
        _ => None,
    }
}

/// The words of a query outside comments, strings and IRIs, with the offset of each in bytes.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, char)) = rest.next() {
        match char {
            '#' => while rest.next_if(|&(_, char)| char != '\n').is_some() {},
            '"' | '\'' => {
                while let Some((_, inner)) = rest.next_if(|&(_, inner)| inner != char) {
                    if inner == '\\' {
                        rest.next();
                    }
                }
                rest.next();
            }
            // an IRI has no blank inside, unlike a comparison
            '<' => {
                let tail = text.get(start..).unwrap_or_default();
                let end = tail.find(|char: char| char == '>' || char.is_whitespace());
                if let Some(end) = end.filter(|&end| tail.get(end..).is_some_and(|tail| tail.starts_with('>'))) {
                    while rest.next_if(|&(at, _)| at <= start + end).is_some() {}
                }
            }
            '*' => words.push((start, "*")),
            _ if char.is_alphanumeric() || matches!(char, '?' | '$' | '_') => {
                let mut end = start + char.len_utf8();
                // outside variables a colon belongs to the word: `select:` is a prefix
                let joins = |joint: char| joint == '_' || (matches!(joint, ':' | '-') && !matches!(char, '?' | '$'));
                while let Some((at, char)) = rest.next_if(|&(_, char)| char.is_alphanumeric() || joins(char)) {
                    end = at + char.len_utf8();
                }
                words.push((start, text.get(start..end).unwrap_or_default()));
            }
            _ => {}
        }
    }
    words
}

/// Whether the outermost `SELECT` has `*` for its columns.
fn selects_all(text: &str) -> bool {
    words(text)
        .iter()
        .map(|(_, word)| *word)
        .skip_while(|word| !word.eq_ignore_ascii_case("select"))
        .skip(1)
        .find(|word| !word.eq_ignore_ascii_case("distinct") && !word.eq_ignore_ascii_case("reduced"))
        == Some("*")
}

fn first_mention(text: &str, name: &str) -> usize {
    words(text)
        .iter()
        .find(|(_, word)| word.strip_prefix(['?', '$']) == Some(name))
        .map_or(usize::MAX, |(offset, _)| *offset)
}

fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim_start().is_empty() || line.trim_start().starts_with('#'))
}

/// The parser's words are `error at LINE:COLUMN: expected …`, with all that might have stood
/// there, single characters too.
fn syntax(error: &SparqlSyntaxError, text: &str) -> QueryError {
    let message = error.to_string();
    let place = message.strip_prefix("error at ").and_then(|rest| {
        let (place, expected) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse::<usize>().ok()?, column.parse::<usize>().ok()?, expected))
    });
    let Some((line, column, expected)) = place else {
        return QueryError::Syntax { line: 0, column: 0, reason: message };
    };
    if let Some((offset, prefix)) = unknown_prefix(text) {
        let position = Text::new(text).position(text.get(..offset).unwrap_or_default().chars().count());
        let reason = format!("unknown prefix `{prefix}`");
        return QueryError::Syntax { line: position.line, column: position.column, reason };
    }
    let offset =
        text.split_inclusive('\n').take(line.saturating_sub(1)).map(|line| line.chars().count()).sum::<usize>()
            + column.saturating_sub(1);
    let characters = Text::new(text);
    let after = characters.slice(Span::new(offset, characters.len())).split_whitespace().next();
    let before = characters.slice(Span::new(0, offset)).split_whitespace().next_back();
    let shown = |word: &str| word.chars().take(SHOWN).collect::<String>();
    let mut reason = after.map_or_else(|| "unexpected end".to_owned(), |word| format!("unexpected `{}`", shown(word)));
    if let Some(word) = before {
        reason = format!("{reason} after `{}`", shown(word));
    }
    reason.push_str(&explain(expected));
    QueryError::Syntax { line, column, reason }
}

/// The first prefix that is neither declared nor known, which the parser reports in other words
/// and at another place.
fn unknown_prefix(text: &str) -> Option<(usize, &str)> {
    let words = words(text);
    let is_declared = |prefix: &str| {
        words.iter().zip(words.iter().skip(1)).any(|((_, keyword), (_, word))| {
            keyword.eq_ignore_ascii_case("prefix") && word.strip_suffix(':') == Some(prefix)
        })
    };
    words.iter().filter_map(|&(offset, word)| Some((offset, word.split_once(':')?.0))).find(|(_, prefix)| {
        *prefix != "_" && !PREFIXES.iter().any(|(known, _)| known == prefix) && !is_declared(prefix)
    })
}

/// The parser's own sentences say most; else the words that might have stood there.
fn explain(expected: &str) -> String {
    let expected = expected.trim_start_matches("expected ").trim_start_matches("one of ");
    let items: Vec<&str> = expected.split(", ").flat_map(|item| item.split(" or ")).map(str::trim).collect();
    if let Some(sentence) = items.iter().find(|item| item.contains(' ') && !item.contains(['"', '[', '\''])) {
        return format!(": {sentence}");
    }
    let mut words: Vec<&str> = items
        .iter()
        .map(|item| item.trim_matches('"'))
        .filter(|item| item.len() > 1 && item.chars().all(|char| char.is_ascii_alphabetic()))
        .collect();
    let complete = words.len() == items.len();
    words.dedup();
    if !complete || words.len() > 8 { String::new() } else { format!(", expected {}", words.join(", ")) }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::Literal;

    use super::*;

    fn refusal(text: &str) -> String {
        Query::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn errors_are_placed_in_the_text_of_the_user() {
        assert!(refusal("SELECT ?a WHERE {\n  ?a z:leads\n}").starts_with("3:1: unexpected `}`"));
        let refused = refusal("SELECT ?a WHERE { ?a 牵头:x ?b }");
        assert_eq!(refused, "1:22: unknown prefix `牵头`", "columns are characters");
        assert!(refusal("SELEKT").starts_with("1:7: unexpected end after `SELEKT`"), "{}", refusal("SELEKT"));
        assert!(refusal("").starts_with("1:1: unexpected end"), "{}", refusal(""));
    }

    #[test]
    fn updates_and_other_servers_are_refused() {
        for update in ["LOAD <http://a.example/>", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL"] {
            assert!(matches!(Query::parse(update), Err(QueryError::Update)), "{update}");
        }
        for query in [
            "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }",
            "ASK { FILTER NOT EXISTS { SERVICE SILENT ?x { ?s ?p ?o } } }",
        ] {
            assert!(matches!(Query::parse(query), Err(QueryError::Service)), "{query}");
        }
    }

    #[test]
    fn columns_come_in_the_order_of_the_text() {
        let columns = |text: &str| Query::parse(text).unwrap().columns().join(" ");
        assert_eq!(columns("SELECT ?z ?a { ?a ?z ?m }"), "z a");
        assert_eq!(
            columns("# ?a\nSELECT DISTINCT * { ?z <http://a.example/?a> ?m . ?a ?b \"?c\" } LIMIT 3"),
            "z m a b"
        );
        assert_eq!(columns("PREFIX select: <http://a.example/> SELECT * { ?b a ?a }"), "b a");
    }

    #[test]
    fn a_declared_prefix_wins_over_a_known_one() {
        let query = Query::parse("PREFIX z: <http://a.example/> ASK { ?s z:p ?o }").unwrap();
        assert!(query.to_string().contains("<http://a.example/p>"));
    }

    #[test]
    fn values_reach_filters_and_subqueries_but_never_the_text() {
        let mut query =
            Query::parse("SELECT ?a $x { { SELECT ?a ?x { ?a ?p ?o FILTER(BOUND($x) && ?o = $x) } } }").unwrap();
        query.bind("x", &Literal::from("\" } DROP ALL #").into()).unwrap();
        let text = query.to_string();
        assert!(text.contains("?o = \"\\\" } DROP ALL #\"") && !text.contains("BOUND"), "{text}");
        assert_eq!(query.columns(), ["a", "x"]);
        assert!(Query::parse(&text).is_ok());
        let mut query = Query::parse("SELECT * { VALUES ?x { 1 } }").unwrap();
        assert!(matches!(query.bind("x", &Literal::from(2).into()), Err(QueryError::Assigned { .. })));
        let mut query = Query::parse("SELECT * { ?s ?x ?o }").unwrap();
        assert!(matches!(query.bind("x", &Literal::from(2).into()), Err(QueryError::BadValue { .. })));
    }
}
