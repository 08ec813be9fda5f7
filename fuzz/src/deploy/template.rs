//! Any bytes as a template: read, filled in, compared with nothing and with itself.

use ce_deploy::difference::Difference;
use ce_deploy::template::{Template, Version};

/// A template is never different from itself.
pub fn template(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(template) = Template::parse(text) else { return };
    let version = Version::new(template).parameter("Name", "value");
    let made = Difference::between(None, Some(&version), &ce_cfn::SCHEMAS);
    made.text();
    made.json();
    made.markdown();
    Difference::between(Some(&version), None, &ce_cfn::SCHEMAS).text();
    assert!(Difference::between(Some(&version), Some(&version), &ce_cfn::SCHEMAS).is_empty(), "{text}");
}
