//! Who holds which policies, wherever in the templates they are attached.
//!
//! A role has what its own `Policies` say, what `AWS::IAM::Policy` and its like attach to it, and what the managed
//! policies say that it names. Moving a statement from one of these to another changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::risk::change::at;
use crate::risk::policy::{Accounts, Policy};
use crate::template::{Active, Resolved, symbol};

/// Who holds which policies.
#[derive(Default)]
pub(super) struct Grants {
    /// By resource, or by `name:` and the name of one that no template makes.
    pub(super) holders: BTreeMap<String, Holder>,
    /// Managed policies that the templates make.
    pub(super) managed: BTreeMap<String, Policy>,
    /// Those of them that something in the templates holds.
    pub(super) attached: BTreeSet<String>,
}

/// What a principal holds.
#[derive(Default)]
pub(super) struct Holder {
    /// Policies, each with the resource it is written in.
    pub(super) policies: Vec<(String, Policy)>,
    /// Managed policies that no template makes.
    pub(super) managed: BTreeSet<String>,
    /// Its boundary.
    pub(super) boundary: Option<Value>,
}

impl Holder {
    /// All its policies as one.
    pub(super) fn total(&self) -> Policy {
        let mut total = Policy::default();
        self.policies.iter().for_each(|(_, policy)| total.add(policy.clone()));
        if self.managed.iter().any(|arn| arn.ends_with(":iam::aws:policy/AdministratorAccess")) {
            let all = serde_json::json!({ "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } });
            total.add(Policy::of(&all, &Accounts::default()));
        }
        total
    }
}

impl Grants {
    /// What a side grants.
    pub(super) fn of(side: &Resolved, accounts: &Accounts) -> Self {
        let mut grants = Self::default();
        let managed = side.resources.iter().filter(|(_, one)| one.type_name == "AWS::IAM::ManagedPolicy");
        let document = |one: &Active| Policy::of(&one.properties["PolicyDocument"], accounts);
        grants.managed = managed.map(|(id, one)| (id.clone(), document(one))).collect();
        for (id, resource) in &side.resources {
            match resource.type_name.as_str() {
                "AWS::IAM::Role" | "AWS::IAM::User" | "AWS::IAM::Group" => {
                    grants.principal(id, resource, side, accounts)
                }
                "AWS::SSO::PermissionSet" => grants.permission_set(id, resource, side, accounts),
                "AWS::IAM::Policy" | "AWS::IAM::ManagedPolicy" => {
                    grants.attach(id, resource, side, &document(resource))
                }
                "AWS::IAM::RolePolicy" | "AWS::IAM::UserPolicy" | "AWS::IAM::GroupPolicy" => {
                    let names = ["RoleName", "UserName", "GroupName"].map(|name| &resource.properties[name]);
                    for holder in names.into_iter().filter(|name| !name.is_null()) {
                        grants.give(&key(holder, side), id, document(resource));
                    }
                }
                _ => {}
            }
        }
        grants
    }

    fn give(&mut self, holder: &str, source: &str, policy: Policy) {
        self.holders.entry(holder.to_owned()).or_default().policies.push((source.to_owned(), policy));
    }

    fn principal(&mut self, id: &str, resource: &Active, side: &Resolved, accounts: &Accounts) {
        let properties = &resource.properties;
        for policy in items(&properties["Policies"]) {
            // What is no policy is read as a document that cannot be read.
            let document = policy.get("PolicyDocument").unwrap_or(policy);
            self.give(id, id, Policy::of(document, accounts));
        }
        self.name_managed(id, &properties["ManagedPolicyArns"], side);
        self.bound(id, &properties["PermissionsBoundary"]);
    }

    fn permission_set(&mut self, id: &str, resource: &Active, side: &Resolved, accounts: &Accounts) {
        let properties = &resource.properties;
        self.give(id, id, Policy::of(&properties["InlinePolicy"], accounts));
        self.name_managed(id, &properties["ManagedPolicies"], side);
        self.name_managed(id, &properties["CustomerManagedPolicyReferences"], side);
        self.bound(id, &properties["PermissionsBoundary"]);
    }

    fn bound(&mut self, id: &str, boundary: &Value) {
        let holder = self.holders.entry(id.to_owned()).or_default();
        holder.boundary = Some(boundary.clone()).filter(|boundary| !boundary.is_null());
    }

    fn name_managed(&mut self, holder: &str, arns: &Value, side: &Resolved) {
        for arn in items(arns) {
            let text = arn.as_str().map_or_else(|| crate::json::canonical(arn), str::to_owned);
            match managed_in(&text, side).and_then(|id| Some((id, self.managed.get(id)?.clone()))) {
                Some((id, policy)) => {
                    self.attached.insert(id.to_owned());
                    self.give(holder, id, policy);
                }
                None => drop(self.holders.entry(holder.to_owned()).or_default().managed.insert(text)),
            }
        }
    }

    fn attach(&mut self, id: &str, resource: &Active, side: &Resolved, policy: &Policy) {
        for list in ["Roles", "Users", "Groups"] {
            for holder in items(&resource.properties[list]) {
                self.attached.insert(id.to_owned());
                self.give(&key(holder, side), id, policy.clone());
            }
        }
    }
}

/// The items of a list; what is no list is its only item.
pub(super) fn items(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::Array(items) => items,
        other => std::slice::from_ref(other),
    }
}

/// The managed policy of the templates that a text names.
pub(super) fn managed_in<'a>(text: &'a str, side: &Resolved) -> Option<&'a str> {
    let name = symbol::names(text).next().filter(|name| *text == symbol::symbol(name))?;
    let id = name.strip_suffix(".PolicyArn").unwrap_or(name);
    side.resources.get(id).filter(|one| one.type_name == "AWS::IAM::ManagedPolicy").map(|_| id)
}

/// Which principal a text names.
fn key(holder: &Value, side: &Resolved) -> String {
    let text = holder.as_str().map_or_else(|| crate::json::canonical(holder), str::to_owned);
    if let Some(id) =
        symbol::names(&text).next().filter(|id| text == symbol::symbol(id) && side.resources.contains_key(*id))
    {
        return id.to_owned();
    }
    let named = |one: &Active| {
        ["RoleName", "UserName", "GroupName"].iter().any(|name| at(&one.properties, name) == text.as_str())
    };
    let made = side
        .resources
        .iter()
        .find(|(_, one)| one.type_name.starts_with("AWS::IAM::") && !is_attachment(one) && named(one));
    made.map_or_else(|| format!("name:{text}"), |(id, _)| id.clone())
}

/// Types that say the name of a principal without being it.
fn is_attachment(resource: &Active) -> bool {
    resource.type_name.ends_with("Policy")
}
