//! The runbook.

use ce_synth::{Scope, Value, join};

use super::{Evidence, SourceBlock};
use crate::compute::FargateService;
use crate::observe::LogGroup;
use crate::operations::{
    ApiCall, ApiOperation, AutomationDocument, AutomationDocumentBuilder, Choice, DocumentParameter, EventTarget,
    OnFailure, Script, Step, Test, parameter,
};
use crate::security::{Grantee, own_arn};

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
/// everything, and stops the task; if told so, it also keeps out where they come from, and keeps the logs.
///
/// ```
/// use ce_constructs::compute::FargateService;
/// use ce_constructs::edge::GlobalWebFirewall;
/// use ce_constructs::governance::ThreatDetection;
/// use ce_constructs::observe::Topic;
/// use ce_constructs::operations::{Evidence, SourceBlock, ThreatIsolation};
/// use ce_constructs::storage::Bucket;
/// use ce_synth::Scope;
///
/// fn guard<'a>(
///     stack: Scope<'a>,
///     security: &Topic<'a>,
///     api: FargateService<'a>,
///     firewall: GlobalWebFirewall<'a>,
///     locked: &Bucket<'a>,
/// ) {
///     let isolation = ThreatIsolation::of([&api])
///         .named("shop-isolate-task")
///         .blocks(SourceBlock::on(firewall.block_list()))
///         .keeps(Evidence::in_bucket(locked))
///         .build(stack, "Isolation");
///     ThreatDetection::builder().alert(security).alert(&isolation).build(stack, "Threats");
/// }
/// ```
///
/// It only ever denies roles and stops tasks of the services it is of; a finding about anything else opens an item, blocks
/// its source and keeps the logs. Service goes on with new tasks, which are as powerless until somebody deletes the policy
/// `Isolated` from the role. Interfaces of Fargate tasks cannot be moved to another security group.
#[derive(Clone)]
#[must_use = "a runbook does nothing until `build`"]
pub struct ThreatIsolation<'a> {
    name: Option<String>,
    tasks: Vec<Value<String>>,
    roles: Vec<Value<String>>,
    logs: Vec<LogGroup<'a>>,
    block: Option<SourceBlock>,
    evidence: Option<Evidence<'a>>,
}

impl<'a> ThreatIsolation<'a> {
    /// For the tasks of services.
    pub fn of<'s>(services: impl IntoIterator<Item = &'s FargateService<'a>>) -> Self
    where
        'a: 's,
    {
        let (name, block, evidence) = Default::default();
        let mut all = Self { name, tasks: Vec::new(), roles: Vec::new(), logs: Vec::new(), block, evidence };
        for service in services {
            let cluster = service.cluster().name().cast::<String>();
            let arn = own_arn("ecs", join!["task/", cluster, "/*"]);
            if !all.tasks.contains(&arn) {
                all.tasks.push(arn);
            }
            all.roles.push(service.role().arn().cast());
            all.logs.push(service.logs());
        }
        all
    }

    /// Names the document. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Keeps out where a threat comes from. Default: only what is inside is cut off.
    pub fn blocks(mut self, source: SourceBlock) -> Self {
        self.block = Some(source);
        self
    }

    /// Keeps the logs of the services. Default: they stay where they are, as long as their group keeps them.
    pub fn keeps(mut self, evidence: Evidence<'a>) -> Self {
        self.evidence = Some(evidence);
        self
    }

    /// Adds the document.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> Isolation<'a> {
        let lifting = format!("{id}Lifting");
        let block = self.block.as_ref().and_then(|block| block.step(scope, &lifting, self.name.as_deref()));
        let kept = self.evidence.as_ref().map(|evidence| evidence.steps(scope, &self.logs)).unwrap_or_default();
        let isolates = Choice::unless(parameter("Task"), Test::TextIs(String::new()), "DenyRole");
        let is_task = match kept.first() {
            Some(first) => Step::branch_or("IsTask", [isolates], first.name()),
            None => Step::branch("IsTask", [isolates]).end(),
        };
        // Somebody is in: what comes later is done even if something fails.
        let steps = std::iter::once(open_item())
            .chain(block)
            .map(|step| step.on_failure(OnFailure::Continue))
            .chain([is_task, self.deny_role(), self.stop_task()])
            .chain(kept);
        let document = steps.fold(self.document(), AutomationDocumentBuilder::step);
        Isolation { document: document.build(scope, id) }
    }

    fn document(&self) -> AutomationDocumentBuilder<'a> {
        let optional = |name: &str, about: &str| DocumentParameter::text(name).described(about).default("");
        let document = AutomationDocument::builder("Cuts a task off, and opens an item")
            .parameter(DocumentParameter::text("Finding").described("what was found"))
            .parameter(optional("Detector", "the detector that found it"))
            .parameter(optional("Id", "the finding's id, if a detector has it"))
            .parameter(optional("Cluster", "the ARN of the task's cluster"))
            .parameter(optional("Task", "the ARN of the task, if it is one"));
        match &self.name {
            Some(name) => document.named(name.clone()),
            None => document,
        }
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
        Step::script("DenyRole", script)
            .described("the role of the task may do nothing any more")
            .on_failure(OnFailure::Continue)
    }

    fn stop_task(&self) -> Step {
        let stop = ApiCall::new(STOP)
            .on(self.tasks.clone())
            .input("cluster", parameter("Cluster"))
            .input("task", parameter("Task"))
            .input("reason", parameter("Finding"));
        Step::call("StopTask", stop)
            .described("what runs in it is gone, and a new task takes its place")
            .on_failure(OnFailure::Continue)
    }
}

fn open_item() -> Step {
    let open = ApiCall::new(OPEN)
        .on([own_arn("ssm", "opsitem/*")])
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
            .input_from("Detector", "$.detail.service.detectorId")
            .input_from("Id", "$.detail.id")
            .input_from("Cluster", format!("{cluster}.arn"))
            .input_from("Task", format!("{cluster}.taskDetails.arn"))
    }
}
