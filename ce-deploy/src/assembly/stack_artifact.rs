//! A stack as a manifest describes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::folder::Folder;
use super::placeholders::{dns_suffix, fill};
use super::{AssemblyError, Bootstrap, Reading, Stack, StackId, metadata};
use crate::cloud::{Place, Secret, Target};
use crate::digest::sha256;
use crate::json::{self, Fields, Misshapen};

/// The largest template that is read, in bytes; CloudFormation takes 1 MB.
/// Source: CloudFormation user guide, "Understand CloudFormation quotas".
pub(super) const TEMPLATE_BYTES: u64 = 2 << 20;

/// A template of up to so many bytes is sent in the call itself. Source: as above.
const INLINE_BYTES: usize = 51_200;

/// Where the version of the bootstrap stack is kept, if the assembly does not say.
/// Source: the bootstrap template of aws-cdk.
const BOOTSTRAP_PARAMETER: &str = "/cdk-bootstrap/hnb659fds/version";

/// What an environment says where the app does not know it. Source: aws-cdk, `cx-api`.
const UNKNOWN_ACCOUNT: &str = "unknown-account";
const UNKNOWN_REGION: &str = "unknown-region";

const FILE: &str = "manifest.json";

/// Reads a stack's artifact, its template and its metadata. What it depends on is not known here.
pub(super) fn read(
    reading: &Reading,
    folder: &Folder,
    id: &str,
    artifact: &Fields<'_>,
) -> Result<Stack, AssemblyError> {
    let shape = AssemblyError::shape(FILE);
    let properties = artifact.object("properties").map_err(&shape)?;
    let properties = properties.ok_or_else(|| shape(artifact.wrong("properties", "an object")))?;
    let place = place(reading, id, artifact.required_text("environment").map_err(&shape)?, artifact)?;
    let file = properties.required_text("templateFile").map_err(&shape)?;
    let (template, body) = template(folder, file)?;
    let mut stack = fields(id, artifact, &properties, place, template).map_err(&shape)?;
    if properties.value("assumeRoleAdditionalOptions").is_some() {
        let reason =
            "has `assumeRoleAdditionalOptions`, which are not supported; help: take them out of the synthesizer";
        return Err(AssemblyError::Unsupported { what: id.into(), reason });
    }
    require_bootstrap(&mut stack, &properties)?;
    metadata::read(reading, folder, artifact, &body, &mut stack)?;
    Ok(stack)
}

fn template(folder: &Folder, file: &str) -> Result<(Arc<str>, Value), AssemblyError> {
    let bytes = folder.read(file, TEMPLATE_BYTES)?;
    let body = json::parse(&bytes).map_err(|source| AssemblyError::Json { file: file.into(), source })?;
    if !body.is_object() {
        return Err(AssemblyError::Shape { file: file.into(), at: "the template".into(), expected: "an object" });
    }
    // What is JSON is UTF-8.
    Ok((String::from_utf8_lossy(&bytes).into(), body))
}

fn fields(
    id: &str,
    artifact: &Fields<'_>,
    properties: &Fields<'_>,
    place: Place,
    template: Arc<str>,
) -> Result<Stack, Misshapen> {
    let filled = |name: &str| Ok(properties.text(name)?.map(|text| fill(text, &place)));
    // As the stock CLI names it: the id it is selected by (`Stage/Stack`) is no name of a stack.
    let name = properties.text("stackName")?.unwrap_or(id);
    let id = named(artifact, "displayName", artifact.text("displayName")?.unwrap_or(id))?;
    if !is_stack_name(name) {
        return Err(properties.wrong("stackName", "a stack's name: a letter, then up to 127 letters, digits and `-`"));
    }
    let target = target(properties, "assumeRoleArn", "assumeRoleExternalId", &place)?;
    let lookup = properties.object("lookupRole")?;
    let lookup = lookup.map(|role| self::target(&role, "arn", "assumeRoleExternalId", &place)).transpose()?;
    let template_url = match properties.text("stackTemplateAssetObjectUrl")? {
        Some(url) if template.len() > INLINE_BYTES => Some(https(url, &place, properties)?),
        _ => None,
    };
    let parameters = properties.text_map("parameters")?.into_iter();
    let notification_arns = properties.value("notificationArns").map(|_| properties.texts("notificationArns"));
    Ok(Stack {
        id: StackId::new(id),
        name: name.to_owned(),
        template_digest: sha256(template.as_bytes()),
        template_url,
        parameters: parameters.map(|(name, value)| (name.to_owned(), Secret::new(value))).collect(),
        kept: Vec::new(),
        tags: properties.text_map("tags")?.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
        termination_protection: properties.flag("terminationProtection")?,
        notification_arns: notification_arns.transpose()?.map(|arns| arns.into_iter().map(str::to_owned).collect()),
        target,
        lookup,
        execution_role: filled("cloudFormationExecutionRoleArn")?,
        bootstrap: None,
        needs: Vec::new(),
        assets: Vec::new(),
        origins: BTreeMap::new(),
        nested: BTreeMap::new(),
        template,
        place,
    })
}

