//! Who agreed to what.

use std::collections::BTreeSet;

use crate::risk::{Consent, Risk, RiskClass};

/// Which risks are asked about.
///
/// The loss or replacement of something that holds data is always asked about, by the resource's own name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Those of these classes.
    Classes(BTreeSet<RiskClass>),
    /// Every change.
    Any,
    /// None.
    Never,
}

impl Default for Ask {
    fn default() -> Self {
        Self::Classes(RiskClass::all().filter(|class| *class != RiskClass::Interruption).collect())
    }
}

impl Ask {
    fn asks(&self, class: RiskClass) -> bool {
        match self {
            Self::Classes(classes) => classes.contains(&class),
            Self::Any => true,
            Self::Never => false,
        }
    }
}

/// What was agreed to.
///
/// ```
/// use ce_deploy::plan::Approval;
/// let approval = Approval::default().digest("sha256:6b1f").destroy("Data.Orders");
/// assert!(approval.covers_digest("6b1f"));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[must_use = "an approval does nothing until it is handed to a deployment"]
pub struct Approval {
    digest: Option<String>,
    classes: BTreeSet<RiskClass>,
    destroy: BTreeSet<String>,
    replace: BTreeSet<String>,
}

impl Approval {
    /// The whole plan with this digest, except what must be named. Default: none.
    pub fn digest(self, digest: impl Into<String>) -> Self {
        let digest = digest.into();
        let digest = digest.strip_prefix("sha256:").map(str::to_owned).unwrap_or(digest);
        Self { digest: Some(digest), ..self }
    }

    /// The same without the whole plan: it was another one. Default: none.
    pub fn without_digest(self) -> Self {
        Self { digest: None, ..self }
    }

    /// All risks of a class, except what must be named. Default: none.
    pub fn class(mut self, class: RiskClass) -> Self {
        self.classes.insert(class);
        self
    }

    /// The deletion of a resource, `Stack.Logical`. Default: none.
    pub fn destroy(mut self, id: impl Into<String>) -> Self {
        self.destroy.insert(id.into());
        self
    }

    /// The replacement of a resource, `Stack.Logical`. Default: none.
    pub fn replace(mut self, id: impl Into<String>) -> Self {
        self.replace.insert(id.into());
        self
    }

    /// Whether a digest was given that is not this one.
    pub fn is_for_another(&self, digest: &str) -> bool {
        self.digest.as_deref().is_some_and(|given| given != digest)
    }

    /// Whether the whole plan with this digest was agreed to.
    pub fn covers_digest(&self, digest: &str) -> bool {
        self.digest.as_deref() == Some(digest)
    }

    /// This and another.
    pub fn and(mut self, other: Self) -> Self {
        self.digest = other.digest.or(self.digest);
        self.classes.extend(other.classes);
        self.destroy.extend(other.destroy);
        self.replace.extend(other.replace);
        self
    }

    /// The risks of a plan that nobody has agreed to.
    pub fn open<'a>(&self, ask: &Ask, digest: &str, risks: impl IntoIterator<Item = &'a Risk>) -> Vec<Risk> {
        risks.into_iter().filter(|risk| !self.covers(ask, digest, risk)).cloned().collect()
    }

    fn covers(&self, ask: &Ask, digest: &str, risk: &Risk) -> bool {
        match risk.consent {
            Consent::None => true,
            Consent::Class => !ask.asks(risk.class) || self.classes.contains(&risk.class) || self.covers_digest(digest),
            Consent::Destroy => self.destroy.contains(&risk.id()),
            Consent::Replace => self.replace.contains(&risk.id()),
        }
    }
}

/// What somebody decided when asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    /// To go on; with all that was agreed to.
    Approved(Approval),
    /// Not to go on, or nobody could be asked.
    Declined,
}

#[cfg(test)]
mod tests {
    use super::{Approval, Ask};
    use crate::assembly::{Origin, StackId};
    use crate::risk::{Consent, Gravity, Risk, RiskClass};

    fn risk(class: RiskClass, consent: Consent) -> Risk {
        Risk {
            class,
            rule: "rule".into(),
            stack: StackId::new("Data"),
            logical_id: "Orders".into(),
            type_name: "AWS::DynamoDB::Table".into(),
            origin: Origin::default(),
            what: String::new(),
            causes: Vec::new(),
            consent,
            gravity: Gravity::default(),
        }
    }

    #[test]
    fn a_digest_does_not_cover_what_must_be_named() {
        let risks = [risk(RiskClass::Broadening, Consent::Class), risk(RiskClass::DataLoss, Consent::Destroy)];
        let ask = Ask::default();
        let approval = Approval::default();
        assert_eq!(approval.open(&ask, "d", &risks).len(), 2);
        let approval = approval.digest("d");
        assert_eq!(approval.open(&ask, "d", &risks).len(), 1);
        assert_eq!(approval.open(&ask, "another", &risks).len(), 2);
        assert!(approval.destroy("Data.Orders").open(&ask, "d", &risks).is_empty());
    }

    #[test]
    fn never_asking_does_not_cover_the_loss_of_data() {
        let risks = [risk(RiskClass::Broadening, Consent::Class), risk(RiskClass::DataLoss, Consent::Replace)];
        assert_eq!(Approval::default().open(&Ask::Never, "d", &risks).len(), 1);
        assert_eq!(Approval::default().destroy("Data.Orders").open(&Ask::Never, "d", &risks).len(), 1);
    }
}
