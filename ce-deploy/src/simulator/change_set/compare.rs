//! What differs between a stack and what it is to be.

use std::collections::{BTreeMap, BTreeSet};

use ce_synth::schema;
use serde_json::{Map, Value};

use super::planned::{Fate, Planned};
use crate::cloud::{Action, Change, ChangeDetail, Evaluation, ImportedResource, Mode, Recreation, Replacement};
use crate::simulator::drift;
use crate::simulator::operation::Live;
use crate::simulator::provider;
use crate::simulator::service::Service;
use crate::simulator::stack::{Definition, Resource, StackKey};
use crate::simulator::template::{Declaration, Policy, Resolved, Scope, Target, Template};

/// What was found.
pub(super) struct Comparison {
    pub(super) changes: Vec<Change>,
    /// Whether there is anything to do, be it only an output or a tag.
    pub(super) differs: bool,
    /// Nested stacks and the properties they get, as far as they are known.
    pub(super) nested: Vec<(String, Map<String, Value>)>,
    /// Properties of what is new, as far as they are known: for early validation.
    pub(super) births: Vec<(String, String, Map<String, Value>)>,
}

/// What is asked for besides the template.
pub(super) struct Wish<'a> {
    pub(super) goal: &'a Definition,
    pub(super) imports: &'a [ImportedResource],
    pub(super) mode: Mode,
    pub(super) include_nested: bool,
    /// Whether it sees more than the settings say.
    pub(super) sees_all: bool,
}

/// A resource as the template wants it.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    logical: &'a str,
    declaration: &'a Declaration,
    /// Its properties, as far as they are known.
    known: &'a Map<String, Value>,
    /// Names of those that are not.
    later: &'a [String],
}

impl Service {
    /// Compares; what is wrong comes in the service's words.
    pub(super) fn compare(&self, key: StackKey, wish: &Wish<'_>) -> Result<Comparison, String> {
        let goal = wish.goal;
        let Some(template) = goal.template.as_deref() else { return Err("there is no template".to_owned()) };
        let pseudo = self.pseudo(key, &goal.notification_arns);
        let mut planned = Planned { live: Live::new(self, key), fates: BTreeMap::new() };
        let mut other_type = Vec::new();
        let mut found = Comparison { changes: Vec::new(), differs: false, nested: Vec::new(), births: Vec::new() };
        for (logical, declaration) in &template.resources {
            let scope = Scope { template, parameters: &goal.parameters, pseudo: &pseudo, world: &planned };
            if let Some(condition) = &declaration.condition
                && !scope.holds(condition)?
            {
                continue;
            }
            let there = self.stack(key).resources.get(logical).filter(|resource| resource.physical.is_some());
            let is_other = there.is_some_and(|resource| resource.type_name != declaration.type_name);
            other_type.extend(is_other.then_some(logical.as_str()));
            let (mut known, later) = evaluate(&scope, declaration)?;
            if wish.mode != Mode::RevertDrift && !(self.settings.sees_outputs || wish.sees_all) {
                self.overlook_outputs(key, logical, declaration, &mut known);
            }
            let wanted = Wanted { logical, declaration, known: &known, later: &later };
            let (fate, change) = self.judge(key, wish, &wanted, &planned);
            if declaration.type_name == "AWS::CloudFormation::Stack" {
                found.nested.push((logical.clone(), known));
            } else if fate == Fate::New {
                found.births.push((logical.clone(), declaration.type_name.clone(), known));
            }
            found.changes.extend(change);
            planned.fates.insert(logical.clone(), fate);
        }
        if !other_type.is_empty() {
            // Source: the service's words, github.com/aws/aws-sam-cli/issues/6786.
            let words =
                "Update of resource type is not permitted. The new template modifies resource type of the following";
            return Err(format!("{words} resources: [{}]", other_type.join(", ")));
        }
        let stack = self.stack(key);
        let removed = stack.resources.iter().filter(|(logical, _)| !planned.fates.contains_key(*logical));
        found.changes.extend(removed.map(|(logical, resource)| removal(logical, resource)));
        let scope = Scope { template, parameters: &goal.parameters, pseudo: &pseudo, world: &planned };
        found.differs = !found.changes.is_empty()
            || goal.tags != stack.definition.tags
            || outputs_differ(&scope, stack.definition.template.as_deref(), stack)?;
        Ok(found)
    }

    /// Where the template reads an output in the same words as before, the value is taken to be the same.
    fn overlook_outputs(
        &self,
        key: StackKey,
        logical: &str,
        declaration: &Declaration,
        known: &mut Map<String, Value>,
    ) {
        let stack = self.stack(key);
        let template = stack.definition.template.as_deref();
        let Some(old) = template.and_then(|template| template.resources.get(logical)) else { return };
        let Some(resource) = stack.resources.get(logical) else { return };
        let words = |declaration: &Declaration, name: &str| {
            declaration.properties.iter().find(|(property, _)| property == name).map(|(_, words)| words.clone())
        };
        for name in &declaration.reading {
            let same = words(old, name) == words(declaration, name);
            if let Some(value) = resource.desired.get(name).filter(|_| same) {
                known.insert(name.clone(), value.clone());
            }
        }
    }

