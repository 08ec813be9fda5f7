//! What of a plan somebody agrees to.
//!
//! A command that runs again makes its change sets again, and the service gives them new names. What is agreed to is what
//! they do: the names are left out here, and so is how a stack was seen.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{ChangeSetPlan, Fingerprint, Later, StackPlan, Step, Then};
use crate::assembly::{AssetId, StackId};
use crate::cloud::{Capability, Change, Guard, Target};
use crate::digest::sha256;
use crate::risk::Risk;

/// The SHA-256 of what is done by a plan.
pub(super) fn digest(assembly: &str, stacks: &[StackPlan]) -> String {
    let stacks: Vec<Content<'_>> = stacks.iter().map(Content::of).collect();
    // A value of strings, lists and numbers can always be written.
    sha256(serde_json::to_string(&(assembly, stacks)).unwrap_or_default())
}

#[derive(Serialize)]
struct Content<'a> {
    stack: &'a StackId,
    name: &'a str,
    target: &'a Target,
    arn: Option<&'a str>,
    template: &'a str,
    parameters: &'a BTreeMap<String, Fingerprint>,
    tags: &'a str,
    assets: &'a [AssetId],
    needs: &'a [StackId],
    step: Deed<'a>,
    protect: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guard: Option<&'a Guard>,
    then: Option<&'a Then>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    hotswapped: &'a [String],
    risks: &'a [Risk],
}

#[derive(Serialize)]
enum Deed<'a> {
    Unchanged,
    Create(Executed<'a>),
    Update(Executed<'a>),
    Delete,
    Later(&'a Later),
}

#[derive(Serialize)]
struct Executed<'a> {
    template: &'a str,
    changes: BTreeSet<String>,
    capabilities: &'a [Capability],
}

impl<'a> Content<'a> {
    fn of(plan: &'a StackPlan) -> Self {
        // Taken apart, so that nothing new is left out unseen.
        let StackPlan { stack, name, target, arn, seen, template, parameters, tags, assets, needs, .. } = plan;
        // What it follows is worked out from what the others do.
        let StackPlan { step, protect, guard, then, hotswapped, risks, follows: _, disagreements: _, .. } = plan;
        Self {
            stack,
            name,
            target,
            // A stack that only waits for its first change set is made again with it.
            arn: arn.as_deref().filter(|_| seen.is_some()),
            template,
            parameters,
            tags,
            assets,
            needs,
            step: Deed::of(step),
            protect: *protect,
            guard: guard.as_ref(),
            then: then.as_ref(),
            hotswapped,
            risks,
        }
    }
}

impl<'a> Deed<'a> {
    fn of(step: &'a Step) -> Self {
        match step {
            Step::Unchanged => Self::Unchanged,
            Step::Create(change_set) => Self::Create(Executed::of(change_set)),
            Step::Update(change_set) => Self::Update(Executed::of(change_set)),
            Step::Delete => Self::Delete,
            Step::Later { because } => Self::Later(because),
        }
    }
}

impl<'a> Executed<'a> {
    fn of(plan: &'a ChangeSetPlan) -> Self {
        let ChangeSetPlan { change_set: _, template, changes, nested, changes_digest: _, capabilities } = plan;
        let nested =
            nested.iter().flat_map(|(path, changes)| changes.iter().map(move |change| (path.as_str(), change)));
        let all = changes.iter().map(|change| ("", change)).chain(nested);
        let nameless = |(path, change): (&str, &Change)| written(path, &Change { nested: None, ..change.clone() });
        Self { template, changes: all.map(nameless).collect(), capabilities }
    }
}

/// A change of a stack, or of the nested one with this dotted id, on a line. What was not compared is no change.
pub(super) fn written(path: &str, change: &Change) -> String {
    let change = Change { ignored: Vec::new(), ..change.clone() };
    format!("{path} {}", serde_json::to_string(&change).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::{ChangeSetPlan, Plan, StackPlan, Step};
    use crate::assembly::StackId;
    use crate::cloud::{Action, Change, Guard, Place, Target};
    use crate::engine::Moment;

    fn change(logical_id: &str) -> Change {
        Change {
            action: Action::Add,
            logical_id: logical_id.to_owned(),
            physical_id: None,
            type_name: "AWS::SQS::Queue".to_owned(),
            replacement: None,
            policy_action: None,
            details: Vec::new(),
            nested: Some("arn:1".to_owned()),
            ignored: Vec::new(),
        }
    }

    fn plan(touch: impl Fn(&mut StackPlan, &mut ChangeSetPlan)) -> Plan {
        let mut set = ChangeSetPlan {
            change_set: "arn:1".to_owned(),
            template: "t".to_owned(),
            changes: vec![change("A"), change("B")],
            nested: BTreeMap::new(),
            changes_digest: String::new(),
            capabilities: Vec::new(),
        };
        let mut stack = StackPlan {
            stack: StackId::new("Shop"),
            name: "shop".to_owned(),
            target: Target::new(Place::new("111111111111", "eu-west-1")),
            arn: Some("arn:1".to_owned()),
            seen: None,
            template: "t".to_owned(),
            parameters: BTreeMap::new(),
            tags: String::new(),
            assets: Vec::new(),
            needs: Vec::new(),
            step: Step::Unchanged,
            protect: None,
            guard: None,
            then: None,
            follows: BTreeSet::new(),
            hotswapped: Vec::new(),
            risks: Vec::new(),
            disagreements: Vec::new(),
        };
        touch(&mut stack, &mut set);
        set.changes_digest = set.digest_of_changes();
        stack.step = Step::Create(set);
        Plan::new("a", Moment(1), vec![stack])
    }

    #[test]
    fn names_that_the_service_gives_are_no_part_of_it() {
        let again = plan(|stack, set| {
            stack.arn = Some("arn:2".to_owned());
            set.change_set = "arn:2".to_owned();
            set.changes.reverse();
            set.changes[0].nested = Some("arn:2".to_owned());
        });
        assert_eq!(again.digest(), plan(|_, _| {}).digest());
        let moved = again.to_json().replace("arn:2", "arn:3");
        assert!(Plan::read(&moved).is_err(), "but the file is sealed with them");
        assert_eq!(Plan::read(&again.to_json()), Ok(again));
    }

    #[test]
    fn all_that_is_done_is_part_of_it() {
        let known = plan(|_, _| {}).digest();
        for (what, other) in [
            ("a change", plan(|_, set| drop(set.changes.pop()))),
            ("a nested change", plan(|_, set| drop(set.nested.insert("A".to_owned(), vec![change("C")])))),
            ("the template", plan(|_, set| set.template.push('x'))),
            ("tags", plan(|stack, _| stack.tags.push('x'))),
            ("a guard", plan(|stack, _| stack.guard = Some(Guard::nothing()))),
            ("a hotswap", plan(|stack, _| stack.hotswapped.push("Worker".to_owned()))),
            ("protection", plan(|stack, _| stack.protect = Some(true))),
            ("the target", plan(|stack, _| stack.target = Target::new(Place::new("111111111111", "eu-west-2")))),
        ] {
            assert_ne!(other.digest(), known, "{what}");
        }
    }
}
