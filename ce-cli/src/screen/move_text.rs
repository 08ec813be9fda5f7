//! Resources that move, for people.

use std::fmt::Write as _;

use ce_deploy::plan::MovePlan;

use super::{Screen, lines, style};

/// The plan: a line a resource.
pub(crate) fn of(screen: &Screen, plan: &MovePlan) -> String {
    let (care, end) = (style::CARE, style::CARE.render_reset());
    let mut text = String::new();
    for step in &plan.moves {
        let what = screen.foreign(&format!("{} moves to {}, untouched", step.from, step.to));
        writeln!(text, "{care}>{end} {what}").ok();
    }
    let stacks = lines::counted(plan.stacks.len(), "stack");
    write!(text, "plan sha256:{}: {} of {stacks}", &plan.digest()[..16], lines::counted(plan.moves.len(), "move")).ok();
    text
}
