//! What others may do with a secret.

use super::{Action, Grantee, Secret, Statement};

pub(super) const READ: [Action; 2] =
    [Action::new("secretsmanager:DescribeSecret"), Action::new("secretsmanager:GetSecretValue")];
const WRITE: [Action; 2] =
    [Action::new("secretsmanager:PutSecretValue"), Action::new("secretsmanager:UpdateSecretVersionStage")];
/// Knows no resources.
/// Source: <https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html>
const MAKE_UP: Action = Action::new("secretsmanager:GetRandomPassword");

/// Permissions on a [`Secret`] and its key, added to the policy of who gets them.
#[derive(Clone, Copy)]
#[must_use = "nothing is granted until one of its methods is called"]
pub struct SecretGrants<'s, 'a> {
    secret: &'s Secret<'a>,
}

impl<'s, 'a> SecretGrants<'s, 'a> {
    pub(super) fn new(secret: &'s Secret<'a>) -> Self {
        Self { secret }
    }

    /// To read it, and to decrypt with its key.
    #[track_caller]
    pub fn read(self, grantee: &(impl Grantee + ?Sized)) {
        self.give(grantee, READ);
        self.secret.key().grants().decrypt(grantee);
    }

    /// To give it a new text, and to encrypt with its key; not to read it.
    #[track_caller]
    pub fn write(self, grantee: &(impl Grantee + ?Sized)) {
        self.give(grantee, WRITE);
        self.secret.key().grants().encrypt(grantee);
    }

    /// What a function that rotates it needs: to read, to write, and to make passwords up.
    #[track_caller]
    pub fn rotate(self, grantee: &(impl Grantee + ?Sized)) {
        self.give(grantee, READ.into_iter().chain(WRITE));
        let make_up = Statement::allow([MAKE_UP]).on(["*"]).with_wildcard_reason("the action knows no resources");
        grantee.role().allow(make_up);
        self.secret.key().grants().encrypt_decrypt(grantee);
    }

    #[track_caller]
    fn give(self, grantee: &(impl Grantee + ?Sized), actions: impl IntoIterator<Item = Action>) {
        grantee.role().allow(Statement::allow(actions).on([self.secret.arn_in_policies()]));
    }
}
