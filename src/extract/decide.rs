//! Who has which role: the statement, the rules in force, and what each decision rests on.

use super::clause::{Group, Statement};
use super::confidence::{self, Doubt};
use super::model::{Basis, Convention, Mode, Responsibility, Role, Rule};
use super::party::{self, Fragment, Likeness, Party};
use super::survey::Names;
use super::token::Manner;
use crate::diagnostic::{Code, Finding};
use crate::span::{Span, Text, dense};

/// The outcome of a statement.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    pub(super) responsibilities: Vec<Responsibility>,
    pub(super) mode: Mode,
    pub(super) open: bool,
}

/// Where the parties stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// In a clause, or in a column that says no more than that they are responsible.
    Clause,
    /// In columns that tell the roles apart.
    Columns {
        /// Whether one of them is for leads; otherwise the responsible lead.
        leads: bool,
    },
}

/// Decides the role of every party.
pub(super) fn decide(statement: &Statement, rules: &[Rule], setting: Setting, names: &Names) -> Decision {
    let leads = statement.groups.iter().any(|group| group.role.leads() && !group.parties.is_empty());
    let supported = statement.groups.iter().any(|group| group.role == Role::Supporting);
    let responsible: usize =
        statement.groups.iter().filter(|group| group.role == Role::Responsible).map(|group| group.parties.len()).sum();
    let left_open = match (leads || responsible == 0, supported) {
        (false, true) => statement.groups.iter().any(|group| group.role == Role::Responsible && group.open),
        _ => statement.open,
    };
    let marked = statement.parties().any(|party| party.marked);
    let manner = statement.groups.iter().filter(|group| group.role == Role::Responsible).find_map(|group| group.manner);
    let has = |rule: Rule| rules.contains(&rule);
    let marks = mark_rule(rules);

    let (mode, first) = if let Setting::Columns { leads: false } = setting
        && marked
        && let Some(rule) = marks
    {
        (Mode::Marked, First::Marked(rule))
    } else if let Setting::Columns { leads: false } = setting
        && has(Rule::FirstListedLeads)
        && responsible > 1
    {
        (Mode::FirstListed, First::One)
    } else if let Setting::Columns { leads: column } = setting {
        // 责任单位 beside 配合单位 leads; beside 牵头单位 it does not, nor beside 甲局(牵头) in its own column
        (Mode::Column, if column || leads { First::Stated } else { First::All(Basis::Column) })
    } else if has(Rule::OnlyLeadsListed) {
        (Mode::LeadList, First::All(Basis::Convention(Rule::OnlyLeadsListed)))
    } else if leads {
        (Mode::Explicit, First::Stated)
    } else if let Some(rule) = marks.filter(|_| marked) {
        (Mode::Marked, First::Marked(rule))
    } else if responsible == 1 && !left_open && manner != Some(Manner::Respective) {
        let mode = if supported { Mode::Explicit } else { Mode::Sole };
        (mode, First::All(Basis::SoleResponsible))
    } else if has(Rule::ResponsibleLeads) {
        (Mode::LeadList, First::All(Basis::Convention(Rule::ResponsibleLeads)))
    } else if manner == Some(Manner::Respective) {
        (Mode::Respective, First::None)
    } else if has(Rule::FirstListedLeads) {
        let mode = if manner == Some(Manner::Joint) { Mode::Joint } else { Mode::FirstListed };
        (mode, First::One)
    } else if supported && statement.labelled {
        // 责任单位 beside 配合单位 leads
        (Mode::Explicit, First::All(Basis::Listed))
    } else {
        let mode = match manner {
            Some(Manner::ByDuty) => Mode::ByDuty,
            Some(Manner::Joint) => Mode::Joint,
            _ => Mode::PlainList,
        };
        (mode, First::None)
    };
    let sole_lead = leads && statement.parties().count() == 1 && setting == Setting::Clause && mode == Mode::Explicit;
    let mode = if sole_lead && !statement.labelled { Mode::Sole } else { mode };

    let whole = Whole::of(statement);
    let mut responsibilities = Vec::new();
    let mut rank = 0;
    for group in &statement.groups {
        for party in &group.parties {
            rank += 1;
            let (role, basis) = role(group, party, first, rank == 1, setting);
            let mut reasons = doubts(party, group, &whole, rules);
            reasons.extend(names.doubts(party).iter().chain(&party.doubts));
            responsibilities.push(Responsibility {
                name: party.name.clone(),
                role,
                rank,
                basis,
                confidence: 0.0,
                doubts: reasons,
                span: party.span,
                cell: None,
                body: None,
                corrections: Vec::new(),
            });
        }
    }
    if has(Rule::OthersSupport) && responsibilities.iter().any(|party| party.role.leads()) {
        for party in responsibilities.iter_mut().filter(|party| party.role == Role::Responsible) {
            party.role = Role::Supporting;
            party.basis = Basis::Convention(Rule::OthersSupport);
        }
    }
    share_lead(&mut responsibilities);
    Decision { responsibilities, mode, open: statement.open }
}

