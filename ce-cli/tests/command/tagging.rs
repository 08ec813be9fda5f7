//! Tags that an assembly no longer has are taken away.

use std::fs;

use serde_json::Value;

use crate::front::Front;
use crate::ran::{Desk, Ran};
use crate::small::{queue, shop};

#[tokio::test]
async fn the_last_tag_goes_too() {
    let desk = Desk::with_cloud("tagging").await;
    let folder = shop(&desk, &queue("a"));
    let front = Front::of(&desk.url(), |_| None);
    let manifest = folder.join("manifest.json");
    let plain = fs::read_to_string(&manifest).expect("a manifest");
    let mut tagged: Value = serde_json::from_str(&plain).expect("JSON");
    tagged["artifacts"]["Shop"]["properties"]["tags"] = serde_json::json!({ "team": "shop" });
    for text in [tagged.to_string(), plain] {
        fs::write(&manifest, text).expect("a file");
        let mut command = desk.command(&["deploy", "out"]);
        command.env("AWS_ENDPOINT_URL", front.url());
        Ran::of(command).await.expect(0);
    }
    let made = front.asked().into_iter().filter(|asked| asked.body.contains("Action=CreateChangeSet"));
    let bodies: Vec<String> = made.map(|asked| asked.body + "&").collect();
    assert!(bodies[0].contains("Tags.member.1.Key=team") && bodies[1].contains("&Tags=&"), "{bodies:?}");
    let nothing = desk.run(&["plan", "out", "--detailed-exitcode"]).await;
    nothing.expect(0);
}
