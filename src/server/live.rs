//! The pages of the site, live: the same that `zeren report` writes, at the paths of [`Paths`](crate::site::Paths).

use axum::body::Bytes;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::fields::Fields;
use super::gathering::{Shown, Sight};
use super::problem::Problem;
use super::reader::Reader;
use super::routes::{Shared, bytes};
use super::{front, page};
use crate::diagnostic::Message;
use crate::render::ontology;
use crate::site::{ASSETS, Page, Picture, Site};

const HTML: &str = "text/html; charset=utf-8";

/// Seconds after which a page that is not whole is asked for again.
const AGAIN: &str = "3";

/// What a picture may do that is opened for itself: it brings its style along.
const OF_PICTURES: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/// Parts of pages that only a server has: name, media type and content.
const OWN_ASSETS: [(&str, &str, &str); 1] = [(ONTOLOGY_STYLE, "text/css; charset=utf-8", ontology::STYLE)];

/// The style of the page of the vocabulary.
pub(super) const ONTOLOGY_STYLE: &str = "ontology.css";

/// A page of the site, or why there is none.
pub(super) enum Made {
    /// The page.
    Page(Response),
    /// The site has no such thing.
    Nothing,
    /// What it is made of is still being gathered.
    Counting,
    /// What it would be made of takes more memory than is allowed.
    TooLarge,
}

/// The pages that others lead to, and those of pairs of documents.
pub(super) async fn page(state: Shared, request: Request) -> Result<Response, Problem> {
    let reader = Reader::of(&request);
    let fields = Fields::read(request.uri().query().unwrap_or_default().as_bytes())?;
    let path = request.uri().path().to_owned();
    let [parent, child] = [fields.one("parent")?.unwrap_or_default(), fields.one("child")?.unwrap_or_default()];
    let words = fields.one("q")?.unwrap_or_default();
    let made = made(&state, &reader, move |site, reader| {
        let page = match path.as_str() {
            "/" => Page::Overview,
            "/documents" => Page::Documents,
            "/departments" => Page::Departments,
            "/coordination" => Page::Coordination,
            "/due" => Page::Due,
            "/gaps" => Page::Gaps,
            "/findings" => Page::Findings,
            "/lineage" => Page::Lineage,
            "/inherit" => Page::Inheritance(&parent, &child),
            "/download" => Page::Data,
            "/search" => return Some(site.find(&words, &reader.paths, reader.lang)),
            _ => return None,
        };
        site.html(page, &reader.paths, reader.lang)
    });
    shown(&state, &reader, made.await?).await
}

/// A page, or while it cannot be made yet the documents.
async fn shown(state: &Shared, reader: &Reader, made: Made) -> Result<Response, Problem> {
    match made {
        Made::Page(response) => Ok(response),
        Made::Nothing => Err(Problem::missing()),
        Made::Counting => {
            let documents = state.read(|_, snapshot, _| Ok(snapshot.documents.clone())).await?;
            Ok(again(html(page::counting(&documents, reader))))
        }
        Made::TooLarge => {
            let documents = state.read(|_, snapshot, _| Ok(snapshot.documents.clone())).await?;
            Ok(html(page::too_large(&documents, reader)))
        }
    }
}

/// A page that only a server has, made of the site.
pub(super) async fn answer(
    state: &Shared,
    reader: &Reader,
    make: impl FnOnce(&Site, &Reader) -> Option<Response> + Send + 'static,
) -> Result<Response, Problem> {
    let page = made_of(state, reader, move |shown, reader| make(&shown.site, reader));
    shown(state, reader, page.await?).await
}

/// Makes a page of the site.
pub(super) async fn made(
    state: &Shared,
    reader: &Reader,
    make: impl FnOnce(&Site, &Reader) -> Option<String> + Send + 'static,
) -> Result<Made, Problem> {
    let make = move |shown: &Shown, reader: &Reader| shown.page(reader, |site| make(site, reader)).map(html);
    made_of(state, reader, make).await
}

