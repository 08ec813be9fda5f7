//! The way of a call to the service and of its answer back.

use super::fault::{FaultKind as K, Struck};
use super::intruder;
use super::service::Service;
use super::words::no_stack_with_id;
use crate::cloud::{Answer, Call, ChangeSetState, ExecutionState, Failure, Page, Target};
use crate::engine::{Moment, Span};

/// The API's name of a call.
pub(super) fn api(call: &Call) -> &'static str {
    match call {
        Call::Identity => "GetCallerIdentity",
        Call::Parameter { .. } => "GetParameter",
        Call::DescribeStacks { .. } => "DescribeStacks",
        Call::DescribeStackEvents { .. } => "DescribeStackEvents",
        Call::DescribeChangeSetEvents { .. } => "DescribeEvents",
        Call::ListStackResources { .. } => "ListStackResources",
        Call::GetTemplate { .. } => "GetTemplate",
        Call::CreateChangeSet(_) => "CreateChangeSet",
        Call::DescribeChangeSet { .. } => "DescribeChangeSet",
        Call::ListChangeSets { .. } => "ListChangeSets",
        Call::ExecuteChangeSet { .. } => "ExecuteChangeSet",
        Call::DeleteChangeSet { .. } => "DeleteChangeSet",
        Call::DeleteStack { .. } => "DeleteStack",
        Call::CancelUpdateStack { .. } => "CancelUpdateStack",
        Call::ContinueUpdateRollback { .. } => "ContinueUpdateRollback",
        Call::RollbackStack { .. } => "RollbackStack",
        Call::ProtectStack { .. } => "UpdateTerminationProtection",
        Call::GetStackPolicy { .. } => "GetStackPolicy",
        Call::SetStackPolicy { .. } => "SetStackPolicy",
        Call::ListImports { .. } => "ListImports",
        Call::DetectDrift { .. } => "DetectStackDrift",
        Call::DescribeDriftDetection { .. } => "DescribeStackDriftDetectionStatus",
        Call::DescribeResourceDrifts { .. } => "DescribeStackResourceDrifts",
        Call::CreateRefactor { .. } => "CreateStackRefactor",
        Call::DescribeRefactor { .. } => "DescribeStackRefactor",
        Call::ExecuteRefactor { .. } => "ExecuteStackRefactor",
        Call::HeadObject { .. } => "HeadObject",
        Call::PutObject { .. } => "PutObject",
        Call::Evidence(call) => call.operation(),
        Call::GetResource { .. } => "GetResource",
        Call::CreateResource { .. } => "CreateResource",
        Call::UpdateResource { .. } => "UpdateResource",
        Call::DescribeResourceRequest { .. } => "GetResourceRequestStatus",
    }
}

impl Service {
    /// A call comes: faults and the budget have their say, before and after the service.
    pub(super) fn take_call(&mut self, target: &Target, call: &Call) -> Result<Answer, Failure> {
        let api = api(call);
        let place = self.place_key(&target.place);
        let struck = self.faults.on_call(api);
        self.delay = struck.size(K::SlowAnswer).map_or(Span(0), |seconds| Span::seconds(seconds.into()));
        if !struck.faults.is_empty() {
            intruder::strike(self, place, call, &struck);
        }
        let now = self.now;
        let budget = self.settings.budget;
        let within = |budget| self.place_mut(place).budget.take(api, budget, now);
        if !budget.is_none_or(within) {
            return Err(Failure::answered("Throttling", "Rate exceeded"));
        }
        if struck.faults.is_empty() {
            return self.answer(target, call);
        }
        if let Some(failure) = refused(&struck, call) {
            return Err(failure);
        }
        self.more_lag = lag(&struck, call);
        let answer = self.answer(target, call);
        self.more_lag = Span(0);
        if let Some(failure) = lost(&struck, call) {
            return Err(failure);
        }
        answer.and_then(|answer| spoiled(answer, call, &struck, now)).map(|answer| self.dropping(answer, call, &struck))
    }

    /// Leaves the last change out of a page; the same page shows it the next time.
    fn dropping(&mut self, mut answer: Answer, call: &Call, struck: &Struck) -> Answer {
        if let Answer::ChangeSet(change_set) = &mut answer
            && struck.has(K::DroppedChange)
            && change_set.state == ChangeSetState::Complete
            && change_set.execution == ExecutionState::Available
            && self.dropped.insert((change_set.id.clone(), page(call).and_then(|page| page.0.clone())))
        {
            change_set.changes.pop();
        }
        answer
    }
}

