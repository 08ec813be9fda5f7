//! Who hears of costs.

use ce_cfn::{budgets, cur};
use ce_synth::{IntoValue, Scope, Value};

use super::budget::Subscription;
use super::{Budget, CostReport, anomalies};
use crate::governance::rules;
use crate::observe::{Publisher, Topic};

/// Budgets, a watch for unusual costs, and a report of all costs.
///
/// ```
/// # use ce_constructs::governance::{Budget, CostGuard, CostReport};
/// # use ce_constructs::observe::Topic;
/// # use ce_constructs::security::Key;
/// # use ce_constructs::storage::Bucket;
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Costs", PROD);
/// # let key = Key::builder().build(stack, "Key");
/// let costs = Topic::builder(&key).build(stack, "Costs");
/// let files = Bucket::builder().without_access_logs().build(stack, "Files");
/// CostGuard::builder("shop")
///     .notify(&costs)
///     .budget(Budget::monthly("shop-prod", 5600).tagged("Environment", "prod"))
///     .report(CostReport::daily("shop-costs", &files))
///     .build(stack, "Guard");
/// # app.synth().unwrap();
/// ```
///
/// By default services are watched for costs that are off by 100 dollars or more; there are no budgets and no report.
/// Billing lives in us-east-1: elsewhere the report cannot be made. It sees the costs of its account; in the management
/// account of an organisation, those of all.
#[derive(Clone)]
pub struct CostGuard<'a> {
    budgets: Vec<budgets::BudgetRef<'a>>,
    report: Option<cur::ReportDefinitionRef<'a>>,
}

impl<'a> CostGuard<'a> {
    /// A guard, of a name that its watch for unusual costs has.
    pub fn builder(name: impl Into<String>) -> CostGuardBuilder<'a> {
        let (topic, addresses, budgets, report) = Default::default();
        CostGuardBuilder { name: name.into(), topic, addresses, budgets, anomalies: Some(100), report }
    }

    /// The budgets, in the order given.
    pub fn budgets(&self) -> &[budgets::BudgetRef<'a>] {
        &self.budgets
    }

    /// The report.
    pub fn report(&self) -> Option<cur::ReportDefinitionRef<'a>> {
        self.report
    }
}

/// Settings of a [`CostGuard`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct CostGuardBuilder<'a> {
    name: String,
    topic: Option<Topic<'a>>,
    addresses: Vec<Value<String>>,
    budgets: Vec<Budget>,
    anomalies: Option<u32>,
    report: Option<CostReport<'a>>,
}

impl<'a> CostGuardBuilder<'a> {
    /// Tells a topic, and lets budgets and the watch for unusual costs publish to it. Default: nobody is told, which is a
    /// finding (`CE8111`).
    pub fn notify(mut self, topic: &Topic<'a>) -> Self {
        self.topic = Some(*topic);
        self
    }

    /// Tells an e-mail address too; up to ten. Default: none.
    pub fn mail(mut self, address: impl IntoValue<String>) -> Self {
        self.addresses.push(address.into_value());
        self
    }

    /// What may be spent; called again, also on something else. Default: no budget.
    pub fn budget(mut self, budget: Budget) -> Self {
        self.budgets.push(budget);
        self
    }

    /// Tells of costs that are off by so many US dollars or more. Default: 100.
    pub fn anomalies_above(mut self, dollars: u32) -> Self {
        self.anomalies = Some(dollars);
        self
    }

    /// Does not watch for unusual costs: an account has at most one watch of its services. Default: it watches.
    pub fn without_anomalies(mut self) -> Self {
        self.anomalies = None;
        self
    }

    /// Reports all costs into a bucket. Default: no report.
    pub fn report(mut self, report: CostReport<'a>) -> Self {
        self.report = Some(report);
        self
    }

    /// Adds the budgets, the watch and the report.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> CostGuard<'a> {
        let scope = scope.child(id);
        let topic: Option<Value<String>> =
            self.topic.map(|topic| topic.allow(Publisher::Budgets).allow(Publisher::CostAnomalies).arn().into_value());
        let mail = self.addresses.iter().map(|address| Subscription { kind: "EMAIL", address: address.clone() });
        let sns = topic.clone().map(|address| Subscription { kind: "SNS", address });
        let subscribers: Vec<Subscription> = sns.into_iter().chain(mail).collect();
        rules::unheard_costs::check(scope, subscribers.len(), self.budgets.len(), self.anomalies.is_some());
        let mut budgets = Vec::new();
        for (place, budget) in self.budgets.iter().enumerate() {
            budget.check(scope, self.addresses.len());
            budgets.push(scope.add(&format!("Budget{}", place + 1), budget.resource(&subscribers)));
        }
        if let Some(dollars) = self.anomalies.filter(|_| !subscribers.is_empty()) {
            anomalies::place(scope, &self.name, dollars, topic, &self.addresses);
        }
        let report = self.report.map(|report| {
            rules::billing_region::check(scope);
            report.place(scope)
        });
        CostGuard { budgets, report }
    }
}
