//! YAML, as far as workflows need it: readable, and the same bytes for the same tree.

use ce_synth::Document;

use super::scalar::{needs_escape, scalar};

/// A node of a YAML file.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::delivery) enum Yaml {
    Text(String),
    /// A text with a comment behind it, as the version of a pinned action.
    Commented(String, &'static str),
    Bool(bool),
    Number(u32),
    /// A text that is known at synthesis only, or has several lines.
    Script(Document),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl Yaml {
    pub(in crate::delivery) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(in crate::delivery) fn texts(texts: &[String]) -> Self {
        Self::List(texts.iter().cloned().map(Self::Text).collect())
    }

    /// A map without what is not there.
    pub(in crate::delivery) fn map<const N: usize>(entries: [(&str, Option<Self>); N]) -> Self {
        Self::Map(entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
    }

    /// Pairs of texts; nothing if there are none.
    pub(in crate::delivery) fn pairs(pairs: &[(String, String)]) -> Option<Self> {
        let entries = pairs.iter().map(|(key, value)| (key.clone(), Self::text(value)));
        (!pairs.is_empty()).then(|| Self::Map(entries.collect()))
    }

    /// The file's text. The top is a map; a line is left free between the entries of the top, and between its jobs.
    pub(in crate::delivery) fn document(&self) -> Document {
        let Self::Map(entries) = self else { return entry(Document::new(), self, 0) };
        let mut document = Document::new();
        for (number, (key, value)) in entries.iter().enumerate() {
            let gap = if number > 0 { "\n" } else { "" };
            document = document.text(format!("{gap}{}:", scalar(key)));
            document = match value {
                Self::Map(jobs) if key == "jobs" && !jobs.is_empty() => map(document.text("\n  "), jobs, 2, "\n"),
                value => entry(document, value, 0),
            };
        }
        document
    }
}

/// What stands behind a key or a dash, to the end of the line or of the lines that belong to it.
fn entry(document: Document, value: &Yaml, depth: usize) -> Document {
    let margin = " ".repeat(depth);
    match value {
        // A block would lose the line breaks at the end, which a value may mean.
        Yaml::Text(text) if text.contains('\n') && !text.ends_with('\n') => {
            script(document, &Document::from(text.clone()), depth + 2)
        }
        Yaml::Text(text) => document.text(format!(" {}\n", scalar(text))),
        Yaml::Commented(text, comment) => document.text(format!(" {} # {comment}\n", scalar(text))),
        Yaml::Bool(value) => document.text(format!(" {value}\n")),
        Yaml::Number(number) => document.text(format!(" {number}\n")),
        Yaml::Script(text) => script(document, text, depth + 2),
        Yaml::List(items) if items.is_empty() => document.text(" []\n"),
        Yaml::List(items) if items.iter().all(is_short) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            document.text(format!(" [{}]\n", items.join(", ")))
        }
        Yaml::List(items) => items.iter().fold(document.text("\n"), |document, item| match item {
            Yaml::Map(entries) if !entries.is_empty() => {
                map(document.text(format!("{margin}  - ")), entries, depth + 4, "")
            }
            item => entry(document.text(format!("{margin}  -")), item, depth + 2),
        }),
        Yaml::Map(entries) if entries.is_empty() => document.text(" {}\n"),
        Yaml::Map(entries) => map(document.text(format!("\n{margin}  ")), entries, depth + 2, ""),
    }
}

/// The entries of a map; the first follows what is there already, the others follow a gap.
fn map(document: Document, entries: &[(String, Yaml)], depth: usize, gap: &str) -> Document {
    let margin = format!("{gap}{}", " ".repeat(depth));
    entries.iter().enumerate().fold(document, |document, (number, (key, value))| {
        let margin = if number > 0 { &margin } else { "" };
        entry(document.text(format!("{margin}{}:", scalar(key))), value, depth)
    })
}

fn is_short(item: &Yaml) -> bool {
    let plain = |text: &str| !text.contains([',', '[', ']', '{', '}', '\n']) && text.len() <= 40;
    matches!(item, Yaml::Text(text) if plain(text)) || matches!(item, Yaml::Number(_) | Yaml::Bool(_))
}

fn flow(item: &Yaml) -> String {
    match item {
        Yaml::Text(text) => scalar(text),
        Yaml::Number(number) => number.to_string(),
        Yaml::Bool(value) => value.to_string(),
        _ => String::new(),
    }
}

/// A script: one line where it has one, else a block whose line breaks are kept.
fn script(document: Document, text: &Document, depth: usize) -> Document {
    if let Some(literal) = text.literal() {
        let trimmed = literal.trim_end_matches('\n');
        let odd = |letter: char| needs_escape(letter) && letter != '\n' && letter != '\t';
        if !trimmed.contains('\n') || trimmed.chars().any(odd) {
            return document.text(format!(" {}\n", scalar(trimmed)));
        }
        return block(document, &Document::from(trimmed.to_owned()), depth);
    }
    block(document, text, depth)
}

fn block(document: Document, text: &Document, depth: usize) -> Document {
    // A block tells how deep it is by its first line, unless that begins with a space or is empty.
    let first = text.texts().find(|text| !text.is_empty()).unwrap_or_default();
    let header = if first.starts_with([' ', '\t', '\n']) { " |2-" } else { " |-" };
    document.text(header).then(Document::from("\n").then(text.clone().trimmed()).indented(depth)).text("\n")
}
