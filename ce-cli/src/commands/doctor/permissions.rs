//! What the credentials may do, command by command; asked of IAM, without doing any of it.

use std::collections::BTreeSet;

use ce_deploy::assembly::Stack;
use ce_deploy::cloud::Target;
use ce_deploy::engine::Exit;

use super::check::{Check, Finding};
use crate::session::Session;

/// A command, and the actions that it sends in each account and region.
struct Needs {
    command: &'static str,
    actions: &'static [&'static str],
    /// Whether nothing can be deployed without.
    vital: bool,
}

/// Source: the service authorization reference, of the operations that each command calls.
const NEEDS: [Needs; 6] = [
    Needs {
        command: "deploy",
        actions: &[
            "cloudformation:CreateChangeSet",
            "cloudformation:DeleteChangeSet",
            "cloudformation:DescribeChangeSet",
            "cloudformation:DescribeStackEvents",
            "cloudformation:DescribeStacks",
            "cloudformation:ExecuteChangeSet",
            "cloudformation:GetTemplate",
        ],
        vital: true,
    },
    Needs {
        command: "deploy, to hold data by stack policies",
        actions: &["cloudformation:GetStackPolicy", "cloudformation:SetStackPolicy"],
        vital: false,
    },
    Needs {
        command: "destroy",
        actions: &["cloudformation:DeleteStack", "cloudformation:DescribeStacks", "cloudformation:GetTemplate"],
        vital: false,
    },
    Needs {
        command: "drift",
        actions: &[
            "cloudformation:DescribeStackDriftDetectionStatus",
            "cloudformation:DescribeStackResourceDrifts",
            "cloudformation:DescribeStacks",
            "cloudformation:DetectStackDrift",
        ],
        vital: false,
    },
    Needs {
        command: "recover",
        actions: &[
            "cloudformation:ContinueUpdateRollback",
            "cloudformation:DeleteStack",
            "cloudformation:ListStackResources",
            "cloudformation:RollbackStack",
        ],
        vital: false,
    },
    Needs { command: "cancel", actions: &["cloudformation:CancelUpdateStack"], vital: false },
];

/// What `ce bootstrap` does, with the credentials that no role of the assembly was assumed with.
const BOOTSTRAP: Needs = Needs {
    command: "bootstrap",
    actions: &[
        "cloudformation:CreateChangeSet",
        "cloudformation:ExecuteChangeSet",
        "ecr:CreateRepository",
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:PutRolePolicy",
        "s3:CreateBucket",
        "s3:PutBucketPolicy",
        "ssm:PutParameter",
    ],
    vital: false,
};

/// What may be done in a place with the stack of an assembly, as whom its role is.
pub(super) async fn of(session: &Session, target: &Target, stack: &Stack, arn: &str) -> Vec<Check> {
    let place = &target.place;
    let all: BTreeSet<&str> = NEEDS.iter().flat_map(|needs| needs.actions).copied().collect();
    let resource =
        format!("arn:{}:cloudformation:{}:{}:stack/{}/*", partition(arn), place.region, place.account, stack.name);
    let mut checks: Vec<Check> = match denied(session, target, arn, &all, &resource).await {
        Ok(denied) => NEEDS.iter().map(|needs| needs.check(target, &denied)).collect(),
        Err(why) => return vec![unknown(target, &why)],
    };
    // A role of the assembly bootstraps nothing.
    if target.role.is_none() {
        let actions = BOOTSTRAP.actions.iter().copied().collect();
        checks.push(match denied(session, target, arn, &actions, "*").await {
            Ok(denied) => BOOTSTRAP.check(target, &denied),
            Err(why) => unknown(target, &why),
        });
    }
    checks
}

async fn denied(
    session: &Session,
    target: &Target,
    arn: &str,
    actions: &BTreeSet<&str>,
    resource: &str,
) -> Result<BTreeSet<String>, String> {
    let principal = principal(arn).ok_or_else(|| format!("IAM does not judge `{arn}`"))?;
    let actions: Vec<&str> = actions.iter().copied().collect();
    session.aws.denied(target, &principal, &actions, resource).await.map_err(|failure| failure.to_string())
}

impl Needs {
    fn check(&self, target: &Target, denied: &BTreeSet<String>) -> Check {
        let missing: Vec<&str> = self.actions.iter().copied().filter(|action| denied.contains(*action)).collect();
        let result = match (missing.is_empty(), self.vital) {
            (true, _) => Finding::Fine("allowed".to_owned()),
            (false, true) => Finding::Wrong(Exit::NotAllowed, format!("not allowed: {}", missing.join(", "))),
            (false, false) => Finding::Care(format!("not allowed: {}", missing.join(", "))),
        };
        Check::new(format!("ce {} in {}", self.command, target.place), result)
    }
}

fn unknown(target: &Target, why: &str) -> Check {
    let commands: Vec<&str> = NEEDS.iter().chain([&BOOTSTRAP]).map(|needs| needs.command).collect();
    let text = format!("not known for {}: `iam:SimulatePrincipalPolicy` gives {why}", commands.join(", "));
    Check::new(format!("permissions in {}", target.place), Finding::Care(text))
}

/// The user or role behind credentials, as IAM takes it. A role's path is not in the ARN of its session.
/// Source: IAM API reference, `SimulatePrincipalPolicy`, `PolicySourceArn`.
fn principal(arn: &str) -> Option<String> {
    let (front, name) = arn.split_once(":assumed-role/").map_or((arn, None), |(front, rest)| (front, Some(rest)));
    match name {
        Some(rest) => {
            let role = rest.split('/').next()?;
            Some(format!("{}:role/{role}", front.replacen(":sts:", ":iam:", 1)))
        }
        None => front.contains(":user/").then(|| front.to_owned()),
    }
}

fn partition(arn: &str) -> &str {
    arn.split(':').nth(1).unwrap_or("aws")
}

#[cfg(test)]
mod tests {
    use super::{partition, principal};

    #[test]
    fn who_is_judged() {
        let session = "arn:aws-cn:sts::111111111111:assumed-role/deploy/ce";
        assert_eq!(principal(session).as_deref(), Some("arn:aws-cn:iam::111111111111:role/deploy"));
        let user = "arn:aws:iam::111111111111:user/x";
        assert_eq!(principal(user).as_deref(), Some(user));
        assert_eq!(principal("arn:aws:iam::111111111111:root"), None);
        assert_eq!(partition(session), "aws-cn");
    }
}
