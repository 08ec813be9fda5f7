//! One test for each rule of grammar: what triggers it.

use ce_synth::value::secret_field;
use ce_synth::{
    Account, App, Code, DeletionPolicy, Environment, Expr, Findings, Parameter, Raw, Region, Resource, Scope, Test,
    Tier, Value, join,
};

/// Ends a closure: what was made lives in the app.
fn done<T>(_: T) {}

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);

fn queue<'a>(scope: Scope<'a>, id: &str) -> Resource<'a, Raw> {
    scope.raw(id, "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))])
}

fn codes(build: impl FnOnce(&App)) -> Vec<&'static str> {
    let app = App::new();
    build(&app);
    let findings = app.synth().err().unwrap_or_default();
    let mut codes: Vec<_> = findings.iter().map(|finding| finding.code.as_str()).collect();
    codes.dedup();
    codes
}

#[test]
fn ids() {
    let twice = |app: &App| {
        let stack = app.stack("Mail", PROD);
        queue(stack, "Inbox");
        queue(stack, "Inbox");
    };
    assert_eq!(codes(twice), ["CE0001"]);
    assert_eq!(codes(|app| done(app.stack("Mail", PROD).child("a/b"))), ["CE0002"]);
    assert_eq!(codes(|app| done(app.stack("Mail", PROD).child(""))), ["CE0002"]);
    assert_eq!(codes(|app| done(queue(app.stack("Mail", PROD), "Inbox").with_logical_id("In_box"))), ["CE0103"]);
    let clash = |app: &App| {
        let stack = app.stack("Mail", PROD);
        queue(stack, "In-box");
        queue(stack, "Inbox");
    };
    assert_eq!(codes(clash), ["CE0104"]);
}

#[test]
fn a_raw_path_must_lead_somewhere() {
    let build = |app: &App| {
        done(queue(app.stack("Mail", PROD), "Inbox").set("Properties.DelaySeconds.Deep", serde_json::json!(1)))
    };
    assert_eq!(codes(build), ["CE0003"]);
}

#[test]
fn limits_of_a_template() {
    let many = |count: usize| {
        move |app: &App| (0..count).for_each(|number| done(queue(app.stack("Mail", PROD), &format!("Queue{number}"))))
    };
    assert!(
        codes(|app| {
            let stack = app.stack("Mail", PROD);
            (0..500).for_each(|number| done(queue(stack, &format!("Queue{number}"))));
        })
        .is_empty()
    );
    assert_eq!(
        codes(|app| {
            let stack = app.stack("Mail", PROD);
            (0..501).for_each(|number| done(queue(stack, &format!("Queue{number}"))));
        }),
        ["CE0101"]
    );
    assert_eq!(codes(many(2)), ["CE0001", "CE0107"], "two stacks of one id");
    let large = |app: &App| {
        let text = "x".repeat(1_000_000);
        app.stack("Mail", PROD).raw("Large", "AWS::SSM::Parameter", [("Value", text.into())]);
    };
    assert_eq!(codes(large), ["CE0102"]);
    assert_eq!(codes(|app| done(app.stack("Mail", PROD).stack().described("x".repeat(1_025)))), ["CE0105"]);
    assert_eq!(codes(|app| done(app.stack("Mail", PROD).stack().named("1mail"))), ["CE0106"]);
    let dynamic = |app: &App| {
        let stack = app.stack("Mail", PROD);
        let values: Vec<Expr> = (0..61).map(|number| secret_field("db", &format!("f{number}")).into()).collect();
        stack.raw("Reader", "AWS::SSM::Parameter", [("Value", Expr::List(values))]);
    };
    assert_eq!(codes(dynamic), ["CE0108"]);
}

#[test]
fn names_of_stacks_are_unique_in_a_region() {
    let build = |region: Region| {
        move |app: &App| {
            app.stack("One", PROD).stack().named("mail");
            app.stack("Two", PROD.in_region(region)).stack().named("mail");
        }
    };
    assert_eq!(codes(build(Region::US_EAST_1)), ["CE0107"]);
    assert!(codes(build(Region::US_WEST_2)).is_empty());
}

#[test]
fn policies_conditions_exports() {
    let snapshot = |app: &App| done(queue(app.stack("Mail", PROD), "Inbox").deletion_policy(DeletionPolicy::Snapshot));
    assert_eq!(codes(snapshot), ["CE0109"]);
    let condition = |app: &App| {
        let stack = app.stack("Mail", PROD);
        let inbox: Value<String> = queue(stack, "Inbox").reference();
        stack.condition("Odd", Test::equals(inbox, "x"));
    };
    assert_eq!(codes(condition), ["CE0110"]);
    let export = |app: &App| {
        let stack = app.stack("Mail", PROD);
        let inbox: Value<String> = queue(stack, "Inbox").reference();
        stack.output("Url", "x").exported_as(join!["mail-", inbox]);
    };
    assert_eq!(codes(export), ["CE0111"]);
    let elsewhere = |app: &App| {
        let condition = app.stack("Other", PROD).condition("Wanted", Test::equals("a", "b"));
        queue(app.stack("Mail", PROD), "Inbox").when(condition);
    };
    assert_eq!(codes(elsewhere), ["CE0205"]);
}

#[test]
fn resources_that_need_each_other() {
    let build = |app: &App| {
        let stack = app.stack("Mail", PROD);
        let (one, two) = (queue(stack, "One"), queue(stack, "Two"));
        one.depends_on(two);
        two.depends_on(one);
    };
    assert_eq!(codes(build), ["CE0206"]);
}

#[test]
fn what_is_accepted_is_recorded_and_grammar_cannot_be() {
    const SLOW: Code = Code::new("MAIL001");
    let app = App::new();
    let stack = app.stack("Mail", PROD);
    stack.error(SLOW, "too slow");
    stack.accept(SLOW, "measured: fast enough");
    let assembly = app.synth().unwrap();
    assert_eq!(assembly.findings().waived()[0].reason, "measured: fast enough");

    let grammar = |app: &App| {
        let stack = app.stack("Mail", PROD).accept(Code::new("CE0103"), "no");
        queue(stack, "Inbox").with_logical_id("In_box");
    };
    assert_eq!(codes(grammar), ["CE0103"]);
}

#[test]
fn all_findings_are_shown_at_once() {
    let app = App::new();
    let stack = app.stack("Mail", PROD);
    stack.stack().named("1mail");
    queue(stack, "Inbox").with_logical_id("In_box");
    stack.parameter("Size", Parameter::number());
    let findings: Findings = app.synth().unwrap_err();
    assert_eq!(findings.errors(), 2);
    let text = findings.to_string();
    assert!(
        text.contains("grammar.rs:") && text.contains("= construct: Mail/Inbox") && text.contains("= help: "),
        "{text}"
    );
}
