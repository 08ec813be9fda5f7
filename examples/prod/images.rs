//! Images: a repository for each service, copied to the standby's region.

use ce::compute::RegistryReplication;
use ce::prelude::*;

use super::settings::Settings;
use super::vault::Vault;

#[derive(Clone, Copy)]
pub struct Images<'a> {
    pub auth: Repository<'a>,
    pub core: Repository<'a>,
    pub agent: Repository<'a>,
    pub workflow: Repository<'a>,
}

impl<'a> Images<'a> {
    pub fn new(stack: Scope<'a>, settings: &Settings<'a>, vault: &Vault<'a>) -> Self {
        if let Some(region) = settings.standby() {
            RegistryReplication::builder(region).prefix("claude-enhancer").build(stack, "ImagesInStandby");
        }
        let repository = |name: &str| {
            Repository::builder()
                .named(settings.shared_name(name))
                .encrypted_by(&vault.data_key)
                .build(stack, &format!("{name}-images"))
        };
        Self {
            auth: repository("auth"),
            core: repository("core"),
            agent: repository("agent"),
            workflow: repository("workflow"),
        }
    }

    /// All of them, by the name of the service.
    pub fn all(&self) -> [(&'static str, Repository<'a>); 4] {
        [("auth", self.auth), ("core", self.core), ("agent", self.agent), ("workflow", self.workflow)]
    }
}
