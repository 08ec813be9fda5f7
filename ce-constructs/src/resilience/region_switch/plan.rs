//! The plan.

use ce_cfn::arcregionswitch::{self, plan as l1};
use ce_cfn::ids;
use ce_synth::value::{Function, Token, account_id, select};
use ce_synth::{Duration, Expr, Region, Scope, Value};

use super::local::PlanAlarm;
use super::step::{Block, Both, SwitchStep};
use super::{freeze, local, permissions, template};
use crate::delivery::DeployFreeze;
use crate::observe::Alarm;
use crate::resilience::rules::plan_form::checked_minutes;
use crate::resilience::{Site, rules};
use crate::security::{Action, Principal, Role, Statement};

/// A plan of ARC Region switch: what is done, and in which order, to serve from the other region.
///
/// ```
/// use ce_constructs::compute::FargateService;
/// use ce_constructs::data::{AuroraCluster, AuroraGlobal};
/// use ce_constructs::edge::HostedZone;
/// use ce_constructs::observe::Alarm;
/// use ce_constructs::resilience::{RegionSwitch, Site, SwitchStep};
/// use ce_synth::Duration;
///
/// fn plan<'a>(
///     standby: &Site<'a>,
///     global: &AuroraGlobal<'a>,
///     orders: [&AuroraCluster<'a>; 2],
///     api: [&FargateService<'a>; 2],
///     zone: &HostedZone<'a>,
///     down: Alarm<'a>,
/// ) -> RegionSwitch<'a> {
///     RegionSwitch::builder("shop")
///         .recovery_time(Duration::hours(4))
///         .step(SwitchStep::parallel("Promote", [
///             SwitchStep::promote("Database", global, orders[0], orders[1]),
///             SwitchStep::scale("Tasks", [(api[0], api[1])]).until_healthy(),
///         ]))
///         .step(SwitchStep::traffic("Traffic", zone, "origin.example.com"))
///         .triggered_by(down)
///         .build(standby, standby.stack("Failover"), "Plan")
/// }
/// ```
///
/// The same steps lead there and back: towards the standby databases fail over, back towards the primary they switch
/// over. By default nobody is asked, nothing starts it, and its role may do what the steps say and nothing else. What
/// it needs to know of the primary it keeps in parameters, so its stack can be changed while that region is down.
///
/// After it ran, the templates no longer say which region is the primary: switch back before the next deployment, and let
/// [`freezes`](RegionSwitchBuilder::freezes) stop those that come before.
#[derive(Clone)]
pub struct RegionSwitch<'a> {
    plan: arcregionswitch::PlanRef<'a>,
    role: Role<'a>,
    records: Vec<Value<String>>,
}

impl<'a> RegionSwitch<'a> {
    /// A plan of this name.
    pub fn builder(name: impl Into<String>) -> RegionSwitchBuilder<'a> {
        RegionSwitchBuilder {
            name: name.into(),
            description: None,
            recovery_time: Duration::hours(4),
            pause: Duration::hours(1),
            steps: Vec::new(),
            triggers: Vec::new(),
            health: Vec::new(),
            freeze: None,
        }
    }

    /// The generated plan.
    pub fn plan(&self) -> arcregionswitch::PlanRef<'a> {
        self.plan
    }

    /// The role it acts with.
    pub fn role(&self) -> Role<'a> {
        self.role
    }

    /// The health check that Region switch keeps for a record of a step that moves traffic, and turns when the plan
    /// says so: healthy in the region that serves.
    ///
    /// CloudFormation gives them as a list of `zone:record:region:id`, whose order and form AWS does not document; this
    /// takes the entry that names the region, wherever it stands.
    pub fn health_check(&self, record: &Value<String>, region: Region) -> Value<ids::Route53HealthCheck> {
        let all = Expr::from(Token::Call(
            Function::Join,
            Expr::list([Expr::from("|"), self.plan.plan_health_checks().into_expr()]),
        ));
        // With one record the region tells the entries apart; its name need not be known then.
        let named = record.expr().as_text().filter(|_| self.records.len() > 1);
        let before = named.map_or_else(|| format!(":{region}:"), |name| format!(":{name}:{region}:"));
        let behind: Value<String> = select(1, cut(&before, all));
        select::<String>(0, cut("|", behind.into_expr())).cast()
    }
}

fn cut(delimiter: &str, text: Expr) -> Value<ce_synth::ListOf<String>> {
    Value::from_expr(Token::Call(Function::Split, Expr::list([Expr::from(delimiter.to_owned()), text])).into())
}

/// Settings of a [`RegionSwitch`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct RegionSwitchBuilder<'a> {
    name: String,
    description: Option<String>,
    recovery_time: Duration,
    pause: Duration,
    steps: Vec<SwitchStep<'a>>,
    triggers: Vec<Alarm<'a>>,
    health: Vec<Alarm<'a>>,
    freeze: Option<DeployFreeze>,
}

impl<'a> RegionSwitchBuilder<'a> {
    /// What it is for. Default: nothing.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// The recovery time objective, in whole minutes; Region switch compares it with what executions took. Default: four
    /// hours.
    pub fn recovery_time(mut self, objective: Duration) -> Self {
        self.recovery_time = objective;
        self
    }

    /// Adds a step, after those before it. Default: none, which is an error (`CE8411`).
    pub fn step(mut self, step: SwitchStep<'a>) -> Self {
        self.steps.push(step);
        self
    }

