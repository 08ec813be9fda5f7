//! Credentials as the AWS CLI finds them, each way from its file or variable to a deployment; and what is said where
//! there are none.

use std::fs;

use serde_json::json;

use crate::front::{Answer, Asked, Front};
use crate::ran::{Desk, Ran};
use crate::small::{queue, shop};

const DIGITS: &str = "111111111111";
const ROLE: &str = "arn:aws:iam::111111111111:role/deployer";
/// Far in the future, and long ago.
const LATER: &str = "2125-01-01T00:00:00Z";
const PAST: &str = "2001-01-01T00:00:00Z";

/// A desk with a front, and no credentials in variables.
struct Office {
    desk: Desk,
    front: Front,
}

impl Office {
    async fn new(name: &str, answer: impl Fn(&Asked) -> Option<Answer> + Send + Sync + 'static) -> Self {
        let desk = Desk::with_cloud(name).await;
        shop(&desk, &queue("a"));
        let front = Front::of(&desk.url(), answer);
        fs::create_dir_all(desk.folder.join(".aws")).expect("a folder");
        Self { desk, front }
    }

    /// Writes `~/.aws/config`.
    fn config(&self, text: &str) -> &Self {
        fs::write(self.desk.folder.join(".aws/config"), text).expect("a file");
        self
    }

    /// Writes `~/.aws/credentials`.
    fn keys(&self, text: &str) -> &Self {
        fs::write(self.desk.folder.join(".aws/credentials"), text).expect("a file");
        self
    }

    /// Deploys with these variables.
    async fn deploy(&self, variables: &[(&str, &str)]) -> Ran {
        let mut command = self.desk.command(&["deploy", "out"]);
        command.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
        command.env("AWS_ENDPOINT_URL", self.front.url()).env("AWS_REGION", "eu-west-1");
        command.envs(variables.iter().copied());
        Ran::of(command).await
    }

    /// What of it was asked that has this text.
    fn asked(&self, text: &str) -> usize {
        self.front.asked().iter().filter(|asked| asked.head.contains(text) || asked.body.contains(text)).count()
    }
}

/// Credentials that a service gives, in the form of containers.
fn given(expires: &str) -> String {
    json!({ "AccessKeyId": DIGITS, "SecretAccessKey": "s", "Token": "t", "Expiration": expires }).to_string()
}

fn xml(status: u16, text: String) -> Answer {
    (status, "text/xml", text)
}

/// A refusal with code 8 that names a cause, and a next step.
#[track_caller]
fn not_allowed(ran: Ran, words: &[&str]) {
    let ran = ran.expect(8);
    for word in words {
        assert!(ran.errors.contains(word), "`{word}` is not in: {}", ran.errors);
    }
    assert!(ran.errors.contains("help:"), "{}", ran.errors);
}

#[tokio::test]
async fn a_process_gives_credentials() {
    let office = Office::new("process", |_| None).await;
    let answer = json!({ "Version": 1, "AccessKeyId": DIGITS, "SecretAccessKey": "s", "Expiration": LATER });
    fs::write(office.desk.folder.join("keys.json"), answer.to_string()).expect("a file");
    let path = office.desk.folder.join("keys.json").display().to_string();
    office.config(&format!("[default]\ncredential_process = cat {path}\n"));
    office.deploy(&[]).await.expect(0);
}

#[tokio::test]
async fn a_process_that_fails_or_says_nonsense() {
    let office = Office::new("process-fails", |_| None).await;
    office.config("[default]\ncredential_process = sh -c \"echo no such vault >&2; exit 3\"\n");
    not_allowed(office.deploy(&[]).await, &["credentials"]);
    office.config("[default]\ncredential_process = echo nonsense\n");
    not_allowed(office.deploy(&[]).await, &["credentials"]);
    office.config("[default]\ncredential_process = /no/such/program\n");
    not_allowed(office.deploy(&[]).await, &["credentials"]);
}

#[tokio::test]
async fn a_profile_assumes_a_role_with_another() {
    let office = Office::new("assume", |_| None).await;
    let prod = format!("[profile prod]\nrole_arn = {ROLE}\nsource_profile = base\nexternal_id = shop\n");
    office.config(&format!("{prod}[profile base]\n"));
    office.keys("[base]\naws_access_key_id = 222222222222\naws_secret_access_key = s\n");
    office.deploy(&[("AWS_PROFILE", "prod")]).await.expect(0);
    assert_eq!(office.asked("Action=AssumeRole&"), 1, "once for the whole run");
    assert_eq!(office.asked("ExternalId=shop"), 1);
}

#[tokio::test]
async fn a_role_that_may_not_be_assumed() {
    let denied = |asked: &Asked| {
        let error = "<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error>";
        let text = format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>");
        asked.body.contains("Action=AssumeRole").then(|| xml(403, text))
    };
    let office = Office::new("assume-denied", denied).await;
    office.config(&format!("[profile prod]\nrole_arn = {ROLE}\nsource_profile = base\n[profile base]\n"));
    office.keys("[base]\naws_access_key_id = 222222222222\naws_secret_access_key = s\n");
    not_allowed(office.deploy(&[("AWS_PROFILE", "prod")]).await, &["AccessDenied", "sts:AssumeRole"]);
}

#[tokio::test]
async fn profiles_that_are_not_there_or_go_round() {
    let office = Office::new("profiles", |_| None).await;
    office.config("[profile prod]\n");
    not_allowed(office.deploy(&[("AWS_PROFILE", "missing")]).await, &["the profile `missing` is not there"]);
    let circle = "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n[profile b]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = a\n";
    office.config(circle);
    not_allowed(office.deploy(&[("AWS_PROFILE", "a")]).await, &["credentials"]);
}

