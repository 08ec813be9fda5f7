//! Templates in YAML: many stacks have one, and the stock `cdk` CLI sends it.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex_lite::Regex;
use serde_json::Value as Json;
use serde_norway::Value as Yaml;

use crate::json;

/// A template as JSON: as it is where it is JSON already, otherwise read as YAML with CloudFormation's short functions.
/// None if it is neither, or has aliases, which CloudFormation does not take and which a small text can make huge with.
pub(crate) fn as_json(template: &str) -> Option<Cow<'_, str>> {
    if template.trim_start().starts_with(['{', '[', '"']) {
        return Some(Cow::Borrowed(template));
    }
    if has_aliases(template) {
        return None;
    }
    let yaml: Yaml = serde_norway::from_str(template).ok()?;
    converted(yaml).filter(Json::is_object).map(|json| Cow::Owned(json.to_string()))
}

/// A template as a value, be it JSON or YAML; none if it is neither, or no object.
pub(crate) fn value(template: &str) -> Option<Json> {
    let text = as_json(template)?;
    json::parse(text.as_bytes()).ok().filter(Json::is_object)
}

/// Source: CloudFormation user guide, "CloudFormation template format", of what YAML 1.1 has and templates may not have.
/// Scripts within a template may look like it; then it is left unread.
fn has_aliases(text: &str) -> bool {
    static MARKS: LazyLock<[Regex; 2]> = LazyLock::new(|| {
        ["&", r"\*"].map(|mark| Regex::new(&format!(r"(^|[\s\[{{,:-]){mark}[0-9A-Za-z_-]")).expect("valid"))
    });
    MARKS.iter().all(|mark| mark.is_match(text))
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
            // After a tag, nothing is a text without characters: `!GetAZs` is that of the stack's own region.
            let value = if tagged.value.is_null() { "".into() } else { converted(tagged.value)? };
            short_function(name.trim_start_matches('!'), value)
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
    use super::{as_json, value};

    #[test]
    fn a_template_is_a_value_in_either_language() {
        let yaml =
            "Outputs:\n  A:\n    Value: !Join ['-', [!GetAtt Q.Arn, !Sub ['${B}', {B: !Ref Q}]]]\n    Condition: C\n";
        let json = r#"{"Outputs":{"A":{"Value":{"Fn::Join":["-",[{"Fn::GetAtt":["Q","Arn"]},{"Fn::Sub":["${B}",{"B":{"Ref":"Q"}}]}]]},"Condition":"C"}}}"#;
        assert_eq!(value(yaml), value(json));
        assert!(value(json).is_some() && value("[]").is_none() && value("{").is_none());
    }

    #[test]
    fn short_functions_are_written_out() {
        let json = as_json("A: !Ref B\nC: !GetAtt D.E.F\nG: !Sub '${H}'\nI: {1: [yes, '2012-10-17', 0.5]}\n");
        let expected = r#"{"A":{"Ref":"B"},"C":{"Fn::GetAtt":["D","E.F"]},"G":{"Fn::Sub":"${H}"},"I":{"1":["yes","2012-10-17",0.5]}}"#;
        assert_eq!(json.expect("yaml"), expected);
    }

    #[test]
    fn a_function_of_nothing_has_an_empty_text() {
        assert_eq!(
            as_json("A: !Select [0, !GetAZs ]\nB: !GetAZs\n"),
            as_json("A: !Select [0, !GetAZs '']\nB: !GetAZs ''\n")
        );
    }

    #[test]
    fn json_stays_as_it_is() {
        assert_eq!(as_json(" {\"A\" :1}").expect("json"), " {\"A\" :1}");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "a: [", "- 1", "plain", "? [a]\n: b", "a: 1\na: 2", "a: &x [1]\nb: [*x, *x]"] {
            assert!(as_json(text).is_none(), "{text}");
        }
    }

    #[test]
    fn stars_and_ampersands_of_values_are_no_aliases() {
        let text = "Resource: arn:aws:s3:::*\nSchedule: cron(0 12 * * ? *)\nScript: |\n  make && rm -f *.log & wait\n";
        assert!(as_json(text).is_some());
    }
}
