//! `ce.toml`: what a project says once for all commands.
//!
//! ```toml
//! app = "cargo run --quiet"
//!
//! [profiles]
//! "111111111111" = "prod"
//! ```

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

const FILE: &str = "ce.toml";

/// What a project says once.
#[derive(Deserialize, Clone, PartialEq, Eq, Debug, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Settings {
    /// The command line of the app, or the folder of an assembly.
    pub(crate) app: Option<String>,
    /// The profile whose credentials are used in an account.
    #[serde(default)]
    pub(crate) profiles: BTreeMap<String, String>,
    /// The folder it was read from: the app runs there.
    #[serde(skip)]
    pub(crate) folder: PathBuf,
}

/// `ce.toml` is not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    #[error("cannot read `{}`: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("`{}` is not as it must be: {source}", path.display())]
    Parse { path: PathBuf, source: toml::de::Error },
    #[error("`{}` is not as it must be: {source}", path.display())]
    Json { path: PathBuf, source: serde_json::Error },
}

impl Settings {
    /// Those of the nearest `ce.toml`, in this folder or one above; none give the defaults.
    pub(crate) fn read(from: &Path) -> Result<Self, SettingsError> {
        let Some(path) = from.ancestors().map(|folder| folder.join(FILE)).find(|path| path.is_file()) else {
            return Ok(Self { folder: from.to_owned(), ..Self::default() });
        };
        let text =
            std::fs::read_to_string(&path).map_err(|source| SettingsError::Read { path: path.clone(), source })?;
        let settings: Self =
            toml::from_str(&text).map_err(|source| SettingsError::Parse { path: path.clone(), source })?;
        Ok(Self { folder: path.parent().unwrap_or(from).to_owned(), ..settings })
    }
}

#[cfg(test)]
mod tests {
    use super::Settings;

    #[test]
    fn a_word_it_does_not_know_is_refused() {
        let settings: Settings = toml::from_str("app = \"cargo run\"\n[profiles]\n\"1\" = \"a\"").unwrap();
        assert_eq!(settings.app.as_deref(), Some("cargo run"));
        assert_eq!(settings.profiles["1"], "a");
        assert!(toml::from_str::<Settings>("apps = \"cargo run\"").is_err());
    }
}
