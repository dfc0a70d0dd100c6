//! Any text is checked without trouble, and every finding stands inside it.

use proptest::prelude::*;
use zeren::diagnostic::Lang;
use zeren::pipeline;
use zeren::read::read_bytes;
use zeren::render::findings::{Report, html, json, sarif, text};

/// Pieces of notices, whole and broken.
const PIECES: [&str; 44] = [
    "林河县2023年重点任务",
    "\n",
    "\n",
    "一、",
    "（一）",
    "（九）",
    "1.",
    "①",
    "第三章 ",
    "（县财政局负责）",
    "（县财证局、县医保局牵头，",
    "县卫健局配合）",
    "责任单位：",
    "牵头单位：县财政局",
    "，",
    "、、",
    "。",
    "；",
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "国办发〔2023〕4号",
    "〔20〕第005号",
    "号",
    "率达到85",
    "由80%提高到",
    "640万元",
    "90%—60%",
    "2月30日",
    "2023年13月底前",
    "2024年3月至2023年2月",
    "××",
    "负责负责",
    "\t",
    "序号\t任务\t牵头单位",
    "|",
    "\u{200b}",
    "👨‍👩‍👧",
    "\u{301}",
    "列第一位的为牵头单位，下同",
    "▲",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn any_text_is_checked(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let words = pieces.concat();
        let Ok(source) = read_bytes("draft.txt", words.as_bytes()) else { return Ok(()) };
        let checked = pipeline::check(source, None);
        let length = checked.text.len();
        for finding in &checked.findings {
            for span in finding.span.iter().chain(finding.related.iter().map(|(span, _)| span)) {
                prop_assert!(span.start <= span.end && span.end <= length, "{finding:?} of {length}");
            }
        }
        let report = Report { path: "draft.txt".into(), checked, accepted: 0 };
        let mut out = Vec::new();
        for lang in [Lang::Zh, Lang::En] {
            text(&mut out, &report, lang, Some(40), false).unwrap();
            text(&mut out, &report, lang, None, true).unwrap();
            json(&mut out, &report, lang).unwrap();
            html(&mut out, std::slice::from_ref(&report), lang).unwrap();
            sarif(&mut out, std::slice::from_ref(&report), lang).unwrap();
        }
        prop_assert!(String::from_utf8(out).is_ok());
    }
}
