//! CloudFormation: one file for each family of operations.

mod change_set;
mod drift;
mod events;
mod limits;
mod read;
mod refactor;
mod request;
mod stacks;

use aws_sdk_cloudformation::Client;
use ce_deploy::cloud::{Answer, Call, Failure};
pub(super) use limits::stack_limit;

/// Carries out a call to CloudFormation.
pub(super) async fn ask(client: &Client, call: Call) -> Result<Answer, Failure> {
    match call {
        Call::DescribeStackEvents { .. } | Call::DescribeChangeSetEvents { .. } => events::ask(client, call).await,
        Call::CreateChangeSet(request) => request::create(client, *request).await,
        Call::DescribeChangeSet { .. }
        | Call::ListChangeSets { .. }
        | Call::ExecuteChangeSet { .. }
        | Call::DeleteChangeSet { .. } => change_set::ask(client, call).await,
        Call::DetectDrift { .. } | Call::DescribeDriftDetection { .. } | Call::DescribeResourceDrifts { .. } => {
            drift::ask(client, call).await
        }
        Call::CreateRefactor { .. } | Call::DescribeRefactor { .. } | Call::ExecuteRefactor { .. } => {
            refactor::ask(client, call).await
        }
        call => stacks::ask(client, call).await,
    }
}
