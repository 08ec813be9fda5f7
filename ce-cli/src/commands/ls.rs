//! `ce ls`: the stacks of the assembly, in the order they are deployed in.

use ce_deploy::assembly::Stack;
use serde_json::json;

use crate::arguments::Chosen;
use crate::project::Along;
use crate::session::Session;
use crate::stop::Stop;
use ce_deploy::engine::Exit;

pub(super) async fn run(session: &Session, chosen: &Chosen) -> Result<Exit, Stop> {
    let (assembly, selection) = session.listed_assembly(chosen).await?;
    let meant = selection.of(&assembly, Along::Alone)?;
    let stacks: Vec<&Stack> = assembly.stacks.iter().filter(|stack| meant.contains(&stack.id)).collect();
    if session.global.json {
        let stacks: Vec<_> = stacks.iter().map(|stack| facts(stack)).collect();
        session.screen.json(&json!({ "version": 1, "command": "ls", "assembly": assembly.digest, "stacks": stacks }));
        return Ok(Exit::Done);
    }
    let width = stacks.iter().map(|stack| stack.id.as_str().len()).max().unwrap_or_default();
    let names = stacks.iter().map(|stack| stack.name.len()).max().unwrap_or_default();
    for stack in stacks {
        let needs: Vec<&str> = stack.needs.iter().map(|id| id.as_str()).collect();
        let line =
            format!("{:width$}  {:names$}  {}  {}", stack.id.as_str(), stack.name, stack.place, needs.join(", "));
        session.screen.result(line.trim_end());
    }
    Ok(Exit::Done)
}

fn facts(stack: &Stack) -> serde_json::Value {
    json!({
        "id": stack.id, "name": stack.name, "account": stack.place.account, "region": stack.place.region,
        "needs": stack.needs, "templateDigest": stack.template_digest,
    })
}
