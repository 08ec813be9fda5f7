//! How large a template may be.

use crate::app::Report;

rule!(
    "CE0102",
    "a template is larger than 1 MB",
    "CloudFormation takes templates of up to 1 MB from S3, counted in bytes. \
     Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
);

/// CloudFormation's limit; documentation says 1 MB, and its linter counts 1,000,000.
const LIMIT: usize = 1_000_000;

pub(crate) fn check(stack: u32, template: &str, report: &mut Report<'_>) {
    if template.len() > LIMIT {
        let message = format!("the template has {} bytes, at most {LIMIT} are taken", template.len());
        let finding = report.error(report.tree.id(stack), RULE.code, message);
        finding.help = Some("open a second stack with `app.stack(..)` and move a construct into it".to_owned());
    }
}
