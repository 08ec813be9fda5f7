//! What an account may have.

use aws_sdk_cloudformation::Client;
use ce_deploy::cloud::Failure;

use crate::aws::refusal::failure;

/// How many stacks the account may have in a region. Source: API reference, `DescribeAccountLimits`, `StackLimit`.
pub(in crate::aws) async fn stack_limit(client: &Client) -> Result<usize, Failure> {
    let found = client.describe_account_limits().send().await.map_err(|error| failure(&error))?;
    let limits = found.account_limits.unwrap_or_default();
    let limit = limits.into_iter().find(|limit| limit.name.as_deref() == Some("StackLimit"));
    let value = limit.and_then(|limit| limit.value).and_then(|value| usize::try_from(value).ok());
    value.ok_or_else(|| Failure::garbled("an answer without `StackLimit`"))
}
