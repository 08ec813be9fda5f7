//! Asking AWS outside a deployment: again after a passing failure, all pages of a long answer.

use std::time::Duration;

use ce_deploy::cloud::{Answer, Call, Failure, Page, Target};

use crate::session::Session;

/// So often a call is sent that fails for a passing reason.
const TRIES: u32 = 5;

/// Asks, again if it fails for a passing reason. Not for calls that change something: those have an engine.
pub(super) async fn ask(session: &Session, target: &Target, call: Call) -> Result<Answer, Failure> {
    for attempt in 1.. {
        match Box::pin(session.aws.call(target, call.clone())).await {
            Err(failure) if failure.is_passing() && attempt < TRIES => {
                tokio::time::sleep(Duration::from_millis(200) * 2_u32.pow(attempt)).await;
            }
            ended => return ended,
        }
    }
    unreachable!("the last try is returned")
}

/// All pages of an answer, put together by `take`, which gives where to go on.
pub(super) async fn ask_all<T>(
    session: &Session,
    target: &Target,
    call: impl Fn(Page) -> Call,
    take: impl Fn(Answer) -> Option<(Vec<T>, Option<Page>)>,
) -> Result<Vec<T>, Failure> {
    let (mut all, mut next) = (Vec::new(), Some(Page::first()));
    while let Some(page) = next {
        let answer = ask(session, target, call(page)).await?;
        let (found, more) = take(answer).ok_or_else(|| Failure::garbled("an answer to another question"))?;
        all.extend(found);
        next = more;
    }
    Ok(all)
}
