//! A plan, for people.

use std::fmt::Write as _;

use ce_deploy::assembly::Assembly;
use ce_deploy::cloud::Guard;
use ce_deploy::plan::{Later, Plan, StackPlan, Step};
use ce_deploy::risk::Risk;

use super::prompt::Detail;
use super::{Screen, changes, lines, risks, style};

/// The plan: a line a stack, a line a changed resource.
pub(super) fn of(screen: &Screen, assembly: &Assembly, plan: &Plan, detail: Detail) -> String {
    let mut text = String::new();
    let is_shown = |stack: &&StackPlan| is_touched(stack) || stack.protect.is_some();
    let changed: Vec<&StackPlan> = plan.stacks.iter().filter(is_shown).collect();
    let (strong, end) = (style::STRONG, style::STRONG.render_reset());
    for stack in &changed {
        let protect = match stack.protect {
            Some(true) => "  termination protection is switched on",
            Some(false) => "  termination protection is switched off",
            None => "",
        };
        writeln!(text, "{strong}{}{end}  {}  {}{protect}", stack.stack, step(stack), stack.target.place).ok();
        if !stack.hotswapped.is_empty() {
            let resources = screen.foreign(&stack.hotswapped.join(", "));
            writeln!(text, "  hotswapped before: {resources}; what the template says is set again").ok();
        }
        if let Some(guard) = &stack.guard {
            writeln!(text, "  {}", guarded(guard)).ok();
        }
        if !stack.follows.is_empty() {
            let follows: Vec<&str> = stack.follows.iter().map(String::as_str).collect();
            writeln!(text, "  {}", screen.foreign(&format!("follows {}", follows.join(", ")))).ok();
        }
        for line in changes::of_stack(screen, stack, assembly.stack(&stack.stack), detail) {
            writeln!(text, "  {line}").ok();
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

/// Whether something is done with the resources of a stack.
fn is_touched(stack: &StackPlan) -> bool {
    stack.step.changes_something() || !stack.follows.is_empty() || !stack.hotswapped.is_empty()
}

/// The alarms that take an operation back.
fn guarded(guard: &Guard) -> String {
    let alarms = match &guard.alarms {
        Some(alarms) => lines::counted(alarms.len(), "alarm"),
        None => "the alarms it has".to_owned(),
    };
    format!("guarded by {alarms}, watched for {} min more", guard.minutes.get())
}

/// The plan with its risks.
pub(crate) fn whole(screen: &Screen, assembly: &Assembly, plan: &Plan, detail: Detail) -> String {
    let risks: Vec<Risk> = plan.risks().cloned().collect();
    let risks = risks::text(screen, &risks, detail);
    format!("{}\n{risks}", of(screen, assembly, plan, detail)).trim_end().to_owned()
}

/// The plan as Markdown, for a pull request.
pub(crate) fn markdown(screen: &Screen, plan: &Plan, detail: Detail) -> String {
    let mut text = format!("### Plan `sha256:{}`\n\n", plan.digest());
    let changed: Vec<&StackPlan> = plan.stacks.iter().filter(|stack| is_touched(stack)).collect();
    if changed.is_empty() {
        return text + "No changes.\n";
    }
    text += "| stack | where | what | changes |\n|---|---|---|---|\n";
    for stack in &changed {
        let changes = stack.step.change_set().map_or(0, |set| set.changes.len());
        writeln!(text, "| `{}` | {} | {} | {changes} |", stack.stack, stack.target.place, step(stack)).ok();
    }
    text + &risk_tables(screen, &plan.risks().cloned().collect::<Vec<_>>(), detail)
}

/// The risks that are shown, then how many there are besides.
fn risk_tables(screen: &Screen, risks: &[Risk], detail: Detail) -> String {
    let cell = |text: &str| screen.foreign(text).replace('|', "\\|").replace('<', "&lt;");
    let overview = risks::overview(risks, detail);
    let mut text = String::new();
    if !risks.is_empty() {
        text += "\n| risk | resource | what | written at |\n|---|---|---|---|\n";
    }
    for shown in overview.classes.iter().flat_map(|class| &class.shown) {
        let risk = shown.risk;
        let alike = if shown.alike > 0 { format!(" (the same of {} more)", shown.alike) } else { String::new() };
        let (id, what, origin) = (cell(&risk.id()), cell(&risk.what), cell(&lines::written(&risk.origin)));
        writeln!(text, "| {} | `{id}` | {what}{alike} | {origin} |", risk.class).ok();
    }
    if overview.folded() > 0 {
        writeln!(text, "\nBesides, {} risks of {} in all:\n", overview.folded(), risks.len()).ok();
    }
    for class in &overview.classes {
        for kind in &class.folded {
            writeln!(text, "- {}: {}", class.class, cell(&risks::kind(kind))).ok();
        }
    }
    text
}

fn step(stack: &StackPlan) -> String {
    match &stack.step {
        Step::Unchanged if !stack.follows.is_empty() => "is updated after what it reads".to_owned(),
        Step::Unchanged if !stack.hotswapped.is_empty() => "is brought in step with its template".to_owned(),
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
