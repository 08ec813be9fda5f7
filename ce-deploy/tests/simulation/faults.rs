//! Faults: each kind makes a difference, and then is over.

use ce_deploy::cloud::{Call, ChangeSetType, FailureKind as K, Mode, Page, StackRef};
use ce_deploy::simulator::{Chance, Fault, FaultKind, Schedule, Settings};
use serde_json::{Value, json};

use crate::bench::Bench;

/// Two queues, one after the other, one that is there for this value only, and a nested stack; the third update fails.
fn template(delay: u32) -> Value {
    json!({"Resources": {
        "One": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": delay}},
        "Two": {
            "Type": "AWS::SQS::Queue",
            "DependsOn": "One",
            "Properties": {"DelaySeconds": delay},
            "Metadata": {"ce:simulate": {"fail": if delay == 3 { "update" } else { "nothing" }}}
        },
        format!("Only{delay}"): {"Type": "AWS::SQS::Queue"},
        "Child": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "s3://assets/child.json"}}
    }})
}

/// A life of a stack, and all that was answered on the way.
fn life(faults: &[Fault]) -> Vec<String> {
    let mut bench = Bench::with(Settings::default().page(2));
    let place = bench.target.place.clone();
    bench.simulator.make_bucket(&place, "assets");
    let child = json!({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}).to_string();
    bench.simulator.put_object(&place, "assets", "child.json", child, None).expect("a bucket");
    bench.simulator.add_faults(faults);
    let mut told = Vec::new();
    // The last is in express mode.
    for delay in [1, 2, 2, 3, 4] {
        act(&mut bench, delay, &mut told);
        look(&mut bench, &mut told);
    }
    let token = bench.token();
    let call = Call::DeleteStack { stack: StackRef::name("shop"), token, retain: vec![], role: None };
    ask(&mut bench, call, &mut told);
    bench.settle();
    look(&mut bench, &mut told);
    told
}

fn ask(bench: &mut Bench, call: Call, told: &mut Vec<String>) {
    let answer = bench.call(call);
    told.push(format!("{} {:?} after {:?}", bench.now.0, answer, bench.simulator.delay()));
}

fn act(bench: &mut Bench, delay: u32, told: &mut Vec<String>) {
    let kind = if delay == 1 { ChangeSetType::Create } else { ChangeSetType::Update };
    let mut request = bench.request("shop", kind, &template(delay));
    request.name = format!("change-{}", told.len());
    if delay == 4 {
        request.mode = Mode::Express;
    }
    let (stack, change_set) = (StackRef::name("shop"), request.name.clone());
    let token = bench.token();
    ask(bench, Call::CreateChangeSet(Box::new(request)), told);
    bench.wait(2);
    for _ in 0..2 {
        let page = Page::first();
        ask(bench, Call::DescribeChangeSet { stack: stack.clone(), change_set: change_set.clone(), page }, told);
    }
    let (disable_rollback, retain_except_on_create) = (false, false);
    ask(
        bench,
        Call::ExecuteChangeSet { stack: stack.clone(), change_set, token, disable_rollback, retain_except_on_create },
        told,
    );
    for _ in 0..3 {
        bench.wait(1);
        ask(bench, Call::DescribeStacks { stack: Some(stack.clone()), page: Page::first() }, told);
    }
    bench.settle();
}

fn look(bench: &mut Bench, told: &mut Vec<String>) {
    let stack = StackRef::name("shop");
    ask(bench, Call::DescribeStacks { stack: Some(stack.clone()), page: Page::first() }, told);
    for page in [Page::first(), Page(Some("page-2".into()))] {
        ask(bench, Call::DescribeStackEvents { stack: stack.clone(), page: page.clone() }, told);
        ask(bench, Call::ListStackResources { stack: stack.clone(), page }, told);
    }
    ask(bench, Call::GetStackPolicy { stack: stack.clone() }, told);
    ask(bench, Call::DetectDrift { stack: stack.clone() }, told);
    bench.wait(3);
    ask(bench, Call::DescribeResourceDrifts { stack, page: Page::first() }, told);
}

#[test]
fn every_kind_makes_a_difference() {
    let untouched = life(&[]);
    for kind in FaultKind::all().filter(|kind| !matches!(kind.chance(), Chance::Await | Chance::Write)) {
        let differs = (0..60).any(|nth| life(&[Fault::new(kind).nth(nth)]) != untouched);
        assert!(differs, "{kind} makes no difference");
    }
}

#[test]
fn there_are_at_least_thirty_kinds() {
    assert!(FaultKind::all().count() >= 30);
    assert!(FaultKind::all().all(|kind| kind.about().trim().ends_with('.')));
}

#[test]
fn a_fault_is_over_when_it_has_struck() {
    let mut bench = Bench::new();
    bench.simulator.add_faults(&[Fault::new(FaultKind::Throttle).on("DescribeStacks").nth(1).times(2)]);
    let call = Call::DescribeStacks { stack: None, page: Page::first() };
    let kinds: Vec<_> = (0..4).map(|_| bench.call(call.clone()).err().map(|failure| failure.kind)).collect();
    assert_eq!(kinds, [None, Some(K::Throttled), Some(K::Throttled), None]);
    assert!(bench.call(Call::Identity).is_ok());
}

#[test]
fn a_lost_answer_is_done_and_a_lost_request_is_not() {
    for (kind, done) in
        [(FaultKind::LostAnswer, true), (FaultKind::GarbledAnswer, true), (FaultKind::LostRequest, false)]
    {
        let mut bench = Bench::new();
        bench.simulator.add_faults(&[Fault::new(kind).on("CreateChangeSet")]);
        let request = bench.request("shop", ChangeSetType::Create, &template(1));
        assert!(bench.call(Call::CreateChangeSet(Box::new(request))).unwrap_err().may_be_done());
        assert_eq!(bench.describe("shop").is_some(), done, "{kind}");
    }
}

#[test]
fn a_fault_is_written_as_code() {
    let fault = Fault::new(FaultKind::Throttle).on("DescribeStacks").nth(3).size(5);
    assert_eq!(fault.code(), "Fault::new(FaultKind::Throttle).on(\"DescribeStacks\").nth(3).size(5)");
}

#[test]
fn a_schedule_is_its_seed() {
    let kinds: Vec<_> = FaultKind::all().collect();
    let all: Vec<_> = (0..200).map(|seed| Schedule::of(seed, &kinds, 4)).collect();
    assert!(all.iter().any(|schedule| schedule.faults.is_empty()));
    assert!(all.iter().all(|schedule| schedule.faults.len() <= 4));
    assert_eq!(all[7], Schedule::of(7, &kinds, 4));
}
