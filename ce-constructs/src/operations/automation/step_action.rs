//! What a step does, and what that must be allowed.

use ce_synth::value::{account_id, partition, region};
use ce_synth::{Duration, Expr, IntoValue, ListOf, PropMap, Value, join};

use super::{ApiCall, Choice, Script};
use crate::security::{Action, Statement, own_arn};

/// One of Automation's actions with its inputs.
///
/// Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html>
#[derive(Clone, Debug, PartialEq)]
pub(super) enum StepAction {
    Call(ApiCall),
    WaitFor(ApiCall, String, Vec<String>),
    Assert(ApiCall, String, Vec<String>),
    Sleep(Duration),
    Pause,
    Approve {
        topic: Value<String>,
        publishing: Vec<Statement>,
        message: String,
        approvers: Vec<Value<String>>,
        minimum: usize,
    },
    Branch {
        choices: Vec<Choice>,
        default: Option<String>,
    },
    RunCommand {
        document: Value<String>,
        instances: Value<ListOf<String>>,
        parameters: PropMap,
    },
    Script(Script),
    Invoke {
        function: Value<String>,
        payload: Expr,
    },
    Start {
        document: Value<String>,
        parameters: PropMap,
    },
}

impl StepAction {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Call(_) => "aws:executeAwsApi",
            Self::WaitFor(..) => "aws:waitForAwsResourceProperty",
            Self::Assert(..) => "aws:assertAwsResourceProperty",
            Self::Sleep(_) => "aws:sleep",
            Self::Pause => "aws:pause",
            Self::Approve { .. } => "aws:approve",
            Self::Branch { .. } => "aws:branch",
            Self::RunCommand { .. } => "aws:runCommand",
            Self::Script(_) => "aws:executeScript",
            Self::Invoke { .. } => "aws:invokeLambdaFunction",
            Self::Start { .. } => "aws:executeAutomation",
        }
    }

    pub(super) fn inputs(&self) -> PropMap {
        match self {
            Self::Call(call) => call.inputs(),
            Self::WaitFor(call, selector, values) | Self::Assert(call, selector, values) => {
                let mut inputs = call.inputs();
                inputs.set("PropertySelector", selector.clone().into());
                inputs.set("DesiredValues", values.clone().into());
                inputs
            }
            Self::Sleep(time) => PropMap::new().with::<String>("Duration", format!("PT{}S", time.as_seconds())),
            Self::Pause => PropMap::new(),
            Self::Approve { topic, message, approvers, minimum, .. } => PropMap::new()
                .with::<String>("NotificationArn", topic)
                .with::<String>("Message", message)
                .with::<i64>("MinRequiredApprovals", i64::try_from(*minimum).unwrap_or(i64::MAX))
                .with::<ListOf<String>>("Approvers", approvers.clone()),
            Self::Branch { choices, default } => {
                let choices: Vec<Expr> = choices.iter().map(Choice::property).collect();
                PropMap::new()
                    .with::<String>("Choices", Expr::List(choices))
                    .with::<String>("Default", default.as_deref())
            }
            Self::RunCommand { document, instances, parameters } => PropMap::new()
                .with::<String>("DocumentName", document)
                .with::<ListOf<String>>("InstanceIds", instances)
                .with::<String>("Parameters", some(parameters)),
            Self::Script(script) => script.inputs(),
            Self::Invoke { function, payload } => {
                PropMap::new().with::<String>("FunctionName", function).with::<String>("InputPayload", payload.clone())
            }
            Self::Start { document, parameters } => PropMap::new()
                .with::<String>("DocumentName", document)
                .with::<String>("RuntimeParameters", some(parameters)),
        }
    }

    /// What the runbook's role must be allowed.
    pub(super) fn statements(&self) -> Vec<Statement> {
        match self {
            Self::Call(call) | Self::WaitFor(call, ..) | Self::Assert(call, ..) => call.statements(),
            Self::Script(script) => script.calls.iter().flat_map(ApiCall::statements).collect(),
            Self::Approve { publishing, .. } => publishing.clone(),
            Self::Invoke { function, .. } => {
                vec![Statement::allow([Action::new("lambda:InvokeFunction")]).on([function])]
            }
            Self::RunCommand { document, .. } => run_command(document),
            Self::Start { document, .. } => start(document),
            Self::Sleep(_) | Self::Pause | Self::Branch { .. } => Vec::new(),
        }
    }

    /// The steps it may go on with.
    pub(super) fn next_steps(&self) -> Vec<&str> {
        match self {
            Self::Branch { choices, default } => {
                choices.iter().map(|choice| choice.next.as_str()).chain(default.as_deref()).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn some(parameters: &PropMap) -> Expr {
    if parameters.is_empty() { Expr::Null } else { parameters.clone().into() }
}

const READS_ALL: &str = "Systems Manager shows results of commands by no resource";

/// Documents of AWS have no account in their ARN.
fn run_command(document: &Value<String>) -> Vec<Statement> {
    let command =
        |account: Value<String>| join!["arn:", partition(), ":ssm:", region(), ":", account, ":document/", document];
    let instances = own_arn("ec2", "instance/*");
    let watch = [
        Action::new("ssm:GetCommandInvocation"),
        Action::new("ssm:ListCommandInvocations"),
        Action::new("ssm:ListCommands"),
    ];
    vec![
        Statement::allow([Action::new("ssm:SendCommand")]).on([
            command("".into_value()),
            command(account_id()),
            instances,
        ]),
        Statement::allow(watch).on(["*"]).with_wildcard_reason(READS_ALL),
    ]
}

fn start(document: &Value<String>) -> Vec<Statement> {
    let executions = own_arn("ssm", "automation-execution/*");
    vec![
        Statement::allow([super::document::START]).on(super::document::startable(document)),
        Statement::allow([Action::new("ssm:GetAutomationExecution")]).on([executions]),
    ]
}
