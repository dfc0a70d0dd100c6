//! Reasons for doubt that only the document as a whole shows: tasks unlike the others, names unlike the others.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::clause::Statement;
use super::confidence::Doubt;
use super::convention::{CLOSE, SIGNS};
use super::decide::Setting;
use super::draft::{self, Draft};
use super::label::tally;
use super::model::{Convention, Role, Rule};
use super::party::{self, Fragment, Likeness, Party};
use super::token;
use crate::diagnostic::Code;
use crate::knowledge::{Knowledge, WordTable, shortened};
use crate::parse::Document;
use crate::span::{Span, is_letter};

/// From how many tasks on a document shows whether it numbers them.
const ENOUGH: usize = 4;
/// Words of a task in characters below which it says hardly anything.
const FEW: usize = 4;
/// The longest name in characters that is looked for in place of a task.
const LONG_BODY: usize = 12;
/// The shortest name in characters whose slips are looked for; shorter ones are too much alike.
const LONG_NAME: usize = 4;
/// The same of printed forms in the registry, without a level prefix.
const LONG_STEM: usize = 5;
/// How often a name must be printed to be what another was meant to be.
const OFTEN: usize = 3;
/// The longest name in characters that may be but the end of another.
const SHORT_NAME: usize = 4;

/// Notes at every task why it may be none.
pub(super) fn tasks(document: &Document, drafts: &mut [Draft]) {
    static STRANGE: LazyLock<WordTable<()>> =
        LazyLock::new(|| WordTable::of(&Knowledge::shipped().vocabulary.confidence.no_task.holds));
    let text = &document.text;
    let in_prose = |draft: &Draft| draft.setting == Setting::Clause && draft.figures.is_empty();
    let prose = drafts.iter().filter(|draft| in_prose(draft)).count();
    let numbered = drafts.iter().filter(|draft| in_prose(draft) && !draft.printed.is_empty()).count();
    let counts = prose >= ENOUGH && numbered * 4 >= prose * 3;
    let words: Vec<Vec<char>> = drafts.iter().map(|draft| draft::folded(text, &draft.words)).collect();
    let seen = tally(words.iter().map(Vec::as_slice));
    let strange = &Knowledge::shipped().vocabulary.confidence.no_task;
    let ragged: Vec<Span> = document
        .findings
        .iter()
        .filter(|finding| finding.code == Code::RaggedRow)
        .filter_map(|finding| finding.span)
        .collect();
    let is_ragged = |span: Span| {
        let behind = ragged.partition_point(|row| row.end <= span.start);
        ragged.get(behind).is_some_and(|row| row.overlaps(span))
    };
    for (draft, words) in drafts.iter_mut().zip(&words) {
        let letters = words.iter().filter(|char| is_letter(**char)).count();
        let is_body = || party::likeness(&String::from_iter(words)) == Likeness::Known;
        let reasons = [
            (counts && in_prose(draft) && draft.printed.is_empty(), Doubt::Unnumbered),
            (letters < FEW || letters <= LONG_BODY && is_body(), Doubt::FewWords),
            (is_ragged(draft.span), Doubt::RaggedRow),
            (only_supports(draft), Doubt::OnlySupporting),
            (is_sentence_above(draft, letters), Doubt::WordsElsewhere),
            (letters >= FEW && seen.get(words.as_slice()).is_some_and(|count| *count > 1), Doubt::Repeated),
            (strange.begins.longest_at(words, 0).is_some(), Doubt::NoTask),
            (STRANGE.is_match(words), Doubt::NoTask),
        ];
        let held = reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, doubt)| doubt);
        draft.doubts.extend(held);
        draft.doubts.dedup();
    }
}

/// Whether the heading of a row is a sentence, and longer than what the row is said to ask for.
fn is_sentence_above(draft: &Draft, letters: usize) -> bool {
    let above = draft.path.last().filter(|heading| heading.trim_end().ends_with('。'));
    draft.setting != Setting::Clause && above.is_some_and(|heading| heading.chars().count() > 2 * letters)
}

/// Whether a statement names bodies that support and none that they could support.
fn only_supports(draft: &Draft) -> bool {
    let mut groups = draft.statement.iter().flat_map(|statement| &statement.groups).peekable();
    groups.peek().is_some() && groups.all(|group| group.role == Role::Supporting)
}

