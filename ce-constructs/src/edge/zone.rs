//! Hosted zones of Route 53.

use ce_cfn::{ids, logs, route53};
use ce_synth::{IntoValue, ListOf, Scope, Value};

use super::rules::domain_name;

/// Builds a [`HostedZone`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct HostedZoneBuilder {
    name: Value<String>,
    comment: Option<String>,
    query_logs: Option<Value<ids::LogsLogGroupArn>>,
}

impl HostedZoneBuilder {
    /// A comment, of at most 256 characters. Default: none.
    pub fn comment(self, comment: impl Into<String>) -> Self {
        Self { comment: Some(comment.into()), ..self }
    }

    /// Logs queries to a log group of us-east-1, whose resource policy lets `route53.amazonaws.com` write.
    /// Default: queries are not logged.
    pub fn query_logs(self, group: logs::LogGroupRef<'_>) -> Self {
        Self { query_logs: Some(group.arn()), ..self }
    }

    /// Adds a public hosted zone. Its name servers have to be entered at the domain's registrar.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> HostedZone<'a> {
        let scope = scope.child(id);
        domain_name::check(scope, &self.name);
        let comment = self.comment.map(|comment| route53::hosted_zone::HostedZoneConfig::new().comment(comment));
        let logging = self
            .query_logs
            .map(|arn| route53::hosted_zone::QueryLoggingConfig::new().cloud_watch_logs_log_group_arn(arn));
        let zone =
            route53::HostedZone::new().name(&self.name).hosted_zone_config(comment).query_logging_config(logging);
        let zone = scope.add("Resource", zone);
        HostedZone { id: zone.att_id(), name: self.name, zone: Some(zone) }
    }
}

/// A public hosted zone: where the records of a domain are.
///
/// ```
/// use ce_constructs::edge::HostedZone;
/// let zone = HostedZone::existing("Z0123456789ABCDEFGHIJ", "example.com");
/// assert!(zone.zone().is_none()); // adds nothing to the template
/// ```
#[derive(Clone)]
pub struct HostedZone<'a> {
    id: Value<ids::Route53HostedZone>,
    name: Value<String>,
    zone: Option<route53::HostedZoneRef<'a>>,
}

impl<'a> HostedZone<'a> {
    /// A new zone for a domain.
    pub fn builder(name: impl IntoValue<String>) -> HostedZoneBuilder {
        HostedZoneBuilder { name: name.into_value(), comment: None, query_logs: None }
    }

    /// A zone that exists already: its id and the domain it is for, as literals or template parameters.
    pub fn existing(id: impl IntoValue<ids::Route53HostedZone>, name: impl IntoValue<String>) -> Self {
        Self { id: id.into_value(), name: name.into_value(), zone: None }
    }

    /// Its id.
    pub fn id(&self) -> Value<ids::Route53HostedZone> {
        self.id.clone()
    }

    /// The domain it is for.
    pub fn name(&self) -> Value<String> {
        self.name.clone()
    }

    /// The name servers to enter at the registrar; none for a zone that existed already.
    pub fn name_servers(&self) -> Option<Value<ListOf<String>>> {
        self.zone.map(route53::HostedZoneRef::name_servers)
    }

    /// The `AWS::Route53::HostedZone`, unless it existed already.
    pub const fn zone(&self) -> Option<route53::HostedZoneRef<'a>> {
        self.zone
    }
}
