//! `ce validate`: the assembly's own findings, CloudFormation's limits and, if asked, the service.

use std::collections::BTreeSet;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Stack, StackId};
use ce_deploy::engine::{Deployment, Exit, Options};
use serde_json::{Value, json};

use super::{deploying, judging};
use crate::arguments::{Looking, Validate};
use crate::project::Along;
use crate::screen::{Prompt, counted, style};
use crate::session::Session;
use crate::stop::Stop;

/// Sections of a template and how many entries each may have. Source: user guide, "CloudFormation quotas".
const SECTIONS: [(&str, usize); 4] = [("Resources", 500), ("Parameters", 200), ("Outputs", 200), ("Mappings", 200)];
/// The most bytes a template may have. Source: as above.
const BYTES: usize = 1_000_000;

/// What is wrong, or nearly.
pub(super) struct Finding {
    pub(super) stack: StackId,
    /// Whether the service would refuse it.
    pub(super) wrong: bool,
    pub(super) message: String,
}

pub(super) async fn run(session: &Session, validate: &Validate) -> Result<Exit, Stop> {
    let (assembly, selection) = if validate.online {
        session.assembly(&validate.chosen).await?
    } else {
        session.unplaced_assembly(&validate.chosen).await?
    };
    let meant = selection.of(&assembly, Along::Alone)?;
    let stacks: Vec<&Stack> = assembly.stacks.iter().filter(|stack| meant.contains(&stack.id)).collect();
    let findings = findings(stacks.iter().copied());
    show(session, stacks.len(), &findings);
    if findings.iter().any(|finding| finding.wrong) {
        return Ok(Exit::Refused);
    }
    if validate.online { online(session, assembly, meant).await } else { Ok(Exit::Done) }
}

/// What is wrong with stacks, or nearly, as far as that is known without an account.
pub(super) fn findings<'a>(stacks: impl Iterator<Item = &'a Stack>) -> Vec<Finding> {
    stacks.flat_map(limits).collect()
}

/// What is above a limit, or above nine tenths of it.
fn limits(stack: &Stack) -> Vec<Finding> {
    let template: Value = serde_json::from_str(&stack.template).unwrap_or_default();
    let sections = SECTIONS.map(|(section, limit)| {
        let count = template[section].as_object().map_or(0, serde_json::Map::len);
        (format!("{count} entries in `{section}`"), count, limit)
    });
    let size = (format!("{} bytes of template", stack.template.len()), stack.template.len(), BYTES);
    let near = sections.into_iter().chain([size]).filter(|(_, count, limit)| count * 10 > limit * 9);
    near.map(|(what, count, limit)| Finding {
        stack: stack.id.clone(),
        wrong: count > limit,
        message: format!("{what}; at most {limit} are taken"),
    })
    .collect()
}

fn show(session: &Session, stacks: usize, findings: &[Finding]) {
    let screen = &session.screen;
    if session.global.json {
        let findings: Vec<_> = findings
            .iter()
            .map(|finding| json!({ "stack": finding.stack, "error": finding.wrong, "message": finding.message }))
            .collect();
        return screen.json(&json!({ "version": 1, "command": "validate", "stacks": stacks, "findings": findings }));
    }
    for finding in findings {
        let (word, color) = if finding.wrong { ("error", style::BAD) } else { ("warning", style::CARE) };
        let end = color.render_reset();
        screen.result(&format!("{color}{word}{end}: {}: {}", finding.stack, finding.message));
    }
    screen.result(&format!("{}, {}", counted(stacks, "stack"), counted(findings.len(), "finding")));
}

/// A plan whose change sets are not kept: the service's early validation reads them.
async fn online(session: &Session, assembly: Assembly, meant: BTreeSet<StackId>) -> Result<Exit, Stop> {
    let (file, journal) = deploying::journal(session, &assembly)?;
    let assembly = Arc::new(assembly);
    let options = Options::default().only(meant).journal(journal).keep_change_sets(false);
    let mut deployment = Deployment::plan(Arc::clone(&assembly), judging::judge(), options);
    let (prompt, looking) = (Prompt::default(), Looking::default());
    let (ended, telling) = deploying::drive(session, &assembly, file, &mut deployment, prompt, looking).await?;
    if ended.exit != Exit::Done {
        deploying::conclude(session, "validate", &ended, &telling);
    }
    Ok(ended.exit)
}
