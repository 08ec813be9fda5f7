//! One environment's stacks and resources, indexed, with every intrinsic resolved on demand.
//!
//! ```no_run
//! # let assembly = ce_verify::Assembly::read("cdk.out/prod")?;
//! let app = ce_verify::App::new(&assembly, "us-east-1");
//! # Ok::<(), ce_verify::AssemblyError>(())
//! ```
//!
//! Resources whose `Condition` is false by the parameters' defaults are not there.
//!
//! It does not look into other assemblies: each environment is an app of its own.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::template::assembly::Assembly;
use crate::template::json::Json;
use crate::template::resolve::Resolver;
use crate::template::roles::{Attachments, Words};
use crate::template::value::{Lead, ResourceId, Text, Value};

/// A stack of an app.
#[derive(Debug)]
pub(crate) struct Stack {
    pub(crate) name: String,
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) tags: Vec<(String, String)>,
    /// Values the manifest gives to parameters.
    pub(crate) parameters: Vec<(String, Json)>,
    pub(crate) body: Arc<Json>,
    /// The resource that makes this stack, for a nested one.
    pub(crate) parent: Option<ResourceId>,
}

impl Stack {
    pub(crate) fn section(&self, name: &str) -> &[(String, Json)] {
        self.body.get(name).map(Json::members).unwrap_or_default()
    }

    pub(crate) fn entry(&self, section: &str, name: &str) -> Option<&Json> {
        self.body.get(section)?.get(name)
    }
}

/// A resource of an app.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) stack: usize,
    pub(crate) logical_id: String,
    pub(crate) kind: String,
    /// The template, and the position of the resource among all of it.
    template: Arc<Json>,
    position: usize,
    value: OnceLock<Value>,
    pub(crate) name: OnceLock<Option<String>>,
    pub(crate) name_text: OnceLock<Option<Text>>,
    /// What it is called.
    pub(crate) words: OnceLock<Vec<Words>>,
}

impl Resource {
    /// The resource as written.
    pub(crate) fn body(&self) -> &Json {
        let all = self.template.get("Resources").map(Json::members).unwrap_or_default();
        all.get(self.position).map_or(&Json::Null, |(_, body)| body)
    }

    /// A property as written; `path` may name an inner one with dots.
    pub(crate) fn written(&self, path: &str) -> Option<&Json> {
        path.split('.').try_fold(self.body().get("Properties")?, |json, key| json.get(key))
    }
}

/// All stacks of one environment.
#[derive(Debug)]
pub struct App {
    pub(crate) stacks: Vec<Stack>,
    pub(crate) resources: Vec<Resource>,
    /// Resources of each stack by logical id.
    positions: Vec<BTreeMap<String, ResourceId>>,
    /// Text by path below the assembly's folder.
    pub(crate) files: Arc<BTreeMap<String, String>>,
    /// What the names of each site start with, the longest first.
    pub(crate) prefixes: Vec<String>,
    attachments: OnceLock<Attachments>,
}

/// Account that stands for one not known at synthesis.
const NO_ACCOUNT: &str = "000000000000";

impl App {
    /// Indexes an assembly. Stacks without a Region are taken to be for `home_region`.
    pub fn new(assembly: &Assembly, home_region: &str) -> Self {
        let mut app = Self {
            stacks: Vec::new(),
            resources: Vec::new(),
            positions: Vec::new(),
            files: Arc::clone(&assembly.files),
            prefixes: Vec::new(),
            attachments: OnceLock::new(),
        };
        for template in &assembly.templates {
            let parent = template.parent.as_ref().and_then(|(stack, id)| app.find(*stack, id));
            app.stacks.push(Stack {
                name: template.name.clone(),
                account: template.account.clone().unwrap_or_else(|| NO_ACCOUNT.to_owned()),
                region: template.region.clone().unwrap_or_else(|| home_region.to_owned()),
                tags: template.tags.clone(),
                parameters: template.parameters.clone(),
                body: Arc::clone(&template.body),
                parent,
            });
            app.index(app.stacks.len() - 1);
        }
        app
    }

