//! Drift: looking for it, and what was found.

use super::operation::{Operation, next};
use crate::cloud::{Answer, Call, DriftDetection, DriftState, Failure, ResourceDrift};
use crate::wire::context::{Context, mismatch};
use crate::wire::xml::Xml;

pub(super) fn answer(context: &mut Context<'_>, operation: &Operation<'_>) -> Option<Result<Vec<u8>, Failure>> {
    Some(match operation.action {
        "DetectStackDrift" => detect(context, operation),
        "DescribeStackDriftDetectionStatus" => detection(context, operation),
        "DescribeStackResourceDrifts" => resources(context, operation),
        _ => return None,
    })
}

fn detect(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let call = Call::DetectDrift { stack: operation.stack()? };
    let Answer::DriftStarted(detection) = context.call(call)? else { return Err(mismatch()) };
    Ok(operation.result(|xml| xml.text("StackDriftDetectionId", &detection)))
}

fn detection(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let id = operation.form.required("StackDriftDetectionId")?.to_owned();
    let call = Call::DescribeDriftDetection { detection: id.clone() };
    let Answer::DriftDetection(found) = context.call(call)? else { return Err(mismatch()) };
    let now = context.now.0;
    Ok(operation.result(|xml| {
        xml.text("StackId", "");
        xml.text("StackDriftDetectionId", &id);
        xml.time("Timestamp", now);
        match found {
            DriftDetection::InProgress => xml.text("DetectionStatus", "DETECTION_IN_PROGRESS"),
            DriftDetection::Complete(state) => {
                xml.text("DetectionStatus", "DETECTION_COMPLETE");
                xml.text("StackDriftStatus", of_stack(state));
            }
            DriftDetection::Failed(reason) => {
                xml.text("DetectionStatus", "DETECTION_FAILED");
                xml.text("DetectionStatusReason", reason);
            }
        }
    }))
}

fn resources(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let stack = operation.stack()?;
    let call = Call::DescribeResourceDrifts { stack: stack.clone(), page: operation.page() };
    let Answer::ResourceDrifts(mut drifts, page) = context.call(call)? else { return Err(mismatch()) };
    let wanted = operation.form.texts("StackResourceDriftStatusFilters");
    drifts.retain(|drift| wanted.is_empty() || wanted.iter().any(|state| state == of_resource(drift.state)));
    let now = context.now.0;
    Ok(operation.result(|xml| {
        xml.list("StackResourceDrifts", &drifts, |xml, drift| {
            xml.text("StackId", stack.as_str());
            xml.time("Timestamp", now);
            written(xml, drift);
        });
        next(xml, page.as_ref());
    }))
}

fn written(xml: &mut Xml, drift: &ResourceDrift) {
    xml.text("LogicalResourceId", &drift.logical_id);
    xml.maybe("PhysicalResourceId", drift.physical_id.as_ref());
    xml.text("ResourceType", &drift.type_name);
    xml.text("StackResourceDriftStatus", of_resource(drift.state));
    xml.list("PropertyDifferences", &drift.differences, |xml, difference| {
        xml.text("PropertyPath", &difference.path);
        xml.text("ExpectedValue", difference.expected.reveal());
        xml.text("ActualValue", difference.actual.reveal());
        xml.text("DifferenceType", &difference.kind);
    });
}

fn of_stack(state: DriftState) -> &'static str {
    match state {
        DriftState::InSync => "IN_SYNC",
        DriftState::Drifted | DriftState::Deleted => "DRIFTED",
        DriftState::NotChecked => "NOT_CHECKED",
        DriftState::Unknown => "UNKNOWN",
    }
}

fn of_resource(state: DriftState) -> &'static str {
    match state {
        DriftState::InSync => "IN_SYNC",
        DriftState::Drifted => "MODIFIED",
        DriftState::Deleted => "DELETED",
        DriftState::NotChecked => "NOT_CHECKED",
        DriftState::Unknown => "UNKNOWN",
    }
}
