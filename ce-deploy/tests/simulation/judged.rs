//! Each invariant can fail: a play is spoiled, or something wrong takes part in it, and the judge says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use ce_cfn::SCHEMAS;
use ce_deploy::assembly::{Assembly, Origin};
use ce_deploy::cloud::{Call, ChangeSetRequest, ChangeSetType, Mode, StackRef, Target, Template, Token};
use ce_deploy::engine::{End, Exit, Judge, Options, Outcome, Progress, Span};
use ce_deploy::plan::Step;
use ce_deploy::risk::{Consent, Gravity, Risk, RiskClass};
use ce_deploy::simulator::play::{Invariant as I, Played, Run, Scenario, Stopped};
use ce_deploy::simulator::{Fault, FaultKind};

use crate::apps::app;
use crate::campaign::{everything, scenario};

/// Several stacks are made, and changed; everything is agreed to.
const CHANGED: u64 = 3;

fn fine() -> Played {
    let played = scenario(CHANGED, 2).agree_to(everything()).play(&SCHEMAS);
    assert_eq!(played.breaches(), []);
    assert!(played.runs.iter().all(|run| run.outcome.as_ref().is_some_and(|outcome| outcome.exit == Exit::Done)));
    played
}

/// A stack that cannot be made.
fn failed() -> Played {
    let faults = vec![Fault::new(FaultKind::ResourceFails).nth(2)];
    let played = scenario(CHANGED, 1).agree_to(everything()).faults(faults).play(&SCHEMAS);
    assert_eq!(played.breaches(), []);
    assert!(told(&played.runs[0], |told| matches!(told, Progress::Diagnosis { .. })).is_some());
    played
}

fn told(run: &Run, is_it: impl Fn(&Progress) -> bool) -> Option<usize> {
    run.told.iter().position(|(_, told)| is_it(told))
}

/// What the judge says of a play, all of it about one invariant.
#[track_caller]
fn says(played: &Played, invariant: I) -> String {
    let breaches = played.breaches();
    assert!(!breaches.is_empty(), "{invariant:?} cannot fail");
    assert!(breaches.iter().all(|breach| breach.invariant == invariant), "{breaches:?}");
    breaches[0].what.clone()
}

fn outcome(played: &mut Played) -> &mut Outcome {
    played.runs[0].outcome.as_mut().unwrap()
}

#[test]
fn what_was_agreed_to_is_what_is_executed() {
    let spoil = |spoil: fn(&mut ce_deploy::plan::ChangeSetPlan)| {
        let mut played = fine();
        let plan = played.runs[0].plan.as_mut().unwrap();
        let made = plan.stacks.iter_mut().find_map(|stack| match &mut stack.step {
            Step::Create(made) => Some(made),
            _ => None,
        });
        spoil(made.unwrap());
        says(&played, I::Agreed)
    };
    assert!(spoil(|made| made.template.clear()).contains("its template is not the one"));
    assert!(spoil(|made| made.changes_digest.clear()).contains("changes something else"));
    assert!(spoil(|made| made.change_set.push('x')).contains("it is in no plan"));
    let mut played = fine();
    played.runs[0].plan = None;
    assert!(says(&played, I::Agreed).contains("without a plan"));
}

#[test]
fn somebody_agrees_before_anything_is_executed() {
    let mut played = fine();
    let asked = played.runs.iter_mut().find(|run| !run.asked.is_empty()).unwrap();
    let decided = std::mem::take(&mut asked.decided);
    assert!(!decided.is_empty());
    assert!(says(&played, I::Agreed).contains("nobody had agreed to data-loss"));
    let late = decided.into_iter().map(|(at, decision)| (at + Span::seconds(600), decision)).collect();
    played.runs.iter_mut().find(|run| !run.asked.is_empty()).unwrap().decided = late;
    assert!(says(&played, I::Agreed).contains("nobody had agreed to data-loss"));
}

