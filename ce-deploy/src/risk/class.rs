//! The kinds of risk, and what each takes to go on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What kind of risk a change is. The order is the order they are shown in, the worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RiskClass {
    /// Something that holds data is deleted, replaced, or no longer kept when it is removed.
    DataLoss,
    /// Somebody may do more than before: IAM, resource policies, trust, access that is assigned.
    Broadening,
    /// More of a network, or the world, reaches something.
    Exposure,
    /// A safeguard goes: encryption, protection against deletion, backups, logs, a value that was hidden.
    Weakening,
    /// Something that holds no data is replaced, or stands still while it is updated.
    Interruption,
}

const ALL: [(RiskClass, &str); 5] = [
    (RiskClass::DataLoss, "data-loss"),
    (RiskClass::Broadening, "broadening"),
    (RiskClass::Exposure, "exposure"),
    (RiskClass::Weakening, "weakening"),
    (RiskClass::Interruption, "interruption"),
];

impl RiskClass {
    /// Every class, the worst first.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.into_iter().map(|(class, _)| class)
    }

    /// Its name, as a flag takes it.
    pub fn as_str(self) -> &'static str {
        ALL.iter().find(|(class, _)| *class == self).map_or("", |(_, name)| name)
    }
}

impl fmt::Display for RiskClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no class.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is no class of risk; there are `data-loss`, `broadening`, `exposure`, `weakening` and `interruption`")]
pub struct UnknownClass(String);

impl FromStr for RiskClass {
    type Err = UnknownClass;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        ALL.iter().find(|(_, name)| *name == text).map(|(class, _)| *class).ok_or_else(|| UnknownClass(text.to_owned()))
    }
}

/// What it takes to go on with a risk.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Nothing: it is said, not asked.
    None,
    /// Agreement to its class.
    Class,
    /// Agreement to the deletion of this very resource, by [`Risk::id`](super::Risk::id).
    Destroy,
    /// Agreement to the replacement of this very resource, by [`Risk::id`](super::Risk::id).
    Replace,
}

/// How grave a risk is among those of its class, for who reads only some of them. Nothing is asked or left out by it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gravity {
    /// To everybody, of everything, or of what cannot be looked at.
    High,
    /// Neither.
    #[default]
    Middle,
    /// As narrow as such a thing gets: some actions on a named resource, a service of AWS, another security group.
    Low,
}

#[cfg(test)]
mod tests {
    use super::RiskClass;

    #[test]
    fn every_class_is_read_back() {
        for class in RiskClass::all() {
            assert_eq!(class.as_str().parse(), Ok(class));
        }
        assert!("danger".parse::<RiskClass>().is_err());
    }
}
