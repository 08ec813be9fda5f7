//! The manifest of a stack's assets: files and images, and where they go.
//!
//! Source: the asset manifest schema of aws-cdk, `@aws-cdk/cloud-assembly-schema`.

use std::collections::BTreeMap;
use std::io::ErrorKind;

use serde_json::Value;

use super::folder::Folder;
use super::placeholders::fill;
use super::stack_artifact::target;
use super::{
    AssemblyError, Asset, AssetId, Destination, DockerImage, Packaging, Reading, Source, Stack, artifacts, content,
};
use crate::cloud::Place;
use crate::digest::sha256;
use crate::json::{Fields, Misshapen};

/// Reads the assets of a manifest, each once for every place it goes to.
pub(super) fn read(reading: &Reading, folder: &Folder, file: &str, place: &Place) -> Result<Vec<Asset>, AssemblyError> {
    let json = folder.json(file, artifacts::MANIFEST_BYTES)?;
    let shape = AssemblyError::shape(file);
    let manifest = Fields::of("", &json).map_err(&shape)?;
    artifacts::check_version(file, manifest.required_text("version").map_err(&shape)?)?;
    let mut assets = Vec::new();
    for (id, fields) in manifest.objects("files").map_err(&shape)? {
        let source = required(&fields, "source").map_err(&shape)?;
        let source = match command(reading, folder, id, &source, &shape)? {
            Some(program) => Ok(program),
            None => file_source(folder, &source, &shape),
        };
        let added = source.and_then(|source| add(folder, id, &fields, &source, &bucket(place), &mut assets, &shape));
        unless_it_lacks(reading, added)?;
    }
    for (id, fields) in manifest.objects("dockerImages").map_err(&shape)? {
        let source = required(&fields, "source").map_err(&shape)?;
        let source = match command(reading, folder, id, &source, &shape)? {
            Some(program) => Ok(program),
            None => image_source(reading, folder, id, &source, &shape),
        };
        let added =
            source.and_then(|source| add(folder, id, &fields, &source, &repository(place), &mut assets, &shape));
        unless_it_lacks(reading, added)?;
    }
    Ok(assets)
}

/// An asset whose file is not there is left out, where that is allowed.
fn unless_it_lacks(reading: &Reading, added: Result<(), AssemblyError>) -> Result<(), AssemblyError> {
    match added {
        Err(AssemblyError::File { source, .. }) if reading.without_files && source.kind() == ErrorKind::NotFound => {
            Ok(())
        }
        added => added,
    }
}

type Shape<'a> = &'a dyn Fn(Misshapen) -> AssemblyError;
type Going<'a> = &'a dyn Fn(&Fields<'_>) -> Result<Destination, Misshapen>;

fn required<'a>(fields: &Fields<'a>, name: &str) -> Result<Fields<'a>, Misshapen> {
    fields.object(name)?.ok_or_else(|| fields.wrong(name, "an object"))
}

fn add(
    folder: &Folder,
    id: &str,
    fields: &Fields<'_>,
    source: &Source,
    going: Going<'_>,
    assets: &mut Vec<Asset>,
    shape: Shape<'_>,
) -> Result<(), AssemblyError> {
    let (digest, bytes) = content::digest(folder, source)?;
    let name = fields.text("displayName").map_err(shape)?.unwrap_or(id);
    for (destination, at) in fields.objects("destinations").map_err(shape)? {
        assets.push(Asset {
            id: AssetId::new(format!("{id}:{destination}")),
            name: name.to_owned(),
            source: source.clone(),
            destination: going(&at).map_err(shape)?,
            digest: digest.clone(),
            bytes,
        });
    }
    Ok(())
}

/// A place, in the region that a destination names.
fn place_of(fields: &Fields<'_>, place: &Place) -> Result<Place, Misshapen> {
    let region = fields.text("region")?.map_or_else(|| place.region.clone(), |region| fill(region, place));
    Ok(Place { account: place.account.clone(), region })
}

fn bucket(place: &Place) -> impl Fn(&Fields<'_>) -> Result<Destination, Misshapen> {
    move |fields| {
        let place = place_of(fields, place)?;
        let filled = |name| Ok(fill(fields.required_text(name)?, &place));
        let (bucket, key) = (filled("bucketName")?, filled("objectKey")?);
        Ok(Destination::Bucket {
            target: target(fields, "assumeRoleArn", "assumeRoleExternalId", &place)?,
            bucket,
            key,
        })
    }
}

fn repository(place: &Place) -> impl Fn(&Fields<'_>) -> Result<Destination, Misshapen> {
    move |fields| {
        let place = place_of(fields, place)?;
        let filled = |name| Ok(fill(fields.required_text(name)?, &place));
        let (repository, tag) = (filled("repositoryName")?, filled("imageTag")?);
        let target = target(fields, "assumeRoleArn", "assumeRoleExternalId", &place)?;
        Ok(Destination::Repository { target, repository, tag })
    }
}

/// A program that makes the asset, if it is one; only what is trusted may run.
fn command(
    reading: &Reading,
    folder: &Folder,
    id: &str,
    source: &Fields<'_>,
    shape: Shape<'_>,
) -> Result<Option<Source>, AssemblyError> {
    if source.value("executable").is_none() {
        return Ok(None);
    }
    let command: Vec<String> = source.texts("executable").map_err(shape)?.into_iter().map(str::to_owned).collect();
    if command.is_empty() {
        return Err(shape(source.wrong("executable", "a program and its arguments")));
    }
    if !reading.allows_programs() {
        return Err(AssemblyError::Untrusted { what: id.into(), does: "runs a program".into() });
    }
    Ok(Some(Source::Program { folder: folder.find(".")?, command }))
}

