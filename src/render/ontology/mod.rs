//! The vocabulary as a page: what each term means, how terms hang together, what must hold.
//!
//! One file without script, fonts or pictures from elsewhere; light and dark; on paper as on screen.

mod map;

use std::io::{self, Write};

use super::findings::{escape, word};
use crate::diagnostic::{Lang, Message, Severity};
use crate::graph::{Ontology, Term, TermKind, short_iri};
use crate::iri;
use crate::query::{Shapes, ShapesError};

/// How the page looks.
pub const STYLE: &str = include_str!("page.css");

/// A small graph written out.
const EXAMPLE: &str = include_str!("../../../ontology/example.ttl");

/// What must hold, in one line of the page.
#[derive(Clone, Debug)]
pub struct Demand {
    /// Name of the shape.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What ought to be.
    pub message: Message,
}

impl Demand {
    /// What the shipped shapes demand.
    ///
    /// # Errors
    ///
    /// As for [`Shapes::shipped`].
    pub fn shipped() -> Result<Vec<Self>, ShapesError> {
        let shapes = Shapes::shipped()?;
        let demand = |(code, severity, message): (&str, Severity, &Message)| Self {
            code: code.to_owned(),
            severity,
            message: message.clone(),
        };
        Ok(shapes.demands().map(demand).collect())
    }
}

/// Writes the vocabulary and what must hold of a graph as one page.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn html(out: &mut dyn Write, ontology: &Ontology, demands: &[Demand], lang: Lang) -> io::Result<()> {
    let page = Page { ontology, lang };
    let title = escape(ontology.title.in_lang(lang));
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"{}\">", lang.pick("zh-CN", "en"))?;
    writeln!(out, "<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<meta name=\"color-scheme\" content=\"light dark\">")?;
    writeln!(out, "<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>")?;
    page.heading(out)?;
    page.parts(out, demands)?;
    writeln!(out, "</main>\n</body>\n</html>")
}

/// Writes what stands below the title of that page, for one that has a frame and [`STYLE`] already.
///
/// # Errors
///
/// As for [`html`].
pub fn parts(out: &mut dyn Write, ontology: &Ontology, demands: &[Demand], lang: Lang) -> io::Result<()> {
    Page { ontology, lang }.parts(out, demands)
}

fn section(out: &mut dyn Write, id: &str, title: &str) -> io::Result<()> {
    writeln!(out, "<section id=\"{id}\">\n<h2>{title}</h2>")
}

/// Text of several lines as HTML shows it.
fn code(text: &str) -> String {
    text.lines().map(escape).collect::<Vec<_>>().join("\n")
}

/// Whether a class only says what kind of concept its members are.
fn is_concept_class(term: &Term) -> bool {
    let is_concept = term.wider.iter().any(|wider| wider.ends_with("core#Concept"));
    term.kind == TermKind::Class && is_concept && term.name != "Function"
}

struct Page<'a> {
    ontology: &'a Ontology,
    lang: Lang,
}

impl<'a> Page<'a> {
    fn heading(&self, out: &mut dyn Write) -> io::Result<()> {
        let (ontology, lang) = (self.ontology, self.lang);
        let other = ontology.title.in_lang(self.other());
        writeln!(
            out,
            "<h1>{} <small lang=\"{}\">{}</small></h1>",
            escape(ontology.title.in_lang(lang)),
            lang.pick("en", "zh-CN"),
            escape(other)
        )
    }

    fn parts(&self, out: &mut dyn Write, demands: &[Demand]) -> io::Result<()> {
        let (ontology, lang) = (self.ontology, self.lang);
        self.head(out)?;
        self.contents(out)?;
        section(out, "map", lang.pick("概览", "At a glance"))?;
        writeln!(out, "<figure>{}</figure>\n</section>", map::svg(ontology, lang))?;
        self.classes(out)?;
        self.general(out)?;
        self.schemes(out)?;
        section(out, "example", lang.pick("示例", "Example"))?;
        writeln!(out, "<pre lang=\"zh-CN\" tabindex=\"0\"><code>{}</code></pre>\n</section>", code(EXAMPLE))?;
        self.demands(out, demands)?;
        self.alignments(out)
    }

    fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        let (ontology, lang) = (self.ontology, self.lang);
        writeln!(out, "<p>{}</p>", escape(ontology.description.in_lang(lang)))?;
        writeln!(out, "<p class=\"soft\">{}</p>", escape(ontology.comment.in_lang(lang)))?;
        writeln!(
            out,
            "<p class=\"soft\"><code>@prefix z: &lt;{}&gt; .</code> · {} {}</p>",
            iri::ONTOLOGY,
            lang.pick("版本", "version"),
            escape(&ontology.version)
        )
    }

    fn contents(&self, out: &mut dyn Write) -> io::Result<()> {
        let lang = self.lang;
        writeln!(out, "<nav class=\"contents\" aria-label=\"{}\">", lang.pick("目录", "contents"))?;
        let parts = [
            ("map", "概览", "At a glance"),
            ("general", "通用属性和函数", "General properties and functions"),
            ("example", "示例", "Example"),
            ("demands", "须符合的约束", "What must hold"),
            ("alignments", "与其他词汇的关系", "Other vocabularies"),
        ];
        let links = parts.map(|(id, zh, en)| format!("<a href=\"#{id}\">{}</a>", lang.pick(zh, en)));
        writeln!(out, "<p>{}</p>", links.join(""))?;
        for (title, kind) in
            [(lang.pick("类", "Classes"), TermKind::Class), (lang.pick("概念体系", "Schemes"), TermKind::Scheme)]
        {
            // the class of the concepts of a scheme is told with the scheme
            let shown = self.ontology.of_kind(kind).filter(|term| !is_concept_class(term));
            let links: Vec<String> = shown
                .map(|term| format!("<a href=\"#{}\">{}</a>", term.name, escape(term.label.in_lang(lang))))
                .collect();
            writeln!(out, "<p><b>{title}</b>{}</p>", links.join(""))?;
        }
        writeln!(out, "</nav>")
    }

    fn classes(&self, out: &mut dyn Write) -> io::Result<()> {
        section(out, "classes", self.lang.pick("类及其属性", "Classes and their properties"))?;
        for class in self.ontology.of_kind(TermKind::Class).filter(|term| !is_concept_class(term)) {
            writeln!(out, "<article id=\"{}\">", class.name)?;
            self.title(out, class)?;
            self.facts(out, class)?;
            let own = iri::term(&class.name);
            let properties: Vec<&Term> =
                self.properties().filter(|property| property.domain.as_deref() == Some(own.as_str())).collect();
            self.table(out, &properties)?;
            writeln!(out, "</article>")?;
        }
        writeln!(out, "</section>")
    }

    fn general(&self, out: &mut dyn Write) -> io::Result<()> {
        section(out, "general", self.lang.pick("通用属性和函数", "General properties and functions"))?;
        let properties: Vec<&Term> = self.properties().filter(|property| property.domain.is_none()).collect();
        self.table(out, &properties)?;
        for function in self.ontology.of_kind(TermKind::Function) {
            writeln!(out, "<article id=\"{}\">", function.name)?;
            self.title(out, function)?;
            self.facts(out, function)?;
            writeln!(out, "</article>")?;
        }
        writeln!(out, "</section>")
    }

    fn properties(&self) -> impl Iterator<Item = &'a Term> {
        self.ontology
            .terms
            .iter()
            .filter(|term| matches!(term.kind, TermKind::ObjectProperty | TermKind::DatatypeProperty))
    }

    fn title(&self, out: &mut dyn Write, term: &Term) -> io::Result<()> {
        let lang = self.lang;
        writeln!(
            out,
            "<h3>{} <small lang=\"{}\">{}</small> <code>z:{}</code>{}</h3>",
            escape(term.label.in_lang(lang)),
            lang.pick("en", "zh-CN"),
            escape(term.label.in_lang(self.other())),
            escape(&term.name),
            self.status(term)
        )
    }

    fn status(&self, term: &Term) -> String {
        if term.reserved { format!(" <em>{}</em>", self.lang.pick("预留", "reserved")) } else { String::new() }
    }

    /// What a term means, an example, and what it is part of.
    fn facts(&self, out: &mut dyn Write, term: &Term) -> io::Result<()> {
        let lang = self.lang;
        writeln!(out, "<p>{}</p>", escape(term.definition.in_lang(lang)))?;
        if let Some(example) = &term.example {
            let title = lang.pick("例：", "e.g. ");
            writeln!(out, "<p class=\"soft\"><b>{title}</b>{}</p>", escape(example.in_lang(lang)))?;
        }
        for (title, terms) in
            [(lang.pick("属于：", "kind of: "), &term.wider), (lang.pick("参看：", "see also: "), &term.like)]
        {
            if !terms.is_empty() {
                let links: Vec<String> = terms.iter().map(|term| self.link(term)).collect();
                writeln!(out, "<p class=\"soft\"><b>{title}</b>{}</p>", links.join(lang.pick("、", ", ")))?;
            }
        }
        Ok(())
    }

    fn table(&self, out: &mut dyn Write, properties: &[&Term]) -> io::Result<()> {
        if properties.is_empty() {
            return Ok(());
        }
        let lang = self.lang;
        writeln!(out, "<table>\n<thead><tr><th>{}</th>", lang.pick("属性", "property"))?;
        writeln!(out, "<th>{}</th>", lang.pick("含义", "meaning"))?;
        writeln!(out, "<th>{}</th></tr></thead>\n<tbody>", lang.pick("值", "value"))?;
        for property in properties {
            let range = match (&property.range, property.kind) {
                (Some(range), _) => self.link(range),
                (None, TermKind::ObjectProperty) => lang.pick("事物", "a thing").to_owned(),
                (None, _) => lang.pick("文字或日期", "a text or a date").to_owned(),
            };
            let example = property.example.as_ref().map(|example| {
                let title = lang.pick("例：", "e.g. ");
                format!("<br><span class=\"soft\"><b>{title}</b>{}</span>", escape(example.in_lang(lang)))
            });
            writeln!(
                out,
                "<tr id=\"{name}\"><th scope=\"row\">{label}<br><code>z:{name}</code>{status}</th><td>{meaning}{example}</td><td>{range}</td></tr>",
                name = escape(&property.name),
                label = escape(property.label.in_lang(lang)),
                status = self.status(property),
                meaning = escape(property.definition.in_lang(lang)),
                example = example.unwrap_or_default(),
            )?;
        }
        writeln!(out, "</tbody>\n</table>")
    }

    fn schemes(&self, out: &mut dyn Write) -> io::Result<()> {
        let lang = self.lang;
        section(out, "schemes", lang.pick("概念体系", "Schemes of concepts"))?;
        for scheme in self.ontology.of_kind(TermKind::Scheme) {
            writeln!(out, "<article id=\"{}\">", scheme.name)?;
            self.title(out, scheme)?;
            let own = iri::term(&scheme.name);
            let concepts = self.ontology.of_kind(TermKind::Concept).filter(|term| term.scheme.as_ref() == Some(&own));
            let concepts: Vec<&Term> = concepts.collect();
            if concepts.is_empty() {
                writeln!(out, "<p>{}</p>", escape(scheme.definition.in_lang(lang)))?;
            } else {
                writeln!(out, "<dl>")?;
                for concept in concepts {
                    writeln!(
                        out,
                        "<dt id=\"{name}\">{} <code>z:{name}</code></dt><dd>{}</dd>",
                        escape(concept.label.in_lang(lang)),
                        escape(concept.definition.in_lang(lang)),
                        name = escape(&concept.name),
                    )?;
                }
                writeln!(out, "</dl>")?;
            }
            writeln!(out, "</article>")?;
        }
        writeln!(out, "</section>")
    }

    fn demands(&self, out: &mut dyn Write, demands: &[Demand]) -> io::Result<()> {
        let lang = self.lang;
        section(out, "demands", lang.pick("须符合的约束", "What must hold"))?;
        let intro = lang.pick(
            "`zeren validate` 按这些约束（SHACL，ontology/shapes.ttl）检查知识库。",
            "`zeren validate` checks the store against these (SHACL, ontology/shapes.ttl).",
        );
        writeln!(out, "<p class=\"soft\">{}</p>\n<table class=\"demands\">\n<tbody>", escape(intro))?;
        for demand in demands {
            writeln!(
                out,
                "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td class=\"{}\">{}</td></tr>",
                escape(&demand.code),
                escape(demand.message.in_lang(lang)),
                demand.severity.as_str(),
                word(demand.severity, lang)
            )?;
        }
        writeln!(out, "</tbody>\n</table>\n</section>")
    }

    fn alignments(&self, out: &mut dyn Write) -> io::Result<()> {
        let lang = self.lang;
        section(out, "alignments", lang.pick("与其他词汇的关系", "Other vocabularies"))?;
        writeln!(out, "<table>\n<thead><tr><th>{}</th>", lang.pick("本体中的词", "term"))?;
        writeln!(out, "<th>{}</th>", lang.pick("属于", "kind of"))?;
        writeln!(out, "<th>{}</th></tr></thead>\n<tbody>", lang.pick("参看", "see also"))?;
        let outside = |iris: &[String]| -> Vec<String> {
            iris.iter().filter(|term| !term.starts_with(iri::ONTOLOGY)).map(|term| self.link(term)).collect()
        };
        for term in &self.ontology.terms {
            let (wider, like) = (outside(&term.wider), outside(&term.like));
            if wider.is_empty() && like.is_empty() || is_concept_class(term) && like.is_empty() && wider.len() < 2 {
                continue;
            }
            writeln!(
                out,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
                self.link(&iri::term(&term.name)),
                wider.join("<br>"),
                like.join("<br>")
            )?;
        }
        writeln!(out, "</tbody>\n</table>\n</section>")
    }

    /// A term as a link: one of ours to its place on the page, another to where it is defined.
    fn link(&self, iri: &str) -> String {
        let short = escape(&short_iri(iri));
        let Some(name) = iri.strip_prefix(iri::ONTOLOGY) else {
            return format!("<a href=\"{}\"><code>{short}</code></a>", escape(iri));
        };
        let known = self.ontology.terms.iter().find(|term| term.name == name);
        let label = known.map_or(short.clone(), |term| escape(term.label.in_lang(self.lang)));
        let target = match known {
            // concepts of a class are told with their scheme
            Some(term) if is_concept_class(term) => self.scheme_of(name).unwrap_or("schemes"),
            _ => name,
        };
        format!("<a href=\"#{target}\" title=\"{short}\">{label}</a>")
    }

    /// The scheme whose concepts are of a class: both have one label.
    fn scheme_of(&self, class: &str) -> Option<&'a str> {
        let class = self.ontology.terms.iter().find(|term| term.name == class)?;
        let scheme = self.ontology.of_kind(TermKind::Scheme).find(|scheme| scheme.label.zh == class.label.zh)?;
        Some(scheme.name.as_str())
    }

    fn other(&self) -> Lang {
        match self.lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn page(lang: Lang) -> String {
        let mut out = Vec::new();
        let demand = Demand {
            code: "task-text".into(),
            severity: Severity::Error,
            message: Message::new("任务应有内容", "a task has a text"),
        };
        html(&mut out, &Ontology::shipped(), &[demand], lang).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_link_within_the_page_leads_somewhere_and_every_term_has_its_place() {
        for lang in [Lang::Zh, Lang::En] {
            let page = page(lang);
            let document = scraper::Html::parse_document(&page);
            let all = scraper::Selector::parse("[id]").unwrap();
            let mut ids = BTreeSet::new();
            for element in document.select(&all) {
                let id = element.value().attr("id").unwrap();
                assert!(ids.insert(id.to_owned()), "`{id}` stands twice");
            }
            let links = scraper::Selector::parse("a[href^='#']").unwrap();
            for link in document.select(&links) {
                let target = link.value().attr("href").unwrap().trim_start_matches('#');
                assert!(ids.contains(target), "#{target} leads nowhere");
            }
            let ontology = Ontology::shipped();
            for term in ontology.terms.iter().filter(|term| !is_concept_class(term)) {
                assert!(ids.contains(&term.name), "{} is not on the page", term.name);
            }
        }
    }

    #[test]
    fn the_page_speaks_its_language_and_loads_nothing() {
        let (zh, en) = (page(Lang::Zh), page(Lang::En));
        assert!(zh.contains("<html lang=\"zh-CN\">") && zh.contains("机构在任务中的角色"));
        assert!(en.contains("<html lang=\"en\">") && en.contains("The role of the organisation in the task."));
        for page in [zh, en] {
            assert!(!page.contains("<script") && !page.contains("<link") && !page.contains("<img"));
        }
    }
}
