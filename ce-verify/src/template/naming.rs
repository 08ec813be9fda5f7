//! What a resource is called: the property that names its type, its physical name, and ARNs made from that name.
//!
//! A name counts as physical when nothing in it is open. An ARN counts as a resource's own when service and Region fit
//! and its last part is the name, or the name with a suffix such as `/*`.
//!
//! It does not know names that `CloudFormation` makes up.

use crate::template::app::App;
use crate::template::resolve::Resolver;
use crate::template::value::{ResourceId, Text};

/// The naming property where it is not `<Type>Name`, `Name`, `<Type>Identifier` or `<Type>Id`.
const SPECIAL: &[(&str, &str)] = &[
    ("AWS::ApplicationAutoScaling::ScalingPolicy", "PolicyName"),
    ("AWS::Backup::BackupPlan", "BackupPlan.BackupPlanName"),
    ("AWS::Backup::BackupSelection", "BackupSelection.SelectionName"),
    ("AWS::Budgets::Budget", "Budget.BudgetName"),
    ("AWS::CE::AnomalyMonitor", "MonitorName"),
    ("AWS::CE::AnomalySubscription", "SubscriptionName"),
    ("AWS::CloudFront::CachePolicy", "CachePolicyConfig.Name"),
    ("AWS::CloudFront::Function", "Name"),
    ("AWS::CloudFront::OriginAccessControl", "OriginAccessControlConfig.Name"),
    ("AWS::CloudFront::OriginRequestPolicy", "OriginRequestPolicyConfig.Name"),
    ("AWS::CloudFront::ResponseHeadersPolicy", "ResponseHeadersPolicyConfig.Name"),
    ("AWS::EC2::SecurityGroup", "GroupName"),
    ("AWS::ECS::TaskDefinition", "Family"),
    ("AWS::ElastiCache::CacheCluster", "ClusterName"),
    ("AWS::ElastiCache::SubnetGroup", "CacheSubnetGroupName"),
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
    ("AWS::KMS::Alias", "AliasName"),
    ("AWS::Logs::QueryDefinition", "Name"),
    ("AWS::RDS::DBProxy", "DBProxyName"),
    ("AWS::Route53::HostedZone", "Name"),
    ("AWS::XRay::SamplingRule", "SamplingRule.RuleName"),
];

/// Services whose ARNs use another word than the resource type.
const ARN_SERVICES: &[(&str, &str)] = &[
    ("ACMPCA", "acm-pca"),
    ("APS", "aps"),
    ("ApplicationAutoScaling", "application-autoscaling"),
    ("CertificateManager", "acm"),
    ("Chatbot", "chatbot"),
    ("ElasticLoadBalancingV2", "elasticloadbalancing"),
    ("EFS", "elasticfilesystem"),
    ("KinesisFirehose", "firehose"),
    ("Route53", "route53"),
    ("StepFunctions", "states"),
];

/// Services whose ARNs carry no Region.
const GLOBAL: &[&str] = &["IAM", "S3", "CloudFront", "Route53", "Budgets"];

impl App {
    /// The property that names a resource, if this one has it.
    pub(crate) fn naming_property(&self, id: ResourceId) -> Option<String> {
        let resource = self.resource(id);
        naming_properties(&resource.kind).into_iter().find(|path| resource.written(path).is_some())
    }

    /// The name as written and resolved, open parts included.
    pub(crate) fn name_text(&self, id: ResourceId) -> Option<&Text> {
        self.resource(id).name_text.get_or_init(|| Resolver::new(self).name_text(id)).as_ref()
    }

    /// The physical name, when synthesis already knows it.
    pub(crate) fn physical_name(&self, id: ResourceId) -> Option<&str> {
        let known = || {
            let text = self.name_text(id).filter(|text| text.is_known())?;
            Some(text.full()).filter(|name| !name.is_empty())
        };
        self.resource(id).name.get_or_init(known).as_deref()
    }

    /// The value of the `Name` tag.
    pub(crate) fn name_tag(&self, id: ResourceId) -> Option<String> {
        crate::template::virtual_paths::tags::own_tag(self, id, "Name").and_then(|value| value.scalar_text())
    }

    /// What the resource is called: its physical name or else its logical id.
    pub(crate) fn identity(&self, id: ResourceId) -> String {
        self.physical_name(id).unwrap_or(&self.resource(id).logical_id).to_owned()
    }

    /// True when a text is the physical name of a resource, or an ARN made from it.
    pub(crate) fn names(&self, full: &str, id: ResourceId) -> bool {
        let Some(name) = self.physical_name(id) else { return false };
        let bare = |name: &str| name.trim_end_matches('.').to_owned();
        if full == name || (self.resource(id).kind == "AWS::Route53::RecordSet" && bare(full) == bare(name)) {
            return true;
        }
        let Some(arn) = Arn::parse(full) else { return false };
        let kind = &self.resource(id).kind;
        arn.service == arn_service(kind)
            && (arn.region.is_empty() || arn.region.contains('<') || arn.region == self.stack_of(id).region)
            && holds_name(arn.resource, name)
    }
}

/// Candidates for the property that names a type, the most likely first.
fn naming_properties(kind: &str) -> Vec<String> {
    if let Some((_, path)) = SPECIAL.iter().find(|(special, _)| *special == kind) {
        return vec![(*path).to_owned()];
    }
    let last = kind.rsplit("::").next().unwrap_or_default();
    ["Name", "Identifier", "Id"].iter().map(|suffix| format!("{last}{suffix}")).chain(["Name".to_owned()]).collect()
}

/// True when `key` is the property that names `kind`.
pub(crate) fn names_type(kind: &str, key: &str) -> bool {
    naming_properties(kind).iter().any(|path| path == key)
}

/// The word a type's ARNs use for its service.
pub(crate) fn arn_service(kind: &str) -> String {
    let service = kind.split("::").nth(1).unwrap_or_default();
    let special = ARN_SERVICES.iter().find(|(name, _)| *name == service);
    special.map_or_else(|| service.to_lowercase(), |(_, word)| (*word).to_owned())
}

/// True when a type's ARNs carry no Region.
pub(crate) fn is_global(kind: &str) -> bool {
    kind.split("::").nth(1).is_some_and(|service| GLOBAL.contains(&service))
}

/// The parts of an ARN that matter here.
pub(crate) struct Arn<'a> {
    pub(crate) service: &'a str,
    pub(crate) region: &'a str,
    pub(crate) resource: &'a str,
}

impl<'a> Arn<'a> {
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        match parts[..] {
            ["arn", _, service, region, _, resource] => Some(Self { service, region, resource }),
            _ => None,
        }
    }
}

/// True when the resource part of an ARN is a name, alone or with a suffix that stays inside the resource.
fn holds_name(resource: &str, name: &str) -> bool {
    let starts = resource.match_indices(name).map(|(start, _)| start);
    let mut fits = starts.filter(|start| {
        let before = resource[..*start].chars().next_back();
        let after = &resource[start + name.len()..];
        let random_suffix = after.starts_with("-*") || after.starts_with("-?") || is_secret_suffix(after);
        before.is_none_or(|sign| sign == '/' || sign == ':')
            && (after.is_empty() || after.starts_with(['/', ':', '*']) || random_suffix)
    });
    fits.next().is_some()
}

/// Secrets Manager adds a hyphen and six characters to a secret's name.
/// Source: <https://docs.aws.amazon.com/secretsmanager/latest/userguide/getting-started.html>
fn is_secret_suffix(after: &str) -> bool {
    after.strip_prefix('-').is_some_and(|rest| rest.len() == 6 && rest.chars().all(char::is_alphanumeric))
}
