//! Any configuration gives findings or a valid template, never a panic.

use ce_constructs::observe::Topic;
use ce_constructs::operations::{
    ApiCall, ApiOperation, AuroraBackup, AutomationDocument, DocumentParameter, EventPattern, EventRule, EventTarget,
    Match, NodeScaling, RedisSnapshot, Schedule, ScheduleExpression, ScheduleTarget, ShardScaling, SnapshotJanitor,
    Step,
};
use ce_constructs::security::{Key, Principal, Role};
use ce_synth::{App, Duration, Severity};
use proptest::prelude::*;

use super::{PROD, done};

const STOP: ApiOperation = ApiOperation::new("ecs:StopTask");

fn step() -> impl Strategy<Value = Step> {
    let name = "[A-Za-z]{1,5}";
    let times = (0u32..3_000_000, prop::option::of(0u8..12), prop::option::of("[A-Za-z]{1,5}"));
    (name, 0u8..3, ".{0,12}", times).prop_map(|(name, kind, text, (seconds, attempts, next))| {
        let call = ApiCall::new(STOP).on(["arn:aws:ecs:us-east-1:111111111111:task/shop/*"]).input("task", text);
        let mut step = match kind {
            0 => Step::sleep(name, Duration::seconds(seconds)),
            1 => Step::call(name, call),
            _ => Step::wait_for(name, call, "$.Status", ["done"]).timeout(Duration::seconds(seconds)),
        };
        if let Some(attempts) = attempts {
            step = step.attempts(attempts);
        }
        if let Some(next) = next {
            step = step.next(next);
        }
        step
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn documents_are_valid_or_say_why(
        (steps, name) in (prop::collection::vec(step(), 0..5), prop::option::of("[a-zA-Z ._-]{0,20}")),
        (parameter, given) in ("[A-Z][a-z]{0,3}", prop::collection::vec("[A-Z][a-z]{0,3}", 0..3)),
        (severity, path, window) in (0.0f64..11.0, "[a-z]{1,3}(\\.[a-z]{1,3})?", 0u32..100_000),
    ) {
        let app = App::new();
        let stack = app.stack("Stack", PROD);
        let topic = Topic::builder(&Key::builder().build(stack, "Key")).build(stack, "Topic");
        let mut document = AutomationDocument::builder("Random").parameter(DocumentParameter::text(parameter));
        if let Some(name) = name { document = document.named(name); }
        let document = steps.into_iter().fold(document, ce_constructs::operations::AutomationDocumentBuilder::step).build(stack, "Runbook");
        let pattern = EventPattern::guard_duty_findings(severity).detail(&path, [Match::text("a")]);
        let target = given.iter().fold(EventTarget::document(&document), |target, name| target.input(name, ["a"]));
        done(EventRule::builder(pattern).to(target).to(&topic).build(stack, "Rule"));
        let target = given.iter().fold(ScheduleTarget::document(&document), |target, name| target.input(name, ["a"]));
        done(Schedule::builder(ScheduleExpression::every_days(1), target).within(Duration::seconds(window)).build(stack, "Schedule"));
        match app.synth() {
            Ok(assembly) => prop_assert!(assembly.template("Stack").is_some_and(|text| text.contains("mainSteps"))),
            Err(findings) => {
                let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
                let codes: Vec<_> = errors.map(|finding| finding.code.as_str()).collect();
                prop_assert!(codes.iter().any(|code| code.starts_with("CE83")), "{findings}");
            }
        }
    }

    #[test]
    fn runbooks_that_are_ready_are_valid_or_say_why(
        (name, prefix) in (prop::option::of("[a-zA-Z0-9 ._-]{0,12}"), "[a-z-]{0,6}"),
        (days, seconds, most) in (0u32..2_000, any::<u32>(), 0u16..40),
    ) {
        let app = App::new();
        let stack = app.stack("Stack", PROD);
        let role = Role::builder(Principal::service("backup.amazonaws.com")).build(stack, "Backups");
        let mut snapshot = RedisSnapshot::of("sessions").prefix(prefix.clone());
        let mut janitor = SnapshotJanitor::of("sessions").prefix(prefix).older_than(Duration::seconds(seconds));
        let mut larger = NodeScaling::of_global("sessions-global", "sessions");
        let mut more = ShardScaling::of_global("sessions-global", "sessions").at_most(most);
        let mut backup = AuroraBackup::of("arn:aws:rds:us-east-1:111111111111:cluster:orders", "vault", &role).kept(Duration::days(days));
        if let Some(name) = name {
            snapshot = snapshot.named(format!("{name}-snapshot"));
            janitor = janitor.named(format!("{name}-janitor"));
            larger = larger.named(format!("{name}-larger"));
            more = more.named(format!("{name}-more"));
            backup = backup.named(format!("{name}-backup"));
        }
        let all = [
            snapshot.build(stack, "Snapshot"),
            janitor.build(stack, "Janitor"),
            larger.build(stack, "Larger"),
            more.build(stack, "More"),
            backup.build(stack, "Backup"),
        ];
        prop_assert_eq!(all.len(), 5);
        match app.synth() {
            Ok(assembly) => {
                let template: serde_json::Value = serde_json::from_str(assembly.template("Stack").unwrap_or_default())?;
                prop_assert_eq!(super::of_type(&template["Resources"], "AWS::SSM::Document").len(), 5);
            }
            Err(findings) => {
                let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
                prop_assert!(errors.count() > 0, "{findings}");
            }
        }
    }

    #[test]
    fn schedules_read_back(text in "(cron|rate|at)\\([0-9*?/,LWA-Z# -]{0,20}\\)") {
        if let Ok(expression) = text.parse::<ScheduleExpression>() {
            prop_assert_eq!(expression.to_string(), text);
        }
    }
}
