//! `cargo xtask cfn`: the typed CloudFormation resources of `ce-cfn` and their schema table.
//!
//! ```text
//! cargo xtask cfn            regenerate ce-cfn from the committed extract
//! cargo xtask cfn --check    fail when the committed files differ from what generation gives
//! cargo xtask cfn fetch      download the pinned sources and write the extract anew
//! cargo xtask cfn sources    where the schemas come from
//! ```
//!
//! Two sources are merged: `aws-service-spec` gives names, nested types and documentation, `cfn-lint` gives bounds,
//! regions and rules between properties. Wrong data is corrected by the named functions in `repairs`.

mod emit;
mod extract;
mod identities;
mod merge;
mod model;
mod names;
mod repairs;
mod report;
pub(crate) mod sources;
mod table;

use std::fmt;
use std::path::{Path, PathBuf};

use extract::Extract;
use sources::Lock;

/// Why a task stopped.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// Runs the task with the words after `cfn`.
pub(crate) fn run(words: &[String]) -> Result<(), Failure> {
    let root = root();
    let home = root.join("xtask/cfn");
    let lock = Lock::read(&home)?;
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => generate(&root, &home, &lock, false),
        ["--check"] => generate(&root, &home, &lock, true),
        ["fetch"] => fetch(&home, &lock),
        ["sources"] => {
            print!("{}", lock.describe());
            Ok(())
        }
        _ => Err(Failure::new("unknown words\nhelp: `cargo xtask cfn [--check | fetch | sources]`")),
    }
}

pub(crate) fn root() -> PathBuf {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    home.parent().unwrap_or(home).to_path_buf()
}

fn fetch(home: &Path, lock: &Lock) -> Result<(), Failure> {
    print!("fetching\n{}", lock.describe());
    let folder = std::env::temp_dir().join(format!("xtask-cfn-{}", std::process::id()));
    let extract = Extract::fetch(lock, &folder)?;
    let size = extract.write(home)?;
    std::fs::remove_dir_all(&folder)?;
    println!(
        "wrote schemas.json.gz: {size} bytes, {} registry schemas, {} resources and {} definitions of the specification, {} rules",
        extract.schemas.len(),
        extract.resources.len(),
        extract.definitions.len(),
        extract.extensions.len()
    );
    Ok(())
}

fn generate(root: &Path, home: &Path, lock: &Lock, check: bool) -> Result<(), Failure> {
    let extract = Extract::read(home)?;
    let mut model = merge::model(&extract)?;
    repairs::apply(&mut model)?;
    identities::settle(&mut model);
    let mut names = names::Lock::read(home)?;
    let mut files = emit::files(&model, &mut names, lock)?;
    let table = table::encode(&model);
    files.put("ce-cfn/data/schemas.bin", table.bytes.clone());
    files.put("xtask/cfn/permissions.json", emit::permissions(&model));
    files.put("xtask/cfn/names.lock.json", names.write());
    emit::regions_of_hand_written_files(root, &model, &mut files)?;
    print!("{}", report::lines(&model, &table, &files));
    if check { files.check(root) } else { files.write(root) }
}

#[cfg(test)]
mod tests {
    use super::run;

    /// Also proves that every repair still applies.
    #[test]
    fn the_committed_files_are_what_generation_gives() {
        if let Err(failure) = run(&["--check".to_owned()]) {
            panic!("{failure}");
        }
    }
}
