//! An input of two parts.

/// What stands between two parts.
pub(super) const BORDER: &[u8] = b"\n--\n";

/// What is before and after the first border; the same twice where there is none.
pub(super) fn halves(data: &[u8]) -> (&[u8], &[u8]) {
    first(data).unwrap_or((data, data))
}

/// What is before and after the first border.
pub(super) fn first(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = data.windows(BORDER.len()).position(|window| window == BORDER)?;
    Some((&data[..at], &data[at + BORDER.len()..]))
}
