//! Roles: what a resource is for, told by the words of its name and, for security groups, by what they are attached to.
//!
//! `api-key` fits `claude-enhancer-prod/ApiKeys`; `backend-tasks` fits the group of the ECS service `backend`.
//! Case, separators and a plural s do not matter. A word of three letters or fewer must begin where a word of the name
//! begins, so `db` is not found in `feedback`; longer ones may stand anywhere, since logical ids run words together
//! (`AppsfrontendTask`). The hash that the CDK puts behind a logical id is not read.

use std::collections::{BTreeMap, BTreeSet};

use crate::template::app::App;
use crate::template::value::{Lead, ResourceId};

/// Words up to this length are found by chance in the middle of others.
const SHORT: usize = 3;

/// True when every word of `wanted` occurs in `name`.
pub(crate) fn words_occur(wanted: &str, name: &str) -> bool {
    Words::of(name).say(&Words::of(wanted))
}

/// Letters and digits of a name in lower case, and where its words begin.
#[derive(Debug)]
pub(crate) struct Words {
    letters: Vec<char>,
    begins: Vec<bool>,
}

impl Words {
    fn of(name: &str) -> Self {
        let mut words = Self { letters: Vec::with_capacity(name.len()), begins: Vec::with_capacity(name.len()) };
        let mut signs = name.chars().peekable();
        let mut before: Option<char> = None;
        while let Some(sign) = signs.next() {
            if sign.is_alphanumeric() {
                let begins = before.is_none_or(|before| {
                    !before.is_alphanumeric()
                        || before.is_ascii_digit() != sign.is_ascii_digit()
                        || (sign.is_uppercase() && before.is_lowercase())
                        || (sign.is_uppercase() && signs.peek().is_some_and(|after| after.is_lowercase()))
                });
                words.begins.push(begins);
                words.letters.extend(sign.to_lowercase());
                words.begins.resize(words.letters.len(), false);
            }
            before = Some(sign);
        }
        words
    }

    /// True when all words of `wanted` occur in these.
    fn say(&self, wanted: &Self) -> bool {
        !wanted.letters.is_empty()
            && (self.holds(&wanted.letters) || wanted.split().iter().all(|word| self.holds(word)))
    }

    fn split(&self) -> Vec<&[char]> {
        let mut begins: Vec<usize> = (0..self.letters.len()).filter(|place| self.begins[*place]).collect();
        begins.push(self.letters.len());
        begins.windows(2).map(|pair| &self.letters[pair[0]..pair[1]]).collect()
    }

    fn holds(&self, word: &[char]) -> bool {
        // "errors" fits "error"; a word of four letters or fewer (ecs, dns) is no plural.
        let singular = word.strip_suffix(&['s']).filter(|rest| rest.len() >= 4);
        self.holds_letters(word) || singular.is_some_and(|word| self.holds_letters(word))
    }

    fn holds_letters(&self, word: &[char]) -> bool {
        let anywhere = word.len() > SHORT;
        let mut windows = self.letters.windows(word.len()).zip(&self.begins);
        windows.any(|(window, begins)| (anywhere || *begins) && window == word)
    }
}

/// A logical id without the eight characters the CDK ends it with.
fn without_hash(logical_id: &str) -> &str {
    let start = logical_id.len().saturating_sub(8);
    let hash = |tail: &str| tail.chars().all(|sign| sign.is_ascii_digit() || ('A'..='F').contains(&sign));
    match logical_id.get(start..) {
        Some(tail) if start > 0 && tail.len() == 8 && hash(tail) => &logical_id[..start],
        _ => logical_id,
    }
}

/// What a security group is attached to.
#[derive(Debug, Default)]
pub(crate) struct Attachment {
    /// Fixed role names.
    pub(crate) roles: BTreeSet<&'static str>,
    /// ECS services.
    pub(crate) services: BTreeSet<ResourceId>,
}

/// The attachments of every security group of an app.
#[derive(Debug, Default)]
pub(crate) struct Attachments(BTreeMap<ResourceId, Attachment>);

