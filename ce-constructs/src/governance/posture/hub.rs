//! Security Hub.

use ce_cfn::securityhub::standard::StandardsControl;
use ce_cfn::{ids, securityhub};
use ce_synth::tree::NodeId;
use ce_synth::{IntoValue, Resource, Scope, Test, Value};

use super::{Insight, Standard};
use crate::governance::rules;

/// Security Hub: one hub of an account and region, the standards it checks, views of its findings; `Copy`.
///
/// ```
/// # use ce_constructs::governance::{GroupBy, Insight, SecurityPosture, Standard};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Posture", PROD);
/// SecurityPosture::builder()
///     .without_control(Standard::AwsFoundational, "ELB.18", "the listener on port 80 redirects")
///     .insight(Insight::new("Findings of core", GroupBy::RESOURCE_ID).tagged("Service", "core"))
///     .build(stack, "Posture");
/// # app.synth().unwrap();
/// ```
///
/// By default it checks [`Standard::AwsFoundational`] and [`Standard::Cis5`], new controls are switched on by themselves,
/// and a control that is in two standards is one finding. Most controls need a
/// [`ConfigRecorder`](super::super::ConfigRecorder). Findings of GuardDuty come by themselves.
#[derive(Clone, Copy)]
pub struct SecurityPosture<'a> {
    hub: securityhub::HubRef<'a>,
}

impl<'a> SecurityPosture<'a> {
    /// A hub.
    pub fn builder() -> SecurityPostureBuilder {
        let (controls, insights, products, condition) = Default::default();
        let standards = vec![Standard::AwsFoundational, Standard::Cis5];
        SecurityPostureBuilder { standards, controls, insights, products, condition }
    }

    /// The hub's ARN.
    pub fn arn(self) -> Value<ids::SecurityHubHubArn> {
        self.hub.arn()
    }

    /// The hub, for what this block does not set.
    pub fn hub(self) -> securityhub::HubRef<'a> {
        self.hub
    }
}

/// Settings of a [`SecurityPosture`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct SecurityPostureBuilder {
    standards: Vec<Standard>,
    controls: Vec<(Standard, String, String)>,
    insights: Vec<Insight>,
    products: Vec<(Value<String>, Option<NodeId>)>,
    condition: Option<NodeId>,
}

impl SecurityPostureBuilder {
    /// The standards it checks. Default: [`Standard::AwsFoundational`] and [`Standard::Cis5`].
    pub fn standards(mut self, standards: impl IntoIterator<Item = Standard>) -> Self {
        self.standards = standards.into_iter().collect();
        self
    }

    /// Does not check a control of a standard, `ELB.18`, for a reason that Security Hub shows. Default: all are checked.
    pub fn without_control(
        mut self,
        standard: Standard,
        control: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        self.controls.push((standard, control.into(), reason.into()));
        self
    }

    /// A view of findings; called again, also another. Default: those of Security Hub.
    pub fn insight(mut self, insight: Insight) -> Self {
        self.insights.push(insight);
        self
    }

    /// Takes findings of a product of somebody else, by the product's ARN. Default: of AWS alone.
    pub fn product(mut self, arn: impl IntoValue<String>) -> Self {
        self.products.push((arn.into_value(), None));
        self
    }

    /// Takes findings of a product only when a condition holds, as that a parameter says so. Default: of AWS alone.
    pub fn product_when(mut self, condition: NodeId, arn: impl IntoValue<String>) -> Self {
        self.products.push((arn.into_value(), Some(condition)));
        self
    }

    /// Makes everything only when a condition holds: an account has one hub in a region. A product's own condition must
    /// hold too. Default: always.
    pub fn when(mut self, condition: NodeId) -> Self {
        self.condition = Some(condition);
        self
    }

    /// Adds the hub, its standards, views and products.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> SecurityPosture<'a> {
        let scope = scope.child(id);
        let unknown: Vec<_> =
            self.controls.iter().filter(|(standard, ..)| !self.standards.contains(standard)).collect();
        rules::posture_standard::check(scope, self.standards.len(), &unknown);
        let hub = securityhub::Hub::new()
            .enable_default_standards(false)
            .auto_enable_controls(true)
            .control_finding_generator("SECURITY_CONTROL");
        let hub = scope.add("Resource", hub);
        conditional(*hub, self.condition);
        for standard in &self.standards {
            conditional(scope.add(standard.id(), self.standard(*standard)).depends_on(*hub), self.condition);
        }
        for (place, insight) in self.insights.iter().enumerate() {
            let insight = scope.add(&format!("Insight{}", place + 1), insight.resource());
            conditional(insight.depends_on(*hub), self.condition);
        }
        for (place, (arn, condition)) in self.products.iter().enumerate() {
            let id = format!("Product{}", place + 1);
            let product = securityhub::ProductSubscription::new().product_arn(arn);
            let condition = both(scope, &id, *condition, self.condition);
            conditional(scope.add(&id, product).depends_on(*hub), condition);
        }
        SecurityPosture { hub }
    }

    fn standard(&self, standard: Standard) -> securityhub::Standard {
        let off = |(of, control, reason): &(Standard, String, String)| {
            (*of == standard).then(|| StandardsControl::new().standards_control_arn(of.control(control)).reason(reason))
        };
        let off: Vec<_> = self.controls.iter().filter_map(off).collect();
        securityhub::Standard::new()
            .standards_arn(standard.arn())
            .disabled_standards_controls((!off.is_empty()).then_some(off))
    }
}

fn conditional<R>(resource: Resource<'_, R>, condition: Option<NodeId>) {
    if let Some(condition) = condition {
        resource.when(condition);
    }
}

/// What depends on something with a condition has that condition too.
#[track_caller]
fn both(scope: Scope<'_>, id: &str, one: Option<NodeId>, other: Option<NodeId>) -> Option<NodeId> {
    match (one, other) {
        (Some(one), Some(other)) => {
            Some(scope.condition(&format!("{id}Wanted"), Test::condition(one).and(Test::condition(other))))
        }
        (one, other) => one.or(other),
    }
}
