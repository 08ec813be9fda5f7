//! Budgets.

use ce_cfn::budgets;
use ce_cfn::budgets::budget::{BudgetData, Notification, NotificationWithSubscribers, Spend, Subscriber};
use ce_synth::{Expr, IntoValue, Percent, PropMap, Scope, Value};

use crate::governance::rules;

/// The time a budget is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// A day; it knows no forecasts.
    Day,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

impl TimeUnit {
    const fn name(self) -> &'static str {
        match self {
            Self::Day => "DAILY",
            Self::Month => "MONTHLY",
            Self::Quarter => "QUARTERLY",
            Self::Year => "ANNUALLY",
        }
    }
}

/// What may be spent in a time, in US dollars, and when somebody is told.
///
/// ```
/// use ce_constructs::governance::Budget;
/// use ce_synth::Percent;
/// let total = Budget::monthly("shop-prod", 5600);
/// let transfer = Budget::monthly("shop-data-transfer", 500)
///     .only("UsageTypeGroup", ["EC2: Data Transfer - Inter AZ"])
///     .forecast_at(Percent::new(100));
/// # let _ = (total, transfer);
/// ```
///
/// By default somebody is told when 80 and 100 percent are spent.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a budget does nothing until a guard has it"]
pub struct Budget {
    name: String,
    amount: u32,
    unit: TimeUnit,
    spent: Vec<Percent>,
    forecast: Vec<Percent>,
    filters: Vec<(String, Vec<Value<String>>)>,
}

impl Budget {
    /// So many US dollars a month, of a name of 1 to 100 characters.
    pub fn monthly(name: impl Into<String>, dollars: u32) -> Self {
        Self::new(name, dollars, TimeUnit::Month)
    }

    /// So many US dollars in a time.
    pub fn new(name: impl Into<String>, dollars: u32, unit: TimeUnit) -> Self {
        let spent = vec![Percent::new(80), Percent::new(100)];
        let (forecast, filters) = Default::default();
        Self { name: name.into(), amount: dollars, unit, spent, forecast, filters }
    }

    /// The shares of it at which somebody is told. Default: 80 and 100 percent.
    pub fn alert_at(mut self, shares: impl IntoIterator<Item = Percent>) -> Self {
        self.spent = shares.into_iter().collect();
        self
    }

    /// Also tells somebody when this share is expected to be spent; called again, also another. Default: not.
    pub fn forecast_at(mut self, share: Percent) -> Self {
        self.forecast.push(share);
        self
    }

    /// Only costs whose dimension has one of these values: `Service`, `LinkedAccount`, `UsageTypeGroup`. Default: all.
    pub fn only<V: IntoValue<String>>(
        mut self,
        dimension: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        self.filters.push((dimension.into(), values.into_iter().map(IntoValue::into_value).collect()));
        self
    }

    /// Only costs of what has a tag, which must be a cost-allocation tag. Default: all.
    pub fn tagged(self, key: &str, value: &str) -> Self {
        self.only("TagKeyValue", [format!("user:{key}${value}")])
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>, subscribers: usize) {
        let forecast_by_day = self.unit == TimeUnit::Day && !self.forecast.is_empty();
        rules::budget::check(scope, &self.name, self.amount, self.spent.len() + self.forecast.len(), forecast_by_day);
        rules::budget::check_subscribers(scope, &self.name, subscribers);
    }

    pub(super) fn resource(&self, subscribers: &[Subscription]) -> budgets::Budget {
        let mut filters = PropMap::new();
        for (dimension, values) in &self.filters {
            filters.set(dimension.clone(), Expr::List(values.iter().cloned().map(Value::into_expr).collect()));
        }
        let filters = (!filters.is_empty()).then(|| Expr::from(filters));
        let data = BudgetData::new()
            .budget_name(&self.name)
            .budget_type("COST")
            .time_unit(self.unit.name())
            .budget_limit(Spend::new().amount(self.amount).unit("USD"))
            .cost_filters(filters);
        let spent = self.spent.iter().map(|share| alert("ACTUAL", *share, subscribers));
        let forecast = self.forecast.iter().map(|share| alert("FORECASTED", *share, subscribers));
        let alerts: Vec<_> = spent.chain(forecast).collect();
        budgets::Budget::new().budget(data).notifications_with_subscribers(alerts)
    }
}

/// Who is told: a topic's ARN or an address.
#[derive(Clone, Debug)]
pub(super) struct Subscription {
    pub(super) kind: &'static str,
    pub(super) address: Value<String>,
}

fn alert(kind: &str, share: Percent, subscribers: &[Subscription]) -> NotificationWithSubscribers {
    let notification = Notification::new()
        .notification_type(kind)
        .comparison_operator("GREATER_THAN")
        .threshold(share.value())
        .threshold_type("PERCENTAGE");
    let subscriber =
        |to: &Subscription| Subscriber::new().subscription_type(to.kind).address(to.address.clone().into_expr());
    NotificationWithSubscribers::new()
        .notification(notification)
        .subscribers(subscribers.iter().map(subscriber).collect::<Vec<_>>())
}
