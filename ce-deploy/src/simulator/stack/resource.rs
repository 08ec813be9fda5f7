//! A resource of a stack.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::StackKey;
use crate::cloud::Token;
use crate::engine::Moment;
use crate::simulator::provider::Behaviour;
use crate::simulator::template::Policy;

/// A resource that is there, or is being made.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct Resource {
    pub(in crate::simulator) type_name: String,
    /// Its id in the service; none before it is made.
    pub(in crate::simulator) physical: Option<String>,
    /// The token of the operation that made it; none of what was taken in.
    pub(in crate::simulator) made_by: Option<Token>,
    /// Whether it ever was complete: what failed on the way holds nothing.
    pub(in crate::simulator) was_complete: bool,
    /// When it is stable: in express mode a while after it counts as complete.
    pub(in crate::simulator) ready: Moment,
    /// Its properties as the stack set them.
    pub(in crate::simulator) desired: Arc<Map<String, Value>>,
    /// Its properties as they are: others may have changed them.
    pub(in crate::simulator) actual: Arc<Map<String, Value>>,
    /// Whether somebody else deleted it.
    pub(in crate::simulator) gone: bool,
    pub(in crate::simulator) status: &'static str,
    pub(in crate::simulator) reason: Option<String>,
    pub(in crate::simulator) needs: Vec<String>,
    pub(in crate::simulator) deletion: Policy,
    pub(in crate::simulator) replacement: Policy,
    /// The stack it is, if it is one.
    pub(in crate::simulator) nested: Option<StackKey>,
    pub(in crate::simulator) behaviour: Option<Arc<Behaviour>>,
    /// Whether drift is looked for: not after its rollback was skipped.
    pub(in crate::simulator) checked: bool,
}

impl Resource {
    /// Whether it is made by a function of the user.
    pub(in crate::simulator) fn is_custom(&self) -> bool {
        self.type_name.starts_with("Custom::") || self.type_name == "AWS::CloudFormation::CustomResource"
    }

    /// Who makes it, if it is a custom resource.
    pub(in crate::simulator) fn handler(&self) -> Option<String> {
        let token = self.desired.get("ServiceToken").filter(|_| self.is_custom())?;
        token.as_str().map(str::to_owned)
    }

    /// Whether it is as the stack set it, and not half done.
    pub(in crate::simulator) fn is_settled(&self) -> bool {
        self.status.ends_with("_COMPLETE")
    }
}

/// A resource that a stack no longer wants.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct Leftover {
    pub(in crate::simulator) logical: String,
    pub(in crate::simulator) resource: Resource,
    /// Why it goes: it was replaced, or it is no longer in the template.
    pub(in crate::simulator) replaced: bool,
}
