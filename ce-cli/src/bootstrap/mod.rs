//! What a place must have before assemblies are deployed to it, as a stack.
//!
//! Names and logical ids are those of the stock bootstrap stack (version 32), so either tool updates what the other made,
//! and both deploy to it. Not in it: what pipelines of the stock library need across accounts.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Stack, StackId};
use ce_deploy::cloud::{Place, Secret, Target};
use ce_deploy::digest::sha256;

/// The template.
pub(crate) const TEMPLATE: &str = include_str!("template.json");
/// The name of the stack, as the stock CLI has it.
const STACK: &str = "CDKToolkit";

/// How a place is prepared.
#[derive(Clone, Debug)]
pub(crate) struct Preparation {
    /// Accounts that may deploy to it.
    pub(crate) trust: Vec<String>,
    /// The policies CloudFormation works with.
    pub(crate) execution_policies: Vec<String>,
    /// What stands in all names.
    pub(crate) qualifier: String,
}

/// An assembly of one stack for each place; each goes its own way.
pub(crate) fn assembly(places: &[Place], preparation: &Preparation, folder: PathBuf) -> Assembly {
    let stacks: Vec<Stack> = places.iter().map(|place| stack(place, preparation)).collect();
    let digest = sha256(stacks.iter().map(|stack| stack.id.as_str()).collect::<Vec<_>>().join("\n") + TEMPLATE);
    Assembly { folder, digest, stacks, assets: Vec::new() }
}

fn stack(place: &Place, preparation: &Preparation) -> Stack {
    let parameters = [
        ("Qualifier", preparation.qualifier.clone()),
        ("TrustedAccounts", preparation.trust.join(",")),
        ("CloudFormationExecutionPolicies", preparation.execution_policies.join(",")),
    ];
    let parameters = parameters.into_iter().map(|(name, value)| (name.to_owned(), Secret::new(value))).collect();
    Stack {
        id: StackId::new(format!("{STACK}/{place}")),
        name: STACK.to_owned(),
        place: place.clone(),
        template: Arc::from(TEMPLATE),
        template_digest: sha256(TEMPLATE),
        template_url: None,
        parameters,
        kept: Vec::new(),
        tags: BTreeMap::new(),
        termination_protection: Some(true),
        notification_arns: None,
        target: Target::new(place.clone()),
        execution_role: None,
        lookup: None,
        nested: BTreeMap::new(),
        bootstrap: None,
        needs: Vec::new(),
        assets: Vec::new(),
        origins: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::TEMPLATE;

    fn template() -> Value {
        serde_json::from_str(TEMPLATE).unwrap()
    }

    /// What manifests of cloud assemblies name. Source: `assumeRoleArn`, `cloudFormationExecutionRoleArn`, `lookupRole` and
    /// the destinations of assets in an assembly made by aws-cdk 2.
    #[test]
    fn names_are_those_that_assemblies_use() {
        let resources = &template()["Resources"];
        let roles = [
            ("DeploymentActionRole", "deploy-role"),
            ("CloudFormationExecutionRole", "cfn-exec-role"),
            ("LookupRole", "lookup-role"),
            ("FilePublishingRole", "file-publishing-role"),
            ("ImagePublishingRole", "image-publishing-role"),
        ];
        for (id, name) in roles {
            let expected = format!("cdk-${{Qualifier}}-{name}-${{AWS::AccountId}}-${{AWS::Region}}");
            assert_eq!(resources[id]["Properties"]["RoleName"]["Fn::Sub"], expected.as_str());
        }
        let bucket = "cdk-${Qualifier}-assets-${AWS::AccountId}-${AWS::Region}";
        assert_eq!(resources["StagingBucket"]["Properties"]["BucketName"]["Fn::Sub"], bucket);
        let parameter = &resources["CdkBootstrapVersion"]["Properties"];
        assert_eq!(parameter["Name"]["Fn::Sub"], "/cdk-bootstrap/${Qualifier}/version");
        assert_eq!(parameter["Value"], "32");
    }

    #[test]
    fn the_bucket_is_closed() {
        let bucket = &template()["Resources"]["StagingBucket"];
        assert_eq!(bucket["DeletionPolicy"], "Retain");
        assert_eq!(bucket["Properties"]["VersioningConfiguration"]["Status"], "Enabled");
        let block = bucket["Properties"]["PublicAccessBlockConfiguration"].as_object().unwrap();
        assert!(block.len() == 4 && block.values().all(|on| *on == true));
        let policy = &template()["Resources"]["StagingBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"][0];
        assert_eq!(
            (&policy["Effect"], &policy["Condition"]["Bool"]["aws:SecureTransport"]),
            (&"Deny".into(), &"false".into())
        );
    }

    #[test]
    fn it_is_small_enough_to_be_sent() {
        assert!(TEMPLATE.len() <= 51_200);
    }
}
