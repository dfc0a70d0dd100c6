//! Content negotiation (RFC 9110, section 12).

use axum::http::{HeaderMap, header};

use super::problem::Problem;
use crate::graph::Format;
use crate::query::ResultFormat;

/// A form that an answer can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One for programs.
    Data(ResultFormat),
    /// A page for people.
    Page,
}

impl Form {
    /// The value of `Content-Type`.
    pub(super) fn content_type(self) -> String {
        match self {
            Self::Page => "text/html; charset=utf-8".to_owned(),
            Self::Data(format @ (ResultFormat::Csv | ResultFormat::Tsv)) => {
                format!("{}; charset=utf-8", format.media_type())
            }
            Self::Data(ResultFormat::Graph(Format::Turtle)) => "text/turtle; charset=utf-8".to_owned(),
            Self::Data(format) => format.media_type().to_owned(),
        }
    }
}

type Offer = (&'static str, Form);

const fn data(media_type: &'static str, format: ResultFormat) -> Offer {
    (media_type, Form::Data(format))
}

const fn graph(media_type: &'static str, format: Format) -> Offer {
    (media_type, Form::Data(ResultFormat::Graph(format)))
}

const PAGE: Offer = ("text/html", Form::Page);

/// Forms of rows and truth values, the one for those who do not say first.
pub(super) const ROWS: &[Offer] = &[
    data("application/sparql-results+json", ResultFormat::Json),
    data("application/json", ResultFormat::Json),
    data("application/sparql-results+xml", ResultFormat::Xml),
    data("application/xml", ResultFormat::Xml),
    data("text/xml", ResultFormat::Xml),
    data("text/csv", ResultFormat::Csv),
    data("text/tab-separated-values", ResultFormat::Tsv),
    PAGE,
];

/// Forms of graphs.
pub(super) const GRAPHS: &[Offer] = &[
    graph("text/turtle", Format::Turtle),
    graph("application/n-triples", Format::NTriples),
    graph("application/n-quads", Format::NQuads),
    graph("application/trig", Format::TriG),
    graph("application/ld+json", Format::JsonLd),
    graph("application/rdf+xml", Format::RdfXml),
    graph("text/plain", Format::NTriples),
    graph("application/json", Format::JsonLd),
    graph("application/xml", Format::RdfXml),
    graph("text/xml", Format::RdfXml),
];

/// Forms of several graphs.
pub(super) const DATASETS: &[Offer] = &[
    graph("application/n-quads", Format::NQuads),
    graph("application/trig", Format::TriG),
    graph("application/ld+json", Format::JsonLd),
    graph("application/json", Format::JsonLd),
];

/// Forms of a description of a thing: a page for a browser, Turtle for those who do not say.
pub(super) const RESOURCES: &[Offer] = &[
    graph("text/turtle", Format::Turtle),
    PAGE,
    ("application/xhtml+xml", Form::Page),
    graph("application/n-triples", Format::NTriples),
    graph("application/n-quads", Format::NQuads),
    graph("application/trig", Format::TriG),
    graph("application/ld+json", Format::JsonLd),
    graph("application/rdf+xml", Format::RdfXml),
    graph("application/json", Format::JsonLd),
];

/// The form that the reader likes best; of several, the one offered first.
///
/// # Errors
///
/// Status 406, if there is none.
pub(super) fn choose(headers: &HeaderMap, offers: &[Offer]) -> Result<Form, Problem> {
    let wanted: Vec<&str> =
        headers.get_all(header::ACCEPT).into_iter().filter_map(|value| value.to_str().ok()).collect();
    let ranges: Vec<Range<'_>> = wanted.iter().flat_map(|value| value.split(',')).filter_map(Range::read).collect();
    if ranges.is_empty() {
        return offers.first().map(|(_, form)| *form).ok_or_else(|| Problem::not_acceptable(&[]));
    }
    let mut best: Option<(u16, Form)> = None;
    for (media_type, form) in offers {
        // another name for a form is meant only where it is named
        let is_other = offers.iter().find(|(_, known)| known == form).is_some_and(|(first, _)| first != media_type);
        let least = if is_other { NAMED } else { 0 };
        // the narrowest range that has it decides
        let fitting = ranges.iter().filter(|range| range.has(media_type) && range.narrowness() >= least);
        let range = fitting.max_by_key(|range| range.narrowness());
        let weight = range.map_or(0, |range| range.weight);
        if weight > best.map_or(0, |(weight, _)| weight) {
            best = Some((weight, *form));
        }
    }
    best.map(|(_, form)| form).ok_or_else(|| {
        let offered: Vec<&str> = offers.iter().map(|(media_type, _)| *media_type).collect();
        Problem::not_acceptable(&offered)
    })
}

/// Whether pages are named among what is wanted, as browsers do it.
pub(super) fn names_page(headers: &HeaderMap) -> bool {
    let wanted = headers.get_all(header::ACCEPT).into_iter().filter_map(|value| value.to_str().ok());
    let mut ranges = wanted.flat_map(|value| value.split(',')).filter_map(Range::read);
    ranges.any(|range| range.narrowness() == NAMED && range.has(PAGE.0) && range.weight > 0)
}

/// How narrow a range of one media type is.
const NAMED: usize = 2;

/// A range of media types with its weight in thousandths.
struct Range<'a> {
    kind: &'a str,
    part: &'a str,
    weight: u16,
}

impl<'a> Range<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';');
        let (kind, part) = parts.next()?.trim().split_once('/')?;
        let weight = parts.find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("q").then(|| thousandths(value.trim()))
        });
        Some(Self { kind, part, weight: weight.unwrap_or(1000) })
    }

    fn has(&self, media_type: &str) -> bool {
        let Some((kind, part)) = media_type.split_once('/') else { return false };
        let is = |wanted: &str, found: &str| wanted == "*" || wanted.eq_ignore_ascii_case(found);
        is(self.kind, kind) && is(self.part, part)
    }

    fn narrowness(&self) -> usize {
        usize::from(self.kind != "*") + usize::from(self.part != "*")
    }
}

/// A weight from 0 to 1 with at most three digits; what is none counts as nothing.
fn thousandths(text: &str) -> u16 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = rest.chars().chain("000".chars()).take(3).collect::<String>();
    match (whole, digits.parse::<u16>()) {
        ("1", _) => 1000,
        ("0", Ok(part)) => part,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &str, offers: &[Offer]) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        choose(&headers, offers).ok().map(Form::content_type)
    }

    #[test]
    fn the_asker_chooses() {
        let json = "application/sparql-results+json";
        for (accept, expected) in [
            ("*/*", json),
            ("", json),
            ("application/json", json),
            ("text/csv", "text/csv; charset=utf-8"),
            ("text/*", "text/csv; charset=utf-8"),
            ("application/sparql-results+xml, application/sparql-results+json;q=0.9", "application/sparql-results+xml"),
            (
                "application/sparql-results+json;q=0.1, text/tab-separated-values;q=0.2",
                "text/tab-separated-values; charset=utf-8",
            ),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
            ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
            ("TEXT/CSV; Q=0.5", "text/csv; charset=utf-8"),
        ] {
            assert_eq!(chosen(accept, ROWS).as_deref(), Some(expected), "{accept}");
        }
        for none in ["image/png", "text/turtle", "*/*;q=0", "text/csv;q=x"] {
            assert_eq!(chosen(none, ROWS), None, "{none}");
        }
        assert_eq!(chosen("application/ld+json", GRAPHS).as_deref(), Some("application/ld+json"));
        assert_eq!(chosen("text/html", RESOURCES).as_deref(), Some("text/html; charset=utf-8"));
    }
}
