//! The journal on disk: lines are appended, and a line that was written is on disk.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ce_deploy::digest::sha256;
use ce_deploy::engine::Exit;
use ce_deploy::journal::{Journal, trimmed};

/// A journal of so many bytes is trimmed when a run ends well; some hundred runs make one.
const LONG: usize = 256 << 10;

/// The journal of an app. While it is open, no second run of the app opens it.
pub(crate) struct JournalFile {
    file: File,
    path: PathBuf,
    /// Locked as long as it is open. It is never replaced, as the journal is when it is trimmed.
    _lock: File,
}

/// The journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JournalError {
    #[error("another ce deploys this assembly from this machine; help: wait for it, or `ce status`")]
    Taken,
    #[error("cannot use the journal `{}`: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
}

impl JournalError {
    /// The exit code of a command that cannot go on.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Taken => Exit::Stale,
            Self::File { .. } => Exit::Unclassified,
        }
    }
}

impl JournalFile {
    /// Opens the journal of the assembly in a folder, and reads what earlier runs wrote.
    pub(crate) fn open(state: &Path, assembly: &Path) -> Result<(Self, Journal), JournalError> {
        let path = state.join(name(assembly));
        let failed = |source| JournalError::File { path: path.clone(), source };
        fs::create_dir_all(state).map_err(failed)?;
        let lock = File::options().create(true).append(true).open(path.with_extension("lock")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(JournalError::Taken),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        let file = File::options().create(true).append(true).open(&path).map_err(failed)?;
        let text = fs::read(&path).map_err(failed)?;
        let text = String::from_utf8_lossy(&text);
        let mut journal = Self { file, path: path.clone(), _lock: lock };
        if !text.is_empty() && !text.ends_with('\n') {
            // The last line is torn; the next must not be appended to it.
            journal.write(b"\n").map_err(failed)?;
        }
        Ok((journal, Journal::read(&text)))
    }

    /// What earlier runs wrote, for who only looks: nothing is locked, and another run may write meanwhile.
    pub(crate) fn look(state: &Path, assembly: &Path) -> Journal {
        let text = fs::read(state.join(name(assembly))).unwrap_or_default();
        Journal::read(&String::from_utf8_lossy(&text))
    }

    /// Appends a line, and returns when it is on disk.
    pub(crate) fn append(&mut self, line: &str) -> Result<(), JournalError> {
        let written = self.write(format!("{line}\n").as_bytes());
        written.map_err(|source| JournalError::File { path: self.path.clone(), source })
    }

    /// Takes out what is settled, where that makes a long journal short. Whatever happens meanwhile, the file is the old one
    /// or the new one, whole.
    pub(crate) fn trim(&mut self) -> io::Result<()> {
        let text = fs::read(&self.path)?;
        if text.len() < LONG {
            return Ok(());
        }
        let short = trimmed(&String::from_utf8_lossy(&text));
        if short.len() > text.len() / 2 {
            return Ok(());
        }
        let beside = self.path.with_extension("new");
        let mut new = File::create(&beside)?;
        new.write_all(short.as_bytes())?;
        new.sync_all()?;
        fs::rename(&beside, &self.path)?;
        self.file = File::options().append(true).open(&self.path)?;
        in_its_folder(&self.path)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.file.sync_data()
    }
}

/// Makes sure that the folder has the new file, before anything is written to it.
fn in_its_folder(path: &Path) -> io::Result<()> {
    match path.parent().filter(|_| cfg!(unix)) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// Where journals are kept if nothing else is said.
pub(crate) fn state_folder(given: Option<&Path>) -> PathBuf {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    match given {
        Some(folder) => folder.to_owned(),
        None => variable("XDG_STATE_HOME")
            .or_else(|| variable("HOME").map(|home| home.join(".local/state")))
            .map_or_else(|| PathBuf::from(".ce"), |state| state.join("ce")),
    }
}

/// A name that people recognize and that no two folders share.
fn name(assembly: &Path) -> String {
    let path = assembly.canonicalize().unwrap_or_else(|_| assembly.to_owned());
    let digest = sha256(path.to_string_lossy().as_bytes());
    let folder = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    format!("{folder}-{}.journal", &digest[..16])
}

#[cfg(test)]
mod tests {
    use ce_deploy::journal::Entry;

    use super::{JournalError, JournalFile};

    #[test]
    fn lines_are_read_back_and_a_torn_one_is_left_alone() {
        let folder = std::env::temp_dir().join(format!("ce-journal-{}", std::process::id()));
        let line = Entry::Began { command: "deploy".into(), assembly: "6b1f".into() }.line();
        {
            let (mut file, journal) = JournalFile::open(&folder, &folder).unwrap();
            assert!(journal.entries.is_empty());
            file.append(&line).unwrap();
            assert!(matches!(JournalFile::open(&folder, &folder), Err(JournalError::Taken)));
            file.write(&line.as_bytes()[..10]).unwrap();
        }
        let (mut file, journal) = JournalFile::open(&folder, &folder).unwrap();
        assert_eq!((journal.entries.len(), journal.damaged), (1, 1));
        file.append(&line).unwrap();
        drop(file);
        let (_, journal) = JournalFile::open(&folder, &folder).unwrap();
        assert_eq!((journal.entries.len(), journal.damaged), (2, 1));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_long_journal_is_trimmed_and_goes_on() {
        let folder = std::env::temp_dir().join(format!("ce-journal-long-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let began = Entry::Began { command: "deploy".into(), assembly: "6b1f".into() }.line();
        let token = ce_deploy::cloud::Token::of("plan", "shop", "execute", 1);
        let stack = ce_deploy::assembly::StackId::new("Shop");
        let open = Entry::Operation { stack, arn: "arn:1".into(), token: token.clone(), change_set: None }.line();
        let (mut file, _) = JournalFile::open(&folder, &folder).unwrap();
        let path = file.path.clone();
        file.trim().unwrap();
        // A run that was killed while it trimmed left half a file.
        std::fs::write(path.with_extension("new"), "half").unwrap();
        file.append(&open).unwrap();
        file.write((began.clone() + "\n").repeat(5_000).as_bytes()).unwrap();
        let whole = std::fs::metadata(&path).unwrap().len();
        file.trim().unwrap();
        assert!(std::fs::metadata(&path).unwrap().len() < whole / 100);
        assert!(matches!(JournalFile::open(&folder, &folder), Err(JournalError::Taken)), "it is still ours");
        file.append(&began).unwrap();
        drop(file);
        let (_, journal) = JournalFile::open(&folder, &folder).unwrap();
        assert_eq!((journal.entries.len(), journal.damaged), (3, 0));
        assert!(journal.open_operations().contains_key(&token));
        assert!(!path.with_extension("new").exists());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
