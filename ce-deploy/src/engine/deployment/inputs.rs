//! What a stack's change set is made of.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::reducer::Deployment;
use super::template::Read;
use crate::assembly::{self, StackId};
use crate::cloud::{self, ChangeSetType, Mode, ParameterValue, Secret, StackStatus, Tag};
use crate::digest::sha256;
use crate::plan::{Fingerprint, Later, Seen};

/// The tag that remembers which values of other stacks a stack was made with.
///
/// `Fn::GetStackOutput` is resolved while a change set is executed, so a template that stays the same gives "no changes"
/// though the value it reads is another. A changed tag makes the service update the stack, and resolve anew. The tag is
/// kept by the service, so that a run that dies in between, or another machine, sees what is still to be done.
pub(in crate::engine) const FOLLOWED: &str = "ce:inputs";

/// What a change set is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Inputs {
    pub(super) kind: ChangeSetType,
    pub(super) parameters: Vec<ParameterValue>,
    pub(super) tags: Vec<Tag>,
}

impl Inputs {
    pub(super) fn followed(&self) -> Option<&str> {
        self.tags.iter().find(|tag| tag.key == FOLLOWED).map(|tag| tag.value.as_str())
    }

    pub(super) fn fingerprints(&self, stack: &str) -> BTreeMap<String, Fingerprint> {
        let print = |parameter: &ParameterValue| {
            parameter
                .value
                .as_ref()
                .map_or_else(Fingerprint::kept, |value| Fingerprint::of(stack, &parameter.key, value))
        };
        self.parameters.iter().map(|parameter| (parameter.key.clone(), print(parameter))).collect()
    }

    pub(super) fn tags_digest(&self) -> String {
        sha256(self.tags.iter().fold(String::new(), |mut text, tag| {
            write!(text, "{}\0{}\0", tag.key, tag.value).ok();
            text
        }))
    }
}

impl Deployment {
    /// What the change set of a stack is made of, or what is missing.
    pub(super) fn inputs(&self, id: &StackId) -> Result<Inputs, Later> {
        if self.is_adopting(id) {
            return Ok(self.import_inputs(id));
        }
        let stack = self.run.stack(id);
        let found = self.existing(id);
        let mut tags: Vec<Tag> =
            stack.tags.iter().map(|(key, value)| Tag { key: key.clone(), value: value.clone() }).collect();
        if let Some(value) = self.followed(id)? {
            tags.push(Tag { key: FOLLOWED.to_owned(), value });
            tags.sort();
        }
        self.imported(id)?;
        let kind = if found.is_some() { ChangeSetType::Update } else { ChangeSetType::Create };
        Ok(Inputs { kind, parameters: self.parameters(id, stack, found)?, tags })
    }

    /// The stack as it is, if it is more than a place for a change set.
    pub(super) fn existing(&self, id: &StackId) -> Option<&cloud::Stack> {
        let stack = self.run.found(id)?;
        let empty = matches!(stack.status, StackStatus::ReviewInProgress | StackStatus::DeleteComplete);
        (!empty).then_some(stack)
    }

    fn parameters(
        &self,
        id: &StackId,
        stack: &assembly::Stack,
        found: Option<&cloud::Stack>,
    ) -> Result<Vec<ParameterValue>, Later> {
        let given = self.run.options.parameters.get(id);
        let has = |name: &str| found.is_some_and(|found| found.parameters.iter().any(|value| value.key == name));
        let mut values = Vec::new();
        for name in self.work(id).facts.parameters.keys() {
            let key = name.clone();
            let kept = stack.kept.iter().find(|kept| kept.parameter == *name);
            let value = given.and_then(|given| given.get(name)).or_else(|| stack.parameters.get(name));
            match (value, kept) {
                (Some(value), _) => values.push(ParameterValue { key, value: Some(value.clone()) }),
                (None, _) if has(name) => values.push(ParameterValue { key, value: None }),
                (None, Some(kept)) => {
                    let value = Some(self.output(&kept.stack, &kept.output)?);
                    values.push(ParameterValue { key, value });
                }
                (None, None) => {}
            }
        }
        Ok(values)
    }

