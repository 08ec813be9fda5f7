//! The typed ids: one marker per type, and one for its ARN where it has one.

use std::collections::{BTreeMap, BTreeSet};

use crate::cfn::names;

/// Every marker the emitted text uses.
#[derive(Default)]
pub(crate) struct Ids {
    /// Marker to the type it identifies and whether it is the ARN kind.
    used: BTreeMap<String, (String, bool)>,
    /// Types that another service's properties point at: their markers are always compiled.
    shared: BTreeSet<String>,
}

impl Ids {
    /// The marker of a type, used by a type of `user`'s service.
    pub(crate) fn marker(&mut self, names: &mut names::Lock, target: &str, is_arn: bool, user: &str) -> String {
        let base = names.id(target);
        let marker = if is_arn { format!("{base}Arn") } else { base.clone() };
        self.used.insert(base, (target.to_owned(), false));
        self.used.insert(marker.clone(), (target.to_owned(), is_arn));
        if service(target) != service(user) {
            self.shared.insert(target.to_owned());
        }
        marker
    }

    pub(crate) fn text(&self, header: &str, names: &mut names::Lock) -> String {
        let mut text = header.to_owned();
        text += "//! Typed ids: what identifies a resource of one type, whichever kind of id it is (`Ref`, name, id or ARN).\n\
                 //!\n\
                 //! `Ec2Vpc` is any id of an `AWS::EC2::VPC`; `KmsKeyArn` is only the ARN of an `AWS::KMS::Key`, and stands\n\
                 //! for a `KmsKey` too. A text literal may stand for every one.\n\n\
                 use crate::macros::{cfn_arn, cfn_id};\n\n";
        for (marker, (target, is_arn)) in &self.used {
            let feature = names.service(target.split("::").nth(1).unwrap_or_default());
            let gate = if self.shared.contains(target) { String::new() } else { format!("#[cfg(feature = \"{feature}\")] ") };
            text += &if *is_arn {
                format!("{gate}cfn_arn!({marker}, {}, \"{target}\");\n", marker.trim_end_matches("Arn"))
            } else {
                format!("{gate}cfn_id!({marker}, \"{target}\");\n")
            };
        }
        text
    }
}

fn service(name: &str) -> &str {
    name.split("::").nth(1).unwrap_or_default()
}
