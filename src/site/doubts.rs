//! The decisions of one document that a person should look at, each in its place in the text, with what can be said of it.

use maud::{Markup, html};

use super::element::told as said;
use super::frame::Frame;
use super::gather::{Entry, Site};
use super::live::Paths;
use super::page::Page;
use super::{View, words};
use crate::correct::{self, Subject};
use crate::diagnostic::{Lang, Message, Severity};
use crate::extract::{Comparator, DeadlineRelation, Role};
use crate::notice::Mandate;
use crate::query::Seen;
use crate::review::{About, Item};
use crate::span::{Span, Text};

/// The most decisions on a page.
const MOST: usize = 100;

/// How many characters are shown around the words where their statement is long.
const AROUND: usize = 60;

/// The longest statement that is shown whole, in characters.
const LONGEST: usize = 240;

/// What a review page is asked for, and what it may offer.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    /// Where its links lead.
    pub paths: &'a Paths,
    /// What is less sure is shown.
    pub below: f64,
    /// Who looks; empty if that is not said.
    pub by: &'a str,
    /// Whether decisions are written down; if not, why.
    pub closed: Option<&'a Message>,
    /// What was just done, or why not.
    pub told: Option<&'a Told>,
    /// The decisions that stand, with the names under which they are taken back.
    pub decided: &'a [(String, correct::Entry)],
}

/// What became of a decision.
#[derive(Clone, Debug)]
pub struct Told {
    /// Whether it was written down.
    pub done: bool,
    /// What is the case.
    pub what: Message,
    /// What to do about it.
    pub hint: Option<Message>,
}

impl Site {
    /// The page of a document's doubtful decisions; none where the site has no such document.
    pub fn review_page(&self, document: &str, desk: &Desk<'_>, lang: Lang) -> Option<String> {
        let entry = self.document(document)?;
        let view = View { site: self, links: desk.paths, lang, page: Page::Findings };
        Some(view.review(entry, desk).into_string())
    }
}

