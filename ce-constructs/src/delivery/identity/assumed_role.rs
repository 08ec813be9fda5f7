//! Roles, as workflows name them.

use ce_synth::{Account, Environment};

use super::{GitHubRole, Subject};

/// A role that a workflow takes on, by its ARN: one of this app, or one of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumedRole {
    arn: String,
    account: Account,
    subject: Option<Subject>,
}

impl AssumedRole {
    /// The role of this name in the account of an environment, which another app has made.
    pub fn named(environment: Environment, name: &str) -> Self {
        let (account, partition) = (environment.account, environment.region.partition());
        Self { arn: format!("arn:{partition}:iam::{account}:role/{name}"), account, subject: None }
    }

    pub(super) fn trusting(self, subject: Subject) -> Self {
        Self { subject: Some(subject), ..self }
    }

    /// The ARN.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// The account it is in.
    pub fn account(&self) -> Account {
        self.account
    }

    /// Whom it trusts, if this app made it.
    pub(in crate::delivery) fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }
}

impl From<&GitHubRole<'_>> for AssumedRole {
    fn from(role: &GitHubRole<'_>) -> Self {
        role.assumed()
    }
}
