//! Any bytes as the files of an assembly.

use ce_deploy::assembly::Assembly;

use super::folder::Folder;
use super::halves::first;

const TEMPLATE: &str = r#"{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}}"#;
const FILES: [&str; 3] = ["manifest.json", "ce.json", "Shop.assets.json"];

/// Reads a folder whose files are the parts of the input; whatever is read lies in the folder.
pub fn manifest(data: &[u8]) {
    let folder = Folder::new();
    folder.write("Shop.template.json", TEMPLATE.as_bytes());
    let mut rest = Some(data);
    for file in FILES {
        let Some(data) = rest else { break };
        let (part, after) = first(data).map_or((data, None), |(part, after)| (part, Some(after)));
        folder.write(file, part);
        rest = after;
    }
    let Ok(assembly) = Assembly::read(folder.path()) else { return };
    for stack in &assembly.stacks {
        assert_eq!(&*stack.template, TEMPLATE, "a template from elsewhere");
    }
}
