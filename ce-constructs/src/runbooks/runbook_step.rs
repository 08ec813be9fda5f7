//! Steps of runbooks.

use ce_synth::{Document, IntoValue};

use super::paragraph;
use crate::operations::Step;

/// A step of a [`Runbook`](super::Runbook): what is done, by which commands, and what is seen then.
///
/// ```
/// use ce_constructs::runbooks::RunbookStep;
/// let wait = RunbookStep::new("Wait for the cluster")
///     .text("It takes two to ten minutes.")
///     .command("aws rds wait db-cluster-available --db-cluster-identifier shop")
///     .expect("the command ends without a message");
/// # let _ = wait;
/// ```
///
/// Texts and commands are texts, or values of texts and resources joined with [`join!`](ce_synth::join).
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a step does nothing until it is given to a runbook"]
pub struct RunbookStep {
    pub(super) title: String,
    pub(super) texts: Vec<Document>,
    pub(super) commands: Vec<Document>,
    pub(super) expected: Option<Document>,
    pub(super) stop: Option<Document>,
    pub(super) action: Option<Step>,
    pub(super) people_alone: bool,
    name: Option<String>,
}

impl RunbookStep {
    /// A step by its title.
    pub fn new(title: impl Into<String>) -> Self {
        let (texts, commands, expected, stop, action, name) = Default::default();
        Self { title: title.into(), texts, commands, expected, stop, action, people_alone: false, name }
    }

    /// A paragraph; called again, another one. Default: none.
    pub fn text(mut self, text: impl IntoValue<String>) -> Self {
        self.texts.push(paragraph::prose(text));
        self
    }

    /// A command, which may have several lines; called again, another one. Default: none.
    pub fn command(mut self, command: impl IntoValue<String>) -> Self {
        self.commands.push(paragraph::command(command));
        self
    }

    /// What is seen when it went well. Default: nothing is said.
    pub fn expect(mut self, text: impl IntoValue<String>) -> Self {
        self.expected = Some(paragraph::prose(text));
        self
    }

    /// What must not be so: then nobody goes on without asking. Default: nothing is said.
    pub fn stop_if(mut self, text: impl IntoValue<String>) -> Self {
        self.stop = Some(paragraph::prose(text));
        self
    }

    /// What Systems Manager does for it, if the runbook is automated. Default: it pauses until somebody did the step.
    pub fn automated(mut self, step: Step) -> Self {
        self.action = Some(step);
        self
    }

    /// Is not in the document of Systems Manager, which goes on without it: what need not be done then, or what the
    /// document does by another step. Default: the document pauses until somebody did it.
    pub fn left_to_people(mut self) -> Self {
        self.people_alone = true;
        self
    }

    /// Its name in the document of Systems Manager. Default: the words of its title, `PromoteAuroraSecondary`.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The step of the document: its action, or a pause.
    pub(super) fn automation(&self) -> Step {
        self.action.clone().unwrap_or_else(|| Step::pause(self.automation_name())).described(self.title.clone())
    }

    /// Its name in the document.
    pub(super) fn automation_name(&self) -> String {
        let own = || self.name.clone().unwrap_or_else(|| joined(&self.title));
        self.action.as_ref().map_or_else(own, |step| step.name().to_owned())
    }
}

/// `Scale up ECS services` as one word: `ScaleUpEcsServices`.
fn joined(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.fold(String::new(), |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.extend(letters.map(|letter| letter.to_ascii_lowercase()));
        name
    })
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_title_becomes_one_word() {
        assert_eq!(joined("Scale up ECS services"), "ScaleUpEcsServices");
        assert_eq!(joined("Read P95 utilisation, per-service"), "ReadP95UtilisationPerService");
    }
}
