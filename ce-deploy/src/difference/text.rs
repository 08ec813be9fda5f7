//! A difference as text.

use std::fmt::Write;

use crate::assembly::StackId;

use super::{Class, Difference, Effect, PropertyDifference, ResourceDifference};

/// How much of a value is shown in a line, in characters.
const WIDTH: usize = 72;

/// How much of what two values have in common is shown before the place where they differ.
const CONTEXT: usize = 12;

impl Difference {
    /// As lines of text, the same for the same difference; empty if nothing differs.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for resource in &self.resources {
            resource_lines(&mut text, resource);
        }
        for output in &self.outputs {
            let [before, after] = [&output.before, &output.after].map(|value| short(value.as_deref()));
            let mark = sign(output.before.is_some(), output.after.is_some());
            match &output.cause {
                Some(cause) => line(&mut text, format_args!("{mark} output {}: follows {cause}", output.name)),
                None => line(&mut text, format_args!("{mark} output {}: {before} → {after}", output.name)),
            }
            if let Some([before, after]) = &output.export {
                let [before, after] = [before, after].map(|name| short(name.as_deref()));
                line(&mut text, format_args!("      export: {before} → {after}"));
            }
        }
        for held in &self.held {
            let importers: Vec<&str> = held.importers.iter().map(StackId::as_str).collect();
            let (what, why) = if held.certain {
                ("cannot", "the service refuses it")
            } else {
                ("may not", "if it does, the update fails")
            };
            let (output, export, importers) = (&held.output, &held.export, importers.join(", "));
            line(
                &mut text,
                format_args!("x output {output}: {what} change while {importers} imports it as {export}: {why}"),
            );
        }
        for unseen in &self.unseen {
            line(&mut text, format_args!("  not seen here: {unseen}"));
        }
        for disagreement in &self.disagreements {
            let said = disagreement.change_set.map_or("nothing of it", Class::as_str);
            let (id, offline) = (&disagreement.logical_id, disagreement.offline);
            line(&mut text, format_args!("  {id}: worked out as {offline}; the change set says {said}"));
        }
        text
    }
}

fn resource_lines(text: &mut String, resource: &ResourceDifference) {
    let ResourceDifference { logical_id, type_name, class, .. } = resource;
    let construct = resource.construct.as_deref().map(|path| path.strip_suffix("/Resource").unwrap_or(path));
    let from = construct.map(|path| format!(" from {path}")).unwrap_or_default();
    line(text, format_args!("{} {logical_id} ({type_name}{from}) {}", class.mark(), class.words()));
    for property in &resource.properties {
        let effect = effect_words(property).map(|words| format!(" ({words})")).unwrap_or_default();
        line(text, format_args!("      {}{effect}", property_words(property)));
    }
    // That its metadata differs says nothing where its properties do.
    let is_news = |name: &&String| resource.properties.is_empty() || *name != "Metadata";
    let beside: Vec<&str> = resource.attributes.iter().filter(is_news).map(String::as_str).collect();
    if !beside.is_empty() {
        line(text, format_args!("      beside its properties: {}", beside.join(", ")));
    }
    if let Some(fate) = resource.fate {
        let who = if *class == Class::Removed { "it" } else { "the old one" };
        line(text, format_args!("      {who} {}", fate.words()));
    }
    // What it causes itself is there already, at its properties.
    let own = format!("`{logical_id}.");
    for cause in resource.causes.iter().filter(|cause| !cause.starts_with(&own)) {
        line(text, format_args!("      because {cause}"));
    }
}

/// What the change of a property does, where that is more than the change.
fn effect_words(property: &PropertyDifference) -> Option<String> {
    let words = match property.effect {
        Effect::InPlace => return None,
        Effect::Interrupts => "interrupts",
        Effect::MayRefuse => "may be refused",
        Effect::MayReplace => "may replace",
        Effect::Replaces => "replaces",
    };
    Some(property.reason.as_ref().map_or_else(|| words.to_owned(), |reason| format!("{words}: {reason}")))
}

/// A property in a line.
pub(super) fn property_words(property: &PropertyDifference) -> String {
    let path = &property.path;
    match (&property.cause, &property.before, &property.after) {
        (Some(cause), ..) => format!("{path}: follows {cause}"),
        (None, Some(before), Some(after)) => {
            let (before, after) = from_where_they_differ(before, after);
            format!("{path}: {} → {}", short(Some(&before)), short(Some(&after)))
        }
        (None, before, after) => {
            format!("{path}: {} → {}", short(before.as_deref()), short(after.as_deref()))
        }
    }
}

/// Two long texts that begin alike, from shortly before the place where they differ.
fn from_where_they_differ(before: &str, after: &str) -> (String, String) {
    let same = before.chars().zip(after.chars()).take_while(|(before, after)| before == after).count();
    let is_long = before.chars().count().max(after.chars().count()) > WIDTH;
    let skipped = same.saturating_sub(CONTEXT);
    if !is_long || skipped == 0 {
        return (before.to_owned(), after.to_owned());
    }
    let cut = |text: &str| std::iter::once('…').chain(text.chars().skip(skipped)).collect();
    (cut(before), cut(after))
}

fn sign(before: bool, after: bool) -> &'static str {
    match (before, after) {
        (false, _) => "+",
        (_, false) => "-",
        _ => "~",
    }
}

/// A value in part of a line: none, or without line ends and not too long.
pub(super) fn short(value: Option<&str>) -> String {
    let Some(value) = value else { return "none".to_owned() };
    let plain: String =
        value.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(WIDTH + 1).collect();
    if plain.chars().count() <= WIDTH { plain } else { plain.chars().take(WIDTH - 1).chain(['…']).collect() }
}

fn line(text: &mut String, words: std::fmt::Arguments<'_>) {
    writeln!(text, "{words}").ok();
}
