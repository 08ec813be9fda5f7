//! The one question of a deployment: the whole plan, every risk, and a yes.

use std::io::BufRead;

use ce_deploy::assembly::Assembly;
use ce_deploy::engine::{Question, Stop};
use ce_deploy::plan::{Approval, Decision};
use ce_deploy::risk::{Consent, Risk};

use super::prompt::{Detail, Prompt};
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
    if agrees(screen, assembly, question, prompt, input) { Decision::Approved(approval) } else { declined(screen) }
}

/// Whether somebody agrees, who may first want to see what is only counted.
fn agrees(screen: &Screen, assembly: &Assembly, question: &Question, prompt: &Prompt, input: &mut dyn BufRead) -> bool {
    if !risks::is_folded(&question.open, prompt.detail) {
        return is_yes(screen, input);
    }
    screen.failure("go on? [y/N, or `all` to see every risk]");
    match answer(input).as_deref() {
        Some("all" | "a") => {
            show(screen, assembly, question, &prompt.clone().detail(Detail::Full));
            is_yes(screen, input)
        }
        answer => is_agreement(answer),
    }
}

/// Whether the person in front of the terminal wants to go on.
pub(crate) fn go_on(screen: &Screen) -> bool {
    is_yes(screen, &mut std::io::stdin().lock())
}

fn is_yes(screen: &Screen, input: &mut dyn BufRead) -> bool {
    screen.failure("go on? [y/N]");
    is_agreement(answer(input).as_deref())
}

fn is_agreement(answer: Option<&str>) -> bool {
    matches!(answer, Some("y" | "Y" | "yes"))
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use ce_deploy::assembly::{Assembly, Origin, StackId};
    use ce_deploy::engine::{Moment, Question};
    use ce_deploy::plan::{Decision, Plan};
    use ce_deploy::risk::{Consent, Gravity, Risk, RiskClass};

    use super::ask;
    use crate::arguments::Global;
    use crate::screen::{Prompt, Screen};

    fn risk(id: usize, consent: Consent) -> Risk {
        Risk {
            class: if consent == Consent::Class { RiskClass::Broadening } else { RiskClass::DataLoss },
            rule: "iam-statement".to_owned(),
            stack: StackId::new("Shop"),
            logical_id: format!("R{id}"),
            type_name: "AWS::IAM::Role".to_owned(),
            origin: Origin::default(),
            what: format!("allows {id}"),
            causes: Vec::new(),
            consent,
            gravity: Gravity::Low,
        }
    }

    fn agreed(open: Vec<Risk>, input: &str) -> bool {
        let screen = Screen::new(&Global::default()).unwrap();
        let assembly =
            Assembly { folder: PathBuf::new(), digest: String::new(), stacks: Vec::new(), assets: Vec::new() };
        let question = Question { plan: Plan::new("a", Moment(1), Vec::new()), open };
        let decision = ask(&screen, &assembly, &question, &Prompt::new("ce deploy"), &mut input.as_bytes());
        matches!(decision, Decision::Approved(_))
    }

    #[test]
    fn who_wants_to_see_all_is_asked_again() {
        let many = || (0..40).map(|id| risk(id, Consent::Class)).collect::<Vec<_>>();
        assert!(agreed(many(), "y\n") && agreed(many(), "all\nyes\n"));
        assert!(!agreed(many(), "all\n") && !agreed(many(), "\n") && !agreed(many(), ""));
        // There is nothing more to see of a few.
        assert!(!agreed(vec![risk(1, Consent::Class)], "all\ny\n"));
    }

    #[test]
    fn what_holds_data_is_named() {
        let lost = || vec![risk(1, Consent::Destroy)];
        assert!(agreed(lost(), "Shop.R1\ny\n"));
        assert!(!agreed(lost(), "y\ny\n") && !agreed(lost(), "Shop.R1\nn\n"));
    }
}
