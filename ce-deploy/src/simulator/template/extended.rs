//! What `AWS::LanguageExtensions` makes of a template, once its parameters are known.
//!
//! The loops are written out by the same code as for the offline difference; what their collections are is evaluated here.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::{Pseudo, Resolved, Scope, Template, World, read_function};
use crate::template::extensions;

impl Template {
    /// The template as it is deployed; what is wrong comes in the service's words.
    pub(in crate::simulator) fn extended(
        self: &Arc<Self>,
        parameters: &BTreeMap<String, String>,
        pseudo: &Pseudo,
    ) -> Result<Arc<Self>, String> {
        let Some(source) = &self.source else { return Ok(Arc::clone(self)) };
        let scope = Scope { template: self, parameters, pseudo, world: &Nowhere };
        let known = |value: &Value| match scope.evaluate(&read_function::read(value).ok()?) {
            Ok(Resolved::Known(value)) => Some(value),
            _ => None,
        };
        let sections = extensions::carried_out(source, &known);
        if sections.values().any(extensions::has_loop) {
            let words = "failed with: Fn::ForEach layout is incorrect, or its collection cannot be resolved";
            return Err(format!("Transform {} {words}", extensions::NAME));
        }
        let template = Self::of(Arc::clone(&self.text), &sections)?;
        Ok(Arc::new(Self { source: Some(Arc::clone(source)), ..template }))
    }
}

/// Nothing is deployed when the transform works.
struct Nowhere;

impl World for Nowhere {
    fn reference(&self, _resource: &str) -> Option<Resolved> {
        Some(Resolved::Later)
    }

    fn attribute(&self, _resource: &str, _attribute: &str) -> Result<Resolved, String> {
        Ok(Resolved::Later)
    }

    fn export(&self, name: &str) -> Result<Value, String> {
        Err(format!("No export named {name} found."))
    }

    fn output(&self, stack: &str, _: &str, _: Option<&str>, _: Option<&str>) -> Result<Value, String> {
        Err(format!("Stack {stack} is not looked at"))
    }

    fn zones(&self, _region: &str) -> Vec<String> {
        Vec::new()
    }
}
