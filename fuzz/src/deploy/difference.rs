//! Any bytes as two templates, and what is shown of their difference.

use std::collections::BTreeMap;

use ce_deploy::assembly::StackId;
use ce_deploy::difference::Difference;
use ce_deploy::risk::assess;
use ce_deploy::template::{Template, Version};

use super::halves::halves;

/// The difference of two templates is written in every form, and is the same when it is worked out again.
pub fn difference(data: &[u8]) {
    let (before, after) = halves(data);
    let (Some(before), Some(after)) = (version(before), version(after)) else { return };
    let made = Difference::between(Some(&before), Some(&after), &ce_cfn::SCHEMAS);
    let again = Difference::between(Some(&before), Some(&after), &ce_cfn::SCHEMAS);
    assert_eq!(made.text(), again.text());
    serde_json::from_str::<serde_json::Value>(&made.json()).expect("JSON");
    for line in made.markdown().lines() {
        assert!(!line.chars().any(char::is_control), "{line:?}");
        assert!(
            line.is_empty() || line.starts_with("| ") || line.starts_with("|-") || line.starts_with("Not "),
            "{line:?}"
        );
    }
    for risk in assess(&StackId::new("Shop"), &BTreeMap::new(), &made) {
        assert!(!risk.what.chars().any(char::is_control), "{risk:?}");
    }
}

fn version(data: &[u8]) -> Option<Version> {
    let template = Template::parse(std::str::from_utf8(data).ok()?).ok()?;
    Some(Version::new(template).parameter("Name", "value"))
}
