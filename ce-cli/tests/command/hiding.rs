//! What is hidden, and what is not.

use serde_json::json;

use crate::ran::Desk;
use crate::small::shop;

/// A value that is a place's own word hides no place, but where its template says that it is secret.
#[tokio::test]
async fn an_account_is_no_secret_because_a_parameter_has_it() {
    for (no_echo, shown) in
        [(false, "no room in 111111111111 for ‹hidden›"), (true, "no room in ‹hidden› for ‹hidden›")]
    {
        let desk = Desk::with_cloud(&format!("hiding-{no_echo}")).await;
        let fails = json!({ "ce:simulate": { "fail": ["create"], "reason": "no room in 111111111111 for hunter2" } });
        let template = json!({
            "Parameters": { "Owner": { "Type": "String", "NoEcho": no_echo }, "Word": { "Type": "String" } },
            "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Metadata": fails, "Properties": {
                "DisplayName": { "Ref": "Owner" }, "KmsMasterKeyId": { "Ref": "Word" } } } },
        });
        shop(&desk, &template);
        let values = ["--parameters", "Owner=111111111111", "--parameters", "Word=hunter2"];
        let ran = desk.run(&[&["deploy", "out"][..], &values].concat()).await.expect(5);
        assert!(ran.errors.contains(shown), "{}", ran.shown());
    }
}
