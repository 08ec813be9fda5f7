//! A plan's values as the stack of the plan may hold them: what comes from the other region is kept in parameters.

use ce_cfn::arcregionswitch::plan::AlarmType;
use ce_synth::{IntoValue, Literal, Scope, Value};

use super::step::{Block, Both, Scaled, SwitchStep};
use crate::observe::Alarm;
use crate::resilience::kept;

/// An alarm by the name that the plan knows it by.
pub(super) struct PlanAlarm {
    pub(super) name: String,
    pub(super) kind: Literal<AlarmType>,
    pub(super) arn: Value<String>,
}

impl PlanAlarm {
    pub(super) fn is_trigger(&self) -> bool {
        self.kind.text() == AlarmType::TRIGGER.text()
    }
}

#[track_caller]
pub(super) fn alarms(scope: Scope<'_>, triggers: &[Alarm<'_>], health: &[Alarm<'_>]) -> Vec<PlanAlarm> {
    let mut alarms = Vec::new();
    for (word, kind, list) in
        [("Trigger", AlarmType::TRIGGER, triggers), ("Health", AlarmType::APPLICATION_HEALTH, health)]
    {
        for (place, alarm) in list.iter().enumerate() {
            let name = format!("{word}{}", place + 1);
            let arn = kept(scope, &name, &alarm.arn().into_value());
            alarms.push(PlanAlarm { name, kind, arn });
        }
    }
    alarms
}

#[track_caller]
pub(super) fn brought_here<'a>(scope: Scope<'_>, step: &SwitchStep<'a>) -> SwitchStep<'a> {
    let name: String = step.name.chars().filter(char::is_ascii_alphanumeric).collect();
    let here = |part: &str, value: &Value<String>| kept(scope, &format!("{name}{part}"), value);
    let both =
        |part: &str, both: &Both<Value<String>>| both.clone().map(|value, side| here(&format!("{part}{side}"), &value));
    // Names of clusters are needed to look at their tasks, so that a plan that does not wait has no use for them.
    let service = |(place, service): (usize, &Scaled), waits: bool| {
        let part = |what: &str| format!("{what}{}", place + 1);
        let names = &service.cluster_name;
        Scaled {
            cluster: both(&part("Cluster"), &service.cluster),
            cluster_name: if waits { both(&part("ClusterName"), names) } else { names.clone() },
            service: both(&part("Service"), &service.service),
        }
    };
    let block = match step.block.clone() {
        Block::Approval { role, arn } => Block::Approval { role, arn: here("Approver", &arn) },
        Block::Promotion { global, clusters } => Block::Promotion { global, clusters: both("Cluster", &clusters) },
        Block::Scaling { services, percent, until_healthy } => {
            let services = services.iter().enumerate().map(|one| service(one, until_healthy)).collect();
            Block::Scaling { services, percent, until_healthy }
        }
        Block::Function { functions, retry } => Block::Function { functions: both("Function", &functions), retry },
        Block::Traffic { zone, record } => {
            let zone = here("Zone", &zone.cast()).cast();
            Block::Traffic { zone, record: here("Record", &record) }
        }
        Block::Parallel(steps) => Block::Parallel(steps.iter().map(|step| brought_here(scope, step)).collect()),
    };
    SwitchStep { block, ..step.clone() }
}
