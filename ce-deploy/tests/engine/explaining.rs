//! What other services say about a failure.

use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Stack, StackId};
use ce_deploy::cloud::{Answer, Call, EvidenceAnswer, EvidenceCall, Failure, TracedCall};
use ce_deploy::engine::{
    Depth, Errand, Event, Evidence, Explained, Note, Options, Outcome, Progress, Signal, Source, Span,
};
use ce_deploy::simulator::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::cloud::{Cloud, settings};
use crate::drive::{Fate, Run, drive, drive_with};
use crate::shop::{assembly, deploy, failing, stack, template};

const TOKEN: &str = "arn:aws:lambda:eu-west-1:111111111111:function:seed-db";
const BREAKER: &str = "Resource handler returned message: \"Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.\" (HandlerErrorCode: GeneralServiceException)";

fn one(id: &str, type_name: &str, properties: &Value, behaviour: Value) -> Stack {
    let mut behaviour = behaviour;
    behaviour["fail"] = json!("create");
    let resource = json!({ "Type": type_name, "Properties": properties, "Metadata": { "ce:simulate": behaviour } });
    stack(id, &json!({ "Resources": { "Fails": resource } }).to_string(), &[])
}

fn web() -> Stack {
    let behaviour = json!({ "reason": BREAKER, "said": ["starting", "Error: DATABASE_URL is not set"] });
    one("Web", "AWS::ECS::Service", &json!({ "Cluster": "shop", "ServiceName": "web" }), behaviour)
}

fn seed(reason: &str) -> Stack {
    let behaviour = json!({
        "reason": reason, "said": ["connecting", "[ERROR] no such database"],
        "refused": ["rds:DescribeDBClusters", "AccessDenied", "seed-db may not"],
    });
    one("Seed", "Custom::Seed", &json!({ "ServiceToken": TOKEN }), behaviour)
}

fn orders(role: Option<&str>) -> Stack {
    let behaviour = json!({
        "reason": "Encountered a permissions error performing a tagging operation",
        "refused": ["sqs:TagQueue", "AccessDenied", "no identity-based policy allows the sqs:TagQueue action"],
    });
    let mut stack = one("Orders", "AWS::SQS::Queue", &json!({}), behaviour);
    stack.execution_role = role.map(str::to_owned);
    stack
}

fn explained(cloud: &mut Cloud, assembly: &Arc<Assembly>, depth: Depth) -> Run {
    let mut deployment = deploy(assembly);
    drive(cloud, 0, &mut Explained::new(&mut deployment, Arc::clone(assembly), depth))
}

fn found(run: &Run) -> Vec<Evidence> {
    let of = |told: &Progress| match told {
        Progress::Evidence { evidence, .. } => evidence.clone(),
        _ => Vec::new(),
    };
    run.told.iter().flat_map(of).collect()
}

fn asked(cloud: &Cloud) -> Vec<&'static str> {
    let action = |call: &Call| match call {
        Call::Evidence(call) => Some(call.action()),
        _ => None,
    };
    cloud.calls.iter().filter_map(|(_, call)| action(call)).collect()
}

#[test]
fn ecs_says_why_tasks_stopped() {
    let mut cloud = Cloud::new();
    let run = explained(&mut cloud, &assembly(vec![web()]), Depth::Services);
    let [evidence] = &found(&run)[..] else { panic!("{:?}", found(&run)) };
    assert_eq!((&evidence.source, evidence.cause.as_str()), (&Source::Ecs, "Fails"));
    assert!(evidence.lines[0].ends_with("stopped: Essential container in task exited"), "{evidence:?}");
    assert_eq!(
        evidence.lines[1..],
        [
            "container `app` ended with 1",
            "ECS deployment circuit breaker: tasks failed to start.",
            "(service web) deployment failed: tasks failed to start.",
        ]
    );
    assert_eq!(evidence.notes, [Note::Withheld]);
    assert_eq!(asked(&cloud), ["ecs:DescribeServices", "ecs:ListTasks", "ecs:DescribeTasks"]);
}

#[test]
fn a_log_is_read_where_somebody_asked_for_it() {
    let mut cloud = Cloud::new();
    let run = explained(&mut cloud, &assembly(vec![web()]), Depth::Logs);
    let all = found(&run);
    let log = all.iter().find(|found| matches!(found.source, Source::Log { .. })).expect("a log");
    assert_eq!(log.lines, ["starting", "Error: DATABASE_URL is not set"]);
    let Source::Log { group, stream: Some(stream) } = &log.source else { panic!("{log:?}") };
    assert!(group == "/ecs/web" && stream.starts_with("ecs/app/"), "{log:?}");
    assert!(all.iter().all(|found| found.notes.is_empty()), "{all:?}");
    assert_eq!(asked(&cloud).len(), 5, "{:?}", asked(&cloud));
}

