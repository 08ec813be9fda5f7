//! Any bytes as the files of an assembly.

use std::fs;
use std::path::PathBuf;

use ce_deploy::assembly::Assembly;

const TEMPLATE: &str = r#"{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}}"#;
/// What stands between the files of one input.
const BORDER: &[u8] = b"\n--\n";
const FILES: [&str; 3] = ["manifest.json", "ce.json", "Shop.assets.json"];

/// Reads a folder whose files are the parts of the input; whatever is read lies in the folder.
pub fn manifest(data: &[u8]) {
    let folder = folder();
    fs::create_dir_all(&folder).expect("a temporary folder");
    fs::write(folder.join("Shop.template.json"), TEMPLATE).expect("a temporary file");
    let mut rest = data;
    for file in FILES {
        let end = rest.windows(BORDER.len()).position(|window| window == BORDER);
        let (part, after) = end.map_or((rest, None), |at| (&rest[..at], Some(&rest[at + BORDER.len()..])));
        fs::write(folder.join(file), part).expect("a temporary file");
        match after {
            Some(after) => rest = after,
            None => break,
        }
    }
    let read = Assembly::read(&folder);
    fs::remove_dir_all(&folder).ok();
    let Ok(assembly) = read else { return };
    for stack in &assembly.stacks {
        assert_eq!(&*stack.template, TEMPLATE, "a template from elsewhere");
    }
}

fn folder() -> PathBuf {
    let thread = format!("{:?}", std::thread::current().id());
    let thread: String = thread.chars().filter(char::is_ascii_digit).collect();
    std::env::temp_dir().join(format!("ce-fuzz-{}-{thread}", std::process::id()))
}
