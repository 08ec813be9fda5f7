//! Services, as runbooks name them.

use ce_synth::{IntoValue, Region, Value};

use crate::compute::FargateService;

/// A service of ECS, as runbooks name it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    pub(super) region: Region,
    pub(super) cluster: Value<String>,
    pub(super) service: Value<String>,
    pub(super) tasks: u16,
}

impl Fleet {
    /// A service of the app, and how many tasks it has when all of the load is its own.
    pub fn of(service: &FargateService<'_>, tasks: u16) -> Self {
        let region = service.service().scope().region();
        let cluster: Value<String> = service.cluster().cluster().ref_().into_value();
        Self { region, cluster, service: service.arn().into_value(), tasks }
    }

    /// A service by its names.
    pub fn named(region: Region, cluster: impl IntoValue<String>, service: impl IntoValue<String>, tasks: u16) -> Self {
        Self { region, cluster: cluster.into_value(), service: service.into_value(), tasks }
    }
}
