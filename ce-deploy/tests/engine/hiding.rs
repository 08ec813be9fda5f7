//! Secrets stay where they belong.

use ce_deploy::assembly::{KeptParameter, StackId};
use ce_deploy::cloud::Secret;
use ce_deploy::engine::{Deployment, Judge, Options};

use crate::cloud::Cloud;
use crate::drive::{Fate, drive_with};
use crate::shop::{assembly, stack, template};

/// A value in a parameter, in an output, and in a kept value, through good runs and bad.
#[test]
fn no_value_is_in_what_is_told_written_or_planned() {
    const CANARY: &str = "c4n4ry-7f3a";
    let hidden = r#"{"Parameters":{"Password":{"Type":"String","NoEcho":true},"Key":{"Type":"String"}},"Resources":{"Thing":{"Type":"AWS::SQS::Queue"FAILS}},"Outputs":{"Seen":{"Value":{"Ref":"Password"}}}}"#;
    for fails in ["", r#","Metadata":{"ce:simulate":{"fail":["create"]}}"#] {
        for killed_after in [None, Some(20), Some(40), Some(60)] {
            let mut app = stack("App", &hidden.replace("FAILS", fails), &["Net"]);
            app.parameters.insert("Password".into(), Secret::new(CANARY));
            app.kept.push(KeptParameter { parameter: "Key".into(), stack: StackId::new("Net"), output: "Out".into() });
            let mut net = stack("Net", &template(1, "plain"), &[]);
            net.template = std::sync::Arc::from(template(1, CANARY));
            net.template_digest = ce_deploy::digest::sha256(net.template.as_bytes());
            let shop = assembly(vec![net, app]);
            let mut cloud = Cloud::new();
            let judge = Judge::of(&ce_cfn::SCHEMAS);
            let mut deployment = Deployment::deploy(shop, judge, Options::default());
            let fate = Fate { killed_after, ..Fate::default() };
            let run = drive_with(&mut cloud, 0, &mut deployment, fate);
            let plan = run.outcome.as_ref().and_then(|outcome| outcome.plan.as_ref()).map(|plan| plan.to_json());
            let outcome = format!("{:?}", run.outcome);
            let told = format!("{:?} {}", run.told, run.journal);
            for text in [plan.unwrap_or_default(), outcome, told] {
                assert!(!text.contains(CANARY), "{text}");
            }
        }
    }
}
