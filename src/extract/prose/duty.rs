//! Lists of duties in prose: 市财政局:负责…, one line or item a body.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::outline::Outline;
use super::{Found, Stands, cover, place, sentence};
use crate::extract::clause::{self, Frame, Statement};
use crate::extract::confidence::Doubt;
use crate::extract::draft::Draft;
use crate::extract::model::{Mode, Role};
use crate::extract::object;
use crate::extract::party::{Likeness, Party};
use crate::knowledge::{Knowledge, WordTable};
use crate::span::{Span, Text, fold_str, is_blank};

/// How many lines make a list, under a heading that announces one and elsewhere.
const ANNOUNCED: usize = 2;
const UNANNOUNCED: usize = 3;
/// The fewest characters that say what a body has to do.
const SHORTEST_DUTY: usize = 6;
/// The same of a sentence behind a body that is known and its colon.
const SHORTEST_WHOLE: usize = 5;
/// The most characters before the colon or the verb.
const LONGEST_NAMES: usize = 80;

/// The longest heading in characters that is nothing but names.
const LONGEST_HEADING: usize = 40;

/// A line that may stand in such a list.
struct Line {
    node: usize,
    /// The whole line without its number.
    place: Span,
    names: Span,
    /// Length in characters of a label right behind the names: 县财政局主要职责.
    label: usize,
    statement: Statement,
    /// Whether the names stand before a colon or full stop, not before a verb.
    apart: bool,
    /// Whether bodies stand before a verb that says what they do, 县城管局指导…; and whether it says that they are
    /// responsible.
    says: Option<bool>,
}

impl Line {
    /// What the body has to do: without its name where that stands apart.
    fn duty(&self, text: &Text) -> Span {
        let behind = self.place.overlaps(self.names) && self.apart && !self.is_heading();
        let start = if behind { (self.names.end + self.label).min(self.place.end) } else { self.place.start };
        let chars = text.folded(Span::new(start, self.place.end));
        let signs = chars.iter().take_while(|char| is_blank(**char) || matches!(char, ':' | '。' | ',')).count();
        Span::new(start + signs, self.place.end)
    }

    /// Whether the line is nothing but names.
    fn is_heading(&self) -> bool {
        self.place.overlaps(self.names) && self.place.len() <= self.names.len() + 1
    }
}

/// Lines that stand below each other.
#[derive(Default)]
struct Run {
    lines: Vec<Line>,
    /// How many lines beside them are tasks already.
    beside: usize,
}

/// Adds the tasks of all lists of duties.
pub(super) fn lists(outline: &Outline, found: &mut Vec<Found>) {
    let known: FxHashSet<usize> = found.iter().map(|found| found.node).collect();
    let mut stated: Vec<usize> = found.iter().filter_map(|found| Some(found.draft.clause.first()?.start)).collect();
    stated.sort_unstable();
    let is_stated = |line: Span| {
        let next = stated.partition_point(|clause| *clause < line.start);
        stated.get(next).is_some_and(|clause| *clause < line.end)
    };
    let mut run = Run::default();
    let mut more: Vec<Found> = Vec::new();
    for (index, node) in outline.document.nodes.iter().enumerate() {
        if node.in_table || node.label.is_some() && known.contains(&index) {
            run.close(outline, &mut more);
            continue;
        }
        for (at, &paragraph) in node.paragraphs.iter().enumerate() {
            // a line that says all by itself, 县医保局负责支付,县卫健局配合, is one of the list
            if known.contains(&index) && is_stated(paragraph) {
                run.beside += 1;
                continue;
            }
            let above = at.checked_sub(1).and_then(|at| node.paragraphs.get(at));
            let line = read(outline.text(), index, paragraph, node.label.is_some() && at == 0);
            // an item whose heading names the body goes on with it
            let above = above.filter(|above| run.lines.last().is_none_or(|last| !last.names.overlaps(**above)));
            let goes_on = run.lines.last().is_some_and(|last| last.apart && !last.place.overlaps(last.names));
            let line = line.or_else(|| under_name(outline.text(), index, *above?, paragraph, goes_on));
            let line = line.filter(|line| !line.is_heading() || outline.is_parent(index) || node.paragraphs.len() > 1);
            // 县交通局牵头的任务 says who leads the items below, which are tasks of their own
            let heads = outline.is_parent(index) && cover::of_heading(outline.text(), paragraph).is_some();
            let line = line.filter(|_| !heads);
            let Some(line) = line else {
                // what follows an item of the list goes on with it; a line without number that names nobody ends it
                let names = node.paragraphs.get(at + 1);
                let opens =
                    names.is_some_and(|next| under_name(outline.text(), index, paragraph, *next, goes_on).is_some());
                if node.label.is_none() && !opens || at == 0 && !is_below(outline, index, run.lines.last()) {
                    run.close(outline, &mut more);
                }
                continue;
            };
            if run.lines.last().is_some_and(|last| !is_beside(outline, last.node, index)) {
                run.close(outline, &mut more);
            }
            run.lines.push(line);
        }
    }
    run.close(outline, &mut more);
    found.append(&mut more);
}

