//! Delivery: workflows of GitHub Actions, and the roles they act with.
//!
//! ```
//! use ce_constructs::delivery::{
//!     Approval, GitHubProvider, GitHubRepository, GitHubRole, Pipeline, Program, Subject, Target,
//! };
//! use ce_synth::{Account, App, Environment, Region, Tier};
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! const SHOP: GitHubRepository = GitHubRepository::new("example/shop");
//! let app = App::new();
//! let stack = app.stack("Delivery", PROD);
//! let github = GitHubProvider::build(stack, "GitHub");
//! let deploy = GitHubRole::builder("shop-prod-deploy", &github, SHOP, Subject::environment("production"))
//!     .deploys(["shop-*"])
//!     .build(stack, "Deploy");
//! Pipeline::builder()
//!     .target(Target::new("production", PROD, &deploy, Program::example("prod")).approval(Approval::new("approval")))
//!     .build(stack, "Pipeline");
//! let assembly = app.synth()?;
//! assert!(assembly.file("workflows/deploy.yml").is_some());
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! By default no key is kept anywhere: a role trusts the jobs of one environment, may change stacks of its names, and has
//! no right on any service; actions are pinned to commits; scripts take what others say as variables; the deployment is
//! done by the stock CLI of the CDK from the assembly that was tested.
//!
//! Workflows are files of the assembly, in `workflows/`. Copy them to `.github/workflows` and commit them: GitHub runs
//! what is committed, and the pipeline fails when the two differ. Environments and their reviewers are set on GitHub.
//!
//! It runs nothing: GitHub does.

mod freeze;
mod github_repository;
mod identity;
mod infrastructure;
mod pipeline;
mod recovery_test;
pub mod rules;
mod traffic_shift;
mod workflow;

pub use freeze::DeployFreeze;
pub use github_repository::{GitHubRepository, ParseGitHubRepositoryError};
pub use identity::{AssumedRole, GitHubProvider, GitHubRole, GitHubRoleBuilder, Subject};
pub use infrastructure::InfrastructureReview;
pub use pipeline::{
    Approval, ContainerImage, Deployer, Pipeline, PipelineBuilder, Program, Promotion, ScanThreshold, SecurityScan,
    Target, Task, Watch,
};
pub use recovery_test::RecoveryTest;
pub use rules::RULES;
pub use traffic_shift::TrafficShift;
pub use workflow::{
    ActionRef, Concurrency, Job, JobStep, ParseActionRefError, PermissionScope, Permissions, Trigger, Workflow,
    WorkflowFile,
};

use identity::execution_role;
