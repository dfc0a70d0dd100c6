//! A notice before it is laid out: head, mandates in their order, words and parties of every task.

use std::collections::BTreeSet;

use super::Dice;
use super::clause::{self, Body, Cast, Parties, Role};
use super::mandate::{Cited, Due, Maker, Mandate};
use super::place::{self, Government, Places};
use super::say::{self, DueAt, Said};
use super::style::{self, Encoding, Format, Layout, Style};
use super::words::{Column, Columns, Words, fill};
use crate::date::Date;

/// What the whole nation rests on.
pub(super) struct Ground {
    pub(super) words: Words,
    pub(super) places: Places,
    pub(super) seed: u64,
    pub(super) tasks: usize,
    pub(super) formats: Vec<Format>,
}

/// Which notice: of whom, and the how manieth of which year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Issue {
    pub(super) government: usize,
    pub(super) year: i16,
    /// From 0, for governments that issue several in a year.
    pub(super) round: usize,
}

impl Issue {
    fn path(self, purpose: u64) -> [u64; 4] {
        let number = |value: usize| u64::try_from(value).unwrap_or(0);
        [number(self.government), u64::try_from(self.year).unwrap_or(0), number(self.round), purpose]
    }
}

/// One task, in words.
#[derive(Clone, Debug, Default)]
pub(super) struct Task {
    pub(super) said: Said,
    pub(super) parties: Parties,
    /// The words of the clause, without brackets; lines where it stands on lines.
    pub(super) clause: String,
    /// The words of a date that stands on a line or in a column.
    pub(super) due: String,
    /// Whether its parties stand in a cell that begins further up.
    pub(super) inherited: bool,
    /// Whether it stands in the first section.
    pub(super) is_first: bool,
}

/// Tasks under one heading.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) tasks: std::ops::Range<usize>,
}

/// A notice before it is laid out.
pub(super) struct Draft {
    pub(super) government: Government,
    pub(super) province: String,
    pub(super) style: Style,
    pub(super) layout: Layout,
    pub(super) format: Format,
    pub(super) encoding: Encoding,
    pub(super) name: String,
    pub(super) title: String,
    /// The title of what is sent round.
    pub(super) own: String,
    pub(super) plan: String,
    pub(super) number: String,
    pub(super) issued: Option<Date>,
    pub(super) year: i16,
    pub(super) mandates: Vec<Mandate>,
    pub(super) tasks: Vec<Task>,
    pub(super) sections: Vec<Section>,
    /// The columns of the table, where there is one.
    pub(super) columns: usize,
    pub(super) parent: Option<Box<Draft>>,
    pub(super) dice: Dice,
}

impl Ground {
    /// Drafts a notice, and those above it that it rests on; none beyond the limits of the nation.
    pub(super) fn draft(&self, issue: Issue) -> Option<Draft> {
        let Self { words, places, seed, .. } = self;
        let government = places.government(words, *seed, issue.government)?;
        let parent = match government.parent {
            Some(above) => Some(Box::new(self.draft(Issue { government: above, ..issue })?)),
            None => None,
        };
        let mut dice = Dice::of(*seed, &issue.path(11));
        let style = Style::of(words, *seed, &government);
        let (layout, format, encoding) = style::shape(&self.formats, government.depth() == 2, &mut dice);
        let province = parent.as_ref().map_or_else(|| government.name.clone(), |parent| parent.province.clone());
        let top = parent.as_ref().map_or(issue.government, |parent| parent.top());
        let topics = &words.documents.topic;
        let turn = Dice::of(*seed, &Issue { government: top, ..issue }.path(12)).below(topics.len()) + issue.round;
        let topic = topics.get(turn % topics.len().max(1))?;
        let plan = dice.words(&words.documents.plans).to_owned();
        let year = issue.year.to_string();
        let office = government.office(words);
        let heads = &words.documents.head;
        let values = [
            ("office", office.as_str()),
            ("place", &government.name),
            ("year", &year),
            ("topic", &topic.name),
            ("plan", &plan),
            ("abbr", &government.abbreviation),
        ];
        let kind = dice.below(heads.titles.len().min(heads.own.len()));
        let numbered = |pattern: &str, dice: &mut Dice| {
            let serial = usize::try_from(dice.between(1, 30)).unwrap_or(1) + 30 * issue.round;
            fill(&fill(pattern, &values), &[("n", &serial.to_string())])
        };
        let number = numbered(&style.number, &mut dice);
        // the lower the level, the later in the year
        let month = i8::try_from(2 + government.depth()).unwrap_or(2);
        let issued = Date::day(issue.year, month, i8::try_from(dice.between(1, 28)).unwrap_or(1));
        let cited = self.cited(issue, &province, top)?;
        let maker = Maker { words, year: issue.year, cited: &cited };
        let least = (self.tasks * 6 / 7).max(1);
        let most = (self.tasks * 8 / 7).max(least);
        let count = least + dice.below(most - least + 1);
        let mandates = match &parent {
            Some(parent) => maker.handed_down(&parent.mandates, &topic.fields, count, &mut dice),
            None => maker.anew(&topic.fields, count, &BTreeSet::new(), &mut dice),
        };
        let columns = dice.below(words.tables.table.len());
        let mut draft = Draft {
            name: format!(
                "{}-{}{}",
                government.code,
                issue.year,
                if issue.round > 0 { format!("-{}", issue.round + 1) } else { String::new() }
            ),
            title: fill(heads.titles.get(kind).map_or("", String::as_str), &values),
            own: fill(heads.own.get(kind).map_or("", String::as_str), &values),
            year: issue.year,
            government,
            province,
            style,
            layout,
            format,
            encoding,
            plan,
            number,
            issued,
            mandates,
            tasks: Vec::new(),
            sections: Vec::new(),
            columns,
            parent,
            dice,
        };
        self.arrange(&mut draft, &topic.fields);
        self.write(&mut draft);
        Some(draft)
    }

