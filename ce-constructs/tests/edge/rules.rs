use ce_constructs::edge::cdn::{Behavior, CachePolicy, Cdn, Methods, Origin, Origins};
use ce_constructs::edge::firewall::{FirewallRule, ManagedRules, RuleAction, Statement};
use ce_constructs::edge::{
    Certificate, GlobalCertificate, HealthCheck, OriginVerification, RULES, Record, RecordTarget, RecordType, Routing,
    WebFirewall,
};
use ce_constructs::storage::Bucket;
use ce_synth::{App, Code, Duration, Region, Scope};

use super::{PROD, balancer, found, found_in, zone};

const WEST: Region = Region::US_WEST_2;

#[test]
fn what_cloud_front_takes_is_in_us_east_1() {
    let west = |build: fn(Scope<'_>)| found_in(PROD.in_region(WEST), "CE6001", build);
    let certificate = west(|scope| {
        Certificate::builder("example.com", &zone()).build_global(scope, "C");
    });
    assert_eq!(certificate, ["a certificate of CloudFront is in `us-west-2`"]);
    assert_eq!(
        west(|scope| {
            WebFirewall::builder().build_global(scope, "F");
        }),
        ["a web ACL of CloudFront is in `us-west-2`"]
    );
    let logs = west(|scope| {
        let bucket = Bucket::builder().build(scope, "Logs");
        Cdn::builder(Behavior::dynamic(Origin::server("o.example.com"))).access_logs(&bucket).build(scope, "Cdn");
    });
    assert_eq!(logs, ["the log delivery of a distribution is in `us-west-2`"]);
    let existing = found("CE6001", |scope| {
        GlobalCertificate::existing(scope, "arn:aws:acm:eu-west-1:111111111111:certificate/0c1d2e3f");
    });
    assert_eq!(existing, ["a certificate of CloudFront is in `eu-west-1`"]);
}

#[test]
fn domain_names_are_read() {
    let messages = found("CE6002", |scope| {
        Certificate::builder("https://example.com", &zone()).build(scope, "Certificate");
    });
    assert_eq!(messages, ["`https://example.com` is not a domain name"]);
}

#[test]
fn health_checks_have_ranges() {
    let messages = found("CE6003", |scope| {
        HealthCheck::https("a.example.com", "/").unhealthy_after(0).expect_text("").build(scope, "Health");
    });
    assert_eq!(messages.len(), 2, "{messages:?}");
}

#[test]
fn a_primary_knows_when_it_fails() {
    let messages = found("CE6004", |scope| {
        let target = RecordTarget::values(RecordType::A, ["192.0.2.1"]);
        Record::builder(&zone(), "a.example.com", target).routing(Routing::Primary).build(scope, "Record");
        Record::builder(&zone(), "b.example.com", &balancer(scope)).routing(Routing::Primary).build(scope, "Alias");
    });
    assert_eq!(messages, ["a primary record without a health check"]);
}

#[test]
fn a_secret_does_not_stand_in_the_program() {
    let plain = || OriginVerification::new("x-origin-verify", "hunter2");
    let firewall = found("CE6005", |scope| {
        WebFirewall::builder().verify_origin(&plain()).build(scope, "F");
    });
    assert_eq!(firewall, ["the value of the header `x-origin-verify` stands in the program"]);
    let cdn = found("CE6005", |scope| {
        Cdn::builder(Behavior::dynamic(Origin::server("o.example.com").verified_by(&plain()))).build(scope, "Cdn");
    });
    assert_eq!(cdn.len(), 1);
}

#[test]
fn capacity_is_summed() {
    let units = |capacity: u32| {
        found("CE6006", |scope| {
            let rules = [FirewallRule::managed(ManagedRules::other("Vendor", "Rules", capacity))];
            WebFirewall::builder().rules(rules).build(scope, "Firewall");
        })
    };
    assert!(units(1_500).is_empty());
    assert_eq!(units(1_501), ["the rules use `1501` capacity units, 1500 are in the price"]);
    assert_eq!(units(5_001), ["the rules use `5001` capacity units, the most is 5000"]);
}

#[test]
fn firewall_rules_have_a_form() {
    let messages = found("CE6007", |scope| {
        let any = || FirewallRule::new("Any thing", Statement::path_is("/"), RuleAction::Block);
        let rate = FirewallRule::rate_limit("Rate", 5).window(Duration::seconds(61));
        WebFirewall::builder().rules([any(), any(), rate]).build(scope, "Firewall");
    });
    assert_eq!(
        messages,
        [
            "a rate limit of `5` requests",
            "a rate limit over `61s`",
            "a rule named `Any thing`",
            "two rules are named `Any thing`",
        ]
    );
}

#[test]
fn a_firewall_protects_its_region() {
    let app = App::new();
    let balancer = balancer(app.stack("Entrance", PROD));
    WebFirewall::builder().build(app.stack("West", PROD.in_region(WEST)), "Firewall").protect(&balancer);
    let findings = app.synth().unwrap_err();
    assert_eq!(findings.with_code(Code::new("CE6008")).count(), 1, "{findings}");
}

#[test]
fn behaviors_can_work() {
    let messages = found("CE6009", |scope| {
        let bucket = Origin::bucket(&Bucket::builder().build(scope, "Files"));
        let server = || Origin::server("o.example.com");
        let cached = || Behavior::cached(server(), CachePolicy::optimized());
        Cdn::builder(Behavior::dynamic(bucket).methods(Methods::GetHead))
            .behavior("/a/*", Behavior::dynamic(Origins::failover(server(), Origin::server("p.example.com"))))
            .behavior("/b/*", cached())
            .behavior("/b/*", cached())
            .behavior("/".repeat(256), cached())
            .build(scope, "Cdn");
    });
    assert_eq!(messages.len(), 4, "{messages:?}");
    assert!(messages[0].starts_with("`*` forwards the viewer's host"), "{messages:?}");
    let many = found("CE6009", |scope| {
        let cached = || Behavior::cached(Origin::server("o.example.com"), CachePolicy::optimized());
        let cdn = (0..75).fold(Cdn::builder(cached()), |cdn, number| cdn.behavior(format!("/{number}/*"), cached()));
        cdn.build(scope, "Cdn");
    });
    assert_eq!(many, ["`76` behaviors: the quota is 75"]);
}

#[test]
fn a_distribution_asks_for_a_name_a_firewall_and_logs() {
    let bare = |scope: Scope<'_>| {
        Cdn::builder(Behavior::dynamic(Origin::server("o.example.com"))).build(scope, "Cdn");
    };
    for code in ["CE6010", "CE6011", "CE6012"] {
        assert_eq!(found(code, bare).len(), 1, "{code}");
    }
    let development = ce_synth::Environment { tier: ce_synth::Tier::Development, ..PROD };
    assert!(found_in(development, "CE6011", bare).is_empty());
}

#[test]
fn codes_are_sorted_and_unique() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted() && codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
}
