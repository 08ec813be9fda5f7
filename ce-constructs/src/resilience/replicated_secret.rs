//! Secrets of both regions.

use ce_cfn::secretsmanager;
use ce_synth::Scope;

use super::{Site, rules};
use crate::security::{Key, Secret, SecretBuilder};

/// A secret that both sites read by one name: made in the primary, replicated to the standby by Secrets Manager.
///
/// ```
/// use ce_constructs::resilience::{DrPair, ReplicatedKey, ReplicatedSecret};
/// use ce_constructs::security::Password;
/// use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// let app = App::new();
/// DrPair::builder(PROD, Region::US_WEST_2).build(&app, |site| {
///     let stack = site.stack("Security");
///     let key = ReplicatedKey::builder().build(site, site.stack("Keys"), "Key");
///     ReplicatedSecret::builder("shop/db/master", &key)
///         .contents(|secret| secret.login("shop", Password::new()))
///         .build(site, stack, "Login")
/// });
/// let assembly = app.synth()?;
/// assert!(!assembly.template("StandbySecurity").unwrap().contains("AWS::SecretsManager::Secret"));
/// # Ok::<(), ce_synth::Findings>(())
/// ```
///
/// By default it is one generated password. The standby finds it by its name and adds nothing to the template; a
/// rotation is in the primary alone. After a failover the replica is promoted by hand before it can change.
///
/// A secret that a database makes for itself is replicated there
/// ([`Login::replicated_to`](crate::data::Login::replicated_to)) and read here with
/// [`ReplicatedSecret::copy`].
pub enum ReplicatedSecret {}

impl ReplicatedSecret {
    /// A secret of this name, encrypted by the site's key: a [`ReplicatedKey`](super::ReplicatedKey).
    pub fn builder<'a>(name: impl Into<String>, key: &Key<'a>) -> ReplicatedSecretBuilder<'a> {
        let name = name.into();
        ReplicatedSecretBuilder { secret: Secret::builder(key).named(name.clone()), name, key: *key }
    }

    /// The replica of a secret that something else made in the primary, by its name.
    #[track_caller]
    pub fn copy<'a>(scope: Scope<'a>, id: &str, name: impl Into<String>, key: &Key<'a>) -> Secret<'a> {
        Secret::existing(scope.child(id), name, key)
    }
}

/// Settings of a [`ReplicatedSecret`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ReplicatedSecretBuilder<'a> {
    secret: SecretBuilder<'a>,
    name: String,
    key: Key<'a>,
}

impl<'a> ReplicatedSecretBuilder<'a> {
    /// What is in it, and whatever else a secret can be told. Default: one generated password.
    pub fn contents(mut self, change: impl FnOnce(SecretBuilder<'a>) -> SecretBuilder<'a>) -> Self {
        self.secret = change(self.secret);
        self
    }

    /// Adds the secret in the primary; in the standby, gives its replica.
    #[track_caller]
    pub fn build(self, site: &Site<'a>, scope: Scope<'a>, id: &str) -> Secret<'a> {
        if site.is_primary() {
            return self.secret.replicated_to([site.standby_region()]).build(scope, id);
        }
        let secret = ReplicatedSecret::copy(scope, id, self.name, &self.key);
        match site.twin::<secretsmanager::Secret>(secret.scope(), "Resource") {
            Some(primary) => {
                scope.stack().needs(primary.scope());
            }
            None => rules::no_twin::report(secret.scope(), "secret"),
        }
        secret
    }
}
