//! What a template sees of a stack that is being worked on.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;

use crate::cloud::Place;
use crate::simulator::provider;
use crate::simulator::service::Service;
use crate::simulator::stack::StackKey;
use crate::simulator::template::{Resolved, World};

/// What a template sees: resources that are there, exports, outputs of other stacks.
pub(in crate::simulator) struct Live<'a> {
    service: &'a Service,
    key: StackKey,
    /// Names of exports that were asked for.
    pub(in crate::simulator) imports: RefCell<BTreeSet<String>>,
}

impl<'a> Live<'a> {
    pub(in crate::simulator) fn new(service: &'a Service, key: StackKey) -> Self {
        Self { service, key, imports: RefCell::default() }
    }

    fn place(&self) -> &Place {
        &self.service.place(self.service.stack(self.key).place).place
    }
}

impl World for Live<'_> {
    fn reference(&self, resource: &str) -> Option<Resolved> {
        let physical = self.service.stack(self.key).resources.get(resource)?.physical.as_deref()?;
        Some(Resolved::Known(Value::from(physical)))
    }

    fn attribute(&self, resource: &str, attribute: &str) -> Result<Resolved, String> {
        let gone = || format!("Template error: instance of Fn::GetAtt references undefined resource {resource}");
        let found = self.service.stack(self.key).resources.get(resource).ok_or_else(gone)?;
        let physical = found.physical.as_deref().ok_or_else(gone)?;
        if let Some((nested, output)) = found.nested.zip(attribute.strip_prefix("Outputs.")) {
            let outputs = &self.service.stack(nested).outputs;
            let output = outputs.iter().find(|known| known.key == output);
            let missing = || {
                format!("Template error: resource {resource} does not support attribute type {attribute} in Fn::GetAtt")
            };
            return output.map(|output| Resolved::Known(Value::from(output.value.reveal()))).ok_or_else(missing);
        }
        let schema = self.service.schemas.find(&found.type_name);
        let value = provider::attribute(schema, &found.type_name, physical, &found.desired, attribute, self.place());
        Ok(Resolved::Known(value))
    }

    fn export(&self, name: &str) -> Result<Value, String> {
        let place = self.service.place(self.service.stack(self.key).place);
        let (_, value) = place.exports.get(name).ok_or_else(|| format!("No export named {name} found"))?;
        self.imports.borrow_mut().insert(name.to_owned());
        Ok(Value::from(value.as_str()))
    }

    fn output(&self, stack: &str, output: &str, region: Option<&str>, role: Option<&str>) -> Result<Value, String> {
        let here = self.place();
        let account = role.and_then(|role| role.split(':').nth(4)).unwrap_or(&here.account);
        let place = Place::new(account, region.unwrap_or(&here.region));
        let place = self.service.find_place(&place).map(|key| self.service.place(key));
        let found = place.and_then(|place| place.names.get(stack)).map(|key| self.service.stack(*key));
        let found = found.ok_or_else(|| format!("Fn::GetStackOutput: Stack with name {stack} does not exist"))?;
        let value = found.outputs.iter().find(|known| known.key == output);
        let value =
            value.ok_or_else(|| format!("Fn::GetStackOutput: No output named {output} found in stack {stack}"))?;
        Ok(Value::from(value.value.reveal()))
    }

    fn zones(&self, region: &str) -> Vec<String> {
        ["a", "b", "c"].map(|zone| format!("{region}{zone}")).to_vec()
    }
}
