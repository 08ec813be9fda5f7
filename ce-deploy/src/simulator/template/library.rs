//! Templates that were read before.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Template;

/// Keeps what was read: a template is read once, however often it is sent.
#[derive(Clone, Debug, Default)]
pub(in crate::simulator) struct Library {
    read: BTreeMap<Arc<str>, Result<Arc<Template>, String>>,
}

impl Library {
    /// The template in a text.
    pub(in crate::simulator) fn read(&mut self, text: &str) -> Result<Arc<Template>, String> {
        if let Some(known) = self.read.get(text) {
            return known.clone();
        }
        let text: Arc<str> = text.into();
        let read = Template::read(text.clone()).map(Arc::new);
        self.read.insert(text, read.clone());
        read
    }
}
