//! One of the two regions of a pair.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::rc::Rc;

use ce_synth::{App, CfnResource, Environment, NodeId, Percent, Region, Scope};

/// What the stacks of the standby are called beside those of the primary.
const STANDBY: &str = "Standby";

/// Which of the two regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SiteRole {
    /// The one that serves.
    Primary,
    /// The one that waits.
    Standby,
}

/// The stacks of both sites by the id each was asked for with.
#[derive(Debug, Default)]
pub(super) struct Stacks {
    pub(super) primary: RefCell<BTreeMap<String, NodeId>>,
    pub(super) standby: RefCell<BTreeMap<String, NodeId>>,
}

/// What the pair was told, as one site needs it.
#[derive(Clone, Debug)]
pub(super) struct SiteSettings {
    pub(super) environment: Environment,
    pub(super) other: Region,
    pub(super) share: Percent,
    pub(super) prefix: String,
}

/// One region of a [`DrPair`](super::DrPair): where its stacks are opened, and what differs from the other.
///
/// ```
/// use ce_constructs::resilience::DrPair;
/// use ce_synth::{Account, App, Environment, Region, Tier};
/// const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// let app = App::new();
/// let pair = DrPair::builder(PROD, Region::US_WEST_2).build(&app, |site| {
///     let stack = site.stack("Network");
///     (stack.path(), site.name("alb"), site.capacity(3))
/// });
/// assert_eq!(pair.primary, ("Network".to_owned(), "prod-alb".to_owned(), 3));
/// assert_eq!(pair.standby, ("StandbyNetwork".to_owned(), "prod-standby-alb".to_owned(), 1));
/// ```
#[derive(Clone)]
pub struct Site<'a> {
    app: &'a App,
    role: SiteRole,
    settings: SiteSettings,
    stacks: Rc<Stacks>,
}

impl<'a> Site<'a> {
    pub(super) fn new(app: &'a App, role: SiteRole, settings: SiteSettings, stacks: &Rc<Stacks>) -> Self {
        Self { app, role, settings, stacks: Rc::clone(stacks) }
    }

    /// Which of the two it is.
    pub fn role(&self) -> SiteRole {
        self.role
    }

    /// Whether it is the one that serves.
    pub fn is_primary(&self) -> bool {
        self.role == SiteRole::Primary
    }

    /// Whether it is the one that waits.
    pub fn is_standby(&self) -> bool {
        self.role == SiteRole::Standby
    }

    /// Account, region and tier of its stacks.
    pub fn environment(&self) -> Environment {
        self.settings.environment
    }

    /// Its region.
    pub fn region(&self) -> Region {
        self.settings.environment.region
    }

    /// The region of the other one.
    pub fn other_region(&self) -> Region {
        self.settings.other
    }

    /// The region that serves, whichever site this is.
    pub fn primary_region(&self) -> Region {
        if self.is_primary() { self.region() } else { self.other_region() }
    }

    /// The region that waits, whichever site this is.
    pub fn standby_region(&self) -> Region {
        if self.is_primary() { self.other_region() } else { self.region() }
    }

    /// A stack of the site: opened when it is first asked for, the same one after that. In the standby its id begins
    /// with `Standby`, and it must not refer to any stack of the primary's region (`CE0204`).
    #[track_caller]
    pub fn stack(&self, id: &str) -> Scope<'a> {
        let known = self.opened(self.role).borrow().get(id).copied();
        if let Some(node) = known {
            return self.app.scope(node);
        }
        let name = if self.is_primary() { id.to_owned() } else { format!("{STANDBY}{id}") };
        let scope = self.app.stack(&name, self.environment());
        self.opened(self.role).borrow_mut().insert(id.to_owned(), scope.node());
        scope
    }

    fn opened(&self, role: SiteRole) -> &RefCell<BTreeMap<String, NodeId>> {
        match role {
            SiteRole::Primary => &self.stacks.primary,
            SiteRole::Standby => &self.stacks.standby,
        }
    }

    /// How many of something run here: all in the primary, in the standby the pair's share, rounded up.
    pub fn capacity(&self, production: u16) -> u16 {
        if self.is_primary() {
            return production;
        }
        let share = u32::from(self.settings.share.value());
        let tasks = (u32::from(production) * share).div_ceil(100);
        u16::try_from(tasks).unwrap_or(production)
    }

    /// The bounds of something that scales: the least is that of [`capacity`](Self::capacity), the most the same in
    /// both, since the standby may have to carry everything.
    pub fn capacity_range(&self, production: RangeInclusive<u16>) -> RangeInclusive<u16> {
        self.capacity(*production.start())..=*production.end()
    }

    /// What is one thing in the primary and another in the standby.
    pub fn choose<V>(&self, primary: V, standby: V) -> V {
        if self.is_primary() { primary } else { standby }
    }

    /// What physical names of the site begin with, as [`names`](super::DrPairBuilder::names) said.
    pub fn prefix(&self) -> &str {
        &self.settings.prefix
    }

    /// A physical name of the site: its prefix, a dash and a word.
    pub fn name(&self, word: &str) -> String {
        format!("{}-{word}", self.settings.prefix)
    }

    /// The resource of type `R` that the primary has where the standby has this path below a scope: both are built by
    /// one closure, so a thing and its copy have the same path in stacks of the same id. None in the primary, and none
    /// if the primary has it not.
    ///
    /// ```
    /// use ce_cfn::sns;
    /// use ce_constructs::resilience::DrPair;
    /// # use ce_synth::{Account, App, Environment, Region, Tier};
    /// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
    /// let app = App::new();
    /// let pair = DrPair::builder(PROD, Region::US_WEST_2).build(&app, |site| {
    ///     let scope = site.stack("Alerts").child("Oncall");
    ///     scope.add("Resource", sns::Topic::new());
    ///     site.twin::<sns::Topic>(scope, "Resource").map(|topic| topic.scope().path())
    /// });
    /// assert_eq!((pair.primary, pair.standby.as_deref()), (None, Some("Alerts/Oncall/Resource")));
    /// ```
    #[track_caller]
    pub fn twin<R: CfnResource>(&self, scope: Scope<'_>, path: &str) -> Option<R::Handle<'a>> {
        let (stack, below) = self.place_in_primary(scope)?;
        let path = if below.is_empty() { path.to_owned() } else { format!("{below}/{path}") };
        stack.find::<R>(&path)
    }

    /// The primary's stack of the same id, and the path of the scope below it.
    #[track_caller]
    pub(super) fn place_in_primary(&self, scope: Scope<'_>) -> Option<(Scope<'a>, String)> {
        if self.is_primary() {
            return None;
        }
        let here = scope.stack().node();
        let standby = self.stacks.standby.borrow();
        let (id, _) = standby.iter().find(|(_, node)| **node == here)?;
        let primary = self.stacks.primary.borrow().get(id).copied()?;
        let path = scope.path();
        let below = path.split_once('/').map_or("", |(_, below)| below);
        Some((self.app.scope(primary), below.to_owned()))
    }
}
