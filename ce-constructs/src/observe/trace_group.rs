//! Groups of traces.

use ce_cfn::xray;
use ce_synth::Scope;

/// A group of X-Ray: traces that a filter picks, with metrics of their own and insights into what goes wrong.
///
/// ```no_run
/// # use ce_synth::Scope;
/// # use ce_constructs::observe::TraceGroup;
/// # fn example(scope: Scope<'_>) {
/// TraceGroup::builder("slow", "responsetime > 2").build(scope, "Slow");
/// # }
/// ```
///
/// By default insights are on; they tell nobody by themselves.
#[derive(Clone, Copy)]
pub struct TraceGroup<'a> {
    group: xray::GroupRef<'a>,
}

/// Builder of a [`TraceGroup`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct TraceGroupBuilder {
    name: String,
    filter: String,
    insights: bool,
}

impl TraceGroup<'_> {
    /// A group under a name of up to 32 characters, of the traces that a filter expression picks.
    ///
    /// Source: <https://docs.aws.amazon.com/xray/latest/devguide/xray-console-filters.html>
    pub fn builder(name: impl Into<String>, filter: impl Into<String>) -> TraceGroupBuilder {
        TraceGroupBuilder { name: name.into(), filter: filter.into(), insights: true }
    }
}

impl TraceGroupBuilder {
    /// Whether X-Ray looks for what goes wrong in them. Default: true.
    pub fn insights(mut self, on: bool) -> Self {
        self.insights = on;
        self
    }

    /// Adds the group.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> TraceGroup<'a> {
        let insights = xray::group::InsightsConfiguration::new().insights_enabled(self.insights);
        let group =
            xray::Group::new().group_name(self.name).filter_expression(self.filter).insights_configuration(insights);
        TraceGroup { group: scope.child(id).add("Resource", group) }
    }
}

impl<'a> TraceGroup<'a> {
    /// The generated resource.
    pub fn group(self) -> xray::GroupRef<'a> {
        self.group
    }
}
