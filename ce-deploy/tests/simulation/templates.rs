//! What templates may say, and what becomes of it.

use ce_deploy::cloud::{Capability, ChangeSetType, ParameterValue, Secret, StackStatus as S, Template};
use serde_json::{Value, json};

use crate::behaviour::behaviours;
use crate::bench::Bench;

/// The value of an output that is this.
fn output(value: &Value, parameters: &Value, given: &[(&str, &str)]) -> Result<String, String> {
    let mut bench = Bench::new();
    let place = bench.target.place.clone();
    bench.simulator.set_parameter(&place, "/images/latest", "image-7");
    let template = json!({
        "Parameters": parameters,
        "Mappings": {"Sizes": {"prod": {"Cpu": "4", "Zones": ["a", "b"]}}},
        "Conditions": {
            "Large": {"Fn::And": [{"Fn::Equals": [1, "1"]}, {"Fn::Not": [{"Fn::Or": [{"Fn::Equals": ["a", "b"]}, {"Fn::Equals": ["c", "d"]}]}]}]},
            "Small": {"Fn::Not": [{"Condition": "Large"}]}
        },
        "Resources": {
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
            "Never": {"Type": "AWS::SQS::Queue", "Condition": "Small"}
        },
        "Outputs": {"Value": {"Value": value}}
    });
    let mut request = bench.request("shop", ChangeSetType::Create, &template);
    let value = |(key, value): &(&str, &str)| ParameterValue { key: (*key).into(), value: Some(Secret::new(*value)) };
    request.parameters = given.iter().map(value).collect();
    let change_set = bench.change_set(request).map_err(|failure| failure.message)?;
    if let Some(reason) = change_set.reason {
        return Err(reason);
    }
    bench.execute(&change_set).map_err(|failure| failure.message)?;
    bench.settle();
    let stack = bench.describe("shop").unwrap();
    match stack.status {
        S::CreateComplete => Ok(stack.outputs[0].value.reveal().to_owned()),
        _ => Err(bench
            .events("shop")
            .into_iter()
            .find(|event| event.status.contains("ROLLBACK"))
            .unwrap()
            .reason
            .unwrap()),
    }
}

fn refused(template: &Value) -> String {
    let mut bench = Bench::new();
    let request = bench.request("shop", ChangeSetType::Create, template);
    bench.change_set(request).unwrap_err().message
}

