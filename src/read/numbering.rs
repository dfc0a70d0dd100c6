//! Automatic numbers of Word paragraphs, as printed.

use std::collections::HashMap;

use roxmltree::{Document, Node};

use super::docx::attribute;

/// How many levels a list has.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    /// The number as printed, `%1` standing for the number of the first level.
    text: String,
    start: u32,
}

/// The lists of a document and how far each was counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    /// For every list, the abstract list that it follows, and its levels.
    lists: HashMap<String, (String, Vec<Level>)>,
    /// The list and level that a style gives to its paragraphs.
    styles: HashMap<String, (String, usize)>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
}

impl Numbering {
    /// Reads the lists and the styles that use them.
    pub(super) fn read(numbering: &str, styles: &str) -> Self {
        let mut read = Self::default();
        if let Ok(document) = Document::parse(numbering) {
            read.read_lists(&document);
        }
        if let Ok(document) = Document::parse(styles) {
            for style in document.descendants().filter(|node| is(*node, "style")) {
                let number = style.descendants().find(|node| is(*node, "numPr"));
                if let (Some(id), Some(number)) = (attribute(style, "styleId"), number)
                    && let Some(list) = value(number, "numId")
                {
                    let level = value(number, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
                    read.styles.insert(id.to_owned(), (list.to_owned(), level));
                }
            }
        }
        read
    }

    fn read_lists(&mut self, document: &Document<'_>) {
        let mut kinds: HashMap<&str, Vec<Level>> = HashMap::new();
        for kind in document.descendants().filter(|node| is(*node, "abstractNum")) {
            let mut levels = vec![Level::default(); LEVELS];
            for level in kind.children().filter(|node| is(*node, "lvl")) {
                read_level(level, &mut levels);
            }
            kinds.insert(attribute(kind, "abstractNumId").unwrap_or_default(), levels);
        }
        for list in document.descendants().filter(|node| is(*node, "num")) {
            let kind = value(list, "abstractNumId").unwrap_or_default();
            let mut levels = kinds.get(kind).cloned().unwrap_or_default();
            for changed in list.children().filter(|node| is(*node, "lvlOverride")) {
                for level in changed.children().filter(|node| is(*node, "lvl")) {
                    read_level(level, &mut levels);
                }
            }
            if let Some(id) = attribute(list, "numId") {
                self.lists.insert(id.to_owned(), (kind.to_owned(), levels));
            }
        }
    }

    /// Counts a paragraph and gives its number as printed; none for one that has no number.
    pub(super) fn next(&mut self, paragraph: Node<'_, '_>) -> Option<String> {
        let properties = paragraph.children().find(|node| is(*node, "pPr"))?;
        let own = properties.children().find(|node| is(*node, "numPr"));
        let style = value(properties, "pStyle").and_then(|style| self.styles.get(style).cloned());
        let (list, level) = match own {
            Some(number) => {
                let level = value(number, "ilvl").and_then(|level| level.parse().ok());
                let list =
                    value(number, "numId").map(str::to_owned).or(style.as_ref().map(|(list, _)| list.clone()))?;
                (list, level.or(style.map(|(_, level)| level)).unwrap_or(0))
            }
            None => style?,
        };
        // 0 takes a number away
        let (kind, levels) = self.lists.get(&list).filter(|_| list != "0" && level < LEVELS)?;
        let counters = self.counters.entry(kind.clone()).or_default();
        let start = levels.get(level)?.start;
        if let Some(counter) = counters.get_mut(level) {
            *counter = Some(counter.map_or(start, |count| count.saturating_add(1)));
        }
        for deeper in counters.iter_mut().skip(level + 1) {
            *deeper = None;
        }
        let mut text = levels.get(level)?.text.clone();
        for (index, counter) in counters.iter().enumerate() {
            let shape = levels.get(index)?;
            let number = counter.unwrap_or(shape.start);
            text = text.replace(&format!("%{}", index + 1), &written(number, &shape.format));
        }
        (levels.get(level)?.format != "bullet" && levels.get(level)?.format != "none").then_some(text)
    }
}

fn read_level(level: Node<'_, '_>, levels: &mut [Level]) {
    let index: usize = attribute(level, "ilvl").and_then(|index| index.parse().ok()).unwrap_or(0);
    if let Some(slot) = levels.get_mut(index) {
        *slot = Level {
            format: value(level, "numFmt").unwrap_or("decimal").to_owned(),
            text: value(level, "lvlText").unwrap_or_default().to_owned(),
            start: value(level, "start").and_then(|start| start.parse().ok()).unwrap_or(1),
        };
    }
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// The value of a child element.
fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.children().find(|child| is(*child, name)).and_then(|child| attribute(child, "val"))
}

/// A number as a format writes it.
fn written(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "chineseLegalSimplified"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting"
        | "ideographTraditional" => han(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => char::from_u32(0x245f + number)
            .filter(|_| (1..=20).contains(&number))
            .map_or(number.to_string(), String::from),
        "lowerLetter" | "upperLetter" => {
            let base = if format == "lowerLetter" { b'a' } else { b'A' };
            let offset = u8::try_from(number.saturating_sub(1) % 26).unwrap_or(0);
            char::from(base + offset).to_string()
        }
        "decimalZero" => format!("{number:02}"),
        "none" | "bullet" => String::new(),
        _ => number.to_string(),
    }
}

/// A number below ten thousand in Chinese numerals: 23 is 二十三.
fn han(number: u32) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |value: u32| DIGITS.get(value as usize).copied().unwrap_or('〇');
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut out = String::new();
    let mut gap = false;
    for (power, sign) in [(1000, Some('千')), (100, Some('百')), (10, Some('十')), (1, None)] {
        let value = number / power % 10;
        if value == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        if !(power == 10 && value == 1 && out.is_empty()) {
            out.push(digit(value));
        }
        out.extend(sign);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (number, expected) in
            [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (23, "二十三"), (105, "一百零五"), (110, "一百一十")]
        {
            assert_eq!(han(number), expected);
        }
        assert_eq!(written(3, "decimalEnclosedCircle"), "③");
        assert_eq!(written(28, "lowerLetter"), "b");
        assert_eq!(written(7, "decimal"), "7");
    }
}
