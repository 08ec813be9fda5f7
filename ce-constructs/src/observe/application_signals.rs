//! What CloudWatch makes of traces.

use ce_cfn::applicationsignals;
use ce_synth::Scope;

/// Application Signals: CloudWatch finds the services of the account in their traces, and gives each latency, faults and
/// availability as metrics; `Copy`.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::observe::ApplicationSignals;
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// ApplicationSignals::discover(stack, "Signals");
/// # app.synth().unwrap();
/// ```
///
/// One is enough for an account and region. It has no settings, and collects nothing: agents beside the application do.
#[derive(Clone, Copy)]
pub struct ApplicationSignals<'a> {
    discovery: applicationsignals::DiscoveryRef<'a>,
}

impl<'a> ApplicationSignals<'a> {
    /// Switches it on, with the role that AWS keeps for it.
    #[track_caller]
    pub fn discover(scope: Scope<'a>, id: &str) -> Self {
        Self { discovery: scope.child(id).add("Resource", applicationsignals::Discovery::new()) }
    }

    /// The generated resource.
    pub fn discovery(self) -> applicationsignals::DiscoveryRef<'a> {
        self.discovery
    }
}