    /// Whether a stack is what its template says, with the values that others have now.
    pub(in crate::simulator) fn is_in_step(&self, key: StackKey) -> bool {
        let goal = &self.stack(key).definition;
        let wish = Wish { goal, imports: &[], mode: Mode::Standard, include_nested: true, sees_all: true };
        self.compare(key, &wish).is_ok_and(|found| !found.differs)
    }

    /// What becomes of a resource, and what is told of it.
    fn judge(
        &self,
        key: StackKey,
        wish: &Wish<'_>,
        wanted: &Wanted<'_>,
        planned: &Planned<'_>,
    ) -> (Fate, Option<Change>) {
        let Wanted { logical, declaration, .. } = *wanted;
        let resources = &self.stack(key).resources;
        let Some(resource) = resources.get(logical).filter(|resource| resource.physical.is_some()) else {
            let imported = wish.imports.iter().any(|imported| imported.logical_id == logical);
            let action = if imported { Action::Import } else { Action::Add };
            return (Fate::New, Some(plain_change(action, logical, &declaration.type_name, None)));
        };
        let reverts = wish.mode == Mode::RevertDrift;
        let mut change = plain_change(Action::Modify, logical, &declaration.type_name, resource.physical.clone());
        if reverts {
            change.ignored = drift::ignored(self.schemas.find(&resource.type_name), resource);
        }
        change.details = self.details(key, wish, wanted, resource, planned);
        let settled = resource.is_settled() && !(reverts && resource.gone);
        if change.details.is_empty() && settled {
            return (Fate::Kept, None);
        }
        let replacement = replacement_of(&change.details);
        change.replacement = Some(replacement);
        change.policy_action = (replacement == Replacement::True).then(|| replace_and(declaration.replacement));
        let fate = match replacement {
            Replacement::True | Replacement::Conditional => Fate::Replaced,
            Replacement::False if resource.nested.is_some() => Fate::NestedChanged,
            Replacement::False => Fate::Kept,
        };
        (fate, Some(change))
    }

    /// Why a resource that is there changes; nothing if it does not.
    fn details(
        &self,
        key: StackKey,
        wish: &Wish<'_>,
        wanted: &Wanted<'_>,
        resource: &Resource,
        planned: &Planned<'_>,
    ) -> Vec<ChangeDetail> {
        let Wanted { logical, declaration, known, later } = *wanted;
        let definition = &self.stack(key).definition;
        let schema = self.schemas.find(&resource.type_name);
        let live = (wish.mode == Mode::RevertDrift).then(|| drift::live(schema, resource));
        let base = live.as_ref().unwrap_or(&resource.desired);
        let told = base.iter().filter(|(name, _)| !later.contains(name));
        let before: Map<String, Value> = told.map(|(name, value)| (name.clone(), value.clone())).collect();
        let differences = provider::differences(schema, &before, known);
        let mut details: Vec<ChangeDetail> =
            differences.iter().map(|difference| direct(difference, declaration, definition, wish.goal)).collect();
        details.extend(later.iter().map(|name| dynamic(schema, name, base.get(name), declaration, planned)));
        let old = definition.template.as_deref().and_then(|template| template.resources.get(logical));
        details.extend(old.into_iter().flat_map(|old| beside_properties(old, declaration)));
        if resource.nested.is_some() && !wish.include_nested && details.is_empty() {
            details.push(automatic());
        }
        details
    }
}

fn evaluate(scope: &Scope<'_>, declaration: &Declaration) -> Result<(Map<String, Value>, Vec<String>), String> {
    let (mut known, mut later) = (Map::new(), Vec::new());
    for (name, expression) in &declaration.properties {
        match scope.evaluate(expression)? {
            Resolved::Known(value) => {
                known.insert(name.clone(), value);
            }
            Resolved::Nothing => {}
            Resolved::Later => later.push(name.clone()),
        }
    }
    Ok((known, later))
}

fn plain_change(action: Action, logical: &str, type_name: &str, physical: Option<String>) -> Change {
    Change {
        action,
        logical_id: logical.to_owned(),
        physical_id: physical,
        type_name: type_name.to_owned(),
        replacement: None,
        policy_action: None,
        details: Vec::new(),
        nested: None,
        ignored: Vec::new(),
    }
}

fn removal(logical: &str, resource: &Resource) -> Change {
    let mut change = plain_change(Action::Remove, logical, &resource.type_name, resource.physical.clone());
    let words = match resource.deletion {
        Policy::Delete => "Delete",
        Policy::Retain | Policy::RetainExceptOnCreate => "Retain",
        Policy::Snapshot => "Snapshot",
    };
    change.policy_action = Some(words.to_owned());
    change
}

fn replace_and(policy: Option<Policy>) -> String {
    let words = match policy.unwrap_or(Policy::Delete) {
        Policy::Delete => "ReplaceAndDelete",
        Policy::Retain | Policy::RetainExceptOnCreate => "ReplaceAndRetain",
        Policy::Snapshot => "ReplaceAndSnapshot",
    };
    words.to_owned()
}

