//! Keys of both regions.

use ce_cfn::kms;
use ce_synth::{Duration, Scope};

use super::{Site, kept, rules};
use crate::security::{Key, Principal, ReplicaKey, Statement};

/// A key that both sites have: a multi-region key in the primary, its replica in the standby. What one of them
/// encrypted, the other decrypts.
///
/// ```
/// use ce_constructs::resilience::{DrPair, ReplicatedKey};
/// use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// let app = App::new();
/// DrPair::builder(PROD, Region::US_WEST_2).build(&app, |site| {
///     ReplicatedKey::builder().alias("alias/shop").build(site, site.stack("Keys"), "Key")
/// });
/// let assembly = app.synth()?;
/// let kept = assembly.stack("StandbyKeys").unwrap().kept_parameters();
/// assert_eq!((kept.len(), kept[0].stack.as_str()), (1, "Keys"));
/// # Ok::<(), ce_synth::Findings>(())
/// ```
///
/// Keep keys in a stack of their own: a secret that is replicated needs the key in both regions before it is made
/// (`CE8419`), and waits for it by itself where it is in another stack.
///
/// By default its material is rotated yearly and it stays when it leaves the template. The standby knows the primary by
/// a parameter that CloudFormation keeps. Policies are said in both sites, since the closure runs for both; what a
/// grant adds later is added in its own site alone.
pub enum ReplicatedKey {}

impl ReplicatedKey {
    /// A key and its replica.
    pub fn builder() -> ReplicatedKeyBuilder {
        ReplicatedKeyBuilder {
            aliases: Vec::new(),
            description: None,
            rotation: Duration::days(365),
            pending_window: Duration::days(30),
            services: Vec::new(),
            statements: Vec::new(),
        }
    }
}

/// Settings of a [`ReplicatedKey`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct ReplicatedKeyBuilder {
    aliases: Vec<String>,
    description: Option<String>,
    rotation: Duration,
    pending_window: Duration,
    services: Vec<Principal>,
    statements: Vec<Statement>,
}

impl ReplicatedKeyBuilder {
    /// A name for the key in both regions, `alias/shop`; called again, it adds another. Default: no alias.
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    /// What it is for. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// How often KMS makes new material for both, 90 to 2,560 days. Default: 365 days.
    pub fn rotated_every(mut self, period: Duration) -> Self {
        self.rotation = period;
        self
    }

    /// How long a deletion can be taken back, 7 to 30 days. Default: 30 days.
    pub fn pending_window(mut self, window: Duration) -> Self {
        self.pending_window = window;
        self
    }

    /// Lets a service of AWS encrypt and decrypt in both regions. Default: the account alone.
    pub fn allow_service(mut self, service: Principal) -> Self {
        self.services.push(service);
        self
    }

    /// Adds a statement to the policy of both. Default: the account alone.
    pub fn allow(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// Adds the site's key: the multi-region key in the primary, the replica in the standby.
    #[track_caller]
    pub fn build<'a>(self, site: &Site<'a>, scope: Scope<'a>, id: &str) -> Key<'a> {
        if site.is_primary() {
            return self.build_primary(scope, id);
        }
        let Some(primary) = site.twin::<kms::Key>(scope, &format!("{id}/Resource")) else {
            // Not a replica of nothing: a key that works, and the finding.
            let key = self.build_primary(scope, id);
            rules::no_twin::report(key.scope(), "key");
            return key;
        };
        // At the first deployment; later the parameter keeps what it was filled with.
        scope.stack().needs(primary.scope().stack().scope());
        let mut key = ReplicaKey::builder(kept(scope, &format!("{id}Primary"), &primary.arn()));
        for alias in self.aliases {
            key = key.alias(alias);
        }
        if let Some(text) = self.description {
            key = key.described(text);
        }
        let key = self.services.into_iter().fold(key, crate::security::ReplicaKeyBuilder::allow_service);
        let key = self.statements.into_iter().fold(key, crate::security::ReplicaKeyBuilder::allow);
        key.pending_window(self.pending_window).build(scope, id)
    }

    #[track_caller]
    fn build_primary<'a>(self, scope: Scope<'a>, id: &str) -> Key<'a> {
        let mut key = Key::builder().multi_region();
        for alias in self.aliases {
            key = key.alias(alias);
        }
        if let Some(text) = self.description {
            key = key.described(text);
        }
        let key = self.services.into_iter().fold(key, crate::security::KeyBuilder::allow_service);
        let key = self.statements.into_iter().fold(key, crate::security::KeyBuilder::allow);
        key.rotated_every(self.rotation).pending_window(self.pending_window).build(scope, id)
    }
}
