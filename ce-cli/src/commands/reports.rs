//! What an errand found out, for people.

use std::fmt::Write as _;

use ce_deploy::assembly::Stack;
use ce_deploy::cloud::{DriftState, ResourceDrift};
use ce_deploy::difference::{Comparison, not_compared};
use ce_deploy::engine::{Loss, Recovery, Report};
use serde_json::Value;

use super::errands::Came;
use crate::screen::{Screen, style};
use crate::session::Session;

/// Shows what was found out about each stack.
pub(super) fn show(session: &Session, came: &Came) {
    for (id, ended) in &came.ended.stacks {
        if let (Some(report), Some(stack)) = (&ended.report, came.assembly.stack(id)) {
            let text = text(&session.screen, stack, report);
            if !text.is_empty() && !session.global.json {
                session.screen.result(&text);
            }
        }
    }
}

/// What differs of a stack.
pub(super) fn drift(screen: &Screen, stack: &Stack, drifts: &[ResourceDrift]) -> String {
    let drifted = drifts.iter().filter(|drift| matches!(drift.state, DriftState::Drifted | DriftState::Deleted));
    drifted.map(|drift| drift_of(screen, stack, drift)).collect::<Vec<_>>().join("\n")
}

/// What was found out about a stack.
fn text(screen: &Screen, stack: &Stack, report: &Report) -> String {
    match report {
        Report::Drift(drifts) => drift(screen, stack, drifts),
        Report::Recovery(recovery) => recovery_of(screen, stack, recovery),
        // No errand swaps.
        Report::Hotswap(_) => String::new(),
    }
}

fn drift_of(screen: &Screen, stack: &Stack, drift: &ResourceDrift) -> String {
    let what = if drift.state == DriftState::Deleted { "is gone" } else { "was changed" };
    let id = screen.foreign(&drift.logical_id);
    let mut text = format!("{}  {id}  {}  {what}", stack.id, screen.foreign(&drift.type_name));
    if let Some(origin) = stack.origins.get(&drift.logical_id) {
        let source = origin.source.as_ref().map(|source| format!(" at {source}")).unwrap_or_default();
        text += &screen.foreign(&format!(" [{}{source}]", origin.path));
    }
    // Values may be secret: which property it is says enough to find it.
    for difference in &drift.differences {
        let kind = screen.foreign(&difference.kind);
        let words = Comparison::of(&drift.type_name, &difference.path, &ce_cfn::SCHEMAS).words();
        let words = if words.is_empty() { String::new() } else { format!("  ({words})") };
        write!(text, "\n    {}  {kind}{words}", screen.foreign(&difference.path)).ok();
    }
    let unseen = unseen(stack, drift);
    if !unseen.is_empty() {
        write!(text, "\n    not compared, as no read gives it back: {}", unseen.join(", ")).ok();
    }
    text
}

/// What the template sets of a resource and nobody can compare.
fn unseen(stack: &Stack, drift: &ResourceDrift) -> Vec<&'static str> {
    let template: Value = serde_json::from_str(&stack.template).unwrap_or_default();
    not_compared(&drift.type_name, &template["Resources"][&drift.logical_id]["Properties"], &ce_cfn::SCHEMAS)
}

fn recovery_of(screen: &Screen, stack: &Stack, recovery: &Recovery) -> String {
    let (strong, end) = (style::STRONG, style::STRONG.render_reset());
    let mut text = format!("{strong}{}{end}  {}", stack.id, recovery.status);
    for failed in &recovery.failed {
        let reason = failed.status_reason.as_deref().unwrap_or_default();
        write!(
            text,
            "\n  {} {}: {}",
            screen.foreign(&failed.logical_id),
            screen.foreign(&failed.status),
            screen.foreign(reason)
        )
        .ok();
    }
    for (at, (remedy, loss)) in recovery.remedies.iter().enumerate() {
        write!(text, "\n  {}. {}{}", at + 1, screen.foreign(&remedy.to_string()), cost(screen, loss)).ok();
    }
    if !recovery.remedies.is_empty() {
        write!(text, "\n  next: ce recover {} --apply 1", stack.id).ok();
    }
    text
}

fn cost(screen: &Screen, loss: &Loss) -> String {
    let (what, ids) = match loss {
        Loss::None => return " (nothing is lost)".to_owned(),
        Loss::Inconsistent(ids) => ("no longer as the template says", ids),
        Loss::Orphaned(ids) => ("no longer in a stack", ids),
        Loss::Deleted(ids) => ("deleted", ids),
    };
    format!(" ({what}: {})", screen.foreign(&ids.join(", ")))
}
