//! Logs of a web ACL.

use std::borrow::Cow;

use ce_cfn::wafv2::{self, logging_configuration as shape};
use ce_synth::{Scope, join};

use crate::observe::LogGroupBuilder;
use crate::security::own_arn;

/// Logs what was blocked or counted to a log group of its own.
#[track_caller]
pub(super) fn add<'a>(
    scope: Scope<'a>,
    acl: wafv2::WebAclRef<'a>,
    name: Option<&str>,
    group: LogGroupBuilder<'_>,
    redacted: Vec<Cow<'static, str>>,
) {
    let name = name.map_or_else(|| path_name(scope), str::to_owned);
    let group = group.named(format!("aws-waf-logs-{name}")).build(scope, "Logs");
    // Not the group's own ARN: that ends in `:*`, which AWS WAF refuses.
    let destination = own_arn("logs", join!["log-group:", group.name()]);
    let header =
        |name: Cow<'static, str>| shape::FieldToMatch::new().single_header(shape::SingleHeader::new().name(name));
    let logging = wafv2::LoggingConfiguration::new()
        .resource_arn(acl.arn())
        .log_destination_configs([destination])
        .logging_filter(blocked_and_counted())
        .redacted_fields(redacted.into_iter().map(header).collect::<Vec<_>>());
    scope.add("Logging", logging);
}

/// Keeps what a rule acted on, drops what merely passed.
fn blocked_and_counted() -> shape::LoggingFilter {
    let kept = [shape::Action::BLOCK, shape::Action::COUNT, shape::Action::EXCLUDED_AS_COUNT];
    let kept =
        kept.map(|action| shape::Condition::new().action_condition(shape::ActionCondition::new().action(action)));
    let filter = shape::Filter::new()
        .behavior(shape::Behavior::KEEP)
        .requirement(shape::Requirement::MEETS_ANY)
        .conditions(kept);
    shape::LoggingFilter::new().default_behavior(shape::DefaultBehavior::DROP).filters([filter])
}

/// A name made of the stack's name and the path below it, where a name is required and none was given.
pub(super) fn path_name(scope: Scope<'_>) -> String {
    crate::edge::physical_name::physical_name(scope, 100)
}
