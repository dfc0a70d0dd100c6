//! Files to take along: tables for spreadsheets, answers for programs, dates for calendars.

use std::io::{self, Write};

use maud::{Markup, html};

use super::View;
use super::docx::docx;
use super::gather::Site;
use super::link::Files;
use super::overview::SUMMARY;
use super::page::{File, Page};
use crate::diagnostic::Lang;
use crate::render::csv::line;
use crate::render::inherit::words as figures;
use crate::render::{due, inherit, overlap, workload};

/// The columns of the table of responsibilities.
const RESPONSIBILITIES: [&str; 12] = [
    "document",
    "number",
    "label",
    "task",
    "organisation",
    "iri",
    "name",
    "role",
    "basis",
    "confidence",
    "start",
    "end",
];

/// The columns of the table of tasks.
const TASKS: [&str; 9] = ["document", "number", "label", "path", "text", "leads", "others", "indicators", "deadlines"];

/// By this mark Excel knows that a table is UTF-8.
const MARK: &str = "\u{feff}";

/// A file with its name and what it holds.
struct Offer {
    name: &'static str,
    zh: &'static str,
    en: &'static str,
}

const OFFERS: [Offer; 11] = [
    Offer { name: SUMMARY, zh: "会议摘要，可编辑", en: "summary for a meeting, to edit" },
    Offer { name: "tasks.csv", zh: "全部任务", en: "all tasks" },
    Offer {
        name: "responsibilities.csv", zh: "全部责任及其依据和位置", en: "all responsibilities, why and where"
    },
    Offer { name: "workload.csv", zh: "各部门负荷", en: "load of departments" },
    Offer { name: "pairs.csv", zh: "部门之间的共同任务", en: "pairs of departments with common tasks" },
    Offer { name: "due.csv", zh: "时限", en: "deadlines" },
    Offer { name: "due.ics", zh: "时限，供日历导入", en: "deadlines for calendars" },
    Offer { name: "inherit.csv", zh: "上下级逐项对照", en: "mandates above and below" },
    Offer { name: "workload.json", zh: "各部门负荷", en: "load of departments" },
    Offer { name: "overlap.json", zh: "部门协同网络", en: "network of departments" },
    Offer { name: "due.json", zh: "时限", en: "deadlines" },
];

