//! Replicas of keys in other regions.

use ce_cfn::{ids, kms};
use ce_synth::{DeletionPolicy, Duration, IntoValue, Scope, UpdateReplacePolicy, Value};

use super::key::{account_administers, add_aliases, for_service};
use super::{Key, KeyResource, Principal, Statement, document, rules};

/// The replica of a multi-region key: the same material and id, its own policy, in another region. What one of them
/// encrypted, the other decrypts, so replicated data can be read in both.
///
/// ```
/// # use ce_constructs::security::{Key, ReplicaKey};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// let key = Key::builder().multi_region().build(app.stack("Keys", PROD), "Key");
/// let standby = app.stack("StandbyKeys", PROD.in_region(Region::US_WEST_2));
/// let replica: Key = ReplicaKey::builder(key.arn()).build(standby, "Key");
/// # app.synth().unwrap();
/// ```
///
/// It does not follow the primary's policy or aliases: say them again.
pub enum ReplicaKey {}

impl ReplicaKey {
    /// A replica of the multi-region key with this ARN.
    pub fn builder(primary: impl IntoValue<ids::KmsKeyArn>) -> ReplicaKeyBuilder {
        ReplicaKeyBuilder {
            primary: primary.into_value(),
            aliases: Vec::new(),
            description: None,
            pending_window: Duration::days(30),
            statements: Vec::new(),
        }
    }
}

/// Settings of a [`ReplicaKey`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct ReplicaKeyBuilder {
    primary: Value<ids::KmsKeyArn>,
    aliases: Vec<String>,
    description: Option<String>,
    pending_window: Duration,
    statements: Vec<Statement>,
}

impl ReplicaKeyBuilder {
    /// A name for the key in its region; the primary's may be used again. Default: no alias.
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    /// What it is for. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// How long a deletion can be taken back, 7 to 30 days. Default: 30 days.
    pub fn pending_window(mut self, window: Duration) -> Self {
        self.pending_window = window;
        self
    }

    /// Lets a service of AWS encrypt and decrypt with the replica. Default: the account alone.
    pub fn allow_service(mut self, service: Principal) -> Self {
        self.statements.push(for_service(service));
        self
    }

    /// Adds a statement to the replica's policy. Default: the account alone.
    pub fn allow(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// Adds the replica and its aliases; the region is the scope's.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> Key<'a> {
        let scope = scope.child(id);
        let window = rules::key_pending_window::checked(scope, self.pending_window);
        rules::replica_region::check(scope, &self.primary);
        let resource = kms::ReplicaKey::new()
            .description(self.description)
            .key_policy(document::document([account_administers()]))
            .pending_window_in_days(window)
            .primary_key_arn(self.primary);
        let handle = scope.add("Resource", resource);
        handle.deletion_policy(DeletionPolicy::Retain).update_replace_policy(UpdateReplacePolicy::Retain);
        let key = Key { scope, resource: KeyResource::Replica(handle) };
        for statement in self.statements {
            key.allow(statement);
        }
        add_aliases(key, &self.aliases);
        key
    }
}
