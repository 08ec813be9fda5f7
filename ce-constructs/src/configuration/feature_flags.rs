//! Flags of AppConfig.

use ce_cfn::appconfig;
use ce_cfn::appconfig::environment::Monitor;
use ce_synth::{Expr, IntoValue, Scope, Value, join};

use super::{FeatureFlag, FlagRollout, rules};
use crate::observe::Alarm;
use crate::security::{Action, Grantee, Key, Principal, Role, Statement, own_arn};

const READ: [Action; 2] =
    [Action::new("appconfig:StartConfigurationSession"), Action::new("appconfig:GetLatestConfiguration")];

/// Feature flags of an application: readers ask AppConfig for them, and a change reaches them step by step.
///
/// ```
/// use ce_constructs::compute::FargateService;
/// use ce_constructs::configuration::{FeatureFlag, FeatureFlags};
/// use ce_constructs::observe::Alarm;
/// use ce_synth::Scope;
///
/// fn flags<'a>(stack: Scope<'a>, api: FargateService<'a>, errors: Alarm<'a>) {
///     let flags = FeatureFlags::builder("shop").flag(FeatureFlag::off("gift-cards")).roll_back_on(&errors);
///     let flags = flags.build(stack, "Flags");
///     flags.grant_read(&api);
///     api.env("FLAGS", flags.path());
/// }
/// ```
///
/// By default the environment is named as that of the stack, and a change is given out as [`FlagRollout::default`] says.
/// A change in the program becomes a new version, which is deployed with the stack.
#[derive(Clone, Copy)]
pub struct FeatureFlags<'a> {
    application: appconfig::ApplicationRef<'a>,
    environment: appconfig::EnvironmentRef<'a>,
    profile: appconfig::ConfigurationProfileRef<'a>,
}

impl<'a> FeatureFlags<'a> {
    /// Flags of an application of this name, of 1 to 64 characters.
    pub fn builder(application: impl Into<String>) -> FeatureFlagsBuilder<'a> {
        let (flags, alarms, key) = Default::default();
        FeatureFlagsBuilder { name: application.into(), flags, rollout: FlagRollout::default(), alarms, key }
    }

    /// Where readers find them, as agents of AppConfig take it:
    /// `applications/…/environments/…/configurations/…`.
    ///
    /// Source: <https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-agent-how-to-use.html>
    pub fn path(self) -> Value<String> {
        let (application, environment, profile) = self.ids();
        join!["applications/", application, "/environments/", environment, "/configurations/", profile]
    }

    /// Lets someone read them.
    #[track_caller]
    pub fn grant_read(self, grantee: &(impl Grantee + ?Sized)) {
        let (application, environment, profile) = self.ids();
        let here = own_arn("appconfig", join!["application/", application]);
        let flags = join![here, "/environment/", environment, "/configuration/", profile];
        grantee.role().allow(Statement::allow(READ).on([flags]));
    }

    fn ids(self) -> (Value<String>, Value<String>, Value<String>) {
        let environment: Value<String> = self.environment.environment_id().into_value();
        let profile: Value<String> = self.profile.configuration_profile_id().into_value();
        (self.application.ref_().into_value(), environment, profile)
    }

    /// The application, for what this block does not set.
    pub fn application(self) -> appconfig::ApplicationRef<'a> {
        self.application
    }

    /// The profile, for what this block does not set.
    pub fn profile(self) -> appconfig::ConfigurationProfileRef<'a> {
        self.profile
    }
}

/// Settings of [`FeatureFlags`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct FeatureFlagsBuilder<'a> {
    name: String,
    flags: Vec<FeatureFlag>,
    rollout: FlagRollout,
    alarms: Vec<Alarm<'a>>,
    key: Option<Key<'a>>,
}

impl<'a> FeatureFlagsBuilder<'a> {
    /// A flag; called again, also another. Default: none.
    pub fn flag(mut self, flag: FeatureFlag) -> Self {
        self.flags.push(flag);
        self
    }

    /// How a change reaches readers. Default: [`FlagRollout::default`].
    pub fn rollout(mut self, rollout: FlagRollout) -> Self {
        self.rollout = rollout;
        self
    }

    /// Takes a change back when an alarm is raised while it is given out; called again, also another, up to five.
    /// Default: nothing takes it back.
    pub fn roll_back_on(mut self, alarm: &Alarm<'a>) -> Self {
        self.alarms.push(*alarm);
        self
    }

    /// Encrypts them with a key of the region. Default: with one of AppConfig.
    pub fn encrypted_by(mut self, key: &Key<'a>) -> Self {
        self.key = Some(*key);
        self
    }

    /// Adds application, environment, profile, the version of now, and its deployment.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> FeatureFlags<'a> {
        let scope = scope.child(id);
        rules::flag_name::check(scope, &self.flags);
        rules::flag_rollout::check(scope, self.rollout, self.alarms.len());
        let application = scope.add("Application", appconfig::Application::new().name(&self.name));
        let environment = appconfig::Environment::new().application_id(application).name(scope.environment().name);
        let environment = scope.add("Environment", environment.monitors(self.monitors(scope)));
        let key: Option<Value<String>> = self.key.map(|key| key.arn().into_value());
        let profile = appconfig::ConfigurationProfile::new()
            .application_id(application)
            .name("flags")
            .location_uri("hosted")
            .type_("AWS.AppConfig.FeatureFlags")
            .kms_key_identifier(key.clone());
        let profile = scope.add("Profile", profile);
        let version = appconfig::HostedConfigurationVersion::new()
            .application_id(application)
            .configuration_profile_id(profile.configuration_profile_id())
            .content_type("application/json")
            .content(self.content());
        let version = scope.add("Version", version);
        let strategy = scope.add("Strategy", self.rollout.resource(&self.name));
        let deployment = appconfig::Deployment::new()
            .application_id(application)
            .environment_id(environment.environment_id())
            .configuration_profile_id(profile.configuration_profile_id())
            .configuration_version(version.version_number())
            .deployment_strategy_id(strategy)
            .kms_key_identifier(key);
        scope.add("Deployment", deployment);
        FeatureFlags { application, environment, profile }
    }

    /// The alarms, and the role that AppConfig looks at them with.
    #[track_caller]
    fn monitors(&self, scope: Scope<'a>) -> Option<Vec<Monitor>> {
        if self.alarms.is_empty() {
            return None;
        }
        let role = Role::builder(Principal::service("appconfig.amazonaws.com")).build(scope, "Role");
        let look = Statement::allow([Action::new("cloudwatch:DescribeAlarms")]).on(["*"]);
        role.allow(look.with_wildcard_reason("alarms are looked up among all"));
        let monitor = |alarm: &Alarm<'a>| {
            Monitor::new().alarm_arn(IntoValue::<String>::into_value(alarm.arn())).alarm_role_arn(role.arn())
        };
        Some(self.alarms.iter().map(monitor).collect())
    }

    /// Definitions and settings, each by key.
    fn content(&self) -> String {
        let by_key =
            |part: fn(&FeatureFlag) -> Expr| Expr::object(self.flags.iter().map(|flag| (flag.key.clone(), part(flag))));
        let flags = by_key(FeatureFlag::definition);
        Expr::object([("version", "1".into()), ("flags", flags), ("values", by_key(FeatureFlag::setting))]).to_json()
    }
}
