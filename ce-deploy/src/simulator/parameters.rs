//! Values of parameters: given, kept, by default, or from Systems Manager.

use std::collections::BTreeMap;

use super::place::PlaceKey;
use super::service::Service;
use super::template::Template;

impl Service {
    /// All parameters as the template sees them; what is wrong comes in the service's words.
    pub(super) fn complete_parameters(
        &self,
        place: PlaceKey,
        template: &Template,
        given: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, String> {
        let unknown: Vec<&str> =
            given.keys().filter(|name| !template.parameters.contains_key(*name)).map(String::as_str).collect();
        if !unknown.is_empty() {
            return Err(format!("Parameters: [{}] do not exist in the template", unknown.join(", ")));
        }
        let mut complete = BTreeMap::new();
        let mut missing = Vec::new();
        for (name, parameter) in &template.parameters {
            let Some(value) = given.get(name).or(parameter.default.as_ref()) else {
                missing.push(name.as_str());
                continue;
            };
            if let Some(refusal) = parameter.refuses(name, value) {
                return Err(refusal);
            }
            let value = if parameter.is_stored() { self.stored(place, value)? } else { value.clone() };
            complete.insert(name.clone(), value);
        }
        if missing.is_empty() {
            Ok(complete)
        } else {
            Err(format!("Parameters: [{}] must have values", missing.join(", ")))
        }
    }

    fn stored(&self, place: PlaceKey, name: &str) -> Result<String, String> {
        let missing = || format!("Unable to fetch parameters [{name}] from parameter store for this account.");
        self.place(place).parameters.get(name).cloned().ok_or_else(missing)
    }
}
