//! Any bytes as `ce.toml`.

use read::Settings;

use super::folder::Folder;

#[path = "../../../ce-cli/src/project/settings.rs"]
#[allow(dead_code, unreachable_pub, reason = "the command uses the rest")]
mod read;

/// A file is taken or refused, and again the same.
pub fn settings(data: &[u8]) {
    let folder = Folder::new();
    folder.write("ce.toml", data);
    let read = || Settings::read(folder.path()).map_err(|error| error.to_string());
    assert_eq!(read(), read());
}
