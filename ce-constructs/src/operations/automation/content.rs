//! The text of a document.

use ce_synth::{Expr, PropMap};

use super::{DocumentParameter, Step};
use crate::security::Role;

/// The version of the schema that Automation reads.
/// Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html>
const SCHEMA: &str = "0.3";

pub(super) fn content(
    description: &str,
    role: Role<'_>,
    parameters: &[DocumentParameter],
    steps: &[Step],
    outputs: &[String],
) -> Expr {
    let mut content = PropMap::new();
    content.set("schemaVersion", SCHEMA.into());
    content.set("description", Expr::text(description.to_owned()));
    content.set("assumeRole", role.arn().into_expr());
    if !parameters.is_empty() {
        let all = parameters.iter().map(|parameter| (parameter.name().to_owned(), parameter.body()));
        content.set("parameters", Expr::object(all));
    }
    content.set("mainSteps", Expr::List(steps.iter().map(Step::property).collect()));
    if !outputs.is_empty() {
        content.set("outputs", outputs.to_vec().into());
    }
    content.into()
}