impl View<'_> {
    fn review(&self, entry: &Entry, desk: &Desk<'_>) -> Markup {
        let lang = self.lang;
        let items = self.site.review(entry, desk.below);
        let text = Text::new(entry.reading.text.as_str());
        let name = entry.document.name();
        let count = items.len();
        let lead = html! {
            p.lead {
                (self.document_link(&entry.document.id, entry.document.titled()))
            }
            p.soft { (match lang {
                Lang::Zh => format!("{count} 处待核对：置信度低于 {}，或其文字有问题。", words::number(desk.below, 2)),
                Lang::En => format!("{count} to look at: less sure than {}, or something is odd about their words.", words::number(desk.below, 2)),
            }) }
        };
        let main = html! {
            @if let Some(told) = desk.told { (told_of(told, lang)) }
            @if let Some(closed) = desk.closed { p.note { (said(closed.in_lang(lang))) } }
            (self.asked(entry, desk))
            @if items.is_empty() { p { (lang.pick("没有待核对的判断。", "There is nothing to look at.")) } }
            @for (number, item) in (1..).zip(items.iter().take(MOST)) { (self.item(entry, &text, desk, number, item)) }
            @if count > MOST { p.soft { (match lang {
                Lang::Zh => format!("先列出 {MOST} 处；核对后显示其余。"),
                Lang::En => format!("The first {MOST} are shown; the others come when these are decided."),
            }) } }
            (self.decided(entry, desk))
            (self.findings_of(entry))
        };
        let title = format!("{}{name}", lang.pick("核对：", "Review: "));
        let foot = html! { p { (concat!("zeren ", env!("CARGO_PKG_VERSION"))) } };
        Frame { lead, foot, ..Frame::new(desk.paths, lang, &title) }.around(&main)
    }

    /// What is odd about the document, for whoever reviews it.
    fn findings_of(&self, entry: &Entry) -> Markup {
        let odd = entry.reading.findings.iter().filter(|finding| finding.severity >= Severity::Warning);
        let odd: Vec<Seen> = odd.cloned().collect();
        html! { @if !odd.is_empty() { section id="findings" {
            h2 { (self.lang.pick("文件的问题", "Findings about the document")) " (" (odd.len()) ")" }
            (self.finding_list(&odd))
        } } }
    }

    /// Who looks, and how much is shown.
    fn asked(&self, entry: &Entry, desk: &Desk<'_>) -> Markup {
        let lang = self.lang;
        let levels = [
            (0.9, lang.pick("存疑的", "the doubtful")),
            (0.98, lang.pick("不完全确定的", "those not quite sure")),
            (1.0, lang.pick("全部", "all")),
        ];
        html! {
            form.asked method="get" action=(desk.paths.kept("/review")) {
                @if let Some(code) = desk.paths.code() { input type="hidden" name="lang" value=(code); }
                input type="hidden" name="document" value=(entry.document.id);
                label { (lang.pick("显示 ", "show ")) select name="below" {
                    @for (value, name) in levels {
                        option value=(value) selected[(value - desk.below).abs() < 0.001] { (name) }
                    }
                } } " "
                @if desk.closed.is_none() { label { (lang.pick("核对人 ", "who looks "))
                    input name="by" value=(desk.by) maxlength="40" autocomplete="name" placeholder=(lang.pick("姓名，可不填", "a name, optional")); } " " }
                button { (lang.pick("显示", "Show")) }
            }
        }
    }

    fn item(&self, entry: &Entry, text: &Text, desk: &Desk<'_>, number: usize, item: &Item) -> Markup {
        let lang = self.lang;
        let task = item.place.and_then(|place| entry.notice.tasks.get(place));
        let kind = match item.about {
            About::Unread => lang.pick("没有读懂", "not read").to_owned(),
            About::Name => lang.pick("名称", "name").to_owned(),
            About::Claim(kind) => lang.pick(kind.zh(), kind.as_str()).to_owned(),
        };
        let reading = self.reading(entry, item).unwrap_or_else(|| item.reading.in_lang(lang).to_owned());
        let heading = format!("h{number}");
        html! {
            article.doubt-item id=(format!("i{number}")) aria-labelledby=(heading) {
                h2 id=(heading) {
                    span.kind { (kind) } " " (item.words.split('\n').next().unwrap_or_default()) " "
                    @if item.about != About::Unread { span.soft.confidence { (self.sure(item.confidence)) } }
                }
                blockquote.text lang="zh" { (excerpt(entry, text, item, task)) }
                dl.facts {
                    dt { (lang.pick("读作", "read as")) } dd { (reading) }
                    @if !item.reasons.is_empty() { dt { (lang.pick("为何存疑", "why in doubt")) } dd {
                        @for (index, reason) in item.reasons.iter().enumerate() { @if index > 0 { br; } (said(reason.in_lang(lang))) }
                    } }
                    @if let Some(task) = task { dt { (lang.pick("任务", "task")) } dd { (self.task_link(task)) } }
                }
                @if let Some(stanza) = &item.stanza {
                    @if desk.closed.is_none() { (self.decide(entry, desk, number, item)) }
                    @else { details {
                        summary { (lang.pick("更正文件中的写法", "What to write into the corrections")) }
                        pre { code { (stanza.to_toml()) } }
                    } }
                }
            }
        }
    }

    /// What was read of a party, with its full name.
    fn reading(&self, entry: &Entry, item: &Item) -> Option<String> {
        let task = entry.notice.tasks.get(item.place?)?;
        let Subject::Party(name) = item.stanza.as_ref()?.subject() else { return None };
        let claims = self.site.claims.in_task(&task.id);
        let claim = claims.iter().find(|claim| claim.name == *name && claim.span == Some(item.span))?;
        Some(format!("{} · {}", claim.full, words::role(claim.role, self.lang)))
    }

    /// What a person may say of a decision. Every button says which it is: nothing hangs on a script.
    fn decide(&self, entry: &Entry, desk: &Desk<'_>, number: usize, item: &Item) -> Markup {
        let lang = self.lang;
        let (Some(stanza), Some(key)) = (&item.stanza, item.key()) else { return html! {} };
        let fields = html! {
            input type="hidden" name="document" value=(entry.document.id);
            input type="hidden" name="claim" value=(key);
            input type="hidden" name="below" value=(desk.below);
            input type="hidden" name="by" value=(desk.by);
            input type="hidden" name="at" value=(number);
        };
        let none = match stanza.subject() {
            Subject::Party(_) => lang.pick("不是责任单位", "Not a party"),
            Subject::Indicator(_) => lang.pick("不是指标", "Not a figure to reach"),
            Subject::Deadline(_) => lang.pick("不是时限", "Not a deadline"),
            _ => lang.pick("不是任务", "Not a task"),
        };
        let changes = match stanza.subject() {
            Subject::Party(_) => Some(self.party_fields(stanza.adds())),
            Subject::Indicator(_) => Some(self.figure_fields()),
            Subject::Deadline(_) => Some(self.date_fields()),
            _ => None,
        };
        let summary = if stanza.adds() {
            lang.pick("补充单位…", "Add a party…")
        } else {
            lang.pick("更正…", "Correct…")
        };
        html! {
            div.decide {
                @if !stanza.adds() { form method="post" action=(desk.paths.kept("/review")) {
                    (fields)
                    button.accept name="do" value="confirm" { (lang.pick("读得对", "Right as read")) } " "
                    button name="do" value="remove" { (none) }
                } }
                @if let Some(changes) = changes { details {
                    summary { (summary) }
                    form.change method="post" action=(desk.paths.kept("/review")) {
                        (fields) (changes)
                        label { (lang.pick("理由", "why")) input name="why" maxlength="200" placeholder=(lang.pick("可不填", "optional")); }
                        button name="do" value=(if stanza.adds() { "add" } else { "change" }) { (lang.pick("保存", "Save")) }
                    }
                } }
            }
        }
    }

    fn party_fields(&self, adds: bool) -> Markup {
        let lang = self.lang;
        let roles = Role::ALL.map(|role| (role.as_str(), words::role(role, lang).to_owned()));
        html! {
            @if adds { label { (lang.pick("单位", "party")) input name="name" required maxlength="60"; } }
            (self.choice("role", lang.pick("角色", "role"), &roles, !adds))
            @if !adds { label { (lang.pick("即哪个单位（全称）", "which body (its full name)"))
                input name="organisation" maxlength="60" placeholder=(lang.pick("不变", "as read")); } }
        }
    }

    fn figure_fields(&self) -> Markup {
        let lang = self.lang;
        let as_read = lang.pick("不变", "as read");
        let comparators =
            Comparator::ALL.map(|one| (one.as_str(), format!("{} {}", one.as_str(), lang.pick(one.zh(), ""))));
        html! {
            (self.choice("comparator", lang.pick("关系", "comparison"), &comparators, true))
            label { (lang.pick("数值", "value")) input name="value" inputmode="decimal" placeholder=(as_read); }
            label { (lang.pick("单位", "unit")) input name="unit" maxlength="20" placeholder=(as_read); }
            label { (lang.pick("何时达到", "due by")) input name="due" placeholder="2026-12-31"; }
        }
    }

    fn date_fields(&self) -> Markup {
        let lang = self.lang;
        let relations = DeadlineRelation::ALL.map(|one| (one.as_str(), words::concept("deadline", one.as_str(), lang)));
        html! {
            (self.choice("relation", lang.pick("关系", "relation"), &relations, true))
            label { (lang.pick("日期", "date")) input name="date" placeholder="2026-12-31"; }
        }
    }

    /// A list to choose from; where there was something before, it may stay.
    fn choice(&self, name: &str, label: &str, choices: &[(&str, String)], may_stay: bool) -> Markup {
        html! { label { (label) select name=(name) {
            @if may_stay { option value="" { (self.lang.pick("不变", "as read")) } }
            @for (value, words) in choices { option value=(value) { (words) } }
        } } }
    }
}

