//! Tags that everything must have.

use ce_cfn::SCHEMAS;
use ce_synth::schema::{TagForm, TaggingSchema};
use ce_synth::tree::Found;
use ce_synth::{App, Expr};

use super::rules;

/// Tags that every resource which takes tags must have, and what they may be: a check of the app.
///
/// ```
/// # use ce_constructs::governance::RequiredTags;
/// # use ce_constructs::security::Key;
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// let app = App::new();
/// RequiredTags::new().key("Owner", ["team-backend", "team-devops"]).any("Environment").check(&app);
/// app.root().tag("Owner", "team-devops").tag("Environment", "prod");
/// Key::builder().build(app.stack("Shop", PROD), "Key");
/// # app.synth().unwrap();
/// ```
///
/// By default it asks for none. [`ConfigRule::required_tags`](super::ConfigRule::required_tags) asks the account the same
/// of what no template made. Values that are known at deployment only are not judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "it checks nothing until it is given to an app"]
pub struct RequiredTags {
    keys: Vec<(String, Vec<String>)>,
}

impl RequiredTags {
    /// No tags are required.
    pub fn new() -> Self {
        Self::default()
    }

    /// A tag that must be there and be one of these. Default: none.
    pub fn key<V: Into<String>>(mut self, key: impl Into<String>, values: impl IntoIterator<Item = V>) -> Self {
        self.keys.push((key.into(), values.into_iter().map(Into::into).collect()));
        self
    }

    /// A tag that must be there, whatever it is. Default: none.
    pub fn any(self, key: impl Into<String>) -> Self {
        self.key(key, Vec::<String>::new())
    }

    /// Checks the app when it is synthesized.
    pub fn check(self, app: &App) {
        app.check(move |tree, report| {
            for resource in tree.all_resources() {
                let Some(tagging) = taggable(&resource) else { continue };
                for (key, allowed) in &self.keys {
                    rules::required_tag::check(report, &resource, key, allowed, tag(&resource, tagging, key));
                }
            }
        });
    }
}

fn taggable(resource: &Found<'_, ()>) -> Option<&'static TaggingSchema> {
    SCHEMAS.find(resource.type_name())?.tagging.as_ref()
}

/// The value of a tag, in whichever shape the type has them.
fn tag<'t>(resource: &Found<'t, ()>, tagging: &TaggingSchema, key: &str) -> Option<&'t Expr> {
    let tags = resource.at_path(tagging.property)?;
    match tagging.form {
        TagForm::Map => tags.as_object()?.get(key),
        TagForm::List | TagForm::AutoScaling => {
            let named = |item: &&Expr| item.at("Key").and_then(Expr::as_text) == Some(key);
            tags.as_list()?.iter().find(named)?.at("Value")
        }
    }
}
