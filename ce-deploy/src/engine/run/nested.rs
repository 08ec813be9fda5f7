//! Where a nested stack is, and the calls that look into it.

use crate::cloud::{Call, Page, StackRef, StackResource};

const STACK: &str = "AWS::CloudFormation::Stack";

/// Where a nested stack is in its root: its dotted logical id, and its ARN. The root itself has the empty id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Nested {
    pub(crate) path: String,
    pub(crate) arn: String,
}

impl Nested {
    pub(crate) fn root(arn: impl Into<String>) -> Self {
        Self { path: String::new(), arn: arn.into() }
    }

    /// Whether a stack with this template can have nested stacks. A macro may make some.
    pub(crate) fn may_be_in(template: &str) -> bool {
        template.contains(STACK) || template.contains("Transform")
    }

    /// The nested stack that a resource of this one is; none for other resources, and for what was never made.
    pub(crate) fn inside(&self, resource: StackResource) -> Option<Self> {
        let arn = resource.physical_id.filter(|arn| resource.type_name == STACK && arn.starts_with("arn:"))?;
        let path = format!("{}.{}", self.path, resource.logical_id).trim_start_matches('.').to_owned();
        Some(Self { path, arn })
    }

    pub(crate) fn resources(&self, page: Page) -> Call {
        Call::ListStackResources { stack: StackRef::id(&self.arn), page }
    }

    pub(crate) fn template(&self) -> Call {
        Call::GetTemplate { stack: StackRef::id(&self.arn), change_set: None }
    }
}
