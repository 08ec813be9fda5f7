//! The job that builds images.

use ce_synth::Duration;

use super::{ContainerImage, SecurityScan};
use crate::delivery::{AssumedRole, Job, JobStep};

/// Tags stay with their images: a run that is started again finds its image there.
const PUSH: &str = "if docker manifest inspect \"$IMAGE\" > /dev/null 2>&1; then
  echo \"$IMAGE is there already\"
else
  docker push \"$IMAGE\"
fi
";

pub(super) fn build_images(images: &[ContainerImage], role: &AssumedRole, scan: Option<&SecurityScan>) -> Job {
    let mut job = Job::new().named("Build images").timeout(Duration::hours(1)).step(JobStep::check_out());
    if scan.is_some() {
        job = job.step(SecurityScan::install());
    }
    let mut signed_in = None;
    for image in images {
        let place = (image.environment().account, image.environment().region);
        if signed_in != Some(place) {
            signed_in = Some(place);
            job = job.step(JobStep::sign_in(role, place.1)).step(JobStep::run(
                "Sign in to the registry",
                format!(
                    "aws ecr get-login-password | docker login --username AWS --password-stdin {}",
                    image.registry()
                ),
            ));
        }
        let name = image.name();
        job = job.step(JobStep::run(format!("Build {name}"), image.build_script()));
        if let Some(scan) = scan {
            job = job.step(scan.image_step(name));
        }
        job = job.step(JobStep::run(format!("Push {name}"), PUSH));
    }
    job
}
