//! What GuardDuty looks at.

use ce_cfn::guardduty::detector::{
    CfnFeatureAdditionalConfiguration as Additional, CfnFeatureConfiguration as Configuration,
    CfnFeatureConfigurationName as FeatureName, CfnFeatureConfigurationStatus as FeatureStatus, Name, Status,
};
use ce_synth::Literal;

/// Something that GuardDuty looks at beyond the logs it always reads.
///
/// Source: <https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThreatFeature {
    /// Who reads and writes objects of buckets.
    S3DataEvents,
    /// Malware on volumes of what acts suspiciously.
    EbsMalwareProtection,
    /// Logins to Aurora.
    RdsLoginEvents,
    /// Where Lambda functions connect to.
    LambdaNetworkLogs,
    /// Audit logs of Kubernetes.
    EksAuditLogs,
    /// Processes in containers and instances, as agents see them.
    RuntimeMonitoring,
    /// Processes in Kubernetes alone; not together with [`RuntimeMonitoring`](Self::RuntimeMonitoring).
    EksRuntimeMonitoring,
}

impl ThreatFeature {
    /// What is looked at when nothing is said.
    pub(super) const DEFAULT: [Self; 6] = [
        Self::S3DataEvents,
        Self::EbsMalwareProtection,
        Self::RdsLoginEvents,
        Self::LambdaNetworkLogs,
        Self::EksAuditLogs,
        Self::RuntimeMonitoring,
    ];

    const fn name(self) -> Literal<FeatureName> {
        match self {
            Self::S3DataEvents => FeatureName::S3_DATA_EVENTS,
            Self::EbsMalwareProtection => FeatureName::EBS_MALWARE_PROTECTION,
            Self::RdsLoginEvents => FeatureName::RDS_LOGIN_EVENTS,
            Self::LambdaNetworkLogs => FeatureName::LAMBDA_NETWORK_LOGS,
            Self::EksAuditLogs => FeatureName::EKS_AUDIT_LOGS,
            Self::RuntimeMonitoring => FeatureName::RUNTIME_MONITORING,
            Self::EksRuntimeMonitoring => FeatureName::EKS_RUNTIME_MONITORING,
        }
    }

    pub(super) fn property(self, agents: &[RuntimeAgent]) -> Configuration {
        let agents: Vec<Additional> = match self {
            Self::RuntimeMonitoring => agents.iter().map(|agent| agent.property()).collect(),
            Self::EksRuntimeMonitoring => vec![RuntimeAgent::Eks.property()],
            _ => Vec::new(),
        };
        Configuration::new()
            .name(self.name())
            .status(FeatureStatus::ENABLED)
            .additional_configuration((!agents.is_empty()).then_some(agents))
    }
}

/// Agents that GuardDuty installs and updates by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuntimeAgent {
    /// Beside tasks on Fargate.
    EcsFargate,
    /// On instances of EC2.
    Ec2,
    /// In clusters of EKS.
    Eks,
}

impl RuntimeAgent {
    fn property(self) -> Additional {
        let name = match self {
            Self::EcsFargate => Name::ECS_FARGATE_AGENT_MANAGEMENT,
            Self::Ec2 => Name::EC2_AGENT_MANAGEMENT,
            Self::Eks => Name::EKS_ADDON_MANAGEMENT,
        };
        Additional::new().name(name).status(Status::ENABLED)
    }
}
