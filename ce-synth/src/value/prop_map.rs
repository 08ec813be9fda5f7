//! An object's entries in the order they were set.

use std::borrow::Cow;

use super::{Expr, IntoValue};

/// The properties of a resource or of a nested object: few, ordered, unique keys.
///
/// A vector and not a hash map: objects have about ten keys, and building one is a fifth of the cost
/// (`docs/adr/0001-one-erased-tree.md`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PropMap(Vec<(Cow<'static, str>, Expr)>);

impl PropMap {
    /// No entries.
    #[inline]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// This map with `key` set to a typed value; an absent value ([`Expr::Null`], `None`) removes the key.
    #[inline]
    #[must_use]
    pub fn with<T>(mut self, key: &'static str, value: impl IntoValue<T>) -> Self {
        self.set(Cow::Borrowed(key), value.into_value().into_expr());
        self
    }

    /// Sets `key`; an absent value removes it.
    pub fn set(&mut self, key: impl Into<Cow<'static, str>>, value: Expr) {
        let key = key.into();
        let place = self.0.iter().position(|(name, _)| *name == key);
        match (place, value) {
            (Some(place), Expr::Null) => drop(self.0.remove(place)),
            (None, Expr::Null) => {}
            (Some(place), value) => self.0[place].1 = value,
            (None, value) => self.0.push((key, value)),
        }
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Expr> {
        self.0.iter().find_map(|(name, value)| (name == key).then_some(value))
    }

    /// The value of `key`, to be changed in place.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Expr> {
        self.0.iter_mut().find_map(|(name, value)| (name == key).then_some(value))
    }

    /// Entries in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Expr)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets the value at a dotted path (`A.B.0.C`), making the objects on the way; numbers index existing lists.
    ///
    /// # Errors
    /// The part of the path that meets neither an object nor a list element.
    pub fn set_path<'p>(&mut self, path: &'p str, value: Expr) -> Result<(), &'p str> {
        let (first, rest) = match path.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        let Some(rest) = rest else {
            self.set(first.to_owned(), value);
            return Ok(());
        };
        if self.get(first).is_none() {
            self.0.push((Cow::Owned(first.to_owned()), Expr::Object(Self::new())));
        }
        self.get_mut(first).map_or(Err(first), |inner| set_inside(inner, rest, value))
    }
}

fn set_inside<'p>(target: &mut Expr, path: &'p str, value: Expr) -> Result<(), &'p str> {
    match target {
        Expr::Object(map) => map.set_path(path, value),
        Expr::List(items) => {
            let (index, rest) = match path.split_once('.') {
                Some((index, rest)) => (index, Some(rest)),
                None => (path, None),
            };
            let slot = index.parse::<usize>().ok().and_then(|index| items.get_mut(index)).ok_or(index)?;
            match rest {
                Some(rest) => set_inside(slot, rest, value),
                None => {
                    *slot = value;
                    Ok(())
                }
            }
        }
        _ => Err(path),
    }
}

impl FromIterator<(Cow<'static, str>, Expr)> for PropMap {
    fn from_iter<I: IntoIterator<Item = (Cow<'static, str>, Expr)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (key, value) in entries {
            map.set(key, value);
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_value_replaces_the_first_in_its_place() {
        let map = PropMap::new().with::<String>("A", "1").with::<String>("B", "2").with::<String>("A", "3");
        let entries: Vec<_> = map.iter().map(|(key, value)| (key, value.as_text())).collect();
        assert_eq!(entries, [("A", Some("3")), ("B", Some("2"))]);
    }

    #[test]
    fn none_removes_a_key() {
        let map = PropMap::new().with::<String>("A", "1").with::<String>("A", None::<&str>);
        assert!(map.is_empty());
    }

    #[test]
    fn paths_reach_into_objects_and_lists() {
        let mut map = PropMap::new();
        map.set("Rules", Expr::list([Expr::object([("Port", Expr::from(80))])]));
        assert_eq!(map.set_path("Rules.0.Port", 443.into()), Ok(()));
        assert_eq!(map.set_path("New.Inner", true.into()), Ok(()));
        assert_eq!(map.set_path("Rules.7.Port", 1.into()), Err("7"));
        assert_eq!(Expr::Object(map).to_json(), r#"{"Rules":[{"Port":443}],"New":{"Inner":true}}"#);
    }
}
