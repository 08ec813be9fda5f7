use ce_constructs::security::{HostedRotation, Key, Password, Principal, Role, Rotation, Secret, SecretTarget};
use ce_synth::{App, Duration, IntoValue, Region, join};
use serde_json::json;

use super::{PROD, built, codes, of_type, resources, synth};

#[test]
fn by_default() {
    insta::assert_json_snapshot!(built(|stack| {
        let key = Key::builder().build(stack, "Key");
        Secret::builder(&key).build(stack, "Token");
    }));
}

#[test]
fn a_login_is_json_with_a_generated_password() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        let password = Password::new().length(40).without_punctuation();
        let secret = Secret::builder(&key).named("shop/prod/db").described("login").login("shop\"admin", password);
        secret.build(stack, "Login");
    });
    let secret = of_type(&resources, "AWS::SecretsManager::Secret")[0];
    assert_eq!(secret["Name"], "shop/prod/db");
    assert_eq!(secret["Description"], "login");
    let expected = json!({
        "PasswordLength": 40,
        "ExcludePunctuation": true,
        "GenerateStringKey": "password",
        "SecretStringTemplate": r#"{"username":"shop\"admin"}"#,
    });
    assert_eq!(secret["GenerateSecretString"], expected);
    assert!(secret["SecretString"].is_null());
}

#[test]
fn fields_may_refer_to_other_things() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        let secret = Secret::builder(&key).login("shop", Password::new()).field("key", key.arn());
        secret.build(stack, "Login");
    });
    let template =
        &of_type(&resources, "AWS::SecretsManager::Secret")[0]["GenerateSecretString"]["SecretStringTemplate"];
    let parts = template["Fn::Join"][1].as_array().expect("a join");
    assert_eq!(parts[0], r#"{"username":"shop","key":""#);
    assert_eq!(parts[2], r#""}"#);
}

#[test]
fn a_connection_string_is_put_together_from_other_secrets() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        let login = Secret::builder(&key).login("shop", Password::new()).build(stack, "Login");
        let url = join!["postgresql://shop:", login.field("password"), "@db:5432/shop"];
        Secret::builder(&key).composed_of(url).build(stack, "Url");
    });
    let url = of_type(&resources, "AWS::SecretsManager::Secret")[1]["SecretString"].to_string();
    assert!(url.contains("{{resolve:secretsmanager:") && url.contains(":SecretString:password}}"), "{url}");
}

#[test]
fn a_secret_may_wait_for_its_text() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        Secret::builder(&key).named("shop/prod/api-keys").filled_by_hand().build(stack, "ApiKeys");
    });
    let secret = of_type(&resources, "AWS::SecretsManager::Secret")[0];
    assert!(secret["GenerateSecretString"].is_null() && secret["SecretString"].is_null());
}

#[test]
fn replicas_are_encrypted_by_the_key_of_their_region() {
    let resources = built(|stack| {
        let key = Key::builder().multi_region().build(stack, "Key");
        let secret = Secret::builder(&key).replicated_to([Region::US_WEST_2]);
        secret.replicated_with(Region::EU_WEST_1, "alias/there").build(stack, "Token");
    });
    let replicas = &of_type(&resources, "AWS::SecretsManager::Secret")[0]["ReplicaRegions"];
    assert_eq!(replicas[0]["Region"], "us-west-2");
    assert!(replicas[0]["KmsKeyId"]["Ref"].is_string(), "the id, which is the same in every region");
    assert_eq!(replicas[1], json!({"Region": "eu-west-1", "KmsKeyId": "alias/there"}));
}

#[test]
fn hosted_rotation_brings_its_transform() {
    let app = App::new();
    let stack = app.stack("Stack", PROD);
    let key = Key::builder().build(stack, "Key");
    let hosted = HostedRotation::postgres_single_user()
        .named("rotate-shop-db")
        .in_subnets(["subnet-11111111", "subnet-22222222"])
        .in_groups(["sg-11111111"])
        .exclude("/@");
    let secret = Secret::builder(&key).login("shop", Password::new()).build(stack, "Login");
    secret.attach_to(SecretTarget::RdsCluster("shop".into_value()));
    secret.rotate(Rotation::hosted(hosted).every(Duration::days(30)).window(Duration::hours(3)));
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    let template: serde_json::Value =
        assembly.template("Stack").map(serde_json::from_str).expect("a stack").expect("json");
    assert!(template["Transform"].to_string().contains("AWS::SecretsManager-2024-09-16"));
    let resources = resources(&assembly, "Stack");
    let rotation = of_type(&resources, "AWS::SecretsManager::RotationSchedule")[0];
    assert_eq!(rotation["RotationRules"], json!({"AutomaticallyAfterDays": 30, "Duration": "3h"}));
    let hosted = &rotation["HostedRotationLambda"];
    assert_eq!(hosted["RotationType"], "PostgreSQLSingleUser");
    assert_eq!(hosted["VpcSubnetIds"], "subnet-11111111,subnet-22222222");
    assert_eq!(hosted["VpcSecurityGroupIds"], "sg-11111111");
    assert_eq!(hosted["ExcludeCharacters"], "/@");
    assert_eq!(hosted["RotationLambdaName"], "rotate-shop-db");
    assert!(hosted["KmsKeyArn"]["Fn::GetAtt"].is_array());
    let attachment = of_type(&resources, "AWS::SecretsManager::SecretTargetAttachment")[0];
    assert_eq!(attachment["TargetType"], "AWS::RDS::DBCluster");
}

