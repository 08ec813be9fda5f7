//! A simulated cloud on a socket of this machine.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use ce_deploy::wire::{Reply, Request, Response};
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::cloud::Cloud;
use super::tally::Tally;

/// The largest body that is read, in bytes. An asset may be larger than a template, but not by any amount.
const LARGEST: usize = 512 * 1024 * 1024;
/// Where the count of requests is read, as JSON.
const TALLY: &str = "/_ce/tally";

/// A server of a simulated cloud. It ends when it is dropped.
pub struct Server {
    address: SocketAddr,
    cloud: Arc<Mutex<Cloud>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Listens on a port of `127.0.0.1`, never on another address; port 0 is any that is free.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start(cloud: Cloud, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let cloud = Arc::new(Mutex::new(cloud));
        let task = tokio::spawn(accept(listener, cloud.clone()));
        Ok(Self { address, cloud, task })
    }

    /// The URL to give a client.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it was asked so far.
    pub fn tally(&self) -> Tally {
        self.cloud.lock().unwrap_or_else(PoisonError::into_inner).tally().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, cloud: Arc<Mutex<Cloud>>) {
    loop {
        // A connection that could not be taken is the client's loss; the next may do.
        let Ok((stream, _)) = listener.accept().await else { continue };
        tokio::spawn(serve(stream, cloud.clone()));
    }
}

async fn serve(stream: TcpStream, cloud: Arc<Mutex<Cloud>>) {
    stream.set_nodelay(true).ok();
    let service = service_fn(move |request| answer(request, cloud.clone()));
    // An error here is a connection that ended early: that is what some faults are.
    hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.ok();
}

/// The connection is to be closed without an answer.
#[derive(Debug)]
struct Closed;

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("closed by a simulated fault")
    }
}

impl std::error::Error for Closed {}

async fn answer(request: hyper::Request<Incoming>, cloud: Arc<Mutex<Cloud>>) -> Result<hyper::Response<Sent>, Closed> {
    let request = read(request).await.ok_or(Closed)?;
    let mut cloud = cloud.lock().unwrap_or_else(PoisonError::into_inner);
    let reply = match request.path.as_str() {
        TALLY => Reply::Whole(tally(cloud.tally())),
        _ => cloud.answer(&request),
    };
    match reply {
        Reply::Whole(response) => Ok(sent(response, false)),
        Reply::Broken(response) => Ok(sent(response, true)),
        Reply::Nothing => Err(Closed),
    }
}

async fn read(request: hyper::Request<Incoming>) -> Option<Request> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, LARGEST).collect().await.ok()?.to_bytes().to_vec();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Some(Request {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect(),
        body,
    })
}

fn tally(tally: &Tally) -> Response {
    Response::of(200, "application/json", serde_json::to_vec(tally).unwrap_or_default())
}

fn sent(response: Response, breaks: bool) -> hyper::Response<Sent> {
    let whole = response.body.len() as u64;
    let kept = if breaks { response.body.len() / 2 } else { response.body.len() };
    let body = Sent { left: Some(Bytes::from(response.body).slice(..kept)), announced: whole };
    let mut built = hyper::Response::builder().status(response.status);
    for (name, value) in &response.headers {
        built = built.header(name, value);
    }
    // Only what the wire wrote itself can be refused here, and that is covered by its tests.
    built.body(body).unwrap_or_else(|_| hyper::Response::new(Sent { left: None, announced: 0 }))
}

/// A body that may be shorter than it was announced: hyper then closes the connection in its middle.
struct Sent {
    left: Option<Bytes>,
    announced: u64,
}

impl Body for Sent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.left.take().filter(|bytes| !bytes.is_empty()).map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.announced == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}
