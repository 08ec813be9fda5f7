use ce_deploy::cloud::{Answer, Call, Output, Page, Secret, Stack, StackRef, StackStatus};

use crate::fake::{ACCOUNT, STACK, Wire};

const TEMPLATE: &str = r#"{"Description":"d","Parameters":{"P":{"Type":"String","Default":"x","NoEcho":true}},
    "Resources":{"A":{"Type":"AWS::S3::Bucket"},"R":{"Type":"AWS::IAM::Role"}}}"#;

#[tokio::test]
async fn a_template_is_read_back_byte_for_byte() {
    let text = "{\n\t\"a\": \"<&>\\u00e9 é\"\r\n}";
    let wire = Wire::saying(Answer::Template(text.into())).await;
    let ask = wire.cloudformation().get_template().change_set_name("arn:aws:cloudformation:::changeSet/a/b");
    let answer = ask.send().await.expect("an answer");
    assert_eq!(answer.template_body(), Some(text));
    let change_set = Some("arn:aws:cloudformation:::changeSet/a/b".to_owned());
    assert_eq!(wire.call(), Call::GetTemplate { stack: StackRef::name(""), change_set });
}

#[tokio::test]
async fn a_template_is_summed_up() {
    let wire = Wire::with([]).await;
    let client = wire.cloudformation();
    let answer = client.get_template_summary().template_body(TEMPLATE).send().await.expect("an answer");
    assert_eq!(answer.resource_types(), ["AWS::IAM::Role", "AWS::S3::Bucket"]);
    assert_eq!(answer.capabilities().len(), 1);
    assert_eq!((answer.parameters()[0].default_value(), answer.parameters()[0].no_echo()), (Some("x"), Some(true)));

    let answer = client.validate_template().template_body(TEMPLATE).send().await.expect("an answer");
    assert_eq!(answer.description(), Some("d"));
    let wrong =
        client.validate_template().template_body("{").send().await.expect_err("no template").into_service_error();
    assert_eq!(wrong.meta().code(), Some("ValidationError"));
}

#[tokio::test]
async fn a_template_in_a_bucket_is_summed_up() {
    let wire = Wire::with([]).await;
    let body = aws_sdk_s3::primitives::ByteStream::from_static(TEMPLATE.as_bytes());
    wire.s3().put_object().bucket("assets").key("t.json").body(body).send().await.expect("kept");
    let url = "https://assets.s3.eu-west-1.amazonaws.com/t.json";
    let answer = wire.cloudformation().get_template_summary().template_url(url).send().await.expect("an answer");
    assert_eq!(answer.resource_types().len(), 2);
}

#[tokio::test]
async fn exports_and_imports_are_listed() {
    let wire = Wire::saying(Answer::Imports(vec!["web".into()], None)).await;
    let answer = wire.cloudformation().list_imports().export_name("shop:Url").send().await.expect("an answer");
    assert_eq!(answer.imports(), ["web"]);
    assert_eq!(wire.call(), Call::ListImports { export: "shop:Url".into(), page: Page::first() });

    let mut stack = Stack::new(STACK, "shop", StackStatus::CreateComplete);
    let output =
        |export: Option<&str>| Output { key: "K".into(), value: Secret::new("v"), export: export.map(Into::into) };
    stack.outputs = vec![output(Some("shop:Url")), output(None)];
    let wire = Wire::saying(Answer::Stacks(vec![stack], None)).await;
    let answer = wire.cloudformation().list_exports().send().await.expect("an answer");
    assert_eq!(answer.exports().len(), 1);
    assert_eq!((answer.exports()[0].name(), answer.exports()[0].value()), (Some("shop:Url"), Some("v")));
}

#[tokio::test]
async fn a_caller_has_an_identity() {
    let identity = Answer::Identity { account: ACCOUNT.into(), arn: "arn:aws:iam::111111111111:user/me".into() };
    let wire = Wire::saying(identity).await;
    let answer = wire.sts().get_caller_identity().send().await.expect("an answer");
    assert_eq!(answer.account(), Some(ACCOUNT));
    assert_eq!(answer.arn(), Some("arn:aws:iam::111111111111:user/me"));
}

#[tokio::test]
async fn an_assumed_role_works_in_its_own_account() {
    let wire = Wire::saying(Answer::Stacks(Vec::new(), None)).await;
    let role = "arn:aws:iam::222222222222:role/cdk-hnb659fds-deploy-role-222222222222-eu-west-1";
    let ask = wire.sts().assume_role().role_arn(role).role_session_name("me").external_id("x");
    let credentials = ask.send().await.expect("an answer").credentials.expect("credentials");
    assert!(credentials.expiration().secs() > 1_767_225_600);

    let token = Some(credentials.session_token().to_owned());
    let key = aws_credential_types::Credentials::new(
        credentials.access_key_id(),
        credentials.secret_access_key(),
        token,
        None,
        "test",
    );
    let config = wire.cloudformation().config().to_builder().credentials_provider(key).build();
    let client = aws_sdk_cloudformation::Client::from_conf(config);
    client.describe_stacks().send().await.expect("an answer");
    assert_eq!(wire.target().place.to_string(), "222222222222/eu-west-1");
    assert_eq!(wire.target().role.as_deref(), Some(role));
}

#[tokio::test]
async fn a_role_without_an_account_is_refused() {
    let wire = Wire::with([]).await;
    let refused = wire.sts().assume_role().role_arn("arn:aws:iam::me:role/x").role_session_name("me").send().await;
    assert_eq!(refused.expect_err("no account").into_service_error().meta().code(), Some("ValidationError"));
}
