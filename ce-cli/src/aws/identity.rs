//! Whose credentials these are.

use ce_deploy::cloud::{Answer, Failure};

use super::clients::Clients;
use super::refusal::failure;

pub(super) async fn ask(clients: &Clients) -> Result<Answer, Failure> {
    let found = clients.identity.get_caller_identity().send().await.map_err(|error| failure(&error))?;
    let (account, arn) = (found.account.unwrap_or_default(), found.arn.unwrap_or_default());
    Ok(Answer::Identity { account, arn })
}
