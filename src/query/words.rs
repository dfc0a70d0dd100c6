//! Finding words in Chinese text: `z:matches(?text, "医保 支付 -省级")`.
//!
//! Words are parted by blanks, not looked for in a dictionary: all of them must occur, of `医保|新农合` one, and none behind
//! a `-`. Case makes no difference. The call is spelled out in functions of SPARQL 1.1, so that any server answers it.

use oxigraph::model::{Literal, NamedNodeRef};
use spargebra::algebra::{Expression, Function};

use crate::iri;

/// What a call says in functions of SPARQL 1.1, if it is one whose words are known; no word matches any text.
pub(super) fn spelled_out(function: &Function, arguments: &[Expression]) -> Option<Expression> {
    let Function::Custom(name) = function else { return None };
    let [text, Expression::Literal(words)] = arguments else { return None };
    if name.as_ref() != NamedNodeRef::new_unchecked(&iri::term("matches")) {
        return None;
    }
    let lower = |expression: Expression| Expression::FunctionCall(Function::LCase, vec![expression]);
    let plain = lower(Expression::FunctionCall(Function::Str, vec![text.clone()]));
    let holds = |word: &str| {
        let word = Literal::from(word.to_lowercase()).into();
        Expression::FunctionCall(Function::Contains, vec![plain.clone(), word])
    };
    let either = |word: &str| {
        let ways = word.split('|').filter(|way| !way.is_empty()).map(holds);
        ways.reduce(|a, b| Expression::Or(Box::new(a), Box::new(b)))
    };
    let term = |word: &str| match word.strip_prefix('-').filter(|rest| !rest.is_empty()) {
        Some(unwanted) => either(unwanted).map(|found| Expression::Not(Box::new(found))),
        None => either(word),
    };
    let all = words.value().split_whitespace().filter_map(term);
    Some(all.reduce(|a, b| Expression::And(Box::new(a), Box::new(b))).unwrap_or_else(|| Literal::from(true).into()))
}

#[cfg(test)]
mod tests {
    use crate::query::Query;

    fn spelled(words: &str) -> String {
        Query::parse(&format!("SELECT * {{ ?t z:text ?x FILTER(z:matches(?x, \"{words}\")) }}")).unwrap().to_string()
    }

    #[test]
    fn a_call_is_spelled_out_for_any_server() {
        let all = spelled("医保 支付|结算 -DRG");
        assert!(!all.contains("matches"), "{all}");
        for part in [r#"CONTAINS(LCASE(STR(?x)), "医保")"#, "||", r#"! CONTAINS(LCASE(STR(?x)), "drg")"#] {
            assert!(all.replace("!(", "! ").replace("!C", "! C").contains(part), "{part} not in {all}");
        }
        assert!(spelled("").contains("true"));
    }

    #[test]
    fn words_may_come_as_a_parameter() {
        let mut query = Query::parse("SELECT ?x { ?t z:text ?x FILTER(z:matches(?x, $words)) }").unwrap();
        query.bind("words", &oxigraph::model::Literal::from("医保").into()).unwrap();
        assert!(!query.to_string().contains("matches"), "{query}");
    }
}
