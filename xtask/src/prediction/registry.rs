//! Registry schemas, for what they call create-only.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::cfn::Failure;

const FOLDER: &str = "cfnlint/data/schemas/providers/us_east_1";

/// The schemas by type.
pub(super) struct Registry(BTreeMap<String, Value>);

impl Registry {
    pub(super) fn read(package: &Path) -> Result<Self, Failure> {
        let mut schemas = BTreeMap::new();
        for entry in std::fs::read_dir(package.join(FOLDER))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let schema: Value = serde_json::from_slice(&std::fs::read(path)?)?;
                schemas.insert(schema["typeName"].as_str().unwrap_or_default().to_owned(), schema);
            }
        }
        Ok(Self(schemas))
    }

    /// `I` if a change at the path replaces, `C` if some values do, `M` if not; `-` for a type that was not there.
    pub(super) fn letter(&self, name: &str, path: &[&str]) -> char {
        let Some(schema) = self.0.get(name) else { return '-' };
        let is_in = |key: &str| {
            let all = schema[key].as_array().into_iter().flatten().filter_map(Value::as_str);
            all.map(|only| only.split('/').filter(|step| !matches!(*step, "" | "*" | "properties")))
                .any(|only| only.clone().count() <= path.len() && only.zip(path).all(|(step, other)| step == *other))
        };
        match (is_in("createOnlyProperties"), is_in("conditionalCreateOnlyProperties")) {
            (true, _) => 'I',
            (_, true) => 'C',
            _ => 'M',
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Registry;

    #[test]
    fn what_is_below_a_create_only_property_is_create_only() {
        let schema = json!({ "createOnlyProperties": ["/properties/Parts/*/Name", "/properties/Key"] });
        let registry = Registry([("A::B::C".to_owned(), schema)].into());
        let letters = [&["Parts", "Name"][..], &["Parts", "Size"], &["Key", "Id"], &["Parts"]];
        assert_eq!(letters.map(|path| registry.letter("A::B::C", path)), ['I', 'M', 'I', 'M']);
        assert_eq!(registry.letter("A::B::D", &["Key"]), '-');
    }
}