/// Whether two items stand side by side, or are one.
fn is_beside(outline: &Outline, one: usize, other: usize) -> bool {
    one == other || outline.kind(one) == outline.kind(other)
}

fn is_below(outline: &Outline, index: usize, line: Option<&Line>) -> bool {
    line.is_some_and(|line| outline.below(line.node).contains(&index))
}

/// How many verbs of a line are looked at for bodies before them.
const MOST_VERBS: usize = 8;

/// What stands behind a body in a line that says its duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    /// It says so in any sentence: 负责.
    Strong,
    /// It does in a list of duties: 指导.
    Weak,
    /// It says that something is asked: 要.
    Modal,
}

/// Reads a line; `numbered` ones may name a body in a heading and say its duty below.
fn read(text: &Text, node: usize, paragraph: Span, numbered: bool) -> Option<Line> {
    static VERBS: LazyLock<WordTable<Verb>> = LazyLock::new(|| {
        let clause = &Knowledge::shipped().vocabulary.clause;
        let kind = |verb: &String| match verb.as_str() {
            "负责" | "牵头" | "承担" => Verb::Strong,
            _ => Verb::Weak,
        };
        let duties = clause.sections.duty_verbs.iter().map(|verb| (verb, kind(verb)));
        WordTable::new(duties.chain(clause.instructions.modals.iter().map(|modal| (modal, Verb::Modal))))
    });
    let head = text.folded(Span::new(paragraph.start, paragraph.end.min(paragraph.start + LONGEST_NAMES)));
    let first = |signs: &[char]| head.iter().position(|char| signs.contains(char));
    let colon = first(&[':', '。', ';']).filter(|at| head.get(*at) == Some(&':'));
    let stop = first(&['。']).filter(|_| numbered);
    let apart = colon.or(stop);
    let whole = numbered && paragraph.len() <= LONGEST_HEADING;
    let before = |at: usize| apart.is_none_or(|apart| at < apart);
    let may_open = |verb: Verb| match verb {
        Verb::Strong => true,
        Verb::Weak => numbered,
        // what numbered items are asked to do is told by those beside them
        Verb::Modal => !numbered,
    };
    let verbs = VERBS.find_iter(head).filter(|(at, _, verb)| before(*at) && may_open(**verb));
    let verbs = verbs.filter(|(at, length, _)| !object::is_plain(head, *at, *length));
    let verbs = verbs.map(|(at, _, verb)| (at, Some(*verb == Verb::Strong))).take(MOST_VERBS);
    let last = apart.or(Some(head.len()).filter(|_| whole)).map(|at| (at, None));
    let (end, verb, names, label, statement) = verbs.chain(last).find_map(|(end, verb)| {
        let names = text.trim(Span::new(paragraph.start, paragraph.start + end));
        // 县财政局主要职责:…
        let label = if verb.is_none() && apart == Some(end) { label_behind(text, names) } else { 0 };
        let names = Span::new(names.start, names.end - label);
        let statement = clause::parse(text, names, Frame::Cell(Role::Lead), &[])?;
        let known = |party: &Party| party.is_known() || party.name.ends_with("部门");
        // 社会 before 保障 is no body, and 经营场所 in a heading is what is dealt with
        let is_name = verb == Some(true) || verb.is_none() && apart == Some(end) || statement.parties().all(known);
        (is_list(&statement) && is_name).then_some((end, verb, names, label, statement))
    })?;
    // 保障组:甲局牵头,…: a group, and who does its work
    let behind = Span::new((paragraph.start + end + 1).min(paragraph.end), paragraph.end);
    if verb.is_none() && !statement.parties().any(Party::is_known) && sentence::opens(text, behind, &[]) {
        return None;
    }
    let duty = text.slice(Span::new(paragraph.start + end, paragraph.end));
    let said = duty.chars().filter(|char| !char.is_ascii() && !is_blank(*char)).take(SHORTEST_DUTY).count();
    // 县财政局：保障经费。 is short and whole, 县财政局：张三 is none
    let is_whole = verb.is_none() && duty.ends_with(['。', '；', ';']) && statement.parties().all(Party::is_known);
    let shortest = if is_whole { SHORTEST_WHOLE } else { SHORTEST_DUTY };
    if said < shortest && !numbered {
        return None;
    }
    let place = place::without_stops(text, paragraph);
    Some(Line { node, place, names, label, statement, apart: verb.is_none(), says: verb })
}

/// Length in characters of a label that stands right behind names: 县财政局主要职责, 县财政局的职责.
fn label_behind(text: &Text, names: Span) -> usize {
    let words: String = text.folded(names).iter().collect();
    let labels = &Knowledge::shipped().vocabulary.clause.sections.duty_labels;
    let ends = labels.iter().filter_map(|label| Some((label, words.strip_suffix(label.as_str())?)));
    let behind = ends.filter(|(_, names)| !names.is_empty());
    behind.map(|(label, names)| label.chars().count() + usize::from(names.ends_with('的'))).max().unwrap_or(0)
}

