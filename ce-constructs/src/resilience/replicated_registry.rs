//! Images of both regions.

use ce_cfn::ecr;
use ce_synth::{Expr, Scope};

use super::Site;
use crate::compute::RegistryReplication;

/// Images that the standby can pull from its own region: ECR copies what is pushed in the primary.
///
/// ```
/// use ce_constructs::resilience::{DrPair, ReplicatedRegistry};
/// use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// let app = App::new();
/// DrPair::builder(PROD, Region::US_WEST_2).build(&app, |site| {
///     ReplicatedRegistry::builder().prefix("shop/").build(site, site.stack("Images"), "Registry");
/// });
/// let assembly = app.synth()?;
/// assert!(assembly.template("Images").unwrap().contains("AWS::ECR::ReplicationConfiguration"));
/// assert!(assembly.template("StandbyImages").unwrap().contains("AWS::ECR::RepositoryCreationTemplate"));
/// # Ok::<(), ce_synth::Findings>(())
/// ```
///
/// By default every repository is copied, and the repositories that ECR makes in the standby have tags that stay with
/// their image. An account has one replication for each region, so one stack owns it. Images pushed before are not
/// copied: push them again.
#[derive(Clone, Copy)]
pub struct ReplicatedRegistry<'a> {
    replication: Option<RegistryReplication<'a>>,
}

/// Settings of a [`ReplicatedRegistry`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct ReplicatedRegistryBuilder {
    prefixes: Vec<String>,
    mutable_tags: bool,
}

impl<'a> ReplicatedRegistry<'a> {
    /// Copies of the primary's registry.
    pub fn builder() -> ReplicatedRegistryBuilder {
        ReplicatedRegistryBuilder { prefixes: Vec::new(), mutable_tags: false }
    }

    /// The replication; none in the standby.
    pub fn replication(self) -> Option<RegistryReplication<'a>> {
        self.replication
    }
}

impl ReplicatedRegistryBuilder {
    /// Only repositories whose names begin so, `shop/`. Default: all.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefixes.push(prefix.into());
        self
    }

    /// Lets tags move in the standby's repositories, as they do in the primary's. Default: a tag stays with its image.
    pub fn mutable_tags(mut self) -> Self {
        self.mutable_tags = true;
        self
    }

    /// Adds the replication in the primary; in the standby, what repositories that come by it are like.
    #[track_caller]
    pub fn build<'a>(self, site: &Site<'a>, scope: Scope<'a>, id: &str) -> ReplicatedRegistry<'a> {
        if site.is_primary() {
            let to = RegistryReplication::builder(site.standby_region());
            let replication = self.prefixes.into_iter().fold(to, crate::compute::RegistryReplicationBuilder::prefix);
            return ReplicatedRegistry { replication: Some(replication.build(scope, id)) };
        }
        let scope = scope.child(id);
        let mutability = if self.mutable_tags { "MUTABLE" } else { "IMMUTABLE" };
        // `ROOT` is ECR's word for every repository that no other template fits.
        let prefixes = if self.prefixes.is_empty() { vec!["ROOT".to_owned()] } else { self.prefixes };
        for (place, prefix) in prefixes.iter().enumerate() {
            let template = ecr::RepositoryCreationTemplate::new()
                .prefix(prefix.trim_end_matches('/'))
                .applied_for(Expr::list(["REPLICATION"]))
                .image_tag_mutability(mutability);
            let id = if place == 0 { "Template".to_owned() } else { format!("Template{}", place + 1) };
            scope.add(&id, template);
        }
        ReplicatedRegistry { replication: None }
    }
}
