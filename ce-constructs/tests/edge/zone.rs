use ce_cfn::logs;
use ce_cfn::route53::HostedZone as ZoneResource;
use ce_constructs::edge::{Certificate, HostedZone};

use super::{built, only, template};

#[test]
fn default_template() {
    let assembly = built(|scope| {
        HostedZone::builder("example.com").build(scope, "Zone");
    });
    insta::assert_json_snapshot!(template(&assembly));
}

#[test]
fn options_reach_the_template() {
    let assembly = built(|scope| {
        let group = scope.add("Queries", logs::LogGroup::new().log_group_name("/aws/route53/example.com"));
        HostedZone::builder("example.com").comment("the shop").query_logs(group).build(scope, "Zone");
    });
    assert_eq!(only::<ZoneResource>(&assembly, "HostedZoneConfig.Comment"), Some("the shop".into()));
    assert!(only::<ZoneResource>(&assembly, "QueryLoggingConfig.CloudWatchLogsLogGroupArn").is_some());
}

#[test]
fn a_certificate_is_proved_in_a_zone_of_the_app() {
    built(|scope| {
        let zone = HostedZone::builder("example.com").build(scope, "Zone");
        assert!(zone.name_servers().is_some());
        Certificate::builder("example.com", &zone).build(scope, "Certificate");
    });
}
