//! The one question of a deployment: the whole plan, every risk, and a yes.

use std::collections::BTreeMap;
use std::io::BufRead;

use ce_deploy::engine::{Question, Stop};
use ce_deploy::plan::{Approval, Decision};
use ce_deploy::risk::{Consent, Risk, RiskClass};

use super::{Screen, lines, plan_text, style};

/// Shows the plan and asks. Loss of data is agreed to by typing the resource's name.
pub(super) fn ask(screen: &Screen, question: &Question, input: &mut dyn BufRead) -> Decision {
    screen.failure(&plan_text::of(screen, &question.plan));
    screen.failure(&risks(screen, &question.open));
    let digest = question.plan.digest();
    let mut approval = Approval::default().digest(digest);
    for risk in question.open.iter().filter(|risk| must_be_typed(risk)) {
        let id = screen.foreign(&risk.id());
        screen.failure(&format!("type `{id}` if this is meant: {}", screen.foreign(&risk.what)));
        if answer(input).as_deref() != Some(&risk.id()) {
            return declined(screen);
        }
        approval = match risk.consent {
            Consent::Replace => approval.replace(risk.id()),
            _ => approval.destroy(risk.id()),
        };
    }
    if is_yes(screen, input) { Decision::Approved(approval) } else { declined(screen) }
}

/// Whether the person in front of the terminal wants to go on.
pub(crate) fn go_on(screen: &Screen) -> bool {
    is_yes(screen, &mut std::io::stdin().lock())
}

fn is_yes(screen: &Screen, input: &mut dyn BufRead) -> bool {
    screen.failure("go on? [y/N]");
    matches!(answer(input).as_deref(), Some("y" | "Y" | "yes"))
}

/// Says what somebody must agree to, and how, where nobody can be asked.
pub(super) fn say(screen: &Screen, question: &Question, again: &str) {
    screen.failure(&plan_text::of(screen, &question.plan));
    screen.failure(&risks(screen, &question.open));
    screen.failure(&format!(
        "\nnobody is here to ask; to agree, run this, with whatever else you gave\n\n    {again}{}\n",
        consent(question)
    ));
}

/// The flags that agree to what is open: to this very plan, and by name to what holds data.
fn consent(question: &Question) -> String {
    let mut flags = format!(" --approve sha256:{}", question.plan.digest());
    for risk in question.open.iter().filter(|risk| must_be_typed(risk)) {
        let flag = if risk.consent == Consent::Replace { "--allow-replace" } else { "--allow-destroy" };
        let flag = format!(" {flag} {}", risk.id());
        if !flags.contains(&flag) {
            flags += &flag;
        }
    }
    flags
}

/// Asks how to stop, after the first Ctrl-C.
pub(super) fn how_to_stop(screen: &Screen, input: &mut dyn BufRead) -> Stop {
    screen.failure("stopping. [w]ait for what was begun, [d]etach and leave it running, or [c]ancel updates? [W/d/c]");
    match answer(input).as_deref() {
        Some("d" | "detach") => Stop::Detach,
        Some("c" | "cancel") => Stop::Cancel,
        _ => Stop::Wait,
    }
}

/// Risks by class, the worst first, and by resource; each with its construct, its line and its causes.
pub(super) fn risks(screen: &Screen, risks: &[Risk]) -> String {
    let mut classes: BTreeMap<RiskClass, BTreeMap<String, Vec<&Risk>>> = BTreeMap::new();
    for risk in risks {
        classes.entry(risk.class).or_default().entry(risk.id()).or_default().push(risk);
    }
    let (bad, end) = (style::BAD, style::BAD.render_reset());
    let mut lines = Vec::new();
    for (class, resources) in classes {
        lines.push(format!("{bad}{class}{end}"));
        for (id, risks) in resources {
            lines.extend(of_resource(screen, &id, &risks));
        }
    }
    lines.join("\n")
}

fn of_resource(screen: &Screen, id: &str, risks: &[&Risk]) -> Vec<String> {
    let origin = risks.first().map(|risk| &risk.origin).filter(|origin| !origin.path.is_empty());
    let origin = origin.map(|origin| format!("  [{}]", lines::written(origin))).unwrap_or_default();
    let mut lines = vec![screen.foreign(&format!("  {id}{origin}"))];
    for risk in risks {
        lines.push(format!("    {}", screen.foreign(&risk.what)));
        lines.extend(risk.causes.iter().map(|cause| format!("      because {}", screen.foreign(cause))));
    }
    lines
}

fn must_be_typed(risk: &Risk) -> bool {
    matches!(risk.consent, Consent::Destroy | Consent::Replace)
}

fn declined(screen: &Screen) -> Decision {
    screen.failure("declined");
    Decision::Declined
}

fn answer(input: &mut dyn BufRead) -> Option<String> {
    let mut line = String::new();
    let read = input.read_line(&mut line).ok()?;
    (read > 0).then(|| line.trim().to_owned())
}
