//! Larger nodes for Redis.

use ce_synth::{IntoValue, Scope};

use super::redis_target::RedisTarget;
use crate::operations::{ApiOperation, AutomationDocument, DocumentParameter, Step, ValueType, parameter};

const MODIFY: ApiOperation = ApiOperation::new("elasticache:ModifyReplicationGroup");
const MODIFY_GLOBAL: ApiOperation = ApiOperation::new("elasticache:ModifyGlobalReplicationGroup");

/// A runbook that gives Redis another node type; people start it, in a maintenance window.
///
/// ```
/// # use ce_constructs::operations::NodeScaling;
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// NodeScaling::of_group("sessions").named("sessions-scale-up").build(stack, "ScaleUp");
/// # app.synth().unwrap();
/// ```
///
/// Its parameters are `NodeType`, which must be given, and `ApplyImmediately`, which is true by default.
#[derive(Clone, Debug)]
#[must_use = "a runbook does nothing until `build`"]
pub struct NodeScaling {
    target: RedisTarget,
    name: Option<String>,
}

impl NodeScaling {
    /// For a replication group, by its id, that is in no global datastore.
    pub fn of_group(id: impl IntoValue<String>) -> Self {
        Self { target: RedisTarget::group(id), name: None }
    }

    /// For a global datastore, by its id and that of its primary replication group.
    pub fn of_global(id: impl IntoValue<String>, primary: impl IntoValue<String>) -> Self {
        Self { target: RedisTarget::global(id, primary), name: None }
    }

    /// Names the document. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Adds the document.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> AutomationDocument<'a> {
        let now =
            DocumentParameter::new("ApplyImmediately", ValueType::Boolean).described("now, not in the next window");
        let mut document = AutomationDocument::builder("Gives Redis another node type")
            .target_type("/AWS::ElastiCache::ReplicationGroup")
            .parameter(
                DocumentParameter::text("NodeType")
                    .described("the new type, such as cache.r7g.large")
                    .pattern("cache\\.[a-z0-9.]+"),
            )
            .parameter(now.default(true))
            .step(self.modify())
            .step(self.target.wait());
        if let Some(name) = self.name {
            document = document.named(name);
        }
        document.build(scope, id)
    }

    fn modify(&self) -> Step {
        let call = self.target.change(MODIFY, MODIFY_GLOBAL).input("CacheNodeType", parameter("NodeType"));
        Step::call("ModifyNodeType", call.input("ApplyImmediately", parameter("ApplyImmediately")))
    }
}