behaviours! {
    /// `AWS::LanguageExtensions` writes loops out, over what a parameter says, and again when it says something else.
    Documented("template reference, Fn::ForEach")
    fn loops() {
        let mut bench = Bench::new();
        let inner = json!({"Topic${Zone}${Tier}": {"Type": "AWS::SNS::Topic", "DeletionPolicy": {"Fn::FindInMap": ["None", "a", "b", {"DefaultValue": "Delete"}]},
            "Properties": {"TopicName": "t-${Zone}-${Tier}"}}});
        let inner = json!(["Tier", ["web"], inner]);
        let outputs = json!({"Arn&{Zone}": {"Value": {"Fn::GetAtt": [{"Fn::Sub": "Topic${Zone}web"}, "TopicName"]}}});
        let template = json!({
            "Transform": "AWS::LanguageExtensions", "Parameters": {"Zones": {"Type": "CommaDelimitedList"}},
            "Resources": {"Fn::ForEach::Zones": ["Zone", {"Ref": "Zones"}, {"Fn::ForEach::Tiers": inner}]},
            "Outputs": {"Fn::ForEach::Arns": ["Zone", {"Ref": "Zones"}, outputs]}
        });
        for (kind, zones, expected) in [(ChangeSetType::Create, "a,b", vec!["t-a-web", "t-b-web"]), (ChangeSetType::Update, "b", vec!["t-b-web"])] {
            let mut request = bench.request("shop", kind, &template);
            request.name = format!("of-{}", zones.len());
            request.capabilities = vec![Capability::AutoExpand];
            request.parameters = vec![ParameterValue { key: "Zones".into(), value: Some(Secret::new(zones)) }];
            let change_set = bench.change_set(request).unwrap();
            assert_eq!(change_set.reason, None);
            bench.execute(&change_set).unwrap();
            bench.settle();
            let stack = bench.describe("shop").unwrap();
            assert!(stack.status.is_success(), "{:?}", stack.status);
            let values: Vec<&str> = stack.outputs.iter().map(|output| output.value.reveal()).collect();
            assert_eq!(values, expected);
        }
        let wrong = json!(["Zone", "no list", {"T${Zone}": {"Type": "AWS::SNS::Topic"}}]);
        let wrong = json!({"Transform": "AWS::LanguageExtensions", "Resources": {"Fn::ForEach::Zones": wrong}});
        assert!(refused(&wrong).starts_with("Transform AWS::LanguageExtensions failed with"));
    }

    /// Functions of texts: `Fn::Join`, `Fn::Sub`, `Fn::Select`, `Fn::Split`, `Fn::Base64`, `Fn::Length`,
    /// `Fn::ToJsonString`.
    Documented("user guide, Intrinsic function reference")
    fn functions_of_texts() {
        let cases = [
            (json!({"Fn::Join": ["-", ["a", {"Ref": "AWS::Region"}]]}), "a-eu-west-1"),
            (json!({"Fn::Sub": ["${A}-${AWS::AccountId}-${!B}", {"A": "x"}]}), "x-111111111111-${B}"),
            (json!({"Fn::Select": [1, {"Fn::Split": [",", "a,b"]}]}), "b"),
            (json!({"Fn::Base64": "foo"}), "Zm9v"),
            (json!({"Fn::Length": ["a", "b", {"Ref": "AWS::NoValue"}]}), "2"),
            (json!({"Fn::ToJsonString": {"a": [1]}}), "{\"a\":[1]}"),
        ];
        for (value, expected) in cases {
            assert_eq!(output(&value, &json!({}), &[]).as_deref(), Ok(expected), "{value}");
        }
    }

    /// Functions of the place and of maps: `Fn::GetAZs`, `Fn::Cidr`, `Fn::FindInMap`, pseudo parameters.
    Documented("user guide, Intrinsic function reference; Pseudo parameters reference")
    fn functions_of_places() {
        let cases = [
            (json!({"Fn::Select": [0, {"Fn::GetAZs": ""}]}), "eu-west-1a"),
            (json!({"Fn::Select": [1, {"Fn::Cidr": [{"Fn::GetAtt": ["Vpc", "CidrBlock"]}, 2, 8]}]}), "10.0.1.0/24"),
            (json!({"Fn::FindInMap": ["Sizes", "prod", "Cpu"]}), "4"),
            (json!({"Fn::FindInMap": ["Sizes", "dev", "Cpu", {"DefaultValue": "1"}]}), "1"),
            (json!({"Ref": "AWS::Partition"}), "aws"),
            (json!({"Ref": "AWS::URLSuffix"}), "amazonaws.com"),
            (json!({"Ref": "AWS::StackName"}), "shop"),
        ];
        for (value, expected) in cases {
            assert_eq!(output(&value, &json!({}), &[]).as_deref(), Ok(expected), "{value}");
        }
    }

    /// Conditions decide values and resources: `Fn::If`, `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not`, `Condition`.
    Documented("user guide, Condition functions")
    fn conditions_decide() {
        let value = json!({"Fn::If": ["Large", "big", "small"]});
        assert_eq!(output(&value, &json!({}), &[]).as_deref(), Ok("big"));
        let value = json!({"Fn::If": ["Small", {"Ref": "Never"}, "none"]});
        assert_eq!(output(&value, &json!({}), &[]).as_deref(), Ok("none"));
    }

    /// Parameters are held to what is declared, have defaults, and may stand for values of Systems Manager.
    Documented("user guide, CloudFormation template Parameters syntax")
    fn parameters_are_checked() {
        let declared = json!({
            "Count": {"Type": "Number", "Default": 3, "MaxValue": 5},
            "Image": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/images/latest"}
        });
        let value = json!({"Fn::Sub": "${Count} ${Image}"});
        assert_eq!(output(&value, &declared, &[]).as_deref(), Ok("3 image-7"));
        assert!(output(&value, &declared, &[("Count", "6")]).unwrap_err().contains("Count"));
        assert_eq!(output(&value, &declared, &[("Other", "6")]).unwrap_err(), "Parameters: [Other] do not exist in the template");
        let required = json!({"Count": {"Type": "Number"}});
        assert_eq!(output(&value, &required, &[]).unwrap_err(), "Template format error: Unresolved resource dependencies [Image] in the Outputs block of the template");
        assert_eq!(output(&json!({"Ref": "Count"}), &required, &[]).unwrap_err(), "Parameters: [Count] must have values");
    }

    /// A parameter with `NoEcho` shows as `****`.
    Documented("user guide, CloudFormation template Parameters syntax, NoEcho")
    fn hidden_parameters_are_masked() {
        let mut bench = Bench::new();
        let template = json!({
            "Parameters": {"Word": {"Type": "String", "NoEcho": true}},
            "Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}
        });
        let mut request = bench.request("shop", ChangeSetType::Create, &template);
        request.parameters = vec![ParameterValue { key: "Word".into(), value: Some(Secret::new("canary")) }];
        let change_set = bench.change_set(request).unwrap();
        bench.execute(&change_set).unwrap();
        bench.settle();
        let shown = [change_set.parameters, bench.describe("shop").unwrap().parameters].concat();
        assert!(shown.iter().all(|parameter| parameter.value.as_ref().unwrap().reveal() == "****"));
    }

    /// `{{resolve:ssm:…}}` must name a value that is there.
    Documented("user guide, Dynamic references")
    fn dynamic_references_are_resolved() {
        let mut bench = Bench::new();
        let place = bench.target.place.clone();
        let queue = |name: &str| json!({"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {
            "QueueName": format!("{{{{resolve:ssm:{name}}}}}")
        }}}});
        bench.simulator.set_parameter(&place, "/name", "orders");
        assert_eq!(bench.deploy("one", &queue("/name:1")), S::CreateComplete);
        assert_eq!(bench.deploy("two", &queue("/other")), S::RollbackComplete);
    }

    /// A template that names what it does not have is refused before anything is made.
    Documented("user guide, Intrinsic function reference; the words are seen on the service")
    fn what_a_template_names_must_be_there() {
        let queue = |properties: Value| json!({"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": properties}}});
        assert!(refused(&queue(json!({"QueueName": {"Ref": "Nobody"}}))).contains("Unresolved resource dependencies [Nobody]"));
        assert!(refused(&queue(json!({"QueueName": {"Fn::GetAtt": ["Nobody", "Arn"]}}))).contains("undefined resource Nobody"));
        assert!(refused(&queue(json!({"QueueName": {"Fn::If": ["Nobody", 1, 2]}}))).contains("Unresolved condition"));
        assert!(refused(&json!({"Resources": {}})).contains("At least one Resources member"));
        let circle = json!({"Resources": {
            "A": {"Type": "AWS::SQS::Queue", "DependsOn": "B"},
            "B": {"Type": "AWS::SQS::Queue", "DependsOn": ["A"]}
        }});
        assert_eq!(refused(&circle), "Circular dependency between resources: [A, B]");
        assert!(refused(&queue(json!({"QueueName": {"Fn::Nothing": 1}}))).contains("Unrecognized resource function"));
    }

    /// A template has at most 500 resources, 200 parameters and 200 outputs, and a request 51,200 bytes of it.
    Documented("user guide, CloudFormation quotas")
    fn quotas_of_a_template() {
        let resources: serde_json::Map<String, Value> =
            (0..501).map(|at| (format!("Q{at}"), json!({"Type": "AWS::SQS::Queue"}))).collect();
        assert!(refused(&json!({"Resources": resources})).contains("501, is greater than maximum allowed, 500"));
        let mut bench = Bench::new();
        let mut template = json!({"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Metadata": {"a": "x".repeat(60_000)}}}});
        assert!(refused(&template).contains("51200"));
        let place = bench.target.place.clone();
        bench.simulator.make_bucket(&place, "assets");
        bench.simulator.put_object(&place, "assets", "large.json", template.to_string(), None).unwrap();
        let mut request = bench.request("shop", ChangeSetType::Create, &template);
        request.template = Template::Url("https://assets.s3.eu-west-1.amazonaws.com/large.json".into());
        assert_eq!(bench.deploy_as(request), S::CreateComplete);
        template["Resources"]["Queue"]["Metadata"]["a"] = json!("x".repeat(1_000_001));
        bench.simulator.put_object(&place, "assets", "large.json", template.to_string(), None).unwrap();
        let mut request = bench.request("shop", ChangeSetType::Update, &template);
        request.template = Template::Url("s3://assets/large.json".into());
        assert!(bench.change_set(request).unwrap_err().message.contains("1000000 bytes"));
    }

    /// ARNs can be cut up where the service has its colons.
    Documented("service authorization reference, resource types defined by AWS Lambda and AWS Step Functions")
    fn arns_have_the_colons_of_their_service() {
        let mut bench = Bench::new();
        let name = |arn: Value| json!({"Value": {"Fn::Select": [6, {"Fn::Split": [":", arn]}]}});
        let template = json!({
            "Resources": {
                "Function": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "work"}},
                "Machine": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"StateMachineName": "steps"}}
            },
            "Outputs": {"A": name(json!({"Fn::GetAtt": ["Function", "Arn"]})), "B": name(json!({"Ref": "Machine"}))}
        });
        assert_eq!(bench.deploy("shop", &template), S::CreateComplete);
        let outputs: Vec<String> =
            bench.describe("shop").unwrap().outputs.iter().map(|output| output.value.reveal().to_owned()).collect();
        assert_eq!(outputs, ["work", "steps"]);
    }

    /// An output must be a text.
    Documented("user guide, CloudFormation template Outputs syntax")
    fn an_output_is_a_text() {
        assert!(output(&json!({"Fn::GetAZs": ""}), &json!({}), &[]).unwrap_err().contains("must evaluate to a String"));
    }
}
