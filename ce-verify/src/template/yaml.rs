//! YAML as JSON: workflows, and what else a repository configures itself with.
//!
//! The core schema of YAML 1.2 holds: `on` is a text, `true` is a truth value, `5` is a number.
//!
//! It does not read aliases, tags of one's own, or hexadecimal and octal numbers, which stay texts.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, StrInput};
use thiserror::Error;

use crate::template::json::Json;

/// Why a text can't be read as YAML.
#[derive(Debug, Error)]
pub(crate) enum YamlError {
    #[error(transparent)]
    Scan(#[from] ScanError),
    #[error("it has an alias, help: write the value out")]
    Alias,
    #[error("it is nested more than {DEEPEST} levels deep")]
    Deep,
    #[error("it has the key `{0}` twice")]
    Twice(String),
    #[error("a key of it is no text")]
    Key,
}

/// Deeper than any file that people write.
const DEEPEST: usize = 100;

/// Reads the first document of a text; an empty text is `null`.
pub(crate) fn parse(text: &str) -> Result<Json, YamlError> {
    let mut reader = Reader { events: Parser::new_from_str(text), depth: 0 };
    while let Some(event) = reader.next()? {
        if let Some(value) = reader.value(event)? {
            return Ok(value);
        }
    }
    Ok(Json::Null)
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Option<Event<'a>>, YamlError> {
        Ok(self.events.next().transpose()?.map(|(event, _)| event))
    }

    /// The value that an event begins; none for the end of what is around it, and for what frames documents.
    fn value(&mut self, event: Event<'a>) -> Result<Option<Json>, YamlError> {
        match event {
            Event::Scalar(text, style, _, tag) => {
                let is_text = style != ScalarStyle::Plain || tag.is_some_and(|tag| tag.suffix == "str");
                Ok(Some(if is_text { Json::Text(text.into_owned()) } else { plain(&text) }))
            }
            Event::SequenceStart(..) => self.deeper(Self::list).map(Some),
            Event::MappingStart(..) => self.deeper(Self::table).map(Some),
            Event::Alias(_) => Err(YamlError::Alias),
            _ => Ok(None),
        }
    }

    fn deeper(&mut self, read: fn(&mut Self) -> Result<Json, YamlError>) -> Result<Json, YamlError> {
        if self.depth == DEEPEST {
            return Err(YamlError::Deep);
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Result<Json, YamlError> {
        let mut elements = Vec::new();
        while let Some(event) = self.next()? {
            match self.value(event)? {
                Some(element) => elements.push(element),
                None => break,
            }
        }
        Ok(Json::List(elements))
    }

    fn table(&mut self) -> Result<Json, YamlError> {
        let mut members: Vec<(String, Json)> = Vec::new();
        while let Some(event) = self.next()? {
            let key = match event {
                Event::Scalar(key, ..) => key.into_owned(),
                Event::MappingEnd => break,
                _ => return Err(YamlError::Key),
            };
            if members.iter().any(|(known, _)| *known == key) {
                return Err(YamlError::Twice(key));
            }
            let event = self.next()?.unwrap_or(Event::Nothing);
            members.push((key, self.value(event)?.unwrap_or(Json::Null)));
        }
        Ok(Json::Table(members))
    }
}

/// An unquoted scalar. What is left out is an empty text: the key before it is there, as in `workflow_dispatch:`.
fn plain(text: &str) -> Json {
    match text {
        "~" | "null" | "Null" | "NULL" => Json::Null,
        "true" | "True" | "TRUE" => Json::Bool(true),
        "false" | "False" | "FALSE" => Json::Bool(false),
        _ => number(text).unwrap_or_else(|| Json::Text(text.to_owned())),
    }
}

fn number(text: &str) -> Option<Json> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    if let Ok(number) = digits.parse::<i64>() {
        return Some(Json::Number(number.into()));
    }
    // Only digits and what stands between them: Rust would also read `inf` and `nan`.
    let written = digits.chars().all(|sign| sign.is_ascii_digit() || ".-+eE".contains(sign));
    digits.parse::<f64>().ok().filter(|_| written).map(Json::float)
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn json(text: &str) -> String {
        parse(text).map_or_else(|error| error.to_string(), |json| json.to_string())
    }

    #[test]
    fn workflows_read_as_their_author_meant() {
        assert_eq!(json(""), "null");
        assert_eq!(json("on:\n  push:\n    branches: [main]\n"), r#"{"on":{"push":{"branches":["main"]}}}"#);
        assert_eq!(json("on: { workflow_dispatch: }\n"), r#"{"on":{"workflow_dispatch":""}}"#);
        assert_eq!(json("a: 5\nb: '5'\nc: 1.5\nd: true\ne: 1.2.3\nf: +1\ng: inf\nh: x-\n"), {
            r#"{"a":5,"b":"5","c":1.5,"d":true,"e":"1.2.3","f":1,"g":"inf","h":"x-"}"#
        });
        assert_eq!(json("- run: |\n    one\n    two\n- !!str 5\n"), r#"[{"run":"one\ntwo\n"},"5"]"#);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (text, part) in [
            ("a: [", "while parsing"),
            ("a: &x 1\nb: *x\n", "alias"),
            ("a: 1\na: 2\n", "`a` twice"),
            ("? [1]\n: 2\n", "no text"),
            (&"[".repeat(101), "levels deep"),
        ] {
            assert!(json(text).contains(part), "{text}: {}", json(text));
        }
    }
}
