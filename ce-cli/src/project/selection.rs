//! Which stacks are meant.

use std::collections::BTreeSet;
use std::path::Path;

use ce_deploy::assembly::{Assembly, StackId};

/// Patterns of stack ids: `Network`, `Shop/*`, `*-dr-?`, `!(Network|Shop/*)` for all others. None means every stack.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    patterns: Vec<String>,
    exclusively: bool,
}

/// A pattern that no stack has.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no stack matches `{pattern}`; help: {help}")]
pub(crate) struct NoMatch {
    pattern: String,
    help: String,
}

/// Which way a selection grows: what is deployed needs others, what is deleted is needed by others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Along {
    /// With the stacks that are needed.
    Needed,
    /// With the stacks that need them.
    Needing,
    /// Not at all.
    Alone,
}

impl Selection {
    pub(crate) fn new(patterns: Vec<String>, exclusively: bool) -> Self {
        Self { patterns, exclusively }
    }

    /// The stacks that are meant; every pattern must have one.
    pub(crate) fn of(&self, assembly: &Assembly, along: Along) -> Result<BTreeSet<StackId>, NoMatch> {
        if self.patterns.is_empty() {
            return Ok(assembly.stacks.iter().map(|stack| stack.id.clone()).collect());
        }
        let mut chosen = BTreeSet::new();
        for pattern in &self.patterns {
            let before = chosen.len();
            let matching = assembly.stacks.iter().filter(|stack| is_meant(pattern, stack.id.as_str(), &stack.name));
            let found: Vec<StackId> = matching.map(|stack| stack.id.clone()).collect();
            if found.is_empty() && chosen.len() == before {
                return Err(no_match(pattern, assembly));
            }
            chosen.extend(found);
        }
        if !self.exclusively {
            grow(&mut chosen, assembly, along);
        }
        Ok(chosen)
    }
}

/// `!(A|B)` is what neither `A` nor `B` names, be it by its id or its name; the stock CLI takes it too.
fn is_meant(pattern: &str, id: &str, name: &str) -> bool {
    if let Some(others) = pattern.strip_prefix("!(").and_then(|rest| rest.strip_suffix(')')) {
        return !others.split('|').any(|other| is_meant(other, id, name));
    }
    matches(pattern, id) || matches(pattern, name)
}

fn grow(chosen: &mut BTreeSet<StackId>, assembly: &Assembly, along: Along) {
    // Stacks come after those they need: one pass in the right direction is enough.
    match along {
        Along::Needed => {
            for stack in assembly.stacks.iter().rev() {
                if chosen.contains(&stack.id) {
                    chosen.extend(stack.needs.iter().cloned());
                }
            }
        }
        Along::Alone => {}
        Along::Needing => {
            for stack in &assembly.stacks {
                if stack.needs.iter().any(|needed| chosen.contains(needed)) {
                    chosen.insert(stack.id.clone());
                }
            }
        }
    }
}

fn no_match(pattern: &str, assembly: &Assembly) -> NoMatch {
    let ids = || assembly.stacks.iter().map(|stack| stack.id.as_str());
    let nearest = ids().min_by_key(|id| (distance(pattern, id), id.len()));
    let help = match nearest {
        _ if Path::new(pattern).is_dir() => "it is a folder, and no assembly is in it: no `manifest.json`".to_owned(),
        Some(id) if distance(pattern, id) <= 3 => format!("did you mean `{id}`"),
        _ => "`ce ls` names them".to_owned(),
    };
    NoMatch { pattern: pattern.to_owned(), help }
}

/// Whether a text is as a pattern says: `*` stands for any characters, `?` for one.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&character) if character == '?' || character == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match &mut star {
                // The last star takes one character more.
                Some((at, taken)) => {
                    *taken += 1;
                    p = *at + 1;
                    t = *taken;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|character| *character == '*')
}

/// How many characters must be changed, added or taken away (Levenshtein), upper and lower case being the same.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.chars().enumerate() {
            let next = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, is_meant, matches};

    #[test]
    fn patterns() {
        for (pattern, text, expected) in [
            ("Network", "Network", true),
            ("Net*", "Network", true),
            ("*work", "Network", true),
            ("N?twork", "Network", true),
            ("*-dr-*", "shop-dr-data", true),
            ("Shop/*", "Shop/Api/Data", true),
            ("*a*b", "xaxab", true),
            ("Net", "Network", false),
            ("?", "", false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn all_but_some() {
        for (pattern, id, name, expected) in [
            ("!(Network|Data)", "Network", "net", false),
            ("!(Network|Data)", "Data", "data", false),
            ("!(Network|Data)", "Api", "api", true),
            ("!(net)", "Network", "net", false),
            ("!(Shop/*|*-dr)", "Shop/Api", "api", false),
            ("!(Shop/*|*-dr)", "Web", "web-dr", false),
            ("!(Shop/*|*-dr)", "Web", "web", true),
            ("!(Network", "Data", "data", false),
        ] {
            assert_eq!(is_meant(pattern, id, name), expected, "{pattern} {id}");
        }
    }

    #[test]
    fn a_slip_is_near() {
        assert_eq!(distance("netwrok", "Network"), 2);
        assert_eq!(distance("", "abc"), 3);
    }
}
