//! What the function behind a custom resource wrote before it failed, and which of its calls were refused.

use super::search::{Ask, Search, Step, ask};
use super::{Depth, Note, Source, trail};
use crate::cloud::EvidenceCall;

/// So many lines of a log are told.
const LINES: usize = 20;

/// Source: Lambda developer guide, "Sending Lambda function logs to CloudWatch Logs"; a function may have another group.
pub(super) fn begin(search: &mut Search, name: &str, stream: Option<String>) -> Vec<Ask> {
    let group = format!("/aws/lambda/{name}");
    let mut asks = vec![trail::of(search, name)];
    match (search.depth, stream) {
        (Depth::Services, stream) => search.note(Source::Log { group, stream }, Note::Withheld),
        (Depth::Logs, Some(stream)) => asks.push(tail(search, &group, stream)),
        (Depth::Logs, None) => {
            let call = EvidenceCall::LogSearch { group: group.clone(), between: search.between, lines: LINES };
            asks.push(ask(search, Step::Lines(Source::Log { group, stream: None }), call));
        }
    }
    asks
}

/// The last lines of a stream.
pub(super) fn tail(search: &Search, group: &str, stream: String) -> Ask {
    let source = Source::Log { group: group.to_owned(), stream: Some(stream.clone()) };
    let call = EvidenceCall::LogTail { group: group.to_owned(), stream, between: search.between, lines: LINES };
    ask(search, Step::Lines(source), call)
}
