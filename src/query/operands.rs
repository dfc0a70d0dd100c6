//! What patterns and expressions are made of.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

/// Hands the patterns that have no others below them to a function, also those within `EXISTS`: triples, paths, values and
/// other servers.
pub(super) fn leaves(pattern: &mut GraphPattern, see: &mut dyn FnMut(&mut GraphPattern)) {
    match pattern {
        GraphPattern::Bgp { .. }
        | GraphPattern::Path { .. }
        | GraphPattern::Values { .. }
        | GraphPattern::Service { .. } => see(pattern),
        _ => below(pattern).into_iter().for_each(|inner| leaves(inner, see)),
    }
}

/// The patterns right below a pattern, also those within `EXISTS` in its expressions.
pub(super) fn below(pattern: &mut GraphPattern) -> Vec<&mut GraphPattern> {
    below_apart(pattern).into_iter().map(|(inner, _)| inner).collect()
}

/// The patterns right below a pattern, with whether they are within `EXISTS` in its expressions.
pub(super) fn below_apart(pattern: &mut GraphPattern) -> Vec<(&mut GraphPattern, bool)> {
    let mut found: Vec<(&mut GraphPattern, bool)> = Vec::new();
    match pattern {
        GraphPattern::Bgp { .. }
        | GraphPattern::Path { .. }
        | GraphPattern::Values { .. }
        | GraphPattern::Service { .. } => {}
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => found.extend([(&mut **left, false), (&mut **right, false)]),
        GraphPattern::LeftJoin { left, right, expression } => {
            found.extend([(&mut **left, false), (&mut **right, false)]);
            if let Some(expression) = expression {
                within(expression, &mut found);
            }
        }
        GraphPattern::Filter { expr: expression, inner } | GraphPattern::Extend { inner, expression, .. } => {
            within(expression, &mut found);
            found.push((inner, false));
        }
        GraphPattern::OrderBy { inner, expression } => {
            for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                within(expression, &mut found);
            }
            found.push((inner, false));
        }
        GraphPattern::Group { inner, aggregates, .. } => {
            for (_, aggregate) in aggregates {
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    within(expr, &mut found);
                }
            }
            found.push((inner, false));
        }
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Graph { inner, .. } => found.push((inner, false)),
    }
    found
}

/// The patterns within `EXISTS` in an expression.
fn within<'a>(expression: &'a mut Expression, found: &mut Vec<(&'a mut GraphPattern, bool)>) {
    if let Expression::Exists(pattern) = expression {
        found.push((pattern, true));
        return;
    }
    for operand in operands(expression) {
        within(operand, found);
    }
}

/// The expressions right below an expression; a pattern within `EXISTS` is none.
pub(super) fn operands(expression: &mut Expression) -> Vec<&mut Expression> {
    match expression {
        Expression::NamedNode(_)
        | Expression::Literal(_)
        | Expression::Variable(_)
        | Expression::Bound(_)
        | Expression::Exists(_) => Vec::new(),
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => vec![a, b],
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => vec![a],
        Expression::In(a, list) => std::iter::once(&mut **a).chain(list).collect(),
        Expression::If(a, b, c) => vec![a, b, c],
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => list.iter_mut().collect(),
    }
}
