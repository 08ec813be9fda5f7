//! Which objects a row is about: `type`, `where` and `where_contains`.
//!
//! An object is a resource, the security group that an EKS cluster returns, a template section, or a file.

use crate::facts::assertion::{RowError, path};
use crate::facts::operators::compare;
use crate::template::app::App;
use crate::template::json::Json;
use crate::template::naming::names_type;
use crate::template::path::{Path, Root, Step, walk};
use crate::template::resolve::Resolver;
use crate::template::roles::words_occur;
use crate::template::value::{Lead, ResourceId, Value};
use crate::template::virtual_paths::{self, tags};

/// `where` and `where_contains`, read.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    equal: Vec<(Path, Json)>,
    contained: Vec<Contained>,
}

#[derive(Debug)]
struct Contained {
    path: Path,
    /// True when the key names the type, so that the texts are roles.
    is_role: bool,
    texts: Vec<String>,
}

/// Stacks of one app that a row searches.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) app: &'a App,
    pub(crate) stacks: Vec<usize>,
}

/// What a row can be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Resource(ResourceId),
    ClusterGroup(ResourceId),
    Section { stack: usize, name: &'static str },
    File(String),
}

/// An object of an app.
#[derive(Clone, Debug)]
pub(crate) struct Selected<'a> {
    pub(crate) app: &'a App,
    pub(crate) subject: Subject,
}

impl Selection {
    pub(crate) fn read(kind: &str, equal: &toml::Table, contained: &toml::Table) -> Result<Self, RowError> {
        let mut selection = Self::default();
        for (key, value) in equal {
            if let Some(path) = path(kind, Some(key))? {
                selection.equal.push((path, Json::from(value)));
            }
        }
        for (key, value) in contained {
            let fail = || RowError::Contained { key: key.clone() };
            let texts: Option<Vec<String>> = match value {
                toml::Value::String(text) => Some(vec![text.clone()]),
                toml::Value::Array(texts) => texts.iter().map(|text| text.as_str().map(str::to_owned)).collect(),
                _ => None,
            };
            let is_role = key == "@identity" || names_type(kind, key);
            if let Some(path) = path(kind, Some(key))? {
                selection.contained.push(Contained { path, is_role, texts: texts.ok_or_else(fail)? });
            }
        }
        Ok(selection)
    }

    /// True when some row text asks for the group of an EKS cluster.
    fn asks_cluster_group(&self) -> bool {
        let mut texts = self.contained.iter().filter(|one| one.is_role).flat_map(|one| &one.texts);
        texts.any(|text| words_occur("eks-cluster", text))
    }

    pub(crate) fn fits(&self, object: &Selected<'_>) -> bool {
        self.equal.iter().all(|(path, literal)| equals_where(object, path, literal))
            && self.contained.iter().all(|contained| contained.fits(object))
    }
}

fn equals_where(object: &Selected<'_>, path: &Path, literal: &Json) -> bool {
    let slots = object.slots(path);
    let present = || slots.iter().flatten().any(|value| !value.is_absent());
    match literal {
        Json::Text(text) if text == "*" => present(),
        Json::Bool(false) if !present() => true,
        _ => slots.iter().flatten().any(|value| {
            compare::equal(object, literal, value)
                || value
                    .elements()
                    .iter()
                    .any(|element| compare::equal(object, literal, element) || stands_for(object, literal, element))
        }),
    }
}

/// A reference equals the physical name it leads to.
fn stands_for(object: &Selected<'_>, literal: &Json, value: &Value) -> bool {
    let (Json::Text(name), Value::Text(text)) = (literal, value) else { return false };
    text.sole_resource().is_some_and(|id| object.app.physical_name(id) == Some(name))
        || (text.full().starts_with("arn:")
            && text
                .leads()
                .filter_map(Lead::resource)
                .any(|id| object.app.physical_name(id) == Some(name) && text.full().ends_with(name)))
}

impl Contained {
    fn fits(&self, object: &Selected<'_>) -> bool {
        self.texts.iter().any(|text| match (&object.subject, self.is_role) {
            (Subject::Resource(id), true) => object.app.has_role(*id, text),
            (Subject::ClusterGroup(_), true) => words_occur(text, "eks-cluster"),
            _ => object.slots(&self.path).iter().flatten().any(|value| contains_text(object.app, value, text)),
        })
    }
}

/// True when a text of the value holds the literal, or leads to something whose name says it.
fn contains_text(app: &App, value: &Value, literal: &str) -> bool {
    let scalar = value.scalar_text().filter(|_| !matches!(value, Value::Text(_)));
    scalar.is_some_and(|text| text.contains(literal))
        || value.texts().iter().any(|text| {
            text.known().contains(literal)
                || text.leads().filter_map(Lead::resource).any(|id| app.has_role(id, literal))
        })
}

