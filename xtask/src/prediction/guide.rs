//! The user guide: a page for each type, with "Update requires" below each property.

use std::collections::BTreeMap;
use std::path::Path;

use regex_lite::Regex;

use super::specification::Leaf;
use crate::cfn::Failure;

/// Letters by page (`AWS::X::Y`, `AWS::X::Y Nested`) and property.
pub(super) struct Guide(BTreeMap<String, BTreeMap<String, char>>);

impl Guide {
    pub(super) fn read(folder: &Path) -> Result<Self, Failure> {
        let mut pages = BTreeMap::new();
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                pages.extend(page(&std::fs::read_to_string(path)?));
            }
        }
        if pages.is_empty() {
            return Err(Failure::new(format!("{} has no page of a resource", folder.display())));
        }
        Ok(Self(pages))
    }

    /// The strongest letter on the way to a property: none, `N`o interruption, `S`ome, `R`eplacement, `U`nsupported.
    pub(super) fn letter(&self, leaf: &Leaf<'_>) -> char {
        let steps = leaf.owners.iter().zip(&leaf.path);
        let letters = steps.filter_map(|(owner, step)| self.0.get(owner)?.get(*step).copied());
        letters.max_by_key(|letter| "NSRU".find(*letter)).unwrap_or('-')
    }
}

fn page(text: &str) -> Option<(String, BTreeMap<String, char>)> {
    let title = Regex::new(r"^# ((?:AWS|Alexa)::\w+::\w+(?: \S+)?)<a").ok()?;
    let property = Regex::new(r#"^`([^`]+)`\s*<a name="cfn-"#).ok()?;
    let update = Regex::new(r"^\*Update requires\*: \[?(No|Some|Replacement|Updates)").ok()?;
    let name = title.captures(text)?[1].to_owned();
    let mut letters = BTreeMap::new();
    let mut here = None;
    for line in text.lines() {
        if let Some(found) = property.captures(line) {
            here = Some(found[1].to_owned());
        } else if let (Some(found), Some(property)) = (update.captures(line), &here) {
            letters.extend(found[1].chars().next().map(|letter| (property.clone(), letter)));
            here = None;
        }
    }
    Some((name, letters))
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn each_property_has_the_letter_below_it() {
        let text = "# AWS::A::B Part<a name=\"x\"></a>\n\n`Name`  <a name=\"cfn-a-b-name\"></a>\nText\\.  \n*Update requires*: [Replacement](x)\n\n`Size`  <a name=\"cfn-a-b-size\"></a>\n*Update requires*: Updates are not supported\\.\n";
        let (name, letters) = page(text).expect("a page");
        assert_eq!(name, "AWS::A::B Part");
        assert_eq!(letters.into_iter().collect::<Vec<_>>(), [("Name".to_owned(), 'R'), ("Size".to_owned(), 'U')]);
    }
}
