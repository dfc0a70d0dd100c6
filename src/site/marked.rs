//! The text of a document with every claim marked where it is made.

use maud::{Markup, html};

use super::gather::Entry;
use super::page::Page;
use super::{View, words};
use crate::diagnostic::Lang;
use crate::extract::Deadline;
use crate::notice::Quantity;
use crate::query::Claim;
use crate::render::inherit::words as figures;
use crate::span::{Span, Text};

/// The longest stretch that is marked in the text, in characters: what is said of more is said beside it.
const LONGEST: usize = 160;

/// A stretch of text of which something is said.
struct Mark {
    span: Span,
    /// What kind of claim it is, as a class of the style.
    class: String,
    /// What was read there, and why.
    why: String,
    /// Where there is more about it.
    href: Option<String>,
}

/// Where tasks stand, in the order of the text.
struct Tasks {
    begin: Vec<(usize, Span)>,
    /// For each, where those up to it end at the latest.
    reach: Vec<usize>,
}

impl Tasks {
    /// The tasks that begin in a line: where, and which.
    fn beginning(&self, line: Span) -> Vec<(usize, usize)> {
        let first = self.begin.partition_point(|(_, span)| span.start < line.start);
        let own = self.begin.iter().skip(first).take_while(|(_, span)| span.start < line.end);
        own.map(|(index, span)| (span.start, *index)).collect()
    }

    /// Whether a line is a part of some task.
    fn touch(&self, line: Span) -> bool {
        let before = self.begin.partition_point(|(_, span)| span.start < line.end);
        before.checked_sub(1).and_then(|last| self.reach.get(last)).is_some_and(|&reach| reach > line.start)
    }
}

