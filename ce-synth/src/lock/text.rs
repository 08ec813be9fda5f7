//! The lock's text: one resource a line, sorted, so that a change is a readable line in a review.
//!
//! ```text
//! # ce.lock version 1: the identity of every resource. Made by ce; commit it, do not edit it.
//! [prod/Data]
//! Orders/Cluster = OrdersClusterF2B5D1A0 AWS::RDS::DBCluster stateful
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::{Identity, Lock};

const HEADER: &str = "# ce.lock version 1: the identity of every resource. Made by ce; commit it, do not edit it.";

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        for (app, stacks) in &self.apps {
            for (stack, resources) in stacks {
                writeln!(f, "\n[{app}/{stack}]")?;
                for (path, identity) in resources {
                    let stateful = if identity.stateful { " stateful" } else { "" };
                    writeln!(f, "{path} = {} {}{stateful}", identity.logical_id, identity.type_name)?;
                }
            }
        }
        Ok(())
    }
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
        let mut lock = Self::default();
        let mut section: Option<&mut BTreeMap<String, Identity>> = None;
        if text.lines().next() != Some(HEADER) {
            return Err(ParseLockError { line: 1, problem: "the header of version 1 is missing" });
        }
        for (number, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()) {
            let error = |problem| ParseLockError { line: number + 1, problem };
            if let Some(name) = line.strip_prefix('[') {
                let name = name.strip_suffix(']').and_then(|name| name.rsplit_once('/'));
                let (app, stack) = name.ok_or_else(|| error("a section is `[app/stack]`"))?;
                section = Some(lock.apps.entry(app.to_owned()).or_default().entry(stack.to_owned()).or_default());
                continue;
            }
            let resources = section.as_mut().ok_or_else(|| error("a resource stands before the first section"))?;
            let (path, identity) = resource(line).ok_or_else(|| error("a resource is `path = id type [stateful]`"))?;
            if resources.insert(path, identity).is_some() {
                return Err(error("a path stands twice"));
            }
        }
        Ok(lock)
    }
}

fn resource(line: &str) -> Option<(String, Identity)> {
    let (path, identity) = line.rsplit_once(" = ")?;
    let mut words = identity.split(' ');
    let (logical_id, type_name) = (words.next()?.to_owned(), words.next()?.to_owned());
    let stateful = match words.next() {
        None => false,
        Some("stateful") => true,
        Some(_) => return None,
    };
    let whole = words.next().is_none() && !path.is_empty() && !logical_id.is_empty() && type_name.contains("::");
    whole.then(|| (path.to_owned(), Identity { logical_id, type_name, stateful }))
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
