//! Programs that synthesize.

/// The program that makes an assembly, as a shell runs it.
///
/// ```
/// use ce_constructs::delivery::Program;
/// let staging = Program::example("prod").context("environment", "staging");
/// # let _ = staging;
/// ```
///
/// It is run with `--locked`, so that a resource that lost its identity stops the pipeline and not the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    command: String,
    context: Vec<(String, String)>,
}

impl Program {
    /// An example of the repository's package.
    pub fn example(name: &str) -> Self {
        Self::command(format!("cargo run --quiet --locked --example {name} --"))
    }

    /// A binary of a package.
    pub fn package(name: &str) -> Self {
        Self::command(format!("cargo run --quiet --locked --package {name} --"))
    }

    /// Any command that takes the flags of an app after it.
    pub fn command(command: impl Into<String>) -> Self {
        Self { command: command.into(), context: Vec::new() }
    }

    /// A value that the app reads with `app.context(..)`. Default: none.
    pub fn context(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.context.push((key.into(), value.into()));
        self
    }

    /// The line that writes the assembly to a folder.
    pub(in crate::delivery) fn line(&self, folder: &str) -> String {
        let context = self.context.iter().map(|(key, value)| format!(" --context {}", word(&format!("{key}={value}"))));
        format!("{} --locked --out {folder}{}", self.command, context.collect::<String>())
    }
}

/// One word of a shell, in which variables are filled in.
fn word(text: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./:@=+,".contains(letter);
    if text.chars().all(plain) { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\\\"")) }
}
