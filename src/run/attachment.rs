//! What a report adds to an assembly.

/// Files for the assembly, and a line for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "it is written when a report returns it"]
pub struct Attachment {
    name: String,
    line: String,
    files: Vec<(String, String)>,
}

impl Attachment {
    /// A line of the screen, such as `conformance: 480 of 508 facts hold`, as name and text. Default: no files.
    pub fn new(name: impl Into<String>, line: impl Into<String>) -> Self {
        Self { name: name.into(), line: line.into(), files: Vec::new() }
    }

    /// Adds a file, by its path below the assembly's folder; the screen names the first.
    pub fn file(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.files.push((path.into(), text.into()));
        self
    }

    /// What the line is about.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The line without its name.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The files, with their texts.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }
}
