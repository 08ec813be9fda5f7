//! A change set overrules what was worked out here.

use ce_deploy::cloud::{Action, Change, Replacement};
use ce_deploy::difference::{Class, Fate};
use serde_json::json;

use crate::between;

fn change(id: &str, action: Action, replacement: Option<Replacement>) -> Change {
    Change {
        action,
        logical_id: id.into(),
        physical_id: None,
        type_name: "AWS::SQS::Queue".into(),
        replacement,
        policy_action: (replacement == Some(Replacement::True)).then(|| "ReplaceAndRetain".into()),
        details: vec![],
        nested: None,
    }
}

#[test]
fn where_they_differ_the_change_set_holds_and_it_is_said() {
    let queue = |delay: u32| json!({ "Q": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } } });
    let mut difference = between(&queue(1), &queue(2));
    difference.apply(None, &[change("Q", Action::Modify, Some(Replacement::True)), change("New", Action::Add, None)]);
    let queue = difference.resource("Q").unwrap();
    assert_eq!((queue.class, queue.fate), (Class::StatefulReplacement, Some(Fate::Retained)));
    assert_eq!(difference.resource("New").unwrap().class, Class::Added);
    let said: Vec<_> = difference.disagreements.iter().map(|one| (one.logical_id.as_str(), one.change_set)).collect();
    assert_eq!(said, [("New", Some(Class::Added)), ("Q", Some(Class::StatefulReplacement))]);
}

#[test]
fn what_a_change_set_leaves_out_stays() {
    let mut difference = between(&json!({ "Q": { "Type": "AWS::SQS::Queue" } }), &json!({}));
    difference.apply(None, &[]);
    assert_eq!(difference.resource("Q").unwrap().class, Class::Removed);
    assert_eq!(difference.disagreements[0].change_set, None);
}

#[test]
fn agreement_is_no_news() {
    let queue = |name: &str| json!({ "Q": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": name } } });
    let mut difference = between(&queue("a"), &queue("b"));
    difference.apply(None, &[change("Q", Action::Modify, Some(Replacement::True))]);
    assert!(difference.disagreements.is_empty(), "{:?}", difference.disagreements);
}