#[test]
fn alternating_users_name_their_superuser() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        let superuser = Secret::builder(&key).login("root", Password::new()).build(stack, "Root");
        let hosted =
            HostedRotation::mysql_alternating_users(&superuser).in_subnets(["subnet-11111111"]).in_groups(["sg-1111"]);
        Secret::builder(&key).login("shop", Password::new()).rotated(Rotation::hosted(hosted)).build(stack, "Login");
    });
    let hosted = &of_type(&resources, "AWS::SecretsManager::RotationSchedule")[0]["HostedRotationLambda"];
    assert_eq!(hosted["RotationType"], "MySQLMultiUser");
    assert!(hosted["SuperuserSecretArn"]["Ref"].is_string() && hosted["SuperuserSecretKmsKeyArn"].is_object());
}

#[test]
fn a_function_of_ones_own_may_rotate() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        let role = Role::builder(Principal::service("lambda.amazonaws.com")).build(stack, "Rotator");
        let arn = "arn:aws:lambda:us-east-1:111111111111:function:rotate";
        let rotation = Rotation::function(arn, &role).every(Duration::days(182)).not_at_once();
        Secret::builder(&key).named("shop/prod/jwt").rotated(rotation).build(stack, "Tokens");
    });
    let rotation = of_type(&resources, "AWS::SecretsManager::RotationSchedule")[0];
    assert_eq!(rotation["RotationRules"]["AutomaticallyAfterDays"], 182);
    assert_eq!(rotation["RotateImmediatelyOnUpdate"], false);
    let permission = of_type(&resources, "AWS::Lambda::Permission")[0];
    assert_eq!(permission["Principal"], "secretsmanager.amazonaws.com");
    let policy = of_type(&resources, "AWS::IAM::Policy")[0].to_string();
    assert!(policy.contains("secretsmanager:PutSecretValue") && policy.contains("secretsmanager:GetRandomPassword"));
}

#[test]
fn schedules_may_be_expressions() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        let arn = "arn:aws:lambda:us-east-1:111111111111:function:rotate";
        let rotation = Rotation::existing_function(arn).on_schedule("cron(0 4 1 * ? *)");
        Secret::builder(&key).rotated(rotation).build(stack, "Token");
    });
    let rotation = of_type(&resources, "AWS::SecretsManager::RotationSchedule")[0];
    assert_eq!(rotation["RotationRules"]["ScheduleExpression"], "cron(0 4 1 * ? *)");
}

#[test]
fn others_are_let_in_by_the_secrets_own_policy() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        let reader = Principal::arn("arn:aws:iam::222222222222:role/reader");
        Secret::builder(&key).readable_by(reader).build(stack, "Token");
    });
    let policy = of_type(&resources, "AWS::SecretsManager::ResourcePolicy")[0];
    assert_eq!(policy["BlockPublicPolicy"], true);
    assert_eq!(policy["ResourcePolicy"]["Statement"][0]["Principal"]["AWS"], "arn:aws:iam::222222222222:role/reader");
}

#[test]
fn an_existing_secret_is_read_by_its_name() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        let role = Role::builder(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Tasks");
        let secret = Secret::existing(stack, "shop/prod/db", &key);
        secret.grants().read(&role);
        assert_eq!(
            secret.field("password").expr().as_text(),
            Some("{{resolve:secretsmanager:shop/prod/db:SecretString:password}}")
        );
        assert!(secret.secret().is_none());
    });
    assert!(of_type(&resources, "AWS::SecretsManager::Secret").is_empty());
    let policy = of_type(&resources, "AWS::IAM::Policy")[0].to_string();
    assert!(policy.contains(":secret:shop/prod/db-??????"), "{policy}");
}

#[test]
fn a_literal_never_becomes_a_secret() {
    let literal = synth(|stack| {
        let key = Key::builder().build(stack, "Key");
        Secret::builder(&key).login("shop", Password::new()).field("token", "hunter2").build(stack, "Login");
    });
    assert_eq!(codes(&literal), ["CE5117"]);
    let composed = synth(|stack| {
        let key = Key::builder().build(stack, "Key");
        Secret::builder(&key).composed_of("postgres://shop:hunter2@db".into_value()).build(stack, "Url");
    });
    assert_eq!(codes(&composed), ["CE5117"]);
}
