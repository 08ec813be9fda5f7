//! Operations of AWS services, as runbooks call them.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::security::Action;

/// An operation of a service, `service:Operation`, with the service's name as its SDK has it.
///
/// ```
/// use ce_constructs::operations::ApiOperation;
/// const SNAPSHOT: ApiOperation = ApiOperation::new("elasticache:CreateSnapshot"); // checked by the compiler
/// assert_eq!((SNAPSHOT.service(), SNAPSHOT.name()), ("elasticache", "CreateSnapshot"));
/// assert!("elasticache:create_snapshot".parse::<ApiOperation>().is_err());
/// ```
///
/// Its form is checked, not that the service has it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiOperation(Cow<'static, str>);

/// SDKs and IAM do not agree on the names of services.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
const PREFIXES: [(&str, &str); 13] = [
    ("apigatewayv2", "apigateway"),
    ("docdb", "rds"),
    ("efs", "elasticfilesystem"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("emr", "elasticmapreduce"),
    ("neptune", "rds"),
    ("opensearch", "es"),
    ("resourcegroupstaggingapi", "tag"),
    ("s3control", "s3"),
    ("service-quotas", "servicequotas"),
    ("sesv2", "ses"),
    ("stepfunctions", "states"),
];

/// Operations that IAM knows by another name, or by two.
const ACTIONS: [(&str, &[Action]); 6] = [
    ("lambda:Invoke", &[Action::new("lambda:InvokeFunction")]),
    ("s3:CopyObject", &[Action::new("s3:GetObject"), Action::new("s3:PutObject")]),
    ("s3:HeadBucket", &[Action::new("s3:ListBucket")]),
    ("s3:HeadObject", &[Action::new("s3:GetObject")]),
    ("s3:ListObjects", &[Action::new("s3:ListBucket")]),
    ("s3:ListObjectsV2", &[Action::new("s3:ListBucket")]),
];

impl ApiOperation {
    /// The operation of this name.
    ///
    /// # Panics
    /// If it is not `service:Operation`; in a `const` that is a compile error. Text that is read at run time is parsed.
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        assert!(well_formed(name.as_bytes()), "an operation is a service and a name, like \"rds:CreateDBSnapshot\"");
        Self(Cow::Borrowed(name))
    }

    /// The service, as its SDK names it.
    pub fn service(&self) -> &str {
        self.0.split_once(':').map_or("", |(service, _)| service)
    }

    /// The name of the operation.
    pub fn name(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, name)| name)
    }

    /// What IAM must allow for it.
    pub(super) fn actions(&self) -> Vec<Action> {
        if let Some((_, actions)) = ACTIONS.iter().find(|(operation, _)| *operation == self.0) {
            return actions.to_vec();
        }
        let service = self.service();
        let prefix = PREFIXES.iter().find(|(sdk, _)| *sdk == service).map_or(service, |(_, prefix)| prefix);
        format!("{prefix}:{}", self.name()).parse().into_iter().collect()
    }
}

/// Lower-case letters, digits and `-`, a colon, then a capital and letters and digits.
const fn well_formed(name: &[u8]) -> bool {
    let mut place = 0;
    while place < name.len()
        && (name[place].is_ascii_lowercase() || name[place].is_ascii_digit() || name[place] == b'-')
    {
        place += 1;
    }
    if place == 0 || place + 1 >= name.len() || name[place] != b':' || !name[place + 1].is_ascii_uppercase() {
        return false;
    }
    place += 2;
    while place < name.len() && name[place].is_ascii_alphanumeric() {
        place += 1;
    }
    place == name.len()
}

impl fmt::Display for ApiOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ApiOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no operation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an operation: expected a service and a name, like `rds:CreateDBSnapshot`")]
pub struct ParseApiOperationError(String);

impl FromStr for ApiOperation {
    type Err = ParseApiOperationError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let formed = well_formed(text.as_bytes());
        formed.then(|| Self(Cow::Owned(text.to_owned()))).ok_or_else(|| ParseApiOperationError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        for text in ["rds:CreateDBSnapshot", "application-autoscaling:RegisterScalableTarget", "s3:ListObjectsV2"] {
            assert_eq!(text.parse::<ApiOperation>().map(|operation| operation.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "rds", "rds:", ":Create", "rds:create", "RDS:Create", "rds:Create*", "rds:Create:B"] {
            assert!(text.parse::<ApiOperation>().is_err(), "{text}");
        }
    }

    #[test]
    fn iam_has_names_of_its_own() {
        let actions = |name: &'static str| ApiOperation::new(name).actions();
        assert_eq!(actions("elbv2:DescribeTargetHealth"), [Action::new("elasticloadbalancing:DescribeTargetHealth")]);
        assert_eq!(actions("s3:ListObjectsV2"), [Action::new("s3:ListBucket")]);
        assert_eq!(actions("rds:CreateDBSnapshot"), [Action::new("rds:CreateDBSnapshot")]);
    }
}
