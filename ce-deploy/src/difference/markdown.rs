//! A difference as Markdown, for a comment on a pull request.

use std::fmt::Write;

use crate::assembly::StackId;

use super::text::property_words;
use super::{Difference, ResourceDifference};

impl Difference {
    /// As a table, the worst first; empty if nothing differs.
    pub fn markdown(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        let mut resources: Vec<&ResourceDifference> = self.resources.iter().collect();
        resources.sort_by(|a, b| b.class.cmp(&a.class).then_with(|| a.logical_id.cmp(&b.logical_id)));
        let mut text = String::from("| resource | type | what becomes of it | why |\n|---|---|---|---|\n");
        for resource in resources {
            let ResourceDifference { logical_id, type_name, class, .. } = resource;
            let why = match (resource.causes.first(), resource.properties.first()) {
                (Some(cause), _) => cause.clone(),
                (None, Some(property)) => property_words(property),
                (None, None) => resource.attributes.join(", "),
            };
            let (id, why) = (cell(logical_id), cell(&why));
            writeln!(text, "| `{id}` | `{}` | {} | {why} |", cell(type_name), class.words()).ok();
        }
        for output in &self.outputs {
            let change = match (&output.before, &output.after) {
                (None, _) => "is added",
                (_, None) => "is removed",
                _ => "changes",
            };
            writeln!(text, "| `{}` | output | {change} | |", cell(&output.name)).ok();
        }
        for held in &self.held {
            let importers: Vec<&str> = held.importers.iter().map(StackId::as_str).collect();
            let (output, why) = (cell(&held.output), format!("{} imports `{}`", importers.join(", "), held.export));
            let what = if held.certain { "cannot be changed" } else { "may not be changed" };
            writeln!(text, "| `{output}` | output | {what} | {} |", cell(&why)).ok();
        }
        for unseen in &self.unseen {
            writeln!(text, "\nNot seen here: {}.", cell(unseen)).ok();
        }
        text
    }
}

/// Text that stays in its cell, and is no markup of its own.
fn cell(text: &str) -> String {
    let plain = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    plain.collect::<String>().replace('|', "\\|").replace('<', "&lt;")
}