/// Reads a line that says the duty of a body named on the line above: 市财政局, then - 职责:负责…, or 依法查处…; whatever
/// it begins with, where it goes on with a list of such lines.
fn under_name(text: &Text, node: usize, above: Span, paragraph: Span, goes_on: bool) -> Option<Line> {
    let sections = &Knowledge::shipped().vocabulary.clause.sections;
    let chars = text.folded(paragraph);
    let bullets = chars.iter().take_while(|char| is_blank(**char) || matches!(char, '-' | '•' | '▪' | '*')).count();
    let words: String = chars.iter().skip(bullets).take(LONGEST_NAMES).collect();
    if above.len() > LONGEST_HEADING {
        return None;
    }
    let labels = sections.duty_labels.iter().filter(|label| words.starts_with(label.as_str()));
    let label = labels.map(|label| label.chars().count()).max().filter(|label| words.chars().nth(*label) == Some(':'));
    let begins = || sections.duty_verbs.iter().any(|verb| words.starts_with(verb.as_str()));
    let statement = clause::parse(text, above, Frame::Cell(Role::Lead), &[])?;
    let goes_on = || goes_on && statement.parties().all(Party::is_known) && !is_names(text, paragraph);
    let label = label.map(|label| label + 1).or_else(|| (begins() || goes_on()).then_some(0))?;
    let place = text.trim(Span::new((paragraph.start + bullets + label).min(paragraph.end), paragraph.end));
    is_list(&statement).then_some(Line { node, place, names: above, label: 0, statement, apart: true, says: None })
}

/// Whether a line is nothing but bodies.
fn is_names(text: &Text, line: Span) -> bool {
    clause::parse(text, line, Frame::Cell(Role::Lead), &[]).is_some_and(|statement| is_list(&statement))
}

/// Whether a statement is a list of nothing but bodies.
fn is_list(statement: &Statement) -> bool {
    statement.unread.is_empty()
        && !statement.labelled
        && statement.parties().next().is_some()
        && statement.parties().all(|party| party.likeness != Likeness::Unknown)
}

impl Run {
    /// Makes tasks of a run of lines that is a list.
    fn close(&mut self, outline: &Outline, more: &mut Vec<Found>) {
        let Self { lines, beside } = std::mem::take(self);
        let Some(first) = lines.first() else { return };
        // 县财政局职责:…: each line says by itself what it is
        let named = lines.iter().filter(|line| line.label > 0).count();
        let announced = is_announced(outline, first) || named * 2 > lines.len();
        let is_told =
            |line: &&Line| line.says == Some(true) || line.label > 0 || line.apart && begins_duty(outline.text(), line);
        let told = beside + lines.iter().filter(is_told).count();
        let whole = match () {
            () if announced => lines.len() >= ANNOUNCED,
            // a document of duties has sections of one item too
            () if outline.is_titled(&["职责"]) => lines.iter().all(|line| line.says.is_some() || line.apart),
            () => told >= UNANNOUNCED && told * 2 > beside + lines.len(),
        };
        if !whole {
            return;
        }
        for line in lines {
            let Some(node) = outline.node(line.node) else { continue };
            let (path, labels) = outline.path(node);
            let mut draft = Draft::new(line.place);
            if node.label.is_some() && node.paragraphs.first().is_some_and(|first| first.overlaps(line.place)) {
                draft.printed = node.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
            }
            draft.path = path;
            draft.above = labels;
            // (一)市民政局 and its duty on the lines below
            let below = node.paragraphs.iter().filter(|words| line.is_heading() && words.start >= line.place.end);
            draft.words.extend(below);
            if draft.words.is_empty() {
                draft.words.push(line.duty(outline.text()));
            }
            draft.clause.push(line.names);
            draft.statement = Some(line.statement);
            draft.mode = Some(Mode::DutyList);
            draft.doubts.push(Doubt::DutyList);
            more.push(Found { node: line.node, draft, stands: Stands::Within });
        }
    }
}

/// Whether the words behind the names begin as duties do.
fn begins_duty(text: &Text, line: &Line) -> bool {
    let verbs = &Knowledge::shipped().vocabulary.clause.sections.duty_verbs;
    let start = line.place.start.max(line.names.end);
    let duty = fold_str(text.slice(Span::new(start, line.place.end.min(start + LONGEST_NAMES))));
    let duty = duty.trim_start_matches([':', '。', ' ']);
    verbs.iter().any(|verb| duty.starts_with(verb.as_str()))
}

/// Whether a heading, or the words right before a list, say that duties follow.
fn is_announced(outline: &Outline, first: &Line) -> bool {
    let words = &Knowledge::shipped().vocabulary.clause.sections.duties;
    let before = outline.node(first.node).and_then(|node| {
        let before = node.paragraphs.iter().take_while(|paragraph| paragraph.end <= first.place.start).last();
        before.copied()
    });
    let announces = |place: Span| {
        let tail = Span::new(place.start.max(place.end.saturating_sub(LONGEST_NAMES)), place.end);
        words.iter().any(|word| outline.text().slice(tail).contains(word.as_str()))
    };
    outline.is_headed(first.node, words) || before.is_some_and(announces)
}
