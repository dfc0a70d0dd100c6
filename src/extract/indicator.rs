//! Quantities to be reached: 达到90%以上, 不少于100个, 由240元提高到270元, 三分之一.

use std::sync::LazyLock;

use super::model::{Comparator, Deadline, DeadlineRelation, Indicator};
use crate::date::Date;
use crate::knowledge::{Knowledge, Quantities};
use crate::numeral;
use crate::span::{Span, Text, fold, is_blank};

/// How many characters before a figure the word that says how it is meant may stand.
const REACH: usize = 12;
/// How far before a figure a bound may stand with a verb between, in characters.
const VERB: usize = 6;
/// How far back the sentence of a figure is looked at, in characters.
const LONGEST_SENTENCE: usize = 300;
/// The longest name of a thing measured, in characters.
const LONGEST_NAME: usize = 16;

/// Finds the quantities in a stretch of text, in order.
pub(super) fn find(text: &Text, span: Span, deadlines: &[Deadline]) -> Vec<Indicator> {
    let chars: Vec<char> = text.slice(span).chars().map(fold).collect();
    let mut reader = Reader { chars: &chars, words: &WORDS, out: Vec::new() };
    reader.run();
    let mut found = reader.out;
    distribute(&chars, &mut found);
    for indicator in &mut found {
        indicator.by = due(&chars, span.start, indicator.span, deadlines);
        indicator.span = indicator.span.shifted(span.start);
    }
    found
}

/// The words around figures, as characters.
struct Words {
    units: Vec<(Vec<char>, bool)>,
    scales: Vec<Vec<char>>,
    odd: Vec<Vec<char>>,
    before: Vec<(Vec<char>, Before)>,
    not_before: Vec<Vec<char>>,
    after: Vec<(Vec<char>, Comparator)>,
    not_after: Vec<Vec<char>>,
    baseline: Vec<Vec<char>>,
    filler: Vec<Vec<char>>,
    openers: Vec<Vec<char>>,
}

/// What a word before a figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Compare(Comparator),
    Deliver,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let quantities: &Quantities = &Knowledge::shipped().vocabulary.quantities;
    let chars = |word: &String| word.chars().map(fold).collect::<Vec<char>>();
    let mut units: Vec<(Vec<char>, bool)> = quantities.units.strong.iter().map(|unit| (chars(unit), true)).collect();
    units.extend(quantities.units.weak.iter().map(|unit| (chars(unit), false)));
    units.sort_by_key(|(unit, _)| std::cmp::Reverse(unit.len()));
    let words = &quantities.before;
    let mut before = Vec::new();
    for (list, what) in [
        (&words.at_least, Before::Compare(Comparator::AtLeast)),
        (&words.at_most, Before::Compare(Comparator::AtMost)),
        (&words.above, Before::Compare(Comparator::Above)),
        (&words.below, Before::Compare(Comparator::Below)),
        (&words.about, Before::Compare(Comparator::About)),
        (&words.equal, Before::Compare(Comparator::Equal)),
        (&words.increase, Before::Compare(Comparator::Increase)),
        (&words.decrease, Before::Compare(Comparator::Decrease)),
        (&words.deliver, Before::Deliver),
    ] {
        before.extend(list.iter().map(|word| (chars(word), what)));
    }
    before.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    let after = &quantities.after;
    let mut behind = Vec::new();
    for (list, what) in [
        (&after.at_least, Comparator::AtLeast),
        (&after.at_most, Comparator::AtMost),
        (&after.about, Comparator::About),
    ] {
        behind.extend(list.iter().map(|word| (chars(word), what)));
    }
    behind.sort_by_key(|(word, _): &(Vec<char>, Comparator)| std::cmp::Reverse(word.len()));
    Words {
        units,
        scales: quantities.units.scales.iter().map(chars).collect(),
        odd: quantities.units.odd.iter().map(chars).collect(),
        before,
        not_before: words.not_before.iter().map(chars).collect(),
        after: behind,
        not_after: after.not_after.iter().map(chars).collect(),
        baseline: after.baseline.iter().map(chars).collect(),
        filler: words.filler.iter().map(chars).collect(),
        openers: words.openers.iter().map(chars).collect(),
    }
});

struct Reader<'c> {
    chars: &'c [char],
    words: &'c Words,
    out: Vec<Indicator>,
}

/// A figure as printed.
#[derive(Clone, Copy, Debug)]
struct Figure {
    value: f64,
    end: usize,
    /// Written with Chinese numerals: it needs a word that says it is a quantity.
    han: bool,
    /// A share such as 三分之一, which needs no unit.
    share: bool,
}

