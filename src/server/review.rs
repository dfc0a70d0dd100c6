//! `/review`: the decisions that a person should look at, and what they say of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use maud::{Markup, html};

use super::fields::Fields;
use super::folder;
use super::live::html as page_of;
use super::page::framed;
use super::problem::Problem;
use super::reader::Reader;
use super::routes::{Shared, body};
use super::state::{Snapshot, State};
use crate::correct::{Change, Decision, Stanza, Subject, Verdict, beside};
use crate::date::Date;
use crate::diagnostic::{Lang, Message};
use crate::extract::{Comparator, DeadlineRelation, Role, Task};
use crate::graph::DocumentGraph;
use crate::pipeline::Checked;
use crate::query::{self, Doubtful};
use crate::review::{BELOW, of_tasks};
use crate::site::{Desk, Site, Told, field, table};
use crate::store::{Entry, SourceInfo, Store};

/// Only what a person decided is as sure as this.
const ALL: f64 = 1.0;

/// The longest name of a person and of a body, and the longest reason, in characters.
const NAME: usize = 60;
const REASON: usize = 500;

/// The most documents that are listed.
const LISTED: usize = 500;

pub(super) async fn handle(state: Shared, request: Request) -> Result<Response, Problem> {
    let reader = Reader::of(&request);
    let (parts, content) = request.into_parts();
    match parts.method {
        Method::GET | Method::HEAD => {
            let fields = Fields::read(parts.uri.query().unwrap_or_default().as_bytes())?;
            match fields.one("document")?.filter(|document| !document.is_empty()) {
                Some(document) => show(state, reader, document, &fields).await,
                None => list(state, reader).await,
            }
        }
        Method::POST => {
            let given = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
            let given = given.unwrap_or_default().to_owned();
            if !given.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
                return Err(Problem::media_type(&given));
            }
            decide(state, reader, content).await
        }
        _ => Err(Problem::method("GET, HEAD, POST")),
    }
}

/// The documents, those with the most to look at first.
async fn list(state: Shared, reader: Reader) -> Result<Response, Problem> {
    let (documents, doubtful) =
        state.read(|_, snapshot, _| Ok((snapshot.documents.clone(), snapshot.doubtful()?))).await?;
    Ok(page_of(listed(&documents, &doubtful, &reader)))
}

fn listed(documents: &[Entry], doubtful: &BTreeMap<String, Doubtful>, reader: &Reader) -> String {
    let lang = reader.lang;
    let found = |entry: &Entry| doubtful.get(&entry.document).copied().unwrap_or_default();
    let mut entries: Vec<&Entry> = documents.iter().filter(|entry| found(entry) != Doubtful::default()).collect();
    entries.sort_by_key(|entry| (std::cmp::Reverse(found(entry).claims), &entry.document));
    let row = |entry: &&Entry| -> Vec<Markup> {
        let doubtful = found(entry);
        let href = reader.paths.kept(&format!("/review?document={}", field(&entry.document)));
        vec![
            html! { a href=(href) { (entry.title.as_deref().unwrap_or(&entry.source)) } },
            html! { (doubtful.claims) },
            html! { @if let Some(least) = doubtful.least { (format!("{least:.2}")) } },
            html! { (doubtful.findings) },
        ]
    };
    let columns = [
        lang.pick("文件", "document"),
        lang.pick("存疑的判断#", "doubtful claims#"),
        lang.pick("最低置信度#", "least confidence#"),
        lang.pick("警告与错误#", "warnings and errors#"),
    ];
    let name = lang.pick("待核对的文件", "Documents to review");
    let lead = html! { p.lead { (lang.pick(
        "存疑的判断，逐份核对：读得对的确认，读错的更正。",
        "Decisions that are not sure, document by document: accept what was read right, correct what was not.",
    )) } };
    let main = html! {
        @if entries.is_empty() { p { (lang.pick("没有待核对的判断。", "There is nothing to look at.")) } }
        @else { (table(name, &columns, &entries.iter().take(LISTED).map(row).collect::<Vec<_>>())) }
        @if entries.len() > LISTED { p.soft { (match lang {
            Lang::Zh => format!("共 {} 份，只列前 {LISTED} 份。", entries.len()),
            Lang::En => format!("The first {LISTED} of {} are listed.", entries.len()),
        }) } }
    };
    framed(reader, lang.pick("核对", "Review"), lead, &main)
}

