//! Secrets in the environment of a container.

use ce_synth::{Value, join};

use crate::security::{Action, Grantee, Parameter, Secret, Statement};

/// What the environment of a container takes from a secret: ECS reads it when a task starts, so the text is in no
/// template. A new value reaches tasks that start after it.
///
/// ```no_run
/// # use ce_constructs::compute::ContainerSecret;
/// # use ce_constructs::security::Secret;
/// # fn example(database: &Secret<'_>) {
/// let whole = ContainerSecret::from(database);
/// let password = ContainerSecret::field(database, "password");
/// # }
/// ```
///
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html>
#[derive(Clone)]
pub struct ContainerSecret<'a> {
    pub(super) value_from: Value<String>,
    source: Source<'a>,
}

#[derive(Clone)]
enum Source<'a> {
    Secret(Secret<'a>),
    Parameter(Value<String>),
}

impl<'a> ContainerSecret<'a> {
    /// One field of a secret that holds JSON.
    pub fn field(secret: &Secret<'a>, field: &str) -> Self {
        Self { value_from: join![secret.arn(), ":", field, "::"], source: Source::Secret(secret.clone()) }
    }

    /// A parameter of Systems Manager.
    pub fn parameter(parameter: &Parameter<'_>) -> Self {
        let arn: Value<String> = parameter.arn().cast();
        Self { value_from: arn.clone(), source: Source::Parameter(arn) }
    }

    /// Lets the execution role read it.
    #[track_caller]
    pub(super) fn grant(&self, execution: &(impl Grantee + ?Sized)) {
        match &self.source {
            Source::Secret(secret) => {
                secret.grants().read(execution);
            }
            Source::Parameter(arn) => {
                let read = Statement::allow([Action::new("ssm:GetParameters")]).on([arn.clone()]);
                execution.role().allow(read);
            }
        }
    }
}

impl<'a> From<&Secret<'a>> for ContainerSecret<'a> {
    fn from(secret: &Secret<'a>) -> Self {
        Self { value_from: secret.arn().cast(), source: Source::Secret(secret.clone()) }
    }
}
