//! Secrets: texts that only those who may read them ever see.

use ce_cfn::{ids, secretsmanager};
use ce_synth::value::{account_id, partition, secret_field};
use ce_synth::{DeletionPolicy, IntoValue, ListOf, Region, Scope, UpdateReplacePolicy, Value, join};

use super::secret_contents::Contents;
use super::{Key, Password, Principal, Rotation, SecretGrants, Statement, document, rules};

/// A secret of Secrets Manager.
///
/// ```
/// # use ce_constructs::security::{Key, Password, Secret};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// let key = Key::builder().multi_region().build(stack, "Key");
/// let login = Secret::builder(&key)
///     .named("shop/prod/db/master")
///     .login("shop_admin", Password::new())
///     .replicated_to([Region::US_WEST_2])
///     .build(stack, "Login");
/// let password = login.field("password"); // read when CloudFormation deploys, never in a template
/// # let _ = password;
/// # app.synth().unwrap();
/// ```
///
/// By default it is one generated password of 32 characters, encrypted by the key it is given; it stays when it
/// leaves the template, and it is not rotated.
///
/// A program cannot say what a secret's text is: what it wrote would stand in the template and in the repository.
/// Secrets that come from elsewhere are made [`filled_by_hand`](SecretBuilder::filled_by_hand).
#[derive(Clone)]
pub struct Secret<'a> {
    scope: Scope<'a>,
    resource: Option<secretsmanager::SecretRef<'a>>,
    name: Option<String>,
    key: Key<'a>,
}

impl<'a> Secret<'a> {
    /// A secret that is encrypted by a key of your own: the account's shared key could not be used by others, and
    /// whoever may use Secrets Manager may use it.
    pub fn builder(key: &Key<'a>) -> SecretBuilder<'a> {
        SecretBuilder {
            key: *key,
            name: None,
            description: None,
            contents: Contents::Password(Password::new()),
            replicas: Vec::new(),
            rotation: None,
            readers: Vec::new(),
        }
    }

    /// A secret that is there already, by its name: one made elsewhere, or the replica a standby region has. Adds
    /// nothing to the template.
    pub fn existing(scope: Scope<'a>, name: impl Into<String>, key: &Key<'a>) -> Self {
        Self { scope, resource: None, name: Some(name.into()), key: *key }
    }

    /// The secret's ARN; of an existing one without the six characters that Secrets Manager adds, as the API takes it.
    pub fn arn(&self) -> Value<ids::SecretsManagerSecretArn> {
        match (&self.resource, &self.name) {
            (Some(secret), _) => secret.ref_(),
            (None, name) => self.arn_of(name.as_deref().unwrap_or_default()),
        }
    }

    fn arn_of(&self, name: &str) -> Value<ids::SecretsManagerSecretArn> {
        let region = self.scope.region().as_str();
        join!["arn:", partition(), ":secretsmanager:", region, ":", account_id(), ":secret:", name].cast()
    }

    /// The ARN as policies match it.
    pub(super) fn arn_in_policies(&self) -> Value<String> {
        match (&self.resource, &self.name) {
            (Some(secret), _) => secret.into_value(),
            (None, name) => self.arn_of(&format!("{}-??????", name.as_deref().unwrap_or_default())).cast(),
        }
    }

    /// The secret's name if it was given one, else its ARN, which stands for the name wherever one is asked for.
    pub fn name(&self) -> Value<String> {
        self.name.as_ref().map_or_else(|| self.arn().cast(), IntoValue::into_value)
    }

    /// What containers and dynamic references find it by: its ARN, or the name of an existing one.
    pub fn locator(&self) -> Value<ids::SecretsManagerSecret> {
        self.resource.map_or_else(|| self.name().cast(), IntoValue::into_value)
    }

    /// A field of the secret's JSON, read when CloudFormation deploys; only resource properties may hold it.
    pub fn field(&self, field: &str) -> Value<String> {
        secret_field(self.locator(), field)
    }

    /// The whole text of a secret that is not JSON, read when CloudFormation deploys; only resource properties may
    /// hold it.
    pub fn text(&self) -> Value<String> {
        join!["{{resolve:secretsmanager:", self.locator(), "}}"]
    }

    /// The resource, for what this block does not set.
    /// There is none for an existing secret.
    pub fn secret(&self) -> Option<secretsmanager::SecretRef<'a>> {
        self.resource
    }