/// A document's decisions.
async fn show(state: Shared, reader: Reader, document: String, fields: &Fields) -> Result<Response, Problem> {
    let below = fields.one("below")?.and_then(|below| below.parse().ok()).filter(|below| (0.0..=ALL).contains(below));
    let view = Shown {
        document,
        below: below.unwrap_or(BELOW),
        by: clean(&fields.one("by")?.unwrap_or_default(), NAME),
        told: fields.has("done").then(saved),
    };
    let page = state.read(move |state, snapshot, _| shown(state, snapshot, &view, &reader)).await?;
    Ok(page_of(page))
}

/// What a page of a document shows.
struct Shown {
    document: String,
    below: f64,
    by: String,
    told: Option<Told>,
}

fn shown(state: &State, snapshot: &Snapshot, shown: &Shown, reader: &Reader) -> Result<String, Problem> {
    let entry =
        snapshot.documents.iter().find(|entry| entry.document == shown.document).ok_or_else(Problem::missing)?;
    let today = Date::today().ok_or_else(|| Problem::internal("the clock tells no day"))?;
    let site = Site::alone(&query::graph(&snapshot.graphs, &shown.document)?, today)?;
    let closed = closed(state, &entry.source);
    let (paths, told) = (&reader.paths, shown.told.as_ref());
    let open = state.folder.as_ref().filter(|_| closed.is_none());
    let corrections = open.and_then(|folder| folder.corrections(&shown.document, &entry.source)).unwrap_or_default();
    let decided: Vec<_> = corrections.decided().map(|(key, entry)| (key, entry.clone())).collect();
    let desk = Desk { paths, below: shown.below, by: &shown.by, closed: closed.as_ref(), told, decided: &decided };
    site.review_page(&shown.document, &desk, reader.lang).ok_or_else(Problem::missing)
}

/// Why decisions are not written down; nothing where they are.
fn closed(state: &State, source: &str) -> Option<Message> {
    let file = beside(std::path::Path::new(source));
    let file = file.display();
    match (state.options.writable, &state.folder) {
        (true, Some(_)) => None,
        (true, None) => Some(Message::new(
            format!(
                "启动时没有用 `--documents` 指明文件所在的文件夹，所以只供查看：可把各条写法抄进文件旁的 `{file}`，再运行 `zeren build`。"
            ),
            format!(
                "The server was not told by `--documents` where the documents lie, so that it only shows: copy what is given below into `{file}` beside the document, then run `zeren build`."
            ),
        )),
        (false, _) => Some(Message::new(
            format!(
                "此服务只读：可把各条写法抄进文件旁的 `{file}`，再运行 `zeren build`；用 `zeren serve --writable --documents 文件夹` 启动，可在此直接保存。"
            ),
            format!(
                "This server only reads: copy what is given below into `{file}` beside the document, then run `zeren build`. Started by `zeren serve --writable --documents FOLDER`, it saves what you decide here."
            ),
        )),
    }
}

fn saved() -> Told {
    Told {
        done: true,
        what: Message::new(
            "已保存到更正文件，文件已重新读取。",
            "Saved among the corrections; the document was read anew.",
        ),
        hint: None,
    }
}

/// What a form says.
struct Form {
    document: String,
    claim: String,
    below: f64,
    by: String,
    at: String,
    fields: Fields,
}

