//! Pictures that a browser lays out itself: a page for each, and its text for Graphviz.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use maud::html;

use super::fields::Fields;
use super::problem::Problem;
use super::reader::Reader;
use super::routes::{Shared, bytes};
use super::{front, live};
use crate::site::{Drawing, field, path_of};

/// What picture is asked for.
struct Asked {
    of: String,
    about: [String; 2],
}

impl Asked {
    fn read(request: &Request) -> Result<Self, Problem> {
        let fields = Fields::read(request.uri().query().unwrap_or_default().as_bytes())?;
        let text = |name| fields.one(name).map(Option::unwrap_or_default);
        Ok(Self { of: text("of")?, about: [text("about")?, text("with")?] })
    }

    fn drawing(&self) -> Option<Drawing<'_>> {
        Drawing::read(&self.of, &self.about[0], &self.about[1])
    }

    fn fields(&self) -> String {
        format!("of={}&about={}&with={}", field(&self.of), field(&self.about[0]), field(&self.about[1]))
    }
}

/// `/draw`: the page of a picture.
pub(super) async fn page(state: Shared, request: Request) -> Result<Response, Problem> {
    let (asked, reader) = (Asked::read(&request)?, Reader::of(&request));
    live::answer(&state, &reader, move |site, reader| {
        let (lang, drawing) = (reader.lang, asked.drawing()?);
        let title = site.title(drawing, lang)?;
        let dot = reader.paths.kept(&format!("/draw.dot?{}", asked.fields()));
        let tools = [
            ("in", "＋", lang.pick("放大", "Zoom in")),
            ("out", "－", lang.pick("缩小", "Zoom out")),
            ("fit", "⤢", lang.pick("看全图", "See all")),
            ("actual", "1:1", lang.pick("原大", "Actual size")),
        ];
        let main = html! {
            @if crate::site::front::is_built() {
                p.tools {
                    @for (name, sign, words) in tools {
                        button type="button" data-tool=(name) title=(words) aria-label=(format!("{sign} {words}")) { (sign) }
                    }
                    a #keep href=(dot) download="picture.svg" hidden { (lang.pick("下载 SVG", "Take the SVG along")) } " "
                    a href=(dot) download="picture.dot" { "DOT" }
                    span #state.soft role="status" data-failed=(lang.pick("没有画成：", "It could not be drawn:")) {
                        (lang.pick("正在排版…", "Being laid out …"))
                    }
                }
                div #drawing data-dot=(dot) data-name=(title) {}
                noscript { (site.still(drawing, &reader.paths, lang)) }
                p.note { (lang.pick(
                    "图由浏览器中的 Graphviz 排版；拖动可移动，滚轮可缩放。",
                    "Graphviz lays it out in the browser; drag to move, turn the wheel to zoom.",
                )) }
            } @else {
                (crate::site::front::missing(lang))
                p { a href=(dot) download="picture.dot" { (lang.pick("下载 DOT 文本", "Take the DOT text along")) } }
            }
        };
        Some(front::page(reader, &title, "picture.js", &main))
    })
    .await
}

/// `/draw.dot`: the picture as text for Graphviz.
pub(super) async fn dot(state: Shared, request: Request) -> Result<Response, Problem> {
    let (asked, reader) = (Asked::read(&request)?, Reader::of(&request));
    let dot = live::of_site(&state, move |site| {
        let link = |id: &str| id.starts_with(crate::iri::BASE).then(|| reader.paths.kept(&path_of(id)));
        asked.drawing().and_then(|drawing| site.dot(drawing, reader.lang, &link)).ok_or_else(Problem::missing)
    });
    let mut response = bytes("text/vnd.graphviz; charset=utf-8", dot.await?.into_bytes());
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    Ok(response)
}
