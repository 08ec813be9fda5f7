//! Read replicas.

use ce_cfn::{ids, rds};
use ce_synth::value::partition;
use ce_synth::{Scope, Value, join};

use super::{RdsInstance, RdsInstanceBuilder};
use crate::data::rules::replica_source;

/// What a replica copies.
#[derive(Clone)]
pub(super) struct Source<'a> {
    instance: rds::DbInstanceRef<'a>,
    name: Option<String>,
}

impl<'a> Source<'a> {
    pub(super) fn abroad(&self, scope: Scope<'_>) -> bool {
        self.instance.scope().region() != scope.region()
    }

    /// Its id in its own region; elsewhere its ARN, made from its name.
    #[track_caller]
    pub(super) fn identifier(&self, scope: Scope<'_>) -> Value<ids::RdsDbInstance> {
        if !self.abroad(scope) {
            return self.instance.ref_();
        }
        let environment = self.instance.scope().environment();
        let Some(name) = &self.name else {
            replica_source::report(scope, &self.instance.scope().path());
            return self.instance.ref_();
        };
        let place = format!(":rds:{}:{}:db:{name}", environment.region, environment.account);
        join!["arn:", partition(), place].cast()
    }

    pub(super) fn scope(&self) -> Scope<'a> {
        self.instance.scope()
    }
}

impl<'a> RdsInstanceBuilder<'_, 'a> {
    /// Makes it a read replica of another instance, in this region or another; engine, users and databases are that
    /// one's. Taking the line away promotes the replica. Default: it is of its own.
    pub fn replica_of(mut self, source: &RdsInstance<'a>) -> Self {
        self.engine = source.engine.clone();
        self.source = Some(Source { instance: source.instance(), name: source.name.clone() });
        self
    }
}