#[test]
fn two_operations_of_ours_do_not_meet() {
    let mut played = fine();
    let stack = played.runs[0].assembly.stacks.last().unwrap().clone();
    let at = played.runs[1].ended + Span::seconds(1);
    for token in ["ce-one", "ce-other"] {
        let (name, token) = (StackRef::name(&stack.name), Token::given(token));
        let call = Call::DeleteStack { stack: name, token, retain: vec![], role: None };
        played.simulator.call(at, &Target::new(stack.place.clone()), call).unwrap();
    }
    assert!(played.breaches().iter().any(|breach| breach.invariant == I::Once && breach.what.contains("ran into")));
}

#[test]
fn nothing_is_left_over() {
    let mut played = fine();
    let stack = played.runs[0].assembly.stacks[0].clone();
    let request = ChangeSetRequest {
        stack: StackRef::name("left-over"),
        name: "ce-left".to_owned(),
        kind: ChangeSetType::Create,
        template: Template::Body(r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}"#.to_owned()),
        parameters: vec![],
        tags: None,
        capabilities: vec![],
        role: None,
        notification_arns: None,
        guard: None,
        token: Token::given("ce-left"),
        on_failure: None,
        include_nested: true,
        imports: vec![],
        mode: Mode::Standard,
        disable_rollback: false,
    };
    let at = played.runs[1].ended + Span::seconds(1);
    let call = Call::CreateChangeSet(Box::new(request));
    played.simulator.call(at, &Target::new(stack.place), call).unwrap();
    assert!(says(&played, I::Tidy).contains("is left"));
}

#[test]
fn a_success_and_a_failure_are_true() {
    let mut played = fine();
    played.runs[0].left.values_mut().next().unwrap().as_wanted = false;
    assert!(says(&played, I::True).contains("was called Some(Changed)"));
    let mut played = fine();
    outcome(&mut played).exit = Exit::Refused;
    assert!(says(&played, I::True).contains("nothing is wrong, and it ended Refused"));
}

#[test]
fn a_stack_waits_for_what_it_needs() {
    let mut played = fine();
    let mut assembly = Assembly::clone(&played.runs[0].assembly);
    let ids: Vec<_> = assembly.stacks.iter().map(|stack| stack.id.clone()).collect();
    assembly
        .stacks
        .iter_mut()
        .for_each(|stack| stack.needs = ids.iter().filter(|id| **id != stack.id).cloned().collect());
    played.runs[0].assembly = Arc::new(assembly);
    assert!(says(&played, I::Order).contains("was begun while"));
}

/// An app in three versions that lose data, with a judge that sees no risk in anything.
fn careless(seed: u64) -> Scenario {
    let app = app(seed, 3);
    let scenario = Scenario::new(app.versions, Judge::new(|_| vec![]));
    app.files.into_iter().fold(scenario, |scenario, (path, text)| scenario.file(path, text))
}

#[test]
fn what_holds_data_is_named_also_in_nested_stacks() {
    let (mut inner, mut deep, mut with_its_stack) = (false, false, false);
    for seed in 0..60 {
        let breaches = careless(seed).play(&SCHEMAS).breaches();
        let count = |words: &str, id: &str| {
            let data = breaches.iter().filter(|breach| breach.invariant == I::Data);
            data.filter(|breach| breach.what.contains(words) && breach.what.contains(id)).count()
        };
        let to_go = [".Child.Inner", ".Child.Deep.Table"].map(|id| count("was to go", id));
        let lost = [".Child.Inner", ".Child.Deep.Table"].map(|id| count("was lost", id));
        inner |= to_go[0] > 0 && lost[0] > 0;
        deep |= to_go[1] > 0 && lost[1] > 0;
        // The change set names the nested stack only.
        with_its_stack |= lost[1] > to_go[1];
    }
    assert!(inner, "replaced in a nested stack");
    assert!(deep, "replaced in a nested stack of a nested stack");
    assert!(with_its_stack, "lost with its nested stack");
    assert!(says(&careless(12).play(&SCHEMAS), I::Data).contains("nobody had named it"));
    assert_eq!(careless(12).agree_to(everything()).play(&SCHEMAS).breaches(), []);
}

