//! Assemblies to deploy.

use std::collections::BTreeMap;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Stack, StackId};
use ce_deploy::cloud::{Place, Target};
use ce_deploy::digest::sha256;
use ce_deploy::engine::{Deployment, Judge, Options};

pub(crate) fn place() -> Place {
    Place::new("111111111111", "eu-west-1")
}

/// A stack with a template, after those it needs.
pub(crate) fn stack(id: &str, template: &str, needs: &[&str]) -> Stack {
    Stack {
        id: StackId::new(id),
        name: id.to_lowercase(),
        place: place(),
        template: Arc::from(template),
        template_digest: sha256(template),
        template_url: None,
        parameters: BTreeMap::new(),
        kept: Vec::new(),
        tags: BTreeMap::new(),
        termination_protection: None,
        notification_arns: None,
        target: Target::new(place()),
        lookup: None,
        execution_role: None,
        bootstrap: None,
        needs: needs.iter().map(|need| StackId::new(*need)).collect(),
        assets: Vec::new(),
        origins: BTreeMap::new(),
        nested: BTreeMap::new(),
    }
}

/// A template with one resource and one output.
pub(crate) fn template(version: u32, output: &str) -> String {
    format!(
        r#"{{"Resources":{{"Thing":{{"Type":"AWS::SQS::Queue","Properties":{{"DelaySeconds":{version}}}}}}},"Outputs":{{"Out":{{"Value":"{output}"}}}}}}"#
    )
}

/// A template whose resource cannot be made.
pub(crate) fn failing() -> String {
    r#"{"Resources":{"Fails":{"Type":"AWS::SQS::Queue","Metadata":{"ce:simulate":{"fail":["create"],"reason":"it was made to fail"}}}}}"#.to_owned()
}

/// A template that reads an output of another stack.
pub(crate) fn reading(stack: &str) -> String {
    let read = format!(r#"{{"Fn::GetStackOutput":{{"StackName":"{stack}","OutputName":"Out"}}}}"#);
    format!(
        r#"{{"Resources":{{"Thing":{{"Type":"AWS::SNS::Topic","Properties":{{"DisplayName":{read}}}}}}},"Outputs":{{"Seen":{{"Value":{read}}}}}}}"#
    )
}

pub(crate) fn assembly(stacks: Vec<Stack>) -> Arc<Assembly> {
    let digest = sha256(stacks.iter().map(|stack| stack.template_digest.clone()).collect::<String>());
    Arc::new(Assembly { folder: "ce.out".into(), digest, stacks, assets: Vec::new() })
}

pub(crate) fn nothing_is_risky() -> Judge {
    Judge::new(|_| Vec::new())
}

pub(crate) fn deploy(assembly: &Arc<Assembly>) -> Deployment {
    deploy_with(assembly, Options::default())
}

pub(crate) fn deploy_with(assembly: &Arc<Assembly>, options: Options) -> Deployment {
    Deployment::deploy(assembly.clone(), nothing_is_risky(), options)
}