    /// Parameters that nobody gives a value to: neither the template, the assembly, who deploys, nor an operation before.
    pub(super) fn missing_values(&self, id: &StackId) -> Vec<String> {
        let stack = self.run.stack(id);
        if self.work(id).facts.is_empty {
            return Vec::new();
        }
        let given = |name: &String| self.run.options.parameters.get(id).is_some_and(|given| given.contains_key(name));
        let kept = |name: &String| stack.kept.iter().any(|kept| kept.parameter == *name);
        let had = |name: &String| {
            self.existing(id).is_some_and(|found| found.parameters.iter().any(|value| value.key == *name))
        };
        let covered = |name: &String| given(name) || stack.parameters.contains_key(name) || kept(name) || had(name);
        self.work(id).facts.required.iter().filter(|name| !covered(name)).cloned().collect()
    }

    /// The value of an output of another stack of the assembly.
    fn output(&self, stack: &StackId, output: &str) -> Result<Secret, Later> {
        let found = self.existing(stack).and_then(|stack| stack.outputs.iter().find(|found| found.key == output));
        let missing = || Later::Output { stack: stack.clone(), output: output.to_owned() };
        found.map(|output| output.value.clone()).ok_or_else(missing)
    }

    /// A trace of the values that a stack reads of others, all of which must be there; none if it reads none that we know
    /// of, or nobody wants to follow them.
    fn followed(&self, id: &StackId) -> Result<Option<String>, Later> {
        let mut text = String::new();
        for read in &self.work(id).facts.reads {
            let Some(producer) = self.producer(id, read) else { continue };
            let value = self.output(&producer, &read.output)?;
            write!(text, "{producer}\0{}\0{}\0", read.output, value.reveal()).ok();
        }
        let mut digest = sha256(&text);
        digest.truncate(10);
        Ok((self.run.options.follow && !text.is_empty()).then_some(digest))
    }

    /// Whether every export that a stack imports from another of the assembly is there.
    fn imported(&self, id: &StackId) -> Result<(), Later> {
        let mine = &self.work(id).facts.imports;
        let place = &self.run.stack(id).place;
        for name in mine {
            let exporter = self.exports.get(&(place.clone(), name.clone()));
            if let Some((producer, output)) = exporter.filter(|(producer, _)| producer != id) {
                let exported = self
                    .existing(producer)
                    .is_some_and(|stack| stack.outputs.iter().any(|output| output.export.as_ref() == Some(name)));
                if !exported {
                    return Err(Later::Output { stack: producer.clone(), output: output.clone() });
                }
            }
        }
        Ok(())
    }

    /// The stack of the assembly that something is read of.
    pub(super) fn producer(&self, id: &StackId, read: &Read) -> Option<StackId> {
        let own = &self.run.stack(id).place;
        let region = read.region.as_ref().unwrap_or(&own.region);
        let account = read.account.as_ref().unwrap_or(&own.account);
        let is_it = |stack: &&assembly::Stack| {
            stack.name == read.stack && stack.place.region == *region && stack.place.account == *account
        };
        self.run.assembly.stacks.iter().find(is_it).map(|stack| stack.id.clone())
    }

    /// The beginning of the names of all change sets that bring a stack to what the assembly says.
    pub(super) fn name_stem(&self, id: &StackId) -> String {
        let stack = self.run.stack(id);
        let mut text = format!("{}\0{}\0", stack.name, stack.template_digest);
        let given = self.run.options.parameters.get(id).into_iter().flatten();
        for (name, value) in stack.parameters.iter().chain(given) {
            write!(text, "{name}\0{}\0", Fingerprint::of(&stack.name, name, value)).ok();
        }
        for (key, value) in &stack.tags {
            write!(text, "{key}\0{value}\0").ok();
        }
        format!("ce-{}-", &sha256(text)[..16])
    }

    /// The name of a change set: what the stack is to be, and what it was before.
    pub(super) fn name(&self, id: &StackId, inputs: &Inputs, attempt: u32) -> String {
        let before = self.existing(id).map(Seen::of);
        let prints = inputs.fingerprints(&self.run.stack(id).name);
        let kept = self.work(id).kept_template.as_ref().map(|template| sha256(template.as_bytes()));
        let mut text = format!("{before:?}\0{:?}\0{prints:?}\0{kept:?}\0{attempt}", inputs.followed());
        // It has other changes than one that compares templates.
        if self.run.options.mode == Mode::RevertDrift {
            text.push_str("\0drift");
        }
        if let Some(guard) = self.guard(id) {
            write!(text, "\0{guard:?}").ok();
        }
        format!("{}{}", self.name_stem(id), &sha256(text)[..12])
    }
}
