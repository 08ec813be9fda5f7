use ce_cfn::route53;
use ce_constructs::edge::Certificate;
use ce_constructs::edge::{CheckInterval, HostedZone};
use ce_constructs::network::load_balancer::ApplicationLoadBalancer;
use ce_constructs::resilience::{FailoverRecord, FailoverRecordBuilder};
use ce_synth::{App, Assembly, Scope};
use serde_json::json;

use super::shop::{failover, shops, zone};
use super::{PROD, built, only, pair, template, vpc};

fn balancer(scope: Scope<'_>) -> ApplicationLoadBalancer<'_> {
    let certificate = Certificate::builder("origin.example.com", &zone()).build(scope, "Certificate");
    ApplicationLoadBalancer::builder(&vpc(scope)).https(&certificate).build(scope, "Balancer")
}

fn both(
    change: impl for<'a> Fn(FailoverRecordBuilder<'a>, &ApplicationLoadBalancer<'a>) -> FailoverRecordBuilder<'a>,
) -> Assembly {
    let app = App::new();
    pair(&app, |site| {
        let balancer = balancer(site.stack("Compute"));
        let record = FailoverRecord::builder(&zone(), "origin.example.com", &balancer);
        change(record, &balancer).build(site, site.stack("Dns"), "Origin");
    });
    built(app)
}

const RECORD: &str = "AWS::Route53::RecordSet";

#[test]
fn default_templates() {
    let assembly = both(|record, _| record);
    insta::assert_json_snapshot!([template(&assembly, "Dns"), template(&assembly, "StandbyDns")]);
}

#[test]
fn each_site_has_its_half() {
    let assembly = both(|record, _| record);
    let (primary, standby) =
        (only(&template(&assembly, "Dns"), RECORD), only(&template(&assembly, "StandbyDns"), RECORD));
    assert_eq!((&primary["Failover"], &standby["Failover"]), (&json!("PRIMARY"), &json!("SECONDARY")));
    assert_eq!(primary["AliasTarget"]["EvaluateTargetHealth"], true);
    assert!(primary["HealthCheckId"].is_null());
}

#[test]
fn a_record_follows_health() {
    let assembly = both(|record, balancer| {
        record.follows_health(balancer.dns_name(), "/core/health").interval(CheckInterval::Fast).unhealthy_after(2)
    });
    for stack in ["Dns", "StandbyDns"] {
        let template = template(&assembly, stack);
        assert!(only(&template, RECORD)["HealthCheckId"]["Fn::GetAtt"].is_array());
        let check = &only(&template, "AWS::Route53::HealthCheck")["HealthCheckConfig"];
        assert_eq!(
            (&check["ResourcePath"], &check["RequestInterval"], &check["FailureThreshold"]),
            (&json!("/core/health"), &json!(10), &json!(2))
        );
    }
}

#[test]
fn a_record_follows_the_plan() {
    let app = App::new();
    let (pair, globals) = shops(&app);
    failover(&pair, &globals);
    let assembly = built(app);
    for (stack, region) in [("Dns", "us-east-1"), ("StandbyDns", "us-west-2")] {
        let record = only(&template(&assembly, stack), RECORD);
        let check = record["HealthCheckId"].to_string();
        assert!(check.contains(&format!(":{region}:")), "{check}");
        assert_eq!(record["AliasTarget"]["EvaluateTargetHealth"], false, "the plan decides alone");
    }
}

#[test]
fn a_zone_of_the_primary_is_kept_by_the_standby() {
    let app = App::new();
    let zone = HostedZone::builder("example.com").build(app.stack("Zone", PROD), "Zone");
    pair(&app, |site| {
        let balancer = balancer(site.stack("Compute"));
        let record =
            FailoverRecord::builder(&zone, "origin.example.com", &balancer).build(site, site.stack("Dns"), "Origin");
        record.record().record().read(route53::RecordSet::NAME)
    });
    let assembly = built(app);
    let kept = assembly.stack("StandbyDns").map(|stack| stack.kept_parameters().to_vec()).unwrap_or_default();
    assert_eq!((kept.len(), kept[0].stack.as_str()), (1, "Zone"));
    assert!(template(&assembly, "Dns")["Parameters"].is_null());
}