/// Every object of a type in the places searched that fits.
pub(crate) fn select<'a>(places: &[Place<'a>], kind: &str, selection: &Selection) -> Vec<Selected<'a>> {
    places
        .iter()
        .flat_map(|place| of_kind(place, kind, selection).into_iter().map(|subject| (place.app, subject)))
        .map(|(app, subject)| Selected { app, subject })
        .filter(|object| selection.fits(object))
        .collect()
}

fn of_kind(place: &Place<'_>, kind: &str, selection: &Selection) -> Vec<Subject> {
    let within = |id: &ResourceId| place.stacks.contains(&place.app.resource(*id).stack);
    match kind {
        "Artifacts" => place.app.files.keys().cloned().map(Subject::File).collect(),
        "Outputs" => sections(place, "Outputs"),
        "Parameters" => sections(place, "Parameters"),
        "*" => {
            let taggable = |id: &ResourceId| tags::tag_property(&place.app.resource(*id).kind).is_some();
            place.app.ids().filter(within).filter(taggable).map(Subject::Resource).collect()
        }
        _ => {
            let found = place.app.of_kind(kind).filter(within).map(Subject::Resource);
            let groups = kind == "AWS::EC2::SecurityGroup" && selection.asks_cluster_group();
            let clusters = if groups { "AWS::EKS::Cluster" } else { "" };
            found.chain(place.app.of_kind(clusters).filter(within).map(Subject::ClusterGroup)).collect()
        }
    }
}

fn sections(place: &Place<'_>, name: &'static str) -> Vec<Subject> {
    place.stacks.iter().map(|stack| Subject::Section { stack: *stack, name }).collect()
}

impl Selected<'_> {
    /// What the object is called, for reports.
    pub(crate) fn called(&self) -> String {
        match &self.subject {
            Subject::Resource(id) => {
                let stack = &self.app.stack_of(*id).name;
                format!("{stack}/{} ({})", self.app.resource(*id).logical_id, self.app.identity(*id))
            }
            Subject::ClusterGroup(id) => format!("group of cluster {}", self.app.identity(*id)),
            Subject::Section { stack, name } => format!("{} {name}", self.app.stacks[*stack].name),
            Subject::File(path) => path.clone(),
        }
    }

    /// The stack the object is in.
    pub(crate) fn stack(&self) -> Option<usize> {
        match &self.subject {
            Subject::Resource(id) | Subject::ClusterGroup(id) => Some(self.app.resource(*id).stack),
            Subject::Section { stack, .. } => Some(*stack),
            Subject::File(_) => None,
        }
    }

    /// The values at a path; none where a branch of it is missing.
    pub(crate) fn slots(&self, path: &Path) -> Vec<Option<Value>> {
        let root = match (&self.subject, &path.root) {
            (Subject::Resource(id), Root::Properties) => return walk(self.app.properties(*id), &path.steps),
            (Subject::Resource(id), Root::Tag(key)) => tags::tag(self.app, *id, key),
            (Subject::Resource(id) | Subject::ClusterGroup(id), Root::Virtual(name)) => {
                virtual_paths::value(self.app, *id, name)
            }
            (Subject::Section { stack, name }, Root::Virtual(entry)) => self.entry(*stack, name, entry),
            (Subject::Section { stack, name }, Root::Properties) => {
                return self.entries(*stack, name, &path.steps);
            }
            (Subject::File(path), Root::Virtual(_)) => self.app.files.get(path).map(Value::text),
            _ => None,
        };
        root.map_or_else(|| vec![None], |value| walk(&value, &path.steps))
    }

    fn entry(&self, stack: usize, section: &str, name: &str) -> Option<Value> {
        let written = self.app.stacks[stack].entry(section, name)?;
        Resolver::new(self.app).resolve(stack, written)
    }

    /// `[*]` at the root of a section is every entry.
    fn entries(&self, stack: usize, section: &str, steps: &[Step]) -> Vec<Option<Value>> {
        let all = self.app.stacks[stack].section(section);
        let (wanted, rest) = match steps.split_first() {
            Some((Step::Key(name), rest)) => (Some(name), rest),
            Some((Step::Each, rest)) => (None, rest),
            _ => return vec![None],
        };
        let found: Vec<_> = all
            .iter()
            .filter(|(name, _)| wanted.is_none_or(|wanted| wanted == name))
            .filter_map(|(name, _)| self.entry(stack, section, name))
            .flat_map(|value| walk(&value, rest))
            .collect();
        if found.is_empty() { vec![None] } else { found }
    }
}
