//! How large a template may be. Source: user guide, "CloudFormation quotas".

use serde_json::{Map, Value};

/// Bytes of a template in a request.
pub(in crate::simulator) const BODY: usize = 51_200;
/// Bytes of a template in a bucket.
pub(in crate::simulator) const OBJECT: usize = 1_000_000;

const SECTIONS: [(&str, usize); 4] = [("Resources", 500), ("Parameters", 200), ("Outputs", 200), ("Mappings", 200)];
const DESCRIPTION: usize = 1_024;

/// What of a template is too large, in the service's words.
pub(super) fn exceeded(template: &Map<String, Value>) -> Option<String> {
    let over = |(section, most): &(&str, usize)| {
        let count = template.get(*section).and_then(Value::as_object).map_or(0, Map::len);
        (count > *most).then(|| {
            format!(
                "Template format error: Number of {}, {count}, is greater than maximum allowed, {most}",
                section.to_lowercase()
            )
        })
    };
    SECTIONS.iter().find_map(over).or_else(|| {
        let length = template.get("Description").and_then(Value::as_str).map_or(0, str::len);
        (length > DESCRIPTION).then(|| "Template format error: 'Description' length is greater than 1024.".to_owned())
    })
}