    /// The key that encrypts it.
    pub fn key(&self) -> Key<'a> {
        self.key
    }

    /// The scope of the secret and of what belongs to it.
    pub fn scope(&self) -> Scope<'a> {
        self.scope
    }

    /// What others may be allowed to do with it.
    pub fn grants(&self) -> SecretGrants<'_, 'a> {
        SecretGrants::new(self)
    }

    /// Adds the address, port, engine and name of a database to the secret's JSON, which rotation needs.
    #[track_caller]
    pub fn attach_to(&self, target: SecretTarget) -> secretsmanager::SecretTargetAttachmentRef<'a> {
        let (kind, id) = target.parts();
        let attachment = secretsmanager::SecretTargetAttachment::new().secret_id(self.locator());
        self.scope.add("TargetAttachment", attachment.target_id(id).target_type(kind))
    }

    /// Rotates the secret. A database's login is attached to the database first.
    #[track_caller]
    pub fn rotate(&self, rotation: Rotation) -> secretsmanager::RotationScheduleRef<'a> {
        rotation.place(self)
    }

    /// Adds a statement to the secret's own policy, made at the first; its resource is the secret, written `*`.
    #[track_caller]
    pub fn allow(&self, statement: Statement) -> &Self {
        let statement = if statement.resources().is_empty() { statement.on(["*"]) } else { statement };
        statement.check_for_resource(self.scope);
        let policy = match self.scope.find::<secretsmanager::ResourcePolicy>("Policy") {
            Some(policy) => policy,
            None => self.make_policy(),
        };
        let mut text = policy.peek("ResourcePolicy").unwrap_or_else(|| document::document([]));
        document::push(&mut text, statement);
        policy.update(|policy| policy.resource_policy(text));
        self
    }

    #[track_caller]
    fn make_policy(&self) -> secretsmanager::ResourcePolicyRef<'a> {
        let policy = secretsmanager::ResourcePolicy::new().secret_id(self.locator()).block_public_policy(true);
        self.scope.add("Policy", policy)
    }
}

/// The database a login is for.
#[derive(Clone, Debug)]
pub enum SecretTarget {
    /// A cluster of RDS, by its identifier.
    RdsCluster(Value<ids::RdsDbCluster>),
    /// An instance of RDS, by its identifier.
    RdsInstance(Value<ids::RdsDbInstance>),
}

impl SecretTarget {
    fn parts(self) -> (&'static str, Value<String>) {
        match self {
            Self::RdsCluster(id) => ("AWS::RDS::DBCluster", id.cast()),
            Self::RdsInstance(id) => ("AWS::RDS::DBInstance", id.cast()),
        }
    }
}

/// Settings of a [`Secret`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct SecretBuilder<'a> {
    key: Key<'a>,
    name: Option<String>,
    description: Option<String>,
    contents: Contents,
    replicas: Vec<(Region, Option<Value<ids::KmsKey>>)>,
    rotation: Option<Rotation>,
    readers: Vec<Principal>,
}

impl<'a> SecretBuilder<'a> {
    /// The secret's name, at most 512 letters, digits and `/_+=.@-`; replicas have it too. Default: CloudFormation
    /// names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What it is for. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Makes the whole secret one generated password. Default: this, with [`Password::new`].
    pub fn generated(mut self, password: Password) -> Self {
        self.contents = Contents::Password(password);
        self
    }

    /// Makes the secret JSON with a field that is generated; [`field`](Self::field) adds others that are references.
    /// Default: the whole secret is one password.
    pub fn generated_field(mut self, field: impl Into<String>, password: Password) -> Self {
        self.contents = self.contents.with_generated(field.into(), password);
        self
    }

    /// Makes the secret JSON with `username`, which is no secret, and a generated `password`: what databases take.
    /// Default: the whole secret is one password.
    pub fn login(mut self, username: &str, password: Password) -> Self {
        self.contents = self.contents.with_generated("password".to_owned(), password);
        self.contents = self.contents.with_fixed("username".to_owned(), username.into_value());
        self
    }

