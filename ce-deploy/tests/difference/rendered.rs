//! A difference as people and programs read it.

use serde_json::json;

use crate::between;

fn difference() -> ce_deploy::difference::Difference {
    let before = json!({
        "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16" } },
        "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" } } },
        "Old": { "Type": "AWS::DynamoDB::Table", "DeletionPolicy": "Retain" },
        "Key": { "Type": "AWS::SecretsManager::Secret", "Properties": { "SecretString": "hunter2" } },
    });
    let after = json!({
        "Vpc": {
            "Type": "AWS::EC2::VPC",
            "Properties": { "CidrBlock": "10.1.0.0/16" },
            "Metadata": { "aws:cdk:path": "Net/Vpc/Resource" },
        },
        "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" } } },
        "New|": { "Type": "AWS::SQS::Queue" },
        "Key": { "Type": "AWS::SecretsManager::Secret", "Properties": { "SecretString": "hunter3" } },
    });
    between(&before, &after)
}

#[test]
fn as_text() {
    let expected = "\
~ Key (AWS::SecretsManager::Secret) changes in place
      SecretString: ‹hidden 0e4d32› → ‹hidden 6a8d3d›
+ New| (AWS::SQS::Queue) is added
- Old (AWS::DynamoDB::Table) is removed
      it stays, outside the stack
± Subnet (AWS::EC2::Subnet) is replaced
      VpcId: follows Vpc (replaces)
      the old one is deleted
      because `Vpc.CidrBlock` changes
± Vpc (AWS::EC2::VPC from Net/Vpc) is replaced
      CidrBlock: 10.0.0.0/16 → 10.1.0.0/16 (replaces)
      the old one is deleted
";
    let text = difference().text();
    let plain = |text: &str| -> String {
        text.lines().filter(|line| !line.contains("‹hidden")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(plain(&text), plain(expected));
    assert_eq!(text.matches("‹hidden ").count(), 2, "{text}");
}

/// The lines of a change of one policy, the first of which names it.
fn lines(before: &serde_json::Value, after: &serde_json::Value) -> Vec<String> {
    let policy = |statements: &serde_json::Value| json!({ "P": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": { "Statement": statements } } } });
    between(&policy(before), &policy(after)).text().lines().skip(1).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn of_a_list_only_what_differs_is_shown() {
    let [a, b, c] = ["a", "b", "c"].map(|action| json!({ "Action": action }));
    let at = |index: u32| format!("PolicyDocument.Statement[{index}]");
    let added = format!("{}: none → {{\"Action\":\"b\"}}", at(1));
    assert_eq!(lines(&json!([a, c]), &json!([a, b, c])), [added]);
    let removed = format!("{}: {{\"Action\":\"a\"}} → none", at(0));
    assert_eq!(lines(&json!([a, b, c]), &json!([b, c])), [removed]);
    assert_eq!(lines(&json!([a, b]), &json!([a, c])), [format!("{}.Action: b → c", at(1))]);
}

#[test]
fn long_values_are_shown_where_they_differ() {
    let long = |end: &str| json!([{ "Resource": format!("{}{end}", "arn:aws:s3:::".repeat(9)) }]);
    assert_eq!(
        lines(&long("a"), &long("b")),
        ["PolicyDocument.Statement[0].Resource: …rn:aws:s3:::a → …rn:aws:s3:::b"]
    );
}

#[test]
fn as_markdown_the_worst_is_first_and_cells_hold() {
    let text = difference().markdown();
    let rows: Vec<&str> = text.lines().skip(2).collect();
    assert!(rows[0].starts_with("| `Old` |"), "{text}");
    assert!(rows.iter().any(|row| row.starts_with("| `New\\|` |")), "{text}");
}

#[test]
fn nothing_secret_is_in_any_form() {
    let difference = difference();
    for text in [difference.text(), difference.markdown(), difference.json()] {
        assert!(!text.contains("hunter"), "{text}");
    }
}

#[test]
fn as_json_classes_have_stable_names() {
    let json: serde_json::Value = serde_json::from_str(&difference().json()).unwrap();
    let of =
        |id: &str| json["resources"].as_array().unwrap().iter().find(|one| one["logicalId"] == id).unwrap().clone();
    assert_eq!(of("Vpc")["class"], "replacement");
    assert_eq!(of("Subnet")["properties"][0]["cause"], "Vpc");
    assert_eq!(of("Old")["fate"], "retained");
}
