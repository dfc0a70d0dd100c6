//! Names of sheets: legal, unique, and as near to what they name as that allows.

use std::collections::BTreeSet;

/// The most UTF-16 units of a sheet's name.
const LONGEST: usize = 31;

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct SheetNames {
    taken: BTreeSet<String>,
}

impl SheetNames {
    /// A name for a sheet that nothing else has, without the characters that workbooks refuse.
    pub(super) fn give(&mut self, wanted: &str) -> String {
        let legal: String = wanted
            .chars()
            .map(|char| match char {
                '[' => '〔',
                ']' => '〕',
                ':' => '：',
                '*' => '＊',
                '?' => '？',
                '/' => '／',
                '\\' => '＼',
                '\'' => '’',
                char if char.is_control() || char.is_whitespace() => ' ',
                char => char,
            })
            .collect();
        let legal = legal.trim();
        let legal = if legal.is_empty() { "未名" } else { legal };
        let mut name = cut(legal, LONGEST);
        let mut number = 1_usize;
        // Excel keeps `History` to itself, and takes a and A for the same
        while name.eq_ignore_ascii_case("history") || !self.taken.insert(name.to_lowercase()) {
            number += 1;
            let end = format!("~{number}");
            name = format!("{}{end}", cut(legal, LONGEST - end.len()));
        }
        name
    }
}

/// The beginning that takes at most so many UTF-16 units.
fn cut(text: &str, limit: usize) -> String {
    let mut left = limit;
    let fits = |char: &char| match left.checked_sub(char.len_utf16()) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    text.chars().take_while(fits).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_legal_unique_and_short() {
        let mut names = SheetNames::default();
        assert_eq!(names.give("云政发[2031]8号"), "云政发〔2031〕8号");
        assert_eq!(names.give("云政发〔2031〕8号"), "云政发〔2031〕8号~2");
        assert_eq!(names.give("a'b:*?/\\c\t"), "a’b：＊？／＼c");
        assert_eq!(names.give(" "), "未名");
        assert_eq!(names.give("History"), "History~2");
        let long = "云川省人民政府办公厅关于印发深化医药卫生体制改革重点工作任务的通知";
        let given = [names.give(long), names.give(long), names.give(&long.repeat(3))];
        assert_eq!(given[0].chars().count(), LONGEST);
        assert!(given.iter().all(|name| name.encode_utf16().count() <= LONGEST), "{given:?}");
        assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), 3);
        assert!(names.give(&"𠀀".repeat(40)).encode_utf16().count() <= LONGEST);
        assert_eq!((names.give("ABC"), names.give("abc")), ("ABC".to_owned(), "abc~2".to_owned()));
    }
}
