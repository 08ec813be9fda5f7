//! Any bytes as the asset manifest of a stack.

use ce_deploy::assembly::{Assembly, Asset, Destination, Source};

use super::folder::Folder;

const MANIFEST: &str = r#"{"version":"36.0.0","artifacts":{
    "Shop.assets":{"type":"cdk:asset-manifest","properties":{"file":"Shop.assets.json"}},
    "Shop":{"type":"aws:cloudformation:stack","environment":"aws://111111111111/eu-west-1","dependencies":["Shop.assets"],
        "properties":{"templateFile":"Shop.template.json"}}}}"#;
const TEMPLATE: &str = r#"{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}}"#;

/// Whatever is published lies in the folder, and goes to the account of the stack; nothing runs.
pub fn assets(data: &[u8]) {
    let folder = Folder::new();
    let files =
        [("manifest.json", MANIFEST), ("Shop.template.json", TEMPLATE), ("asset.zip", "PK"), ("Dockerfile", "")];
    files.iter().for_each(|(name, text)| folder.write(name, text.as_bytes()));
    folder.write("Shop.assets.json", data);
    let Ok(assembly) = Assembly::read(folder.path()) else { return };
    let root = folder.path().canonicalize().expect("the folder is there");
    for asset in &assembly.assets {
        let (Destination::Bucket { target, .. } | Destination::Repository { target, .. }) = &asset.destination;
        assert_eq!(target.place.account, "111111111111");
        let path = path(asset).canonicalize().expect("what was read is there");
        assert!(path.starts_with(&root), "{}", path.display());
    }
}

fn path(asset: &Asset) -> &std::path::Path {
    match &asset.source {
        Source::File { path, .. } => path,
        Source::Docker(image) => &image.folder,
        Source::Program { .. } => panic!("`{}` runs a program, and nobody trusts it", asset.name),
    }
}
