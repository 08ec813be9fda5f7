//! What services say about a failure.

use ce_deploy::cloud::{EvidenceCall, Page};
use serde_json::Value;

/// Whatever is answered, it is read or refused; and what was read can be written and read again.
pub fn evidence(data: &[u8]) {
    let Ok(answer) = serde_json::from_slice::<Value>(data) else { return };
    for call in calls() {
        if let Ok(read) = call.read(&answer) {
            assert!(call.read(&read.write()).is_ok(), "{}", call.action());
        }
    }
}

fn calls() -> [EvidenceCall; 7] {
    let (cluster, service) = (String::new(), String::new());
    let (group, stream, between) = (String::new(), String::new(), [0, u64::MAX]);
    [
        EvidenceCall::Service { cluster: cluster.clone(), service: service.clone() },
        EvidenceCall::StoppedTasks { cluster: cluster.clone(), service },
        EvidenceCall::Tasks { cluster, tasks: Vec::new() },
        EvidenceCall::TaskDefinition { definition: String::new() },
        EvidenceCall::LogTail { group: group.clone(), stream, between, lines: 20 },
        EvidenceCall::LogSearch { group, between, lines: 20 },
        EvidenceCall::Trail { user: String::new(), between, page: Page::first() },
    ]
}