impl View<'_> {
    /// The text with its marks; nothing where it is not at hand.
    pub(super) fn marked(&self, entry: &Entry) -> Option<Markup> {
        let text = Text::new(entry.reading.text.as_str());
        if text.is_empty() {
            return None;
        }
        let mut marks = self.marks(entry);
        marks.retain(|mark| !mark.span.is_empty() && mark.span.len() <= LONGEST);
        marks.sort_by(|a, b| (a.span, &a.class, &a.why).cmp(&(b.span, &b.class, &b.why)));
        // a cell that covers several rows names its parties for several tasks
        marks.dedup_by(|a, b| (a.span, &a.class, &a.why) == (b.span, &b.class, &b.why));
        let mut tasks: Vec<(usize, Span)> = Vec::new();
        for (index, task) in entry.notice.tasks.iter().enumerate() {
            tasks.extend(task.span.map(|span| (index, span)));
        }
        tasks.sort_by_key(|(_, span)| span.start);
        // how far the tasks up to each one reach
        let ends = tasks.iter().scan(0, |reach: &mut usize, (_, span)| {
            *reach = span.end.max(*reach);
            Some(*reach)
        });
        let reach = ends.collect();
        let tasks = Tasks { begin: tasks, reach };
        let mut number = 0;
        let lines = text.lines().filter(|line| !text.trim(*line).is_empty());
        let lines: Vec<Markup> =
            lines.map(|line| self.line(entry, &text, text.trim(line), &marks, &tasks, &mut number)).collect();
        Some(html! { @for line in &lines { (line) } })
    }

    /// One line, with the number of the notes so far.
    fn line(
        &self,
        entry: &Entry,
        text: &Text,
        line: Span,
        marks: &[Mark],
        tasks: &Tasks,
        number: &mut usize,
    ) -> Markup {
        // marks are short: those that begin well before the line end before it
        let first = marks.partition_point(|mark| mark.span.start + LONGEST < line.start);
        let here = || marks.iter().skip(first).take_while(|mark| mark.span.start < line.end);
        let here: Vec<&Mark> = here().filter(|mark| mark.span.overlaps(line)).collect();
        let mut cuts: Vec<usize> = here.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
        cuts.extend([line.start, line.end]);
        let begin: Vec<(usize, usize)> = tasks.beginning(line);
        cuts.extend(begin.iter().map(|(start, _)| *start));
        cuts.retain(|cut| (line.start..=line.end).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        let inside = tasks.touch(line);
        let pieces: Vec<Markup> = cuts
            .windows(2)
            .filter_map(|cut| match cut {
                &[start, end] => Some(Span::new(start, end)),
                _ => None,
            })
            .map(|span| {
                let over: Vec<&Mark> = here.iter().copied().filter(|mark| mark.span.contains(span)).collect();
                html! {
                    @for (_, index) in begin.iter().filter(|(start, _)| *start == span.start) { (self.begins(entry, *index)) }
                    (piece(text.slice(span), &over, number))
                }
            })
            .collect();
        html! { p.within[inside] { @for piece in &pieces { (piece) } } }
    }

    /// The sign that a task begins.
    fn begins(&self, entry: &Entry, index: usize) -> Markup {
        let Some(task) = entry.notice.tasks.get(index) else { return html! {} };
        let name = match self.lang {
            Lang::Zh => format!("任务 {}", index + 1),
            Lang::En => format!("task {}", index + 1),
        };
        html! { a.begins id=(format!("t{}", index + 1)) href=(self.href(Page::Task(&task.id))) { (name) } " " }
    }

    fn marks(&self, entry: &Entry) -> Vec<Mark> {
        let lang = self.lang;
        let mut marks = Vec::new();
        let mut add = |span: Option<Span>, class: String, why: String, href: Option<String>| {
            marks.extend(span.map(|span| Mark { span, class, why, href }));
        };
        for task in &entry.notice.tasks {
            let href = || Some(self.href(Page::Task(&task.id)));
            for claim in self.site.claims.in_task(&task.id) {
                add(claim.span, format!("party {}", claim.role.as_str()), self.why_party(entry, claim), href());
            }
            for figure in &task.indicators {
                add(figure.span, "quantity".to_owned(), self.why_figure(figure), href());
            }
            for deadline in self.site.deadlines.get(&task.id).into_iter().flatten() {
                add(Some(deadline.span), "deadline".to_owned(), self.why_date(deadline), href());
            }
        }
        for cited in &entry.reading.cited {
            let held = self.site.document(&cited.document).is_some();
            let name = [&cited.number, &cited.title].into_iter().find(|name| !name.is_empty());
            let relation = words::label(&cited.relation, lang);
            let rest = if held { "" } else { lang.pick("（库中没有）", " (not held)") };
            let why = format!("{relation}{}{}{rest}", lang.pick("：", ": "), name.map_or("", |name| name));
            add(Some(cited.span), "cite".to_owned(), why, held.then(|| self.href(Page::Document(&cited.document))));
        }
        for rule in &entry.reading.rules {
            let from = match (rule.from.is_empty(), lang) {
                (true, _) => String::new(),
                (false, Lang::Zh) => format!("，自 {} 起", rule.from),
                (false, Lang::En) => format!(", from {} on", rule.from),
            };
            let why = format!("{}{}{from}", lang.pick("约定：", "rule: "), words::label(&rule.rule, lang));
            add(rule.span, "rule".to_owned(), why, None);
        }
        for finding in &entry.reading.findings {
            let why = format!("{} {}", finding.code, finding.message.in_lang(lang));
            let href = self.site.task(&finding.about).map(|_| self.href(Page::Task(&finding.about)));
            add(finding.span, format!("odd {}", finding.severity.as_str()), why, href);
        }
        marks
    }

    /// What was read of a party, and why.
    pub(super) fn why_party(&self, entry: &Entry, claim: &Claim) -> String {
        let lang = self.lang;
        let basis = words::concept("basis", &claim.basis, lang);
        let doubts = entry.reading.doubts.get(&claim.id).into_iter().flatten();
        let doubts: Vec<String> = doubts.map(|doubt| doubt.message().in_lang(lang).to_owned()).collect();
        let mut parts = vec![claim.full.clone(), words::role(claim.role, lang).to_owned()];
        parts.push(format!("{}{basis}", lang.pick("依据：", "because: ")));
        parts.push(self.sure(claim.confidence));
        if !doubts.is_empty() {
            parts.push(format!("{}{}", lang.pick("存疑：", "doubts: "), doubts.join(lang.pick("；", "; "))));
        }
        parts.join(" · ")
    }

    /// What was read of a figure, and why.
    pub(super) fn why_figure(&self, figure: &Quantity) -> String {
        let lang = self.lang;
        let mut parts = vec![format!("{}{}", lang.pick("指标：", "figure: "), figures::quantity(figure))];
        parts.extend(figure.by.map(|day| format!("{}{day}", lang.pick("时限 ", "by "))));
        if !figure.evidence.is_empty() {
            parts.push(format!("{}{}", lang.pick("依据：", "because: "), words::evidence(&figure.evidence, lang)));
        }
        parts.push(self.sure(figure.confidence));
        parts.join(" · ")
    }

    /// What was read of a date, and why.
    pub(super) fn why_date(&self, deadline: &Deadline) -> String {
        let lang = self.lang;
        let relation = words::concept("deadline", deadline.relation.as_str(), lang);
        let date = deadline.date.map(|date| date.to_string());
        let rest = [&deadline.recurrence, &deadline.after, &deadline.duration].into_iter().flatten().cloned();
        let when: Vec<String> = date.into_iter().chain(rest).collect();
        let mut parts = vec![format!("{}{relation} {}", lang.pick("时限：", "date: "), when.join(" "))];
        if deadline.inferred_year {
            parts.push(lang.pick("年份为推断", "the year is inferred").to_owned());
        }
        let basis = words::concept("deadline-basis", deadline.basis.as_str(), lang);
        parts.push(format!("{}{basis}", lang.pick("依据：", "because: ")));
        parts.push(self.sure(deadline.confidence));
        parts.join(" · ")
    }

    /// How sure a claim is.
    pub(super) fn sure(&self, confidence: f64) -> String {
        format!("{}{}", self.lang.pick("置信度 ", "confidence "), words::number(confidence, 2))
    }
}

/// A stretch of text with what all marks over it say, shown where it is pointed at or reached by the keyboard.
fn piece(text: &str, over: &[&Mark], number: &mut usize) -> Markup {
    if over.is_empty() {
        return html! { (text) };
    }
    *number += 1;
    let id = format!("w{number}");
    let classes: Vec<&str> = over.iter().map(|mark| mark.class.as_str()).collect();
    let class = format!("mark {}", classes.join(" "));
    let href = over.iter().find_map(|mark| mark.href.as_deref());
    html! {
        @match href {
            Some(href) => { a class=(class) href=(href) aria-describedby=(id) { (text) } }
            None => { span class=(class) tabindex="0" role="note" aria-describedby=(id) { (text) } }
        }
        span.why role="tooltip" id=(id) { @for (index, mark) in over.iter().enumerate() {
            @if index > 0 { br; }
            (mark.why)
        } }
    }
}
