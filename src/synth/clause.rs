//! Who does what: the bodies of a task, their roles, and the words that say so.

use super::Dice;
use super::words::{Form, Words, fill};

/// What a body has to do with a task, as the annotations name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Lead,
    Responsible,
    Supporting,
}

impl Role {
    /// The name in annotations.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Responsible => "responsible",
            Self::Supporting => "supporting",
        }
    }
}

/// A body that may take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// Its name with the prefix of its level.
    pub(super) name: String,
    /// Whether the prefix may be left out behind another name.
    pub(super) elidable: bool,
    /// Whether it stands for all governments below.
    pub(super) is_below: bool,
}

/// Who does what in a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parties {
    /// Names and roles in the order in which they are printed.
    pub(super) all: Vec<(String, Role)>,
    /// How the annotations call the way in which they are given.
    pub(super) mode: String,
    /// Whether others are meant too.
    pub(super) open: bool,
}

impl Parties {
    /// Those who lead.
    pub(super) fn leads(&self) -> impl Iterator<Item = &str> {
        self.all.iter().filter(|(_, role)| *role == Role::Lead).map(|(name, _)| name.as_str())
    }
}

/// How a government writes lists of bodies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lists {
    /// Whether the prefix stands before the first name only.
    pub(super) elides: bool,
    /// Whether the governments below stand behind a comma.
    pub(super) comma: bool,
    /// Whether punctuation is half-width.
    pub(super) half: bool,
}

impl Lists {
    /// Names in a row.
    pub(super) fn of(self, bodies: &[&Body]) -> String {
        let mut out = String::new();
        for (index, body) in bodies.iter().enumerate() {
            if index > 0 {
                out.push(if body.is_below && self.comma { '，' } else { '、' });
            }
            let before = index.checked_sub(1).and_then(|before| bodies.get(before));
            let may_elide = self.elides && body.elidable && before.is_some_and(|before| before.elidable);
            let skipped = usize::from(may_elide);
            out.extend(body.name.chars().skip(skipped));
        }
        out
    }
}

/// Bodies by role, as a form wants them.
pub(super) struct Cast<'a> {
    pub(super) leads: Vec<&'a Body>,
    pub(super) responsible: Vec<&'a Body>,
    pub(super) supporting: Vec<&'a Body>,
}

impl<'a> Cast<'a> {
    /// Gives the bodies of a task their roles, the lead first; none where there are too few for the form.
    pub(super) fn of(form: &Form, bodies: &'a [Body]) -> Option<Self> {
        let [least, most] = form.leads;
        let needed = least + form.responsible[0] + form.supporting[0];
        if bodies.len() < needed {
            return None;
        }
        let mut rest = bodies.iter();
        let takes = |[least, most]: [usize; 2], kept: usize, rest: &mut std::slice::Iter<'a, Body>| {
            let count = rest.len().saturating_sub(kept).min(most).max(least);
            rest.take(count).collect::<Vec<_>>()
        };
        let leads = takes([least, most], form.responsible[0] + form.supporting[0], &mut rest);
        let responsible = takes(form.responsible, form.supporting[0], &mut rest);
        let supporting = takes(form.supporting, 0, &mut rest);
        Some(Self { leads, responsible, supporting })
    }

    /// What the annotation says of them.
    pub(super) fn parties(&self, form: &Form) -> Parties {
        let of =
            |bodies: &[&Body], role: Role| bodies.iter().map(move |body| (body.name.clone(), role)).collect::<Vec<_>>();
        let mut all = of(&self.leads, Role::Lead);
        all.extend(of(&self.responsible, Role::Responsible));
        all.extend(of(&self.supporting, Role::Supporting));
        // one body that leads alone where others are left out
        let mode = if form.mode == "first-listed" && all.len() == 1 { "sole" } else { form.mode.as_str() };
        Parties { all, mode: mode.to_owned(), open: form.open }
    }

    /// The words of a pattern.
    pub(super) fn words(&self, pattern: &str, lists: Lists, mark: &str) -> String {
        // names of one list that go on behind those of another are one list for a reader
        if lists.elides
            && let Some((before, behind)) = pattern.split_once("{l}、{r}")
        {
            let all: Vec<&Body> = self.leads.iter().chain(&self.responsible).copied().collect();
            return fill(&format!("{before}{{a}}{behind}"), &[("a", &lists.of(&all)), ("m", mark)]);
        }
        fill(
            pattern,
            &[
                ("l", &lists.of(&self.leads)),
                ("r", &lists.of(&self.responsible)),
                ("s", &lists.of(&self.supporting)),
                ("m", mark),
            ],
        )
    }
}

/// The form of a name.
pub(super) fn form<'a>(words: &'a Words, name: &str) -> Option<&'a Form> {
    words.clauses.form.iter().find(|form| form.name == name)
}

/// One of the forms that a task's bodies are enough for and that can be written so; of those asked for, else any that is.
pub(super) fn choose<'a>(
    words: &'a Words,
    names: &[String],
    bodies: usize,
    on_line: bool,
    dice: &mut Dice,
) -> Option<&'a Form> {
    let fits = |form: &&Form| {
        let patterns = if on_line { &form.line } else { &form.bracket };
        !patterns.is_empty() && form.leads[0] + form.responsible[0] + form.supporting[0] <= bodies
    };
    let wanted: Vec<&Form> = names.iter().filter_map(|name| form(words, name)).filter(fits).collect();
    dice.pick(&wanted).copied().or_else(|| form(words, "sole"))
}
