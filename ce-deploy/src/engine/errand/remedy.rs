//! What can be done about a stack, the least destructive first.

use std::fmt;

use crate::cloud::{StackResource, StackStatus};

/// In which state a stack is, why, and what can be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recovery {
    /// Its state.
    pub status: StackStatus,
    /// What stands in the way: resources that failed, with the service's words.
    pub failed: Vec<StackResource>,
    /// What can be done, the least destructive first.
    pub remedies: Vec<(Remedy, Loss)>,
}

/// Something that can be done about a stack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Remedy {
    /// `ce deploy`: bring it forward to what the assembly says.
    Deploy,
    /// `ce deploy --mode express`: the same, of a stack that express mode left failed; it takes no other change.
    DeployExpress,
    /// `ce attach`: its operation goes on.
    Wait,
    /// Go on putting it back, after the cause was mended (`ContinueUpdateRollback`).
    Continue,
    /// Go on putting it back, and leave these as they are (`ResourcesToSkip`).
    ContinueWithout(Vec<String>),
    /// Put it back to what it last was (`RollbackStack`).
    RollBack,
    /// Delete the stack.
    Delete,
    /// Delete the stack, and leave these resources in place without it.
    DeleteWithout(Vec<String>),
}

/// What a remedy may cost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Loss {
    /// Nothing.
    None,
    /// These are no longer as the template says; the next update has to mend it.
    Inconsistent(Vec<String>),
    /// These are no longer managed by a stack.
    Orphaned(Vec<String>),
    /// These are deleted, with what they hold, unless their policy keeps them.
    Deleted(Vec<String>),
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deploy => f.write_str("deploy again"),
            Self::DeployExpress => f.write_str("deploy again with `--mode express`"),
            Self::Wait => f.write_str("wait for the operation that goes on"),
            Self::Continue => f.write_str("mend the cause, then go on putting it back"),
            Self::ContinueWithout(ids) => write!(f, "go on putting it back without {}", ids.join(", ")),
            Self::RollBack => f.write_str("put it back to what it last was"),
            Self::Delete => f.write_str("delete the stack"),
            Self::DeleteWithout(ids) => write!(f, "delete the stack, and leave {} in place", ids.join(", ")),
        }
    }
}

impl Recovery {
    /// What can be done about a stack in a state, with its resources. Resources of nested stacks are named
    /// `NestedStackName.LogicalId`. What express mode left failed does not go back with `RollbackStack`.
    pub fn of(status: StackStatus, express: bool, resources: &[StackResource]) -> Self {
        let failed: Vec<StackResource> =
            resources.iter().filter(|resource| resource.status.ends_with("_FAILED")).cloned().collect();
        let alive = names(&alive(resources));
        let remedies = match status {
            StackStatus::CreateFailed | StackStatus::UpdateFailed if express => left_by_express(status, alive),
            _ => remedies(status, &names(&failed), &alive, &at_top(&failed)),
        };
        Self { status, failed, remedies }
    }
}

fn remedies(status: StackStatus, failed: &[String], alive: &[String], top: &[String]) -> Vec<(Remedy, Loss)> {
    use StackStatus as S;
    let deleted = || if alive.is_empty() { Loss::None } else { Loss::Deleted(alive.to_vec()) };
    let mut remedies = Vec::new();
    match status {
        S::UpdateRollbackFailed => {
            remedies.push((Remedy::Continue, Loss::None));
            if !failed.is_empty() {
                remedies.push((Remedy::ContinueWithout(failed.to_vec()), Loss::Inconsistent(failed.to_vec())));
            }
        }
        // Source: API reference, RollbackStack: a stack that was never complete is deleted by it.
        S::CreateFailed => {
            remedies.push((Remedy::Deploy, Loss::None));
            remedies.push((Remedy::RollBack, deleted()));
        }
        S::UpdateFailed => {
            remedies.push((Remedy::Deploy, Loss::None));
            remedies.push((Remedy::RollBack, Loss::None));
        }
        S::RollbackComplete | S::ReviewInProgress if alive.is_empty() => remedies.push((Remedy::Deploy, Loss::None)),
        S::RollbackComplete | S::RollbackFailed | S::DeleteFailed | S::ImportRollbackFailed | S::ReviewInProgress => {
            remedies.push((Remedy::Delete, deleted()));
            // Only a deletion that failed may leave resources out.
            if status == S::DeleteFailed && !top.is_empty() {
                remedies.push((Remedy::DeleteWithout(top.to_vec()), Loss::Orphaned(top.to_vec())));
            }
        }
        _ if status.is_in_progress() => remedies.push((Remedy::Wait, Loss::None)),
        _ => {}
    }
    remedies
}

