//! What may be given to a property.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{Expr, Id, Json, ListOf, Literal, MapOf, PropMap, StrLike, Value};

/// Anything that may be given to a property of type `T`.
///
/// An own trait and not `Into<Value<T>>`: the orphan rule would forbid generated crates to convert their handles,
/// and this one's error message says what is accepted.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used for a `{T}` property",
    label = "expected a literal, a `Value<{T}>`, or a resource whose `Ref` is a `{T}`"
)]
pub trait IntoValue<T> {
    /// The value.
    fn into_value(self) -> Value<T>;
}

impl<T> IntoValue<T> for Value<T> {
    #[inline]
    fn into_value(self) -> Value<T> {
        self
    }
}

impl<T> IntoValue<T> for &Value<T> {
    fn into_value(self) -> Value<T> {
        self.clone()
    }
}

/// The id of a resource is a text, wherever a text is asked for.
impl<I: Id> IntoValue<String> for Value<I> {
    fn into_value(self) -> Value<String> {
        self.cast()
    }
}

impl<I: Id> IntoValue<String> for &Value<I> {
    fn into_value(self) -> Value<String> {
        self.clone().cast()
    }
}

impl<T> IntoValue<T> for Expr {
    #[inline]
    fn into_value(self) -> Value<T> {
        Value::from_expr(self)
    }
}

impl<T> IntoValue<T> for Literal<T> {
    #[inline]
    fn into_value(self) -> Value<T> {
        Value::from_expr(self.text().into())
    }
}

impl<T, V: IntoValue<T>> IntoValue<T> for Option<V> {
    /// `None` leaves the property unset.
    fn into_value(self) -> Value<T> {
        self.map_or(Value::from_expr(Expr::Null), IntoValue::into_value)
    }
}

impl<T: StrLike> IntoValue<T> for &str {
    fn into_value(self) -> Value<T> {
        Value::from_expr(self.to_owned().into())
    }
}

impl<T: StrLike> IntoValue<T> for String {
    fn into_value(self) -> Value<T> {
        Value::from_expr(self.into())
    }
}

impl<T: StrLike> IntoValue<T> for &String {
    fn into_value(self) -> Value<T> {
        self.as_str().into_value()
    }
}

impl<T: StrLike> IntoValue<T> for Cow<'static, str> {
    fn into_value(self) -> Value<T> {
        Value::from_expr(Expr::Text(self))
    }
}

impl IntoValue<bool> for bool {
    #[inline]
    fn into_value(self) -> Value<bool> {
        Value::from_expr(Expr::Bool(self))
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl IntoValue<i64> for $number {
            #[inline]
            fn into_value(self) -> Value<i64> {
                Value::from_expr(Expr::Integer(i64::from(self)))
            }
        }
        impl IntoValue<f64> for $number {
            #[inline]
            fn into_value(self) -> Value<f64> {
                Value::from_expr(Expr::Integer(i64::from(self)))
            }
        }
    )*};
}
whole_numbers!(i64, i32, i16, u32, u16, u8);

impl IntoValue<f64> for f64 {
    #[inline]
    fn into_value(self) -> Value<f64> {
        Value::from_expr(Expr::Number(self))
    }
}

impl<T, V: IntoValue<T>> IntoValue<ListOf<T>> for Vec<V> {
    fn into_value(self) -> Value<ListOf<T>> {
        Value::from_expr(Expr::list(self.into_iter().map(IntoValue::into_value)))
    }
}

impl<T, V: IntoValue<T>, const N: usize> IntoValue<ListOf<T>> for [V; N] {
    fn into_value(self) -> Value<ListOf<T>> {
        Value::from_expr(Expr::list(self.into_iter().map(IntoValue::into_value)))
    }
}

impl<T, V: IntoValue<T> + Clone> IntoValue<ListOf<T>> for &[V] {
    fn into_value(self) -> Value<ListOf<T>> {
        Value::from_expr(Expr::list(self.iter().cloned().map(IntoValue::into_value)))
    }
}

fn map_of<T, K: Into<String>, V: IntoValue<T>>(entries: impl IntoIterator<Item = (K, V)>) -> Value<MapOf<T>> {
    let entries = entries.into_iter().map(|(key, value)| (key.into(), value.into_value().into_expr()));
    Value::from_expr(Expr::object(entries))
}

impl<T, K: Into<String>, V: IntoValue<T>, const N: usize> IntoValue<MapOf<T>> for [(K, V); N] {
    fn into_value(self) -> Value<MapOf<T>> {
        map_of(self)
    }
}

impl<T, K: Into<String>, V: IntoValue<T>> IntoValue<MapOf<T>> for Vec<(K, V)> {
    fn into_value(self) -> Value<MapOf<T>> {
        map_of(self)
    }
}

impl<T, K: Into<String>, V: IntoValue<T>> IntoValue<MapOf<T>> for BTreeMap<K, V> {
    fn into_value(self) -> Value<MapOf<T>> {
        map_of(self)
    }
}

impl<T, K: Into<String>, V: IntoValue<T>> IntoValue<MapOf<T>> for IndexMap<K, V> {
    fn into_value(self) -> Value<MapOf<T>> {
        map_of(self)
    }
}

impl IntoValue<Json> for serde_json::Value {
    fn into_value(self) -> Value<Json> {
        Value::from_expr(self.into())
    }
}

impl IntoValue<Json> for bool {
    fn into_value(self) -> Value<Json> {
        Value::from_expr(self.into())
    }
}

impl IntoValue<Json> for i64 {
    fn into_value(self) -> Value<Json> {
        Value::from_expr(self.into())
    }
}

impl IntoValue<Json> for PropMap {
    fn into_value(self) -> Value<Json> {
        Value::from_expr(self.into())
    }
}
