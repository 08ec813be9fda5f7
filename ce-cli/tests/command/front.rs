//! A server in front of the simulated cloud: it answers what the cloud does not know, and hands on the rest.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What was asked: the first line and the headers, and the body.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) head: String,
    pub(crate) body: String,
}

/// An answer: status, type and body.
pub(crate) type Answer = (u16, &'static str, String);

/// A server that is there as long as the process.
pub(crate) struct Front {
    url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Front {
    /// Answers with what `answer` gives; what it gives nothing for goes to the server at `behind`.
    pub(crate) fn of(behind: &str, answer: impl Fn(&Asked) -> Option<Answer> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, kept, behind) = (Arc::new(answer), Arc::clone(&asked), behind.replace("http://", ""));
        each(listener, move |stream| serve(stream, &behind, &kept, &*answer));
        Self { url, asked }
    }

    /// Speaks TLS, and hands everything on.
    pub(crate) fn over_tls(behind: &str, config: ServerConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("https://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (kept, behind, config) = (Arc::clone(&asked), behind.replace("http://", ""), Arc::new(config));
        each(listener, move |stream| {
            let connection = ServerConnection::new(Arc::clone(&config)).ok()?;
            serve(StreamOwned::new(connection, stream), &behind, &kept, &|_| None)
        });
        Self { url, asked }
    }

    /// A proxy: connects to what it is asked for, and hands on what is said.
    pub(crate) fn proxy() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        each(listener, move |stream| pass(stream, &kept));
        Self { url, asked }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Everything that was asked, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no panic").clone()
    }
}

/// A thread for each connection.
fn each(listener: TcpListener, serve: impl Fn(TcpStream) -> Option<()> + Send + Sync + 'static) {
    let serve = Arc::new(serve);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = Arc::clone(&serve);
            std::thread::spawn(move || serve(stream));
        }
    });
}

/// `CONNECT` opens a way that nothing of is understood; `POST http://…` is sent on.
fn pass(mut stream: TcpStream, kept: &Mutex<Vec<Asked>>) -> Option<()> {
    let (head, body) = read(&mut stream)?;
    kept.lock().ok()?.push(Asked { head: head.clone(), body: String::from_utf8_lossy(&body).into_owned() });
    let asked = head.split(' ').nth(1)?;
    let Some(rest) = asked.strip_prefix("http://") else {
        let mut there = TcpStream::connect(asked).ok()?;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
        let (mut from, mut to) = (stream.try_clone().ok()?, there.try_clone().ok()?);
        std::thread::spawn(move || std::io::copy(&mut from, &mut to));
        std::io::copy(&mut there, &mut stream).ok()?;
        return Some(());
    };
    let (host, path) = rest.split_once('/')?;
    let mut there = TcpStream::connect(host).ok()?;
    let head = head.replacen(asked, &format!("/{path}"), 1);
    write!(there, "{head}connection: close\r\n\r\n").ok()?;
    there.write_all(&body).ok()?;
    std::io::copy(&mut there, &mut stream).ok()?;
    Some(())
}

/// One request a connection.
fn serve<S: Read + Write>(
    mut stream: S,
    behind: &str,
    kept: &Mutex<Vec<Asked>>,
    answer: &dyn Fn(&Asked) -> Option<Answer>,
) -> Option<()> {
    let (head, body) = read(&mut stream)?;
    let asked = Asked { head: head.clone(), body: String::from_utf8_lossy(&body).into_owned() };
    kept.lock().ok()?.push(asked.clone());
    if let Some((status, kind, text)) = answer(&asked) {
        let length = text.len();
        let head = "connection: close\r\ncontent-type";
        return write!(stream, "HTTP/1.1 {status} x\r\n{head}: {kind}\r\ncontent-length: {length}\r\n\r\n{text}").ok();
    }
    let mut cloud = TcpStream::connect(behind).ok()?;
    write!(cloud, "{head}connection: close\r\n\r\n").ok()?;
    cloud.write_all(&body).ok()?;
    std::io::copy(&mut cloud, &mut stream).ok()?;
    Some(())
}

fn read(stream: &mut impl Read) -> Option<(String, Vec<u8>)> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if line == "\r\n" {
            break;
        }
        if !line.to_ascii_lowercase().starts_with("connection:") {
            head += &line;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((head, body))
}