#[test]
fn what_holds_data_is_held_by_the_service_too() {
    let off = scenario(CHANGED, 2).agree_to(everything()).options(Options::default().stack_policy(false));
    let mut played = off.play(&SCHEMAS);
    assert_eq!(played.breaches(), [], "nobody wanted it");
    played.scenario = played.scenario.options(Options::default());
    let breaches = played.breaches();
    let says = |words: &str| breaches.iter().any(|breach| breach.invariant == I::Data && breach.what.contains(words));
    assert!(says("was not held by the stack's policy while") && says("is not held by the stack's policy"));
}

/// Who sees no risk in anything loses nothing that is in a stack itself: the service refuses it.
#[test]
fn the_service_refuses_what_was_missed() {
    let mut refused = false;
    for seed in 0..60 {
        let app = app(seed, 3);
        let scenario = Scenario::new(app.versions, Judge::new(|_| vec![]).knowing(&SCHEMAS)).may_fail();
        let scenario = app.files.into_iter().fold(scenario, |scenario, (path, text)| scenario.file(path, text));
        let played = scenario.play(&SCHEMAS);
        let lost: Vec<_> = played.simulator.losses().iter().filter(|loss| !loss.logical_id.contains('.')).collect();
        assert!(lost.is_empty(), "{seed}: {lost:?}");
        refused |= played.runs.iter().flat_map(|run| &run.outcome).any(|outcome| outcome.exit == Exit::Refused);
    }
    assert!(refused, "something would have been lost");
}

#[test]
fn a_secret_is_seen_wherever_it_shows() {
    let mut played = scenario(CHANGED, 1).agree_to(everything()).canary("hunter2").play(&SCHEMAS);
    assert_eq!(played.breaches(), []);
    let journal = played.runs[0].journal.clone();
    played.runs[0].journal.push_str("hunter2");
    assert!(says(&played, I::Secret).contains("journal"));
    played.runs[0].journal = journal;
    played.runs[0].plan.as_mut().unwrap().stacks[0].tags = "hunter2".to_owned();
    assert!(says(&played, I::Secret).contains("plan"));
}

#[test]
fn a_run_ends() {
    let mut played = fine();
    played.runs[0].stopped = Some(Stopped::Starved);
    assert_eq!(says(&played, I::Ends), "it waits for nothing");
    let mut played = failed();
    played.runs[0].ended = played.runs[0].ended + Span::seconds(5 * 3_600);
    played.runs.truncate(1);
    assert!(says(&played, I::Ends).starts_with("it took"));
}

#[test]
fn calls_are_counted() {
    let asked_again = |api: &str, times: usize| {
        let mut played = fine();
        let sent = played.runs[0].sent.iter().find(|sent| sent.api == api && sent.failure.is_none()).unwrap().clone();
        played.runs[0].sent.extend(std::iter::repeat_n(sent, times));
        says(&played, I::Frugal)
    };
    assert!(asked_again("CreateChangeSet", 40).contains("calls for"));
    assert!(asked_again("DescribeStacks", 400).contains("looks in"));
}

#[test]
fn a_failure_is_told_once() {
    let fails = |told: &Progress| match told {
        Progress::Resource { event, .. } => event.status.ends_with("_FAILED"),
        _ => false,
    };
    let mut played = failed();
    let at = told(&played.runs[0], fails).unwrap();
    let event = played.runs[0].told.remove(at);
    assert!(says(&played, I::ToldOnce).contains("was not told"));
    played.runs[0].told.extend([event.clone(), event]);
    assert!(says(&played, I::ToldOnce).contains("was told 2 times"));
}

