//! A difference as text.

use std::fmt::Write;

use super::{Difference, PropertyDifference, ResourceDifference};

/// How much of a value is shown in a line, in characters.
const WIDTH: usize = 72;

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
            line(&mut text, format_args!("{mark} output {}: {before} → {after}", output.name));
            if let Some([before, after]) = &output.export {
                let [before, after] = [before, after].map(|name| short(name.as_deref()));
                line(&mut text, format_args!("      export: {before} → {after}"));
            }
        }
        for unseen in &self.unseen {
            line(&mut text, format_args!("  not seen here: {unseen}"));
        }
        for disagreement in &self.disagreements {
            let said = disagreement.change_set.map_or("nothing of it", super::Class::as_str);
            let (id, offline) = (&disagreement.logical_id, disagreement.offline);
            line(&mut text, format_args!("  {id}: worked out as {offline}; the change set says {said}"));
        }
        text
    }
}

fn resource_lines(text: &mut String, resource: &ResourceDifference) {
    let ResourceDifference { logical_id, type_name, class, .. } = resource;
    line(text, format_args!("{} {logical_id} ({type_name}) {}", class.mark(), class.words()));
    for property in &resource.properties {
        line(text, format_args!("      {}", property_words(property)));
    }
    if !resource.attributes.is_empty() {
        line(text, format_args!("      beside its properties: {}", resource.attributes.join(", ")));
    }
    if let Some(fate) = resource.fate {
        line(text, format_args!("      the old one: {}", fate.words()));
    }
    for cause in &resource.causes {
        line(text, format_args!("      because {cause}"));
    }
}

/// A property in a line.
pub(super) fn property_words(property: &PropertyDifference) -> String {
    let path = &property.path;
    match &property.cause {
        Some(cause) => format!("{path}: follows {cause}"),
        None => format!("{path}: {} → {}", short(property.before.as_deref()), short(property.after.as_deref())),
    }
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