    /// Activates the standby when an alarm is raised; called again, when all of them are. The alarms are of the
    /// standby's region (`CE8408`). Default: somebody starts it.
    pub fn triggered_by(mut self, alarm: Alarm<'a>) -> Self {
        self.triggers.push(alarm);
        self
    }

    /// How long alarms do not start it again, in whole minutes. Default: one hour.
    pub fn pause_between_triggers(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// An alarm that tells whether the application works in its region: Region switch measures by it how long a recovery
    /// took. Default: none.
    pub fn health_alarm(mut self, alarm: Alarm<'a>) -> Self {
        self.health.push(alarm);
        self
    }

    /// Puts up a flag that stops deployments as soon as it begins, by a rule about its executions and a runbook. EventBridge
    /// hears of them on best effort: a runbook for a failover by hand puts it up itself. Whoever switches back takes it
    /// down, see [`DeployFreeze::lowered`]. Default: deployments go on.
    ///
    /// Source: <https://docs.aws.amazon.com/r53recovery/latest/dg/eventbridge-region-switch.html>
    pub fn freezes(mut self, freeze: &DeployFreeze) -> Self {
        self.freeze = Some(freeze.clone());
        self
    }

    /// Adds the plan and its role to a stack, one of the standby's.
    #[track_caller]
    pub fn build(self, site: &Site<'a>, scope: Scope<'a>, id: &str) -> RegionSwitch<'a> {
        let scope = scope.child(id);
        self.check(site, scope);
        let regions = Both::new(site.primary_region().as_str(), site.standby_region().as_str());
        let steps: Vec<_> = self.steps.iter().map(|step| local::brought_here(scope, step)).collect();
        let alarms = local::alarms(scope, &self.triggers, &self.health);
        let trusted = Principal::service("arc-region-switch.amazonaws.com");
        let trusted = trusted.when("StringEquals", "aws:SourceAccount", account_id());
        let role = Role::builder(trusted).build(scope, "Role");
        for step in steps.iter().flat_map(SwitchStep::all) {
            permissions::allow(role, step, &regions);
        }
        permissions::allow_evaluation(role, &alarms);
        let plan = scope.add("Resource", self.resource(scope, &steps, &alarms, &regions).execution_role(role.arn()));
        self.allow_approval(plan);
        if let Some(policy) = role.policy() {
            plan.depends_on(*policy);
        }
        if let Some(freeze) = &self.freeze {
            freeze::place(scope, plan, freeze);
        }
        RegionSwitch { plan, role, records: records(&steps) }
    }

    #[track_caller]
    fn check(&self, site: &Site<'_>, scope: Scope<'_>) {
        rules::plan_form::check_name(scope, &self.name);
        rules::plan_form::check_triggers(scope, self.triggers.len());
        let all: Vec<_> = self.steps.iter().flat_map(SwitchStep::all).collect();
        rules::plan_form::check_steps(scope, all.iter().map(|step| step.name.as_str()));
        rules::plan_region::check(scope, site.primary_region());
        rules::freeze_region::check(scope, self.freeze.as_ref(), site.primary_region());
        for alarm in &self.triggers {
            rules::detector_region::check_alarm(scope, alarm.alarm().scope(), site.primary_region());
        }
        for (place, step) in self.steps.iter().enumerate() {
            let Some(traffic) = step.all().into_iter().find(|step| step.moves_traffic()) else { continue };
            // Steps at the same time are no order either.
            let later = self.steps[place..].iter().flat_map(SwitchStep::all);
            for late in later.filter(|step| step.prepares()) {
                rules::switch_order::report(scope, &traffic.name, &late.name);
            }
        }
    }

    #[track_caller]
    fn allow_approval(&self, plan: arcregionswitch::PlanRef<'_>) {
        for step in self.steps.iter().flat_map(SwitchStep::all) {
            if let Block::Approval { role, .. } = &step.block {
                role.allow(
                    Statement::allow([Action::new("arc-region-switch:ApprovePlanExecutionStep")]).on([plan.arn()]),
                );
            }
        }
    }

    #[track_caller]
    fn resource(
        &self,
        scope: Scope<'a>,
        steps: &[SwitchStep<'a>],
        alarms: &[PlanAlarm],
        regions: &Both<&'static str>,
    ) -> arcregionswitch::Plan {
        let plan = arcregionswitch::Plan::new()
            .name(&self.name)
            .description(self.description.as_deref())
            .recovery_approach(l1::RecoveryApproach::ACTIVE_PASSIVE)
            .primary_region(regions.primary)
            .regions([regions.primary, regions.standby])
            .recovery_time_objective_minutes(checked_minutes(scope, "the recovery time objective", self.recovery_time))
            .workflows(template::workflows(scope, steps, regions));
        if alarms.is_empty() {
            return plan;
        }
        let plan = plan.associated_alarms(template::associated(alarms));
        let pause = checked_minutes(scope, "the pause between triggers", self.pause);
        match template::trigger(alarms, regions.standby, pause) {
            Some(trigger) => plan.triggers([trigger]),
            None => plan,
        }
    }
}

fn records(steps: &[SwitchStep<'_>]) -> Vec<Value<String>> {
    let record = |step: &SwitchStep<'_>| match &step.block {
        Block::Traffic { record, .. } => Some(record.clone()),
        _ => None,
    };
    steps.iter().flat_map(SwitchStep::all).filter_map(record).collect()
}
