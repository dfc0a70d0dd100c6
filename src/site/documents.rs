//! All documents.

use maud::{Markup, html};

use super::View;
use super::gather::{Entry, Site};
use crate::diagnostic::Lang;

/// The most places that a line names.
const PLACES: usize = 8;

impl View<'_> {
    pub(super) fn documents(&self) -> Markup {
        let lang = self.lang;
        let columns = [
            lang.pick("文件", "document"),
            lang.pick("文号", "number"),
            lang.pick("地区", "place"),
            lang.pick("发文日期", "issued"),
            lang.pick("任务#", "tasks#"),
            lang.pick("问题#", "findings#"),
        ];
        let row = |entry: &Entry| {
            let document = &entry.document;
            let year = document.years.iter().min().cloned().unwrap_or_default();
            let issued = if document.issued.is_empty() { &year } else { &document.issued };
            let title = document.titled();
            vec![
                self.document_link(&document.id, title),
                html! { (document.number) },
                html! { (document.place) },
                html! { span.date { (issued) } },
                html! { (entry.notice.tasks.len()) },
                html! { (entry.reading.findings.len()) },
            ]
        };
        let caption = lang.pick("文件", "Documents");
        let main = Self::table(caption, &columns, &self.site.documents().iter().map(row).collect::<Vec<_>>());
        self.frame(caption, &html! { p.lead { (self.site.extent(lang)) } }, &main)
    }
}

impl Site {
    /// Places and years of the documents.
    pub(super) fn extent(&self, lang: Lang) -> String {
        let mut places: Vec<&str> = Vec::new();
        let mut years: Vec<&str> = Vec::new();
        for entry in self.documents() {
            let place = entry.document.place.as_str();
            if !place.is_empty() && !places.contains(&place) {
                places.push(place);
            }
            years.extend(entry.document.years.iter().map(String::as_str));
        }
        let years = match (years.iter().min(), years.iter().max()) {
            (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
            (Some(year), _) => (*year).to_owned(),
            _ => String::new(),
        };
        let all = places.len();
        places.truncate(PLACES);
        let text = places.join(lang.pick("、", ", "));
        let text = match lang {
            _ if all <= PLACES => text,
            Lang::Zh => format!("{text}等 {all} 地"),
            Lang::En => format!("{text} and {} more", all - PLACES),
        };
        [text, years].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}
