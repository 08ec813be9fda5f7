//! How many tasks a service runs.

use std::ops::RangeInclusive;

use ce_cfn::applicationautoscaling::{ScalableTarget, ScalableTargetRef, ScalingPolicy, scalable_target as l1};
use ce_cfn::ecs::ServiceRef;
use ce_synth::{Expr, IntoValue, Scope, join};

use super::{FargateService, Forecast, Rollout, Schedule, StepPolicy, StepScaling, Tracking, rules};

/// How the number of a service's tasks follows the load; `Copy`.
///
/// ```no_run
/// use ce_constructs::compute::{FargateService, Schedule, StepScaling, Tracking};
/// use ce_constructs::observe::Metric;
/// use ce_synth::{Duration, Percent};
///
/// fn scale(agent: FargateService<'_>) {
///     let queued = Metric::new("Shop", "ActiveTaskCount");
///     let each = Metric::math("queued / running", [("queued", queued), ("running", agent.running_tasks())]);
///     let scaling = agent
///         .scaling(2..=20)
///         .track("Cpu", Tracking::cpu(Percent::new(60)).scale_out_cooldown(Duration::minutes(3)))
///         .track("Queue", Tracking::metric(each, 10.0))
///         .schedule("Morning", Schedule::cron("0 7 ? * MON-FRI *").zone("Europe/Berlin"), 6..=20);
///     let slow = scaling.step("Slow", StepScaling::percent(25).at_least(1));
/// }
/// ```
///
/// Several policies may hold at once: the one that wants most tasks wins, and tasks are taken away when all agree. By
/// default there is none, which is a finding. The service then has no count of its own, as deploying it would reset the
/// number of tasks.
#[derive(Clone, Copy)]
pub struct ServiceScaling<'a> {
    scope: Scope<'a>,
    service: ServiceRef<'a>,
    /// The service's own scope, whose id policies are named after.
    name: Scope<'a>,
    target: ScalableTargetRef<'a>,
}

impl<'a> ServiceScaling<'a> {
    #[track_caller]
    pub(super) fn add(service: &FargateService<'a>, tasks: RangeInclusive<u16>) -> Self {
        let scope = service.scope.child("Scaling");
        rules::task_bounds::check(scope, &tasks);
        let resource = join!["service/", service.cluster.name(), "/", service.service.name()];
        let target = ScalableTarget::new()
            .service_namespace(l1::ServiceNamespace::ECS)
            .scalable_dimension(l1::ScalableDimension::ECS_SERVICE_DESIRED_COUNT)
            .resource_id(resource.into_expr())
            .min_capacity(*tasks.start())
            .max_capacity(*tasks.end());
        service.service.set("Properties.DesiredCount", Expr::Null);
        if service.rolls_by_default
            && let Rollout::Rolling { maximum, .. } = Rollout::rolling_for(*tasks.start())
        {
            let maximum = Expr::from(i64::from(maximum));
            service.service.set("Properties.DeploymentConfiguration.MaximumPercent", maximum);
        }
        Self { scope, service: service.service, name: service.scope, target: scope.add("Target", target) }
    }

    /// Keeps a metric near a value.
    #[track_caller]
    pub fn track(self, id: &str, tracking: Tracking) -> Self {
        let scope = self.scope.child(id);
        tracking.check(scope);
        rules::shifted_requests::check(scope, &tracking, self.service);
        let policy = ScalingPolicy::new()
            .policy_name(self.policy_name(id))
            .policy_type("TargetTrackingScaling")
            .scaling_target_id(self.target)
            .target_tracking_scaling_policy_configuration(tracking.configuration());
        scope.add("Resource", policy);
        self
    }

    /// A policy that an alarm runs: give the result to [`Alarm::on_alarm`](crate::observe::Alarm::on_alarm).
    #[track_caller]
    pub fn step(self, id: &str, steps: StepScaling) -> StepPolicy<'a> {
        let scope = self.scope.child(id);
        steps.check(scope);
        let policy = ScalingPolicy::new()
            .policy_name(self.policy_name(id))
            .policy_type("StepScaling")
            .scaling_target_id(self.target)
            .step_scaling_policy_configuration(steps.configuration());
        StepPolicy::new(scope.add("Resource", policy))
    }

    /// Starts tasks before a forecast says they are needed.
    #[track_caller]
    pub fn predict(self, id: &str, forecast: Forecast) -> Self {
        let scope = self.scope.child(id);
        rules::tracking_value::check(scope, f64::from(forecast.share.value()));
        let policy = ScalingPolicy::new()
            .policy_name(self.policy_name(id))
            .policy_type("PredictiveScaling")
            .scaling_target_id(self.target)
            .predictive_scaling_policy_configuration(forecast.configuration());
        scope.add("Resource", policy);
        self
    }

    /// Changes the bounds at times.
    #[track_caller]
    pub fn schedule(self, id: &str, schedule: Schedule, tasks: RangeInclusive<u16>) -> Self {
        rules::task_bounds::check(self.scope, &tasks);
        rules::schedule_form::check(self.scope, &schedule);
        let action = l1::ScalableTargetAction::new().min_capacity(*tasks.start()).max_capacity(*tasks.end());
        let action = l1::ScheduledAction::new()
            .scheduled_action_name(id)
            .schedule(schedule.expression)
            .timezone(schedule.zone)
            .scalable_target_action(action);
        let mut actions = match self.target.peek("ScheduledActions") {
            Some(Expr::List(actions)) => actions,
            _ => Vec::new(),
        };
        actions.push(IntoValue::<l1::ScheduledAction>::into_value(action).into_expr());
        self.target.set("Properties.ScheduledActions", Expr::List(actions));
        self
    }

    /// Unique below the target, and readable in the console: the construct's id.
    fn policy_name(self, id: &str) -> String {
        format!("{}-{id}", self.name.id())
    }

    /// The generated target.
    pub fn target(self) -> ScalableTargetRef<'a> {
        self.target
    }
}
