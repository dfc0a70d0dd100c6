//! What a part in a task weighs.

use std::str::FromStr;

use crate::diagnostic::Lang;
use crate::extract::Role;

/// What one part in a task weighs, by role.
///
/// ```
/// use zeren::analysis::Weights;
///
/// let weights: Weights = "lead=2,supporting=0".parse()?;
/// assert_eq!(weights, Weights { lead: 2.0, supporting: 0.0, ..Weights::default() });
/// # Ok::<(), zeren::analysis::WeightsError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Weight of leading alone.
    pub lead: f64,
    /// Weight of leading beside others.
    pub co_lead: f64,
    /// Weight of being responsible.
    pub responsible: f64,
    /// Weight of supporting.
    pub supporting: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { lead: 1.0, co_lead: 1.0, responsible: 0.5, supporting: 0.25 }
    }
}

impl Weights {
    /// The weight of a role.
    pub fn of(self, role: Role) -> f64 {
        match role {
            Role::Lead => self.lead,
            Role::CoLead => self.co_lead,
            Role::Responsible => self.responsible,
            Role::Supporting => self.supporting,
        }
    }

    fn set(&mut self, role: Role, weight: f64) {
        match role {
            Role::Lead => self.lead = weight,
            Role::CoLead => self.co_lead = weight,
            Role::Responsible => self.responsible = weight,
            Role::Supporting => self.supporting = weight,
        }
    }
}

/// Why a list of weights cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// An entry is not of the form `role=number`.
    #[error("`{0}` is not of the form `role=number`")]
    Form(String),
    /// No role of this name.
    #[error("`{0}` is not a role: lead, co-lead, responsible or supporting")]
    Role(String),
    /// The weight is negative, infinite or not a number.
    #[error("`{0}` is not a weight: a number of at least 0")]
    Weight(String),
}

impl WeightsError {
    /// The message in one language.
    pub fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, _) => self.to_string(),
            (Lang::Zh, Self::Form(text)) => format!("`{text}` 不是“角色=数值”的形式"),
            (Lang::Zh, Self::Role(text)) => {
                format!(
                    "`{text}` 不是角色：应为 lead（牵头）、co-lead（共同牵头）、responsible（负责）或 supporting（配合）"
                )
            }
            (Lang::Zh, Self::Weight(text)) => format!("`{text}` 不是权重：应为不小于 0 的数"),
        }
    }
}

/// Reads `role=number` pairs separated by commas; roles not named keep their default.
impl FromStr for Weights {
    type Err = WeightsError;

    fn from_str(text: &str) -> Result<Self, WeightsError> {
        let mut weights = Self::default();
        for entry in text.split([',', '，']).map(str::trim).filter(|entry| !entry.is_empty()) {
            let (role, number) = entry.split_once('=').ok_or_else(|| WeightsError::Form(entry.to_owned()))?;
            let role = Role::parse(role.trim()).ok_or_else(|| WeightsError::Role(role.trim().to_owned()))?;
            let weight = number.trim().parse::<f64>().ok().filter(|weight| weight.is_finite() && *weight >= 0.0);
            weights.set(role, weight.ok_or_else(|| WeightsError::Weight(number.trim().to_owned()))?);
        }
        Ok(weights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_weights_say_what_is_wrong() {
        assert_eq!("lead".parse::<Weights>(), Err(WeightsError::Form("lead".into())));
        assert_eq!("boss=1".parse::<Weights>(), Err(WeightsError::Role("boss".into())));
        for weight in ["-1", "NaN", "inf", "一"] {
            assert_eq!(format!("lead={weight}").parse::<Weights>(), Err(WeightsError::Weight(weight.into())));
        }
    }
}
