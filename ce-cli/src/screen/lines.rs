//! What happens, a line each: for logs, and above the tree.

use ce_deploy::assembly::Origin;
use ce_deploy::cloud::Call;
use ce_deploy::engine::{End, Moment, PlannedStep, Progress, ResourceEvent, Span};

use super::Screen;

/// A stack that nobody made yet.
pub(super) const ABSENT: &str = "not there";

/// The line for something that happened, and from how many `-v` on it is shown.
pub(super) fn of(screen: &Screen, progress: &Progress) -> Option<(u8, String)> {
    Some(match progress {
        Progress::Published { asset, reused } => {
            (1, format!("asset {asset} {}", if *reused { "is there already" } else { "published" }))
        }
        Progress::Planned { stack, step } => {
            (u8::from(*step == PlannedStep::Unchanged), format!("{stack}  {}", planned(*step)))
        }
        Progress::ChangeSet { stack, changes, .. } => (0, format!("{stack}  {}", counted(*changes, "change"))),
        Progress::Begun { stack, attached, .. } => {
            (0, format!("{stack}  {}", if *attached { "attached" } else { "begun" }))
        }
        Progress::Status { stack, status } => (0, format!("{stack}  {status}")),
        Progress::Resource { stack, event } => {
            (u8::from(!event.status.ends_with("FAILED")), format!("{stack}  {}", resource(screen, event)))
        }
        Progress::Heartbeat { running } if running.is_empty() => (0, "still looking".to_owned()),
        Progress::Heartbeat { running } => {
            let running: Vec<String> =
                running.iter().map(|(stack, span)| format!("{stack} ({})", length(*span))).collect();
            (0, format!("still going on: {}", running.join(", ")))
        }
        Progress::Throttled { place } => (1, format!("{place} asks for fewer calls")),
        Progress::Retry { place, reason, attempt } => {
            (1, format!("{place}: try {attempt} after: {}", screen.foreign(reason)))
        }
        Progress::Leaked { stack, event } => (0, format!("{stack}  remains: {}", resource(screen, event))),
        Progress::Unheld { stack, reason } => {
            (0, format!("{stack}  its stack policy is left as it is: {}", screen.foreign(reason)))
        }
        Progress::TurningBack { stacks } => (0, format!("a stack failed: {} put back", counted(stacks.len(), "stack"))),
        Progress::Stopping { .. } => (0, "stopping: nothing new is begun".to_owned()),
        Progress::Finished { stack, end, status } => {
            let status = status.map(|status| format!(" ({status})")).unwrap_or_default();
            let words = if *end == End::Unchanged && status.is_empty() { ABSENT.to_owned() } else { ended(end) };
            (u8::from(*end == End::Unchanged), format!("{stack}  {words}{status}"))
        }
        _ => return None,
    })
}

/// The time of day, in UTC.
pub(super) fn time(now: Moment) -> String {
    let seconds = now.0 / 1_000;
    format!("{:02}:{:02}:{:02}", seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60)
}

/// A resource, where it was written, and what became of it.
pub(super) fn resource(screen: &Screen, event: &ResourceEvent) -> String {
    let place = event.origin.as_ref().map(|origin| format!(" [{}]", written(origin))).unwrap_or_default();
    let reason = event
        .reason
        .as_ref()
        .filter(|reason| !reason.is_empty())
        .map(|reason| format!(": {}", screen.foreign(reason)))
        .unwrap_or_default();
    let (id, type_name, status) =
        (screen.foreign(&event.logical_id), screen.foreign(&event.type_name), screen.foreign(&event.status));
    format!("{id} {type_name} {status}{place}{reason}")
}

/// The construct, and its line.
pub(crate) fn written(origin: &Origin) -> String {
    match &origin.source {
        Some(source) => format!("{} at {source}", origin.path),
        None => origin.path.clone(),
    }
}

