//! A change set overrules what was worked out here.

use ce_deploy::cloud::{Action, Change, ChangeDetail, Evaluation, Recreation, Replacement};
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
        ignored: Vec::new(),
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

/// A name that stays is in the way of a replacement that only the change set knows of: no agreement makes it succeed.
#[test]
fn a_replacement_that_its_name_is_in_the_way_of_is_blocked() {
    let queue = |name: &str, delay: u32| {
        let properties = json!({ "QueueName": name, "DelaySeconds": delay });
        json!({ "Q": { "Type": "AWS::SQS::Queue", "Properties": properties } })
    };
    let replaced = change("Q", Action::Modify, Some(Replacement::True));
    let mut difference = between(&queue("a", 1), &queue("a", 2));
    difference.apply(None, std::slice::from_ref(&replaced));
    let found = difference.resource("Q").unwrap();
    assert_eq!(found.class, Class::Blocked);
    assert!(found.causes[0].contains("same `QueueName`"), "{:?}", found.causes);
    let mut renamed = between(&queue("a", 1), &queue("b", 2));
    renamed.apply(None, std::slice::from_ref(&replaced));
    assert_eq!(renamed.resource("Q").unwrap().class, Class::StatefulReplacement);
    // The change set knows of a name that changes with what it refers to.
    let name = ChangeDetail {
        attribute: "Properties".into(),
        name: Some("QueueName".into()),
        recreation: Recreation::Always,
        evaluation: Evaluation::Dynamic,
        source: None,
        cause: None,
    };
    let mut follows = between(&queue("a", 1), &queue("a", 2));
    follows.apply(None, &[Change { details: vec![name], ..replaced }]);
    assert_eq!(follows.resource("Q").unwrap().class, Class::StatefulReplacement);
}

/// What puts drift back is judged as what changes a template is.
#[test]
fn putting_drift_back_can_replace_too() {
    let queue = |delay: u32| json!({ "Q": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } } });
    let mut difference = between(&queue(1), &queue(1));
    difference.apply(None, &[change("Q", Action::Modify, Some(Replacement::True))]);
    assert_eq!(difference.resource("Q").unwrap().class, Class::StatefulReplacement);
    let mut difference = between(&queue(1), &queue(1));
    difference.apply(None, &[change("Q", Action::Modify, Some(Replacement::False))]);
    assert_eq!(difference.resource("Q").unwrap().class, Class::InPlace);
    // The template says now what others made of it.
    let mut difference = between(&queue(1), &queue(2));
    difference.apply(None, &[change("Q", Action::SyncWithActual, None)]);
    assert_eq!(difference.resource("Q").unwrap().class, Class::Metadata);
}
