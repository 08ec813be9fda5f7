//! What the schemas say about the change of a property.

use ce_synth::schema::TypeSchema;
use serde_json::Value;

use super::Effect;
use super::interruptions::interrupts;
use super::refusals::refusal;

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
    if let Some(refusal) = refusal(type_name, path) {
        return refusal;
    }
    if interrupts(schema, path) { (Effect::Interrupts, None) } else { (Effect::InPlace, None) }
}

/// Whether a change at `path` changes what is at the path of a schema (`Nested/*/Name`). A function on the way (the sides
/// of an `Fn::If` whose condition is not known) is no step of it.
fn touches(only: &str, path: &[&str], sides: [Option<&Value>; 2]) -> bool {
    let only: Vec<&str> = only.split(['/', '.']).filter(|step| *step != "*").collect();
    let path: Vec<&str> = path.iter().copied().filter(|step| *step != "*" && !step.starts_with("Fn::")).collect();
    let common = only.iter().zip(&path).take_while(|(only, path)| only == path).count();
    if common == only.len() {
        return true;
    }
    // The change is above: it touches what is below if that differs.
    common == path.len() && below(sides[0], &only[common..]) != below(sides[1], &only[common..])
}

/// All values at a path below a value, through lists and both sides of an `Fn::If`. What another function gives may have
/// something there: then the function itself counts.
fn below<'a>(value: Option<&'a Value>, path: &[&str]) -> Vec<&'a Value> {
    match (value, path) {
        (None, _) => Vec::new(),
        (Some(value), []) => vec![value],
        (Some(Value::Array(items)), _) => items.iter().flat_map(|item| below(Some(item), path)).collect(),
        (Some(value), [step, rest @ ..]) => match function(value) {
            Some(("Fn::If", sides)) => {
                sides.as_array().into_iter().flatten().skip(1).flat_map(|side| below(Some(side), path)).collect()
            }
            Some(_) => vec![value],
            None => below(value.get(step), rest),
        },
    }
}

/// The function that a value is: its name and its argument.
fn function(value: &Value) -> Option<(&str, &Value)> {
    let (name, argument) = value.as_object().filter(|map| map.len() == 1)?.iter().next()?;
    name.starts_with("Fn::").then_some((name.as_str(), argument))
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

    #[test]
    fn functions_are_no_steps_and_hide_nothing() {
        assert!(touches("Nested/Name", &["Nested", "Fn::If", "*", "Name"], [None, None]));
        let either = |name: u32, size: u32| json!({ "Fn::If": ["C", { "Name": name }, { "Name": 1, "Size": size }] });
        let touched = |a, b| touches("Nested/Name", &["Nested"], [Some(&a), Some(&b)]);
        assert!(touched(either(1, 1), either(2, 1)));
        assert!(!touched(either(1, 1), either(1, 2)));
        let other = |key: &str| json!({ "Fn::FindInMap": ["M", key, "K"] });
        assert!(touched(other("a"), other("b")));
    }
}
