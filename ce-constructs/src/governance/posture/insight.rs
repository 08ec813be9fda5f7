//! Views of findings.

use std::borrow::Cow;

use ce_cfn::securityhub;
use ce_cfn::securityhub::insight::{
    AwsSecurityFindingFilters as Filters, Comparison, MapFilter, StringFilter, StringFilterComparison,
};

/// What findings are counted by.
///
/// ```
/// use ce_constructs::governance::GroupBy;
/// const BY_TITLE: GroupBy = GroupBy::new("Title");
/// # let _ = (BY_TITLE, GroupBy::RESOURCE_ID);
/// ```
///
/// Source: <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CreateInsight.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupBy(Cow<'static, str>);

impl GroupBy {
    /// The resource.
    pub const RESOURCE_ID: Self = Self::new("ResourceId");
    /// The type of the resource.
    pub const RESOURCE_TYPE: Self = Self::new("ResourceType");
    /// The severity.
    pub const SEVERITY: Self = Self::new("SeverityLabel");
    /// The control that failed.
    pub const CONTROL: Self = Self::new("ComplianceSecurityControlId");
    /// The account.
    pub const ACCOUNT: Self = Self::new("AwsAccountId");
    /// Who found it.
    pub const PRODUCT: Self = Self::new("ProductName");

    /// An attribute of findings that is not listed here.
    pub const fn new(attribute: &'static str) -> Self {
        Self(Cow::Borrowed(attribute))
    }
}

/// A view of findings: those that fit, counted by an attribute.
///
/// ```
/// use ce_constructs::governance::{GroupBy, Insight};
/// let core = Insight::new("Findings of core", GroupBy::RESOURCE_ID).tagged("Service", "core");
/// # let _ = core;
/// ```
///
/// By default it is of active findings that nobody has resolved or suppressed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "an insight does nothing until it is given to a posture"]
pub struct Insight {
    name: String,
    group: GroupBy,
    tags: Vec<(String, String)>,
    severities: Vec<String>,
    all: bool,
}

impl Insight {
    /// A view of a name.
    pub fn new(name: impl Into<String>, group: GroupBy) -> Self {
        Self { name: name.into(), group, tags: Vec::new(), severities: Vec::new(), all: false }
    }

    /// Only findings about what has a tag; called again with the same key, also with another value. Default: about
    /// anything.
    pub fn tagged(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.push((key.into(), value.into()));
        self
    }

    /// Only findings of a severity, `HIGH`; called again, also of another. Default: of any.
    pub fn severity(mut self, label: impl Into<String>) -> Self {
        self.severities.push(label.into());
        self
    }

    /// Also findings that are over. Default: active ones.
    pub fn also_over(mut self) -> Self {
        self.all = true;
        self
    }

    pub(super) fn resource(&self) -> securityhub::Insight {
        let is = |text: &str| StringFilter::new().comparison(StringFilterComparison::EQUALS).value(text);
        let tag =
            |(key, value): &(String, String)| MapFilter::new().comparison(Comparison::EQUALS).key(key).value(value);
        let tags: Vec<_> = self.tags.iter().map(tag).collect();
        let severities: Vec<_> = self.severities.iter().map(|label| is(label)).collect();
        let filters = Filters::new()
            .record_state((!self.all).then(|| [is("ACTIVE")]))
            .workflow_status((!self.all).then(|| [is("NEW"), is("NOTIFIED")]))
            .resource_tags((!tags.is_empty()).then_some(tags))
            .severity_label((!severities.is_empty()).then_some(severities));
        securityhub::Insight::new().name(&self.name).group_by_attribute(self.group.0.clone()).filters(filters)
    }
}
