//! What AWS is asked.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{EvidenceCall, Guard, ParameterValue, Secret, StackRef, Tag, Token};

/// A request. The comment of each names the API operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Call {
    /// `sts:GetCallerIdentity`: whose credentials these are.
    Identity,
    /// `ssm:GetParameter`: a plain parameter, such as the bootstrap version.
    Parameter {
        /// Its name.
        name: String,
    },
    /// `cloudformation:DescribeStacks`: one stack, or all of the place.
    DescribeStacks {
        /// The stack; all without one.
        stack: Option<StackRef>,
        /// Which page.
        page: Page,
    },
    /// `cloudformation:DescribeStackEvents`, the latest first.
    DescribeStackEvents {
        /// The stack.
        stack: StackRef,
        /// Which page.
        page: Page,
    },
    /// `cloudformation:DescribeEvents` of a change set: what early validation found.
    DescribeChangeSetEvents {
        /// The change set's ARN.
        change_set: String,
        /// Which page.
        page: Page,
    },
    /// `cloudformation:ListStackResources`.
    ListStackResources {
        /// The stack.
        stack: StackRef,
        /// Which page.
        page: Page,
    },
    /// `cloudformation:GetTemplate`, as it was given (`Original`).
    GetTemplate {
        /// The stack.
        stack: StackRef,
        /// The ARN of the change set whose template is meant.
        change_set: Option<String>,
    },
    /// `cloudformation:CreateChangeSet`.
    CreateChangeSet(Box<ChangeSetRequest>),
    /// `cloudformation:DescribeChangeSet`.
    DescribeChangeSet {
        /// The stack.
        stack: StackRef,
        /// The change set's name or ARN.
        change_set: String,
        /// Which page.
        page: Page,
    },
    /// `cloudformation:ListChangeSets`.
    ListChangeSets {
        /// The stack.
        stack: StackRef,
        /// Which page.
        page: Page,
    },
    /// `cloudformation:ExecuteChangeSet`.
    ExecuteChangeSet {
        /// The stack.
        stack: StackRef,
        /// The change set's ARN.
        change_set: String,
        /// Whose operation it is.
        token: Token,
        /// Leave what was made when something fails. Not together with [`OnFailure`].
        disable_rollback: bool,
        /// Delete what this operation made when it is rolled back, though its policy is to be retained.
        retain_except_on_create: bool,
    },
    /// `cloudformation:DeleteChangeSet`.
    DeleteChangeSet {
        /// The stack.
        stack: StackRef,
        /// The change set's ARN.
        change_set: String,
    },
    /// `cloudformation:DeleteStack`.
    DeleteStack {
        /// The stack.
        stack: StackRef,
        /// Whose operation it is.
        token: Token,
        /// Logical ids that are left in place; only where a deletion failed.
        retain: Vec<String>,
        /// The role that CloudFormation works with.
        role: Option<String>,
    },
    /// `cloudformation:CancelUpdateStack`.
    CancelUpdateStack {
        /// The stack.
        stack: StackRef,
        /// Whose operation it is.
        token: Token,
    },
    /// `cloudformation:ContinueUpdateRollback`.
    ContinueUpdateRollback {
        /// The stack.
        stack: StackRef,
        /// Whose operation it is.
        token: Token,
        /// Resources to leave as they are, `Nested.Logical` where they are nested.
        skip: Vec<String>,
        /// The role that CloudFormation works with.
        role: Option<String>,
    },
    /// `cloudformation:RollbackStack`.
    RollbackStack {
        /// The stack.
        stack: StackRef,
        /// Whose operation it is.
        token: Token,
        /// The role that CloudFormation works with.
        role: Option<String>,
    },
    /// `cloudformation:UpdateTerminationProtection`.
    ProtectStack {
        /// The stack.
        stack: StackRef,
        /// Whether it refuses to be deleted.
        protected: bool,
    },
    /// `cloudformation:GetStackPolicy`.
    GetStackPolicy {
        /// The stack.
        stack: StackRef,
    },
    /// `cloudformation:SetStackPolicy`.
    SetStackPolicy {
        /// The stack.
        stack: StackRef,
        /// The policy, at most 16,384 bytes.
        policy: String,
    },
    /// `cloudformation:ListImports`: who imports an export.
    ListImports {
        /// The export's name.
        export: String,
        /// Which page.
        page: Page,
    },
    /// `cloudformation:DetectStackDrift`.
    DetectDrift {
        /// The stack.
        stack: StackRef,
    },
    /// `cloudformation:DescribeStackDriftDetectionStatus`.
    DescribeDriftDetection {
        /// What [`Call::DetectDrift`] gave.
        detection: String,
    },
    /// `cloudformation:DescribeStackResourceDrifts`.
    DescribeResourceDrifts {
        /// The stack.
        stack: StackRef,
        /// Which page.
        page: Page,
    },
    /// `cloudformation:CreateStackRefactor`: moves resources between stacks without touching them.
    CreateRefactor {
        /// Templates by stack name, as they will be.
        stacks: Vec<(String, String)>,
        /// From stack and logical id to stack and logical id.
        moves: Vec<([String; 2], [String; 2])>,
        /// Whether stacks may be made.
        creates: bool,
    },
    /// `cloudformation:DescribeStackRefactor`.
    DescribeRefactor {
        /// What [`Call::CreateRefactor`] gave.
        refactor: String,
    },
    /// `cloudformation:ExecuteStackRefactor`.
    ExecuteRefactor {
        /// What [`Call::CreateRefactor`] gave.
        refactor: String,
    },
    /// `s3:HeadObject`: whether an object is there, and the SHA-256 of its content.
    HeadObject {
        /// The bucket.
        bucket: String,
        /// The key.
        key: String,
    },
    /// `s3:PutObject`. The expected owner of the bucket is always the place's account.
    PutObject {
        /// The bucket.
        bucket: String,
        /// The key.
        key: String,
        /// What it holds.
        content: Content,
        /// The SHA-256 of what it holds, in hexadecimal.
        sha256: String,
        /// Its media type.
        content_type: Option<String>,
    },
    /// What another service says about something that failed.
    Evidence(EvidenceCall),
    /// `cloudcontrol:GetResource`: what a resource has now.
    GetResource {
        /// Its type.
        type_name: String,
        /// What Cloud Control knows it by.
        identifier: String,
    },
    /// `cloudcontrol:CreateResource`. It is made when [`Call::DescribeResourceRequest`] says so.
    CreateResource {
        /// Its type.
        type_name: String,
        /// Its properties, as JSON.
        properties: Secret,
        /// Makes repeated requests one.
        token: Token,
    },
    /// `cloudcontrol:UpdateResource`. It is done when [`Call::DescribeResourceRequest`] says so.
    UpdateResource {
        /// Its type.
        type_name: String,
        /// What Cloud Control knows it by.
        identifier: String,
        /// A JSON patch (RFC 6902) of its properties.
        patch: Secret,
        /// Makes repeated requests one.
        token: Token,
    },
    /// `cloudcontrol:GetResourceRequestStatus`.
    DescribeResourceRequest {
        /// What the request was answered with.
        request: String,
    },
}

