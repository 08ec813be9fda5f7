//! The key that values are traced with in journals: random, made once, beside the journals and in none of them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use ce_deploy::journal::TraceKey;

const FILE: &str = "trace.key";

/// The key of a state folder, made when it is first needed; none where that cannot be, and then no value is known again.
pub(crate) fn trace_key(state: &Path) -> Option<TraceKey> {
    let path = state.join(FILE);
    read(&path).or_else(|| {
        make(state, &path).ok()?;
        read(&path)
    })
}

fn read(path: &Path) -> Option<TraceKey> {
    fs::read(path).ok()?.try_into().ok().map(TraceKey::new)
}

/// Written beside and linked: nobody reads half a key, and of two runs that make one, both use the first.
fn make(state: &Path, path: &Path) -> io::Result<()> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    fs::create_dir_all(state)?;
    let beside = state.join(format!("{FILE}.{}", std::process::id()));
    let mut file = private(&beside)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    let linked = fs::hard_link(&beside, path);
    fs::remove_file(&beside)?;
    linked
}

/// A file that only its owner reads.
fn private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::trace_key;

    #[test]
    fn a_folder_has_one_key_and_only_its_owner_reads_it() {
        let folder = |name: &str| std::env::temp_dir().join(format!("ce-key-{name}-{}", std::process::id()));
        let (one, other) = (folder("one"), folder("other"));
        let key = trace_key(&one).unwrap();
        assert_eq!(trace_key(&one), Some(key.clone()));
        assert_ne!(trace_key(&other), Some(key));
        #[cfg(unix)]
        {
            let metadata = std::fs::metadata(one.join("trace.key")).unwrap();
            assert_eq!(std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777, 0o600);
        }
        std::fs::write(other.join("trace.key"), "half").unwrap();
        assert_eq!(trace_key(&other), None, "what is no key is not replaced: it may be somebody's");
        [one, other].iter().for_each(|folder| std::fs::remove_dir_all(folder).unwrap());
    }
}
