//! What brings an assembly to AWS.

/// What brings an assembly to AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deployer {
    /// The stock CLI of the CDK, at this version of npm's `aws-cdk`.
    Cdk(String),
    /// `ce deploy`, which is on the machine's path.
    Ce,
}

impl Default for Deployer {
    /// The CLI of the CDK, at a version that was tried.
    fn default() -> Self {
        Self::Cdk("2.1148.1".to_owned())
    }
}

impl Deployer {
    fn cdk(version: &str, command: &str, folder: &str) -> String {
        format!("npx --yes aws-cdk@{version} {command} --app {folder}")
    }

    /// Shows what a deployment would change.
    pub(in crate::delivery) fn diff(&self, folder: &str) -> String {
        match self {
            // Comparing templates changes nothing in the account, not even by a change set.
            Self::Cdk(version) => format!("{} --method template", Self::cdk(version, "diff", folder)),
            Self::Ce => format!("ce diff {folder}"),
        }
    }

    /// Shows what would broaden rights and open ports.
    pub(in crate::delivery) fn security_diff(&self, folder: &str) -> String {
        match self {
            Self::Cdk(_) => format!("{} --security-only", self.diff(folder)),
            Self::Ce => format!("ce diff {folder} --security-only"),
        }
    }

    /// Deploys stacks, in an order that they can be deployed in.
    pub(in crate::delivery) fn deploy(&self, folder: &str, stacks: &[String], execution: &str) -> String {
        let chosen = if stacks.is_empty() { "--all".to_owned() } else { quoted(stacks) };
        match self {
            Self::Cdk(version) => {
                let deploy = Self::cdk(version, "deploy", folder);
                // Whoever approved the run approved the change; the diff is in its summary.
                format!(
                    "{deploy} {chosen} --require-approval never --concurrency 4 --progress events --role-arn {execution}"
                )
            }
            Self::Ce => format!("ce deploy {folder} {chosen} --yes --role-arn {execution}"),
        }
    }

    /// Deletes stacks.
    pub(in crate::delivery) fn destroy(&self, folder: &str, stacks: &[String], execution: &str) -> String {
        let chosen = if stacks.is_empty() { "--all".to_owned() } else { quoted(stacks) };
        match self {
            Self::Cdk(version) => {
                format!("{} {chosen} --force --role-arn {execution}", Self::cdk(version, "destroy", folder))
            }
            Self::Ce => format!("ce destroy {folder} {chosen} --yes --role-arn {execution}"),
        }
    }
}

fn quoted(stacks: &[String]) -> String {
    stacks.iter().map(|stack| format!("'{stack}'")).collect::<Vec<_>>().join(" ")
}
