//! The text of an `Fn::Sub`, cut at what it names.

/// A piece of the text of an `Fn::Sub`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Piece<'a> {
    /// As it stands.
    Text(&'a str),
    /// `${!Name}`, which stands for `${Name}`: the name.
    Kept(&'a str),
    /// `${Name}` or `${Name.Attribute}`: what is between the braces.
    Name(&'a str),
}

/// Cuts `a-${Name}-${!Kept}`. What is not closed stands as it is.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, following)) = after.split_once('}') else { break };
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(name.strip_prefix('!').map_or_else(|| Piece::Name(name.trim()), Piece::Kept));
        rest = following;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    #[test]
    fn a_text_is_cut_at_what_it_names() {
        let cut = [
            Piece::Text("a-"),
            Piece::Name("Vpc.CidrBlock"),
            Piece::Text("-"),
            Piece::Kept("Kept"),
            Piece::Name("Name"),
            Piece::Text("${open"),
        ];
        assert_eq!(pieces("a-${Vpc.CidrBlock}-${!Kept}${ Name }${open"), cut);
        assert!(pieces("").is_empty());
    }
}
