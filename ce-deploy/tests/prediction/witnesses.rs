//! What others say that the change of a property does; `cargo xtask prediction` collects it.

use std::io::Read;

use flate2::read::GzDecoder;

const WITNESSES: &[u8] = include_bytes!("witnesses.txt.gz");

/// A property of a type, and what is said of its change.
pub(crate) struct Witness {
    pub(crate) type_name: String,
    /// Steps with a slash between, lists left out.
    pub(crate) path: String,
    /// The specification: `M`utable, `C`onditional, `I`mmutable.
    pub(crate) specification: char,
    /// The user guide: `N`o interruption, `S`ome, `R`eplacement, `U`pdates are not supported, `-` nothing.
    pub(crate) guide: char,
    /// The registry schema of the day of the specification: `M`, `C`, `I`, or `-` without a schema.
    pub(crate) then: char,
}

/// All of them, by type.
pub(crate) fn all() -> Vec<Witness> {
    let mut text = String::new();
    GzDecoder::new(WITNESSES).read_to_string(&mut text).expect("the witnesses are text");
    let mut type_name = "";
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some(property) = line.strip_prefix(' ') else {
            type_name = line;
            continue;
        };
        let (path, letters) = property.rsplit_once(' ').expect("a path and letters");
        let [specification, guide, then] = letters.chars().collect::<Vec<_>>()[..] else { panic!("three: {line}") };
        found.push(Witness { type_name: type_name.to_owned(), path: path.to_owned(), specification, guide, then });
    }
    found
}