/// Source: aws-cdk-cli#1739: changes must be in express mode too, and `RollbackStack` is refused.
fn left_by_express(status: StackStatus, alive: Vec<String>) -> Vec<(Remedy, Loss)> {
    let mut remedies = vec![(Remedy::DeployExpress, Loss::None)];
    if status == StackStatus::CreateFailed {
        let loss = if alive.is_empty() { Loss::None } else { Loss::Deleted(alive) };
        remedies.push((Remedy::Delete, loss));
    }
    remedies
}

fn names(resources: &[StackResource]) -> Vec<String> {
    resources.iter().map(|resource| resource.logical_id.clone()).collect()
}

fn at_top(failed: &[StackResource]) -> Vec<String> {
    names(failed).into_iter().filter(|name| !name.contains('.')).collect()
}

fn alive(resources: &[StackResource]) -> Vec<StackResource> {
    let is_there = |resource: &&StackResource| {
        resource.physical_id.as_ref().is_some_and(|id| !id.is_empty()) && resource.status != "DELETE_COMPLETE"
    };
    resources.iter().filter(is_there).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::{Loss, Recovery, Remedy};
    use crate::cloud::{StackResource, StackStatus};

    fn resource(logical_id: &str, status: &str) -> StackResource {
        StackResource {
            logical_id: logical_id.into(),
            physical_id: Some(format!("{logical_id}-1")),
            type_name: "AWS::SQS::Queue".into(),
            status: status.into(),
            status_reason: None,
        }
    }

    #[test]
    fn the_least_destructive_comes_first() {
        let resources = [resource("A", "UPDATE_COMPLETE"), resource("net.B", "UPDATE_FAILED")];
        let recovery = Recovery::of(StackStatus::UpdateRollbackFailed, false, &resources);
        let skip = vec!["net.B".to_owned()];
        assert_eq!(
            recovery.remedies,
            [(Remedy::Continue, Loss::None), (Remedy::ContinueWithout(skip.clone()), Loss::Inconsistent(skip)),]
        );
    }

    #[test]
    fn what_would_be_deleted_is_named() {
        let resources = [resource("Gone", "DELETE_COMPLETE"), resource("Kept", "DELETE_FAILED")];
        let recovery = Recovery::of(StackStatus::DeleteFailed, false, &resources);
        let kept = vec!["Kept".to_owned()];
        assert_eq!(recovery.remedies[0], (Remedy::Delete, Loss::Deleted(kept.clone())));
        assert_eq!(recovery.remedies[1], (Remedy::DeleteWithout(kept.clone()), Loss::Orphaned(kept)));
    }

    #[test]
    fn every_state_that_needs_repair_has_a_remedy() {
        for (status, express) in StackStatus::all().flat_map(|status| [(status, false), (status, true)]) {
            let recovery = Recovery::of(status, express, &[resource("A", "UPDATE_FAILED")]);
            assert!(!recovery.remedies.is_empty() || !status.needs_repair(), "{status}");
        }
        assert!(Recovery::of(StackStatus::UpdateComplete, false, &[]).remedies.is_empty());
    }

    #[test]
    fn what_express_mode_left_does_not_go_back() {
        let resources = [resource("A", "CREATE_FAILED")];
        for status in [StackStatus::CreateFailed, StackStatus::UpdateFailed] {
            let remedies = |express| Recovery::of(status, express, &resources).remedies;
            let goes_back =
                |remedies: &[(Remedy, Loss)]| remedies.iter().any(|(remedy, _)| *remedy == Remedy::RollBack);
            assert!(goes_back(&remedies(false)) && !goes_back(&remedies(true)), "{status}");
            assert_eq!(remedies(true)[0], (Remedy::DeployExpress, Loss::None));
        }
        let recovery = Recovery::of(StackStatus::CreateFailed, true, &resources);
        assert_eq!(recovery.remedies[1], (Remedy::Delete, Loss::Deleted(vec!["A".to_owned()])));
    }
}
