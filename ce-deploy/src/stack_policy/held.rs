//! The policy that ce writes.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::LARGEST;
use crate::json;

/// The policy that ce writes: everything may be updated, and these resources may be neither replaced nor deleted.
///
/// It is told from any other by its exact form, in which a resource is named that no stack has. Who adds a resource to it
/// by hand has it held too.
///
/// ```
/// use ce_deploy::stack_policy::Held;
/// let held = Held::new(["Orders".to_owned()]);
/// assert_eq!(Held::read(&held.text()), Some(held));
/// assert_eq!(Held::read(r#"{"Statement":[]}"#), None);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Held {
    ids: BTreeSet<String>,
}

/// A policy of ours names it, so that it is known again, and denies something even where nothing is held.
const MARK: &str = "HeldByCe";
const RESOURCE: &str = "LogicalResourceId/";

impl Held {
    /// The policy that holds these logical ids.
    pub fn new(ids: impl IntoIterator<Item = String>) -> Self {
        Self { ids: ids.into_iter().collect() }
    }

    /// A policy of ours; none if somebody else wrote it.
    pub fn read(text: &str) -> Option<Self> {
        let value = json::parse(text.as_bytes()).ok()?;
        let named = value["Statement"][1]["Resource"].as_array()?;
        let ids: Option<BTreeSet<String>> =
            named.iter().map(|id| id.as_str()?.strip_prefix(RESOURCE).map(str::to_owned)).collect();
        let mut ids = ids?;
        let marked = ids.remove(MARK);
        let held = Self { ids };
        let same = marked && unordered(&held.value()) == unordered(&value);
        same.then_some(held)
    }

    /// The logical ids that it holds.
    pub fn ids(&self) -> &BTreeSet<String> {
        &self.ids
    }

    /// The text that the service is given.
    pub fn text(&self) -> String {
        self.value().to_string()
    }

    /// Whether it is small enough for the service.
    pub fn fits(&self) -> bool {
        self.text().len() <= LARGEST
    }

    fn value(&self) -> Value {
        let held = std::iter::once(MARK).chain(self.ids.iter().map(String::as_str));
        let held: Vec<String> = held.map(|id| format!("{RESOURCE}{id}")).collect();
        json!({"Statement": [
            {"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"},
            {"Effect": "Deny", "Action": ["Update:Delete", "Update:Replace"], "Principal": "*", "Resource": held}
        ]})
    }
}

/// A policy with its resources in order: who adds one by hand puts it anywhere.
fn unordered(value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(resources) = value["Statement"][1]["Resource"].as_array_mut() {
        resources.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::Held;
    use crate::stack_policy::{StackPolicy, Update};

    #[test]
    fn its_form_is_stable() {
        insta::assert_snapshot!(Held::new(["Table".to_owned(), "Bucket".to_owned()]).text());
    }

    #[test]
    fn it_holds_what_it_names_and_nothing_else() {
        let policy: StackPolicy = Held::new(["Table".to_owned()]).text().parse().unwrap();
        let denied = |update, id| policy.denial(update, id, "AWS::DynamoDB::Table").is_some();
        assert!(denied(Update::Replace, "Table") && denied(Update::Delete, "Table"));
        assert!(!denied(Update::Modify, "Table") && !denied(Update::Delete, "Other"));
        assert_eq!(Held::read(&Held::default().text()), Some(Held::default()), "also where nothing is held");
    }

    #[test]
    fn a_policy_of_somebody_else_is_not_taken_for_ours() {
        let ours = Held::new(["Table".to_owned()]).text();
        let theirs = [
            "{}",
            "no JSON",
            r#"{"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}]}"#,
            &ours.replace("LogicalResourceId/HeldByCe", "LogicalResourceId/Other"),
            &ours.replace("\"Update:Delete\",", ""),
            &ours.replace("Update:*", "Update:Modify"),
            &ours.replacen('{', r#"{"Id":"x","#, 1),
        ];
        for text in theirs {
            assert_eq!(Held::read(text), None, "{text}");
        }
    }

    #[test]
    fn what_was_added_by_hand_is_read_and_other_spaces_mean_nothing() {
        let ours = Held::new(["Table".to_owned()]).text();
        let more =
            ours.replace(r#""LogicalResourceId/Table""#, r#""LogicalResourceId/Table", "LogicalResourceId/Net""#);
        let held = Held::read(&more).unwrap();
        assert_eq!(held.ids().iter().collect::<Vec<_>>(), ["Net", "Table"]);
    }

    #[test]
    fn there_is_an_end_to_what_can_be_held() {
        let many = |count: usize| Held::new((0..count).map(|at| format!("Table{at:04}{}", "x".repeat(60))));
        assert!(many(100).fits() && !many(400).fits());
    }
}
