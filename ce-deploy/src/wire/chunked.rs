//! Bodies that an SDK sends in signed chunks (`content-encoding: aws-chunked`).

/// Takes the chunks apart: `SIZE[;chunk-signature=…]\r\nBYTES\r\n`, ended by one of size 0 and trailers. None if the body
/// has another form. Source: S3 API reference, "Signature calculations: transferring payload in multiple chunks".
pub(super) fn unchunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let end = body.windows(2).position(|pair| pair == b"\r\n")?;
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        let rest = &body[end + 2..];
        whole.extend_from_slice(rest.get(..size)?);
        body = rest[size..].strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::unchunk;

    #[test]
    fn chunks_are_put_together() {
        let body = b"4;chunk-signature=aa\r\nabcd\r\n2\r\n\r\n\r\n0\r\nx-amz-checksum-crc32:AA==\r\n\r\n";
        assert_eq!(unchunk(body).as_deref(), Some(&b"abcd\r\n"[..]));
    }

    #[test]
    fn other_bodies_are_refused() {
        for body in [&b""[..], b"ffffffffffffffff\r\nab", b"zz\r\n", b"4\r\nabc", b"2\r\nabXX0\r\n"] {
            assert_eq!(unchunk(body), None);
        }
    }
}
