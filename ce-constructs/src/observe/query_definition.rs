//! Saved queries of Logs Insights.

use ce_cfn::logs;
use ce_synth::{Expr, IntoValue, Scope, Value};

use super::LogGroup;

/// A saved query of CloudWatch Logs Insights, for whoever looks into an incident.
///
/// ```no_run
/// # use ce_synth::Scope;
/// # use ce_constructs::observe::{LogGroup, QueryDefinition};
/// # fn example(scope: Scope<'_>, logs: LogGroup<'_>) {
/// QueryDefinition::builder("shop/slowest", "sort duration desc | limit 20").over(&logs).build(scope, "Slowest");
/// # }
/// ```
///
/// By default it names no log group: Logs Insights asks for one. It does not run by itself.
#[derive(Clone, Copy)]
pub struct QueryDefinition<'a> {
    definition: logs::QueryDefinitionRef<'a>,
}

/// Builder of a [`QueryDefinition`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct QueryDefinitionBuilder {
    name: Value<String>,
    query: Value<String>,
    groups: Vec<Expr>,
}

impl QueryDefinition<'_> {
    /// A query under a name; `/` in the name makes folders.
    pub fn builder(name: impl IntoValue<String>, query: impl IntoValue<String>) -> QueryDefinitionBuilder {
        QueryDefinitionBuilder { name: name.into_value(), query: query.into_value(), groups: Vec::new() }
    }
}

impl QueryDefinitionBuilder {
    /// A log group to look into. Default: none.
    pub fn over(mut self, group: &LogGroup<'_>) -> Self {
        self.groups.push(group.name().into_expr());
        self
    }

    /// Adds the query.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> QueryDefinition<'a> {
        let groups = if self.groups.is_empty() { Expr::Null } else { Expr::List(self.groups) };
        let definition = logs::QueryDefinition::new().name(self.name).query_string(self.query).log_group_names(groups);
        QueryDefinition { definition: scope.child(id).add("Resource", definition) }
    }
}

impl<'a> QueryDefinition<'a> {
    /// The generated resource.
    pub fn definition(self) -> logs::QueryDefinitionRef<'a> {
        self.definition
    }
}
