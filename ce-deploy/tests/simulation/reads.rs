//! Reads: late, in pages, and not as many as one likes.

use ce_deploy::cloud::{Answer, Call, ChangeSetState, ChangeSetType, FailureKind, Page, StackRef, StackStatus as S};
use ce_deploy::engine::{Moment, Span};
use ce_deploy::simulator::{Budget, Settings};
use serde_json::json;

use crate::behaviour::behaviours;
use crate::bench::Bench;

fn queue() -> serde_json::Value {
    json!({"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}})
}

behaviours! {
    /// A read may show a stack as it was a while ago.
    Observed("aws-cdk-cli#1802, #1848: four stale reads after an execution")
    fn a_read_is_late() {
        let mut bench = Bench::with(Settings::default().read_lag(Span::seconds(10)));
        let request = bench.request("shop", ChangeSetType::Create, &queue());
        assert_eq!(bench.change_set(request.clone()).unwrap().state, ChangeSetState::InProgress);
        bench.wait(20);
        let change_set = bench.change_set(request).unwrap();
        bench.execute(&change_set).unwrap();
        bench.wait(5);
        assert_eq!(bench.describe("shop").unwrap().status, S::ReviewInProgress);
        bench.wait(10);
        assert_eq!(bench.describe("shop").unwrap().status, S::CreateComplete);
    }

    /// Events show a while after what they tell.
    Observed("aws-cdk-cli, which polls them apart from the state")
    fn events_are_late() {
        let mut bench = Bench::with(Settings::default().event_lag(Span::seconds(10)));
        bench.deploy("shop", &queue());
        assert!(!bench.story("shop").contains(&"shop: CREATE_COMPLETE".to_owned()));
        bench.wait(10);
        assert!(bench.story("shop").contains(&"shop: CREATE_COMPLETE".to_owned()));
    }

    /// Long answers come in pages.
    Documented("API reference, NextToken")
    fn answers_come_in_pages() {
        let mut bench = Bench::with(Settings::default().page(2));
        for stack in ["a", "b", "c"] {
            bench.deploy(stack, &queue());
        }
        let call = Call::DescribeStacks { stack: None, page: Page::first() };
        let Answer::Stacks(stacks, Some(next)) = bench.call(call).unwrap() else { panic!("a page") };
        assert_eq!(stacks.len(), 2);
        let Answer::Stacks(stacks, None) = bench.call(Call::DescribeStacks { stack: None, page: next }).unwrap() else {
            panic!("the last page")
        };
        assert_eq!(stacks[0].name, "c");
        let page = Page(Some("nonsense".into()));
        assert_eq!(bench.call(Call::DescribeStacks { stack: None, page }).unwrap_err().kind, FailureKind::Invalid);
    }

    /// Each API of an account and region takes so many requests a second; more are refused with `Throttling`.
    Documented("user guide, CloudFormation quotas; the numbers are not published")
    fn requests_are_counted() {
        let mut bench = Bench::with(Settings::default().budget(Budget { burst: 2, per_second: 1 }));
        let call = Call::DescribeStacks { stack: None, page: Page::first() };
        assert!(bench.call(call.clone()).is_ok() && bench.call(call.clone()).is_ok());
        assert_eq!(bench.call(call.clone()).unwrap_err().kind, FailureKind::Throttled);
        assert!(bench.call(Call::Identity).is_ok());
        bench.wait(1);
        assert!(bench.call(call).is_ok());
    }

    /// What does not exist is told with words, not with a code.
    Observed("aws-cdk-cli, which looks for `does not exist`")
    fn what_is_missing_is_told_in_words() {
        let mut bench = Bench::new();
        let stack = StackRef::name("nobody");
        let failure = bench.call(Call::DescribeStacks { stack: Some(stack), page: Page::first() }).unwrap_err();
        assert_eq!((failure.code.as_str(), failure.message.as_str()), ("ValidationError", "Stack with id nobody does not exist"));
    }

    /// The same seed and the same calls give the same ids.
    Assumed("a simulator must")
    fn the_same_run_twice_is_the_same() {
        let run = |seed| {
            let mut bench = Bench::with(Settings::default().seed(seed));
            bench.deploy("shop", &queue());
            bench.events("shop")
        };
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
    }

    /// Time does not go back: what has happened has happened.
    Assumed("clocks of machines do")
    fn time_does_not_go_back() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue());
        bench.now = Moment(0);
        assert_eq!(bench.describe("shop").unwrap().status, S::CreateComplete);
    }
}