/// What keeps a call from the service.
fn refused(struck: &Struck, call: &Call) -> Option<Failure> {
    let later_page = !matches!(page(call), None | Some(Page(None)));
    let refusals = [
        (K::Throttle, "Throttling", "Rate exceeded"),
        (K::ServerError, "InternalFailure", "The request processing has failed because of an unknown error"),
        (K::ExpiredCredentials, "ExpiredToken", "The security token included in the request is expired"),
        (K::AccessDenied, "AccessDenied", "User: arn:aws:iam::111111111111:user/simulated is not authorized"),
        (K::ClockSkew, "RequestTimeTooSkewed", "Signature not yet current: 10 min. ahead"),
    ];
    let plain = refusals.into_iter().find(|(kind, ..)| struck.has(*kind));
    let plain = plain.map(|(_, code, message)| Failure::answered(code, message));
    let of_policy = matches!(call, Call::GetStackPolicy { .. } | Call::SetStackPolicy { .. });
    if struck.has(K::PolicyDenied) && of_policy {
        return Some(Failure::answered(
            "AccessDenied",
            format!("not authorized to perform: cloudformation:{}", api(call)),
        ));
    }
    let quota = struck.has(K::Quota) && matches!(call, Call::CreateChangeSet(_));
    if quota {
        return Some(Failure::answered("LimitExceededException", "Limit for stack has been exceeded"));
    }
    if struck.has(K::LostRequest) {
        return Some(Failure::no_answer("the connection was closed before the request was sent"));
    }
    if struck.has(K::ExpiredPage) && later_page {
        return Some(Failure::answered("ValidationError", "NextToken is expired"));
    }
    plain
}

/// What takes the answer away once the call is done.
fn lost(struck: &Struck, call: &Call) -> Option<Failure> {
    // A read that is done or not is the same to the service; only what changes something can be done and not be told.
    if struck.has(K::ErrorAfterDone) && call.changes_something() {
        return Some(Failure::answered("ServiceUnavailable", "Service Unavailable"));
    }
    if struck.has(K::LostAnswer) {
        return Some(Failure::no_answer("the request timed out"));
    }
    if struck.has(K::BrokenAnswer) {
        return Some(Failure::garbled("connection reset by peer"));
    }
    struck.has(K::GarbledAnswer).then(|| Failure::garbled("the answer is no XML"))
}

fn lag(struck: &Struck, call: &Call) -> Span {
    let kind = match call {
        Call::DescribeStacks { .. } => K::StaleStack,
        Call::DescribeChangeSet { .. } | Call::ListChangeSets { .. } => K::StaleChangeSet,
        Call::DescribeStackEvents { .. } => K::LateEvents,
        _ => return Span(0),
    };
    struck.size(kind).map_or(Span(0), |seconds| Span::seconds(seconds.into()))
}

/// What a fault makes of an answer.
fn spoiled(answer: Answer, call: &Call, struck: &Struck, now: Moment) -> Result<Answer, Failure> {
    Ok(match answer {
        Answer::Stacks(mut stacks, next) => {
            if let Some(seconds) = struck.size(K::HiddenStack) {
                stacks.retain(|stack| stack.created + u64::from(seconds) * 1_000 <= now.0);
            }
            if let (Call::DescribeStacks { stack: Some(stack), .. }, true) = (call, stacks.is_empty()) {
                return Err(no_stack_with_id(stack.as_str()));
            }
            Answer::Stacks(stacks, again(struck, call, next))
        }
        Answer::Events(mut events, next) => {
            if struck.has(K::RepeatedEvents) {
                events = events.into_iter().flat_map(|event| [event.clone(), event]).collect();
            }
            if struck.has(K::ShuffledEvents) {
                let middle = events.len() / 2;
                events.rotate_left(middle);
            }
            Answer::Events(events, again(struck, call, next))
        }
        Answer::Resources(mut resources, next) => {
            if struck.has(K::DroppedResource) {
                resources.pop();
            }
            Answer::Resources(resources, again(struck, call, next))
        }
        Answer::ChangeSet(mut change_set) => {
            change_set.next = again(struck, call, change_set.next);
            Answer::ChangeSet(change_set)
        }
        other => other,
    })
}

/// The next page, or this one again.
fn again(struck: &Struck, call: &Call, next: Option<Page>) -> Option<Page> {
    match (next, page(call)) {
        (Some(_), Some(page)) if struck.has(K::RepeatedPage) => {
            Some(page.0.clone().map_or_else(|| Page(Some("page-0".to_owned())), |token| Page(Some(token))))
        }
        (next, _) => next,
    }
}

/// Which page a call asks for.
const fn page(call: &Call) -> Option<&Page> {
    match call {
        Call::DescribeStacks { page, .. }
        | Call::DescribeStackEvents { page, .. }
        | Call::DescribeChangeSetEvents { page, .. }
        | Call::ListStackResources { page, .. }
        | Call::DescribeChangeSet { page, .. }
        | Call::ListChangeSets { page, .. }
        | Call::ListImports { page, .. }
        | Call::DescribeResourceDrifts { page, .. } => Some(page),
        _ => None,
    }
}
