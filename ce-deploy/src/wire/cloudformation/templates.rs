//! Templates: what was given, and what is in it.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::operation::Operation;
use crate::cloud::{Answer, Call, Failure, StackRef};
use crate::template;
use crate::wire::context::{Context, mismatch};
use crate::wire::xml::Xml;

pub(super) fn answer(context: &mut Context<'_>, operation: &Operation<'_>) -> Option<Result<Vec<u8>, Failure>> {
    Some(match operation.action {
        "GetTemplate" => get(context, operation),
        "GetTemplateSummary" => summary(context, operation),
        "ValidateTemplate" => validate(context, operation),
        _ => return None,
    })
}

fn get(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let stack = operation.stack_beside("ChangeSetName")?;
    let template = stored(context, stack, operation.owned("ChangeSetName"))?;
    Ok(operation.result(|xml| {
        xml.text("TemplateBody", &template);
        xml.texts("StagesAvailable", &["Original", "Processed"]);
    }))
}

fn summary(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let template = given(context, operation)?;
    let mut types: Vec<_> = resources(&template).map(|(_, resource)| type_of(resource)).collect();
    types.sort_unstable();
    types.dedup();
    Ok(operation.result(|xml| {
        contents(xml, &template, true);
        xml.texts("ResourceTypes", &types);
        xml.list("ResourceIdentifierSummaries", &types, |xml, type_name| {
            let ids: Vec<_> =
                resources(&template).filter(|(_, r)| type_of(r) == *type_name).map(|(id, _)| id).collect();
            xml.text("ResourceType", type_name);
            xml.texts("LogicalResourceIds", &ids);
        });
    }))
}

fn validate(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let template = given(context, operation)?;
    Ok(operation.result(|xml| contents(xml, &template, false)))
}

fn contents(xml: &mut Xml, template: &Value, with_types: bool) {
    let parameters: Vec<_> = template["Parameters"].as_object().into_iter().flatten().collect();
    xml.list("Parameters", &parameters, |xml, (name, parameter)| {
        xml.text("ParameterKey", name);
        xml.maybe("DefaultValue", text(&parameter["Default"]));
        if with_types {
            xml.maybe("ParameterType", parameter["Type"].as_str());
        }
        xml.flag("NoEcho", text(&parameter["NoEcho"]).as_deref() == Some("true"));
        xml.maybe("Description", parameter["Description"].as_str());
    });
    xml.maybe("Description", template["Description"].as_str());
    let has_iam = resources(template).any(|(_, resource)| type_of(resource).starts_with("AWS::IAM::"));
    let capabilities: &[&str] = if has_iam { &["CAPABILITY_NAMED_IAM"] } else { &[] };
    xml.texts("Capabilities", capabilities);
}

/// A template of a request as JSON, also where it is YAML.
pub(super) fn as_json(body: &str) -> Result<String, Failure> {
    let json = template::as_json(body).ok_or_else(|| unreadable("YAML not well-formed."))?;
    Ok(json.into_owned())
}

/// The template that the request gives, or that its stack has.
fn given(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Value, Failure> {
    let form = operation.form;
    let text = match (form.text("TemplateBody"), form.text("TemplateURL")) {
        (Some(body), _) => as_json(body)?,
        (None, Some(url)) => {
            let (bucket, key) = place_of(url).ok_or_else(|| unreadable("the URL is not one of S3"))?;
            String::from_utf8_lossy(&context.object(&bucket, &key)?).into_owned()
        }
        (None, None) => stored(context, operation.stack()?, None)?,
    };
    serde_json::from_str(&text).map_err(|_| unreadable("JSON not well-formed."))
}

fn stored(context: &mut Context<'_>, stack: StackRef, change_set: Option<String>) -> Result<String, Failure> {
    match context.call(Call::GetTemplate { stack, change_set })? {
        Answer::Template(template) => Ok(template),
        _ => Err(mismatch()),
    }
}

/// Bucket and key of `https://BUCKET.s3.REGION.amazonaws.com/KEY` or `https://s3.REGION.amazonaws.com/BUCKET/KEY`.
fn place_of(url: &str) -> Option<(String, String)> {
    let (_, rest) = url.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let path = percent_decode_str(path.split('?').next()?).decode_utf8().ok()?;
    match host.split_once(".s3.").or_else(|| host.split_once(".s3-")) {
        Some((bucket, _)) => Some((bucket.to_owned(), path.into_owned())),
        None => path.split_once('/').map(|(bucket, key)| (bucket.to_owned(), key.to_owned())),
    }
}

fn resources(template: &Value) -> impl Iterator<Item = (&str, &Value)> {
    template["Resources"].as_object().into_iter().flatten().map(|(id, resource)| (id.as_str(), resource))
}

fn type_of(resource: &Value) -> &str {
    resource["Type"].as_str().unwrap_or_default()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

fn unreadable(why: &str) -> Failure {
    Failure::answered("ValidationError", format!("Template format error: {why}"))
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn both_forms_of_a_url_are_read() {
        let place = Some(("assets".to_owned(), "a/b.json".to_owned()));
        assert_eq!(place_of("https://assets.s3.eu-west-1.amazonaws.com/a/b.json"), place);
        assert_eq!(place_of("https://s3.eu-west-1.amazonaws.com/assets/a%2Fb.json?x=y"), place);
        assert_eq!(place_of("assets"), None);
    }
}
