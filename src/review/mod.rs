//! What a person should look at: decisions that are less sure than a threshold, the most doubtful first.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use crate::correct::{Stanza, deadline_words, deadline_zh, indicator_words, indicator_zh};
use crate::diagnostic::{Code, Finding, Message, Severity};
use crate::extract::{ClaimKind, Doubt, Task};
use crate::hexadecimal;
use crate::resolve::{BodyKind, Facts, Organisation, TaskFacts};
use crate::span::{Span, Text};

/// Below this confidence a decision is shown, unless another threshold is asked for.
pub const BELOW: f64 = 0.9;

/// Doubts that leave more than this of the confidence are slight.
const SLIGHT: f64 = 0.93;

/// Only what a person decided is as sure as this.
const DECIDED: f64 = 1.0;

/// By how many characters the words of a finding may be more than those of the decision that it is about.
const NEAR: usize = 4;

/// How many characters around the words are shown, on either side.
const AROUND: usize = 24;

/// What is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Words that look like a statement and could not be read: nothing is claimed of them.
    Unread,
    /// A claim.
    Claim(ClaimKind),
    /// Which body a printed name means, wherever it stands.
    Name,
}

impl About {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Claim(kind) => kind.as_str(),
            Self::Name => "organisation",
        }
    }
}

/// One decision to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// What it is about.
    pub about: About,
    /// Label of the task; empty where it concerns the document.
    pub task: String,
    /// Which of the tasks it belongs to, from 0; none where it concerns the document.
    pub place: Option<usize>,
    /// The words that it was read from: a printed name, a figure, a date.
    pub words: String,
    /// What they were read as.
    pub reading: Message,
    /// Why it is doubtful.
    pub reasons: Vec<Message>,
    /// Place of the words; empty where there is none.
    pub span: Span,
    /// Line of the words in the text, from 1.
    pub line: usize,
    /// The words before, on the same line.
    pub before: String,
    /// The words behind.
    pub after: String,
    /// A correction to be filled in.
    pub stanza: Option<Stanza>,
}

/// The decisions of a document that are less sure than `below`, the most doubtful first; behind them the names whose body is
/// in doubt, which concern no single task.
pub fn items(facts: &Facts, text: &Text, below: f64) -> Vec<Item> {
    let mut review = Review { text, below, odd: Vec::new(), items: Vec::new() };
    for (place, entry) in facts.tasks.iter().enumerate() {
        review.task(place, &entry.task);
    }
    review.names(facts);
    let own = facts.tasks.iter().map(|entry| &entry.task);
    let findings = own.flat_map(|task| task.findings.iter().map(move |finding| (Some(task), finding)));
    for (task, finding) in findings.chain(facts.findings.iter().map(|finding| (None, finding))) {
        review.unread(task, finding);
    }
    review.finish()
}

/// The decisions of tasks that are less sure than `below` or of which something is found that a person should look at, the
/// most doubtful first. What a person decided is not asked again.
pub fn of_tasks(tasks: &[&Task], findings: &[Finding], text: &Text, below: f64) -> Vec<Item> {
    let odd: Vec<&Finding> = findings.iter().filter(|finding| finding.severity >= Severity::Warning).collect();
    let mut review = Review { text, below, odd, items: Vec::new() };
    for (place, task) in tasks.iter().enumerate() {
        review.task(place, task);
    }
    for finding in findings {
        let within = finding.span.and_then(|span| tasks.iter().position(|task| task.span.contains(span)));
        let begun = review.items.len();
        review.unread(within.and_then(|place| tasks.get(place).copied()), finding);
        review.put(begun, within);
    }
    review.finish()
}

impl Item {
    /// Digits that stand for the claim with its reading and the words around it: another claim, or this one after a change of
    /// the document, has others. None where there is nothing to decide.
    pub fn key(&self) -> Option<String> {
        let stanza = self.stanza.as_ref()?;
        let mut hash = Sha256::new();
        for part in [stanza.to_toml().as_str(), &self.before, &self.words, &self.after, &self.reading.en] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let digest = hash.finalize();
        Some(hexadecimal::digits(digest.get(..8)?))
    }
}

struct Review<'t> {
    text: &'t Text,
    below: f64,
    /// What is found that a person should look at.
    odd: Vec<&'t Finding>,
    items: Vec<Item>,
}