impl Site {
    /// The names of all files of data.
    pub fn data_files(&self) -> impl Iterator<Item = &'static str> {
        let compared = !self.pairs.is_empty();
        OFFERS.iter().map(|offer| offer.name).filter(move |name| compared || !name.starts_with("inherit"))
    }

    /// Writes a file of data; false if there is none of that name.
    ///
    /// # Errors
    ///
    /// Where `out` cannot be written.
    pub fn write_data(&self, out: &mut dyn Write, name: &str, lang: Lang) -> io::Result<bool> {
        if !self.data_files().any(|known| known == name) {
            return Ok(false);
        }
        if name.split('.').next_back() == Some("csv") {
            out.write_all(MARK.as_bytes())?;
        }
        let dates = || due::View {
            due: &self.due,
            documents: self.documents().iter().map(|one| (one.document.id.clone(), one.document.clone())).collect(),
            top: None,
            claims: None,
        };
        let selection = workload::Selection::default();
        let view = |rows| overlap::View {
            overlap: &self.overlap,
            network: &self.network,
            rows,
            bodies: None,
            contacts: Vec::new(),
            top: None,
            shifts: None,
            claims: None,
        };
        match name {
            SUMMARY => {
                let page = self.html(Page::Overview, &Files, lang).unwrap_or_default();
                out.write_all(&docx(&page).map_err(io::Error::other)?)?;
            }
            "tasks.csv" => self.write_tasks(out, lang)?,
            "responsibilities.csv" => self.write_responsibilities(out)?,
            "workload.csv" => workload::csv(out, &self.workload, None, &selection)?,
            "workload.json" => workload::json(out, &self.workload, None, &selection)?,
            "pairs.csv" => overlap::csv(out, &view(overlap::Rows::Pairs))?,
            "overlap.json" => overlap::json(out, &view(overlap::Rows::Summary))?,
            "due.csv" => due::csv(out, &dates())?,
            "due.json" => due::json(out, &dates())?,
            "due.ics" => due::calendar(out, &dates(), lang)?,
            "inherit.csv" => {
                // one at a time: each holds both documents
                inherit::csv(out, self.pairs.iter().filter_map(|pair| self.inheritance(pair)))?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn write_tasks(&self, out: &mut dyn Write, lang: Lang) -> io::Result<()> {
        let comma = lang.pick("、", ", ");
        line(out, TASKS)?;
        for entry in self.documents() {
            let document = &entry.document;
            for task in &entry.notice.tasks {
                let others = task.parties.iter().filter(|party| !party.role.leads());
                let indicators: Vec<String> = task.indicators.iter().map(figures::quantity).collect();
                let deadlines: Vec<String> = task.deadlines.iter().map(figures::limit).collect();
                line(
                    out,
                    [
                        document.title.as_str(),
                        &document.number,
                        &task.label,
                        &task.path.join(" / "),
                        &task.text,
                        &figures::holders(task.leads()),
                        &figures::holders(others),
                        &indicators.join(comma),
                        &deadlines.join(comma),
                    ],
                )?;
            }
        }
        Ok(())
    }

    fn write_responsibilities(&self, out: &mut dyn Write) -> io::Result<()> {
        line(out, RESPONSIBILITIES)?;
        for entry in self.documents() {
            let document = &entry.document;
            for task in &entry.notice.tasks {
                for claim in self.claims.in_task(&task.id) {
                    let place = |end: fn(crate::span::Span) -> usize| claim.span.map(end).map(|at| at.to_string());
                    line(
                        out,
                        [
                            document.title.as_str(),
                            &document.number,
                            &task.label,
                            &task.text,
                            &claim.full,
                            &self.claims.body(claim),
                            &claim.name,
                            claim.role.as_str(),
                            &claim.basis,
                            &claim.confidence.to_string(),
                            &place(|span| span.start).unwrap_or_default(),
                            &place(|span| span.end).unwrap_or_default(),
                        ],
                    )?;
                }
            }
        }
        Ok(())
    }
}

impl View<'_> {
    pub(super) fn data(&self) -> Markup {
        let lang = self.lang;
        let held: Vec<&str> = self.site.data_files().collect();
        let caption = lang.pick("数据文件", "Files of data");
        let columns = [lang.pick("文件", "file"), lang.pick("内容", "what it holds")];
        let rows = OFFERS.iter().filter(|offer| held.contains(&offer.name)).map(|offer| {
            let href = self.file(File::Data(offer.name));
            vec![html! { a href=(href) { (offer.name) } }, html! { (lang.pick(offer.zh, offer.en)) }]
        });
        let graphs = lang.pick("各文件的图谱数据（Turtle）", "Graphs of the documents (Turtle)");
        let main = html! {
            (Self::table(caption, &columns, &rows.collect::<Vec<_>>()))
            @if self.links.gives_graphs(self.site.documents().len()) {
                h2 { (graphs) }
                ul { @for entry in self.site.documents().iter().take(super::element::MOST) {
                    li { a href=(self.file(File::Graph(&entry.document.id))) { (entry.document.name()) } }
                } }
                (self.rest(self.site.documents().len()))
            }
            p.soft { @match (self.links.live(), lang) {
                (Some(live), Lang::Zh) => {
                    a href="/store" { "全部图谱数据" } "；" a href=(live.kept("/query")) { "查询" } "；"
                    a href=(live.kept("/ontology")) { "词汇说明" } "。"
                }
                (Some(live), Lang::En) => {
                    a href="/store" { "The whole graph" } "; " a href=(live.kept("/query")) { "queries" } "; "
                    a href=(live.kept("/ontology")) { "the vocabulary" } "."
                }
                (None, Lang::Zh) => { "全部图谱数据：" code { "zeren dump" } "；词汇说明：" code { "zeren ontology --format html" } "。" }
                (None, Lang::En) => { "The whole graph: " code { "zeren dump" } "; the vocabulary: " code { "zeren ontology --format html" } "." }
            } }
        };
        let lead = html! { p.lead { (lang.pick(
            "表格可用 Excel、WPS 或 LibreOffice 打开；以 = + - @ 开头的单元格不会运行。",
            "Tables open in Excel, WPS or LibreOffice; cells that begin with = + - @ are inert.",
        )) } };
        self.frame(lang.pick("数据", "Data to take along"), &lead, &main)
    }
}
