//! A stack whose resources are changed past CloudFormation.

use std::collections::{BTreeMap, BTreeSet};

use ce_synth::schema::Schemas;
use serde_json::{Value, json};

use super::Part;
use crate::assembly::StackId;
use crate::cloud::{Call, Place, Secret, StackResource, Token};
use crate::engine::Moment;
use crate::hotswap::{Aim, Known, Order, order, values};
use crate::journal::{Setting, Swap};
use crate::template::Resolved;

/// What is to be changed, and between which versions of the stack.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Wish {
    /// The stack's ARN.
    pub(in crate::engine) arn: String,
    pub(in crate::engine) aims: Vec<Aim>,
    /// What CloudFormation knows.
    pub(in crate::engine) before: Resolved,
    /// What is to be.
    pub(in crate::engine) after: Resolved,
}

/// A stack whose resources are changed past CloudFormation.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Swapping {
    wish: Wish,
    known: Known,
    /// Reads that have not ended.
    pub(in crate::engine) reading: usize,
    order: Order,
    /// New revisions by the logical id of the task definition.
    revised: BTreeMap<String, String>,
    /// What is not done yet.
    open: BTreeSet<Part>,
    tries: BTreeMap<Part, u32>,
    /// What could not be done, and why.
    pub(in crate::engine) failures: Vec<(String, String)>,
    /// Resources that may be as they were: what failed, and what waited for it.
    undone: BTreeSet<String>,
    since: Moment,
}

impl Swapping {
    pub(in crate::engine) fn new(wish: Wish, schemas: &'static Schemas, place: &Place) -> Self {
        Self {
            known: Known::new(schemas, place, &wish.arn),
            wish,
            reading: 0,
            order: Order::default(),
            revised: BTreeMap::new(),
            open: BTreeSet::new(),
            tries: BTreeMap::new(),
            failures: Vec::new(),
            undone: BTreeSet::new(),
            since: Moment::default(),
        }
    }

    pub(in crate::engine) fn arn(&self) -> &str {
        &self.wish.arn
    }

    /// Resources of the stack.
    pub(in crate::engine) fn lists(&mut self, resources: Vec<StackResource>) {
        for resource in resources.into_iter().filter(|resource| resource.status != "DELETE_COMPLETE") {
            if let Some(physical) = resource.physical_id {
                self.known.is_called(resource.logical_id, physical);
            }
        }
    }

    /// What is to be read, now that it is known what all resources are called: by logical id.
    pub(in crate::engine) fn to_read(&self) -> Vec<(String, Call)> {
        let Wish { aims, before, after, .. } = &self.wish;
        let values = values(aims, before, after, self.known.schemas());
        let found = self.known.to_read(values.into_iter(), after);
        found
            .into_iter()
            .map(|(id, (type_name, identifier))| (id, Call::GetResource { type_name, identifier }))
            .collect()
    }

    /// What was read of a resource; nothing if it could not be.
    pub(in crate::engine) fn read(&mut self, logical_id: &str, properties: Option<&Secret>) {
        let read = properties.and_then(|text| serde_json::from_str(text.reveal()).ok());
        self.known.reads(logical_id, read.unwrap_or(Value::Null));
    }

    /// Works out what is sent.
    ///
    /// # Errors
    /// The resource, and why its values are not known.
    pub(in crate::engine) fn work_out(&mut self) -> Result<(), (String, String)> {
        let Wish { aims, before, after, .. } = &self.wish;
        self.order = order(aims, before, after, &self.known)?;
        Ok(())
    }

    /// Begins: what the journal must have first.
    pub(in crate::engine) fn begin(&mut self, now: Moment, stack: &StackId) -> Swap {
        self.since = now;
        let revisions = self.order.revisions.keys().map(|id| Part::Revision(id.clone()));
        let patches = self.order.patches.iter().map(|patch| Part::Patch(patch.logical_id.clone()));
        self.open = revisions.chain(patches).collect();
        self.swap(stack)
    }