/// Which of the merely responsible lead.
#[derive(Clone, Copy, Debug)]
enum First {
    /// Nobody; nothing says so.
    None,
    /// Those whom a word says to lead.
    Stated,
    /// The first listed.
    One,
    /// Those that are marked.
    Marked(Rule),
    /// All of them.
    All(Basis),
}

/// The rule by which marks or signs between the names tell who leads.
fn mark_rule(rules: &[Rule]) -> Option<Rule> {
    [Rule::MarkedLeads, Rule::SeparatedLeads].into_iter().find(|rule| rules.contains(rule))
}

fn role(group: &Group, party: &Party, first: First, is_first: bool, setting: Setting) -> (Role, Basis) {
    let said = match (setting, group.stated) {
        (Setting::Columns { .. }, _) => Basis::Column,
        (Setting::Clause, true) => Basis::Stated,
        (Setting::Clause, false) => Basis::Listed,
    };
    match (group.role, first) {
        (Role::Responsible, First::All(basis)) => (Role::Lead, basis),
        (Role::Responsible, First::One) if is_first => (Role::Lead, Basis::Convention(Rule::FirstListedLeads)),
        (Role::Responsible, First::Marked(rule)) if party.marked => (Role::Lead, Basis::Convention(rule)),
        (Role::Responsible, _) if setting == Setting::Clause => (Role::Responsible, Basis::Listed),
        (role, _) => (role, said),
    }
}

/// Where several lead, each of them leads beside the others.
pub(crate) fn share_lead(responsibilities: &mut [Responsibility]) {
    let several = responsibilities.iter().filter(|party| party.role.leads()).count() > 1;
    for party in responsibilities.iter_mut().filter(|party| party.role.leads()) {
        party.role = if several { Role::CoLead } else { Role::Lead };
    }
}

/// What of a whole statement is a reason to doubt each of its parties.
struct Whole {
    /// Words that fit no rule.
    leftover: bool,
    /// Parties that may be no bodies.
    unknown: bool,
}

impl Whole {
    fn of(statement: &Statement) -> Self {
        Self { leftover: !statement.unread.is_empty(), unknown: statement.parties().any(is_unknown) }
    }
}

fn is_unknown(party: &Party) -> bool {
    party.likeness == Likeness::Unknown
}

/// The reasons to doubt one party of a statement.
fn doubts(party: &Party, group: &Group, whole: &Whole, rules: &[Rule]) -> Vec<Doubt> {
    let reasons = [
        (is_unknown(party), Doubt::UnknownName),
        (party.likeness == Likeness::Ending, Doubt::NameByEnding),
        (party.is_strange(), Doubt::WordsInName),
        (whole.leftover, Doubt::LeftoverWords),
        (!is_unknown(party) && whole.unknown, Doubt::UnknownNeighbours),
        (!group.stated, Doubt::NoVerb),
        (party.marked && mark_rule(rules).is_none(), Doubt::UnexplainedMark),
    ];
    reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, doubt)| doubt).collect()
}