impl Reader<'_> {
    fn at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\0')
    }

    fn starts(&self, index: usize, word: &[char]) -> bool {
        self.chars.get(index..index + word.len()).is_some_and(|here| here == word)
    }

    fn ends(&self, index: usize, word: &[char]) -> bool {
        index >= word.len() && self.starts(index - word.len(), word)
    }

    fn skip_blanks(&self, index: usize) -> usize {
        index + self.chars.iter().skip(index).take_while(|char| is_blank(**char)).count()
    }

    fn run(&mut self) {
        let mut index = 0;
        let (mut titles, mut quotes) = (0_usize, false);
        while index < self.chars.len() {
            match self.at(index) {
                '《' => titles += 1,
                '》' => titles = titles.saturating_sub(1),
                '"' => quotes = !quotes,
                '\n' | '。' => quotes = false,
                _ => {}
            }
            let figure = if titles == 0 && !quotes { self.figure(index) } else { None };
            match figure {
                Some(figure) => index = self.quantity(index, figure).max(figure.end),
                None => index += 1,
            }
        }
    }

    /// The figure that begins at a place.
    fn figure(&self, index: usize) -> Option<Figure> {
        let char = self.at(index);
        if char.is_ascii_digit() {
            return self.arabic(index);
        }
        if char == '一' && self.at(index + 1) == '半' {
            return Some(Figure { value: 50.0, end: index + 2, han: true, share: true });
        }
        if char == '百' && self.at(index + 1) == '分' && self.at(index + 2) == '之' {
            let (value, end) =
                self.han(index + 3).or_else(|| self.arabic(index + 3).map(|figure| (figure.value, figure.end)))?;
            return Some(Figure { value, end, han: false, share: true });
        }
        if !numeral::is_numeral(char) || index > 0 && numeral::is_numeral(self.at(index - 1)) {
            return None;
        }
        let (value, end) = self.han(index)?;
        if self.at(end) == '分' && self.at(end + 1) == '之' {
            let (upper, end) = self.han(end + 2)?;
            return (value > 0.0).then_some(Figure {
                value: (upper / value * 1000.0).round() / 10.0,
                end,
                han: true,
                share: true,
            });
        }
        Some(Figure { value, end, han: true, share: false })
    }

    fn arabic(&self, index: usize) -> Option<Figure> {
        let before = index.checked_sub(1).map_or(' ', |before| self.at(before));
        if before.is_ascii_alphanumeric() || before == '.' {
            return None;
        }
        let mut digits = String::new();
        let mut end = index;
        while let char @ ('0'..='9' | '.' | ',') = self.at(end) {
            let grouped = char == ','
                && (1..=3).all(|step| self.at(end + step).is_ascii_digit())
                && !self.at(end + 4).is_ascii_digit();
            if char == ',' && !grouped || char == '.' && (!self.at(end + 1).is_ascii_digit() || digits.contains('.')) {
                break;
            }
            if char != ',' {
                digits.push(char);
            }
            end += 1;
        }
        (digits.len() <= 12).then(|| digits.parse().ok()).flatten().map(|value| Figure {
            value,
            end,
            han: false,
            share: false,
        })
    }

    fn han(&self, index: usize) -> Option<(f64, usize)> {
        let words: String = self
            .chars
            .iter()
            .skip(index)
            .take_while(|char| numeral::is_numeral(**char) && !matches!(char, '万' | '亿'))
            .take(12)
            .collect();
        let value = u32::try_from(numeral::parse(&words)?).ok()?;
        Some((f64::from(value), index + words.chars().count()))
    }

    /// Reads the quantity whose figure stands at a place; where to go on.
    fn quantity(&mut self, start: usize, figure: Figure) -> usize {
        let mut end = self.skip_blanks(figure.end);
        let mut upper = None;
        // 1-2家, 2%~3%, 10到20个
        let percent = usize::from(self.at(end) == '%');
        let dash = self.skip_blanks(end + percent);
        if matches!(self.at(dash), '-' | '~' | '至' | '到') {
            let next = self.skip_blanks(dash + usize::from(self.at(dash) == self.at(dash + 1)) + 1);
            if let Some(second) = self.figure(next).filter(|second| second.value > figure.value && !second.share) {
                upper = Some(second.value);
                end = self.skip_blanks(second.end);
            }
        }
        let odd = self.words.odd.iter().find(|word| self.starts(end, word)).filter(|_| !figure.han);
        end += odd.map_or(0, Vec::len);
        let Some((unit, strong)) = self.unit(end).or(figure.share.then(|| (Vec::new(), true))) else {
            return end;
        };
        let behind = end + unit.len();
        let resume = behind;
        if figure.value > 1900.0 && figure.value < 2100.0 && unit == ['年']
            || !strong && self.words.not_before.iter().any(|word| self.ends(start, word))
        {
            return resume;
        }
        if self.words.not_after.iter().any(|word| self.starts(behind, word) || self.starts(end, word)) {
            return resume;
        }
        let after = self.words.after.iter().find(|(word, _)| self.starts(self.skip_blanks(behind), word));
        // 三年内, 1个月内 say when
        let after = after.filter(|(word, _)| !(is_time(&unit) && word.last() == Some(&'内')));
        let about = (odd.is_some() && after.is_none()).then_some(Comparator::About);
        let before = self.before(start);
        let said = after.is_some() || matches!(before, Some((Before::Compare(_), _)));
        let delivered = matches!(before, Some((Before::Deliver, _)));
        let is_quantity = match (figure.han && !figure.share, strong) {
            (true, true) => said || unit == ['倍'],
            (true, false) => said && !matches!(before, Some((Before::Compare(Comparator::Equal), _))),
            (false, true) => true,
            // a count that opens a sentence is its subject, not its aim: 3家基地计划招收59名学员
            (false, false) => said || delivered || upper.is_some() || !self.opens_sentence(start) && !is_kind(&unit),
        };
        let baseline = self.starts_change(start);
        if !is_quantity || baseline || is_period(&unit, said) {
            return resume;
        }
        let comparator =
            comparator(before.map(|(before, _)| before), after.map(|(_, after)| *after).or(about), upper.is_some());
        let end = after.map_or(behind, |(word, _)| self.skip_blanks(behind) + word.len());
        // 达到4张的,… says in which case, not what is to be reached
        if self.at(end) == '的' && is_stop(self.at(end + 1)) {
            return resume;
        }
        let unit: String = if figure.share { "%".to_owned() } else { unit.into_iter().collect() };
        let name = self.name(before.map_or(start, |(_, place)| place), end);
        self.out.push(Indicator {
            name,
            comparator,
            value: figure.value,
            value_max: upper,
            unit,
            baseline: self.baseline(start),
            by: None,
            soft: false,
            confidence: if strong && said {
                0.95
            } else if said {
                0.9
            } else {
                0.8
            },
            span: Span::new(start, end),
            corrections: Vec::new(),
        });
        resume
    }

    /// The unit at a place, with what multiplies it, and whether it makes any figure a quantity.
    fn unit(&self, at: usize) -> Option<(Vec<char>, bool)> {
        let plain = |at: usize| self.words.units.iter().find(|(unit, _)| self.starts(at, unit));
        let scaled = self.words.scales.iter().find(|scale| self.starts(at, scale)).and_then(|scale| {
            let (unit, _) = plain(at + scale.len())?;
            Some((scale.iter().chain(unit).copied().collect::<Vec<char>>(), true))
        });
        let plain = plain(at).map(|(unit, strong)| (unit.clone(), *strong));
        // 亿条 goes before 亿
        [plain, scaled].into_iter().flatten().max_by_key(|(unit, _)| unit.len())
    }

    /// Whether a figure is the one that a change starts from: 由240元, 从每人240元.
    fn starts_change(&self, start: usize) -> bool {
        (start.saturating_sub(REACH)..start).any(|at| {
            let word = self.words.baseline.iter().find(|word| self.starts(at, word));
            word.is_some_and(|word| at + word.len() <= start && self.only_filler(at + word.len(), start))
        })
    }

    fn opens_sentence(&self, start: usize) -> bool {
        let before = self.chars.get(..start).unwrap_or_default().iter().rev().find(|char| !is_blank(**char));
        before.is_none_or(|char| matches!(char, '。' | ';' | '\n'))
    }

    /// The word before a figure that says how it is meant, and where it begins.
    fn before(&self, start: usize) -> Option<(Before, usize)> {
        let reach = start.saturating_sub(REACH);
        let from = (reach..start).rev().find(|index| is_stop(self.at(*index))).map_or(reach, |index| index + 1);
        let mut best: Option<(Before, usize, usize)> = None;
        for index in from..start {
            for (word, what) in &self.words.before {
                if index + word.len() <= start && self.starts(index, word) {
                    let end = index + word.len();
                    // the nearest word counts, and of words that overlap the longer one
                    let nearer = best.is_none_or(|(_, begin, known)| end > known || end == known && index < begin);
                    let compares = matches!(what, Before::Compare(_));
                    let adjacent = end == start || compares && self.only_filler(end, start);
                    if nearer && (adjacent || matches!(what, Before::Deliver)) {
                        best = Some((*what, index, end));
                    }
                    break;
                }
            }
        }
        let Some((what, index, _)) = best else { return self.bound_of_share(from, start) };
        // 至少组建1个: the bound stands before the verb
        let weak = matches!(what, Before::Deliver | Before::Compare(Comparator::Equal));
        let bound = self.words.before.iter().find(|(word, other)| {
            let bounds = matches!(other, Before::Compare(Comparator::AtLeast | Comparator::AtMost));
            weak && bounds && (from..index).any(|at| at + word.len() <= index && self.starts(at, word))
        });
        Some((bound.map_or(what, |(_, bound)| *bound), index))
    }

    /// 不高于合同金额的30%: the bound stands before what the share is taken of.
    fn bound_of_share(&self, from: usize, start: usize) -> Option<(Before, usize)> {
        // 至少接受1次: a verb between them that no list has
        let near = if self.ends(start, &['的']) { from.saturating_sub(REACH) } else { start.saturating_sub(VERB) };
        let bounds = |other: &Before| matches!(other, Before::Compare(Comparator::AtLeast | Comparator::AtMost));
        let mut places = (near..start).filter_map(|at| {
            let (_, what) = self.words.before.iter().find(|(word, other)| bounds(other) && self.starts(at, word))?;
            Some((*what, at))
        });
        places.next().filter(|(_, at)| !(*at..start).any(|index| is_stop(self.at(index))))
    }

    /// Whether nothing but small words stands between: 提高到每人每年450元.
    fn only_filler(&self, from: usize, to: usize) -> bool {
        let mut at = from;
        while at < to {
            let word = self.words.filler.iter().find(|word| self.starts(at, word) && at + word.len() <= to);
            match word {
                Some(word) => at += word.len(),
                None => return false,
            }
        }
        true
    }

    /// The figure that a change starts from, right before: 由240元提高到.
    fn baseline(&self, start: usize) -> Option<f64> {
        let from = (start.saturating_sub(20)..start)
            .rev()
            .find(|index| is_stop(self.at(*index)))
            .map_or(start.saturating_sub(20), |index| index + 1);
        (from..start).find_map(|index| {
            let word = self.words.baseline.iter().find(|word| self.starts(index, word))?;
            self.figure(index + word.len()).filter(|figure| figure.end < start).map(|figure| figure.value)
        })
    }

    /// The thing measured: the words of the phrase before the figure and its verb, else those behind the figure.
    fn name(&self, before: usize, after: usize) -> String {
        let mut phrase: Vec<char> = Vec::new();
        let mut depth = 0_usize;
        for index in (before.saturating_sub(LONGEST_SENTENCE)..before).rev() {
            match self.at(index) {
                // a remark in brackets is passed over: 药占比(不含中药饮片)降到
                ')' => depth += 1,
                '(' if depth > 0 => depth -= 1,
                _ if depth > 0 => {}
                char if is_stop(char) => break,
                char if !is_blank(char) => phrase.push(char),
                _ => {}
            }
        }
        phrase.reverse();
        let mut name = phrase.as_slice();
        while let Some(rest) = self.words.openers.iter().find_map(|word| name.strip_prefix(word.as_slice())) {
            name = rest;
        }
        while let Some(rest) = self.words.filler.iter().find_map(|word| name.strip_suffix(word.as_slice())) {
            name = rest;
        }
        if name.len() < 2 {
            let behind: Vec<char> =
                self.chars.iter().skip(after).copied().take_while(|char| !is_stop(*char)).take(LONGEST_NAME).collect();
            return behind.iter().filter(|char| !is_blank(**char)).skip_while(|char| **char == '的').collect();
        }
        name.iter().skip(name.len().saturating_sub(LONGEST_NAME)).collect()
    }
}

