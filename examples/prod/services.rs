//! The four services: what each runs, needs and may do.

use ce::cfn::ses;
use ce::compute::{Capacity, Container, ContainerSecret, FargateServiceBuilder, ServiceConnect};
use ce::prelude::*;
use ce::security::{Action, own_arn};

use super::data::Data;
use super::foundation::Foundation;
use super::front::{Door, Front};
use super::images::Images;
use super::scaling;
use super::settings::Settings;
use super::storage::Storage;
use super::tls::ServiceAuthority;
use super::vault::Vault;

pub struct Services<'a> {
    pub auth: FargateService<'a>,
    pub core: FargateService<'a>,
    pub agent: FargateService<'a>,
    pub workflow: FargateService<'a>,
    /// Too many requests fail: a deployment that goes on is taken back.
    pub errors: Alarm<'a>,
    pub images: Images<'a>,
}

const TINY: TaskSize = TaskSize::new::<512, 1024>();
const SMALL: TaskSize = TaskSize::new::<1024, 2048>();
const MIDDLE: TaskSize = TaskSize::new::<2048, 4096>();
const LARGE: TaskSize = TaskSize::new::<4096, 8192>();

/// What every service is made with.
struct Ground<'s, 'a> {
    stack: Scope<'a>,
    settings: &'s Settings<'a>,
    cluster: EcsCluster<'a>,
    authority: Option<ServiceAuthority<'a>>,
    foundation: &'s Foundation<'a>,
    vault: &'s Vault<'a>,
    data: &'s Data<'a>,
    errors: Alarm<'a>,
}

impl<'a> Services<'a> {
    pub fn new(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        foundation: &Foundation<'a>,
        front: &Front<'a>,
        vault: &Vault<'a>,
        data: &Data<'a>,
        oncall: &Escalation<'a>,
    ) -> Self {
        let cluster = EcsCluster::builder().named(settings.prefix).namespace(settings.prefix).build(stack, "Cluster");
        let images = Images::new(stack, settings, vault);
        let authority = settings.is_production().then(|| ServiceAuthority::new(stack, "Authority"));
        let errors = errors(stack, settings, front, oncall);
        let ground = Ground { stack, settings, cluster, authority, foundation, vault, data, errors };

        let auth = ground.service("auth", images.auth, MIDDLE, SMALL);
        let auth = ground
            .behind(auth, &front.auth)
            .env("JWT_ALG", "RS256")
            .secret("JWT_KEYS", &vault.jwt)
            .build(ground.scope("auth"), "AuthService");
        let core = ground.service("core", images.core, LARGE, MIDDLE);
        let core = ground
            .behind(core, &front.core)
            .secret("API_KEYS", &vault.api_keys)
            .build(ground.scope("core"), "CoreService");
        let agent = ground.service("agent", images.agent, MIDDLE, SMALL);
        let agent = ground
            .behind(agent, &front.agent)
            .env("FLAGS", vault.flags.name())
            .build(ground.scope("agents"), "AgentService");
        let workflow = ground.service("workflow", images.workflow, SMALL, TINY);
        let spot = Capacity::Spot { base: 2, on_demand_weight: 1, spot_weight: 3 };
        let workflow = workflow.capacity(spot).build(ground.scope("workflow"), "WorkflowService");

        let services = Self { auth, core, agent, workflow, errors, images };
        scaling::scale(&services, stack, settings, front);
        services
    }

    /// All of them, by name.
    pub fn all(&self) -> [(&'static str, FargateService<'a>); 4] {
        [("auth", self.auth), ("core", self.core), ("agent", self.agent), ("workflow", self.workflow)]
    }

    /// What each may do, and nothing else.
    pub fn permit(&self, stack: Scope<'a>, settings: &Settings<'a>, vault: &Vault<'a>, storage: &Storage<'a>) {
        for (_, service) in self.all() {
            vault.config.grants().read(&service);
        }
        vault.jwt.grants().read(&self.auth);
        storage.uploads.grants().write(&self.auth);
        vault.api_keys.grants().read(&self.core);
        for service in [&self.core, &self.agent] {
            storage.assets.grants().read_write(service);
            storage.uploads.grants().read_write(service);
            service.role().allow(publish_metrics());
        }
        vault.flags.grant_read(&self.agent);

        let sender = stack.add("Sender", ses::EmailIdentity::new().email_identity(settings.domain));
        let identity = own_arn("ses", join!["identity/", sender.ref_()]);
        let mail = Statement::allow([Action::new("ses:SendEmail")]).on([identity]).when(
            "StringEquals",
            "ses:FromAddress",
            format!("no-reply@{}", settings.domain),
        );
        self.auth.role().allow(mail);
    }
}

impl<'a> Ground<'_, 'a> {
    fn scope(&self, owner: &str) -> Scope<'a> {
        let id = format!("{}{}", owner[..1].to_uppercase(), &owner[1..]);
        self.stack.child(&id).tag("Service", owner).tag("Owner", "team-backend")
    }

    /// Takes requests; where versions are shifted, by turns from two groups of targets.
    fn behind(&self, service: FargateServiceBuilder<'a>, door: &Door<'a>) -> FargateServiceBuilder<'a> {
        match (self.settings.rollout, &door.next) {
            (Some(rollout), Some(next)) => {
                service.behind_pair([&door.targets, next], door.rule.rule_arn()).rollout(rollout)
            }
            _ => service.behind(&door.targets),
        }
    }

    /// What the services have in common.
    fn service(&self, name: &str, images: Repository<'a>, full: TaskSize, half: TaskSize) -> FargateServiceBuilder<'a> {
        let image = ImageSource::repository(&images, ImageVersion::tag(&*self.settings.release));
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
            .roll_back_on(&self.errors)
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

/// Too many requests fail: somebody is woken, and a release that goes on is taken back.
fn errors<'a>(stack: Scope<'a>, settings: &Settings<'a>, front: &Front<'a>, oncall: &Escalation<'a>) -> Alarm<'a> {
    let errors = scaling::failing(front).named(settings.name("error-rate"));
    settings.with_runbook(errors, "rollback").alarm(stack, "Errors").escalate(oncall, AlarmTier::Page)
}

fn publish_metrics() -> Statement {
    Statement::allow([Action::new("cloudwatch:PutMetricData")])
        .on(["*"])
        .with_wildcard_reason("metrics have no ARN; the namespace is the scope")
        .when("StringEquals", "cloudwatch:namespace", "ClaudeEnhancer")
}
