//! What every command works with.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, AssemblyError, Reading};
use ce_deploy::cloud::Secret;
use serde_json::{Map, Value};

use crate::arguments::{Chosen, Global};
use crate::aws::{Aws, Connection};
use crate::project::{App, AppError, CdkJson, FOLDER, Selection, Settings, Source};
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

    /// The same where it does not matter where its stacks go.
    pub(crate) async fn unplaced_assembly(&self, chosen: &Chosen) -> Result<(Assembly, Selection), Stop> {
        self.read(chosen, self.reading().anywhere()).await
    }

    /// The same where nothing but the names of its stacks matters.
    pub(crate) async fn listed_assembly(&self, chosen: &Chosen) -> Result<(Assembly, Selection), Stop> {
        self.read(chosen, self.reading().listing()).await
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
        let assembly = Box::pin(self.placed(source, self.reading())).await?;
        self.hide_secrets(&assembly);
        Ok((assembly, words))
    }

    /// The assembly in a folder, or the app's.
    pub(crate) async fn assembly_in(&self, folder: Option<PathBuf>) -> Result<Assembly, Stop> {
        let assembly = Box::pin(self.placed(self.source(folder, None)?, self.reading())).await?;
        self.hide_secrets(&assembly);
        Ok(assembly)
    }

    async fn read(&self, chosen: &Chosen, reading: Reading) -> Result<(Assembly, Selection), Stop> {
        let (folder, patterns) = folder_and_patterns(&chosen.stacks);
        if let Some(pattern) = patterns.first().filter(|_| chosen.all) {
            return Err(Stop::new(Exit::Usage, format!("`--all` and `{pattern}` exclude each other")));
        }
        let source = self.source(folder, None).map_err(|error| named(error, &patterns))?;
        let assembly = Box::pin(self.placed(source, reading)).await?;
        self.hide_secrets(&assembly);
        Ok((assembly, Selection::new(patterns, chosen.exclusively)))
    }

    /// The assembly of a source. Where it does not say an account or region, they are those of the credentials.
    async fn placed(&self, source: Source, reading: Reading) -> Result<Assembly, Stop> {
        let source = self.made(source, Stdio::piped()).await?;
        let unplaced = match source.assembly(reading.clone()).await {
            Err(AppError::Assembly(unplaced @ AssemblyError::NoPlace { .. })) => unplaced,
            read => return Ok(read?),
        };
        let Some(region) = self.region().await else { return Err(AppError::from(unplaced).into()) };
        let account = match &self.global.account {
            Some(account) => account.clone(),
            None => {
                self.aws.own_account(&region).await.map_err(|failure| Stop::of_call("find the account", &failure))?
            }
        };
        Ok(source.assembly(reading.account(account).region(region)).await?)
    }

    /// The source, once its app ran.
    pub(crate) async fn made(&self, mut source: Source, output: Stdio) -> Result<Source, Stop> {
        if let Source::App(app) = &mut source
            && app.is_stock
        {
            app.region = self.region().await;
            // Many an app does without, so it is no matter if nobody knows.
            if let (None, Some(region)) = (&app.account, &app.region) {
                app.account = self.aws.own_account(region).await.ok();
            }
        }
        source.make(output).await?;
        Ok(source)
    }

    /// The region where nothing else says it.
    async fn region(&self) -> Option<String> {
        match &self.global.region {
            Some(region) => Some(region.clone()),
            None => self.aws.own_region().await,
        }
    }

    /// Where the assembly comes from.
    pub(crate) fn source(&self, folder: Option<PathBuf>, out: Option<PathBuf>) -> Result<Source, AppError> {
        if let Some(folder) = folder {
            return Ok(Source::Folder(folder));
        }
        let home = match &self.settings.app {
            Some(_) if self.global.app.is_none() => self.settings.folder.clone(),
            _ => PathBuf::from("."),
        };
        let stock = CdkJson::read(&home)?;
        let command = self.global.app.as_ref().or(self.settings.app.as_ref());
        let written = if command.is_none() { stock.output() } else { Path::new(FOLDER) };
        let command = command.or(stock.app.as_ref()).ok_or(AppError::Unknown)?;
        if is_assembly(&home.join(command)) {
            return Ok(Source::Folder(home.join(command)));
        }
        Ok(Source::App(App {
            command: command.clone(),
            out: out.unwrap_or_else(|| home.join(written)),
            build: stock.build.clone(),
            context: stock.context(context(&self.global.context)?),
            is_stock: stock.is_there,
            account: self.global.account.clone(),
            region: self.global.region.clone(),
            folder: home,
        }))
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

fn context(pairs: &[String]) -> Result<Map<String, Value>, AppError> {
    let split = |pair: &String| {
        let (key, value) = pair.split_once('=').ok_or_else(|| AppError::Context(pair.clone()))?;
        Ok((key.to_owned(), value.into()))
    };
    pairs.iter().map(split).collect()
}

/// Whether a template hides a parameter (`NoEcho`).
pub(crate) fn is_hidden(template: &str, parameter: &str) -> bool {
    let template: Value = serde_json::from_str(template).unwrap_or_default();
    let no_echo = &template["Parameters"][parameter]["NoEcho"];
    no_echo.as_bool().unwrap_or(no_echo.as_str() == Some("true"))
}
