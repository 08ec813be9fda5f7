//! Stacks as an assembly holds them, made by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Stack, StackId};
use ce_deploy::cloud::{Place, Target};
use ce_deploy::digest::sha256;

/// An assembly of these stacks.
pub(crate) fn assembly(stacks: Vec<Stack>) -> Arc<Assembly> {
    Arc::new(Assembly { folder: "ce.out".into(), digest: sha256("both"), stacks, assets: Vec::new() })
}

/// A stack that needs others, named as it is called in small letters.
pub(crate) fn stack(id: &str, template: &str, needs: &[&str]) -> Stack {
    let place = Place::new("111111111111", "eu-west-1");
    Stack {
        id: StackId::new(id),
        name: id.to_lowercase(),
        template: Arc::from(template),
        template_digest: sha256(template),
        template_url: None,
        parameters: BTreeMap::new(),
        kept: Vec::new(),
        tags: BTreeMap::new(),
        termination_protection: None,
        notification_arns: None,
        target: Target::new(place.clone()),
        place,
        lookup: None,
        execution_role: None,
        bootstrap: None,
        needs: needs.iter().map(|need| StackId::new(*need)).collect(),
        assets: Vec::new(),
        origins: BTreeMap::new(),
        nested: BTreeMap::new(),
    }
}