    /// Documents that the tasks of a place may cite.
    fn cited(&self, issue: Issue, province: &str, top: usize) -> Option<Vec<Cited>> {
        let words = &self.words.documents.cited;
        let abbreviation = self.places.government(&self.words, self.seed, top)?.abbreviation;
        let mut dice = Dice::of(self.seed, &Issue { government: top, ..issue }.path(13));
        let cited = words.titles.iter().map(|title| {
            let kind = dice.words(&words.numbers).to_owned();
            let serial = dice.between(31, 90);
            let number = dice.percent(60).then(|| format!("{abbreviation}{kind}〔{}〕{serial}号", issue.year - 1));
            Cited { title: fill(title, &[("place", province)]), number }
        });
        Some(cited.collect())
    }

    /// The bodies that may take part in a mandate, the lead first, each name once.
    fn bodies(&self, draft: &Draft, mandate: &Mandate) -> Vec<Body> {
        let mut bodies: Vec<Body> = Vec::new();
        for &body in &mandate.bodies {
            let (name, elidable) = place::body_name(&self.words, self.seed, body, &draft.government, draft.year);
            if bodies.iter().all(|known| known.name != name) {
                bodies.push(Body { name, elidable, is_below: false });
            }
        }
        if mandate.below && draft.layout != Layout::Also {
            let name = place::all_below(&self.words, self.seed, &draft.government);
            bodies.push(Body { name, elidable: false, is_below: true });
        }
        bodies
    }

    /// The name of the body that leads a mandate where one does.
    pub(super) fn lead(&self, draft: &Draft, mandate: &Mandate) -> String {
        let body = mandate.bodies.first().copied().unwrap_or(0);
        place::body_name(&self.words, self.seed, body, &draft.government, draft.year).0
    }

    /// Puts mandates under headings: by field, or by who leads.
    fn arrange(&self, draft: &mut Draft, fields: &[String]) {
        let mut mandates = std::mem::take(&mut draft.mandates);
        let field = |mandate: &Mandate| {
            let name = self.words.works.get(mandate.work).map_or("", |work| work.field.as_str());
            (fields.iter().position(|field| field == name).unwrap_or(fields.len()), name.to_owned())
        };
        if draft.layout.is_by_body() {
            let mut seen = BTreeSet::new();
            mandates.retain(|mandate| seen.insert(self.lead(draft, mandate)));
        } else if draft.layout == Layout::Headings {
            mandates.sort_by_cached_key(|mandate| self.lead(draft, mandate));
        } else {
            mandates.sort_by_key(|mandate| field(mandate).0);
        }
        let key = |mandate: &Mandate| match draft.layout {
            Layout::Headings => self.lead(draft, mandate),
            layout if layout.is_by_body() => String::new(),
            _ => field(mandate).1,
        };
        let mut sections: Vec<Section> = Vec::new();
        let mut last = None;
        let mut dice = draft.dice.clone();
        for (index, mandate) in mandates.iter().enumerate() {
            let key = key(mandate);
            match sections.last_mut() {
                Some(section) if last.as_ref() == Some(&key) => section.tasks.end = index + 1,
                _ => {
                    let named = self.words.documents.headings.get(&key).map(|names| dice.words(names).to_owned());
                    sections.push(Section { heading: named.unwrap_or_else(|| key.clone()), tasks: index..index + 1 });
                }
            }
            last = Some(key);
        }
        draft.dice = dice;
        draft.sections = sections;
        draft.mandates = mandates;
    }

