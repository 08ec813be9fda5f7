//! Clusters, services on Fargate, their scaling, and their images.
//!
//! ```
//! # use ce_synth::{Account, App, Environment, Percent, Region, Scope, Tier};
//! # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! use ce_constructs::compute::{EcsCluster, FargateService, ImageSource, ImageVersion, TaskSize, Tracking};
//! use ce_constructs::network::Network;
//!
//! fn api<'a>(scope: Scope<'a>, network: &impl Network) -> FargateService<'a> {
//!     let cluster = EcsCluster::builder().build(scope, "Cluster");
//!     let image = ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("1.29"));
//!     let api = FargateService::builder(&cluster, network, image, TaskSize::new::<256, 512>())
//!         .port(8080)
//!         .build(scope, "Api");
//!     api.scaling(2..=10).track("Cpu", Tracking::cpu(Percent::new(70)));
//!     api
//! }
//! ```
//!
//! By default tasks are in private subnets without public addresses, on demand, on `X86_64`; their roles allow what their
//! image, secrets and logs need and nothing else; a new version replaces the old one task by task, never with fewer than
//! wanted, and goes back by itself when its tasks keep failing.
//!
//! What it does not do: tasks on machines of your own, daemons, Windows.

mod capacity;
mod checks;
mod cluster;
mod container;
mod container_health;
mod container_secret;
mod fargate_build;
mod fargate_builder;
mod fargate_service;
mod forecast;
mod function;
mod image;
mod inline_code;
mod pull_through_cache;
mod registry_replication;
mod repository;
mod rollout;
pub mod rules;
mod scaling;
mod schedule;
mod service_connect;
mod step_scaling;
mod task_size;
mod tracking;
mod watch;

pub use capacity::{Architecture, Capacity};
pub use cluster::{ContainerInsights, EcsCluster, EcsClusterBuilder};
pub use container::Container;
pub use container_health::ContainerHealth;
pub use container_secret::ContainerSecret;
pub use fargate_builder::FargateServiceBuilder;
pub use fargate_service::FargateService;
pub use forecast::Forecast;
pub use function::{LambdaFunction, LambdaFunctionBuilder};
pub use image::{ImageSource, ImageVersion};
pub use inline_code::InlineCode;
pub use pull_through_cache::{PullThroughCache, PullThroughCacheBuilder, UpstreamRegistry};
pub use registry_replication::{RegistryReplication, RegistryReplicationBuilder};
pub use repository::{Repository, RepositoryBuilder};
pub use rollout::Rollout;
pub use rules::RULES;
pub use scaling::ServiceScaling;
pub use schedule::Schedule;
pub use service_connect::ServiceConnect;
pub use step_scaling::{StepPolicy, StepScaling};
pub use task_size::{ParseTaskSizeError, TaskSize};
pub use tracking::Tracking;
