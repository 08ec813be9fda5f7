//! Two regions from one definition.

use std::rc::Rc;

use ce_synth::{App, Environment, NodeId, Percent, Region};

use super::site::{SiteSettings, Stacks};
use super::{Site, SiteRole, rules};

/// A primary and a standby, built by one closure; `T` is whatever the closure returns.
///
/// ```
/// use ce_constructs::compute::EcsCluster;
/// use ce_constructs::resilience::DrPair;
/// use ce_synth::{Account, App, Environment, Percent, Region, Tier};
///
/// const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
///
/// let app = App::new();
/// let pair = DrPair::builder(PROD, Region::US_WEST_2)
///     .standby_capacity(Percent::new(25))
///     .names("shop-prod", "shop-dr")
///     .build(&app, |site| EcsCluster::builder().named(site.prefix()).build(site.stack("Compute"), "Cluster"));
/// assert_eq!(pair.standby.cluster().scope().region(), Region::US_WEST_2);
/// let assembly = app.synth()?;
/// assert!(assembly.template("StandbyCompute").unwrap().contains("shop-dr"));
/// # Ok::<(), ce_synth::Findings>(())
/// ```
///
/// By default the standby runs a quarter of what the primary runs, and none of its stacks may refer to a stack in the
/// primary's region: it can be changed while that region is down. At synthesis the two are compared: security groups
/// that differ, services, keys and parameters that the standby lacks, databases that have no copy, and copies that nobody
/// watches are warnings.
///
/// What is one for both regions, as a global database is, is built before the pair ([`DrPairBuilder::open`]) and used in
/// the closure. What moves traffic is built after it, from both halves: [`RegionSwitch`](super::RegionSwitch),
/// [`FailureDetector`](super::FailureDetector).
#[derive(Clone)]
pub struct DrPair<'a, T> {
    /// What the closure built in the region that serves.
    pub primary: T,
    /// What the closure built in the region that waits.
    pub standby: T,
    primary_site: Site<'a>,
    standby_site: Site<'a>,
}

impl DrPair<'_, ()> {
    /// A pair whose primary is this environment; the standby is the same in another region.
    pub fn builder(primary: Environment, standby: Region) -> DrPairBuilder {
        DrPairBuilder { primary, standby, share: Percent::new(25), names: None }
    }
}

impl<'a, T> DrPair<'a, T> {
    /// The region that serves, to add to its stacks what needs both halves.
    pub fn primary_site(&self) -> &Site<'a> {
        &self.primary_site
    }

    /// The region that waits, to add to its stacks what needs both halves.
    pub fn standby_site(&self) -> &Site<'a> {
        &self.standby_site
    }
}

/// Settings of a [`DrPair`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct DrPairBuilder {
    primary: Environment,
    standby: Region,
    share: Percent,
    names: Option<(String, String)>,
}

impl DrPairBuilder {
    /// What the standby runs, as a share of the primary, rounded up; see [`Site::capacity`]. Default: 25 %.
    pub fn standby_capacity(mut self, share: Percent) -> Self {
        self.share = share;
        self
    }

    /// What physical names begin with, see [`Site::name`]. Default: the environment's name, and that with `-standby`.
    pub fn names(mut self, primary: impl Into<String>, standby: impl Into<String>) -> Self {
        self.names = Some((primary.into(), standby.into()));
        self
    }

    /// Builds the primary, then the standby.
    #[track_caller]
    pub fn build<'a, T>(self, app: &'a App, build: impl Fn(&Site<'a>) -> T) -> DrPair<'a, T> {
        self.open(app).build(build)
    }

    /// The two sites before anything is built: for what is one for both regions, and belongs into a stack of the primary.
    #[track_caller]
    pub fn open(self, app: &App) -> Sites<'_> {
        rules::site_regions::check(app, self.primary.region, self.standby);
        rules::standby_capacity::check(app, self.share);
        let stacks = Rc::new(Stacks::default());
        hold_apart(app, &stacks, self.primary.region);
        rules::replica_order::order(app, &stacks);
        rules::compare(app, &stacks);
        let (primary, standby) = self.sites(app, &stacks);
        Sites { primary, standby }
    }

    fn sites<'a>(&self, app: &'a App, stacks: &Rc<Stacks>) -> (Site<'a>, Site<'a>) {
        let name = self.primary.name;
        let names = self.names.clone().unwrap_or_else(|| (name.to_owned(), format!("{name}-standby")));
        let settings = |environment: Environment, other: Region, prefix: String| SiteSettings {
            environment,
            other,
            share: self.share,
            prefix,
        };
        let primary = settings(self.primary, self.standby, names.0);
        let standby = settings(self.primary.in_region(self.standby), self.primary.region, names.1);
        (Site::new(app, SiteRole::Primary, primary, stacks), Site::new(app, SiteRole::Standby, standby, stacks))
    }
}

/// The two sites of a pair that is not built yet.
///
/// ```
/// use ce_constructs::data::{AuroraEngine, AuroraGlobal};
/// use ce_constructs::resilience::DrPair;
/// use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// let app = App::new();
/// let sites = DrPair::builder(PROD, Region::US_WEST_2).open(&app);
/// let global = AuroraGlobal::builder("shop", AuroraEngine::POSTGRESQL_17).build(sites.primary().stack("Data"), "Global");
/// let pair = sites.build(|site| (site.stack("Data"), global.name().to_owned()));
/// assert_eq!(pair.primary.0.node(), global.cluster().scope().stack().node());
/// ```
#[derive(Clone)]
#[must_use = "a pair is built with `build`"]
pub struct Sites<'a> {
    primary: Site<'a>,
    standby: Site<'a>,
}

impl<'a> Sites<'a> {
    /// The region that serves.
    pub fn primary(&self) -> &Site<'a> {
        &self.primary
    }

    /// The region that waits.
    pub fn standby(&self) -> &Site<'a> {
        &self.standby
    }

    /// Builds the primary, then the standby.
    #[track_caller]
    pub fn build<T>(self, build: impl Fn(&Site<'a>) -> T) -> DrPair<'a, T> {
        let primary = build(&self.primary);
        let standby = build(&self.standby);
        DrPair { primary, standby, primary_site: self.primary, standby_site: self.standby }
    }
}

/// No stack of the standby may need a stack in the primary's region, whether that is the pair's own or another.
fn hold_apart(app: &App, stacks: &Rc<Stacks>, primary: Region) {
    let stacks = Rc::clone(stacks);
    app.before_synth(move |app| {
        let out_of_reach: Vec<NodeId> = app.read(|tree| {
            let there = |node: &NodeId| tree.environment(*node).is_some_and(|at| at.region == primary);
            tree.stack_nodes().filter(there).collect()
        });
        for standby in stacks.standby.borrow().values() {
            let stack = app.scope(*standby).stack();
            out_of_reach.iter().filter(|other| *other != standby).for_each(|other| {
                stack.independent_of(app.scope(*other));
            });
        }
    });
}
