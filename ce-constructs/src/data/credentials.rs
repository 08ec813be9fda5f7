//! Who a database's first user is, and where their password is kept.

use ce_synth::Region;

use crate::security::{Key, Password, Rotation, Secret};
use ce_synth::Scope;

/// Where the password of a database's first user comes from.
#[derive(Clone)]
pub enum Credentials {
    /// A secret of the construct's own, generated.
    Generated(Box<Login>),
    /// A secret that RDS makes, keeps and rotates every seven days.
    Managed(ManagedLogin),
}

impl Credentials {
    /// The user's name.
    pub fn username(&self) -> &str {
        match self {
            Self::Generated(login) => &login.username,
            Self::Managed(login) => &login.username,
        }
    }
}

impl Default for Credentials {
    fn default() -> Self {
        Login::new("dbadmin").into()
    }
}

/// A user whose password is generated into a secret of the construct's own: it can be named, replicated, rotated.
///
/// ```
/// use ce_constructs::data::Login;
/// use ce_synth::Region;
/// let login = Login::new("shop").secret_named("shop/prod/db").replicated_to([Region::US_WEST_2]);
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until it is given to a database"]
pub struct Login {
    username: String,
    secret_name: Option<String>,
    regions: Vec<Region>,
    rotation: Option<Rotation>,
}

impl Login {
    /// A user of this name.
    pub fn new(username: impl Into<String>) -> Self {
        Self { username: username.into(), secret_name: None, regions: Vec::new(), rotation: None }
    }

    /// The secret's name. Default: CloudFormation names it.
    pub fn secret_named(mut self, name: impl Into<String>) -> Self {
        self.secret_name = Some(name.into());
        self
    }

    /// Keeps replicas of the secret in other regions; its key must be multi-region. Default: one region.
    pub fn replicated_to(mut self, regions: impl IntoIterator<Item = Region>) -> Self {
        self.regions.extend(regions);
        self
    }

    /// Rotates the password, after the database exists. Default: it is not rotated.
    pub fn rotated(mut self, rotation: Rotation) -> Self {
        self.rotation = Some(rotation);
        self
    }

    #[track_caller]
    pub(super) fn make_secret<'a>(&self, scope: Scope<'a>, key: &Key<'a>) -> Secret<'a> {
        let mut secret = Secret::builder(key).login(&self.username, Password::new());
        if let Some(name) = &self.secret_name {
            secret = secret.named(name);
        }
        secret.replicated_to(self.regions.iter().copied()).build(scope, "Secret")
    }

    pub(super) fn rotation(&self) -> Option<&Rotation> {
        self.rotation.as_ref()
    }
}

impl From<Login> for Credentials {
    fn from(login: Login) -> Self {
        Self::Generated(Box::new(login))
    }
}

/// A user whose password RDS makes and rotates. Not for global databases.
#[derive(Clone, Debug)]
pub struct ManagedLogin {
    username: String,
}

impl ManagedLogin {
    /// A user of this name.
    pub fn new(username: impl Into<String>) -> Self {
        Self { username: username.into() }
    }
}

impl From<ManagedLogin> for Credentials {
    fn from(login: ManagedLogin) -> Self {
        Self::Managed(login)
    }
}
