//! What watches the account: the audit trail, rules, threats, posture, who may come in from outside, and costs.

use ce::governance::{
    Access, AuditTrail, ConfigRecorder, ConfigRule, CrossAccountRole, GroupBy, Insight, ManagedRule, SecurityPosture,
    StackSetAuthority, Standard, ThreatDetection, ThreatDetectionBuilder,
};
use ce::observe::Endpoint;
use ce::operations::{Evidence, SourceBlock, ThreatIsolation};
use ce::prelude::*;
use ce::storage::{LifecycleRule, LogSource, ObjectLock};

use super::System;
use super::backups::Backups;
use super::costs::costs;
use super::edge::Edge;
use super::settings::Settings;

/// Governance; nothing else refers to it.
pub struct Governance;

impl Governance {
    pub fn build<'a>(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        system: &System<'a>,
        backups: &Backups<'a>,
        edge: &Edge,
    ) {
        let key = Self::key(stack, settings);
        let audit = Self::audit(stack, settings, &key, system);
        let recorder = Self::recorder(stack, settings, system);
        Self::rules(stack, &recorder);
        Self::threats(stack, settings, &key, system, edge)
            .other_regions(settings.name("guardduty"), [Region::EU_WEST_1], StackSetAuthority::SelfManaged)
            .build(stack, "Threats");
        Self::posture(stack, settings);
        Self::visitors(stack, settings, &audit, backups);
        costs(stack, settings, system);
    }

    /// What each region has of its own: the recorder, threats and posture see their region alone.
    pub fn standby<'a>(stack: Scope<'a>, settings: &Settings<'a>, system: &System<'a>, edge: &Edge) {
        Self::recorder(stack, settings, system);
        Self::threats(stack, settings, &Self::key(stack, settings), system, edge).build(stack, "Threats");
        Self::posture(stack, settings);
    }

    fn key<'a>(stack: Scope<'a>, settings: &Settings<'a>) -> Key<'a> {
        Key::builder()
            .alias(format!("alias/{}", settings.name("audit")))
            .described("The audit trail and what is told about security")
            .allow_service(Principal::regional_service("logs", settings.environment.region))
            .allow_service(Principal::service("cloudtrail.amazonaws.com"))
            .build(stack, "Key")
    }

    /// The security team hears of a threat, somebody is woken, the task it came through is cut off, where it came from is
    /// kept out, and what was logged is kept.
    fn threats<'a>(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        key: &Key<'a>,
        system: &System<'a>,
        edge: &Edge,
    ) -> ThreatDetectionBuilder<'a> {
        let security = Topic::builder(key).named(settings.name("security")).build(stack, "SecurityTopic");
        security.subscribe("Mail", Endpoint::email(format!("security@{}", settings.domain)));
        let services = system.services.all().map(|(_, service)| service);
        let isolation = ThreatIsolation::of(&services)
            .named(settings.name("isolate-task"))
            .blocks(SourceBlock::on(edge.blocked.clone()))
            .keeps(Evidence::in_bucket(&Self::evidence(stack, settings, key, system)))
            .build(stack, "Isolation");
        ThreatDetection::builder().alert(&security).alert(&system.oncall.page()).alert(&isolation)
    }

    /// What nobody can delete for a year.
    fn evidence<'a>(stack: Scope<'a>, settings: &Settings<'a>, key: &Key<'a>, system: &System<'a>) -> Bucket<'a> {
        Bucket::builder()
            .named(settings.bucket("evidence"))
            .encrypted_by(key)
            .access_logs_to(&system.storage.logs, "evidence/")
            .object_lock(ObjectLock::Governance(Duration::days(365)))
            .build(stack, "Evidence")
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

    fn audit<'a>(stack: Scope<'a>, settings: &Settings<'a>, key: &Key<'a>, system: &System<'a>) -> AuditTrail<'a> {
        AuditTrail::builder(settings.name("trail"), key)
            .bucket_named(settings.bucket("audit"))
            .access_logs_to(&system.storage.logs, "audit/")
            .build(stack, "Audit")
    }

    fn recorder<'a>(stack: Scope<'a>, settings: &Settings<'a>, system: &System<'a>) -> ConfigRecorder<'a> {
        let history = Bucket::builder()
            .named(settings.bucket("config"))
            .encrypted_by(&system.vault.data_key)
            .receives_logs(LogSource::Config, "")
            .access_logs_to(&system.storage.logs, "config/")
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
}
