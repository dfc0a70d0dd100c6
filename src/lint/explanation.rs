//! The description of a rule, read into its sections.

use crate::diagnostic::Lang;

/// What a rule finds, why that matters, and examples.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation<'a> {
    zh: Wording<'a>,
    en: Wording<'a>,
    /// A document on which the rule fires.
    pub wrong: Example<'a>,
    /// One like it on which it is silent.
    pub right: Example<'a>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wording<'a> {
    title: &'a str,
    what: Vec<&'a str>,
    why: Vec<&'a str>,
}

/// A short document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example<'a> {
    /// The ending of its file name.
    pub form: &'a str,
    /// Its lines, each with its line feed.
    pub text: String,
}

impl<'a> Explanation<'a> {
    /// Reads a description: titles behind `#`, sections behind `##`, examples in fences.
    pub(super) fn read(doc: &'a str) -> Self {
        let mut explanation = Self::default();
        let mut section = "";
        let mut fenced = false;
        for line in doc.lines() {
            let line = line.strip_prefix(' ').unwrap_or(line);
            if let Some(form) = line.strip_prefix("```") {
                fenced = !fenced;
                if fenced && let Some(example) = explanation.example(section) {
                    example.form = if form == "text" { "txt" } else { form };
                }
            } else if fenced {
                if let Some(example) = explanation.example(section) {
                    example.text.push_str(line);
                    example.text.push('\n');
                }
            } else if let Some(title) = line.strip_prefix("# ") {
                let wording = if explanation.zh.title.is_empty() { &mut explanation.zh } else { &mut explanation.en };
                wording.title = title;
            } else if let Some(name) = line.strip_prefix("## ") {
                section = name;
            } else if !line.is_empty() {
                match section {
                    "查什么" => explanation.zh.what.push(line),
                    "为什么" => explanation.zh.why.push(line),
                    "What it finds" => explanation.en.what.push(line),
                    "Why it matters" => explanation.en.why.push(line),
                    _ => {}
                }
            }
        }
        explanation
    }

    fn example(&mut self, section: &str) -> Option<&mut Example<'a>> {
        match section {
            "Wrong" => Some(&mut self.wrong),
            "Right" => Some(&mut self.right),
            _ => None,
        }
    }

    fn wording(&self, lang: Lang) -> &Wording<'a> {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The rule in a few words.
    pub fn title(&self, lang: Lang) -> &'a str {
        self.wording(lang).title
    }

    /// What it finds, as one paragraph.
    pub fn what(&self, lang: Lang) -> String {
        paragraph(&self.wording(lang).what, lang)
    }

    /// Why that matters, as one paragraph.
    pub fn why(&self, lang: Lang) -> String {
        paragraph(&self.wording(lang).why, lang)
    }
}

/// Lines as one paragraph; between Chinese lines stands no blank.
fn paragraph(lines: &[&str], lang: Lang) -> String {
    lines.join(lang.pick("", " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_told_apart() {
        let doc = " # 甲\n # A\n\n ## 查什么\n 一句。\n 两句。\n ## What it finds\n One.\n Two.\n ## Wrong\n ```html\n <p>\n\n x\n ```\n";
        let explanation = Explanation::read(doc);
        assert_eq!((explanation.title(Lang::Zh), explanation.title(Lang::En)), ("甲", "A"));
        assert_eq!(
            (explanation.what(Lang::Zh), explanation.what(Lang::En)),
            ("一句。两句。".into(), "One. Two.".into())
        );
        assert_eq!(explanation.wrong, Example { form: "html", text: "<p>\n\nx\n".into() });
    }
}
