//! A folder of its own for a thread.

use std::fs;
use std::path::PathBuf;

/// A folder that is gone when this is.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// An empty one.
    pub(super) fn new() -> Self {
        let thread = format!("{:?}", std::thread::current().id());
        let thread: String = thread.chars().filter(char::is_ascii_digit).collect();
        let path = std::env::temp_dir().join(format!("ce-fuzz-{}-{thread}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    /// Writes a file into it.
    pub(super) fn write(&self, name: &str, content: &[u8]) {
        fs::write(self.0.join(name), content).expect("a temporary file");
    }

    /// Where it is.
    pub(super) fn path(&self) -> &PathBuf {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}
