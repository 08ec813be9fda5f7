//! What a rule of a web ACL looks for.

use std::borrow::Cow;

use ce_cfn::wafv2::web_acl as shape;
use ce_synth::{IntoValue, ListOf, PropMap, Value};

/// What a rule looks for in a request, with the capacity it uses.
///
/// ```
/// use ce_constructs::edge::firewall::Statement;
/// let admin = Statement::path_starts_with("/admin").and(Statement::from_countries(["US"]).not());
/// assert_eq!(admin.capacity(), 3);
/// ```
///
/// Capacities: <https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html>
#[derive(Clone)]
#[must_use = "a statement does nothing until a rule takes it"]
pub struct Statement {
    value: Value<shape::Statement>,
    capacity: u32,
}

impl Statement {
    fn of(statement: shape::Statement, capacity: u32) -> Self {
        Self { value: statement.into_value(), capacity }
    }

    /// A header has exactly this value. For a secret value, give the field of a secret.
    pub fn header_is(name: impl Into<Cow<'static, str>>, value: impl IntoValue<String>) -> Self {
        let field = shape::FieldToMatch::new().single_header(shape::SingleHeader::new().name(name.into()));
        Self::bytes(field, value.into_value(), shape::PositionalConstraint::EXACTLY.text())
    }

    /// The path is exactly this one.
    pub fn path_is(path: impl IntoValue<String>) -> Self {
        Self::bytes(Self::path(), path.into_value(), shape::PositionalConstraint::EXACTLY.text())
    }

    /// The path starts with this.
    pub fn path_starts_with(path: impl IntoValue<String>) -> Self {
        Self::bytes(Self::path(), path.into_value(), shape::PositionalConstraint::STARTS_WITH.text())
    }

    fn path() -> shape::FieldToMatch {
        shape::FieldToMatch::new().uri_path(PropMap::new())
    }

    fn bytes(field: shape::FieldToMatch, text: Value<String>, position: &'static str) -> Self {
        let plain = shape::TextTransformation::new().priority(0).type_(shape::TextTransformationType::NONE);
        let bytes = shape::ByteMatchStatement::new()
            .field_to_match(field)
            .search_string(text)
            .positional_constraint(position)
            .text_transformations([plain]);
        Self::of(shape::Statement::new().byte_match_statement(bytes), 2)
    }

    /// The client's country is one of these, as two letters of ISO 3166.
    pub fn from_countries<C: IntoValue<String>>(countries: impl IntoIterator<Item = C>) -> Self {
        let countries: Vec<Value<String>> = countries.into_iter().map(IntoValue::into_value).collect();
        let countries: Value<ListOf<String>> = countries.into_value();
        Self::of(
            shape::Statement::new().geo_match_statement(shape::GeoMatchStatement::new().country_codes(countries)),
            1,
        )
    }

    /// The client's address is in an IP set, named by its ARN.
    pub fn from_addresses(ip_set_arn: impl IntoValue<String>) -> Self {
        let set = shape::IpSetReferenceStatement::new().arn(ip_set_arn);
        Self::of(shape::Statement::new().ip_set_reference_statement(set), 1)
    }

    /// Any other statement of AWS WAF, with the capacity it uses.
    pub fn other(statement: shape::Statement, capacity: u32) -> Self {
        Self::of(statement, capacity)
    }

    /// It does not hold.
    #[allow(clippy::should_implement_trait)]
    pub fn not(self) -> Self {
        let statement = shape::NotStatement::new().statement(self.value);
        Self::of(shape::Statement::new().not_statement(statement), self.capacity)
    }

    /// Both hold.
    pub fn and(self, other: Self) -> Self {
        let statement = shape::AndStatement::new().statements([self.value, other.value]);
        Self::of(shape::Statement::new().and_statement(statement), self.capacity + other.capacity)
    }

    /// One of them holds.
    pub fn or(self, other: Self) -> Self {
        let statement = shape::OrStatement::new().statements([self.value, other.value]);
        Self::of(shape::Statement::new().or_statement(statement), self.capacity + other.capacity)
    }

    /// Web ACL capacity units it uses, without text transformations.
    pub const fn capacity(&self) -> u32 {
        self.capacity
    }

    pub(super) fn value(&self) -> Value<shape::Statement> {
        self.value.clone()
    }
}
