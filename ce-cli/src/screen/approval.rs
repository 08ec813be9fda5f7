//! The one question of a deployment: the whole plan, every risk, and a yes.

use std::io::BufRead;

use ce_deploy::assembly::Assembly;
use ce_deploy::engine::{Question, Stop};
use ce_deploy::plan::{Approval, Decision};
use ce_deploy::risk::{Consent, Risk};

use super::prompt::Prompt;
use super::{Screen, plan_text, risks};

/// Shows the plan and asks. Loss of data is agreed to by typing the resource's name.
pub(super) fn ask(
    screen: &Screen,
    assembly: &Assembly,
    question: &Question,
    prompt: &Prompt,
    input: &mut dyn BufRead,
) -> Decision {
    show(screen, assembly, question, prompt);
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
pub(super) fn say(screen: &Screen, assembly: &Assembly, question: &Question, prompt: &Prompt) {
    show(screen, assembly, question, prompt);
    screen.failure(&format!(
        "\nnobody is here to ask; to agree, run this, with whatever else you gave\n\n    {}{}\n",
        prompt.again,
        consent(question)
    ));
}

fn show(screen: &Screen, assembly: &Assembly, question: &Question, prompt: &Prompt) {
    screen.failure(&plan_text::of(screen, assembly, &question.plan, prompt.detail));
    screen.failure(&risks::text(screen, &question.open, prompt.detail));
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
