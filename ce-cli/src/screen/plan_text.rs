//! A plan, for people.

use std::fmt::Write as _;

use ce_deploy::cloud::{Action, Change, Replacement};
use ce_deploy::plan::{Later, Plan, StackPlan, Step};

use super::{Screen, approval, lines, style};

/// The plan: a line a stack, a line a changed resource.
pub(crate) fn of(screen: &Screen, plan: &Plan) -> String {
    let mut text = String::new();
    let changed: Vec<&StackPlan> =
        plan.stacks.iter().filter(|stack| stack.step.changes_something() || stack.protect.is_some()).collect();
    let (strong, end) = (style::STRONG, style::STRONG.render_reset());
    for stack in &changed {
        writeln!(text, "{strong}{}{end}  {}  {}", stack.stack, step(&stack.step), stack.target.place).ok();
        for change in stack.step.change_set().map(|set| &set.changes).into_iter().flatten() {
            writeln!(text, "  {}", line(screen, change)).ok();
        }
        if let Some(protect) = stack.protect {
            writeln!(text, "  termination protection is switched {}", if protect { "on" } else { "off" }).ok();
        }
    }
    let unchanged = plan.stacks.len() - changed.len();
    write!(
        text,
        "plan sha256:{}: {} changed, {unchanged} unchanged",
        &plan.digest()[..16],
        lines::counted(changed.len(), "stack"),
    )
    .ok();
    text
}

/// The plan with its risks.
pub(crate) fn whole(screen: &Screen, plan: &Plan) -> String {
    let risks: Vec<_> = plan.risks().cloned().collect();
    let risks = approval::risks(screen, &risks);
    format!("{}\n{risks}", of(screen, plan)).trim_end().to_owned()
}

/// The plan as Markdown, for a pull request.
pub(crate) fn markdown(screen: &Screen, plan: &Plan) -> String {
    let mut text = format!("### Plan `sha256:{}`\n\n", plan.digest());
    let changed: Vec<&StackPlan> = plan.stacks.iter().filter(|stack| stack.step.changes_something()).collect();
    if changed.is_empty() {
        return text + "No changes.\n";
    }
    text += "| stack | where | what | changes |\n|---|---|---|---|\n";
    for stack in &changed {
        let changes = stack.step.change_set().map_or(0, |set| set.changes.len());
        writeln!(text, "| `{}` | {} | {} | {changes} |", stack.stack, stack.target.place, step(&stack.step)).ok();
    }
    let risks: Vec<_> = plan.risks().collect();
    if !risks.is_empty() {
        text += "\n| risk | resource | what | written at |\n|---|---|---|---|\n";
    }
    for risk in risks {
        let cell = |text: &str| screen.foreign(text).replace('|', "\\|").replace('<', "&lt;");
        writeln!(
            text,
            "| {} | `{}` | {} | {} |",
            risk.class,
            cell(&risk.id()),
            cell(&risk.what),
            cell(&lines::written(&risk.origin))
        )
        .ok();
    }
    text
}

fn step(step: &Step) -> String {
    match step {
        Step::Unchanged => "is unchanged".to_owned(),
        Step::Create(_) => "is made".to_owned(),
        Step::Update(_) => "is changed".to_owned(),
        Step::Delete => "is deleted".to_owned(),
        Step::Later { because: Later::Output { stack, output } } => {
            format!("is planned again when `{output}` of {stack} is there")
        }
        Step::Later { because: Later::Leftover } => "is made when what a failed creation left is gone".to_owned(),
    }
}

fn line(screen: &Screen, change: &Change) -> String {
    let id = screen.foreign(&change.logical_id);
    let type_name = screen.foreign(&change.type_name);
    let (sign, color) = match change.action {
        Action::Add | Action::Import => ('+', style::GOOD),
        Action::Remove => ('-', style::BAD),
        _ => ('~', style::CARE),
    };
    let replaced = match change.replacement {
        Some(Replacement::True) => "  is replaced",
        Some(Replacement::Conditional) => "  may be replaced",
        _ => "",
    };
    let end = color.render_reset();
    format!("{color}{sign}{end} {id}  {type_name}{replaced}")
}
