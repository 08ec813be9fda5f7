//! Texts with wildcards: which covers which, and which have something in common.

use crate::template::symbol;

/// A text longer than this is compared as it is, without its wildcards: no policy that IAM takes has one.
const LENGTH: usize = 4_096;

/// A text of a policy, cut into what it matches.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Wildcard {
    text: String,
    parts: Vec<Part>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Part {
    /// This letter.
    Letter(char),
    /// A value that is known later, of any length: a resource's ARN, a policy variable.
    Unknown(String),
    /// `?`
    One,
    /// `*`
    Any,
}

impl Wildcard {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), parts: parts(text) }
    }

    /// For actions and keys, which do not know case.
    pub(super) fn caseless(text: &str) -> Self {
        // The names of symbols keep theirs.
        if symbol::is_in(text) { Self::new(text) } else { Self::new(&text.to_ascii_lowercase()) }
    }

    /// A text without wildcards.
    pub(super) fn literal(text: &str) -> Self {
        let parts = parts(text).into_iter().map(|part| match part {
            Part::One => Part::Letter('?'),
            Part::Any => Part::Letter('*'),
            other => other,
        });
        Self { text: text.to_owned(), parts: parts.collect() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_all(&self) -> bool {
        !self.parts.is_empty() && self.parts.iter().all(|part| *part == Part::Any)
    }

    /// Whether every text that the other matches is matched.
    pub(super) fn covers(&self, other: &Self) -> bool {
        if self.text.len().max(other.text.len()) > LENGTH {
            return self.parts == other.parts || self.is_all();
        }
        if !self.parts.iter().any(|part| matches!(part, Part::One | Part::Any)) {
            return self.parts == other.parts;
        }
        let step = |general: &Part, specific: &Part| match general {
            Part::One => matches!(specific, Part::Letter(_) | Part::One),
            general => general == specific,
        };
        run(&self.parts, &other.parts, step, false)
    }

    /// Whether some text may be matched by both.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        if self.text.len().max(other.text.len()) > LENGTH {
            return true;
        }
        let step = |left: &Part, right: &Part| match (left, right) {
            (Part::One, _) | (_, Part::One) => true,
            (left, right) => left == right,
        };
        run(&self.parts, &other.parts, step, true)
    }
}

/// Walks both along. A part of any length on the left takes any number of parts of the right; with `both`, the other way
/// round as well, and what is unknown is of any length too.
fn run(left: &[Part], right: &[Part], step: impl Fn(&Part, &Part) -> bool, both: bool) -> bool {
    let any = |part: &Part| *part == Part::Any || (both && matches!(part, Part::Unknown(_)));
    // `reached[j]`: the left so far and the first `j` of the right fit.
    let mut reached = vec![false; right.len() + 1];
    reached[0] = true;
    if both {
        skip(&mut reached, right, &any);
    }
    for part in left {
        let mut next = vec![false; right.len() + 1];
        for at in 0..=right.len() {
            if !reached[at] {
                continue;
            }
            if any(part) {
                next[at..].fill(true);
                break;
            }
            if at < right.len() {
                next[at + 1] |= step(part, &right[at]);
                // The right takes this part of the left, and goes on taking.
                next[at] |= both && any(&right[at]);
            }
        }
        if both {
            skip(&mut next, right, &any);
        }
        reached = next;
    }
    reached[right.len()]
}

/// What may be of any length may be of none.
fn skip(reached: &mut [bool], right: &[Part], any: &dyn Fn(&Part) -> bool) {
    for at in 0..right.len() {
        if reached[at] && any(&right[at]) {
            reached[at + 1] = true;
        }
    }
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if symbol::opens(letter) {
            let name = symbol::names(rest).next().unwrap_or_default();
            rest = &rest[symbol::length(name).min(rest.len())..];
            parts.push(Part::Unknown(name.to_owned()));
            continue;
        }
        if let Some((variable, after)) = rest.strip_prefix("${").and_then(|rest| rest.split_once('}')) {
            // `${*}`, `${?}` and `${$}` are the letters themselves. Source: IAM user guide, "Policy variables".
            let mut letters = variable.chars();
            match (letters.next(), letters.next()) {
                (Some(letter @ ('*' | '?' | '$')), None) => parts.push(Part::Letter(letter)),
                _ => parts.push(Part::Unknown(format!("${{{variable}}}"))),
            }
            rest = after;
            continue;
        }
        parts.push(match letter {
            '*' => Part::Any,
            '?' => Part::One,
            letter => Part::Letter(letter),
        });
        rest = &rest[letter.len_utf8()..];
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::Wildcard;
    use crate::template::symbol::symbol;

    fn covers(general: &str, specific: &str) -> bool {
        Wildcard::new(general).covers(&Wildcard::new(specific))
    }

    fn overlaps(a: &str, b: &str) -> bool {
        let (a, b) = (Wildcard::new(a), Wildcard::new(b));
        assert_eq!(a.overlaps(&b), b.overlaps(&a));
        a.overlaps(&b)
    }

    #[test]
    fn the_general_covers_the_specific() {
        assert!(covers("*", "s3:*"));
        assert!(covers("s3:Get*", "s3:GetObject"));
        assert!(covers("s3:*Object*", "s3:Get*Object"));
        assert!(covers("a?c*", "abc"));
        assert!(!covers("s3:GetObject", "s3:Get*"));
        assert!(!covers("s3:Get*", "s3:*"));
        assert!(!covers("a?c", "a*c"));
        assert!(covers("", "") && !covers("", "a") && !covers("a", ""));
    }

    #[test]
    fn a_value_that_is_unknown_is_only_itself() {
        let arn = symbol("Bucket.Arn");
        assert!(covers(&format!("{arn}/*"), &format!("{arn}/a/*")));
        assert!(covers("*", &arn) && covers(&arn, &arn));
        assert!(!covers("??????????", &arn) && !covers(&arn, &symbol("Other.Arn")) && !covers(&arn, "*"));
        assert!(covers("home/${aws:username}/*", "home/${aws:username}/a"));
        assert!(!covers("home/${aws:username}", "home/alice"));
        assert!(!covers("${*}", "abc"), "an escaped wildcard is a letter");
    }

    #[test]
    fn texts_overlap_if_something_may_match_both() {
        assert!(overlaps("a*", "*b") && overlaps("a?c", "abc") && overlaps("*", ""));
        assert!(!overlaps("a*", "b*") && !overlaps("iam:*", "s3:*") && !overlaps("abc", "ab"));
        assert!(overlaps(&symbol("X"), "abc") && overlaps(&format!("a-{}", symbol("X")), "a-b"));
        assert!(!overlaps(&format!("a-{}", symbol("X")), "b-*"));
    }
}
