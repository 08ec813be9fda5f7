//! XML as the SDKs parse it.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::time::iso;

/// A document that is being written.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A document with one element around it, with its namespace.
    pub(super) fn document(name: &str, namespace: &str, body: impl FnOnce(&mut Self)) -> Vec<u8> {
        let mut xml = Self(Writer::new(Vec::new()));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        let mut start = BytesStart::new(name);
        if !namespace.is_empty() {
            start.push_attribute(("xmlns", namespace));
        }
        xml.write(Event::Start(start));
        body(&mut xml);
        xml.write(Event::End(BytesEnd::new(name)));
        xml.0.into_inner()
    }

    /// An element around others.
    pub(super) fn within(&mut self, name: &str, body: impl FnOnce(&mut Self)) {
        self.write(Event::Start(BytesStart::new(name)));
        body(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with a text in it.
    pub(super) fn text(&mut self, name: &str, text: impl AsRef<str>) {
        self.within(name, |xml| xml.bare(text.as_ref()));
    }

    /// A text without an element of its own.
    pub(super) fn bare(&mut self, text: &str) {
        self.write(Event::Text(BytesText::new(&allowed(text))));
    }

    /// An element with a text, if there is one.
    pub(super) fn maybe<T: AsRef<str>>(&mut self, name: &str, text: Option<T>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    /// An element with `true` or `false`.
    pub(super) fn flag(&mut self, name: &str, value: bool) {
        self.text(name, if value { "true" } else { "false" });
    }

    /// An element with a time, from milliseconds since 1970.
    pub(super) fn time(&mut self, name: &str, milliseconds: u64) {
        self.text(name, iso(milliseconds));
    }

    /// A list of structures.
    pub(super) fn list<T>(&mut self, name: &str, items: &[T], mut item: impl FnMut(&mut Self, &T)) {
        self.within(name, |xml| items.iter().for_each(|one| xml.within("member", |xml| item(xml, one))));
    }

    /// A list of texts.
    pub(super) fn texts<T: AsRef<str>>(&mut self, name: &str, items: &[T]) {
        self.within(name, |xml| items.iter().for_each(|text| xml.text("member", text)));
    }

    fn write(&mut self, event: Event<'_>) {
        // A vector takes every byte.
        self.0.write_event(event).ok();
    }
}

/// Leaves out what XML 1.0 has no way to write, such as ESC. Source: XML 1.0, production 2 (`Char`).
fn allowed(text: &str) -> String {
    let fits = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if fits(c) { c } else { '\u{fffd}' }).collect()
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn texts_are_escaped() {
        let document = Xml::document("R", "http://n", |xml| {
            xml.text("A", "<&>\u{1b}[31m");
            xml.maybe("B", None::<&str>);
            xml.texts("C", &["x"]);
            xml.list("D", &[true], |xml, flag| xml.flag("E", *flag));
        });
        let body = "<A>&lt;&amp;&gt;\u{fffd}[31m</A><C><member>x</member></C><D><member><E>true</E></member></D>";
        let expected = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><R xmlns=\"http://n\">{body}</R>");
        assert_eq!(String::from_utf8_lossy(&document), expected);
    }
}
