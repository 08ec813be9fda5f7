//! JSON text, written straight from expressions.
//!
//! No `serde_json::Value` is built on the way: that alone is seven times the cost of writing
//! (`docs/adr/0001-one-erased-tree.md`). The text is what `serde_json` would write.

use std::fmt::Write;

use crate::value::{Expr, Token};

/// What lines are indented with, a piece at a time.
const BLANK: &str = "                                ";

/// Writes pretty JSON, two spaces deep, or compact JSON.
pub(crate) struct Json {
    out: String,
    depth: usize,
    pretty: bool,
    first: bool,
}

/// How a token is written; depends on the stack that is written.
pub(crate) trait Tokens {
    fn write(&self, token: &Token, json: &mut Json);
}

impl Json {
    pub(crate) fn pretty() -> Self {
        Self { out: String::with_capacity(16 * 1024), depth: 0, pretty: true, first: true }
    }

    pub(crate) fn compact() -> Self {
        Self { out: String::new(), depth: 0, pretty: false, first: true }
    }

    pub(crate) fn finish(mut self) -> String {
        if self.pretty {
            self.out.push('\n');
        }
        self.out
    }

    fn open(&mut self, bracket: char) {
        self.out.push(bracket);
        self.depth += 1;
        self.first = true;
    }

    fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if !self.first {
            self.line();
        }
        self.out.push(bracket);
        self.first = false;
    }

    fn line(&mut self) {
        if self.pretty {
            self.out.push('\n');
            let mut left = self.depth * 2;
            while left > 0 {
                let part = left.min(BLANK.len());
                self.out.push_str(&BLANK[..part]);
                left -= part;
            }
        }
    }

    /// Begins the next element of the list or object that is open.
    pub(crate) fn next(&mut self) {
        if !self.first {
            self.out.push(',');
        }
        self.first = false;
        self.line();
    }

    pub(crate) fn key(&mut self, key: &str) {
        self.next();
        self.text(key);
        self.out.push_str(if self.pretty { ": " } else { ":" });
    }

    pub(crate) fn object(&mut self, inside: impl FnOnce(&mut Self)) {
        self.open('{');
        inside(self);
        self.close('}');
    }

    pub(crate) fn list(&mut self, inside: impl FnOnce(&mut Self)) {
        self.open('[');
        inside(self);
        self.close(']');
    }

    /// An object of one key and a text.
    pub(crate) fn pair(&mut self, key: &str, value: &str) {
        self.object(|json| json.entry(key, value));
    }

    /// The next entry of the object that is open: a key and a text.
    pub(crate) fn entry(&mut self, key: &str, value: &str) {
        self.key(key);
        self.text(value);
    }

    /// A list of texts.
    pub(crate) fn texts<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        self.list(|json| {
            for text in texts {
                json.next();
                json.text(text);
            }
        });
    }

    /// What needs no stack to be written.
    pub(crate) fn literal(&mut self, value: &Expr) {
        self.expr(value, &Placeholders);
    }

    pub(crate) fn bool(&mut self, value: bool) {
        self.out.push_str(if value { "true" } else { "false" });
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.out.push('"');
        let mut plain = 0;
        for (place, byte) in text.bytes().enumerate() {
            if byte >= 0x20 && byte != b'"' && byte != b'\\' {
                continue;
            }
            self.out.push_str(&text[plain..place]);
            plain = place + 1;
            match byte {
                b'"' => self.out.push_str("\\\""),
                b'\\' => self.out.push_str("\\\\"),
                b'\n' => self.out.push_str("\\n"),
                b'\r' => self.out.push_str("\\r"),
                b'\t' => self.out.push_str("\\t"),
                0x08 => self.out.push_str("\\b"),
                0x0c => self.out.push_str("\\f"),
                _ => drop(write!(self.out, "\\u{byte:04x}")),
            }
        }
        self.out.push_str(&text[plain..]);
        self.out.push('"');
    }

    pub(crate) fn expr(&mut self, expr: &Expr, tokens: &impl Tokens) {
        match expr {
            Expr::Null => self.out.push_str("null"),
            Expr::Bool(value) => self.bool(*value),
            Expr::Integer(number) => drop(write!(self.out, "{number}")),
            Expr::Number(number) => drop(write!(self.out, "{number}")),
            Expr::Text(text) => self.text(text),
            Expr::List(items) => self.list(|json| {
                for item in items {
                    json.next();
                    json.expr(item, tokens);
                }
            }),
            Expr::Object(map) => self.object(|json| {
                for (key, value) in map.iter() {
                    json.key(key);
                    json.expr(value, tokens);
                }
            }),
            Expr::Token(token) => tokens.write(token, self),
        }
    }
}

/// Tokens outside of any stack: placeholders by node number.
struct Placeholders;

impl Tokens for Placeholders {
    fn write(&self, token: &Token, json: &mut Json) {
        match token {
            Token::Ref(node) | Token::LogicalId(node) => json.pair("Ref", &format!("node {}", node.index)),
            Token::Att(node, attribute) => json.pair("Fn::GetAtt", &format!("node {}.{attribute}", node.index)),
            Token::Pseudo(pseudo) => json.pair("Ref", pseudo.name()),
            Token::Call(function, argument) => json.object(|json| {
                json.key(function.name());
                json.expr(argument, self);
            }),
        }
    }
}

pub(crate) fn literal_text(expr: &Expr) -> String {
    let mut json = Json::compact();
    json.literal(expr);
    json.finish()
}

#[cfg(test)]
mod tests {
    use super::{Json, Placeholders};
    use crate::value::Expr;

    #[test]
    fn the_text_is_what_serde_json_writes() {
        let value = serde_json::json!({
            "a": [1, -2.5, true, "tab\t\"quote\" \u{1} é \\"], "b": {}, "c": [], "d": { "e": ["x"] }
        });
        let mut json = Json::pretty();
        json.expr(&Expr::from(value.clone()), &Placeholders);
        assert_eq!(json.finish(), serde_json::to_string_pretty(&value).unwrap_or_default() + "\n");
    }
}
