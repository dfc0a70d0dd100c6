//! The interactive parts of pages, which a server alone shows: bundled by `.ci/front`, embedded by the build.

use maud::{Markup, html};

use crate::diagnostic::Lang;

/// The style of the pages that use them.
pub const STYLE: &str = include_str!("front/front.css");

/// Name and content of every part; none where the program was built without them.
pub const PARTS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/front.rs"));

/// Where their licences stand among them.
pub const LICENCES: &str = "licences.txt";

/// Whether the program was built with them.
pub fn is_built() -> bool {
    !PARTS.is_empty()
}

/// A part by its name.
pub fn part(name: &str) -> Option<&'static [u8]> {
    PARTS.iter().find(|(known, _)| *known == name).map(|(_, content)| *content)
}

/// Says that the parts are missing, and how they are had.
pub fn missing(lang: Lang) -> Markup {
    html! { p.note #not-built { (lang.pick("本程序编译时没有带上交互部件；装有 npm 时运行 ", "The program was built without its interactive parts; with npm installed, run "))
    code { "sh .ci/front" } (lang.pick(" 后重新编译即可。", " and build it again.")) } }
}

/// Leads to the licences of the parts.
pub fn credits(lang: Lang) -> Markup {
    html! { @if is_built() { a href=(format!("/assets/{LICENCES}")) { (lang.pick("页面所用开源部件及许可证", "Open-source parts of these pages and their licences")) } } }
}
