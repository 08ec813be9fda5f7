//! Digests over the files that are published.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::folder::Folder;
use super::{AssemblyError, Source};
use crate::digest::hexadecimal;

/// The largest file that is published, in bytes: what S3 takes in one request.
/// Source: S3 user guide, "Uploading objects".
const FILE_BYTES: u64 = 5 << 30;

/// How many files and folders an asset may have.
const ENTRIES: usize = 200_000;

/// How deep an asset's folders may be nested.
const DEPTH: usize = 100;

/// The digest of what an asset holds, and its bytes. Every file is looked at: none may lead out of the assembly.
pub(super) fn digest(folder: &Folder, source: &Source) -> Result<(String, u64), AssemblyError> {
    let path = match source {
        Source::File { path, .. } => path,
        Source::Docker(image) => &image.folder,
        Source::Program { .. } => return Ok((String::new(), 0)),
    };
    if path.is_file() {
        return file(folder, path);
    }
    let mut listing = Listing { folder, hash: Sha256::new(), bytes: 0, entries: 0 };
    listing.add(path, "", 0)?;
    Ok((hexadecimal(&listing.hash.finalize()), listing.bytes))
}

fn file(folder: &Folder, path: &Path) -> Result<(String, u64), AssemblyError> {
    let failed = |source: io::Error| AssemblyError::File { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    let bytes = file.metadata().map_err(failed)?.len();
    if bytes > FILE_BYTES {
        return Err(AssemblyError::TooLarge { path: folder.name_of(path), bytes, limit: FILE_BYTES });
    }
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            return Ok((hexadecimal(&hash.finalize()), bytes));
        }
        hash.update(&buffer[..read]);
    }
}

/// A folder, as a list of names and digests.
struct Listing<'a> {
    folder: &'a Folder,
    hash: Sha256,
    bytes: u64,
    entries: usize,
}

impl Listing<'_> {
    fn add(&mut self, path: &Path, name: &str, depth: usize) -> Result<(), AssemblyError> {
        let failed = |source| AssemblyError::File { path: path.to_owned(), source };
        let limit = ENTRIES as u64;
        self.entries += 1;
        if self.entries > ENTRIES || depth > DEPTH {
            let (path, bytes) = (self.folder.name_of(path), self.entries as u64);
            return Err(AssemblyError::TooLarge { path, bytes, limit });
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(path).map_err(failed)? {
            names.push(entry.map_err(failed)?.file_name());
        }
        names.sort();
        for entry in names {
            let name = format!("{name}/{}", entry.to_string_lossy());
            let real = self.folder.confine(&path.join(&entry), &name)?;
            if real.is_dir() {
                self.add(&real, &name, depth + 1)?;
                continue;
            }
            let (digest, bytes) = file(self.folder, &real)?;
            self.bytes += bytes;
            self.hash.update(format!("{}:{name}:{digest}\n", name.len()));
        }
        Ok(())
    }
}