/// How a figure is meant by the words before and after it.
fn comparator(before: Option<Before>, after: Option<Comparator>, range: bool) -> Comparator {
    let before = match before {
        Some(Before::Compare(comparator)) => Some(comparator),
        _ => None,
    };
    match (before, after) {
        (Some(change @ (Comparator::Increase | Comparator::Decrease)), _) if range => change,
        _ if range => Comparator::Range,
        (_, Some(after)) => after,
        (Some(before), None) => before,
        (None, None) => Comparator::Equal,
    }
}

/// Units that count kinds of things, and so name them as a rule: 10类项目.
fn is_kind(unit: &[char]) -> bool {
    matches!(
        unit,
        ['类' | '项' | '点' | '组' | '对' | '档' | '分' | '期' | '批' | '部' | '条' | '位' | '本' | '块' | '片']
            | ['类', '型']
    )
}

/// A length of time is a quantity only where it says how much: 不少于2周.
fn is_period(unit: &[char], said: bool) -> bool {
    is_time(unit) && !said
}

/// Whether a unit is one of time or age.
fn is_time(unit: &[char]) -> bool {
    let unit: String = unit.iter().collect();
    ["岁", "年", "月", "个月", "日", "天", "周", "小时", "分钟", "工作日", "个工作日"].contains(&unit.as_str())
}

