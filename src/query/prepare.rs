//! Reads a query: prefixes, place of an error, order of columns, values of parameters.

use std::fmt;

use oxigraph::model::{NamedNode, Term, Variable};
use spargebra::algebra::{GraphPattern, QueryDataset};
use spargebra::{SparqlParser, SparqlSyntaxError};

use super::{QueryError, bind};
use crate::diagnostic::Message;
use crate::graph::PREFIXES;
use crate::span::{Span, Text};

/// The most characters of the text that an error message repeats.
const SHOWN: usize = 24;

const KEYWORDS: [&str; 22] = [
    "SELECT",
    "CONSTRUCT",
    "DESCRIBE",
    "ASK",
    "WHERE",
    "FILTER",
    "OPTIONAL",
    "UNION",
    "MINUS",
    "BIND",
    "VALUES",
    "GROUP",
    "ORDER",
    "HAVING",
    "LIMIT",
    "OFFSET",
    "DISTINCT",
    "REDUCED",
    "PREFIX",
    "BASE",
    "GRAPH",
    "EXISTS",
];

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
        let parser = parser()?;
        let mut algebra = match parser.clone().parse_query(text) {
            Ok(algebra) => algebra,
            Err(_) if parser.clone().parse_update(text).is_ok() && !is_blank(text) => return Err(QueryError::Update),
            Err(error) => {
                return Err(syntax(&error, text, &|spread| parser.clone().parse_query(spread).err()));
            }
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

    /// Chooses the graphs that are asked, in the place of those that the query chooses: the default
    /// graph is those of the first list together, `GRAPH` reaches those of the second.
    ///
    /// # Errors
    ///
    /// [`QueryError::BadValue`] for what is no IRI.
    pub fn choose_graphs(&mut self, default: &[String], named: &[String]) -> Result<(), QueryError> {
        let chosen = dataset(default, named)?;
        let (spargebra::Query::Select { dataset, .. }
        | spargebra::Query::Construct { dataset, .. }
        | spargebra::Query::Describe { dataset, .. }
        | spargebra::Query::Ask { dataset, .. }) = &mut self.algebra;
        *dataset = Some(chosen);
        Ok(())
    }

    /// Whether the answer is a graph, and not rows or a truth value.
    pub fn makes_graph(&self) -> bool {
        matches!(self.algebra, spargebra::Query::Construct { .. } | spargebra::Query::Describe { .. })
    }

    /// Keeps of a `SELECT` the solutions in which a variable of its innermost pattern is one of
    /// some IRIs.
    pub(super) fn choose<'a>(&mut self, name: &str, iris: impl Iterator<Item = &'a str>) {
        let spargebra::Query::Select { pattern, .. } = &mut self.algebra else { return };
        let mut inner = pattern;
        while let GraphPattern::Project { inner: next, .. }
        | GraphPattern::Distinct { inner: next }
        | GraphPattern::OrderBy { inner: next, .. }
        | GraphPattern::Extend { inner: next, .. }
        | GraphPattern::Group { inner: next, .. } = inner
        {
            inner = next;
        }
        let bindings = iris.map(|iri| vec![Some(NamedNode::new_unchecked(iri).into())]).collect();
        let values = GraphPattern::Values { variables: vec![Variable::new_unchecked(name)], bindings };
        let right = Box::new(std::mem::take(inner));
        *inner = GraphPattern::Join { left: Box::new(values), right };
    }

    /// The columns of a `SELECT`, in order; none of the other kinds.
    pub fn columns(&self) -> Vec<&str> {
        let spargebra::Query::Select { pattern, .. } = &self.algebra else { return vec![] };
        columns(pattern).iter().map(Variable::as_str).collect()
    }

    /// The query with at most so many rows, in the order that it asks for; an `ASK` as it is.
    #[must_use]
    pub fn limited(mut self, rows: usize) -> Self {
        let (spargebra::Query::Select { pattern, .. }
        | spargebra::Query::Construct { pattern, .. }
        | spargebra::Query::Describe { pattern, .. }) = &mut self.algebra
        else {
            return self;
        };
        if let GraphPattern::Slice { length, .. } = pattern {
            *length = Some(length.map_or(rows, |length| length.min(rows)));
        } else {
            let inner = Box::new(std::mem::take(pattern));
            *pattern = GraphPattern::Slice { inner, start: 0, length: Some(rows) };
        }
        self
    }

    /// At most how many rows the query asks for.
    #[cfg(feature = "client")]
    pub(super) fn length(&self) -> Option<usize> {
        match &self.algebra {
            spargebra::Query::Select { pattern: GraphPattern::Slice { length, .. }, .. } => *length,
            _ => None,
        }
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

fn parser() -> Result<SparqlParser, QueryError> {
    let known = PREFIXES.iter().try_fold(SparqlParser::new(), |parser, &(prefix, namespace)| {
        parser.with_prefix(prefix, namespace).map_err(|error| error.to_string())
    });
    known.map_err(|reason| QueryError::Syntax { line: 0, column: 0, reason: Message::new(&reason, &reason) })
}

/// Reads an update, with the project's prefixes.
pub(super) fn parse_update(text: &str) -> Result<spargebra::Update, QueryError> {
    let parser = parser()?;
    parser.clone().parse_update(text).map_err(|error| {
        if parser.clone().parse_query(text).is_ok() {
            return QueryError::NoUpdate;
        }
        syntax(&error, text, &|spread| parser.clone().parse_update(spread).err())
    })
}

/// The graphs of these names; the default graph is those of the first list together.
pub(super) fn dataset(default: &[String], named: &[String]) -> Result<QueryDataset, QueryError> {
    let read = |names: &[String]| -> Result<Vec<NamedNode>, QueryError> {
        let node = |name: &String| {
            NamedNode::new(name).map_err(|_| QueryError::BadValue {
                name: "graph-uri".to_owned(),
                value: name.clone(),
                expected: "iri",
            })
        };
        names.iter().map(node).collect()
    };
    Ok(QueryDataset { default: read(default)?, named: Some(read(named)?) })
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

/// Says where and why a text is no query.
fn syntax(error: &SparqlSyntaxError, text: &str, parse: &dyn Fn(&str) -> Option<SparqlSyntaxError>) -> QueryError {
    if let Some((offset, prefix)) = unknown_prefix(text) {
        let offset = text.get(..offset).unwrap_or_default().chars().count();
        return at(text, offset, Message::new(format!("未知前缀 `{prefix}`"), format!("unknown prefix `{prefix}`")));
    }
    if let Some(offset) = unclosed_string(text) {
        return at(text, offset, Message::new("引号没有收尾", "the quotation mark is not closed"));
    }
    let spread = Spread::new(text);
    let told = parse(&spread.text).as_ref().and_then(|error| place(error, &spread.text));
    let Some((offset, expected)) = told else {
        let words = error.to_string();
        return QueryError::Syntax { line: 0, column: 0, reason: Message::new(&words, &words) };
    };
    let offset = spread.original(offset);
    if let Some(sentence) = sentence(&expected) {
        return at(text, offset, Message::new(sentence, sentence));
    }
    let characters = Text::new(text);
    let after = characters.slice(Span::new(offset, characters.len())).split_whitespace().next();
    let before = characters.slice(Span::new(0, offset)).split_whitespace().next_back();
    let shown = |word: &str| word.chars().take(SHOWN).collect::<String>();
    let mut reason = match after {
        Some(word) => Message::new(format!("此处不能是 `{}`", shown(word)), format!("unexpected `{}`", shown(word))),
        None => Message::new("语句未完", "unexpected end"),
    };
    if let Some(word) = before {
        reason.zh = format!("{}（在 `{}` 之后）", reason.zh, shown(word));
        reason.en = format!("{} after `{}`", reason.en, shown(word));
    }
    if let Some(word) = after.and_then(near_keyword) {
        reason.zh = format!("{}，是不是 `{word}`？", reason.zh);
        reason.en = format!("{}, did you mean `{word}`?", reason.en);
    }
    at(text, offset, reason)
}

/// A syntax error at an offset in characters.
fn at(text: &str, offset: usize, reason: Message) -> QueryError {
    let position = Text::new(text).position(offset);
    QueryError::Syntax { line: position.line, column: position.column, reason }
}

/// The parser's words are `error at LINE:COLUMN: expected …`, with all that might have stood
/// there, single characters too.
fn place(error: &SparqlSyntaxError, text: &str) -> Option<(usize, String)> {
    let message = error.to_string();
    let (place, expected) = message.strip_prefix("error at ")?.split_once(": ")?;
    let (line, column) = place.split_once(':')?;
    let (line, column) = (line.parse::<usize>().ok()?, column.parse::<usize>().ok()?);
    let above = text.split_inclusive('\n').take(line.saturating_sub(1)).map(|line| line.chars().count()).sum::<usize>();
    Some((above + column.saturating_sub(1), expected.to_owned()))
}

/// A text whose words stand far apart.
///
/// The parser tries a keyword by taking as many characters as it has, and tells the place behind
/// them. With blanks behind every word, longer than any keyword, that place is still before the
/// next word.
struct Spread {
    text: String,
    /// Where words begin, in characters: here and in the original.
    starts: Vec<(usize, usize)>,
    /// The length of the original in characters.
    length: usize,
}

impl Spread {
    const BLANKS: usize = 40;

    fn new(original: &str) -> Self {
        let (mut text, mut starts, mut length) = (String::new(), Vec::new(), 0);
        for token in tokens(original) {
            if token.trim().is_empty() {
                text.push_str(token);
            } else {
                starts.push((text.chars().count(), length));
                text.push_str(token);
                let blanks = if token.starts_with('#') { "\n" } else { "" };
                text.push_str(blanks);
                text.push_str(&" ".repeat(Self::BLANKS));
            }
            length += token.chars().count();
        }
        // what the parser tries at the end
        starts.push((text.chars().count(), length));
        text.push_str(&" ".repeat(Self::BLANKS));
        Self { text, starts, length }
    }

    /// The beginning of the word that the parser stumbled over.
    fn original(&self, offset: usize) -> usize {
        let index = self.starts.partition_point(|(start, _)| *start <= offset);
        index.checked_sub(1).and_then(|index| self.starts.get(index)).map_or(self.length, |(_, original)| *original)
    }
}

/// The text in blanks, comments, strings, IRIs, brackets and words, which together are the whole.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let until = |stop: &dyn Fn(char) -> bool| rest.find(stop).unwrap_or(rest.len());
        let length = match first {
            '#' => until(&|char| char == '\n'),
            '"' | '\'' => string(rest, first),
            '<' => match rest.find(|char: char| char == '>' || char.is_whitespace() || char == '"') {
                Some(end) if rest.get(end..).is_some_and(|rest| rest.starts_with('>')) => end + 1,
                _ => 1,
            },
            _ if first.is_whitespace() => until(&|char| !char.is_whitespace()),
            '(' | ')' | '{' | '}' | '[' | ']' | ',' | ';' => 1,
            _ => {
                let ends = |char: char| char.is_whitespace() || "#\"'<(){}[],;".contains(char);
                rest.char_indices().skip(1).find(|(_, char)| ends(*char)).map_or(rest.len(), |(end, _)| end)
            }
        };
        // `<=` and `>=` stay whole
        let length = if rest.starts_with("<=") { 2 } else { length };
        let (token, after) = rest.split_at_checked(length.max(1)).unwrap_or((rest, ""));
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// Where a string begins that does not end, in characters.
fn unclosed_string(text: &str) -> Option<usize> {
    let tokens = tokens(text);
    let last = tokens.last()?;
    let quote = last.chars().next().filter(|char| matches!(char, '"' | '\''))?;
    let tagged = last.rsplit_once('@').is_some_and(|(string, _)| string.ends_with(quote) && string.len() > 1);
    let closed = last.len() > 1 && (last.ends_with(quote) || tagged);
    (!closed).then(|| tokens.iter().rev().skip(1).map(|token| token.chars().count()).sum())
}

/// The length in bytes of the string that a text begins with, and of the language or `^^` behind it.
fn string(text: &str, quote: char) -> usize {
    let long = [quote; 3].iter().collect::<String>();
    let mark = if text.starts_with(&long) { long } else { quote.to_string() };
    let mut escaped = false;
    let mut end = text.len();
    for (index, char) in text.char_indices().skip(mark.len()) {
        if !escaped && text.get(index..).is_some_and(|rest| rest.starts_with(&mark)) {
            end = index + mark.len();
            break;
        }
        escaped = char == '\\' && !escaped;
    }
    let behind = text.get(end..).unwrap_or_default();
    let tag = |char: char| char.is_ascii_alphanumeric() || char == '-';
    match behind.strip_prefix('@') {
        Some(rest) => end + 1 + rest.find(|char| !tag(char)).unwrap_or(rest.len()),
        None => end,
    }
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

/// The alternatives that the parser names.
fn items(expected: &str) -> Vec<&str> {
    let expected = expected.trim_start_matches("expected ").trim_start_matches("one of ");
    expected.split(", ").flat_map(|item| item.split(" or ")).map(str::trim).collect()
}

/// The parser's own sentence, which says most.
fn sentence(expected: &str) -> Option<&str> {
    items(expected).into_iter().find(|item| item.contains(' ') && !item.contains(['"', '[', '\'']))
}

/// The keyword that a word is a slip of.
///
/// The parser's own list of what it expected holds only the longest words, and would mislead.
fn near_keyword(word: &str) -> Option<&'static str> {
    let word: String = word.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_uppercase();
    let near = |keyword: &&&str| word != **keyword && strsim::damerau_levenshtein(&word, keyword) == 1;
    KEYWORDS.iter().filter(|_| word.len() > 2).find(near).copied()
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
        assert!(refusal("SELEKT").starts_with("1:1: unexpected `SELEKT`"), "{}", refusal("SELEKT"));
        assert!(refusal("").starts_with("1:1: unexpected end"), "{}", refusal(""));
    }

    #[test]
    fn errors_stand_where_the_parser_stopped() {
        for (text, expected) in [
            ("SELECT ?x WHERE { ?x a z:Task . FILTER(?x = ) } ORDER BY ?x", "1:45: unexpected `)` after `=`"),
            (
                "SELECT ?x WHERE { ?x a ?y FILTR(?x) }",
                "1:27: unexpected `FILTR(?x)` after `?y`, did you mean `FILTER`?",
            ),
            ("SELECT ?任务 WHERE { ?任务 a } # }", "1:26: unexpected `}` after `a`"),
            ("SELECT ?x WHERE { ?x a z:Task ", "1:31: unexpected end after `z:Task`"),
            ("SELECT ?x WHERE { ?x z:text \"无 }", "1:29: the quotation mark is not closed"),
            ("SELECT * { ?x z:text \"\"\"(\"\"\"@zh ?y }", "1:33: unexpected `?y` after `\"\"\"(\"\"\"@zh`"),
            ("ASK {\n  ?x <http://a.example/#> 5 .\n  FILTER(?x <= )\n}", "3:16: unexpected `)` after `<=`"),
            ("SELECT ?x ?y { ?x a ?z } GROUP BY ?x", "1:37: The SELECT contains a variable that is unbound"),
        ] {
            assert_eq!(refusal(text), expected, "{text}");
        }
        let zh = Query::parse("SELECT ?x WHERE { ?x a }").unwrap_err().message(crate::diagnostic::Lang::Zh);
        assert_eq!(zh, "1:24：语法错误：此处不能是 `}`（在 `a` 之后）");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_refused_or_read_and_its_tokens_are_the_whole(text in "[a-z?{}()<>=\"'@# \n局。\\\\]{0,40}") {
            proptest::prop_assert_eq!(tokens(&text).concat(), text.as_str());
            let _ = Query::parse(&text);
        }
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
