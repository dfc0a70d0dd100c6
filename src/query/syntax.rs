//! The text of a query before it is parsed: its words, how deep it goes, and where it is wrong.

use spargebra::SparqlSyntaxError;

use super::QueryError;
use crate::diagnostic::Message;
use crate::graph::PREFIXES;
use crate::span::{Span, Text};

/// The most brackets that stand in each other.
const DEEPEST: usize = 100;

/// The most operators and parts that may follow one another: the parser and the evaluator go one step deeper with each.
const STEPS: usize = 300;

/// The most bytes of a text whose error is placed.
const PLACED: usize = 1 << 16;

/// Words that begin a part.
const PARTS: [&str; 8] = ["UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "EXISTS", "GRAPH", "SELECT"];

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

/// Refuses a text that would exhaust the stack.
pub(super) fn refuse_depth(text: &str) -> Result<(), QueryError> {
    let (mut depth, mut offset, mut steps) = (0_usize, 0, 0);
    for token in tokens(text) {
        match token {
            "(" | "{" | "[" => depth += 1,
            ")" | "}" | "]" => depth = depth.saturating_sub(1),
            _ => steps += self::steps(token),
        }
        if depth > DEEPEST {
            let reason = Message::new(
                format!("括号嵌套超过 {DEEPEST} 层"),
                format!("more than {DEEPEST} brackets stand in each other"),
            );
            return Err(at(text, offset, reason));
        }
        if steps > STEPS {
            let reason = Message::new(
                format!("运算和子句超过 {STEPS} 个"),
                format!("there are more than {STEPS} operators and parts"),
            );
            return Err(at(text, offset, reason));
        }
        offset += token.chars().count();
    }
    Ok(())
}

/// How many operators a token holds, or one if it begins a part.
fn steps(token: &str) -> usize {
    if token.starts_with(['#', '"', '\'', '<']) && token.len() > 2 {
        return 0;
    }
    // written with two characters, or no operator at all
    let token = token.replace("||", "|").replace("&&", "&").replace("^^", "");
    let operators = token.chars().filter(|char| "/|^&=*!+<>".contains(*char)).count();
    // names hold hyphens, and numbers begin with one
    let is_name = token.contains(':') && !token.contains(['?', '$']);
    let differences = token.chars().skip(usize::from(token.len() > 1)).filter(|char| *char == '-' && !is_name).count();
    operators + differences + usize::from(PARTS.iter().any(|part| token.eq_ignore_ascii_case(part)))
}

/// The words of a query outside comments, strings and IRIs, with the offset of each in bytes.
pub(super) fn words(text: &str) -> Vec<(usize, &str)> {
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

/// Says where and why a text is no query.
pub(super) fn syntax(
    error: &SparqlSyntaxError,
    text: &str,
    parse: &dyn Fn(&str) -> Option<SparqlSyntaxError>,
) -> QueryError {
    if let Some((offset, prefix)) = unknown_prefix(text) {
        let offset = text.get(..offset).unwrap_or_default().chars().count();
        return at(text, offset, Message::new(format!("未知前缀 `{prefix}`"), format!("unknown prefix `{prefix}`")));
    }
    if let Some(offset) = unclosed_string(text) {
        return at(text, offset, Message::new("引号没有收尾", "the quotation mark is not closed"));
    }
    let spread = Spread::new(if text.len() > PLACED { "" } else { text });
    let told =
        parse(&spread.text).as_ref().and_then(|error| place(error, &spread.text)).filter(|_| text.len() <= PLACED);
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
    use super::*;
    use crate::query::{Limits, Query};
    use crate::store::{Graphs, Index};

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
    fn what_would_exhaust_the_stack_is_refused_and_less_is_not() {
        // the stack of a thread of the server
        let run = |text: String| {
            let read = move || {
                let query = Query::parse(&text).map_err(|error| error.to_string())?;
                query
                    .run(&Graphs::from(Index::default()), &Limits::default())
                    .map(drop)
                    .map_err(|error| error.to_string())
            };
            std::thread::Builder::new().stack_size(8 << 20).spawn(read).unwrap().join().unwrap()
        };
        let nested = |count: usize, open: &str, inner: &str, close: &str| {
            format!("ASK {{ {}{inner}{} }}", open.repeat(count), close.repeat(count))
        };
        let filter = |text: String| format!("ASK {{ FILTER({text}) }}");
        let chain = |count: usize, part: &str, joint: &str| vec![part; count].join(joint);
        let texts = |count: usize, steps: usize| {
            [
                nested(count, "{", "?s ?p ?o", "}"),
                nested(count, "OPTIONAL {", "?s ?p ?o", "}"),
                nested(count / 2, "FILTER(", "true", ")"),
                filter(format!("{}1{}", "(".repeat(count), ")".repeat(count))),
                filter(chain(steps, "1", "||")),
                filter(chain(steps, "?x", " + ")),
                filter(chain(steps, "?x", "-")),
                filter(chain(steps, "1", "+")),
                filter(chain(steps, "1", " - ")),
                format!("ASK {{ {} }}", chain(steps, "{ ?s ?p ?o }", " UNION ")),
                format!("ASK {{ ?s {} ?o }}", chain(steps, "z:leads", "/")),
            ]
        };
        for text in texts(80, 280) {
            assert!(run(text.clone()).is_ok() || text.contains("FILTER(FILTER"), "{text:.80}");
        }
        for text in texts(50_000, 200_000) {
            let refused = run(text.clone()).unwrap_err();
            assert!(refused.contains("more than"), "{text:.80}: {refused}");
        }
        for many in ["z:kind-department", "\"2031-01-01\"^^xsd:date", "\"a||b\"^^<http://a.example/x/y>", "-1.5"] {
            assert!(run(format!("SELECT * {{ VALUES ?x {{ {} }} }}", chain(20_000, many, " "))).is_ok(), "{many}");
        }
    }
}
