//! What stands on a dashboard.

use ce_synth::{Expr, PropMap, Region, Value};

use super::metric::Source;
use super::rules::metric_region::GLOBAL;
use super::{Alarm, LogGroup, Metric};

/// One picture of a dashboard.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html>
#[derive(Clone, Debug)]
pub struct Widget {
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Text(String),
    Metrics { title: String, metrics: Vec<Metric>, view: &'static str },
    Log { title: String, query: String, groups: Vec<Value<String>> },
    Alarms { title: String, arns: Vec<Expr> },
}

impl Widget {
    /// Text in Markdown.
    pub fn text(markdown: impl Into<String>) -> Self {
        Self { kind: Kind::Text(markdown.into()) }
    }

    /// A graph of metrics over time.
    pub fn metrics(title: impl Into<String>, metrics: impl IntoIterator<Item = Metric>) -> Self {
        let metrics = metrics.into_iter().collect();
        Self { kind: Kind::Metrics { title: title.into(), metrics, view: "timeSeries" } }
    }

    /// The latest number of each metric.
    pub fn numbers(title: impl Into<String>, metrics: impl IntoIterator<Item = Metric>) -> Self {
        let metrics = metrics.into_iter().collect();
        Self { kind: Kind::Metrics { title: title.into(), metrics, view: "singleValue" } }
    }

    /// What a query of Logs Insights finds in log groups.
    pub fn log<'g, 'a: 'g>(
        title: impl Into<String>,
        query: impl Into<String>,
        groups: impl IntoIterator<Item = &'g LogGroup<'a>>,
    ) -> Self {
        let groups = groups.into_iter().map(|group| group.name().cast()).collect();
        Self { kind: Kind::Log { title: title.into(), query: query.into(), groups } }
    }

    /// The states of alarms.
    pub fn alarms<'a>(title: impl Into<String>, alarms: impl IntoIterator<Item = Alarm<'a>>) -> Self {
        let arns = alarms.into_iter().map(|alarm| alarm.arn().into_expr()).collect();
        Self { kind: Kind::Alarms { title: title.into(), arns } }
    }

    pub(super) fn placed(self, x: i64, y: i64, width: i64, height: i64, region: Region) -> Expr {
        let (kind, properties) = self.kind.described(region);
        Expr::object([
            ("type", kind.into()),
            ("x", x.into()),
            ("y", y.into()),
            ("width", width.into()),
            ("height", height.into()),
            ("properties", properties),
        ])
    }
}

impl Kind {
    /// Where what it shows is: metrics of global services are in one region, wherever the dashboard is.
    fn region(&self, here: Region) -> Region {
        let global = |metric: &Metric| match &metric.source {
            Source::Measured { namespace, .. } => GLOBAL.contains(&namespace.as_str()),
            Source::Math { .. } => false,
        };
        let any = |metric: &Metric| metric.queries("shown").iter().any(|(_, metric)| global(metric));
        match self {
            Self::Metrics { metrics, .. } if metrics.iter().any(any) => Region::US_EAST_1,
            _ => here,
        }
    }

    fn described(self, region: Region) -> (&'static str, Expr) {
        let region = Expr::from(self.region(region).as_str());
        match self {
            Self::Text(markdown) => ("text", Expr::object([("markdown", markdown.into())])),
            Self::Metrics { title, metrics, view } => {
                let rows = metrics.iter().enumerate().flat_map(|(place, metric)| rows(place, metric));
                let entries =
                    [("title", title.into()), ("view", view.into()), ("region", region), ("metrics", Expr::list(rows))];
                ("metric", Expr::object(entries))
            }
            Self::Log { title, query, groups } => {
                let entries = [
                    ("title", title.into()),
                    ("view", "table".into()),
                    ("region", region),
                    ("query", sources(groups, query)),
                ];
                ("log", Expr::object(entries))
            }
            Self::Alarms { title, arns } => {
                ("alarm", Expr::object([("title", title.into()), ("alarms", Expr::List(arns))]))
            }
        }
    }
}

/// `SOURCE 'group' | SOURCE 'group' | query`: how a widget says which log groups it reads.
fn sources(groups: Vec<Value<String>>, query: String) -> Expr {
    let mut parts = Vec::new();
    for group in groups {
        parts.push(Value::from_expr("SOURCE '".into()));
        parts.push(group);
        parts.push(Value::from_expr("' | ".into()));
    }
    parts.push(Value::from_expr(query.into()));
    ce_synth::value::joined(parts).into_expr()
}

/// The rows of a metric in a graph: the inputs of a formula are there but not shown.
fn rows(place: usize, metric: &Metric) -> Vec<Expr> {
    let prefix = format!("w{place}");
    let queries = metric.queries(&prefix);
    let shown = queries.len() - 1;
    queries.into_iter().enumerate().map(|(index, (id, metric))| row(id, &metric, index == shown)).collect()
}

fn row(id: String, metric: &Metric, shown: bool) -> Expr {
    let options = PropMap::new()
        .with::<String>("id", id)
        .with::<String>("label", metric.label.as_ref())
        .with::<bool>("visible", if shown { None } else { Some(false) })
        .with::<i64>("period", metric.period.as_seconds());
    match &metric.source {
        Source::Math { expression, .. } => Expr::list([Expr::from(options.with::<String>("expression", expression))]),
        Source::Measured { namespace, name, dimensions, statistic } => {
            let mut row = vec![Expr::from(namespace.clone()), Expr::from(name.clone())];
            row.extend(dimensions.iter().flat_map(|(name, value)| [Expr::from(name.clone()), value.expr().clone()]));
            row.push(options.with::<String>("stat", statistic.name()).into());
            Expr::List(row)
        }
    }
}
