//! Services that publish to topics.

use ce_synth::value::account_id;

use crate::security::Principal;

/// A service of AWS that may publish to a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Publisher {
    /// Alarms of CloudWatch.
    CloudWatch,
    /// Rules of EventBridge.
    EventBridge,
    /// Cost anomaly detection.
    CostAnomalies,
    /// AWS Budgets.
    Budgets,
    /// AWS Backup.
    Backup,
    /// Event subscriptions of RDS.
    RdsEvents,
    /// Event notifications of S3.
    S3,
}

impl Publisher {
    const fn service(self) -> &'static str {
        match self {
            Self::CloudWatch => "cloudwatch.amazonaws.com",
            Self::EventBridge => "events.amazonaws.com",
            Self::CostAnomalies => "costalerts.amazonaws.com",
            Self::Budgets => "budgets.amazonaws.com",
            Self::Backup => "backup.amazonaws.com",
            Self::RdsEvents => "events.rds.amazonaws.com",
            Self::S3 => "s3.amazonaws.com",
        }
    }

    /// The service, for the account's own sake; `EventBridge` and `Backup` do not say for whom they publish, and a
    /// condition would lock them out.
    ///
    /// Source: <https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html>
    pub(super) fn principal(self) -> Principal {
        let service = Principal::service(self.service());
        match self {
            Self::EventBridge | Self::Backup => service,
            _ => service.when("StringEquals", "aws:SourceAccount", account_id()),
        }
    }
}
