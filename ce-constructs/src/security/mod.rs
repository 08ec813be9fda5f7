//! Who may do what, and what only they may read: roles, keys, secrets.
//!
//! ```
//! use ce_constructs::security::{Key, Principal, Role};
//! use ce_synth::{Account, App, Environment, Region, Tier};
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! let app = App::new();
//! let stack = app.stack("Shop", PROD);
//! let role = Role::builder(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Tasks");
//! let key = Key::builder().alias("alias/shop").build(stack, "Key");
//! key.grants().decrypt(&role);
//! app.synth()?;
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! By default keys are rotated yearly and stay when they leave the template, secrets are encrypted by a key of your
//! own, and what a role is allowed is listed action by action, resource by resource, in one policy.
//!
//! It makes no users and no access keys, and a secret's text cannot be written in a program.

mod action;
mod condition;
pub(crate) mod document;
mod grants;
mod hosted_rotation;
mod key;
mod key_grants;
mod key_spec;
mod managed_policy;
mod own_arn;
mod parameter;
mod password;
mod principal;
mod replica_key;
mod role;
mod rotation;
pub mod rules;
mod secret;
mod secret_contents;
mod secret_grants;
mod statement;

pub use action::{Action, ParseActionError};
pub use grants::Grantee;
pub use hosted_rotation::HostedRotation;
pub use key::{Key, KeyBuilder, KeyResource};
pub use key_grants::KeyGrants;
pub use key_spec::KeySpec;
pub use managed_policy::{ManagedPolicy, ManagedPolicyBuilder, aws_managed_policy};
pub use own_arn::own_arn;
pub use parameter::{Parameter, ParameterBuilder};
pub use password::Password;
pub use principal::Principal;
pub use replica_key::{ReplicaKey, ReplicaKeyBuilder};
pub use role::{Role, RoleBuilder};
pub use rotation::Rotation;
pub use rules::RULES;
pub use secret::{Secret, SecretBuilder, SecretTarget};
pub use secret_grants::SecretGrants;
pub use statement::Statement;