/// A length of time, `3 min 5 s`.
pub(super) fn length(span: Span) -> String {
    let seconds = span.0 / 1_000;
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// A number of things.
pub(crate) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// How a stack ended, in words.
pub(super) fn ended(end: &End) -> String {
    match end {
        End::Unchanged => "unchanged".to_owned(),
        End::Changed => "done".to_owned(),
        End::Deleted => "deleted".to_owned(),
        End::RolledBack => "failed and put back".to_owned(),
        End::PutBack => "put back".to_owned(),
        End::Failed => "failed".to_owned(),
        End::Skipped(cause) => format!("left out, because {cause} failed"),
        End::NotBegun => "not begun".to_owned(),
        End::Detached => "goes on".to_owned(),
    }
}

fn planned(step: PlannedStep) -> &'static str {
    match step {
        PlannedStep::Unchanged => "unchanged",
        PlannedStep::Empty => "has no resources, so nothing is made",
        PlannedStep::Create => "will be made",
        PlannedStep::Update => "will be changed",
        PlannedStep::Later => "will be planned when what it needs is there",
        PlannedStep::Delete => "will be deleted",
    }
}

/// What a call does, without anything that it carries.
pub(super) fn operation(call: &Call) -> &'static str {
    match call {
        Call::Identity => "sts:GetCallerIdentity",
        Call::Parameter { .. } => "ssm:GetParameter",
        Call::DescribeStacks { .. } => "cloudformation:DescribeStacks",
        Call::DescribeStackEvents { .. } => "cloudformation:DescribeStackEvents",
        Call::DescribeChangeSetEvents { .. } => "cloudformation:DescribeEvents",
        Call::ListStackResources { .. } => "cloudformation:ListStackResources",
        Call::GetTemplate { .. } => "cloudformation:GetTemplate",
        Call::CreateChangeSet(_) => "cloudformation:CreateChangeSet",
        Call::DescribeChangeSet { .. } => "cloudformation:DescribeChangeSet",
        Call::ListChangeSets { .. } => "cloudformation:ListChangeSets",
        Call::ExecuteChangeSet { .. } => "cloudformation:ExecuteChangeSet",
        Call::DeleteChangeSet { .. } => "cloudformation:DeleteChangeSet",
        Call::DeleteStack { .. } => "cloudformation:DeleteStack",
        Call::CancelUpdateStack { .. } => "cloudformation:CancelUpdateStack",
        Call::ContinueUpdateRollback { .. } => "cloudformation:ContinueUpdateRollback",
        Call::RollbackStack { .. } => "cloudformation:RollbackStack",
        Call::ProtectStack { .. } => "cloudformation:UpdateTerminationProtection",
        Call::GetStackPolicy { .. } => "cloudformation:GetStackPolicy",
        Call::SetStackPolicy { .. } => "cloudformation:SetStackPolicy",
        Call::ListImports { .. } => "cloudformation:ListImports",
        Call::DetectDrift { .. } => "cloudformation:DetectStackDrift",
        Call::DescribeDriftDetection { .. } => "cloudformation:DescribeStackDriftDetectionStatus",
        Call::DescribeResourceDrifts { .. } => "cloudformation:DescribeStackResourceDrifts",
        Call::CreateRefactor { .. } => "cloudformation:CreateStackRefactor",
        Call::DescribeRefactor { .. } => "cloudformation:DescribeStackRefactor",
        Call::ExecuteRefactor { .. } => "cloudformation:ExecuteStackRefactor",
        Call::HeadObject { .. } => "s3:HeadObject",
        Call::PutObject { .. } => "s3:PutObject",
        Call::Evidence(call) => call.action(),
        Call::GetResource { .. } => "cloudcontrol:GetResource",
        Call::CreateResource { .. } => "cloudcontrol:CreateResource",
        Call::UpdateResource { .. } => "cloudcontrol:UpdateResource",
        Call::DescribeResourceRequest { .. } => "cloudcontrol:GetResourceRequestStatus",
    }
}
