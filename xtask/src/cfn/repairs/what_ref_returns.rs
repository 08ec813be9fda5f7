//! What `Ref` returns, where the identifier's name does not tell.

use super::Repair;
use crate::cfn::model::Model;

pub(super) const REPAIRS: &[Repair] = &[
    ("refs_that_are_arns_by_name", refs_that_are_arns_by_name),
    ("refs_that_are_arns_though_called_id", refs_that_are_arns_though_called_id),
];

/// An identifier called `…Arn` is an ARN.
fn refs_that_are_arns_by_name(model: &mut Model) -> bool {
    let mut changed = false;
    for resource in model.types.values_mut() {
        let by_name = matches!(&resource.reference[..], [one] if one.to_ascii_lowercase().ends_with("arn"));
        resource.reference_is_arn |= by_name;
        changed |= by_name;
    }
    changed
}

/// Old registry schemas call the identifier `Id` where `Ref` gives the ARN, as each type's page says under "Ref".
fn refs_that_are_arns_though_called_id(model: &mut Model) -> bool {
    const TYPES: [&str; 1] = ["AWS::SecretsManager::Secret"];
    TYPES.iter().all(|name| {
        let Some(resource) = model.types.get_mut(*name) else { return false };
        let applies = !resource.reference_is_arn && resource.reference == ["Id"];
        resource.reference_is_arn = true;
        applies
    })
}
