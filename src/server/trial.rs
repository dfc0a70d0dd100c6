//! `/try`: a document is read as `zeren extract` would, shown, and forgotten.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use maud::html;
use oxigraph::model::NamedNodeRef;

use super::lanes::Turn;
use super::live::html as page_of;
use super::page::framed;
use super::problem::Problem;
use super::reader::Reader;
use super::routes::{Shared, body, bytes};
use super::state::State;
use crate::date::Date;
use crate::diagnostic::Lang;
use crate::graph::DocumentGraph;
use crate::pipeline::{Checked, check};

use crate::read::read_bytes;
use crate::render::json;
use crate::site::{Site, Trial};
use crate::store::Graphs;

/// What can be uploaded, by the endings of names.
const ACCEPTED: &str = ".txt,.html,.htm,.csv,.md,.docx,.xlsx,.xls,.ods,.pdf";

/// The longest name of a file, in characters.
const NAME: usize = 120;

/// Marks that turn the direction of words or cannot be seen: a name that holds them shows as another.
const HIDDEN: [char; 15] = [
    '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}',
    '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{feff}',
];

/// What is shown at most: a notice has a tenth of it, and what is made to do harm has more.
const CHARACTERS: usize = 500_000;
const TASKS: usize = 5_000;
const FINDINGS: usize = 500;

/// The most pairs of bodies that work together, counted by tasks.
const PAIRS: usize = 2_000_000;

/// What somebody handed in.
#[derive(Default)]
struct Handed {
    name: String,
    content: Vec<u8>,
    text: String,
    wants_json: bool,
}

pub(super) async fn handle(state: Shared, request: Request) -> Result<Response, Problem> {
    let reader = Reader::of(&request);
    match *request.method() {
        Method::GET | Method::HEAD => Ok(page_of(form(&state, "", None, &reader))),
        Method::POST => {
            let wants_page = reader.wants_page;
            let mut text = String::new();
            match tried(&state, request, &reader, &mut text).await {
                Err(problem) if wants_page => {
                    let status = problem.status();
                    let mut response = page_of(form(&state, &text, Some(&problem), &reader));
                    *response.status_mut() = status;
                    Ok(response)
                }
                done => done,
            }
        }
        _ => Err(Problem::method("GET, HEAD, POST")),
    }
}

/// A place to hand in a document, and what is wrong with the one before.
fn form(state: &State, text: &str, problem: Option<&Problem>, reader: &Reader) -> String {
    let lang = reader.lang;
    let most = state.options.body;
    let most = if most >= 1 << 20 { format!("{} MB", most >> 20) } else { format!("{} kB", most >> 10) };
    let lead = html! { p.lead { (lang.pick(
        "看看会读出什么：谁牵头、谁配合、指标、时限、哪里写得有问题。文件只在内存里读一遍，不保存。",
        "See what would be read of a document: who leads, who supports, figures, dates, and what is odd in it. It is read in memory and not kept.",
    )) } };
    let main = html! {
        @if let Some(problem) = problem { @let told = problem.told(); p.told role="alert" {
            (told.what.in_lang(lang))
            @if let Some(hint) = &told.hint { br; (lang.pick("提示：", "hint: ")) (hint.in_lang(lang)) }
        } }
        form.try method="post" enctype="multipart/form-data" action=(reader.paths.kept("/try")) {
            label { (lang.pick("文件", "Document")) input type="file" name="document" accept=(ACCEPTED) aria-describedby="formats"; }
            p.soft id="formats" { (match lang {
                Lang::Zh => format!("TXT、HTML、CSV、DOCX、XLSX、XLS、ODS、PDF（有文字层），不超过 {most}。"),
                Lang::En => format!("TXT, HTML, CSV, DOCX, XLSX, XLS, ODS, PDF with a text layer; at most {most}."),
            }) }
            label { (lang.pick("或粘贴文字", "or paste its words"))
                textarea name="text" rows="12" lang="zh" spellcheck="false" { (text) } }
            button name="as" value="page" { (lang.pick("读一读", "Read it")) } " "
            button name="as" value="json" { "JSON" }
        }
    };
    framed(reader, lang.pick("试读一份文件", "Try a document"), lead, &main)
}

async fn tried(state: &Shared, request: Request, reader: &Reader, text: &mut String) -> Result<Response, Problem> {
    let mut handed = hand(state, request).await?;
    handed.wants_json |= !reader.wants_page;
    text.clone_from(&handed.text);
    if handed.content.is_empty() {
        reader.lang.pick("粘贴的文字.txt", "pasted.txt").clone_into(&mut handed.name);
        handed.content = std::mem::take(&mut handed.text).into_bytes();
    }
    if handed.content.is_empty() {
        return Err(Problem::bad_request("没有文件，也没有文字", "there is neither a document nor text")
            .with_hint("请选一个文件，或粘贴文字", "choose a file, or paste words"));
    }
    let own = reader.clone();
    let wants_json = handed.wants_json;
    let seconds = state.options.timeout.as_secs();
    let late = Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        format!("{seconds} 秒内没有读完，已中止"),
        format!("it could not be read in {seconds} seconds and was cut off"),
    )
    .with_hint("请拆分文件，或用 `zeren extract` 读取", "split the document, or read it by `zeren extract`");
    let content = state.aside(late, move |state, turn| read(state, &handed, &own, turn)).await?;
    if wants_json {
        let mut response = bytes("application/json", content);
        let named = HeaderValue::from_static("attachment; filename=\"document.json\"");
        response.headers_mut().insert(header::CONTENT_DISPOSITION, named);
        return Ok(response);
    }
    let mut response = page_of(String::from_utf8_lossy(&content).into_owned());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Reads what was handed in.
