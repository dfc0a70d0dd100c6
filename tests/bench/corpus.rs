//! Texts to measure with: the samples of the project, their sentences put together anew and varied.
//!
//! Words and figures change from item to item, so that nothing repeats as the headings of pages do. The same call
//! gives the same text.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use zeren::numeral;
use zeren::synth::Dice;

/// A text with the name of a file whose ending says its form.
pub(crate) struct Sample {
    /// File name.
    pub(crate) name: String,
    /// Content.
    pub(crate) bytes: Vec<u8>,
}

/// How the items of a text look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Items of one sentence and a clause: nothing but tasks.
    Dense,
    /// Items of several sentences, clauses in brackets or behind labels.
    Prose,
    /// Prose broken at the width of a page.
    Wrapped,
    /// Rows between tabs.
    Rows,
    /// A page with a table.
    Page,
}

impl Layout {
    /// All layouts.
    pub(crate) const ALL: [Self; 5] = [Self::Dense, Self::Prose, Self::Wrapped, Self::Rows, Self::Page];

    /// The name that measurements are shown under.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dense => "dense",
            Self::Prose => "prose",
            Self::Wrapped => "wrapped",
            Self::Rows => "rows",
            Self::Page => "page",
        }
    }

    fn ending(self) -> &'static str {
        if self == Self::Page { "html" } else { "txt" }
    }
}

/// Words that stand for each other, so that items differ.
const EQUIVALENTS: [&[&str]; 7] = [
    &["制度", "机制", "体系", "平台", "办法", "标准"],
    &["完善", "健全", "建立", "优化", "改进", "规范"],
    &["推进", "推动", "加快", "深化", "促进"],
    &["财政局", "民政局", "教育局", "审计局", "科技局", "司法局", "统计局", "水利局", "商务局"],
    &["卫生健康委", "发展改革委", "人力资源社会保障局", "农业农村局", "自然资源局", "生态环境局"],
    &["医院", "学校", "园区", "社区", "企业", "村庄"],
    &["覆盖率", "完成率", "达标率", "合格率", "普及率"],
];

/// Words of rules that a document states once.
const RULES: [&str; 6] = ["下同", "以上", "上述", "以下", "牵头单位，", "牵头部门"];

/// Sentences and clauses of the samples.
pub(crate) struct Pieces {
    sentences: Vec<String>,
    clauses: Vec<String>,
}

impl Pieces {
    /// Takes the samples apart.
    pub(crate) fn of_samples(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let mut paths: Vec<_> =
            fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        // corrections lie beside their document
        paths.retain(|path| path.extension().is_some_and(|ending| ending != "toml"));
        paths.sort();
        let mut pieces = Self { sentences: Vec::new(), clauses: Vec::new() };
        for path in paths {
            let source = zeren::read::read_path(&path)?;
            for line in source.text.as_str().lines() {
                let line = line.trim();
                // a rule for the whole document, again and again, is like no document
                if RULES.iter().any(|word| line.contains(word)) {
                    continue;
                }
                let (words, clause) = line.rfind(['(', '（']).map_or((line, ""), |at| line.split_at(at));
                if clause.contains("负责") || clause.contains("牵头") {
                    pieces.clauses.push(clause.trim_end_matches('。').to_owned());
                } else if line.starts_with("责任单位") || line.starts_with("牵头单位") {
                    pieces.clauses.push(format!("\n{line}"));
                }
                let sentences = words.split_inclusive('。').filter(|sentence| sentence.ends_with('。'));
                // a number in front would begin an item within an item
                let plain = |sentence: &&str| sentence.len() > 30 && !sentence.contains(['(', '（', '\t', '一', '1']);
                pieces.sentences.extend(sentences.filter(plain).map(str::to_owned));
            }
        }
        if pieces.sentences.is_empty() || pieces.clauses.is_empty() {
            return Err(format!("no samples in {}", folder.display()).into());
        }
        Ok(pieces)
    }

    /// Makes a text of about so many bytes.
    pub(crate) fn sample(&self, layout: Layout, bytes: usize, seed: u64) -> Sample {
        let head = format!(
            "云川省人民政府办公厅关于印发重点工作任务分工的通知\n云政办发〔2023〕{}号\n\n各市人民政府，省政府各部门：\n\n2023年3月1日\n\n",
            seed % 90 + 1
        );
        self.below(&head, layout, bytes, seed)
    }

    /// Makes the notice of a city in a year, of about so many bytes.
    pub(crate) fn notice(&self, city: &str, year: u64, bytes: usize, seed: u64) -> Sample {
        let head = format!(
            "{city}人民政府办公室关于印发{year}年重点工作任务分工的通知\n{city}政办发〔{year}〕{}号\n\n各县（市、区）人民政府，市政府各部门：\n\n{year}年3月1日\n\n",
            seed % 90 + 1
        );
        let Sample { bytes, .. } = self.below(&head, Layout::Prose, bytes, seed);
        Sample { name: format!("{city}-{year}.txt"), bytes }
    }

