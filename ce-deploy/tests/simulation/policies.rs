//! Stack policies: what an update may not do to a resource.

use ce_deploy::cloud::{Answer, Call, ChangeSetType, Failure, FailureKind, StackRef, StackStatus as S};
use ce_deploy::stack_policy::Held;
use serde_json::{Value, json};

use crate::behaviour::behaviours;
use crate::bench::Bench;

const ALL: &str = r#"{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}"#;

/// A table that a key replaces, and a queue.
fn shop(key: &str, delay: u32) -> Value {
    let mut template = without_table(delay);
    template["Resources"]["Table"] = json!({"Type": "AWS::DynamoDB::Table", "Properties": {
        "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST"
    }});
    template
}

fn without_table(delay: u32) -> Value {
    json!({"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": delay}}}})
}

fn set(bench: &mut Bench, policy: &str) -> Result<Answer, Failure> {
    bench.call(Call::SetStackPolicy { stack: StackRef::name("shop"), policy: policy.to_owned() })
}

fn policy(bench: &mut Bench) -> Option<String> {
    match bench.call(Call::GetStackPolicy { stack: StackRef::name("shop") }) {
        Ok(Answer::StackPolicy(policy)) => policy,
        other => panic!("{other:?}"),
    }
}

/// A stack with a policy that holds its table.
fn held() -> Bench {
    let mut bench = Bench::new();
    assert_eq!(bench.deploy("shop", &shop("id", 1)), S::CreateComplete);
    set(&mut bench, &Held::new(["Table".to_owned()]).text()).unwrap();
    bench
}

fn reason(bench: &mut Bench) -> String {
    let failed = |event: &ce_deploy::cloud::StackEvent| event.logical_id == "Table" && event.status == "UPDATE_FAILED";
    let event = bench.events("shop").into_iter().find(failed).unwrap();
    event.reason.unwrap()
}

