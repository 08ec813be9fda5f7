//! Files that are computed from a finished assembly, such as reports on it.

use super::{Assembly, files};
use crate::rules::file_path;

/// Why a file could not be attached.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot attach `{path}`: {reason}")]
pub struct AttachError {
    path: String,
    reason: &'static str,
}

impl Assembly {
    /// Adds a file that was computed from the assembly itself, by its path below the assembly's folder. What is known
    /// while the app is built is added with [`Scope::file`](crate::Scope::file).
    ///
    /// ```
    /// # use ce_synth::{Account, App, Environment, Region, Tier};
    /// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
    /// # let app = App::new();
    /// # app.stack("Mail", PROD);
    /// let mut assembly = app.synth()?;
    /// let bytes: usize = assembly.stacks().map(|stack| stack.template().len()).sum();
    /// assembly.attach("size.txt", format!("{bytes} bytes of templates\n"))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the path leads out of the folder, or another file has it or lies in the way.
    pub fn attach(&mut self, path: impl Into<String>, text: impl Into<String>) -> Result<(), AttachError> {
        let path = path.into();
        let refused = |reason| AttachError { path: path.clone(), reason };
        if !file_path::is_plain(&path) {
            return Err(refused("it is no plain path below the assembly's folder"));
        }
        let lower = path.to_ascii_lowercase();
        let below = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
        let taken = |name: &str| {
            let name = name.to_ascii_lowercase();
            name == lower || below(&name, &lower) || below(&lower, &name)
        };
        if files::names(self).any(|name| taken(&name)) {
            return Err(refused("the path is taken"));
        }
        self.files.insert(path, text.into());
        Ok(())
    }

    /// The templates, the added files and the manifest that names the stacks, as [`write`](Self::write) writes them:
    /// path and text each. What is written besides, such as `tree.json`, describes the app and not the architecture.
    pub fn texts(&self) -> Vec<(String, String)> {
        files::synthesized(self).into_iter().map(|(path, text)| (path, text.into_owned())).collect()
    }
}
