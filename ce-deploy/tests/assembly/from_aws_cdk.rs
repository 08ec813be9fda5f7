//! An assembly that aws-cdk 2 wrote (`from_aws_cdk/`): a stack with a nested one, a function and an image, another that
//! reads of it, and both once more in a stage. Reports and the tree were taken out; folders of the machine are `/app`.

use std::path::Path;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::difference::Difference;
use ce_deploy::risk::assess;
use ce_deploy::template::Version;

fn assembly() -> Assembly {
    Assembly::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/assembly/from_aws_cdk")).unwrap()
}

#[test]
fn it_is_read_whole() {
    let assembly = assembly();
    let stacks: Vec<String> =
        assembly.stacks.iter().map(|stack| format!("{} {} {}", stack.id, stack.name, stack.place)).collect();
    assert_eq!(
        stacks,
        [
            "Shop Shop 111111111111/eu-west-1",
            "Use Use 111111111111/eu-west-1",
            "Prod/Shop Prod-Shop 222222222222/us-east-1",
            "Prod/Use Prod-Use 222222222222/us-east-1",
        ]
    );
    assert_eq!(assembly.stacks[3].needs, [StackId::new("Prod/Shop")]);
    assert_eq!(assembly.assets.len(), 6, "code, image and nested template for each place");
    let shop = &assembly.stacks[0];
    assert_eq!(shop.nested.len(), 1);
    let (_, queue) = shop.origins.iter().find(|(id, _)| id.starts_with("Queue")).unwrap();
    assert_eq!((queue.path.as_str(), queue.source.as_deref()), ("Shop/Queue/Resource", Some("/app/app.js:6:66")));
}

#[test]
fn risks_of_its_nested_stack_say_their_construct_and_line() {
    let assembly = assembly();
    let shop = &assembly.stacks[0];
    let version = Version::of_stack(shop).unwrap();
    let difference = Difference::between(None, Some(&version), &ce_cfn::SCHEMAS);
    let risks = assess(&shop.id, &shop.origins, &difference);
    let nested = risks.iter().find(|risk| risk.rule == "trust-policy" && risk.logical_id.contains('.')).unwrap();
    assert_eq!(nested.origin.path, "Shop/Inner/Role/Resource");
    assert!(nested.origin.source.as_deref().is_some_and(|line| line.starts_with("/app/app.js:")), "{nested:?}");
    let same = Difference::between(Some(&version), Some(&version), &ce_cfn::SCHEMAS);
    assert!(same.is_empty(), "{}", same.text());
}
