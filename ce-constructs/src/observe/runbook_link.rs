//! Where it says what to do.

use ce_synth::value::{joined, region};
use ce_synth::{IntoValue, Value};

use crate::operations::AutomationDocument;

/// Where it says what to do: a page, or a document of Systems Manager.
///
/// ```
/// use ce_constructs::observe::{Metric, RunbookLink};
/// let page = Metric::new("Shop", "Orders").below(1.0).runbook("https://runbooks.example.com/no-orders");
/// let document = Metric::new("Shop", "Errors").above(9.0).runbook(RunbookLink::document("shop-roll-back"));
/// # let _ = (page, document);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RunbookLink(Value<String>);

impl RunbookLink {
    /// A page.
    pub fn url(url: impl IntoValue<String>) -> Self {
        Self(url.into_value())
    }

    /// A document of Systems Manager of the region, by its name: the console shows its steps, and starts it.
    pub fn document(name: impl IntoValue<String>) -> Self {
        let parts = [
            "https://".into_value(),
            region(),
            ".console.aws.amazon.com/systems-manager/documents/".into_value(),
            name.into_value(),
            "/description?region=".into_value(),
            region(),
        ];
        Self(joined(parts))
    }

    /// What follows the description of an alarm.
    pub(super) fn after(self, description: Option<Value<String>>) -> Value<String> {
        let before = description.map_or_else(Vec::new, |text| vec![text, ". ".into_value()]);
        joined(before.into_iter().chain(["Runbook: ".into_value(), self.0]))
    }
}

impl From<AutomationDocument<'_>> for RunbookLink {
    fn from(document: AutomationDocument<'_>) -> Self {
        Self::document(document.name().cast::<String>())
    }
}

impl From<&str> for RunbookLink {
    fn from(url: &str) -> Self {
        Self::url(url)
    }
}

impl From<String> for RunbookLink {
    fn from(url: String) -> Self {
        Self::url(url)
    }
}
