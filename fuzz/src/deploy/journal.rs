//! Any bytes as a journal: torn, mixed up, of another version.

use ce_deploy::journal::{Entry, Journal, trimmed};

/// A journal is read as far as its lines are whole; each is written as it was read. Trimmed, it tells the same.
pub fn journal(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let journal = Journal::read(&text);
    let short = Journal::read(&trimmed(&text));
    assert_eq!(short.open_operations(), journal.open_operations());
    assert_eq!(short.leftovers(), journal.leftovers());
    for line in text.lines() {
        if let Some(entry) = Entry::read(line) {
            assert_eq!(Entry::read(&entry.line()), Some(entry));
        }
    }
}
