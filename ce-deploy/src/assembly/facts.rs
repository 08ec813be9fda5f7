//! `ce.json`: what only ce knows of an assembly that it made.

use std::collections::BTreeMap;

use super::folder::Folder;
use super::{AssemblyError, KeptParameter, Origin, Stack, StackId, artifacts};
use crate::json::{Fields, Misshapen};

/// What `ce.json` says of each stack, by the artifact's id; nothing for an assembly of others.
#[derive(Default)]
pub(super) struct Facts {
    stacks: BTreeMap<String, StackFacts>,
}

#[derive(Default)]
struct StackFacts {
    kept: Vec<KeptParameter>,
    origins: BTreeMap<String, Origin>,
}

impl Facts {
    pub(super) fn read(folder: &Folder) -> Result<Self, AssemblyError> {
        const FILE: &str = "ce.json";
        if !folder.exists(FILE) {
            return Ok(Self::default());
        }
        let json = folder.json(FILE, artifacts::MANIFEST_BYTES)?;
        let read = || -> Result<BTreeMap<String, StackFacts>, Misshapen> {
            let stacks = Fields::of("", &json)?.objects("stacks")?.into_iter();
            stacks.map(|(id, fields)| Ok((id.to_owned(), stack(&fields)?))).collect()
        };
        Ok(Self { stacks: read().map_err(AssemblyError::shape(FILE))? })
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.stacks.contains_key(id)
    }

    pub(super) fn add_to(&self, id: &str, stack: &mut Stack) {
        let Some(facts) = self.stacks.get(id) else { return };
        stack.kept.clone_from(&facts.kept);
        stack.origins.extend(facts.origins.iter().map(|(id, origin)| (id.clone(), origin.clone())));
    }
}

fn stack(fields: &Fields<'_>) -> Result<StackFacts, Misshapen> {
    let mut facts = StackFacts::default();
    for (index, kept) in fields.list("keptParameters")?.iter().enumerate() {
        let kept = Fields::of(format!("keptParameters[{index}]"), kept)?;
        facts.kept.push(KeptParameter {
            parameter: kept.required_text("parameter")?.to_owned(),
            stack: StackId::new(kept.required_text("stack")?),
            output: kept.required_text("output")?.to_owned(),
        });
    }
    // Before resources were listed their number stood here.
    if fields.value("resources").is_some_and(serde_json::Value::is_number) {
        return Ok(facts);
    }
    for (id, origin) in fields.objects("resources")? {
        let path = origin.required_text("path")?.to_owned();
        let source = origin.text("source")?.map(str::to_owned);
        facts.origins.insert(id.to_owned(), Origin { path, source });
    }
    Ok(facts)
}
