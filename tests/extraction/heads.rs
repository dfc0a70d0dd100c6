//! The corpus of heads: `heads.md` holds first lines of documents, each with what the document says of itself.

use std::collections::BTreeSet;

use super::corpus::{Case, cases, hold};
use super::facts;

/// What the program says of a document.
fn said(case: &Case) -> BTreeSet<String> {
    let (facts, _) = facts("a.txt", &format!("{}\n1.完善工作制度。（市财政局负责）\n", case.words));
    let head = &facts.head;
    let place = facts.place.as_ref().map(|place| place.name.as_str());
    let one = [
        ("title", head.title.clone()),
        ("number", head.number.clone()),
        ("issued", head.issued.map(|date| date.to_string())),
        ("year", head.year.map(|year| year.to_string())),
        ("place", place.map(str::to_owned)),
    ];
    let mut said: BTreeSet<String> =
        one.into_iter().filter_map(|(what, value)| Some(format!("{what} {}", value?))).collect();
    said.extend(head.issuers.iter().map(|issuer| format!("issuer {issuer}")));
    let name = |cited: &zeren::parse::Citation| cited.number.clone().or(cited.title.clone()).unwrap_or_default();
    said.extend(head.based_on.iter().map(|cited| format!("parent {}", name(cited))));
    said
}

#[test]
fn every_head_of_the_corpus_is_read_as_it_says() {
    hold("heads.md", &cases(include_str!("heads.md")), 10, said);
}
