//! The way from a commit to production.

mod approval;
mod builder;
mod checks;
mod container_image;
mod deployer;
mod deployment;
mod image_jobs;
mod program;
mod promotion;
mod security_scan;
mod service_version;
mod target;
mod task;
mod watch;

pub use approval::Approval;
pub use builder::{Pipeline, PipelineBuilder};
pub(super) use checks::toolchain;
pub use container_image::ContainerImage;
pub use deployer::Deployer;
pub use program::Program;
pub use promotion::Promotion;
pub use security_scan::{ScanThreshold, SecurityScan};
pub(in crate::delivery) use service_version::ServiceVersion;
pub use target::Target;
pub use task::Task;
pub use watch::Watch;
