//! The typed ids: one marker per type, one for its ARN, and one for each other attribute that is asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::cfn::identities::STAND_INS;
use crate::cfn::model::{Identity, IdentityKind};
use crate::cfn::names;

/// Every marker the emitted text uses.
#[derive(Default)]
pub(crate) struct Ids {
    used: BTreeMap<String, Identity>,
    /// Types that another service's properties point at: their markers are always compiled.
    shared: BTreeSet<String>,
    /// Markers that two identities asked for.
    pub(crate) clashes: BTreeSet<String>,
}

impl Ids {
    /// The marker of an identity, used by a type of `user`'s service.
    pub(crate) fn marker(&mut self, names: &mut names::Lock, identity: &Identity, user: &str) -> String {
        let base = names.id(&identity.target);
        let marker = name(&base, &identity.kind);
        let any = Identity { target: identity.target.clone(), kind: IdentityKind::Any };
        for (marker, identity) in [(&base, any), (&marker, identity.clone())] {
            let known = self.used.insert(marker.clone(), identity.clone());
            if known.is_some_and(|known| known != identity) {
                self.clashes.insert(marker.clone());
            }
        }
        if service(&identity.target) != service(user) {
            self.shared.insert(identity.target.clone());
        }
        marker
    }

    pub(crate) fn text(&self, header: &str, names: &mut names::Lock) -> String {
        let mut text = header.to_owned() + DOCUMENTATION;
        for (marker, Identity { target, kind }) in &self.used {
            let base = names.id(target);
            let gate = self.gate(target, names);
            let (what, any) = match kind {
                IdentityKind::Any => (format!("What identifies an `{target}`."), String::new()),
                IdentityKind::Arn => (format!("The ARN of an `{target}`."), format!(", {base}")),
                IdentityKind::Attribute(name) => (format!("`{name}` of an `{target}`."), format!(", {base}")),
            };
            let _ = writeln!(text, "{gate}cfn_id!({marker}, \"{what}\"{any});");
        }
        for (stand_in, target) in STAND_INS {
            for kind in [IdentityKind::Any, IdentityKind::Arn] {
                let (from, to) = (name(&names.id(stand_in), &kind), name(&names.id(target), &kind));
                if self.used.contains_key(&from) && self.used.contains_key(&to) {
                    let _ = writeln!(text, "{}cfn_id_stand_in!({from}, {to});", self.gate(stand_in, names));
                }
            }
        }
        text
    }

    fn gate(&self, target: &str, names: &mut names::Lock) -> String {
        if self.shared.contains(target) {
            return String::new();
        }
        format!("#[cfg(feature = \"{}\")] ", names.service(service(target)))
    }
}

fn name(base: &str, kind: &IdentityKind) -> String {
    match kind {
        IdentityKind::Any => base.to_owned(),
        IdentityKind::Arn => format!("{base}Arn"),
        IdentityKind::Attribute(name) => base.to_owned() + &names::words::pascal(name),
    }
}

const DOCUMENTATION: &str = "\
//! Typed ids: what identifies a resource of one type.
//!
//! `Ec2Vpc` is any id of an `AWS::EC2::VPC`: its `Ref`, a name, an id or an ARN, whichever AWS takes. `KmsKeyArn` is only
//! the ARN of an `AWS::KMS::Key`, `Ec2EipAllocationId` only that attribute, because `Ref` gives another; both stand for
//! the first kind too. A text literal may stand for every one.

use crate::macros::{cfn_id, cfn_id_stand_in};

";

fn service(name: &str) -> &str {
    name.split("::").nth(1).unwrap_or_default()
}
