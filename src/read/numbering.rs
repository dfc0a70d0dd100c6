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
    /// Whether all numbers in it are written as decimal ones.
    decimal: bool,
    /// Whether something stands between the number and the words: a tab, unless the list says otherwise.
    apart: bool,
}

/// The lists of a document and how far each was counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    /// For every list, the abstract list that it follows, and its levels.
    lists: HashMap<String, (String, Vec<Level>)>,
    /// For every list, the levels that it begins to count anew, and from where.
    restarts: HashMap<String, Vec<(usize, u32)>>,
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
            let mut restarts = Vec::new();
            for changed in list.children().filter(|node| is(*node, "lvlOverride")) {
                let level = attribute(changed, "ilvl").and_then(|level| level.parse().ok());
                let start = value(changed, "startOverride").and_then(|start| start.parse().ok());
                restarts.extend(level.zip(start));
                for level in changed.children().filter(|node| is(*node, "lvl")) {
                    read_level(level, &mut levels);
                }
            }
            if let Some(id) = attribute(list, "numId") {
                self.restarts.insert(id.to_owned(), restarts);
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
        // a list that counts anew does so where it is used first
        for (level, start) in self.restarts.remove(&list).unwrap_or_default() {
            if let Some(counter) = counters.get_mut(level) {
                *counter = start.checked_sub(1);
            }
        }
        let start = levels.get(level)?.start;
        if let Some(counter) = counters.get_mut(level) {
            *counter = Some(counter.map_or(start, |count| count.saturating_add(1)));
        }
        for deeper in counters.iter_mut().skip(level + 1) {
            *deeper = None;
        }
        let own = levels.get(level)?;
        let mut text = own.text.clone();
        for (index, counter) in counters.iter().enumerate() {
            let shape = levels.get(index)?;
            let number = counter.unwrap_or(shape.start);
            let format = if own.decimal { "decimal" } else { shape.format.as_str() };
            text = text.replace(&format!("%{}", index + 1), &written(number, format));
        }
        if own.apart && text.ends_with(|char: char| char.is_alphanumeric()) {
            text.push(' ');
        }
        (own.format != "bullet" && own.format != "none").then_some(text)
    }
}

fn read_level(level: Node<'_, '_>, levels: &mut [Level]) {
    let index: usize = attribute(level, "ilvl").and_then(|index| index.parse().ok()).unwrap_or(0);
    if let Some(slot) = levels.get_mut(index) {
        *slot = Level {
            format: value(level, "numFmt").unwrap_or("decimal").to_owned(),
            text: value(level, "lvlText").unwrap_or_default().to_owned(),
            start: value(level, "start").and_then(|start| start.parse().ok()).unwrap_or(1),
            decimal: level
                .children()
                .find(|node| is(*node, "isLgl"))
                .is_some_and(|node| !matches!(attribute(node, "val"), Some("0" | "false"))),
            apart: value(level, "suff") != Some("nothing"),
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
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => han(number),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital" => {
            number.to_string().chars().filter_map(|char| HAN.get(char.to_digit(10)? as usize)).collect()
        }
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            let in_full = |char: char| HAN.iter().position(|han| *han == char).and_then(|at| FORMAL.get(at)).copied();
            han(number).chars().map(|char| in_full(char).unwrap_or(char)).collect()
        }
        "ideographTraditional" => cyclic(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => cyclic(number, "子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(number, 0x245f, 20),
        "decimalEnclosedParen" => enclosed(number, 0x2473, 20),
        "decimalEnclosedFullstop" => enclosed(number, 0x2487, 20),
        "ideographEnclosedCircle" => enclosed(number, 0x327f, 10),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_ascii_lowercase(),
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

/// The digits, also as accounts write them.
const HAN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// A number as one of some signs, of which there are enough for most lists.
fn cyclic(number: u32, signs: &str) -> String {
    let at = number.checked_sub(1).and_then(|at| signs.chars().nth(at as usize));
    at.map_or(number.to_string(), String::from)
}

/// A number as one character, up to the last that there is.
fn enclosed(number: u32, before: u32, last: u32) -> String {
    let char = char::from_u32(before + number.min(last)).filter(|_| (1..=last).contains(&number));
    char.map_or(number.to_string(), String::from)
}

/// A number below a hundred in Roman numerals.
fn roman(number: u32) -> String {
    if !(1..100).contains(&number) {
        return number.to_string();
    }
    let mut out = String::new();
    let mut left = number;
    for (value, sign) in [(90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

/// A number below ten thousand in Chinese numerals: 23 is 二十三.
fn han(number: u32) -> String {
    let digit = |value: u32| HAN.get(value as usize).copied().unwrap_or('〇');
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
        assert_eq!(written(14, "lowerRoman"), "xiv");
        assert_eq!(written(2, "ideographTraditional"), "乙");
        assert_eq!(written(3, "chineseLegalSimplified"), "叁");
        assert_eq!(written(20, "ideographDigital"), "二〇");
        assert_eq!(written(1, "decimalEnclosedParen"), "⑴");
        assert_eq!(written(2, "decimalEnclosedFullstop"), "⒉");
        assert_eq!(written(99, "decimalEnclosedFullstop"), "99");
    }
}
