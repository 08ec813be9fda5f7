//! Clusters, services, scaling, images: default templates, options, rules, random configurations.

mod compute {
    mod cluster;
    mod images;
    mod properties;
    mod rollout;
    mod rules;
    mod scaling;
    mod service;
    mod service_connect;

    use ce_constructs::cidr;
    use ce_constructs::compute::{
        EcsCluster, FargateService, FargateServiceBuilder, ImageSource, ImageVersion, TaskSize,
    };
    use ce_constructs::network::load_balancer::{ApplicationLoadBalancer, Route, TargetGroup};
    use ce_constructs::network::{ExistingVpc, SubnetTier};
    use ce_synth::{Account, App, Assembly, Environment, Findings, Region, Scope, Tier};
    use serde_json::Value;

    const PROD: Environment =
        Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
    const DEV: Environment =
        Environment::new("dev", Account::new("222222222222"), Region::US_EAST_1, Tier::Development);

    const SERVICE: &str = "AWS::ECS::Service";
    const TASK: &str = "AWS::ECS::TaskDefinition";

    /// What one stack that is built in an environment becomes.
    fn synth(environment: Environment, build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
        let app = App::new();
        build(app.stack("Shop", environment));
        app.synth()
    }

    /// The resources of its template; nothing may be found but what the tests' plain load balancer is warned of.
    fn built(environment: Environment, build: impl FnOnce(Scope<'_>)) -> Value {
        let assembly = synth(environment, build).unwrap_or_else(|findings| panic!("{findings}"));
        let found = assembly.findings().iter().filter(|finding| !finding.code.as_str().starts_with("CE10"));
        assert_eq!(found.count(), 0, "{}", assembly.findings());
        let template = assembly.template("Shop").unwrap_or_default();
        serde_json::from_str::<Value>(template).unwrap_or_else(|error| panic!("{error}"))["Resources"].take()
    }

    /// The codes of this chapter that were found.
    fn found(build: impl FnOnce(Scope<'_>)) -> Vec<String> {
        let result = synth(PROD, build);
        let findings = match &result {
            Ok(assembly) => assembly.findings(),
            Err(findings) => findings,
        };
        findings.iter().map(|finding| finding.code.to_string()).filter(|code| code.starts_with("CE20")).collect()
    }

    /// The properties of the resources of a type.
    fn of_type<'v>(resources: &'v Value, type_name: &str) -> Vec<&'v Value> {
        let all = resources.as_object().into_iter().flat_map(|all| all.values());
        all.filter(|resource| resource["Type"] == type_name).map(|resource| &resource["Properties"]).collect()
    }

    fn vpc(scope: Scope<'_>) -> ExistingVpc {
        ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16"))
            .subnet(SubnetTier::Public, 'a', "subnet-0000000a", cidr!("10.0.1.0/24"))
            .subnet(SubnetTier::Public, 'b', "subnet-0000000b", cidr!("10.0.2.0/24"))
            .subnet(SubnetTier::Private, 'a', "subnet-0000001a", cidr!("10.0.11.0/24"))
            .subnet(SubnetTier::Private, 'b', "subnet-0000001b", cidr!("10.0.12.0/24"))
            .build(scope)
    }

    fn image<'a>() -> ImageSource<'a> {
        ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("1.29"))
    }

    /// A service in the making, in a cluster with a namespace.
    fn service(scope: Scope<'_>) -> FargateServiceBuilder<'_> {
        let cluster = EcsCluster::builder().namespace("shop").build(scope, "Cluster");
        FargateService::builder(&cluster, &vpc(scope), image(), TaskSize::new::<1024, 2048>())
    }

    /// A load balancer's target group that gets requests.
    fn targets<'a>(scope: Scope<'a>, id: &str) -> TargetGroup<'a> {
        let balancer = ApplicationLoadBalancer::builder(&vpc(scope)).build(scope, &format!("{id}Balancer"));
        let targets = TargetGroup::builder(&balancer, 8080).build(scope, id);
        balancer.listener().route(Route::path("/*").priority(10), &targets);
        targets
    }

    /// The one service, and the one task definition.
    fn service_of(resources: &Value) -> &Value {
        of_type(resources, SERVICE)[0]
    }

    fn task_of(resources: &Value) -> &Value {
        of_type(resources, TASK)[0]
    }

    /// Lets a handle go that a test has no use for.
    fn done<T>(_: T) {}
}
