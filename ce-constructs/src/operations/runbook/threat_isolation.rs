//! What is cut off when somebody is in.

use ce_synth::value::{account_id, partition, region};
use ce_synth::{Scope, Value, join};

use crate::compute::FargateService;
use crate::operations::{
    ApiCall, ApiOperation, AutomationDocument, Choice, DocumentParameter, EventTarget, Script, Step, Test, parameter,
};
use crate::security::Grantee;

const OPEN: ApiOperation = ApiOperation::new("ssm:CreateOpsItem");
const STOP: ApiOperation = ApiOperation::new("ecs:StopTask");

/// Finds the role of a task and denies it everything: tokens that are out already are refused too.
const DENY: &str = "\
import json
import boto3

def deny(events, context):
    ecs = boto3.client('ecs')
    task = ecs.describe_tasks(cluster=events['Cluster'], tasks=[events['Task']])['tasks'][0]
    definition = ecs.describe_task_definition(taskDefinition=task['taskDefinitionArn'])['taskDefinition']
    role = definition['taskRoleArn'].split('/')[-1]
    policy = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Deny', 'Action': '*', 'Resource': '*'}]}
    boto3.client('iam').put_role_policy(RoleName=role, PolicyName='Isolated', PolicyDocument=json.dumps(policy))
    return {'Role': role}
";

/// A runbook that cuts a task of ECS off when GuardDuty finds that somebody is in: it opens an item, denies the task's role
/// everything, and stops the task.
///
/// ```
/// use ce_constructs::compute::FargateService;
/// use ce_constructs::governance::ThreatDetection;
/// use ce_constructs::observe::Topic;
/// use ce_constructs::operations::ThreatIsolation;
/// use ce_synth::Scope;
///
/// fn guard<'a>(stack: Scope<'a>, security: &Topic<'a>, api: FargateService<'a>) {
///     let isolation = ThreatIsolation::of([&api]).named("shop-isolate-task").build(stack, "Isolation");
///     ThreatDetection::builder().alert(security).alert(&isolation).build(stack, "Threats");
/// }
/// ```
///
/// It only ever denies roles and stops tasks of the services it is of; a finding about anything else opens an item. Service
/// goes on with new tasks, which are as powerless until somebody deletes the policy `Isolated` from the role. Interfaces
/// of Fargate tasks cannot be moved to another security group, and it blocks no addresses.
#[derive(Clone, Debug)]
#[must_use = "a runbook does nothing until `build`"]
pub struct ThreatIsolation {
    name: Option<String>,
    tasks: Vec<Value<String>>,
    roles: Vec<Value<String>>,
}

impl ThreatIsolation {
    /// For the tasks of services.
    pub fn of<'s, 'a: 's>(services: impl IntoIterator<Item = &'s FargateService<'a>>) -> Self {
        let (mut tasks, mut roles) = (Vec::new(), Vec::new());
        for service in services {
            let cluster = service.cluster().name().cast::<String>();
            let arn = join!["arn:", partition(), ":ecs:", region(), ":", account_id(), ":task/", cluster, "/*"];
            if !tasks.contains(&arn) {
                tasks.push(arn);
            }
            roles.push(service.role().arn().cast());
        }
        Self { name: None, tasks, roles }
    }

    /// Names the document. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Adds the document.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> Isolation<'a> {
        let document = AutomationDocument::builder("Cuts a task off, and opens an item")
            .parameter(DocumentParameter::text("Finding").described("what was found"))
            .parameter(DocumentParameter::text("Cluster").described("the ARN of the task's cluster").default(""))
            .parameter(DocumentParameter::text("Task").described("the ARN of the task, if it is one").default(""))
            .step(open_item())
            .step(
                Step::branch("IsTask", [Choice::unless(parameter("Task"), Test::TextIs(String::new()), "DenyRole")])
                    .end(),
            )
            .step(self.deny_role())
            .step(self.stop_task());
        let document = match self.name {
            Some(name) => document.named(name),
            None => document,
        };
        Isolation { document: document.build(scope, id) }
    }

    fn deny_role(&self) -> Step {
        let on_tasks = |operation| ApiCall::new(operation).on(self.tasks.clone());
        let definitions = ApiCall::new(ApiOperation::new("ecs:DescribeTaskDefinition"));
        let script = Script::new(DENY, "deny")
            .input("Cluster", parameter("Cluster"))
            .input("Task", parameter("Task"))
            .calling(on_tasks(ApiOperation::new("ecs:DescribeTasks")))
            .calling(definitions.on_everything("task definitions are described by no resource"))
            .calling(ApiCall::new(ApiOperation::new("iam:PutRolePolicy")).on(self.roles.clone()));
        Step::script("DenyRole", script).described("the role of the task may do nothing any more")
    }

    fn stop_task(&self) -> Step {
        let stop = ApiCall::new(STOP)
            .on(self.tasks.clone())
            .input("cluster", parameter("Cluster"))
            .input("task", parameter("Task"))
            .input("reason", parameter("Finding"));
        Step::call("StopTask", stop).described("what runs in it is gone, and a new task takes its place")
    }
}

fn open_item() -> Step {
    let items = join!["arn:", partition(), ":ssm:", region(), ":", account_id(), ":opsitem/*"];
    let open = ApiCall::new(OPEN)
        .on([items])
        .input("Title", "Somebody may be in")
        .input("Description", parameter("Finding"))
        .input("Source", "GuardDuty")
        .input("Category", "Security")
        .input("Severity", "1")
        .input("Priority", 1);
    Step::call("OpenIncident", open).described("everything from now on is written there")
}

/// A runbook that isolates, as [`ThreatIsolation`] makes it; `Copy`.
#[derive(Clone, Copy)]
pub struct Isolation<'a> {
    document: AutomationDocument<'a>,
}

impl<'a> Isolation<'a> {
    /// The document.
    pub fn document(self) -> AutomationDocument<'a> {
        self.document
    }
}

/// Started with what a finding of GuardDuty is about.
///
/// Source: <https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-format.html>
impl<'a> From<&Isolation<'a>> for EventTarget<'a> {
    fn from(isolation: &Isolation<'a>) -> Self {
        let cluster = "$.detail.resource.ecsClusterDetails";
        Self::document(&isolation.document)
            .input_from("Finding", "$.detail.title")
            .input_from("Cluster", format!("{cluster}.arn"))
            .input_from("Task", format!("{cluster}.taskDetails.arn"))
    }
}