#[test]
fn the_function_behind_a_custom_resource_is_heard() {
    let stream = "2026/11/28/[$LATEST]4f2c0d";
    let named = format!("Message returned: See the details in CloudWatch Log Stream: {stream} (RequestId: 4f)");
    for (reason, stream) in [(named.as_str(), Some(stream.to_owned())), ("Custom resource did not answer", None)] {
        let mut cloud = Cloud::with(settings().trail_lag(Span(0)));
        let run = explained(&mut cloud, &assembly(vec![seed(reason)]), Depth::Logs);
        let [log, trail] = &found(&run)[..] else { panic!("{:?}", found(&run)) };
        assert_eq!(log.source, Source::Log { group: "/aws/lambda/seed-db".into(), stream });
        assert_eq!(log.lines, ["connecting", "[ERROR] no such database"]);
        assert_eq!((&trail.source, trail.lines.len()), (&Source::Trail, 1));
        assert_eq!(trail.lines[0], "rds:DescribeDBClusters AccessDenied: seed-db may not");
    }
}

#[test]
fn lines_of_logs_are_not_even_read_unless_asked_for() {
    let mut cloud = Cloud::new();
    let run = explained(&mut cloud, &assembly(vec![seed("no")]), Depth::Services);
    let notes: Vec<Note> = found(&run).iter().flat_map(|found| found.notes.clone()).collect();
    assert_eq!(notes, [Note::Withheld, Note::NotYet]);
    assert_eq!(asked(&cloud), ["cloudtrail:LookupEvents"]);
}

#[test]
fn cloudtrail_says_which_call_was_refused() {
    for role in [None, Some("arn:aws:iam::111111111111:role/exec")] {
        let mut cloud = Cloud::with(settings().trail_lag(Span(0)));
        let run = explained(&mut cloud, &assembly(vec![orders(role)]), Depth::Services);
        let [evidence] = &found(&run)[..] else { panic!("{:?}", found(&run)) };
        let line = "sqs:TagQueue AccessDenied: no identity-based policy allows the sqs:TagQueue action";
        assert_eq!((evidence.lines.as_slice(), evidence.notes.as_slice()), (&[line.to_owned()][..], &[][..]));
        let who = cloud.calls.iter().find_map(|(_, call)| match call {
            Call::Evidence(EvidenceCall::Trail { user, .. }) => Some(user.as_str()),
            _ => None,
        });
        assert_eq!(who, Some(if role.is_some() { "AWSCloudFormation" } else { "simulated" }));
    }
}

#[test]
fn cloudtrail_is_late_and_that_is_said() {
    let run = explained(&mut Cloud::new(), &assembly(vec![orders(None)]), Depth::Services);
    let [evidence] = &found(&run)[..] else { panic!("{:?}", found(&run)) };
    assert_eq!((evidence.lines.len(), evidence.notes.as_slice()), (0, &[Note::NotYet][..]));
}

/// Others work in the account too, and handlers look for what is not there before they make it.
#[test]
fn a_call_that_has_nothing_to_do_with_it_is_not_told() {
    let mut cloud = Cloud::with(settings().trail_lag(Span(0)));
    cloud.way = Box::new(|call, _, answer| {
        let (Call::Evidence(EvidenceCall::Trail { .. }), Ok(Answer::Evidence(EvidenceAnswer::Trail(calls, page)))) =
            (call, answer.clone())
        else {
            return answer;
        };
        let other = |service: &str, error: Option<&str>, by_cloudformation| TracedCall {
            service: service.to_owned(),
            error: error.map(str::to_owned),
            by_cloudformation,
            ..calls[0].clone()
        };
        let noise = [
            other("sns", Some("AccessDenied"), true),
            other("sqs", Some("QueueDoesNotExist.NotFound"), true),
            other("sqs", None, true),
            other("sqs", Some("AccessDenied"), false),
            TracedCall { at: 1, ..calls[0].clone() },
        ];
        Ok(Answer::Evidence(EvidenceAnswer::Trail(noise.into_iter().chain(calls.clone()).collect(), page)))
    });
    let run = explained(&mut cloud, &assembly(vec![orders(None)]), Depth::Services);
    assert_eq!(found(&run)[0].lines.len(), 1, "{:?}", found(&run));
}