    /// Makes a notice of a province with so many tasks, and so many notices of cities below it. These take up four fifths of
    /// the tasks in other words and with other figures, and have some of their own.
    pub(crate) fn handed_down(&self, tasks: usize, children: usize) -> Vec<Sample> {
        let mut dice = Dice::new(1);
        let item = |dice: &mut Dice| {
            let sentences: String = (0..2).map(|_| vary(dice.words(&self.sentences), dice)).collect();
            (sentences, vary(dice.words(&self.clauses), dice))
        };
        let written = |name: String, head: &str, items: &[(String, String)]| {
            let mut text = head.to_owned();
            for (place, (words, clause)) in items.iter().enumerate() {
                let _ = writeln!(text, "（{}）{words}{clause}", han(place + 1));
            }
            Sample { name, bytes: text.into_bytes() }
        };
        let above: Vec<_> = (0..tasks).map(|_| item(&mut dice)).collect();
        let head = "云川省人民政府办公厅关于印发重点工作任务分工的通知\n沄政办发〔2023〕1号\n\n各市人民政府，省政府各部门：\n\n2023年3月1日\n\n";
        let mut samples = vec![written("above.txt".to_owned(), head, &above)];
        for child in 0..children {
            let mut items = Vec::new();
            for (words, clause) in &above {
                match dice.below(10) {
                    0 | 1 => {}
                    2 => items.push(item(&mut dice)),
                    _ => items.push((vary(words, &mut dice), vary(clause, &mut dice))),
                }
            }
            let head = format!(
                "霖禾市人民政府办公室关于印发重点工作任务分工的通知\n霖政办发〔2023〕{}号\n\n各县（市、区）人民政府，市政府各部门：\n\n2023年5月1日\n\n",
                child + 1
            );
            samples.push(written(format!("below-{child}.txt"), &head, &items));
        }
        samples
    }

    fn below(&self, head: &str, layout: Layout, bytes: usize, seed: u64) -> Sample {
        let mut dice = Dice::new(seed);
        let mut text = String::with_capacity(bytes + 4096);
        text.push_str(head);
        match layout {
            Layout::Rows => self.rows(&mut text, bytes, &mut dice),
            Layout::Page => self.page(&mut text, bytes, &mut dice),
            _ => self.items(&mut text, bytes, layout, &mut dice),
        }
        if layout == Layout::Wrapped {
            text = broken(&text);
        }
        Sample { name: format!("{}-{seed}.{}", layout.name(), layout.ending()), bytes: text.into_bytes() }
    }

    fn items(&self, text: &mut String, bytes: usize, layout: Layout, dice: &mut Dice) {
        let (mut chapter, mut item) = (0, 0);
        while text.len() < bytes {
            if item % 12 == 0 {
                chapter += 1;
                let _ = writeln!(text, "{}、{}重点工作", han(chapter), self.words(dice, 6));
            }
            item += 1;
            let sentences = if layout == Layout::Dense { 1 } else { 2 + dice.below(4) };
            let _ = write!(text, "（{}）", han(item));
            for _ in 0..sentences {
                text.push_str(&vary(dice.words(&self.sentences), dice));
            }
            let _ = writeln!(text, "{}", vary(dice.words(&self.clauses), dice));
        }
    }

    fn rows(&self, text: &mut String, bytes: usize, dice: &mut Dice) {
        text.push_str("序号\t重点任务\t工作内容\t牵头单位\t责任单位\t完成时限\n");
        let mut row = 0;
        while text.len() < bytes {
            row += 1;
            let _ = writeln!(
                text,
                "{row}\t{}\t{}\t{}\t{}、{}\t2023年{}月底前",
                self.words(dice, 10),
                vary(dice.words(&self.sentences), dice),
                vary("市财政局", dice),
                vary("市教育局", dice),
                vary("市卫生健康委", dice),
                1 + dice.below(12),
            );
        }
    }

    fn page(&self, text: &mut String, bytes: usize, dice: &mut Dice) {
        *text = format!("<html><body><p>{}</p>\n<table>\n", text.trim_end().replace('\n', "</p>\n<p>"));
        text.push_str("<tr><td>序号</td><td>工作内容</td><td>牵头单位</td><td>责任单位</td></tr>\n");
        let mut row = 0;
        while text.len() < bytes {
            row += 1;
            let _ = writeln!(
                text,
                "<tr><td>{row}</td><td>{}</td><td>{}</td><td>{}<br>{}</td></tr>",
                vary(dice.words(&self.sentences), dice),
                vary("市财政局", dice),
                vary("市教育局", dice),
                vary("市卫生健康委", dice),
            );
        }
        text.push_str("</table></body></html>\n");
    }

    /// The first words of a sentence.
    fn words(&self, dice: &mut Dice, most: usize) -> String {
        let sentence = vary(dice.words(&self.sentences), dice);
        sentence.chars().take_while(|char| !matches!(char, '，' | ',' | '。' | '、')).take(most).collect()
    }
}

/// The text with other words and figures of the same kinds; dates stay.
fn vary(words: &str, dice: &mut Dice) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    let mut rest = words;
    while let Some(char) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let group = EQUIVALENTS.iter().find_map(|group| {
            let word = group.iter().find(|word| rest.starts_with(**word))?;
            Some((group, word.len()))
        });
        let taken = if let Some((group, length)) = group {
            out.push_str(dice.words(group));
            length
        } else if digits >= 4 || rest.get(digits..).is_some_and(|behind| behind.starts_with(['月', '日'])) {
            let kept = digits.max(char.len_utf8());
            out.push_str(rest.get(..kept).unwrap_or_default());
            kept
        } else if digits > 0 {
            let _ = write!(out, "{}", 1 + dice.below(10_usize.pow(u32::try_from(digits).unwrap_or(1)) - 1));
            digits
        } else {
            out.push(char);
            char.len_utf8()
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// The lines of a text broken behind 38 characters.
fn broken(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 38);
    for line in text.lines() {
        for (index, char) in line.chars().enumerate() {
            if index > 0 && index % 38 == 0 {
                out.push('\n');
            }
            out.push(char);
        }
        out.push('\n');
    }
    out
}

/// A number as items are counted.
fn han(number: usize) -> String {
    numeral::write(u64::try_from(number).unwrap_or(0))
}
