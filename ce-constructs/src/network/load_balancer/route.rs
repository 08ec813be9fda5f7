//! Which requests a rule is for.

use std::borrow::Cow;

use ce_cfn::elasticloadbalancingv2::listener_rule as shape;

use crate::network::Cidr;

/// Requests that a rule is for, with its priority; made from [`Route::path`] or [`Route::host`].
#[derive(Clone, Debug)]
#[must_use = "a route does nothing until a listener takes it"]
pub struct Route {
    pub(super) conditions: RouteConditions,
    pub(super) priority: u16,
}

impl Route {
    /// Requests whose path has one of these forms: `/auth/*`. `*` stands for any characters, `?` for one.
    pub fn path(pattern: impl Into<Cow<'static, str>>) -> RouteConditions {
        RouteConditions::default().path(pattern)
    }

    /// Requests for a host: `api.example.com`, `*.example.com`.
    pub fn host(pattern: impl Into<Cow<'static, str>>) -> RouteConditions {
        RouteConditions::default().host(pattern)
    }
}

/// Conditions that all have to hold; of the values of one condition, one is enough. At most five values in all.
///
/// Source: <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html>
#[derive(Clone, Debug, Default)]
#[must_use = "conditions become a route with `priority`"]
pub struct RouteConditions {
    pub(super) paths: Vec<Cow<'static, str>>,
    pub(super) hosts: Vec<Cow<'static, str>>,
    pub(super) methods: Vec<Cow<'static, str>>,
    pub(super) headers: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    pub(super) sources: Vec<Cidr>,
}

impl RouteConditions {
    /// Or requests whose path has this form. Default: every path.
    pub fn path(mut self, pattern: impl Into<Cow<'static, str>>) -> Self {
        self.paths.push(pattern.into());
        self
    }

    /// Requests for this host, or another one named before. Default: every host.
    pub fn host(mut self, pattern: impl Into<Cow<'static, str>>) -> Self {
        self.hosts.push(pattern.into());
        self
    }

    /// Requests with this method, in capitals, or another one named before. Default: every method.
    pub fn method(mut self, method: impl Into<Cow<'static, str>>) -> Self {
        self.methods.push(method.into());
        self
    }

    /// Requests with a header of this form. Default: whatever headers.
    pub fn header(mut self, name: impl Into<Cow<'static, str>>, pattern: impl Into<Cow<'static, str>>) -> Self {
        self.headers.push((name.into(), pattern.into()));
        self
    }

    /// Requests from these addresses, or others named before. Default: from everywhere.
    pub fn source(mut self, block: Cidr) -> Self {
        self.sources.push(block);
        self
    }

    /// Its place among the rules of the listener, 1 to 50,000: the lowest number that matches wins. Leave gaps: two
    /// rules cannot swap their priorities in one update.
    pub fn priority(self, priority: u16) -> Route {
        Route { conditions: self, priority }
    }

    pub(super) fn values(&self) -> usize {
        self.paths.len() + self.hosts.len() + self.methods.len() + self.headers.len() + self.sources.len()
    }

    pub(super) fn resources(self) -> Vec<shape::RuleCondition> {
        let mut conditions = Vec::new();
        if !self.hosts.is_empty() {
            let config = shape::HostHeaderConfig::new().values(self.hosts);
            conditions.push(shape::RuleCondition::new().field("host-header").host_header_config(config));
        }
        if !self.paths.is_empty() {
            let config = shape::PathPatternConfig::new().values(self.paths);
            conditions.push(shape::RuleCondition::new().field("path-pattern").path_pattern_config(config));
        }
        if !self.methods.is_empty() {
            let config = shape::HttpRequestMethodConfig::new().values(self.methods);
            conditions
                .push(shape::RuleCondition::new().field("http-request-method").http_request_method_config(config));
        }
        for (name, pattern) in self.headers {
            let config = shape::HttpHeaderConfig::new().http_header_name(name).values([pattern]);
            conditions.push(shape::RuleCondition::new().field("http-header").http_header_config(config));
        }
        if !self.sources.is_empty() {
            let blocks: Vec<String> = self.sources.iter().map(Cidr::to_string).collect();
            let config = shape::SourceIpConfig::new().values(blocks);
            conditions.push(shape::RuleCondition::new().field("source-ip").source_ip_config(config));
        }
        conditions
    }
}
