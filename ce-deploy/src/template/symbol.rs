//! Names for values that are not known yet.
//!
//! A symbol is a name between two marks that no template can write, inside an ordinary text: `inbox-⟦Stage⟧-queue`. So
//! a text can be partly known, and be compared as a text.

/// Begins a symbol.
const OPEN: char = '\u{f0000}';
/// Ends a symbol.
const CLOSE: char = '\u{f0001}';

/// The symbol of a name.
pub fn symbol(name: &str) -> String {
    format!("{OPEN}{}{CLOSE}", clean(name))
}

/// A text that comes from a template, without what could pass for a symbol.
pub fn clean(text: &str) -> String {
    if text.contains([OPEN, CLOSE]) { text.replace([OPEN, CLOSE], "\u{fffd}") } else { text.to_owned() }
}

/// Whether a text has a symbol in it.
pub fn is_in(text: &str) -> bool {
    text.contains(OPEN)
}

/// Whether a character begins a symbol.
pub(crate) fn opens(letter: char) -> bool {
    letter == OPEN
}

/// How many bytes the symbol of a name has.
pub(crate) fn length(name: &str) -> usize {
    OPEN.len_utf8() + name.len() + CLOSE.len_utf8()
}

/// The names of the symbols in a text.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(OPEN).skip(1).filter_map(|rest| rest.split(CLOSE).next())
}

/// A text with symbols replaced by what `value` has for their names; none if it has nothing for any.
pub(crate) fn replaced<'a>(text: &str, mut value: impl FnMut(&str) -> Option<&'a str>) -> Option<String> {
    let (before, mut rest) = text.split_once(OPEN)?;
    let mut result = before.to_owned();
    let mut any = false;
    loop {
        let (name, after) = rest.split_once(CLOSE)?;
        match value(name) {
            Some(value) => {
                any = true;
                result.push_str(value);
            }
            None => result.push_str(&symbol(name)),
        }
        let Some((plain, following)) = after.split_once(OPEN) else {
            result.push_str(after);
            return any.then_some(result);
        };
        result.push_str(plain);
        rest = following;
    }
}

/// A text as people can read it: `${Stage}` for a symbol.
pub fn shown(text: &str) -> String {
    text.replace(OPEN, "${").replace(CLOSE, "}")
}

#[cfg(test)]
mod tests {
    use super::{clean, is_in, names, replaced, shown, symbol};

    #[test]
    fn symbols_can_be_replaced_one_by_one() {
        let text = format!("a-{}-b-{}", symbol("X"), symbol("Y"));
        let value = |name: &str| (name == "Y").then_some("y");
        assert_eq!(replaced(&text, value), Some(format!("a-{}-b-y", symbol("X"))));
        assert_eq!(replaced(&text, |_| None), None);
        assert_eq!(replaced("plain", |_| Some("y")), None);
    }

    #[test]
    fn a_template_cannot_write_a_symbol() {
        let text = format!("a-{}-b{}", symbol("X"), symbol("Y.Arn"));
        assert_eq!(names(&text).collect::<Vec<_>>(), ["X", "Y.Arn"]);
        assert_eq!(shown(&text), "a-${X}-b${Y.Arn}");
        assert!(!is_in(&clean(&text)));
    }
}
