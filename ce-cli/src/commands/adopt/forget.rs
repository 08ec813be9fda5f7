//! `ce adopt forget`: resources leave their stacks and stay in the account.
//!
//! The deployed stack is first told to retain them; then it gets the template of the app, which no longer has them.

use std::collections::BTreeSet;
use std::sync::Arc;

use ce_deploy::assembly::StackId;
use ce_deploy::engine::Exit;

use super::resource::{again, named, type_of};
use crate::arguments::Forget;
use crate::commands::{deploy, deploying};
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn run(session: &Session, forget: &Forget) -> Result<Exit, Stop> {
    let (assembly, resources) = session.assembly_and_words(&forget.resources).await?;
    let mut options = deploying::options(&forget.manner)?;
    let mut stacks: BTreeSet<StackId> = BTreeSet::new();
    for text in &resources {
        let (stack, logical_id) = named(&assembly, text)?;
        if type_of(stack, logical_id).is_ok() {
            let stop = Stop::new(Exit::Refused, format!("the app still has `{text}`"));
            return Err(stop.help("take it out of the app first, or it would be made anew"));
        }
        options = options.forget(&stack.id, logical_id);
        stacks.insert(stack.id.clone());
    }
    let options = deploying::with_inputs(session, &assembly, &forget.inputs, options.only(stacks))?;
    let again = again("adopt forget", &assembly, &resources);
    deploy::carry_out(session, Arc::new(assembly), options, &forget.manner, "adopt forget", again).await
}
