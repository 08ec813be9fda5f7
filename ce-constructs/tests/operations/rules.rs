//! Every rule, by what triggers it.

use ce_constructs::compute::FargateService;
use ce_constructs::edge::WebFirewall;
use ce_constructs::observe::{LogGroup, Topic};
use ce_constructs::operations::{
    ApiCall, ApiOperation, AutomationDocument, AutomationDocumentBuilder, Choice, DocumentParameter, EventPattern,
    EventRule, EventTarget, Evidence, Match, OnFailure, RULES, Schedule, ScheduleBuilder, ScheduleExpression,
    ScheduleTarget, Script, SourceBlock, Step, Test, ThreatIsolation, TimeZone, ValueType, output, parameter,
};
use ce_constructs::security::Key;
use ce_constructs::storage::{Bucket, BucketBuilder, ObjectLock};
use ce_synth::{App, Code, Duration, Region, Scope};

use super::{PROD, codes, done, synth};

const DESCRIBE: ApiOperation = ApiOperation::new("ecs:DescribeTasks");

fn nothing() -> Step {
    Step::sleep("Wait", Duration::seconds(1))
}

fn describe() -> ApiCall {
    ApiCall::new(DESCRIBE).on(["arn:aws:ecs:us-east-1:111111111111:task/shop/*"])
}

fn steps(steps: impl IntoIterator<Item = Step>) -> Vec<String> {
    codes(&synth(|scope| {
        let document = AutomationDocument::builder("Does something").parameter(DocumentParameter::text("Known"));
        done(steps.into_iter().fold(document, AutomationDocumentBuilder::step).build(scope, "Runbook"));
    }))
}

