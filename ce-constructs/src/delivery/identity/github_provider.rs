//! The provider of tokens that AWS trusts.

use ce_cfn::{iam, ids};
use ce_synth::value::{account_id, partition};
use ce_synth::{Scope, Value, join};

/// Who signs the tokens of workflows, without a scheme: the prefix of condition keys.
/// Source: <https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws>
pub(super) const ISSUER: &str = "token.actions.githubusercontent.com";

/// Whom the tokens are for.
pub(super) const AUDIENCE: &str = "sts.amazonaws.com";

/// GitHub as a provider of tokens, one in an account.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::delivery::GitHubProvider;
/// # let app = App::new();
/// # let stack = app.stack("Delivery", PROD);
/// let github = GitHubProvider::build(stack, "GitHub");
/// # app.synth().unwrap();
/// ```
///
/// AWS knows the certificates of GitHub, so that no fingerprint is given.
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>
#[derive(Clone, Debug)]
pub struct GitHubProvider {
    arn: Value<ids::IamOidcProviderArn>,
}

impl GitHubProvider {
    /// Adds the provider; an account takes one.
    #[track_caller]
    pub fn build(scope: Scope<'_>, id: &str) -> Self {
        let provider = iam::OidcProvider::new().url(format!("https://{ISSUER}")).client_id_list([AUDIENCE]);
        Self { arn: scope.child(id).add("Resource", provider).arn() }
    }

    /// The provider that the account has already.
    pub fn existing() -> Self {
        Self { arn: join!["arn:", partition(), ":iam::", account_id(), ":oidc-provider/", ISSUER].cast() }
    }

    /// Its ARN.
    pub fn arn(&self) -> Value<ids::IamOidcProviderArn> {
        self.arn.clone()
    }
}