    /// Adds a field to the JSON that refers to something: an endpoint, a port, a field of another secret. A literal is
    /// refused (`CE5117`). Default: no other fields.
    pub fn field(mut self, field: impl Into<String>, reference: impl IntoValue<String>) -> Self {
        self.contents = self.contents.with_reference(field.into(), reference.into_value());
        self
    }

    /// Makes the secret one text put together from fields of other secrets, as a connection string is. What refers to
    /// no secret is refused (`CE5117`). Default: one generated password.
    ///
    /// ```
    /// # use ce_constructs::security::{Key, Password, Secret};
    /// # use ce_synth::{Account, App, Environment, Region, Tier, join};
    /// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
    /// # let app = App::new();
    /// # let stack = app.stack("Shop", PROD);
    /// # let key = Key::builder().build(stack, "Key");
    /// let login = Secret::builder(&key).login("shop", Password::new()).build(stack, "Login");
    /// let url = join!["postgresql://shop:", login.field("password"), "@db.internal:5432/shop"];
    /// Secret::builder(&key).composed_of(url).build(stack, "DatabaseUrl");
    /// # app.synth().unwrap();
    /// ```
    pub fn composed_of(mut self, text: Value<String>) -> Self {
        self.contents = Contents::Composed(text);
        self
    }

    /// Makes the secret empty, to be filled by someone who has its text: keys of other companies. Default: one
    /// generated password.
    pub fn filled_by_hand(mut self) -> Self {
        self.contents = Contents::Empty;
        self
    }

    /// Keeps replicas in other regions, encrypted there by the replica of a multi-region key. Default: one region.
    pub fn replicated_to(mut self, regions: impl IntoIterator<Item = Region>) -> Self {
        self.replicas.extend(regions.into_iter().map(|region| (region, None)));
        self
    }

    /// Keeps a replica in another region, encrypted by a key there. Default: one region.
    pub fn replicated_with(mut self, region: Region, key: impl IntoValue<ids::KmsKey>) -> Self {
        self.replicas.push((region, Some(key.into_value())));
        self
    }

    /// Rotates it. Default: it is not rotated.
    pub fn rotated(mut self, rotation: Rotation) -> Self {
        self.rotation = Some(rotation);
        self
    }

    /// Lets someone read it by its own policy, as another account needs; the key must allow them too. Default: the
    /// account's own policies decide.
    pub fn readable_by(mut self, principal: Principal) -> Self {
        self.readers.push(principal);
        self
    }

    /// Adds the secret.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> Secret<'a> {
        let scope = scope.child(id);
        rules::secret_name::check(scope, self.name.as_deref());
        rules::secret_replicas::check(scope, &self.replicas, self.key);
        self.contents.check(scope);
        let key = self.key;
        let resource = secretsmanager::Secret::new()
            .name(self.name.as_deref())
            .description(self.description)
            .kms_key_id(key.arn())
            .generate_secret_string(self.contents.generator())
            .secret_string(self.contents.text())
            .replica_regions(replicas(&self.replicas, key));
        let handle = scope.add("Resource", resource);
        handle.deletion_policy(DeletionPolicy::Retain).update_replace_policy(UpdateReplacePolicy::Retain);
        let secret = Secret { scope, resource: Some(handle), name: self.name, key };
        for reader in self.readers {
            secret.allow(Statement::allow(super::secret_grants::READ).principal(reader));
        }
        if let Some(rotation) = self.rotation {
            secret.rotate(rotation);
        }
        secret
    }
}

/// The id of a multi-region key is the same in every region, so a replica names the key of its own region by it.
fn replicas(
    replicas: &[(Region, Option<Value<ids::KmsKey>>)],
    key: Key<'_>,
) -> Option<Value<ListOf<secretsmanager::secret::ReplicaRegion>>> {
    let replica = |(region, own): &(Region, Option<Value<ids::KmsKey>>)| {
        let key = own.clone().unwrap_or_else(|| key.id());
        secretsmanager::secret::ReplicaRegion::new().region(region.as_str()).kms_key_id(key)
    };
    let all: Vec<_> = replicas.iter().map(replica).collect();
    (!all.is_empty()).then(|| all.into_value())
}
