//! What brings an assembly to AWS.

/// What brings an assembly to AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deployer {
    /// The stock CLI of the CDK, at this version of npm's `aws-cdk`.
    Cdk(String),
    /// `ce deploy`, which is on the machine's path.
    Ce,
}

/// Which stacks of an assembly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::delivery) enum Selection {
    #[default]
    All,
    Named(Vec<String>),
    AllBut(Vec<String>),
}

impl Selection {
    /// As the CLI takes it: a pattern that leaves some out also leaves out what others need of them.
    fn words(&self) -> String {
        match self {
            Self::All => "--all".to_owned(),
            Self::Named(stacks) => stacks.iter().map(|stack| format!("'{stack}'")).collect::<Vec<_>>().join(" "),
            Self::AllBut(stacks) => format!("'!({})' --exclusively", stacks.join("|")),
        }
    }

    /// These and nothing that they need, which may be of another account; of no words for all.
    fn alone(&self) -> String {
        match self {
            Self::All => String::new(),
            Self::Named(_) => format!(" {} --exclusively", self.words()),
            Self::AllBut(_) => format!(" {}", self.words()),
        }
    }
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
    pub(in crate::delivery) fn diff(&self, folder: &str, stacks: &Selection) -> String {
        let chosen = stacks.alone();
        match self {
            // Comparing templates changes nothing in the account, not even by a change set.
            Self::Cdk(version) => format!("{}{chosen} --method template", Self::cdk(version, "diff", folder)),
            Self::Ce => format!("ce diff {folder}{chosen}"),
        }
    }

    /// Shows what would broaden rights and open ports.
    pub(in crate::delivery) fn security_diff(&self, folder: &str, stacks: &Selection) -> String {
        format!("{} --security-only", self.diff(folder, stacks))
    }

    /// Deploys stacks, in an order that they can be deployed in.
    pub(in crate::delivery) fn deploy(&self, folder: &str, stacks: &Selection, execution: &str) -> String {
        let chosen = stacks.words();
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
    pub(in crate::delivery) fn destroy(&self, folder: &str, stacks: &Selection, execution: &str) -> String {
        let chosen = stacks.words();
        match self {
            Self::Cdk(version) => {
                format!("{} {chosen} --force --role-arn {execution}", Self::cdk(version, "destroy", folder))
            }
            Self::Ce => format!("ce destroy {folder} {chosen} --yes --role-arn {execution}"),
        }
    }
}
