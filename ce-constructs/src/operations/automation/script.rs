//! Steps in Python.

use ce_synth::{Expr, PropMap};

use super::ApiCall;

/// A step in Python: what calls alone cannot say, as arithmetic and loops.
///
/// ```
/// use ce_constructs::operations::{Script, parameter};
/// let next = Script::new("def next(events, context):\n    return {'Count': events['count'] + 1}\n", "next")
///     .input("count", parameter("Count"));
/// # let _ = next;
/// ```
///
/// It says itself which calls it makes; the runbook's role may make those.
///
/// Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html>
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a script does nothing until it is a step of a document"]
pub struct Script {
    text: String,
    handler: String,
    runtime: &'static str,
    payload: PropMap,
    pub(super) calls: Vec<ApiCall>,
}

impl Script {
    /// A text and the function in it that is called with the inputs and a context; what it returns is `Payload`.
    pub fn new(text: impl Into<String>, handler: impl Into<String>) -> Self {
        let (payload, calls) = Default::default();
        Self { text: text.into(), handler: handler.into(), runtime: "python3.11", payload, calls }
    }

    /// An entry of the function's first argument. Default: none.
    pub fn input(mut self, name: impl Into<String>, value: impl Into<Expr>) -> Self {
        self.payload.set(name.into(), value.into());
        self
    }

    /// A call the script makes; its inputs are the script's. Default: it makes none.
    pub fn calling(mut self, call: ApiCall) -> Self {
        self.calls.push(call);
        self
    }

    /// The runtime, `python3.10`. Default: `python3.11`.
    pub fn runtime(mut self, runtime: &'static str) -> Self {
        self.runtime = runtime;
        self
    }

    pub(super) fn inputs(&self) -> PropMap {
        let payload = if self.payload.is_empty() { Expr::Null } else { self.payload.clone().into() };
        let mut inputs = PropMap::new();
        inputs.set("Runtime", self.runtime.into());
        inputs.set("Handler", self.handler.clone().into());
        inputs.set("InputPayload", payload);
        inputs.set("Script", self.text.clone().into());
        inputs
    }
}
