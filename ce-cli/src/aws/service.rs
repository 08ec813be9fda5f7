//! The door to AWS: a call goes in, an answer comes out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aws_config::SdkConfig;
use ce_deploy::cloud::{Answer, Call, Failure, FailureKind, Place, Target};
use tokio::sync::{Mutex, OnceCell};

use super::clients::Clients;
use super::{
    Connection, RegistryLogin, clock, control, evidence, formation, identity, objects, permissions, registry, signed,
};

/// AWS as this process sees it: a set of clients for each target, made when it is first needed.
pub(crate) struct Aws {
    connection: Connection,
    bases: Mutex<BTreeMap<Option<String>, Arc<OnceCell<SdkConfig>>>>,
    clients: Mutex<BTreeMap<Target, Arc<OnceCell<Arc<Clients>>>>>,
}

impl Aws {
    /// No connection is made yet.
    pub(crate) fn new(connection: Connection) -> Self {
        Self { connection, bases: Mutex::default(), clients: Mutex::default() }
    }

    /// AWS, reached in this way, whatever the files and variables of this machine say.
    #[cfg(test)]
    pub(super) fn reached_by(config: SdkConfig) -> Self {
        let base = Arc::new(OnceCell::new_with(Some(config)));
        Self { bases: Mutex::new(BTreeMap::from([(None, base)])), ..Self::new(Connection::default()) }
    }

    /// Carries out a call, once.
    pub(crate) async fn call(&self, target: &Target, call: Call) -> Result<Answer, Failure> {
        let clients = self.clients(target).await?;
        match call {
            Call::Identity => identity::ask(&clients).await,
            Call::Parameter { name } => signed::parameter(&clients.config, &name).await,
            Call::Evidence(call) => evidence::ask(&clients.config, &call).await,
            Call::HeadObject { .. } | Call::PutObject { .. } => objects::ask(&clients, target, call).await,
            Call::GetResource { .. }
            | Call::CreateResource { .. }
            | Call::UpdateResource { .. }
            | Call::DescribeResourceRequest { .. } => control::ask(&clients.config, call).await,
            call => formation::ask(&clients.formation, call).await,
        }
    }

    /// The region that the profile or the variables name, if one does.
    pub(crate) async fn own_region(&self) -> Option<String> {
        self.base(None).await.ok()?.region().map(ToString::to_string)
    }

    /// The account that the credentials are of.
    pub(crate) async fn own_account(&self, region: &str) -> Result<String, Failure> {
        account_of(&*self.clients(&Target::new(Place::new("", region))).await?).await
    }

    /// What Docker logs in to the registry of a target with.
    pub(crate) async fn registry_login(&self, target: &Target) -> Result<RegistryLogin, Failure> {
        registry::login(&self.clients(target).await?.config).await
    }

    /// How many seconds this machine's clock is ahead of that of AWS. Nobody's credentials are needed.
    pub(crate) async fn clock(&self, target: &Target) -> Result<i64, Failure> {
        let profile = self.connection.profiles.get(&target.place.account);
        clock::ahead(&self.base(profile.cloned()).await?, &target.place.region).await
    }

    /// Those of the actions that a principal of a target may not do on a resource.
    pub(crate) async fn denied(
        &self,
        target: &Target,
        principal: &str,
        actions: &[&str],
        resource: &str,
    ) -> Result<BTreeSet<String>, Failure> {
        permissions::denied(&self.clients(target).await?.config, target, principal, actions, resource).await
    }

    /// How many stacks the account may have in a region.
    pub(crate) async fn stack_limit(&self, target: &Target) -> Result<usize, Failure> {
        formation::stack_limit(&self.clients(target).await?.formation).await
    }

    /// Whether a repository has an image with a tag.
    pub(crate) async fn has_image(&self, target: &Target, repository: &str, tag: &str) -> Result<bool, Failure> {
        registry::has_image(&self.clients(target).await?.config, repository, tag).await
    }

    async fn clients(&self, target: &Target) -> Result<Arc<Clients>, Failure> {
        let cell = Arc::clone(self.clients.lock().await.entry(target.clone()).or_default());
        cell.get_or_try_init(|| self.connect(target)).await.cloned()
    }

    /// Clients for a target, once it is sure that they speak for its account.
    async fn connect(&self, target: &Target) -> Result<Arc<Clients>, Failure> {
        let profile = self.connection.profiles.get(&target.place.account);
        let base = self.base(profile.cloned()).await?;
        let clients = Clients::of(target, &base).await;
        let refused = match account_of(&clients).await {
            Ok(account) => return own(target, &account, clients),
            Err(refused) => refused,
        };
        if target.role.is_none() || refused.kind != FailureKind::Denied {
            return Err(refused);
        }
        // As the stock CLI does: who is in the account already and may not assume the role works without it.
        let plain = Clients::of(&Target::new(target.place.clone()), &base).await;
        match account_of(&plain).await {
            Ok(account) if account == target.place.account => Ok(Arc::new(plain)),
            _ => Err(refused),
        }
    }

    async fn base(&self, profile: Option<String>) -> Result<SdkConfig, Failure> {
        let cell = Arc::clone(self.bases.lock().await.entry(profile.clone()).or_default());
        cell.get_or_try_init(|| self.connection.load(profile.as_deref())).await.cloned()
    }
}

async fn account_of(clients: &Clients) -> Result<String, Failure> {
    match identity::ask(clients).await? {
        Answer::Identity { account, .. } => Ok(account),
        _ => Err(Failure::garbled("no identity")),
    }
}

/// Nothing is ever sent to another account than the assembly says.
fn own(target: &Target, account: &str, clients: Clients) -> Result<Arc<Clients>, Failure> {
    let wanted = &target.place.account;
    if wanted.is_empty() || account == wanted {
        return Ok(Arc::new(clients));
    }
    let message = format!("the credentials are those of account {account}, the stack belongs to {wanted}");
    Err(Failure { kind: FailureKind::Denied, code: "WrongAccount".to_owned(), message })
}
