//! One rule, one file; rules that look at the same words share one.

mod broken_clause;
mod broken_numbering;
mod citation_number;
mod contradicting_figures;
mod doubled_bound;
mod doubled_word;
mod figures_in_change;
mod foreign_body;
mod former_body;
mod impossible_date;
mod impossible_share;
mod lead_supports;
mod missing_prefix;
mod miswritten;
mod no_lead;
mod no_number;
mod no_party;
mod no_unit;
mod nobody_named;
mod open_list;
mod own_year;
mod past_deadline;
mod reading;
mod repeated_body;
mod repeated_task;
mod signed_otherwise;
mod stray_separator;
mod two_names;
mod undated_figures;
mod unexplained_mark;
mod unknown_body;
mod unpaired_mark;
mod unshared_lead;
mod unused_rule;

use super::Rule;
use crate::diagnostic::Code;

/// All rules, by number.
pub static RULES: &[&Rule] = &[
    &reading::UNDECODABLE,
    &reading::ERROR_PAGE,
    &reading::NO_TASK,
    &reading::NO_TITLE,
    &reading::NO_DATE,
    &reading::NO_PLACE,
    &reading::UNKNOWN_HEAD_LINE,
    &reading::RAGGED_ROW,
    &reading::UNUSED_ACCEPTANCE,
    &reading::BORROWED_PARTIES,
    &reading::UNREAD_TABLE,
    &reading::STALE_CORRECTION,
    &reading::UNDECIDED_CORRECTION,
    &signed_otherwise::SIGNED_OTHERWISE,
    &reading::NO_YEAR,
    &no_party::NO_PARTY,
    &no_lead::NO_LEAD,
    &unshared_lead::UNSHARED_LEAD,
    &lead_supports::LEAD_SUPPORTS,
    &repeated_body::REPEATED_BODY,
    &nobody_named::NOBODY_NAMED,
    &open_list::OPEN_LIST,
    &reading::UNREAD_CLAUSE,
    &repeated_task::REPEATED_TASK,
    &broken_clause::BROKEN_CLAUSE,
    &two_names::TWO_NAMES,
    &missing_prefix::MISSING_PREFIX,
    &unknown_body::UNKNOWN_BODY,
    &former_body::FORMER_BODY,
    &former_body::FUTURE_BODY,
    &reading::REPAIRED_NAME,
    &reading::DOUBTFUL_PARTY,
    &reading::MINTED_BODY,
    &foreign_body::FOREIGN_BODY,
    &unexplained_mark::UNEXPLAINED_MARK,
    &unused_rule::UNUSED_RULE,
    &unused_rule::LATE_RULE,
    &reading::UNREAD_RULE,
    &no_unit::NO_UNIT,
    &figures_in_change::CHANGED_UNIT,
    &contradicting_figures::CONTRADICTING_FIGURES,
    &impossible_share::IMPOSSIBLE_SHARE,
    &figures_in_change::REVERSED_FIGURES,
    &doubled_bound::DOUBLED_BOUND,
    &past_deadline::PAST_DEADLINE,
    &past_deadline::BEYOND_PERIOD,
    &impossible_date::NO_SUCH_DATE,
    &undated_figures::UNDATED_FIGURES,
    &impossible_date::REVERSED_DATES,
    &no_number::NO_NUMBER,
    &citation_number::WRONG_ISSUER,
    &citation_number::FUTURE_NUMBER,
    &citation_number::MALFORMED_NUMBER,
    &own_year::OWN_YEAR,
    &broken_numbering::BROKEN_NUMBERING,
    &unpaired_mark::UNPAIRED_MARK,
    &stray_separator::STRAY_SEPARATOR,
    &stray_separator::MISSING_SEPARATOR,
    &doubled_word::DOUBLED_WORD,
    &doubled_word::PLACEHOLDER,
    &miswritten::MISWRITTEN,
];

/// The rule of a code.
pub fn rule_of(code: Code) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_rule_in_order() {
        let codes: Vec<Code> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes, Code::ALL);
    }
}