#[tokio::test]
async fn a_token_file_as_in_ci() {
    let given = |asked: &Asked| {
        let keys = format!(
            "<Credentials><AccessKeyId>{DIGITS}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>{LATER}</Expiration></Credentials>"
        );
        let result = format!("<AssumeRoleWithWebIdentityResult>{keys}</AssumeRoleWithWebIdentityResult>");
        let text = format!("<AssumeRoleWithWebIdentityResponse>{result}</AssumeRoleWithWebIdentityResponse>");
        asked.body.contains("Action=AssumeRoleWithWebIdentity").then(|| xml(200, text))
    };
    let office = Office::new("web-identity", given).await;
    fs::write(office.desk.folder.join("token"), "a.web.token").expect("a file");
    let token = office.desk.folder.join("token").display().to_string();
    let variables = [("AWS_WEB_IDENTITY_TOKEN_FILE", token.as_str()), ("AWS_ROLE_ARN", ROLE)];
    office.deploy(&variables).await.expect(0);
    assert_eq!(office.asked("WebIdentityToken=a.web.token"), 1);
    let missing = [("AWS_WEB_IDENTITY_TOKEN_FILE", "/no/such/token"), ("AWS_ROLE_ARN", ROLE)];
    not_allowed(office.deploy(&missing).await, &["credentials"]);
}

#[tokio::test]
async fn a_token_that_is_refused() {
    let refused = |asked: &Asked| {
        let error = "<Error><Code>InvalidIdentityToken</Code><Message>No OpenIDConnect provider found in your account</Message></Error>";
        let text = format!("<ErrorResponse>{error}</ErrorResponse>");
        asked.body.contains("Action=AssumeRoleWithWebIdentity").then(|| xml(400, text))
    };
    let office = Office::new("web-identity-refused", refused).await;
    fs::write(office.desk.folder.join("token"), "a.web.token").expect("a file");
    let token = office.desk.folder.join("token").display().to_string();
    let ran = office.deploy(&[("AWS_WEB_IDENTITY_TOKEN_FILE", &token), ("AWS_ROLE_ARN", ROLE)]).await;
    assert!(!ran.shown().contains("a.web.token"));
    not_allowed(ran, &["InvalidIdentityToken", "No OpenIDConnect provider"]);
}

/// A profile of IAM Identity Center, and its cached token.
fn signed_on(office: &Office, expires: &str) {
    office.config(
        "[default]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Deployer\n\
         [sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n",
    );
    let cache = office.desk.folder.join(".aws/sso/cache");
    fs::create_dir_all(&cache).expect("a folder");
    let token = json!({ "accessToken": "sso-token", "expiresAt": expires, "region": "eu-west-1",
        "startUrl": "https://corp.awsapps.com/start" });
    // The name is the SHA-1 of `corp`, as the AWS CLI has it.
    fs::write(cache.join("ee0bfd2552fbd840c02cc48b6e823320543c450f.json"), token.to_string()).expect("a file");
}

#[tokio::test]
async fn single_sign_on() {
    let portal = |asked: &Asked| {
        let keys = json!({ "roleCredentials": { "accessKeyId": DIGITS, "secretAccessKey": "s", "sessionToken": "t",
            "expiration": 4_891_363_200_000_u64 } });
        asked.head.starts_with("GET /federation/credentials").then(|| (200, "application/json", keys.to_string()))
    };
    let office = Office::new("sso", portal).await;
    signed_on(&office, LATER);
    office.deploy(&[]).await.expect(0);
    assert_eq!(office.asked("sso-token"), 1);
}

#[tokio::test]
async fn a_sign_on_that_is_over_says_to_sign_on() {
    let office = Office::new("sso-over", |_| None).await;
    signed_on(&office, PAST);
    not_allowed(office.deploy(&[]).await, &["aws sso login"]);
}

#[tokio::test]
async fn a_container_gives_credentials() {
    let office = Office::new("container", |asked| {
        asked.head.starts_with("GET /keys").then(|| (200, "application/json", given(LATER)))
    })
    .await;
    let uri = format!("{}/keys", office.front.url());
    let variables =
        [("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri.as_str()), ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "pod-token")];
    office.deploy(&variables).await.expect(0);
    assert_eq!(office.asked("pod-token"), 1);
}

#[tokio::test]
async fn credentials_that_end_while_it_runs() {
    let ended = |asked: &Asked| {
        let text = "<ErrorResponse><Error><Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message></Error></ErrorResponse>";
        asked.body.contains("Action=DescribeChangeSet").then(|| xml(403, text.to_owned()))
    };
    let office = Office::new("ends", ended).await;
    let ran = office.deploy(&[("AWS_ACCESS_KEY_ID", DIGITS), ("AWS_SECRET_ACCESS_KEY", "s")]).await.expect(8);
    assert!(ran.errors.contains("ExpiredToken"), "{}", ran.errors);
    assert!(ran.errors.contains("help: get new credentials and run the same again"), "{}", ran.errors);
    office.desk.run(&["deploy", "out"]).await.expect(0);
}

#[tokio::test]
async fn nothing_at_all() {
    let office = Office::new("nothing", |_| None).await;
    not_allowed(office.deploy(&[]).await, &["credentials"]);
    assert!(office.front.asked().is_empty(), "nobody is asked without credentials");
}
