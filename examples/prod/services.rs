//! The four services: what each runs, needs and may do, and how it grows.

use ce::cfn::ses;
use ce::compute::{
    Capacity, Container, ContainerSecret, FargateServiceBuilder, RegistryReplication, ServiceConnect, StepScaling,
};
use ce::prelude::*;
use ce::security::Action;

use super::data::Data;
use super::foundation::Foundation;
use super::front::Front;
use super::settings::Settings;
use super::storage::Storage;
use super::tls::ServiceAuthority;
use super::vault::Vault;

pub struct Services<'a> {
    pub auth: FargateService<'a>,
    pub core: FargateService<'a>,
    pub agent: FargateService<'a>,
    pub workflow: FargateService<'a>,
}

/// What every service is made with.
struct Ground<'s, 'a> {
    stack: Scope<'a>,
    settings: &'s Settings<'a>,
    cluster: EcsCluster<'a>,
    authority: Option<ServiceAuthority<'a>>,
    foundation: &'s Foundation<'a>,
    vault: &'s Vault<'a>,
    data: &'s Data<'a>,
}

impl<'a> Services<'a> {
    pub fn new(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        foundation: &Foundation<'a>,
        front: &Front<'a>,
        vault: &Vault<'a>,
        storage: &Storage<'a>,
        data: &Data<'a>,
    ) -> Self {
        let cluster = EcsCluster::builder().named(settings.prefix).namespace(settings.prefix).build(stack, "Cluster");
        if let Some(region) = settings.standby() {
            RegistryReplication::builder(region).prefix("claude-enhancer").build(stack, "ImagesInStandby");
        }
        let authority = settings.is_production().then(|| ServiceAuthority::new(stack, "Authority"));
        let ground = Ground { stack, settings, cluster, authority, foundation, vault, data };

        let auth = ground.service("auth", TaskSize::new::<2048, 4096>(), TaskSize::new::<1024, 2048>());
        let auth = auth
            .behind(&front.auth)
            .env("JWT_ALG", "RS256")
            .secret("JWT_KEYS", &vault.jwt)
            .build(ground.scope("auth"), "AuthService");
        let core = ground.service("core", TaskSize::new::<4096, 8192>(), TaskSize::new::<2048, 4096>());
        let core =
            core.behind(&front.core).secret("API_KEYS", &vault.api_keys).build(ground.scope("core"), "CoreService");
        let agent = ground.service("agent", TaskSize::new::<2048, 4096>(), TaskSize::new::<1024, 2048>());
        let agent =
            agent.behind(&front.agent).env("FLAGS", vault.flags.name()).build(ground.scope("agents"), "AgentService");
        let workflow = ground.service("workflow", TaskSize::new::<1024, 2048>(), TaskSize::new::<512, 1024>());
        let spot = Capacity::Spot { base: 2, on_demand_weight: 1, spot_weight: 3 };
        let workflow = workflow.capacity(spot).build(ground.scope("workflow"), "WorkflowService");

        let services = Self { auth, core, agent, workflow };
        services.permit(stack, settings, vault, storage);
        services.scale(stack, settings, front);
        services
    }

    /// What each may do, and nothing else.
    fn permit(&self, stack: Scope<'a>, settings: &Settings<'a>, vault: &Vault<'a>, storage: &Storage<'a>) {
        for service in [&self.auth, &self.core, &self.agent, &self.workflow] {
            vault.config.grants().read(service);
        }
        vault.jwt.grants().read(&self.auth);
        vault.api_keys.grants().read(&self.core);
        storage.uploads.grants().write(&self.auth);
        for service in [&self.core, &self.agent] {
            storage.assets.grants().read_write(service);
            storage.uploads.grants().read_write(service);
            service.role().allow(publish_metrics());
        }
        vault.flags.grant_read(&self.agent);

        let sender = stack.add("Sender", ses::EmailIdentity::new().email_identity(settings.domain));
        let identity = join![
            "arn:",
            ce::synth::value::partition(),
            ":ses:",
            ce::synth::value::region(),
            ":",
            ce::synth::value::account_id(),
            ":identity/",
            sender.ref_()
        ];
        let mail = Statement::allow([Action::new("ses:SendEmail")]).on([identity]).when(
            "StringEquals",
            "ses:FromAddress",
            format!("no-reply@{}", settings.domain),
        );
        self.auth.role().allow(mail);
    }