fn file_source(folder: &Folder, source: &Fields<'_>, shape: Shape<'_>) -> Result<Source, AssemblyError> {
    let packaging = match source.text("packaging").map_err(shape)? {
        None | Some("file") => Packaging::File,
        Some("zip") => Packaging::Zip,
        Some(_) => return Err(shape(source.wrong("packaging", "`file` or `zip`"))),
    };
    let path = folder.find(source.required_text("path").map_err(shape)?)?;
    if path.is_dir() && packaging == Packaging::File {
        return Err(shape(source.wrong("path", "a file, as its packaging is `file`")));
    }
    Ok(Source::File { path, packaging })
}

fn image_source(
    reading: &Reading,
    folder: &Folder,
    id: &str,
    source: &Fields<'_>,
    shape: Shape<'_>,
) -> Result<Source, AssemblyError> {
    let written = source.required_text("directory").map_err(shape)?;
    let inside = folder.find(written)?;
    if !inside.is_dir() {
        return Err(shape(source.wrong("directory", "a folder")));
    }
    let text = |name: &str| Ok(source.text(name).map_err(shape)?.map(str::to_owned));
    let file = text("dockerFile")?;
    let written = file.as_ref().map(|file| folder.find(&format!("{written}/{file}"))).transpose()?;
    if written.is_some_and(|path| !path.is_file()) {
        return Err(shape(source.wrong("dockerFile", "a file")));
    }
    let arguments = source.text_map("dockerBuildArgs").map_err(shape)?.into_iter();
    let image = DockerImage {
        folder: inside,
        file,
        stage: text("dockerBuildTarget")?,
        arguments: arguments.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        platform: text("platform")?,
        flags: flags(reading, id, source, shape)?,
    };
    Ok(Source::Docker(image))
}

/// What else `docker build` is told. Most of it reaches files, sockets or the network of this machine.
/// Source: aws-cdk 2.1148.1, the order and form of its arguments.
fn flags(reading: &Reading, id: &str, source: &Fields<'_>, shape: Shape<'_>) -> Result<Vec<String>, AssemblyError> {
    const REACHING: [&str; 7] = [
        "dockerBuildContexts",
        "dockerBuildSecrets",
        "dockerBuildSsh",
        "networkMode",
        "dockerOutputs",
        "cacheFrom",
        "cacheTo",
    ];
    if let Some(field) = REACHING.iter().find(|field| source.value(field).is_some() && !reading.allows_programs()) {
        return Err(AssemblyError::Untrusted {
            what: id.into(),
            does: format!("builds with `{field}`, which reaches what is"),
        });
    }
    let read = || -> Result<Vec<String>, Misshapen> {
        let mut flags = Vec::new();
        let mut flag = |name: &str, value: String| flags.extend([name.to_owned(), value]);
        for (name, value) in source.text_map("dockerBuildContexts")? {
            flag("--build-context", format!("{name}={value}"));
        }
        for (name, value) in source.text_map("dockerBuildSecrets")? {
            flag("--secret", format!("id={name},{value}"));
        }
        source.text("dockerBuildSsh")?.into_iter().for_each(|ssh| flag("--ssh", ssh.to_owned()));
        source.text("networkMode")?.into_iter().for_each(|mode| flag("--network", mode.to_owned()));
        source.texts("dockerOutputs")?.into_iter().for_each(|output| flag("--output", output.to_owned()));
        for cache in source.list("cacheFrom")? {
            flag("--cache-from", cache_option(cache)?);
        }
        source.value("cacheTo").map(cache_option).transpose()?.into_iter().for_each(|cache| flag("--cache-to", cache));
        if source.flag("cacheDisabled")? == Some(true) {
            flags.push("--no-cache".to_owned());
        }
        Ok(flags)
    };
    read().map_err(shape)
}

fn cache_option(value: &Value) -> Result<String, Misshapen> {
    let option = Fields::of("cache", value)?;
    let parameters = option.text_map("params")?.into_iter().map(|(name, value)| format!(",{name}={value}"));
    Ok(format!("type={}{}", option.required_text("type")?, parameters.collect::<String>()))
}

/// Adds an asset to a stack and to all assets. Stacks of one place share what they both need.
pub(super) fn take(
    mut asset: Asset,
    stack: &mut Stack,
    all: &mut BTreeMap<AssetId, Asset>,
) -> Result<(), AssemblyError> {
    if is_own_template(&asset, stack) {
        return Ok(());
    }
    if all.get(&asset.id).is_some_and(|other| other.destination != asset.destination) {
        // The same name of a destination in another place: what it says tells them apart.
        let place = sha256(format!("{:?}", asset.destination));
        asset.id = AssetId::new(format!("{}:{}", asset.id, &place[..8]));
    }
    if all.get(&asset.id).is_some_and(|other| other.digest != asset.digest) {
        return Err(AssemblyError::Twice { what: "the asset with other content", name: asset.id.to_string() });
    }
    stack.assets.push(asset.id.clone());
    all.entry(asset.id.clone()).or_insert(asset);
    Ok(())
}

/// A template that is sent in the call need not be published.
fn is_own_template(asset: &Asset, stack: &Stack) -> bool {
    stack.template_url.is_none()
        && asset.digest == stack.template_digest
        && matches!(asset.source, Source::File { packaging: Packaging::File, .. })
}
