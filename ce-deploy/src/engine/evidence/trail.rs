//! Which calls CloudTrail saw refused, of those that were made in the name of what failed.

use super::lead::Lead;
use super::search::{Ask, Search, Step, ask};
use super::{Note, Source};
use crate::cloud::{Call, EvidenceCall, Page, Place, TracedCall};
use crate::engine::Moment;

/// How a session is called when CloudFormation works with a role of its own. Source: a refusal quoted in aws-cdk#8571.
const CLOUDFORMATION: &str = "AWSCloudFormation";
/// CloudTrail shows calls within that time, in milliseconds. Source: CloudTrail user guide, "How CloudTrail works".
const LATEST: u64 = 15 * 60 * 1_000;
const PAGES: u32 = 2;
const TOLD: usize = 3;
/// Services whose calls are recorded in one region, whatever the region of the stack.
/// Source: CloudTrail user guide, "Global service events".
const GLOBAL: [&str; 4] = ["AWS::IAM::", "AWS::Route53::", "AWS::CloudFront::", "AWS::Organizations::"];

/// With a role of its own CloudFormation has a name of its own; otherwise it calls in the caller's.
pub(super) fn begin(search: &Search) -> Vec<Ask> {
    vec![match search.caller.clone() {
        None => of(search, CLOUDFORMATION),
        Some(target) => Ask { step: Step::Caller, target, call: Call::Identity },
    }]
}

/// `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` or `arn:aws:iam::ACCOUNT:user/NAME`.
pub(super) fn of_caller(search: &Search, arn: &str) -> Vec<Ask> {
    let name = arn.rsplit(['/', ':']).next().filter(|name| !name.is_empty());
    name.map(|name| of(search, name)).into_iter().collect()
}

/// What somebody called.
pub(super) fn of(search: &Search, user: &str) -> Ask {
    page(search, user, 1, Page::first())
}

fn page(search: &Search, user: &str, number: u32, page: Page) -> Ask {
    let call = EvidenceCall::Trail { user: user.to_owned(), between: search.between, page };
    let mut ask = ask(search, Step::Trail(user.to_owned(), number), call);
    if GLOBAL.iter().any(|prefix| search.cause.type_name.starts_with(prefix)) {
        ask.target.place.region = home(&ask.target.place).to_owned();
    }
    ask
}

fn home(place: &Place) -> &str {
    match place.region.as_str() {
        region if region.starts_with("cn-") => "cn-north-1",
        region if region.starts_with("us-gov-") => "us-gov-west-1",
        _ => "us-east-1",
    }
}

pub(super) fn took(
    search: &mut Search,
    now: Moment,
    (user, number): (String, u32),
    calls: &[TracedCall],
    rest: Option<Page>,
) -> Vec<Ask> {
    let mut refused: Vec<(u8, &TracedCall)> =
        calls.iter().filter_map(|call| Some((relevance(search, call)?, call))).collect();
    // The most specific first; of several the latest.
    refused.sort_by_key(|(relevance, call)| (std::cmp::Reverse(*relevance), std::cmp::Reverse(call.at)));
    let mut lines: Vec<String> = refused.iter().map(|(_, call)| told(call)).collect();
    let mut seen = std::collections::BTreeSet::new();
    lines.retain(|line| seen.insert(line.clone()));
    lines.truncate(TOLD);
    match rest {
        Some(next) if lines.is_empty() && number < PAGES => return vec![page(search, &user, number + 1, next)],
        _ if lines.is_empty() && now.0 < search.cause.at + LATEST => search.note(Source::Trail, Note::NotYet),
        _ => search.say(Source::Trail, 0, lines),
    }
    Vec::new()
}

/// How much a call has to do with the cause; none if it has nothing to.
fn relevance(search: &Search, call: &TracedCall) -> Option<u8> {
    let code = call.error.as_deref()?;
    let [from, until] = search.between;
    // The record has no thousandths.
    if call.at + 999 < from || call.at > until {
        return None;
    }
    let reason = search.cause.reason.as_deref().unwrap_or_default();
    if call.request.as_deref().is_some_and(|id| id.len() >= 8 && reason.contains(id)) {
        return Some(3);
    }
    // Handlers look whether something is there before they make it.
    if code.contains("NotFound") || code.contains("NoSuch") || code.contains("NonExistent") {
        return None;
    }
    if matches!(search.lead, Lead::Function { .. }) {
        return Some(1);
    }
    if !call.by_cloudformation {
        return None;
    }
    let physical = search.cause.physical_id.as_deref().unwrap_or_default();
    let is_it = |name: &String| name.len() >= 4 && (physical == name || physical.ends_with(&format!("/{name}")));
    let logical = &search.cause.logical_id;
    let named = call.message.as_deref().is_some_and(|message| logical.len() >= 4 && message.contains(logical.as_str()));
    if named || call.resources.iter().any(is_it) {
        return Some(2);
    }
    let service = search.cause.type_name.split("::").nth(1).unwrap_or_default();
    service.eq_ignore_ascii_case(&call.service).then_some(1)
}

fn told(call: &TracedCall) -> String {
    let code = call.error.as_deref().unwrap_or_default();
    let message = call.message.as_deref().map(|message| format!(": {message}")).unwrap_or_default();
    format!("{}:{} {code}{message}", call.service, call.operation)
}