/// The first marked party, where no rule says what the mark means.
pub(super) fn unexplained_mark(statement: &Statement, rules: &[Rule]) -> Option<Finding> {
    let marked = statement.parties().find(|party| party.marked && mark_rule(rules).is_none())?;
    let finding = Finding::new(
        Code::UnexplainedMark,
        marked.span,
        format!("`{}` 有标记，但全文没有说明标记的意思", marked.name),
        format!("`{}` is marked, and nothing says what the mark means", marked.name),
    );
    Some(finding.with_hint("请写明，如“▲为牵头单位”", "say so, as in ▲为牵头单位"))
}

impl Decision {
    /// Takes over how a ledger says that the statement was made; a lead that a rule gave rests on that rule.
    pub(super) fn recorded(&mut self, mode: Mode, rules: &[Rule]) {
        self.mode = mode;
        let rule = match mode {
            Mode::FirstListed | Mode::Joint => Rule::FirstListedLeads,
            Mode::LeadList => Rule::OnlyLeadsListed,
            Mode::Marked => Rule::MarkedLeads,
            _ => return,
        };
        if rules.contains(&rule) {
            for party in self.responsibilities.iter_mut().filter(|party| party.role.leads()) {
                party.basis = Basis::Convention(rule);
            }
        }
    }

    /// Adds the bodies that a rule gives a part in every task.
    pub(super) fn also_falls_to(&mut self, convention: &Convention) {
        for (name, span) in &convention.bodies {
            if self.responsibilities.iter().any(|party| party.name == *name) {
                continue;
            }
            self.responsibilities.push(Responsibility {
                name: name.clone(),
                role: Role::Responsible,
                rank: self.responsibilities.len() + 1,
                basis: Basis::Convention(Rule::AlsoFallsTo),
                confidence: 0.0,
                doubts: Vec::new(),
                span: *span,
                cell: None,
                body: None,
                corrections: Vec::new(),
            });
        }
        self.open |= convention.bodies.is_empty();
    }

    /// Says how sure every decision is; `shared` are doubts about the task or its statement as a whole, `unread_rule` says
    /// that the document may have a rule on who leads that was not read.
    pub(super) fn weigh(&mut self, text: &Text, shared: &[Doubt], unread_rule: bool) {
        let several = self.responsibilities.len() > 1;
        for party in &mut self.responsibilities {
            let printed = text.slice(party.span);
            if printed.contains('\n') {
                party.doubts.push(Doubt::NameOverLines);
            }
            // 各县 before a bracket that was not closed is a piece of 各县(市、区)政府
            let goes_on = text.slice(Span::new(party.span.end, party.span.end + 1)).starts_with(['(', '（']);
            if goes_on && party::fragment(&party.name) == Fragment::Open {
                party.doubts.push(Doubt::Fragment);
            }
            // a name that ends as printed had its prefix restored only
            if !party.name.ends_with(&*dense(printed)) {
                party.doubts.push(Doubt::RepairedName);
            }
            // such rules mostly make the first body the lead and the others responsible
            let otherwise = match party.role {
                Role::Responsible => party.rank == 1,
                Role::Lead | Role::CoLead => party.rank > 1 && party.basis == Basis::Column,
                Role::Supporting => false,
            };
            party.doubts.extend((unread_rule && several && otherwise).then_some(Doubt::UnreadRule));
            party.doubts.extend(shared);
            party.confidence = confidence::confidence(party.basis, &party.doubts);
        }
    }

    /// What a person should look at.
    pub(super) fn doubts(&self, text: &Text) -> Vec<Finding> {
        self.responsibilities
            .iter()
            .filter(|party| party.doubts.contains(&Doubt::UnknownName))
            .map(|party| {
                let printed = text.slice(party.span);
                Finding::new(
                    Code::DoubtfulParty,
                    party.span,
                    format!("`{printed}` 看不出是不是单位名称"),
                    format!("nothing says that `{printed}` is a body"),
                )
            })
            .collect()
    }
}
