//! All rules, over one change.

use std::collections::BTreeMap;

use super::change::{Change, Report};
use super::{Risk, rules};
use crate::assembly::{Origin, StackId};
use crate::difference::Difference;
use crate::template::Resolved;

/// The risks of a change of a stack, the worst first, the same for the same change. `origins` are those that the
/// assembly gives; risks of a stack that the assembly no longer has are found without any.
///
/// ```
/// use ce_deploy::assembly::StackId;
/// use ce_deploy::difference::Difference;
/// use ce_deploy::risk::{RiskClass, assess};
/// use ce_deploy::template::{Template, Version};
/// let text = r#"{"Resources": {"Orders": {"Type": "AWS::DynamoDB::Table"}}}"#;
/// let (before, after) = (Version::new(Template::parse(text)?), Version::new(Template::parse("{}")?));
/// let difference = Difference::between(Some(&before), Some(&after), &ce_cfn::SCHEMAS);
/// let risks = assess(&StackId::new("Data"), &Default::default(), &difference);
/// assert_eq!(risks[0].class, RiskClass::DataLoss);
/// assert_eq!(risks[0].id(), "Data.Orders");
/// # Ok::<(), ce_deploy::template::TemplateError>(())
/// ```
pub fn assess(stack: &StackId, origins: &BTreeMap<String, Origin>, difference: &Difference) -> Vec<Risk> {
    let nothing = Resolved::default();
    let change = Change {
        before: difference.before.as_ref().unwrap_or(&nothing),
        after: difference.after.as_ref().unwrap_or(&nothing),
        difference,
        stack,
        origins,
    };
    let mut report = Report::new(&change);
    rules::ALL.iter().for_each(|rule| rule(&change, &mut report));
    report.risks.into_iter().collect()
}
