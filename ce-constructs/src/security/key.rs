//! Keys: KMS keys that encrypt, sign or authenticate.

use std::fmt;

use ce_cfn::{ids, kms};
use ce_synth::{DeletionPolicy, Duration, Scope, UpdateReplacePolicy, Value};

use super::{Action, KeyGrants, KeySpec, Principal, Statement, document, rules};

/// What the account may do with its own keys: everything, so that the policies of its roles decide.
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>
const ADMINISTER: Action = Action::new("kms:*");

/// A key of KMS, or its replica in another region; `Copy`.
///
/// ```
/// # use ce_constructs::security::{Key, Principal};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// let logs = Principal::regional_service("logs", stack.region());
/// let key = Key::builder().alias("alias/shop").allow_service(logs).build(stack, "Key");
/// # app.synth().unwrap();
/// ```
///
/// By default its material is rotated once a year, the account's own policies decide who may use it, deleting it
/// takes 30 days, and it stays when it leaves the template.
#[derive(Clone, Copy)]
pub struct Key<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) resource: KeyResource<'a>,
}

/// The resource behind a [`Key`].
#[derive(Clone, Copy)]
pub enum KeyResource<'a> {
    /// A key of its own.
    Primary(kms::KeyRef<'a>),
    /// The replica of a multi-region key.
    Replica(kms::ReplicaKeyRef<'a>),
}

impl fmt::Debug for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.scope.path())
    }
}

impl<'a> Key<'a> {
    /// A key that encrypts and decrypts.
    pub fn builder() -> KeyBuilder {
        KeyBuilder {
            aliases: Vec::new(),
            description: None,
            multi_region: false,
            spec: KeySpec::Symmetric,
            rotation: Some(Duration::days(365)),
            pending_window: Duration::days(30),
            statements: Vec::new(),
        }
    }

    /// The key that was already added to a scope under this id: for blocks that share one.
    pub(crate) fn find(scope: Scope<'a>, id: &str) -> Option<Self> {
        let key = scope.find::<kms::Key>(&format!("{id}/Resource"))?;
        Some(Self { scope: key.scope(), resource: KeyResource::Primary(key) })
    }

    /// The key's ARN.
    pub fn arn(self) -> Value<ids::KmsKeyArn> {
        match self.resource {
            KeyResource::Primary(key) => key.arn(),
            KeyResource::Replica(key) => key.arn().cast(),
        }
    }

    /// The key's id; the replica of a multi-region key has the id of its primary.
    pub fn id(self) -> Value<ids::KmsKey> {
        match self.resource {
            KeyResource::Primary(key) => key.ref_(),
            KeyResource::Replica(key) => key.ref_().cast(),
        }
    }

    /// Whether it can have, or is, a replica.
    pub fn is_multi_region(self) -> bool {
        match self.resource {
            KeyResource::Primary(key) => {
                key.read(kms::Key::MULTI_REGION).is_some_and(|value| value.expr().as_bool() != Some(false))
            }
            KeyResource::Replica(_) => true,
        }
    }

    /// The resource, for what this block does not set.
    pub fn resource(self) -> KeyResource<'a> {
        self.resource
    }

    /// The scope of the key and of what belongs to it.
    pub fn scope(self) -> Scope<'a> {
        self.scope
    }

    /// What others may be allowed to do with it.
    pub fn grants(self) -> KeyGrants<'a> {
        KeyGrants::new(self)
    }

    /// Adds a statement to the key's policy; its resource is the key itself, written `*`.
    #[track_caller]
    pub fn allow(self, statement: Statement) -> Self {
        let statement = if statement.resources().is_empty() { statement.on(["*"]) } else { statement };
        statement.check_for_resource(self.scope);
        match self.resource {
            KeyResource::Primary(key) => {
                let mut policy = key.peek("KeyPolicy").unwrap_or_else(|| document::document([]));
                document::push(&mut policy, statement);
                key.update(|key| key.key_policy(policy));
            }
            KeyResource::Replica(key) => {
                let mut policy = key.peek("KeyPolicy").unwrap_or_else(|| document::document([]));
                document::push(&mut policy, statement);
                key.update(|key| key.key_policy(policy));
            }
        }
        self
    }

    /// Lets a service of AWS encrypt and decrypt with the key, as `logs` and `cloudtrail` need it.
    #[track_caller]
    pub fn allow_service(self, service: Principal) -> Self {
        self.allow(for_service(service))
    }
}

