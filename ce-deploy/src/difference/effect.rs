//! What the schemas say about the change of a property.

use ce_synth::schema::TypeSchema;
use serde_json::Value;

use super::Effect;
use super::interruptions::interrupts;

/// What a change at a path does; `before` and `after` are the values there. Also why, where that is not plain.
pub(super) fn effect(
    schema: Option<&TypeSchema>,
    type_name: &str,
    path: &[&str],
    sides: [Option<&Value>; 2],
) -> (Effect, Option<&'static str>) {
    if type_name == "AWS::CloudFormation::Stack" {
        return (Effect::InPlace, None);
    }
    if type_name.starts_with("Custom::") || type_name == "AWS::CloudFormation::CustomResource" {
        return (Effect::MayReplace, Some("the function behind a custom resource decides"));
    }
    let Some(schema) = schema else {
        return (Effect::MayReplace, Some("the schema of its type is not known"));
    };
    if schema.create_only.iter().any(|only| touches(only, path, sides)) {
        return (Effect::Replaces, None);
    }
    if schema.conditional_create_only.iter().any(|only| touches(only, path, sides)) {
        return (Effect::MayReplace, Some("some values of it replace the resource"));
    }
    if interrupts(schema, path) { (Effect::Interrupts, None) } else { (Effect::InPlace, None) }
}

/// Whether a change at `path` changes what is at the path of a schema (`Nested/*/Name`).
fn touches(only: &str, path: &[&str], sides: [Option<&Value>; 2]) -> bool {
    let only: Vec<&str> = only.split(['/', '.']).filter(|step| *step != "*").collect();
    let path: Vec<&str> = path.iter().copied().filter(|step| *step != "*").collect();
    let common = only.iter().zip(&path).take_while(|(only, path)| only == path).count();
    if common == only.len() {
        return true;
    }
    // The change is above: it touches what is below if that differs.
    common == path.len() && below(sides[0], &only[common..]) != below(sides[1], &only[common..])
}

/// All values at a path below a value, through lists.
fn below<'a>(value: Option<&'a Value>, path: &[&str]) -> Vec<&'a Value> {
    match (value, path) {
        (None, _) => Vec::new(),
        (Some(value), []) => vec![value],
        (Some(Value::Array(items)), _) => items.iter().flat_map(|item| below(Some(item), path)).collect(),
        (Some(value), [step, rest @ ..]) => below(value.get(step), rest),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::touches;

    #[test]
    fn a_change_above_counts_if_what_is_below_differs() {
        let (a, b) = (json!({ "Name": 1, "Size": 1 }), json!({ "Name": 1, "Size": 2 }));
        assert!(touches("Name", &["Name"], [None, None]));
        assert!(touches("Nested/*/Name", &["Nested", "*", "Name"], [None, None]));
        assert!(!touches("Nested/Name", &["Nested"], [Some(&a), Some(&b)]));
        assert!(touches("Nested/Name", &["Nested"], [None, Some(&b)]));
        assert!(!touches("Nested/Name", &["Nested", "Size"], [None, None]));
    }
}