async fn decide(state: Shared, reader: Reader, content: Body) -> Result<Response, Problem> {
    let fields = Fields::read(&body(&state, content).await?)?;
    let one = |name: &str| fields.one(name).map(Option::unwrap_or_default);
    let form = Form {
        document: one("document")?,
        claim: one("claim")?,
        below: one("below")?.parse().ok().filter(|below| (0.0..=ALL).contains(below)).unwrap_or(BELOW),
        by: clean(&one("by")?, NAME),
        at: one("at")?.chars().filter(char::is_ascii_digit).take(4).collect(),
        fields,
    };
    if let Some(closed) = closed(&state, "….txt") {
        return Err(Problem::new(StatusCode::FORBIDDEN, closed.zh, closed.en));
    }
    let back = format!(
        "/review?document={}&below={}&by={}&done=1#i{}",
        field(&form.document),
        form.below,
        field(&form.by),
        if form.at.is_empty() { "1" } else { &form.at }
    );
    let (lang, shared) = (reader.lang, Arc::clone(&state));
    let (document, below, by) = (form.document.clone(), form.below, form.by.clone());
    let decided = state.write(move |store, _| decided(&shared, store, &form, lang)).await;
    match decided {
        Ok(()) => {
            let (path, anchor) = back.split_once('#').unwrap_or((&back, ""));
            let back = format!("{}#{anchor}", reader.paths.kept(path));
            let mut response = Response::default();
            *response.status_mut() = StatusCode::SEE_OTHER;
            if let Ok(place) = HeaderValue::from_str(&back) {
                response.headers_mut().insert(header::LOCATION, place);
            }
            Ok(response)
        }
        // what is wrong is told where it can be put right
        Err(problem) if reader.wants_page => {
            let told = problem.told();
            let status = problem.status();
            let view = Shown { document, below, by, told: Some(told) };
            let page = state.read(move |state, snapshot, _| shown(state, snapshot, &view, &reader)).await;
            let mut response = page_of(page.map_err(|_| problem)?);
            *response.status_mut() = status;
            Ok(response)
        }
        Err(problem) => Err(problem),
    }
}

/// Writes a decision down, reads the document anew and puts its graph in the place of the former.
fn decided(state: &State, store: &mut Store, form: &Form, lang: Lang) -> Result<(), Problem> {
    let folder = state.folder.as_ref().ok_or_else(Problem::read_only)?;
    let source = store.document(&form.document).map(|entry| entry.source.clone()).ok_or_else(Problem::missing)?;
    let (path, former) = folder.find(&form.document, &source)?;
    let is_undone = form.fields.one("do")?.as_deref() == Some("undo");
    let checked = if is_undone {
        folder::withdraw(&path, &former, &form.claim)?
    } else {
        let stanza = stanza(&former, &form.claim);
        let decision = stanza.map(|stanza| decision(stanza, form, lang)).transpose()?;
        decision.map(|decision| folder::record(&path, &former, &decision)).transpose()?
    };
    let Some(checked) = checked else {
        // the page was made of what is no longer so: the next is made of what is
        put(store, &former)?;
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "文件或更正已有变化，这一处与页面所示不同，没有保存",
            "the document or its corrections have changed, this claim is no longer as the page showed it; nothing was saved",
        )
        .with_hint("文件已重新读取，请再核对一次", "the document was read anew: look at it once more"));
    };
    put(store, &checked)?;
    state.note_change();
    Ok(())
}

/// The address of the claim that a page showed, if it is still there as it was.
fn stanza(checked: &Checked, key: &str) -> Option<Stanza> {
    let tasks: Vec<&Task> = checked.facts.tasks.iter().map(|entry| &entry.task).collect();
    let items = of_tasks(&tasks, &checked.findings, &checked.text, ALL);
    items.into_iter().find(|item| item.key().as_deref() == Some(key))?.stanza
}

fn put(store: &mut Store, checked: &Checked) -> Result<(), Problem> {
    let facts = &checked.facts;
    let info = SourceInfo { source: facts.source.clone(), title: facts.head.title.clone() };
    store.replace(&DocumentGraph::of(checked), &info)?;
    Ok(())
}

