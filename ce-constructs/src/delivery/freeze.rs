//! A stop of deployments.

use ce_synth::value::{account_id, partition};
use ce_synth::{Expr, Region, Value, join};

use super::{Job, JobStep, Trigger};
use crate::operations::{ApiCall, ApiOperation, Script, Step};
use crate::runbooks::RunbookStep;
use crate::security::{Action, Statement};

const RAISE: &str = "\
import boto3


def raise_flag(events, context):
    ssm = boto3.client('ssm', region_name=events['region'])
    ssm.put_parameter(Name=events['name'], Value=events['why'], Type='String', Overwrite=True)
";

/// A flag that is down already is no reason to fail.
const LOWER: &str = "\
import boto3


def lower_flag(events, context):
    boto3.client('ssm', region_name=events['region']).delete_parameters(Names=[events['name']])
";

/// What whoever starts a workflow says to deploy all the same.
const OVERRIDE: &str = "override_freeze";

/// A flag that stops deployments while it is up: after a failover the templates say who was the writer, and the next
/// deployment would make it so.
///
/// ```
/// use ce_constructs::delivery::{AssumedRole, DeployFreeze, Program, Target};
/// use ce_constructs::resilience::RegionSwitchBuilder;
/// use ce_synth::{Account, Environment, Region, Tier};
///
/// const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// let freeze = DeployFreeze::new("/shop/deploy-freeze", Region::US_WEST_2);
/// let role = AssumedRole::named(PROD, "shop-prod-deploy");
/// let production = Target::new("production", PROD, role, Program::example("prod")).frozen_by(&freeze);
/// let plan = |plan: RegionSwitchBuilder<'static>| plan.freezes(&freeze);
/// # let _ = (production, plan);
/// ```
///
/// It is a parameter of Parameter Store that is there as long as it is up, and says why; no template has it, so that
/// neither a deployment nor a comparison with the templates touches it. Put it where the standby is. Somebody who has to deploy
/// all the same says why when starting the workflow: who, what and why stand in the summary of the run, and in the
/// history of the parameter of the same name with `-override`. If nobody can tell whether it is up, it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeployFreeze {
    name: String,
    region: Region,
}

impl DeployFreeze {
    /// By its name, `/shop/deploy-freeze`, and the region it lies in.
    pub fn new(name: impl Into<String>, region: Region) -> Self {
        Self { name: name.into(), region }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it lies.
    pub fn region(&self) -> Region {
        self.region
    }

    /// The step of a runbook that puts it up.
    pub fn raised(&self) -> RunbookStep {
        let (region, name) = (self.region, &self.name);
        RunbookStep::new("Freeze deployments")
            .command(format!(
                "aws ssm put-parameter --region {region} --name {name} --type String --overwrite \\\n  --value \"failover of $(date -u +%FT%TZ)\""
            ))
            .automated(self.raising("FreezeDeployments"))
            .expect("the next deployment to production says that it is frozen")
    }

    /// The step of a runbook that takes it down.
    pub fn lowered(&self) -> RunbookStep {
        let (region, name) = (self.region, &self.name);
        RunbookStep::new("Allow deployments again")
            .command(format!("aws ssm delete-parameters --region {region} --names {name}"))
            .automated(self.lowering("AllowDeploymentsAgain"))
            .stop_if("the templates differ from what is there")
    }

    /// The step of a document that puts it up.
    pub(crate) fn raising(&self, step: &str) -> Step {
        let put = ApiCall::new(ApiOperation::new("ssm:PutParameter")).on([self.arn("")]);
        let why = Expr::text("failover of {{ global:DATE_TIME }}".to_owned());
        Step::script(step, self.named(Script::new(RAISE, "raise_flag")).input("why", why).calling(put))
    }

    fn lowering(&self, step: &str) -> Step {
        let delete = ApiCall::new(ApiOperation::new("ssm:DeleteParameters")).on([self.arn("")]);
        Step::script(step, self.named(Script::new(LOWER, "lower_flag")).calling(delete))
    }

    fn named(&self, script: Script) -> Script {
        script.input("name", Expr::text(self.name.clone())).input("region", self.region.as_str())
    }

    fn arn(&self, suffix: &str) -> Value<String> {
        let start = if self.name.starts_with('/') { "" } else { "/" };
        let parameter = format!(":parameter{start}{}{suffix}", self.name);
        join!["arn:", partition(), ":ssm:", self.region.as_str(), ":", account_id(), parameter]
    }

    /// What a role that deploys must be allowed.
    pub(super) fn statements(&self) -> [Statement; 2] {
        [
            Statement::allow([Action::new("ssm:GetParameters")]).on([self.arn("")]),
            Statement::allow([Action::new("ssm:PutParameter")]).on([self.arn("-override")]),
        ]
    }

    /// Whoever starts the workflow may say why it deploys all the same.
    pub(super) fn asked(on_request: Trigger) -> Trigger {
        on_request.input(OVERRIDE, "Why to deploy although deployments are frozen", Some(""))
    }

    /// Fails while it is up; the job has signed in.
    pub(super) fn heeded(&self) -> JobStep {
        let (region, name) = (self.region, &self.name);
        let script = format!(
            "frozen=$(aws ssm get-parameters --region {region} --names {name} \\\n  \
             --query 'Parameters[0].Value' --output text) || frozen=\"{region} does not answer\"\n\
             if [ \"$frozen\" = None ]; then exit 0; fi\n\
             if [ -z \"$OVERRIDE\" ]; then echo \"::error::deployments are frozen: $frozen\"; exit 1; fi\n\
             said=\"run $GITHUB_RUN_ID of $GITHUB_SHA by $GITHUB_ACTOR: $OVERRIDE\"\n\
             printf '### Deployed in spite of a freeze\\n\\n- frozen: %s\\n- %s\\n' \"$frozen\" \"$said\" \\\n  \
             >> \"$GITHUB_STEP_SUMMARY\"\n\
             aws ssm put-parameter --region {region} --name {name}-override --type String --overwrite \\\n  \
             --value \"$said\" > /dev/null || echo \"::warning::the override is recorded in this run alone\"\n"
        );
        JobStep::run("Heed a freeze", script).env("OVERRIDE", format!("${{{{ inputs.{OVERRIDE} }}}}"))
    }

    /// A job that does only that.
    pub(super) fn job(&self, sign_in: JobStep) -> Job {
        Job::new().named("Heed a freeze").step(sign_in).step(self.heeded())
    }
}
