//! Identities and roles.

use super::caller::{Caller, is_account};
use super::context::{Context, mismatch};
use super::form::Form;
use super::xml::Xml;
use crate::cloud::{Answer, Call, Failure, Place, Target};

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";
/// How long credentials hold, in seconds, where the caller does not say. Source: STS API reference, `DurationSeconds`.
const HOUR: u64 = 3_600;

pub(super) fn answer(
    context: &mut Context<'_>,
    action: &str,
    form: &Form,
    id: &str,
) -> Option<Result<Vec<u8>, Failure>> {
    Some(match action {
        "GetCallerIdentity" => identity(context, id),
        "AssumeRole" => assume_role(context, form, id),
        _ => return None,
    })
}

fn identity(context: &mut Context<'_>, id: &str) -> Result<Vec<u8>, Failure> {
    let Answer::Identity { account, arn } = context.call(Call::Identity)? else { return Err(mismatch()) };
    Ok(document("GetCallerIdentity", id, |xml| {
        xml.text("Arn", &arn);
        xml.text("UserId", "AIDACESIMULATED00000");
        xml.text("Account", &account);
    }))
}

fn assume_role(context: &mut Context<'_>, form: &Form, id: &str) -> Result<Vec<u8>, Failure> {
    let role = form.required("RoleArn")?;
    let session = form.required("RoleSessionName")?;
    let account = role
        .split(':')
        .nth(4)
        .filter(|account| is_account(account))
        .ok_or_else(|| Failure::answered("ValidationError", format!("{role} is invalid")))?;
    let place = Place::new(account, &context.target.place.region);
    let external_id = form.text("ExternalId").map(str::to_owned);
    context.service.assume_role(context.now, &Target { place, role: Some(role.to_owned()), external_id })?;

    let seconds = form.text("DurationSeconds").and_then(|text| text.parse().ok()).unwrap_or(HOUR);
    let (key, token) = Caller::session_key(account, role);
    let name = role.rsplit('/').next().unwrap_or_default();
    Ok(document("AssumeRole", id, |xml| {
        xml.within("Credentials", |xml| {
            xml.text("AccessKeyId", &key);
            xml.text("SecretAccessKey", "simulated");
            xml.text("SessionToken", &token);
            xml.time("Expiration", context.now.0.saturating_add(seconds.saturating_mul(1_000)));
        });
        xml.within("AssumedRoleUser", |xml| {
            xml.text("Arn", format!("arn:aws:sts::{account}:assumed-role/{name}/{session}"));
            xml.text("AssumedRoleId", format!("AROACESIMULATED00000:{session}"));
        });
    }))
}

fn document(action: &str, id: &str, body: impl FnOnce(&mut Xml)) -> Vec<u8> {
    Xml::document(&format!("{action}Response"), NAMESPACE, |xml| {
        xml.within(&format!("{action}Result"), body);
        xml.within("ResponseMetadata", |xml| xml.text("RequestId", id));
    })
}