#[test]
fn services_are_asked_as_the_role_for_looking() {
    let mut web = web();
    let mut lookup = web.target.clone();
    lookup.role = Some("arn:aws:iam::111111111111:role/lookup".to_owned());
    web.lookup = Some(lookup);
    let assembly = assembly(vec![web]);
    let mut deployment = deploy(&assembly);
    let mut explained = Explained::new(&mut deployment, Arc::clone(&assembly), Depth::Services);
    let roles = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let mut cloud = Cloud::new();
    let seen = std::rc::Rc::clone(&roles);
    drive(&mut cloud, 0, &mut Seen(&mut explained, seen));
    assert!(!roles.borrow().is_empty());
    assert!(roles.borrow().iter().all(|role| role.as_deref() == Some("arn:aws:iam::111111111111:role/lookup")));
}

/// An operation, and as whom it asks for evidence.
struct Seen<'a, 'b>(&'a mut Explained<'b>, std::rc::Rc<std::cell::RefCell<Vec<Option<String>>>>);

impl ce_deploy::engine::Operation for Seen<'_, '_> {
    fn step(&mut self, now: ce_deploy::engine::Moment, event: Event) -> Vec<ce_deploy::engine::Action> {
        let actions = self.0.step(now, event);
        for action in &actions {
            if let ce_deploy::engine::Action::Call { target, call: Call::Evidence(_), .. } = action {
                self.1.borrow_mut().push(target.role.clone());
            }
        }
        actions
    }
}

fn everything() -> Arc<Assembly> {
    assembly(vec![web(), seed("no"), orders(None)])
}

fn plain() -> (Outcome, u64) {
    let run = drive(&mut Cloud::new(), 0, &mut deploy(&everything()));
    (run.outcome.expect("it ended"), run.took)
}

/// Whatever is answered, or not: the outcome is that of the operation, and a line says what is missing.
#[test]
fn nothing_that_is_answered_changes_the_outcome() {
    let (outcome, took) = plain();
    let failures = [
        (Failure::answered("AccessDeniedException", "you may not"), "is not allowed"),
        (Failure::answered("ThrottlingException", "Rate exceeded"), "no answer"),
        (Failure::answered("InternalFailure", "oops"), "no answer"),
        (Failure::answered("ResourceNotFoundException", "no such log"), "not there any more"),
        (Failure::no_answer("reset by peer"), "no answer"),
        (Failure::garbled("an answer without `tasks`"), "no answer"),
    ];
    for depth in [Depth::Services, Depth::Logs] {
        for (failure, words) in &failures {
            let mut cloud = Cloud::new();
            let refused = failure.clone();
            cloud.fault = Box::new(move |call, _| matches!(call, Call::Evidence(_)).then(|| refused.clone()));
            let run = explained(&mut cloud, &everything(), depth);
            assert_eq!(run.outcome(), &outcome, "{failure}");
            assert!(run.took < took + 9_000, "{failure}: {} after {took}", run.took);
            let notes: Vec<String> = found(&run).iter().flat_map(|found| &found.notes).map(Note::to_string).collect();
            assert!(notes.iter().any(|note| note.contains(words)), "{failure}: {notes:?}");
        }
    }
}

#[test]
fn an_answer_to_another_question_is_none() {
    let (outcome, _) = plain();
    for answer in [Answer::Done, Answer::Evidence(EvidenceAnswer::Lines(Vec::new()))] {
        let mut cloud = Cloud::new();
        let given = answer.clone();
        cloud.way = Box::new(move |call, _, real| {
            let is_it = matches!(call, Call::Evidence(call) if !matches!(call, EvidenceCall::LogSearch { .. }));
            if is_it { Ok(given.clone()) } else { real }
        });
        let run = explained(&mut cloud, &everything(), Depth::Logs);
        assert_eq!(run.outcome(), &outcome);
        assert!(found(&run).iter().any(|found| found.notes.contains(&Note::NoAnswer)));
    }
}

#[test]
fn slow_answers_are_not_waited_for() {
    let (outcome, took) = plain();
    let mut cloud = Cloud::new();
    let slow = |api: &'static str| Fault::new(FaultKind::SlowAnswer).on(api).size(600).times(9);
    cloud.simulator.add_faults(&["DescribeServices", "ListTasks", "LookupEvents"].map(slow));
    let run = explained(&mut cloud, &everything(), Depth::Services);
    assert_eq!(run.outcome(), &outcome);
    assert!((took..took + 9_000).contains(&run.took), "{} after {took}", run.took);
    assert!(found(&run).iter().any(|found| found.notes.contains(&Note::NoAnswer)), "{:?}", found(&run));
}

