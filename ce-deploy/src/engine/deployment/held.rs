//! What the policy of a stack is to hold.
//!
//! Never less than it does: a resource that somebody added to the policy of ours is held as long as it is in the stack.

use std::collections::{BTreeMap, BTreeSet};

use super::holding::Policy;
use super::reducer::Deployment;
use super::template::resources;
use super::work::Until;
use crate::assembly::StackId;
use crate::cloud::{Action, Change};
use crate::engine::{Exit, Problem, ResourceEvent};
use crate::risk::{Consent, Risk, RiskClass};
use crate::stack_policy::{Held, Update};
use crate::template::{self, extensions};

impl Deployment {
    /// Whether policies are wanted, and not refused as whom the stack is worked on.
    pub(super) fn may_hold(&self, id: &StackId) -> bool {
        self.run.options.stack_policy && !self.policies.refused.contains(&self.run.stack(id).target)
    }

    pub(super) fn to_hold(&self, id: &StackId, until: Until) -> Held {
        let before = || self.work(id).hold.before.iter().cloned();
        match until {
            Until::Executed => Held::new(before().filter(|logical_id| !self.may_go(id, logical_id))),
            Until::Changed | Until::Unchanged => Held::new(self.holding_after(id)),
            Until::RolledBack => Held::new(before()),
        }
    }

    /// What is to be held in a stack that is as its template says.
    pub(super) fn holding_after(&self, id: &StackId) -> BTreeSet<String> {
        self.held_of(id, self.declared(id))
    }

    /// What is to be held in a stack that its change set was not executed on yet.
    pub(super) fn holding_before(&self, id: &StackId) -> BTreeSet<String> {
        let changes = self.planned_changes(id);
        let is_new = |logical_id: &str| {
            let added = |change: &&Change| matches!(change.action, Action::Add | Action::Import);
            changes.iter().filter(added).any(|change| change.logical_id == logical_id)
        };
        let stays = self.declared(id).into_iter().filter(|(logical_id, _)| !is_new(logical_id));
        let removed = changes.iter().filter(|change| change.action == Action::Remove);
        let removed = removed.map(|change| (change.logical_id.clone(), change.type_name.clone()));
        self.held_of(id, stays.chain(removed).collect())
    }

    fn held_of(&self, id: &StackId, resources: BTreeMap<String, String>) -> BTreeSet<String> {
        let held = match &self.work(id).hold.policy {
            Some(Policy::Ours(held)) => Some(held.ids()),
            _ => None,
        };
        let is_held = |logical_id: &String| held.is_some_and(|held| held.contains(logical_id));
        let wanted = resources.into_iter().filter(|(id, type_name)| self.judge.holds_data(type_name) || is_held(id));
        wanted.map(|(logical_id, _)| logical_id).collect()
    }

    /// The resources of the stack's template in this phase: logical id and type.
    fn declared(&self, id: &StackId) -> BTreeMap<String, String> {
        let work = self.work(id);
        let mut all = match &work.kept_template {
            Some(text) => resources(&template::value(text).unwrap_or_default()),
            None => work.facts.resources.clone(),
        };
        // What a loop makes that is not written out here stays as it is held.
        if let Some(Policy::Ours(held)) = &work.hold.policy
            && all.keys().any(|logical_id| logical_id.starts_with(extensions::LOOP))
        {
            let held = held.ids().iter().filter(|logical_id| !all.contains_key(*logical_id));
            let held: Vec<String> = held.cloned().collect();
            all.extend(held.into_iter().map(|logical_id| (logical_id, String::new())));
        }
        all
    }

    fn planned_changes(&self, id: &StackId) -> &[Change] {
        let planned = self.work(id).draft.as_ref().and_then(|draft| draft.planned.as_ref());
        planned.map(|planned| planned.changes.as_slice()).unwrap_or_default()
    }

