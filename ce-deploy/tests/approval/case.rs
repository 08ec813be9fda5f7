//! A change, and whether somebody must be asked.

use std::collections::BTreeMap;

use ce_deploy::assembly::StackId;
use ce_deploy::cloud::Place;
use ce_deploy::difference::Difference;
use ce_deploy::risk::{Consent, Risk, RiskClass, assess};
use ce_deploy::template::{Template, Version};
use serde_json::{Value, json};

/// Whether somebody must be asked.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Truth {
    /// Yes, for this reason.
    Asks(RiskClass),
    /// No: it narrows, or changes nothing.
    Silent,
}

pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) truth: Truth,
    before: Version,
    after: Version,
}

impl Case {
    /// A change of the resources of a template.
    pub(crate) fn new(name: impl Into<String>, truth: Truth, before: &Value, after: &Value) -> Self {
        let version = |resources: &Value| version(&json!({ "Resources": resources }));
        Self { name: name.into(), truth, before: version(before), after: version(after) }
    }

    /// A change of whole templates.
    pub(crate) fn of_templates(name: impl Into<String>, truth: Truth, before: &Value, after: &Value) -> Self {
        Self { name: name.into(), truth, before: version(before), after: version(after) }
    }

    /// The same change in a stack that is nested so deep.
    pub(crate) fn nested(mut self, depth: usize) -> Self {
        for side in [&mut self.before, &mut self.after] {
            let inner = std::mem::take(&mut side.template);
            let stack =
                json!({ "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": "https://x/y.json" } });
            let outer = Template::parse(&json!({ "Resources": { "Inner": stack } }).to_string()).unwrap();
            let names: Vec<String> = (1..=depth).map(|depth| vec!["Inner"; depth].join(".")).collect();
            for name in &names[..depth - 1] {
                side.nested.insert(name.clone(), outer.clone());
            }
            side.nested.insert(names[depth - 1].clone(), inner);
            side.template = outer;
        }
        self.name = format!("{} nested {depth}", self.name);
        self
    }

    pub(crate) fn risks(&self) -> Vec<Risk> {
        let difference = Difference::between(Some(&self.before), Some(&self.after), &ce_cfn::SCHEMAS);
        assess(&StackId::new("Stack"), &BTreeMap::new(), &difference)
    }

    pub(crate) fn is_missed(&self) -> bool {
        match self.truth {
            Truth::Asks(class) => !self.risks().iter().any(|risk| risk.class == class && risk.consent != Consent::None),
            Truth::Silent => false,
        }
    }

    pub(crate) fn is_wrongly_asked(&self) -> bool {
        self.truth == Truth::Silent && self.risks().iter().any(|risk| risk.consent != Consent::None)
    }

    pub(crate) fn describe(&self) -> String {
        let found: Vec<String> =
            self.risks().iter().map(|risk| format!("{} {}: {}", risk.rule, risk.logical_id, risk.what)).collect();
        format!("{}: {:?}, found {found:?}", self.name, self.truth)
    }
}

fn version(template: &Value) -> Version {
    let mut version = Version::new(Template::parse(&template.to_string()).unwrap());
    version.place = Some(Place::new("111111111111", "eu-west-1"));
    version
}