/// The policy every key begins with.
pub(super) fn account_administers() -> Statement {
    Statement::allow([ADMINISTER])
        .principal(Principal::own_account())
        .on(["*"])
        .with_wildcard_reason("the account owns the key")
}

/// What services of AWS ask for in their own instructions.
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
pub(super) fn for_service(service: Principal) -> Statement {
    Statement::allow([
        Action::new("kms:Decrypt"),
        Action::new("kms:DescribeKey"),
        Action::new("kms:Encrypt"),
        Action::new("kms:GenerateDataKey"),
        Action::new("kms:GenerateDataKeyWithoutPlaintext"),
        Action::new("kms:ReEncryptFrom"),
        Action::new("kms:ReEncryptTo"),
    ])
    .principal(service)
}

/// Settings of a [`Key`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct KeyBuilder {
    aliases: Vec<String>,
    description: Option<String>,
    multi_region: bool,
    spec: KeySpec,
    rotation: Option<Duration>,
    pending_window: Duration,
    statements: Vec<Statement>,
}

impl KeyBuilder {
    /// A name for the key, `alias/shop`; called again, it adds another. Default: no alias.
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    /// What it is for, at most 8,192 characters. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Lets it have replicas in other regions, made with [`ReplicaKey`](super::ReplicaKey). Cannot be changed later.
    /// Default: one region.
    pub fn multi_region(mut self) -> Self {
        self.multi_region = true;
        self
    }

    /// What kind of key it is. Cannot be changed later. Default: [`KeySpec::Symmetric`].
    pub fn spec(mut self, spec: KeySpec) -> Self {
        self.spec = spec;
        self
    }

    /// How often KMS makes new material for a symmetric key, 90 to 2,560 days; it keeps the old, so nothing has to be
    /// encrypted again. Default: 365 days.
    pub fn rotated_every(mut self, period: Duration) -> Self {
        self.rotation = Some(period);
        self
    }

    /// Keeps the first material of a symmetric key forever. Default: it is rotated every 365 days.
    pub fn never_rotated(mut self) -> Self {
        self.rotation = None;
        self
    }

    /// How long a deletion can be taken back, 7 to 30 days. Default: 30 days.
    pub fn pending_window(mut self, window: Duration) -> Self {
        self.pending_window = window;
        self
    }

    /// Lets a service of AWS encrypt and decrypt with the key; narrow the principal by conditions. Default: the
    /// account alone.
    pub fn allow_service(mut self, service: Principal) -> Self {
        self.statements.push(for_service(service));
        self
    }

    /// Adds a statement to the key's policy. Default: the account alone.
    pub fn allow(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// Adds the key and its aliases.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> Key<'a> {
        let scope = scope.child(id);
        let window = rules::key_pending_window::checked(scope, self.pending_window);
        let rotation = rules::key_rotation::checked(scope, self.spec, self.rotation);
        let resource = kms::Key::new()
            .description(self.description)
            .key_policy(document::document([account_administers()]))
            .enable_key_rotation(rotation.is_some().then_some(true))
            .rotation_period_in_days(rotation)
            .pending_window_in_days(window)
            .multi_region(self.multi_region.then_some(true));
        let resource = self.spec.apply(resource);
        let handle = scope.add("Resource", resource);
        handle.deletion_policy(DeletionPolicy::Retain).update_replace_policy(UpdateReplacePolicy::Retain);
        let key = Key { scope, resource: KeyResource::Primary(handle) };
        for statement in self.statements {
            key.allow(statement);
        }
        add_aliases(key, &self.aliases);
        key
    }
}

/// The first is `Alias`, the others are numbered from two.
#[track_caller]
pub(super) fn add_aliases(key: Key<'_>, aliases: &[String]) {
    for (place, alias) in aliases.iter().enumerate() {
        let id = if place == 0 { "Alias".to_owned() } else { format!("Alias{}", place + 1) };
        if rules::key_alias::check(key.scope, alias) {
            key.scope.add(&id, kms::Alias::new().alias_name(alias).target_key_id(key.arn()));
        }
    }
}
