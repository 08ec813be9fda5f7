//! `cdk.json` and `cdk.context.json`: what a project of the stock CLI says to that CLI and to its app.
//!
//! So that such a project is deployed as it is. Taken are the app, its build, the folder that it writes to, and what it may
//! read; whatever else is there is for the stock CLI alone.
//!
//! Source: aws-cdk-cli, its user configuration and the environment of its apps.

use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::SettingsError;

/// Where the stock CLI lets an app write to.
const FOLDER: &str = "cdk.out";

/// What a project of the stock CLI says.
#[derive(Deserialize, Clone, PartialEq, Debug, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CdkJson {
    /// The command line of the app, or the folder of an assembly.
    pub(crate) app: Option<String>,
    /// What is run before the app.
    pub(crate) build: Option<String>,
    output: Option<PathBuf>,
    context: Map<String, Value>,
    path_metadata: Option<bool>,
    asset_metadata: Option<bool>,
    version_reporting: Option<bool>,
    /// What was looked up before.
    #[serde(skip)]
    looked_up: Map<String, Value>,
    /// Whether there is such a file at all.
    #[serde(skip)]
    pub(crate) is_there: bool,
}

impl CdkJson {
    /// What the files in a folder say; nothing if they are not there.
    pub(crate) fn read(folder: &Path) -> Result<Self, SettingsError> {
        let said: Option<Self> = file(&folder.join("cdk.json"))?;
        let looked_up = file(&folder.join("cdk.context.json"))?.unwrap_or_default();
        let is_there = said.is_some();
        Ok(Self { looked_up, is_there, ..said.unwrap_or_default() })
    }

    /// Where the app writes to.
    pub(crate) fn output(&self) -> &Path {
        self.output.as_deref().unwrap_or(Path::new(FOLDER))
    }

    /// All that the app may read: what was given, then what `cdk.json` says, then what was looked up.
    ///
    /// Templates say with it what the stock CLI has them say, so that they are the same whoever runs the app.
    pub(crate) fn context(&self, given: Map<String, Value>) -> Map<String, Value> {
        let mut all = self.looked_up.clone();
        all.extend(self.context.clone());
        all.extend(given);
        let mut switch = |name: &str, on: Option<bool>| {
            if on != Some(false) {
                all.insert(name.to_owned(), true.into());
            }
        };
        switch("aws:cdk:enable-path-metadata", self.path_metadata);
        switch("aws:cdk:enable-asset-metadata", self.asset_metadata);
        switch("aws:cdk:version-reporting", self.version_reporting);
        all.insert("aws:cdk:bundling-stacks".to_owned(), json!(["**"]));
        all
    }
}

fn file<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, SettingsError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(SettingsError::Read { path: path.to_owned(), source }),
    };
    let read = serde_json::from_str(text.trim_start_matches('\u{feff}'));
    read.map(Some).map_err(|source| SettingsError::Json { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::CdkJson;

    fn map(value: Value) -> Map<String, Value> {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn what_is_given_wins_over_what_is_written_and_that_over_what_was_looked_up() {
        let text = json!({ "app": "npx app", "watch": {}, "context": { "a": 1, "b": [2] }, "versionReporting": false });
        let mut project: CdkJson = serde_json::from_value(text).unwrap();
        project.looked_up = map(json!({ "b": 0, "zones": ["x"] }));
        let context = project.context(map(json!({ "a": "given" })));
        let expected = json!({
            "a": "given", "b": [2], "zones": ["x"], "aws:cdk:enable-path-metadata": true,
            "aws:cdk:enable-asset-metadata": true, "aws:cdk:bundling-stacks": ["**"],
        });
        assert_eq!(Value::Object(context), expected);
        assert_eq!((project.app.as_deref(), project.output().to_str()), (Some("npx app"), Some("cdk.out")));
    }
}
