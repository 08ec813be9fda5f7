//! `ce adopt import`: a stack takes in what is there.

use std::sync::Arc;

use ce_deploy::assembly::Stack;
use ce_deploy::cloud::ImportedResource;
use ce_deploy::engine::Exit;

use super::resource::{again, type_of};
use crate::arguments::{Import, Inputs};
use crate::commands::{deploy, deploying};
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn run(session: &Session, import: &Import) -> Result<Exit, Stop> {
    let (assembly, words) = session.assembly_and_words(&import.words).await?;
    let (stack, resources) = match words.as_slice() {
        [stack, resources @ ..] if !resources.is_empty() => (deploying::called(&assembly, stack)?, resources),
        _ => {
            let stop = Stop::new(Exit::Usage, "it is not said what is taken in");
            return Err(stop.help("write `ce adopt import Stack Resource=Identifier`"));
        }
    };
    let mut options = deploying::options(&import.manner)?.only([stack.id.clone()]);
    for text in resources {
        options = options.import(&stack.id, imported(stack, text)?);
    }
    // A stack that takes something in keeps its parameters.
    let options = deploying::with_inputs(session, &assembly, &Inputs::default(), options)?;
    let again = again("adopt import", &assembly, &words);
    deploy::carry_out(session, Arc::new(assembly), options, &import.manner, "adopt import", again).await
}

fn imported(stack: &Stack, text: &str) -> Result<ImportedResource, Stop> {
    let wrong = || Stop::new(Exit::Usage, format!("`{text}` does not say what is taken in"));
    let (logical_id, identifier) =
        text.split_once('=').ok_or_else(|| wrong().help("write `Resource=Identifier`, with its logical id"))?;
    let type_name = type_of(stack, logical_id)?;
    let keys = ce_cfn::SCHEMAS.find(&type_name).map(|schema| schema.primary_identifier.as_slice()).unwrap_or_default();
    let identifier = identified(keys, identifier).ok_or_else(|| {
        let form: Vec<String> = keys.iter().map(|key| format!("{key}=…")).collect();
        let form = if form.is_empty() { "Key=Value".to_owned() } else { form.join(",") };
        wrong().help(format!("`{type_name}` is identified so: `{logical_id}={form}`"))
    })?;
    Ok(ImportedResource { type_name, logical_id: logical_id.to_owned(), identifier })
}

/// The properties that identify a resource: `Key=Value,Key=Value`, or the value alone where its type has one key. No keys
/// are those of a type that nobody described.
fn identified(keys: &[&str], text: &str) -> Option<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    for part in text.split(',') {
        let pair = part.split_once('=').filter(|(key, _)| keys.is_empty() || keys.contains(key));
        match (pair, found.last_mut()) {
            (Some((key, value)), _) => found.push((key.to_owned(), value.to_owned())),
            // A value may have commas in it.
            (None, Some((_, value))) => *value = format!("{value},{part}"),
            (None, None) => break,
        }
    }
    if let ([], [key]) = (found.as_slice(), keys) {
        found.push(((*key).to_owned(), text.to_owned()));
    }
    let place = |(key, _): &(String, String)| keys.iter().position(|known| known == key);
    found.sort_by_key(place);
    let complete = match keys {
        [] => !found.is_empty(),
        keys => found.iter().map(|(key, _)| key.as_str()).eq(keys.iter().copied()),
    };
    (complete && found.iter().all(|(_, value)| !value.is_empty())).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::identified;

    fn read(keys: &[&str], text: &str) -> Option<String> {
        let pairs = identified(keys, text)?;
        let pairs: Vec<String> = pairs.into_iter().map(|(key, value)| format!("{key}|{value}")).collect();
        Some(pairs.join(" "))
    }

    #[test]
    fn one_key_needs_no_name() {
        assert_eq!(read(&["QueueUrl"], "https://q?a=b,c").as_deref(), Some("QueueUrl|https://q?a=b,c"));
        assert_eq!(read(&["QueueUrl"], "QueueUrl=https://q").as_deref(), Some("QueueUrl|https://q"));
        assert_eq!(read(&["QueueUrl"], ""), None);
    }

    #[test]
    fn all_keys_in_the_order_of_the_type() {
        let keys = ["ApiId", "StageName"];
        assert_eq!(read(&keys, "StageName=a,b,ApiId=1").as_deref(), Some("ApiId|1 StageName|a,b"));
        for wrong in ["x", "ApiId=1", "ApiId=1,StageName=", "ApiId=1,ApiId=2"] {
            assert_eq!(read(&keys, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_type_that_nobody_described() {
        assert_eq!(read(&[], "Id=1,Name=a").as_deref(), Some("Id|1 Name|a"));
        assert_eq!(read(&[], "1"), None);
    }
}
