//! Forms as awsQuery writes them: `Tags.member.1.Key=team`.

use std::collections::BTreeMap;

use crate::cloud::{Failure, Secret};

/// A form, or the part of one below a prefix.
#[derive(Clone, Debug, Default)]
pub(super) struct Form(BTreeMap<String, String>);

impl Form {
    /// Reads a body. Bytes that are no UTF-8 are replaced.
    pub(super) fn read(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    /// A value that may be missing.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// A value that must be there and must not be empty.
    pub(super) fn required(&self, key: &str) -> Result<&str, Failure> {
        let fault = || {
            let message = format!("1 validation error detected: Value null at '{key}' failed to satisfy constraint");
            Failure::answered("ValidationError", message)
        };
        self.text(key).filter(|text| !text.is_empty()).ok_or_else(fault)
    }

    /// Whether a value is `true`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.text(key) == Some("true")
    }

    /// A value that may be secret.
    pub(super) fn secret(&self, key: &str) -> Option<Secret> {
        self.text(key).map(Secret::new)
    }

    /// What is below a key: `Key` and `Value` of `Tag.Key` and `Tag.Value`.
    pub(super) fn below(&self, key: &str) -> Self {
        Self(self.under(&format!("{key}.")).map(|(rest, value)| (rest.to_owned(), value.clone())).collect())
    }

    /// The members of a list of structures, in the order of their numbers.
    pub(super) fn members(&self, key: &str) -> Vec<Self> {
        self.numbered(key, "member", |form: &mut Self, rest, value| {
            form.0.insert(rest.strip_prefix('.')?.to_owned(), value.to_owned());
            Some(())
        })
    }

    /// The members of a list of texts.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        self.numbered(key, "member", |text: &mut String, rest, value| rest.is_empty().then(|| value.clone_into(text)))
    }

    /// Whether a list was given at all; an empty one is sent as `Key=`.
    pub(super) fn has_list(&self, key: &str) -> bool {
        self.0.contains_key(key) || self.under(&format!("{key}.")).next().is_some()
    }

    /// The entries of a map.
    pub(super) fn entries(&self, key: &str) -> Vec<(String, String)> {
        let entries: Vec<Self> = self.numbered(key, "entry", |form: &mut Self, rest, value| {
            form.0.insert(rest.strip_prefix('.')?.to_owned(), value.to_owned());
            Some(())
        });
        let text = |form: &Self, key| form.text(key).unwrap_or_default().to_owned();
        entries.iter().map(|entry| (text(entry, "key"), text(entry, "value"))).collect()
    }

    /// Collects `key.word.N…` by its number. The numbers themselves mean nothing, so a huge one costs nothing.
    fn numbered<T: Default>(
        &self,
        key: &str,
        word: &str,
        mut add: impl FnMut(&mut T, &str, &str) -> Option<()>,
    ) -> Vec<T> {
        let mut members: BTreeMap<u64, T> = BTreeMap::new();
        for (rest, value) in self.under(&format!("{key}.{word}.")) {
            let end = rest.find('.').unwrap_or(rest.len());
            if let Ok(number) = rest[..end].parse() {
                add(members.entry(number).or_default(), &rest[end..], value);
            }
        }
        members.into_values().collect()
    }

    fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a String)> {
        self.0.range(prefix.to_owned()..).map_while(move |(key, value)| Some((key.strip_prefix(prefix)?, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn lists_come_in_the_order_of_their_numbers() {
        let form = Form::read(b"L.member.10=c&L.member.2=b&L.member.1=a&L.member.x=no&M=");
        assert_eq!(form.texts("L"), ["a", "b", "c"]);
        assert!(form.has_list("L") && form.has_list("M") && !form.has_list("N"));
    }

    #[test]
    fn structures_and_maps_are_taken_apart() {
        let form = Form::read(b"T.member.1.Key=k&T.member.1.Value=v&I.entry.1.key=a&I.entry.1.value=b&C.Mode=EXPRESS");
        assert_eq!(form.members("T")[0].text("Key"), Some("k"));
        assert_eq!(form.entries("I"), [("a".to_owned(), "b".to_owned())]);
        assert_eq!(form.below("C").text("Mode"), Some("EXPRESS"));
        assert!(form.required("Nothing").is_err());
    }
}
