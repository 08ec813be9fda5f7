//! Where a call goes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An account and a region. Calls to one place share a budget.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Place {
    /// The account's twelve digits.
    pub account: String,
    /// The region's code, `eu-west-1`.
    pub region: String,
}

impl Place {
    /// An account and a region.
    pub fn new(account: impl Into<String>, region: impl Into<String>) -> Self {
        Self { account: account.into(), region: region.into() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.account, self.region)
    }
}

/// A place, and the role that is assumed to work there.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// The account and region.
    pub place: Place,
    /// The ARN of the role to assume; none for the caller's own credentials.
    pub role: Option<String>,
    /// The external id the role asks for.
    pub external_id: Option<String>,
}

impl Target {
    /// A place, with the caller's own credentials.
    pub fn new(place: Place) -> Self {
        Self { place, role: None, external_id: None }
    }
}
