//! Values for parameters that nobody gave.

use ce_deploy::assembly::{Assembly, Stack};
use ce_deploy::cloud::Secret;
use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::Value;

/// No part of a value is repeated more often than the longest value has characters.
/// Source: user guide, "CloudFormation quotas", of parameter values.
const LONGEST: usize = 4_096;

/// Gives every parameter that has no value one that its template allows, as far as that is plain to see: a simulation
/// makes nothing of it. What was given a value is named, `Stack:Parameter`.
pub(crate) fn stand_in(assembly: &mut Assembly) -> Vec<String> {
    assembly.stacks.iter_mut().flat_map(of_stack).collect()
}

fn of_stack(stack: &mut Stack) -> Vec<String> {
    let template: Value = serde_json::from_str(&stack.template).unwrap_or_default();
    let mut named = Vec::new();
    for (name, parameter) in template["Parameters"].as_object().into_iter().flatten() {
        let kept = stack.kept.iter().any(|kept| kept.parameter == *name);
        if kept || parameter.get("Default").is_some() || stack.parameters.contains_key(name) {
            continue;
        }
        stack.parameters.insert(name.clone(), Secret::new(value(parameter)));
        named.push(format!("{}:{name}", stack.id));
    }
    named
}

fn value(parameter: &Value) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if let Some(allowed) = parameter["AllowedValues"].as_array().and_then(|allowed| allowed.first()) {
        return text(allowed);
    }
    if parameter["Type"].as_str().is_some_and(|kind| kind.contains("Number")) {
        return parameter.get("MinValue").map_or_else(|| "1".to_owned(), text);
    }
    let least: usize = parameter.get("MinLength").and_then(|length| text(length).parse().ok()).unwrap_or(0);
    if let Some(hir) = parameter["AllowedPattern"].as_str().and_then(|pattern| regex_syntax::parse(pattern).ok()) {
        let mut longer = (0..=LONGEST.min(least)).map(|times| repeated(&hir, times));
        return longer.find(|text| text.chars().count() >= least).unwrap_or_else(|| repeated(&hir, 0));
    }
    format!("{:x<least$}", "simulated")
}

/// A text that a pattern takes: as short as it allows, if what may be repeated is there at least so often.
fn repeated(hir: &Hir, times: usize) -> String {
    let shortest = |hir: &Hir| repeated(hir, times);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => String::new(),
        HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0).into_owned(),
        HirKind::Class(class) => one_of(class).to_string(),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.map_or(LONGEST, |most| most as usize);
            let sub = shortest(&repetition.sub);
            // Repetitions in repetitions would fill the memory.
            let room = LONGEST / sub.len().max(1) + 1;
            sub.repeat(times.min(most).max(repetition.min as usize).min(room))
        }
        HirKind::Capture(capture) => shortest(&capture.sub),
        HirKind::Concat(parts) => parts.iter().map(shortest).collect(),
        HirKind::Alternation(choices) => choices.first().map(shortest).unwrap_or_default(),
    }
}

/// A plain character of a class, where it has one.
fn one_of(class: &Class) -> char {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let has = |character: &char| ranges.iter().any(|(first, last)| (first..=last).contains(&character));
    ['a', 'A', '0'].into_iter().find(has).or_else(|| ranges.first().map(|(first, _)| *first)).unwrap_or('a')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::value;

    #[test]
    fn a_value_is_allowed() {
        for (parameter, expected) in [
            (json!({ "Type": "String" }), "simulated"),
            (json!({ "Type": "String", "MinLength": 12 }), "simulatedxxx"),
            (json!({ "Type": "String", "AllowedValues": ["big", "small"] }), "big"),
            (json!({ "Type": "Number", "MinValue": 7 }), "7"),
            (json!({ "Type": "String", "AllowedPattern": "^[0-9]{12}$" }), "000000000000"),
            (json!({ "Type": "String", "AllowedPattern": "^https://.+$" }), "https://a"),
            (json!({ "Type": "String", "AllowedPattern": "[a-z]*[0-9]", "MinLength": "4" }), "aaa0"),
            (json!({ "Type": "String", "AllowedPattern": "(eu|us)-[^@]+-?[1-9]" }), "eu-a1"),
        ] {
            assert_eq!(value(&parameter), expected, "{parameter}");
        }
    }
}