    /// Writes the words and the parties of every task.
    fn write(&self, draft: &mut Draft) {
        let mut mandates = std::mem::take(&mut draft.mandates);
        let mut dice = draft.dice.clone();
        let at = match draft.layout {
            Layout::Lines => DueAt::Line,
            Layout::Table => DueAt::Column,
            Layout::Items | Layout::Levels | Layout::Division | Layout::Paragraphs | Layout::FirstListed => {
                DueAt::Clause
            }
            _ => DueAt::Prose,
        };
        let columns = self.words.tables.table.get(draft.columns);
        let has_due = columns.is_some_and(|columns| columns.kinds.contains(&Column::Due));
        let at = if draft.layout == Layout::Table && !has_due { DueAt::Prose } else { at };
        let has_source = columns.is_some_and(|columns| columns.kinds.contains(&Column::Source));
        let mut stated = false;
        let mut tasks: Vec<Task> = Vec::with_capacity(mandates.len());
        for (index, mandate) in mandates.iter_mut().enumerate() {
            let is_first = draft.sections.first().is_some_and(|section| section.tasks.contains(&index));
            let cited = mandate.cited.clone();
            if draft.layout == Layout::Table && has_source {
                mandate.cited = None;
            }
            let mut said = say::say(&self.words, mandate, at, &mut dice);
            mandate.cited = cited;
            if draft.layout == Layout::Table && has_source {
                let cited = mandate.cited.iter();
                said.references
                    .extend(cited.map(|cited| cited.number.clone().unwrap_or_else(|| format!("《{}》", cited.title))));
            }
            let bodies = self.bodies(draft, mandate);
            let mut task = Task { said, is_first, ..Task::default() };
            match draft.layout {
                Layout::Table => {
                    if let Some(columns) = columns {
                        self.by_columns(columns, &bodies, &mut task, &mut dice);
                    }
                }
                Layout::Headings => task.parties = alone(&bodies, "sole"),
                Layout::Duties | Layout::DutyLines => task.parties = alone(&bodies, "duty-list"),
                // told behind the section
                Layout::Above => {}
                layout => self.clause(draft, layout, &bodies, &mut task, &mut stated, &mut dice),
            }
            tasks.push(task);
        }
        if draft.layout == Layout::Above {
            self.behind_sections(draft, &mandates, &mut tasks, &mut dice);
        }
        if draft.layout == Layout::Also {
            let name = place::all_below(&self.words, self.seed, &draft.government);
            for task in &mut tasks {
                task.parties.all.push((name.clone(), Role::Responsible));
            }
        }
        if draft.layout == Layout::Table {
            merge(draft, &mut tasks, &mut dice);
        }
        draft.dice = dice;
        draft.tasks = tasks;
        draft.mandates = mandates;
    }

    /// Parties by the columns of a table, and the date of its column.
    fn by_columns(&self, columns: &Columns, bodies: &[Body], task: &mut Task, dice: &mut Dice) {
        let has = |kind: Column| columns.kinds.contains(&kind);
        let (has_lead, has_responsible, has_supporting) =
            (has(Column::Lead), has(Column::Responsible), has(Column::Supporting));
        let mut roles = Vec::new();
        for (index, body) in bodies.iter().enumerate() {
            let role = match (has_lead, has_responsible, has_supporting) {
                (true, ..) if index == 0 => Role::Lead,
                (true, true, true) if index == 1 => Role::Responsible,
                (true, _, true) => Role::Supporting,
                _ => Role::Responsible,
            };
            roles.push((body.name.clone(), role));
        }
        let mode = if has_lead {
            "column"
        } else if let [(_, role)] = roles.as_mut_slice() {
            *role = Role::Lead;
            "sole"
        } else {
            "plain-list"
        };
        task.parties = Parties { all: roles, mode: mode.to_owned(), open: false };
        self.date_apart(task, dice);
    }

    /// The words of a date that stands apart, and what the annotation says of it.
    fn date_apart(&self, task: &mut Task, dice: &mut Dice) {
        let Some(due) = task.said.due else { return };
        let wordings = self.words.tables.due.get(say::key(due)).map(Vec::as_slice).unwrap_or_default();
        task.due = say::due_words(dice.words(wordings), due);
        task.said.deadlines.push(say::deadline(due));
    }

