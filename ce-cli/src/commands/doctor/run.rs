//! Which checks there are, and in which order.

use std::collections::BTreeMap;

use ce_deploy::assembly::{Assembly, Stack};
use ce_deploy::cloud::Target;
use ce_deploy::engine::Exit;

use super::check::{self, Check};
use super::{permissions, place, strays};
use crate::arguments::Chosen;
use crate::session::Session;
use crate::stop::Stop;

pub(in crate::commands) async fn run(session: &Session, chosen: &Chosen) -> Result<Exit, Stop> {
    let (assembly, _) = session.assembly(chosen).await?;
    let mut checks = Vec::new();
    for (target, stacks) in by_target(&assembly) {
        checks.push(place::clock(session, target).await);
        let (credentials, arn) = place::credentials(session, target).await;
        checks.push(credentials);
        if let Some(arn) = arn {
            checks.extend(place::bootstrap(session, stacks[0]).await);
            checks.extend(permissions::of(session, target, stacks[0], &arn).await);
            checks.push(place::quota(session, target, &stacks).await);
        }
    }
    if !checks.iter().any(Check::is_wrong) {
        checks.extend(strays::find(session, &assembly).await?);
    }
    if session.global.json {
        session.screen.json(&check::facts(&session.screen, &checks));
    } else {
        session.screen.result(&check::text(&session.screen, &checks));
    }
    Ok(checks.iter().map(Check::exit).max().unwrap_or(Exit::Done))
}

fn by_target(assembly: &Assembly) -> BTreeMap<&Target, Vec<&Stack>> {
    let mut targets: BTreeMap<&Target, Vec<&Stack>> = BTreeMap::new();
    for stack in &assembly.stacks {
        targets.entry(&stack.target).or_default().push(stack);
    }
    targets
}
