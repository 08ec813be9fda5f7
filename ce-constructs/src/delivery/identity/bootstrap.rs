//! What `cdk bootstrap` leaves in an account and region.
//!
//! Source: `bootstrap-template.yaml` of <https://github.com/aws/aws-cdk-cli>

use ce_synth::{Account, Region};

/// The qualifier of the default bootstrap stack.
const QUALIFIER: &str = "hnb659fds";

fn role(kind: &str, account: Account, region: Region) -> String {
    format!("arn:{}:iam::{account}:role/cdk-{QUALIFIER}-{kind}-role-{account}-{region}", region.partition())
}

/// The role that CloudFormation acts with.
pub(in crate::delivery) fn execution_role(account: Account, region: Region) -> String {
    role("cfn-exec", account, region)
}

/// The roles that put templates and images in their places.
pub(super) fn publishing_roles(account: Account, region: Region) -> [String; 2] {
    ["file-publishing", "image-publishing"].map(|kind| role(kind, account, region))
}

/// The parameter that tells the version of the bootstrap stack.
pub(super) fn version(account: Account, region: Region) -> String {
    format!("arn:{}:ssm:{region}:{account}:parameter/cdk-bootstrap/{QUALIFIER}/version", region.partition())
}
