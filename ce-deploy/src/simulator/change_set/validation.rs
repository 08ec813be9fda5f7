//! Early validation: what the service finds before it changes anything.

use serde_json::{Map, Value};

use super::ChangeSetKey;
use crate::cloud::StackEvent;
use crate::simulator::provider;
use crate::simulator::service::Service;

/// A finding that refuses the change set, by the name of the check. Source: user guide, "Early validation".
pub(super) const PROPERTIES: &str = "AWS::EarlyValidation::PropertyValidation";
const NAMES: &str = "AWS::EarlyValidation::ResourceExistenceCheck";

impl Service {
    /// Checks what is new: its properties are known, its name is free.
    pub(super) fn validate_early(
        &mut self,
        key: ChangeSetKey,
        births: &[(String, String, Map<String, Value>)],
    ) -> Result<(), String> {
        let mut failed = Vec::new();
        let place = self.stack(self.change_set(key).stack).place;
        let importing = !self.change_set(key).imports.is_empty();
        for (logical, type_name, properties) in births.iter().filter(|_| !importing) {
            let Some(schema) = self.schemas.find(type_name) else { continue };
            let root = schema.root();
            if let Some(unknown) = properties.keys().find(|name| !root.open && root.property(name).is_none()) {
                let words = format!("Unsupported property [{unknown}]");
                failed.push((PROPERTIES, logical.clone(), type_name.clone(), words));
            }
            let name = provider::chosen_name(Some(schema), properties);
            let taken = |name: &String| self.is_taken(place, &(type_name.clone(), name.clone()));
            if let Some(name) = name.filter(taken) {
                let words = format!("Resource of type '{type_name}' with identifier '{name}' already exists.");
                failed.push((NAMES, logical.clone(), type_name.clone(), words));
            }
        }
        let Some((check, ..)) = failed.first() else { return Ok(()) };
        let words = refusal(check);
        for (_, logical, type_name, reason) in failed {
            self.note_finding(key, &logical, &type_name, reason, "FAILED");
        }
        Err(words)
    }

    /// Writes down what a check found; `DescribeEvents` shows it.
    pub(in crate::simulator) fn note_finding(
        &mut self,
        key: ChangeSetKey,
        logical: &str,
        type_name: &str,
        reason: String,
        status: &str,
    ) {
        let serial = self.serial();
        let stack = self.stack(self.change_set(key).stack).id.clone();
        let event = StackEvent {
            id: format!("{logical}-validation-{serial}"),
            stack,
            logical_id: logical.to_owned(),
            physical_id: None,
            type_name: type_name.to_owned(),
            status: status.to_owned(),
            reason: Some(reason),
            at: self.now.0,
            token: Some(self.change_set(key).token.clone()),
            operation: None,
            detailed_status: (status == "FAILED").then(|| "VALIDATION_FAILED".to_owned()),
            handler: None,
        };
        self.change_set_mut(key).findings.push(event);
    }
}

/// Source: seen on the service, in issues of aws-cdk-cli.
pub(super) fn refusal(check: &str) -> String {
    format!(
        "The following hook(s)/validation failed: [{check}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information."
    )
}
