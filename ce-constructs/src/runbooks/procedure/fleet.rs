//! Services, as runbooks name them.

use ce_synth::value::{account_id, partition};
use ce_synth::{Expr, IntoValue, Region, Value, join};

use crate::compute::FargateService;
use crate::operations::{ApiCall, ApiOperation};

/// A service of ECS, as runbooks name it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    pub(super) region: Region,
    pub(super) cluster: Value<String>,
    pub(super) service: Value<String>,
    pub(super) tasks: u16,
    arn: Value<String>,
}

impl Fleet {
    /// A service of the app, and how many tasks it has when all of the load is its own.
    pub fn of(service: &FargateService<'_>, tasks: u16) -> Self {
        let region = service.service().scope().region();
        let cluster: Value<String> = service.cluster().cluster().ref_().into_value();
        let arn: Value<String> = service.arn().into_value();
        Self { region, cluster, service: arn.clone(), tasks, arn }
    }

    /// A service by its names.
    pub fn named(region: Region, cluster: impl IntoValue<String>, service: impl IntoValue<String>, tasks: u16) -> Self {
        let (cluster, service): (Value<String>, Value<String>) = (cluster.into_value(), service.into_value());
        let start = format!(":ecs:{region}:");
        let arn = join!["arn:", partition(), start, account_id(), ":service/", &cluster, "/", &service];
        Self { region, cluster, service, tasks, arn }
    }
}

/// Services as a script takes them.
pub(super) fn inputs(fleets: &[Fleet]) -> Expr {
    Expr::list(fleets.iter().map(|fleet| {
        Expr::object([
            ("region", Expr::text(fleet.region.as_str().to_owned())),
            ("cluster", fleet.cluster.expr().clone()),
            ("service", fleet.service.expr().clone()),
            ("tasks", i64::from(fleet.tasks).into()),
        ])
    }))
}

/// Calls about services, which know them by their ARNs.
pub(super) fn calls(fleets: &[Fleet], operations: &[&'static str]) -> Vec<ApiCall> {
    let arns = || fleets.iter().map(|fleet| fleet.arn.clone());
    operations.iter().map(|operation| ApiCall::new(ApiOperation::new(operation)).on(arns())).collect()
}
