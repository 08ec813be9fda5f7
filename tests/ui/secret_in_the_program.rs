//! The value of a secret is never in the program.

use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() {
    let app = App::new();
    let stack = app.stack("Shop", PROD);
    let key = Key::builder().build(stack, "Key");
    Secret::builder(&key).value("hunter2").build(stack, "Login");
}