/// Whether a document seems to say how its leads are told, and no rule that says so was read.
pub(super) fn has_unread_rule(document: &Document, conventions: &[Convention], drafts: &[Draft]) -> bool {
    let leads = &Knowledge::shipped().vocabulary.conventions.hint.leads;
    let rules = || conventions.iter().map(|convention| (convention.rule, convention.tasks.is_empty()));
    // marks such as bold letters are lost in plain text
    let mut parties = drafts.iter().filter_map(|draft| draft.statement.as_ref()).flat_map(Statement::parties);
    if rules().any(|(rule, _)| rule == Rule::MarkedLeads) && !parties.any(|party| party.marked) {
        return true;
    }
    let decides = |rule: Rule| {
        matches!(rule, Rule::FirstListedLeads | Rule::MarkedLeads | Rule::SeparatedLeads | Rule::OnlyLeadsListed)
    };
    // a rule that governs no task was read at the wrong place
    if rules().any(|(rule, idle)| decides(rule) && !idle) {
        return false;
    }
    document.text.lines().any(|line| {
        let words = document.text.folded(line);
        SIGNS.find_iter(words).any(|(at, length, ())| {
            let behind: String = words.iter().skip(at + length).take(CLOSE).collect();
            leads.iter().any(|lead| behind.contains(lead.as_str()))
        })
    })
}

/// The names of a document by which slips in others show.
pub(super) struct Names {
    /// How often each name is printed.
    counts: FxHashMap<String, usize>,
    /// Names that are printed more than once, with one character left out; several may share a form.
    shortened: FxHashSet<String>,
    /// The last characters of known names that have more before them than a level prefix.
    ends: FxHashSet<String>,
    /// What speaks against each of the names that the registry lacks.
    doubts: FxHashMap<String, Vec<Doubt>>,
}

fn is_doubtful(party: &Party) -> bool {
    matches!(party.likeness, Likeness::Ending | Likeness::Unknown)
}

impl Names {
    /// The names of all statements. Linear in their number.
    pub(super) fn of(drafts: &[Draft]) -> Self {
        let statements = || drafts.iter().filter(|draft| !draft.inherited).filter_map(|draft| draft.statement.as_ref());
        let parties = || statements().flat_map(Statement::parties);
        let counts: FxHashMap<String, usize> = tally(parties().map(|party| party.name.as_str()))
            .into_iter()
            .map(|(name, count)| (name.to_owned(), count))
            .collect();
        let often = counts.iter().filter(|(name, count)| **count >= OFTEN && name.chars().count() >= LONG_NAME);
        let shortened = often.flat_map(|(name, _)| slips(name)).collect();
        let known = counts.keys().filter(|name| party::likeness(name) == Likeness::Known);
        let ends = known.flat_map(|name| ends(name)).collect();
        let mut names = Self { counts, shortened, ends, doubts: FxHashMap::default() };
        let doubtful: Vec<&str> =
            parties().filter(|party| is_doubtful(party)).map(|party| party.name.as_str()).collect();
        for name in doubtful {
            if !names.doubts.contains_key(name) {
                let doubts = names.look(name);
                names.doubts.insert(name.to_owned(), doubts);
            }
        }
        names
    }

    /// Why the name of a party may be misread.
    pub(super) fn doubts(&self, party: &Party) -> &[Doubt] {
        self.doubts.get(&party.name).filter(|_| is_doubtful(party)).map_or(&[], Vec::as_slice)
    }

    fn look(&self, name: &str) -> Vec<Doubt> {
        let (_, stem) = party::split_prefix(name);
        let once = self.counts.get(name).is_none_or(|count| *count <= 1);
        let length = name.chars().count();
        let in_document = once && length >= LONG_NAME && slips(name).any(|form| self.shortened.contains(&form));
        let in_registry = stem.chars().count() >= LONG_STEM && Knowledge::shipped().bodies.is_near(stem);
        let listed = &Knowledge::shipped().vocabulary.parties.strange;
        let reasons = [
            (in_document || in_registry, Doubt::LikelySlip),
            (is_two_names(name), Doubt::JoinedNames),
            (
                self.ends.contains(name)
                    || is_unpaired(name)
                    || is_piece(name)
                    || token::role_of(name).is_some()
                    || listed.names.iter().any(|known| known == name),
                Doubt::Fragment,
            ),
        ];
        reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, doubt)| doubt).collect()
    }
}

/// The forms of a name that a slip in one character keeps; another last character is mostly another body.
fn slips(name: &str) -> impl Iterator<Item = String> {
    shortened(name).take(name.chars().count().saturating_sub(1))
}

/// The ends of a name, short ones only, that lack more of it than a level prefix.
fn ends(name: &str) -> impl Iterator<Item = String> {
    let chars: Vec<char> = name.chars().collect();
    (2..=SHORT_NAME.min(chars.len().saturating_sub(2)))
        .map(move |length| chars.iter().skip(chars.len() - length).collect())
}

