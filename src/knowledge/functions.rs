//! Functions of government (职能): what bodies of different places, levels and years correspond by.

use std::collections::HashMap;

use serde::Deserialize;

use super::table::Tables;

const FILE: &str = "functions.csv";

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
    pub(super) fn load(shipped: &str, tables: &mut Tables) -> Self {
        let all: Vec<Function> = tables.rows(FILE, shipped, |row: &Function| row.key.clone());
        let by_key: HashMap<String, usize> =
            all.iter().enumerate().map(|(index, function)| (function.key.clone(), index)).collect();
        if by_key.len() != all.len() {
            tables.problem(FILE, "有代号出现两次", "a key stands twice");
        }
        for function in all.iter().filter(|function| !function.broader.is_empty()) {
            if !by_key.contains_key(&function.broader) {
                let (key, broader) = (&function.key, &function.broader);
                let zh = format!("`{key}` 的上位职能 `{broader}` 不存在");
                tables.problem(FILE, zh, format!("`{key}` is part of unknown `{broader}`"));
            }
        }
        Self { all, by_key }
    }

    /// All functions, in the order of the registry.
    pub fn all(&self) -> &[Function] {
        &self.all
    }

    /// Whether a function is another or a part of it.
    pub fn is_within(&self, key: &str, wider: &str) -> bool {
        let mut next = Some(key);
        // functions are parts of parts of few others; a table that goes round in circles is no reason to do so
        for _ in 0..self.all.len() {
            match next {
                Some(key) if key == wider => return true,
                Some(key) => next = self.by_key(key).map(|one| one.broader.as_str()).filter(|key| !key.is_empty()),
                None => return false,
            }
        }
        false
    }

    /// The function of a key.
    pub fn by_key(&self, key: &str) -> Option<&Function> {
        self.by_key.get(key).and_then(|&index| self.all.get(index))
    }
}
