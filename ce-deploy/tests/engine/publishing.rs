//! Files are published once, with their content compared, before anything is changed.

use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Asset, AssetId, Destination, Packaging, Source};
use ce_deploy::cloud::{Call, Failure, Target};
use ce_deploy::digest::sha256;
use ce_deploy::engine::{Exit, Progress};

use crate::cloud::Cloud;
use crate::drive::drive;
use crate::shop::{deploy, place, stack, template};

const CODE: &str = "exports.handler = 1";

fn shop() -> Arc<Assembly> {
    let code = AssetId::new("code");
    let asset = Asset {
        id: code.clone(),
        name: "handler".into(),
        source: Source::File { path: "ce.out/code.js".into(), packaging: Packaging::File },
        destination: Destination::Bucket {
            target: Target::new(place()),
            bucket: "assets".into(),
            key: "code.js".into(),
        },
        digest: sha256(CODE),
        bytes: CODE.len() as u64,
    };
    let mut stacks = vec![stack("A", &template(1, "a"), &[]), stack("B", &template(1, "b"), &[])];
    stacks.iter_mut().for_each(|stack| stack.assets.push(code.clone()));
    Arc::new(Assembly { folder: "ce.out".into(), digest: "1".into(), stacks, assets: vec![asset] })
}

fn cloud() -> Cloud {
    let mut cloud = Cloud::new();
    cloud.simulator.make_bucket(&place(), "assets");
    cloud.simulator.set_file("ce.out/code.js", CODE);
    cloud
}

fn puts(cloud: &Cloud) -> usize {
    cloud.count(|call| matches!(call, Call::PutObject { .. }))
}

#[test]
fn a_file_is_sent_once_and_before_any_change() {
    let mut cloud = cloud();
    let run = drive(&mut cloud, 0, &mut deploy(&shop()));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    assert_eq!(puts(&cloud), 1, "two stacks need it");
    let first_change = cloud.calls.iter().position(|(_, call)| matches!(call, Call::CreateChangeSet(_)));
    let put = cloud.calls.iter().position(|(_, call)| matches!(call, Call::PutObject { .. }));
    assert!(put < first_change);
}

#[test]
fn only_the_same_content_is_taken_as_it_is() {
    for (there, sent) in [(CODE, 0), ("somebody else's", 1)] {
        let mut cloud = cloud();
        let digest = Some(sha256(there));
        cloud.simulator.put_object(&place(), "assets", "code.js", there.as_bytes(), digest).unwrap();
        let run = drive(&mut cloud, 0, &mut deploy(&shop()));
        assert_eq!((run.outcome().exit, puts(&cloud)), (Exit::Done, sent));
        let reused = |told: &Progress| matches!(told, Progress::Published { reused: true, .. });
        assert_eq!(run.told.iter().any(reused), sent == 0);
    }
}

#[test]
fn without_its_files_nothing_is_changed() {
    let mut cloud = cloud();
    cloud.fault = Box::new(|call, _| {
        matches!(call, Call::PutObject { .. }).then(|| Failure::answered("AccessDenied", "Access Denied"))
    });
    let run = drive(&mut cloud, 0, &mut deploy(&shop()));
    assert_eq!(run.outcome().exit, Exit::NotAllowed);
    assert_eq!((cloud.status("a"), cloud.status("b")), (None, None));
}
