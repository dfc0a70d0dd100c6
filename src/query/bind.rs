//! Rewrites the algebra of a query: values in the place of variables, no `SERVICE`.
//!
//! A value never becomes part of a query's text, so it cannot change what the query does. The
//! engine's own substitution reaches only variables that the query returns; this one reaches
//! filters and sub-queries, and the bound query can be printed for another server.

use oxigraph::model::{Literal, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::QueryError;

/// Replaces a variable by a value throughout a query.
pub(super) fn bind(query: &mut Query, variable: &Variable, value: &Term) -> Result<(), QueryError> {
    let constant = if let Term::NamedNode(node) = value {
        node.clone().into()
    } else if let Term::Literal(literal) = value {
        literal.clone().into()
    } else {
        return Err(misplaced(variable, value));
    };
    Rewrite { binding: Some(Binding { variable, value, constant }) }.query(query)
}

/// Refuses a query that asks another server.
pub(super) fn refuse_service(query: &mut Query) -> Result<(), QueryError> {
    Rewrite { binding: None }.query(query)
}

struct Binding<'a> {
    variable: &'a Variable,
    value: &'a Term,
    /// The value as an expression.
    constant: Expression,
}

struct Rewrite<'a> {
    binding: Option<Binding<'a>>,
}

/// Blank nodes have no name outside their document; predicates and graphs can only be IRIs.
fn misplaced(variable: &Variable, value: &Term) -> QueryError {
    QueryError::BadValue { name: variable.as_str().to_owned(), value: value.to_string(), expected: "iri" }
}

impl Rewrite<'_> {
    fn query(&self, query: &mut Query) -> Result<(), QueryError> {
        match query {
            Query::Construct { template, pattern, .. } => {
                self.triples(template)?;
                self.outer(pattern)
            }
            Query::Select { pattern, .. } | Query::Describe { pattern, .. } | Query::Ask { pattern, .. } => {
                self.outer(pattern)
            }
        }
    }

    /// The binding, if it is one of this variable.
    fn of(&self, variable: &Variable) -> Option<&Binding<'_>> {
        self.binding.as_ref().filter(|binding| binding.variable == variable)
    }

    fn refuse_assigned(&self, variable: &Variable) -> Result<(), QueryError> {
        match self.of(variable) {
            Some(_) => Err(QueryError::Assigned { name: variable.as_str().to_owned() }),
            None => Ok(()),
        }
    }

    /// The pattern of the whole query: a variable that it returns is returned with the value.
    fn outer(&self, pattern: &mut GraphPattern) -> Result<(), QueryError> {
        match pattern {
            GraphPattern::Slice { inner, .. } | GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
                self.outer(inner)
            }
            GraphPattern::Project { inner, variables } => {
                self.pattern(inner)?;
                if let Some(binding) = variables.iter().find_map(|variable| self.of(variable)) {
                    let within = std::mem::take(inner);
                    **inner = GraphPattern::Extend {
                        inner: within,
                        variable: binding.variable.clone(),
                        expression: binding.constant.clone(),
                    };
                }
                Ok(())
            }
            _ => self.pattern(pattern),
        }
    }

    fn pattern(&self, pattern: &mut GraphPattern) -> Result<(), QueryError> {
        match pattern {
            GraphPattern::Bgp { patterns } => self.triples(patterns),
            GraphPattern::Path { subject, object, .. } => {
                self.term(subject);
                self.term(object);
                Ok(())
            }
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left)?;
                self.pattern(right)
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left)?;
                self.pattern(right)?;
                expression.as_mut().map_or(Ok(()), |expression| self.expression(expression))
            }
            GraphPattern::Filter { expr, inner } => {
                self.expression(expr)?;
                self.pattern(inner)
            }
            GraphPattern::Service { .. } => Err(QueryError::Service),
            GraphPattern::Graph { name, inner } => {
                self.name(name)?;
                self.pattern(inner)
            }
            GraphPattern::Extend { inner, variable, expression } => {
                self.refuse_assigned(variable)?;
                self.expression(expression)?;
                self.pattern(inner)
            }
            GraphPattern::Values { variables, .. } => {
                variables.iter().try_for_each(|variable| self.refuse_assigned(variable))
            }
            GraphPattern::OrderBy { inner, expression } => {
                for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                    self.expression(expression)?;
                }
                self.pattern(inner)
            }
            GraphPattern::Project { inner, variables } => {
                variables.retain(|variable| self.of(variable).is_none());
                self.pattern(inner)
            }
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
                self.pattern(inner)
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                variables.retain(|variable| self.of(variable).is_none());
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr)?;
                    }
                }
                self.pattern(inner)
            }
        }
    }

    fn triples(&self, triples: &mut [TriplePattern]) -> Result<(), QueryError> {
        for triple in triples {
            self.term(&mut triple.subject);
            self.name(&mut triple.predicate)?;
            self.term(&mut triple.object);
        }
        Ok(())
    }

    fn term(&self, term: &mut TermPattern) {
        if let TermPattern::Variable(variable) = &*term
            && let Some(binding) = self.of(variable)
        {
            *term = binding.value.clone().into();
        }
    }

    fn name(&self, name: &mut NamedNodePattern) -> Result<(), QueryError> {
        if let NamedNodePattern::Variable(variable) = &*name
            && let Some(binding) = self.of(variable)
        {
            let Term::NamedNode(node) = binding.value else {
                return Err(misplaced(binding.variable, binding.value));
            };
            *name = node.clone().into();
        }
        Ok(())
    }

    fn expression(&self, expression: &mut Expression) -> Result<(), QueryError> {
        match expression {
            Expression::NamedNode(_) | Expression::Literal(_) => Ok(()),
            Expression::Variable(variable) => {
                if let Some(binding) = self.of(variable) {
                    *expression = binding.constant.clone();
                }
                Ok(())
            }
            Expression::Bound(variable) => {
                if self.of(variable).is_some() {
                    *expression = Literal::from(true).into();
                }
                Ok(())
            }
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
            | Expression::Divide(a, b) => {
                self.expression(a)?;
                self.expression(b)
            }
            Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => self.expression(a),
            Expression::In(a, list) => {
                self.expression(a)?;
                self.expressions(list)
            }
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::If(a, b, c) => {
                self.expression(a)?;
                self.expression(b)?;
                self.expression(c)
            }
            Expression::Coalesce(list) | Expression::FunctionCall(_, list) => self.expressions(list),
        }
    }

    fn expressions(&self, list: &mut [Expression]) -> Result<(), QueryError> {
        list.iter_mut().try_for_each(|expression| self.expression(expression))
    }
}
