//! That a text is read back as it was written, whatever is in it.

use ce_constructs::delivery::{Job, JobStep, Trigger, Workflow};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{built, workflow};

/// Texts that look like something else to YAML, and any other text.
fn texts() -> impl Strategy<Value = String> {
    let odd = [
        "on",
        "NO",
        "~",
        "null",
        "0x1f",
        "1e3",
        "0o7",
        "12:30:45",
        ".inf",
        "2001-01-01",
        "=",
        "<<",
        "- a",
        "a: b",
        "a #b",
        "# a",
        "a:",
        "'",
        "\"",
        "''",
        "\\",
        "%",
        "@a",
        "`a`",
        "!tag",
        "&a",
        "*a",
        "|",
        ">",
        "?",
        "? a",
        "---",
        "...",
        "{a}",
        "[a]",
        "a, b",
        "${{ a }}",
        "${{ a == 'b: c' }}",
        " a",
        "a ",
        "a\n",
        "\na",
        "a\n\n",
        "  a\nb",
        "a\n  b\n",
        "\ta\nb",
        "a\n\t b",
        "a\r\nb",
        "a\u{0}b",
        "\u{85}",
        "\u{2028}x",
        "\u{feff}",
        "é",
        "💥",
        "a\n\n\nb",
        "a\n \nb",
        "-",
        "",
        "::error::x",
    ];
    prop_oneof![
        prop::sample::select(odd.to_vec()).prop_map(str::to_owned),
        "[ -~\n\t]{0,60}",
        prop::collection::vec("[ -~]{0,12}", 0..6).prop_map(|lines| lines.join("\n")),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn texts_are_read_back(texts in prop::collection::vec(texts(), 1..5), script in texts()) {
        // A script says nothing by the line breaks at its end.
        let script = format!("echo{script}");
        let step = texts.iter().enumerate().fold(JobStep::run("Run", script.clone()), |step, (number, text)| {
            step.env(format!("V{number}"), text)
        });
        let build = Workflow::new("Test").on(Trigger::on_request()).job("a", Job::new().step(step));
        let assembly = built(|stack| {
            stack.accept(ce_synth::Code::new("CE8508"), "texts are random");
            build.build(stack, "Test");
        });
        let read = workflow(&assembly, "test")["jobs"]["a"]["steps"][0].take();
        prop_assert_eq!(read["run"].as_str(), Some(script.trim_end_matches('\n')));
        let expected: Map<String, Value> =
            texts.iter().enumerate().map(|(number, text)| (format!("V{number}"), json!(text))).collect();
        prop_assert_eq!(&read["env"], &Value::Object(expected));
    }
}
