//! Why a command ends before its work is done.

use ce_deploy::cloud::{Failure, FailureKind};

use crate::project::{AcceptedError, AppError, NoMatch, SettingsError};
use ce_deploy::engine::Exit;

/// Why a command ends early: the exit code, what is wrong, and what to do.
///
/// A message may end with `; help: …`, as those of `ce-deploy` do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Stop {
    pub(crate) exit: Exit,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Stop {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        let message = message.into();
        match message.split_once("; help: ") {
            Some((message, help)) => Self { exit, message: message.to_owned(), help: Some(help.to_owned()) },
            None => Self { exit, message, help: None },
        }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// What a failed call makes of a command.
    pub(crate) fn of_call(what: &str, failure: &Failure) -> Self {
        let stop = Self::new(exit_of(failure.kind), format!("cannot {what}: {failure}"));
        match failure.kind {
            FailureKind::Denied | FailureKind::Expired | FailureKind::ClockSkew => {
                stop.help("`ce doctor` says what is missing")
            }
            _ => stop,
        }
    }
}

fn exit_of(kind: FailureKind) -> Exit {
    match kind {
        FailureKind::Denied | FailureKind::Expired | FailureKind::ClockSkew => Exit::NotAllowed,
        FailureKind::InProgress | FailureKind::TokenUsed => Exit::Stale,
        _ => Exit::Unclassified,
    }
}

/// The texts of an error and of what is behind it.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let cause = error.to_string();
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
        source = error.source();
    }
    text
}

impl From<AppError> for Stop {
    fn from(error: AppError) -> Self {
        let exit = match error {
            AppError::Unknown | AppError::NoAssembly(_) | AppError::Context(_) | AppError::Settings(_) => Exit::Usage,
            AppError::Start { .. } => Exit::Unclassified,
            AppError::Failed { .. } | AppError::Assembly(_) => Exit::Refused,
        };
        Self::new(exit, told(&error))
    }
}

impl From<SettingsError> for Stop {
    fn from(error: SettingsError) -> Self {
        Self::new(Exit::Usage, told(&error))
    }
}

impl From<AcceptedError> for Stop {
    fn from(error: AcceptedError) -> Self {
        Self::new(Exit::Usage, told(&error))
    }
}

impl From<NoMatch> for Stop {
    fn from(error: NoMatch) -> Self {
        Self::new(Exit::Usage, error.to_string())
    }
}
