//! Secrets of a deployment show nowhere, whatever goes wrong: canaries in parameters, outputs and what reads them, over
//! many runs with faults.

#[path = "../../fuzz/src/deploy/stacks.rs"]
mod stacks;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::cloud::Secret;
use ce_deploy::digest::sha256;
use ce_deploy::engine::{Action, Deployment, Depth, Event, Explained, Judge, Moment, Operation, Options, Signal};
use ce_deploy::plan::{Approval, Decision};
use ce_deploy::simulator::{Dice, FaultKind, Schedule, Settings, Simulator};
use stacks::stack;

const RUNS: u64 = 10_000;
/// A run that takes longer goes on without us; what it said until then is looked at.
const MOST_STEPS: usize = 400;
const LATENCY: u64 = 20;

/// A hidden parameter that is copied into a property and an output, as templates do.
const MAKES: &str = r#"{"Parameters":{"Password":{"Type":"String","NoEcho":true}},
    "Resources":{"Value":{"Type":"AWS::SSM::Parameter","Properties":{"Type":"String","Value":{"Ref":"Password"}}}},
    "Outputs":{"Copy":{"Value":{"Fn::Sub":"postgres://user:${Password}@db"},"Export":{"Name":"copy"}}}}"#;
/// A stack that reads the output, once by each way there is.
const READS: &str = r#"{"Parameters":{"Kept":{"Type":"String","Default":""}},
    "Resources":{"Value":{"Type":"AWS::SSM::Parameter","Properties":{"Type":"String","Value":
        {"Fn::GetStackOutput":{"StackName":"makes","OutputName":"Copy"}}}},
    "Other":{"Type":"AWS::SSM::Parameter","Properties":{"Type":"String","Value":{"Fn::ImportValue":"copy"}}}},
    "Outputs":{"Again":{"Value":{"Fn::GetAtt":["Value","Value"]}}}}"#;

#[test]
fn no_secret_shows_in_ten_thousand_runs() {
    const THREADS: u64 = 4;
    let counted: Vec<_> = std::thread::scope(|scope| {
        let part = |first| move || (first..RUNS).filter(|seed| seed % THREADS == first).map(shows_nothing).sum::<u64>();
        let begun: Vec<_> = (0..THREADS).map(|first| scope.spawn(part(first))).collect();
        begun.into_iter().map(|thread| thread.join().expect("no canary shows")).collect()
    });
    let came_through: u64 = counted.iter().sum();
    assert!(came_through > RUNS / 4, "the secret was in the outputs of {came_through} runs only");
}

/// Looks at one run; 1 if the secret went all the way to an output.
fn shows_nothing(seed: u64) -> u64 {
    let kinds: Vec<_> = FaultKind::all().collect();
    let canary = format!("canary-{}", &sha256(format!("{seed}"))[..20]);
    let mut cloud = Simulator::new(Settings::default().seed(seed), &ce_cfn::SCHEMAS);
    cloud.add_faults(&Schedule::of(seed, &kinds, 4).faults);
    let (said, came_through) = run(&mut cloud, seed, &canary);
    assert!(!said.contains(&canary), "seed {seed} shows {canary}");
    u64::from(came_through)
}

/// Everything that a deployment told, asked, recorded or came to, and whether it knows the secret in the end.
fn run(cloud: &mut Simulator, seed: u64, canary: &str) -> (String, bool) {
    let mut dice = Dice::of(seed);
    let makes = StackId::new("makes");
    let options = Options::default().parameter(&makes, "Password", Secret::new(canary));
    let shop = assembly(canary);
    let mut deployment = Deployment::deploy(Arc::clone(&shop), Judge::new(|_| Vec::new()), options);
    let mut queue: BTreeMap<(u64, usize), Event> = [((1_000, 0), Event::Started)].into();
    let mut said = format!("{deployment:?}");
    let mut explained = Explained::new(&mut deployment, shop, Depth::Logs);
    for step in 1..=MOST_STEPS {
        let Some(((now, _), event)) = queue.pop_first() else { break };
        writeln!(said, "{event:?}").ok();
        let event = if dice.chance(1) { Event::Interrupted(Signal::Interrupt) } else { event };
        for (at, action) in explained.step(Moment(now), event).into_iter().enumerate() {
            writeln!(said, "{action:?}").ok();
            let key = |after: u64| (now + after, step * 1_000 + at);
            match action {
                Action::Call { id, target, call } => {
                    let result = cloud.call(Moment(now), &target, call);
                    queue.insert(key(LATENCY + cloud.delay().0), Event::Answered { id, result });
                }
                Action::Wake { id, at: when } => drop(queue.insert(key(when.0.saturating_sub(now)), Event::Woke(id))),
                Action::Ask(_) => drop(queue.insert(key(1), Event::Decided(Decision::Approved(Approval::default())))),
                Action::Finish(outcome) => {
                    let mut outputs = outcome.stacks.values().flat_map(|stack| &stack.outputs);
                    let knows = outputs.any(|output| output.value.reveal().contains(canary));
                    said += &outcome.plan.map(|plan| plan.to_json()).unwrap_or_default();
                    return (said, knows);
                }
                _ => {}
            }
        }
    }
    (said + &format!("{deployment:?}"), false)
}

fn assembly(canary: &str) -> Arc<Assembly> {
    let mut makes = stack("makes", MAKES, &[]);
    makes.parameters.insert("Password".to_owned(), Secret::new(canary));
    stacks::assembly(vec![makes, stack("reads", READS, &["makes"])])
}