fn told_of(told: &Told, lang: Lang) -> Markup {
    html! { p.told.done[told.done] role=(if told.done { "status" } else { "alert" }) {
        (said(told.what.in_lang(lang)))
        @if let Some(hint) = &told.hint { br; (lang.pick("提示：", "hint: ")) (said(hint.in_lang(lang))) }
    } }
}

/// The task that words stand in, else its statement, or as much of the line as is near them, with the words marked.
fn excerpt(entry: &Entry, text: &Text, item: &Item, task: Option<&Mandate>) -> Markup {
    let span = item.span;
    let clause = task.and_then(|task| entry.reading.clauses.get(&task.id)).map(|(_, clause)| *clause);
    let fits = |place: &Span| place.contains(span) && place.len() <= LONGEST;
    let whole = task.and_then(|task| task.span).filter(fits).or(clause.filter(fits));
    let around = whole.unwrap_or_else(|| {
        let near = Span::new(span.start.saturating_sub(AROUND), (span.end + AROUND).min(text.len()));
        let line = text.lines().find(|line| line.contains(Span::new(span.start, span.start)));
        line.map_or(near, |line| {
            Span::new(line.start.max(near.start).min(span.start), line.end.min(near.end).max(span.end))
        })
    });
    let ends = |at: usize| text.lines().any(|line| line.start == at || line.end == at);
    let cut = |at: usize| if whole.is_some() || ends(at) { "" } else { "…" };
    html! {
        (cut(around.start)) (text.slice(Span::new(around.start, span.start)))
        mark { (text.slice(span)) }
        (text.slice(Span::new(span.end, around.end))) (cut(around.end))
    }
}