fn recreation(replacement: schema::Replacement) -> Recreation {
    match replacement {
        schema::Replacement::Never => Recreation::Never,
        schema::Replacement::Conditional => Recreation::Conditionally,
        schema::Replacement::Always => Recreation::Always,
    }
}

/// Source: API reference, `ResourceChange.Replacement`: a change that is always replaced but whose value is not known
/// yet replaces conditionally.
fn replacement_of(details: &[ChangeDetail]) -> Replacement {
    let judge = |detail: &ChangeDetail| match (detail.recreation, detail.evaluation) {
        (Recreation::Always, Evaluation::Static) => Replacement::True,
        (Recreation::Never, _) => Replacement::False,
        _ => Replacement::Conditional,
    };
    details.iter().map(judge).max().unwrap_or(Replacement::False)
}

/// A property whose new value is known: the template was changed, or a parameter.
fn direct(
    difference: &provider::Difference,
    declaration: &Declaration,
    before: &Definition,
    goal: &Definition,
) -> ChangeDetail {
    let targets = declaration.targets.iter().find(|(name, _)| *name == difference.property).map(|(_, targets)| targets);
    let changed = |target: &Target| match target {
        Target::Named(name) => {
            goal.parameters.contains_key(name) && goal.parameters.get(name) != before.parameters.get(name)
        }
        _ => false,
    };
    let cause = targets.into_iter().flatten().find(|target| changed(target)).map(cause_text);
    ChangeDetail {
        attribute: "Properties".to_owned(),
        name: Some(difference.property.clone()),
        recreation: recreation(difference.replacement),
        evaluation: Evaluation::Static,
        source: Some(if cause.is_some() { "ParameterReference" } else { "DirectModification" }.to_owned()),
        cause,
    }
}

/// A property that depends on a resource which is new or replaced.
fn dynamic(
    schema: Option<&schema::TypeSchema>,
    name: &str,
    before: Option<&Value>,
    declaration: &Declaration,
    planned: &Planned<'_>,
) -> ChangeDetail {
    let changes = schema.map_or(schema::Replacement::Never, |schema| provider::judge(schema, name, before, None));
    let targets: Option<&BTreeSet<Target>> =
        declaration.targets.iter().find(|(property, _)| property == name).map(|(_, targets)| targets);
    let moves = |target: &&Target| match target {
        Target::Named(resource) | Target::Attribute(resource, _) => {
            planned.fates.get(resource).is_some_and(|fate| *fate != Fate::Kept)
        }
        Target::Condition(_) => false,
    };
    let cause = targets.into_iter().flatten().find(moves);
    let source = match cause {
        Some(Target::Attribute(..)) => "ResourceAttribute",
        _ => "ResourceReference",
    };
    ChangeDetail {
        attribute: "Properties".to_owned(),
        name: Some(name.to_owned()),
        recreation: recreation(changes),
        evaluation: Evaluation::Dynamic,
        source: Some(source.to_owned()),
        cause: cause.map(cause_text),
    }
}

fn cause_text(target: &Target) -> String {
    match target {
        Target::Named(name) | Target::Condition(name) => name.clone(),
        Target::Attribute(resource, attribute) => format!("{resource}.{attribute}"),
    }
}

fn beside_properties(old: &Declaration, new: &Declaration) -> Vec<ChangeDetail> {
    let parts = [
        ("Metadata", old.metadata != new.metadata),
        ("DeletionPolicy", old.deletion != new.deletion),
        ("UpdateReplacePolicy", old.replacement != new.replacement),
    ];
    let detail = |attribute: &str| ChangeDetail {
        attribute: attribute.to_owned(),
        name: None,
        recreation: Recreation::Never,
        evaluation: Evaluation::Static,
        source: Some("DirectModification".to_owned()),
        cause: None,
    };
    parts.into_iter().filter(|(_, differs)| *differs).map(|(attribute, _)| detail(attribute)).collect()
}

/// A nested stack whose content is not looked at may change. Source: API reference, `ChangeSource: Automatic`.
fn automatic() -> ChangeDetail {
    ChangeDetail {
        attribute: "Properties".to_owned(),
        name: None,
        recreation: Recreation::Never,
        evaluation: Evaluation::Dynamic,
        source: Some("Automatic".to_owned()),
        cause: None,
    }
}

fn outputs_differ(
    scope: &Scope<'_>,
    before: Option<&Template>,
    stack: &crate::simulator::stack::Stack,
) -> Result<bool, String> {
    let Some(before) = before else { return Ok(true) };
    if before.outputs != scope.template.outputs {
        return Ok(true);
    }
    for (name, output) in &scope.template.outputs {
        let shown = match &output.condition {
            Some(condition) => scope.holds(condition)?,
            None => true,
        };
        let old = stack.outputs.iter().find(|known| known.key == *name);
        if shown != old.is_some() {
            return Ok(true);
        }
        // The value of one that is not shown may read what is not there.
        let Some(old) = old else { continue };
        if let Resolved::Known(value) = scope.evaluate(&output.value)?
            && crate::simulator::template::as_text(&value).as_deref() != Some(old.value.reveal())
        {
            return Ok(true);
        }
    }
    Ok(false)
}
