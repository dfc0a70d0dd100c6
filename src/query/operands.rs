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
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => {
            leaves(left, see);
            leaves(right, see);
        }
        GraphPattern::LeftJoin { left, right, expression } => {
            leaves(left, see);
            leaves(right, see);
            if let Some(expression) = expression {
                leaves_within(expression, see);
            }
        }
        GraphPattern::Filter { expr: expression, inner } | GraphPattern::Extend { inner, expression, .. } => {
            leaves_within(expression, see);
            leaves(inner, see);
        }
        GraphPattern::OrderBy { inner, expression } => {
            for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                leaves_within(expression, see);
            }
            leaves(inner, see);
        }
        GraphPattern::Group { inner, aggregates, .. } => {
            for (_, aggregate) in aggregates {
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    leaves_within(expr, see);
                }
            }
            leaves(inner, see);
        }
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Graph { inner, .. } => leaves(inner, see),
    }
}

fn leaves_within(expression: &mut Expression, see: &mut dyn FnMut(&mut GraphPattern)) {
    if let Expression::Exists(pattern) = expression {
        leaves(pattern, see);
    }
    for operand in operands(expression) {
        leaves_within(operand, see);
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
