//! What every command works with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Reading};
use ce_deploy::cloud::Secret;

use crate::arguments::{Chosen, Global};
use crate::aws::{Aws, Connection};
use crate::project::{App, AppError, FOLDER, Selection, Settings, Source};
use crate::screen::Screen;
use crate::stop::Stop;
use ce_deploy::engine::Exit;

/// What every command works with: the flags, the project, the screen, AWS.
pub(crate) struct Session {
    pub(crate) global: Global,
    pub(crate) settings: Settings,
    pub(crate) screen: Arc<Screen>,
    pub(crate) aws: Arc<Aws>,
}

impl Session {
    /// Nothing is run and nobody asked yet.
    pub(crate) fn begin(global: Global, screen: Screen) -> Result<Self, Stop> {
        let here = std::env::current_dir().map_err(|error| Stop::new(Exit::Unclassified, error.to_string()))?;
        let settings = Settings::read(&here)?;
        let aws = Arc::new(Aws::new(Connection {
            profile: global.profile.clone(),
            profiles: settings.profiles.clone(),
            region: global.region.clone(),
            role: global.role.clone(),
            endpoint: global.endpoint_url.clone(),
        }));
        Ok(Self { global, settings, screen: Arc::new(screen), aws })
    }

    /// The assembly that is meant, and which of its stacks.
    pub(crate) async fn assembly(&self, chosen: &Chosen) -> Result<(Assembly, Selection), Stop> {
        self.read(chosen, self.reading()).await
    }

    /// The same for a simulation: what does not say its account and region is in some, and files of assets may lack.
    pub(crate) async fn simulated_assembly(&self, chosen: &Chosen) -> Result<(Assembly, Selection), Stop> {
        let account = self.global.account.as_deref().unwrap_or("111111111111");
        let region = self.global.region.as_deref().unwrap_or("us-east-1");
        self.read(chosen, self.reading().account(account).region(region).without_files()).await
    }

    /// The assembly that is meant, and the words that are no folder of one.
    pub(crate) async fn assembly_and_words(&self, words: &[String]) -> Result<(Assembly, Vec<String>), Stop> {
        let (folder, words) = folder_and_patterns(words);
        let source = self.source(folder, None).map_err(|error| named(error, &words[..words.len().min(1)]))?;
        let assembly = source.assembly(self.reading()).await?;
        self.hide_secrets(&assembly);
        Ok((assembly, words))
    }

    async fn read(&self, chosen: &Chosen, reading: Reading) -> Result<(Assembly, Selection), Stop> {
        let (folder, patterns) = folder_and_patterns(&chosen.stacks);
        let source = self.source(folder, None).map_err(|error| named(error, &patterns))?;
        let assembly = source.assembly(reading).await?;
        self.hide_secrets(&assembly);
        Ok((assembly, Selection::new(patterns, chosen.exclusively)))
    }

    /// Where the assembly comes from.
    pub(crate) fn source(&self, folder: Option<PathBuf>, out: Option<PathBuf>) -> Result<Source, AppError> {
        if let Some(folder) = folder {
            return Ok(Source::Folder(folder));
        }
        let (app, home) = match (&self.global.app, &self.settings.app) {
            (Some(app), _) => (app, PathBuf::from(".")),
            (None, Some(app)) => (app, self.settings.folder.clone()),
            (None, None) => return Err(AppError::Unknown),
        };
        if is_assembly(&home.join(app)) {
            return Ok(Source::Folder(home.join(app)));
        }
        let out = out.unwrap_or_else(|| home.join(FOLDER));
        let context = context(&self.global.context)?;
        Ok(Source::App(App { command: app.clone(), folder: home, out, context, region: self.global.region.clone() }))
    }

    /// How an assembly is read: what it does not say itself, and whether it may run programs.
    pub(crate) fn reading(&self) -> Reading {
        let mut reading = Reading::new();
        if let Some(account) = &self.global.account {
            reading = reading.account(account);
        }
        if let Some(region) = &self.global.region {
            reading = reading.region(region);
        }
        if self.global.trust_assembly { reading.trust() } else { reading }
    }

    /// Values of parameters show in no text of a service.
    pub(crate) fn hide_secrets(&self, assembly: &Assembly) {
        for stack in &assembly.stacks {
            for (name, value) in &stack.parameters {
                if is_hidden(&stack.template, name) {
                    self.screen.hide(value);
                }
            }
        }
    }

    /// A value that somebody gave for a parameter shows in no text of a service.
    pub(crate) fn hide(&self, value: &Secret) {
        self.screen.hide(value);
    }
}

/// The first argument that is a folder with an assembly is the assembly; all others are patterns.
fn folder_and_patterns(arguments: &[String]) -> (Option<PathBuf>, Vec<String>) {
    let mut patterns = arguments.to_vec();
    let at = patterns.iter().position(|argument| is_assembly(Path::new(argument)));
    (at.map(|at| PathBuf::from(patterns.remove(at))), patterns)
}

/// Who gave something that may have been meant as a folder is told what is wrong with it.
fn named(error: AppError, words: &[String]) -> AppError {
    let first = words.iter().find(|word| Path::new(word).is_dir()).or(words.first());
    match (error, first) {
        (AppError::Unknown, Some(word)) => AppError::NoAssembly(word.clone()),
        (error, _) => error,
    }
}

fn is_assembly(path: &Path) -> bool {
    path.join("manifest.json").is_file()
}

fn context(pairs: &[String]) -> Result<BTreeMap<String, String>, AppError> {
    let split = |pair: &String| {
        let (key, value) = pair.split_once('=').ok_or_else(|| AppError::Context(pair.clone()))?;
        Ok((key.to_owned(), value.to_owned()))
    };
    pairs.iter().map(split).collect()
}

/// Whether a template hides a parameter (`NoEcho`).
fn is_hidden(template: &str, parameter: &str) -> bool {
    let template: serde_json::Value = serde_json::from_str(template).unwrap_or_default();
    let no_echo = &template["Parameters"][parameter]["NoEcho"];
    no_echo.as_bool().unwrap_or(no_echo.as_str() == Some("true"))
}
