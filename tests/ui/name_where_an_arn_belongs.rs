//! The `Ref` of a role is its name; the property wants its ARN.

use ce::cfn::{ecs, iam};
use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() {
    let app = App::new();
    let stack = app.stack("Shop", PROD);
    let role = stack.add("Role", iam::Role::new());
    stack.add("Task", ecs::TaskDefinition::new().task_role_arn(role));
}