impl Call {
    /// Whether it changes something there.
    pub fn changes_something(&self) -> bool {
        matches!(
            self,
            Self::CreateChangeSet(_)
                | Self::ExecuteChangeSet { .. }
                | Self::DeleteChangeSet { .. }
                | Self::DeleteStack { .. }
                | Self::CancelUpdateStack { .. }
                | Self::ContinueUpdateRollback { .. }
                | Self::RollbackStack { .. }
                | Self::ProtectStack { .. }
                | Self::SetStackPolicy { .. }
                | Self::CreateRefactor { .. }
                | Self::ExecuteRefactor { .. }
                | Self::PutObject { .. }
                | Self::CreateResource { .. }
                | Self::UpdateResource { .. }
        )
    }
}

/// What an object holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
    /// A file of the assembly.
    File(PathBuf),
    /// A text: a template that a stack had before.
    Text(Arc<str>),
}

/// Which page of a long answer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Page(pub Option<String>);

impl Page {
    /// The first.
    pub const fn first() -> Self {
        Self(None)
    }
}

/// What a change set is made of (`CreateChangeSet`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeSetRequest {
    /// The stack.
    pub stack: StackRef,
    /// The change set's name, `[a-zA-Z][-a-zA-Z0-9]*`, at most 128 characters.
    pub name: String,
    /// What it is for.
    pub kind: ChangeSetType,
    /// The template.
    pub template: Template,
    /// Its parameters.
    pub parameters: Vec<ParameterValue>,
    /// The stack's tags; none leaves them as they are, and an empty list takes them away.
    /// Source: CloudFormation API reference, `UpdateStack`, `Tags`.
    pub tags: Option<Vec<Tag>>,
    /// What the template is allowed to do.
    pub capabilities: Vec<Capability>,
    /// The role that CloudFormation works with; it sticks to the stack.
    pub role: Option<String>,
    /// Topics that are told of events; none leaves them as they are.
    pub notification_arns: Option<Vec<String>>,
    /// Alarms that take the operation back; none leaves what the stack has.
    pub guard: Option<Guard>,
    /// Makes repeated requests one.
    pub token: Token,
    /// What becomes of a new stack whose creation fails; none is the service's default.
    pub on_failure: Option<OnFailure>,
    /// Whether changes of nested stacks are worked out. Not for imports.
    pub include_nested: bool,
    /// Resources to take in.
    pub imports: Vec<ImportedResource>,
    /// Standard, express, or back to the template.
    pub mode: Mode,
    /// Whether a failure is left as it is. Only express mode is told so here, and takes silence for yes; else it is told
    /// when the change set is executed.
    pub disable_rollback: bool,
}

/// What a change set is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChangeSetType {
    /// A new stack; it is there in `REVIEW_IN_PROGRESS` until the change set is executed.
    Create,
    /// A stack that is there.
    Update,
    /// Resources that are there.
    Import,
}

/// A template, in the call or in a bucket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Template {
    /// Its text, at most 51,200 bytes.
    Body(String),
    /// Where it is, at most 1 MB.
    Url(String),
    /// The one the stack has.
    Previous,
}

/// What a template is allowed to do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Capability {
    /// Make IAM resources with names of their own (`CAPABILITY_NAMED_IAM`, which covers `CAPABILITY_IAM`).
    #[serde(rename = "CAPABILITY_NAMED_IAM")]
    NamedIam,
    /// Use macros (`CAPABILITY_AUTO_EXPAND`).
    #[serde(rename = "CAPABILITY_AUTO_EXPAND")]
    AutoExpand,
}

/// What becomes of a new stack whose creation fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnFailure {
    /// It is put back, and stays empty in `ROLLBACK_COMPLETE`.
    Rollback,
    /// It is deleted.
    Delete,
    /// It stays as it is.
    Nothing,
}

/// How the service works.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// It waits until every resource is stable.
    #[default]
    Standard,
    /// It goes on as soon as a resource is configured (`DeploymentConfig.Mode = EXPRESS`).
    Express,
    /// It puts back what was changed by others (`DeploymentMode = REVERT_DRIFT`).
    RevertDrift,
}

/// A resource to take in (`ResourceToImport`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportedResource {
    /// Its type.
    pub type_name: String,
    /// Its id in the template.
    pub logical_id: String,
    /// The properties that identify it, as the service names them.
    pub identifier: Vec<(String, String)>,
}
