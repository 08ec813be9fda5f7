//! What others may do with a key.

use super::{Action, Grantee, Key, Statement};

const ENCRYPT: [Action; 4] = [
    Action::new("kms:Encrypt"),
    Action::new("kms:GenerateDataKey"),
    Action::new("kms:ReEncryptFrom"),
    Action::new("kms:ReEncryptTo"),
];
const DECRYPT: [Action; 1] = [Action::new("kms:Decrypt")];
const SIGN: [Action; 1] = [Action::new("kms:Sign")];
const VERIFY: [Action; 2] = [Action::new("kms:GetPublicKey"), Action::new("kms:Verify")];

/// Permissions on a [`Key`], added to the policy of who gets them.
#[derive(Clone, Copy)]
#[must_use = "nothing is granted until one of its methods is called"]
pub struct KeyGrants<'a> {
    key: Key<'a>,
}

impl<'a> KeyGrants<'a> {
    pub(super) fn new(key: Key<'a>) -> Self {
        Self { key }
    }

    /// To encrypt, also with data keys.
    #[track_caller]
    pub fn encrypt(self, grantee: &(impl Grantee + ?Sized)) {
        self.give(grantee, ENCRYPT);
    }

    /// To decrypt.
    #[track_caller]
    pub fn decrypt(self, grantee: &(impl Grantee + ?Sized)) {
        self.give(grantee, DECRYPT);
    }

    /// To encrypt and to decrypt.
    #[track_caller]
    pub fn encrypt_decrypt(self, grantee: &(impl Grantee + ?Sized)) {
        self.give(grantee, ENCRYPT.into_iter().chain(DECRYPT));
    }

    /// To sign, with an asymmetric key.
    #[track_caller]
    pub fn sign(self, grantee: &(impl Grantee + ?Sized)) {
        self.give(grantee, SIGN);
    }

    /// To verify signatures of an asymmetric key, and to read its public half.
    #[track_caller]
    pub fn verify(self, grantee: &(impl Grantee + ?Sized)) {
        self.give(grantee, VERIFY);
    }

    #[track_caller]
    fn give(self, grantee: &(impl Grantee + ?Sized), actions: impl IntoIterator<Item = Action>) {
        grantee.role().allow(Statement::allow(actions).on([self.key.arn()]));
    }
}