fn is_stop(char: char) -> bool {
    matches!(char, ',' | '。' | ';' | '、' | ':' | '\n' | '(' | ')')
}

/// 分别达到60%和80%以上: what is said of the last figure is said of those before it.
fn distribute(chars: &[char], found: &mut [Indicator]) {
    for index in (1..found.len()).rev() {
        let (before, after) = found.split_at_mut(index);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else { continue };
        let between = chars.get(first.span.end..second.span.start).unwrap_or_default();
        let joined = !between.is_empty() && between.iter().all(|char| matches!(char, '和' | '、' | '及' | '与' | ' '));
        let stronger = matches!(second.comparator, Comparator::AtLeast | Comparator::AtMost | Comparator::About);
        if joined && stronger && first.comparator == Comparator::Equal {
            first.comparator = second.comparator;
        }
    }
}

/// The date that governs a figure: the last one before it in its sentence.
fn due(chars: &[char], offset: usize, figure: Span, deadlines: &[Deadline]) -> Option<Date> {
    let sentence = (figure.start.saturating_sub(LONGEST_SENTENCE)..figure.start)
        .rev()
        .find(|index| matches!(chars.get(*index), Some('。' | ';' | '\n')))
        .map_or(0, |index| index + 1);
    deadlines
        .iter()
        .filter(|deadline| deadline.relation != DeadlineRelation::From)
        .filter(|deadline| deadline.span.start >= offset + sentence && deadline.span.end <= offset + figure.start)
        .filter_map(|deadline| deadline.date)
        .next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Vec<String> {
        let text = Text::new(words);
        find(&text, text.span(), &[])
            .iter()
            .map(|found| {
                let upper = found.value_max.map(|upper| format!("-{upper}")).unwrap_or_default();
                format!("{}{}{upper}{}", found.comparator.as_str(), found.value, found.unit)
            })
            .collect()
    }

    #[test]
    fn quantities_are_read_with_what_is_said_of_them() {
        for (words, expected) in [
            ("药占比总体降到30%左右", vec!["≈30%"]),
            ("卫生材料降到20元以下", vec!["<=20元"]),
            ("覆盖率分别达到60%和80%以上", vec![">=60%", ">=80%"]),
            ("病种数不少于100个", vec![">=100个"]),
            ("补助提高到每人每年450元", vec!["=450元"]),
            ("由240元提高到270元", vec!["=270元"]),
            ("较2015年提升5个百分点", vec!["+5个百分点"]),
            ("在1-2家公立医院开展试点", vec!["range1-2家"]),
            ("三分之一左右的卫生院", vec!["≈33.3%"]),
            ("培养27名转岗全科医生", vec!["=27名"]),
            ("每年免费培训不少于两次", vec![">=2次"]),
            ("平均增幅控制在7.08%以下", vec!["<=7.08%"]),
            ("共培训765人次", vec!["=765人次"]),
            ("床位数达到1.5万张", vec!["=1.5万张"]),
            ("按照不高于合同实际执行金额的30%给予补助", vec!["<=30%"]),
            ("每人至少接受1次筛查", vec![">=1次"]),
            ("招聘医师300余名", vec!["≈300名"]),
            ("从每人240元提高至270元", vec!["=270元"]),
            ("死亡率低于5%，覆盖超过90%", vec!["<5%", ">90%"]),
        ] {
            assert_eq!(read(words), expected, "{words}");
        }
    }

    #[test]
    fn names_and_numbers_of_documents_are_no_quantities() {
        for words in [
            "全面执行两票制",
            "“十三五”规划",
            "“323”攻坚行动",
            "《办法》(黑医改领发〔2017〕2号)",
            "三级医院",
            "十大楚药",
            "2017年",
            "实施5年行动",
            "8类大病",
            "床位数达到4张的,不再扩大规模",
            "床位数达到4张的,不再扩大规模",
        ] {
            assert_eq!(read(words), Vec::<String>::new(), "{words}");
        }
    }
}
