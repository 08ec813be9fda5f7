//! Private subnets without a way to what containers need.

use ce_synth::{Code, Rule, Scope};

use crate::network::AwsService;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1005"),
    title: "private subnets have neither NAT nor the endpoints that containers need",
    about: "A container pulls its image through the endpoints `ecr.api`, `ecr.dkr` and `s3`, and writes its logs through \
            `logs`; without a NAT gateway it does not start if one is missing. Accept the finding where no containers \
            run. Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
};

#[track_caller]
pub(in crate::network) fn check(scope: Scope<'_>, endpoints: &[AwsService]) {
    let needed = [("ECR_API", AwsService::ECR_API), ("ECR_DKR", AwsService::ECR_DKR), ("LOGS", AwsService::LOGS)];
    let missing: Vec<_> = needed.iter().filter(|(_, service)| !endpoints.contains(service)).collect();
    if missing.is_empty() {
        return;
    }
    let names: Vec<String> = missing.iter().map(|(_, service)| format!("`{}`", service.name())).collect();
    let constants: Vec<String> = missing.iter().map(|(name, _)| format!("AwsService::{name}")).collect();
    scope
        .warning(RULE.code, format!("private subnets have no NAT gateway and no endpoint for {}", names.join(", ")))
        .help(format!("add `.endpoints([{}])`", constants.join(", ")));
}
