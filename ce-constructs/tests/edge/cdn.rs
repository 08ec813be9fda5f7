use ce_cfn::cloudfront::{
    CachePolicy as CachePolicyResource, Distribution, MonitoringSubscription, OriginAccessControl,
};
use ce_cfn::logs;
use ce_constructs::edge::cdn::{
    Behavior, CachePolicy, Cdn, Countries, Forwarding, Methods, Origin, Origins, PriceClass, ResponseHeaders, ViewerTls,
};
use ce_constructs::edge::{Certificate, OriginVerification, WebFirewall};
use ce_constructs::storage::{Bucket, BucketName, LogSource};
use ce_synth::{App, Assembly, Duration, Expr, Region, Scope};

use super::{PROD, built, only, secret, template, zone};

fn config(assembly: &Assembly, path: &str) -> Option<Expr> {
    only::<Distribution>(assembly, &format!("DistributionConfig.{path}"))
}

fn server<'a>() -> Origin<'a> {
    Origin::server("origin.example.com")
}

/// Everything a site in production has.
fn site(scope: Scope<'_>) -> Cdn<'_> {
    let certificate = Certificate::builder("example.com", &zone()).build_global(scope, "Certificate");
    let firewall = WebFirewall::builder().build_global(scope, "Firewall");
    let verification = OriginVerification::new("x-origin-verify", secret(scope).text());
    let (assets, logs) = (Bucket::builder().build(scope, "Assets"), Bucket::builder().build(scope, "Logs"));
    let replica = Origin::bucket_named(&BucketName::new("shop-dr-assets"), Region::US_WEST_2);
    let cache = CachePolicy::builder(Duration::days(1)).build(scope, "AssetCache");
    let server = server().verified_by(&verification);
    Cdn::builder(Behavior::dynamic(server.clone()))
        .behavior("/assets/*", Behavior::cached(Origins::failover(Origin::bucket(&assets), replica), cache))
        .behavior("/api/*", Behavior::dynamic(server))
        .domain(&certificate, ["example.com"])
        .firewall(&firewall)
        .access_logs(&logs)
        .additional_metrics()
        .named("shop-prod")
        .build(scope, "Cdn")
}

#[test]
fn default_template() {
    let assembly = built(|scope| {
        Cdn::builder(Behavior::dynamic(server())).build(scope, "Cdn");
    });
    insta::assert_json_snapshot!(template(&assembly));
}

#[test]
fn a_site_of_an_application_and_its_files() {
    let assembly = built(|scope| {
        site(scope);
    });
    assert!(assembly.findings().with_code(ce_synth::Code::new("CE6011")).next().is_none());
    let origins = config(&assembly, "Origins").unwrap().as_list().unwrap().to_vec();
    assert_eq!(origins.len(), 3, "the server is one origin, whoever uses it");
    assert_eq!(origins[1].at("DomainName"), Some(&"shop-dr-assets.s3.us-west-2.amazonaws.com".into()));
    assert!(origins[0].at("OriginAccessControlId").is_some());
    assert_eq!(origins[2].at("CustomOriginConfig.OriginProtocolPolicy"), Some(&"https-only".into()));
    assert!(!origins[2].at("OriginCustomHeaders").unwrap().is_literal());
    let groups = config(&assembly, "OriginGroups.Items").unwrap().as_list().unwrap().to_vec();
    assert_eq!(
        groups[0].at("FailoverCriteria.StatusCodes.Items"),
        Some(&Expr::list([500, 502, 503, 504].map(Expr::Integer)))
    );
    let behaviors = config(&assembly, "CacheBehaviors").unwrap().as_list().unwrap().to_vec();
    assert_eq!(behaviors[0].at("TargetOriginId"), Some(&"Group1".into()));
    assert_eq!(behaviors[0].at("AllowedMethods"), Some(&Expr::list(["GET", "HEAD", "OPTIONS"])));
    assert_eq!(behaviors[1].at("TargetOriginId"), Some(&"Origin3".into()));
    assert_eq!(behaviors[1].at("CachePolicyId"), Some(&"4135ea2d-6df8-44a3-9df3-4b5a84be39ad".into()));
    assert_eq!(only::<CachePolicyResource>(&assembly, "CachePolicyConfig.DefaultTTL"), Some(86_400.into()));
    assert_eq!(config(&assembly, "ViewerCertificate.MinimumProtocolVersion"), Some("TLSv1.2_2021".into()));
    assert_eq!(config(&assembly, "Comment"), Some("shop-prod".into()));
    assert_eq!(assembly.resources::<MonitoringSubscription>().count(), 1);
    assert_eq!(
        only::<OriginAccessControl>(&assembly, "OriginAccessControlConfig.SigningBehavior"),
        Some("always".into())
    );
}

#[test]
fn buckets_let_the_distribution_in_and_its_logs() {
    let assembly = built(|scope| {
        site(scope);
    });
    let template = template(&assembly).to_string();
    assert!(template.contains("cloudfront.amazonaws.com") && template.contains("delivery.logs.amazonaws.com"));
    assert_eq!(only::<logs::DeliverySource>(&assembly, "LogType"), Some("ACCESS_LOGS".into()));
    let name = only::<logs::DeliverySource>(&assembly, "Name").unwrap();
    assert!(name.as_text().is_some_and(|name| name.len() <= 60), "{name:?}");
}

#[test]
fn a_bucket_of_another_stack_is_no_cycle() {
    let app = App::new();
    let files = app.stack("Files", PROD);
    let assets = Bucket::builder().receives_logs(LogSource::LogDelivery, "").build(files, "Assets");
    let edge = app.stack("Edge", PROD);
    Cdn::builder(Behavior::cached(Origin::bucket(&assets), CachePolicy::optimized()))
        .access_logs(&assets)
        .build(edge, "Cdn");
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    assert_eq!(assembly.stack("Edge").unwrap().dependencies(), ["Files"]);
    assert!(assembly.template("Files").unwrap().contains(":distribution/*"));
}

#[test]
fn options_of_the_distribution() {
    let assembly = built(|scope| {
        let certificate = Certificate::builder("example.com", &zone()).build_global(scope, "Certificate");
        Cdn::builder(Behavior::dynamic(server()))
            .domain(&certificate, ["example.com", "www.example.com"])
            .viewer_tls(ViewerTls::Tls13In2025)
            .price_class(PriceClass::Class100)
            .countries(Countries::Except(vec!["AQ".into()]))
            .root("index.html")
            .error(403, 200, "/index.html")
            .build(scope, "Cdn");
    });
    assert_eq!(config(&assembly, "Aliases"), Some(Expr::list(["example.com", "www.example.com"])));
    assert_eq!(config(&assembly, "ViewerCertificate.MinimumProtocolVersion"), Some("TLSv1.3_2025".into()));
    assert_eq!(config(&assembly, "PriceClass"), Some("PriceClass_100".into()));
    assert_eq!(
        config(&assembly, "Restrictions.GeoRestriction").unwrap().to_json(),
        r#"{"RestrictionType":"blacklist","Locations":["AQ"]}"#
    );
    assert_eq!(config(&assembly, "DefaultRootObject"), Some("index.html".into()));
    assert_eq!(
        config(&assembly, "CustomErrorResponses").unwrap().to_json(),
        r#"[{"ErrorCode":403,"ResponseCode":200,"ResponsePagePath":"/index.html"}]"#
    );
}

#[test]
fn options_of_a_behavior() {
    let assembly = built(|scope| {
        let behavior = Behavior::cached(server(), CachePolicy::disabled())
            .methods(Methods::GetHead)
            .forwarding(Forwarding::AllViewerExceptHost)
            .response_headers(ResponseHeaders::Nothing)
            .compress(false)
            .https_only();
        Cdn::builder(behavior).build(scope, "Cdn");
    });
    assert_eq!(
        config(&assembly, "DefaultCacheBehavior").unwrap().to_json(),
        r#"{"TargetOriginId":"Origin1","ViewerProtocolPolicy":"https-only","AllowedMethods":["GET","HEAD"],"CachedMethods":["GET","HEAD"],"CachePolicyId":"4135ea2d-6df8-44a3-9df3-4b5a84be39ad","OriginRequestPolicyId":"b689b0a8-53d0-40ab-baf2-68738e2966ac","Compress":false}"#
    );
}

#[test]
fn options_of_an_origin() {
    let assembly = built(|scope| {
        let origin = server()
            .read_timeout(Duration::seconds(60))
            .keep_alive(Duration::seconds(30))
            .connect(2, Duration::seconds(5))
            .folder("/prod")
            .shield(Region::US_EAST_1);
        Cdn::builder(Behavior::dynamic(origin)).build(scope, "Cdn");
    });
    let origin = config(&assembly, "Origins").unwrap().as_list().unwrap()[0].clone();
    assert_eq!(
        origin.to_json(),
        r#"{"Id":"Origin1","OriginPath":"/prod","ConnectionAttempts":2,"ConnectionTimeout":5,"OriginShield":{"Enabled":true,"OriginShieldRegion":"us-east-1"},"DomainName":"origin.example.com","CustomOriginConfig":{"OriginProtocolPolicy":"https-only","OriginSSLProtocols":["TLSv1.2"],"OriginReadTimeout":60,"OriginKeepaliveTimeout":30}}"#
    );
}

#[test]
fn options_of_a_cache_policy() {
    let assembly = built(|scope| {
        CachePolicy::builder(Duration::hours(1))
            .between(Duration::minutes(1), Duration::days(7))
            .by_query_parameters(["version"])
            .by_header("accept-language")
            .named("shop-assets")
            .build(scope, "Cache");
    });
    let config = only::<CachePolicyResource>(&assembly, "CachePolicyConfig").unwrap();
    assert_eq!((config.at("MinTTL"), config.at("MaxTTL")), (Some(&60.into()), Some(&604_800.into())));
    let keys = config.at("ParametersInCacheKeyAndForwardedToOrigin").unwrap();
    assert_eq!(
        keys.at("QueryStringsConfig").unwrap().to_json(),
        r#"{"QueryStringBehavior":"whitelist","QueryStrings":["version"]}"#
    );
    assert_eq!(
        keys.at("HeadersConfig").unwrap().to_json(),
        r#"{"HeaderBehavior":"whitelist","Headers":["accept-language"]}"#
    );
}

#[test]
fn metrics_name_the_distribution() {
    let assembly = built(|scope| {
        site(scope).cache_hit_rate().below(85.0).for_periods(3).alarm(scope, "FewHits");
    });
    let template = template(&assembly).to_string();
    assert!(template.contains("CacheHitRate") && template.contains("\"Global\""));
}
