//! New keys for old ones.

use ce_synth::{Duration, IntoValue, Region, Value, join};

use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

/// New values for keys that nothing rotates by itself: those of partners, each of which is asked for on their pages. Takes
/// the names or ARNs of their secrets.
pub fn key_rotation<V: IntoValue<String>>(region: Region, secrets: impl IntoIterator<Item = V>) -> RunbookBuilder {
    let secrets: Vec<Value<String>> = secrets.into_iter().map(IntoValue::into_value).collect();
    let ages = |title: &str| {
        for_each(title, &secrets, &format!("describe-secret --region {region}"), " --query '[Name,LastChangedDate]'")
    };
    let put = " \\\n  --secret-string file://\"${FILE:?the new value}\" && shred --remove \"$FILE\"";
    let rotate = for_each("Rotate API keys", &secrets, &format!("put-secret-value --region {region}"), put);
    let stage =
        " \\\n  --version-stage AWSCURRENT --move-to-version-id \"${OLD:?}\" --remove-from-version-id \"${NEW:?}\"";
    let update = format!("update-secret-version-stage --region {region}");
    let back = for_each("Take the old value back", &secrets, &update, stage);
    Runbook::builder("Key rotation")
        .purpose("Replaces keys that partners gave us and that nothing rotates by itself.")
        .when("Every quarter, and at once when one may have leaked or somebody who knew it left.")
        .who("Security engineer, with the owner of the service that uses the key")
        .takes(Duration::hours(1))
        .before("Old and new key are both good for a while: ask for the new one before the old one ends.")
        .step(ages("Read ages").expect("none is older than ninety days"))
        .step(
            RunbookStep::new("Ask for new keys")
                .text("On the partner's page, with the rights of the old one and no more."),
        )
        .step(
            rotate
                .expect("a new version of each secret")
                .stop_if("the old key ended already: then services stand still until this is done"),
        )
        .step(
            RunbookStep::new("Restart services")
                .text("Start a new deployment of every service that reads the key.")
                .expect("all are stable"),
        )
        .step(
            RunbookStep::new("End the old keys")
                .text("On the partner's page.")
                .stop_if("a service still uses the old one"),
        )
        .verify(ages("Read new ages").expect("today, for each"))
        .roll_back(back.stop_if("the old key ended already"))
}

/// A step that calls the same for each secret.
fn for_each(title: &str, secrets: &[Value<String>], call: &str, rest: &'static str) -> RunbookStep {
    secrets.iter().fold(RunbookStep::new(title), |step, secret| {
        step.command(join![format!("aws secretsmanager {call} --secret-id "), secret.clone(), rest])
    })
}