behaviours! {
    /// A stack has no policy until it is given one, and then the one it was given last.
    Documented("API reference, GetStackPolicy and SetStackPolicy")
    fn a_policy_is_kept() {
        let mut bench = Bench::new();
        bench.deploy("shop", &shop("id", 1));
        assert_eq!(policy(&mut bench), None);
        for text in [Held::default().text(), format!("{{\"Statement\":[{ALL}]}}")] {
            set(&mut bench, &text).unwrap();
            assert_eq!(policy(&mut bench), Some(text));
        }
        assert_eq!(bench.deploy("shop", &shop("id", 2)), S::UpdateComplete);
        assert!(policy(&mut bench).is_some(), "an update leaves it");
    }

    /// What a policy denies fails when the update comes to it, and the stack goes back; a change in place is another action.
    Documented("user guide, Prevent updates to stack resources; the words are quoted by the authors of Sceptre")
    fn a_policy_holds_a_resource() {
        let mut bench = held();
        assert_eq!(bench.deploy("shop", &shop("other", 1)), S::UpdateRollbackComplete);
        let words = "Action denied by stack policy: Statement [#1] does not allow [Update:Replace] for resource [LogicalResourceId/Table]";
        assert_eq!(reason(&mut bench), words);
        assert_eq!(bench.deploy("shop", &shop("id", 2)), S::UpdateComplete);
        assert!(bench.simulator.losses().is_empty());
    }

    /// To take a resource out of the template is to delete it, also where it is kept.
    Documented("user guide, Prevent updates to stack resources, of `Update:Delete`; that a deletion policy changes nothing in it is assumed")
    fn a_policy_holds_what_leaves_the_template() {
        let mut bench = held();
        let mut retained = shop("id", 1);
        retained["Resources"]["Table"]["DeletionPolicy"] = json!("Retain");
        bench.deploy("shop", &retained);
        assert_eq!(bench.deploy("shop", &without_table(1)), S::UpdateRollbackComplete);
        assert!(reason(&mut bench).contains("does not allow [Update:Delete] for resource [LogicalResourceId/Table]"));
        set(&mut bench, &Held::default().text()).unwrap();
        assert_eq!(bench.deploy("shop", &without_table(1)), S::UpdateComplete);
    }

    /// What no statement allows is denied.
    Documented("user guide, Prevent updates to stack resources: all resources are protected by default")
    fn a_policy_denies_what_it_does_not_allow() {
        let mut bench = held();
        let one = r#"{"Effect":"Allow","Action":"Update:Modify","Principal":"*","Resource":"LogicalResourceId/Table"}"#;
        set(&mut bench, &format!("{{\"Statement\":[{one}]}}")).unwrap();
        assert_eq!(bench.deploy("shop", &shop("id", 2)), S::UpdateRollbackComplete);
    }

    /// A change set is made whatever the policy says; only its execution fails.
    Observed("serverless#10617")
    fn a_change_set_does_not_ask_the_policy() {
        let mut bench = held();
        let request = bench.request("shop", ChangeSetType::Update, &shop("other", 1));
        let change_set = bench.change_set(request).unwrap();
        set(&mut bench, &Held::default().text()).unwrap();
        bench.execute(&change_set).unwrap();
        bench.settle();
        assert_eq!(bench.describe("shop").unwrap().status, S::UpdateComplete, "the policy of the moment counts");
    }

    /// A policy applies to updates only: not to the deletion of the stack.
    Documented("user guide, Prevent updates to stack resources")
    fn a_policy_does_not_hold_a_stack() {
        let mut bench = held();
        let arn = bench.describe("shop").unwrap().id;
        let token = bench.token();
        bench.call(Call::DeleteStack { stack: StackRef::name("shop"), token, retain: vec![], role: None }).unwrap();
        bench.settle();
        assert_eq!(bench.describe(&arn).unwrap().status, S::DeleteComplete);
    }

    /// Nor to the way back of an update that failed: what it made goes again.
    Assumed("user guide, Prevent updates to stack resources, speaks of updates")
    fn a_policy_does_not_hold_up_the_way_back() {
        let mut bench = Bench::new();
        bench.deploy("shop", &without_table(1));
        set(&mut bench, &Held::new(["Table".to_owned()]).text()).unwrap();
        let mut failing = shop("id", 1);
        failing["Resources"]["Last"] =
            json!({"Type": "AWS::SNS::Topic", "DependsOn": "Table", "Metadata": {"ce:simulate": {"fail": ["create"]}}});
        assert_eq!(bench.deploy("shop", &failing), S::UpdateRollbackComplete);
    }

    /// A stack that is being worked on takes no policy.
    Observed("stack_master#178")
    fn a_busy_stack_takes_no_policy() {
        let mut bench = held();
        let request = bench.request("shop", ChangeSetType::Update, &shop("id", 2));
        let change_set = bench.change_set(request).unwrap();
        bench.execute(&change_set).unwrap();
        assert_eq!(set(&mut bench, &Held::default().text()).unwrap_err().kind, FailureKind::InProgress);
        bench.settle();
        assert!(set(&mut bench, &Held::default().text()).is_ok());
    }

    /// Nor does one that was never made.
    Assumed("nobody says so; a client must be prepared for it")
    fn a_stack_in_review_takes_no_policy() {
        let mut bench = Bench::new();
        let request = bench.request("shop", ChangeSetType::Create, &shop("id", 1));
        bench.change_set(request).unwrap();
        assert!(set(&mut bench, &Held::default().text()).is_err());
    }

    /// A text that is no policy is refused.
    Observed("localstack, tests of stack policies that were recorded on the service")
    fn a_policy_is_checked() {
        let mut bench = held();
        for text in ["", "no JSON", r#"{"Statement":[{"Effect":"Deny","Action":"Update:*","Resource":"*"}]}"#] {
            let refusal = set(&mut bench, text).unwrap_err();
            assert_eq!(refusal.message, "Error validating stack policy: Invalid stack policy", "{text}");
        }
    }
}
