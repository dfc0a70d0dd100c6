//! Functions of government (职能): what bodies of different places, levels and years correspond by.

use std::collections::HashMap;

use serde::Deserialize;

/// One function.
#[derive(Clone, Debug, Deserialize)]
pub struct Function {
    /// Stable key.
    pub key: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Key of the function that it is a part of; empty for none.
    pub broader: String,
}

/// All functions, by key.
#[derive(Debug, Default)]
pub struct Functions {
    all: Vec<Function>,
    by_key: HashMap<String, usize>,
}

impl Functions {
    pub(super) fn load(table: &str, problems: &mut Vec<String>) -> Self {
        let all: Vec<Function> = super::rows(table, "functions.csv", problems);
        let by_key: HashMap<String, usize> =
            all.iter().enumerate().map(|(index, function)| (function.key.clone(), index)).collect();
        if by_key.len() != all.len() {
            problems.push("functions.csv: a key stands twice".to_owned());
        }
        for function in all.iter().filter(|function| !function.broader.is_empty()) {
            if !by_key.contains_key(&function.broader) {
                problems.push(format!("functions.csv: `{}` is part of unknown `{}`", function.key, function.broader));
            }
        }
        Self { all, by_key }
    }

    /// All functions, in the order of the registry.
    pub fn all(&self) -> &[Function] {
        &self.all
    }

    /// The function of a key.
    pub fn by_key(&self, key: &str) -> Option<&Function> {
        self.by_key.get(key).and_then(|&index| self.all.get(index))
    }
}
