//! What watches the account: the audit trail, rules, threats, posture, who may come in from outside, and costs.

use ce::governance::{
    Access, AuditTrail, Budget, ConfigRecorder, ConfigRule, CostGuard, CostReport, CrossAccountRole, GroupBy, Insight,
    ManagedRule, SecurityPosture, StackSetAuthority, Standard, ThreatDetection,
};
use ce::prelude::*;
use ce::storage::{LifecycleRule, LogSource};

use super::backups::Backups;
use super::settings::Settings;
use super::storage::Storage;
use super::vault::Vault;

/// Governance; nothing else refers to it.
pub struct Governance;

impl Governance {
    pub fn build<'a>(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        vault: &Vault<'a>,
        storage: &Storage<'a>,
        backups: &Backups<'a>,
    ) {
        let (key, security) = Self::security_topic(stack, settings);
        let audit = Self::audit(stack, settings, &key);
        let recorder = Self::recorder(stack, settings, vault);
        Self::rules(stack, &recorder);
        ThreatDetection::builder()
            .alert(&security)
            .other_regions(settings.name("guardduty"), [Region::EU_WEST_1], StackSetAuthority::SelfManaged)
            .build(stack, "Threats");
        Self::posture(stack, settings);
        Self::visitors(stack, settings, &audit, backups);
        Self::costs(stack, settings, storage);
    }

    /// What each region has of its own: the recorder, threats and posture see their region alone.
    pub fn standby<'a>(stack: Scope<'a>, settings: &Settings<'a>, vault: &Vault<'a>) {
        let (_, security) = Self::security_topic(stack, settings);
        Self::recorder(stack, settings, vault);
        ThreatDetection::builder().alert(&security).build(stack, "Threats");
        Self::posture(stack, settings);
    }

    fn security_topic<'a>(stack: Scope<'a>, settings: &Settings<'a>) -> (Key<'a>, Topic<'a>) {
        let key = Key::builder()
            .alias(format!("alias/{}", settings.name("audit")))
            .described("The audit trail and what is told about security")
            .allow_service(Principal::regional_service("logs", settings.environment.region))
            .allow_service(Principal::service("cloudtrail.amazonaws.com"))
            .build(stack, "Key");
        let topic = Topic::builder(&key).named(settings.name("security")).build(stack, "SecurityTopic");
        (key, topic)
    }

    fn posture<'a>(stack: Scope<'a>, settings: &Settings<'a>) {
        SecurityPosture::builder()
            .standards([Standard::AwsFoundational, Standard::Cis5])
            .without_control(Standard::AwsFoundational, "ELB.18", "the redirect listener is HTTP on purpose")
            .insight(
                Insight::new("Findings by resource", GroupBy::RESOURCE_ID)
                    .tagged("Environment", settings.environment.name),
            )
            .build(stack, "Posture");
    }

    fn audit<'a>(stack: Scope<'a>, settings: &Settings<'a>, key: &Key<'a>) -> AuditTrail<'a> {
        AuditTrail::builder(settings.name("trail"), key).bucket_named(settings.bucket("audit")).build(stack, "Audit")
    }

    fn recorder<'a>(stack: Scope<'a>, settings: &Settings<'a>, vault: &Vault<'a>) -> ConfigRecorder<'a> {
        let history = Bucket::builder()
            .named(settings.bucket("config"))
            .encrypted_by(&vault.data_key)
            .receives_logs(LogSource::Config, "")
            .without_access_logs()
            .lifecycle(LifecycleRule::new().expire_after(Duration::days(2_557)))
            .build(stack, "ConfigHistory");
        let recorder = ConfigRecorder::builder(&history);
        // Users and roles belong to no region: one of the two records them.
        let recorder = if settings.is_standby() { recorder.without_global_types() } else { recorder };
        recorder.build(stack, "Recorder")
    }

    fn rules<'a>(stack: Scope<'a>, recorder: &ConfigRecorder<'a>) {
        let rule = |id: &str, rule: ManagedRule| ConfigRule::builder(rule).after(recorder).build(stack, id);
        rule("EncryptedVolumes", ManagedRule::ENCRYPTED_VOLUMES);
        rule("NoPublicReads", ManagedRule::S3_BUCKET_PUBLIC_READ_PROHIBITED);
        rule("NoPublicWrites", ManagedRule::S3_BUCKET_PUBLIC_WRITE_PROHIBITED);
        rule("PasswordPolicy", ManagedRule::IAM_PASSWORD_POLICY);
        ConfigRule::builder(ManagedRule::VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS)
            .input("authorizedTcpPorts", "80,443")
            .after(recorder)
            .build(stack, "OpenPorts");
        ConfigRule::builder(ManagedRule::SECRETSMANAGER_SECRET_PERIODIC_ROTATION)
            .input("maxDaysSinceRotation", "90")
            .after(recorder)
            .build(stack, "OldSecrets");
    }

    /// The roles of other accounts; their numbers are given at deployment.
    fn visitors<'a>(stack: Scope<'a>, settings: &Settings<'a>, audit: &AuditTrail<'a>, backups: &Backups<'a>) {
        let account = |id: &str, what: &str| {
            let number =
                Parameter::text().pattern("^[0-9]{12}$").description(what).constraint_description("twelve digits");
            stack.parameter(id, number)
        };
        let monitoring = account("MonitoringAccountId", "The account that watches metrics and logs");
        let security = account("SecurityAccountId", "The account that reads the audit trail");
        let backup = account("BackupAccountId", "The account that restores backups");
        let role = |id: &str, access: Access<'a>, of, external: &str| {
            CrossAccountRole::builder(access, of, settings.name(external))
                .named(settings.name(external))
                .build(stack, id)
        };
        role("Monitoring", Access::Monitoring, monitoring, "monitoring-access");
        role("Security", Access::Audit(Some(audit.bucket())), security, "security-audit-access");
        role("Restore", Access::Backup(vec![backups.role.arn().cast()]), backup, "backup-restore-access");
    }

    fn costs<'a>(stack: Scope<'a>, settings: &Settings<'a>, storage: &Storage<'a>) {
        let monthly = Budget::monthly(settings.name("monthly"), 5_600).alert_at([Percent::new(80), Percent::new(100)]);
        let between_zones = Budget::monthly(settings.name("data-transfer"), 500)
            .only("UsageTypeGroup", ["EC2: Data Transfer - Inter AZ"])
            .alert_at([Percent::new(80), Percent::new(100)]);
        CostGuard::builder(settings.name("costs"))
            .mail(format!("costs@{}", settings.domain))
            .budget(monthly)
            .budget(between_zones)
            .report(CostReport::daily(settings.name("daily"), &storage.backups))
            .build(stack, "Costs");
    }
}
