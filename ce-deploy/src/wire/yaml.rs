//! Templates in YAML, which the stock `cdk` CLI sends.

use serde_json::Value as Json;
use serde_norway::Value as Yaml;

use crate::cloud::Failure;

/// A template as JSON: as it is where it is JSON already, otherwise read as YAML with CloudFormation's short functions.
///
/// # Errors
/// It is neither.
pub(super) fn as_json(template: &str) -> Result<String, Failure> {
    if template.trim_start().starts_with('{') {
        return Ok(template.to_owned());
    }
    let unreadable = || Failure::answered("ValidationError", "Template format error: YAML not well-formed.");
    let yaml: Yaml = serde_norway::from_str(template).map_err(|_| unreadable())?;
    converted(yaml).filter(Json::is_object).map(|json| json.to_string()).ok_or_else(unreadable)
}

fn converted(yaml: Yaml) -> Option<Json> {
    Some(match yaml {
        Yaml::Null => Json::Null,
        Yaml::Bool(value) => value.into(),
        Yaml::Number(number) => serde_json::to_value(number).ok()?,
        Yaml::String(text) => text.into(),
        Yaml::Sequence(items) => items.into_iter().map(converted).collect::<Option<Vec<_>>>()?.into(),
        Yaml::Mapping(entries) => {
            let entry = |(key, value)| Some((text_of(&key)?, converted(value)?));
            entries.into_iter().map(entry).collect::<Option<serde_json::Map<_, _>>>()?.into()
        }
        Yaml::Tagged(tagged) => {
            let name = tagged.tag.to_string();
            short_function(name.trim_start_matches('!'), converted(tagged.value)?)
        }
    })
}

/// Keys may be numbers, as the account ids of a mapping are.
fn text_of(key: &Yaml) -> Option<String> {
    match key {
        Yaml::String(text) => Some(text.clone()),
        Yaml::Number(number) => Some(number.to_string()),
        Yaml::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// `!Ref A`, `!GetAtt A.B`. Source: user guide, "Intrinsic function reference".
fn short_function(name: &str, value: Json) -> Json {
    let (name, value) = match (name, value) {
        ("Ref" | "Condition", value) => (name.to_owned(), value),
        ("GetAtt", Json::String(text)) => {
            let (resource, attribute) = text.split_once('.').unwrap_or((&text, ""));
            ("Fn::GetAtt".to_owned(), vec![resource, attribute].into())
        }
        (_, value) => (format!("Fn::{name}"), value),
    };
    Json::Object([(name, value)].into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::as_json;

    #[test]
    fn short_functions_are_written_out() {
        let json = as_json("A: !Ref B\nC: !GetAtt D.E.F\nG: !Sub '${H}'\nI: {1: [yes, '2012-10-17', 0.5]}\n");
        let expected = r#"{"A":{"Ref":"B"},"C":{"Fn::GetAtt":["D","E.F"]},"G":{"Fn::Sub":"${H}"},"I":{"1":["yes","2012-10-17",0.5]}}"#;
        assert_eq!(json.expect("yaml"), expected);
    }

    #[test]
    fn json_stays_as_it_is() {
        assert_eq!(as_json(" {\"A\" :1}").expect("json"), " {\"A\" :1}");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "a: [", "- 1", "plain", "? [a]\n: b"] {
            assert!(as_json(text).is_err(), "{text}");
        }
    }
}
