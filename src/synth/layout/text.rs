//! Tasks as numbered text.

use super::super::draft::{Draft, Ground, Section, Task};
use super::super::style::{Layout, Numbers};
use super::{Block, Page, Stand};
use crate::numeral;

fn han(number: usize) -> String {
    numeral::write(u64::try_from(number).unwrap_or(0))
}

/// The number of a section.
fn of_section(numbers: Numbers, number: usize) -> String {
    if numbers == Numbers::Brackets { format!("（{}）", han(number)) } else { format!("{}、", han(number)) }
}

/// The number of an item: the how manieth of the notice and of its section.
fn of_item(numbers: Numbers, through: usize, anew: usize) -> String {
    match numbers {
        Numbers::HanThrough => format!("（{}）", han(through)),
        Numbers::HanAnew => format!("（{}）", han(anew)),
        Numbers::Arabic | Numbers::Brackets => format!("{through}."),
        Numbers::ArabicAnew => format!("{anew}、"),
    }
}

/// Sections with their items.
pub(super) fn sections(ground: &Ground, draft: &Draft, page: &mut Page) {
    let numbers = if draft.layout == Layout::Levels { Numbers::ArabicAnew } else { draft.style.numbers };
    for (index, section) in draft.sections.iter().enumerate() {
        let number = of_section(numbers, index + 1);
        let heading = match draft.layout {
            Layout::Headings if draft.style.letter => format!("{}牵头的任务", section.heading),
            _ => section.heading.clone(),
        };
        page.line(format!("{number}{heading}"));
        let path = vec![format!("{number}{heading}")];
        match draft.layout {
            Layout::Levels => levels(ground, draft, section, &path, page),
            Layout::Paragraphs => paragraphs(draft, section, &path, page),
            _ => items(draft, section, numbers, &path, page),
        }
        if draft.layout == Layout::Above
            && let Some(task) = draft.tasks.get(section.tasks.start)
        {
            let words = if draft.style.letter {
                format!("（以上由{}）", task.clause)
            } else {
                format!("以上任务由{}。", task.clause)
            };
            page.line(words);
        }
        if draft.layout == Layout::OnlyLeadsAfter && index == 0 {
            super::behind(ground, draft, page);
        }
    }
}

fn items(draft: &Draft, section: &Section, numbers: Numbers, path: &[String], page: &mut Page) {
    for at in section.tasks.clone() {
        let Some(task) = draft.tasks.get(at) else { continue };
        let label = of_item(numbers, at + 1, at - section.tasks.start + 1);
        item(draft, task, &label, path, page);
    }
}

/// One item, and below it the lines that belong to it.
fn item(draft: &Draft, task: &Task, label: &str, path: &[String], page: &mut Page) {
    let text = format!("{}。{}", task.said.head, task.said.body);
    page.line(format!("{label}{}", with_clause(draft, task, &text)));
    if draft.layout == Layout::Lines {
        for line in task.clause.split('\n') {
            page.line(line);
        }
    }
    page.tasks.push(Stand { label: bare(label), path: path.to_vec(), text });
}

/// A text with the clause of its task in brackets.
fn with_clause(draft: &Draft, task: &Task, text: &str) -> String {
    if task.clause.is_empty() || matches!(draft.layout, Layout::Lines | Layout::Above) {
        return text.to_owned();
    }
    let [open, close] = draft.style.brackets;
    let stop = draft.style.stop;
    let text = if stop { text } else { text.trim_end_matches('。') };
    format!("{text}{open}{}{close}{}", task.clause, if stop { "" } else { "。" })
}

/// A number as annotations give it.
fn bare(label: &str) -> String {
    let label = label.trim_end_matches(['.', '、']);
    label.replace('（', "(").replace('）', ")")
}

/// Items of three levels.
fn levels(ground: &Ground, draft: &Draft, section: &Section, path: &[String], page: &mut Page) {
    let tasks: Vec<usize> = section.tasks.clone().collect();
    let names = ground.words.documents.headings.get("groups").map(Vec::as_slice).unwrap_or_default();
    for (group, (some, name)) in tasks.chunks(4).zip(names.iter().cycle()).enumerate() {
        let heading = format!("（{}）{name}", han(group + 1));
        page.line(heading.clone());
        let mut path = path.to_vec();
        path.push(heading);
        for (anew, at) in some.iter().enumerate() {
            let Some(task) = draft.tasks.get(*at) else { continue };
            item(draft, task, &format!("{}.", anew + 1), &path, page);
        }
    }
}

/// Items of two paragraphs, each with its clause.
fn paragraphs(draft: &Draft, section: &Section, path: &[String], page: &mut Page) {
    let tasks: Vec<usize> = section.tasks.clone().collect();
    for some in tasks.chunks(2) {
        let number = format!("（{}）", han(some.first().copied().unwrap_or(0) / 2 + 1));
        for (part, at) in some.iter().enumerate() {
            let Some(task) = draft.tasks.get(*at) else { continue };
            let text = format!("{}。{}", task.said.head, task.said.body);
            let label = if part == 0 { number.as_str() } else { "" };
            page.line(format!("{label}{}", with_clause(draft, task, &text)));
            let label = if some.len() > 1 { format!("{}#{}", bare(&number), part + 1) } else { bare(&number) };
            page.tasks.push(Stand { label, path: path.to_vec(), text });
        }
    }
}

/// A plan that names nobody, and an appendix that divides the work.
pub(super) fn division(ground: &Ground, draft: &Draft, page: &mut Page) {
    for (index, section) in draft.sections.iter().enumerate() {
        page.line(format!("{}、{}", han(index + 1), section.heading));
        for (item, at) in section.tasks.clone().take(3).enumerate() {
            let Some(task) = draft.tasks.get(at) else { continue };
            page.line(format!("（{}）{}。", han(item + 1), task.said.head));
        }
    }
    safeguards(ground, draft, page);
    page.line("附件");
    page.blocks.push(Block::Centre("重点任务分工".to_owned()));
    for (at, task) in draft.tasks.iter().enumerate() {
        item(draft, task, &format!("{}.", at + 1), &[], page);
    }
}

/// A section that gives nobody a task.
pub(super) fn safeguards(ground: &Ground, draft: &Draft, page: &mut Page) {
    let words = &ground.words.documents.safeguards;
    let mut dice = draft.dice.clone();
    let is_division = draft.layout == Layout::Division;
    if is_division && !page.tasks.is_empty() {
        return;
    }
    let sections = if draft.layout.is_table() { 0 } else { draft.sections.len() };
    let numbers = if draft.layout == Layout::Levels { Numbers::HanAnew } else { draft.style.numbers };
    let numbers = if is_division { Numbers::HanAnew } else { numbers };
    page.line(format!("{}{}", of_section(numbers, sections + 1), dice.words(&words.heading)));
    for (index, [head, body]) in words.items.iter().enumerate() {
        let label = of_item(numbers, draft.tasks.len() + index + 1, index + 1);
        page.line(format!("{label}{head}。{body}"));
    }
}
