//! A cloud assembly as a deployer needs it: stacks with their templates, what they need, and files to publish.
//!
//! What for: everything a deployment does starts from an [`Assembly`]. It may be ours (`ce.out`) or aws-cdk's
//! (`cdk.out`); both have a `manifest.json`.
//!
//! ```
//! use ce_deploy::assembly::Assembly;
//! # use ce_synth::{Account, App, Environment, Expr, Region, Tier};
//! # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! # let app = App::new();
//! # app.stack("Mail", PROD).raw("Inbox", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
//! # let folder = std::env::temp_dir().join(format!("ce-deploy-assembly-{}", std::process::id()));
//! # app.synth()?.write(&folder)?;
//! let assembly = Assembly::read(&folder)?;
//! let stack = &assembly.stacks[0];
//! assert_eq!(stack.place.to_string(), "111111111111/eu-west-1");
//! assert!(stack.origins.values().any(|origin| origin.path == "Mail/Inbox"));
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What you get: stacks in an order they can be deployed in, placeholders filled in, every file read and its digest
//! taken. An assembly is not trusted: a path that leads out of its folder, a program to run, a file that is too large, a
//! key that is there twice, a circle, a stack that is there twice: all are refused before AWS is asked anything.
//!
//! What it does not do: make an assembly, fill in context that is missing, or publish assets the old way (parameters
//! that name a bucket).

mod artifacts;
mod asset;
mod asset_manifest;
mod cloud_assembly;
mod content;
mod error;
mod facts;
mod folder;
mod metadata;
mod nested;
mod order;
mod placeholders;
mod reading;
mod stack;
mod stack_artifact;

pub use asset::{Asset, AssetId, Destination, DockerImage, Packaging, Source};
pub use cloud_assembly::Assembly;
pub use error::AssemblyError;
pub(crate) use placeholders::{dns_suffix, partition};
pub use reading::Reading;
pub use stack::{Bootstrap, KeptParameter, Origin, Stack, StackId};
