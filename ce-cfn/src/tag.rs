//! The tag every service shares.

use ce_synth::{IntoValue, PropMap, Value};

use crate::macros::cfn_property;

/// A name and a value on a resource; a pair of both stands for one.
///
/// ```
/// use ce_cfn::Tag;
/// use ce_synth::{IntoValue, ListOf, Value};
/// let tags: Value<ListOf<Tag>> = [("Team", "shop"), ("Stage", "prod")].into_value();
/// let same: Value<ListOf<Tag>> = [Tag::new().key("Team").value("shop"), Tag::new().key("Stage").value("prod")].into_value();
/// assert_eq!(tags, same);
/// ```
pub struct Tag(PropMap);

cfn_property!(Tag);

impl Tag {
    /// **required** The name, 1 to 128 characters, not starting with `aws:`.
    pub fn key(self, v: impl IntoValue<String>) -> Self {
        Self(self.0.with("Key", v))
    }

    /// **required** The value, up to 256 characters.
    pub fn value(self, v: impl IntoValue<String>) -> Self {
        Self(self.0.with("Value", v))
    }
}

impl<K: IntoValue<String>, V: IntoValue<String>> IntoValue<Tag> for (K, V) {
    fn into_value(self) -> Value<Tag> {
        Tag::new().key(self.0).value(self.1).into_value()
    }
}
