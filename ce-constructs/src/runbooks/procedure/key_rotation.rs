//! New keys for old ones.

use ce_synth::{Duration, IntoValue, Region, Value, join};

use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

/// New values for keys that nothing rotates by itself: those of partners, each of which is asked for on their pages. Takes
/// the names or ARNs of their secrets.
pub fn key_rotation<V: IntoValue<String>>(region: Region, secrets: impl IntoIterator<Item = V>) -> RunbookBuilder {
    let secrets: Vec<Value<String>> = secrets.into_iter().map(IntoValue::into_value).collect();
    let dates = secrets.iter().fold(RunbookStep::new("Read ages"), |step, secret| {
        step.command(join![
            format!("aws secretsmanager describe-secret --region {region} --secret-id "),
            secret.clone(),
            " --query '[Name,LastChangedDate]'",
        ])
    });
    let rotate = secrets.iter().fold(RunbookStep::new("Rotate API keys"), |step, secret| {
        step.command(join![
            format!("aws secretsmanager put-secret-value --region {region} --secret-id "),
            secret.clone(),
            " \\\n  --secret-string file://\"${FILE:?the new value}\" && shred --remove \"$FILE\"",
        ])
    });
    let back = secrets.iter().fold(RunbookStep::new("Take the old value back"), |step, secret| {
        step.command(join![
            format!("aws secretsmanager update-secret-version-stage --region {region} --secret-id "),
            secret.clone(),
            " \\\n  --version-stage AWSCURRENT --move-to-version-id \"${OLD:?}\" --remove-from-version-id \"${NEW:?}\"",
        ])
    });
    Runbook::builder("Key rotation")
        .purpose("Replaces keys that partners gave us and that nothing rotates by itself.")
        .when("Every quarter, and at once when one may have leaked or somebody who knew it left.")
        .who("Security engineer, with the owner of the service that uses the key")
        .takes(Duration::hours(1))
        .before("Old and new key are both good for a while: ask for the new one before the old one ends.")
        .step(dates.expect("none is older than ninety days"))
        .step(RunbookStep::new("Ask for new keys").text("On the partner's page, with the rights of the old one and no more."))
        .step(rotate.expect("a new version of each secret").stop_if("the old key ended already: then services stand still until this is done"))
        .step(RunbookStep::new("Restart services").text("Start a new deployment of every service that reads the key.").expect("all are stable"))
        .step(RunbookStep::new("End the old keys").text("On the partner's page.").stop_if("a service still uses the old one"))
        .verify(dates_after(region, &secrets))
        .roll_back(back.stop_if("the old key ended already"))
}

fn dates_after(region: Region, secrets: &[Value<String>]) -> RunbookStep {
    let step = secrets.iter().fold(RunbookStep::new("Read new ages"), |step, secret| {
        step.command(join![
            format!("aws secretsmanager describe-secret --region {region} --secret-id "),
            secret.clone(),
            " --query LastChangedDate",
        ])
    });
    step.expect("today, for each")
}
