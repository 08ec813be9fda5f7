//! A folder as a ZIP archive; the same files give the same bytes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs a folder. Names are in order, and nothing tells when or by whom it was made.
pub(super) fn pack(folder: &Path, to: &Path) -> io::Result<()> {
    let mut archive = ZipWriter::new(BufWriter::new(File::create(to)?));
    for file in files(folder)? {
        let name = file.strip_prefix(folder).map_err(io::Error::other)?;
        let name: Vec<_> = name.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(permissions(&file)?)
            .large_file(fs::metadata(&file)?.len() > u64::from(u32::MAX));
        archive.start_file(name.join("/"), options).map_err(io::Error::other)?;
        io::copy(&mut File::open(&file)?, &mut archive)?;
    }
    archive.finish().map_err(io::Error::other)?.flush()
}

/// Every file of a folder, in order. What links lead to was judged when the assembly was read.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Whether it can be run is kept, who may read it is not: Lambda reads its code as another user.
fn permissions(file: &Path) -> io::Result<u32> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Ok(if fs::metadata(file)?.permissions().mode() & 0o111 == 0 { 0o644 } else { 0o755 })
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        Ok(0o755)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::pack;

    #[test]
    fn the_same_files_give_the_same_bytes() {
        let base = std::env::temp_dir().join(format!("ce-archive-{}", std::process::id()));
        for (folder, order) in [("a", ["x/one", "two"]), ("b", ["two", "x/one"])] {
            for name in order {
                let path = base.join(folder).join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, name).unwrap();
            }
            pack(&base.join(folder), &base.join(format!("{folder}.zip"))).unwrap();
        }
        let (a, b) = (fs::read(base.join("a.zip")).unwrap(), fs::read(base.join("b.zip")).unwrap());
        assert!(a == b && a.starts_with(b"PK"));
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(a)).unwrap();
        assert_eq!(archive.by_index(1).unwrap().name().unwrap(), "x/one");
        assert_eq!(archive.by_index(0).unwrap().unix_mode().map(|mode| mode & 0o777), Some(0o644));
        fs::remove_dir_all(&base).unwrap();
    }
}