    /// How each grows: the policies together take the largest step out, and go in only when all agree.
    fn scale(&self, stack: Scope<'a>, settings: &Settings<'a>, front: &Front<'a>) {
        // A standby that has to carry everything grows fast.
        let out_after =
            |seconds: u32| Duration::seconds(if settings.is_standby() { seconds.min(180) } else { seconds });
        let requests = |targets: &TargetGroup<'a>| {
            Tracking::requests_per_target(targets, 1_000.0).scale_out_cooldown(out_after(300))
        };
        let cpu = |percent: u8, out: u32| {
            Tracking::cpu(Percent::new(percent))
                .scale_out_cooldown(out_after(out))
                .scale_in_cooldown(Duration::seconds(300))
        };
        let auth = self.auth.scaling(settings.tasks(2, 10));
        auth.track("Cpu", cpu(70, 300)).track("Requests", requests(&front.auth));

        let core = self.core.scaling(settings.tasks(3, 15));
        core.track("Cpu", cpu(70, 300)).track("Requests", requests(&front.core));
        let slow = core.step("Slow", StepScaling::percent(25).at_least(1).cooldown(Duration::seconds(300)));
        Metric::new("AWS/ApplicationELB", "TargetResponseTime")
            .dimension("LoadBalancer", front.balancer.full_name())
            .period(Duration::seconds(60))
            .above(2.0)
            .for_periods(3)
            .alarm(stack, "SlowResponses")
            .on_alarm(slow);

        let busy = Metric::math(
            "active / running",
            [
                ("active", Metric::new("ClaudeEnhancer", "ActiveTaskCount").statistic(Statistic::Sum)),
                ("running", self.agent.running_tasks()),
            ],
        );
        let agent = self.agent.scaling(settings.tasks(2, 20));
        agent.track("Cpu", cpu(60, 180)).track("Requests", requests(&front.agent)).track(
            "ActiveTasks",
            Tracking::metric(busy, 10.0)
                .scale_out_cooldown(Duration::seconds(180))
                .scale_in_cooldown(Duration::seconds(300)),
        );

        self.workflow.scaling(settings.tasks(2, 8)).track("Cpu", cpu(70, 300));
    }
}

impl<'a> Ground<'_, 'a> {
    fn scope(&self, owner: &str) -> Scope<'a> {
        let id = format!("{}{}", owner[..1].to_uppercase(), &owner[1..]);
        self.stack.child(&id).tag("Service", owner).tag("Owner", "team-backend")
    }

    /// What the services have in common.
    fn service(&self, name: &str, full: TaskSize, half: TaskSize) -> FargateServiceBuilder<'a> {
        let repository = Repository::builder()
            .named(self.settings.shared_name(name))
            .encrypted_by(&self.vault.data_key)
            .build(self.stack, &format!("{name}-images"));
        let image = ImageSource::repository(&repository, ImageVersion::tag(self.settings.release));
        let logs = LogGroup::builder()
            .named(format!("/ecs/{}/{name}", self.settings.prefix))
            .encrypted_by(&self.vault.data_key)
            .build(self.stack, &format!("{name}-logs"));
        let mut connect = ServiceConnect::server(name);
        if let Some(authority) = &self.authority {
            connect = connect.tls(authority.arn()).tls_port(8443);
        }
        FargateService::builder(&self.cluster, &self.foundation.network, image, self.settings.size(full, half))
            .named(name)
            .port(8080)
            .zones(self.settings.task_zones)
            .security_group(&self.foundation.tasks)
            .service_connect(connect)
            .logs(&logs)
            .sidecar(
                Container::trace_collector()
                    .secret("AOT_CONFIG_CONTENT", ContainerSecret::parameter(&self.vault.collector)),
            )
            .env("LOG_FORMAT", "json")
            .env("DATABASE_HOST", self.data.database.endpoint())
            .env("REDIS_HOST", self.data.cache.endpoint())
            .secret("CONFIG", &self.vault.config)
            .secret("DATABASE_PASSWORD", ContainerSecret::field(&self.data.login, "password"))
    }
}

fn publish_metrics() -> Statement {
    Statement::allow([Action::new("cloudwatch:PutMetricData")])
        .on(["*"])
        .with_wildcard_reason("metrics have no ARN; the namespace is the scope")
        .when("StringEquals", "cloudwatch:namespace", "ClaudeEnhancer")
}
