//! Rules about single resources, from what CloudFormation's own schemas say about their types.
//!
//! They run at every synthesis and pay for the types that are used. They can be accepted at a scope, unlike the rules
//! of grammar: a schema may be behind the service.

pub mod assertion;
pub mod between_properties;
pub mod enumeration;
mod fragment;
pub mod item_count;
pub mod missing_property;
pub mod number_range;
mod patterns;
pub mod read_only_property;
pub mod reference_kind;
pub mod text_form;
pub mod type_in_region;
pub mod unknown_attribute;
pub mod unknown_property;
pub mod unknown_type;
mod walk;
pub mod wrong_shape;

use crate::app::Report;
use crate::value::{Expr, Pseudo, Token};

/// What a rule says about a value: the rest (path, line) is the walk's.
pub(crate) struct Problem {
    pub(crate) message: String,
    pub(crate) help: String,
}

impl Problem {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

pub(crate) fn check(report: &mut Report<'_>) {
    let mut patterns = patterns::Patterns::default();
    let tree = report.tree;
    for (index, resource) in tree.resource_nodes() {
        let Some(schemas) = resource.schemas else { continue };
        match resource.schema() {
            Some(schema) => walk::Walk::new(index, resource, schema, report, &mut patterns).run(),
            None => unknown_type::check(index, resource, schemas, report),
        }
    }
}

/// Whether a value counts as unset: `AWS::NoValue`.
fn is_absent(value: &Expr) -> bool {
    matches!(value, Expr::Null)
        || matches!(value, Expr::Token(token) if matches!(**token, Token::Pseudo(Pseudo::NoValue)))
}

/// A literal as it is shown in a message, shortened.
fn shown(value: &Expr) -> String {
    let text = match value {
        Expr::Text(text) => text.to_string(),
        other => other.to_json(),
    };
    if text.chars().count() <= 60 {
        return text;
    }
    text.chars().take(57).chain("...".chars()).collect()
}
