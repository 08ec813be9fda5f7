//! What other services say about a failure: the questions, the answers, and how both are written in JSON.
//!
//! What for: CloudFormation often passes on no more than that something did not become stable. ECS knows why its tasks
//! stopped, CloudWatch Logs what a function wrote before it gave up, CloudTrail which call was refused.
//!
//! ```
//! use ce_deploy::cloud::{EvidenceAnswer, EvidenceCall};
//! let call = EvidenceCall::StoppedTasks { cluster: "shop".into(), service: "web".into() };
//! assert_eq!(call.action(), "ecs:ListTasks");
//! let answer = call.read(&serde_json::json!({ "taskArns": ["arn:aws:ecs:eu-west-1:111111111111:task/shop/5f1d"] }))?;
//! assert!(matches!(answer, EvidenceAnswer::TaskArns(arns) if arns.len() == 1));
//! # Ok::<(), ce_deploy::cloud::Failure>(())
//! ```
//!
//! All of it only reads. Lines of logs are written by programs of the user, and may be secret ([`Secret`](super::Secret)).
//!
//! Source: the service models `ecs/2014-11-13`, `logs/2014-03-28`, `cloudtrail/2013-11-01`; protocol `awsJson1_1` of Smithy.

mod answer;
mod call;
mod reading;
mod writing;

pub use answer::{
    ContainerLog, EcsService, EvidenceAnswer, LogLine, Rollout, StoppedContainer, StoppedTask, TracedCall,
};
pub use call::{EvidenceCall, JsonRequest};
