//! What was found out about stacks, as data for programs.

use ce_deploy::assembly::Stack;
use ce_deploy::cloud::{DriftState, ResourceDrift, StackResource};
use ce_deploy::difference::Comparison;
use ce_deploy::engine::{HotswapReport, Loss, Recovery, Remedy, Report};
use serde_json::{Value, json};

use super::Screen;

/// What was found out about a stack. Values of properties may be secret, so paths alone are told.
pub(super) fn facts(screen: &Screen, stack: &Stack, report: &Report) -> Value {
    match report {
        Report::Drift(drifts) => {
            let differ = drifts.iter().filter_map(|drift| drifted(screen, stack, drift));
            json!({ "kind": "drift", "resources": differ.collect::<Vec<_>>() })
        }
        Report::Recovery(recovery) => recovered(screen, stack, recovery),
        Report::Hotswap(report) => hotswapped(screen, stack, report),
    }
}

fn hotswapped(screen: &Screen, stack: &Stack, report: &HotswapReport) -> Value {
    let kind = match report {
        HotswapReport::Same => "same",
        HotswapReport::AsWanted => "as-wanted",
        HotswapReport::Swapped(_) => "swapped",
        HotswapReport::Failed(_) => "failed",
        HotswapReport::Refused(_) => "refused",
        HotswapReport::NotBegun => "not-begun",
    };
    let swapped = match report {
        HotswapReport::Swapped(aims) => aims.as_slice(),
        _ => &[],
    };
    let resources = swapped.iter().map(|aim| {
        json!({
            "logicalId": screen.foreign(&aim.logical_id), "type": screen.foreign(&aim.type_name),
            "properties": aim.properties(), "origin": stack.origins.get(&aim.logical_id),
        })
    });
    json!({ "kind": "hotswap", "state": kind, "resources": resources.collect::<Vec<_>>() })
}

fn drifted(screen: &Screen, stack: &Stack, drift: &ResourceDrift) -> Option<Value> {
    let state = match drift.state {
        DriftState::Drifted => "changed",
        DriftState::Deleted => "gone",
        DriftState::InSync | DriftState::NotChecked | DriftState::Unknown => return None,
    };
    let differences = drift.differences.iter();
    let differences = differences.map(|difference| {
        json!({
            "path": screen.foreign(&difference.path),
            "kind": screen.foreign(&difference.kind),
            "comparison": Comparison::of(&drift.type_name, &difference.path, &ce_cfn::SCHEMAS).as_str(),
        })
    });
    Some(json!({
        "logicalId": screen.foreign(&drift.logical_id),
        "physicalId": drift.physical_id.as_ref().map(|id| screen.foreign(id)),
        "type": screen.foreign(&drift.type_name),
        "state": state,
        "differences": differences.collect::<Vec<_>>(),
        "origin": stack.origins.get(&drift.logical_id),
    }))
}

fn recovered(screen: &Screen, stack: &Stack, recovery: &Recovery) -> Value {
    let failed: Vec<Value> = recovery.failed.iter().map(|resource| failed(screen, stack, resource)).collect();
    let remedies = recovery.remedies.iter().zip(1..).map(|((what, loss), number)| remedy(screen, number, what, loss));
    json!({
        "kind": "recovery",
        "status": recovery.status,
        "failed": failed,
        "remedies": remedies.collect::<Vec<_>>(),
    })
}

fn failed(screen: &Screen, stack: &Stack, resource: &StackResource) -> Value {
    json!({
        "logicalId": screen.foreign(&resource.logical_id),
        "physicalId": resource.physical_id.as_ref().map(|id| screen.foreign(id)),
        "type": screen.foreign(&resource.type_name),
        "status": screen.foreign(&resource.status),
        "reason": resource.status_reason.as_ref().map(|reason| screen.foreign(reason)),
        "origin": stack.origins.get(&resource.logical_id),
    })
}

/// A remedy, with the number that `--apply` takes.
fn remedy(screen: &Screen, number: usize, remedy: &Remedy, loss: &Loss) -> Value {
    let kind = match remedy {
        Remedy::Deploy => "deploy",
        Remedy::DeployExpress => "deploy-express",
        Remedy::Continue => "continue",
        Remedy::ContinueWithout(_) => "continue-without",
        Remedy::RollBack => "roll-back",
        Remedy::Delete => "delete",
        Remedy::DeleteWithout(_) => "delete-without",
        Remedy::Wait => "wait",
    };
    let (loses, resources) = match loss {
        Loss::None => ("nothing", &[][..]),
        Loss::Inconsistent(ids) => ("inconsistent", ids.as_slice()),
        Loss::Orphaned(ids) => ("orphaned", ids.as_slice()),
        Loss::Deleted(ids) => ("deleted", ids.as_slice()),
    };
    let resources: Vec<String> = resources.iter().map(|id| screen.foreign(id)).collect();
    json!({
        "number": number,
        "kind": kind,
        "what": screen.foreign(&remedy.to_string()),
        "loss": { "kind": loses, "resources": resources },
    })
}
