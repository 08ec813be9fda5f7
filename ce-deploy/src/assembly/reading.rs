//! How an assembly is read.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::artifacts::{self, Gathered};
use super::folder::Folder;
use super::{Assembly, AssemblyError, Asset, Destination, Source, Stack, StackId, order};
use crate::digest::sha256;

/// How an assembly is read: what holds where it does not say, and whether it is trusted.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a leniency of its own")]
#[must_use = "nothing is read until `read`"]
pub struct Reading {
    pub(super) account: Option<String>,
    pub(super) region: Option<String>,
    pub(super) trusted: bool,
    pub(super) without_files: bool,
    pub(super) anywhere: bool,
    pub(super) listing: bool,
}

impl Reading {
    /// Nothing is filled in, and nothing is trusted.
    pub fn new() -> Self {
        Self::default()
    }

    /// The account of stacks that say none. Default: such a stack is an error.
    pub fn account(self, account: impl Into<String>) -> Self {
        Self { account: Some(account.into()), ..self }
    }

    /// The region of stacks that say none. Default: such a stack is an error.
    pub fn region(self, region: impl Into<String>) -> Self {
        Self { region: Some(region.into()), ..self }
    }

    /// Lets assets run programs here, and builds of images reach what is outside the assembly. Default: both are
    /// refused.
    pub fn trust(self) -> Self {
        Self { trusted: true, ..self }
    }

    /// Leaves out assets whose files are not there: enough for a simulation, which sends nothing. Default: that is an
    /// error.
    pub fn without_files(self) -> Self {
        Self { without_files: true, ..self }
    }

    /// Takes stacks that do not say where they belong as they are: in `unknown-account` and `unknown-region`, which no
    /// deployment goes to. Default: such a stack is an error.
    pub fn anywhere(self) -> Self {
        Self { anywhere: true, ..self }
    }

    /// Reads enough to list the stacks: nothing that is only refused so that it is not deployed is an error. That is a
    /// place that nobody knows, a file that is not there, a program, context that is missing, and what the app
    /// complained of. Default: all of them are errors.
    pub fn listing(self) -> Self {
        Self { listing: true, ..self.anywhere().without_files() }
    }

    /// Whether programs may be named: they may run, or nothing will.
    pub(super) fn allows_programs(&self) -> bool {
        self.trusted || self.listing
    }

    /// Reads the assembly in a folder.
    ///
    /// # Errors
    /// If it is not whole, or asks for what an assembly must not; see [`AssemblyError`].
    pub fn read(&self, folder: impl AsRef<Path>) -> Result<Assembly, AssemblyError> {
        let path = folder.as_ref();
        let folder = Folder::open(path)?;
        if !folder.exists("manifest.json") {
            return Err(AssemblyError::NoManifest { path: path.to_owned() });
        }
        let mut gathered = Gathered::default();
        artifacts::gather(self, &folder, 0, &mut gathered)?;
        refuse_doubles(&gathered.stacks)?;
        let stacks = in_order(gathered.stacks, &gathered.needs)?;
        let assets: Vec<Asset> = gathered.assets.into_values().collect();
        let digest = digest(&folder, &stacks, &assets);
        Ok(Assembly { folder: PathBuf::from(path), digest, stacks, assets })
    }
}

fn refuse_doubles(stacks: &[Stack]) -> Result<(), AssemblyError> {
    for (index, stack) in stacks.iter().enumerate() {
        for other in &stacks[..index] {
            if other.id == stack.id {
                return Err(AssemblyError::Twice { what: "the stack", name: stack.id.to_string() });
            }
            if other.name == stack.name && other.place == stack.place {
                let name = format!("{} in {}", stack.name, stack.place);
                return Err(AssemblyError::Twice { what: "the stack name", name });
            }
        }
    }
    Ok(())
}

fn in_order(mut stacks: Vec<Stack>, needs: &[BTreeSet<usize>]) -> Result<Vec<Stack>, AssemblyError> {
    let ids: Vec<StackId> = stacks.iter().map(|stack| stack.id.clone()).collect();
    for (stack, needs) in stacks.iter_mut().zip(needs) {
        stack.needs = needs.iter().map(|index| ids[*index].clone()).collect();
        stack.needs.sort();
    }
    let name = |index: usize| ids[index].to_string();
    let ordered = order::order(needs)
        .map_err(|circle| AssemblyError::Circle { stacks: circle.into_iter().map(name).collect() })?;
    let mut stacks: Vec<Option<Stack>> = stacks.into_iter().map(Some).collect();
    Ok(ordered.into_iter().filter_map(|index| stacks[index].take()).collect())
}

/// A digest over all that a deployment takes. Each part says its length first, so that no two assemblies make one text.
fn digest(folder: &Folder, stacks: &[Stack], assets: &[Asset]) -> String {
    let mut text = String::from("ce-assembly-1\n");
    let mut part = |words: &str| {
        writeln!(text, "{}:{words}", words.len()).ok();
    };
    for stack in stacks {
        part(stack.id.as_str());
        part(&stack.name);
        part(&stack.template_digest);
        part(&format!("{:?}", (&stack.place, &stack.target, &stack.lookup, &stack.execution_role, &stack.bootstrap)));
        part(&format!("{:?}", (&stack.template_url, &stack.tags, stack.termination_protection)));
        part(&format!("{:?}", (&stack.notification_arns, &stack.kept, &stack.needs, &stack.assets)));
        stack.parameters.iter().for_each(|(name, value)| part(&format!("{name}={}", sha256(value.reveal()))));
        stack.nested.iter().for_each(|(name, template)| part(&format!("{name}={}", sha256(template.as_bytes()))));
    }
    for asset in assets {
        part(asset.id.as_str());
        part(&asset.digest);
        part(&described(folder, &asset.source));
        match &asset.destination {
            Destination::Bucket { target, bucket, key } => part(&format!("{:?}", (target, bucket, key))),
            Destination::Repository { target, repository, tag } => part(&format!("{:?}", (target, repository, tag))),
        }
    }
    sha256(text)
}

/// What a source says besides its content; a path as it is inside the assembly, wherever that lies.
fn described(folder: &Folder, source: &Source) -> String {
    match source {
        Source::File { path, packaging } => format!("{packaging:?} {}", folder.name_of(path)),
        Source::Docker(image) => {
            let build = (&image.file, &image.stage, &image.arguments, &image.platform, &image.flags);
            format!("image {} {build:?}", folder.name_of(&image.folder))
        }
        Source::Program { folder: inside, command } => format!("program {} {command:?}", folder.name_of(inside)),
    }
}
