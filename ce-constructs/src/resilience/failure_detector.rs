//! Eyes outside the region that may fail.

use ce_synth::{Region, Scope};

use super::{kept, rules};
use crate::observe::{Alarm, Canary, CanaryBuilder, Topic};

/// A canary that asks the primary from the standby's region, and an alarm when it gets no answer.
///
/// ```
/// use ce_constructs::observe::{Canary, Topic};
/// use ce_constructs::resilience::{FailureDetector, Site};
/// fn watch<'a>(standby: &Site<'a>, oncall: &Topic<'a>) -> FailureDetector<'a> {
///     let asks = Canary::builder("shop-primary", "https://primary.example.com/health");
///     FailureDetector::builder(standby.primary_region(), asks)
///         .notify(oncall)
///         .build(standby.stack("Failover"), "Detector")
/// }
/// ```
///
/// By default it alarms after three failures in a row, with a canary that asks every minute about three and a half
/// minutes. A canary that does not run is no failure of what it watches: the alarm then has too little data, and nothing
/// is triggered.
///
/// Ask a name that leads to the primary alone, with a certificate that fits: the record that fails over answers from the
/// standby when it matters.
#[derive(Clone, Copy)]
pub struct FailureDetector<'a> {
    canary: Canary<'a>,
    alarm: Alarm<'a>,
}

impl<'a> FailureDetector<'a> {
    /// A canary that asks a URL of the region that is watched.
    pub fn builder(watched: Region, canary: CanaryBuilder<'a>) -> FailureDetectorBuilder<'a> {
        FailureDetectorBuilder { watched, canary, failures: 3, topics: Vec::new() }
    }

    /// The alarm: what [`RegionSwitchBuilder::triggered_by`](super::RegionSwitchBuilder::triggered_by) takes.
    pub fn alarm(self) -> Alarm<'a> {
        self.alarm
    }

    /// The canary.
    pub fn canary(self) -> Canary<'a> {
        self.canary
    }
}

/// Settings of a [`FailureDetector`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct FailureDetectorBuilder<'a> {
    watched: Region,
    canary: CanaryBuilder<'a>,
    failures: u16,
    topics: Vec<Topic<'a>>,
}

impl<'a> FailureDetectorBuilder<'a> {
    /// How many failures in a row are a failure. Default: 3.
    pub fn failures(mut self, failures: u16) -> Self {
        self.failures = failures;
        self
    }

    /// Tells a topic of its region. Default: nobody is told.
    pub fn notify(mut self, topic: &Topic<'a>) -> Self {
        self.topics.push(*topic);
        self
    }

    /// Adds the canary, its role and the alarm to a stack outside the region that is watched.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> FailureDetector<'a> {
        let scope = scope.child(id);
        rules::detector_region::check(scope, "the detector", self.watched);
        let text = format!("`{}` gets no answer from {}", self.canary.name(), self.watched);
        let canary = self.canary.map_url(|url| kept(scope, "Url", &url)).build_in(scope);
        let fails = canary.success_percent().below(100.0).for_periods(self.failures).described(text);
        let alarm = fails.alarm(scope, "Alarm");
        let alarm = self.topics.iter().fold(alarm, |alarm, topic| alarm.notify(topic));
        FailureDetector { canary, alarm }
    }
}
