//! The file that is sent for an asset.

use std::io;
use std::path::{Path, PathBuf};

use ce_deploy::assembly::{Asset, Packaging, Source};
use ce_deploy::engine::Packed;
use sha2::{Digest, Sha256};

use super::archive;

/// Makes the file that is sent for an asset; archives go to a folder of ours.
pub(super) async fn pack(asset: Asset, state: PathBuf) -> Result<Packed, String> {
    let name = asset.name.clone();
    let packed =
        tokio::task::spawn_blocking(move || file_of(&asset, &state)).await.map_err(|error| error.to_string())?;
    packed.map_err(|error| format!("cannot read the asset `{name}`: {error}"))
}

fn file_of(asset: &Asset, state: &Path) -> io::Result<Packed> {
    let Source::File { path, packaging } = &asset.source else {
        return Err(io::Error::other("it is an image"));
    };
    let (file, content_type) = match packaging {
        Packaging::File => (path.clone(), media_type(path)),
        Packaging::Zip => (archived(asset, path, state)?, Some("application/zip")),
    };
    let sha256 = digest(&file)?;
    Ok(Packed { file, sha256, content_type: content_type.map(str::to_owned) })
}

/// A fresh archive each time: what lies there may be from a run that was killed.
fn archived(asset: &Asset, folder: &Path, state: &Path) -> io::Result<PathBuf> {
    let archives = state.join("archives");
    std::fs::create_dir_all(&archives)?;
    let id = ce_deploy::digest::sha256(asset.id.as_str());
    let file = archives.join(format!("{}-{}.zip", &id[..32], std::process::id()));
    archive::pack(folder, &file)?;
    Ok(file)
}

fn media_type(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_str()? {
        "json" => Some("application/json"),
        "zip" => Some("application/zip"),
        "html" => Some("text/html"),
        _ => None,
    }
}

fn digest(file: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    io::copy(&mut std::fs::File::open(file)?, &mut hasher)?;
    Ok(format!("{:x}", hasher.finalize()))
}
