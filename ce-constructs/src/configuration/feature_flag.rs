//! Switches of an application.

use ce_synth::Expr;

/// A value of an attribute of a flag.
#[derive(Clone, Debug, PartialEq)]
pub enum FlagValue {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
}

impl FlagValue {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "string",
            Self::Number(_) => "number",
            Self::Boolean(_) => "boolean",
        }
    }

    fn expr(&self) -> Expr {
        match self {
            Self::Text(text) => text.clone().into(),
            Self::Number(number) => Expr::Number(*number),
            Self::Boolean(value) => (*value).into(),
        }
    }
}

impl From<&str> for FlagValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u32> for FlagValue {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<f64> for FlagValue {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for FlagValue {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

/// A switch of an application, and numbers or texts that belong to it.
///
/// ```
/// use ce_constructs::configuration::FeatureFlag;
/// let cards = FeatureFlag::off("gift-cards").described("lets people give money").attribute("limit", 50).short_lived();
/// # let _ = cards;
/// ```
///
/// Source: <https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-type-reference-feature-flags.html>
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a flag does nothing until it is one of several"]
pub struct FeatureFlag {
    pub(super) key: String,
    on: bool,
    description: Option<String>,
    pub(super) attributes: Vec<(String, FlagValue)>,
    short_lived: bool,
}

impl FeatureFlag {
    /// A flag that is on, by the key the application asks for it with.
    pub fn on(key: impl Into<String>) -> Self {
        let (description, attributes) = Default::default();
        Self { key: key.into(), on: true, description, attributes, short_lived: false }
    }

    /// A flag that is off.
    pub fn off(key: impl Into<String>) -> Self {
        Self { on: false, ..Self::on(key) }
    }

    /// What it switches. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// A value that belongs to it, and that readers get while it is on. Default: none.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<FlagValue>) -> Self {
        self.attributes.push((name.into(), value.into()));
        self
    }

    /// Marks it as one to be taken out when the feature is there for good: AppConfig lists those. Default: it stays.
    pub fn short_lived(mut self) -> Self {
        self.short_lived = true;
        self
    }

    /// What it is: its name, its description, the kinds of its attributes.
    pub(super) fn definition(&self) -> Expr {
        let constraints = |kind: &'static str| Expr::object([("constraints", Expr::object([("type", kind.into())]))]);
        let attributes = self.attributes.iter().map(|(name, value)| (name.clone(), constraints(value.kind())));
        let some = (!self.attributes.is_empty()).then(|| Expr::object(attributes));
        let lived = self.short_lived.then(|| Expr::object([("status", "planned".into())]));
        Expr::object([
            ("name", self.key.clone().into()),
            ("description", self.description.clone().map_or(Expr::Null, Expr::from)),
            ("attributes", some.unwrap_or(Expr::Null)),
            ("_deprecation", lived.unwrap_or(Expr::Null)),
        ])
    }

    /// What it is set to.
    pub(super) fn setting(&self) -> Expr {
        let attributes = self.attributes.iter().map(|(name, value)| (name.clone(), value.expr()));
        Expr::object([("enabled".to_owned(), self.on.into())].into_iter().chain(attributes))
    }
}
