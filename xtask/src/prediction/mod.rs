//! `cargo xtask prediction <folder>`: what others say that the change of a property does.
//!
//! ```text
//! cargo xtask prediction doc_source    write the witnesses anew; the folder is that of the user guide's pages
//! ```
//!
//! The prediction of `ce-deploy` reads today's registry schemas. Its test asks three that it does not read: the resource
//! specification, the user guide, and the registry schemas of the day of that specification, so that what AWS has changed
//! since can be told from what the sources see differently. The guide is in no package; its pages are at
//! `github.com/awsdocs/aws-cloudformation-user-guide`, commit 6c68a17aef7f0ccd1f6786f19da341d8c92737e7 (2023-09-19).

mod guide;
mod registry;
mod specification;

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use flate2::{Compression, GzBuilder};

use crate::cfn::Failure;
use crate::cfn::sources::Lock;
use guide::Guide;
use registry::Registry;
use specification::Specification;

const WITNESSES: &str = "ce-deploy/tests/prediction/witnesses.txt.gz";

pub(crate) fn run(words: &[String]) -> Result<(), Failure> {
    let [pages] = words else {
        return Err(Failure::new("name the folder of the guide's pages\nhelp: `cargo xtask prediction doc_source`"));
    };
    let root = crate::cfn::root();
    let lock = Lock::read(&root.join("xtask/prediction"))?;
    let guide = Guide::read(Path::new(pages))?;
    let scratch = std::env::temp_dir().join(format!("xtask-prediction-{}", std::process::id()));
    let mut folders = vec![];
    for source in &lock.sources {
        folders.push(source.fetch(&scratch.join(&source.name))?);
    }
    let [specification, registry] = folders.as_slice() else { return Err(Failure::new("two sources are needed")) };
    let specification = Specification::read(specification)?;
    let registry = Registry::read(registry)?;
    std::fs::remove_dir_all(&scratch)?;
    let text = text(&lock, &specification, &guide, &registry);
    let mut file = GzBuilder::new().write(File::create(root.join(WITNESSES))?, Compression::best());
    file.write_all(text.as_bytes())?;
    file.finish()?;
    println!("wrote {WITNESSES}: {} lines", text.lines().count());
    Ok(())
}

/// One line a property: its path, and a letter of each witness.
fn text(lock: &Lock, specification: &Specification, guide: &Guide, registry: &Registry) -> String {
    let mut text = String::from(
        "# What the change of a property does: specification (M, C, I), guide (N, S, R, U), registry of that day (M, C, I).\n",
    );
    for line in lock.describe().lines() {
        writeln!(text, "#{line}").ok();
    }
    for name in specification.types() {
        writeln!(text, "{name}").ok();
        for leaf in specification.leaves(name) {
            let letters = [leaf.update.letter(), guide.letter(&leaf), registry.letter(name, &leaf.path)];
            writeln!(text, " {} {}", leaf.path.join("/"), letters.iter().collect::<String>()).ok();
        }
    }
    text
}