#[test]
fn the_first_cause_comes_first() {
    let diagnosed = |told: &Progress| matches!(told, Progress::Diagnosis { .. });
    let spoil = |spoil: fn(&mut Vec<ce_deploy::engine::ResourceEvent>)| {
        let mut played = failed();
        let at = told(&played.runs[0], diagnosed).unwrap();
        if let Progress::Diagnosis { causes, .. } = &mut played.runs[0].told[at].1 {
            spoil(causes);
        }
        says(&played, I::ToldOnce)
    };
    assert!(spoil(Vec::clear).contains("was said to by []"));
    let earlier = |causes: &mut Vec<ce_deploy::engine::ResourceEvent>| {
        let mut first = causes[0].clone();
        first.at += 1_000;
        causes.insert(0, first);
    };
    assert!(spoil(earlier).contains("failed first at"));
    let disorder = |causes: &mut Vec<ce_deploy::engine::ResourceEvent>| {
        let mut last = causes[0].clone();
        last.at -= 1;
        causes.push(last);
    };
    assert!(spoil(disorder).contains("in disorder"));
}

#[test]
fn the_same_again_must_be_the_same() {
    let asked = AtomicU32::new(0);
    let fickle = Judge::new(move |case| {
        let what = format!("it is looked at for the {}th time", asked.fetch_add(1, Ordering::Relaxed));
        let (stack, origin) = (case.stack.id.clone(), Origin::default());
        let (class, consent) = (RiskClass::Interruption, Consent::None);
        let (rule, logical_id, type_name) = ("fickle".to_owned(), String::new(), String::new());
        vec![Risk {
            class,
            rule,
            stack,
            logical_id,
            type_name,
            origin,
            what,
            causes: vec![],
            consent,
            gravity: Gravity::default(),
        }]
    });
    let scenario = Scenario::new(app(CHANGED, 1).versions, fickle);
    let breach = scenario.play(&SCHEMAS).parts_from(&scenario.play(&SCHEMAS)).unwrap();
    assert_eq!(breach.invariant, I::Same);
    assert!(fine().parts_from(&fine()).is_none());
}

#[test]
fn a_killed_run_that_lost_something_is_seen() {
    let (mut played, other) = (fine(), fine());
    assert_eq!(played.essence(), other.essence());
    let stack = played.runs[0].assembly.stacks[0].clone();
    let call = Call::DeleteStack {
        stack: StackRef::name(&stack.name),
        token: Token::given("somebody"),
        retain: vec![],
        role: None,
    };
    played.simulator.call(played.runs[1].ended + Span::seconds(1), &Target::new(stack.place), call).unwrap();
    assert_ne!(played.essence(), other.essence());
}

#[test]
fn outputs_are_told_and_their_file_is_whole() {
    let mut played = fine();
    let ended = outcome(&mut played).stacks.values_mut().find(|ended| ended.end == End::Changed).unwrap();
    ended.outputs.pop();
    assert!(played.breaches().iter().any(|breach| breach.what.contains("outputs, and these were told")));
    let mut played = fine();
    let file = played.runs[1].outputs.as_mut().unwrap();
    file.truncate(file.len() / 2);
    assert!(says(&played, I::Outputs).contains("neither the old nor the new one"));
    let mut played = fine();
    played.runs[1].outputs = played.runs[1].outputs_before.clone();
    assert!(says(&played, I::Outputs).contains("neither the old nor the new one"));
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    let undisturbed = fine();
    let lines = undisturbed.runs.iter().map(|run| u32::try_from(run.journal.lines().count()).unwrap());
    // Each line of the journal, and after those of its run the shorter journal and the file of outputs.
    let writes: u32 = lines.map(|lines| lines + 2).sum();
    let mut long = 0;
    for nth in 0..writes {
        let faults = vec![Fault::new(FaultKind::FullDisk).nth(nth)];
        let played = scenario(CHANGED, 2).agree_to(everything()).faults(faults).play(&SCHEMAS);
        assert_eq!(played.breaches(), [], "at {nth}");
        let full = played.runs.iter().filter(|run| run.stopped == Some(Stopped::DiskFull)).count();
        assert!(full <= 1, "at {nth}");
        long += usize::from(full == 0);
        assert_eq!(played.essence(), undisturbed.essence(), "at {nth}");
    }
    assert_eq!(long, undisturbed.runs.len(), "a journal that stays long ends no run");
}
