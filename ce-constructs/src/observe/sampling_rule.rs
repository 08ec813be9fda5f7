//! How many requests are traced.

use ce_cfn::xray;
use ce_synth::{Percent, Scope};

/// A sampling rule of X-Ray: which share of requests is traced.
///
/// ```no_run
/// # use ce_synth::{Percent, Scope};
/// # use ce_constructs::observe::SamplingRule;
/// # fn example(scope: Scope<'_>) {
/// SamplingRule::builder("shop-tenth", Percent::new(10)).build(scope, "Sampling");
/// # }
/// ```
///
/// By default it holds for all requests of all services, with a reservoir of none, so that the share is what it says;
/// X-Ray's own default rule traces one request a second more. What it does not do: keep traces longer than 30 days,
/// which X-Ray does not offer.
#[derive(Clone, Copy)]
pub struct SamplingRule<'a> {
    rule: xray::SamplingRuleRef<'a>,
}

/// Builder of a [`SamplingRule`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct SamplingRuleBuilder {
    name: String,
    share: Percent,
    reservoir: u16,
    priority: u16,
    service: String,
    path: String,
    host: String,
    method: String,
}

impl SamplingRule<'_> {
    /// A rule under a name of up to 32 characters that traces a share of requests.
    pub fn builder(name: impl Into<String>, share: Percent) -> SamplingRuleBuilder {
        let any = || "*".to_owned();
        SamplingRuleBuilder {
            name: name.into(),
            share,
            reservoir: 0,
            priority: 1_000,
            service: any(),
            path: any(),
            host: any(),
            method: any(),
        }
    }
}

impl SamplingRuleBuilder {
    /// How many requests are traced each second before the share counts. Default: 0.
    pub fn reservoir(mut self, requests: u16) -> Self {
        self.reservoir = requests;
        self
    }

    /// Which rule is asked first, 1 to 9,999, the lowest first. Default: 1,000.
    pub fn priority(mut self, priority: u16) -> Self {
        self.priority = priority;
        self
    }

    /// The services it holds for, `*` and `?` stand for any text and any letter. Default: `*`.
    pub fn service(mut self, name: impl Into<String>) -> Self {
        self.service = name.into();
        self
    }

    /// The paths it holds for. Default: `*`.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// The hosts it holds for. Default: `*`.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = host.into();
        self
    }

    /// The HTTP method it holds for. Default: `*`.
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = method.into();
        self
    }

    /// Adds the rule.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> SamplingRule<'a> {
        let rule = xray::sampling_rule::SamplingRuleProperty::new()
            .rule_name(self.name)
            .version(1)
            .priority(self.priority)
            .fixed_rate(f64::from(self.share.value()) / 100.0)
            .reservoir_size(self.reservoir)
            .service_name(self.service)
            .service_type("*")
            .host(self.host)
            .http_method(self.method)
            .url_path(self.path)
            .resource_arn("*");
        SamplingRule { rule: scope.child(id).add("Resource", xray::SamplingRule::new().sampling_rule(rule)) }
    }
}

impl<'a> SamplingRule<'a> {
    /// The generated resource.
    pub fn rule(self) -> xray::SamplingRuleRef<'a> {
        self.rule
    }
}
