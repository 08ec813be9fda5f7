//! Threat detection.

use ce_cfn::guardduty::detector::FindingPublishingFrequency;
use ce_cfn::{cloudformation, guardduty, ids};
use ce_synth::tree::NodeId;
use ce_synth::{Region, Scope, Value};

use super::{RuntimeAgent, StackSetAuthority, ThreatFeature, stack_set};
use crate::governance::rules;
use crate::operations::{EventPattern, EventRule, EventRuleBuilder, EventTarget};

/// GuardDuty: one detector of an account and region, and who hears of what it finds; `Copy`.
///
/// ```
/// # use ce_constructs::governance::{StackSetAuthority, ThreatDetection};
/// # use ce_constructs::observe::Topic;
/// # use ce_constructs::security::Key;
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Threats", PROD);
/// # let key = Key::builder().build(stack, "Key");
/// let security = Topic::builder(&key).build(stack, "Security");
/// ThreatDetection::builder()
///     .alert(&security)
///     .other_regions("shop-guardduty", [Region::US_EAST_2, Region::US_WEST_1], StackSetAuthority::SelfManaged)
///     .build(stack, "Threats");
/// # app.synth().unwrap();
/// ```
///
/// By default it looks at everything it can, with agents beside tasks on Fargate, publishes findings every 15 minutes, and
/// tells of severities of 7 and above: high and critical. Security Hub hears of findings by itself. Each source costs by
/// what it reads; agents by the vCPU.
#[derive(Clone, Copy)]
pub struct ThreatDetection<'a> {
    detector: guardduty::DetectorRef<'a>,
    findings: Option<EventRule<'a>>,
    others: Option<cloudformation::StackSetRef<'a>>,
}

impl<'a> ThreatDetection<'a> {
    /// A detector.
    pub fn builder() -> ThreatDetectionBuilder<'a> {
        ThreatDetectionBuilder {
            features: ThreatFeature::DEFAULT.to_vec(),
            agents: vec![RuntimeAgent::EcsFargate],
            frequency: FindingPublishingFrequency::FIFTEEN_MINUTES.text(),
            severity: 7.0,
            targets: Vec::new(),
            others: None,
            condition: None,
        }
    }

    /// The detector's id.
    pub fn id(self) -> Value<ids::GuardDutyDetector> {
        self.detector.ref_()
    }

    /// The detector, for what this block does not set.
    pub fn detector(self) -> guardduty::DetectorRef<'a> {
        self.detector
    }

    /// The rule about its findings, if somebody hears of them.
    pub fn findings(self) -> Option<EventRule<'a>> {
        self.findings
    }

    /// What makes detectors in other regions.
    pub fn other_regions(self) -> Option<cloudformation::StackSetRef<'a>> {
        self.others
    }
}

/// Settings of a [`ThreatDetection`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ThreatDetectionBuilder<'a> {
    features: Vec<ThreatFeature>,
    agents: Vec<RuntimeAgent>,
    frequency: &'static str,
    severity: f64,
    targets: Vec<EventTarget<'a>>,
    others: Option<(String, Vec<Region>, StackSetAuthority)>,
    condition: Option<NodeId>,
}

impl<'a> ThreatDetectionBuilder<'a> {
    /// What it looks at, beyond the logs it always reads. Default: everything but
    /// [`ThreatFeature::EksRuntimeMonitoring`], which is part of another.
    pub fn features(mut self, features: impl IntoIterator<Item = ThreatFeature>) -> Self {
        self.features = features.into_iter().collect();
        self
    }

    /// The agents GuardDuty installs by itself for [`ThreatFeature::RuntimeMonitoring`]. Default:
    /// [`RuntimeAgent::EcsFargate`].
    pub fn agents(mut self, agents: impl IntoIterator<Item = RuntimeAgent>) -> Self {
        self.agents = agents.into_iter().collect();
        self
    }

    /// Publishes changes of known findings every six hours. New findings are published at once. Default: every 15
    /// minutes.
    pub fn publish_rarely(mut self) -> Self {
        self.frequency = FindingPublishingFrequency::SIX_HOURS.text();
        self
    }

    /// Who hears of findings: a topic, a runbook, a function; called again, also another. Default: nobody, which is a
    /// finding of ours in production (`CE8105`).
    pub fn alert(mut self, target: impl Into<EventTarget<'a>>) -> Self {
        self.targets.push(target.into());
        self
    }

    /// The severity from which on somebody hears of a finding, 1 to 10: 4 is medium, 7 high, 9 critical. Default: 7.
    pub fn severity(mut self, at_least: f64) -> Self {
        self.severity = at_least;
        self
    }

    /// Makes detectors in other regions too, through a stack set of a name: detectors see their own region alone.
    /// Default: this region alone.
    pub fn other_regions(
        mut self,
        name: impl Into<String>,
        regions: impl IntoIterator<Item = Region>,
        authority: StackSetAuthority,
    ) -> Self {
        self.others = Some((name.into(), regions.into_iter().collect(), authority));
        self
    }

    /// Makes the detector, here, only when a condition holds: an account has one in a region. Default: always.
    pub fn when(mut self, condition: NodeId) -> Self {
        self.condition = Some(condition);
        self
    }

    /// Adds the detector, the rule about its findings, and the stack set.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> ThreatDetection<'a> {
        let scope = scope.child(id);
        rules::threat_feature::check(scope, &self.features, self.agents.len());
        rules::threat_severity::check(scope, self.severity);
        rules::unheard_threats::check(scope, self.targets.len());
        let detector = scope.add("Resource", self.detector());
        if let Some(condition) = self.condition {
            detector.when(condition);
        }
        let others = self.others.clone().map(|(name, regions, authority)| {
            rules::detector_region::check(scope, &regions);
            stack_set::place(scope, name, &regions, authority, self.detector())
        });
        let findings = (!self.targets.is_empty()).then(|| {
            let rule = EventRule::builder(EventPattern::guard_duty_findings(self.severity));
            self.targets.into_iter().fold(rule, EventRuleBuilder::to).build(scope, "Findings")
        });
        ThreatDetection { detector, findings, others }
    }

    fn detector(&self) -> guardduty::Detector {
        let features: Vec<_> = self.features.iter().map(|feature| feature.property(&self.agents)).collect();
        guardduty::Detector::new().enable(true).finding_publishing_frequency(self.frequency).features(features)
    }
}