async fn made_of(
    state: &Shared,
    reader: &Reader,
    make: impl FnOnce(&Shown, &Reader) -> Option<Response> + Send + 'static,
) -> Result<Made, Problem> {
    let (shown, is_former) = match state.sight().await? {
        Sight::Whole(shown) => (shown, false),
        Sight::Former(shown) => (shown, true),
        Sight::Counting => return Ok(Made::Counting),
        Sight::TooLarge => return Ok(Made::TooLarge),
    };
    let mut reader = reader.clone();
    if is_former {
        reader.paths = reader.paths.with_note(Message::new(
            "知识库已有变化，正在重新计算；此页为变化之前的内容，完成后自动更新。",
            "The store has changed and its figures are being counted anew; this page shows it as it was, and will follow.",
        ));
    }
    let page = state.read(move |_, _, _| Ok(make(&shown, &reader))).await?;
    Ok(match page {
        Some(page) if is_former => Made::Page(again(page)),
        Some(page) => Made::Page(page),
        None if is_former => Made::Counting,
        None => Made::Nothing,
    })
}

/// A page as an answer.
pub(super) fn html(page: impl Into<Bytes>) -> Response {
    let mut response = bytes(HTML, page);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Asks the browser to ask again soon.
pub(super) fn again(mut response: Response) -> Response {
    response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(AGAIN));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// `/assets/…`: the parts of pages that are embedded.
pub(super) async fn asset(_: Shared, request: Request) -> Result<Response, Problem> {
    let name = request.uri().path().strip_prefix("/assets/").unwrap_or_default();
    let known = ASSETS.iter().chain(&OWN_ASSETS).find(|(known, ..)| *known == name);
    let own = known.map(|(_, media_type, content)| bytes(media_type, content.as_bytes().to_vec()));
    let mut response = own.or_else(|| front::part(name)).ok_or_else(Problem::missing)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
    Ok(response)
}

/// `/picture/…`: pictures on pages.
pub(super) async fn picture(state: Shared, request: Request) -> Result<Response, Problem> {
    let reader = Reader::of(&request);
    let fields = Fields::read(request.uri().query().unwrap_or_default().as_bytes())?;
    let document = fields.one("document")?.unwrap_or_default();
    let name = request.uri().path().strip_prefix("/picture/").unwrap_or_default().to_owned();
    let drawn = of_shown(&state, move |shown| {
        let picture = match name.as_str() {
            "load.svg" => Picture::Load,
            "coordination.svg" => Picture::Coordination,
            "owners.svg" => Picture::Owners(&document),
            _ => return Ok(None),
        };
        shown.picture(picture, reader.lang)
    });
    let drawn = drawn.await?.ok_or_else(Problem::missing)?;
    let mut response = bytes("image/svg+xml", drawn);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(OF_PICTURES));
    Ok(response)
}

/// `/download/…`: files to take along.
pub(super) async fn download(state: Shared, request: Request) -> Result<Response, Problem> {
    let reader = Reader::of(&request);
    let asked = request.uri().path().strip_prefix("/download/").unwrap_or_default().to_owned();
    let written = of_shown(&state, move |shown| {
        let Some(name) = shown.site.data_files().find(|known| *known == asked) else { return Ok(None) };
        let mut content = Vec::new();
        let written = shown.site.write_data(&mut content, name, reader.lang);
        written.map_err(|error| Problem::internal(&error.to_string()))?;
        Ok(Some((name, content)))
    });
    let (name, content) = written.await?.ok_or_else(Problem::missing)?;
    let mut response = bytes(media_type(name), content);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// What is made of the site and is no page.
async fn of_shown<T: Send + 'static>(
    state: &Shared,
    make: impl FnOnce(&Shown) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    match state.sight().await? {
        Sight::Whole(shown) | Sight::Former(shown) => state.read(move |_, _, _| make(&shown)).await,
        Sight::Counting => Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "正在计算，稍后再试",
            "figures are being counted; ask again in a moment",
        )),
        Sight::TooLarge => Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "文件太多，网页所需的内存超出限制",
            "so many documents would take more memory than pages may",
        )
        .with_hint(
            "用 `zeren serve --jurisdiction`、`--year` 选定一部分，或用 `--pages` 放宽",
            "name a part by `zeren serve --jurisdiction` and `--year`, or raise `--pages`",
        )),
    }
}

/// What is made of the site alone and is no page.
pub(super) async fn of_site<T: Send + 'static>(
    state: &Shared,
    make: impl FnOnce(&Site) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    of_shown(state, move |shown| make(&shown.site)).await
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("csv") => "text/csv; charset=utf-8",
        Some("json") => "application/json",
        Some("ics") => "text/calendar; charset=utf-8",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}
