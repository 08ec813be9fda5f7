//! One version of a stack.

use std::collections::BTreeMap;

use serde_json::Value;

use super::evaluate::Evaluate;
use super::{Template, TemplateError, parameters};
use crate::assembly::Stack;
use crate::cloud::{Place, Secret};

/// One version of a stack: its template, with all that decides what it says.
#[derive(Clone, Debug, Default)]
pub struct Version {
    /// The template.
    pub template: Template,
    /// The values of its parameters, as far as they are known; `****` for what CloudFormation hides.
    pub parameters: BTreeMap<String, Secret>,
    /// Where it is or will be.
    pub place: Option<Place>,
    /// The stack's name.
    pub stack_name: Option<String>,
    /// The templates of its nested stacks, by dotted logical id: `Outer`, `Outer.Inner`.
    pub nested: BTreeMap<String, Template>,
}

impl Version {
    /// A template, with the defaults of its parameters.
    pub fn new(template: Template) -> Self {
        Self { template, ..Self::default() }
    }

    /// The version that an assembly has of a stack. Values of parameters beyond the assembly's are added by the caller.
    ///
    /// # Errors
    /// If its template, or that of a nested stack, is none.
    pub fn of_stack(stack: &Stack) -> Result<Self, TemplateError> {
        let nested = stack.nested.iter().map(|(id, text)| Ok((id.clone(), Template::parse(text)?)));
        Ok(Self {
            template: Template::parse(&stack.template)?,
            parameters: stack.parameters.clone(),
            place: Some(stack.place.clone()),
            stack_name: Some(stack.name.clone()),
            nested: nested.collect::<Result<_, TemplateError>>()?,
        })
    }

    /// Its outermost template with loops written out; none if it has none that can be.
    pub(crate) fn written_out(&self) -> Option<Value> {
        let given = self.parameters.iter().map(|(name, value)| (name.clone(), value.reveal().into())).collect();
        let parameters = parameters::values(&self.template, &given, "", &|_| false);
        let written = Evaluate::new(&self.template, parameters, "").of(self, self.stack_name.as_deref());
        self.template.written_out(&|value| written.known(value)).map(Value::Object)
    }

    /// The same with the value of a parameter.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.insert(name.into(), Secret::new(value));
        self
    }
}
