use ce_constructs::security::{Parameter, Principal, Role};

use super::{built, of_type};

#[test]
fn by_default() {
    insta::assert_json_snapshot!(built(|stack| {
        let role = Role::builder(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Tasks");
        Parameter::flag("/shop/prod/features/gift-cards", true).build(stack, "GiftCards").grant_read(&role);
    }));
}

#[test]
fn options_reach_their_properties() {
    let resources = built(|stack| {
        Parameter::builder("limit", "500").described("orders a day").pattern("^[0-9]+$").build(stack, "Limit");
    });
    let parameter = of_type(&resources, "AWS::SSM::Parameter")[0];
    assert_eq!(parameter["Description"], "orders a day");
    assert_eq!(parameter["AllowedPattern"], "^[0-9]+$");
    assert_eq!(parameter["Type"], "String");
}