/// A name that can be shown: no control character, and nothing that turns the direction of a line.
fn named<'a>(fields: &Fields<'_>, field: &str, name: &'a str) -> Result<&'a str, Misshapen> {
    let turns =
        |letter: char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if name.is_empty() || name.len() > 1_024 || name.chars().any(|letter| letter.is_control() || turns(letter)) {
        return Err(fields.wrong(field, "a name of up to 1,024 bytes without control characters"));
    }
    Ok(name)
}

/// Source: CloudFormation API reference, `CreateStack`, `StackName`.
fn is_stack_name(name: &str) -> bool {
    name.len() <= 128
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

/// The account and region of `aws://account/region`; what is unknown is what was given for the run.
fn place(reading: &Reading, id: &str, environment: &str, artifact: &Fields<'_>) -> Result<Place, AssemblyError> {
    let expected = "`aws://account/region`, the account in twelve digits";
    let wrong = || AssemblyError::shape(FILE)(artifact.wrong("environment", expected));
    let (account, region) =
        environment.strip_prefix("aws://").and_then(|rest| rest.split_once('/')).ok_or_else(wrong)?;
    let given = |written: &str, unknown: &str, default: &Option<String>, what| match default {
        Some(default) if written == unknown => Ok(default.clone()),
        None if written == unknown && !reading.anywhere => Err(AssemblyError::NoPlace { stack: id.into(), what }),
        _ => Ok(written.to_owned()),
    };
    let account = given(account, UNKNOWN_ACCOUNT, &reading.account, "account")?;
    let region = given(region, UNKNOWN_REGION, &reading.region, "region")?;
    let is_region = region.len() <= 32 && region.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    let is_account = account.len() == 12 && account.bytes().all(|digit| digit.is_ascii_digit());
    if !(is_account || (reading.anywhere && account == UNKNOWN_ACCOUNT)) || !is_region || region.is_empty() {
        return Err(wrong());
    }
    Ok(Place { account, region })
}

/// A place, and the role that two fields name.
pub(super) fn target(fields: &Fields<'_>, role: &str, external_id: &str, place: &Place) -> Result<Target, Misshapen> {
    Ok(Target {
        place: place.clone(),
        role: fields.text(role)?.map(|arn| fill(arn, place)),
        external_id: fields.text(external_id)?.map(str::to_owned),
    })
}

/// CloudFormation takes an address of S3 with `https`.
fn https(url: &str, place: &Place, properties: &Fields<'_>) -> Result<String, Misshapen> {
    let wrong = || properties.wrong("stackTemplateAssetObjectUrl", "`s3://bucket/key` or an address with `https`");
    let url = fill(url, place);
    if url.starts_with("https://") {
        return Ok(url);
    }
    let path = url.strip_prefix("s3://").filter(|path| path.contains('/')).ok_or_else(wrong)?;
    Ok(format!("https://s3.{}.{}/{path}", place.region, dns_suffix(&place.region)))
}

/// Takes the larger of the versions that a stack and its assets ask for.
pub(super) fn require_bootstrap(stack: &mut Stack, properties: &Fields<'_>) -> Result<(), AssemblyError> {
    let shape = AssemblyError::shape(FILE);
    let Some(version) = properties.number("requiresBootstrapStackVersion").map_err(&shape)? else { return Ok(()) };
    let parameter = properties.text("bootstrapStackVersionSsmParameter").map_err(&shape)?;
    let bootstrap = stack
        .bootstrap
        .get_or_insert_with(|| Bootstrap { version, parameter: parameter.unwrap_or(BOOTSTRAP_PARAMETER).to_owned() });
    bootstrap.version = bootstrap.version.max(version);
    Ok(())
}
