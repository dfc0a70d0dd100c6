//! Rules that a document states for more than one task (列第一位的为牵头单位,下同): where they stand and what they govern.

use std::sync::LazyLock;

use super::clause::{self, Frame};
use super::model::{Convention, Role, Rule};
use super::party::Likeness;
use crate::diagnostic::{Code, Finding};
use crate::knowledge::{ConventionRule, Knowledge, WordTable};
use crate::parse::Document;
use crate::span::{Span, Text, fold_str};

/// The longest sentence in characters that may state a rule.
const LONGEST_SENTENCE: usize = 160;
/// How many rules a document states at most: each is weighed at every task, and what says more is no notice.
const MOST_RULES: usize = 100;
/// The longest sentence in characters that is a legend.
const LONGEST_LEGEND: usize = 40;

struct Patterns {
    rules: Vec<(Rule, &'static ConventionRule)>,
    /// The words of each rule's first group, with the rule that they hint at.
    triggers: WordTable<usize>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let rules: Vec<(Rule, &ConventionRule)> = Knowledge::shipped()
        .vocabulary
        .conventions
        .rule
        .iter()
        .filter_map(|worded| Some((Rule::ALL.into_iter().find(|rule| rule.as_str() == worded.name)?, worded)))
        .collect();
    let first = |(index, (_, worded)): (usize, &(Rule, &'static ConventionRule))| {
        worded.all.first().into_iter().flatten().map(move |word| (word, index)).collect::<Vec<_>>()
    };
    Patterns { triggers: WordTable::new(rules.iter().enumerate().flat_map(first)), rules }
});

/// Finds the rules that a document states.
pub(super) fn find(document: &Document) -> Vec<Convention> {
    let mut found: Vec<Convention> = Vec::new();
    for line in document.text.lines() {
        let chars = document.text.folded(line);
        for (at, _, index) in PATTERNS.triggers.find_iter(chars) {
            let Some(&(rule, worded)) = PATTERNS.rules.get(*index) else { continue };
            let (sentence, in_brackets) = sentence(chars, at);
            let sentence = document.text.trim(sentence.shifted(line.start));
            let Some(span) = stated(&document.text, sentence, worded) else { continue };
            if worded.in_clause && !in_brackets && !is_scoped(&document.text, sentence)
                || found.iter().any(|known| known.rule == rule && known.span.overlaps(span))
            {
                continue;
            }
            let scope = scope(document, line, sentence, in_brackets, &found);
            let bodies = if rule == Rule::AlsoFallsTo { bodies(&document.text, span) } else { Vec::new() };
            let ledger = document.rules.iter().find(|rule| rule.span.overlaps(span));
            let (from, to) = ledger.map_or((None, None), |rule| (rule.from.clone(), rule.to.clone()));
            found.push(Convention { rule, span, scope, from, to, bodies, tasks: Vec::new() });
            if found.len() == MOST_RULES {
                found.sort_by_key(|convention| (convention.span, convention.rule));
                return found;
            }
        }
    }
    found.sort_by_key(|convention| (convention.span, convention.rule));
    found
}

/// Signs that hint at a rule on who leads.
pub(super) static SIGNS: LazyLock<WordTable<()>> =
    LazyLock::new(|| WordTable::of(&Knowledge::shipped().vocabulary.conventions.hint.signs));
/// How far apart, in characters, a sign and the word for the lead may stand that hint at a rule.
pub(super) const CLOSE: usize = 16;

/// Where a document says how its leads are told in words that no rule has: 下划线单位为牵头部门.
pub(super) fn hinted(document: &Document) -> Vec<Span> {
    let hint = &Knowledge::shipped().vocabulary.conventions.hint;
    let states = |behind: &str| {
        let mut leads = hint.leads.iter().filter_map(|lead| behind.split_once(lead.as_str()));
        leads.any(|(before, _)| hint.states.iter().any(|word| before.ends_with(word.as_str())))
    };
    let mut found: Vec<Span> = Vec::new();
    for line in document.text.lines() {
        let chars = document.text.folded(line);
        for (at, length, ()) in SIGNS.find_iter(chars) {
            let (sentence, _) = sentence(chars, at);
            let behind: String = chars.iter().take(sentence.end).skip(at + length).take(CLOSE).collect();
            let place = document.text.trim(sentence.shifted(line.start));
            let is_known = found.last().is_some_and(|known| known.overlaps(place));
            if sentence.len() <= LONGEST_LEGEND && !is_known && states(&behind) {
                found.push(place);
            }
        }
    }
    found
}

/// A rule that says who leads, and that cannot be followed.
pub(super) fn unread(rule: Span) -> Finding {
    Finding::new(
        Code::UnreadRule,
        rule,
        "像规定谁牵头的规则，但没有读懂，或者所说的标记在此文本中看不出",
        "this looks like a rule on who leads; it was not understood, or its marks are lost in this text",
    )
    .with_hint(
        "加粗、下划线等只在 DOCX、HTML 中可见；也可逐项写明“牵头”",
        "bold print is seen in DOCX and HTML alone; else say 牵头 at each task",
    )
}

/// Whether a rule holds only for the tasks that say nothing themselves: 未注明时限的, 其余任务.
pub(super) fn is_for_the_rest(text: &Text, rule: Span) -> bool {
    let line = text.slice(Span::new(rule.start.saturating_sub(LONGEST_LEGEND), rule.end));
    let words = fold_str(line.rsplit(['。', '；', '\n']).next().unwrap_or_default());
    Knowledge::shipped().vocabulary.conventions.scope.rest.iter().any(|word| words.contains(word.as_str()))
}

/// Whether a sentence says which tasks it speaks of: 以下任务, 以上各项.
fn is_scoped(text: &Text, sentence: Span) -> bool {
    let words = fold_str(text.slice(sentence));
    let scope = &Knowledge::shipped().vocabulary.conventions.scope;
    sentence.len() <= LONGEST_LEGEND * 2
        && scope.forward.iter().chain(&scope.backward).any(|word| words.contains(word.as_str()))
}

/// The sentence around a place of a line: up to a full stop, a semicolon, a cell's end, or a bracket that closes
/// around it; and whether it is such a bracket.
fn sentence(line: &[char], place: usize) -> (Span, bool) {
    let ends = |char: char| matches!(char, '。' | ';' | '!' | '\t' | '|');
    let mut start = place;
    let mut depth = 0_usize;
    while start > 0 && place - start < LONGEST_SENTENCE {
        match line.get(start - 1) {
            Some(')') => depth += 1,
            Some('(') if depth == 0 => break,
            Some('(') => depth -= 1,
            Some(char) if depth == 0 && ends(*char) => break,
            _ => {}
        }
        start -= 1;
    }
    let mut end = place;
    depth = 0;
    let mut in_brackets = false;
    while end < line.len() && end - place < LONGEST_SENTENCE {
        match line.get(end) {
            Some('(') => depth += 1,
            Some(')') if depth == 0 => {
                in_brackets = true;
                break;
            }
            Some(')') => depth -= 1,
            Some(char) if depth == 0 && ends(*char) => break,
            _ => {}
        }
        end += 1;
    }
    // a sentence behind another in the same brackets stands in them too
    let closes = line.iter().skip(end).take(LONGEST_SENTENCE).find(|char| matches!(char, '(' | ')'));
    (Span::new(start, end), in_brackets || closes == Some(&')'))
}

/// The words of a sentence that state a rule: the phrases from the first to the last that the rule needs.
fn stated(text: &Text, sentence: Span, worded: &ConventionRule) -> Option<Span> {
    let folded = fold_str(text.slice(sentence));
    if worded.short && sentence.len() > LONGEST_LEGEND || worded.none.iter().any(|word| folded.contains(word.as_str()))
    {
        return None;
    }
    let mut needed: Vec<&str> = Vec::new();
    for group in &worded.all {
        needed.push(group.iter().find(|word| folded.contains(word.as_str()))?);
    }
    let scope = &Knowledge::shipped().vocabulary.conventions.scope;
    let scoped = scope.forward.iter().chain(&scope.backward).map(String::as_str);
    let held: Vec<&str> = needed.into_iter().chain(scoped.filter(|word| folded.contains(word))).collect();
    let mut span: Option<Span> = None;
    let mut start = sentence.start;
    for phrase in folded.split(',') {
        let place = Span::new(start, start + phrase.chars().count());
        start = place.end + 1;
        if held.iter().any(|word| phrase.contains(word)) {
            span = Some(span.map_or(place, |span| span.to(place)));
        }
    }
    span.map(|span| text.trim(span))
}

/// What a rule governs, by its words and the place where it stands.
fn scope(document: &Document, line: Span, sentence: Span, in_brackets: bool, before: &[Convention]) -> Span {
    let text = &document.text;
    let words = fold_str(text.slice(sentence));
    let scope = &Knowledge::shipped().vocabulary.conventions.scope;
    let has = |list: &[String]| list.iter().any(|word| words.contains(word.as_str()));
    // items stand in the order of the text
    let behind = document.nodes.partition_point(|node| node.span.start <= sentence.start);
    let node =
        behind.checked_sub(1).and_then(|index| document.nodes.get(index)).filter(|node| node.span.contains(sentence));
    let item = node.filter(|node| node.label.is_some());
    if has(&scope.backward) {
        // 以上任务: what stands in the same section
        let section = item.and_then(|item| item.parent).and_then(|parent| document.nodes.get(parent));
        return Span::new(section.map_or(0, |section| section.span.start), sentence.end);
    }
    if has(&scope.forward) {
        let start = match item {
            Some(item) if in_brackets => item.span.start,
            _ => sentence.start,
        };
        return Span::new(start, text.len());
    }
    // a sentence right behind a rule speaks of the same tasks
    if let Some(previous) = before.iter().rev().find(|known| line.contains(known.span) && !in_brackets) {
        return previous.scope;
    }
    // a rule in a heading holds from there on
    let heads =
        document.nodes.get(behind).is_some_and(|next| next.parent.is_some() && next.parent == behind.checked_sub(1));
    match item {
        Some(item) if in_brackets && heads => Span::new(item.span.start, text.len()),
        Some(item) if in_brackets => item.span,
        _ => text.span(),
    }
}

/// The bodies that a rule adds: what stands behind 含, 由, 需 … in its phrases, else before it.
fn bodies(text: &Text, span: Span) -> Vec<(String, Span)> {
    let scope = &Knowledge::shipped().vocabulary.conventions.scope;
    let words = fold_str(text.slice(span));
    let chars = |byte: usize| words.get(..byte).map_or(0, |words| words.chars().count());
    let lead = scope.leads.iter().filter_map(|lead| words.find(lead.as_str()).map(|byte| (byte, byte + lead.len())));
    let (before, behind) = lead.min_by_key(|(start, end)| (*end, *start)).unwrap_or((0, 0));
    let begins = scope.forward.iter().chain(&scope.backward);
    let ends = begins.filter_map(|word| words.find(word.as_str()).map(|byte| byte + word.len()));
    let scoped = ends.filter(|end| *end <= before).max().unwrap_or(0);
    let places = [
        (Span::new(span.start + chars(behind), span.end), Likeness::Ending),
        (Span::new(span.start + chars(scoped), span.start + chars(before)), Likeness::Collective),
    ];
    let listed = |(place, least): (Span, Likeness)| {
        let statement = clause::parse(text, text.trim(place), Frame::Cell(Role::Responsible), &[])?;
        let parties = statement.parties().filter(|party| party.likeness <= least);
        Some(parties.map(|party| (party.name.clone(), party.span)).collect::<Vec<_>>())
            .filter(|names| !names.is_empty())
    };
    places.into_iter().find_map(listed).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Code;
    use crate::extract::{Rule, extract};
    use crate::parse::parse;
    use crate::read::read_bytes;

    fn conventions(words: &str) -> Vec<(Rule, String, Option<String>, Option<String>)> {
        let source = read_bytes("a.txt", words.as_bytes()).unwrap();
        let document = parse(source);
        let text = document.text.clone();
        extract(&document)
            .conventions
            .into_iter()
            .map(|rule| (rule.rule, text.slice(rule.span).to_owned(), rule.from, rule.to))
            .collect()
    }

    #[test]
    fn a_rule_that_cannot_be_followed_is_a_finding_and_no_body() {
        let items = "1.健全甲制度。(市民政局、市财政局)\n2.健全乙制度。(市教育局、市财政局)\n";
        for (rule, is_followed) in [
            ("(加粗单位为牵头单位)", false),
            ("(下划线单位为牵头部门)", false),
            ("注:标红的为牵头单位。", false),
            ("(排在第一位的单位为牵头单位)", true),
            ("(带▲者为牵头单位)", true),
        ] {
            let words = format!("云川市2020年任务\n{rule}\n一、制度\n{items}");
            let found = extract(&parse(read_bytes("a.txt", words.as_bytes()).unwrap()));
            assert_eq!(found.tasks.len(), 2, "{rule}");
            let codes: Vec<Code> = found.findings.iter().map(|finding| finding.code).collect();
            assert!(!codes.contains(&Code::UnreadClause), "{rule}: {codes:?}");
            assert_eq!(codes.contains(&Code::UnreadRule), !is_followed, "{rule}: {codes:?}");
            assert_eq!(found.conventions.len(), usize::from(is_followed), "{rule}");
        }
    }

    const ITEMS: &str = "一、制度\n(一)健全甲制度。(市财政局负责)\n(二)健全乙制度。(市教育局负责)\n";

    #[test]
    fn a_rule_knows_the_numbers_of_its_tasks() {
        let words = format!(
            "{ITEMS}(三)健全丙制度。(市民政局、市教育局负责,列第一位的为牵头单位,下同)\n(四)健全丁制度。(市民政局负责)\n"
        );
        let found = extract(&parse(read_bytes("a.txt", words.as_bytes()).unwrap())).conventions;
        assert_eq!(found.iter().map(|rule| rule.tasks.as_slice()).collect::<Vec<_>>(), [[3, 4]]);
    }

    #[test]
    fn a_rule_in_a_clause_holds_from_its_item_on() {
        assert_eq!(
            conventions(&format!(
                "{ITEMS}(三)健全丙制度。(市民政局、市教育局负责,列第一位的为牵头单位,下同)\n(四)健全丁制度。(市民政局负责)\n"
            )),
            [(
                Rule::FirstListedLeads,
                "列第一位的为牵头单位,下同".to_owned(),
                Some("(三)".to_owned()),
                Some("(四)".to_owned())
            )]
        );
    }

    #[test]
    fn a_rule_on_the_above_holds_backwards_in_its_section() {
        assert_eq!(
            conventions(&format!(
                "{ITEMS}以上任务仅列牵头部门,未列参与部门。\n二、落实\n(三)健全丙制度。(市民政局负责)\n"
            )),
            [(
                Rule::OnlyLeadsListed,
                "以上任务仅列牵头部门".to_owned(),
                Some("(一)".to_owned()),
                Some("(二)".to_owned())
            )]
        );
    }

    #[test]
    fn a_legend_at_the_end_holds_everywhere() {
        assert_eq!(
            conventions(&format!("{ITEMS}注：标★的为牵头单位。\n")),
            [(Rule::MarkedLeads, "注：标★的为牵头单位".to_owned(), Some("(一)".to_owned()), Some("(二)".to_owned()))]
        );
        assert_eq!(conventions(ITEMS), []);
    }
}