    /// What is set, for the journal; what could not be has no trace.
    pub(in crate::engine) fn swap(&self, stack: &StackId) -> Swap {
        let settings = |aim: &Aim| {
            let undone = self.undone.contains(&aim.logical_id);
            let traced =
                |setting: &Setting| Setting { trace: setting.trace.clone().filter(|_| !undone), ..setting.clone() };
            aim.settings.iter().map(|(pointer, setting)| (pointer.clone(), traced(setting))).collect()
        };
        let resources = self.wish.aims.iter().map(|aim| (aim.logical_id.clone(), settings(aim)));
        Swap { stack: stack.clone(), arn: self.wish.arn.clone(), resources: resources.collect() }
    }

    /// Parts that can be begun, of those that are open.
    pub(in crate::engine) fn ready(&self) -> Vec<Part> {
        let waits = |part: &Part| match part {
            Part::Revision(_) => false,
            Part::Patch(id) => self.runs(id).is_some_and(|runs| !self.revised.contains_key(runs)),
        };
        self.open.iter().filter(|part| !waits(part) && !self.tries.contains_key(part)).cloned().collect()
    }

    fn runs(&self, logical_id: &str) -> Option<&str> {
        self.order.patches.iter().find(|patch| patch.logical_id == logical_id)?.runs.as_deref()
    }

    /// The call that begins a part; none if there is nothing to send. A part that is begun again in the same run is the
    /// same request.
    pub(in crate::engine) fn call(&mut self, part: &Part) -> Option<Call> {
        *self.tries.entry(part.clone()).or_default() += 1;
        let plan = format!("{}\n{}", self.wish.arn, self.since.0);
        let token = Token::of(&plan, &format!("{part:?}"), "hotswap", 1);
        match part {
            Part::Revision(id) => {
                let properties = Secret::new(self.order.revisions.get(id)?.to_string());
                let type_name = self.type_name(part).to_owned();
                Some(Call::CreateResource { type_name, properties, token })
            }
            Part::Patch(id) => {
                let patch = self.order.patches.iter().find(|patch| patch.logical_id == *id)?;
                let mut operations = patch.operations.clone();
                if let Some(revision) = patch.runs.as_ref().and_then(|runs| self.revised.get(runs)) {
                    operations.push(json!({ "op": "add", "path": "/TaskDefinition", "value": revision }));
                }
                Some(Call::UpdateResource {
                    type_name: patch.type_name.clone(),
                    identifier: patch.identifier.clone(),
                    patch: Secret::new(Value::from(operations).to_string()),
                    token,
                })
            }
        }
    }

    /// How often a part was begun.
    pub(in crate::engine) fn tries(&self, part: &Part) -> u32 {
        self.tries.get(part).copied().unwrap_or_default()
    }

    pub(in crate::engine) fn type_name(&self, part: &Part) -> &str {
        self.wish.after.resources.get(part.logical_id()).map_or("", |resource| resource.type_name.as_str())
    }

    pub(in crate::engine) fn physical(&self, part: &Part) -> Option<&str> {
        self.known.physical(part.logical_id())
    }

    /// Since when it goes on.
    pub(in crate::engine) fn since(&self) -> Moment {
        self.since
    }

    /// A part is done.
    pub(in crate::engine) fn done(&mut self, part: &Part, identifier: Option<String>) {
        self.open.remove(part);
        if let (Part::Revision(id), Some(identifier)) = (part, identifier) {
            self.revised.insert(id.clone(), identifier);
        }
    }

    /// A part cannot be done; neither can what waits for it.
    pub(in crate::engine) fn failed(&mut self, part: &Part, why: String) {
        self.open.remove(part);
        let mut undone = BTreeSet::from([part.clone()]);
        if let Part::Revision(id) = part {
            let waits = |open: &&Part| matches!(open, Part::Patch(patch) if self.runs(patch) == Some(id));
            undone.extend(self.open.iter().filter(waits).cloned());
        }
        self.open.retain(|open| !undone.contains(open));
        self.undone.extend(undone.iter().map(|part| part.logical_id().to_owned()));
        self.failures.push((part.logical_id().to_owned(), why));
    }

    pub(in crate::engine) fn is_open(&self, part: &Part) -> bool {
        self.open.contains(part)
    }

    pub(in crate::engine) fn is_over(&self) -> bool {
        self.open.is_empty()
    }
}
