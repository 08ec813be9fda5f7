use ce_cfn::cloudwatch;
use ce_cfn::route53::HealthCheck as CheckResource;
use ce_constructs::edge::{CheckInterval, HealthCheck};

use super::{built, only, template};

#[test]
fn default_template() {
    let assembly = built(|scope| {
        HealthCheck::https("origin.example.com", "/health").build(scope, "Health");
    });
    insta::assert_json_snapshot!(template(&assembly));
}

#[test]
fn options_reach_the_template() {
    let assembly = built(|scope| {
        HealthCheck::http("origin.example.com", "/health")
            .interval(CheckInterval::Fast)
            .unhealthy_after(2)
            .port(8080)
            .expect_text("ok")
            .measure_latency()
            .inverted()
            .named("origin")
            .build(scope, "Health");
    });
    let config = only::<CheckResource>(&assembly, "HealthCheckConfig").unwrap();
    assert_eq!(
        config.to_json(),
        r#"{"Inverted":true,"Type":"HTTP_STR_MATCH","FullyQualifiedDomainName":"origin.example.com","Port":8080,"ResourcePath":"/health","SearchString":"ok","RequestInterval":10,"FailureThreshold":2,"MeasureLatency":true}"#
    );
    assert_eq!(
        only::<CheckResource>(&assembly, "HealthCheckTags").unwrap().to_json(),
        r#"[{"Key":"Name","Value":"origin"}]"#
    );
}

#[test]
fn checks_of_checks_and_of_alarms() {
    let assembly = built(|scope| {
        let one = HealthCheck::https("a.example.com", "/").build(scope, "One");
        let two = HealthCheck::https("b.example.com", "/").build(scope, "Two");
        HealthCheck::at_least(1, [&one, &two]).build(scope, "Either");
        let alarm = cloudwatch::Alarm::new()
            .comparison_operator("GreaterThanThreshold")
            .evaluation_periods(1)
            .metric_name("Errors")
            .namespace("Shop")
            .period(60)
            .statistic("Sum")
            .threshold(1);
        HealthCheck::of_alarm(scope.add("Alarm", alarm)).build(scope, "Quiet");
    });
    let config = |place: usize, path: &str| {
        let path = format!("HealthCheckConfig.{path}");
        assembly.resources::<CheckResource>().nth(place).unwrap().at_path(&path).cloned()
    };
    assert_eq!((config(2, "Type"), config(2, "HealthThreshold")), (Some("CALCULATED".into()), Some(1.into())));
    assert_eq!(config(2, "ChildHealthChecks").unwrap().as_list().map(<[_]>::len), Some(2));
    assert_eq!(config(3, "AlarmIdentifier.Region"), Some("us-east-1".into()));
}

/// Its type is tagged right after it is made, which is CloudFormation's own affair.
#[test]
fn tags_of_the_scope_stand_beside_its_name() {
    let assembly = built(|scope| {
        HealthCheck::https("origin.example.com", "/").named("origin").build(scope.tag("Owner", "web"), "Health");
    });
    assert_eq!(
        only::<CheckResource>(&assembly, "HealthCheckTags").unwrap().to_json(),
        r#"[{"Key":"Name","Value":"origin"},{"Key":"Owner","Value":"web"}]"#
    );
}
