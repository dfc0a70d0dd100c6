//! A document to its tasks: who is responsible for what, on what basis, at which place.

mod clause;
mod confidence;
mod convention;
mod correction;
mod deadline;
mod decide;
mod draft;
mod goals;
mod indicator;
mod label;
mod model;
mod object;
mod party;
mod prefix;
mod prose;
mod repair;
mod rows;
mod shape;
mod survey;
mod token;

pub use confidence::Doubt;
pub(crate) use confidence::confidence;
pub use correction::{Act, ClaimKind, Correction};
pub(crate) use decide::share_lead;
pub use model::{
    Basis, Binding, Citation, CitationRelation, Comparator, Convention, Deadline, DeadlineBasis, DeadlineRelation,
    Evidence, Extraction, Goal, Indicator, Mode, Responsibility, Role, Rule, Task,
};
pub(crate) use party::{is_collective, is_generic, split_prefix};
pub(crate) use shape::{Piece, pieces, swallowed};

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Finding};
use crate::knowledge::Knowledge;
use crate::parse::{self, Document};
use crate::span::{Span, fold_str};
use decide::Decision;
use draft::Draft;
use party::Party;

/// The longest words of a task that name what its figures measure, in characters.
const LONGEST_SUBJECT: usize = 18;

/// Extracts all that a document states.
pub fn extract(document: &Document) -> Extraction {
    let found = convention::find(document);
    let mut unread = convention::hinted(document);
    unread.retain(|place| !found.iter().any(|convention| convention.span.overlaps(*place)));
    // what was bold cannot be told any more: such a rule is one that was not read
    let is_lost = |convention: &Convention| document.bold.is_empty() && is_of_bold(document, convention);
    let (lost, mut conventions): (Vec<Convention>, Vec<Convention>) = found.into_iter().partition(is_lost);
    unread.extend(lost.iter().map(|convention| convention.span));
    let rules: Vec<Span> = conventions.iter().map(|convention| convention.span).chain(unread.iter().copied()).collect();
    let mut drafts = rows::drafts(document, &rules);
    let mut findings = document.findings.clone();
    findings.extend(unread.iter().copied().map(convention::unread));
    let in_tables = drafts.len();
    drafts.extend(prose::drafts(document, &rules, in_tables, &mut findings));
    drafts.sort_by_key(|draft| (draft.span.start, draft.span.end));
    repair::statements(&mut drafts);
    mark_bold(document, &conventions, &mut drafts);
    mark_separated(document, &conventions, &mut drafts);
    survey::tasks(document, &mut drafts);
    let names = survey::Names::of(&drafts);
    let labels = label::unique(&drafts);
    name_scopes(&mut conventions, &drafts, &labels);
    let unread_rule = survey::has_unread_rule(document, &conventions, &drafts);
    let when = when(document, deadline::Setting::Prose);
    let whole = Whole { document, conventions: &conventions, names, unread_rule, when };
    findings.extend(whole.yearless(&drafts));
    let numbered = (1..).zip(drafts.into_iter().zip(labels));
    let tasks: Vec<Task> = numbered.map(|(seq, (draft, label))| whole.task(seq, label, draft)).collect();
    if tasks.is_empty() {
        findings.push(nothing_found(document));
    }
    let goals = goals::find(document, &tasks);
    Extraction {
        source: document.source.clone(),
        key: document.key.clone(),
        head: document.head.clone(),
        conventions,
        tasks,
        goals,
        corrections: Vec::new(),
        findings,
    }
}

/// Whether a rule says that bold bodies lead.
fn is_of_bold(document: &Document, convention: &Convention) -> bool {
    let words = &Knowledge::shipped().vocabulary.conventions.scope.bold;
    let text = document.text.slice(convention.span);
    convention.rule == Rule::MarkedLeads && words.iter().any(|word| text.contains(word.as_str()))
}

/// Marks the parties that are printed bold, where a rule says that these lead.
fn mark_bold(document: &Document, conventions: &[Convention], drafts: &mut [Draft]) {
    if !conventions.iter().any(|convention| is_of_bold(document, convention)) {
        return;
    }
    let is_bold = |span: Span| {
        let behind = document.bold.partition_point(|bold| bold.start <= span.start);
        behind.checked_sub(1).and_then(|at| document.bold.get(at)).is_some_and(|bold| span.start < bold.end)
    };
    let statements = drafts.iter_mut().filter_map(|draft| draft.statement.as_mut());
    for party in statements.flat_map(|statement| &mut statement.groups).flat_map(|group| &mut group.parties) {
        party.marked |= is_bold(party.span);
    }
}

