//! The lock's text: one resource a line, sorted, so that a change is a readable line in a review.
//!
//! ```text
//! # ce.lock version 1: the identity of every resource. Made by ce; commit it, do not edit it.
//! [prod/Data]
//! Orders/Cluster = OrdersClusterF2B5D1A0 AWS::RDS::DBCluster stateful
//! ```

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::str::FromStr;

use super::{Identity, Lock, Stacks};

const HEADER: &str = "# ce.lock version 1: the identity of every resource. Made by ce; commit it, do not edit it.";

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        self.apps.values().try_for_each(|sections| f.write_str(sections))
    }
}

/// The sections of an app.
pub(super) fn sections(app: &str, stacks: &Stacks) -> String {
    let mut text = String::new();
    for (stack, resources) in stacks {
        writeln!(text, "\n[{app}/{stack}]").ok();
        for (path, identity) in resources {
            let stateful = if identity.stateful { " stateful" } else { "" };
            writeln!(text, "{path} = {} {}{stateful}", identity.logical_id, identity.type_name).ok();
        }
    }
    text
}

/// What the sections of an app say.
pub(super) fn stacks(sections: &str) -> Stacks {
    let mut stacks = Stacks::new();
    let mut section = None;
    for line in sections.lines() {
        if let Some((_, stack)) = section_name(line) {
            section = Some(stacks.entry(stack.to_owned()).or_default());
        } else if let (Some(section), Some((path, identity))) = (&mut section, resource(line)) {
            section.insert(path.to_owned(), identity.owned());
        }
    }
    stacks
}

/// A text that is not a lock.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ParseLockError {
    line: usize,
    problem: &'static str,
}

impl FromStr for Lock {
    type Err = ParseLockError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.lines().next() != Some(HEADER) {
            return Err(ParseLockError { line: 1, problem: "the header of version 1 is missing" });
        }
        let mut apps: BTreeMap<&str, Sections<'_>> = BTreeMap::new();
        let mut section: Option<&mut Section<'_>> = None;
        for (number, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()) {
            let error = |problem| ParseLockError { line: number + 1, problem };
            if line.starts_with('[') {
                let (app, stack) = section_name(line).ok_or_else(|| error("a section is `[app/stack]`"))?;
                section = Some(apps.entry(app).or_default().entry(stack).or_default());
                continue;
            }
            let resources = section.as_mut().ok_or_else(|| error("a resource stands before the first section"))?;
            let (path, _) = resource(line).ok_or_else(|| error("a resource is `path = id type [stateful]`"))?;
            if resources.insert(path, line).is_some() {
                return Err(error("a path stands twice"));
            }
        }
        Ok(Self { apps: apps.into_iter().map(|(app, all)| (app.to_owned(), joined(app, &all))).collect() })
    }
}

/// The lines of a section by path, and the sections of an app by stack: sorted, whatever a merge has done to them.
type Section<'t> = BTreeMap<&'t str, &'t str>;
type Sections<'t> = BTreeMap<&'t str, Section<'t>>;

fn joined(app: &str, sections: &Sections<'_>) -> String {
    let mut text = String::new();
    for (stack, lines) in sections {
        writeln!(text, "\n[{app}/{stack}]").ok();
        for line in lines.values() {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

fn section_name(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('[')?.strip_suffix(']')?.rsplit_once('/')
}

/// What a line says of a resource.
struct Said<'t> {
    logical_id: &'t str,
    type_name: &'t str,
    stateful: bool,
}

impl Said<'_> {
    fn owned(&self) -> Identity {
        Identity {
            logical_id: self.logical_id.to_owned(),
            type_name: self.type_name.to_owned(),
            stateful: self.stateful,
        }
    }
}

fn resource(line: &str) -> Option<(&str, Said<'_>)> {
    let (path, identity) = line.rsplit_once(" = ")?;
    let mut words = identity.split(' ');
    let (logical_id, type_name) = (words.next()?, words.next()?);
    let stateful = match words.next() {
        None => false,
        Some("stateful") => true,
        Some(_) => return None,
    };
    let whole = words.next().is_none() && !path.is_empty() && !logical_id.is_empty() && type_name.contains("::");
    whole.then_some((path, Said { logical_id, type_name, stateful }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_text_is_refused_with_its_line() {
        let error = |text: &str| text.parse::<Lock>().map_err(|error| error.to_string()).err();
        assert!(error("").is_some());
        assert!(error("<<<<<<< HEAD\n").is_some());
        let section = format!("{HEADER}\n\n[prod/Data]\n");
        assert_eq!(
            error(&format!("{section}A = B AWS::X::Y odd\n")).as_deref(),
            Some("line 4: a resource is `path = id type [stateful]`")
        );
        assert_eq!(
            error(&format!("{section}A = B AWS::X::Y\nA = C AWS::X::Y\n")).as_deref(),
            Some("line 5: a path stands twice")
        );
        assert_eq!(
            error(&format!("{HEADER}\nA = B AWS::X::Y\n")).as_deref(),
            Some("line 2: a resource stands before the first section")
        );
    }
}
