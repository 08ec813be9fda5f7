//! A template that still has what others import.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::template::{self, Piece, pieces};

/// The wanted template, with outputs of the deployed one and the resources these stand on. None where they stand on
/// parameters, conditions or mappings that the wanted template does not have.
pub(super) fn amended(deployed: &str, wanted: &str, outputs: &BTreeSet<String>) -> Option<String> {
    let (deployed, mut amended) = (template::value(deployed)?, template::value(wanted)?);
    let mut open: Vec<Value> = Vec::new();
    for output in outputs {
        let old = deployed["Outputs"].get(output)?;
        open.push(old.clone());
        section(&mut amended, "Outputs")?.insert(output.clone(), old.clone());
    }
    while let Some(value) = open.pop() {
        for name in mentioned(&value) {
            let known = ["Resources", "Parameters", "Conditions", "Mappings"];
            if name.starts_with("AWS::") || known.iter().any(|part| amended[*part].get(&name).is_some()) {
                continue;
            }
            let old = deployed["Resources"].get(&name)?;
            open.push(old.clone());
            section(&mut amended, "Resources")?.insert(name, old.clone());
        }
    }
    serde_json::to_string(&amended).ok()
}

fn section<'a>(template: &'a mut Value, name: &str) -> Option<&'a mut Map<String, Value>> {
    template.as_object_mut()?.entry(name).or_insert_with(|| Value::Object(Map::new())).as_object_mut()
}

/// The names of what a value refers to.
fn mentioned(value: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    walk(value, &mut names);
    names
}

fn walk(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, argument) in members {
                names.extend(of_member(key, argument));
                walk(argument, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, names)),
        _ => {}
    }
}

fn of_member(key: &str, argument: &Value) -> Vec<String> {
    let first = || argument.as_str().or_else(|| argument[0].as_str());
    match key {
        "Ref" | "Condition" => argument.as_str().map(str::to_owned).into_iter().collect(),
        "Fn::If" | "Fn::FindInMap" => argument[0].as_str().map(str::to_owned).into_iter().collect(),
        "Fn::GetAtt" => first().and_then(|name| name.split('.').next()).map(str::to_owned).into_iter().collect(),
        "Fn::Sub" => first().map(|text| substituted(text, &argument[1])).unwrap_or_default(),
        "DependsOn" => match argument {
            Value::String(name) => vec![name.clone()],
            Value::Array(all) => all.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The names in `${…}`, but for those that the function defines itself.
fn substituted(text: &str, own: &Value) -> Vec<String> {
    let names = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Name(name) if own.get(name).is_none() => name.split('.').next(),
        _ => None,
    });
    names.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::amended;

    #[test]
    fn an_output_is_kept_with_all_it_stands_on() {
        let deployed = json!({
            "Resources": {
                "Bucket": { "Type": "AWS::S3::Bucket", "DependsOn": "Topic" },
                "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "Name": { "Fn::Sub": "${AWS::StackName}-${Key.Arn}" } } },
                "Key": { "Type": "AWS::KMS::Key" },
                "Other": { "Type": "AWS::SQS::Queue" }
            },
            "Outputs": { "Arn": { "Value": { "Fn::GetAtt": ["Bucket", "Arn"] }, "Export": { "Name": "bucket" } } }
        });
        let wanted = json!({ "Resources": { "New": { "Type": "AWS::SQS::Queue" } } });
        let text = amended(&deployed.to_string(), &wanted.to_string(), &["Arn".to_owned()].into()).unwrap();
        let template: Value = serde_json::from_str(&text).unwrap();
        let resources: Vec<&String> = template["Resources"].as_object().unwrap().keys().collect();
        assert_eq!(resources.len(), 4, "{resources:?}");
        assert!(template["Resources"]["Other"].is_null());
        assert_eq!(template["Outputs"]["Arn"]["Export"]["Name"], "bucket");
    }

    #[test]
    fn what_is_deployed_may_be_yaml() {
        let deployed = "\
Resources:
  Bucket: {Type: AWS::S3::Bucket, DependsOn: Topic}
  Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub '${AWS::StackName}-${Key.Arn}'}}
  Key: {Type: AWS::KMS::Key}
  Other: {Type: AWS::SQS::Queue}
Outputs:
  Arn: {Value: !GetAtt Bucket.Arn, Export: {Name: bucket}}
";
        let wanted = json!({ "Resources": { "New": { "Type": "AWS::SQS::Queue" } } });
        let text = amended(deployed, &wanted.to_string(), &["Arn".to_owned()].into()).unwrap();
        let template: Value = serde_json::from_str(&text).unwrap();
        let resources: Vec<&String> = template["Resources"].as_object().unwrap().keys().collect();
        assert_eq!(resources, ["Bucket", "Key", "New", "Topic"]);
        assert_eq!(template["Outputs"]["Arn"]["Value"], json!({ "Fn::GetAtt": ["Bucket", "Arn"] }));
    }

    #[test]
    fn what_stands_on_a_parameter_that_is_gone_cannot_be_kept() {
        let deployed = json!({
            "Parameters": { "Name": { "Type": "String" } },
            "Outputs": { "Name": { "Value": { "Ref": "Name" }, "Export": { "Name": "name" } } }
        });
        let wanted = json!({ "Resources": {} });
        assert_eq!(amended(&deployed.to_string(), &wanted.to_string(), &["Name".to_owned()].into()), None);
    }
}