#[test]
fn three_causes_are_looked_into_with_few_calls() {
    let many: Vec<Stack> =
        (0..6).map(|at| Stack { id: StackId::new(format!("S{at}")), name: format!("s{at}"), ..web() }).collect();
    let names = many.into_iter().enumerate().map(|(at, mut stack)| {
        stack.template = stack.template.replace("\"web\"", &format!("\"web{at}\"")).into();
        stack
    });
    let mut cloud = Cloud::new();
    let run = explained(&mut cloud, &assembly(names.collect()), Depth::Logs);
    let told = run.told.iter().filter(|told| matches!(told, Progress::Evidence { .. })).count();
    assert_eq!((told, asked(&cloud).len()), (3, 15));
}

#[test]
fn who_interrupts_is_not_kept() {
    let interrupt = |after| (after, Event::Interrupted(Signal::Interrupt));
    let shop = assembly(vec![web()]);
    for events in [vec![interrupt(2_000)], vec![interrupt(2_000), interrupt(2_100)]] {
        let mut cloud = Cloud::new();
        let mut deployment = deploy(&shop);
        let mut explained = Explained::new(&mut deployment, Arc::clone(&shop), Depth::Logs);
        drive_with(&mut cloud, 0, &mut explained, Fate { events, ..Fate::default() });
        assert!(asked(&cloud).is_empty());
    }
}

#[test]
fn nobody_is_asked_where_nothing_failed_or_the_reason_says_it_all() {
    for template in [template(1, "a"), failing()] {
        let mut cloud = Cloud::new();
        explained(&mut cloud, &assembly(vec![stack("Net", &template, &[])]), Depth::Logs);
        assert!(asked(&cloud).is_empty(), "{:?}", asked(&cloud));
    }
}

/// `ce recover` tells why, also of a stack that was put back long ago and in which nothing failed that is still there.
#[test]
fn what_failed_before_is_explained_again() {
    let mut cloud = Cloud::new();
    let shop = assembly(vec![orders(None), stack("Net", &template(1, "a"), &[])]);
    let run = drive(&mut cloud, 0, &mut deploy(&shop));
    let failed: Vec<_> = run.told.iter().filter(|told| matches!(told, Progress::Diagnosis { .. })).cloned().collect();
    let mut recover = Errand::recover(Arc::clone(&shop), None, Options::default());
    let run = drive(&mut cloud, 600_000, &mut Explained::new(&mut recover, Arc::clone(&shop), Depth::Services));
    let again: Vec<_> = run.told.iter().filter(|told| matches!(told, Progress::Diagnosis { .. })).cloned().collect();
    assert_eq!((again.len(), &again), (1, &failed));
    assert!(!run.told.iter().any(|told| matches!(told, Progress::Resource { .. })), "nobody hears of it as of news");
    assert!(
        found(&run)[0].lines[0].starts_with("sqs:TagQueue AccessDenied"),
        "CloudTrail has it by now: {:?}",
        found(&run)
    );
}

#[test]
fn events_that_cannot_be_read_do_not_keep_from_recovering() {
    let mut cloud = Cloud::new();
    let shop = assembly(vec![orders(None)]);
    drive(&mut cloud, 0, &mut deploy(&shop));
    let known = drive(&mut cloud, 600_000, &mut Errand::recover(Arc::clone(&shop), None, Options::default()));
    cloud.fault = Box::new(|call, _| {
        matches!(call, Call::DescribeStackEvents { .. }).then(|| Failure::answered("AccessDenied", "you may not"))
    });
    let run = drive(&mut cloud, 700_000, &mut Errand::recover(shop, None, Options::default()));
    assert_eq!(run.outcome(), known.outcome());
}

/// CloudTrail takes two requests a second.
#[test]
fn who_asks_to_wait_is_asked_again() {
    let mut cloud = Cloud::with(settings().trail_lag(Span(0)));
    let throttles = Fault::new(FaultKind::Throttle).on("LookupEvents").times(2);
    cloud.simulator.add_faults(&[throttles]);
    let run = explained(&mut cloud, &assembly(vec![orders(None)]), Depth::Services);
    assert!(found(&run)[0].lines[0].starts_with("sqs:TagQueue"), "{:?}", found(&run));
    assert_eq!(asked(&cloud).len(), 3);
}
