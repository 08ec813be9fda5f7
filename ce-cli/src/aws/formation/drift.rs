//! Drift: what differs from the template.

use aws_sdk_cloudformation::Client;
use aws_sdk_cloudformation::operation::describe_stack_drift_detection_status::DescribeStackDriftDetectionStatusOutput;
use aws_sdk_cloudformation::types::{self, StackDriftDetectionStatus, StackDriftStatus, StackResourceDriftStatus};
use ce_deploy::cloud::{Answer, Call, DriftDetection, DriftState, Failure, PropertyDifference, ResourceDrift, Secret};

use super::read::{needed, page};
use crate::aws::refusal::failure;

pub(super) async fn ask(client: &Client, call: Call) -> Result<Answer, Failure> {
    match call {
        Call::DetectDrift { stack } => {
            let request = client.detect_stack_drift().stack_name(stack.as_str());
            let begun = request.send().await.map_err(|error| failure(&error))?;
            needed(begun.stack_drift_detection_id, "StackDriftDetectionId").map(Answer::DriftStarted)
        }
        Call::DescribeDriftDetection { detection } => {
            let request = client.describe_stack_drift_detection_status().stack_drift_detection_id(detection);
            let found = request.send().await.map_err(|error| failure(&error))?;
            Ok(Answer::DriftDetection(detection_of(found)))
        }
        Call::DescribeResourceDrifts { stack, page: from } => {
            let request = client.describe_stack_resource_drifts().stack_name(stack.as_str());
            let found = request.set_next_token(from.0).send().await.map_err(|error| failure(&error))?;
            let drifts = found.stack_resource_drifts.unwrap_or_default().into_iter().map(resource).collect();
            Ok(Answer::ResourceDrifts(drifts, page(found.next_token)))
        }
        _ => Err(Failure::garbled("no call for drift")),
    }
}

fn detection_of(found: DescribeStackDriftDetectionStatusOutput) -> DriftDetection {
    match found.detection_status {
        Some(StackDriftDetectionStatus::DetectionComplete) => {
            DriftDetection::Complete(match found.stack_drift_status {
                Some(StackDriftStatus::InSync) => DriftState::InSync,
                Some(StackDriftStatus::Drifted) => DriftState::Drifted,
                Some(StackDriftStatus::NotChecked) => DriftState::NotChecked,
                _ => DriftState::Unknown,
            })
        }
        Some(StackDriftDetectionStatus::DetectionFailed) => {
            DriftDetection::Failed(found.detection_status_reason.unwrap_or_default())
        }
        _ => DriftDetection::InProgress,
    }
}

fn resource(drift: types::StackResourceDrift) -> ResourceDrift {
    ResourceDrift {
        logical_id: drift.logical_resource_id.unwrap_or_default(),
        physical_id: drift.physical_resource_id,
        type_name: drift.resource_type.unwrap_or_default(),
        state: match drift.stack_resource_drift_status {
            Some(StackResourceDriftStatus::InSync) => DriftState::InSync,
            Some(StackResourceDriftStatus::Modified) => DriftState::Drifted,
            Some(StackResourceDriftStatus::Deleted) => DriftState::Deleted,
            Some(StackResourceDriftStatus::NotChecked | StackResourceDriftStatus::Unsupported) => {
                DriftState::NotChecked
            }
            _ => DriftState::Unknown,
        },
        differences: drift.property_differences.unwrap_or_default().into_iter().map(difference).collect(),
    }
}

fn difference(difference: types::PropertyDifference) -> PropertyDifference {
    PropertyDifference {
        path: difference.property_path.unwrap_or_default(),
        kind: difference.difference_type.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        expected: Secret::new(difference.expected_value.unwrap_or_default()),
        actual: Secret::new(difference.actual_value.unwrap_or_default()),
    }
}
