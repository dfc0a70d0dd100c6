//! Texts that nobody would write: no panic, no hang, places that slice, the same result twice.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::facts;
use zeren::read::read_bytes;
use zeren::span::Span;

/// The pieces that notices are made of, to be put together without sense.
const PIECES: [&str; 44] = [
    "(",
    ")",
    "（",
    "）",
    "〔",
    "〕",
    "《",
    "》",
    "、",
    "，",
    ",",
    "。",
    "；",
    "：",
    "\n",
    "\t",
    "  ",
    "|",
    "▲",
    "一、",
    "(一)",
    "1.",
    "(1)",
    "①",
    "市财政局",
    "各区、县(市)政府",
    "县(",
    "负责",
    "牵头",
    "配合",
    "等",
    "按职责分工",
    "分别",
    "责任单位:",
    "下同",
    "列第一位的为牵头单位",
    "以上任务仅列牵头部门",
    "2017年",
    "底前",
    "90%以上",
    "由240元提高到",
    "〔2017〕12号",
    "序号\t任务\t责任单位",
    "附件1",
];

fn spans_hold(words: &str, name: &str) {
    let Ok(source) = read_bytes(name, words.as_bytes()) else { return };
    let (facts, text) = zeren::pipeline::facts_of(source.clone());
    let inside = |span: Span| {
        assert!(span.start <= span.end && span.end <= text.len(), "{span:?} of {} in {words:?}", text.len());
    };
    for task in &facts.tasks {
        let task = &task.task;
        inside(task.span);
        task.clause_span.into_iter().for_each(inside);
        task.findings.iter().filter_map(|finding| finding.span).for_each(inside);
        task.responsibilities.iter().for_each(|party| inside(party.span));
        task.indicators.iter().for_each(|indicator| inside(indicator.span));
        task.deadlines.iter().for_each(|deadline| inside(deadline.span));
        task.citations.iter().for_each(|citation| inside(citation.span));
        assert_eq!(task.responsibilities.iter().filter(|party| !(0.0..=1.0).contains(&party.confidence)).count(), 0);
    }
    for convention in &facts.conventions {
        inside(convention.span);
        inside(convention.scope);
        convention.bodies.iter().for_each(|(_, span)| inside(*span));
    }
    facts.findings.iter().filter_map(|finding| finding.span).for_each(inside);
    facts.head.based_on.iter().for_each(|citation| inside(citation.span));
    let (again, _) = zeren::pipeline::facts_of(source);
    assert_eq!(format!("{facts:?}"), format!("{again:?}"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_without_sense(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..80)) {
        spans_hold(&pieces.concat(), "a.txt");
        spans_hold(&pieces.concat(), "a.csv");
        spans_hold(&format!("<table><tr><td>{}</td></tr></table>", pieces.join("</td><td>")), "a.html");
    }

    #[test]
    fn any_text(words in "\\PC{0,200}") {
        spans_hold(&words, "a.txt");
        spans_hold(&words, "a.html");
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(source) = read_bytes("a.txt", &bytes) {
            zeren::pipeline::facts_of(source);
        }
    }
}

/// A text of one shape, repeated, is read in time that grows with its length: this ends, or the test run does not.
#[test]
fn long_and_deep_texts_are_read() {
    let nested = format!("(一)完善{}市财政局负责{}\n", "(".repeat(20_000), ")".repeat(20_000));
    let (found, _) = facts("a.txt", &format!("{nested}(二)健全制度。(市财政局负责)\n"));
    assert!(found.tasks.iter().any(|task| task.task.label == "(二)"));

    let line = format!("(一){}(市财政局负责)\n", "落实市财政局牵头的工作，2017年底前完成50%以上。".repeat(130_000));
    assert!(line.len() > 8_000_000);
    let (found, _) = facts("a.txt", &line);
    assert_eq!(found.tasks.len(), 1);

    let deep = format!("{}<p>(一)完善。(市财政局负责)</p>{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
    let (found, _) = facts("a.html", &deep);
    assert_eq!(found.tasks.len(), 1);

    // one character or word over and over
    for (words, times) in [
        ("*", 60_000),
        ("90%", 60_000),
        ("(", 60_000),
        ("《", 60_000),
        ("2017年", 40_000),
        ("市财政局、", 40_000),
        ("等", 60_000),
        ("不再列出各县政府", 20_000),
        ("完成时限:", 8_000),
        ("1", 20_000),
    ] {
        facts("a.txt", &format!("一、任务\n(一){}。(市财政局负责)\n", words.repeat(times)));
    }
    // lines that begin what never comes
    for (lines, times) in [
        ("[\n", 5_000),
        ("序号\n", 5_000),
        ("\t序号\n\t任务\n\t责任单位\n", 1_000),
        ("(市财政局、市民政局负责,列第一位的为牵头单位,下同)\n", 1_000),
    ] {
        facts("a.txt", &format!("一、任务\n{}", lines.repeat(times)));
    }
    let mut rows = String::new();
    for row in 1..=4_000 {
        writeln!(rows, "  ({row})完善第{row}项制度。").expect("a string takes it");
    }
    let (found, _) = facts("a.txt", &format!("主要工作重点任务责任单位\n1.制度。  (1)健全。  市财政局\n{rows}"));
    assert!(found.tasks.len() > 900);

    let mut many = String::new();
    for number in 1..=20_000 {
        writeln!(many, "{number}.完善制度。(市财政局、市民政局负责)").expect("a string takes it");
    }
    assert_eq!(facts("a.txt", &many).0.tasks.len(), 20_000);
}
