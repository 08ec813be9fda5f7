use ce_cfn::cloudwatch::Alarm;
use ce_cfn::ec2::SecurityGroup as GroupResource;
use ce_cfn::elasticloadbalancingv2::LoadBalancer;
use ce_constructs::network::load_balancer::{ApplicationLoadBalancer, Exposure, TlsPolicy};
use ce_constructs::network::{Connect, Port, SecurityGroup};
use ce_constructs::storage::Bucket;
use ce_synth::{Duration, Expr};

use super::{DEV, attribute, balancer, built, certificate, listeners, network, synth, targets};

#[test]
fn default_template() {
    let assembly = built(|scope| {
        balancer(scope);
    });
    let template: serde_json::Value = serde_json::from_str(assembly.template("Entrance").unwrap()).unwrap();
    insta::assert_json_snapshot!(template);
}

#[test]
fn two_listeners_of_which_one_redirects() {
    let assembly = built(|scope| {
        balancer(scope);
    });
    let expected = [(80, "HTTP", "redirect"), (443, "HTTPS", "fixed-response")];
    assert_eq!(listeners(&assembly), expected.map(|(port, protocol, action)| (port, protocol.into(), action.into())));
}

#[test]
fn deletion_protection_follows_the_tier_unless_it_is_said() {
    let production = built(|scope| {
        balancer(scope);
    });
    assert_eq!(attribute(&production, "deletion_protection.enabled"), Some("true".into()));
    let development = synth(DEV, |scope| {
        balancer(scope);
    })
    .unwrap();
    assert_eq!(attribute(&development, "deletion_protection.enabled"), Some("false".into()));
    let said = synth(DEV, |scope| {
        let vpc = network(scope, 2);
        ApplicationLoadBalancer::builder(&vpc).https(&certificate(scope)).deletion_protection(true).build(scope, "B");
    });
    assert_eq!(attribute(&said.unwrap(), "deletion_protection.enabled"), Some("true".into()));
}

#[test]
fn options_reach_the_template() {
    let assembly = built(|scope| {
        let vpc = network(scope, 3);
        let logs = Bucket::builder().build(scope, "Logs");
        ApplicationLoadBalancer::builder(&vpc)
            .https(&certificate(scope))
            .tls_policy(TlsPolicy::Legacy2017)
            .idle_timeout(Duration::seconds(90))
            .access_logs_under(&logs, "balancer")
            .named("shop-prod-alb")
            .build(scope, "Balancer");
    });
    let template = assembly.template("Entrance").unwrap();
    assert!(template.contains("ELBSecurityPolicy-TLS-1-2-2017-01"));
    assert_eq!(attribute(&assembly, "idle_timeout.timeout_seconds"), Some("90".into()));
    assert_eq!(attribute(&assembly, "access_logs.s3.enabled"), Some("true".into()));
    assert_eq!(attribute(&assembly, "access_logs.s3.prefix"), Some("balancer".into()));
    let balancer = assembly.resources::<LoadBalancer>().next().unwrap();
    assert_eq!(balancer.at_path("Name"), Some(&"shop-prod-alb".into()));
}

#[test]
fn an_internal_one_is_closed_and_private() {
    let assembly = built(|scope| {
        let vpc = network(scope, 2);
        ApplicationLoadBalancer::builder(&vpc)
            .https(&certificate(scope))
            .exposure(Exposure::Internal)
            .build(scope, "Balancer");
    });
    let balancer = assembly.resources::<LoadBalancer>().next().unwrap();
    assert_eq!(balancer.at_path("Scheme"), Some(&"internal".into()));
    assert_eq!(balancer.at_path("Subnets"), Some(&Expr::list(["subnet-1111111a", "subnet-1111111b"])));
    assert!(assembly.resources::<GroupResource>().all(|group| group.at_path("SecurityGroupIngress").is_none()));
}

#[test]
fn cloud_front_alone_means_one_port_and_no_redirect() {
    let assembly = built(|scope| {
        let vpc = network(scope, 2);
        ApplicationLoadBalancer::builder(&vpc)
            .https(&certificate(scope))
            .exposure(Exposure::cloud_front_only("pl-3b927c52"))
            .build(scope, "Balancer");
    });
    assert_eq!(listeners(&assembly).len(), 1);
    let group = assembly.resources::<GroupResource>().next().unwrap();
    let ingress = group.at_path("SecurityGroupIngress").and_then(Expr::as_list).unwrap();
    assert_eq!(ingress.len(), 1);
    assert_eq!(ingress[0].at("SourcePrefixListId"), Some(&"pl-3b927c52".into()));
    assert_eq!(ingress[0].at("FromPort"), Some(&443.into()));
}

#[test]
fn a_given_security_group_is_opened_and_used() {
    let assembly = built(|scope| {
        let vpc = network(scope, 2);
        let group = SecurityGroup::builder(&vpc, "edge").named("shop-alb").build(scope, "Edge");
        let balancer = ApplicationLoadBalancer::builder(&vpc)
            .https(&certificate(scope))
            .security_group(&group)
            .build(scope, "Balancer");
        assert_eq!(balancer.connections().port(), Some(Port::HTTPS));
    });
    let groups: Vec<_> = assembly.resources::<GroupResource>().collect();
    assert_eq!(groups.len(), 1);
    assert_eq!(groups[0].at_path("SecurityGroupIngress").and_then(Expr::as_list).map(<[_]>::len), Some(2));
}

#[test]
fn the_load_balancer_waits_until_it_may_write_its_logs() {
    let assembly = built(|scope| {
        let vpc = network(scope, 2);
        let logs = Bucket::builder().build(scope, "Logs");
        let balancer = ApplicationLoadBalancer::builder(&vpc).https(&certificate(scope));
        balancer.access_logs(&logs).build(scope, "Balancer");
    });
    let template: serde_json::Value = serde_json::from_str(assembly.template("Entrance").unwrap()).unwrap();
    let resources = template["Resources"].as_object().unwrap();
    let balancer = resources.values().find(|one| one["Type"] == "AWS::ElasticLoadBalancingV2::LoadBalancer").unwrap();
    let policy = &resources[balancer["DependsOn"].as_array().unwrap()[0].as_str().unwrap()];
    assert_eq!(policy["Type"], "AWS::S3::BucketPolicy");
    assert!(policy.to_string().contains("logdelivery.elasticloadbalancing.amazonaws.com"));
}

#[test]
fn metrics_name_the_load_balancer_and_the_group() {
    let assembly = built(|scope| {
        let balancer = balancer(scope);
        balancer.response_time().above(2.0).for_periods(3).alarm(scope, "Slow");
        targets(&balancer, scope, "Targets").metric("HealthyHostCount").below(1.0).alarm(scope, "Unhealthy");
    });
    let dimensions = assembly.resources::<Alarm>().map(|alarm| {
        let dimensions = alarm.at_path("Dimensions").and_then(Expr::as_list).unwrap().to_vec();
        dimensions.iter().filter_map(|one| one.at("Name")?.as_text().map(str::to_owned)).collect::<Vec<_>>()
    });
    assert_eq!(dimensions.collect::<Vec<_>>(), [vec!["LoadBalancer"], vec!["LoadBalancer", "TargetGroup"]]);
}
