use ce_cfn::wafv2::{IpSet, LoggingConfiguration, WebAcl, WebAclAssociation};
use ce_cfn::{kms, logs};
use ce_constructs::edge::firewall::{BlockList, FirewallRule, ManagedRules, RuleAction, Statement};
use ce_constructs::edge::{OriginVerification, WebFirewall};
use ce_constructs::observe::Retention;
use ce_constructs::security::Key;
use ce_synth::{Duration, Expr, Region};

use super::{balancer, built, only, secret, template};

fn rules(assembly: &ce_synth::Assembly) -> Vec<Expr> {
    only::<WebAcl>(assembly, "Rules").and_then(|rules| rules.as_list().map(<[_]>::to_vec)).unwrap_or_default()
}

#[test]
fn default_template_for_cloud_front() {
    let assembly = built(|scope| {
        WebFirewall::builder().build_global(scope, "Firewall");
    });
    insta::assert_json_snapshot!(template(&assembly));
}

#[test]
fn default_rules_fit_the_price() {
    let rules = [
        FirewallRule::managed(ManagedRules::IP_REPUTATION),
        FirewallRule::rate_limit("RateLimit", 2_000),
        FirewallRule::managed(ManagedRules::COMMON),
        FirewallRule::managed(ManagedRules::KNOWN_BAD_INPUTS),
        FirewallRule::managed(ManagedRules::SQL_INJECTION),
    ];
    assert_eq!(rules.iter().map(FirewallRule::capacity).sum::<u32>(), 1_127);
}

#[test]
fn the_origin_is_verified_first_but_for_the_health_path() {
    let assembly = built(|scope| {
        let verification = OriginVerification::new("x-origin-verify", secret(scope).text());
        let firewall = WebFirewall::builder()
            .rules([])
            .verify_origin(&verification)
            .verify_except("/core/health")
            .build(scope, "Firewall");
        firewall.protect(&balancer(scope));
    });
    let rules = rules(&assembly);
    assert_eq!(rules.len(), 1);
    let blocked = rules[0].at("Statement.AndStatement.Statements").unwrap().as_list().unwrap().to_vec();
    let text = |place: usize| blocked[place].at("NotStatement.Statement.ByteMatchStatement").unwrap().clone();
    assert_eq!(text(0).at("FieldToMatch.SingleHeader.Name"), Some(&"x-origin-verify".into()));
    assert!(!text(0).at("SearchString").unwrap().is_literal(), "the secret is a reference");
    assert_eq!(text(1).at("SearchString"), Some(&"/core/health".into()));
    assert!(rules[0].at("Action.Block").is_some());
    assert!(only::<WebAclAssociation>(&assembly, "WebACLArn").is_some());
    let redacted = only::<LoggingConfiguration>(&assembly, "RedactedFields").unwrap();
    assert_eq!(redacted.as_list().unwrap()[2].at("SingleHeader.Name"), Some(&"x-origin-verify".into()));
    assert!(template(&assembly).to_string().contains("{{resolve:secretsmanager:"));
}

#[test]
fn rules_of_your_own() {
    let assembly = built(|scope| {
        let foreign = Statement::from_countries(["US", "CA"]).not().or(Statement::path_starts_with("/admin"));
        WebFirewall::builder()
            .rules([FirewallRule::managed(ManagedRules::COMMON.count("SizeRestrictions_BODY").version("Version_1.16"))])
            .rule(FirewallRule::new("Foreign", foreign, RuleAction::Challenge))
            .rule(
                FirewallRule::rate_limit("Login", 100).window(Duration::minutes(1)).only(Statement::path_is("/login")),
            )
            .rule(FirewallRule::new(
                "Blocked",
                Statement::from_addresses("arn:aws:wafv2:us-east-1:111111111111:global/ipset/blocked/0c1d2e3f"),
                RuleAction::Count,
            ))
            .redact("x-api-key")
            .log_retention(Retention::days(30))
            .named("shop-prod")
            .build_global(scope, "Firewall");
    });
    let rules = rules(&assembly);
    let managed = rules[0].at("Statement.ManagedRuleGroupStatement").unwrap();
    assert_eq!(managed.at("Version"), Some(&"Version_1.16".into()));
    assert_eq!(
        managed.at("RuleActionOverrides").unwrap().as_list().unwrap()[0].at("Name"),
        Some(&"SizeRestrictions_BODY".into())
    );
    assert!(rules[1].at("Action.Challenge").is_some() && rules[3].at("Action.Count").is_some());
    assert_eq!(rules[2].at("Statement.RateBasedStatement.EvaluationWindowSec"), Some(&60.into()));
    assert!(rules[2].at("Statement.RateBasedStatement.ScopeDownStatement.ByteMatchStatement").is_some());
    assert_eq!(
        rules.iter().map(|rule| rule.at("Priority").cloned()).collect::<Vec<_>>(),
        (0..4).map(|one| Some(Expr::Integer(one))).collect::<Vec<_>>()
    );
    assert_eq!(only::<logs::LogGroup>(&assembly, "LogGroupName"), Some("aws-waf-logs-shop-prod".into()));
    assert_eq!(only::<logs::LogGroup>(&assembly, "RetentionInDays"), Some(30.into()));
}

#[test]
fn logs_can_have_a_key_of_your_own() {
    let assembly = built(|scope| {
        let key = Key::builder().alias("alias/logs").build(scope, "Key");
        WebFirewall::builder().log_encrypted_by(&key).build(scope, "Firewall");
    });
    // No other key beside it, and it is open for the logs.
    let policy = only::<kms::Key>(&assembly, "KeyPolicy.Statement").map(|statements| statements.to_json());
    assert!(policy.as_ref().is_some_and(|text| text.contains("logs.us-east-1.amazonaws.com")), "{policy:?}");
    assert!(only::<logs::LogGroup>(&assembly, "KmsKeyId").is_some());
}

#[test]
fn addresses_on_a_list_are_blocked_before_all_else() {
    let assembly = built(|scope| {
        let verification = OriginVerification::new("x-origin-verify", secret(scope).text());
        let firewall = WebFirewall::builder().named("shop").verify_origin(&verification).blocks_addresses();
        assert_eq!(
            firewall.build(scope, "Firewall").block_list(),
            Some(BlockList::regional("shop-blocked", Region::US_EAST_1))
        );
        assert_eq!(WebFirewall::builder().rules([]).logged(false).build(scope, "Other").block_list(), None);
    });
    let rules = assembly.resources::<WebAcl>().find_map(|acl| acl.at_path("Rules").cloned()).unwrap();
    let first = &rules.as_list().unwrap()[0];
    assert_eq!(first.at("Name"), Some(&"Blocked".into()));
    assert!(first.at("Action.Block").is_some());
    assert_eq!(first.at("Statement.OrStatement.Statements").unwrap().as_list().map(<[_]>::len), Some(2));
    let sets: Vec<_> = assembly.resources::<IpSet>().map(|set| set.at_path("IPAddressVersion").cloned()).collect();
    assert_eq!(sets, [Some("IPV4".into()), Some("IPV6".into())]);
}

#[test]
fn logs_can_be_left_out() {
    let assembly = built(|scope| {
        WebFirewall::builder().logged(false).build(scope, "Firewall");
    });
    assert_eq!(assembly.resources::<LoggingConfiguration>().count(), 0);
    assert_eq!(only::<WebAcl>(&assembly, "Scope"), Some("REGIONAL".into()));
}
