//! Bytes as an HTTP request: `METHOD PATH`, headers, an empty line, a body.

use ce_deploy::wire::Request;

/// Reads a request; where nobody signed, somebody did.
pub(crate) fn request(data: &[u8]) -> Request {
    const END: &[u8] = b"\n\n";
    let end = data.windows(END.len()).position(|window| window == END);
    let (head, body) = end.map_or((data, &[][..]), |at| (&data[..at], &data[at + END.len()..]));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let (method, target) = lines.next().unwrap_or_default().split_once(' ').unwrap_or(("POST", "/"));
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = lines.filter_map(|line| line.split_once(": "));
    let request = Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        body: body.to_vec(),
    };
    match request.value_of("authorization") {
        Some(_) => request,
        None => request.header("authorization", signature("cloudformation")),
    }
}

/// The signature of a caller of one account.
pub(crate) fn signature(service: &str) -> String {
    format!("AWS4-HMAC-SHA256 Credential=111111111111/20260101/eu-west-1/{service}/aws4_request")
}
