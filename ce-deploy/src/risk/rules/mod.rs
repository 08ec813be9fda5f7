//! One file a kind of risk.

mod access_assignment;
mod api_authorization;
mod attached_group;
mod backup;
mod data_loss;
mod deletion_protection;
mod encryption;
mod grants;
mod guard_removed;
mod hidden_parameter;
mod identity_policy;
mod interruption;
mod log_retention;
mod network_acl;
mod permissions_boundary;
mod public_access_block;
mod public_endpoint;
mod resource_policy;
mod retention_loss;
mod role_assignment;
mod route;
mod security_group;
mod switch;
mod trust_policy;
mod unseen;

use super::change::{Change, Report};

/// A rule: looks at a change and reports.
type Rule = fn(&Change<'_>, &mut Report<'_>);

/// Every rule.
pub(super) const ALL: &[Rule] = &[
    access_assignment::find,
    api_authorization::find,
    attached_group::find,
    backup::find,
    data_loss::find,
    deletion_protection::find,
    encryption::find,
    guard_removed::find,
    hidden_parameter::find,
    identity_policy::find,
    interruption::find,
    log_retention::find,
    network_acl::find,
    permissions_boundary::find,
    public_access_block::find,
    public_endpoint::find,
    resource_policy::find,
    retention_loss::find,
    role_assignment::find,
    route::find,
    security_group::find,
    trust_policy::find,
    unseen::find,
];
