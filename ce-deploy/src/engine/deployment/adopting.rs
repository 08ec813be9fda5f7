//! Resources that a stack takes in, or lets go without deleting them.
//!
//! An import allows no other change, so its change set has the deployed template and what is taken in, nothing else. What
//! is let go is first marked to be retained, and taken out of the template after that.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::inputs::Inputs;
use super::reducer::Deployment;
use crate::assembly::StackId;
use crate::cloud::{ChangeSetType, ImportedResource, ParameterValue};
use crate::engine::{Exit, Problem};
use crate::plan::Then;
use crate::template;

impl Deployment {
    pub(super) fn imports(&self, id: &StackId) -> &[ImportedResource] {
        self.run.options.imports.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    fn forgets(&self, id: &StackId) -> Option<&BTreeSet<String>> {
        self.run.options.forgets.get(id)
    }

    /// Whether a stack is worked on though its template may be the same.
    pub(super) fn is_adopting(&self, id: &StackId) -> bool {
        !self.imports(id).is_empty()
    }

    /// The template of the first phase, where resources are taken in or let go.
    pub(super) fn adopt(&mut self, id: &StackId) {
        let deployed = self.work(id).deployed.clone().unwrap_or_else(|| "{}".to_owned());
        let imported: Vec<String> = self.imports(id).iter().map(|resource| resource.logical_id.clone()).collect();
        if !imported.is_empty() {
            let template = with_imported(&deployed, &self.run.stack(id).template, &imported);
            return self.first_phase(id, template, None, "the template has no such resource to take in");
        }
        if let Some(forgotten) = self.forgets(id).cloned() {
            let template = with_retained(&deployed, &self.run.stack(id).template, &forgotten);
            let words = "what is let go must be in the deployed template, and not in the new one";
            // What is retained is not lost: it is judged by the template that says so.
            if let Some(template) = &template {
                self.work_mut(id).deployed = Some(template.clone());
            }
            self.first_phase(id, template, Some(Then::default()), words);
        }
    }

    fn first_phase(&mut self, id: &StackId, template: Option<String>, then: Option<Then>, words: &str) {
        match template.ok_or(words.to_owned()).and_then(|template| self.first_have(id, template)) {
            Ok(()) => self.work_mut(id).then = then,
            Err(why) => self.run.problem(Problem::new(Exit::Refused, format!("stack `{id}`: {why}")).of(id)),
        }
    }

    /// An import leaves parameters and tags as they are.
    pub(super) fn import_inputs(&self, id: &StackId) -> Inputs {
        let found = self.existing(id);
        let parameters = found.map(|found| found.parameters.as_slice()).unwrap_or_default();
        let kept = |value: &ParameterValue| ParameterValue { key: value.key.clone(), value: None };
        Inputs {
            kind: ChangeSetType::Import,
            parameters: parameters.iter().map(kept).collect(),
            tags: found.map(|found| found.tags.clone()).unwrap_or_default(),
        }
    }
}

/// Source: user guide, "Import AWS resources into a CloudFormation stack": what is taken in needs a deletion policy.
fn with_imported(deployed: &str, wanted: &str, imported: &[String]) -> Option<String> {
    let (mut template, wanted) = (template::value(deployed)?, template::value(wanted)?);
    let resources = template.as_object_mut()?.entry("Resources").or_insert_with(|| Value::Object(Map::new()));
    for id in imported {
        let mut resource = wanted["Resources"].get(id)?.clone();
        resource.as_object_mut()?.entry("DeletionPolicy").or_insert_with(|| json!("Retain"));
        resources.as_object_mut()?.insert(id.clone(), resource);
    }
    serde_json::to_string(&template).ok()
}

fn with_retained(deployed: &str, wanted: &str, forgotten: &BTreeSet<String>) -> Option<String> {
    let (mut template, wanted) = (template::value(deployed)?, template::value(wanted)?);
    for id in forgotten.iter().filter(|id| wanted["Resources"].get(*id).is_none()) {
        template["Resources"].get_mut(id)?.as_object_mut()?.insert("DeletionPolicy".to_owned(), json!("Retain"));
    }
    let still_wanted = forgotten.iter().any(|id| wanted["Resources"].get(id).is_some());
    (!still_wanted).then(|| serde_json::to_string(&template).ok())?
}

#[cfg(test)]
mod tests {
    use super::{with_imported, with_retained};

    const QUEUE: &str = r#"{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}}"#;

    #[test]
    fn what_is_deployed_may_be_yaml() {
        let yaml = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: !Sub '${AWS::StackName}-in'}\n";
        let wanted = r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}"#;
        let taken = with_imported(yaml, wanted, &["Topic".to_owned()]).unwrap();
        assert!(taken.contains(r#"{"QueueName":{"Fn::Sub":"${AWS::StackName}-in"}}"#), "{taken}");
        let kept = with_retained(yaml, wanted, &["Queue".to_owned()].into()).unwrap();
        assert!(kept.contains(r#""DeletionPolicy":"Retain""#), "{kept}");
    }

    #[test]
    fn only_what_is_taken_in_is_added_and_it_is_retained() {
        let wanted = r#"{"Resources":{"Queue":{"Type":"AWS::SQS::Queue","Properties":{"DelaySeconds":1}},"Topic":{"Type":"AWS::SNS::Topic"}}}"#;
        let template = with_imported(QUEUE, wanted, &["Topic".to_owned()]).unwrap();
        assert!(template.contains(r#""DeletionPolicy":"Retain""#) && !template.contains("DelaySeconds"), "{template}");
        assert_eq!(with_imported(QUEUE, wanted, &["Other".to_owned()]), None);
    }

    #[test]
    fn what_is_let_go_must_be_gone_from_the_new_template() {
        let forgotten = ["Queue".to_owned()].into();
        assert!(with_retained(QUEUE, r#"{"Resources":{}}"#, &forgotten).unwrap().contains("Retain"));
        assert_eq!(with_retained(QUEUE, QUEUE, &forgotten), None);
        assert_eq!(with_retained("{}", r#"{"Resources":{}}"#, &forgotten), None);
    }
}