/// Type, property that lists security groups, and the roles it gives them.
const ATTACHED: &[(&str, &str, &[&str])] = &[
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "SecurityGroups", &["alb"]),
    ("AWS::ECS::Service", "NetworkConfiguration.AwsvpcConfiguration.SecurityGroups", &["ecs", "tasks"]),
    ("AWS::RDS::DBCluster", "VpcSecurityGroupIds", &["db", "database"]),
    ("AWS::RDS::DBInstance", "VPCSecurityGroups", &["db", "database"]),
    ("AWS::ElastiCache::ReplicationGroup", "SecurityGroupIds", &["redis", "cache"]),
    ("AWS::ElastiCache::CacheCluster", "VpcSecurityGroupIds", &["redis", "cache"]),
    ("AWS::ElastiCache::ServerlessCache", "SecurityGroupIds", &["redis", "cache"]),
    ("AWS::EC2::VPCEndpoint", "SecurityGroupIds", &["endpoint"]),
];

impl Attachments {
    pub(crate) fn of(app: &App) -> Self {
        let mut found: BTreeMap<ResourceId, Attachment> = BTreeMap::new();
        for (kind, property, roles) in ATTACHED {
            for user in app.of_kind(kind) {
                let groups = app.property(user, property).map(|value| app.led_to(value, SECURITY_GROUP));
                for group in groups.unwrap_or_default() {
                    let attachment = found.entry(group).or_default();
                    attachment.roles.extend(*roles);
                    if *kind == "AWS::ECS::Service" {
                        attachment.services.insert(user);
                    }
                }
            }
        }
        Self(found)
    }

    pub(crate) fn get(&self, group: ResourceId) -> Option<&Attachment> {
        self.0.get(&group)
    }
}

const SECURITY_GROUP: &str = "AWS::EC2::SecurityGroup";
/// The group that an EKS cluster makes and returns.
pub(crate) const CLUSTER_GROUP: &str = "ClusterSecurityGroupId";

impl App {
    /// True when a resource plays a role, by its name or by what it is attached to.
    pub(crate) fn has_role(&self, id: ResourceId, role: &str) -> bool {
        self.named_for(id, role) || self.attached_as(id, role)
    }

    /// True when the words of a role occur in the name, or without one in the logical id or the `Name` tag.
    fn named_for(&self, id: ResourceId, role: &str) -> bool {
        let role = Words::of(role);
        self.resource(id).words.get_or_init(|| self.words(id)).iter().any(|words| words.say(&role))
    }

    /// What a resource is called, each as words.
    fn words(&self, id: ResourceId) -> Vec<Words> {
        let logical = || Words::of(without_hash(&self.resource(id).logical_id));
        match self.name_text(id) {
            Some(name) if name.is_known() => vec![Words::of(&name.full())],
            Some(name) => vec![Words::of(&name.known()), logical()],
            None => [logical()].into_iter().chain(self.name_tag(id).map(|tag| Words::of(&tag))).collect(),
        }
    }

    fn attached_as(&self, id: ResourceId, role: &str) -> bool {
        let Some(attachment) = self.attachments().get(id) else { return false };
        let role = role.to_lowercase();
        let singular = role.trim_end_matches('s');
        attachment.roles.iter().any(|attached| attached.trim_end_matches('s') == singular)
            || role
                .strip_suffix("-tasks")
                .is_some_and(|service| attachment.services.iter().any(|id| self.named_for(*id, service)))
    }

    /// True when a lead is a security group of that role.
    pub(crate) fn lead_has_role(&self, lead: &Lead, role: &str) -> bool {
        let Lead::Resource { id, attribute } = lead else { return false };
        match self.resource(*id).kind.as_str() {
            SECURITY_GROUP => self.has_role(*id, role),
            "AWS::EKS::Cluster" => {
                attribute.as_deref().is_some_and(|name| name == CLUSTER_GROUP) && words_occur(role, "eks-cluster")
            }
            _ => false,
        }
    }

    /// One spelling of a security group's role, the same for groups of the same role in two Regions.
    pub(crate) fn role_spelling(&self, id: ResourceId) -> String {
        match self.attachments().get(id) {
            Some(attachment) => attachment.roles.iter().copied().collect::<Vec<_>>().join("+"),
            None => self.identity(id),
        }
    }
}
