//! What somebody sees who sits in front of it, and what becomes of what they type.

use serde_json::{Value, json};

use crate::ran::Desk;
use crate::small::{admin, queue, shop};
use crate::typed::Typed;

fn deploy(desk: &Desk, columns: u16, variables: &[(&str, &str)]) -> Typed {
    let mut command = desk.command(&["deploy", "out"]);
    command.envs(variables.iter().copied());
    Typed::on(columns, &command)
}

/// A table; with another name it is replaced, and its data is lost.
fn table(name: &str) -> Value {
    json!({ "Resources": { "Orders": { "Type": "AWS::DynamoDB::Table", "Properties": {
        "TableName": name, "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }] } } } })
}

async fn with_a_table(name: &str) -> Desk {
    let desk = Desk::with_cloud(name).await;
    shop(&desk, &table("orders"));
    desk.run(&["deploy", "out"]).await.expect(0);
    shop(&desk, &table("others"));
    desk
}

#[tokio::test]
async fn yes_goes_on() {
    let desk = Desk::with_cloud("typed-yes").await;
    shop(&desk, &admin());
    let mut typed = deploy(&desk, 100, &[]);
    typed.wait_for("broadening").await;
    typed.wait_for("go on? [y/N]").await;
    typed.write("y\r").await;
    let (code, shown) = typed.end().await;
    assert_eq!(code, 0, "{shown}");
}

#[tokio::test]
async fn all_else_does_not() {
    for word in ["n\r", "\r", "yy\r", "no way\r", "\u{4}"] {
        let desk = Desk::with_cloud("typed-no").await;
        shop(&desk, &admin());
        let mut typed = deploy(&desk, 100, &[]);
        typed.wait_for("go on? [y/N]").await;
        typed.write(word).await;
        let (code, shown) = typed.end().await;
        assert_eq!(code, 3, "{word:?}: {shown}");
        assert!(shown.contains("declined"), "{word:?}: {shown}");
        desk.run(&["status", "out", "--json"]).await.expect(0);
    }
}

#[tokio::test]
async fn loss_of_data_takes_its_name() {
    let desk = with_a_table("typed-loss").await;
    let mut typed = deploy(&desk, 100, &[]);
    typed.wait_for("type `Shop.Orders` if this is meant").await;
    typed.write("shop.orders\r").await;
    let (code, shown) = typed.end().await;
    assert_eq!(code, 3, "another text is not its name: {shown}");

    let mut typed = deploy(&desk, 100, &[]);
    typed.wait_for("type `Shop.Orders` if this is meant").await;
    typed.write("Shop.Orders\r").await;
    typed.wait_for("go on? [y/N]").await;
    typed.write("y\r").await;
    let (code, shown) = typed.end().await;
    assert_eq!(code, 0, "{shown}");
}

#[tokio::test]
async fn an_interrupt_at_the_question_ends_it() {
    let desk = Desk::with_cloud("typed-interrupt").await;
    shop(&desk, &admin());
    let mut typed = deploy(&desk, 100, &[]);
    typed.wait_for("go on? [y/N]").await;
    typed.write("\u{3}").await;
    let (code, shown) = typed.end().await;
    assert_eq!(code, 130, "{shown}");
    desk.run(&["deploy", "out"]).await.expect(3);
}

#[tokio::test]
async fn the_tree_is_drawn_and_taken_away() {
    let desk = Desk::with_cloud("typed-tree").await;
    shop(&desk, &queue("a"));
    let (code, shown) = deploy(&desk, 100, &[]).end().await;
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("of 1 stacks done"), "{shown}");
    assert!(shown.contains("\u{1b}[J"), "it is drawn anew: {shown:?}");
    let last = shown.rsplit("\u{1b}[J").next().unwrap_or_default();
    assert!(!last.contains("stacks done"), "nothing of it remains: {last:?}");
}

#[tokio::test]
async fn a_narrow_terminal_cuts_lines() {
    let desk = Desk::with_cloud("typed-narrow").await;
    shop(&desk, &queue("a"));
    let (code, shown) = deploy(&desk, 24, &[]).end().await;
    assert_eq!(code, 0, "{shown}");
    let drawn = shown.split("\u{1b}[J").skip(1);
    let tree = drawn.flat_map(str::lines).filter(|line| line.contains("CREATE_IN") || line.contains("stacks done"));
    for line in tree {
        assert!(line.trim_end_matches('\r').chars().count() <= 24, "{line:?}");
    }
}

#[tokio::test]
async fn without_colours_and_on_a_dumb_terminal() {
    for variables in [[("NO_COLOR", "1")], [("TERM", "dumb")]] {
        let desk = Desk::with_cloud("typed-plain").await;
        shop(&desk, &admin());
        let mut typed = deploy(&desk, 100, &variables);
        typed.wait_for("go on? [y/N]").await;
        typed.write("y\r").await;
        let (code, shown) = typed.end().await;
        assert_eq!(code, 0, "{shown}");
        let colours = shown
            .split("\u{1b}[")
            .skip(1)
            .filter(|rest| rest.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == ';').starts_with('m'));
        assert_eq!(colours.count(), 0, "{variables:?}: {shown:?}");
        // What cannot be drawn over is not drawn again and again.
        let drawn = shown.matches("stacks done").count();
        assert!(drawn == 0 || shown.contains("\u{1b}[J"), "{variables:?}: drawn {drawn} times: {shown}");
    }
}
