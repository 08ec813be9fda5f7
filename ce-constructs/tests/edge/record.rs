use ce_cfn::route53::RecordSet;
use ce_constructs::edge::cdn::{Behavior, Cdn, Origin};
use ce_constructs::edge::{HealthCheck, Record, RecordTarget, RecordType, Routing};
use ce_synth::{Duration, Expr, Region, Scope};

use super::{balancer, built, only, template, zone};

#[test]
fn default_template_of_an_alias() {
    let assembly = built(|scope| {
        Record::builder(&zone(), "api.example.com", &balancer(scope)).build(scope, "Api");
    });
    let template = template(&assembly);
    let records = template["Resources"].as_object().unwrap().values();
    insta::assert_json_snapshot!(records.filter(|one| one["Type"] == "AWS::Route53::RecordSet").collect::<Vec<_>>());
}

fn routed(scope: Scope<'_>, id: &str, routing: Routing) {
    let target = RecordTarget::values(RecordType::Cname, [format!("{}.example.net", id.to_lowercase())]);
    let check = HealthCheck::https("a.example.net", "/health").build(scope, &format!("{id}Health"));
    Record::builder(&zone(), "www.example.com", target)
        .routing(routing)
        .health_check(&check)
        .ttl(Duration::minutes(1))
        .build(scope, id);
}

#[test]
fn routing_is_said_by_one_enum() {
    let assembly = built(|scope| {
        routed(scope, "Primary", Routing::Primary);
        routed(scope, "Secondary", Routing::Secondary);
        routed(scope, "Weighted", Routing::weighted("blue", 90));
        routed(scope, "Latency", Routing::Latency(Region::EU_WEST_1));
    });
    let of = |place: usize, path: &str| assembly.resources::<RecordSet>().nth(place).unwrap().at_path(path).cloned();
    assert_eq!((of(0, "Failover"), of(0, "SetIdentifier")), (Some("PRIMARY".into()), Some("primary".into())));
    assert_eq!((of(1, "Failover"), of(1, "SetIdentifier")), (Some("SECONDARY".into()), Some("secondary".into())));
    assert_eq!((of(2, "Weight"), of(2, "SetIdentifier")), (Some(90.into()), Some("blue".into())));
    assert_eq!((of(3, "Region"), of(3, "TTL")), (Some("eu-west-1".into()), Some("60".into())));
    assert!((0..4).all(|place| of(place, "HealthCheckId").is_some()));
}

#[test]
fn an_alias_of_a_distribution_has_ipv6_and_no_health() {
    let assembly = built(|scope| {
        let cdn = Cdn::builder(Behavior::dynamic(Origin::server("origin.example.com"))).build(scope, "Cdn");
        Record::builder(&zone(), "www.example.com", &cdn).build(scope, "Www");
    });
    let types: Vec<_> = assembly.resources::<RecordSet>().filter_map(|one| one.at_path("Type").cloned()).collect();
    assert_eq!(types, [Expr::from("A"), Expr::from("AAAA")]);
    for record in assembly.resources::<RecordSet>() {
        assert_eq!(record.at_path("AliasTarget.HostedZoneId"), Some(&"Z2FDTNDATAQYW2".into()));
        assert_eq!(record.at_path("AliasTarget.EvaluateTargetHealth"), Some(&false.into()));
    }
}

#[test]
fn a_text_record_has_its_type_and_values() {
    let assembly = built(|scope| {
        let target = RecordTarget::values(RecordType::Txt, ["\"v=spf1 -all\""]);
        Record::builder(&zone(), "example.com", target).build(scope, "Spf");
    });
    assert_eq!(only::<RecordSet>(&assembly, "Type"), Some("TXT".into()));
    assert_eq!(only::<RecordSet>(&assembly, "ResourceRecords"), Some(Expr::list(["\"v=spf1 -all\""])));
}