fn topic(scope: Scope<'_>) -> Topic<'_> {
    Topic::builder(&Key::builder().build(scope, "Key")).build(scope, "Topic")
}

const NONE: [String; 0] = [];

#[test]
fn document_name() {
    for name in ["ab", "a name", "AWS-mine", "amazon-mine", "amzn1"] {
        let named = codes(&synth(|scope| {
            done(AutomationDocument::builder("x").named(name).step(nothing()).build(scope, "Runbook"));
        }));
        assert_eq!(named[0], "CE8301", "{name}");
    }
}

#[test]
fn step_name() {
    assert_eq!(steps([Step::sleep("a step", Duration::seconds(1))]), ["CE8302"]);
    assert_eq!(steps([nothing(), nothing()]), ["CE8302"]);
}

#[test]
fn document_size() {
    assert_eq!(steps([]), ["CE8303"]);
    let long = Script::new("# a comment that is long\n".repeat(3_000), "f");
    assert_eq!(steps([Step::script("Long", long)]), ["CE8303"]);
}

#[test]
fn step_reference() {
    let uses = |value| Step::call("Use", describe().input("cluster", value));
    assert_eq!(steps([uses(parameter("Unknown"))]), ["CE8304"]);
    assert_eq!(
        steps([uses(output("Later", "Output")), Step::call("Later", describe())]),
        ["CE8304"],
        "only what came before"
    );
    assert_eq!(steps([Step::call("Look", describe()), uses(output("Look", "Status"))]), ["CE8304"], "not an output");
    assert_eq!(steps([nothing().next("Nowhere")]), ["CE8304"]);
    assert_eq!(steps([nothing().on_failure(OnFailure::Step("Nowhere".to_owned()))]), ["CE8304"]);
    assert_eq!(
        steps([Step::branch("Choose", [Choice::new(parameter("Known"), Test::Is(true), "Nowhere")])]),
        ["CE8304"]
    );
    let looks = Step::call("Look", describe()).output("Status", "$.tasks[0].lastStatus", ValueType::Text);
    assert_eq!(steps([looks, uses(output("Look", "Status"))]), NONE);
    assert_eq!(
        steps([uses(parameter("Known")), Step::call("Now", describe().input("cluster", "{{ global:DATE }}"))]),
        NONE
    );
    let shown = codes(&synth(|scope| {
        done(AutomationDocument::builder("x").step(nothing()).output("Nowhere", "A").build(scope, "Runbook"));
    }));
    assert_eq!(shown, ["CE8304"]);
}

#[test]
fn step_time() {
    assert_eq!(steps([Step::sleep("Long", Duration::days(8))]), ["CE8305"]);
    assert_eq!(steps([Step::sleep("Short", Duration::seconds(0))]), ["CE8305"]);
    assert_eq!(steps([nothing().timeout(Duration::days(31))]), ["CE8305"]);
    assert_eq!(steps([nothing().attempts(0)]), ["CE8305"]);
}

#[test]
fn approval() {
    let asks = |approvers: Vec<&str>, minimum| {
        codes(&synth(|scope| {
            let ask = Step::approve_by("Ask", &topic(scope), "go on?", approvers, minimum);
            done(AutomationDocument::builder("Asks").step(ask).build(scope, "Runbook"));
        }))
    };
    assert_eq!(asks(vec![], 1), ["CE8306"]);
    assert_eq!(asks(vec!["arn:a"], 2), ["CE8306"]);
    assert_eq!(asks(vec!["arn:a"], 0), ["CE8306"]);
    assert_eq!(asks(vec!["arn:a"; 11], 1), ["CE8306"]);
}

#[test]
fn document_input() {
    let started = |inputs: &[&str]| {
        codes(&synth(|scope| {
            let why = DocumentParameter::text("Why");
            let how = DocumentParameter::text("How").default("well");
            let document =
                AutomationDocument::builder("x").parameter(why).parameter(how).step(nothing()).build(scope, "Runbook");
            let target =
                inputs.iter().fold(EventTarget::document(&document), |target, name| target.input(*name, ["a"]));
            done(EventRule::builder(EventPattern::from_source("aws.ecs")).to(target).build(scope, "Rule"));
            let target =
                inputs.iter().fold(ScheduleTarget::document(&document), |target, name| target.input(*name, ["a"]));
            done(Schedule::builder(ScheduleExpression::every_days(1), target).build(scope, "Schedule"));
        }))
    };
    assert_eq!(started(&["Why"]), NONE);
    assert_eq!(started(&[]), ["CE8307"; 2]);
    assert_eq!(started(&["Why", "When"]), ["CE8307"; 2]);
}

#[test]
fn target_count() {
    let targets = |count| {
        synth(|scope| {
            let rule = EventRule::builder(EventPattern::from_source("aws.ecs"));
            let topic = topic(scope);
            done((0..count).fold(rule, |rule, _| rule.to(&topic)).build(scope, "Rule"));
        })
    };
    assert!(targets(0).is_ok(), "a warning");
    assert_eq!(codes(&targets(0)), ["CE8308"]);
    assert!(codes(&targets(6)).contains(&"CE8308".to_owned()));
    assert_eq!(codes(&targets(5)), NONE);
}

#[test]
fn target_place() {
    let app = App::new();
    {
        let (here, there) = (app.stack("Here", PROD), app.stack("There", PROD.in_region(Region::US_WEST_2)));
        done(EventRule::builder(EventPattern::from_source("aws.ecs")).to(&topic(there)).build(here, "Rule"));
    }
    assert_eq!(codes(&app.synth()), ["CE8309"]);
}

#[test]
fn target_setting() {
    let retried = |attempts, age| {
        codes(&synth(|scope| {
            let target = EventTarget::topic(&topic(scope)).retry(attempts, age);
            done(EventRule::builder(EventPattern::from_source("aws.ecs")).to(target).build(scope, "Rule"));
        }))
    };
    assert!(retried(186, Duration::hours(1)).contains(&"CE8310".to_owned()));
    assert!(retried(1, Duration::seconds(30)).contains(&"CE8310".to_owned()));
    assert!(retried(1, Duration::days(2)).contains(&"CE8310".to_owned()));
}

#[test]
fn schedule_setting() {
    let schedule = |times, build: fn(ScheduleBuilder<'_>) -> ScheduleBuilder<'_>| {
        codes(&synth(|scope| done(build(Schedule::builder(times, &topic(scope))).build(scope, "Schedule"))))
    };
    let daily = ScheduleExpression::daily(3, 0);
    assert!(schedule(daily.clone(), |schedule| schedule.named("a name")).contains(&"CE8311".to_owned()));
    assert!(schedule(daily.clone(), |schedule| schedule.within(Duration::days(2))).contains(&"CE8311".to_owned()));
    assert_eq!(schedule(ScheduleExpression::every_days(1), |schedule| schedule.zone(TimeZone::UTC)), ["CE8311"]);
    assert_eq!(schedule(daily, |schedule| schedule.zone(TimeZone::UTC)), NONE);
    let once = ScheduleExpression::at("2026-11-27T06:00:00");
    let rule = codes(&synth(|scope| done(EventRule::every(once).to(&topic(scope)).build(scope, "Rule"))));
    assert!(rule.contains(&"CE8311".to_owned()));
}

#[test]
fn pattern_detail() {
    let rule = |pattern: EventPattern| {
        codes(&synth(|scope| done(EventRule::builder(pattern).to(&topic(scope)).build(scope, "Rule"))))
    };
    let findings = || EventPattern::guard_duty_findings(7.0);
    assert_eq!(rule(findings().detail("severity", [Match::exists(true)])), ["CE8312"]);
    assert_eq!(rule(findings().detail("severity.label", [Match::exists(true)])), ["CE8312"]);
    assert_eq!(rule(findings().detail("type", [])), ["CE8312"]);
    assert_eq!(rule(findings().detail("type", [Match::prefix("Crypto")])), NONE);
}

fn isolated(isolation: impl FnOnce(Scope<'_>) -> Option<SourceBlock>) -> Vec<String> {
    codes(&synth(|scope| {
        let services: [FargateService<'_>; 0] = [];
        let isolation = isolation(scope).into_iter().fold(ThreatIsolation::of(&services), ThreatIsolation::blocks);
        done(isolation.build(scope, "Isolation"));
    }))
}

/// Codes of an isolation that keeps logs in a bucket.
fn kept(region: Region, lock: Option<ObjectLock>) -> Vec<String> {
    let app = App::new();
    {
        let (here, there) = (app.stack("Here", PROD), app.stack("There", PROD.in_region(region)));
        let bucket = Bucket::builder().without_access_logs();
        let bucket = lock.into_iter().fold(bucket, BucketBuilder::object_lock).build(there, "Evidence");
        let logs = LogGroup::builder().build(here, "Logs");
        let services: [FargateService<'_>; 0] = [];
        let isolation = ThreatIsolation::of(&services).keeps(Evidence::in_bucket(&bucket).also(&logs));
        done(isolation.build(here, "Isolation"));
    }
    codes(&app.synth()).into_iter().filter(|code| code.starts_with("CE831")).collect()
}

#[test]
fn unlisted_firewall() {
    let blocked = |listed: bool| {
        isolated(|scope| {
            let firewall = WebFirewall::builder();
            let firewall = if listed { firewall.blocks_addresses() } else { firewall };
            Some(SourceBlock::on(firewall.build(scope, "Firewall").block_list()))
        })
    };
    assert!(blocked(false).contains(&"CE8313".to_owned()));
    assert!(!blocked(true).contains(&"CE8313".to_owned()));
}

#[test]
fn unlocked_evidence() {
    assert_eq!(kept(Region::US_EAST_1, None), ["CE8314"]);
    assert_eq!(kept(Region::US_EAST_1, Some(ObjectLock::PerObject)), ["CE8314"], "nothing locks what is written");
    assert_eq!(kept(Region::US_EAST_1, Some(ObjectLock::Governance(Duration::days(1)))), NONE);
}

#[test]
fn evidence_region() {
    assert_eq!(kept(Region::US_WEST_2, Some(ObjectLock::Governance(Duration::days(1)))), ["CE8315"]);
}

/// Every code above is one of the table, and the table has no other.
#[test]
fn the_table_is_whole() {
    let text = include_str!("rules.rs");
    let untested: Vec<Code> = RULES.iter().map(|rule| rule.code).filter(|code| !text.contains(code.as_str())).collect();
    assert_eq!(untested, Vec::new());
    assert!(RULES.is_sorted_by_key(|rule| rule.code));
}