async fn hand(state: &Shared, request: Request) -> Result<Handed, Problem> {
    let (parts, content) = request.into_parts();
    let given = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !given.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Err(Problem::media_type(given).with_hint("可用 multipart/form-data", "supported: multipart/form-data"));
    }
    // the limits of the server hold for the whole
    let content = body(state, content).await?;
    let mut request = Request::from_parts(parts, Body::from(content));
    let broken = |_| Problem::bad_request("上传的内容不完整", "what was uploaded is not whole");
    DefaultBodyLimit::disable().apply(&mut request);
    let mut fields = Multipart::from_request(request, &())
        .await
        .map_err(|_| Problem::bad_request("上传的内容不完整", "what was uploaded is not whole"))?;
    let mut handed = Handed::default();
    while let Some(field) = fields.next_field().await.map_err(broken)? {
        let (part, name) = (field.name().unwrap_or_default().to_owned(), field.file_name().map(clean));
        let content = field.bytes().await.map_err(broken)?;
        let words = || String::from_utf8_lossy(&content).into_owned();
        match part.as_str() {
            "document" if !content.is_empty() => {
                handed.name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| "document".to_owned());
                handed.content = content.to_vec();
            }
            "text" => handed.text = words(),
            "as" => handed.wants_json = words() == "json",
            _ => {}
        }
    }
    Ok(handed)
}

/// The name of a file without folders, and without what cannot be seen.
fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|char| !char.is_control() && !HIDDEN.contains(char)).collect();
    let (stem, ending) = shown.rsplit_once('.').map_or((shown.as_str(), ""), |(stem, ending)| (stem, ending));
    let stem: String = stem.trim().trim_start_matches('.').chars().take(NAME).collect();
    let ending: String = ending.chars().take(8).collect();
    if ending.is_empty() { stem } else { format!("{stem}.{ending}") }
}

/// Reads a document and makes its page or its JSON.
fn read(state: &State, handed: &Handed, reader: &Reader, turn: &Turn) -> Result<Vec<u8>, Problem> {
    let in_time = || if turn.is_ended() { Err(turn.end()) } else { Ok(()) };
    let source = read_bytes(&handed.name, &handed.content).map_err(|error| {
        let problem = Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("`{}`：{}", handed.name, error.message(Lang::Zh)),
            format!("`{}`: {}", handed.name, error.message(Lang::En)),
        );
        match error.hint(Lang::Zh).zip(error.hint(Lang::En)) {
            Some((zh, en)) => problem.with_hint(zh, en),
            None => problem,
        }
    })?;
    in_time()?;
    within(source.text.len(), CHARACTERS, "字", "characters")?;
    let mut checked = check(source, None);
    in_time()?;
    let mut told = Vec::new();
    json::facts(&mut told, &checked.facts, reader.lang).map_err(|error| Problem::internal(&error.to_string()))?;
    if handed.wants_json {
        return Ok(told);
    }
    let tasks = &checked.facts.tasks;
    within(tasks.len(), TASKS, "项任务", "tasks")?;
    let pairs = tasks.iter().map(|entry| entry.parties.len().saturating_mul(entry.parties.len()) / 2);
    within(pairs.fold(0, usize::saturating_add), PAIRS, "对合作单位", "pairs of bodies")?;
    // the gravest first, where there are too many
    if checked.findings.len() > FINDINGS {
        checked.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        checked.findings.truncate(FINDINGS);
        checked.findings.sort_by_key(|finding| finding.span);
    }
    page(state, &checked, &told, reader, &in_time)
}

/// Refuses what is more than can be shown.
fn within(count: usize, most: usize, zh: &str, en: &str) -> Result<(), Problem> {
    if count <= most {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!("共 {count} {zh}，超过 {most} {zh}，无法在此显示"),
        format!("there are {count} {en}, and at most {most} are shown here"),
    )
    .with_hint("请拆分文件，或用 `zeren extract` 读取", "split the document, or read it by `zeren extract`"))
}

fn page(
    state: &State,
    checked: &Checked,
    told: &[u8],
    reader: &Reader,
    in_time: &dyn Fn() -> Result<(), Problem>,
) -> Result<Vec<u8>, Problem> {
    let today = Date::today().ok_or_else(|| Problem::internal("the clock tells no day"))?;
    let graph = DocumentGraph::of(checked);
    in_time()?;
    let site = Site::alone(&graph, today)?;
    in_time()?;
    let stored = state.snapshot().graphs;
    let known: BTreeSet<String> = site.bodies().filter(|body| holds(&stored, body)).map(str::to_owned).collect();
    let trial = Trial { paths: &reader.paths, findings: &checked.findings, json: told, known: &known };
    let page = site.trial_page(&trial, reader.lang).ok_or_else(|| Problem::internal("no document"))?;
    Ok(page.into_bytes())
}

/// Whether the store says anything of a thing.
fn holds(graphs: &Graphs, thing: &str) -> bool {
    let subject = NamedNodeRef::new_unchecked(thing);
    graphs.quads_for_pattern(Some(subject.into()), None, None, None).next().is_some_and(|quad| quad.is_ok())
}
