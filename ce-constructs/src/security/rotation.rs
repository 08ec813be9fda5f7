//! How a secret gets a new text.

use ce_cfn::ids;
use ce_cfn::lambda;
use ce_cfn::secretsmanager::{self, rotation_schedule::RotationRules};
use ce_synth::value::account_id;
use ce_synth::{Duration, IntoValue, Value};

use super::role::KeptRole;
use super::{Grantee, HostedRotation, Secret, rules};

/// Who rotates a secret, and when.
///
/// ```
/// use ce_constructs::security::{HostedRotation, Rotation};
/// use ce_synth::Duration;
/// let monthly = Rotation::hosted(HostedRotation::postgres_single_user()).every(Duration::days(30));
/// # let _ = monthly;
/// ```
///
/// By default it is every 30 days, the first time at once.
#[derive(Clone, Debug)]
pub struct Rotation {
    by: Rotator,
    schedule: Schedule,
    window: Option<Duration>,
    at_once: bool,
}

#[derive(Clone, Debug)]
enum Rotator {
    Hosted(HostedRotation),
    Function { arn: Value<ids::LambdaFunctionArn>, role: Option<KeptRole> },
}

#[derive(Clone, Debug)]
enum Schedule {
    Every(Duration),
    Expression(String),
}

impl Rotation {
    fn by(by: Rotator) -> Self {
        Self { by, schedule: Schedule::Every(Duration::days(30)), window: None, at_once: true }
    }

    /// By a function that AWS writes and CloudFormation adds to the template with a transform.
    pub fn hosted(rotation: HostedRotation) -> Self {
        Self::by(Rotator::Hosted(rotation))
    }

    /// By a function of your own, with the role it acts with: the role is allowed to rotate the secret, and Secrets
    /// Manager to call the function.
    pub fn function(arn: impl IntoValue<ids::LambdaFunctionArn>, role: &(impl Grantee + ?Sized)) -> Self {
        Self::by(Rotator::Function { arn: arn.into_value(), role: Some(role.role().keep()) })
    }

    /// By a function that is there already and has its permissions.
    pub fn existing_function(arn: impl IntoValue<ids::LambdaFunctionArn>) -> Self {
        Self::by(Rotator::Function { arn: arn.into_value(), role: None })
    }

    /// How often, in whole days from 1 to 1,000. Default: every 30 days.
    pub fn every(mut self, period: Duration) -> Self {
        self.schedule = Schedule::Every(period);
        self
    }

    /// When, as a `cron(..)` or `rate(..)` expression in UTC. Default: every 30 days.
    pub fn on_schedule(mut self, expression: impl Into<String>) -> Self {
        self.schedule = Schedule::Expression(expression.into());
        self
    }

    /// How long the rotation may take from its planned time, in whole hours. Default: the rest of the day.
    pub fn window(mut self, window: Duration) -> Self {
        self.window = Some(window);
        self
    }

    /// Waits for the first planned time. Default: it is rotated as soon as the rotation is set up.
    pub fn not_at_once(mut self) -> Self {
        self.at_once = false;
        self
    }

    #[track_caller]
    pub(super) fn place<'a>(self, secret: &Secret<'a>) -> secretsmanager::RotationScheduleRef<'a> {
        let scope = secret.scope();
        let rules = match &self.schedule {
            Schedule::Every(period) => {
                rules::rotation_period::check(scope, *period);
                RotationRules::new().automatically_after_days(period.days_rounded_up())
            }
            Schedule::Expression(expression) => {
                rules::rotation_period::check_expression(scope, expression);
                RotationRules::new().schedule_expression(expression)
            }
        };
        let rules = rules.duration(self.window.map(|window| format!("{}h", window.as_seconds().div_ceil(3_600))));
        let schedule = secretsmanager::RotationSchedule::new()
            .secret_id(secret.locator())
            .rotation_rules(rules)
            .rotate_immediately_on_update((!self.at_once).then_some(false));
        match self.by {
            Rotator::Hosted(hosted) => {
                scope.stack().transform(HostedRotation::TRANSFORM);
                hosted.check(scope);
                scope.add("Rotation", schedule.hosted_rotation_lambda(hosted.property(secret)))
            }
            Rotator::Function { arn, role: None } => scope.add("Rotation", schedule.rotation_lambda_arn(arn)),
            Rotator::Function { arn, role: Some(role) } => {
                let role = role.in_app(scope.app());
                secret.grants().rotate(&role);
                let permission = scope.add("RotationPermission", may_call(&arn));
                let schedule = scope.add("Rotation", schedule.rotation_lambda_arn(arn));
                schedule.depends_on(*permission);
                if let Some(policy) = role.policy() {
                    schedule.depends_on(*policy);
                }
                schedule
            }
        }
    }
}

fn may_call(function: &Value<ids::LambdaFunctionArn>) -> lambda::Permission {
    lambda::Permission::new()
        .action("lambda:InvokeFunction")
        .principal("secretsmanager.amazonaws.com")
        .source_account(account_id())
        .function_name(function.clone())
}
