//! The kinds of risk: what each rule looks for, in words.

/// A kind of risk: what a rule finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kind {
    /// The rule's name, as [`Risk::rule`](super::Risk::rule) has it; stable.
    pub rule: &'static str,
    /// What it is about, in some words.
    pub about: &'static str,
}

const fn kind(rule: &'static str, about: &'static str) -> Kind {
    Kind { rule, about }
}

const ALL: [Kind; 33] = [
    kind("access-assignment", "who is given access by an assignment"),
    kind("api-authorization", "who may call an API"),
    kind("backup", "backups that are made less often, or kept for less time"),
    kind("blocked", "what cannot be replaced"),
    kind("data-removed", "what holds data and is removed"),
    kind("data-replaced", "what holds data and is replaced"),
    kind("deletion-protection", "what kept something from being deleted"),
    kind("encryption", "data that is no longer encrypted"),
    kind("export-held", "what others import and may have another value"),
    kind("guard-removed", "what watched, recorded or protected others"),
    kind("hidden-parameter", "values that were hidden"),
    kind("iam-statement", "what roles, users and groups may do"),
    kind("interruption", "what stands still while it is changed"),
    kind("log-retention", "logs that are kept for less time"),
    kind("managed-policy", "managed policies that roles, users and groups hold"),
    kind("network-acl", "what network ACLs let through"),
    kind("permissions-boundary", "what held a principal in"),
    kind("public-access-block", "what kept the world out"),
    kind("public-endpoint", "what the world reaches"),
    kind("refused", "what its service may not change"),
    kind("replacement", "what holds no data and is replaced"),
    kind("resource-policy", "who may use a key, a bucket, a queue, a topic, a function"),
    kind("retention-lost", "what was to be kept when it is removed or replaced"),
    kind("role-assignment", "what works with another role"),
    kind("route", "routes to the internet and to other networks"),
    kind("safeguard", "what kept something from being misused"),
    kind("security-group", "what security groups let through"),
    kind("security-group-attached", "what is in a security group that it was not in"),
    kind("stack-notifications", "who is told what happens to a stack"),
    kind("stack-protection", "stacks that can be deleted"),
    kind("stack-role", "the role that CloudFormation works with"),
    kind("trust-policy", "who may take on a role"),
    kind("unseen", "what cannot be looked at"),
];

impl Kind {
    /// Every kind, by the name of its rule.
    ///
    /// ```
    /// use ce_deploy::risk::Kind;
    /// assert!(Kind::all().any(|kind| kind.rule == "trust-policy"));
    /// ```
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.into_iter()
    }

    /// The kind that a rule finds; none if no rule has this name.
    pub fn of(rule: &str) -> Option<Self> {
        ALL.into_iter().find(|kind| kind.rule == rule)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Kind;

    const SOURCES: [&str; 26] = [
        include_str!("held.rs"),
        include_str!("settings.rs"),
        include_str!("rules/access_assignment.rs"),
        include_str!("rules/api_authorization.rs"),
        include_str!("rules/attached_group.rs"),
        include_str!("rules/backup.rs"),
        include_str!("rules/data_loss.rs"),
        include_str!("rules/deletion_protection.rs"),
        include_str!("rules/encryption.rs"),
        include_str!("rules/guard_removed.rs"),
        include_str!("rules/hidden_parameter.rs"),
        include_str!("rules/identity_policy.rs"),
        include_str!("rules/interruption.rs"),
        include_str!("rules/log_retention.rs"),
        include_str!("rules/network_acl.rs"),
        include_str!("rules/permissions_boundary.rs"),
        include_str!("rules/public_access_block.rs"),
        include_str!("rules/public_endpoint.rs"),
        include_str!("rules/resource_policy.rs"),
        include_str!("rules/retention_loss.rs"),
        include_str!("rules/role_assignment.rs"),
        include_str!("rules/route.rs"),
        include_str!("rules/security_group.rs"),
        include_str!("rules/switch.rs"),
        include_str!("rules/trust_policy.rs"),
        include_str!("rules/unseen.rs"),
    ];

    /// Each file says in its first lines what its risks are called.
    fn named() -> BTreeSet<&'static str> {
        let heads = SOURCES.iter().flat_map(|source| source.lines().take_while(|line| line.starts_with("//!")));
        let heads = heads.filter(|line| line.starts_with("//! `") && line.contains("`:"));
        let names = heads.flat_map(|line| line.split("`:").next().unwrap_or_default().split('`').skip(1).step_by(2));
        names.collect()
    }

    #[test]
    fn every_rule_is_a_kind_and_no_other_is() {
        let known: BTreeSet<&str> = Kind::all().map(|kind| kind.rule).collect();
        assert_eq!(known, named());
        assert!(Kind::all().map(|kind| kind.rule).is_sorted());
    }
}