/// What a person decided, as the fields of a form say it.
fn decision(stanza: Stanza, form: &Form, lang: Lang) -> Result<Decision, Problem> {
    let asked = form.fields.one("do")?.unwrap_or_default();
    let mut stanza = stanza;
    let (verdict, usual) = match asked.as_str() {
        "confirm" if !stanza.adds() => (Verdict::Confirm, lang.pick("核对无误", "looked at: right as read")),
        "remove" if !stanza.adds() => (Verdict::Remove, lang.pick("核对后删除", "looked at: there is no such thing")),
        "change" if !stanza.adds() => {
            let change = change(stanza.subject(), &form.fields)?;
            if change == Change::default() {
                return Err(Problem::bad_request("没有写明改成什么", "nothing says what it should be")
                    .with_hint("读得对时请用“读得对”", "if it was read right, say so"));
            }
            (Verdict::Change(change), lang.pick("核对后更正", "looked at and corrected"))
        }
        "add" if stanza.adds() => {
            let name = clean(&form.fields.one("name")?.unwrap_or_default(), NAME);
            let change = change(stanza.subject(), &form.fields)?;
            if name.is_empty() || change.role.is_none() {
                return Err(Problem::bad_request("请写明单位和角色", "name the party and its role"));
            }
            stanza = stanza.named(&name);
            (Verdict::Add(change), lang.pick("核对后补充", "looked at and added"))
        }
        _ => {
            return Err(Problem::bad_request(
                format!("不认识 `{}`", clean(&asked, NAME)),
                format!("`{}` is not known here", clean(&asked, NAME)),
            ));
        }
    };
    let given = |text: String, usual: &str| if text.is_empty() { usual.to_owned() } else { text };
    Ok(Decision {
        stanza,
        verdict,
        why: given(clean(&form.fields.one("why")?.unwrap_or_default(), REASON), usual),
        by: given(form.by.clone(), lang.pick("未署名", "not named")),
        on: Date::today().ok_or_else(|| Problem::internal("the clock tells no day"))?,
    })
}

/// What should hold, by the fields that are filled in.
fn change(subject: &Subject, fields: &Fields) -> Result<Change, Problem> {
    let text = |name: &str| -> Result<Option<String>, Problem> {
        Ok(fields.one(name)?.map(|value| clean(&value, NAME)).filter(|value| !value.is_empty()))
    };
    let wrong =
        |value: &str, zh: &str, en: &str| Problem::bad_request(format!("`{value}` {zh}"), format!("`{value}` {en}"));
    let date = |name: &str| -> Result<Option<Date>, Problem> {
        let read = |value: String| {
            Date::parse_iso(&value)
                .ok_or_else(|| wrong(&value, "不是日期，如 2026-11-22", "is no date, as in 2026-11-22"))
        };
        text(name)?.map(read).transpose()
    };
    let unknown = |value: &str| wrong(value, "不认识", "is not known here");
    Ok(match subject {
        Subject::Party(_) => Change {
            role: text("role")?.map(|value| Role::parse(&value).ok_or_else(|| unknown(&value))).transpose()?,
            organisation: text("organisation")?,
            ..Change::default()
        },
        Subject::Indicator(_) => Change {
            comparator: text("comparator")?
                .map(|value| {
                    Comparator::ALL.into_iter().find(|one| one.as_str() == value).ok_or_else(|| unknown(&value))
                })
                .transpose()?,
            value: text("value")?
                .map(|value| {
                    let number = value.parse::<f64>().ok().filter(|number| number.is_finite());
                    number.ok_or_else(|| wrong(&value, "不是数", "is no number"))
                })
                .transpose()?,
            unit: text("unit")?,
            by: date("due")?,
            ..Change::default()
        },
        Subject::Deadline(_) => Change {
            relation: text("relation")?
                .map(|value| {
                    DeadlineRelation::ALL.into_iter().find(|one| one.as_str() == value).ok_or_else(|| unknown(&value))
                })
                .transpose()?,
            date: date("date")?,
            ..Change::default()
        },
        _ => Change::default(),
    })
}

/// Words that a person typed, on one line and not too long.
fn clean(words: &str, most: usize) -> String {
    let line: String = words.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    line.trim().chars().take(most).collect()
}
