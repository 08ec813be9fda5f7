//! Health checks of Route 53: the eyes of failover.

use std::borrow::Cow;

use ce_cfn::cloudwatch;
use ce_cfn::ids;
use ce_cfn::route53::{self, health_check as shape};
use ce_synth::{IntoValue, Region, Scope, Value};

use super::rules::health_check_setting;

/// How often each of Route 53's checkers asks. There are about fifteen of them, in several regions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckInterval {
    /// Every 30 seconds.
    #[default]
    Standard,
    /// Every 10 seconds, for a surcharge.
    Fast,
}

impl CheckInterval {
    /// In seconds.
    pub const fn seconds(self) -> u32 {
        match self {
            Self::Standard => 30,
            Self::Fast => 10,
        }
    }
}

#[derive(Clone)]
enum Asked {
    Endpoint { domain: Value<String>, port: u16, path: Cow<'static, str>, secure: bool },
    Checks { children: Vec<Value<ids::Route53HealthCheck>>, healthy: u8 },
    Alarm { name: Value<ids::CloudWatchAlarm>, region: Region },
}

/// Builds a [`HealthCheck`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct HealthCheckBuilder {
    asked: Asked,
    interval: CheckInterval,
    failures: u8,
    text: Option<Cow<'static, str>>,
    latency: bool,
    inverted: bool,
    name: Option<Cow<'static, str>>,
}

impl HealthCheckBuilder {
    fn of(asked: Asked) -> Self {
        let interval = CheckInterval::default();
        Self { asked, interval, failures: 3, text: None, latency: false, inverted: false, name: None }
    }

    /// How often it is asked; changing it replaces the check. Default: [`CheckInterval::Standard`], 30 seconds.
    pub fn interval(self, interval: CheckInterval) -> Self {
        Self { interval, ..self }
    }

    /// Failures in a row that make it unhealthy, 1 to 10. Default: 3.
    pub fn unhealthy_after(self, failures: u8) -> Self {
        Self { failures, ..self }
    }

    /// The port of the endpoint. Default: 443, or 80 without TLS.
    pub fn port(mut self, given: u16) -> Self {
        if let Asked::Endpoint { port, .. } = &mut self.asked {
            *port = given;
        }
        self
    }

    /// A text of at most 255 characters that has to be in the first 5,120 bytes of the answer. Default: any answer of
    /// 2XX or 3XX is healthy.
    pub fn expect_text(self, text: impl Into<Cow<'static, str>>) -> Self {
        Self { text: Some(text.into()), ..self }
    }

    /// Measures the latency from the checkers' regions, for a surcharge. Default: off.
    pub fn measure_latency(self) -> Self {
        Self { latency: true, ..self }
    }

    /// Takes healthy for unhealthy and the other way round. Default: off.
    pub fn inverted(self) -> Self {
        Self { inverted: true, ..self }
    }

    /// Names it in the console, with a `Name` tag. Default: no name.
    pub fn named(self, name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Adds the health check.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> HealthCheck<'a> {
        let scope = scope.child(id);
        health_check_setting::check(scope, self.failures, self.text.as_deref());
        let name = self.name.clone().map(|name| vec![shape::HealthCheckTag::new().key("Name").value(name)]);
        let check = route53::HealthCheck::new().health_check_config(self.config()).health_check_tags(name);
        HealthCheck { check: scope.add("Resource", check) }
    }

    fn config(self) -> shape::HealthCheckConfig {
        let config = shape::HealthCheckConfig::new().inverted(self.inverted.then_some(true));
        match self.asked {
            Asked::Endpoint { domain, port, path, secure } => {
                let kind = match (secure, &self.text) {
                    (true, None) => shape::Type::HTTPS,
                    (true, Some(_)) => shape::Type::HTTPS_STR_MATCH,
                    (false, None) => shape::Type::HTTP,
                    (false, Some(_)) => shape::Type::HTTP_STR_MATCH,
                };
                config
                    .type_(kind)
                    .fully_qualified_domain_name(domain)
                    .port(port)
                    .resource_path(path)
                    .search_string(self.text)
                    .enable_sni(secure.then_some(true))
                    .request_interval(self.interval.seconds())
                    .failure_threshold(self.failures)
                    .measure_latency(self.latency.then_some(true))
            }
            Asked::Checks { children, healthy } => {
                config.type_(shape::Type::CALCULATED).child_health_checks(children).health_threshold(healthy)
            }
            Asked::Alarm { name, region } => config
                .type_(shape::Type::CLOUDWATCH_METRIC)
                .alarm_identifier(shape::AlarmIdentifier::new().name(name).region(region.as_str()))
                .insufficient_data_health_status(shape::InsufficientDataHealthStatus::LAST_KNOWN_STATUS),
        }
    }
}

/// A health check of Route 53, for failover and weighted records.
///
/// ```
/// use ce_constructs::edge::HealthCheck;
/// use ce_synth::Scope;
/// fn watch(scope: Scope<'_>) {
///     HealthCheck::https("origin.example.com", "/health").build(scope, "OriginHealth");
/// }
/// ```
///
/// By default it asks every 30 seconds, and three failures in a row make it unhealthy: about 90 seconds. Its metrics
/// are in us-east-1 alone. The checkers cannot send headers of your choice.
#[derive(Clone, Copy)]
pub struct HealthCheck<'a> {
    check: route53::HealthCheckRef<'a>,
}

impl<'a> HealthCheck<'a> {
    /// Asks an endpoint for a path with HTTPS. The certificate is not verified.
    pub fn https(domain: impl IntoValue<String>, path: impl Into<Cow<'static, str>>) -> HealthCheckBuilder {
        let (domain, path) = (domain.into_value(), path.into());
        HealthCheckBuilder::of(Asked::Endpoint { domain, port: 443, path, secure: true })
    }

    /// Asks an endpoint for a path with HTTP.
    pub fn http(domain: impl IntoValue<String>, path: impl Into<Cow<'static, str>>) -> HealthCheckBuilder {
        let (domain, path) = (domain.into_value(), path.into());
        HealthCheckBuilder::of(Asked::Endpoint { domain, port: 80, path, secure: false })
    }

    /// Healthy when at least so many other checks are.
    pub fn at_least<'c>(healthy: u8, checks: impl IntoIterator<Item = &'c HealthCheck<'c>>) -> HealthCheckBuilder {
        let children = checks.into_iter().map(HealthCheck::id).collect();
        HealthCheckBuilder::of(Asked::Checks { children, healthy })
    }

    /// Healthy while an alarm of the stack's region is not in alarm; its last state counts while data is missing.
    pub fn of_alarm(alarm: cloudwatch::AlarmRef<'_>) -> HealthCheckBuilder {
        let region = alarm.scope().region();
        HealthCheckBuilder::of(Asked::Alarm { name: alarm.into_value(), region })
    }

    /// Its id.
    pub fn id(&self) -> Value<ids::Route53HealthCheck> {
        self.check.health_check_id()
    }

    /// The `AWS::Route53::HealthCheck`.
    pub const fn health_check(self) -> route53::HealthCheckRef<'a> {
        self.check
    }
}