    /// An app without anything in it.
    pub(crate) fn nowhere() -> Self {
        Self::new(&Assembly::default(), "")
    }

    /// Sets what the names of each site start with; mirrored values are compared without. Default: nothing.
    #[must_use]
    pub fn prefixes(mut self, prefixes: impl IntoIterator<Item = String>) -> Self {
        self.prefixes = prefixes.into_iter().collect();
        self.prefixes.sort_by_key(|prefix| std::cmp::Reverse(prefix.len()));
        self
    }

    fn index(&mut self, stack: usize) {
        let template = Arc::clone(&self.stacks[stack].body);
        let all = template.get("Resources").map(Json::members).unwrap_or_default();
        let present: Vec<Resource> = all
            .iter()
            .enumerate()
            .filter(|(_, (_, body))| {
                let condition = body.get("Condition").and_then(Json::as_text);
                condition.is_none_or(|name| Resolver::new(self).condition(stack, name))
            })
            .map(|(position, (id, body))| Resource {
                stack,
                logical_id: id.clone(),
                kind: body.get("Type").and_then(Json::as_text).unwrap_or_default().to_owned(),
                template: Arc::clone(&template),
                position,
                value: OnceLock::new(),
                name: OnceLock::new(),
                name_text: OnceLock::new(),
                words: OnceLock::new(),
            })
            .collect();
        let first = self.resources.len();
        let named = present.iter().enumerate();
        let positions = named.map(|(index, resource)| (resource.logical_id.clone(), ResourceId(first + index)));
        self.positions.push(positions.collect());
        self.resources.extend(present);
    }

    /// Every resource.
    pub(crate) fn ids(&self) -> impl Iterator<Item = ResourceId> {
        (0..self.resources.len()).map(ResourceId)
    }

    /// Every resource of a type.
    pub(crate) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = ResourceId> + 'a {
        self.ids().filter(move |id| self.resource(*id).kind == kind)
    }

    pub(crate) fn find(&self, stack: usize, logical_id: &str) -> Option<ResourceId> {
        self.positions.get(stack)?.get(logical_id).copied()
    }

    pub(crate) fn resource(&self, id: ResourceId) -> &Resource {
        &self.resources[id.0]
    }

    pub(crate) fn stack_of(&self, id: ResourceId) -> &Stack {
        &self.stacks[self.resource(id).stack]
    }

    /// A resource's properties, resolved.
    pub(crate) fn properties(&self, id: ResourceId) -> &Value {
        let resource = self.resource(id);
        resource.value.get_or_init(|| {
            let written = resource.body().get("Properties").unwrap_or(&Json::Null);
            Resolver::new(self).resolve(resource.stack, written).unwrap_or(Value::Null)
        })
    }

    /// A resolved property; `path` may name an inner one with dots.
    pub(crate) fn property(&self, id: ResourceId, path: &str) -> Option<&Value> {
        path.split('.').try_fold(self.properties(id), |value, key| value.get(key))
    }

    /// The resources of a type that a value leads to, in order.
    pub(crate) fn led_to(&self, value: &Value, kind: &str) -> Vec<ResourceId> {
        let mut found: Vec<ResourceId> = value.leads().iter().filter_map(Lead::resource).collect();
        let texts: Vec<String> = value.texts().into_iter().map(Text::full).collect();
        found.extend(self.of_kind(kind).filter(|id| texts.iter().any(|text| self.names(text, *id))));
        found.retain(|id| self.resource(*id).kind == kind);
        found.sort();
        found.dedup();
        found
    }

    /// True when a value leads to a resource, by reference or by name.
    pub(crate) fn leads_to(&self, value: &Value, id: ResourceId) -> bool {
        value
            .texts()
            .iter()
            .any(|text| text.leads().any(|lead| lead.resource() == Some(id)) || self.names(&text.full(), id))
    }

    /// What every security group is attached to.
    pub(crate) fn attachments(&self) -> &Attachments {
        self.attachments.get_or_init(|| Attachments::of(self))
    }
}
