//! The types of parameters and their values.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Term};

use super::QueryError;
use crate::date::Date;

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A year, month or day, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    Date,
    /// `true` or `false`.
    Boolean,
    /// An IRI, with or without angle brackets.
    Iri,
}

impl Type {
    const ALL: [Self; 6] = [Self::Text, Self::Integer, Self::Decimal, Self::Date, Self::Boolean, Self::Iri];

    /// The stable name of the type.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Date => "date",
            Self::Boolean => "boolean",
            Self::Iri => "iri",
        }
    }

    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Reads a value of the type for the parameter `name`.
    ///
    /// # Errors
    ///
    /// [`QueryError::BadValue`], if the text is none.
    pub fn read(self, name: &str, text: &str) -> Result<Term, QueryError> {
        let trimmed = text.trim();
        let value: Option<Term> = match self {
            Self::Text => Some(Literal::from(text).into()),
            Self::Integer => trimmed
                .parse::<i64>()
                .ok()
                .map(|number| Literal::new_typed_literal(number.to_string(), xsd::INTEGER).into()),
            Self::Decimal => trimmed
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
                .map(|number| Literal::new_typed_literal(number.to_string(), xsd::DECIMAL).into()),
            Self::Date => Date::parse_iso(trimmed).map(|date| {
                let datatype = match (date.month, date.day) {
                    (None, _) => xsd::G_YEAR,
                    (Some(_), None) => xsd::G_YEAR_MONTH,
                    (Some(_), Some(_)) => xsd::DATE,
                };
                Literal::new_typed_literal(date.to_string(), datatype).into()
            }),
            Self::Boolean => trimmed.parse::<bool>().ok().map(|value| Literal::from(value).into()),
            Self::Iri => {
                let bare = trimmed.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(trimmed);
                NamedNode::new(bare).ok().map(Term::from)
            }
        };
        value.ok_or_else(|| QueryError::BadValue {
            name: name.to_owned(),
            value: text.to_owned(),
            expected: self.as_str(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_typed_and_checked() {
        let read = |kind: Type, text: &str| kind.read("p", text).map(|term| term.to_string()).ok();
        assert_eq!(read(Type::Text, "a\"b").unwrap(), "\"a\\\"b\"");
        assert!(read(Type::Date, "2031-09").unwrap().ends_with("#gYearMonth>"));
        assert_eq!(read(Type::Iri, "<http://a.example/局>").unwrap(), "<http://a.example/局>");
        for (kind, text) in [
            (Type::Integer, "1.5"),
            (Type::Decimal, "NaN"),
            (Type::Date, "2031-02-30"),
            (Type::Boolean, "yes"),
            (Type::Iri, "no iri"),
        ] {
            assert_eq!(read(kind, text), None, "{text}");
            assert_eq!(Type::parse(kind.as_str()), Some(kind));
        }
    }
}
