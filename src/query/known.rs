//! Values that a parameter of a shipped query may take, as far as the source knows some.

use std::collections::BTreeSet;

use super::project::select;
use super::{QueryError, Source};

/// The parameters of shipped queries by name, each with a query for what they are compared with.
const VALUES: [(&[&str], &str); 6] = [
    (&["body"], "?body a z:Organisation ; rdfs:label ?value"),
    (&["document"], "?doc a z:Document ; z:number|dcterms:title|z:source ?value"),
    (&["function", "what"], "?what a z:Function ; skos:notation|skos:prefLabel ?value"),
    (&["name"], "?indicator a z:Indicator ; rdfs:label ?value"),
    (&["number", "parent"], "?citation z:cited ?cited . ?cited z:number|dcterms:title ?value"),
    (&["where"], "?where a z:Place ; rdfs:label ?value"),
];

/// The texts that a parameter may be a part of, in order; none of a parameter that takes any value.
///
/// # Errors
///
/// [`QueryError`], if the source cannot be asked.
pub fn known_values<S: Source + ?Sized>(source: &S, parameter: &str) -> Result<Vec<String>, QueryError> {
    let Some((_, pattern)) = VALUES.iter().find(|(names, _)| names.contains(&parameter)) else {
        return Ok(Vec::new());
    };
    let query = format!("SELECT DISTINCT ?value {{ {pattern} }}");
    let rows = select(source, &query)?;
    let values: BTreeSet<String> = rows.map(|row| row.text("value")).filter(|value| !value.is_empty()).collect();
    Ok(values.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::catalogue;

    #[test]
    fn the_parameters_are_those_of_shipped_queries() {
        let shipped = catalogue::all().unwrap();
        for name in VALUES.iter().flat_map(|(names, _)| names.iter()) {
            let has = |parameter: &catalogue::Parameter| parameter.name == *name;
            assert!(shipped.iter().any(|named| named.parameters.iter().any(has)), "{name}");
        }
    }
}
