//! How clients of a cache show who they are.

use ce_cfn::elasticache;
use ce_synth::value::secret_field;
use ce_synth::{Region, Scope, Value};

use crate::security::{Key, Password, Secret};

/// The field of the secret's JSON that holds the token.
const FIELD: &str = "token";

/// How clients show who they are.
#[derive(Clone, Debug)]
pub enum CacheAccess {
    /// All with one token.
    Token(AccessToken),
    /// Each as a user with rights of its own.
    Users {
        /// The id of the group they form, unique in the account and region.
        group: String,
        /// The users.
        users: Vec<CacheUser>,
    },
}

impl CacheAccess {
    /// Users with rights of their own; whoever says nothing is refused.
    pub fn users(group: impl Into<String>, users: impl IntoIterator<Item = CacheUser>) -> Self {
        Self::Users { group: group.into(), users: users.into_iter().collect() }
    }
}

impl From<AccessToken> for CacheAccess {
    fn from(token: AccessToken) -> Self {
        Self::Token(token)
    }
}

/// The token that every client of a cache sends.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is given to a cache"]
pub struct AccessToken {
    pub(super) source: TokenSource,
}

#[derive(Clone, Debug)]
pub(super) enum TokenSource {
    Generated { secret_name: Option<String>, regions: Vec<Region> },
    Secret(String),
}

impl AccessToken {
    /// A token of 64 letters and digits, generated into a secret of the cache's own, as the field `token`.
    pub fn generated() -> Self {
        Self { source: TokenSource::Generated { secret_name: None, regions: Vec::new() } }
    }

    /// The token in the field `token` of a secret that is there already, such as the replica of another cache's.
    pub fn of_secret(name: impl Into<String>) -> Self {
        Self { source: TokenSource::Secret(name.into()) }
    }

    /// The name of the secret that is made. Default: CloudFormation names it.
    pub fn secret_named(mut self, name: impl Into<String>) -> Self {
        if let TokenSource::Generated { secret_name, .. } = &mut self.source {
            *secret_name = Some(name.into());
        }
        self
    }

    /// Keeps replicas of the secret that is made in other regions; its key must be multi-region. Default: one region.
    pub fn replicated_to(mut self, regions: impl IntoIterator<Item = Region>) -> Self {
        if let TokenSource::Generated { regions: known, .. } = &mut self.source {
            known.extend(regions);
        }
        self
    }

    /// The token, and the secret if one was made.
    #[track_caller]
    pub(super) fn make<'a>(&self, scope: Scope<'a>, key: &Key<'a>) -> (Value<String>, Option<Secret<'a>>) {
        match &self.source {
            TokenSource::Secret(name) => (secret_field(name, FIELD), None),
            TokenSource::Generated { secret_name, regions } => {
                let password = Password::new().length(64).without_punctuation();
                let mut secret = Secret::builder(key).generated_field(FIELD, password);
                if let Some(name) = secret_name {
                    secret = secret.named(name);
                }
                let secret = secret.replicated_to(regions.iter().copied()).build(scope, "Token");
                (secret.field(FIELD), Some(secret))
            }
        }
    }
}

/// A user of a cache, who signs in as a role of IAM.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is given to a cache"]
pub struct CacheUser {
    name: String,
    access: String,
}

impl CacheUser {
    /// A user of this name, unique in the account and region, who may do everything.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), access: "on ~* +@all".to_owned() }
    }

    /// What they may do, as an access string. Default: `on ~* +@all`, everything.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string>
    pub fn access(mut self, access: impl Into<String>) -> Self {
        self.access = access.into();
        self
    }

    /// The user's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn resource(&self, engine: &'static str) -> elasticache::User {
        use elasticache::user::{AuthenticationMode, Type};
        elasticache::User::new()
            .engine(engine)
            .user_id(&self.name)
            .user_name(&self.name)
            .access_string(&self.access)
            .authentication_mode(AuthenticationMode::new().type_(Type::IAM))
    }
}

/// The group of the users; Redis, unlike Valkey, wants a user `default` in it, who here may do nothing.
///
/// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html>
#[track_caller]
pub(super) fn make_group<'a>(
    scope: Scope<'a>,
    engine: &'static str,
    group: &str,
    users: &[CacheUser],
) -> elasticache::UserGroupRef<'a> {
    use elasticache::user::{AuthenticationMode, Type};
    let nobody = elasticache::User::new()
        .engine(engine)
        .user_id(format!("{group}-default"))
        .user_name("default")
        .access_string("off ~* -@all")
        .authentication_mode(AuthenticationMode::new().type_(Type::NO_PASSWORD_REQUIRED));
    let mut members = Vec::new();
    if engine == "redis" {
        members.push(scope.add("DefaultUser", nobody));
    }
    for (place, user) in users.iter().enumerate() {
        members.push(scope.add(&format!("User{}", place + 1), user.resource(engine)));
    }
    let group = elasticache::UserGroup::new().engine(engine).user_group_id(group).user_ids(members);
    scope.add("Users", group)
}
