//! Words of the vocabulary, of figures and of pages.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::page::Page;
use crate::diagnostic::{Lang, Message};
use crate::extract::{Evidence, Role};
use crate::graph::Ontology;
use crate::iri;
use crate::knowledge::Knowledge;

/// What the vocabulary calls a term, by its IRI; of a foreign one, the end of the IRI.
pub fn label(term: &str, lang: Lang) -> &str {
    static KNOWN: OnceLock<BTreeMap<String, Message>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        Ontology::shipped().terms.into_iter().map(|term| (iri::term(&term.name), term.label)).collect()
    });
    let label = known.get(term).map(|label| label.in_lang(lang)).filter(|label| !label.is_empty());
    label.unwrap_or_else(|| term.rsplit(['#', '/']).next().unwrap_or(term))
}

/// What the vocabulary calls a concept of a family.
pub(super) fn concept(family: &str, name: &str, lang: Lang) -> String {
    label(&iri::concept(family, name), lang).to_owned()
}

pub(super) fn role(role: Role, lang: Lang) -> &'static str {
    lang.pick(role.zh(), role.as_str())
}

/// What a function is called, by its key.
pub(super) fn function(key: &str, lang: Lang) -> &str {
    Knowledge::shipped().functions.by_key(key).map_or(key, |known| lang.pick(&known.zh, &known.en))
}

/// What speaks for a figure.
pub(super) fn evidence(name: &str, lang: Lang) -> String {
    let known = Evidence::ALL.into_iter().find(|one| one.as_str() == name);
    known.filter(|_| lang == Lang::Zh).map_or_else(|| name.replace('-', " "), |one| one.zh().to_owned())
}

/// What a page is called where others lead to it; that of a document or department is its own name.
pub(super) fn page(page: Page<'_>, lang: Lang) -> &'static str {
    match page {
        Page::Overview => lang.pick("总览", "Overview"),
        Page::Documents | Page::Document(_) => lang.pick("文件", "Documents"),
        Page::Task(_) => lang.pick("任务", "Task"),
        Page::Departments | Page::Department(_) => lang.pick("部门", "Departments"),
        Page::Coordination => lang.pick("协同", "Coordination"),
        Page::Due => lang.pick("时限", "Due"),
        Page::Gaps => lang.pick("缺项", "Gaps"),
        Page::Findings => lang.pick("问题", "Findings"),
        Page::Lineage | Page::Inheritance(..) => lang.pick("承接", "Inheritance"),
        Page::Data => lang.pick("数据", "Data"),
        Page::Search => lang.pick("检索", "Search"),
    }
}

/// A figure with at most `digits` digits behind the point, and none that say nothing; one that they would make nothing of has
/// as many as its first needs.
pub(super) fn number(value: f64, digits: usize) -> String {
    let mut texts = (digits..=digits + SMALL).map(|digits| format!("{value:.digits$}"));
    let says = |text: &String| text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let text = texts.find(says).unwrap_or_else(|| "0".to_owned());
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Further digits that a small figure may have.
const SMALL: usize = 4;

/// A share in percent.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", number(share * 100.0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concepts_are_called_by_their_labels() {
        assert_eq!(concept("role", "lead", Lang::Zh), "牵头");
        assert_eq!(concept("basis", "first-listed-leads", Lang::En), "first listed leads");
        assert_eq!(label("http://a.example/x#thing", Lang::Zh), "thing");
    }

    #[test]
    fn figures_say_no_more_than_they_know() {
        assert_eq!([number(12.0, 2), number(0.5, 2), number(10.0, 0), number(0.126, 2)], ["12", "0.5", "10", "0.13"]);
        assert_eq!(percent(0.6667), "67%");
        assert_eq!([number(0.0004, 2), number(0.0, 2), number(0.000_000_1, 2)], ["0.0004", "0", "0"]);
        assert_eq!(percent(0.0031), "0.3%");
    }
}