/// Marks the parties before the sign of a rule such as 分号前为牵头单位, where the clause has that sign.
fn mark_separated(document: &Document, conventions: &[Convention], drafts: &mut [Draft]) {
    let separators = &Knowledge::shipped().vocabulary.conventions.scope.separators;
    for rule in conventions.iter().filter(|convention| convention.rule == Rule::SeparatedLeads) {
        let words = fold_str(document.text.slice(rule.span));
        let named = |word: &String| words.find(word.as_str());
        let signs = separators.iter().filter_map(|separator| {
            let at = separator.words.iter().filter_map(named).min()?;
            Some((at, separator.sign))
        });
        let Some((_, sign)) = signs.min() else { continue };
        for draft in drafts.iter_mut().filter(|draft| rule.scope.overlaps(draft.span)) {
            let Some(statement) = &mut draft.statement else { continue };
            for clause in &draft.clause {
                let at = document.text.folded(*clause).iter().position(|char| *char == sign);
                let Some(end) = at.map(|at| clause.start + at) else { continue };
                let parties = statement.groups.iter_mut().flat_map(|group| &mut group.parties);
                let before = |party: &&mut Party| clause.start <= party.span.start && party.span.end <= end;
                parties.filter(before).for_each(|party| party.marked = true);
            }
        }
    }
}

fn nothing_found(document: &Document) -> Finding {
    if parse::is_error_page(document.text.as_str()) {
        return Finding::new(
            Code::ErrorPage,
            None,
            "这是网站的错误页面，不是文件正文",
            "this is an error page of a web server, not the document",
        )
        .with_hint("请重新下载正文", "fetch the document again");
    }
    Finding::new(Code::NoTask, None, "没有找到任何带责任单位的任务", "no task with a responsible body was found")
        .with_hint(
            "请确认文件里写有“（…负责）”“责任单位：…”或责任单位列",
            "look for clauses such as （…负责）, 责任单位：… or a column of responsible bodies",
        )
}

/// Says for every rule from which task to which it holds: as a ledger says, else by its scope.
fn name_scopes(conventions: &mut [Convention], drafts: &[Draft], labels: &[String]) {
    for convention in conventions {
        let place = |label: &Option<String>| labels.iter().position(|known| label.as_ref() == Some(known));
        if let Some(first) = place(&convention.from) {
            let last = place(&convention.to).unwrap_or(drafts.len() - 1);
            let span = |index: usize| drafts.get(index).map(|draft| draft.span).unwrap_or_default();
            convention.scope = span(first).to(span(last));
        }
        let governs = |draft: &Draft| convention.scope.overlaps(draft.span);
        convention.tasks = (1..).zip(drafts).filter(|(_, draft)| governs(draft)).map(|(seq, _)| seq).collect();
        let mut governed = drafts.iter().zip(labels).filter(|(draft, _)| governs(draft)).map(|(_, label)| label);
        convention.from = governed.next().cloned();
        convention.to = governed.next_back().cloned().or_else(|| convention.from.clone());
    }
}

/// A document with what its tasks are read by.
struct Whole<'d> {
    document: &'d Document,
    conventions: &'d [Convention],
    names: survey::Names,
    /// Whether the document may have a rule on who leads that was not read.
    unread_rule: bool,
    /// The time that it speaks at.
    when: deadline::Context,
}

