//! Places within the properties of a resource, as JSON pointers (RFC 6901).

use std::collections::BTreeSet;

use ce_synth::schema::TypeSchema;
use serde_json::Value;

/// The smallest places in which two sets of properties differ. Lists differ as a whole, and so does what no read gives
/// back: there, nothing is known to change a part of.
pub(super) fn differing(schema: Option<&TypeSchema>, before: &Value, after: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let whole = |name: &str| schema.is_some_and(|schema| is_unread(schema, name));
    walk(before, after, String::new(), &whole, &mut found);
    found
}

fn walk(before: &Value, after: &Value, at: String, whole: &dyn Fn(&str) -> bool, found: &mut BTreeSet<String>) {
    if before == after {
        return;
    }
    let (Value::Object(old), Value::Object(new)) = (before, after) else {
        found.insert(at);
        return;
    };
    let is_function = |name: &String| name == "Ref" || name.starts_with("Fn::");
    if old.keys().chain(new.keys()).any(is_function) {
        found.insert(at);
        return;
    }
    for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        match (old.get(name), new.get(name)) {
            (Some(old), Some(new)) if old == new => {}
            (Some(old), Some(new)) if !whole(name) || at.matches('/').count() > 1 => walk(old, new, at, whole, found),
            _ => drop(found.insert(at)),
        }
    }
}

/// Whether a property at the top, or a part of it, is one that no read gives back.
pub(super) fn is_unread(schema: &TypeSchema, name: &str) -> bool {
    schema.write_only.iter().any(|path| path.split(['/', '.']).next() == Some(name))
}

/// Without places that are within another of them.
pub(super) fn outermost(pointers: &BTreeSet<String>) -> BTreeSet<String> {
    let is_within = |pointer: &String| {
        pointers.iter().any(|outer| pointer.strip_prefix(outer.as_str()).is_some_and(|rest| rest.starts_with('/')))
    };
    pointers.iter().filter(|pointer| !is_within(pointer)).cloned().collect()
}

/// The property at the top that a place is in.
pub(super) fn top(pointer: &str) -> &str {
    pointer.split('/').nth(1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{differing, outermost};

    fn pointers(before: &serde_json::Value, after: &serde_json::Value) -> Vec<String> {
        let schema = ce_cfn::SCHEMAS.find("AWS::Lambda::Function");
        differing(schema, before, after).into_iter().collect()
    }

    #[test]
    fn the_smallest_place_is_found() {
        let before = json!({ "Environment": { "Variables": { "A": "1", "B/C": "2" } }, "Timeout": 3 });
        let after = json!({ "Environment": { "Variables": { "A": "1", "B/C": "3" } }, "MemorySize": 128 });
        assert_eq!(pointers(&before, &after), ["/Environment/Variables/B~1C", "/MemorySize", "/Timeout"]);
        assert_eq!(pointers(&json!({}), &after), ["/Environment", "/MemorySize"]);
    }

    #[test]
    fn lists_and_what_is_not_read_back_differ_as_a_whole() {
        let before = json!({ "Code": { "S3Bucket": "b", "S3Key": "1" }, "Layers": ["a", "b"] });
        let after = json!({ "Code": { "S3Bucket": "b", "S3Key": "2" }, "Layers": ["a", "c"] });
        assert_eq!(pointers(&before, &after), ["/Code", "/Layers"]);
        let either = |key: &str| json!({ "Environment": { "Fn::If": [key, 1, 2] } });
        assert_eq!(pointers(&either("x"), &either("y")), ["/Environment"]);
    }

    #[test]
    fn what_is_within_another_is_left_out() {
        let all = ["/A", "/A/B", "/AB", "/C/D"].map(str::to_owned).into();
        assert_eq!(outermost(&all).into_iter().collect::<Vec<_>>(), ["/A", "/AB", "/C/D"]);
    }
}