    /// A clause by the forms of the layout, or by those that the government keeps to.
    fn clause(
        &self,
        draft: &Draft,
        layout: Layout,
        bodies: &[Body],
        task: &mut Task,
        stated: &mut bool,
        dice: &mut Dice,
    ) {
        let on_line = layout == Layout::Lines;
        let own = |name: &str| vec![name.to_owned()];
        let names = match layout {
            Layout::FirstListed | Layout::FirstInside if dice.percent(80) => own("first-listed"),
            Layout::OnlyLeads => own("only-leads"),
            Layout::OnlyLeadsAfter if task.is_first => own("only-leads"),
            Layout::Marked if dice.percent(85) => own("marked"),
            Layout::FirstListed | Layout::FirstInside | Layout::Marked => own("sole"),
            _ => draft.style.forms.clone(),
        };
        let Some(form) = clause::choose(&self.words, &names, bodies.len(), on_line, dice) else { return };
        let Some(cast) = Cast::of(form, bodies) else { return };
        task.parties = cast.parties(form);
        let patterns = if on_line { &form.line } else { &form.bracket };
        let pattern = dice.words(patterns);
        let mut words = cast.words(pattern, draft.style.lists, &draft.style.mark);
        let due = &self.words.clauses.due;
        if layout == Layout::FirstInside && form.name == "first-listed" && !*stated {
            *stated = true;
            words = format!("{words}，{}", dice.words(&self.words.documents.rules.first_listed_inside));
        }
        if on_line {
            self.date_apart(task, dice);
            if !task.due.is_empty() {
                words = format!("{words}\n{}", fill(dice.words(&due.line), &[("d", &task.due)]));
            }
        } else if let Some(when) = task.said.due {
            let is_labelled = pattern.contains('：');
            let (wordings, table) = if is_labelled {
                (&due.labelled, &self.words.tables.due)
            } else if when == Due::Ongoing {
                (&due.ongoing, &self.words.tables.due)
            } else {
                (&due.bracket, &self.words.sentences.dates)
            };
            let date = table.get(say::key(when)).map_or("", |wordings| dice.words(wordings));
            words = fill(dice.words(wordings), &[("c", &words), ("d", &say::due_words(date, when))]);
            task.said.deadlines.push(say::deadline(when));
            if let (false, Some(day)) = (is_labelled, say::deadline(when).day()) {
                for indicator in &mut task.said.indicators {
                    day.clone_into(&mut indicator.by);
                }
            }
        }
        if draft.style.lists.half {
            words = words.replace('，', ",").replace('；', ";").replace('：', ":");
        }
        task.clause = words;
    }

    /// One clause for all tasks of a section.
    fn behind_sections(&self, draft: &Draft, mandates: &[Mandate], tasks: &mut [Task], dice: &mut Dice) {
        for section in &draft.sections {
            let Some(first) = mandates.get(section.tasks.start) else { continue };
            let bodies = self.bodies(draft, first);
            let wanted = ["lead-support".to_owned(), "sole".to_owned()];
            let Some(form) = clause::choose(&self.words, &wanted, bodies.len(), false, dice) else { continue };
            let Some(cast) = Cast::of(form, &bodies) else { continue };
            // labels tell nothing of what stands above
            let patterns: Vec<&String> =
                form.bracket.iter().filter(|pattern| !pattern.contains('：') && !pattern.starts_with('由')).collect();
            let words = cast.words(dice.words(&patterns), draft.style.lists, "");
            for task in tasks.get_mut(section.tasks.clone()).into_iter().flatten() {
                task.parties = cast.parties(form);
                task.clause.clone_from(&words);
            }
        }
    }
}

/// The first body leads alone.
fn alone(bodies: &[Body], mode: &str) -> Parties {
    let all = bodies.first().map(|body| (body.name.clone(), Role::Lead)).into_iter().collect();
    Parties { all, mode: mode.to_owned(), open: false }
}

/// Lets cells of parties cover rows below them, within a section.
fn merge(draft: &Draft, tasks: &mut [Task], dice: &mut Dice) {
    for section in &draft.sections {
        let mut index = section.tasks.start;
        while index < section.tasks.end {
            let run = if dice.percent(30) { 1 + dice.below(3) } else { 0 };
            let last = (index + run).min(section.tasks.end - 1);
            let Some(parties) = tasks.get(index).map(|task| task.parties.clone()) else { break };
            for task in tasks.get_mut(index + 1..=last).into_iter().flatten() {
                task.parties = parties.clone();
                task.inherited = true;
            }
            index = last + 1;
        }
    }
}

impl Draft {
    /// The number of the province's government.
    pub(super) fn top(&self) -> usize {
        self.parent.as_ref().map_or(self.government.index, |parent| parent.top())
    }
}
