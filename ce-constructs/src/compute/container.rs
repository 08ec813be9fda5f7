//! Containers of a task.

use ce_cfn::ecs::task_definition as l1;
use ce_synth::{Duration, Expr, IntoValue, ListOf, Scope, Size, Value};

use super::{ContainerHealth, ContainerSecret, ImageSource, ImageVersion, rules};
use crate::security::{Action, Statement};

/// A container: its image, what it is told, and what it may.
///
/// The main one of a service is set on the service's builder; this one is for those beside it:
///
/// ```
/// use ce_constructs::compute::{Container, ImageSource, ImageVersion};
/// let proxy = ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("1.29"));
/// let proxy = Container::new("proxy", proxy).port(8080).env("UPSTREAM", "localhost:3000");
/// ```
///
/// By default its root file system cannot be written, and the task ends when it ends.
#[derive(Clone)]
pub struct Container<'a> {
    pub(super) name: String,
    pub(super) image: ImageSource<'a>,
    pub(super) ports: Vec<u16>,
    pub(super) environment: Vec<(String, Value<String>)>,
    pub(super) secrets: Vec<(String, ContainerSecret<'a>)>,
    pub(super) health: Option<ContainerHealth>,
    pub(super) writable_root: bool,
    pub(super) scratch: Vec<String>,
    pub(super) stop_timeout: Option<Duration>,
    pub(super) needs: Vec<Statement>,
    pub(super) port_protocol: Option<&'static str>,
    pub(super) essential: bool,
    pub(super) command: Vec<Value<String>>,
    pub(super) entry_point: Vec<String>,
    pub(super) user: Option<String>,
    pub(super) memory: Option<Size>,
    pub(super) after: Vec<(String, &'static str)>,
}

impl<'a> Container<'a> {
    /// A container under a name of its task.
    pub fn new(name: impl Into<String>, image: ImageSource<'a>) -> Self {
        Self {
            name: name.into(),
            image,
            ports: Vec::new(),
            environment: Vec::new(),
            secrets: Vec::new(),
            health: None,
            writable_root: false,
            scratch: Vec::new(),
            stop_timeout: None,
            needs: Vec::new(),
            port_protocol: None,
            essential: true,
            command: Vec::new(),
            entry_point: Vec::new(),
            user: None,
            memory: None,
            after: Vec::new(),
        }
    }

    /// The collector of AWS's distribution of OpenTelemetry, which takes traces at `localhost:4317` and gives them to
    /// X-Ray; the task role is allowed that. The task goes on without it when it ends.
    ///
    /// Source: <https://github.com/aws-observability/aws-otel-collector/blob/main/config/ecs/ecs-xray.yaml>
    pub fn trace_collector() -> Self {
        const COLLECTOR: &str = "public.ecr.aws/aws-observability/aws-otel-collector";
        let image = ImageSource::public(COLLECTOR, ImageVersion::tag("v0.45.1"));
        Self::new("otel-collector", image)
            .command(["--config=/etc/ecs/ecs-xray.yaml"])
            .essential(false)
            .needs(send_traces())
    }

    /// A port it listens on. Default: none.
    pub fn port(mut self, port: u16) -> Self {
        if !self.ports.contains(&port) {
            self.ports.push(port);
        }
        self
    }

    /// Sets an environment variable; said again, the last holds. Default: none.
    pub fn env(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        let name = name.into();
        self.environment.retain(|(known, _)| *known != name);
        self.environment.push((name, value.into_value()));
        self
    }

    /// Sets an environment variable from a secret. Default: none.
    pub fn secret(mut self, name: impl Into<String>, secret: impl Into<ContainerSecret<'a>>) -> Self {
        let name = name.into();
        self.secrets.retain(|(known, _)| *known != name);
        self.secrets.push((name, secret.into()));
        self
    }

    /// What it is started with. Default: what the image says.
    pub fn command<V: IntoValue<String>>(mut self, arguments: impl IntoIterator<Item = V>) -> Self {
        self.command = arguments.into_iter().map(IntoValue::into_value).collect();
        self
    }

    /// The program that is started. Default: what the image says.
    pub fn entry_point<const N: usize>(mut self, arguments: [&str; N]) -> Self {
        self.entry_point = arguments.map(str::to_owned).into();
        self
    }

    /// The user it runs as, `1000` or `app`. Default: what the image says.
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// How ECS finds out whether it works. Default: it works while it runs.
    pub fn health_check(mut self, check: ContainerHealth) -> Self {
        self.health = Some(check);
        self
    }

    /// Lets it write to its root file system. Default: it cannot.
    pub fn writable_root(mut self) -> Self {
        self.writable_root = true;
        self
    }

    /// A folder it may write to, such as `/tmp`; empty in each new task. Default: none.
    pub fn scratch(mut self, path: impl Into<String>) -> Self {
        self.scratch.push(path.into());
        self
    }

    /// How long it may take to end after it is told to, at most 120 seconds. Default: 30 seconds, as ECS does.
    pub fn stop_timeout(mut self, timeout: Duration) -> Self {
        self.stop_timeout = Some(timeout);
        self
    }

    /// How much of the task's memory it may have; with more it is ended. Default: all.
    pub fn memory(mut self, limit: Size) -> Self {
        self.memory = Some(limit);
        self
    }

    /// Whether the task ends when it ends. Default: true.
    pub fn essential(mut self, essential: bool) -> Self {
        self.essential = essential;
        self
    }

    /// Starts it after another container of the task is healthy. Default: all start at once.
    pub fn after_healthy(mut self, container: impl Into<String>) -> Self {
        self.after.push((container.into(), "HEALTHY"));
        self
    }

    /// Starts it after another container of the task did its work and ended. Default: all start at once.
    pub fn after_success(mut self, container: impl Into<String>) -> Self {
        self.after.push((container.into(), "SUCCESS"));
        self
    }

    /// What the task role must allow for it. Default: nothing.
    pub fn needs(mut self, statement: Statement) -> Self {
        self.needs.push(statement);
        self
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>) {
        rules::environment_name::check(scope, self);
        rules::health_timing::check(scope, self);
        rules::latest_image::check(scope, self);
        rules::stop_timeout::check(scope, self);
    }

    pub(super) fn definition(&self, logs: l1::LogConfiguration) -> l1::ContainerDefinition {
        let volumes = self.scratch.iter().enumerate().map(|(place, path)| {
            l1::MountPoint::new().source_volume(self.volume(place)).container_path(path).read_only(false)
        });
        let credentials = match self.image.credentials() {
            Expr::Null => None,
            arn => Some(l1::RepositoryCredentials::new().credentials_parameter(arn)),
        };
        l1::ContainerDefinition::new()
            .name(&self.name)
            .image(&self.image.reference)
            .repository_credentials(credentials)
            .essential(self.essential)
            .port_mappings(listed(self.ports.iter().map(|port| self.port_mapping(*port))))
            .environment(environment(&self.environment))
            .secrets(secrets(&self.secrets))
            .command(listed::<String, _>(self.command.iter().cloned()))
            .entry_point(listed::<String, _>(self.entry_point.iter().cloned()))
            .user(self.user.clone())
            .health_check(self.health.as_ref().map(ContainerHealth::property))
            .readonly_root_filesystem(!self.writable_root)
            .mount_points(listed(volumes))
            .stop_timeout(self.stop_timeout.map(Duration::as_seconds))
            .memory(self.memory.map(|limit| i64::try_from(limit.as_mib()).unwrap_or(i64::MAX)))
            .depends_on(listed(
                self.after
                    .iter()
                    .map(|(name, condition)| l1::ContainerDependency::new().container_name(name).condition(*condition)),
            ))
            .log_configuration(logs)
    }

    pub(super) fn volume(&self, place: usize) -> String {
        format!("{}-scratch-{place}", self.name)
    }

    /// The name of a port, by which Service Connect knows it.
    pub(super) fn port_name(&self, port: u16) -> String {
        format!("{}-{port}", self.name)
    }

    fn port_mapping(&self, port: u16) -> l1::PortMapping {
        l1::PortMapping::new()
            .container_port(port)
            .protocol("tcp")
            .name(self.port_name(port))
            .app_protocol(self.port_protocol)
    }
}

/// A list, or nothing at all when it is empty.
fn listed<T, V: IntoValue<T>>(items: impl Iterator<Item = V>) -> Option<Value<ListOf<T>>> {
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| items.into_value())
}

pub(super) fn environment(variables: &[(String, Value<String>)]) -> Option<Value<ListOf<l1::KeyValuePair>>> {
    listed(variables.iter().map(|(name, value)| l1::KeyValuePair::new().name(name).value(value)))
}

fn secrets(secrets: &[(String, ContainerSecret<'_>)]) -> Option<Value<ListOf<l1::Secret>>> {
    listed(secrets.iter().map(|(name, secret)| l1::Secret::new().name(name).value_from(&secret.value_from)))
}

/// Source: <https://docs.aws.amazon.com/xray/latest/devguide/security_iam_id-based-policy-examples.html>
fn send_traces() -> Statement {
    Statement::allow([
        Action::new("xray:GetSamplingRules"),
        Action::new("xray:GetSamplingStatisticSummaries"),
        Action::new("xray:GetSamplingTargets"),
        Action::new("xray:PutTelemetryRecords"),
        Action::new("xray:PutTraceSegments"),
    ])
    .on(["*"])
    .with_wildcard_reason("traces belong to no resource")
}
