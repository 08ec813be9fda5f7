//! Who can be granted something.

use super::Role;

/// Something that acts with a role: what grants take.
///
/// ```
/// # use ce_constructs::security::{Grantee, Key, Principal, Role};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// struct Worker<'a> {
///     role: Role<'a>,
/// }
///
/// impl Grantee for Worker<'_> {
///     fn role(&self) -> Role<'_> {
///         self.role
///     }
/// }
///
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// let worker = Worker { role: Role::builder(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Worker") };
/// let key = Key::builder().build(stack, "Key");
/// key.grants().decrypt(&worker);
/// ```
pub trait Grantee {
    /// The role that gets the permissions.
    fn role(&self) -> Role<'_>;
}

impl Grantee for Role<'_> {
    fn role(&self) -> Role<'_> {
        *self
    }
}

impl<G: Grantee + ?Sized> Grantee for &G {
    fn role(&self) -> Role<'_> {
        (**self).role()
    }
}
