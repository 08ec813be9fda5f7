//! The job that builds images.

use ce_synth::{Duration, Environment};

use super::container_image::registry;
use super::{ContainerImage, SecurityScan};
use crate::delivery::{AssumedRole, Job, JobStep};

pub(super) fn build_images(images: &[ContainerImage], role: &AssumedRole, scan: Option<&SecurityScan>) -> Job {
    let mut job = Job::new().named("Build images").timeout(Duration::hours(1)).step(JobStep::check_out());
    if scan.is_some() {
        job = job.step(SecurityScan::install());
    }
    // Docker keeps what each registry gave it, so that one sign-in is enough for all images.
    for (environment, role) in places(images, role) {
        let host = registry(environment);
        let login = format!("aws ecr get-login-password | docker login --username AWS --password-stdin {host}");
        job = job.step(JobStep::sign_in(role, environment.region));
        job = job.step(JobStep::run(format!("Sign in to the registry of {}", environment.name), login));
    }
    for image in images {
        let name = image.name();
        job = job.step(JobStep::run(format!("Build {name}"), image.build_script()));
        if let Some(scan) = scan {
            job = job.step(scan.image_step(name));
        }
        job = job.step(JobStep::run(format!("Push {name}"), image.push_script()));
    }
    job
}

/// Every registry once, and the role that may push there.
fn places<'i>(images: &'i [ContainerImage], role: &'i AssumedRole) -> Vec<(Environment, &'i AssumedRole)> {
    let own = images.iter().map(|image| (image.environment(), role));
    let copies = images.iter().flat_map(|image| image.copies()).map(|copy| (copy.environment, &copy.role));
    let mut places: Vec<(Environment, &AssumedRole)> = Vec::new();
    for (environment, role) in own.chain(copies) {
        if !places.iter().any(|(known, _)| registry(*known) == registry(environment)) {
            places.push((environment, role));
        }
    }
    places
}
