//! Typed cloud-architecture building blocks that synthesize AWS CloudFormation.
//!
//! ```
//! use ce::prelude::*;
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//!
//! fn platform(app: &App) {
//!     let network = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(app.stack("Network", PROD), "Vpc");
//!     let cluster = EcsCluster::builder().build(app.stack("Compute", PROD), "Cluster");
//!     # let _ = (network, cluster);
//! }
//!
//! let app = App::new();
//! platform(&app);
//! let assembly = app.synth()?;
//! assert!(assembly.template("Network").unwrap().contains("AWS::EC2::VPC"));
//! # Ok::<(), Findings>(())
//! ```
//!
//! An app's `main` is `ce::run(platform)`: it reads the few flags an app needs, synthesizes, writes the cloud assembly
//! to `ce.out/` and prints one screen; see [`run()`]. With `ce::app(platform).report(costs).run()` it also writes what
//! `costs` computes from the finished assembly; see [`app()`](run::app). The crates below are re-exported whole: [`synth`] (tree, values,
//! findings), [`cfn`] (every `AWS::*` type; switch on a service with a feature of `ce-cfn`), [`constructs`] (the blocks).
//!
//! It does not talk to AWS: the assembly is deployed with `ce` (the crate `ce-cli`), with `cdk`, with CloudFormation's own tools, or by a pipeline.

pub use ce_constructs::{
    backup, compute, configuration, data, delivery, edge, governance, network, observe, operations, resilience,
    runbooks, security, storage,
};

pub use ce_cfn as cfn;
pub use ce_constructs as constructs;
pub use ce_synth as synth;

pub mod prelude;
pub mod run;

pub use run::{app, run};

/// The programs of the front page compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
