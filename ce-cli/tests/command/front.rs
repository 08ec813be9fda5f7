//! A server in front of the simulated cloud: it answers what the cloud does not know, and hands on the rest.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

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
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, kept, behind) = (Arc::clone(&answer), Arc::clone(&kept), behind.clone());
                std::thread::spawn(move || serve(stream, &behind, &kept, &*answer));
            }
        });
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

/// One request a connection.
fn serve(
    mut stream: TcpStream,
    behind: &str,
    kept: &Mutex<Vec<Asked>>,
    answer: &dyn Fn(&Asked) -> Option<Answer>,
) -> Option<()> {
    let (head, body) = read(&stream)?;
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

fn read(stream: &TcpStream) -> Option<(String, Vec<u8>)> {
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
