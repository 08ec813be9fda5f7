//! Dashboards of CloudWatch.

use ce_cfn::cloudwatch;
use ce_synth::{Expr, IntoValue, Scope, Value};

use super::json_text::json_text;
use super::{Widget, rules};

/// A dashboard: rows of widgets.
///
/// ```no_run
/// # use ce_synth::Scope;
/// # use ce_constructs::observe::{Dashboard, Metric, Widget};
/// # fn example(scope: Scope<'_>) {
/// Dashboard::builder()
///     .row([Widget::text("# Shop"), Widget::metrics("Orders", [Metric::new("Shop", "Orders")])])
///     .build(scope, "Overview");
/// # }
/// ```
///
/// By default the widgets of a row are equally wide and six units high. It does not set the time range: readers do.
#[derive(Clone, Copy)]
pub struct Dashboard<'a> {
    dashboard: cloudwatch::DashboardRef<'a>,
}

/// Builder of a [`Dashboard`].
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until `build`"]
pub struct DashboardBuilder {
    name: Option<Value<String>>,
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    widgets: Vec<Widget>,
    height: i64,
}

const WIDTH: i64 = 24;
const HEIGHT: i64 = 6;

/// Of a heading.
const LINE: i64 = 1;

/// How many widgets of a section stand side by side.
const ABREAST: usize = 3;

impl Dashboard<'_> {
    /// A dashboard without widgets.
    pub fn builder() -> DashboardBuilder {
        DashboardBuilder::default()
    }
}

impl DashboardBuilder {
    /// Names the dashboard. Default: a name that CloudFormation makes.
    pub fn named(mut self, name: impl IntoValue<String>) -> Self {
        self.name = Some(name.into_value());
        self
    }

    /// A row of up to six widgets below the others. Default: no rows.
    pub fn row(mut self, widgets: impl IntoIterator<Item = Widget>) -> Self {
        self.rows.push(Row { widgets: widgets.into_iter().collect(), height: HEIGHT });
        self
    }

    /// A heading, and below it widgets, three in a row. Default: no sections.
    pub fn section(mut self, title: &str, widgets: impl IntoIterator<Item = Widget>) -> Self {
        self.rows.push(Row { widgets: vec![Widget::text(format!("## {title}"))], height: LINE });
        let widgets: Vec<Widget> = widgets.into_iter().collect();
        self.rows.extend(widgets.chunks(ABREAST).map(|row| Row { widgets: row.to_vec(), height: HEIGHT }));
        self
    }

    /// Puts a widget above all others.
    pub(super) fn first(mut self, widget: Widget) -> Self {
        self.rows.insert(0, Row { widgets: vec![widget], height: HEIGHT });
        self
    }

    /// Adds the dashboard.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> Dashboard<'a> {
        let scope = scope.child(id);
        let region = scope.region();
        let mut widgets = Vec::new();
        let mut y = 0;
        for Row { widgets: row, height } in self.rows {
            rules::widget_row::check(scope, row.len());
            let width = WIDTH / i64::try_from(row.len().max(1)).unwrap_or(WIDTH);
            let mut x = 0;
            for widget in row {
                widgets.push(widget.placed(x, y, width, height, region));
                x += width;
            }
            y += height;
        }
        let body = json_text(&Expr::object([("widgets", Expr::List(widgets))]));
        let dashboard = cloudwatch::Dashboard::new().dashboard_name(self.name).dashboard_body(body);
        Dashboard { dashboard: scope.add("Resource", dashboard) }
    }
}

impl<'a> Dashboard<'a> {
    /// The generated resource.
    pub fn dashboard(self) -> cloudwatch::DashboardRef<'a> {
        self.dashboard
    }
}