    /// Whether a resource may be replaced or leave the stack in this update: somebody agreed to it by name, or it is kept.
    fn may_go(&self, id: &StackId, logical_id: &str) -> bool {
        let work = self.work(id);
        let named = work.risks.iter().any(|risk| risk.logical_id == logical_id && is_loss(risk));
        let mut changes = self.planned_changes(id).iter();
        let removed = changes.find(|change| change.action == Action::Remove && change.logical_id == logical_id);
        named || removed.is_some_and(|change| self.is_kept(id, change))
    }

    /// Whether a resource that leaves the stack stays in the account. Not every service says so of a change.
    fn is_kept(&self, id: &StackId, change: &Change) -> bool {
        if let Some(action) = &change.policy_action {
            return action.contains("Retain");
        }
        let template = self.work(id).deployed.as_deref().and_then(template::value).unwrap_or_default();
        let policy = template["Resources"][&change.logical_id]["DeletionPolicy"].as_str().unwrap_or_default();
        policy.starts_with("Retain")
    }

    /// What the stack's policy will not let the change set do: the service would find out in the middle of the update.
    pub(super) fn forbidden(&self, id: &StackId) -> Option<Problem> {
        let (policy, ours) = match self.work(id).hold.policy.as_ref()? {
            Policy::None => return None,
            Policy::Ours(held) => (held.text().parse().ok()?, true),
            Policy::Others(policy) => (policy.clone()?, false),
        };
        let denied = |change: &Change| {
            // Whether a change in place counts as one is the service's to say: it may be one of metadata only.
            let update = Update::of(change).filter(|update| *update != Update::Modify)?;
            policy.denial(update, &change.logical_id, &change.type_name).map(|_| (update, change.logical_id.clone()))
        };
        let (update, logical_id) = self.planned_changes(id).iter().find_map(denied)?;
        let stack = self.run.stack(id);
        let at = stack.origins.get(&logical_id).and_then(|origin| origin.source.as_ref());
        let at = at.map(|at| format!(" ({at})")).unwrap_or_default();
        let name = &stack.name;
        let message = format!("the policy of stack `{name}` does not allow `{update}` of `{logical_id}`{at}");
        let help = match ours {
            true if !self.may_hold(id) => "deploy as somebody who may call `cloudformation:SetStackPolicy`",
            true => "agree to it by name, or change the policy with `aws cloudformation set-stack-policy`",
            false => {
                "somebody else wrote it: change it with `aws cloudformation set-stack-policy`, or leave the resource"
            }
        };
        Some(Problem::new(Exit::Refused, message).of(id).help(format!("{help}; the stack was not changed")))
    }

    /// Whether the policy let something go that is there again.
    pub(super) fn is_loosened(&self, id: &StackId) -> bool {
        let hold = &self.work(id).hold;
        matches!(&hold.policy, Some(Policy::Ours(held)) if *held.ids() != hold.before)
    }

    /// Whether an earlier run changed a stack and did not come to its policy.
    pub(super) fn is_left_unheld(&self, id: &StackId) -> bool {
        self.policies.left.contains(id)
    }
}

/// What to do where a stack failed because of a policy.
pub(super) fn with_word_of_policy(id: &StackId, problem: Problem, cause: Option<&ResourceEvent>) -> Problem {
    let denied = |cause: &&ResourceEvent| cause.reason.as_ref().is_some_and(|why| why.contains("by stack policy"));
    let Some(cause) = cause.filter(denied) else { return problem };
    let resource = format!("{id}.{}", cause.logical_id);
    problem.help(format!(
        "the stack's policy holds it: agree to it with `--allow-replace {resource}` or `--allow-destroy {resource}`; \
         one that somebody else wrote is changed with `aws cloudformation set-stack-policy`"
    ))
}

/// Whether something that holds data goes, which takes its name; not where it only would be kept less from now on.
fn is_loss(risk: &Risk) -> bool {
    let by_name = matches!(risk.consent, Consent::Destroy | Consent::Replace);
    risk.class == RiskClass::DataLoss && by_name && risk.rule != "retention-lost"
}