impl Whole<'_> {
    /// Says that time limits have no year, where the document gives none.
    fn yearless(&self, drafts: &[Draft]) -> Option<Finding> {
        if self.when.year.is_some() {
            return None;
        }
        let read = |span: &Span, setting| {
            deadline::without_year(&self.document.text, *span, deadline::Context { setting, ..self.when })
        };
        let of_draft = |draft: &Draft| {
            let words = draft.words.iter().flat_map(|span| read(span, deadline::Setting::Prose));
            let due = draft.due.iter().chain(&draft.begins).flat_map(|span| read(span, deadline::Setting::Column));
            words.chain(due).collect::<Vec<Span>>()
        };
        let places: BTreeSet<Span> = drafts.iter().flat_map(of_draft).collect();
        let count = places.len();
        let finding = Finding::new(
            Code::NoYear,
            *places.first()?,
            format!("有 {count} 处期限没有写年份，文件也没有写明是哪一年，没有计入"),
            format!("time limits left out for want of a year, which the document does not give: {count}"),
        );
        Some(
            finding
                .with_hint("请在标题、文号或落款中写明年份", "give the year in the title, the number or the signature"),
        )
    }

    fn task(&self, seq: usize, label: String, draft: Draft) -> Task {
        let document = self.document;
        let text = &document.text;
        let in_force: Vec<&Convention> =
            self.conventions.iter().filter(|convention| convention.scope.overlaps(draft.span)).collect();
        let rules: Vec<Rule> = in_force.iter().map(|convention| convention.rule).collect();
        let mut decision = match &draft.statement {
            Some(statement) => decide::decide(statement, &rules, draft.setting, &self.names),
            None => Decision { responsibilities: Vec::new(), mode: Mode::PlainList, open: false },
        };
        if let Some(mode) = draft.mode {
            decision.recorded(mode, &rules);
        }
        for convention in in_force.iter().filter(|convention| convention.rule == Rule::AlsoFallsTo) {
            decision.also_falls_to(convention);
        }
        // columns decide by themselves: a rule on the order of names that stands beside them was not followed
        let passed_over = rules.contains(&Rule::FirstListedLeads) && draft.setting != decide::Setting::Clause;
        decision.weigh(text, &draft.doubts, self.unread_rule || passed_over);
        for party in &mut decision.responsibilities {
            party.cell = cell(document, party.span);
        }
        let dates = self.dates(&draft, &in_force);
        let mut findings = draft.findings;
        findings.extend(decision.doubts(text));
        findings.extend(draft.statement.as_ref().and_then(|statement| decide::unexplained_mark(statement, &rules)));
        let mut words = draft::joined(text, &draft.words);
        if let Some(name) = draft.name {
            words = format!("{}：{words}", draft::joined(text, &[name]));
        }
        let clause: Vec<String> = draft.clause.iter().map(|place| draft::listed(text, *place)).collect();
        let mut deadlines: Vec<Deadline> = Vec::new();
        for deadline in &dates {
            if !deadlines.iter().any(|known| known.says_as_much(deadline)) {
                deadlines.push(deadline.clone());
            }
        }

        let mut in_order = dates;
        in_order.sort_by_key(|deadline| deadline.span.start);
        let mut indicators: Vec<Indicator> =
            draft.words.iter().flat_map(|span| indicator::find(text, *span, &in_order)).collect();
        if !draft.figures.is_empty() {
            // the row of a table of figures is named by what it measures
            let short = (words.chars().count() <= LONGEST_SUBJECT).then(|| words.clone());
            let subject =
                short.or_else(|| draft.title.clone()).or_else(|| draft.path.last().cloned()).unwrap_or_default();
            indicators.extend(indicator::find_in_cells(text, &draft.figures, &subject, &in_order));
        }
        let mut citations: Vec<Citation> = Vec::new();
        for span in draft.words.iter().chain(&draft.sources) {
            citations.extend(parse::citation::find(text, *span));
        }
        let citations = document.names.settle(citations);
        Task {
            seq,
            label,
            path: draft.path,
            title: draft.title,
            text: words,
            span: draft.span,
            clause: (!clause.is_empty()).then(|| clause.join("；")),
            clause_span: draft.clause.first().copied(),
            mode: decision.mode,
            open: decision.open,
            inherited: draft.inherited,
            responsibilities: decision.responsibilities,
            indicators,
            deadlines,
            citations,
            findings,
            corrections: Vec::new(),
        }
    }

    /// Every date that governs a task: those of its words, its clause, its column of time limits, and those that the
    /// document sets for several tasks.
    fn dates(&self, draft: &Draft, in_force: &[&Convention]) -> Vec<Deadline> {
        let text = &self.document.text;
        let read = |span: Span, setting| deadline::all(text, span, deadline::Context { setting, ..self.when });
        let mut dates: Vec<Deadline> =
            draft.words.iter().flat_map(|span| read(*span, deadline::Setting::Prose)).collect();
        for begin in &draft.begins {
            let first = read(*begin, deadline::Setting::Column).into_iter().filter(|date| date.date.is_some());
            // 6月底前开工 is a limit all the same
            dates.extend(first.map(|date| match date.relation {
                DeadlineRelation::By | DeadlineRelation::During => {
                    Deadline { relation: DeadlineRelation::From, ..date }
                }
                _ => date,
            }));
        }
        for due in &draft.due {
            let in_clause = draft.clause.iter().any(|clause| clause.overlaps(*due)) || token::is_due_label(text, *due);
            dates.extend(read(*due, if in_clause { deadline::Setting::Clause } else { deadline::Setting::Column }));
        }
        for rule in in_force.iter().filter(|rule| rule.rule == Rule::CommonDeadline) {
            // a rule for what has no date of its own
            let rest = convention::is_for_the_rest(text, rule.span);
            if !rest || dates.is_empty() {
                dates.extend(read(rule.span, deadline::Setting::Document));
            }
        }
        dates
    }
}

/// The quantities that a passage outside of all tasks asks for: goals in the preamble or under a heading.
pub(crate) fn quantities(document: &Document, passage: Span) -> Vec<Indicator> {
    let dates = deadline::all(&document.text, passage, when(document, deadline::Setting::Prose));
    indicator::find(&document.text, passage, &dates)
}

/// What a document says of the time that it speaks at.
fn when(document: &Document, setting: deadline::Setting) -> deadline::Context {
    let own = document.head.task_year();
    let year = own.or_else(|| document.head.likely_year());
    deadline::Context { year, guessed: own.is_none(), issued: document.head.issued, setting }
}

/// The cell of a workbook that holds a place.
fn cell(document: &Document, place: Span) -> Option<String> {
    let behind = document.cells.partition_point(|(span, _)| span.start <= place.start);
    let (span, name) = document.cells.get(behind.checked_sub(1)?)?;
    span.contains(place).then(|| name.clone())
}