/// Whether a name is a piece of a collective one: 县(市)政府, 市、区政府.
fn is_piece(name: &str) -> bool {
    name.contains('、') || party::fragment(name) == Fragment::Closed
}

/// Whether a name holds one bracket of a pair only.
fn is_unpaired(name: &str) -> bool {
    let count = |marks: [char; 2]| name.chars().filter(|char| marks.contains(char)).count();
    count(['(', '（']) != count([')', '）'])
}

/// Whether a name is that of a body with that of another right behind it: 市财政局市教育局.
fn is_two_names(name: &str) -> bool {
    // 市政府办公室 is one body
    let ends = &Knowledge::shipped().vocabulary.parties.collective.ends;
    let is_name = |name: &str| {
        let government = ends.iter().any(|end| name.ends_with(end.as_str()));
        name.chars().count() >= 3 && !government && party::ends_as_body(name)
    };
    let known = |name: &str| party::likeness(name) == Likeness::Known;
    // 人民银行哈尔滨中心支行 is one body, and so is 国家统计局湖北调查总队
    let branch = |first: &str, second: &str| {
        let mut branches = Knowledge::shipped().vocabulary.parties.branches.iter();
        branches.any(|state| first == state.as_str())
            && Knowledge::shipped().places.strip_prefix(second, None).is_some()
    };
    let (prefix, _) = party::split_prefix(name);
    name.char_indices().skip(3).any(|(byte, char)| {
        let (Some(first), Some(second)) = (name.get(..byte), name.get(byte..)) else { return false };
        // a level prefix within a name opens another
        let again = Some(char) == prefix;
        is_name(first)
            && is_name(second)
            && !branch(first, second)
            && if again { known(first) || known(second) } else { known(first) && known(second) }
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::{Doubt, Task, extract};
    use crate::parse::parse;
    use crate::read::read_bytes;

    fn tasks(items: &str) -> Vec<Task> {
        let words = format!("云川省人民政府关于印发任务的通知\n一、任务\n{items}");
        extract(&parse(read_bytes("a.txt", words.as_bytes()).unwrap())).tasks
    }

    fn doubts(items: &str) -> Vec<Vec<Doubt>> {
        let doubts = |task: &Task| task.responsibilities.iter().flat_map(|party| party.doubts.clone()).collect();
        tasks(items).iter().map(doubts).collect()
    }

    const ITEMS: &str = "(一)健全甲类制度。(省卫生健康委负责)\n(二)健全乙类制度。(省卫生健康委负责)\n\
        (三)健全丙类制度。(省教育厅、省卫生健康委负责)\n";

    #[test]
    fn a_task_without_a_number_among_numbered_ones_is_doubtful() {
        let found =
            tasks(&format!("{ITEMS}(四)健全丁类制度。(省民政厅负责)\n附件：任务分工表\n（省政府办公厅承办）\n"));
        let sure: Vec<bool> =
            found.iter().map(|task| task.responsibilities.iter().all(|party| party.confidence >= 0.9)).collect();
        assert_eq!(sure.get(..4), Some([true; 4].as_slice()));
        assert!(sure.iter().skip(4).all(|sure| !sure), "{found:?}");
    }

    #[test]
    fn a_name_that_differs_in_one_character_from_one_often_printed_is_doubtful() {
        let found = doubts(&format!("{ITEMS}(四)健全丁类制度。(省卫生建康委负责)\n"));
        assert!(found[3].contains(&Doubt::LikelySlip), "{found:?}");
        assert!(!found[2].contains(&Doubt::LikelySlip));
    }

    #[test]
    fn a_rule_that_was_not_understood_makes_the_first_of_a_list_doubtful() {
        let found = tasks(
            "(一)健全甲类制度。(省财政厅、省教育厅负责)\n(二)健全乙类制度。(省民政厅负责)\n说明：以斜体字标出的是牵头单位\n",
        );
        let doubted = |task: &Task| -> Vec<bool> {
            task.responsibilities.iter().map(|party| party.doubts.contains(&Doubt::UnreadRule)).collect()
        };
        assert_eq!(found.iter().map(doubted).collect::<Vec<_>>(), [vec![true, false], vec![false]]);
    }

    #[test]
    fn two_names_without_a_separator_are_doubtful() {
        let found = doubts("(一)健全甲类制度。(省财政厅省教育厅、省民政厅负责)\n");
        assert!(found[0].contains(&Doubt::JoinedNames), "{found:?}");
        let found = doubts("(一)健全甲类制度。(人民银行哈尔滨中心支行、国家统计局湖北调查总队负责)\n");
        assert!(!found[0].contains(&Doubt::JoinedNames), "{found:?}");
    }
}
