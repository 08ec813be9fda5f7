//! What alarms do when their state changes.

use ce_synth::{Expr, Resource};

use super::{AlarmAction, rules};

/// Adds an action to a state of an alarm, once.
#[track_caller]
pub(super) fn add_action<R>(alarm: Resource<'_, R>, state: &'static str, action: AlarmAction) {
    rules::action_place::check(alarm.scope(), &action);
    let mut actions = match alarm.peek(state) {
        Some(Expr::List(actions)) => actions,
        _ => Vec::new(),
    };
    let target = action.target.into_expr();
    if !actions.contains(&target) {
        actions.push(target);
    }
    rules::action_limit::check(alarm.scope(), state, actions.len());
    alarm.set(&format!("Properties.{state}"), Expr::List(actions));
}
