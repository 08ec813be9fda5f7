//! What a secret's text is made from.

use ce_cfn::secretsmanager::secret::GenerateSecretString;
use ce_synth::value::joined;
use ce_synth::{IntoValue, Scope, Value};

use super::{Password, rules};

#[derive(Clone)]
pub(super) enum Contents {
    Password(Password),
    Json(JsonFields),
    Composed(Value<String>),
    Empty,
}

/// The fields of a JSON secret: one is generated, the others are known or refer to something.
#[derive(Clone, Default)]
pub(super) struct JsonFields {
    generated: Option<(String, Password)>,
    fields: Vec<(String, Value<String>)>,
    /// Fields that were given as references, and must be.
    references: Vec<String>,
}

impl Contents {
    fn into_fields(self) -> JsonFields {
        match self {
            Self::Json(fields) => fields,
            _ => JsonFields::default(),
        }
    }

    pub(super) fn with_generated(self, field: String, password: Password) -> Self {
        let mut fields = self.into_fields();
        fields.generated = Some((field, password));
        Self::Json(fields)
    }

    /// A field whose text is no secret.
    pub(super) fn with_fixed(self, field: String, value: Value<String>) -> Self {
        let mut fields = self.into_fields();
        fields.fields.retain(|(known, _)| *known != field);
        fields.fields.push((field, value));
        Self::Json(fields)
    }

    pub(super) fn with_reference(self, field: String, value: Value<String>) -> Self {
        let Self::Json(mut fields) = self.with_fixed(field.clone(), value) else { return Self::Empty };
        fields.references.push(field);
        Self::Json(fields)
    }

    /// How Secrets Manager makes the text, if it does.
    pub(super) fn generator(&self) -> Option<GenerateSecretString> {
        match self {
            Self::Password(password) => Some(password.generator()),
            Self::Json(JsonFields { generated: Some((field, password)), fields, .. }) => {
                Some(password.generator().generate_string_key(field).secret_string_template(object(fields)))
            }
            _ => None,
        }
    }

    /// The text that is put together from references, if it is.
    pub(super) fn text(&self) -> Option<Value<String>> {
        match self {
            Self::Composed(text) => Some(text.clone()),
            Self::Json(JsonFields { generated: None, fields, .. }) => Some(object(fields)),
            _ => None,
        }
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>) {
        match self {
            Self::Password(password) => rules::password_length::check(scope, password),
            Self::Composed(text) => rules::secret_in_program::check_text(scope, text),
            Self::Json(json) => {
                if let Some((_, password)) = &json.generated {
                    rules::password_length::check(scope, password);
                }
                for (field, value) in json.fields.iter().filter(|(field, _)| json.references.contains(field)) {
                    rules::secret_in_program::check_field(scope, field, value);
                }
            }
            Self::Empty => {}
        }
    }
}

/// The text of a JSON object; references keep their place between the quotes.
fn object(fields: &[(String, Value<String>)]) -> Value<String> {
    let mut parts = vec!["{".into_value()];
    for (place, (field, value)) in fields.iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        parts.push(format!("{comma}{}:", quoted(field)).into_value());
        match value.expr().as_text() {
            Some(text) => parts.push(quoted(text).into_value()),
            None => parts.extend(["\"".into_value(), value.clone(), "\"".into_value()]),
        }
    }
    parts.push("}".into_value());
    joined(parts)
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
