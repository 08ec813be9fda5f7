//! One risk.

use serde::{Deserialize, Serialize};

use super::{Consent, Gravity, RiskClass};
use crate::assembly::{Origin, StackId};

/// One risk of a change. It holds no secret: values that may be one are never in its texts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Risk {
    /// What kind it is.
    pub class: RiskClass,
    /// The rule that found it, `iam-statement`; stable.
    pub rule: String,
    /// The stack of the assembly.
    pub stack: StackId,
    /// The resource, `Nested.Logical` where it is in a nested stack; empty for the stack itself.
    pub logical_id: String,
    /// The resource's type; empty for the stack itself.
    pub type_name: String,
    /// Its construct and line, as far as the assembly knows them.
    pub origin: Origin,
    /// What happens, in a sentence without a full stop.
    pub what: String,
    /// What causes it, the nearest first: each a step of the chain.
    pub causes: Vec<String>,
    /// What it takes to go on.
    pub consent: Consent,
    /// How grave it is among those of its class.
    #[serde(default)]
    pub gravity: Gravity,
}

impl Risk {
    /// What an approval names it by: `Stack.Logical`.
    ///
    /// ```
    /// # use ce_deploy::{assembly::StackId, risk::{Consent, Risk, RiskClass}};
    /// # let risk = Risk { class: RiskClass::DataLoss, rule: String::new(), stack: StackId::new("Data"), logical_id: "Orders".into(),
    /// #     type_name: String::new(), origin: Default::default(), what: String::new(), causes: vec![], consent: Consent::Destroy,
    /// #     gravity: Default::default() };
    /// assert_eq!(risk.id(), "Data.Orders");
    /// ```
    pub fn id(&self) -> String {
        match self.logical_id.as_str() {
            "" => self.stack.to_string(),
            logical_id => format!("{}.{logical_id}", self.stack),
        }
    }
}
