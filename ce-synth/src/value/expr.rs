//! The untyped tree of a property's value: what a template is made of.

use std::borrow::Cow;

use super::{PropMap, Token};

/// A CloudFormation value without a type: literals, lists, objects, and tokens that name things in the app.
///
/// Every typed [`Value`](super::Value) holds one. An `Expr` is accepted by every property, which makes it the
/// escape hatch for what the types do not know.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Absent: a property set to it is not written. JSON `null` has no meaning in a template.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// A literal text.
    Text(Cow<'static, str>),
    /// A list.
    List(Vec<Expr>),
    /// An object; keys keep the order they were set in.
    Object(PropMap),
    /// Something that is known only when the app is synthesized or deployed.
    Token(Box<Token>),
}

impl Expr {
    /// A literal text.
    pub fn text(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A list of anything that turns into an expression.
    pub fn list<E: Into<Expr>>(items: impl IntoIterator<Item = E>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    /// An object from keys and values; absent values are left out.
    ///
    /// ```
    /// use ce_synth::Expr;
    /// let statement = Expr::object([("Effect", Expr::from("Allow")), ("Sid", Expr::Null)]);
    /// assert_eq!(statement.to_json(), r#"{"Effect":"Allow"}"#);
    /// ```
    pub fn object<K: Into<Cow<'static, str>>>(entries: impl IntoIterator<Item = (K, Expr)>) -> Self {
        let mut map = PropMap::new();
        for (key, value) in entries {
            map.set(key, value);
        }
        Self::Object(map)
    }

    /// The literal text, if this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The literal whole number, if this is one.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// The literal truth value, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The elements, if this is a literal list.
    pub fn as_list(&self) -> Option<&[Expr]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, if this is a literal object.
    pub fn as_object(&self) -> Option<&PropMap> {
        match self {
            Self::Object(map) => Some(map),
            _ => None,
        }
    }

    /// Whether nothing in it waits for synthesis or deployment.
    pub fn is_literal(&self) -> bool {
        match self {
            Self::List(items) => items.iter().all(Self::is_literal),
            Self::Object(map) => map.iter().all(|(_, value)| value.is_literal()),
            Self::Token(_) => false,
            _ => true,
        }
    }

    /// The value at a path of object keys, `A.B.C`, through literal objects.
    pub fn at(&self, path: &str) -> Option<&Expr> {
        path.split('.').try_fold(self, |here, key| here.as_object()?.get(key))
    }

    /// Calls `visit` for every token in it, outermost first, those inside tokens too.
    pub fn tokens<'t>(&'t self, visit: &mut impl FnMut(&'t Token)) {
        match self {
            Self::List(items) => items.iter().for_each(|item| item.tokens(visit)),
            Self::Object(map) => map.iter().for_each(|(_, value)| value.tokens(visit)),
            Self::Token(token) => {
                visit(token);
                if let Token::Call(_, argument) = &**token {
                    argument.tokens(visit);
                }
            }
            _ => {}
        }
    }

    /// The compact JSON text of a literal; tokens show as `{"Ref":"<node>"}` placeholders.
    pub fn to_json(&self) -> String {
        crate::synth::json::literal_text(self)
    }
}

impl From<Token> for Expr {
    fn from(token: Token) -> Self {
        Self::Token(Box::new(token))
    }
}

impl From<&'static str> for Expr {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Expr {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<bool> for Expr {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Expr {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<PropMap> for Expr {
    fn from(map: PropMap) -> Self {
        Self::Object(map)
    }
}

impl<E: Into<Expr>> From<Vec<E>> for Expr {
    fn from(items: Vec<E>) -> Self {
        Self::list(items)
    }
}

impl<E: Into<Expr>, const N: usize> From<[E; N]> for Expr {
    fn from(items: [E; N]) -> Self {
        Self::list(items)
    }
}

impl<T> From<super::Value<T>> for Expr {
    fn from(value: super::Value<T>) -> Self {
        value.into_expr()
    }
}

impl From<serde_json::Value> for Expr {
    fn from(json: serde_json::Value) -> Self {
        use serde_json::Value as J;
        match json {
            J::Null => Self::Null,
            J::Bool(value) => Self::Bool(value),
            J::Number(number) => match number.as_i64() {
                Some(whole) => Self::Integer(whole),
                None => Self::Number(number.as_f64().unwrap_or(f64::MAX)),
            },
            J::String(text) => text.into(),
            J::Array(items) => Self::list(items),
            J::Object(entries) => Self::object(entries.into_iter().map(|(key, value)| (key, value.into()))),
        }
    }
}
