//! [`Value`] and the markers that say what it is a value of.

use std::fmt;
use std::marker::PhantomData;

use super::Expr;

/// A value of type `T` for a property: known now, or only when the app is deployed.
///
/// `T` is `String`, `bool`, `i64`, `f64`, an id marker of `ce_cfn::ids`, a generated struct or enum, or one of
/// [`ListOf`], [`MapOf`], [`Json`].
pub struct Value<T> {
    expr: Expr,
    marker: PhantomData<fn() -> T>,
}

impl<T> Value<T> {
    /// A value of any type from an untyped expression. The caller vouches for the type.
    #[inline]
    pub const fn from_expr(expr: Expr) -> Self {
        Self { expr, marker: PhantomData }
    }

    /// The untyped expression; accepted by every property.
    #[inline]
    pub fn into_expr(self) -> Expr {
        self.expr
    }

    /// The untyped expression.
    pub const fn expr(&self) -> &Expr {
        &self.expr
    }

    /// The expression if nothing in it waits for synthesis: what a check may look at.
    pub fn literal(&self) -> Option<&Expr> {
        self.expr.is_literal().then_some(&self.expr)
    }

    /// The same value as another type. The caller vouches for the type.
    pub fn cast<U>(self) -> Value<U> {
        Value::from_expr(self.expr)
    }
}

impl<T> Clone for Value<T> {
    fn clone(&self) -> Self {
        Self::from_expr(self.expr.clone())
    }
}

impl<T> fmt::Debug for Value<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expr.fmt(f)
    }
}

impl<T> PartialEq for Value<T> {
    fn eq(&self, other: &Self) -> bool {
        self.expr == other.expr
    }
}

/// Marker: a list of `T`.
pub enum ListOf<T> {
    #[doc(hidden)]
    Marker(std::convert::Infallible, PhantomData<T>),
}

/// Marker: an object with free keys and values of `T`.
pub enum MapOf<T> {
    #[doc(hidden)]
    Marker(std::convert::Infallible, PhantomData<T>),
}

/// Marker: any JSON, such as a policy document.
pub enum Json {}

/// Marker trait: a literal text may stand for a value of this type.
#[diagnostic::on_unimplemented(message = "a text cannot be used for a `{Self}` property", label = "not a text")]
pub trait StrLike {}

/// Marker trait: what identifies a resource of one type, such as its `Ref` or its ARN.
pub trait Id: StrLike {}

impl StrLike for String {}
impl StrLike for Json {}

/// A literal of a generated enumeration, such as `HostnameType::IP_NAME`.
pub struct Literal<T> {
    text: &'static str,
    marker: PhantomData<fn() -> T>,
}

impl<T> Literal<T> {
    /// The literal with this text.
    pub const fn new(text: &'static str) -> Self {
        Self { text, marker: PhantomData }
    }

    /// The text in a template.
    pub const fn text(self) -> &'static str {
        self.text
    }
}

impl<T> Clone for Literal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Literal<T> {}

impl<T> fmt::Debug for Literal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}
