//! Standard output, standard error and the file of events.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use anstream::{AutoStream, ColorChoice};
use ce_deploy::cloud::Secret;
use serde_json::{Value, json};

use super::hiding::Hiding;
use crate::arguments::{Color, Global};

/// The styles in use. None carries a meaning that the words do not.
pub(crate) mod style {
    use anstyle::{AnsiColor, Style};

    pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
    pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
    pub(crate) const CARE: Style = AnsiColor::Yellow.on_default();
    pub(crate) const BACK: Style = AnsiColor::Magenta.on_default();
    pub(crate) const DIM: Style = Style::new().dimmed();
    pub(crate) const STRONG: Style = Style::new().bold();
}

/// Where texts go to.
struct Sinks {
    results: Mutex<Box<dyn Write + Send>>,
    progress: Mutex<Box<dyn Write + Send>>,
}

impl Sinks {
    /// Those of the process.
    fn of_process(color: Color) -> Self {
        let choice = match color {
            Color::Auto => None,
            Color::Always => Some(ColorChoice::Always),
            Color::Never => Some(ColorChoice::Never),
        };
        let results = match choice {
            None => AutoStream::auto(io::stdout()),
            Some(choice) => AutoStream::new(io::stdout(), choice),
        };
        let progress = match choice {
            None => AutoStream::auto(io::stderr()),
            Some(choice) => AutoStream::new(io::stderr(), choice),
        };
        Self { results: Mutex::new(Box::new(results)), progress: Mutex::new(Box::new(progress)) }
    }
}

/// What people and programs see.
pub(crate) struct Screen {
    sinks: Sinks,
    events: Option<Mutex<File>>,
    seq: AtomicU64,
    hiding: Mutex<Hiding>,
    gone: AtomicBool,
    quiet: bool,
    verbose: u8,
    terminal: bool,
    obeys: bool,
}

impl Screen {
    /// The screen that the flags ask for.
    pub(crate) fn new(global: &Global) -> io::Result<Self> {
        let open = |path: &Path| File::options().create(true).append(true).open(path).map(Mutex::new);
        Ok(Self {
            sinks: Sinks::of_process(global.color),
            events: global.events.as_deref().map(open).transpose()?,
            seq: AtomicU64::new(0),
            hiding: Mutex::default(),
            gone: AtomicBool::new(false),
            quiet: global.quiet,
            verbose: global.verbose,
            obeys: match global.color {
                Color::Auto => AutoStream::choice(&io::stderr()) != ColorChoice::Never,
                Color::Always => true,
                Color::Never => false,
            },
            terminal: io::stderr().is_terminal() && io::stdin().is_terminal(),
        })
    }

    /// Whether somebody sits in front of it who can be asked.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Whether something can be drawn over: somebody sits in front of it, and it obeys what moves the cursor.
    pub(crate) fn can_draw(&self) -> bool {
        self.terminal && self.obeys
    }

    /// A result, with a line feed after it.
    pub(crate) fn result(&self, text: &str) {
        self.write(&self.sinks.results, text);
    }

    /// A result as JSON.
    pub(crate) fn json(&self, value: &Value) {
        self.result(&format!("{value:#}"));
    }

    /// Progress; not with `--quiet`.
    pub(crate) fn progress(&self, text: &str) {
        if !self.quiet {
            self.write(&self.sinks.progress, text);
        }
    }

    /// More than people usually want to know, from so many `-v` on.
    pub(crate) fn detail(&self, level: u8, text: &str) {
        if self.verbose >= level {
            self.write(&self.sinks.progress, text);
        }
    }

    /// Something that went wrong; always shown.
    pub(crate) fn failure(&self, text: &str) {
        self.write(&self.sinks.progress, text);
    }

    /// Draws on the terminal as it is, without a line feed.
    pub(super) fn draw(&self, text: &str) {
        if self.quiet || text.is_empty() {
            return;
        }
        if let Ok(mut sink) = self.sinks.progress.lock() {
            sink.write_all(text.as_bytes()).and_then(|()| sink.flush()).ok();
        }
    }

    /// An event for programs.
    pub(crate) fn event(&self, kind: &str, at: u64, facts: Value) {
        let Some(file) = &self.events else { return };
        let mut event =
            json!({ "version": 1, "seq": self.seq.fetch_add(1, Ordering::Relaxed) + 1, "at": at, "event": kind });
        if let (Some(event), Value::Object(facts)) = (event.as_object_mut(), facts) {
            event.extend(facts);
        }
        let line = format!("{event}\n");
        if let Ok(mut file) = file.lock() {
            file.write_all(line.as_bytes()).ok();
        }
    }

    /// From now on this value shows in no text of others.
    pub(crate) fn hide(&self, secret: &Secret) {
        if let Ok(mut hiding) = self.hiding.lock() {
            hiding.add(secret);
        }
    }

    /// A text that somebody else wrote, without secrets and made harmless.
    pub(crate) fn foreign(&self, text: &str) -> String {
        self.hiding.lock().map(|hiding| hiding.shown(text)).unwrap_or_default()
    }

    /// Whether who read the results has gone.
    pub(crate) fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }

    fn write(&self, sink: &Mutex<Box<dyn Write + Send>>, text: &str) {
        let Ok(mut sink) = sink.lock() else { return };
        let written = writeln!(sink, "{text}").and_then(|()| sink.flush());
        // A reader that closed the pipe has seen what it wanted; the work goes on.
        if written.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe) {
            self.gone.store(true, Ordering::Relaxed);
        }
    }
}