impl Review<'_> {
    fn finish(self) -> Vec<Item> {
        let mut items = self.items;
        let is_name = |item: &Item| item.about == About::Name;
        items.sort_by(|a, b| {
            is_name(a).cmp(&is_name(b)).then(a.confidence.total_cmp(&b.confidence)).then(a.span.cmp(&b.span))
        });
        items
    }

    /// Whether a decision is shown: it is not sure, or something is found in its words.
    fn is_shown(&self, confidence: f64, span: Span) -> bool {
        confidence < self.below || confidence < DECIDED && self.found(span).next().is_some()
    }

    /// What is found in the words of a decision alone, not in the whole statement.
    fn found(&self, span: Span) -> impl Iterator<Item = &Finding> {
        self.odd.iter().copied().filter(move |finding| {
            let at = finding.span.unwrap_or_default();
            !at.is_empty() && (span.contains(at) || at.contains(span) && at.len() <= span.len() + NEAR)
        })
    }

    /// Says of the items from one on to which task they belong.
    fn put(&mut self, from: usize, place: Option<usize>) {
        self.items.iter_mut().skip(from).for_each(|item| item.place = place);
    }

    fn task(&mut self, place: usize, task: &Task) {
        let begun = self.items.len();
        self.claims(task);
        self.put(begun, Some(place));
    }

    fn claims(&mut self, task: &Task) {
        let below = self.below;
        let doubted = self.whole(task);
        for (index, party) in task.responsibilities.iter().enumerate() {
            if !self.is_shown(party.confidence, party.span) {
                continue;
            }
            let reading = Message::new(
                format!("{} {}", party.name, party.role.zh()),
                format!("{} {}", party.name, party.role.as_str()),
            );
            let of_task: f64 =
                party.doubts.iter().filter(|doubt| doubt.is_of_task()).map(|doubt| doubt.factor()).product();
            if doubted && party.confidence / of_task >= below && self.found(party.span).next().is_none() {
                continue;
            }
            // slight doubts say little beside grave ones
            let grave: Vec<&Doubt> = party.doubts.iter().filter(|doubt| doubt.factor() < SLIGHT).collect();
            let shown = if grave.is_empty() { party.doubts.iter().collect() } else { grave };
            let mut reasons: Vec<Message> = shown.into_iter().map(|doubt| doubt.message()).collect();
            reasons.extend(self.found(party.span).map(|finding| finding.message.clone()));
            let stanza = Stanza::party(task, index, party);
            self.push(
                About::Claim(ClaimKind::Responsibility),
                task,
                party.confidence,
                reading,
                reasons,
                party.span,
                stanza,
            );
        }
        for (index, figure) in task.indicators.iter().enumerate() {
            if !self.is_shown(figure.confidence, figure.span) {
                continue;
            }
            let reading = Message::new(
                format!("{} {}", figure.name, indicator_zh(figure)),
                format!("{} {}", figure.name, indicator_words(figure)),
            );
            let stanza = Stanza::indicator(self.text, task, index, figure);
            let unsure = Message::new(
                format!("不一定是要达到的数量（依据：{}）", figure.basis.zh()),
                format!("it may be no quantity to be reached (evidence: {})", figure.basis.as_str()),
            );
            let mut reasons: Vec<Message> = self.found(figure.span).map(|finding| finding.message.clone()).collect();
            reasons.extend((figure.confidence < below).then_some(unsure));
            self.push(
                About::Claim(ClaimKind::Indicator),
                task,
                figure.confidence,
                reading,
                reasons,
                figure.span,
                stanza,
            );
        }
        for (index, due) in task.deadlines.iter().enumerate() {
            if !self.is_shown(due.confidence, due.span) {
                continue;
            }
            let reason = if due.inferred_year {
                Message::new("年份是推断的", "the year was inferred")
            } else {
                Message::new(
                    format!("不一定是完成时限（依据：{}）", due.basis.zh()),
                    format!("it may be no deadline (evidence: {})", due.basis.as_str()),
                )
            };
            let mut reasons: Vec<Message> = self.found(due.span).map(|finding| finding.message.clone()).collect();
            reasons.extend((due.confidence < below).then_some(reason));
            let stanza = Stanza::deadline(task, index, due);
            let reading = Message::new(deadline_zh(due), deadline_words(due));
            self.push(About::Claim(ClaimKind::Deadline), task, due.confidence, reading, reasons, due.span, stanza);
        }
    }

    /// A task that may be none: one item for it, in place of one for each of its parties; whether there is one.
    fn whole(&mut self, task: &Task) -> bool {
        let of_task = |doubt: &&Doubt| doubt.is_of_task();
        let parties = task.responsibilities.iter().filter(|party| party.doubts.iter().any(|doubt| doubt.is_of_task()));
        let least =
            parties.filter(|party| party.confidence < self.below).min_by(|a, b| a.confidence.total_cmp(&b.confidence));
        let Some(party) = least else { return false };
        let reasons = party.doubts.iter().filter(of_task).map(|doubt| doubt.message()).collect();
        let first: String = task.text.chars().take(AROUND).collect();
        let reading = Message::new(format!("任务：{first}"), format!("task: {first}"));
        let start = task.span.start;
        let span = Span::new(start, task.span.end.min(start + AROUND));
        self.push(About::Claim(ClaimKind::Task), task, party.confidence, reading, reasons, span, Stanza::task(task));
        true
    }

    /// Names whose body is in doubt, each once.
    fn names(&mut self, facts: &Facts) {
        let mut seen = BTreeSet::new();
        for TaskFacts { task, parties, .. } in &facts.tasks {
            for (party, body) in task.responsibilities.iter().zip(parties) {
                let Some(body) = facts.organisations.get(*body).filter(|body| self.is_doubtful(body)) else { continue };
                // a name that is none, or hardly, is looked at where it stands, and what a person saw to not again
                let shown = party.confidence < self.below && party.doubts.contains(&Doubt::UnknownName)
                    || party.doubts.contains(&Doubt::JoinedNames)
                    || !party.corrections.is_empty();
                if !seen.insert(&party.name) || shown {
                    continue;
                }
                let reading = Message::new(format!("即 {}", body.name), format!("means {}", body.name));
                let reason = Message::new("登记表中没有这个名称", "the registry has no body of this name");
                let stanza = Stanza::name(&party.name);
                self.push(About::Name, task, body.confidence, reading, vec![reason], party.span, stanza);
            }
        }
    }

    fn is_doubtful(&self, body: &Organisation) -> bool {
        body.kind == BodyKind::Department && body.confidence < self.below
    }

    /// Words that look like a statement and could not be read: nothing is claimed of them, which may be wrong too.
    fn unread(&mut self, task: Option<&Task>, finding: &Finding) {
        let (Code::UnreadClause, Some(span)) = (finding.code, finding.span) else { return };
        self.items.push(Item {
            confidence: 0.0,
            about: About::Unread,
            task: task.map(|task| task.label.clone()).unwrap_or_default(),
            words: self.text.slice(span).to_owned(),
            reading: Message::new("没有读懂", "not read"),
            reasons: vec![finding.message.clone()],
            stanza: task.map(Stanza::missing),
            ..self.placed(span)
        });
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one item")]
    fn push(
        &mut self,
        about: About,
        task: &Task,
        confidence: f64,
        reading: Message,
        reasons: Vec<Message>,
        span: Span,
        stanza: Stanza,
    ) {
        let item = Item {
            confidence,
            about,
            task: task.label.clone(),
            words: self.text.slice(span).to_owned(),
            reading,
            reasons,
            stanza: Some(stanza),
            ..self.placed(span)
        };
        self.items.push(item);
    }

    /// An item that has nothing but its place and the words around it.
    fn placed(&self, span: Span) -> Item {
        let around = |span: Span| self.text.slice(span).to_owned();
        let before = around(Span::new(span.start.saturating_sub(AROUND), span.start));
        let after = around(Span::new(span.end, (span.end + AROUND).min(self.text.len())));
        Item {
            confidence: 0.0,
            about: About::Unread,
            task: String::new(),
            place: None,
            words: String::new(),
            reading: Message::new("", ""),
            reasons: Vec::new(),
            span,
            line: self.text.position(span.start).line,
            before: before.rsplit('\n').next().unwrap_or_default().to_owned(),
            after: after.split('\n').next().unwrap_or_default().to_owned(),
            stanza: None,
        }
    }
}
